//! A source's page: a reading view of what the site may show of its text, with the claims beside their passages.
//!
//! A passage has a number, its place among the source's, and with it a label that its marks and its note share.

mod notes;
mod ruler;
mod stretches;
mod strip;

use serde::Serialize;

use crate::data::{Addresses, annotations, schema_org};
use crate::diag::Diagnostic;
use crate::dossier::{CaptureCheck, ClaimIx, Passage, QuotedBy, RecordRef, Source, SourceIx};
use crate::render::cite::{self, CiteView};
use crate::render::escape::escape;
use crate::render::html::Html;
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::render::view::{BacklinkGroup, TermView};
use crate::render::{article, backlinks, description, quotation, terms};
use crate::route::{Route, promise};
use crate::site::SitePath;
use crate::terms::{Extent, Publish, Tone};
use crate::text::{BlockRole, Mark, ViewBlock};
use notes::NoteView;
use stretches::{BesideView, StretchView};
use strip::TickView;

/// How many claims are listed after the text. A text with more has them all in its notes, and a second list of them
/// would be as long as the text.
const CLAIMS: usize = 200;

#[derive(Serialize)]
struct SourceView {
    title: String,
    /// The title with marks.
    heading: Html,
    /// The notes on passages in the title.
    heading_beside: BesideView,
    authors: Vec<Piece>,
    publisher: Option<Piece>,
    date: Option<Piece>,
    kind: TermView,
    url: Option<String>,
    archived: Option<String>,
    language: Option<String>,
    tags: Vec<Piece>,
    draft: bool,
    capture: CaptureView,
    notices: Vec<&'static str>,
    /// How many passages of it are quoted.
    passages: usize,
    /// Where in the text they are.
    strip: Vec<TickView>,
    /// What is shown of the text, in order.
    stretches: Vec<StretchView>,
    /// The quotations of a text that is not shown, or not there.
    quotations: Vec<QuotationView>,
    claims: Vec<Piece>,
    /// How many claims more there are.
    claims_left: usize,
    backlinks: Vec<BacklinkGroup>,
    cite: CiteView,
}

#[derive(Serialize)]
struct CaptureView {
    /// `matched`, `stale`, `not-checked` or `none`.
    status: &'static str,
    /// What is known, in a sentence.
    statement: String,
    sha256: Option<String>,
    retrieved: Option<Piece>,
}

#[derive(Serialize)]
struct QuotationView {
    id: String,
    text: String,
    note: Option<NoteView>,
}

pub(super) fn render(at: &Vantage<'_>, ix: SourceIx) -> Result<Vec<u8>, Diagnostic> {
    page(at, ix, &view_blocks(at, at.source(ix)))
}

/// The page, and the annotations that are made from it.
pub(super) fn with_annotations(at: &Vantage<'_>, ix: SourceIx) -> Result<[Vec<u8>; 2], Diagnostic> {
    let blocks = view_blocks(at, at.source(ix));
    let html = page(at, ix, &blocks)?;
    let root = at.routes.path(Route::Annotations(ix)).map(SitePath::to_root).unwrap_or_default();
    let addresses = Addresses::new(at.dossier, at.routes, &root);
    // Templates write UTF-8: what is not is no page to find passages in.
    let annotations = annotations::annotations(&addresses, ix, std::str::from_utf8(&html).unwrap_or_default(), &blocks);
    Ok([html, annotations.into_bytes()])
}

fn page(at: &Vantage<'_>, ix: SourceIx, blocks: &[ViewBlock]) -> Result<Vec<u8>, Diagnostic> {
    let source = at.source(ix);
    let (title, blocks) = match blocks.split_first() {
        Some((title, rest)) if title.role == BlockRole::Title => (Some(title), rest),
        _ => (None, blocks),
    };
    let (claims, claims_left) = claims(at, ix, source);
    let view = SourceView {
        title: source.title.to_string(),
        heading: Html::new(&title.map_or_else(|| escape(&source.title), |block| block.html.clone())),
        heading_beside: stretches::beside_heading(at, source, title),
        authors: at.agents(&source.authors),
        publisher: source.publisher.as_ref().map(|agent| at.agent(agent)),
        date: source.date.as_ref().map(|date| at.date(date)),
        kind: terms::source_kind(source.kind),
        url: source.url.clone().map(String::from),
        archived: source.archived.clone().map(String::from),
        language: at.foreign(source.language.as_deref()),
        tags: at.tags(&source.meta.tags),
        draft: source.meta.draft,
        capture: capture(at, source),
        notices: notices(source),
        passages: source.passages.len() + at.routes.unplaced(ix).len(),
        strip: strip::strip(at, source),
        stretches: stretches::stretches(at, source, blocks),
        quotations: quotations(at, ix, source),
        claims,
        claims_left,
        backlinks: backlinks::groups(at, &source.meta.backlinks),
        cite: cite::source(at, source),
    };
    let description = description::source(at, source, view.claims.len() + view.claims_left);
    let mut page = at.described("source", "sources", source.title.as_str(), description);
    page.json_ld = Some(Html::new(&schema_org::source(&at.addresses(), ix)));
    page.alternates = vec![at.annotations(ix)];
    page.article = article::of(at, RecordRef::Source(ix));
    at.finish(&page, "source", &view)
}

/// The blocks that the site may show, with marks in the order of [`Source::passages`].
fn view_blocks(at: &Vantage<'_>, source: &Source) -> Vec<ViewBlock> {
    let Some(text) = &source.text else { return Vec::new() };
    let marks = || source.passages.iter().enumerate().map(|(n, passage)| mark(at, n, passage)).collect::<Vec<_>>();
    match source.publish {
        Publish::Full => text.blocks(&marks()),
        Publish::Excerpts => text.excerpts(&source.shown, &marks()),
        Publish::Record => Vec::new(),
    }
}

