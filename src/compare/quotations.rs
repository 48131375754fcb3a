//! The quotations of a record in two states → which are new, gone, worded otherwise, or stand elsewhere.
//!
//! Which is which is decided from what is surest to what is least: the same words and key in the same source, the same
//! words there, the same key there, the same words in another source, words there that are much alike.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::hash::Hash;

use crate::compare::{Delta, Quotation};

/// Words are compared by likeness only where so few are left on either side.
const FEW: usize = 40;

/// What became of the quotations, the older state's first.
pub(super) fn compare(old: Vec<Quotation>, new: Vec<Quotation>) -> Vec<Delta<Quotation>> {
    let mut matching = Matching::new(old, new);
    matching.by(|it| Some((source(it), it.words.clone(), it.key.clone())));
    matching.by(|it| Some((source(it), it.words.clone())));
    matching.by(|it| (!it.fields.is_empty()).then(|| (source(it), it.key.clone())));
    matching.by(|it| Some((it.words.clone(), !it.fields.is_empty())));
    matching.by_likeness();
    matching.finish()
}

fn source(quotation: &Quotation) -> String {
    quotation.source.id.clone().unwrap_or_default()
}

struct Matching {
    old: Vec<Quotation>,
    new: Vec<Quotation>,
    /// By the older one's index: the newer one's.
    found: BTreeMap<usize, usize>,
    taken: HashSet<usize>,
}

impl Matching {
    fn new(old: Vec<Quotation>, new: Vec<Quotation>) -> Self {
        Self { old, new, found: BTreeMap::new(), taken: HashSet::new() }
    }

    /// The indices of those that are still alone.
    fn alone(&self) -> (Vec<usize>, Vec<usize>) {
        let old = (0..self.old.len()).filter(|at| !self.found.contains_key(at)).collect();
        let new = (0..self.new.len()).filter(|at| !self.taken.contains(at)).collect();
        (old, new)
    }

    /// Matches those with the same key, the first with the first.
    fn by<K: Eq + Hash>(&mut self, key: impl Fn(&Quotation) -> Option<K>) {
        let (old, new) = self.alone();
        let mut waiting: std::collections::HashMap<K, VecDeque<usize>> = std::collections::HashMap::new();
        for at in old {
            if let Some(key) = key(&self.old[at]) {
                waiting.entry(key).or_default().push_back(at);
            }
        }
        for at in new {
            let key = key(&self.new[at]);
            if let Some(was) = key.and_then(|key| waiting.get_mut(&key)?.pop_front()) {
                self.join(was, at);
            }
        }
    }

    /// Matches those in one source of which half the words are the same, the most alike first.
    fn by_likeness(&mut self) {
        let (old, new) = self.alone();
        if old.len() > FEW || new.len() > FEW {
            return;
        }
        let mut alike = Vec::new();
        for &was in &old {
            for &is in &new {
                let (before, after) = (&self.old[was], &self.new[is]);
                let same_sort = before.source == after.source && before.fields.is_empty() == after.fields.is_empty();
                let likeness = if same_sort { likeness(&before.words, &after.words) } else { 0 };
                if likeness >= 50 {
                    alike.push((std::cmp::Reverse(likeness), was + is, was, is));
                }
            }
        }
        // Pairs of one sum of indices have no member in common: the order among them does not matter.
        alike.sort_unstable();
        for (_, _, was, is) in alike {
            if !self.found.contains_key(&was) && !self.taken.contains(&is) {
                self.join(was, is);
            }
        }
    }

    fn join(&mut self, old: usize, new: usize) {
        self.found.insert(old, new);
        self.taken.insert(new);
    }

    fn finish(self) -> Vec<Delta<Quotation>> {
        let Self { old, new, found, taken } = self;
        let mut deltas = Vec::new();
        for (at, before) in old.into_iter().enumerate() {
            match found.get(&at).map(|&is| &new[is]) {
                Some(after) if *after != before => deltas.push(Delta::Changed(Box::new((before, after.clone())))),
                Some(_) => {}
                None => deltas.push(Delta::Removed(before)),
            }
        }
        let come = new.into_iter().enumerate().filter(|(at, _)| !taken.contains(at));
        deltas.extend(come.map(|(_, quotation)| Delta::Added(quotation)));
        deltas
    }
}

/// How many of a hundred words two texts have in common, whatever their order.
fn likeness(one: &str, other: &str) -> usize {
    let mut counts: std::collections::HashMap<&str, isize> = std::collections::HashMap::new();
    let (mut ours, mut theirs) = (0, 0);
    for word in one.split_whitespace() {
        *counts.entry(word).or_default() += 1;
        ours += 1;
    }
    let mut shared = 0;
    for word in other.split_whitespace() {
        theirs += 1;
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    shared * 200 / (ours + theirs).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_counts_words_of_both() {
        assert_eq!(likeness("a b c d", "a b c d"), 100);
        assert_eq!(likeness("a b", "b x"), 50);
        assert_eq!(likeness("a a a", "a"), 50);
        assert_eq!(likeness("", ""), 0);
    }
}
