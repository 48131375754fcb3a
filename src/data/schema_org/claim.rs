//! A claim → `Claim`, and where it is rated `ClaimReview`.
//!
//! `appearance` has the works in which somebody says that it is so. A passage that denies it or asks is about the claim,
//! and is given as such (`subjectOf`): whoever counts appearances must not count it as one. `firstAppearance` is given
//! where the dates leave no doubt which work came first.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::{CONTEXT, Named, Ref, Work};
use crate::data::{Addresses, json, prose};
use crate::dossier::{Anchor, Appearance, Claim, ClaimIx, RecordRef, SourceIx, Verdict};
use crate::route::promise;
use crate::terms::Stance;

/// The namespace of CiTO, the Citation Typing Ontology.
const CITO: &str = "http://purl.org/spar/cito/";

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: (&'static str, Prefixes),
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Claim(ClaimNode<'a>),
    Review(ReviewNode<'a>),
}

#[derive(Serialize)]
struct Prefixes {
    cito: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ClaimNode<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    url: String,
    name: &'a str,
    text: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'a>>,
    /// Who put what the sources say into these words.
    #[serde(skip_serializing_if = "Option::is_none")]
    claim_interpreter: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    appearance: Vec<Work<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_appearance: Option<Ref>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subject_of: Vec<PassageNode>,
    /// By property, the claims that it bears on.
    #[serde(flatten)]
    relations: BTreeMap<Cow<'a, str>, Vec<Ref>>,
}

/// A passage in which the claim is denied or questioned.
#[derive(Serialize)]
struct PassageNode {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    text: String,
    #[serde(rename = "isPartOf")]
    part_of: Ref,
    #[serde(rename = "cito:disputes", skip_serializing_if = "Option::is_none")]
    disputes: Option<Ref>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReviewNode<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    url: String,
    claim_reviewed: &'a str,
    item_reviewed: Reviewed,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    in_language: &'a str,
    review_rating: RatingNode<'a>,
}

#[derive(Serialize)]
struct Reviewed {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RatingNode<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    alternate_name: &'a str,
    #[serde(flatten)]
    points: Option<Points>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating_explanation: Option<String>,
}

/// A rating as a point on a line, counted from 1 at the bottom.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Points {
    rating_value: usize,
    best_rating: usize,
    worst_rating: usize,
}

/// The claim as JSON-LD, fit for a `<script>` element.
pub(crate) fn claim(at: &Addresses<'_>, ix: ClaimIx) -> String {
    let claim = &at.dossier.claims[ix.index()];
    let id = at.record(RecordRef::Claim(ix));
    let review = claim.verdicts.last().map(|verdict| Node::Review(review(at, ix, claim, verdict, &id)));
    let graph = std::iter::once(Node::Claim(node(at, claim, id))).chain(review).collect();
    json::in_script(&Graph { context: (CONTEXT, Prefixes { cito: CITO }), graph })
}

fn node<'a>(at: &Addresses<'a>, claim: &'a Claim, id: String) -> ClaimNode<'a> {
    let works = works(claim);
    let tags = claim.meta.tags.iter().filter_map(|tag| at.dossier.tags.get(tag.index()));
    ClaimNode {
        kind: "Claim",
        url: id.clone(),
        name: &claim.short,
        text: &claim.claim,
        in_language: &at.dossier.config.language,
        author: claim.origins.origins.iter().filter_map(|origin| Named::somebody(at, &origin.who)).collect(),
        claim_interpreter: Named::publisher(at),
        about: claim.about.iter().map(|agent| Named::thing(at, agent)).collect(),
        temporal_coverage: claim.when.as_ref().and_then(|date| date.plain()),
        keywords: tags.map(|tag| tag.name.as_str()).collect(),
        first_appearance: first(at, &works).map(|ix| Ref { id: at.record(RecordRef::Source(ix)) }),
        appearance: works.iter().map(|&ix| Work::of(at, ix)).collect(),
        subject_of: claim.appearances.iter().filter_map(|appearance| passage(at, appearance, &id)).collect(),
        relations: relations(at, claim),
        id,
    }
}

/// The works that it is said in, each once, as listed.
fn works(claim: &Claim) -> Vec<SourceIx> {
    let mut seen = FxHashSet::default();
    let said = claim.appearances.iter().filter(|appearance| appearance.stance == Stance::Asserts);
    said.map(|appearance| appearance.quote.source).filter(|&ix| seen.insert(ix)).collect()
}

/// The one of these works that was published before all others; none where the dates leave it open.
fn first(at: &Addresses<'_>, works: &[SourceIx]) -> Option<SourceIx> {
    let date = |ix: &SourceIx| at.dossier.sources[ix.index()].date.as_ref();
    let first = *works.iter().min_by_key(|ix| date(ix).map(|date| (date.latest.is_none(), date.latest)))?;
    let is_before = |other: &SourceIx| date(&first).zip(date(other)).is_some_and(|(a, b)| a.is_surely_before(b));
    works.iter().all(|other| *other == first || is_before(other)).then_some(first)
}

/// A passage that does not assert it; none where it is nowhere in its source.
fn passage(at: &Addresses<'_>, appearance: &Appearance, claim: &str) -> Option<PassageNode> {
    let quote = &appearance.quote;
    if appearance.stance == Stance::Asserts || quote.anchor == Anchor::Failed {
        return None;
    }
    let record = RecordRef::Source(quote.source);
    Some(PassageNode {
        kind: "Quotation",
        id: at.record_place(record, Some(&appearance.fragment)),
        text: quote.words(&at.dossier.sources[quote.source.index()]),
        part_of: Ref { id: at.record(record) },
        disputes: (appearance.stance == Stance::Denies).then(|| Ref { id: claim.to_owned() }),
    })
}

/// What it does to other claims, by the relation types' own properties. A type that has none cannot be said here.
fn relations<'a>(at: &Addresses<'a>, claim: &Claim) -> BTreeMap<Cow<'a, str>, Vec<Ref>> {
    let mut relations: BTreeMap<Cow<'_, str>, Vec<Ref>> = BTreeMap::new();
    for relation in &claim.relations {
        let Some(iri) = &at.dossier.config.relation_types[relation.relation_type.index()].iri else { continue };
        let property = match iri.strip_prefix(CITO) {
            Some(term) => Cow::Owned(format!("cito:{term}")),
            None => Cow::Borrowed(iri.as_str()),
        };
        let other = at.record(RecordRef::Claim(relation.claim));
        relations.entry(property).or_default().push(Ref { id: other });
    }
    relations
}

