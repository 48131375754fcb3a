//! The words of the vocabularies as readers see them.

use crate::config::Rating;
use crate::dossier::Tally;
use crate::render::view::TermView;
use crate::terms::{EntityKind, Nature, SourceKind, Speech, Stance, Tone, Voice};

/// What stands for a rating where there is none.
pub(crate) const NOT_RATED: &str = "Not rated";

/// What readers see of a rating, or of none: its label, its tone's word and its mark.
pub(crate) fn rated(rating: Option<&Rating>) -> (&str, &'static str, &'static str) {
    rating.map_or((NOT_RATED, "none", "–"), |rating| (&rating.label, rating.tone.word(), mark(rating.tone)))
}

/// A character that tells a tone from the others without colour.
pub(crate) fn mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✓",
        Tone::Fair => "≈",
        Tone::Neutral => "○",
        Tone::Mixed => "±",
        Tone::Poor => "!",
        Tone::Bad => "✕",
    }
}

pub(crate) fn nature(nature: Nature) -> TermView {
    let label = match nature {
        Nature::Fact => "Fact",
        Nature::Opinion => "Opinion",
        Nature::Interpretation => "Interpretation",
        Nature::Prediction => "Prediction",
    };
    TermView { word: nature.word(), label }
}

pub(crate) fn source_kind(kind: SourceKind) -> TermView {
    let label = match kind {
        SourceKind::Article => "Article",
        SourceKind::Report => "Report",
        SourceKind::Transcript => "Transcript",
        SourceKind::Post => "Post",
        SourceKind::Letter => "Letter",
        SourceKind::Filing => "Filing",
        SourceKind::Video => "Video",
        SourceKind::Audio => "Audio",
        SourceKind::Dataset => "Data set",
    };
    TermView { word: kind.word(), label }
}

pub(crate) fn entity_kind(kind: EntityKind) -> TermView {
    let label = match kind {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organisation",
        EntityKind::Place => "Place",
        EntityKind::Anonymous => "Name withheld",
        EntityKind::Event => "Event",
        EntityKind::Work => "Work",
    };
    TermView { word: kind.word(), label }
}

pub(crate) fn stance(stance: Stance) -> TermView {
    let label = match stance {
        Stance::Asserts => "asserts it",
        Stance::Denies => "denies it",
        Stance::Questions => "questions it",
    };
    TermView { word: stance.word(), label }
}

pub(crate) fn voice(voice: Voice) -> TermView {
    let label = match voice {
        Voice::Neutral => "the source reports it",
        Voice::Adopts => "the source adopts it as its own",
        Voice::Doubts => "the source doubts it",
        Voice::Rejects => "the source rejects it",
    };
    TermView { word: voice.word(), label }
}

pub(crate) fn speech(speech: Speech) -> TermView {
    let label = match speech {
        Speech::Direct => "direct speech",
        Speech::Indirect => "indirect speech",
        Speech::Mixed => "partly direct speech",
    };
    TermView { word: speech.word(), label }
}

/// "4 appearances in 2 sources".
pub(crate) fn tally(tally: Tally) -> String {
    let appearances = number(tally.appearances, "appearance", "appearances");
    [&appearances, " in ", &*number(tally.sources, "source", "sources")].concat()
}

/// "1 origin", "2 origins".
pub(crate) fn number(n: usize, one: &str, many: &str) -> String {
    [itoa::Buffer::new().format(n), " ", if n == 1 { one } else { many }].concat()
}
