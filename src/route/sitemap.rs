//! Which pages a sitemap has, and how many of them in one file.

use crate::dossier::parts::{Part, note};
use crate::route::{Route, Routes};
use crate::site::SitePath;

/// The addresses that one sitemap may have (sitemaps.org, version 0.9).
const SITEMAP_ROWS: usize = 50_000;

/// The bytes that one sitemap may have (the same).
const SITEMAP_BYTES: usize = 50 << 20;

impl Routes {
    /// The pages that a reader would look for, with their paths: those of the sitemap.
    pub fn mapped(&self) -> impl Iterator<Item = &(Route, SitePath)> {
        // Which pages there are depends on all records.
        note(Part::EVERYTHING);
        use Route::{
            Annotations, Corrections, Data, Facets, Feed, NotFound, Redirect, Robots, Search, Sitemap, SitemapPart,
            TagFeed, Titles,
        };
        let is_unlisted = |route: &Route| {
            matches!(
                route,
                Search
                    | NotFound
                    | Feed
                    | Corrections
                    | TagFeed(_)
                    | Sitemap
                    | SitemapPart(_)
                    | Robots
                    | Redirect(_)
                    | Facets(_)
                    | Titles(..)
                    | Data(_)
                    | Annotations(_)
            )
        };
        self.pages.iter().filter(move |(route, _)| !is_unlisted(route))
    }

    /// How many of these a part of the sitemap has: as many as are allowed, in number and in bytes.
    pub fn sitemap_rows(&self) -> usize {
        self.sitemap_rows
    }
}

/// How many addresses below `base` a sitemap can have: no part of a path is longer than a file's name may be, and all of
/// them are ids and numbers, which stand there as they are.
pub(super) fn rows(base: &str) -> usize {
    const LONGEST_PATH: usize = "commentary/".len() + 255 + "/page-1000000.html".len();
    const AROUND: usize = "  <url><loc></loc><lastmod>2026-11-22</lastmod></url>\n".len();
    let base: usize =
        base.bytes().map(|b| if matches!(b, b'&' | b'<' | b'>' | b'"') { "&quot;".len() } else { 1 }).sum();
    (SITEMAP_BYTES / (LONGEST_PATH + AROUND + base)).saturating_sub(1).clamp(1, SITEMAP_ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_has_as_many_addresses_as_may_be_in_number_and_in_bytes() {
        assert_eq!(rows("https://example.org/dossier/"), 50_000);
        let long = format!("https://example.org/{}/", "a".repeat(2000));
        assert!((10_000..30_000).contains(&rows(&long)), "{}", rows(&long));
        assert_eq!(rows(&"&".repeat(1 << 24)), 1);
    }
}
