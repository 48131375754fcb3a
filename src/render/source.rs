//! A source's page: a reading view of what the site may show of its text, with the claims beside their passages.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{CaptureCheck, ClaimIx, QuotedBy, RecordRef, Source, SourceIx};
use crate::render::cite::{self, CiteView};
use crate::render::dates::{self, DateView};
use crate::render::escape::escape;
use crate::render::html::Html;
use crate::render::vantage::Vantage;
use crate::render::view::{AgentView, BacklinkGroup, ClaimRow, RatingView, RecordLink, TagLink, TermView};
use crate::render::{backlinks, claim, description, quotation, terms};
use crate::route::promise;
use crate::terms::{Extent, Polarity, Publish};
use crate::text::{BlockRole, Mark, ViewBlock};

/// How many words of a passage name it in its note.
const OPENING: usize = 6;

#[derive(Serialize)]
struct SourceView {
    title: String,
    /// The title with marks.
    heading: Html,
    /// The notes of passages in the title.
    heading_notes: Vec<NoteView>,
    authors: Vec<AgentView>,
    publisher: Option<AgentView>,
    date: Option<DateView>,
    kind: TermView,
    url: Option<String>,
    archived: Option<String>,
    language: Option<String>,
    tags: Vec<TagLink>,
    draft: bool,
    capture: CaptureView,
    notices: Vec<&'static str>,
    blocks: Vec<BlockView>,
    /// The quotations of a text that is not shown, or not there.
    quotations: Vec<QuotationView>,
    claims: Vec<ClaimRow>,
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
    retrieved: Option<DateView>,
}

#[derive(Serialize)]
struct BlockView {
    /// `body` or `gap`.
    role: &'static str,
    html: Html,
    notes: Vec<NoteView>,
}

#[derive(Serialize)]
struct QuotationView {
    id: String,
    text: String,
    note: Option<NoteView>,
}

/// What is said beside a passage.
#[derive(Serialize)]
struct NoteView {
    /// The passage, in this page.
    href: String,
    /// The passage's first words.
    opening: String,
    /// Who quotes it: the claim, or the record with the block quotation.
    link: RecordLink,
    /// A claim's words for running text.
    short: Option<String>,
    rating: Option<RatingView>,
    stance: Option<TermView>,
    /// What the source itself does with the claim, where it does more than report.
    voice: Option<TermView>,
    /// The claims that speak against this one.
    against: Vec<AgainstView>,
}

#[derive(Serialize)]
struct AgainstView {
    /// Such as "disputed by".
    label: String,
    href: String,
    short: String,
}

pub(super) fn render(at: &Vantage<'_>, ix: SourceIx) -> Result<String, Diagnostic> {
    let source = at.source(ix);
    let mut blocks = view_blocks(at, source);
    let title = blocks.first().is_some_and(|block| block.role == BlockRole::Title).then(|| blocks.remove(0));
    let notes = |block: &ViewBlock| block.marks.iter().filter_map(|&n| passage_note(at, source, n)).collect();
    let view = SourceView {
        title: source.title.clone(),
        heading: Html::new(&title.as_ref().map_or_else(|| escape(&source.title), |block| block.html.clone())),
        heading_notes: title.as_ref().map(notes).unwrap_or_default(),
        authors: at.agents(&source.authors),
        publisher: source.publisher.as_ref().map(|agent| at.agent(agent)),
        date: source.date.as_ref().map(dates::view),
        kind: terms::source_kind(source.kind),
        url: source.url.clone(),
        archived: source.archived.clone(),
        language: at.foreign(source.language.as_deref()),
        tags: at.tags(&source.meta.tags),
        draft: source.meta.draft,
        capture: capture(source),
        notices: notices(source),
        blocks: blocks.iter().map(|block| self::block(block, notes(block))).collect(),
        quotations: quotations(at, ix, source),
        claims: claims(at, ix, source),
        backlinks: backlinks::groups(at, &source.meta.backlinks),
        cite: cite::source(at, source),
    };
    let mut page = at.page("source", "sources", source.title.as_str());
    page.description = Some(description::source(at, source, view.claims.len()));
    at.finish(&page, "source", &view)
}

