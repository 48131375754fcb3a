//! What other records give to one: that they link to it, quote it, bear on it. It is a part of its own, since most pages
//! that show a record show nothing of this.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

use super::RecordRef;
use super::parts::{Part, note};

/// What others give to a record. Reading it is noted; the record's own digest leaves it out.
#[derive(Clone)]
pub struct Given<T> {
    part: Part,
    value: T,
}

impl<T: Default> Given<T> {
    /// Nothing as yet.
    pub fn to(record: RecordRef) -> Self {
        Self { part: Part::given_to(record), value: T::default() }
    }
}

impl<T> Given<T> {
    /// It, for those who make no part of the site of it.
    pub(super) fn unnoted(&self) -> &T {
        &self.value
    }
}

/// To whom is not known: whoever reads it has read everything.
impl<T> From<T> for Given<T> {
    fn from(value: T) -> Self {
        Self { part: Part::EVERYTHING, value }
    }
}

impl<T> Deref for Given<T> {
    type Target = T;

    fn deref(&self) -> &T {
        note(self.part);
        &self.value
    }
}

impl<T> DerefMut for Given<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<'a, T> IntoIterator for &'a Given<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Hash for Given<T> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl<T: fmt::Debug> fmt::Debug for Given<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::super::digest::Digests;
    use super::super::parts::{Sort, read};
    use super::super::{ClaimIx, EntityIx};
    use super::*;
    use crate::route::fixture;

    #[test]
    fn every_way_to_read_it_is_noted() {
        let mut given: Given<Vec<u8>> = Given::to(RecordRef::Entity(EntityIx(3)));
        assert_eq!(read(|| given.push(1)), [], "who gives reads nothing");
        let part = Part::of(Sort::ToEntity, 3);
        assert_eq!(read(|| given.len()), [part]);
        assert_eq!(read(|| (&given).into_iter().count()), [part]);
        let of_nobody = Given::from(vec![1]);
        assert_eq!(read(|| of_nobody.len()), [Part::EVERYTHING]);
    }

    #[test]
    fn what_is_given_to_a_record_is_no_part_of_what_it_says() {
        let mut dossier = fixture::dossier();
        let before = Digests::of(&dossier);
        dossier.claims[0].related_by.push((ClaimIx(1), 7));
        dossier.entities[1].wrote.clear();
        dossier.entities[1].about.clear();
        let passages = dossier.sources[0].passages.len();
        dossier.sources[0].passages.truncate(passages - 1);
        dossier.commentary[0].meta.backlinks.clear();
        let changed = Digests::of(&dossier).since(&before);
        for (sort, given, index) in
            [(Sort::Claim, Sort::ToClaim, 0), (Sort::Entity, Sort::ToEntity, 1), (Sort::Source, Sort::ToSource, 0)]
        {
            assert!(!changed.has(Part::of(sort, index)) && changed.has(Part::of(given, index)), "{given:?}");
        }
        assert!(!changed.has(Part::all(Sort::ToCommentary)), "nothing was given to it before");
    }
}
