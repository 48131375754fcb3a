//! What one state of a dossier leaves for the next, and which records the next one has to resolve anew.
//!
//! A record's own part of the dossier depends on its file; on what names, tags, people, ratings and paths mean, which is
//! what [`seen::Names`] has of every file, the settings, the lock and the list of static files; on the sources that it
//! has words of; and, where it links to a place in another page, on what [`seen::Fragments`] has of every file. A record
//! is taken over where all of these are the same, and where names have changed none is.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::config::{self, Config};
use crate::diag::{Diagnostic, Severity};
use crate::dossier::{EntityIx, RecordRef, SourceIx};
use crate::files::{ByteRange, FileId};
use crate::lock::Lock;
use crate::resolve::changed::Changed;
use crate::resolve::claims::Parts;
use crate::resolve::context::{Outcomes, PlainName};
use crate::resolve::names::{Names, fence};
use crate::resolve::shelf::Shelf;
use crate::resolve::shown::Further;
use crate::resolve::sources::KeptTexts;
use crate::resolve::transclusions::Shows;
use crate::resolve::{CaptureFile, Input, ParsedFile, seen};

/// What a record left behind besides its part of the dossier.
#[derive(Debug, Default)]
pub(crate) struct Left {
    /// What is wrong with it, its quotations and its words of sources.
    pub(crate) report: Vec<Diagnostic>,
    /// Entities that it names.
    pub(crate) named: Vec<EntityIx>,
    pub(crate) plain_names: Vec<PlainName>,
    /// The sources that it has words of.
    sources: Vec<SourceIx>,
    asks_for_fragments: bool,
    /// Whether something is wrong where something else would have been named.
    pub(crate) hides_references: bool,
}

impl Left {
    /// What came of resolving a record; the passages that it requests are still to be looked for.
    pub(crate) fn of(out: &mut Outcomes<'_>) -> Self {
        let mut sources: Vec<SourceIx> = out.requests.iter().map(|request| request.source).collect();
        sources.sort_unstable();
        sources.dedup();
        Self {
            hides_references: out.report.iter().any(hides_references),
            report: std::mem::take(&mut out.report),
            named: std::mem::take(&mut out.named),
            plain_names: std::mem::take(&mut out.plain_names),
            sources,
            asks_for_fragments: out.asks_for_fragments,
        }
    }
}

/// Whether what is wrong may stand where something would have been named: an unreadable field, an id that nothing has.
/// A lint that was raised to an error hides nothing.
pub(crate) fn hides_references(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error && config::lint(diagnostic.code).is_none()
}

/// What all records left behind.
#[derive(Debug, Default)]
pub(crate) struct Lefts {
    home: Vec<Left>,
    sources: Vec<Left>,
    claims: Vec<Left>,
    entities: Vec<Left>,
    commentary: Vec<Left>,
    /// Which parts of the claims' files are in the dossier.
    pub(crate) parts: Vec<Parts>,
}

impl Lefts {
    /// That of one record.
    pub(crate) fn of(&mut self, record: RecordRef) -> Option<&mut Left> {
        let (list, index) = self.list(record);
        list.get_mut(index)
    }

    /// Puts that of a record in its place.
    pub(crate) fn put(&mut self, record: RecordRef, left: Left) {
        let (list, index) = self.list(record);
        put(list, index, left);
    }

    /// All, by kind, then id.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Left> {
        let Self { home, sources, claims, entities, commentary, .. } = self;
        sources.iter().chain(claims).chain(entities).chain(commentary).chain(home)
    }

    /// The records of which `is_wanted` says so.
    fn records(&self, is_wanted: impl Fn(&Left) -> bool, shelf: &Shelf<'_>) -> Vec<RecordRef> {
        let Self { home, sources, claims, entities, commentary, .. } = self;
        let all = home.iter().chain(sources).chain(claims).chain(entities).chain(commentary);
        shelf.records().zip(all).filter(|(_, left)| is_wanted(left)).map(|(record, _)| record).collect()
    }

    fn list(&mut self, record: RecordRef) -> (&mut Vec<Left>, usize) {
        match record {
            RecordRef::Home => (&mut self.home, 0),
            RecordRef::Source(ix) => (&mut self.sources, ix.index()),
            RecordRef::Claim(ix) => (&mut self.claims, ix.index()),
            RecordRef::Entity(ix) => (&mut self.entities, ix.index()),
            RecordRef::Commentary(ix) => (&mut self.commentary, ix.index()),
        }
    }
}

/// Puts a value at an index: in the place of another, or at the end. Gives the other.
pub(crate) fn put<T>(list: &mut Vec<T>, index: usize, value: T) -> Option<T> {
    match list.get_mut(index) {
        Some(place) => Some(std::mem::replace(place, value)),
        None => {
            list.push(value);
            None
        }
    }
}

