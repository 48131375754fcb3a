//! What was found in files of the site → diagnostics, each at the place in the project where the words stand, if they
//! stand in one.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::config::LintLevel;
use crate::diag::{Diagnostic, Severity};
use crate::dossier::{Dossier, RecordRef, SourceIx};
use crate::files::{ByteRange, FileId, Files, Span};
use crate::leaks::withheld::words_at;
use crate::leaks::words::{BY_CHANCE, Eight, runs, weigh};
use crate::leaks::{Found, Guard, Names, Words};
use crate::site::SitePath;

/// The lint about withheld words that somebody has written into the dossier's own texts.
pub(super) const LINT: &str = "withheld-words";

/// How many places in the project a finding names at most.
const PLACES: usize = 5;

/// How many withheld words a message shows at most.
const SHOWN: usize = 16;

/// Withheld words that files of the site have.
struct Leak<'f> {
    source: SourceIx,
    range: Range<usize>,
    files: BTreeSet<&'f SitePath>,
    is_copied: bool,
}

impl Guard {
    /// What was found, as diagnostics. `files` are the project's texts.
    pub fn report(&self, dossier: &Dossier, files: &Files, found: &Found) -> Vec<Diagnostic> {
        let leaks = merged(found);
        let mut report = Vec::new();
        if !leaks.is_empty() {
            let places = Places::of(dossier, files, &leaks);
            for (n, leak) in leaks.iter().enumerate() {
                report.extend(of_words(dossier, leak, &places, n));
            }
        }
        if let Some(names) = &self.names {
            for (&name, paths) in &found.names {
                report.extend(of_name(dossier, files, names, name, paths));
            }
        }
        report
    }
}

/// Findings whose words overlap, as one.
fn merged(found: &Found) -> Vec<Leak<'_>> {
    let mut leaks: Vec<Leak<'_>> = Vec::new();
    for (&(source, start), Words { end, files, is_copied }) in &found.words {
        match leaks.last_mut() {
            Some(leak) if leak.source == source && start <= leak.range.end => {
                leak.range.end = leak.range.end.max(*end);
                leak.files.extend(files);
                leak.is_copied |= is_copied;
            }
            _ => leaks.push(Leak { source, range: start..*end, files: files.iter().collect(), is_copied: *is_copied }),
        }
    }
    leaks
}

/// Where leaks stand in the project, by leak.
struct Places {
    /// In records other than sources.
    own: Vec<Vec<Span>>,
    /// In files that are no records, such as templates.
    elsewhere: Vec<Vec<Span>>,
    /// In the source's own file.
    source: Vec<Option<Span>>,
}

