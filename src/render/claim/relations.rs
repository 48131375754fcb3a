//! What a claim does to others, and they to it. What speaks against something is set beside it: what each says, when, by
//! whom, and what the answer leaves unaddressed.

use serde::Serialize;

use super::appearances::{self, PlaceView, Wordings};
use crate::config::RelationType;
use crate::dossier::{Agent, Anchor, Claim, ClaimIx, Quote, RecordRef, Relation};
use crate::render::html::Html;
use crate::render::pieces::{Made, Piece};
use crate::render::quotation;
use crate::render::vantage::Vantage;
use crate::render::view::RecordLink;
use crate::route::promise;
use crate::terms::{Polarity, Speech, Stance};

/// So many claims are shown with their words on each side of a dispute, the others in a row.
const SAID: usize = 8;

#[derive(Serialize)]
pub(super) struct RelationView<'a> {
    /// Its id, for one that this claim states; else empty.
    id: String,
    label: &'a str,
    polarity: &'static str,
    claim: Piece,
    /// What the other claim says, in a dispute.
    said: Option<Piece>,
    reasons: Option<Piece>,
}

/// Why a relation holds: what the component `reasons` gets.
#[derive(Serialize)]
struct ReasonsView {
    reason: Option<Html>,
    /// What the answer leaves open.
    unaddressed: Option<Html>,
    by: Option<DrawnBy>,
}

/// The passage that draws a relation.
#[derive(Serialize)]
struct DrawnBy {
    source: Piece,
    href: String,
    quotation: Html,
    unchecked: bool,
}

/// The claims that do the same thing to this one.
#[derive(Serialize)]
pub(super) struct RelationGroup<'a> {
    label: &'a str,
    polarity: &'static str,
    relations: Vec<RelationView<'a>>,
}

/// A claim and what stands against it.
#[derive(Serialize)]
pub(super) struct DisputesView<'a> {
    /// What this claim says.
    said: Option<Piece>,
    /// The claims that speak against it.
    against: Vec<RelationView<'a>>,
    /// The appearances that deny it, by source.
    denials: Vec<PlaceView>,
    /// The claims that it speaks against.
    answers: Vec<RelationView<'a>>,
}

/// One appearance that asserts a claim: what the component `said` gets.
#[derive(Serialize)]
struct SaidView {
    quotation: Html,
    who: Piece,
    when: Option<Piece>,
    /// The passage.
    source: RecordLink,
    language: Option<String>,
    unchecked: bool,
}

/// What speaks against the claim and what it speaks against; none where nothing does.
pub(super) fn disputes<'d>(
    at: &Vantage<'d>,
    ix: ClaimIx,
    claim: &Claim,
    wordings: &Wordings<'_>,
) -> Option<DisputesView<'d>> {
    let is_dispute = |relation: &Relation| kind(at, relation).polarity == Polarity::Against;
    let mut against = Vec::new();
    let mut answers = Vec::new();
    for (stated, relation) in received(at, claim).filter(|(_, relation)| is_dispute(relation)) {
        against.push((stated.by, view(at, stated, relation, End::Receives)));
    }
    for (stated, relation) in made(ix, claim).filter(|(_, relation)| is_dispute(relation)) {
        let side = if kind(at, relation).symmetric { &mut against } else { &mut answers };
        side.push((relation.claim, view(at, stated, relation, End::States)));
    }
    let denials = appearances::places(at, claim, wordings, |stance| stance == Stance::Denies);
    if against.is_empty() && answers.is_empty() && denials.is_empty() {
        return None;
    }
    Some(DisputesView {
        said: said(at, ix),
        against: with_words(at, against),
        denials,
        answers: with_words(at, answers),
    })
}

/// What the claim does to others, but for what it says against them.
pub(super) fn outgoing<'d>(at: &Vantage<'d>, ix: ClaimIx, claim: &Claim) -> Vec<RelationView<'d>> {
    let others = made(ix, claim).filter(|(_, relation)| kind(at, relation).polarity != Polarity::Against);
    others.map(|(stated, relation)| view(at, stated, relation, End::States)).collect()
}

/// What other claims do to this one, but for what they say against it, by type in the order of the types.
pub(super) fn incoming<'d>(at: &Vantage<'d>, claim: &Claim) -> Vec<RelationGroup<'d>> {
    let others = received(at, claim).filter(|(_, relation)| kind(at, relation).polarity != Polarity::Against);
    let mut relations: Vec<(Stated, &Relation)> = others.collect();
    relations.sort_by_key(|(_, relation)| relation.relation_type);
    let group = |relations: &[(Stated, &Relation)]| {
        let kind = kind(at, relations[0].1);
        let views = relations.iter().map(|&(stated, relation)| view(at, stated, relation, End::Receives));
        RelationGroup { label: &kind.inverse, polarity: kind.polarity.word(), relations: views.collect() }
    };
    relations.chunk_by(|a, b| a.1.relation_type == b.1.relation_type).map(group).collect()
}

