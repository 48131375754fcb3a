//! A passage's words as its source has them, without those that a quotation leaves out.

use std::borrow::Cow;

use super::{Anchor, Quote, Source};
use crate::anchor::Placement;
use crate::text::one_line;

/// What stands for words left out.
pub(crate) const ELISION: &str = " […] ";

impl Quote {
    /// The words alone, in one line; where nothing was checked they are the record's own.
    pub(crate) fn words(&self, source: &Source) -> String {
        match &self.anchor {
            Anchor::Placed(placement) => source.words(placement),
            Anchor::Unchecked | Anchor::Failed => None,
        }
        .unwrap_or_else(|| one_line(&self.selector.exact).into_owned())
    }
}

impl Source {
    /// The words of a passage, in one line; none where the source has no text.
    pub(crate) fn words(&self, placement: &Placement) -> Option<String> {
        let plain = self.text.as_ref()?.plain();
        let mut pieces = placement.pieces.iter().filter_map(|piece| plain.get(piece.clone())).map(one_line);
        let first = pieces.next().map(Cow::into_owned).unwrap_or_default();
        Some(pieces.fold(first, |words, piece| words + ELISION + &piece))
    }
}
