//! Claims, people and sources → pictures, as inline SVG whose boxes and lines are links.
//!
//! What stands where is worked out in [`crate::layout`]. Here the words get their lines, what is drawn is chosen where
//! there is more than a picture can hold, and elements are written: with classes and no colours, so that the theme's
//! style sheet decides what they look like, in the order in which a keyboard goes through them. Every picture stands
//! beside the same content as text, which is part of its view.

pub(super) mod chain;
pub(super) mod map;
pub(super) mod neighbourhood;
mod svg;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::dossier::{Claim, ClaimIx, RecordRef, Relation, RelationTypeIx};
use crate::layout::text::{Wrapped, width, wrap};
use crate::layout::{Size, Spacing};
use crate::render::pieces::Piece;
use crate::render::terms;
use crate::render::vantage::Vantage;
use crate::render::view::TermView;
use crate::route::promise;
use crate::terms::Polarity;
use svg::{Item, Stroke, Words};

pub(super) use svg::Boxed;

/// The sizes of words, and the heights of their lines.
const TEXT: i32 = 14;
const TEXT_LINE: i32 = 18;
const NOTE: i32 = 12;
const NOTE_LINE: i32 = 16;

/// Between a box and its words.
const PADDING: i32 = 10;

/// The widest label of a line.
const LABEL: i32 = 120;

/// What keeps boxes and lines apart.
const SPACING: Spacing = Spacing { row: 14, bend: 44, labels: 24, lines: 7, margin: 10, head: 12 };

/// The room that words have in a box of that width.
fn room(box_width: i32) -> i32 {
    box_width - 2 * PADDING - 4
}

/// A claim's words in a box of that width, with its rating, and with `beside` after the rating.
fn claim_words(at: &Vantage<'_>, claim: &Claim, box_width: i32, beside: &str) -> Words {
    let (label, _, mark) = rated(at, claim);
    let short = sentence_case(&claim.short);
    let Wrapped { lines, is_cut } = wrap(&short, TEXT, room(box_width), 3);
    let rated = [mark, " ", label, beside].concat();
    let note = wrap(&rated, NOTE, room(box_width), 1);
    let title = (is_cut || note.is_cut).then(|| [&short, " ", &*rated].concat());
    Words { above: None, lines, note: note.lines, title }
}

/// A claim as a box of that width, which leads to the claim's page.
fn claim_item(at: &Vantage<'_>, ix: ClaimIx, box_width: i32, beside: &str) -> Item {
    let claim = at.claim(ix);
    let (_, tone, _) = rated(at, claim);
    Item {
        class: format!("node tone-{tone}"),
        href: Some(at.record(RecordRef::Claim(ix), None)),
        words: claim_words(at, claim, box_width, beside),
    }
}

/// A claim's rating, or that it has none, as [`terms::rated`] has it.
fn rated<'a>(at: &Vantage<'a>, claim: &Claim) -> (&'a str, &'static str, &'static str) {
    terms::rated(claim.rating().and_then(|ix| at.dossier.config.ratings.get(ix.index())))
}

/// The size of a box of that width with those words.
fn size(words: &Words, width: i32) -> Size {
    Size { width, height: words.height() + 2 * PADDING - 2 }
}

/// Words that are made for the middle of a sentence, as they stand by themselves: a first word in small letters gets a
/// capital. One that has capitals of its own, such as "iPhone", knows why.
fn sentence_case(words: &str) -> Cow<'_, str> {
    let first = words.split_whitespace().next().unwrap_or_default();
    let mut chars = words.chars();
    let Some(initial) = chars.next().filter(|_| first.chars().all(|c| !c.is_uppercase())) else { return words.into() };
    let mut capital = initial.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(capital), None) if capital != initial => format!("{capital}{}", chars.as_str()).into(),
        _ => words.into(),
    }
}

/// All that one claim does to another: at least one relation.
struct Tie<'a> {
    from: ClaimIx,
    to: ClaimIx,
    /// The relations' numbers in `from`, with them.
    relations: Vec<(usize, &'a Relation)>,
}

/// What a tie looks like.
struct TieLabel {
    class: String,
    polarity: Polarity,
    /// Whether a source draws it, and not the dossier.
    is_by: bool,
    /// The verbs: "disputes", "supports, repeats".
    words: String,
    /// The words as far as they fit.
    shown: String,
    /// The room that they need.
    width: i32,
    /// Whether it holds both ways.
    is_symmetric: bool,
    /// The relation where it is stated.
    href: String,
    /// "A disputes B", and who draws it.
    title: String,
}

impl Tie<'_> {
    /// Whether it speaks against, for, or neither: the first of these that one of its relations does.
    fn polarity(&self, at: &Vantage<'_>) -> Polarity {
        let of = |wanted| self.relations.iter().any(|(_, it)| polarity(at, it.relation_type) == wanted);
        [Polarity::Against, Polarity::For].into_iter().find(|&wanted| of(wanted)).unwrap_or(Polarity::Neutral)
    }

    fn label(&self, at: &Vantage<'_>) -> TieLabel {
        let kinds = || self.relations.iter().map(|(_, it)| &at.dossier.config.relation_types[it.relation_type.index()]);
        let words = kinds().map(|kind| kind.label.as_str()).collect::<Vec<_>>().join(", ");
        let shown = wrap(&words, NOTE, LABEL, 1).lines.pop().unwrap_or_default();
        let is_symmetric = kinds().all(|kind| kind.symmetric);
        let is_by = self.relations.iter().all(|(_, it)| it.by.is_some());
        let mut title = [&at.claim(self.from).short, ": ", &words, ": ", &at.claim(self.to).short].concat();
        if let Some(quote) = self.relations.first().and_then(|(_, it)| it.by.as_ref()).filter(|_| is_by) {
            title.extend([" (drawn by ", &at.source(quote.source).title, ")"]);
        }
        let first = self.relations.first().map_or(0, |(n, _)| *n);
        let polarity = self.polarity(at);
        TieLabel {
            class: ["tie ", polarity.word(), if is_by { " by" } else { "" }].concat(),
            // With a head at either end the words keep away from both.
            width: width(&shown, NOTE) + if is_symmetric { 2 * SPACING.head } else { 0 },
            href: at.record(RecordRef::Claim(self.from), Some(&promise::relation_id(first))),
            polarity,
            is_by,
            is_symmetric,
            words,
            shown,
            title,
        }
    }
}

impl TieLabel {
    fn stroke(&self) -> Stroke<'_> {
        Stroke {
            class: &self.class,
            href: Some(&self.href),
            title: Some(&self.title),
            label: &self.shown,
            is_symmetric: self.is_symmetric,
        }
    }
}

/// What the lines of a picture stand for, as the theme shows it: only those that it has, and nothing where all are plain.
fn key<'a>(at: &Vantage<'_>, labels: impl Iterator<Item = &'a TieLabel> + Clone) -> Option<Piece> {
    let of = |wanted| labels.clone().any(|label| label.polarity == wanted);
    if !of(Polarity::For) && !of(Polarity::Against) && labels.clone().all(|label| !label.is_by) {
        return None;
    }
    let mut key: Vec<TermView> = [Polarity::For, Polarity::Against, Polarity::Neutral]
        .into_iter()
        .filter(|&polarity| of(polarity))
        .map(terms::line)
        .collect();
    if labels.clone().any(|label| label.is_by) {
        key.push(terms::line_by_source());
    }
    Some(at.picture_key(&key))
}

fn polarity(at: &Vantage<'_>, kind: RelationTypeIx) -> Polarity {
    at.dossier.config.relation_types[kind.index()].polarity
}