fn review<'a>(
    at: &Addresses<'a>,
    ix: ClaimIx,
    claim: &'a Claim,
    verdict: &'a Verdict,
    reviewed: &str,
) -> ReviewNode<'a> {
    let config = &at.dossier.config;
    let id = at.record_place(RecordRef::Claim(ix), Some(&promise::verdict_id(claim.verdicts.len() - 1)));
    let rating = verdict.rating.index();
    let count = config.ratings.len();
    ReviewNode {
        kind: "ClaimReview",
        url: id.clone(),
        id,
        claim_reviewed: &claim.claim,
        item_reviewed: Reviewed { kind: "Claim", id: reviewed.to_owned() },
        author: verdict.by.as_ref().and_then(|by| Named::somebody(at, by)).or_else(|| Named::publisher(at)),
        publisher: Named::publisher(at),
        date_published: verdict.date.as_ref().and_then(|date| date.plain()),
        in_language: &config.language,
        review_rating: RatingNode {
            kind: "Rating",
            alternate_name: config.ratings.get(rating).map_or("", |rating| &rating.label),
            points: config.ratings_ordinal.then(|| Points {
                rating_value: count - rating.min(count - 1),
                best_rating: count,
                worst_rating: 1,
            }),
            rating_explanation: verdict.reason.as_ref().and_then(|reason| prose::in_line(at.dossier, reason)),
        },
    }
}