impl Places {
    fn of(dossier: &Dossier, files: &Files, leaks: &[Leak<'_>]) -> Self {
        let mut by_run: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (n, leak) in leaks.iter().enumerate() {
            let words = words_at(dossier, leak.source, leak.range.clone());
            runs(words, |eight| by_run.entry(eight.hash).or_default().push(n));
        }
        let find = |file: FileId| -> Vec<(usize, Span)> {
            let mut found: Vec<(usize, Range<usize>)> = Vec::new();
            runs(&files.get(file).text, |Eight { hash, range, .. }| {
                for &leak in by_run.get(&hash).into_iter().flatten() {
                    match found.iter_mut().rev().find(|(other, _)| *other == leak) {
                        Some((_, last)) if range.start <= last.end => last.end = range.end,
                        _ => found.push((leak, range.clone())),
                    }
                }
            });
            found.into_iter().map(|(leak, range)| (leak, Span { file, range: ByteRange::from(range) })).collect()
        };
        let own: Vec<FileId> = dossier.with_prose().filter_map(|record| dossier.file_of(record)).collect();
        let nowhere = || vec![Vec::new(); leaks.len()];
        let mut places = Self { own: nowhere(), elsewhere: nowhere(), source: vec![None; leaks.len()] };
        for (leak, span) in own.par_iter().flat_map_iter(|&file| find(file)).collect::<Vec<_>>() {
            places.own[leak].push(span);
        }
        for (leak, span) in no_records(files).into_iter().flat_map(find) {
            places.elsewhere[leak].push(span);
        }
        for (n, leak) in leaks.iter().enumerate() {
            let file = dossier.file_of(RecordRef::Source(leak.source));
            let here = file.into_iter().flat_map(find).find(|(other, _)| *other == n);
            places.source[n] = here.map(|(_, span)| span);
        }
        places
    }
}

/// The texts of the project's that are no records and go into the site: of themes, and the settings.
pub(super) fn no_records(files: &Files) -> Vec<FileId> {
    let goes_in = |path: &str| path.starts_with("themes/") || path == "casebook.toml";
    files.iter().filter(|(_, file)| goes_in(&file.path)).map(|(id, _)| id).collect()
}

/// What is said of the withheld words of the `n`-th leak.
fn of_words(dossier: &Dossier, leak: &Leak<'_>, places: &Places, n: usize) -> Vec<Diagnostic> {
    let (own, elsewhere, in_source) = (&places.own[n], &places.elsewhere[n], places.source[n]);
    let id = dossier.id_of(RecordRef::Source(leak.source));
    let words = shortened(words_at(dossier, leak.source, leak.range.clone()));
    let stands = files_named(&leak.files, |path| path.to_owned());
    let at_source = |diagnostic: Diagnostic| match in_source {
        Some(span) => diagnostic.other(span, format!("`publish` of `{id}` withholds this")),
        None => diagnostic,
    };
    if own.is_empty() {
        let weight = weigh(words_at(dossier, leak.source, leak.range.clone()));
        if elsewhere.is_empty() && !leak.is_copied && weight < BY_CHANCE {
            return Vec::new();
        }
        let message = format!("{stands} would have words of the source `{id}` that are withheld: “{words}”");
        let leak = Diagnostic::new(Severity::Error, "withheld-text", elsewhere.first().copied(), message);
        let hint = "no record has these words: look at the theme and at the files of `content/static`";
        return vec![at_source(leak).hint(hint)];
    }
    let level = dossier.config.lints.get(LINT).copied().unwrap_or(LintLevel::Deny);
    let Some(severity) = level.severity() else { return Vec::new() };
    let at = |span: &Span| {
        let message = format!("these words of the source `{id}` are withheld, and {stands} would have them: “{words}”");
        at_source(Diagnostic::new(severity, LINT, Some(*span), message).label("withheld words")).hint(format!(
            "what is quoted is published: make it the `quote` of an appearance, or a block quotation whose last line is \
             `— [[{id}]]`; else put it in your own words"
        ))
    };
    own.iter().take(PLACES).map(at).collect()
}

/// What is said of a withheld name, without the name.
fn of_name(
    dossier: &Dossier,
    files: &Files,
    names: &Names,
    name: usize,
    paths: &BTreeSet<SitePath>,
) -> Vec<Diagnostic> {
    let line = names.line(name);
    let stands = files_named(&paths.iter().collect(), |path| names.veil(path));
    let message = format!("{stands} would have the name in line {line} of the list of withheld names");
    let finding = |span| {
        Diagnostic::new(Severity::Error, "withheld-name", span, message.clone())
            .hint("take the name out, or write one that can be published")
            .veiled()
    };
    let find = |file: &FileId| -> Option<Span> {
        let found = names.find(&files.get(*file).text).into_iter().find(|(found, _)| *found == name);
        // Not even how long the name is.
        found.map(|(_, range)| Span { file: *file, range: ByteRange::new(range.start, range.start) })
    };
    // Lists and feeds have it from a record, whose page has it too.
    let has_it = |record: &RecordRef| {
        let path = format!("{}/{}.html", record.kind().folder(), dossier.id_of(*record));
        *record != RecordRef::Home && paths.iter().any(|found| found.as_str() == path)
    };
    let all: Vec<RecordRef> = dossier.records().collect();
    let first: Vec<FileId> = all.iter().filter(|record| has_it(record)).filter_map(|r| dossier.file_of(*r)).collect();
    let mut places: Vec<Span> = first.iter().filter_map(find).collect();
    if places.is_empty() {
        let records: BTreeSet<FileId> = all.iter().filter_map(|record| dossier.file_of(*record)).collect();
        let others = files.iter().map(|(id, _)| id).filter(|id| !records.contains(id));
        places = records.iter().copied().chain(others).filter_map(|file| find(&file)).collect();
    }
    if places.is_empty() {
        return vec![finding(None)];
    }
    places.into_iter().take(PLACES).map(|span| finding(Some(span))).collect()
}

/// "`a.html`", "`a.html` and 3 other files".
fn files_named(files: &BTreeSet<&SitePath>, print: impl Fn(&str) -> String) -> String {
    let first = files.first().map(|path| print(path.as_str())).unwrap_or_default();
    match files.len().saturating_sub(1) {
        0 => format!("`{first}`"),
        1 => format!("`{first}` and 1 other file"),
        others => format!("`{first}` and {others} other files"),
    }
}

/// The first words of a text, in one line.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words[..words.len().min(SHOWN)].join(" ");
    if words.len() > SHOWN { format!("{first} …") } else { first }
}
