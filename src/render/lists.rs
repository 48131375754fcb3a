//! The lists: all records of a kind, tags, ratings, and what carries each.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{Claim, RatingIx, RecordRef, TagIx};
use crate::ids::RecordKind;
use crate::render::filters::{self, FiltersView};
use crate::render::pieces::{Made, Of, Piece};
use crate::render::vantage::{Vantage, kind_heading};
use crate::render::view::Pager;
use crate::render::{description, saying, terms};
use crate::route::{DataFile, ROWS, Route, count, part};

#[derive(Serialize)]
struct ListView {
    title: String,
    total: usize,
    rows: Vec<Piece>,
    filters: Option<FiltersView>,
    pager: Option<Pager>,
}

/// A record in a list that can be filtered: what the component `listed_row` gets.
#[derive(Serialize)]
struct ListedRow {
    row: Option<Piece>,
    /// Its place in the list of all records of its kind: the kind's folder, and a number from 0.
    place: String,
    /// Of a claim.
    said: Option<SaidView>,
}

/// Who says a claim, and when.
#[derive(Serialize)]
struct SaidView {
    /// The first few who say it.
    by: Vec<String>,
    /// How many more do.
    others: usize,
    /// When it was first said.
    first: Option<Piece>,
    /// In how many sources it stands.
    sources: usize,
}

