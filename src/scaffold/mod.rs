//! What a person says of a new record → the text of its file; words that somebody points at → the quotation that anchors
//! in their source.
//!
//! What `casebook add` and `casebook quote` print and what the preview writes is made here, so that it is the same.
//! Nothing is written to the disk, and nothing is looked up but words in a text.

pub mod claim;
pub mod lines;
pub mod selection;
pub mod toml;

use std::ops::Range;

use crate::anchor::Placement;

/// The words of a placement as a claim quotes them: the source's own, on one line, with `[…]` for what is left out.
pub fn quotation(text: &str, placement: &Placement) -> String {
    joined(text, &placement.pieces)
}

fn joined(text: &str, pieces: &[Range<usize>]) -> String {
    let own = |piece: &Range<usize>| text[piece.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    pieces.iter().map(own).collect::<Vec<_>>().join(" […] ")
}

/// An id as words: `red-phone` is "Red phone".
pub fn as_words(id: &str) -> String {
    let words = id.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
