//! The order in which lists show records: for readers, so by title or name and not by id.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::date::Date;
use crate::dossier::{
    Claim, ClaimIx, Commentary, CommentaryIx, Dossier, Entity, EntityIx, RatingIx, RecordRef, Source, SourceIx,
};
use crate::ids::RecordKind;

/// Every list that is longer than a page and not already in the dossier.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    sources: Order<String>,
    claims: Order<String>,
    entities: Order<String>,
    /// Essays are read newest first; those without a date come last.
    commentary: Order<Reverse<Option<Date>>>,
    /// By claim.
    ratings: Vec<Option<RatingIx>>,
    rated: Vec<Vec<ClaimIx>>,
    unrated: Vec<ClaimIx>,
}

/// The records of a kind in the order of their keys, then by index, which is by id.
#[derive(Clone, Debug)]
struct Order<K> {
    /// By index.
    keys: Vec<K>,
    records: Vec<RecordRef>,
    /// Where each record stands in `records`, by index.
    places: Vec<usize>,
}

impl<K: Ord + Send> Order<K> {
    fn of<T: Sync>(all: &[T], key: impl Fn(&T) -> K + Sync + Send, make: fn(u32) -> RecordRef) -> Self {
        let records = (0u32..).take(all.len()).map(make).collect();
        let mut order = Self { keys: all.par_iter().map(key).collect(), records, places: vec![0; all.len()] };
        order.sort();
        order
    }

    /// Takes over the keys of these records. Says whether that changed the order.
    fn keep_up<T>(&mut self, all: &[T], key: impl Fn(&T) -> K, changed: impl Iterator<Item = usize>) -> bool {
        let mut differs = false;
        for index in changed {
            if let (Some(kept), Some(one)) = (self.keys.get_mut(index), all.get(index)) {
                let key = key(one);
                differs |= *kept != key;
                *kept = key;
            }
        }
        if differs {
            self.sort();
        }
        differs
    }

    fn sort(&mut self) {
        let key = |record: &RecordRef| index(*record).and_then(|index| Some((self.keys.get(index)?, index)));
        self.records.sort_by(|a, b| key(a).cmp(&key(b)));
        for (place, record) in self.records.iter().enumerate() {
            if let Some(kept) = index(*record).and_then(|index| self.places.get_mut(index)) {
                *kept = place;
            }
        }
    }
}

/// The index of a record among those of its kind; the home page has none.
fn index(record: RecordRef) -> Option<usize> {
    match record {
        RecordRef::Home => None,
        RecordRef::Source(ix) => Some(ix.index()),
        RecordRef::Claim(ix) => Some(ix.index()),
        RecordRef::Entity(ix) => Some(ix.index()),
        RecordRef::Commentary(ix) => Some(ix.index()),
    }
}

impl Listing {
    pub(super) fn of(dossier: &Dossier) -> Self {
        let mut listing = Self {
            sources: Order::of(dossier.sources.items(), source_key, |n| RecordRef::Source(SourceIx(n))),
            claims: Order::of(dossier.claims.items(), claim_key, |n| RecordRef::Claim(ClaimIx(n))),
            entities: Order::of(dossier.entities.items(), entity_key, |n| RecordRef::Entity(EntityIx(n))),
            commentary: Order::of(dossier.commentary.items(), essay_key, |n| RecordRef::Commentary(CommentaryIx(n))),
            ratings: dossier.claims.iter().map(Claim::rating).collect(),
            rated: vec![Vec::new(); dossier.config.ratings.len()],
            unrated: Vec::new(),
        };
        listing.rate();
        listing
    }

    /// Takes over what has changed of these records of a dossier with the same records.
    pub(super) fn keep_up(&mut self, dossier: &Dossier, changed: &[RecordRef]) {
        let of =
            |kind: RecordKind| changed.iter().filter(move |record| record.kind() == kind).copied().filter_map(index);
        self.sources.keep_up(dossier.sources.items(), source_key, of(RecordKind::Source));
        self.entities.keep_up(dossier.entities.items(), entity_key, of(RecordKind::Entity));
        self.commentary.keep_up(dossier.commentary.items(), essay_key, of(RecordKind::Commentary));
        let mut differs = self.claims.keep_up(dossier.claims.items(), claim_key, of(RecordKind::Claim));
        for index in of(RecordKind::Claim) {
            if let (Some(kept), Some(claim)) = (self.ratings.get_mut(index), dossier.claims.get(index)) {
                differs |= *kept != claim.rating();
                *kept = claim.rating();
            }
        }
        if differs {
            self.rate();
        }
    }

    /// Lists the claims by their ratings.
    fn rate(&mut self) {
        self.rated.iter_mut().for_each(Vec::clear);
        self.unrated.clear();
        for record in &self.claims.records {
            let RecordRef::Claim(ix) = *record else { continue };
            let rating = self.ratings.get(ix.index()).copied().flatten();
            rating.and_then(|rating| self.rated.get_mut(rating.index())).unwrap_or(&mut self.unrated).push(ix);
        }
    }

    pub(super) fn position(&self, record: RecordRef) -> usize {
        let places = match record {
            RecordRef::Home => return 0,
            RecordRef::Source(_) => &self.sources.places,
            RecordRef::Claim(_) => &self.claims.places,
            RecordRef::Entity(_) => &self.entities.places,
            RecordRef::Commentary(_) => &self.commentary.places,
        };
        index(record).and_then(|index| places.get(index)).copied().unwrap_or_default()
    }

    pub(super) fn records(&self, kind: RecordKind) -> &[RecordRef] {
        match kind {
            RecordKind::Source => &self.sources.records,
            RecordKind::Claim => &self.claims.records,
            RecordKind::Entity => &self.entities.records,
            RecordKind::Commentary => &self.commentary.records,
            RecordKind::Home => &[],
        }
    }

    /// The claims with each rating, and those without one.
    pub(super) fn by_rating(&self) -> (&[Vec<ClaimIx>], &[ClaimIx]) {
        (&self.rated, &self.unrated)
    }

    pub(super) fn rated(&self, rating: Option<RatingIx>) -> &[ClaimIx] {
        match rating {
            Some(ix) => self.rated.get(ix.index()).map_or(&[], Vec::as_slice),
            None => &self.unrated,
        }
    }
}

fn source_key(source: &Source) -> String {
    sort_key(&source.title)
}

fn claim_key(claim: &Claim) -> String {
    sort_key(&claim.claim)
}

fn entity_key(entity: &Entity) -> String {
    sort_key(&entity.name)
}

fn essay_key(essay: &Commentary) -> Reverse<Option<Date>> {
    Reverse(essay.date.clone())
}

/// Upper and lower case together, and opening quotation marks out of the way.
fn sort_key(text: &str) -> String {
    text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
