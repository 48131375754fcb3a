//! Parsed files → [`Dossier`]: ids, links, anchors, origins, backlinks, lints. Pure; never stops at the first error.
//!
//! A dossier is made from the one before it where there is one: what a record is and says, what stands where in which
//! text, is taken over where nothing that it depends on has changed (see `kept`). The way is the same for the first, which
//! has nothing to take over.

mod agents;
mod anchors;
mod backlinks;
mod candidates;
mod captures;
mod changed;
mod claims;
mod context;
mod cycles;
mod drafts;
mod fragments;
mod given;
mod inverses;
mod kept;
mod links;
mod lints;
mod matrix;
mod names;
mod origins;
mod paths;
mod prose;
mod records;
mod seen;
mod shelf;
mod shown;
mod sources;
mod stage;
mod tags;
mod timeline;
mod transclusions;
mod variants;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diag::{self, Diagnostic, Severity};
use crate::dossier::{ClaimIx, Dossier, Origins, RecordRef, Variants};
use crate::files::{FileId, Files};
use crate::ids::{RecordId, RecordKind};
use crate::parse::Parsed;
use crate::resolve::anchors::Placements;
use crate::resolve::changed::Changed;
use crate::resolve::context::Context;
use crate::resolve::given::Given;
use crate::resolve::kept::{From, Kept, Lefts, hides_references};
use crate::resolve::lints::Lints;
use crate::resolve::names::Names;
use crate::resolve::shelf::Shelf;
use crate::resolve::stage::Stage;

pub use captures::record;

/// A record's file, parsed.
#[derive(Clone, Debug)]
pub struct ParsedFile {
    /// The file.
    pub file: FileId,
    /// What it is by its folder.
    pub kind: RecordKind,
    /// Its stem where that has an id's form; else a problem was reported by load. None for the home page.
    pub id: Option<RecordId>,
    /// What came of it.
    pub parsed: Arc<Parsed>,
}

/// A frozen text in the captures folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaptureFile {
    /// The SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its text, for a `.txt`, `.md` or `.html`; a byte-order mark and carriage returns as they are.
    pub file: FileId,
}

/// Everything that a dossier is resolved from.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// The settings.
    pub config: Arc<Config>,
    /// The texts, for places in diagnostics.
    pub files: &'a Files,
    /// The records' files, in the order of their paths.
    pub records: &'a Arc<[ParsedFile]>,
    /// The captures that are there, by name.
    pub captures: &'a HashMap<String, CaptureFile>,
    /// What `captures.lock` says.
    pub lock: &'a crate::lock::Lock,
    /// The paths in the site of the files of `content/static`.
    pub statics: &'a std::collections::BTreeSet<String>,
    /// Whether drafts are part of the dossier.
    pub drafts: bool,
}

/// A dossier resolved.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The dossier: whole even where there are errors; no site may be built from it then.
    pub dossier: Dossier,
    /// What is wrong, sorted; what the parser found in each file, too. What is wrong in a draft that is left out weighs no
    /// more than a warning.
    pub report: Vec<Diagnostic>,
    /// The records that are other than they were in the dossier before, or whose passages are; none where any may be, and
    /// where records have come or gone.
    pub changed: Option<Vec<RecordRef>>,
    kept: Option<Box<Kept>>,
}

impl Resolved {
    /// Gives back what only the next dossier would need.
    pub fn forget(&mut self) {
        self.kept = None;
    }
}

/// Resolves a dossier.
pub fn resolve(input: &Input<'_>) -> (Dossier, Vec<Diagnostic>) {
    let Resolved { dossier, report, .. } = resolve_again(input, Resolved::default());
    (dossier, report)
}

/// Resolves a dossier that was resolved `before`, maybe from other files: the value is that of [`resolve`].
pub fn resolve_again(input: &Input<'_>, before: Resolved) -> Resolved {
    let shelf = Shelf::fill(input, input.drafts);
    let (mut dossier, kept, changed, mut placements) = start(input, &shelf, before);
    let Kept { from, names, name_report, texts, mut left, mut further, mut shows } = kept;
    dossier.config = input.config.clone();
    let former = Given::by(&dossier, &changed);
    changed.records().iter().for_each(|record| placements.take(&mut dossier, *record));
    let tags = dossier.tags.iter().map(|tag| tag.name.clone()).collect();
    let texts = sources::texts(input, &shelf, &texts);
    let context = Context::new(input, shelf, names, tags, texts);

    let mut stage = Stage { context: &context, dossier: &mut dossier, left: &mut left, requests: Vec::new() };
    stage.resolve(&changed);
    let answers = anchors::find(&context, std::mem::take(&mut stage.requests), &placements);
    drop(placements);
    anchors::apply(&mut dossier, answers, &mut |record, wrong| {
        left.of(record).into_iter().for_each(|left| left.report.push(wrong.clone()));
    });
    transclusions::renew(&mut shows, &dossier, &context.shelf, &changed);
    let touched = former.exchange(&mut dossier, &mut further, &changed);
    work_out(&context, &mut dossier, &changed);
    look_at(&context, &dossier, &mut left, &changed);

    let mut report = reported(&context, &dossier, &left, &name_report);
    report.extend(transclusions::check(&context.shelf, &shows));
    let texts = sources::keep(input, &context.shelf, &context.texts);
    if !context.shelf.left_out.is_empty() {
        report.extend(drafts::wrong(input, &context.shelf, &texts, &shows));
    }
    diag::sort(&mut report, input.files);
    let from = From::of(input, Some(from));
    let kept = Kept { from, names: context.names, name_report, texts, left, further, shows };
    let touched = touched.into_iter().map(RecordRef::Source).chain(changed.records().iter().copied());
    let changed = (!changed.is_all()).then(|| touched.collect());
    Resolved { dossier, report, changed, kept: Some(Box::new(kept)) }
}

