//! Names that would have been right, ready for many "did you mean".
//!
//! A dossier whose folder of sources has been moved has tens of thousands of references to nothing. Comparing each with
//! every name letter by letter would take minutes, so names that cannot be near are passed over by counting letters.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::diag::suggest;

/// How many of each letter a name has: `a` to `z`, then digits, then the rest.
type Letters = [u8; 28];

/// Names with their letters counted.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    names: Vec<(String, Letters)>,
    /// What was asked before, with the answer's index: one missing file is often named a hundred times.
    asked: Mutex<HashMap<String, Option<usize>>>,
}

impl Candidates {
    /// Candidates from names.
    pub(crate) fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let names = names.into_iter().map(|name| (name.to_owned(), letters(name))).collect();
        Self { names, asked: Mutex::default() }
    }

    /// The nearest name to `word`, as [`suggest::nearest`] has it.
    pub(crate) fn nearest(&self, word: &str) -> Option<&str> {
        let asked = |at: &Option<usize>| at.and_then(|at| self.names.get(at)).map(|(name, _)| name.as_str());
        if let Some(at) = self.asked.lock().ok()?.get(word) {
            return asked(at);
        }
        let found = self.look_for(word);
        let at = found.and_then(|found| self.names.iter().position(|(name, _)| name == found));
        self.asked.lock().ok()?.insert(word.to_owned(), at);
        found
    }

    fn look_for(&self, word: &str) -> Option<&str> {
        let counted = letters(word);
        let length = word.chars().count();
        let possible = self.names.iter().filter(|(name, letters)| {
            let apart: u32 = letters.iter().zip(&counted).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
            // One change of a letter moves at most two counts; a third of the longer word may change.
            let longer = length.max(name.len());
            apart as usize * 3 <= longer * 2
        });
        suggest::nearest(word, possible.map(|(name, _)| name.as_str()))
    }
}

fn letters(name: &str) -> Letters {
    let mut letters = Letters::default();
    for c in name.chars() {
        let slot = match c {
            'a'..='z' => c as usize - 'a' as usize,
            '0'..='9' => 26,
            _ => 27,
        };
        letters[slot] = letters[slot].saturating_add(1);
    }
    letters
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn passing_over_changes_nothing(word in "[a-c0-9é-]{1,9}", names in prop::collection::vec("[a-c0-9é-]{1,9}", 0..9)) {
            let candidates = Candidates::new(names.iter().map(String::as_str));
            let all = suggest::nearest(&word, names.iter().map(String::as_str));
            prop_assert_eq!(candidates.nearest(&word), all);
            prop_assert_eq!(candidates.nearest(&word), all);
        }
    }
}
