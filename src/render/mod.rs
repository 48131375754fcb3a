//! Dossier and routes → pages. A page is a pure function of its dossier, routes, theme and route, so that all pages can
//! be rendered in parallel, or just one. Nothing here reads or writes a file.
//!
//! Each kind of page has a module that makes its view and no more; templates turn views into HTML. A view is what a
//! theme may rely on, and `docs/themes.md` describes every field.

#![allow(clippy::result_large_err, reason = "an error ends a page; it is not worth an allocation's noise at each call")]

pub mod code;
pub(crate) mod escape;
pub mod markdown;
pub mod theme;

mod article;
mod backlinks;
mod changes;
mod cite;
mod claim;
mod dates;
mod description;
mod entity;
mod essay;
mod facets;
mod feed;
mod filters;
mod home;
mod html;
mod lists;
mod matrix;
mod origins;
mod pictures;
mod pieces;
mod plain;
pub(crate) mod quotation;
mod saying;
mod sitemap;
mod source;
mod stamps;
mod surroundings;
pub(crate) mod terms;
#[cfg(test)]
mod tests;
mod timeline;
mod vantage;
mod view;

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use crate::data;
use crate::diag::{Diagnostic, Severity};
use crate::dossier::{Dossier, RecordRef};
use crate::route::{Route, Routes};
use crate::site::{Page, SitePath};
use theme::Theme;
use vantage::Vantage;

pub use pieces::Pieces;

/// A dossier on its way to pages: its routes, its theme, and what many of its pages show alike, which is kept.
pub struct Renderer<'a> {
    dossier: &'a Dossier,
    routes: &'a Routes,
    theme: &'a Theme,
    pieces: Arc<Pieces>,
}

impl<'a> Renderer<'a> {
    /// Renders nothing yet. The routes are those of the dossier.
    pub fn new(dossier: &'a Dossier, routes: &'a Routes, theme: &'a Theme) -> Self {
        Self::with(dossier, routes, theme, Arc::new(Pieces::of(dossier)))
    }

    /// The same with what another renderer of the same dossier, routes and theme has kept.
    pub fn with(dossier: &'a Dossier, routes: &'a Routes, theme: &'a Theme, pieces: Arc<Pieces>) -> Self {
        Self { dossier, routes, theme, pieces }
    }

    /// Gives back what it keeps for claims' pages alone, unless another renderer keeps that, too: when all are rendered.
    pub fn shed_claims(&mut self) {
        if let Some(pieces) = Arc::get_mut(&mut self.pieces) {
            pieces.shed_claims();
        }
    }

    /// Renders one page.
    ///
    /// # Errors
    /// What is wrong in the theme's template, with its file, line and column; and a route that the dossier does not have.
    pub fn page(&self, route: Route) -> Result<Page, Diagnostic> {
        let path = self.path(route)?;
        // Annotations are made from their source's page.
        let from = match route {
            Route::Annotations(ix) => Route::Record(RecordRef::Source(ix)),
            other => other,
        };
        let content = self.at(self.path(from)?, |at| content(at, route))?;
        Ok(Page { path: path.clone(), content })
    }

    /// Renders one page with what is made from it: a source's with its annotations, which are given with nothing else. So
    /// all routes together give every page once, and render none twice.
    ///
    /// # Errors
    /// As [`Renderer::page`].
    pub fn pages(&self, route: Route) -> Result<Vec<Page>, Diagnostic> {
        let ix = match route {
            Route::Annotations(_) => return Ok(Vec::new()),
            Route::Record(RecordRef::Source(ix)) => ix,
            other => return self.page(other).map(|page| vec![page]),
        };
        let contents = self.at(self.path(route)?, |at| source::with_annotations(at, ix))?;
        let page = |(path, content): (&SitePath, Vec<u8>)| Page { path: path.clone(), content };
        Ok(self.paths(route).into_iter().zip(contents).map(page).collect())
    }

    /// The paths of what [`Renderer::pages`] gives for a route.
    pub fn paths(&self, route: Route) -> Vec<&'a SitePath> {
        let routes = match route {
            Route::Annotations(_) => vec![],
            Route::Record(RecordRef::Source(ix)) => vec![route, Route::Annotations(ix)],
            other => vec![other],
        };
        routes.into_iter().filter_map(|route| self.routes.path(route)).collect()
    }

    fn path(&self, route: Route) -> Result<&'a SitePath, Diagnostic> {
        self.routes.path(route).ok_or_else(|| {
            let message = format!("there is no page for {route:?} in this dossier");
            Diagnostic::new(Severity::Error, "no-such-page", None, message)
        })
    }

    /// What `render` makes of what is seen from a page.
    fn at<T>(
        &self,
        path: &SitePath,
        render: impl FnOnce(&Vantage<'_>) -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        let (set_apart, failures) = (Cell::new(0), RefCell::new(Vec::new()));
        let at = Vantage {
            dossier: self.dossier,
            routes: self.routes,
            theme: self.theme,
            pieces: &self.pieces,
            path,
            root: &path.to_root(),
            of: None,
            depth: 0,
            heading_level: 2,
            set_apart: &set_apart,
            failures: &failures,
        };
        let rendered = render(&at)?;
        match failures.borrow_mut().drain(..).next() {
            Some(failure) => Err(failure),
            None => Ok(rendered),
        }
    }
}

fn content(at: &Vantage<'_>, route: Route) -> Result<Vec<u8>, Diagnostic> {
    match route {
        Route::Record(RecordRef::Home) => home::render(at),
        Route::Record(RecordRef::Source(ix)) => source::render(at, ix),
        Route::Record(RecordRef::Claim(ix)) => claim::render(at, ix),
        Route::Record(RecordRef::Entity(ix)) => entity::render(at, ix, 1),
        Route::Entity(ix, page) => entity::render(at, ix, page),
        Route::Record(RecordRef::Commentary(ix)) => essay::render(at, ix),
        Route::List(kind, page) => lists::records(at, kind, page),
        Route::Tags(page) => lists::tags(at, page),
        Route::Tag(ix, page) => lists::tag(at, ix, page),
        Route::Ratings => lists::ratings(at),
        Route::Rating(rating, page) => lists::rating(at, rating, page),
        Route::Timeline(page) => timeline::render(at, page),
        Route::Matrix(page) => matrix::render(at, page),
        Route::Map(page) => pictures::map::render(at, page),
        Route::Changes(page) => changes::render(at, page),
        Route::Search => plain::search(at),
        Route::NotFound => plain::not_found(at),
        Route::Redirect(index) => plain::redirect(at, index),
        Route::Feed => Ok(feed::records(at).into_bytes()),
        Route::Corrections => Ok(feed::corrections(at).into_bytes()),
        Route::TagFeed(ix) => Ok(feed::tag(at, ix).into_bytes()),
        Route::Sitemap => Ok(sitemap::sitemap(at.dossier, at.routes).into_bytes()),
        Route::SitemapPart(part) => Ok(sitemap::part(at.dossier, at.routes, part).into_bytes()),
        Route::Robots => Ok(plain::robots(at.dossier).into_bytes()),
        Route::Facets(kind) => Ok(facets::facets(at, kind).into_bytes()),
        Route::Titles(kind, part) => Ok(facets::titles(at, kind, part).into_bytes()),
        Route::Data(file) => Ok(data::file(at.dossier, at.routes, file).into_bytes()),
        Route::Annotations(ix) => source::with_annotations(at, ix).map(|[_, annotations]| annotations),
    }
}
