//! How many pages everything needs that can have several: as long as that is the same, no page comes or goes.

use crate::dossier::{Dossier, Entity, RatingIx};
use crate::route::groups::Groups;
use crate::route::listing::Listing;
use crate::route::{MATRIX_ROWS, ROWS, count};

/// How many pages there are of everything that can have several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sizes {
    /// By entity.
    pub(super) entities: Vec<usize>,
    /// By rating, and at the end the claims without one.
    pub(super) ratings: Vec<usize>,
    pub(super) timeline: usize,
    pub(super) matrix: usize,
    pub(super) map: usize,
    pub(super) changes: usize,
}

impl Sizes {
    pub(super) fn of(dossier: &Dossier, listing: &Listing, groups: &Groups) -> Self {
        let ratings = (0u32..).take(dossier.config.ratings.len()).map(|n| Some(RatingIx(n)));
        Self {
            entities: dossier.entities.iter().map(|entity| count(entity_rows(entity), ROWS)).collect(),
            ratings: ratings.chain([None]).map(|rating| count(listing.rated(rating).len(), ROWS)).collect(),
            timeline: count(dossier.timeline.len(), ROWS),
            matrix: count(dossier.matrix.len(), MATRIX_ROWS),
            map: groups.pages(),
            changes: count(dossier.changes.len(), ROWS),
        }
    }
}

/// How many rows the lists of an entity's page have together.
pub(crate) fn entity_rows(entity: &Entity) -> usize {
    let attributed = |speaks: bool| {
        let places = entity.attributed.iter().filter(move |(_, _, position)| (*position == 0) == speaks);
        let mut last = None;
        places.filter(|(claim, ..)| last.replace(*claim) != Some(*claim)).count()
    };
    attributed(true) + attributed(false) + entity.about.len() + entity.wrote.len() + entity.published.len()
}
