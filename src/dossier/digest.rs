//! A dossier's parts as digests: by them one run knows which parts are as they were in another.
//!
//! A record that speaks of another means it, and not its place among all: where an index stands, the digest has the
//! record's name. So one record more changes no other that does not show it.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::parts::{Part, Place, Sort};
use super::{Dossier, Entity, Home, Meta, Table};

/// BLAKE3 over all that there is to a part, in 16 bytes.
pub type Digest = [u8; 16];

/// How many sorts of parts there are.
pub const SORTS: usize = Sort::ALL.len();

/// What records and tags are called, as digests, by sort and index; the sorts that have no names are empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names(pub [Vec<Digest>; SORTS]);

impl Names {
    /// Those of a dossier's records and tags.
    fn of(dossier: &Dossier) -> Self {
        fn each<T>(table: &Table<T>, name: impl Fn(&T) -> &str) -> Vec<Digest> {
            table.unnoted().iter().map(|item| Names::default().digest(name(item))).collect()
        }
        Self(Sort::ALL.map(|sort| match sort {
            Sort::Source => each(&dossier.sources, |source| source.meta.id.as_str()),
            Sort::Claim => each(&dossier.claims, |claim| claim.meta.id.as_str()),
            Sort::Entity => each(&dossier.entities, |entity| entity.meta.id.as_str()),
            Sort::Commentary => each(&dossier.commentary, |essay| essay.meta.id.as_str()),
            Sort::Tag => each(&dossier.tags, |tag| tag.name.as_str()),
            _ => Vec::new(),
        }))
    }

    /// The digest of a value: of all that its `Hash` has, which is all fields where that is derived.
    pub fn digest(&self, value: &(impl Hash + ?Sized)) -> Digest {
        let mut bytes = Bytes { bytes: Vec::new(), names: self };
        value.hash(&mut bytes);
        bytes.digest()
    }

    fn each<T: Hash + Sync>(&self, table: &Table<T>) -> Vec<Digest> {
        self.digests(table, |item, bytes| item.hash(bytes))
    }

    /// The digests of what `hash` has of the items of a table.
    fn digests<T: Sync>(&self, table: &Table<T>, hash: impl Fn(&T, &mut Bytes<'_>) + Sync) -> Vec<Digest> {
        let room = || Bytes { bytes: Vec::new(), names: self };
        let digest = |room: &mut Bytes<'_>, item: &T| {
            room.bytes.clear();
            hash(item, room);
            room.digest()
        };
        table.unnoted().par_iter().map_init(room, digest).collect()
    }
}

/// The digests of all parts of a dossier, by sort and index.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Digests {
    /// What the parts are called that have names.
    pub names: Names,
    /// The digests.
    pub parts: [Vec<Digest>; SORTS],
}

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
        let names = Names::of(dossier);
        let parts = Sort::ALL.map(|sort| match sort {
            Sort::Home => names.each(home),
            Sort::Source => names.each(sources),
            Sort::Claim => names.each(claims),
            Sort::Entity => names.each(entities),
            Sort::Commentary => names.each(commentary),
            Sort::Tag => names.each(tags),
            Sort::Event => names.each(timeline),
            Sort::Row => names.each(matrix),
            Sort::Change => names.each(changes),
            Sort::Order => Vec::new(),
            Sort::ToSource => names.digests(sources, |to, bytes| {
                (to.meta.backlinks.unnoted(), to.passages.unnoted()).hash(bytes);
            }),
            Sort::ToClaim => names.digests(claims, |to, bytes| {
                (to.meta.backlinks.unnoted(), to.related_by.unnoted()).hash(bytes);
            }),
            Sort::ToEntity => names.digests(entities, |to, bytes| {
                let Entity { meta, about, attributed, wrote, published, .. } = to;
                (about.unnoted(), attributed.unnoted(), wrote.unnoted(), published.unnoted()).hash(bytes);
                meta.backlinks.unnoted().hash(bytes);
            }),
            Sort::ToCommentary => names.digests(commentary, |to, bytes| to.meta.backlinks.unnoted().hash(bytes)),
        });
        Self { names, parts }
    }

    /// The same with those of a sort.
    pub fn with(mut self, sort: Sort, digests: Vec<Digest>) -> Self {
        self.parts[sort as usize] = digests;
        self
    }

    /// What has become here of the parts that were `before`.
    pub fn since(&self, before: &Self) -> Changed {
        let sorts = Sort::ALL.map(|sort| {
            let (was, is) = (&before.parts[sort as usize], &self.parts[sort as usize]);
            let named = sort.owner() as usize;
            let (old_names, names) = (&before.names.0[named], &self.names.0[named]);
            let places: FxHashMap<&Digest, usize> = names.iter().zip(0..).collect();
            let place = |index: usize| match old_names.get(index) {
                Some(name) => places.get(name).copied(),
                None => (index < is.len()).then_some(index),
            };
            let now: Vec<Option<usize>> = (0..was.len()).map(place).collect();
            let same = |(index, now): (usize, &Option<usize>)| now.is_some_and(|now| is.get(now) == was.get(index));
            let same: Vec<bool> = now.iter().enumerate().map(same).collect();
            let count = was.len() != is.len();
            ChangedSort { any: count || same.contains(&false), count, now, same }
        });
        let is_elsewhere = |(index, now): (usize, &Option<usize>)| now.is_some_and(|now| now != index);
        let moved = sorts.iter().any(|sort| sort.now.iter().enumerate().any(is_elsewhere));
        Changed { sorts, moved }
    }
}

