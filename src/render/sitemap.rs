//! The sitemap and its parts (sitemaps.org, version 0.9).

use crate::dossier::Dossier;
use crate::render::escape::escape_xml;
use crate::render::stamps;
use crate::render::vantage::address;
use crate::route::{Route, Routes};

/// The namespace of sitemaps.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The sitemap, or the list of its parts where it has more than one.
pub(super) fn sitemap(dossier: &Dossier, routes: &Routes) -> String {
    let parts = (1..).map_while(|part| routes.path(Route::SitemapPart(part)));
    let base = dossier.config.base_url.as_deref().unwrap_or_default();
    let listed: String =
        parts.map(|path| format!("  <sitemap><loc>{}</loc></sitemap>\n", escape_xml(&address(base, path)))).collect();
    if listed.is_empty() {
        return part(dossier, routes, 1);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"{NAMESPACE}\">\n{listed}</sitemapindex>\n"
    )
}

/// A part of the sitemap, from 1: every page that a reader would look for, with its record's newest date.
pub(super) fn part(dossier: &Dossier, routes: &Routes, part: usize) -> String {
    let base = dossier.config.base_url.as_deref().unwrap_or_default();
    let rows = routes.sitemap_rows();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.push_str(&format!("<urlset xmlns=\"{NAMESPACE}\">\n"));
    for (route, path) in routes.mapped().skip((part - 1) * rows).take(rows) {
        xml.push_str(&format!("  <url><loc>{}</loc>", escape_xml(&address(base, path))));
        let stamps = match route {
            Route::Record(record) => stamps::of(dossier, *record),
            _ => None,
        };
        if let Some(stamps) = stamps {
            xml.push_str(&format!("<lastmod>{}</lastmod>", stamps.newest));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}