/// The n-th relation that a claim states.
#[derive(Clone, Copy)]
struct Stated {
    by: ClaimIx,
    n: usize,
}

/// The relations that the claim states.
fn made(ix: ClaimIx, claim: &Claim) -> impl Iterator<Item = (Stated, &Relation)> {
    claim.relations.iter().enumerate().map(move |(n, relation)| (Stated { by: ix, n }, relation))
}

/// The relations that name the claim.
fn received<'a>(at: &'a Vantage<'_>, claim: &'a Claim) -> impl Iterator<Item = (Stated, &'a Relation)> {
    let relation = |&(by, n): &(ClaimIx, usize)| Some((Stated { by, n }, at.claim(by).relations.get(n)?));
    claim.related_by.iter().filter_map(relation)
}

/// Which end of a relation the page's claim is.
#[derive(Clone, Copy)]
enum End {
    States,
    Receives,
}

/// A relation as the page of the claim at one end shows it.
fn view<'d>(at: &Vantage<'d>, stated: Stated, relation: &Relation, end: End) -> RelationView<'d> {
    let kind = kind(at, relation);
    let (other, id, label) = match end {
        End::States => (relation.claim, promise::relation_id(stated.n), &kind.label),
        End::Receives => (stated.by, String::new(), &kind.inverse),
    };
    RelationView {
        id,
        label,
        polarity: kind.polarity.word(),
        claim: at.claim_row(other),
        said: None,
        reasons: reasons(at, stated, relation),
    }
}

/// Why a relation holds; none where nothing is said of that.
fn reasons(at: &Vantage<'_>, stated: Stated, relation: &Relation) -> Option<Piece> {
    if relation.reason.is_none() && relation.unaddressed.is_none() && relation.by.is_none() {
        return None;
    }
    let text = |prose: Option<&_>| prose.and_then(|prose| at.inline(prose, RecordRef::Claim(stated.by)));
    let view = || ReasonsView {
        reason: text(relation.reason.as_ref()),
        unaddressed: text(relation.unaddressed.as_deref()),
        by: relation.by.as_ref().map(|quote| drawn_by(at, quote)),
    };
    Some(at.reasons((stated.by, stated.n), || Made::html(at.theme, &view(), "reasons", "r")))
}

fn kind<'d>(at: &Vantage<'d>, relation: &Relation) -> &'d RelationType {
    &at.dossier.config.relation_types[relation.relation_type.index()]
}

fn drawn_by(at: &Vantage<'_>, quote: &Quote) -> DrawnBy {
    DrawnBy {
        source: at.source_row(quote.source),
        href: at.record(RecordRef::Source(quote.source), None),
        quotation: Html::new(&quotation::in_sentence(quote, at.source(quote.source))),
        unchecked: quote.anchor == Anchor::Unchecked,
    }
}

/// The first few with their words: a claim that everybody disputes has a page that ends.
fn with_words<'d>(at: &Vantage<'_>, mut relations: Vec<(ClaimIx, RelationView<'d>)>) -> Vec<RelationView<'d>> {
    for (other, view) in relations.iter_mut().take(SAID) {
        view.said = said(at, *other);
    }
    relations.into_iter().map(|(_, view)| view).collect()
}

/// What a claim says in the first appearance that asserts it, in the speaker's own words if there are any; and who says
/// it there.
fn said(at: &Vantage<'_>, ix: ClaimIx) -> Option<Piece> {
    let claim = at.claim(ix);
    let asserts = || claim.appearances.iter().enumerate().filter(|(_, made)| made.stance == Stance::Asserts);
    let (n, appearance) =
        asserts().find(|(_, made)| made.speech == Some(Speech::Direct)).or_else(|| asserts().next())?;
    let (quote, source) = (&appearance.quote, at.source(appearance.quote.source));
    let origin = claim.origins.origins.iter().find(|origin| origin.appearances.contains(&n));
    let who = origin.map_or(Agent::Source(quote.source), |origin| origin.who.clone());
    let when = appearance.attribution.first().and_then(|link| link.said.as_ref()).or(source.date.as_ref());
    let view = || SaidView {
        quotation: Html::new(&quotation::in_sentence(quote, source)),
        who: at.agent(&who),
        when: when.map(|date| at.date(date)),
        source: at.record_link(RecordRef::Source(quote.source), appearance.quote.place(&appearance.fragment)),
        language: at.foreign(source.language.as_deref()),
        unchecked: quote.anchor == Anchor::Unchecked,
    };
    Some(at.said(ix, || Made::html(at.theme, &view(), "said", "s")))
}
