//! A passage's words as its source has them, without those that a quotation leaves out.

use super::{Anchor, Quote, Source};
use crate::anchor::Placement;

/// What stands for words left out.
pub(crate) const ELISION: &str = " […] ";

impl Quote {
    /// The words alone, in one line; where nothing was checked they are the record's own.
    pub(crate) fn words(&self, source: &Source) -> String {
        match &self.anchor {
            Anchor::Placed(placement) => source.words(placement),
            Anchor::Unchecked | Anchor::Failed => None,
        }
        .unwrap_or_else(|| one_line(&self.selector.exact))
    }
}

impl Source {
    /// The words of a passage, in one line; none where the source has no text.
    pub(crate) fn words(&self, placement: &Placement) -> Option<String> {
        let plain = self.text.as_ref()?.plain();
        let pieces = placement.pieces.iter().filter_map(|piece| plain.get(piece.clone()));
        Some(pieces.map(one_line).collect::<Vec<_>>().join(ELISION))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
