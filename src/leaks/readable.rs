//! A file of the site → the texts that somebody can read in it, or in its source.
//!
//! Of markup these are the text that is shown and, apart from it, what stands in attributes, comments and scripts. Of
//! everything else it is the file itself. Character references, percent-encoding and the escapes of JSON and JavaScript
//! are resolved. Between blocks, attributes, strings and fields stands a [`BREAK`]. Nothing is rendered: what a style sheet hides counts as shown.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};
use pulldown_cmark::{Event, Parser};

use crate::leaks::words::BREAK;

/// How many bytes eight words have at least, with what parts them.
const FEWEST: usize = 15;

/// What stands in markup beside what it shows.
struct Aside {
    texts: String,
    /// The fewest bytes of a text that is kept.
    fewest: usize,
}

impl Aside {
    fn note(&mut self, text: &str) {
        if text.len() >= self.fewest {
            self.texts.push_str(text);
            self.texts.push(BREAK);
        }
    }
}

/// What is done with a tag inside of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tags {
    /// It is a break, if it stands for a block.
    OfBlocks,
    /// It parts words.
    All,
}

/// The texts of a file with that name. `closely` also takes every tag for a space, so that words are found that only a
/// style sheet parts.
pub(super) fn texts(path: &str, content: &[u8], closely: bool) -> Vec<String> {
    let Some(content) = decode(content, closely) else { return Vec::new() };
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" | "xhtml" | "xml" | "svg" | "atom" | "rss" => markup(&content, closely),
        "js" | "mjs" | "json" | "jsonld" | "geojson" | "webmanifest" | "map" => whole(&unescaped(&content), closely),
        "csv" => whole(&of_fields(&content), closely),
        _ => whole(&content, closely),
    }
}

/// A file as text: UTF-8, or UTF-16 with its mark. None for what is no text, unless its bytes are wanted `closely`.
fn decode(content: &[u8], closely: bool) -> Option<Cow<'_, str>> {
    let wide = |order: fn([u8; 2]) -> u16| {
        let units = content[2..].chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>().into()
    };
    match content {
        [0xFF, 0xFE, ..] => Some(wide(u16::from_le_bytes)),
        [0xFE, 0xFF, ..] => Some(wide(u16::from_be_bytes)),
        _ if !closely && memchr(0, &content[..content.len().min(8000)]).is_some() => None,
        _ => Some(String::from_utf8_lossy(content)),
    }
}

/// A table of comma-separated values (RFC 4180) with breaks between its fields.
fn of_fields(text: &str) -> String {
    let mut fields = String::with_capacity(text.len());
    let mut is_quoted = false;
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' | '\n' if !is_quoted => fields.push(BREAK),
            c => fields.push(c),
        }
    }
    fields
}

/// A file that is no markup, and with its tags taken out if it has some in it.
fn whole(text: &str, closely: bool) -> Vec<String> {
    let mut texts = Vec::new();
    if memchr(b'<', text.as_bytes()).is_some() {
        texts = markup(text, closely);
    }
    if memmem::find(text.as_bytes(), b"%").is_some() {
        texts.push(percent_decoded(text).into_owned());
    }
    texts.push(text.to_owned());
    texts
}

/// What markup shows, then what it has beside that.
fn markup(html: &str, closely: bool) -> Vec<String> {
    let mut aside = Aside { texts: String::new(), fewest: if closely { 1 } else { FEWEST } };
    let mut texts = vec![read(html, Tags::OfBlocks, &mut aside)];
    texts.push(std::mem::take(&mut aside.texts));
    if closely {
        aside.fewest = usize::MAX;
        texts.push(read(html, Tags::All, &mut aside));
    }
    texts
}

