//! A dossier's parts as digests: by them one run knows which parts are as they were in another.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;

use super::parts::{Part, Place, Sort};
use super::{Dossier, Table};

/// BLAKE3 over all that there is to a part, in 16 bytes.
pub type Digest = [u8; 16];

/// The digests of all parts of a dossier, by sort and index.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Digests([Vec<Digest>; Sort::ALL.len()]);

impl Digests {
    /// Those of a dossier's parts. There are none of [`Sort::Order`], which a dossier has not.
    pub fn of(dossier: &Dossier) -> Self {
        let Dossier {
            config: _,
            by_id: _,
            home,
            sources,
            claims,
            entities,
            commentary,
            tags,
            timeline,
            matrix,
            changes,
        } = dossier;
        Self(Sort::ALL.map(|sort| match sort {
            Sort::Home => each(home),
            Sort::Source => each(sources),
            Sort::Claim => each(claims),
            Sort::Entity => each(entities),
            Sort::Commentary => each(commentary),
            Sort::Tag => each(tags),
            Sort::Event => each(timeline),
            Sort::Row => each(matrix),
            Sort::Change => each(changes),
            Sort::Order => Vec::new(),
        }))
    }

    /// Those of a sort.
    pub fn sort(&self, sort: Sort) -> &[Digest] {
        &self.0[sort as usize]
    }

    /// The same with those of a sort.
    pub fn with(mut self, sort: Sort, digests: Vec<Digest>) -> Self {
        self.0[sort as usize] = digests;
        self
    }

    /// Which parts are other here than they were.
    pub fn since(&self, before: &Self) -> Changed {
        Changed(Sort::ALL.map(|sort| {
            let (was, is) = (before.sort(sort), self.sort(sort));
            let differs = |index| was.get(index) != is.get(index);
            let at: Vec<bool> = (0..was.len().max(is.len())).map(differs).collect();
            ChangedSort { any: at.contains(&true), count: was.len() != is.len(), at }
        }))
    }
}

/// Which parts of a dossier have changed, by sort and index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed([ChangedSort; Sort::ALL.len()]);

#[derive(Clone, PartialEq, Eq, Debug)]
struct ChangedSort {
    at: Vec<bool>,
    count: bool,
    any: bool,
}

impl Changed {
    /// Whether a part has; one that was not there and is not there has not.
    pub fn has(&self, part: Part) -> bool {
        let Some((sort, place)) = part.place() else { return self.0.iter().any(|sort| sort.any) };
        let sort = &self.0[sort as usize];
        match place {
            Place::At(index) => sort.at.get(index).copied().unwrap_or(false),
            Place::Count => sort.count,
            Place::Whole => sort.any,
        }
    }
}

fn each<T: Hash + Sync>(table: &Table<T>) -> Vec<Digest> {
    table.unnoted().par_iter().map_init(Bytes::default, |room, item| room.digest(item)).collect()
}

/// The digest of a value: of all that its `Hash` has, which is all fields where that is derived.
pub fn digest(value: &(impl Hash + ?Sized)) -> Digest {
    Bytes::default().digest(value)
}

/// What is to be hashed, as it is.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn digest(&mut self, value: &(impl Hash + ?Sized)) -> Digest {
        self.0.clear();
        value.hash(self);
        let mut digest = Digest::default();
        digest.copy_from_slice(&blake3::hash(&self.0).as_bytes()[..16]);
        digest
    }
}

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Not asked for: who wants a digest takes the bytes.
    fn finish(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::fixture;

    #[test]
    fn what_differs_has_changed_with_all_that_it_is_a_part_of() {
        let mut dossier = fixture::dossier();
        let before = Digests::of(&dossier);
        assert_eq!(Digests::of(&dossier), before);
        let claim = |index| Part::of(Sort::Claim, index);
        let none = Digests::of(&dossier).since(&before);
        assert!([claim(0), Part::all(Sort::Claim), Part::EVERYTHING].into_iter().all(|part| !none.has(part)));

        dossier.claims[1].claim = "Another.".into();
        let changed = Digests::of(&dossier).since(&before);
        assert!([claim(1), Part::all(Sort::Claim), Part::EVERYTHING].into_iter().all(|part| changed.has(part)));
        let others = [claim(0), claim(99), Part::count(Sort::Claim), Part::all(Sort::Source)];
        assert!(others.into_iter().all(|part| !changed.has(part)));

        dossier.timeline.items_mut().pop();
        let fewer = Digests::of(&dossier).since(&before);
        let last = Part::of(Sort::Event, dossier.timeline.len());
        assert!([last, Part::count(Sort::Event), Part::all(Sort::Event)].into_iter().all(|part| fewer.has(part)));
        assert!(!fewer.has(Part::of(Sort::Event, 0)));
    }

    #[test]
    fn an_order_counts_as_the_routes_have_it() {
        let with = |orders: &[u8]| Digests::default().with(Sort::Order, orders.iter().map(digest).collect());
        let changed = with(&[1, 3]).since(&with(&[1, 2]));
        assert!(changed.has(Part::of(Sort::Order, 1)) && !changed.has(Part::of(Sort::Order, 0)));
    }
}