fn mark(at: &Vantage<'_>, n: usize, passage: &Passage) -> Mark {
    Mark {
        fragment: Some(passage.fragment.to_string()),
        class: match passage.quoted_by {
            QuotedBy::Appearance(ix, _) => format!("claim tone-{}", tone(at, ix).map_or("none", Tone::word)),
            QuotedBy::Quotation(..) => "quotation".to_owned(),
        },
        label: label(at, n, passage.quoted_by),
        pieces: passage.placement.pieces.clone(),
    }
}

/// What the marks of a source's `n`-th passage and its note have in common: its number, and without colour what is
/// beside it: the mark of the claim's rating, or a quotation mark for a record that quotes the passage.
fn label(at: &Vantage<'_>, n: usize, by: QuotedBy) -> String {
    let number = n + 1;
    match by {
        QuotedBy::Appearance(ix, _) => format!("{number}{}", tone(at, ix).map_or("", terms::mark)),
        QuotedBy::Quotation(..) => format!("{number}”"),
    }
}

/// The tone of a claim's rating; none for a claim that is not rated.
fn tone(at: &Vantage<'_>, ix: ClaimIx) -> Option<Tone> {
    at.claim(ix).rating().and_then(|rating| at.dossier.config.ratings.get(rating.index())).map(|rating| rating.tone)
}

/// Where the text is not shown, its quotations; where it is not there, those too, which nobody checked.
fn quotations(at: &Vantage<'_>, ix: SourceIx, source: &Source) -> Vec<QuotationView> {
    let placed = match (&source.text, source.publish) {
        (Some(_), Publish::Record) => source.passages.as_slice(),
        _ => &[],
    };
    let quoted = placed.iter().map(|passage| passage.quoted_by).chain(at.routes.unplaced(ix).iter().copied());
    let view = |by: QuotedBy| {
        let quote = match by {
            QuotedBy::Appearance(ix, n) => &at.claim(ix).appearances.get(n)?.quote,
            QuotedBy::Quotation(record, n) => &at.dossier.quotations(record).get(n)?.quote,
        };
        Some(QuotationView {
            id: promise::fragment(at.dossier, by)?.to_owned(),
            text: quotation::words(quote, source),
            note: notes::note(at, source, by),
        })
    };
    quoted.filter_map(view).collect()
}

/// How many claims appear in it.
pub(super) fn claims_in(at: &Vantage<'_>, ix: SourceIx) -> usize {
    let quoted = at.source(ix).passages.iter().map(|passage| &passage.quoted_by).chain(at.routes.unplaced(ix));
    let claims: std::collections::HashSet<ClaimIx> = quoted
        .filter_map(|by| match by {
            QuotedBy::Appearance(claim, _) => Some(*claim),
            QuotedBy::Quotation(..) => None,
        })
        .collect();
    claims.len()
}

/// The first claims that appear in it, each once, in the order of the text, and how many more there are.
fn claims(at: &Vantage<'_>, ix: SourceIx, source: &Source) -> (Vec<Piece>, usize) {
    let quoted = source.passages.iter().map(|passage| &passage.quoted_by).chain(at.routes.unplaced(ix));
    let mut seen = std::collections::HashSet::new();
    let mut rows = Vec::new();
    for by in quoted {
        if let QuotedBy::Appearance(claim, _) = by
            && seen.insert(*claim)
            && rows.len() < CLAIMS
        {
            rows.push(at.claim_row(*claim));
        }
    }
    let left = seen.len() - rows.len();
    (rows, left)
}

fn capture(at: &Vantage<'_>, source: &Source) -> CaptureView {
    let (status, statement) = match source.capture.as_ref().map(|capture| &capture.check) {
        None => ("none", "There is no capture of this source that its text could be checked against.".to_owned()),
        Some(CaptureCheck::NotChecked) => {
            ("not-checked", "Not checked: nobody has recorded that this text matches its capture.".to_owned())
        }
        Some(CaptureCheck::Matched { on }) => {
            let proves = "That shows that the text is unchanged since it was captured, not that its publisher said it.";
            ("matched", format!("The text matched its capture when recorded on {}. {proves}", day(on)))
        }
        Some(CaptureCheck::Stale { on }) => (
            "stale",
            format!("Out of date: the text matched its capture when recorded on {}, and has changed since.", day(on)),
        ),
    };
    CaptureView {
        status,
        statement,
        sha256: source.capture.as_ref().and_then(|capture| capture.sha256.clone()),
        retrieved: source.capture.as_ref().and_then(|capture| capture.retrieved.as_ref()).map(|date| at.date(date)),
    }
}

fn day(iso: &str) -> String {
    crate::date::Date::parse(iso).map_or_else(|_| iso.to_owned(), |date| date.human())
}

/// How much of the text the page has, in sentences.
fn notices(source: &Source) -> Vec<&'static str> {
    if source.text.is_none() {
        return vec!["The dossier has no text of this source: the quotations from it are not checked."];
    }
    let mut notices = Vec::new();
    match source.publish {
        Publish::Full => {}
        Publish::Excerpts => {
            notices.push("This page shows only the passages that the dossier quotes, each in its sentence.");
        }
        Publish::Record => notices.push("This page shows only the words that the dossier quotes from this source."),
    }
    if source.extent == Extent::Excerpts {
        notices.push("The dossier itself holds only excerpts of this source.");
    }
    notices
}
