//! Captures: whether a source's text is what was frozen, and the record of that.

use std::collections::BTreeMap;
use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::anchor::{FOLD_VERSION, Haystack, Placement, diff};
use crate::diag::{Diagnostic, Severity, has_errors};
use crate::files::{FileId, Span};
use crate::lock::{Entry, Lock};
use crate::parse::ast::{self, Record};
use crate::resolve::sources::{Text, body_bytes, capture_text, first_line, is_plain};
use crate::resolve::{CaptureFile, Input};
use crate::terms::Extent;
use crate::text::SourceText;

/// The SHA-256 of some bytes, in lower-case hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A source with the capture that it names.
struct Held<'a> {
    input: &'a Input<'a>,
    file: FileId,
    ast: &'a ast::Source,
    named: &'a ast::Capture,
    capture: &'a CaptureFile,
}

/// Holds a source against its capture, where that is there. `text` is the source's.
pub(crate) fn check(input: &Input<'_>, file: FileId, ast: &ast::Source, text: Option<&Text<'_>>) -> Vec<Diagnostic> {
    let Some(named) = &ast.capture else { return Vec::new() };
    let Some(capture) = input.captures.get(named.file.value.as_str()) else { return Vec::new() };
    let held = Held { input, file, ast, named, capture };
    let mut report = Vec::new();
    held.hash(&mut report);
    if let (Some(body), Some(text)) = (&ast.body, text) {
        held.body(body, &text.text, &mut report);
    }
    report
}

/// Whether the hash that a source states is not that of the capture that is there.
pub(crate) fn has_changed(input: &Input<'_>, ast: &ast::Source) -> bool {
    let Some(named) = &ast.capture else { return false };
    let present = input.captures.get(named.file.value.as_str());
    present.zip(named.sha256.as_ref()).is_some_and(|(capture, stated)| capture.sha256 != stated.value)
}

/// A capture's text, made ready.
struct Frozen {
    text: SourceText,
    haystack: Haystack,
}

/// A leaf block of a body.
struct Block<'t> {
    words: &'t str,
    /// Where it starts in the body, in bytes.
    origin: usize,
    /// Whether its words stand in the capture somewhere.
    is_elsewhere: bool,
    /// Where it stands in the capture, in order.
    place: Option<Range<usize>>,
}

impl Held<'_> {
    fn hash(&self, report: &mut Vec<Diagnostic>) {
        let Some(stated) = &self.named.sha256 else { return };
        if stated.value == self.capture.sha256 {
            return;
        }
        let span = Span { file: self.file, range: stated.range };
        let message = format!("the capture `{}` is not the text whose hash stands here", self.named.file.value);
        report.push(
            Diagnostic::new(Severity::Error, "source-changed", Some(span), message)
                .label("the capture has another SHA-256")
                .hint(format!("it is now sha256 = \"{}\"", self.capture.sha256))
                .hint("find out who changed it and why before that goes into the record"),
        );
    }

    /// Every leaf block of the body must stand in the capture, in order and without overlap.
    fn body(&self, body: &ast::Located, text: &SourceText, report: &mut Vec<Diagnostic>) {
        let frozen = capture_text(self.input, &self.named.file.value, self.capture);
        let frozen = Frozen { haystack: Haystack::new(frozen.plain(), frozen.gaps()), text: frozen };
        let mut covered = Vec::new();
        let mut blocks = Vec::new();
        let mut from = 0;
        for leaf in text.leaves() {
            let words = text.plain().get(leaf.plain.clone()).unwrap_or_default().trim();
            if !words.contains(char::is_alphanumeric) {
                continue;
            }
            let places: Vec<Range<usize>> = frozen.haystack.occurrences(words).iter().map(Placement::extent).collect();
            let Some(origin) = leaf.origin else {
                // A title can stand anywhere in a saved page, or nowhere.
                match places.first() {
                    Some(place) => covered.push(place.clone()),
                    None => report.extend(self.title(words, &frozen)),
                }
                continue;
            };
            let place = places.iter().find(|place| place.start >= from).cloned();
            from = place.as_ref().map_or(from, |place| place.end);
            covered.extend(place.clone());
            blocks.push(Block { words, origin, is_elsewhere: !places.is_empty(), place });
        }
        let differing = (0..blocks.len()).filter(|n| blocks[*n].place.is_none());
        report.extend(differing.map(|n| self.mismatch(body, &blocks, n, &frozen)));
        if !has_errors(report) && self.ast.extent == Extent::Full {
            covered.sort_by_key(|range| (range.start, range.end));
            report.extend(self.missing(&frozen.text, &covered));
        }
    }

    /// A title that is almost in the capture is a slip; one that is not there at all is nothing to report.
    fn title(&self, words: &str, frozen: &Frozen) -> Option<Diagnostic> {
        let near = frozen.haystack.closest(words).filter(|near| near.similarity >= NEARLY)?;
        let passage = frozen.text.plain().get(near.range)?;
        let span = Span { file: self.file, range: self.ast.title.range };
        let message = format!("the title differs from the capture `{}`", self.named.file.value);
        Some(self.with_diff(Diagnostic::new(Severity::Error, "capture-mismatch", Some(span), message), words, passage))
    }

    /// The error about the `n`-th block, which has no place.
    fn mismatch(&self, body: &ast::Located, blocks: &[Block<'_>], n: usize, frozen: &Frozen) -> Diagnostic {
        let (block, name) = (&blocks[n], &self.named.file.value);
        let span = Span { file: self.file, range: body.locate(first_line(&body.text, block.origin)) };
        let error = |message: String| Diagnostic::new(Severity::Error, "capture-mismatch", Some(span), message);
        if block.is_elsewhere {
            return error(format!("this text stands earlier in the capture `{name}` than the text before it")).hint(
                "the body follows the capture in order, and no words of the capture stand for two of the body's",
            );
        }
        let near = frozen.haystack.closest(block.words).and_then(|near| frozen.text.plain().get(near.range));
        match near.or_else(|| between(blocks, n, frozen.text.plain())) {
            Some(passage) => {
                self.with_diff(error(format!("this text differs from the capture `{name}`")), block.words, passage)
            }
            None => error(format!("this text is not in the capture `{name}`"))
                .hint("a source's body holds nothing but its capture's text; commentary goes elsewhere"),
        }
    }

    fn with_diff(&self, error: Diagnostic, words: &str, passage: &str) -> Diagnostic {
        error
            .label("differs from what was captured")
            .hint(format!("body [-…-] against capture {{+…+}}: {}", diff::one_line(&diff::word_diff(words, passage))))
    }

    /// What the capture has and a body that claims to be whole has not.
    fn missing(&self, frozen: &SourceText, covered: &[Range<usize>]) -> Option<Diagnostic> {
        let runs = uncovered(frozen.plain(), covered);
        let first = runs.first()?;
        let name = &self.named.file.value;
        let span = Span { file: self.file, range: self.named.file.range };
        let many = if runs.len() == 1 { "a passage".to_owned() } else { format!("{} passages", runs.len()) };
        let message = format!("the capture `{name}` has {many} that the body lacks");
        let mut warning = Diagnostic::new(Severity::Warning, "capture-text-missing", Some(span), message);
        for run in runs.iter().take(LISTED) {
            warning = match is_plain(name) {
                true => warning.other(Span { file: self.capture.file, range: run.clone().into() }, "not in the body"),
                false => warning.hint(format!("not in the body: {}", beginning(&frozen.plain()[run.clone()]))),
            };
        }
        if is_plain(name) {
            warning = warning.hint(format!("the first is: {}", beginning(&frozen.plain()[first.clone()])));
        }
        Some(warning.hint("add it, or say extent = \"excerpts\" and write […] for each gap"))
    }
}

