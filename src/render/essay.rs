//! The pages of commentary.

use std::collections::HashSet;

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{ClaimIx, CommentaryIx, Link, Prose, RecordRef, Target};
use crate::parse::ast::Heading;
use crate::render::html::{Html, encode};
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::render::view::BacklinkGroup;
use crate::render::{article, backlinks, description};

#[derive(Serialize)]
struct CommentaryView {
    title: String,
    authors: Vec<Piece>,
    date: Option<Piece>,
    updated: Option<Piece>,
    summary: Option<String>,
    tags: Vec<Piece>,
    draft: bool,
    /// The headings of a long text.
    contents: Vec<ContentsView>,
    body: Option<Html>,
    /// The claims that it speaks of, each once, in its order.
    claims: Vec<Piece>,
    backlinks: Vec<BacklinkGroup>,
}

/// A heading of the essay.
#[derive(Serialize)]
struct ContentsView {
    href: String,
    text: String,
    /// 1 for the highest headings of the essay, 2 for those below.
    level: u8,
}

/// With fewer headings a table of contents is longer than the way to them.
const FEWEST_HEADINGS: usize = 3;

pub(super) fn render(at: &Vantage<'_>, ix: CommentaryIx) -> Result<Vec<u8>, Diagnostic> {
    let essay = &at.dossier.commentary[ix.index()];
    let view = CommentaryView {
        title: essay.title.to_string(),
        authors: at.agents(&essay.authors),
        date: essay.date.as_ref().map(|date| at.date(date)),
        updated: essay.updated.as_ref().map(|date| at.date(date)),
        summary: essay.summary.clone().map(String::from),
        tags: at.tags(&essay.meta.tags),
        draft: essay.meta.draft,
        contents: contents(&essay.body),
        body: at.prose(&essay.body),
        claims: claims(&essay.body).into_iter().map(|ix| at.claim_row(ix)).collect(),
        backlinks: backlinks::groups(at, &essay.meta.backlinks),
    };
    let description = description::essay(at, essay);
    let mut page = at.described("commentary", "commentary", essay.title.as_str(), description);
    page.article = article::of(at, RecordRef::Commentary(ix));
    at.finish(&page, "commentary", &view)
}

/// The headings of its two highest levels; none where there are few.
fn contents(body: &Prose) -> Vec<ContentsView> {
    let Some(highest) = body.headings.iter().map(|heading| heading.level).min() else { return Vec::new() };
    let of_level = body.headings.iter().filter(|heading| heading.level <= highest + 1);
    let entry = |heading: &Heading| ContentsView {
        href: format!("#{}", encode(&heading.slug)),
        text: heading.text.clone(),
        level: heading.level - highest + 1,
    };
    let contents: Vec<_> = of_level.map(entry).collect();
    if contents.len() < FEWEST_HEADINGS { Vec::new() } else { contents }
}

fn claims(body: &Prose) -> Vec<ClaimIx> {
    let mut seen = HashSet::new();
    let claim = |link: &Link| match link.target {
        Target::Record(RecordRef::Claim(ix), _) => seen.insert(ix).then_some(ix),
        _ => None,
    };
    body.links.iter().filter_map(claim).collect()
}
