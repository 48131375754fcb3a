//! The two dialects of Markdown, stated once, so that whoever reads a text meets the same events in the same order.
//!
//! The outline of a text (`parse`) and its HTML (`render`) are joined by counting: the n-th link is the n-th
//! [`Event::Start`](pulldown_cmark::Event::Start) of a link or an image, the n-th heading the n-th start of a heading,
//! the n-th block quotation the n-th start of a block quotation.

use pulldown_cmark::Options;

/// The dialect of the dossier's own texts: CommonMark with tables, footnotes, strikethrough, task lists, smart
/// punctuation, heading ids (`{#id}`) and wikilinks.
pub fn prose() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

/// The dialect of a source's body: CommonMark with tables and footnotes only.
pub fn source() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES
}
