//! A passage → the part of an address that leads a browser to its words: a fragment directive `:~:text=…` (WICG, URL
//! Fragment Text Directives, section 3.2).
//!
//! A piece that stands in one line is given whole, a long one by its first and last words. Words before and after are
//! given where the record needed such to tell two passages apart, and only such as the site shows.

use std::ops::Range;

use crate::dossier::{Anchor, Quote, Source};
use crate::terms::Publish;
use crate::text::SourceText;

/// A piece of at most so many bytes is given whole.
const WHOLE: usize = 240;

/// How many words stand for each end of a longer piece, and for the words around it.
const WORDS: usize = 5;

/// The directive for a quotation's words, delimiter included; what stands before it in an address is a matter of taste.
pub(in crate::render) fn directive(quote: &Quote, source: &Source) -> String {
    let mut directive = ":~:".to_owned();
    match (&quote.anchor, &source.text) {
        (Anchor::Placed(placement), Some(text)) => {
            let asked = quote.selector.prefix.is_some() || quote.selector.suffix.is_some();
            let around = if asked { around(source, text, placement.extent()) } else { ("", "") };
            let last = placement.pieces.len().saturating_sub(1);
            for (n, piece) in placement.pieces.iter().enumerate() {
                let words = text.plain().get(piece.clone()).unwrap_or_default();
                let prefix = if n == 0 { around.0 } else { "" };
                let suffix = if n == last { around.1 } else { "" };
                push(&mut directive, prefix, words, suffix);
            }
        }
        // Nothing was checked: the words are the record's own.
        _ => quote.selector.exact.split(" […] ").flat_map(|part| part.split(" [...] ")).for_each(|part| {
            push(&mut directive, "", part, "");
        }),
    }
    directive
}

/// The words before and after a passage that stand beside it in its block and that the site shows.
fn around<'t>(source: &Source, text: &'t SourceText, extent: Range<usize>) -> (&'t str, &'t str) {
    let plain = text.plain();
    let shown = match source.publish {
        Publish::Record => None,
        Publish::Full => Some(0..plain.len()),
        Publish::Excerpts => {
            let first = source.shown.partition_point(|range| range.end < extent.end);
            source.shown.get(first).filter(|range| range.start <= extent.start).cloned()
        }
    };
    let Some(shown) = shown else { return ("", "") };
    let before = plain.get(shown.start..extent.start).unwrap_or_default();
    let after = plain.get(extent.end..shown.end).unwrap_or_default();
    let before = before.rsplit(['\n', '\t']).next().unwrap_or_default();
    let after = after.split(['\n', '\t']).next().unwrap_or_default();
    // A quotation mark alone is no word that a browser could look for.
    let words = |text: &'t str| if text.contains(char::is_alphanumeric) { text } else { "" };
    (words(last_words(before)), words(first_words(after)))
}

/// One `text=[prefix-,]start[,end][,-suffix]`. A term must not cross a block: words that do are given by their ends.
fn push(directive: &mut String, prefix: &str, words: &str, suffix: &str) {
    let words = words.trim();
    if words.is_empty() {
        return;
    }
    directive.push_str(if directive.ends_with(':') { "text=" } else { "&text=" });
    if !prefix.is_empty() {
        encode(prefix, directive);
        directive.push_str("-,");
    }
    let mut lines = words.split(['\n', '\t']).map(str::trim).filter(|line| !line.is_empty());
    let (first, last) = (lines.next().unwrap_or_default(), lines.next_back());
    let is_long = first.len() > WHOLE && first.split_whitespace().count() > 2 * WORDS;
    let (start, end) = match last {
        Some(last) => (first_words(first), Some(last_words(last))),
        None if is_long => (first_words(first), Some(last_words(first))),
        None => (first, None),
    };
    encode(start, directive);
    if let Some(end) = end {
        directive.push(',');
        encode(end, directive);
    }
    if !suffix.is_empty() {
        directive.push_str(",-");
        encode(suffix, directive);
    }
}

/// The first few words of a line, as they stand there.
fn first_words(line: &str) -> &str {
    let line = line.trim();
    let mut end = line.match_indices(char::is_whitespace).map(|(at, _)| at).filter(|&at| !ends_with_space(&line[..at]));
    line.get(..end.nth(WORDS - 1).unwrap_or(line.len())).unwrap_or(line)
}

