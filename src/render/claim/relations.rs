//! What a claim does to others, and they to it. What speaks against something is set beside it: what each says, when, by
//! whom, and what the answer leaves unaddressed.

use serde::Serialize;

use super::appearances::{self, PlaceView, Wordings};
use crate::config::RelationType;
use crate::dossier::{Agent, Anchor, Claim, ClaimIx, Quote, RecordRef, Relation};
use crate::render::html::Html;
use crate::render::pieces::{Made, Of, Piece};
use crate::render::quotation;
use crate::render::vantage::Vantage;
use crate::render::view::RecordLink;
use crate::route::promise;
use crate::terms::{Polarity, Speech, Stance};

/// So many claims are shown with their words on each side of a dispute, the others in a row.
const SAID: usize = 8;

#[derive(Serialize)]
pub(super) struct RelationView {
    /// Its id, for one that this claim states; else empty.
    id: String,
    label: String,
    polarity: &'static str,
    claim: Piece,
    /// What the other claim says, in a dispute.
    said: Option<Piece>,
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
pub(super) struct RelationGroup {
    label: String,
    polarity: &'static str,
    relations: Vec<RelationView>,
}

/// A claim and what stands against it.
#[derive(Serialize)]
pub(super) struct DisputesView {
    /// What this claim says.
    said: Option<Piece>,
    /// The claims that speak against it.
    against: Vec<RelationView>,
    /// The appearances that deny it, by source.
    denials: Vec<PlaceView>,
    /// The claims that it speaks against.
    answers: Vec<RelationView>,
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
pub(super) fn disputes(at: &Vantage<'_>, ix: ClaimIx, claim: &Claim, wordings: &Wordings<'_>) -> Option<DisputesView> {
    let is_dispute = |relation: &Relation| kind(at, relation).polarity == Polarity::Against;
    let mut against = Vec::new();
    let mut answers = Vec::new();
    for &(other, n) in &claim.related_by {
        if let Some(relation) = at.claim(other).relations.get(n).filter(|relation| is_dispute(relation)) {
            against.push(view(at, (other, relation), End::Other(other)));
        }
    }
    for (n, relation) in claim.relations.iter().enumerate().filter(|(_, relation)| is_dispute(relation)) {
        let side = if kind(at, relation).symmetric { &mut against } else { &mut answers };
        side.push(view(at, (ix, relation), End::Own(n)));
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
pub(super) fn outgoing(at: &Vantage<'_>, ix: ClaimIx, claim: &Claim) -> Vec<RelationView> {
    let others = claim.relations.iter().enumerate();
    let others = others.filter(|(_, relation)| kind(at, relation).polarity != Polarity::Against);
    others.map(|(n, relation)| view(at, (ix, relation), End::Own(n)).1).collect()
}

/// What other claims do to this one, but for what they say against it, by type in the order of the types.
pub(super) fn incoming(at: &Vantage<'_>, claim: &Claim) -> Vec<RelationGroup> {
    let mut relations: Vec<(ClaimIx, &Relation)> = claim
        .related_by
        .iter()
        .filter_map(|&(other, n)| at.claim(other).relations.get(n).map(|relation| (other, relation)))
        .filter(|(_, relation)| kind(at, relation).polarity != Polarity::Against)
        .collect();
    relations.sort_by_key(|(_, relation)| relation.relation_type);
    let group = |relations: &[(ClaimIx, &Relation)]| {
        let kind = kind(at, relations[0].1);
        RelationGroup {
            label: kind.inverse.clone(),
            polarity: kind.polarity.word(),
            relations: relations
                .iter()
                .map(|&(other, relation)| view(at, (other, relation), End::Other(other)).1)
                .collect(),
        }
    };
    relations.chunk_by(|a, b| a.1.relation_type == b.1.relation_type).map(group).collect()
}

/// Which end of a relation is not the page's claim.
#[derive(Clone, Copy)]
enum End {
    /// The one that it names: the page's claim states it, as its n-th.
    Own(usize),
    /// The one that states it.
    Other(ClaimIx),
}

/// `relation`, which `by` states, as the page of a claim shows it, and the claim at its other end.
fn view(at: &Vantage<'_>, (by, relation): (ClaimIx, &Relation), end: End) -> (ClaimIx, RelationView) {
    let kind = kind(at, relation);
    let (other, id, label) = match end {
        End::Own(n) => (relation.claim, promise::relation_id(n), &kind.label),
        End::Other(other) => (other, String::new(), &kind.inverse),
    };
    let text = |prose: &Option<_>| prose.as_ref().and_then(|prose| at.inline(prose, RecordRef::Claim(by)));
    let view = RelationView {
        id,
        label: label.clone(),
        polarity: kind.polarity.word(),
        claim: at.claim_row(other),
        said: None,
        reason: text(&relation.reason),
        unaddressed: text(&relation.unaddressed),
        by: relation.by.as_ref().map(|quote| drawn_by(at, quote)),
    };
    (other, view)
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
fn with_words(at: &Vantage<'_>, mut relations: Vec<(ClaimIx, RelationView)>) -> Vec<RelationView> {
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
    Some(at.piece(Of::Said(ix), || Made::html(at.theme, &view(), "said", "s")))
}
