//! The records of a kind → what a page's script filters and sorts their list by, whatever page of it is shown.
//!
//! Two sorts of files, each a classic script that calls `casebookList`, since a page that was opened from a folder may
//! load nothing else: a kind's facets, which are small numbers in columns with each name once; and the titles of a few
//! rows, so that showing what was found costs a few of these files. Nothing is in them that lists do not show.

mod columns;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::Date;
use crate::dossier::{Agent, Dossier, RatingIx, RecordRef, SourceIx};
use crate::ids::RecordKind;
use crate::render::saying;
use crate::render::terms;
use crate::render::vantage::{Vantage, kind_heading};
use crate::route::{TITLES, part, unrated_name};
use crate::terms::Nature;
use columns::{DatesView, Names, NamesView, column};

/// A kind's facets. Rows are in the order of the kind's list.
#[derive(Serialize)]
struct FacetsView {
    /// How many records there are.
    rows: usize,
    /// How many titles stand in a file.
    part: usize,
    /// By facet, what each number in its column means.
    names: BTreeMap<&'static str, NamesView>,
    /// By facet, the numbers of each row.
    columns: BTreeMap<&'static str, String>,
    /// What the numbers in the column `date` mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    dates: Option<DatesView>,
    /// What else to sort by: a number for each row.
    orders: BTreeMap<&'static str, Vec<usize>>,
}

/// The facets of all records of a kind, as a script.
pub(super) fn facets(at: &Vantage<'_>, kind: RecordKind) -> String {
    let records = at.routes.all_listed(kind);
    let mut view = FacetsView {
        rows: records.len(),
        part: TITLES,
        names: BTreeMap::new(),
        columns: BTreeMap::new(),
        dates: None,
        orders: BTreeMap::new(),
    };
    match kind {
        RecordKind::Claim => claims(at, records, &mut view),
        RecordKind::Source => sources(at, records, &mut view),
        RecordKind::Entity => entities(at, records, &mut view),
        RecordKind::Commentary => commentary(at, records, &mut view),
        RecordKind::Home => {}
    }
    view.tags(at.dossier, records);
    // In a list of several kinds, the kind itself is something to choose.
    let name = (kind.folder().to_owned(), kind_heading(kind).to_owned());
    view.names.insert("type", [name].into_iter().collect());
    script(kind, 0, &view)
}

/// The titles of a part of the records of a kind, from 1, as a script: for each its id, its title, and where there are
/// any a few words about it and its language.
pub(super) fn titles(at: &Vantage<'_>, kind: RecordKind, number: usize) -> String {
    let row = |&record: &RecordRef| {
        let (words, language) = beside(at, record);
        let mut row = vec![at.dossier.id_of(record), at.title(record), words, language.unwrap_or_default()];
        while row.last().is_some_and(|last| last.is_empty()) {
            row.pop();
        }
        row
    };
    let rows: Vec<_> = part(at.routes.all_listed(kind), number, TITLES).iter().map(row).collect();
    script(kind, number, &rows)
}

/// What a list says of a record besides its title and its facets; and its language, where it is not the dossier's.
fn beside<'a>(at: &Vantage<'a>, record: RecordRef) -> (&'a str, Option<&'a str>) {
    let dossier = at.dossier;
    match record {
        RecordRef::Home => ("", None),
        RecordRef::Claim(ix) => match dossier.claims[ix.index()].nature {
            Nature::Fact => ("", None),
            other => (terms::nature(other).label, None),
        },
        RecordRef::Source(ix) => {
            let language = dossier.sources[ix.index()].language.as_deref();
            ("", language.filter(|language| *language != dossier.config.language))
        }
        RecordRef::Entity(ix) => (dossier.entities[ix.index()].role.as_deref().unwrap_or_default(), None),
        RecordRef::Commentary(ix) => (dossier.commentary[ix.index()].summary.as_deref().unwrap_or_default(), None),
    }
}

