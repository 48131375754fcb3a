//! A source → the article, report, posting and so on, with a `Quotation` for each passage that its page shows.

use serde::Serialize;

use super::{CONTEXT, Named, Ref, work_kind};
use crate::data::{Addresses, json};
use crate::dossier::{Agent, Appearance, QuotedBy, RecordRef, Source, SourceIx};
use crate::route::promise;
use crate::terms::{SourceKind, Speech};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SourceNode<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    /// Where it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archived_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_part: Vec<QuotationNode<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QuotationNode<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    text: String,
    /// Whose words these are in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    spoken_by_character: Option<Named<'a>>,
    /// The claim that rests on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<Ref>,
}

/// The source as JSON-LD, fit for a `<script>` element.
pub(crate) fn source(at: &Addresses<'_>, ix: SourceIx) -> String {
    let source = &at.dossier.sources[ix.index()];
    let is_article = matches!(source.kind, SourceKind::Article | SourceKind::Report | SourceKind::Post);
    let tags = source.meta.tags.iter().filter_map(|tag| at.dossier.tags.get(tag.index()));
    json::in_script(&SourceNode {
        context: CONTEXT,
        kind: work_kind(at, ix),
        id: at.record(RecordRef::Source(ix)),
        name: &source.title,
        headline: is_article.then_some(&*source.title),
        author: Named::all(at, &source.authors),
        publisher: source.publisher.as_ref().and_then(|publisher| Named::somebody(at, publisher)),
        date_published: source.date.as_ref().and_then(|date| date.plain()),
        in_language: source.language.as_deref().unwrap_or(&at.dossier.config.language),
        keywords: tags.map(|tag| tag.name.as_str()).collect(),
        url: source.url.as_deref(),
        archived_at: source.archived.as_deref(),
        has_part: quotations(at, ix, source),
    })
}

/// The passages that the page shows, in the order of the text, and then those that have no place in one.
fn quotations<'a>(at: &Addresses<'a>, ix: SourceIx, source: &'a Source) -> Vec<QuotationNode<'a>> {
    let record = RecordRef::Source(ix);
    let node = |by: QuotedBy, fragment: &str, text: String| {
        let said = appearance(at, by);
        QuotationNode {
            kind: "Quotation",
            id: at.record_place(record, Some(fragment)),
            text,
            spoken_by_character: said.and_then(speaker).and_then(|who| Named::somebody(at, who)),
            about: match by {
                QuotedBy::Appearance(claim, _) => Some(Ref { id: at.record(RecordRef::Claim(claim)) }),
                QuotedBy::Quotation(..) => None,
            },
        }
    };
    let placed = source
        .passages
        .iter()
        .filter_map(|passage| Some(node(passage.quoted_by, &passage.fragment, source.words(&passage.placement)?)));
    let unplaced = at.routes.unplaced(ix).iter().filter_map(|&by| {
        let quote = at.dossier.quote(by)?;
        Some(node(by, promise::fragment(at.dossier, by)?, quote.words(source)))
    });
    placed.chain(unplaced).collect()
}

fn appearance<'a>(at: &Addresses<'a>, by: QuotedBy) -> Option<&'a Appearance> {
    match by {
        QuotedBy::Appearance(claim, n) => at.dossier.claims[claim.index()].appearances.get(n),
        QuotedBy::Quotation(..) => None,
    }
}

/// Whose own words a passage has: what is only reported is the source's words.
fn speaker(appearance: &Appearance) -> Option<&Agent> {
    let is_spoken = matches!(appearance.speech, Some(Speech::Direct | Speech::Mixed));
    appearance.attribution.first().filter(|_| is_spoken).map(|link| &link.who)
}
