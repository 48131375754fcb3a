//! What somebody wrote into a project → whether the site may have withheld words of it.
//!
//! A site is put together from these texts. Where none of them has a run that a source withholds, nothing needs to be
//! looked for in the many more files that are made of them. That a program puts a source's own words where they do not
//! belong is not seen here.

use rayon::prelude::*;

use crate::config::LintLevel;
use crate::dossier::{Dossier, RecordRef};
use crate::files::{FileId, Files};
use crate::leaks::readable;
use crate::leaks::report::{LINT, no_records};
use crate::leaks::withheld::{Filter, Withheld};
use crate::leaks::words::runs;
use crate::site::SitePath;

/// The runs of eight words that somebody wrote.
#[derive(Debug, Default)]
pub struct Suspicion {
    hashes: Vec<u64>,
}

impl Suspicion {
    /// Of the project's texts but for sources: of records only where it matters what they say.
    pub fn of(dossier: &Dossier, files: &Files) -> Self {
        let mut written = no_records(files);
        if dossier.config.lints.get(LINT) != Some(&LintLevel::Allow) {
            let is_own = |record: &RecordRef| !matches!(record, RecordRef::Source(_));
            written.extend(dossier.records().filter(is_own).filter_map(|record| dossier.file_of(record)));
        }
        let hashes = |&file: &FileId| of_text(&files.get(file).text);
        Self { hashes: written.par_iter().flat_map_iter(hashes).collect() }
    }

    /// Of a file that is copied, too.
    pub fn add(&mut self, path: &SitePath, content: &[u8]) {
        self.hashes.extend(readable::texts(path.as_str(), content, false).iter().flat_map(|text| of_text(text)));
    }

    /// Whether one of these runs is withheld. Takes time in proportion to the sources' texts.
    pub fn is_founded(self, dossier: &Dossier) -> bool {
        self.withheld(dossier).is_some_and(|withheld| withheld.has_any())
    }

    /// Those of these runs that sources withhold, some of them published by right elsewhere; none where there are none.
    pub(super) fn withheld(mut self, dossier: &Dossier) -> Option<Withheld> {
        self.hashes.par_sort_unstable();
        self.hashes.dedup();
        let filter = Filter::of(&self.hashes);
        let is_there = |hash: u64| filter.may_have(hash) && self.hashes.binary_search(&hash).is_ok();
        Withheld::of_those(dossier, &is_there)
    }
}

fn of_text(text: &str) -> Vec<u64> {
    let mut hashes = Vec::new();
    runs(text, |eight| hashes.push(eight.hash));
    hashes
}
