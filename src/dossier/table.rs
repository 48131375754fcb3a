//! All records of one sort, by index. Reading one is noted as a part of what is being made.

use std::ops::{Index, IndexMut, Range};

use super::parts::{Part, Sort, note};
use super::{Change, Claim, Commentary, Entity, Event, Home, MatrixRow, Source, Tag};

/// What a [`Table`] can hold.
pub trait Tabled {
    /// The sort of part that one of them is.
    const SORT: Sort;
}

macro_rules! tabled {
    ($($type:ident: $sort:ident),*) => {
        $(impl Tabled for $type {
            const SORT: Sort = Sort::$sort;
        })*
    };
}

tabled! {
    Home: Home, Source: Source, Claim: Claim, Entity: Entity, Commentary: Commentary, Tag: Tag, Event: Event,
    MatrixRow: Row, Change: Change
}

/// The records of one sort, or the rows of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table<T>(Vec<T>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for Table<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T> Table<T> {
    /// All of them, for those who make no part of the site of it.
    pub(super) fn unnoted(&self) -> &[T] {
        &self.0
    }

    /// All of them, to be changed.
    pub(crate) fn items_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }

    /// Adds one at the end.
    pub(crate) fn push(&mut self, item: T) {
        self.0.push(item);
    }

    /// One of them, to be changed.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.0.get_mut(index)
    }
}

impl<T: Tabled> Table<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        note(Part::count(T::SORT));
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them.
    pub fn get(&self, index: usize) -> Option<&T> {
        note(Part::of(T::SORT, index));
        self.0.get(index)
    }

    /// The first of them.
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// All of them.
    pub fn items(&self) -> &[T] {
        note(Part::all(T::SORT));
        &self.0
    }

    /// All of them in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items().iter()
    }

    /// Some of them, each read by itself.
    pub fn range(&self, range: Range<usize>) -> &[T] {
        range.clone().for_each(|index| note(Part::of(T::SORT, index)));
        &self.0[range]
    }
}

impl<T: Tabled> Index<usize> for Table<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        note(Part::of(T::SORT, index));
        &self.0[index]
    }
}

impl<T: Tabled> IndexMut<usize> for Table<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.0[index]
    }
}

impl<'a, T: Tabled> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> IntoIterator for Table<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::parts::read;
    use super::*;
    use crate::route::{fixture, part_of};

    #[test]
    fn every_way_to_read_a_table_is_noted() {
        let dossier = fixture::dossier();
        let claims = &dossier.claims;
        let claim = |index| Part::of(Sort::Claim, index);
        assert_eq!(read(|| claims[1].nature), [claim(1)]);
        assert_eq!(read(|| claims.get(9).is_some()), [claim(9)], "one that is not there");
        assert_eq!(read(|| claims.first().is_some()), [claim(0)]);
        assert_eq!(read(|| claims.len()), [Part::count(Sort::Claim)]);
        assert_eq!(read(|| claims.is_empty()), [Part::count(Sort::Claim)]);
        assert_eq!(read(|| claims.items().len()), [Part::all(Sort::Claim)]);
        assert_eq!(read(|| claims.iter().count()), [Part::all(Sort::Claim)]);
        assert_eq!(read(|| claims.into_iter().count()), [Part::all(Sort::Claim)]);
    }

    #[test]
    fn a_page_of_a_list_is_read_row_by_row() {
        let dossier = fixture::dossier();
        let event = |index| Part::of(Sort::Event, index);
        let count = Part::count(Sort::Event);
        let total = dossier.timeline.len();
        let page = |page| read(|| part_of(&dossier.timeline, page, total - 1).len());
        assert_eq!(page(1), [vec![count], (0..total - 1).map(event).collect()].concat());
        assert_eq!(page(2), [count, event(total - 1)]);
        assert_eq!(page(3), [count]);
        assert_eq!(part_of(&dossier.timeline, 2, total - 1), &dossier.timeline.items()[total - 1..]);
    }
}
