//! The Atom feed (RFC 4287) of the changes, and the sitemap (sitemaps.org, version 0.9).
//!
//! Both depend on the records' own dates alone, never on the clock.

use crate::date::{Date, Day};
use crate::dossier::{Change, Dossier, Occasion, RecordRef};
use crate::ids::slug;
use crate::render::changes;
use crate::render::html::encode;
use crate::render::vantage::{Vantage, address};
use crate::route::{Route, Routes, SITEMAP_ROWS};

/// How many changes the feed has.
const ENTRIES: usize = 50;

/// The namespace of sitemaps.
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The feed.
pub(super) fn feed(at: &Vantage<'_>) -> String {
    let config = &at.dossier.config;
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    xml.push_str(&format!(" xml:lang=\"{}\">\n", escape(&config.language)));
    element(&mut xml, 1, "title", &config.title);
    if let Some(description) = &config.description {
        element(&mut xml, 1, "subtitle", description);
    }
    element(&mut xml, 1, "id", &identifier(at.dossier, "", None));
    element(&mut xml, 1, "updated", &moment(newest(at.dossier)));
    let author = config.publisher.as_ref().unwrap_or(&config.title);
    xml.push_str(&format!("  <author><name>{}</name></author>\n", escape(author)));
    if let Some(licence) = &config.licence {
        element(&mut xml, 1, "rights", licence);
    }
    element(&mut xml, 1, "generator", "Casebook");
    if let Some(base) = &config.base_url {
        xml.push_str(&format!("  <link rel=\"self\" href=\"{}feed.xml\"/>\n", escape(base)));
    }
    let home = absolute(at, "index.html", None);
    xml.push_str(&format!("  <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", escape(&home)));
    for change in at.dossier.changes.iter().take(ENTRIES) {
        entry(at, change, &mut xml);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(at: &Vantage<'_>, change: &Change, xml: &mut String) {
    let Some((record, fragment)) = changes::place(at, change.what) else { return };
    let Some(path) = at.routes.record(record) else { return };
    let (title, summary) = words(at, change.what, record);
    xml.push_str("  <entry>\n");
    element(xml, 2, "title", &title);
    element(xml, 2, "id", &identifier(at.dossier, path.as_str(), fragment.as_deref()));
    element(xml, 2, "updated", &moment(day(&change.date)));
    let href = absolute(at, path.as_str(), fragment.as_deref());
    xml.push_str(&format!("    <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", escape(&href)));
    element(xml, 2, "summary", &summary);
    xml.push_str("  </entry>\n");
}

/// An entry's title and summary.
fn words(at: &Vantage<'_>, what: Occasion, record: RecordRef) -> (String, String) {
    let title = at.title(record).to_owned();
    match what {
        Occasion::Rated(ix, n) => {
            let rating = at.rating_label(at.claim(ix).verdicts.get(n).map(|verdict| verdict.rating));
            (format!("Rated “{}”: {}", rating, at.claim(ix).short), title)
        }
        Occasion::Corrected(ix, _) => (format!("Corrected: {}", at.claim(ix).short), title),
        Occasion::Essay(ix) => {
            let summary = at.dossier.commentary[ix.index()].summary.clone();
            (title.clone(), summary.unwrap_or(title))
        }
        other => (format!("{}: {title}", changes::kind(other).1), title),
    }
}

/// The sitemap, or the list of its parts where it has more than one.
pub(super) fn sitemap(dossier: &Dossier, routes: &Routes) -> String {
    let parts = (1..).map_while(|part| routes.path(Route::SitemapPart(part)));
    let base = dossier.config.base_url.as_deref().unwrap_or_default();
    let listed: String =
        parts.map(|path| format!("  <sitemap><loc>{}</loc></sitemap>\n", escape(&address(base, path)))).collect();
    if listed.is_empty() {
        return sitemap_part(dossier, routes, 1);
    }
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"{SITEMAP}\">\n{listed}</sitemapindex>\n")
}

/// A part of the sitemap, from 1: every page that a reader would look for, with its record's newest date.
pub(super) fn sitemap_part(dossier: &Dossier, routes: &Routes, part: usize) -> String {
    let base = dossier.config.base_url.as_deref().unwrap_or_default();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.push_str(&format!("<urlset xmlns=\"{SITEMAP}\">\n"));
    for (route, path) in routes.mapped().skip((part - 1) * SITEMAP_ROWS).take(SITEMAP_ROWS) {
        xml.push_str(&format!("  <url><loc>{}</loc>", escape(&address(base, path))));
        let newest = match route {
            Route::Record(record) => last_change(dossier, *record).filter(|day| (0..=9999).contains(&day.year)),
            _ => None,
        };
        if let Some(day) = newest {
            xml.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// A record's newest date.
fn last_change(dossier: &Dossier, record: RecordRef) -> Option<Day> {
    match record {
        RecordRef::Home | RecordRef::Entity(_) => None,
        RecordRef::Source(ix) => {
            let source = &dossier.sources[ix.index()];
            let retrieved = source.capture.as_ref().and_then(|capture| capture.retrieved.as_ref());
            source.date.iter().chain(retrieved).filter_map(day).max()
        }
        RecordRef::Claim(ix) => {
            let claim = &dossier.claims[ix.index()];
            let verdicts = claim.verdicts.iter().filter_map(|verdict| verdict.date.as_ref());
            verdicts.chain(claim.corrections.iter().map(|correction| &correction.date)).filter_map(day).max()
        }
        RecordRef::Commentary(ix) => {
            let essay = &dossier.commentary[ix.index()];
            essay.date.iter().chain(&essay.updated).filter_map(day).max()
        }
    }
}

/// The newest date of what the feed tells of.
fn newest(dossier: &Dossier) -> Option<Day> {
    dossier.changes.iter().take(ENTRIES).filter_map(|change| day(&change.date)).max()
}

/// The day that a date stands for where one day is needed: its last, else its first.
fn day(date: &Date) -> Option<Day> {
    date.latest.or(date.earliest)
}

/// A day as RFC 3339 has it; a feed without dates takes the first one that computers count.
fn moment(day: Option<Day>) -> String {
    let day = day.filter(|day| (0..=9999).contains(&day.year)).unwrap_or(Day { year: 1970, month: 1, day: 1 });
    format!("{day}T00:00:00Z")
}

/// An address for a place in the site: absolute with a base address, else relative to the feed.
fn absolute(at: &Vantage<'_>, path: &str, fragment: Option<&str>) -> String {
    let base = at.dossier.config.base_url.as_deref().unwrap_or_default();
    let fragment = fragment.map(|fragment| format!("#{}", encode(fragment))).unwrap_or_default();
    format!("{base}{}{fragment}", encode(path))
}

/// A permanent id: the address, or a `tag:` URI (RFC 4151) where the dossier has none.
fn identifier(dossier: &Dossier, path: &str, fragment: Option<&str>) -> String {
    let fragment = fragment.map(|fragment| format!("#{}", encode(fragment))).unwrap_or_default();
    match &dossier.config.base_url {
        Some(base) => format!("{base}{}{fragment}", encode(path)),
        // `.invalid` is nobody's (RFC 2606), so the name can stand for dossiers without an address.
        None => {
            format!("tag:casebook.invalid,2026:{}/{}{fragment}", encode_all(&slug(&dossier.config.title)), encode(path))
        }
    }
}

/// Everything but letters, digits and hyphens of ASCII percent-encoded: an id is a URI, not an IRI.
fn encode_all(text: &str) -> String {
    let byte = |b: u8| match b {
        b'-' => "-".to_owned(),
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn element(xml: &mut String, depth: usize, name: &str, text: &str) {
    xml.push_str(&format!("{}<{name}>{}</{name}>\n", "  ".repeat(depth), escape(text)));
}

/// Escaped for XML 1.0, which has no other control characters than white space.
fn escape(text: &str) -> String {
    let allowed =
        |c: &char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || matches!(c, '\t' | '\n' | '\r');
    crate::render::escape::escape(&text.chars().filter(allowed).collect::<String>())
}