/// What a dossier was resolved from.
#[derive(Debug)]
pub(crate) struct From {
    config: Arc<Config>,
    statics: BTreeSet<String>,
    lock: Lock,
    captures: HashMap<String, CaptureFile>,
    drafts: bool,
    records: Arc<[ParsedFile]>,
    /// The first lines of files too broken to be a record, where their names are shown.
    fences: HashMap<FileId, ByteRange>,
}

/// What one state of a dossier leaves for the next.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) from: From,
    pub(crate) names: Names,
    /// What is wrong with names.
    pub(crate) name_report: Vec<Diagnostic>,
    pub(crate) texts: KeptTexts,
    pub(crate) left: Lefts,
    /// Further words of each source.
    pub(crate) further: Vec<Vec<Further>>,
    pub(crate) shows: Shows,
}

impl From {
    /// What `input` is, as far as it is not what `self` was already.
    pub(crate) fn of(input: &Input<'_>, before: Option<Self>) -> Self {
        let (statics, lock, captures) = match before {
            Some(before) => (
                if before.statics == *input.statics { before.statics } else { input.statics.clone() },
                if before.lock == *input.lock { before.lock } else { input.lock.clone() },
                if before.captures == *input.captures { before.captures } else { input.captures.clone() },
            ),
            None => (input.statics.clone(), input.lock.clone(), input.captures.clone()),
        };
        let broken = input.records.iter().filter(|file| file.parsed.record.is_none());
        let fences = broken.map(|file| (file.file, fence(input, file))).collect();
        let (config, drafts, records) = (input.config.clone(), input.drafts, input.records.clone());
        Self { config, statics, lock, captures, drafts, records, fences }
    }

    /// Whether everything that is not a record is the same, captures aside, and the records are the same files.
    fn is_alike(&self, input: &Input<'_>) -> bool {
        let same_file = |(a, b): (&ParsedFile, &ParsedFile)| (a.file, a.kind, &a.id) == (b.file, b.kind, &b.id);
        self.config == input.config
            && self.drafts == input.drafts
            && self.lock == *input.lock
            && self.statics == *input.statics
            && self.records.len() == input.records.len()
            && self.records.iter().zip(input.records.iter()).all(same_file)
    }
}

impl Kept {
    /// The records that have to be resolved anew; none where all have to be.
    pub(crate) fn changed(&self, input: &Input<'_>, shelf: &Shelf<'_>) -> Option<Changed> {
        if !self.from.is_alike(input) {
            return None;
        }
        let pairs = self.from.records.iter().zip(input.records.iter());
        let edited: Vec<(&ParsedFile, &ParsedFile)> =
            pairs.filter(|(was, is)| !Arc::ptr_eq(&was.parsed, &is.parsed)).collect();
        let (mut files, mut fragments) = (HashSet::new(), false);
        for (was, is) in edited {
            let same_fence = || is.parsed.record.is_some() || self.from.fences.get(&is.file) == Some(&fence(input, is));
            if seen::Names::of(&was.parsed) != seen::Names::of(&is.parsed) || !same_fence() {
                return None;
            }
            files.insert(is.file);
            let (was, is) = (seen::Fragments::of(&was.parsed), seen::Fragments::of(&is.parsed));
            fragments |= was != is || is.shows_headings();
        }
        let (captured, shows_headings) = self.captured(input, shelf);
        fragments |= shows_headings;
        let mut changed: Vec<RecordRef> = captured.into_iter().map(RecordRef::Source).collect();
        if !files.is_empty() {
            let edited = shelf.records().filter(|record| shelf.file(*record).is_some_and(|file| files.contains(&file)));
            changed.extend(edited);
        }
        let sources: HashSet<SourceIx> = Changed::some(changed.clone()).sources().into_iter().collect();
        if fragments || !sources.is_empty() {
            let depends = |left: &Left| {
                (fragments && left.asks_for_fragments) || left.sources.iter().any(|source| sources.contains(source))
            };
            changed.extend(self.left.records(depends, shelf));
        }
        Some(Changed::some(changed))
    }

    /// The sources whose capture has changed, come or gone, and whether the page of one shows its own headings.
    fn captured(&self, input: &Input<'_>, shelf: &Shelf<'_>) -> (Vec<SourceIx>, bool) {
        if self.from.captures == *input.captures {
            return (Vec::new(), false);
        }
        let has_changed = |name: &str| self.from.captures.get(name) != input.captures.get(name);
        let sources = (0u32..).map(SourceIx).zip(&shelf.sources);
        let changed: Vec<_> = sources
            .filter(|(_, entry)| entry.ast.capture.as_ref().is_some_and(|capture| has_changed(&capture.file.value)))
            .collect();
        let shows_headings = changed.iter().any(|(_, entry)| seen::Fragments::of(entry.parsed).shows_headings());
        (changed.into_iter().map(|(ix, _)| ix).collect(), shows_headings)
    }
}
