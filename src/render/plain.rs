//! The pages without a record: search, the one for addresses that lead nowhere, redirects, and the file for robots.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{Dossier, RecordRef};
use crate::ids::RecordKind;
use crate::render::vantage::{Vantage, kind_heading};
use crate::route::Route;

#[derive(Serialize)]
struct NotFoundView<'a> {
    /// The home page's address, where the dossier has a base address.
    home: Option<&'a str>,
}

#[derive(Serialize)]
struct SearchView {
    /// What there is to go through without a script.
    lists: Vec<ListLink>,
}

#[derive(Serialize)]
struct ListLink {
    label: &'static str,
    href: String,
}

#[derive(Serialize)]
struct RedirectView {
    href: String,
    title: String,
}

pub(super) fn not_found(at: &Vantage<'_>) -> Result<Vec<u8>, Diagnostic> {
    let mut page = at.page("404", "", "Page not found");
    page.canonical = None;
    at.finish(&page, "not_found", &NotFoundView { home: at.dossier.config.base_url.as_deref() })
}

pub(super) fn search(at: &Vantage<'_>) -> Result<Vec<u8>, Diagnostic> {
    let kinds = [RecordKind::Claim, RecordKind::Source, RecordKind::Entity, RecordKind::Commentary];
    let kinds = kinds.map(|kind| (kind_heading(kind), Route::List(kind, 1)));
    let others = [("Tags", Route::Tags(1)), ("Ratings", Route::Ratings), ("Timeline", Route::Timeline(1))];
    let link = |(label, route)| ListLink { label, href: at.route(route) };
    let view = SearchView { lists: kinds.into_iter().chain(others).map(link).collect() };
    at.finish(&at.page("search", "search", "Search"), "search", &view)
}

pub(super) fn redirect(at: &Vantage<'_>, index: usize) -> Result<Vec<u8>, Diagnostic> {
    let record = at.routes.redirect(index).unwrap_or(RecordRef::Home);
    let title = at.title(record).to_owned();
    let mut page = at.page("redirect", "", title.as_str());
    let base = at.dossier.config.base_url.as_ref();
    page.canonical = base.zip(at.routes.record(record)).map(|(base, path)| super::vantage::address(base, path));
    at.finish(&page, "redirect", &RedirectView { href: at.record(record, None), title })
}

/// The Robots Exclusion Protocol (RFC 9309): everything may be read.
pub(super) fn robots(dossier: &Dossier) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = &dossier.config.base_url {
        text.push_str(&format!("\nSitemap: {base}sitemap.xml\n"));
    }
    text
}
