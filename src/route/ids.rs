//! The ids that a page promises: many short words, held as one text.

use crate::files::ByteRange;

/// Ids, sorted, each once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Ids {
    /// All of them, one after the other.
    text: Box<str>,
    /// Where each stands in the text.
    places: Box<[ByteRange]>,
}

impl Ids {
    /// All, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|place| self.at(*place))
    }

    /// Whether an id is one of them.
    pub(super) fn has(&self, id: &str) -> bool {
        self.places.binary_search_by(|place| self.at(*place).cmp(id)).is_ok()
    }

    fn at(&self, place: ByteRange) -> &str {
        &self.text[place.as_range()]
    }
}

impl FromIterator<String> for Ids {
    fn from_iter<I: IntoIterator<Item = String>>(ids: I) -> Self {
        let mut ids: Vec<String> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut end = 0;
        let place = |id: &String| {
            let start = end;
            end += id.len();
            ByteRange::new(start, end)
        };
        Self { places: ids.iter().map(place).collect(), text: ids.concat().into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_that_were_given() {
        for ids in [&[][..], &["b"], &["q-b", "q-a", "q-ab", "q-a", "", "é", "z"]] {
            let held: Ids = ids.iter().map(|id| (*id).to_owned()).collect();
            let mut sorted = ids.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(held.iter().collect::<Vec<_>>(), sorted);
            assert!(ids.iter().all(|id| held.has(id)));
            assert!(!["q", "q-aa", "q-abc", "zz", "a"].iter().any(|id| held.has(id)), "{ids:?}");
        }
    }
}
