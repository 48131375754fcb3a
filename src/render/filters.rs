//! A list → the controls that filter and sort it. What they work on is data of its own, which the page's script loads
//! when a reader touches them.

use serde::Serialize;

use crate::dossier::{RatingIx, RecordRef};
use crate::ids::RecordKind;
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::route::unrated_name;

/// The filters of a list.
#[derive(Serialize)]
pub(super) struct FiltersView {
    /// The kinds of records in the list: the names of their folders, which are those of their data too.
    sets: Vec<&'static str>,
    /// What all records in the list have in common, such as `tag=diplomacy`; optional.
    fixed: Option<String>,
    /// How many records the list has.
    total: usize,
    /// The word for many of them.
    noun: &'static str,
    /// The scale, where claims in the list differ in it.
    ratings: Vec<ChoiceView>,
    /// What the ratings are of.
    rating_label: &'static str,
    /// What else to choose by.
    facets: Vec<FacetView>,
    /// What the dates are the dates of; none where the records have no dates.
    date: Option<&'static str>,
    /// What to sort by, the first being the order of the list.
    sorts: Vec<SortView>,
}

/// A rating to choose.
#[derive(Serialize)]
struct ChoiceView {
    /// What addresses call it.
    value: String,
    rating: Piece,
}

/// Something to choose one of.
#[derive(Serialize)]
struct FacetView {
    /// What data and addresses call it.
    name: &'static str,
    /// What readers see.
    label: &'static str,
    /// The words for making no choice.
    any: &'static str,
}

/// An order.
#[derive(Serialize)]
struct SortView {
    /// The name of a facet or an order of the data, with a `-` in front for the greatest first; empty for the list's own.
    value: &'static str,
    label: &'static str,
}

const SPEAKER: FacetView = FacetView { name: "speaker", label: "Said by", any: "Anyone" };
const SOURCE: FacetView = FacetView { name: "source", label: "Source", any: "Any source" };
const TAG: FacetView = FacetView { name: "tag", label: "Tag", any: "Any tag" };
const KIND: FacetView = FacetView { name: "kind", label: "Kind", any: "Any kind" };
const BY: FacetView = FacetView { name: "by", label: "Author or publisher", any: "Anyone" };

const BY_TITLE: SortView = SortView { value: "", label: "Title" };
const EARLIEST: SortView = SortView { value: "date", label: "Earliest first" };
const LATEST: SortView = SortView { value: "-date", label: "Latest first" };
const BY_RATING: SortView = SortView { value: "rating", label: "Rating" };
const BY_CLAIMS: SortView = SortView { value: "-claims", label: "Most claims" };

/// The filters of a list of all records of a kind; none where there is nothing to filter.
pub(super) fn of_kind(at: &Vantage<'_>, kind: RecordKind) -> Option<FiltersView> {
    let total = at.routes.all_listed(kind).len();
    let (facets, date, sorts) = match kind {
        RecordKind::Claim => (
            vec![SPEAKER, SOURCE, TAG],
            Some("Said"),
            vec![SortView { label: "Statement", ..BY_TITLE }, BY_RATING, EARLIEST, LATEST],
        ),
        RecordKind::Source => (vec![BY, KIND, TAG], Some("Published"), vec![BY_TITLE, EARLIEST, LATEST, BY_CLAIMS]),
        RecordKind::Entity => (vec![KIND, TAG], None, vec![SortView { label: "Name", ..BY_TITLE }, BY_CLAIMS]),
        RecordKind::Commentary => (
            vec![FacetView { label: "Author", ..BY }, TAG],
            Some("Published"),
            vec![SortView { value: "", ..LATEST }, EARLIEST, SortView { value: "title", label: "Title" }],
        ),
        RecordKind::Home => return None,
    };
    let rated = matches!(kind, RecordKind::Claim | RecordKind::Source);
    let view = FiltersView {
        sets: vec![kind.folder()],
        fixed: None,
        total,
        noun: noun(kind),
        ratings: if rated { choices(at) } else { Vec::new() },
        rating_label: if kind == RecordKind::Claim { "Rating" } else { "Has claims rated" },
        facets,
        date,
        sorts,
    };
    (total > 1).then(|| view.without_tags(at))
}

/// The filters of the claims that have a rating.
pub(super) fn of_rating(at: &Vantage<'_>, rating: Option<RatingIx>) -> Option<FiltersView> {
    let claims = of_kind(at, RecordKind::Claim)?;
    let total = at.routes.rated(rating).len();
    let value = rating.and_then(|ix| at.dossier.config.ratings.get(ix.index())).map(|rating| rating.id.clone());
    let value = value.unwrap_or_else(|| unrated_name(at.dossier));
    let sorts = vec![SortView { label: "Statement", ..BY_TITLE }, EARLIEST, LATEST];
    let fixed = Some(format!("rating={value}"));
    (total > 1).then(|| FiltersView { fixed, total, ratings: Vec::new(), sorts, ..claims })
}

/// The filters of the records that carry a tag, which may be of several kinds.
pub(super) fn of_tag(at: &Vantage<'_>, tag: &str, records: &[RecordRef]) -> Option<FiltersView> {
    // They are by kind.
    let mut kinds: Vec<RecordKind> = records.iter().map(|record| record.kind()).collect();
    kinds.dedup();
    let fixed = Some(format!("tag={tag}"));
    let total = records.len();
    if let [kind] = kinds[..] {
        let mut view = of_kind(at, kind)?;
        view.facets.retain(|facet| facet.name != TAG.name);
        return (total > 1).then_some(FiltersView { fixed, total, ..view });
    }
    let has = |kind| kinds.contains(&kind);
    let dated = [RecordKind::Claim, RecordKind::Source, RecordKind::Commentary].into_iter().any(has);
    let rated = has(RecordKind::Claim) || has(RecordKind::Source);
    let mut facets = vec![FacetView { name: "type", ..KIND }];
    facets.extend(has(RecordKind::Claim).then_some([SPEAKER, SOURCE]).into_iter().flatten());
    let mut sorts = vec![SortView { value: "", label: "Kind" }];
    sorts.extend(dated.then_some([EARLIEST, LATEST]).into_iter().flatten());
    sorts.extend(has(RecordKind::Claim).then_some(BY_RATING));
    let view = FiltersView {
        sets: kinds.iter().map(|kind| kind.folder()).collect(),
        fixed,
        total,
        noun: "records",
        ratings: if rated { choices(at) } else { Vec::new() },
        rating_label: "Rating",
        facets,
        date: dated.then_some("Said or published"),
        sorts,
    };
    (total > 1).then_some(view)
}

impl FiltersView {
    /// Where nothing has a tag there is none to choose.
    fn without_tags(mut self, at: &Vantage<'_>) -> Self {
        if at.dossier.tags.is_empty() {
            self.facets.retain(|facet| facet.name != TAG.name);
        }
        self
    }
}

fn choices(at: &Vantage<'_>) -> Vec<ChoiceView> {
    let scale = (0u32..).map(RatingIx).zip(&at.dossier.config.ratings);
    let choice = |(ix, rating): (RatingIx, &crate::config::Rating)| ChoiceView {
        value: rating.id.clone(),
        rating: at.rating(Some(ix)),
    };
    let unrated = ChoiceView { value: unrated_name(at.dossier), rating: at.rating(None) };
    scale.map(choice).chain([unrated]).collect()
}

fn noun(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Source => "sources",
        RecordKind::Claim => "claims",
        RecordKind::Entity => "people, places, organisations",
        RecordKind::Commentary => "essays",
        RecordKind::Home => "records",
    }
}
