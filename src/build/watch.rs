//! All files of a site on their way, looked at for what must not be published.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::build::Site;
use crate::diag::Diagnostic;
use crate::failure::Failure;
use crate::leaks::{Found, Guard, Origin, Suspicion};
use crate::load;
use crate::search;
use crate::site::{Page, SitePath};
use crate::workspace::Copied;

/// Who looks, and what was found so far.
pub(super) struct Watch<'a> {
    site: &'a Site<'a>,
    guard: Option<Guard>,
    found: Mutex<Found>,
}

impl<'a> Watch<'a> {
    /// Looks at every file; at nothing where nothing is withheld.
    pub(super) fn of(site: &'a Site<'a>) -> Self {
        let guard = Guard::of(site.dossier, site.workspace.withheld_names());
        Self { site, guard, found: Mutex::default() }
    }

    /// Looks at every file where there are names to look for, or somebody wrote what a source withholds.
    ///
    /// # Errors
    /// Where a file that is copied cannot be read.
    pub(super) fn where_needed(site: &'a Site<'a>) -> Result<Self, Failure> {
        let has_names = site.workspace.withheld_names().is_some_and(|names| !names.is_empty());
        if has_names || is_founded(site)? {
            return Ok(Self::of(site));
        }
        Ok(Self { site, guard: None, found: Mutex::default() })
    }

    /// Whether there is anything to look for.
    pub(super) fn is_needed(&self) -> bool {
        self.guard.is_some()
    }

    /// Looks at a finished file.
    pub(super) fn look(&self, path: &SitePath, content: &[u8], origin: Origin) {
        let Some(guard) = &self.guard else { return };
        let found = guard.look(self.site.dossier, path, content, origin);
        if !found.is_empty() {
            self.found.lock().unwrap_or_else(PoisonError::into_inner).add(found);
        }
    }

    /// Gives the search index to who takes it, and looks at each of its files.
    ///
    /// # Errors
    /// Where the taker fails.
    pub(super) fn index(&self, put: &(dyn Fn(&Page) -> Result<(), Failure> + Sync)) -> Result<(), Failure> {
        let index = search::index(self.site.dossier, self.site.routes, self.site.index);
        index.par_iter().try_for_each(|page| {
            self.look(&page.path, &page.content, Origin::Made);
            put(page)
        })
    }

    /// Gives every file that is copied to who takes it, and looks at each.
    ///
    /// # Errors
    /// Where the taker fails, and where a file cannot be read.
    pub(super) fn copied(
        &self,
        copy: &(dyn Fn(&SitePath, &Copied) -> Result<(), Failure> + Sync),
    ) -> Result<(), Failure> {
        let copied = self.site.workspace.project().statics();
        copied.par_iter().try_for_each(|(path, copied)| {
            let path = SitePath::new(path.as_str());
            match copied {
                Copied::Bytes(bytes) => self.look(&path, bytes, Origin::Copied),
                Copied::OnDisk(from) if self.is_needed() => self.look(&path, &load::read_bytes(from)?, Origin::Copied),
                Copied::OnDisk(_) => {}
            }
            copy(&path, copied)
        })
    }

    /// What was found.
    pub(super) fn report(self) -> Vec<Diagnostic> {
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        let report = |guard: &Guard| guard.report(self.site.dossier, self.site.workspace.files(), &found);
        self.guard.as_ref().map(report).unwrap_or_default()
    }
}

/// Whether a site may have withheld words of what somebody wrote.
fn is_founded(site: &Site<'_>) -> Result<bool, Failure> {
    let mut suspicion = Suspicion::of(site.dossier, site.workspace.files());
    let theme = site.workspace.project().theme(&site.dossier.config.theme);
    // Its templates are texts of the project.
    for (path, file) in theme.into_iter().flatten().filter(|(path, _)| path.starts_with("static/")) {
        suspicion.add(&SitePath::new(path.as_str()), &file.bytes);
    }
    for (path, copied) in site.workspace.project().statics() {
        let path = SitePath::new(path.as_str());
        match copied {
            Copied::Bytes(bytes) => suspicion.add(&path, bytes),
            Copied::OnDisk(from) => suspicion.add(&path, &load::read_bytes(from)?),
        }
    }
    Ok(suspicion.is_founded(site.dossier))
}
