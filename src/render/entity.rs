//! An entity's page: what it says and passes on, how that is rated, what is claimed about it, what it wrote and published.
//!
//! Its lists are paged together, as if they were one; a further page has the rest of them and nothing else.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{Agent, ClaimIx, EntityIx, RatingIx, RecordRef};
use crate::files::Slice;
use crate::render::html::Html;
use crate::render::lists::numbered;
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::render::view::{BacklinkGroup, Pager, TermView};
use crate::render::{backlinks, description, quotation, terms};
use crate::route::{self, ROWS, Route, promise};
use crate::terms::Stance;

/// How many words of a quotation name its place.
const WORDS: usize = 16;

#[derive(Serialize)]
struct EntityView {
    name: String,
    kind: Option<TermView>,
    role: Option<String>,
    other_names: Vec<Slice>,
    url: Option<String>,
    same_as: Vec<Slice>,
    tags: Vec<Piece>,
    draft: bool,
    body: Option<Html>,
    counts: CountsView,
    /// How the claims that it makes are rated, in the order of the scale.
    rated: Vec<RatedView>,
    /// Where a chain starts with it.
    says: Vec<AttributedView>,
    /// Where a chain passes through it.
    passes_on: Vec<AttributedView>,
    about: Vec<Piece>,
    wrote: Vec<Piece>,
    published: Vec<Piece>,
    backlinks: Vec<BacklinkGroup>,
    pager: Option<Pager>,
}

/// How long its lists are on all pages together.
#[derive(Serialize)]
struct CountsView {
    says: usize,
    passes_on: usize,
    about: usize,
    wrote: usize,
    published: usize,
}

/// So many of the claims that it makes have a rating.
#[derive(Serialize)]
struct RatedView {
    rating: Piece,
    claims: usize,
}

/// A claim that it makes or passes on, with the places.
#[derive(Serialize)]
struct AttributedView {
    claim: Piece,
    places: Vec<PlaceView>,
}

/// A source, with what it has the entity say there.
#[derive(Serialize)]
struct PlaceView {
    source: Piece,
    appearances: Vec<WordsView>,
}

#[derive(Serialize)]
struct WordsView {
    /// The appearance in the claim's page.
    href: String,
    /// The quotation's first words.
    words: String,
    stance: TermView,
    named_as: Option<String>,
    said: Option<Piece>,
}

pub(super) fn render(at: &Vantage<'_>, ix: EntityIx, page: usize) -> Result<Vec<u8>, Diagnostic> {
    let entity = at.entity(ix);
    let first = page == 1;
    let mut window = Window::of_page(page);
    let attributed = |groups: &[Vec<(ClaimIx, usize, usize)>]| groups.iter().map(|group| view(at, group)).collect();
    let (says, passes_on) = (route::attributed(entity, true), route::attributed(entity, false));
    let counts = CountsView {
        says: says.len(),
        passes_on: passes_on.len(),
        about: entity.about.len(),
        wrote: entity.wrote.len(),
        published: entity.published.len(),
    };
    let described = [(counts.says, "made"), (counts.passes_on, "passed on"), (counts.about, "about it")];
    let description = description::entity(at, entity, &described, page);
    let view = EntityView {
        name: entity.name.to_string(),
        kind: entity.kind.map(terms::entity_kind),
        role: entity.role.clone().map(String::from),
        other_names: if first { entity.other_names.clone() } else { Vec::new() },
        url: entity.url.clone().map(String::from).filter(|_| first),
        same_as: if first { entity.same_as.clone() } else { Vec::new() },
        tags: if first { at.tags(&entity.meta.tags) } else { Vec::new() },
        draft: entity.meta.draft,
        body: if first { at.prose(&entity.body) } else { None },
        counts,
        rated: if first { rated(at, &says) } else { Vec::new() },
        says: attributed(window.take(&says)),
        passes_on: attributed(window.take(&passes_on)),
        about: window.take(&entity.about).iter().map(|&claim| at.claim_row(claim)).collect(),
        wrote: window.take(&entity.wrote).iter().map(|&source| at.source_row(source)).collect(),
        published: window.take(&entity.published).iter().map(|&source| at.source_row(source)).collect(),
        backlinks: if first { backlinks::groups(at, &entity.meta.backlinks) } else { Vec::new() },
        pager: at.pager(page, route::count(route::entity_rows(entity), ROWS), |page| match page {
            1 => Route::Record(RecordRef::Entity(ix)),
            page => Route::Entity(ix, page),
        }),
    };
    at.finish(&at.described("entity", "entities", numbered(&entity.name, page), description), "entity", &view)
}

/// How many of the claims that it asserts have each rating; those that are not rated come last.
fn rated(at: &Vantage<'_>, claims: &[Vec<(ClaimIx, usize, usize)>]) -> Vec<RatedView> {
    let asserts = |&(ix, n, _): &(ClaimIx, usize, usize)| {
        at.claim(ix).appearances.get(n).is_some_and(|appearance| appearance.stance == Stance::Asserts)
    };
    let mut counts: BTreeMap<(bool, Option<RatingIx>), usize> = BTreeMap::new();
    for (ix, ..) in claims.iter().filter_map(|group| group.iter().find(|place| asserts(place))) {
        let rating = at.claim(*ix).rating();
        *counts.entry((rating.is_none(), rating)).or_default() += 1;
    }
    counts.into_iter().map(|((_, rating), claims)| RatedView { rating: at.rating(rating), claims }).collect()
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

/// The places of one claim, of which there is at least one, by source.
fn view(at: &Vantage<'_>, places: &[(ClaimIx, usize, usize)]) -> AttributedView {
    let claim = at.claim(places[0].0);
    let source = |place: &(ClaimIx, usize, usize)| claim.appearances.get(place.1).map(|made| made.quote.source);
    let place = |places: &[(ClaimIx, usize, usize)]| {
        let ix = source(&places[0])?;
        Some(PlaceView {
            source: at.source_row(ix),
            appearances: places.iter().filter_map(|&(claim, n, position)| words(at, claim, n, position)).collect(),
        })
    };
    AttributedView {
        claim: at.claim_row(places[0].0),
        places: places.chunk_by(|a, b| source(a) == source(b)).filter_map(place).collect(),
    }
}

fn words(at: &Vantage<'_>, ix: ClaimIx, n: usize, position: usize) -> Option<WordsView> {
    let claim = at.claim(ix);
    let appearance = claim.appearances.get(n)?;
    let link = appearance.attribution.get(position);
    let id = promise::appearance_id(at.dossier, claim, appearance);
    let words = quotation::words(&appearance.quote, at.source(appearance.quote.source));
    let own = |name: &&Slice| match link.map(|link| &link.who) {
        Some(Agent::Entity(entity)) => at.entity(*entity).name != **name,
        _ => true,
    };
    Some(WordsView {
        href: at.record(RecordRef::Claim(ix), Some(&id)),
        words: quotation::opening(&words, WORDS),
        stance: terms::stance(appearance.stance),
        named_as: link.and_then(|link| link.named_as.as_ref()).filter(own).cloned().map(String::from),
        said: link.and_then(|link| link.said.as_ref()).map(|date| at.date(date)),
    })
}
