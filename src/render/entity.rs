//! An entity's page: what it says and passes on, what is claimed about it, what it wrote and published.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{ClaimIx, EntityIx, RecordRef};
use crate::render::dates::{self, DateView};
use crate::render::html::Html;
use crate::render::vantage::Vantage;
use crate::render::view::{BacklinkGroup, ClaimRow, RecordLink, SourceRow, TagLink, TermView};
use crate::render::{backlinks, terms};
use crate::route::promise;

#[derive(Serialize)]
struct EntityView {
    name: String,
    kind: Option<TermView>,
    role: Option<String>,
    other_names: Vec<String>,
    url: Option<String>,
    same_as: Vec<String>,
    tags: Vec<TagLink>,
    draft: bool,
    body: Option<Html>,
    /// Where a chain starts with it.
    says: Vec<AttributedView>,
    /// Where a chain passes through it.
    passes_on: Vec<AttributedView>,
    about: Vec<ClaimRow>,
    wrote: Vec<SourceRow>,
    published: Vec<SourceRow>,
    backlinks: Vec<BacklinkGroup>,
}

/// A claim that it makes or passes on, with the places.
#[derive(Serialize)]
struct AttributedView {
    claim: ClaimRow,
    appearances: Vec<PlaceView>,
}

#[derive(Serialize)]
struct PlaceView {
    /// The appearance in the claim's page.
    href: String,
    source: RecordLink,
    stance: TermView,
    named_as: Option<String>,
    said: Option<DateView>,
}

pub(super) fn render(at: &Vantage<'_>, ix: EntityIx) -> Result<String, Diagnostic> {
    let entity = at.entity(ix);
    let (says, passes_on): (Vec<_>, Vec<_>) = entity.attributed.iter().partition(|(_, _, position)| *position == 0);
    let view = EntityView {
        name: entity.name.clone(),
        kind: entity.kind.map(terms::entity_kind),
        role: entity.role.clone(),
        other_names: entity.other_names.clone(),
        url: entity.url.clone(),
        same_as: entity.same_as.clone(),
        tags: at.tags(&entity.meta.tags),
        draft: entity.meta.draft,
        body: at.prose(&entity.body),
        says: attributed(at, &says),
        passes_on: attributed(at, &passes_on),
        about: entity.about.iter().map(|&claim| at.claim_row(claim)).collect(),
        wrote: entity.wrote.iter().map(|&source| at.source_row(source)).collect(),
        published: entity.published.iter().map(|&source| at.source_row(source)).collect(),
        backlinks: backlinks::groups(at, &entity.meta.backlinks),
    };
    let mut page = at.page("entity", "entities", entity.name.as_str());
    page.description = entity.role.as_ref().map(|role| format!("{}: {role}", entity.name));
    at.finish(&page, "entity", &view)
}

/// The places by claim; they come in the order of the claims.
fn attributed(at: &Vantage<'_>, places: &[(ClaimIx, usize, usize)]) -> Vec<AttributedView> {
    let group = |places: &[(ClaimIx, usize, usize)]| AttributedView {
        claim: at.claim_row(places[0].0),
        appearances: places.iter().filter_map(|&(claim, n, position)| place(at, claim, n, position)).collect(),
    };
    places.chunk_by(|a, b| a.0 == b.0).map(group).collect()
}

fn place(at: &Vantage<'_>, ix: ClaimIx, n: usize, position: usize) -> Option<PlaceView> {
    let claim = at.claim(ix);
    let appearance = claim.appearances.get(n)?;
    let link = appearance.attribution.get(position);
    let id = promise::appearance_id(at.dossier, claim, appearance);
    Some(PlaceView {
        href: at.record(RecordRef::Claim(ix), Some(&id)),
        source: at.record_link(RecordRef::Source(appearance.quote.source), Some(&appearance.fragment)),
        stance: terms::stance(appearance.stance),
        named_as: link.and_then(|link| link.named_as.clone()),
        said: link.and_then(|link| link.said.as_ref()).map(dates::view),
    })
}