/// The blocks that the site may show, with marks in the order of [`Source::passages`].
fn view_blocks(at: &Vantage<'_>, source: &Source) -> Vec<ViewBlock> {
    let Some(text) = &source.text else { return Vec::new() };
    let mark = |passage: &crate::dossier::Passage| Mark {
        fragment: Some(passage.fragment.clone()),
        class: match passage.quoted_by {
            QuotedBy::Appearance(ix, _) => format!("claim tone-{}", at.rating(at.claim(ix).rating()).tone),
            QuotedBy::Quotation(..) => "quotation".to_owned(),
        },
        pieces: passage.placement.pieces.clone(),
    };
    match source.publish {
        Publish::Full => text.blocks(&source.passages.iter().map(mark).collect::<Vec<_>>()),
        Publish::Excerpts => text.excerpts(&source.shown, &source.passages.iter().map(mark).collect::<Vec<_>>()),
        Publish::Record => Vec::new(),
    }
}

fn block(block: &ViewBlock, notes: Vec<NoteView>) -> BlockView {
    let role = if block.role == BlockRole::Gap { "gap" } else { "body" };
    BlockView { role, html: Html::new(&block.html), notes }
}

fn passage_note(at: &Vantage<'_>, source: &Source, n: usize) -> Option<NoteView> {
    source.passages.get(n).and_then(|passage| note(at, source, passage.quoted_by))
}

fn note(at: &Vantage<'_>, source: &Source, by: QuotedBy) -> Option<NoteView> {
    let href = at.reference(at.path, Some(promise::fragment(at.dossier, by)?));
    match by {
        QuotedBy::Appearance(ix, n) => {
            let claim = at.claim(ix);
            let appearance = claim.appearances.get(n)?;
            let there = promise::appearance_id(at.dossier, claim, appearance);
            Some(NoteView {
                href,
                opening: quotation::opening(&quotation::words(&appearance.quote, source), OPENING),
                link: at.record_link(RecordRef::Claim(ix), Some(&there)),
                short: Some(claim.short.clone()),
                rating: Some(at.rating(claim.rating())),
                stance: Some(terms::stance(appearance.stance)),
                voice: claim::speaks(appearance.voice),
                against: against(at, ix),
            })
        }
        QuotedBy::Quotation(record, n) => {
            let quotation = *at.dossier.quotations(record).get(n)?;
            Some(NoteView {
                href,
                opening: quotation::opening(&quotation::words(&quotation.quote, source), OPENING),
                link: at.record_link(record, None),
                short: None,
                rating: None,
                stance: None,
                voice: None,
                against: Vec::new(),
            })
        }
    }
}

/// The claims that speak against a claim, by a relation of theirs or by a symmetric one of its own.
fn against(at: &Vantage<'_>, ix: ClaimIx) -> Vec<AgainstView> {
    let types = &at.dossier.config.relation_types;
    let view = |label: &str, other: ClaimIx| AgainstView {
        label: label.to_owned(),
        href: at.record(RecordRef::Claim(other), None),
        short: at.claim(other).short.clone(),
    };
    let incoming = at.claim(ix).related_by.iter().filter_map(|&(other, n)| {
        let kind = &types[at.claim(other).relations.get(n)?.relation_type.index()];
        (kind.polarity == Polarity::Against).then(|| view(&kind.inverse, other))
    });
    let own = at.claim(ix).relations.iter().filter_map(|relation| {
        let kind = &types[relation.relation_type.index()];
        (kind.symmetric && kind.polarity == Polarity::Against).then(|| view(&kind.label, relation.claim))
    });
    incoming.chain(own).collect()
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
            note: note(at, source, by),
        })
    };
    quoted.filter_map(view).collect()
}

/// The claims that appear in it, each once, in the order of the text.
fn claims(at: &Vantage<'_>, ix: SourceIx, source: &Source) -> Vec<ClaimRow> {
    let quoted = source.passages.iter().map(|passage| &passage.quoted_by).chain(at.routes.unplaced(ix));
    let mut seen = std::collections::HashSet::new();
    quoted
        .filter_map(|by| match by {
            QuotedBy::Appearance(ix, _) => seen.insert(*ix).then(|| at.claim_row(*ix)),
            QuotedBy::Quotation(..) => None,
        })
        .collect()
}

fn capture(source: &Source) -> CaptureView {
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
        retrieved: source.capture.as_ref().and_then(|capture| capture.retrieved.as_ref()).map(dates::view),
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
