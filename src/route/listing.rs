//! The order in which lists show records: for readers, so by title or name and not by id.

use std::cmp::Reverse;

use crate::dossier::{ClaimIx, CommentaryIx, Dossier, EntityIx, RatingIx, RecordRef, SourceIx};
use crate::ids::RecordKind;

/// Every list that is longer than a page and not already in the dossier.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    sources: Vec<RecordRef>,
    claims: Vec<RecordRef>,
    entities: Vec<RecordRef>,
    commentary: Vec<RecordRef>,
    rated: Vec<Vec<ClaimIx>>,
    unrated: Vec<ClaimIx>,
    places: Places,
}

/// Where each record stands in the list of its kind, from 0, by index.
#[derive(Clone, Debug)]
struct Places {
    sources: Vec<usize>,
    claims: Vec<usize>,
    entities: Vec<usize>,
    commentary: Vec<usize>,
}

impl Listing {
    pub(super) fn of(dossier: &Dossier) -> Self {
        let claims = sorted(&dossier.claims, |claim| sort_key(&claim.claim));
        let mut rated = vec![Vec::new(); dossier.config.ratings.len()];
        let mut unrated = Vec::new();
        for &n in &claims {
            let rating = dossier.claims[n as usize].rating();
            rating.and_then(|RatingIx(n)| rated.get_mut(n as usize)).unwrap_or(&mut unrated).push(ClaimIx(n));
        }
        let sources = sorted(&dossier.sources, |source| sort_key(&source.title));
        let entities = sorted(&dossier.entities, |entity| sort_key(&entity.name));
        // Essays are read newest first; those without a date come last.
        let commentary = sorted(&dossier.commentary, |essay| Reverse(essay.date.clone()));
        let places = Places {
            sources: inverse(&sources),
            claims: inverse(&claims),
            entities: inverse(&entities),
            commentary: inverse(&commentary),
        };
        let of = |order: Vec<u32>, make: fn(u32) -> RecordRef| order.into_iter().map(make).collect();
        Self {
            sources: of(sources, |n| RecordRef::Source(SourceIx(n))),
            claims: of(claims, |n| RecordRef::Claim(ClaimIx(n))),
            entities: of(entities, |n| RecordRef::Entity(EntityIx(n))),
            commentary: of(commentary, |n| RecordRef::Commentary(CommentaryIx(n))),
            rated,
            unrated,
            places,
        }
    }

    pub(super) fn position(&self, record: RecordRef) -> usize {
        let (places, index) = match record {
            RecordRef::Home => return 0,
            RecordRef::Source(ix) => (&self.places.sources, ix.index()),
            RecordRef::Claim(ix) => (&self.places.claims, ix.index()),
            RecordRef::Entity(ix) => (&self.places.entities, ix.index()),
            RecordRef::Commentary(ix) => (&self.places.commentary, ix.index()),
        };
        places.get(index).copied().unwrap_or_default()
    }

    pub(super) fn records(&self, kind: RecordKind) -> &[RecordRef] {
        match kind {
            RecordKind::Source => &self.sources,
            RecordKind::Claim => &self.claims,
            RecordKind::Entity => &self.entities,
            RecordKind::Commentary => &self.commentary,
            RecordKind::Home => &[],
        }
    }

    pub(super) fn rated(&self, rating: Option<RatingIx>) -> &[ClaimIx] {
        match rating {
            Some(ix) => self.rated.get(ix.index()).map_or(&[], Vec::as_slice),
            None => &self.unrated,
        }
    }
}

/// The indices of `records`, by `key`, then by index, which is by id.
fn sorted<T, K: Ord>(records: &[T], key: impl Fn(&T) -> K) -> Vec<u32> {
    let mut order: Vec<(K, u32)> = records.iter().map(key).zip(0..).collect();
    order.sort();
    order.into_iter().map(|(_, n)| n).collect()
}

/// Where each index stands in an order of all indices.
fn inverse(order: &[u32]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, &n) in order.iter().enumerate() {
        places[n as usize] = place;
    }
    places
}

/// Upper and lower case together, and opening quotation marks out of the way.
fn sort_key(text: &str) -> String {
    text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
