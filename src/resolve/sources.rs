//! Sources: their metadata, their texts, and what `captures.lock` says of them.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::anchor::FOLD_VERSION;
use crate::dossier::{Capture, CaptureCheck, Given, RecordRef, Source, SourceIx};
use crate::files::{FileId, Span};
use crate::ids::RecordId;
use crate::parse::{Parsed, ast};
use crate::resolve::agents::Whom;
use crate::resolve::captures::sha256;
use crate::resolve::claims::value;
use crate::resolve::context::{Context, Outcomes, Work};
use crate::resolve::shelf::{Entry, Shelf};
use crate::resolve::{CaptureFile, Input};
use crate::terms::Extent;
use crate::text::SourceText;

/// A source's text with the way back to the files.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) text: Arc<SourceText>,
    pub(crate) from: Origin<'a>,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'a> {
    /// From the source's own file: its title and body.
    Body { file: FileId, title: &'a ast::Located, body: &'a ast::Located },
    /// From a capture. Where `verbatim`, places in the text are places in the file.
    Capture { file: FileId, verbatim: bool },
}

/// The source of that index with its metadata and text.
pub(crate) fn resolve<'a>(context: &Context<'a>, ix: SourceIx) -> Option<(Source, Outcomes<'a>)> {
    let entry = context.shelf.sources.get(ix.index())?;
    let ast: &'a ast::Source = entry.ast;
    let mut work = Work::new(context, entry.file, RecordRef::Source(ix));
    let source = Source {
        meta: work.meta(entry.id, &ast.head),
        title: ast.title.text.clone(),
        authors: work.agents(&ast.authors, Whom::Entity),
        publisher: ast.publisher.as_ref().map(|publisher| work.agent(publisher, Whom::Entity)),
        date: value(&ast.date),
        kind: ast.kind,
        url: value(&ast.url),
        archived: value(&ast.archived),
        language: value(&ast.language),
        publish: ast.publish,
        extent: ast.extent,
        capture: ast.capture.as_ref().map(|capture| Capture {
            file: capture.file.value.clone(),
            sha256: value(&capture.sha256),
            retrieved: value(&capture.retrieved),
            check: check(context.input, entry.id, ast, capture),
        }),
        text: context.texts.get(ix.index())?.as_ref().map(|text| text.text.clone()),
        passages: Given::to(RecordRef::Source(ix)),
        shown: Vec::new(),
    };
    Some((source, work.out))
}

/// A text with what it was made from.
#[derive(Clone, Debug)]
pub(crate) struct KeptText {
    parsed: Arc<Parsed>,
    /// The SHA-256 of the capture that it comes from.
    capture: Option<String>,
    text: Arc<SourceText>,
}

/// Texts by their sources' ids.
pub(crate) type KeptTexts = HashMap<RecordId, KeptText>;

/// The texts of all sources, each made anew unless `kept` has one of the same words.
pub(crate) fn texts<'a>(input: &Input<'a>, shelf: &Shelf<'a>, kept: &KeptTexts) -> Vec<Option<Text<'a>>> {
    let text = |entry: &Entry<'a, ast::Source>| {
        let made = || make(input, entry.ast);
        let same = kept.get(entry.id).filter(|kept| kept.is_of(input, entry)).map(|kept| kept.text.clone());
        let from = origin(input, entry.file, entry.ast)?;
        Some(Text { text: same.or_else(made)?, from })
    };
    shelf.sources.par_iter().map(text).collect()
}

/// The same to be kept.
pub(crate) fn keep(input: &Input<'_>, shelf: &Shelf<'_>, texts: &[Option<Text<'_>>]) -> KeptTexts {
    let keep = |(entry, text): (&Entry<'_, ast::Source>, &Option<Text<'_>>)| {
        let text = text.as_ref()?.text.clone();
        let capture = capture_of(input, entry.ast).map(|(_, capture)| capture.sha256.clone());
        Some((entry.id.clone(), KeptText { parsed: entry.parsed.clone(), capture, text }))
    };
    shelf.sources.iter().zip(texts).filter_map(keep).collect()
}

impl KeptText {
    /// Whether the source's text is made from the same.
    fn is_of(&self, input: &Input<'_>, entry: &Entry<'_, ast::Source>) -> bool {
        let capture = capture_of(input, entry.ast);
        if capture.map(|(_, capture)| &capture.sha256) != self.capture.as_ref() {
            return false;
        }
        let Some(ast::Record::Source(was)) = &self.parsed.record else { return false };
        Arc::ptr_eq(&self.parsed, entry.parsed) || words(was) == words(entry.ast)
    }
}

/// What a source's text is made from, a capture aside: title, body, extent, and the name of the capture.
fn words(ast: &ast::Source) -> (&str, Option<&str>, Extent, Option<&str>) {
    let body = ast.body.as_ref().map(|body| body.text.as_str());
    (&ast.title.text, body, ast.extent, ast.capture.as_ref().map(|capture| capture.file.value.as_str()))
}

/// The capture that a source without a body takes its text from, with its name, where it is there.
fn capture_of<'a>(input: &Input<'a>, ast: &'a ast::Source) -> Option<(&'a str, &'a CaptureFile)> {
    let name = ast.body.is_none().then_some(ast.capture.as_ref())??.file.value.as_str();
    Some((name, input.captures.get(name)?))
}

