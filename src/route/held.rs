//! What routes decide beyond which pages there are, as parts that pages are made from: orders and groups of records.

use crate::dossier::digest::{Digest, Names};
use crate::dossier::parts::{Part, Sort};
use crate::ids::RecordKind;

use super::Routes;

/// An order or grouping of records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Held {
    /// The order of the list of a kind.
    Listed(RecordKind),
    /// The claims by their ratings.
    Rated,
    /// The connected groups of claims.
    Groups,
    /// The quotations whose place nobody knows.
    Unplaced,
}

impl Held {
    /// By index.
    const ALL: [Self; 8] = [
        Self::Listed(RecordKind::Source),
        Self::Listed(RecordKind::Claim),
        Self::Listed(RecordKind::Entity),
        Self::Listed(RecordKind::Commentary),
        Self::Listed(RecordKind::Home),
        Self::Rated,
        Self::Groups,
        Self::Unplaced,
    ];

    /// It as a part that something is made from.
    pub(super) fn part(self) -> Part {
        let index = Self::ALL.iter().position(|held| *held == self);
        index.map_or(Part::all(Sort::Order), |index| Part::of(Sort::Order, index))
    }
}

impl Routes {
    /// The digests of what they hold beyond the paths, by the index of its part. The names are those of the dossier.
    pub fn orders(&self, names: &Names) -> Vec<Digest> {
        let of = |held: &Held| match held {
            Held::Listed(kind) => names.digest(self.listing.records(*kind)),
            Held::Rated => names.digest(&self.listing.by_rating()),
            Held::Groups => names.digest(&self.groups),
            Held::Unplaced => {
                let mut unplaced: Vec<_> = self.unplaced.iter().collect();
                unplaced.sort_by_key(|(source, _)| **source);
                names.digest(&unplaced)
            }
        };
        Held::ALL.iter().map(of).collect()
    }
}