/// The last few words of a line, as they stand there.
fn last_words(line: &str) -> &str {
    let line = line.trim();
    let mut start = line
        .rmatch_indices(char::is_whitespace)
        .map(|(at, space)| at + space.len())
        .filter(|&at| !line[at..].starts_with(char::is_whitespace));
    line.get(start.nth(WORDS - 1).unwrap_or(0)..).unwrap_or(line)
}

fn ends_with_space(text: &str) -> bool {
    text.ends_with(char::is_whitespace)
}

/// Percent-encodes all that is not a letter or digit of ASCII, `_` or `.`: the syntax's own `-`, `,` and `&`, and what
/// programs cut off when they look for the end of an address in a text.
fn encode(text: &str, encoded: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    encoded.reserve(text.len() * 3 / 2);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let plain = rest.bytes().take_while(|&byte| is_plain(byte)).count();
        encoded.push_str(&rest[..plain]);
        let length = if plain > 0 { plain } else { c.len_utf8() };
        for byte in rest[plain..length].bytes() {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
        rest = &rest[length..];
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::route::fixture;

    fn of(prefix: &str, words: &str, suffix: &str) -> String {
        let mut directive = ":~:".to_owned();
        push(&mut directive, prefix, words, suffix);
        directive
    }

    #[test]
    fn what_has_a_meaning_in_a_directive_is_encoded() {
        assert_eq!(of("", "a-b, c & d", ""), ":~:text=a%2Db%2C%20c%20%26%20d");
        assert_eq!(of("he said", "né", "then."), ":~:text=he%20said-,n%C3%A9,-then.");
        assert_eq!(of("", " \n ", ""), ":~:");
    }

    #[test]
    fn words_in_several_blocks_and_many_words_are_given_by_their_ends() {
        assert_eq!(of("", "One two.\nThree.\n\nFour five", ""), ":~:text=One%20two.,Four%20five");
        let long = "word ".repeat(60);
        let five = "word%20word%20word%20word%20word";
        assert_eq!(of("", &long, ""), format!(":~:text={five},{five}"));
        let unbroken = "字".repeat(200);
        assert_eq!(of("", &unbroken, "").matches("%E5%AD%97").count(), 200);
    }

    #[test]
    fn each_piece_of_an_elided_quotation_is_looked_for() {
        let dossier = fixture::dossier();
        let quote = &dossier.claims[1].appearances[0].quote;
        assert_eq!(directive(quote, &dossier.sources[0]), ":~:text=Ben%20spoke&text=listened");
    }

    #[test]
    fn words_around_a_passage_are_given_where_they_are_asked_for_and_shown() {
        let dossier = fixture::dossier();
        let mut quote = dossier.claims[0].appearances[0].quote.clone();
        let words = "Almost%20every%20level%20of%20%3Cdialogue%3E%20is%20frozen";
        assert_eq!(directive(&quote, &dossier.sources[0]), format!(":~:text={words}"));
        quote.selector.prefix = Some("says Ann. \"".into());
        assert_eq!(directive(&quote, &dossier.sources[0]), format!(":~:text={words},-%2C%22%20she%20said."));
        let mut record = dossier.sources[0].clone();
        record.publish = Publish::Record;
        assert_eq!(directive(&quote, &record), format!(":~:text={words}"));
    }

    proptest! {
        /// Reading a directive as the specification does gives the terms back.
        #[test]
        fn a_directive_says_what_was_put_in(prefix in "[a-z,&-]{0,6}", words in "[a-z]([a-z,&%é -]{0,20}[a-z])?", suffix in "[a-z,&-]{0,6}") {
            let directive = of(&prefix, &words, &suffix);
            let mut terms: Vec<&str> = directive.strip_prefix(":~:text=").unwrap().split(',').collect();
            prop_assert!(!directive.contains('&'));
            if !prefix.is_empty() {
                prop_assert_eq!(decode(terms.remove(0).strip_suffix('-').unwrap()), prefix);
            }
            if !suffix.is_empty() {
                prop_assert_eq!(decode(terms.pop().unwrap().strip_prefix('-').unwrap()), suffix);
            }
            prop_assert_eq!(terms.len(), 1);
            prop_assert!(!terms[0].contains('-'));
            prop_assert_eq!(decode(terms[0]), words);
        }
    }

    fn decode(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            if byte == b'%' {
                bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
                rest = &after[2..];
            } else {
                bytes.push(byte);
                rest = after;
            }
        }
        String::from_utf8(bytes).unwrap()
    }
}
