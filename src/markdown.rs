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
    Link(&'a str),
}

/// The parts of a text that is one line of words with links by id alone, which is what most reasons are; none of one that
/// might be anything more. It is [`prose`] in fewer steps: one paragraph, with the words as its text.
pub(crate) fn simple(text: &str) -> Option<Vec<Part<'_>>> {
    let text = text.trim_matches('\n');
    let bytes = text.as_bytes();
    // What begins with a letter begins a paragraph.
    if !bytes.first()?.is_ascii_alphabetic() || !bytes.last()?.is_ascii_graphic() {
        return None;
    }
    let mut parts = Vec::with_capacity(3);
    let (mut start, mut at) = (0, 0);
    while let Some(length) = bytes[at..].iter().position(|&byte| !OF_WORDS[usize::from(byte)]) {
        at += length;
        match bytes[at] {
            // Two of them are one finer character.
            sign @ (b'.' | b'-') if bytes.get(at + 1) != Some(&sign) => at += 1,
            b'[' => {
                let id = link(&text[at..])?;
                parts.extend([Part::Words(&text[start..at]), Part::Link(id)]);
                at += "[[]]".len() + id.len();
                start = at;
            }
            _ => return None,
        }
    }
    parts.push(Part::Words(&text[start..]));
    Some(parts)
}

/// The id of the `[[id]]` that a text begins with; none where it is anything else.
fn link(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("[[")?;
    let is_of_id = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let (id, rest) = inside.split_at(inside.bytes().take_while(|&byte| is_of_id(byte)).count());
    let after = rest.strip_prefix("]]")?;
    (!id.is_empty() && !after.starts_with(['(', '['])).then_some(id)
}

/// The bytes that have no meaning in Markdown or HTML, whatever stands beside them.
const OF_WORDS: [bool; 256] = {
    let mut of_words = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        of_words[byte] = byte >= 128
            || (byte as u8).is_ascii_alphanumeric()
            || matches!(byte as u8, b' ' | b',' | b';' | b':' | b'?' | b'(' | b')' | b'/' | b'%');
        byte += 1;
    }
    of_words
};

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
            Some(vec![Part::Words("Both rest on it – once; "), Part::Link("a-1"), Part::Words(" decides.")])
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
