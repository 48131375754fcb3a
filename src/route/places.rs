//! Which path a page has, and what is at a path.

use crate::dossier::{Dossier, RecordRef};
use crate::site::SitePath;

use super::{Route, Routes};

/// Where the first source, claim, entity and essay stands among all records.
pub(super) fn firsts(dossier: &Dossier) -> [usize; 4] {
    let counts = [dossier.sources.len(), dossier.claims.len(), dossier.entities.len()];
    let mut firsts = [1; 4];
    for (n, count) in counts.into_iter().enumerate() {
        firsts[n + 1] = firsts[n] + count;
    }
    firsts
}

impl Routes {
    /// The path of a page; none where the dossier has no such page.
    pub fn path(&self, route: Route) -> Option<&SitePath> {
        let usual = match route {
            Route::Record(record) => self.pages.get(self.usual(record)).filter(|(other, _)| *other == route),
            _ => None,
        };
        let found = || self.pages.get(self.pages.binary_search_by(|(other, _)| other.cmp(&route)).ok()?);
        usual.or_else(found).map(|(_, path)| path)
    }

    /// Where a record stands among all, and its page if no record lacks one.
    pub(super) fn usual(&self, record: RecordRef) -> usize {
        let [sources, claims, entities, commentary] = self.firsts;
        match record {
            RecordRef::Home => 0,
            RecordRef::Source(ix) => sources + ix.index(),
            RecordRef::Claim(ix) => claims + ix.index(),
            RecordRef::Entity(ix) => entities + ix.index(),
            RecordRef::Commentary(ix) => commentary + ix.index(),
        }
    }

    /// The path of a record's page; every record of the dossier has one unless an error was reported.
    pub fn record(&self, record: RecordRef) -> Option<&SitePath> {
        self.path(Route::Record(record))
    }

    /// The page at a path, which may be one that only a redirect stands at.
    pub fn find(&self, path: &str) -> Option<Route> {
        self.file(path).flatten()
    }

    /// The file at a path, if the site has one: a page, or none for one that is copied.
    pub fn file(&self, path: &str) -> Option<Option<Route>> {
        self.files.get(path).copied()
    }

    /// Whether the site has a file there, a page or a copied one.
    pub fn holds(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}
