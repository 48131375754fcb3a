//! Dossier → routes: the path of every page and every fragment id that it promises, before anything is rendered.
//!
//! The order of rows in lists is decided here too, once, so that each page of a long list finds its part. Nothing is
//! rendered and no text is read. The scheme of paths cannot clash with ids, because `index` and `page-N` are reserved:
//! a list's first page is `LIST/index.html` or `LIST.html`, its later ones `LIST/page-N.html`.

mod data;
#[cfg(test)]
pub(crate) mod fixture;
mod groups;
mod held;
mod ids;
mod listing;
mod paging;
mod places;
pub(crate) mod promise;
mod reach;
mod sitemap;
mod sizes;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::diag::{Diagnostic, Severity};
use crate::dossier::parts::{Part, note};
use crate::dossier::{ClaimIx, Dossier, Entity, EntityIx, QuotedBy, RatingIx, RecordRef, SourceIx, TagIx};
use crate::ids::RecordKind;
use crate::site::SitePath;
use groups::Groups;
use held::Held;
use ids::Ids;
use listing::Listing;
use reach::Reach;
use sizes::Sizes;

pub use data::DataFile;
pub use groups::DRAWN;
pub(crate) use paging::part_of;
pub use paging::{count, part};
pub(crate) use sizes::entity_rows;

/// The rows of a page of a list.
pub const ROWS: usize = 200;

/// The claims of a page of the matrix, which is wide.
pub const MATRIX_ROWS: usize = 50;

/// The titles of a file of titles, few enough that a row which a filter brings up costs little.
pub const TITLES: usize = 100;

/// One page. Page numbers count from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Route {
    /// A record's page; the home page too.
    Record(RecordRef),
    /// A further page of the claims and sources of an entity, from 2; the first is the record's own.
    Entity(EntityIx, usize),
    /// A page of the list of all records of a kind.
    List(RecordKind, usize),
    /// A page of the list of tags.
    Tags(usize),
    /// A page of what carries a tag.
    Tag(TagIx, usize),
    /// The scale of ratings.
    Ratings,
    /// A page of the claims with a rating; none stands for those without one.
    Rating(Option<RatingIx>, usize),
    /// A page of the timeline.
    Timeline(usize),
    /// A page of the matrix.
    Matrix(usize),
    /// A page of the map: the connected groups of claims, drawn.
    Map(usize),
    /// A page of the changes.
    Changes(usize),
    /// The page for searching, which a script fills.
    Search,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// The Atom feed of the dossier's records.
    Feed,
    /// The Atom feed of corrections and changed verdicts.
    Corrections,
    /// The Atom feed of what carries a tag.
    TagFeed(TagIx),
    /// The sitemap, or the list of its parts; only with a base address.
    Sitemap,
    /// A part of a sitemap that is too long for one file.
    SitemapPart(usize),
    /// The file for robots.
    Robots,
    /// What stands where a record was under a former id: an index into the list of redirects.
    Redirect(usize),
    /// What all records of a kind can be filtered and sorted by: data, no page.
    Facets(RecordKind),
    /// The titles of a part of the records of a kind, for what a filter brings up: data, no page.
    Titles(RecordKind, usize),
    /// Data about the whole dossier, for programs.
    Data(DataFile),
    /// The passages of a source, as Web Annotations of its page.
    Annotations(SourceIx),
}

/// Every file of the site, with what each promises.
#[derive(Clone, Debug)]
pub struct Routes {
    /// Sorted.
    pages: Vec<(Route, SitePath)>,
    /// Where among them the first source, claim, entity and essay stands if no record lacks its page.
    firsts: [usize; 4],
    /// What is at each path: a page; none for a file that is copied.
    files: FxHashMap<SitePath, Option<Route>>,
    folders: FxHashSet<String>,
    redirects: Vec<RecordRef>,
    unplaced: HashMap<SourceIx, Vec<QuotedBy>>,
    listing: Listing,
    groups: Groups,
    sizes: Sizes,
    /// The addresses of a part of the sitemap.
    sitemap_rows: usize,
    /// The ids in each record's page that other pages may link to, the records in their order.
    promises: Vec<Ids>,
    reach: Reach,
}

