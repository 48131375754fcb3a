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

/// A part of a text that is simple.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part<'a> {
    /// Words that mean what they say, in HTML too.
    Words(&'a str),
    /// The next link of the text: `[[id]]`, without words of its own.
    Link,
}

/// The parts of a text that is one line of words with links by id alone, which is what most reasons are; none of one that
/// might be anything more. It is [`prose`] in fewer steps: one paragraph, with the words as its text.
pub(crate) fn simple(text: &str) -> Option<Vec<Part<'_>>> {
    let mut rest = text.trim_matches('\n');
    // What begins with a letter begins a paragraph.
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) || !rest.ends_with(|c: char| c.is_ascii_graphic()) {
        return None;
    }
    let mut parts = Vec::with_capacity(3);
    while let Some(link) = rest.find("[[") {
        let (id, after) = rest[link + 2..].split_once("]]")?;
        let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !is_id || after.starts_with(['(', '[']) {
            return None;
        }
        parts.extend([Part::Words(words(&rest[..link])?), Part::Link]);
        rest = after;
    }
    parts.push(Part::Words(words(rest)?));
    Some(parts)
}

/// The text, if none of its characters has a meaning in Markdown or HTML, alone or beside the next.
fn words(text: &str) -> Option<&str> {
    let mut before = 0;
    for byte in text.bytes() {
        let is_word = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b' ' | b',' | b';' | b':' | b'?' | b'(' | b')' | b'/' | b'%' => {
                true
            }
            // Two of them are one finer character.
            b'.' | b'-' => before != byte,
            byte => !byte.is_ascii(),
        };
        if !is_word {
            return None;
        }
        before = byte;
    }
    Some(text)
}

/// The dialect of a source's body: CommonMark with tables and footnotes only.
pub fn source() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_words_with_links_by_id_is_simple() {
        let parts = |text| simple(text).map(|parts| parts.len());
        assert_eq!(
            simple("Both rest on it – once; [[a-1]] decides.\n"),
            Some(vec![Part::Words("Both rest on it – once; "), Part::Link, Part::Words(" decides.")])
        );
        assert_eq!((parts("No."), parts("See [[a]] [[b]]")), (Some(1), Some(5)));
        for text in [
            "",
            "[[a]] says",
            "- a",
            "1. a",
            "a\nb",
            "a *b*",
            "it's",
            "a...",
            "a--b",
            "a & b",
            "a <b>",
            "![[a]]",
            "a ![[a]]",
            "a [[b|c]]",
            "a [[b]](c)",
            "a [b](c)",
            "a [[B]]",
            "a [[b",
            "a  \n",
            "a `b`",
            "a[^1]",
            "a {#b}",
            "a\\b",
            "a | b",
            "a ",
        ] {
            assert_eq!(simple(text), None, "{text}");
        }
    }
}