fn script(kind: RecordKind, number: usize, value: &impl Serialize) -> String {
    // Views of strings, numbers and lists cannot fail to be JSON.
    let json = serde_json::to_string(value).unwrap_or_default();
    // No server or browser that guesses what a file is shall take text for markup.
    let json = json.replace('<', "\\u003c");
    format!("casebookList(\"{}\",{number},{json});\n", kind.folder())
}

fn claims(at: &Vantage<'_>, records: &[RecordRef], view: &mut FacetsView) {
    let dossier = at.dossier;
    let claims = || records.iter().filter_map(|&record| claim_of(dossier, record));
    view.add("rating", ratings(dossier), claims().map(|claim| vec![rating_number(dossier, claim.rating())]));
    let speakers: Vec<Vec<Agent>> = claims().map(|claim| saying::speakers(dossier, claim)).collect();
    view.agents("speaker", at, &speakers);
    let places = |ixs: Vec<SourceIx>| ixs.into_iter().map(|ix| at.routes.position(RecordRef::Source(ix))).collect();
    let sources = claims().map(|claim| places(saying::sources(claim)));
    let listed = at.routes.all_listed(RecordKind::Source);
    let names = listed.iter().map(|&record| (dossier.id_of(record).to_owned(), at.title(record).to_owned()));
    view.add("source", names.collect(), sources);
    view.dates(claims().map(|claim| saying::dates(dossier, claim)));
}

fn sources(at: &Vantage<'_>, records: &[RecordRef], view: &mut FacetsView) {
    let dossier = at.dossier;
    let sources = || records.iter().filter_map(|&record| source_of(dossier, record));
    // What is quoted from a source, by the claims that rest on it.
    let mut rated = vec![Vec::new(); dossier.sources.len()];
    for claim in &dossier.claims {
        for ix in saying::sources(claim) {
            rated[ix.index()].push(rating_number(dossier, claim.rating()));
        }
    }
    let of = |record: &RecordRef| match record {
        RecordRef::Source(ix) => rated[ix.index()].clone(),
        _ => Vec::new(),
    };
    view.add("rating", ratings(dossier), records.iter().map(|record| distinct(of(record))));
    view.orders.insert("claims", records.iter().map(|record| of(record).len()).collect());
    let kinds = Names::new(sources().map(|source| (source.kind.word(), terms::source_kind(source.kind).label)));
    view.add("kind", kinds.view(), sources().map(|source| kinds.numbers([source.kind.word()])));
    let by = |source: &crate::dossier::Source| distinct_agents(source.authors.iter().chain(&source.publisher));
    view.agents("by", at, &sources().map(by).collect::<Vec<_>>());
    view.dates(sources().map(|source| source.date.iter().collect()));
}

fn entities(at: &Vantage<'_>, records: &[RecordRef], view: &mut FacetsView) {
    let dossier = at.dossier;
    let entities = || {
        records.iter().filter_map(|&record| match record {
            RecordRef::Entity(ix) => dossier.entities.get(ix.index()),
            _ => None,
        })
    };
    let words = || entities().filter_map(|entity| entity.kind);
    let kinds = Names::new(words().map(|kind| (kind.word(), terms::entity_kind(kind).label)));
    view.add("kind", kinds.view(), entities().map(|entity| kinds.numbers(entity.kind.map(|kind| kind.word()))));
    let claims = |entity: &crate::dossier::Entity| {
        let named = entity.attributed.iter().map(|(claim, ..)| claim.index());
        distinct(named.chain(entity.about.iter().map(|claim| claim.index())).collect()).len()
    };
    view.orders.insert("claims", entities().map(claims).collect());
}

