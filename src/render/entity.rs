//! An entity's page: what it says and passes on, what is claimed about it, what it wrote and published.
//!
//! Its lists are paged together, as if they were one; a further page has the rest of them and nothing else.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{ClaimIx, EntityIx, RecordRef};
use crate::render::dates::{self, DateView};
use crate::render::html::Html;
use crate::render::lists::numbered;
use crate::render::vantage::Vantage;
use crate::render::view::{BacklinkGroup, ClaimRow, Pager, RecordLink, SourceRow, TagLink, TermView};
use crate::render::{backlinks, terms};
use crate::route::{self, ROWS, Route, promise};

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
    pager: Option<Pager>,
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

pub(super) fn render(at: &Vantage<'_>, ix: EntityIx, page: usize) -> Result<String, Diagnostic> {
    let entity = at.entity(ix);
    let first = page == 1;
    let mut window = Window::of_page(page);
    let attributed = |groups: &[Vec<(ClaimIx, usize, usize)>]| groups.iter().map(|group| view(at, group)).collect();
    let view = EntityView {
        name: entity.name.clone(),
        kind: entity.kind.map(terms::entity_kind),
        role: entity.role.clone(),
        other_names: if first { entity.other_names.clone() } else { Vec::new() },
        url: entity.url.clone().filter(|_| first),
        same_as: if first { entity.same_as.clone() } else { Vec::new() },
        tags: if first { at.tags(&entity.meta.tags) } else { Vec::new() },
        draft: entity.meta.draft,
        body: if first { at.prose(&entity.body) } else { None },
        says: attributed(window.take(&route::attributed(entity, true))),
        passes_on: attributed(window.take(&route::attributed(entity, false))),
        about: window.take(&entity.about).iter().map(|&claim| at.claim_row(claim)).collect(),
        wrote: window.take(&entity.wrote).iter().map(|&source| at.source_row(source)).collect(),
        published: window.take(&entity.published).iter().map(|&source| at.source_row(source)).collect(),
        backlinks: if first { backlinks::groups(at, &entity.meta.backlinks) } else { Vec::new() },
        pager: at.pager(page, route::count(route::entity_rows(entity), ROWS), |page| match page {
            1 => Route::Record(RecordRef::Entity(ix)),
            page => Route::Entity(ix, page),
        }),
    };
    let mut page = at.page("entity", "entities", numbered(&entity.name, page));
    page.description = entity.role.as_ref().map(|role| format!("{}: {role}", entity.name));
    at.finish(&page, "entity", &view)
}

/// The part of several lists, laid end to end, that stands on one page.
struct Window {
    /// How many rows are still on the pages before.
    skip: usize,
    /// How many rows the page still takes.
    room: usize,
}

impl Window {
    fn of_page(page: usize) -> Self {
        Self { skip: page.saturating_sub(1).saturating_mul(ROWS), room: ROWS }
    }

    /// The rows of the next list that are on the page.
    fn take<'a, T>(&mut self, rows: &'a [T]) -> &'a [T] {
        let start = self.skip.min(rows.len());
        let end = rows.len().min(start + self.room);
        self.skip -= start;
        self.room -= end - start;
        &rows[start..end]
    }
}

/// The places of one claim, of which there is at least one.
fn view(at: &Vantage<'_>, places: &[(ClaimIx, usize, usize)]) -> AttributedView {
    AttributedView {
        claim: at.claim_row(places[0].0),
        appearances: places.iter().filter_map(|&(claim, n, position)| place(at, claim, n, position)).collect(),
    }
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