#[derive(Serialize)]
struct TagsView {
    tags: Vec<TagRow>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct TagRow {
    tag: Piece,
    /// How many records carry it.
    records: usize,
}

#[derive(Serialize)]
struct TagView {
    name: String,
    total: usize,
    rows: Vec<Piece>,
    filters: Option<FiltersView>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct RatingsView {
    /// All claims.
    total: usize,
    ratings: Vec<RatingRow>,
}

#[derive(Serialize)]
struct RatingRow {
    rating: Piece,
    meaning: String,
    /// How many claims have it.
    claims: usize,
}

#[derive(Serialize)]
struct RatedView {
    rating: Piece,
    meaning: String,
    total: usize,
    rows: Vec<Piece>,
    filters: Option<FiltersView>,
    pager: Option<Pager>,
}

/// How many of those who say a claim a row names.
const SPEAKERS: usize = 3;

/// What is said of claims without a verdict.
const NOT_RATED: &str = "Nobody has given a verdict yet.";

pub(super) fn records(at: &Vantage<'_>, kind: RecordKind, page: usize) -> Result<Vec<u8>, Diagnostic> {
    let view = ListView {
        title: kind_heading(kind).to_owned(),
        total: at.routes.all_listed(kind).len(),
        filters: filters::of_kind(at, kind),
        rows: rows(at, at.routes.listed(kind, page).iter().copied()),
        pager: at.pager(page, at.routes.list_pages(kind), |n| Route::List(kind, n)),
    };
    let description = description::list(at, kind, view.total, page);
    let mut page = at.described("list", kind.folder(), numbered(kind_heading(kind), page), description);
    page.alternates = data_of(kind).iter().map(|&file| at.data_file(file)).collect();
    at.finish(&page, "list", &view)
}

/// The files of data that say of all records of a kind what their list says, and more.
fn data_of(kind: RecordKind) -> &'static [DataFile] {
    match kind {
        RecordKind::Claim => &[DataFile::Claims],
        RecordKind::Source => &[DataFile::Bibtex, DataFile::Csl],
        RecordKind::Entity | RecordKind::Commentary | RecordKind::Home => &[],
    }
}

pub(super) fn tags(at: &Vantage<'_>, page: usize) -> Result<Vec<u8>, Diagnostic> {
    let all: Vec<TagIx> = (0u32..).map(TagIx).take(at.dossier.tags.len()).collect();
    let here = part(&all, page, ROWS);
    let tags = at.tags(here).into_iter().zip(here);
    let view = TagsView {
        tags: tags.map(|(tag, ix)| TagRow { tag, records: at.dossier.tags[ix.index()].records.len() }).collect(),
        pager: at.pager(page, count(all.len(), ROWS), Route::Tags),
    };
    let description = description::tags(at, all.len(), page);
    at.finish(&at.described("tags", "tags", numbered("Tags", page), description), "tags", &view)
}

pub(super) fn tag(at: &Vantage<'_>, ix: TagIx, page: usize) -> Result<Vec<u8>, Diagnostic> {
    let tag = &at.dossier.tags[ix.index()];
    let view = TagView {
        name: tag.name.to_string(),
        total: tag.records.len(),
        filters: filters::of_tag(at, tag.name.as_str(), &tag.records),
        rows: rows(at, part(&tag.records, page, ROWS).iter().copied()),
        pager: at.pager(page, count(tag.records.len(), ROWS), |n| Route::Tag(ix, n)),
    };
    let title = format!("Tag: {}", tag.name);
    let description = description::tag(at, tag, page);
    let mut frame = at.described("tag", "tags", numbered(&title, page), description);
    frame.feed = at.feed(Route::TagFeed(ix), title);
    at.finish(&frame, "tag", &view)
}

pub(super) fn ratings(at: &Vantage<'_>) -> Result<Vec<u8>, Diagnostic> {
    let given = (0u32..).map(RatingIx).zip(&at.dossier.config.ratings).map(|(ix, rating)| (Some(ix), &*rating.meaning));
    let row = |(rating, meaning): (Option<RatingIx>, &str)| RatingRow {
        rating: at.rating(rating),
        meaning: meaning.to_owned(),
        claims: at.routes.rated(rating).len(),
    };
    let total = at.dossier.claims.len();
    let view = RatingsView { total, ratings: given.chain([(None, NOT_RATED)]).map(row).collect() };
    at.finish(&at.page("ratings", "ratings", "Ratings"), "ratings", &view)
}

pub(super) fn rating(at: &Vantage<'_>, rating: Option<RatingIx>, page: usize) -> Result<Vec<u8>, Diagnostic> {
    let meaning = rating.and_then(|ix| at.dossier.config.ratings.get(ix.index())).map_or(NOT_RATED, |r| &r.meaning);
    let claims = at.routes.rated(rating);
    let view = RatedView {
        rating: at.rating(rating),
        meaning: meaning.to_owned(),
        total: claims.len(),
        filters: filters::of_rating(at, rating),
        rows: rows(at, part(claims, page, ROWS).iter().map(|&ix| RecordRef::Claim(ix))),
        pager: at.pager(page, count(claims.len(), ROWS), |n| Route::Rating(rating, n)),
    };
    let title = match rating {
        Some(_) => format!("Rated “{}”", at.rating_label(rating)),
        None => terms::NOT_RATED.to_owned(),
    };
    let description = description::rating(at, at.rating_label(rating), meaning, claims.len(), page);
    at.finish(&at.described("rating", "ratings", numbered(&title, page), description), "rated", &view)
}

/// The rows of a list, finished: that of all records, those of tags and those of ratings show a record alike.
fn rows(at: &Vantage<'_>, records: impl Iterator<Item = RecordRef>) -> Vec<Piece> {
    let listed = |record: RecordRef| {
        let said = match record {
            RecordRef::Claim(ix) => Some(said(at, at.claim(ix))),
            _ => None,
        };
        let place = format!("{}/{}", record.kind().folder(), at.routes.position(record));
        ListedRow { row: at.row(record), place, said }
    };
    let made = |record| Made::html(at.theme, &listed(record), "listed_row", "item");
    records.map(|record| at.piece(Of::Listed(record), || made(record))).collect()
}

fn said(at: &Vantage<'_>, claim: &Claim) -> SaidView {
    let speakers = saying::speakers(at.dossier, claim);
    SaidView {
        others: speakers.len().saturating_sub(SPEAKERS),
        by: speakers.iter().take(SPEAKERS).map(|agent| at.name(agent).to_owned()).collect(),
        first: saying::dates(at.dossier, claim).first().map(|date| at.date(date)),
        sources: saying::sources(claim).len(),
    }
}

/// A title that differs from page to page.
pub(super) fn numbered(title: &str, page: usize) -> String {
    if page == 1 { title.to_owned() } else { format!("{title}, page {page}") }
}
