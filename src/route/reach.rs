//! What a link can lead to, by hashes of 64 bits: one or two look-ups a link, in tables that stay in a processor's caches,
//! where the texts of all paths and ids do not.

use std::hash::{BuildHasher, Hash};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::dossier::RecordRef;
use crate::dossier::parts::{Part, note};
use crate::ids::RecordKind;

use super::held::Held;
use super::ids::Ids;
use super::{Route, Routes};

/// Every file of the site, and every id that a record's page promises.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    /// By the hash of its path, the record whose page a file is; none for other files.
    files: FxHashMap<u64, Option<RecordRef>>,
    /// The hashes of records with an id.
    places: FxHashSet<u64>,
}

impl Reach {
    /// The file at that path, if there is one: the record whose page it is, or none.
    pub(super) fn file(&self, path: &str) -> Option<Option<RecordRef>> {
        self.files.get(&hash(path)).copied()
    }

    /// Whether a record's page promises that id.
    pub(super) fn has_place(&self, record: RecordRef, id: &str) -> bool {
        self.places.contains(&hash(&(record, id)))
    }

    /// Adds a file.
    pub(super) fn add_file(&mut self, path: &str, record: Option<RecordRef>) {
        self.files.insert(hash(path), record);
    }

    /// Puts the ids that a record's page promises into the place of those `before`.
    pub(super) fn set_places(&mut self, record: RecordRef, before: &Ids, now: &Ids) {
        for id in before.iter() {
            self.places.remove(&hash(&(record, id)));
        }
        self.places.extend(now.iter().map(|id| hash(&(record, id))));
    }
}

impl Routes {
    /// The ids that a page promises, sorted; none but a record's page promises any.
    pub fn promised(&self, page: Route) -> impl Iterator<Item = &str> {
        self.promises_of(page).into_iter().flat_map(Ids::iter)
    }

    fn promises_of(&self, page: Route) -> Option<&Ids> {
        let Route::Record(record) = page else { return None };
        note_promises(record);
        self.promises.get(self.usual(record))
    }

    /// Whether a page promises that id.
    pub fn promises(&self, page: Route, fragment: &str) -> bool {
        self.promises_of(page).is_some_and(|ids| ids.has(fragment))
    }

    /// Whether a link leads somewhere: the site has a file at that path, and its page promises that id, or nobody asks for
    /// one. It may be there where this says no: ids in what is no record's page are not known here.
    pub fn leads(&self, path: &str, id: Option<&str>) -> bool {
        match (self.reach.file(path), id) {
            (None, _) | (Some(None), Some(_)) => false,
            (Some(record), None) => {
                // It may be gone one day, but for the home page.
                let record = record.filter(|record| *record != RecordRef::Home);
                record.map(Part::from).into_iter().for_each(note);
                true
            }
            (Some(Some(record)), Some(id)) => {
                note_promises(record);
                self.reach.has_place(record, id)
            }
        }
    }
}

/// Notes what the promises of a record's page are made from.
fn note_promises(record: RecordRef) {
    note(record.into());
    if record.kind() == RecordKind::Source {
        note(Part::given_to(record));
        note(Held::Unplaced.part());
    }
}

/// A hash that mixes all 64 bits of texts, under which two that nobody made for it are the same once in 2⁶⁴.
fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    FxBuildHasher.hash_one(value)
}