fn commentary(at: &Vantage<'_>, records: &[RecordRef], view: &mut FacetsView) {
    let dossier = at.dossier;
    let essays = || {
        records.iter().filter_map(|&record| match record {
            RecordRef::Commentary(ix) => dossier.commentary.get(ix.index()),
            _ => None,
        })
    };
    view.agents("by", at, &essays().map(|essay| distinct_agents(&essay.authors)).collect::<Vec<_>>());
    view.dates(essays().map(|essay| essay.date.iter().collect()));
    // The list is by date; its order by title is one of its own.
    let mut titles: Vec<(String, usize)> = essays().map(|essay| essay.title.to_lowercase()).zip(0..).collect();
    titles.sort();
    let mut places = vec![0; titles.len()];
    for (place, &(_, n)) in titles.iter().enumerate() {
        places[n] = place;
    }
    view.orders.insert("title", places);
}

impl FacetsView {
    fn add(&mut self, facet: &'static str, names: NamesView, rows: impl Iterator<Item = Vec<usize>>) {
        self.columns.insert(facet, column(rows));
        self.names.insert(facet, names);
    }

    fn agents(&mut self, facet: &'static str, at: &Vantage<'_>, rows: &[Vec<Agent>]) {
        let names = Names::new(rows.iter().flatten().map(|agent| key_and_name(at, agent)));
        let keys = |agents: &Vec<Agent>| names.numbers(agents.iter().map(|agent| key_and_name(at, agent).0));
        self.add(facet, names.view(), rows.iter().map(keys));
    }

    fn tags(&mut self, dossier: &Dossier, records: &[RecordRef]) {
        let of = |&record: &RecordRef| dossier.meta(record).map_or(&[][..], |meta| &meta.tags);
        let name = |n: usize| dossier.tags.get(n).map_or("", |tag| tag.name.as_str());
        let names = Names::new(records.iter().flat_map(of).map(|ix| (name(ix.index()), name(ix.index()))));
        self.add("tag", names.view(), records.iter().map(|r| names.numbers(of(r).iter().map(|ix| name(ix.index())))));
    }

    fn dates<'a>(&mut self, rows: impl Iterator<Item = Vec<&'a Date>>) {
        let rows: Vec<Vec<&Date>> = rows.collect();
        let (view, numbers) = columns::dates(&rows);
        self.columns.insert("date", column(numbers.into_iter()));
        self.dates = Some(view);
    }
}

/// What tells somebody from others in a filter, and what they are called.
fn key_and_name<'a>(at: &'a Vantage<'_>, agent: &'a Agent) -> (&'a str, &'a str) {
    let id = |record| at.dossier.id_of(record);
    match agent {
        Agent::Entity(ix) => (id(RecordRef::Entity(*ix)), &at.entity(*ix).name),
        Agent::Source(ix) => (id(RecordRef::Source(*ix)), &at.source(*ix).title),
        Agent::Name(name) => (name, name),
    }
}

fn claim_of(dossier: &Dossier, record: RecordRef) -> Option<&crate::dossier::Claim> {
    match record {
        RecordRef::Claim(ix) => dossier.claims.get(ix.index()),
        _ => None,
    }
}

fn source_of(dossier: &Dossier, record: RecordRef) -> Option<&crate::dossier::Source> {
    match record {
        RecordRef::Source(ix) => dossier.sources.get(ix.index()),
        _ => None,
    }
}

/// The scale, and at its end the name of what is not rated.
fn ratings(dossier: &Dossier) -> NamesView {
    let scale = dossier.config.ratings.iter().map(|rating| (rating.id.clone(), rating.label.clone()));
    scale.chain([(unrated_name(dossier), terms::NOT_RATED.to_owned())]).collect()
}

fn rating_number(dossier: &Dossier, rating: Option<RatingIx>) -> usize {
    rating.map_or(dossier.config.ratings.len(), RatingIx::index)
}

fn distinct(mut numbers: Vec<usize>) -> Vec<usize> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn distinct_agents<'a>(agents: impl IntoIterator<Item = &'a Agent>) -> Vec<Agent> {
    let mut all: Vec<Agent> = Vec::new();
    for agent in agents {
        if !all.contains(agent) {
            all.push(agent.clone());
        }
    }
    all
}
