//! Finding a quotation in a text: the W3C Web Annotation Data Model's TextQuoteSelector, folded, graded, never guessed.
//!
//! A [`Haystack`] is one text made ready for many selectors. All offsets are bytes of that text as it was given.

pub mod batch;
mod context;
pub mod diff;
mod elide;
mod find;
mod fold;
mod folded;
mod near;
mod occur;
mod points;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;
use std::sync::OnceLock;

use crate::files::Slice;

use folded::Folded;
use near::Near;

pub use diff::{DiffPart, word_diff};
pub use fold::fold;
pub use points::CodePoints;
pub(crate) use words::{is_spaceless, snap};

/// The version of the folding table: a text and a quotation that matched under one version match under it for ever.
pub const FOLD_VERSION: u32 = 1;

/// A TextQuoteSelector (W3C Web Annotation Data Model, section 4.2.4).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Selector {
    /// The words.
    pub exact: Slice,
    /// The words just before.
    pub prefix: Option<Slice>,
    /// The words just after.
    pub suffix: Option<Slice>,
}

/// How a quotation matches its place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Grade {
    /// Byte for byte.
    Exact,
    /// After folding.
    Folded,
    /// With words left out.
    Elided,
}

/// Which folds made two texts equal; names in the order of the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Folds(pub(crate) u16);

/// Where a quotation stands.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Placement {
    /// Its pieces in order, without overlap; one, unless words are left out.
    pub pieces: Vec<Range<usize>>,
    /// How it matches.
    pub grade: Grade,
    /// The folds that fired.
    pub folds: Folds,
}

impl Placement {
    /// From the first piece's start to the last one's end.
    pub fn extent(&self) -> Range<usize> {
        let start = self.pieces.first().map_or(0, |piece| piece.start);
        start..self.pieces.last().map_or(start, |piece| piece.end)
    }
}

/// One of several places, with the shortest context that decides for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The place.
    pub placement: Placement,
    /// The shortest `prefix` that only this place has, in whole words, as the text has it but on one line.
    pub prefix: Option<String>,
    /// The shortest `suffix` that only this place has; given where it is shorter than the prefix, or there is none.
    pub suffix: Option<String>,
}

/// The passage closest to a quotation that is not in the text.
#[derive(Clone, PartialEq, Debug)]
pub struct NearMiss {
    /// Where it stands, from a word's start to a word's end, with the punctuation there that the quotation has too.
    pub range: Range<usize>,
    /// How much of the quotation it has, 0 to 1; 1 only where all words are there, but not beside `prefix` or `suffix`.
    pub similarity: f64,
}

/// What came of looking for a quotation.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// At one place.
    Found(Placement),
    /// At several; every place is listed, in order.
    Ambiguous(Vec<Candidate>),
    /// Nowhere, but something like it is there.
    NearMiss(NearMiss),
    /// Nowhere.
    Absent,
}

/// One text made ready for many selectors. All ranges that it takes and gives are bytes of that text as it was given.
#[derive(Debug)]
pub struct Haystack {
    text: String,
    folded: Folded,
    near: OnceLock<Near>,
}

impl Haystack {
    /// The text `text`. `gaps` are byte offsets, in order, of line feeds in it that stand for a gap: a literal match
    /// neither includes nor crosses one. Gaps with nothing but white space between are one.
    pub fn new(text: &str, gaps: &[usize]) -> Self {
        Self { text: text.to_owned(), folded: Folded::new(text, gaps), near: OnceLock::new() }
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }
}