/// The text of markup; what else stands in it goes to `aside`.
fn read(html: &str, tags: Tags, aside: &mut Aside) -> String {
    let bytes = html.as_bytes();
    let mut shown = String::with_capacity(html.len() / 2);
    let mut at = 0;
    while at < bytes.len() {
        let next = memchr2(b'<', b'&', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        shown.push_str(&html[at..next]);
        at = next;
        match bytes.get(at) {
            Some(b'&') => at += reference(&html[at..], &mut shown),
            Some(_) => at += tag(&html[at..], tags, &mut shown, aside),
            None => {}
        }
    }
    shown
}

/// Reads what begins with `<` and gives its length in bytes; of scripts and styles, with what is in them.
fn tag(html: &str, tags: Tags, shown: &mut String, aside: &mut Aside) -> usize {
    let bytes = html.as_bytes();
    let upto = |end: &[u8], from: usize| memmem::find(&bytes[from..], end).map_or(bytes.len(), |at| from + at);
    if let Some(comment) = html.strip_prefix("<!--") {
        let end = upto(b"-->", 4);
        aside.note(&html[4.min(html.len())..end.max(4).min(html.len())]);
        return (end + 3).min(html.len()).max(html.len() - comment.len());
    }
    if html.starts_with("<![CDATA[") {
        let end = upto(b"]]>", 9);
        shown.push_str(&html[9..end]);
        return (end + 3).min(html.len());
    }
    let closes = bytes.get(1) == Some(&b'/');
    let begins = if closes { 2 } else { 1 };
    if !bytes.get(begins).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'!' | b'?')) {
        shown.push('<');
        return 1;
    }
    let length = bytes[begins..].iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(bytes.len() - begins);
    let name = &html[begins..begins + length];
    let (end, is_open) = attributes(html, begins + length, aside);
    if tags == Tags::All || matches!(name, "br" | "img") {
        shown.push(' ');
    } else if !is_inline(name) {
        shown.push(BREAK);
    }
    if closes || !is_open || !["script", "style"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
        return end;
    }
    let close = format!("</{}", name.to_ascii_lowercase());
    let body = upto(close.as_bytes(), end);
    aside.note(&unescaped(&html[end..body]));
    body
}

/// Reads attributes up to the end of their tag; gives the place after it, and whether something can follow inside of the
/// element.
fn attributes(html: &str, mut at: usize, aside: &mut Aside) -> (usize, bool) {
    let bytes = html.as_bytes();
    let mut value = String::new();
    while let Some(length) = memchr2(b'>', b'=', &bytes[at..]) {
        at += length + 1;
        if bytes[at - 1] == b'>' {
            return (at, !bytes[..at - 1].ends_with(b"/"));
        }
        let (start, end, next) = match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => {
                let end = memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |length| at + 1 + length);
                (at + 1, end, (end + 1).min(bytes.len()))
            }
            _ => {
                let length = bytes[at..].iter().position(|b| b.is_ascii_whitespace() || *b == b'>');
                let end = at + length.unwrap_or(bytes.len() - at);
                (at, end, end)
            }
        };
        // A value is not longer when its references are resolved.
        if end - start >= aside.fewest {
            value.clear();
            references(&html[start..end], &mut value);
            aside.note(&percent_decoded(&value));
        }
        at = next;
    }
    (bytes.len(), false)
}

/// A text with its character references resolved.
fn references(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        into.push_str(&rest[..at]);
        let length = reference(&rest[at..], into);
        rest = &rest[at + length..];
    }
    into.push_str(rest);
}

/// Resolves the character reference that a text begins with, and gives its length in bytes; an ampersand is itself.
fn reference(text: &str, into: &mut String) -> usize {
    // The longest name has 31 letters (HTML, section 13.5).
    let end = text.bytes().take(40).position(|b| b == b';');
    let Some(end) = end.filter(|&end| end > 1) else {
        into.push('&');
        return 1;
    };
    let name = &text[1..end];
    let number = match name.strip_prefix('#') {
        Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
        Some(decimal) => decimal.parse().ok(),
        None => None,
    };
    match (number.and_then(char::from_u32), name) {
        (Some(c), _) => into.push(c),
        (None, "amp") => into.push('&'),
        (None, "lt") => into.push('<'),
        (None, "gt") => into.push('>'),
        (None, "quot") => into.push('"'),
        (None, name) if name.bytes().all(|b| b.is_ascii_alphanumeric()) => named(&text[..=end], into),
        _ => {
            into.push('&');
            return 1;
        }
    }
    end + 1
}

/// A character reference by name, which CommonMark (section 6.2) has from HTML.
fn named(reference: &str, into: &mut String) {
    for event in Parser::new(reference) {
        if let Event::Text(text) = event {
            into.push_str(&text);
        }
    }
}

/// The elements that are part of a line and part no words in it.
fn is_inline(name: &str) -> bool {
    let is_small = |name: &str| {
        matches!(
            name,
            "a" | "abbr"
                | "acronym"
                | "b"
                | "bdi"
                | "bdo"
                | "big"
                | "cite"
                | "code"
                | "data"
                | "del"
                | "dfn"
                | "em"
                | "font"
                | "i"
                | "ins"
                | "kbd"
                | "mark"
                | "nobr"
                | "q"
                | "s"
                | "samp"
                | "small"
                | "span"
                | "strike"
                | "strong"
                | "sub"
                | "sup"
                | "time"
                | "tspan"
                | "tt"
                | "u"
                | "var"
                | "wbr"
        )
    };
    is_small(name) || name.bytes().any(|b| b.is_ascii_uppercase()) && is_small(&name.to_ascii_lowercase())
}

