//! Where things are, for data: absolute addresses with a base address, else relative to the file that the data is in.

use crate::dossier::{Dossier, RecordRef};
use crate::route::Routes;
use crate::site::{SitePath, address, encode};

/// A file's place, from which addresses are seen.
pub(crate) struct Addresses<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) routes: &'a Routes,
    /// What leads from the file to the site's root: empty, or `../` once a folder.
    root: &'a str,
}

impl<'a> Addresses<'a> {
    /// As seen from a file that `root` leads from to the site's root.
    pub(crate) fn new(dossier: &'a Dossier, routes: &'a Routes, root: &'a str) -> Self {
        Self { dossier, routes, root }
    }

    /// The address of a file of the site.
    pub(super) fn file(&self, path: &SitePath) -> String {
        match &self.dossier.config.base_url {
            Some(base) => address(base, path),
            None => format!("{}{}", self.root, encode(path.as_str())),
        }
    }

    /// The address of a place in a file of the site, by its id.
    pub(super) fn place(&self, path: &SitePath, fragment: &str) -> String {
        format!("{}#{}", self.file(path), encode(fragment))
    }

    /// The address of a record's page; empty where it has none.
    pub(super) fn record(&self, record: RecordRef) -> String {
        self.routes.record(record).map(|path| self.file(path)).unwrap_or_default()
    }

    /// The address of a place in a record's page; of the page where there is no such place.
    pub(super) fn record_place(&self, record: RecordRef, fragment: Option<&str>) -> String {
        match (self.routes.record(record), fragment) {
            (Some(path), Some(fragment)) => self.place(path, fragment),
            _ => self.record(record),
        }
    }
}