impl Routes {
    /// Decides every path. `statics` are the paths in the site of the files of `content/static`.
    ///
    /// What would overwrite something else is reported, and left out.
    pub fn of(dossier: &Dossier, statics: &BTreeSet<String>) -> (Self, Vec<Diagnostic>) {
        let (listing, groups) = (Listing::of(dossier), Groups::of(dossier));
        let mut routes = Self {
            pages: Vec::new(),
            firsts: places::firsts(dossier),
            files: FxHashMap::default(),
            folders: FxHashSet::default(),
            redirects: Vec::new(),
            unplaced: promise::unplaced(dossier),
            sizes: Sizes::of(dossier, &listing, &groups),
            listing,
            groups,
            sitemap_rows: sitemap::rows(dossier.config.base_url.as_deref().unwrap_or_default()),
            promises: Vec::new(),
            reach: Reach::default(),
        };
        let mut diagnostics = Vec::new();
        routes.add_records(dossier, &mut diagnostics);
        routes.add_lists(dossier, &mut diagnostics);
        routes.add_single_pages(dossier, &mut diagnostics);
        routes.add_redirects(dossier, &mut diagnostics);
        routes.add_data(dossier, &mut diagnostics);
        for path in statics {
            routes.add_static(path, &mut diagnostics);
        }
        routes.pages.sort();
        let records: Vec<RecordRef> = dossier.records().collect();
        routes.promises.resize_with(records.len(), Ids::default);
        routes.promise(dossier, &records);
        (routes, diagnostics)
    }

    /// Brings routes up to date with a dossier that has the same records, aliases, tags and settings as theirs, and the
    /// same static files. `changed` are the records that are other than they were, or whose passages are.
    ///
    /// Says whether that could be done. Where pages come or go it cannot, and the routes are of no use any more.
    pub fn keep_up(&mut self, dossier: &Dossier, changed: &[RecordRef]) -> bool {
        self.listing.keep_up(dossier, changed);
        self.groups = Groups::of(dossier);
        if self.sizes != Sizes::of(dossier, &self.listing, &self.groups) {
            return false;
        }
        let before = std::mem::replace(&mut self.unplaced, promise::unplaced(dossier));
        // Where nobody knows the places in a source, its page has ids for whoever quotes it.
        let unplaced = before.into_keys().chain(self.unplaced.keys().copied()).map(RecordRef::Source);
        let renewed: BTreeSet<RecordRef> = changed.iter().copied().chain(unplaced).collect();
        self.promise(dossier, &renewed.into_iter().collect::<Vec<_>>());
        true
    }

    /// Notes what the pages of these records promise.
    fn promise(&mut self, dossier: &Dossier, records: &[RecordRef]) {
        let promised = |&record: &RecordRef| {
            let ids = match record {
                RecordRef::Home => promise::home(dossier),
                RecordRef::Source(ix) => promise::source(dossier, ix, self.unplaced(ix)),
                other => promise::record(dossier, other),
            };
            (record, ids.into_iter().collect())
        };
        let promises: Vec<(RecordRef, Ids)> = records.par_iter().map(promised).collect();
        for (record, now) in promises {
            let at = self.usual(record);
            let Some(held) = self.promises.get_mut(at) else { continue };
            self.reach.set_places(record, held, &now);
            *held = now;
        }
    }

