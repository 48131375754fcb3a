//! What other records give to one: that they link to it, quote it, bear on it. It is a part of its own, since most pages
//! that show a record show nothing of this.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

use super::RecordRef;
use super::parts::{Part, Sort, note};

/// What others give to a record. Reading it is noted; the record's own digest leaves it out.
#[derive(Clone)]
pub struct Given<T> {
    part: Part,
    value: T,
}

impl<T: Default> Given<T> {
    /// Nothing as yet.
    pub fn to(record: RecordRef) -> Self {
        let part = match record {
            RecordRef::Home => Part::EVERYTHING,
            RecordRef::Source(ix) => Part::of(Sort::ToSource, ix.index()),
            RecordRef::Claim(ix) => Part::of(Sort::ToClaim, ix.index()),
            RecordRef::Entity(ix) => Part::of(Sort::ToEntity, ix.index()),
            RecordRef::Commentary(ix) => Part::of(Sort::ToCommentary, ix.index()),
        };
        Self { part, value: T::default() }
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
