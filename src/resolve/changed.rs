//! Which records are resolved anew, and how what they give to others takes the place of what they gave before.

use rayon::prelude::*;

use crate::dossier::{ClaimIx, CommentaryIx, EntityIx, RecordRef, SourceIx};
use crate::resolve::shelf::Shelf;

/// The records that are resolved anew.
#[derive(Debug)]
pub(crate) struct Changed {
    /// In their order.
    records: Vec<RecordRef>,
    /// Whether they are all there are.
    all: bool,
}

impl Changed {
    /// All of the dossier.
    pub(crate) fn all(shelf: &Shelf<'_>) -> Self {
        Self { records: shelf.records().collect(), all: true }
    }

    /// Some of the dossier.
    pub(crate) fn some(mut records: Vec<RecordRef>) -> Self {
        records.sort_unstable();
        records.dedup();
        Self { records, all: false }
    }

    /// Whether it is one of them.
    pub(crate) fn has(&self, record: RecordRef) -> bool {
        self.all || self.records.binary_search(&record).is_ok()
    }

    /// Whether they are all there are.
    pub(crate) fn is_all(&self) -> bool {
        self.all
    }

    /// All of them.
    pub(crate) fn records(&self) -> &[RecordRef] {
        &self.records
    }

    /// The sources among them.
    pub(crate) fn sources(&self) -> Vec<SourceIx> {
        let sources = self.records.iter().filter_map(|record| match record {
            RecordRef::Source(ix) => Some(*ix),
            _ => None,
        });
        sources.collect()
    }

    /// The claims among them.
    pub(crate) fn claims(&self) -> Vec<ClaimIx> {
        let claims = self.records.iter().filter_map(|record| match record {
            RecordRef::Claim(ix) => Some(*ix),
            _ => None,
        });
        claims.collect()
    }

    /// The entities among them.
    pub(crate) fn entities(&self) -> Vec<EntityIx> {
        let entities = self.records.iter().filter_map(|record| match record {
            RecordRef::Entity(ix) => Some(*ix),
            _ => None,
        });
        entities.collect()
    }

    /// The essays among them.
    pub(crate) fn commentary(&self) -> Vec<CommentaryIx> {
        let essays = self.records.iter().filter_map(|record| match record {
            RecordRef::Commentary(ix) => Some(*ix),
            _ => None,
        });
        essays.collect()
    }

    /// What each of them gives, in their order.
    pub(crate) fn gather<T: Send>(&self, give: impl Fn(RecordRef) -> Vec<T> + Sync) -> Vec<T> {
        let chunks =
            self.records.par_chunks(CHUNK).map(|records| records.iter().flat_map(|record| give(*record)).collect());
        let given: Vec<Vec<T>> = chunks.collect();
        let mut all = Vec::with_capacity(given.iter().map(Vec::len).sum());
        given.into_iter().for_each(|mut some| all.append(&mut some));
        all
    }
}

/// The records that one thread goes through at a time.
const CHUNK: usize = 256;

/// Lists that records are in by what other records say of them.
pub(crate) trait Lists<To, Entry> {
    /// The list of a record.
    fn list(&mut self, to: To) -> Option<&mut Vec<Entry>>;
    /// Whether an entry is from one of the records that changed.
    fn is_from(entry: &Entry, changed: &Changed) -> bool;
    /// Puts a list into its order.
    fn sort(list: &mut Vec<Entry>);

    /// Takes from the lists what changed records gave `before`, and adds what they give `now`. Says whose lists those are.
    fn exchange(&mut self, changed: &Changed, before: Vec<To>, now: Vec<(To, Entry)>) -> Vec<To>
    where
        To: Copy + Ord,
    {
        let mut touched = before;
        touched.sort_unstable();
        touched.dedup();
        for &to in &touched {
            if let Some(list) = self.list(to) {
                list.retain(|entry| !Self::is_from(entry, changed));
            }
        }
        touched.extend(now.iter().map(|(to, _)| *to));
        for (to, entry) in now {
            if let Some(list) = self.list(to) {
                list.push(entry);
            }
        }
        touched.sort_unstable();
        touched.dedup();
        for &to in &touched {
            if let Some(list) = self.list(to) {
                Self::sort(list);
                list.shrink_to_fit();
            }
        }
        touched
    }
}