    /// Adds the theme's files, by their paths in the site. A file of `content/static` in the same place is an error.
    pub fn add_assets<'a>(&mut self, assets: impl IntoIterator<Item = &'a str>) -> Vec<Diagnostic> {
        let hint = "rename the file in `content/static`, or put its replacement into the theme's `static`";
        self.add_files("the theme's file", hint, assets)
    }

    /// Adds the files of the search index, by their paths in the site. A file of `content/static` in the same place is
    /// an error.
    pub fn add_index<'a>(&mut self, shards: impl IntoIterator<Item = &'a str>) -> Vec<Diagnostic> {
        self.add_files("the search index's file", "rename the file in `content/static`", shards)
    }

    fn add_files<'a>(&mut self, what: &str, hint: &str, paths: impl IntoIterator<Item = &'a str>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for path in paths {
            if let Some(reason) = self.obstacle(path) {
                let message = format!("{what} `{path}` cannot be placed: {reason}");
                diagnostics.push(error("static-overwrites", message).hint(hint));
            } else {
                self.insert(SitePath::new(path), None);
            }
        }
        diagnostics
    }

    /// All pages with their paths, in the order of [`Route`].
    pub fn pages(&self) -> &[(Route, SitePath)] {
        &self.pages
    }

    /// The record that a redirect leads to.
    pub fn redirect(&self, index: usize) -> Option<RecordRef> {
        let record = self.redirects.get(index).copied();
        record.map(Part::from).into_iter().for_each(note);
        record
    }

    /// The records of a kind on that page of their list.
    pub fn listed(&self, kind: RecordKind, page: usize) -> &[RecordRef] {
        part(self.all_listed(kind), page, ROWS)
    }

    /// All records of a kind, in the order of their list.
    pub fn all_listed(&self, kind: RecordKind) -> &[RecordRef] {
        note(Held::Listed(kind).part());
        self.listing.records(kind)
    }

    /// Where a record stands in the list of its kind, from 0; the home page stands in none.
    pub fn position(&self, record: RecordRef) -> usize {
        note(Held::Listed(record.kind()).part());
        self.listing.position(record)
    }

    /// How many pages the list of a kind has.
    pub fn list_pages(&self, kind: RecordKind) -> usize {
        count(self.listing.records(kind).len(), ROWS)
    }

    /// All claims with that rating, or without one.
    pub fn rated(&self, rating: Option<RatingIx>) -> &[ClaimIx] {
        note(Held::Rated.part());
        self.listing.rated(rating)
    }

    /// The connected groups of claims that a page of the map draws, the largest first, and how many groups come before
    /// them.
    pub fn mapped_groups(&self, page: usize) -> (usize, &[Vec<ClaimIx>]) {
        note(Held::Groups.part());
        self.groups.page(page)
    }

    /// How many pages the map has.
    pub fn map_pages(&self) -> usize {
        self.groups.pages()
    }

    /// How many groups the map draws, and how many claims stand under no relation and so in none.
    pub fn map_counts(&self) -> (usize, usize) {
        note(Held::Groups.part());
        (self.groups.count(), self.groups.alone())
    }

    /// The quotations of a source without text, whose place nobody knows.
    pub fn unplaced(&self, source: SourceIx) -> &[QuotedBy] {
        note(Held::Unplaced.part());
        self.unplaced.get(&source).map_or(&[], Vec::as_slice)
    }

    fn add_records(&mut self, dossier: &Dossier, diagnostics: &mut Vec<Diagnostic>) {
        self.add(Route::Record(RecordRef::Home), "index.html".to_owned(), diagnostics);
        for kind in [RecordKind::Source, RecordKind::Claim, RecordKind::Entity, RecordKind::Commentary] {
            for &record in &self.listing.records(kind).to_vec() {
                let Some(id) = dossier.meta(record).map(|meta| &meta.id) else { continue };
                self.add(Route::Record(record), format!("{}/{id}.html", kind.folder()), diagnostics);
                let RecordRef::Entity(ix) = record else { continue };
                for page in 2..=self.sizes.entities[ix.index()] {
                    let path = format!("{}/{id}/page-{page}.html", kind.folder());
                    self.add(Route::Entity(ix, page), path, diagnostics);
                }
            }
        }
    }

    fn add_lists(&mut self, dossier: &Dossier, diagnostics: &mut Vec<Diagnostic>) {
        for kind in [RecordKind::Source, RecordKind::Claim, RecordKind::Entity, RecordKind::Commentary] {
            let first = format!("{}/index.html", kind.folder());
            self.add_paged(self.list_pages(kind), &first, kind.folder(), |n| Route::List(kind, n), diagnostics);
            self.add_list_data(kind, diagnostics);
        }
        self.add_paged(count(dossier.tags.len(), ROWS), "tags/index.html", "tags", Route::Tags, diagnostics);
        for (n, tag) in (0u32..).zip(&dossier.tags) {
            let (first, folder) = (format!("tags/{}.html", tag.name), format!("tags/{}", tag.name));
            let pages = count(tag.records.len(), ROWS);
            self.add_paged(pages, &first, &folder, |page| Route::Tag(TagIx(n), page), diagnostics);
            self.add(Route::TagFeed(TagIx(n)), format!("tags/{}.xml", tag.name), diagnostics);
        }
        self.add(Route::Ratings, "ratings/index.html".to_owned(), diagnostics);
        let unrated = unrated_name(dossier);
        let ratings = (0u32..).zip(&dossier.config.ratings).map(|(n, rating)| (Some(RatingIx(n)), rating.id.clone()));
        let Sizes { ratings: rated, timeline, matrix, map, changes, .. } = self.sizes.clone();
        for ((rating, name), pages) in ratings.chain([(None, unrated)]).zip(rated) {
            let (first, folder) = (format!("ratings/{name}.html"), format!("ratings/{name}"));
            self.add_paged(pages, &first, &folder, |page| Route::Rating(rating, page), diagnostics);
        }
        self.add_paged(timeline, "timeline.html", "timeline", Route::Timeline, diagnostics);
        self.add_paged(matrix, "matrix.html", "matrix", Route::Matrix, diagnostics);
        self.add_paged(map, "map.html", "map", Route::Map, diagnostics);
        self.add_paged(changes, "changes.html", "changes", Route::Changes, diagnostics);
    }

    /// Adds what the filters of a kind's lists work on; nothing where there is nothing to filter.
    fn add_list_data(&mut self, kind: RecordKind, diagnostics: &mut Vec<Diagnostic>) {
        let (folder, records) = (kind.folder(), self.all_listed(kind).len());
        if records == 0 {
            return;
        }
        self.add(Route::Facets(kind), format!("lists/{folder}.js"), diagnostics);
        for part in 1..=count(records, TITLES) {
            self.add(Route::Titles(kind, part), format!("lists/{folder}-{part}.js"), diagnostics);
        }
    }

    fn add_single_pages(&mut self, dossier: &Dossier, diagnostics: &mut Vec<Diagnostic>) {
        self.add(Route::Search, "search.html".to_owned(), diagnostics);
        self.add(Route::NotFound, "404.html".to_owned(), diagnostics);
        self.add(Route::Feed, "feed.xml".to_owned(), diagnostics);
        self.add(Route::Corrections, "corrections.xml".to_owned(), diagnostics);
        self.add(Route::Robots, "robots.txt".to_owned(), diagnostics);
        if dossier.config.base_url.is_some() {
            self.add(Route::Sitemap, "sitemap.xml".to_owned(), diagnostics);
            let parts = count(self.mapped().count(), self.sitemap_rows);
            for part in (1..=parts).filter(|_| parts > 1) {
                self.add(Route::SitemapPart(part), format!("sitemap-{part}.xml"), diagnostics);
            }
        }
    }

    fn add_redirects(&mut self, dossier: &Dossier, diagnostics: &mut Vec<Diagnostic>) {
        for kind in [RecordKind::Source, RecordKind::Claim, RecordKind::Entity, RecordKind::Commentary] {
            for &record in &self.listing.records(kind).to_vec() {
                for alias in dossier.meta(record).map_or(&[][..], |meta| &meta.aliases) {
                    let route = Route::Redirect(self.redirects.len());
                    self.redirects.push(record);
                    self.add(route, format!("{}/{alias}.html", kind.folder()), diagnostics);
                }
            }
        }
    }

    fn add_static(&mut self, path: &str, diagnostics: &mut Vec<Diagnostic>) {
        // Many disks take `Index.html` for `index.html`.
        let lower = path.to_lowercase();
        let twin = self.files.get_key_value(lower.as_str()).filter(|(_, route)| lower != path && route.is_some());
        let twin = twin.map(|(page, _)| format!("only letter case tells it from the page `{page}`"));
        if let Some(reason) = self.obstacle(path).or(twin) {
            diagnostics.push(
                error("static-overwrites", format!("`content/static/{path}` cannot be copied: {reason}"))
                    .hint("rename the file, or put it into a folder of its own"),
            );
        } else {
            self.insert(SitePath::new(path), None);
        }
    }

    /// Adds `pages` pages of a list: the first at `first`, the later ones in `folder`.
    fn add_paged(
        &mut self,
        pages: usize,
        first: &str,
        folder: &str,
        route: impl Fn(usize) -> Route,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        self.add(route(1), first.to_owned(), diagnostics);
        for page in 2..=pages {
            self.add(route(page), format!("{folder}/page-{page}.html"), diagnostics);
        }
    }

    fn add(&mut self, route: Route, path: String, diagnostics: &mut Vec<Diagnostic>) {
        if let Some(reason) = self.obstacle(&path) {
            diagnostics.push(
                error("page-overwrites", format!("the page `{path}` cannot be made: {reason}"))
                    .hint("rename the record, alias, tag or rating that the page is named after"),
            );
            return;
        }
        let path = SitePath::new(path);
        self.pages.push((route, path.clone()));
        self.insert(path, Some(route));
    }

    fn insert(&mut self, path: SitePath, route: Option<Route>) {
        let text = path.as_str();
        for (slash, _) in text.match_indices('/') {
            if !self.folders.contains(&text[..slash]) {
                self.folders.insert(text[..slash].to_owned());
            }
        }
        let record = match route {
            Some(Route::Record(record)) => Some(record),
            _ => None,
        };
        self.reach.add_file(path.as_str(), record);
        self.files.insert(path, route);
    }

    /// Why no file can be put at `path`.
    fn obstacle(&self, path: &str) -> Option<String> {
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Some("that is no path inside the site".to_owned());
        }
        if let Some(route) = self.files.get(path) {
            let what = if route.is_some() { "a page" } else { "another file" };
            return Some(format!("it would overwrite {what} of the site"));
        }
        if self.folders.contains(path) {
            return Some("the site has a folder of that name".to_owned());
        }
        path.match_indices('/')
            .map(|(slash, _)| &path[..slash])
            .find(|folder| self.files.contains_key(*folder))
            .map(|file| format!("`{file}` is a file, so nothing can be in it"))
    }
}

/// The claims that an entity makes, or passes on: a group a claim, in the order of the claims.
pub(crate) fn attributed(entity: &Entity, speaks: bool) -> Vec<Vec<(ClaimIx, usize, usize)>> {
    let places: Vec<_> =
        entity.attributed.iter().filter(|(_, _, position)| (*position == 0) == speaks).copied().collect();
    places.chunk_by(|a, b| a.0 == b.0).map(<[_]>::to_vec).collect()
}

/// The name of the page of claims without a rating: `not-rated`, unless a rating has that id.
pub(crate) fn unrated_name(dossier: &Dossier) -> String {
    let taken = |name: &str| dossier.config.ratings.iter().any(|rating| rating.id == name);
    let mut name = "not-rated".to_owned();
    while taken(&name) {
        name.push_str("-yet");
    }
    name
}

fn error(code: &'static str, message: String) -> Diagnostic {
    Diagnostic::new(Severity::Error, code, None, message)
}
