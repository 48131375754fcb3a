//! Parsed files → [`Dossier`]: ids, links, anchors, origins, backlinks, lints. Pure; never stops at the first error.

mod agents;
mod anchors;
mod backlinks;
mod candidates;
mod captures;
mod claims;
mod context;
mod cycles;
mod fragments;
mod inverses;
mod links;
mod lints;
mod matrix;
mod names;
mod origins;
mod paths;
mod prose;
mod records;
mod shelf;
mod shown;
mod sources;
mod tags;
mod texts;
mod timeline;
mod transclusions;
mod variants;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diag::{self, Diagnostic, Severity};
use crate::dossier::{ClaimIx, CommentaryIx, Dossier, EntityIx, SourceIx};
use crate::files::{FileId, Files};
use crate::ids::{RecordId, RecordKind};
use crate::parse::Parsed;
use crate::resolve::claims::Places;
use crate::resolve::context::{Context, Outcomes};
use crate::resolve::lints::Lints;
use crate::resolve::names::Names;
use crate::resolve::shelf::Shelf;

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
#[derive(Clone, Debug)]
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
    pub records: &'a [ParsedFile],
    /// The captures that are there, by name.
    pub captures: &'a HashMap<String, CaptureFile>,
    /// What `captures.lock` says.
    pub lock: &'a crate::lock::Lock,
    /// The paths in the site of the files of `content/static`.
    pub statics: &'a std::collections::BTreeSet<String>,
    /// Whether drafts are part of the dossier.
    pub drafts: bool,
}

/// Resolves a dossier. It is whole even where there are errors; no site may be built from it then.
///
/// The diagnostics hold what the parser found in each file, too. Without `drafts`, what is wrong in a draft weighs no
/// more than a warning.
pub fn resolve(input: &Input<'_>) -> (Dossier, Vec<Diagnostic>) {
    let mut report = problems(input);
    let shelf = Shelf::fill(input, input.drafts);
    let names = Names::collect(input, &shelf, &mut report);
    let has_drafts = !shelf.left_out.is_empty();
    let context = Context::new(input, shelf, names);
    let mut stage = Stage::of(&context);
    report.append(&mut stage.left.report);
    let complete = !context.names.poisoned && !report.iter().any(hides_references);
    let answers = anchors::find(&context, std::mem::take(&mut stage.left.requests));
    report.extend(anchors::apply(&mut stage.dossier, answers));
    report.extend(check_captures(&context));
    report.extend(transclusions::check(&stage.dossier));
    work_out(&context, &mut stage.dossier);
    report.extend(lints::run(Lints {
        context: &context,
        dossier: &stage.dossier,
        places: &stage.places,
        left: &stage.left,
        complete,
        report: Vec::new(),
    }));
    if has_drafts {
        report.extend(in_drafts(input, &context.shelf.left_out));
    }
    diag::sort(&mut report, input.files);
    (stage.dossier, report)
}

/// Whether what is wrong may stand where something would have been named: an unreadable field, an id that nothing has.
/// A lint that was raised to an error hides nothing.
fn hides_references(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error && config::lint(diagnostic.code).is_none()
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

/// The records with all their references looked up, before anything is found or worked out.
struct Stage<'a> {
    dossier: Dossier,
    places: Vec<Places<'a>>,
    left: Outcomes<'a>,
}

impl<'a> Stage<'a> {
    fn of(context: &Context<'a>) -> Self {
        let mut stage = Self { dossier: empty(context), places: Vec::new(), left: Outcomes::default() };
        for (source, out) in each(context.shelf.sources.len(), |n| sources::resolve(context, SourceIx(n))) {
            stage.dossier.sources.push(source);
            stage.left.append(out);
        }
        for claims::Resolved { claim, places, out } in
            each(context.shelf.claims.len(), |n| claims::resolve(context, ClaimIx(n)))
        {
            stage.dossier.claims.push(claim);
            stage.places.push(places);
            stage.left.append(out);
        }
        for (entity, out) in each(context.shelf.entities.len(), |n| records::entity(context, EntityIx(n))) {
            stage.dossier.entities.push(entity);
            stage.left.append(out);
        }
        for (essay, out) in each(context.shelf.commentary.len(), |n| records::commentary(context, CommentaryIx(n))) {
            stage.dossier.commentary.push(essay);
            stage.left.append(out);
        }
        if let Some((home, out)) = records::home(context) {
            stage.dossier.home = Some(home);
            stage.left.append(out);
        }
        stage
    }
}

/// What `resolve` makes of each of `count` records, in parallel, in their order.
fn each<T: Send>(count: usize, resolve: impl Fn(u32) -> Option<T> + Sync + Send) -> Vec<T> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    (0..count).into_par_iter().map(resolve).collect::<Vec<Option<T>>>().into_iter().flatten().collect()
}

fn empty(context: &Context<'_>) -> Dossier {
    Dossier {
        config: context.input.config.clone(),
        home: None,
        sources: Vec::with_capacity(context.shelf.sources.len()),
        claims: Vec::with_capacity(context.shelf.claims.len()),
        entities: Vec::with_capacity(context.shelf.entities.len()),
        commentary: Vec::with_capacity(context.shelf.commentary.len()),
        tags: tags::collect(&context.tags, &context.shelf),
        by_id: context.names.records(),
        timeline: Vec::new(),
        matrix: Vec::new(),
        changes: Vec::new(),
    }
}

/// Holds every source against its capture, in parallel.
fn check_captures(context: &Context<'_>) -> Vec<Diagnostic> {
    let sources = context.shelf.sources.par_iter().zip(&context.texts);
    let found: Vec<Vec<Diagnostic>> =
        sources.map(|(entry, text)| captures::check(context.input, entry.file, entry.ast, text.as_ref())).collect();
    found.into_iter().flatten().collect()
}

/// Fills in what follows from the records together.
fn work_out(context: &Context<'_>, dossier: &mut Dossier) {
    backlinks::fill(dossier);
    inverses::relations(dossier);
    inverses::entities(dossier);
    origins::fill(context, dossier);
    variants::fill(context, dossier);
    shown::fill(dossier);
    dossier.timeline = timeline::timeline(dossier);
    dossier.changes = timeline::changes(dossier);
    dossier.matrix = matrix::rows(dossier);
}

/// The errors of the drafts that a dossier leaves out, as warnings: what would be wrong with them in it.
fn in_drafts(input: &Input<'_>, drafts: &HashSet<FileId>) -> Vec<Diagnostic> {
    let shelf = Shelf::fill(input, true);
    // What is wrong with names has been said.
    let names = Names::collect(input, &shelf, &mut Vec::new());
    let context = Context::new(input, shelf, names);
    let mut stage = Stage::of(&context);
    let mut requests = std::mem::take(&mut stage.left.requests);
    requests.retain(|request| drafts.contains(&request.file));
    let answers = anchors::find(&context, requests);
    let mut found = stage.left.report;
    found.extend(anchors::apply(&mut stage.dossier, answers));
    found.extend(transclusions::check(&stage.dossier));
    found.retain(|diagnostic| {
        let is_theirs = diagnostic.span.is_some_and(|span| drafts.contains(&span.file));
        is_theirs && diagnostic.severity == Severity::Error
    });
    for diagnostic in &mut found {
        diagnostic.severity = Severity::Warning;
    }
    found
}
