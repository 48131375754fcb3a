//! The home page: what the dossier is about, what is most in dispute, how its claims are rated, what there is to read,
//! what changed last.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{Appearance, Claim, ClaimIx, Dossier, RatingIx, RecordRef, Relation};
use crate::ids::RecordKind;
use crate::render::changes::{self, ChangeView};
use crate::render::description;
use crate::render::html::Html;
use crate::render::pieces::Piece;
use crate::render::saying;
use crate::render::terms;
use crate::render::vantage::Vantage;
use crate::render::view::{AlternateView, RecordLink, TermView};
use crate::route::{DataFile, Route};
use crate::terms::{Polarity, Stance};

/// How many disputes the page shows.
const DISPUTES: usize = 5;

/// How many claims, and how many sources, it shows against each.
const AGAINST: usize = 2;

/// How many rows its other lists have.
const ROWS: usize = 6;

#[derive(Serialize)]
struct HomeView {
    title: String,
    introduction: Option<Html>,
    disputed: Vec<DisputeView>,
    /// How the claims are rated, from the top of the scale; none without claims.
    ratings: Vec<RatedView>,
    commentary: Vec<Piece>,
    sources: Vec<Piece>,
    changes: Vec<ChangeView>,
    counts: CountsView,
    more: MoreView,
    /// All of it as data.
    data: Vec<AlternateView>,
}

/// A claim, and what speaks against it.
#[derive(Serialize)]
struct DisputeView {
    claim: Piece,
    /// Who says it: the first few.
    speakers: Vec<Piece>,
    /// The claims against it: the first few.
    against: Vec<AgainstView>,
    /// The passages that deny or question it: the first few.
    denials: Vec<DenialView>,
    /// How many more claims and passages there are against it.
    others: usize,
}

#[derive(Serialize)]
struct AgainstView {
    /// Such as "disputed by".
    label: String,
    claim: Piece,
    reason: Option<Html>,
}

#[derive(Serialize)]
struct DenialView {
    stance: TermView,
    speakers: Vec<Piece>,
    /// The source, and the passage in it.
    source: RecordLink,
}

#[derive(Serialize)]
struct RatedView {
    rating: Piece,
    claims: usize,
}

/// How many records there are of each kind.
#[derive(Serialize)]
struct CountsView {
    claims: usize,
    sources: usize,
    entities: usize,
    commentary: usize,
}

/// The whole of the lists that the home page shows the beginning of.
#[derive(Serialize)]
struct MoreView {
    claims: String,
    commentary: String,
    sources: String,
    entities: String,
    changes: String,
}

pub(super) fn render(at: &Vantage<'_>) -> Result<Vec<u8>, Diagnostic> {
    let (dossier, config) = (at.dossier, &at.dossier.config);
    let first = |kind| at.routes.listed(kind, 1).iter().take(ROWS);
    let list = |kind| at.route(Route::List(kind, 1));
    let view = HomeView {
        title: config.title.clone(),
        introduction: dossier.home.first().and_then(|home| at.prose(&home.body)),
        disputed: most_disputed(dossier).into_iter().map(|ix| dispute(&at.under(4), ix)).collect(),
        ratings: ratings(at),
        commentary: first(RecordKind::Commentary)
            .filter_map(|record| match record {
                RecordRef::Commentary(ix) => Some(at.essay_row(*ix)),
                _ => None,
            })
            .collect(),
        sources: first(RecordKind::Source)
            .filter_map(|record| match record {
                RecordRef::Source(ix) => Some(at.source_row(*ix)),
                _ => None,
            })
            .collect(),
        changes: changes::views(at, dossier.changes.iter().take(ROWS)),
        counts: CountsView {
            claims: dossier.claims.len(),
            sources: dossier.sources.len(),
            entities: dossier.entities.len(),
            commentary: dossier.commentary.len(),
        },
        more: MoreView {
            claims: list(RecordKind::Claim),
            commentary: list(RecordKind::Commentary),
            sources: list(RecordKind::Source),
            entities: list(RecordKind::Entity),
            changes: at.route(Route::Changes(1)),
        },
        data: DataFile::ALL.map(|file| at.data_file(file)).into(),
    };
    let mut page = at.page("home", "home", config.title.as_str());
    if let Some(words) = &config.description {
        page.description = Some(description::bounded(words));
    }
    page.alternates = vec![at.data_file(DataFile::Dossier)];
    at.finish(&page, "home", &view)
}

fn dispute(at: &Vantage<'_>, ix: ClaimIx) -> DisputeView {
    let claim = at.claim(ix);
    let against: Vec<_> = against(at.dossier, claim).collect();
    let denials: Vec<_> = denials(claim).collect();
    let denial = |appearance: &&Appearance| DenialView {
        stance: terms::stance(appearance.stance),
        speakers: at.agents(&saying::speaking(at.dossier, appearance)),
        source: at
            .record_link(RecordRef::Source(appearance.quote.source), appearance.quote.place(&appearance.fragment)),
    };
    DisputeView {
        claim: at.claim_row(ix),
        speakers: at.agents(&saying::speakers(at.dossier, claim)[..]).into_iter().take(AGAINST).collect(),
        others: against.len().saturating_sub(AGAINST) + denials.len().saturating_sub(AGAINST),
        against: against.iter().take(AGAINST).map(|&(other, relation)| opponent(at, other, relation)).collect(),
        denials: denials.iter().take(AGAINST).map(denial).collect(),
    }
}

fn opponent(at: &Vantage<'_>, other: ClaimIx, relation: &Relation) -> AgainstView {
    AgainstView {
        label: at.dossier.config.relation_types[relation.relation_type.index()].inverse.clone(),
        claim: at.claim_row(other),
        reason: relation.reason.as_ref().and_then(|reason| at.inline(reason, RecordRef::Claim(other))),
    }
}

/// The claims that speak against one, each with how.
fn against<'a>(dossier: &'a Dossier, claim: &'a Claim) -> impl Iterator<Item = (ClaimIx, &'a Relation)> {
    let relations = claim.related_by.iter().filter_map(|&(other, n)| {
        let relation = dossier.claims.get(other.index())?.relations.get(n)?;
        Some((other, relation))
    });
    relations.filter(|(_, relation)| {
        dossier.config.relation_types[relation.relation_type.index()].polarity == Polarity::Against
    })
}

/// The appearances in which somebody says that it is not so, or asks whether it is.
fn denials(claim: &Claim) -> impl Iterator<Item = &Appearance> {
    claim.appearances.iter().filter(|appearance| appearance.stance != Stance::Asserts)
}

/// The claims that most speaks against, the most disputed first; of equal ones the first by id.
fn most_disputed(dossier: &Dossier) -> Vec<ClaimIx> {
    let weigh = |claim: &Claim| against(dossier, claim).count() + denials(claim).count();
    let mut weighed: Vec<(usize, ClaimIx)> =
        (0u32..).map(ClaimIx).zip(&dossier.claims).map(|(ix, claim)| (weigh(claim), ix)).collect();
    weighed.retain(|(weight, _)| *weight > 0);
    weighed.sort_by_key(|&(weight, ix)| (std::cmp::Reverse(weight), ix));
    weighed.into_iter().take(DISPUTES).map(|(_, ix)| ix).collect()
}

fn ratings(at: &Vantage<'_>) -> Vec<RatedView> {
    let scale = (0u32..).map(RatingIx).take(at.dossier.config.ratings.len()).map(Some);
    let rated = |rating| RatedView { rating: at.rating(rating), claims: at.routes.rated(rating).len() };
    scale.chain([None]).map(rated).filter(|rated| rated.claims > 0).collect()
}
