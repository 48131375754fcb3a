//! Running text → sentences, by rules. No dictionary, no guess: where the rules see no end, a sentence goes on.

use std::ops::Range;

/// The byte ranges of the sentences of a text without block boundaries, in order, without the white space around them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    vec![0..text.len()]
}