/// A text with the escapes of JSON (RFC 8259, section 7) and JavaScript resolved, as far as they stand for characters, and
/// with breaks in place of the marks around its strings.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut units: Vec<u16> = Vec::new();
    while let Some(at) = memchr2(b'\\', b'"', rest.as_bytes()) {
        if at > 0 {
            flush(&mut units, &mut plain);
            plain.push_str(&rest[..at]);
        }
        if rest[at..].starts_with('"') {
            flush(&mut units, &mut plain);
            plain.push(BREAK);
            rest = &rest[at + 1..];
            continue;
        }
        let escape = &rest[at + 1..];
        let (unit, length) = escaped(escape);
        match unit {
            Some(unit) => units.push(unit),
            None => {
                flush(&mut units, &mut plain);
                let c = escape.chars().next();
                plain.extend(c.map(|c| if matches!(c, 'n' | 'r' | 't' | 'b' | 'f') { ' ' } else { c }));
            }
        }
        rest = &escape[length..];
    }
    flush(&mut units, &mut plain);
    plain.push_str(rest);
    plain
}

/// The code unit of UTF-16 that an escape after its `\` stands for, and the escape's length in bytes.
fn escaped(escape: &str) -> (Option<u16>, usize) {
    let digits = |from: usize, count: usize| escape.get(from..from + count);
    let unit = |digits: Option<&str>| digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let (unit, length) = match escape.as_bytes().first() {
        Some(b'u') => (unit(digits(1, 4)), 5),
        Some(b'x') => (unit(digits(1, 2)), 3),
        _ => (None, 0),
    };
    match unit {
        Some(unit) => (Some(unit), length),
        None => (None, escape.chars().next().map_or(0, char::len_utf8)),
    }
}

fn flush(units: &mut Vec<u16>, plain: &mut String) {
    let chars = char::decode_utf16(units.drain(..));
    plain.extend(chars.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

/// Percent-decoding (RFC 3986, section 2.1); what is not well-formed stays as it is.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    if memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| byte == b'%') {
            Some(decoded_byte) => {
                decoded.push(decoded_byte);
                at += 3;
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(path: &str, content: &str) -> Vec<String> {
        texts(path, content.as_bytes(), true)
    }

    #[test]
    fn markup_is_read_as_it_is_shown_and_beside_that() {
        let html = "<p title='A&amp;B'>J<b>oh</b>n&nbsp;<i>D</i><!-- hid -->oe</p><p>next</p><a href=x%20y>l</a>\
                    <script>f(\"\\u00e9\\n\")</script><br/>&ouml;&#233;&#xE9; a < b &x <";
        let [shown, aside, apart] = &all("a.html", html)[..] else { panic!() };
        assert_eq!(shown, "\0John\u{a0}Doe\0\0next\0l\0\0 öéé a < b &x <");
        assert_eq!(aside, "A&B\0 hid \0x y\0f(\0é \0)\0");
        assert!(apart.contains("J oh n"), "{apart}");
    }

    #[test]
    fn escapes_of_json_are_characters() {
        assert_eq!(unescaped(r#"["a\u00e9\ud83d\ude00\n\"\\\/\x41 \u12"]"#), "[\0aé😀 \"\\/A u12\0]");
        assert!(all("a.json", r#"{"h":"<b>J<\/b>ohn"}"#).iter().any(|text| text.contains("John")));
        assert_eq!(texts("a.csv", b"a b,\"c, d \"\"e\"\"\"\nf", false), ["a b\0c, d e\0f"]);
        assert!(all("robots.txt", "/a%C3%A9 100%").iter().any(|text| text.contains("/aé 100%")));
    }

    #[test]
    fn what_is_no_text_is_read_only_closely() {
        let bytes = b"\x89PNG\0\0John Doe\xFF";
        assert!(texts("a.png", bytes, false).is_empty());
        assert!(texts("a.png", bytes, true).iter().any(|text| text.contains("John Doe")));
        let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain("Jörg".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(texts("a.txt", &wide, false), ["Jörg"]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(content in prop::collection::vec(any::<u8>(), 0..60), closely: bool) {
            for path in ["a.html", "a.json", "a.txt"] {
                texts(path, &content, closely);
            }
        }

        #[test]
        fn any_markup_is_read(html in "([<>&;=\"'/!a#x\\-%é\\\\u0 ]|<!--|-->|<!\\[CDATA\\[|<script>|</script>){0,20}") {
            for path in ["a.html", "a.js"] {
                texts(path, html.as_bytes(), true);
            }
        }
    }
}
