//! A finished file of the site against what must not be in it: words that sources withhold, and withheld names.
//!
//! A [`Guard`] is made of a dossier once. It looks at the bytes of any file, whoever made it, so that a theme, an essay or
//! a copied file cannot publish what the program itself would not; what it finds becomes diagnostics with the places
//! where the words stand in the project. Looking takes time in proportion to the file, whatever the dossier's size. Files
//! are not changed, and what they look like in a browser is not known here.

mod names;
mod readable;
mod report;
mod suspicion;
mod withheld;
mod words;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::dossier::{Dossier, SourceIx};
use crate::site::SitePath;
use withheld::Withheld;

pub use names::Names;
pub use suspicion::Suspicion;

/// The longest file that is no text and is looked through for names, in bytes.
const LONGEST: usize = 64 << 20;

/// What no file of a site may have.
#[derive(Debug)]
pub struct Guard {
    words: Option<Withheld>,
    names: Option<Arc<Names>>,
}

/// What files have that they may not.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// By source and the first byte of its words.
    words: BTreeMap<(SourceIx, usize), Words>,
    /// By name, the files.
    names: BTreeMap<usize, BTreeSet<SitePath>>,
}

/// Words of a source that files have.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Words {
    /// The byte after the last.
    end: usize,
    files: BTreeSet<SitePath>,
    /// Whether one of these files is copied as somebody wrote it.
    is_copied: bool,
}

/// Where a file of the site comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// It is put together from texts, of which two that stand beside each other can make a run of words by chance.
    Made,
    /// Somebody wrote it as it is.
    Copied,
}

impl Guard {
    /// What is withheld in a dossier, and these names; none where nothing is.
    pub fn of(dossier: &Dossier, names: Option<Arc<Names>>) -> Option<Self> {
        let names = names.filter(|names| !names.is_empty());
        let words = Withheld::of(dossier);
        (words.is_some() || names.is_some()).then_some(Self { words, names })
    }

    /// The same for one file alone: what is withheld of what it has. Takes time in proportion to the sources' texts, and
    /// room in proportion to the file.
    pub fn of_file(dossier: &Dossier, names: Option<Arc<Names>>, path: &SitePath, content: &[u8]) -> Option<Self> {
        let names = names.filter(|names| !names.is_empty());
        let mut there = Suspicion::default();
        there.add(path, content);
        let words = there.withheld(dossier);
        (words.is_some() || names.is_some()).then_some(Self { words, names })
    }

    /// What a file has that it may not. The dossier is the one that the guard was made of.
    pub fn look(&self, dossier: &Dossier, path: &SitePath, content: &[u8], origin: Origin) -> Found {
        let mut found = Found::default();
        let closely = self.names.is_some() && content.len() <= LONGEST;
        for text in readable::texts(path.as_str(), content, closely) {
            self.look_at(dossier, path, &text, origin, &mut found);
        }
        self.look_at(dossier, path, path.as_str(), origin, &mut found);
        found
    }

    fn look_at(&self, dossier: &Dossier, path: &SitePath, text: &str, origin: Origin, found: &mut Found) {
        for (source, range) in self.words.iter().flat_map(|words| words.find(dossier, text)) {
            let files = BTreeSet::from([path.clone()]);
            found.add_words(source, range.start, Words { end: range.end, files, is_copied: origin == Origin::Copied });
        }
        for (name, _) in self.names.iter().flat_map(|names| names.find(text)) {
            found.names.entry(name).or_default().insert(path.clone());
        }
    }
}

impl Found {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.names.is_empty()
    }

    /// Adds what another file has.
    pub fn add(&mut self, other: Self) {
        for ((source, start), words) in other.words {
            self.add_words(source, start, words);
        }
        for (name, files) in other.names {
            self.names.entry(name).or_default().extend(files);
        }
    }

    fn add_words(&mut self, source: SourceIx, start: usize, words: Words) {
        let all = self.words.entry((source, start)).or_default();
        all.end = all.end.max(words.end);
        all.files.extend(words.files);
        all.is_copied |= words.is_copied;
    }
}
