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
        let of = |order: Vec<u32>, make: fn(u32) -> RecordRef| order.into_iter().map(make).collect();
        Self {
            sources: of(sorted(&dossier.sources, |s| sort_key(&s.title)), |n| RecordRef::Source(SourceIx(n))),
            claims: of(claims, |n| RecordRef::Claim(ClaimIx(n))),
            entities: of(sorted(&dossier.entities, |e| sort_key(&e.name)), |n| RecordRef::Entity(EntityIx(n))),
            // Essays are read newest first; those without a date come last.
            commentary: of(sorted(&dossier.commentary, |c| Reverse(c.date.clone())), |n| {
                RecordRef::Commentary(CommentaryIx(n))
            }),
            rated,
            unrated,
        }
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

/// Upper and lower case together, and opening quotation marks out of the way.
fn sort_key(text: &str) -> String {
    text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
