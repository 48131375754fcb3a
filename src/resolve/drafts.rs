//! What would be wrong with drafts that a dossier leaves out.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::diag::{Diagnostic, Severity};
use crate::dossier::{ClaimIx, CommentaryIx, Dossier, EntityIx, RecordRef, SourceIx};
use crate::files::{FileId, Span};
use crate::resolve::anchors::{self, Placements};
use crate::resolve::context::{Context, Outcomes};
use crate::resolve::names::Names;
use crate::resolve::shelf::Shelf;
use crate::resolve::sources::KeptTexts;
use crate::resolve::transclusions::{self, Shows};
use crate::resolve::{Input, claims, records, sources, tags};

/// The errors of the drafts that a dossier leaves out, as warnings. `published` is the dossier's records, and `shows` what
/// those show.
pub(crate) fn wrong(input: &Input<'_>, published: &Shelf<'_>, texts: &KeptTexts, shows: &Shows) -> Vec<Diagnostic> {
    let drafts = &published.left_out;
    let shelf = Shelf::fill(input, true);
    // What is wrong with names has been said.
    let names = Names::collect(input, &shelf, &mut Vec::new());
    let (tags, texts) = (tags::names(&shelf), sources::texts(input, &shelf, texts));
    let context = Context::new(input, shelf, names, tags, texts);
    let theirs: Vec<RecordRef> = context
        .shelf
        .records()
        .filter(|record| context.shelf.file(*record).is_some_and(|file| drafts.contains(&file)))
        .collect();
    let mut shows = translated(published, shows, &context.shelf);
    let looked: Vec<(Outcomes<'_>, Shown)> = theirs.par_iter().filter_map(|record| draft(&context, *record)).collect();
    let (mut found, mut requests) = (Vec::new(), Vec::new());
    for ((mut out, shown), record) in looked.into_iter().zip(theirs) {
        found.append(&mut out.report);
        requests.append(&mut out.requests);
        shows.extend((!shown.is_empty()).then_some((record, shown)));
    }
    let answers = anchors::find(&context, requests, &Placements::default());
    anchors::apply(&mut Dossier::empty(input.config.clone()), answers, &mut |_, problem| found.push(problem));
    found.extend(transclusions::check(&context.shelf, &shows));
    found.retain(|diagnostic| {
        let is_theirs = diagnostic.span.is_some_and(|span| drafts.contains(&span.file));
        is_theirs && diagnostic.severity == Severity::Error
    });
    for diagnostic in &mut found {
        diagnostic.severity = Severity::Warning;
    }
    found
}

/// What a record shows.
type Shown = BTreeMap<RecordRef, Span>;

/// What comes of resolving a draft, and what it shows.
fn draft<'a>(context: &Context<'a>, record: RecordRef) -> Option<(Outcomes<'a>, Shown)> {
    let mut alone = Dossier::empty(context.input.config.clone());
    let file = context.shelf.file(record)?;
    let (first, out) = match record {
        RecordRef::Home => {
            let (home, out) = records::home(context)?;
            alone.home.push(home);
            (RecordRef::Home, out)
        }
        RecordRef::Source(ix) => (RecordRef::Source(SourceIx(0)), sources::resolve(context, ix)?.1),
        RecordRef::Claim(ix) => {
            let claims::Resolved { claim, out, .. } = claims::resolve(context, ix)?;
            alone.claims.push(claim);
            (RecordRef::Claim(ClaimIx(0)), out)
        }
        RecordRef::Entity(ix) => {
            let (entity, out) = records::entity(context, ix)?;
            alone.entities.push(entity);
            (RecordRef::Entity(EntityIx(0)), out)
        }
        RecordRef::Commentary(ix) => {
            let (essay, out) = records::commentary(context, ix)?;
            alone.commentary.push(essay);
            (RecordRef::Commentary(CommentaryIx(0)), out)
        }
    };
    Some((out, transclusions::shown(&alone, first, file)))
}

/// What records show, by the numbers that they have with the drafts among them.
fn translated(published: &Shelf<'_>, shows: &Shows, shelf: &Shelf<'_>) -> Shows {
    if shows.is_empty() {
        return Shows::new();
    }
    let by_file: HashMap<FileId, RecordRef> =
        shelf.records().filter_map(|record| Some((shelf.file(record)?, record))).collect();
    let number = |record: RecordRef| by_file.get(&published.file(record)?).copied();
    let shown = |shown: &Shown| shown.iter().filter_map(|(to, span)| Some((number(*to)?, *span))).collect();
    shows.iter().filter_map(|(record, to)| Some((number(*record)?, shown(to)))).collect()
}