/// Which parts of a dossier have changed, by sort and by the index that they had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    sorts: [ChangedSort; SORTS],
    moved: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct ChangedSort {
    /// The index that each has now.
    now: Vec<Option<usize>>,
    /// Whether it is what it was.
    same: Vec<bool>,
    count: bool,
    any: bool,
}

impl Changed {
    /// Whether a part has.
    pub fn has(&self, part: Part) -> bool {
        let Some((sort, place)) = part.place() else { return self.sorts.iter().any(|sort| sort.any) };
        let sort = &self.sorts[sort as usize];
        match place {
            Place::At(index) => sort.same.get(index).map_or(sort.count, |same| !same),
            Place::Count => sort.count,
            Place::Whole => sort.any,
        }
    }

    /// Whether any part has another number now.
    pub fn moved(&self) -> bool {
        self.moved
    }

    /// The part as it is numbered now; one that is gone is everything.
    pub fn now(&self, part: Part) -> Part {
        let Some((sort, Place::At(index))) = part.place() else { return part };
        let now = self.sorts[sort as usize].now.get(index).copied().flatten();
        now.map_or(Part::EVERYTHING, |now| Part::of(sort, now))
    }
}

/// Hashes the index of a record: as one `u128`, which nothing else in a dossier does, of its sort and its number. A hasher
/// that knows the records takes their names for it.
pub(super) fn hash_index(sort: Sort, index: u32, state: &mut impl Hasher) {
    state.write_u128(u128::from(sort as u32) << 32 | u128::from(index));
}

impl Hash for Meta {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The number of its file depends on all other files, and no page shows it.
        let Self { id, file: _, aliases, draft, tags, backlinks } = self;
        (id, aliases, draft, tags, backlinks).hash(state);
    }
}

impl Hash for Home {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { file: _, body } = self;
        body.hash(state);
    }
}

/// What is to be hashed, as it is, but for indices of records.
struct Bytes<'a> {
    bytes: Vec<u8>,
    names: &'a Names,
}

impl Bytes<'_> {
    fn digest(&self) -> Digest {
        let mut digest = Digest::default();
        digest.copy_from_slice(&blake3::hash(&self.bytes).as_bytes()[..16]);
        digest
    }
}

impl Hasher for Bytes<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The index of a record.
    fn write_u128(&mut self, index: u128) {
        let (sort, number) = ((index >> 32) as usize, index as u32 as usize);
        match self.names.0.get(sort).and_then(|names| names.get(number)) {
            Some(name) => self.write(name),
            None => self.write(&index.to_le_bytes()),
        }
    }

    /// Not asked for: who wants a digest takes the bytes.
    fn finish(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{ClaimIx, RecordRef, Tag};
    use crate::files::FileId;
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
    fn one_record_more_changes_no_other() {
        let ids = ["b", "c", "d"];
        // Each speaks of the next one, and a tag of all; `a` comes before them all.
        let dossier = |ids: &[&str]| {
            let mut claims: Vec<_> = ids.iter().map(|id| fixture::claim(id, id)).collect();
            for (n, claim) in (0u32..).zip(&mut claims).take(ids.len() - 1) {
                claim.meta.file = FileId(n);
                *claim.related_by = vec![(ClaimIx(n + 1), 0)];
            }
            let all = (0u32..).zip(ids).filter(|(_, id)| **id != "a").map(|(n, _)| RecordRef::Claim(ClaimIx(n)));
            let tag = Tag { name: fixture::id("all"), records: all.collect() };
            Dossier { claims: claims.into(), tags: vec![tag].into(), ..fixture::empty() }
        };
        let before = Digests::of(&dossier(&ids));
        let dossier = dossier(&["a", "b", "c", "d"]);

        let changed = Digests::of(&dossier).since(&before);
        let claim = |index| Part::of(Sort::Claim, index);
        assert!(changed.moved());
        for (index, id) in ids.into_iter().enumerate() {
            assert!(!changed.has(claim(index)), "{id}");
            assert_eq!(changed.now(claim(index)), claim(index + 1));
        }
        assert!(!changed.has(Part::all(Sort::Tag)));
        assert!(changed.has(Part::all(Sort::Claim)) && changed.has(Part::count(Sort::Claim)));
        assert_eq!(changed.now(Part::count(Sort::Claim)), Part::count(Sort::Claim));

        let back = before.since(&Digests::of(&dossier));
        assert!(back.has(claim(0)) && !back.has(claim(1)));
        assert_eq!((back.now(claim(0)), back.now(claim(1))), (Part::EVERYTHING, claim(0)));
    }

    #[test]
    fn an_order_counts_as_the_routes_have_it() {
        let with = |orders: &[u8]| {
            Digests::default().with(Sort::Order, orders.iter().map(|order| Names::default().digest(order)).collect())
        };
        let changed = with(&[1, 3]).since(&with(&[1, 2]));
        assert!(changed.has(Part::of(Sort::Order, 1)) && !changed.has(Part::of(Sort::Order, 0)));
    }
}