/// What to begin with: the dossier as it was and the records to resolve anew, where what they look up is the same; else
/// one without records, and all. What is known of where quotations stand comes along.
fn start(input: &Input<'_>, shelf: &Shelf<'_>, before: Resolved) -> (Dossier, Kept, Changed, Placements) {
    let Resolved { dossier, kept, .. } = before;
    let texts = match kept {
        Some(kept) => match kept.changed(input, shelf) {
            Some(changed) => return (dossier, *kept, changed, Placements::default()),
            None => kept.texts,
        },
        None => sources::KeptTexts::default(),
    };
    let placements = Placements::of(dossier);
    let mut name_report = Vec::new();
    let names = Names::collect(input, shelf, &mut name_report);
    let tags = tags::names(shelf);
    let dossier = Dossier {
        tags: tags::collect(&tags, shelf).into(),
        by_id: names.records(),
        sources: Vec::with_capacity(shelf.sources.len()).into(),
        claims: Vec::with_capacity(shelf.claims.len()).into(),
        ..Dossier::empty(input.config.clone())
    };
    let (left, further, shows) = Default::default();
    let kept = Kept { from: From::of(input, None), names, name_report, texts, left, further, shows };
    (dossier, kept, Changed::all(shelf), placements)
}

/// Fills in who is behind the claims that changed, and one speaker's words for each.
fn work_out(context: &Context<'_>, dossier: &mut Dossier, changed: &Changed) {
    let work = |ix: &ClaimIx| {
        let claim = dossier.claims.get(ix.index())?;
        let sources = dossier.sources.items();
        Some((*ix, origins::of(context, claim, sources), variants::of(context, claim, sources)))
    };
    let found: Vec<(ClaimIx, Origins, Vec<Variants>)> = changed.claims().par_iter().filter_map(work).collect();
    for (ix, origins, variants) in found {
        if let Some(claim) = dossier.claims.get_mut(ix.index()) {
            (claim.origins, claim.variants) = (origins, variants);
        }
    }
}

/// Holds the sources that changed against their captures, and runs the lints that look at one record, in parallel.
fn look_at(context: &Context<'_>, dossier: &Dossier, left: &mut Lefts, changed: &Changed) {
    let lints = Lints { context, dossier, left };
    let found = changed.gather(|record| {
        let mut found = lints.of(record);
        if let RecordRef::Source(ix) = record
            && let Some((entry, text)) = context.shelf.sources.get(ix.index()).zip(context.texts.get(ix.index()))
        {
            found.extend(captures::check(context.input, entry.file, entry.ast, text.as_ref()));
        }
        if found.is_empty() { Vec::new() } else { vec![(record, found)] }
    });
    for (record, mut found) in found {
        left.of(record).into_iter().for_each(|left| left.report.append(&mut found));
    }
}

/// Everything that is wrong: what the parser found in each file, what is wrong with names and with each record, and what
/// the lints say of them together.
fn reported(context: &Context<'_>, dossier: &Dossier, left: &Lefts, name_report: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut report = problems(context.input);
    report.extend_from_slice(name_report);
    let hides = report.iter().any(hides_references) || left.all().any(|left| left.hides_references);
    let complete = !context.names.poisoned && !hides;
    report.extend(left.all().flat_map(|left| &left.report).cloned());
    report.extend(Lints { context, dossier, left }.of_all(complete));
    report
}

/// What the parser found in each file.
fn problems(input: &Input<'_>) -> Vec<Diagnostic> {
    let of_file = |file: &ParsedFile| {
        let severity = if file.parsed.draft && !input.drafts { Severity::Warning } else { Severity::Error };
        let at = file.file;
        file.parsed.problems.clone().into_iter().map(move |problem| problem.into_diagnostic(at, severity))
    };
    input.records.iter().flat_map(of_file).collect()
}
