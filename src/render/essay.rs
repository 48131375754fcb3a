//! The pages of commentary, and the home page.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::RecordRef;
use crate::dossier::{ClaimIx, CommentaryIx, Dossier};
use crate::ids::RecordKind;
use crate::render::backlinks;
use crate::render::changes::{self, ChangeView};
use crate::render::dates::{self, DateView};
use crate::render::html::Html;
use crate::render::vantage::Vantage;
use crate::render::view::{AgentView, BacklinkGroup, ClaimRow, EssayRow, SourceRow, TagLink};
use crate::route::Route;
use crate::terms::Polarity;

/// How many rows each list of the home page has.
const HOME_ROWS: usize = 8;

#[derive(Serialize)]
struct CommentaryView {
    title: String,
    authors: Vec<AgentView>,
    date: Option<DateView>,
    updated: Option<DateView>,
    summary: Option<String>,
    tags: Vec<TagLink>,
    draft: bool,
    body: Option<Html>,
    backlinks: Vec<BacklinkGroup>,
}

#[derive(Serialize)]
struct HomeView {
    title: String,
    introduction: Option<Html>,
    disputed: Vec<ClaimRow>,
    commentary: Vec<EssayRow>,
    sources: Vec<SourceRow>,
    changes: Vec<ChangeView>,
    more: MoreView,
}

/// The whole of the lists that the home page shows the beginning of.
#[derive(Serialize)]
struct MoreView {
    claims: String,
    commentary: String,
    sources: String,
    changes: String,
}

pub(super) fn render(at: &Vantage<'_>, ix: CommentaryIx) -> Result<String, Diagnostic> {
    let essay = &at.dossier.commentary[ix.index()];
    let view = CommentaryView {
        title: essay.title.clone(),
        authors: at.agents(&essay.authors),
        date: essay.date.as_ref().map(dates::view),
        updated: essay.updated.as_ref().map(dates::view),
        summary: essay.summary.clone(),
        tags: at.tags(&essay.meta.tags),
        draft: essay.meta.draft,
        body: at.prose(&essay.body),
        backlinks: backlinks::groups(at, &essay.meta.backlinks),
    };
    let mut page = at.page("commentary", "commentary", essay.title.as_str());
    page.description.clone_from(&essay.summary);
    at.finish(&page, "commentary", &view)
}

pub(super) fn render_home(at: &Vantage<'_>) -> Result<String, Diagnostic> {
    let config = &at.dossier.config;
    let first = |kind| at.routes.listed(kind, 1).iter().take(HOME_ROWS);
    let view = HomeView {
        title: config.title.clone(),
        introduction: at.dossier.home.as_ref().and_then(|home| at.prose(&home.body)),
        disputed: most_disputed(at.dossier).into_iter().map(|ix| at.claim_row(ix)).collect(),
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
        changes: changes::views(at, at.dossier.changes.iter().take(HOME_ROWS)),
        more: MoreView {
            claims: at.route(Route::List(RecordKind::Claim, 1)),
            commentary: at.route(Route::List(RecordKind::Commentary, 1)),
            sources: at.route(Route::List(RecordKind::Source, 1)),
            changes: at.route(Route::Changes(1)),
        },
    };
    let mut page = at.page("home", "home", config.title.as_str());
    page.description.clone_from(&config.description);
    at.finish(&page, "home", &view)
}

/// The claims that most speaks against, the most disputed first; of equal ones the first by id.
fn most_disputed(dossier: &Dossier) -> Vec<ClaimIx> {
    let against = |relation: &crate::dossier::Relation| {
        dossier.config.relation_types[relation.relation_type.index()].polarity == Polarity::Against
    };
    let weigh = |claim: &crate::dossier::Claim| {
        let relations = claim
            .related_by
            .iter()
            .filter_map(|&(other, n)| dossier.claims.get(other.index()).and_then(|other| other.relations.get(n)));
        relations.filter(|relation| against(relation)).count()
            + claim.origins.denied.appearances
            + claim.origins.questioned.appearances
    };
    let mut weighed: Vec<(usize, ClaimIx)> =
        (0u32..).map(ClaimIx).zip(&dossier.claims).map(|(ix, claim)| (weigh(claim), ix)).collect();
    weighed.retain(|(weight, _)| *weight > 0);
    weighed.sort_by_key(|&(weight, ix)| (std::cmp::Reverse(weight), ix));
    weighed.into_iter().take(HOME_ROWS).map(|(_, ix)| ix).collect()
}