/// What the capture has between the places of the blocks around the `n`-th, where that is about as long.
fn between<'t>(blocks: &[Block<'_>], n: usize, plain: &'t str) -> Option<&'t str> {
    let before = blocks[..n].iter().rev().find_map(|block| block.place.as_ref()).map_or(0, |place| place.end);
    let after = blocks[n..].iter().find_map(|block| block.place.as_ref()).map_or(plain.len(), |place| place.start);
    let passage = plain.get(before..after)?.trim();
    let about_as_long = passage.len() <= 2 * blocks[n].words.len() + BEGINNING;
    (about_as_long && passage.contains(char::is_alphanumeric)).then_some(passage)
}

/// How much of a title a passage must have to be that title with a slip.
const NEARLY: f64 = 0.8;
/// How many missing passages are shown.
const LISTED: usize = 5;
/// How many code points of a missing passage are shown.
const BEGINNING: usize = 80;

/// The runs of `plain` with words in them that are in none of the ranges, which are sorted.
fn uncovered(plain: &str, covered: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut from = 0;
    for range in covered.iter().cloned().chain(std::iter::once(plain.len()..plain.len())) {
        let gap = plain.get(from..range.start.max(from)).unwrap_or_default();
        if gap.contains(char::is_alphanumeric) {
            let start = from + (gap.len() - gap.trim_start().len());
            runs.push(start..start + gap.trim().len());
        }
        from = from.max(range.end);
    }
    runs
}

fn beginning(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(BEGINNING) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}

/// The lock after holding every source against its capture, for `casebook check --record`, and what was wrong.
///
/// A source whose capture is there gets an entry where it matched, and loses the one it had where it did not. The entry
/// of a source whose capture is not there stays as it is; that of an unknown source goes. An unchanged entry keeps its
/// date; `date` is the day of recording, `YYYY-MM-DD`.
pub fn record(input: &Input<'_>, date: &str) -> (Lock, Vec<Diagnostic>) {
    let mut sources = BTreeMap::new();
    let mut report = Vec::new();
    for file in input.records.iter() {
        let (Some(id), Some(Record::Source(ast))) = (&file.id, &file.parsed.record) else { continue };
        let old = input.lock.sources.get(id);
        let Some(capture) = ast.capture.as_ref().and_then(|named| input.captures.get(named.file.value.as_str())) else {
            sources.extend(old.map(|old| (id.clone(), old.clone())));
            continue;
        };
        let text = crate::resolve::sources::text(input, file.file, ast);
        let mut found = check(input, file.file, ast, text.as_ref());
        if !has_errors(&found) {
            let mut new = Entry {
                capture: capture.sha256.clone(),
                body: sha256(body_bytes(ast)),
                fold: FOLD_VERSION,
                date: date.to_owned(),
            };
            if let Some(old) = old
                && (&old.capture, &old.body, old.fold) == (&new.capture, &new.body, new.fold)
            {
                new.date.clone_from(&old.date);
            }
            sources.insert(id.clone(), new);
        }
        report.append(&mut found);
    }
    (Lock { sources }, report)
}
