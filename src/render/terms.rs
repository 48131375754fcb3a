//! The words of the vocabularies as readers see them.

use std::sync::OnceLock;

use crate::config::Rating;
use crate::dossier::Tally;
use crate::render::view::TermView;
use crate::terms::{EntityKind, Nature, Polarity, SourceKind, Speech, Stance, Tone, Voice};

/// A word and its label as templates get them.
macro_rules! term {
    ($word:expr, $label:literal) => {{
        static SHARED: OnceLock<tera::Value> = OnceLock::new();
        TermView { word: $word, label: $label, shared: &SHARED }
    }};
}

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
    match nature {
        Nature::Fact => term!(nature.word(), "Fact"),
        Nature::Opinion => term!(nature.word(), "Opinion"),
        Nature::Interpretation => term!(nature.word(), "Interpretation"),
        Nature::Prediction => term!(nature.word(), "Prediction"),
    }
}

pub(crate) fn source_kind(kind: SourceKind) -> TermView {
    match kind {
        SourceKind::Article => term!(kind.word(), "Article"),
        SourceKind::Report => term!(kind.word(), "Report"),
        SourceKind::Transcript => term!(kind.word(), "Transcript"),
        SourceKind::Post => term!(kind.word(), "Post"),
        SourceKind::Letter => term!(kind.word(), "Letter"),
        SourceKind::Filing => term!(kind.word(), "Filing"),
        SourceKind::Video => term!(kind.word(), "Video"),
        SourceKind::Audio => term!(kind.word(), "Audio"),
        SourceKind::Dataset => term!(kind.word(), "Data set"),
    }
}

pub(crate) fn entity_kind(kind: EntityKind) -> TermView {
    match kind {
        EntityKind::Person => term!(kind.word(), "Person"),
        EntityKind::Organization => term!(kind.word(), "Organisation"),
        EntityKind::Place => term!(kind.word(), "Place"),
        EntityKind::Anonymous => term!(kind.word(), "Name withheld"),
        EntityKind::Event => term!(kind.word(), "Event"),
        EntityKind::Work => term!(kind.word(), "Work"),
    }
}

pub(crate) fn stance(stance: Stance) -> TermView {
    match stance {
        Stance::Asserts => term!(stance.word(), "asserts it"),
        Stance::Denies => term!(stance.word(), "denies it"),
        Stance::Questions => term!(stance.word(), "questions it"),
    }
}

pub(crate) fn voice(voice: Voice) -> TermView {
    match voice {
        Voice::Neutral => term!(voice.word(), "the source reports it"),
        Voice::Adopts => term!(voice.word(), "the source adopts it as its own"),
        Voice::Doubts => term!(voice.word(), "the source doubts it"),
        Voice::Rejects => term!(voice.word(), "the source rejects it"),
    }
}

pub(crate) fn speech(speech: Speech) -> TermView {
    match speech {
        Speech::Direct => term!(speech.word(), "direct speech"),
        Speech::Indirect => term!(speech.word(), "indirect speech"),
        Speech::Mixed => term!(speech.word(), "partly direct speech"),
    }
}

/// What a line of a picture stands for.
pub(crate) fn line(polarity: Polarity) -> TermView {
    match polarity {
        Polarity::For => term!(polarity.word(), "speaks for"),
        Polarity::Against => term!(polarity.word(), "speaks against"),
        Polarity::Neutral => term!(polarity.word(), "speaks neither for nor against"),
    }
}

/// What a line stands for that a source draws.
pub(crate) fn line_by_source() -> TermView {
    term!("by", "in italics: drawn by a source, not by this dossier")
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