/// Where a source's text comes from; none where it has none.
fn origin<'a>(input: &Input<'a>, file: FileId, ast: &'a ast::Source) -> Option<Origin<'a>> {
    if let Some(body) = &ast.body {
        return Some(Origin::Body { file, title: &ast.title, body });
    }
    let (name, capture) = capture_of(input, ast)?;
    Some(Origin::Capture { file: capture.file, verbatim: is_plain(name) })
}

fn make(input: &Input<'_>, ast: &ast::Source) -> Option<Arc<SourceText>> {
    if let Some(body) = &ast.body {
        return Some(Arc::new(SourceText::from_markdown(&ast.title.text, &body.text, ast.extent)));
    }
    let (name, capture) = capture_of(input, ast)?;
    Some(Arc::new(capture_text(input, name, capture)))
}

/// The text of a source: that of its title and body, else that of its capture, where it is there.
pub(crate) fn text<'a>(input: &Input<'a>, file: FileId, ast: &'a ast::Source) -> Option<Text<'a>> {
    Some(Text { text: make(input, ast)?, from: origin(input, file, ast)? })
}

/// The text that a capture holds, by the end of its name.
pub(crate) fn capture_text(input: &Input<'_>, name: &str, capture: &CaptureFile) -> SourceText {
    let text = &input.files.get(capture.file).text;
    let ends_with = |end: &str| name.to_ascii_lowercase().ends_with(end);
    if ends_with(".md") {
        SourceText::from_markdown("", text, Extent::Full)
    } else if ends_with(".html") || ends_with(".htm") {
        SourceText::from_html(text)
    } else {
        SourceText::from_txt(text)
    }
}

/// Whether a capture of that name is plain text, whose places are those of the file.
pub(crate) fn is_plain(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !name.ends_with(".md") && !name.ends_with(".html") && !name.ends_with(".htm")
}

/// What `captures.lock` says. With a body the answer depends on the record and the lock alone, so that a site is the
/// same whether the captures are there or not.
fn check(input: &Input<'_>, id: &RecordId, ast: &ast::Source, capture: &ast::Capture) -> CaptureCheck {
    let Some(entry) = input.lock.sources.get(id) else { return CaptureCheck::NotChecked };
    let stated = capture.sha256.as_ref().map(|sha256| sha256.value.as_str());
    let present = input.captures.get(capture.file.value.as_str()).map(|capture| capture.sha256.as_str());
    let hash = match ast.body {
        Some(_) => stated,
        None => stated.or(present),
    };
    let same = hash.is_none_or(|hash| hash == entry.capture)
        && entry.body == sha256(body_bytes(ast))
        && entry.fold == FOLD_VERSION;
    let on = entry.date.clone();
    if same { CaptureCheck::Matched { on } } else { CaptureCheck::Stale { on } }
}

/// The bytes whose hash `captures.lock` records: the body's, none without one.
pub(crate) fn body_bytes(ast: &ast::Source) -> &[u8] {
    ast.body.as_ref().map_or(&[], |body| body.text.as_bytes())
}

impl Text<'_> {
    /// Where a range of bytes of the plain text stands in a file: the words themselves where they stand there as they
    /// are, else the first line of their block.
    pub(crate) fn place(&self, input: &Input<'_>, range: std::ops::Range<usize>) -> Span {
        let plain = self.text.plain();
        let leaves = self.text.leaves();
        let n = leaves.partition_point(|leaf| leaf.plain.end <= range.start).min(leaves.len().saturating_sub(1));
        let leaf = leaves.get(n);
        let origin = leaf.and_then(|leaf| leaf.origin);
        let next = leaves.iter().skip(n + 1).filter_map(|leaf| leaf.origin).find(|next| Some(*next) > origin);
        match self.from {
            Origin::Capture { file, verbatim: true } => Span { file, range: range.into() },
            Origin::Capture { file, verbatim: false } => {
                let raw = &input.files.get(file).text;
                let found = in_block(raw, origin.unwrap_or(0), next, &plain[range]);
                Span { file, range: found.into() }
            }
            Origin::Body { file, title, body } => match origin {
                None => {
                    let start = leaf.map_or(0, |leaf| leaf.plain.start);
                    let end = title.text.len();
                    let within = range.start.saturating_sub(start).min(end)..range.end.saturating_sub(start).min(end);
                    Span { file, range: title.locate(within) }
                }
                Some(origin) => {
                    let found = in_block(&body.text, origin, next, &plain[range]);
                    Span { file, range: body.locate(found) }
                }
            },
        }
    }

    /// The file to look in.
    pub(crate) fn file(&self) -> FileId {
        match self.from {
            Origin::Body { file, .. } | Origin::Capture { file, .. } => file,
        }
    }
}

/// Where `words` stand in the block of `raw` that starts at `origin` and ends before `next`; else the block's first
/// line.
fn in_block(raw: &str, origin: usize, next: Option<usize>, words: &str) -> std::ops::Range<usize> {
    let end = next.unwrap_or(raw.len()).min(raw.len());
    let block = raw.get(origin..end).unwrap_or_default();
    match block.find(words) {
        Some(at) => origin + at..origin + at + words.len(),
        None => first_line(raw, origin),
    }
}

/// From `start` to the end of its line.
pub(crate) fn first_line(raw: &str, start: usize) -> std::ops::Range<usize> {
    let length = raw.get(start..).unwrap_or_default();
    start..start + length.find(['\r', '\n']).unwrap_or(length.len())
}
