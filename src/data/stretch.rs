//! Files about the whole dossier in stretches, each made by itself: none has to be held in memory whole, and one of which
//! nothing has changed need not be made again.

use std::hash::{BuildHasher, Hash};
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use crate::dossier::digest::{Digest, Names};
use crate::dossier::{Meta, Table, Tabled};

/// Part of a file, from where the one before it ends.
pub(crate) struct Stretch<'a> {
    /// What tells it from the file's other stretches: which records it is made of, in which place.
    pub(crate) key: Digest,
    make: Box<dyn Fn() -> String + Send + Sync + 'a>,
}

impl<'a> Stretch<'a> {
    /// A stretch with that key.
    pub(super) fn new(key: &(impl Hash + ?Sized), make: impl Fn() -> String + Send + Sync + 'a) -> Self {
        Self { key: Names::default().digest(key), make: Box::new(make) }
    }

    /// Its text.
    pub(crate) fn make(&self) -> String {
        (self.make)()
    }
}

/// The stretches of a file that has something of each of these records, in their order: `make` gets some of them, and
/// the index of the first. `part` tells them from those of other lists in the file.
pub(super) fn of_records<'a, T: Tabled + Sync>(
    part: &'static str,
    records: &'a Table<T>,
    meta: impl Fn(&T) -> &Meta,
    make: impl Fn(u32, &'a [T]) -> String + Copy + Send + Sync + 'a,
) -> Vec<Stretch<'a>> {
    let ids: Vec<&str> = records.iter().map(|record| meta(record).id.as_str()).collect();
    let stretch = |run: Range<usize>| {
        let is_first = run.start == 0;
        Stretch::new(&(part, is_first, &ids[run.clone()]), move || make(run.start as u32, records.range(run.clone())))
    };
    runs(&ids).into_iter().map(stretch).collect()
}

/// How many records are in a run, on average; no run has more than four times as many.
const RUN: usize = 64;

/// Records in runs, by their ids in the order of the file: which of them end a run is their own, so one more or one fewer
/// leaves all runs but one or two as they are.
fn runs(ids: &[&str]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for (n, id) in ids.iter().enumerate() {
        // The high bits are those that a multiplicative hash mixes well.
        let ends = FxBuildHasher.hash_one(id) >> (u64::BITS - RUN.ilog2()) == 0;
        if ends || n + 1 - start == 4 * RUN || n + 1 == ids.len() {
            runs.push(start..n + 1);
            start = n + 1;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("claim-{n:05}")).collect()
    }

    fn runs_of(ids: &[String]) -> Vec<Vec<String>> {
        let texts: Vec<&str> = ids.iter().map(String::as_str).collect();
        runs(&texts).into_iter().map(|run| ids[run].to_vec()).collect()
    }

    #[test]
    fn runs_hold_every_record_once_in_order() {
        for count in [0, 1, RUN, 10 * RUN, 100 * RUN] {
            let all = ids(count);
            let runs = runs_of(&all);
            assert_eq!(runs.concat(), all);
            assert!(runs.iter().all(|run| (1..=4 * RUN).contains(&run.len())));
            assert!(runs.len() <= count.div_ceil(RUN) * 2 && runs.len() >= count / (4 * RUN), "{}", runs.len());
        }
        let alike = vec![""; 1000];
        assert!(runs(&alike).iter().all(|run| run.len() <= 4 * RUN), "records that nothing tells apart");
    }

    #[test]
    fn one_more_record_leaves_most_runs_as_they_are() {
        let all = ids(100 * RUN);
        let before = runs_of(&all);
        let mut more = all.clone();
        more.insert(all.len() / 2, "claim-new".to_owned());
        let after = runs_of(&more);
        let is_new = |run: &&Vec<String>| !before.contains(run);
        assert!(after.iter().filter(is_new).count() <= 2);
    }

    #[test]
    fn stretches_of_other_records_or_in_another_place_have_other_keys() {
        let key = |of: &(&str, bool, &[&str])| Stretch::new(of, String::new).key;
        let one = key(&("claims", false, &["a", "b"]));
        for other in [("claims", true, &["a", "b"][..]), ("claims", false, &["ab"]), ("sources", false, &["a", "b"])] {
            assert_ne!(one, key(&other));
        }
        assert_eq!(one, key(&("claims", false, &["a", "b"])));
    }
}
