//! The lists of a claim that are no quotations → which of their entries are new, gone, or other than they were.

use std::collections::{BTreeMap, VecDeque};

use crate::compare::align::{Stretch, align};
use crate::compare::{Correction, Delta, Named, Relation, Verdict};

/// The ledger, by its order: an entry is the same where rating, day and who agree, even if the reason does not.
pub(super) fn verdicts<'a>(old: &'a [Verdict], new: &'a [Verdict]) -> impl Iterator<Item = Delta<Verdict>> + 'a {
    let key = |verdict: &Verdict| (verdict.rating.clone(), verdict.date.clone(), verdict.by.as_ref().map(name));
    in_order(old, new, key)
}

/// The corrections, by their order and day.
pub(super) fn corrections<'a>(
    old: &'a [Correction],
    new: &'a [Correction],
) -> impl Iterator<Item = Delta<Correction>> + 'a {
    in_order(old, new, |correction| correction.date.clone())
}

/// The relations, by type and claim.
pub(super) fn relations<'a>(old: &'a [Relation], new: &'a [Relation]) -> impl Iterator<Item = Delta<Relation>> + 'a {
    let key = |relation: &Relation| (relation.relation.clone(), name(&relation.claim));
    let mut left: BTreeMap<_, VecDeque<&Relation>> = BTreeMap::new();
    old.iter().for_each(|relation| left.entry(key(relation)).or_default().push_back(relation));
    let mut found = Vec::new();
    for relation in new {
        match left.get_mut(&key(relation)).and_then(VecDeque::pop_front) {
            Some(was) => found.extend(changed(was, relation)),
            None => found.push(Delta::Added(relation.clone())),
        }
    }
    let gone = left.into_values().flatten().cloned().map(Delta::Removed);
    gone.collect::<Vec<_>>().into_iter().chain(found)
}

/// What a name is the name of.
fn name(named: &Named) -> String {
    named.id.as_ref().map_or_else(|| format!("\0{}", named.name), String::clone)
}

fn changed<T: Clone + PartialEq>(old: &T, new: &T) -> Option<Delta<T>> {
    (old != new).then(|| Delta::Changed(Box::new((old.clone(), new.clone()))))
}

/// Two lists whose order means something.
fn in_order<T, K>(old: &[T], new: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = Delta<T>>
where
    T: Clone + PartialEq,
    K: Ord + std::hash::Hash,
{
    let keys = |list: &[T]| list.iter().map(&key).collect::<Vec<K>>();
    let mut found = Vec::new();
    for stretch in align(&keys(old), &keys(new)) {
        match stretch {
            Stretch::Same { old: from, new: to, len } => {
                let both = old[from..from + len].iter().zip(&new[to..to + len]);
                found.extend(both.filter_map(|(old, new)| changed(old, new)));
            }
            Stretch::Other { old: gone, new: come } => {
                let both = gone.len().min(come.len());
                let (gone, come) = (&old[gone], &new[come]);
                found.extend(gone.iter().zip(come).filter_map(|(old, new)| changed(old, new)));
                found.extend(gone[both..].iter().cloned().map(Delta::Removed));
                found.extend(come[both..].iter().cloned().map(Delta::Added));
            }
        }
    }
    found.into_iter()
}
