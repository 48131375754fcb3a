//! A finished page's HTML → the text content of its body as a browser's DOM has it, with the way from the one to the
//! other.
//!
//! Reads what templates write: tags, comments, raw text, character references (HTML, section 13.2.5). No tree is built,
//! so text that a parser would move, out of a table say, stays where it is written. What is not understood makes the rest
//! doubtful, and no place in it is given.

use memchr::{memchr, memchr2, memchr3, memmem};

/// The text content of a page's body.
#[derive(Debug)]
pub(super) struct PageText {
    text: String,
    segments: Vec<Segment>,
    /// Where the HTML begins that was not understood.
    doubtful_from: usize,
}

/// A piece of HTML that is text as it stands; a character reference is a piece of its own.
#[derive(Debug)]
struct Segment {
    /// Its first byte in the HTML, and the byte after it.
    html: (usize, usize),
    /// Its first byte in the text.
    text: usize,
}

/// Elements whose content is text up to their end tag, and whether character references count in it. Without scripts
/// `noscript` has elements; an annotation is for a browser that runs them.
const RAW: [(&str, bool); 8] = [
    ("script", false),
    ("style", false),
    ("noscript", false),
    ("iframe", false),
    ("noembed", false),
    ("xmp", false),
    ("textarea", true),
    ("title", true),
];

/// The character references that templates write; what is not among them makes the rest doubtful.
const REFERENCES: [(&str, &str); 24] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("copy", "©"),
    ("middot", "·"),
    ("hellip", "…"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("sect", "§"),
    ("para", "¶"),
    ("times", "×"),
    ("larr", "←"),
    ("rarr", "→"),
    ("bull", "•"),
    ("shy", "\u{ad}"),
];

impl PageText {
    /// The text content of a page; none where it has no `<body>` tag.
    pub(super) fn of(html: &str) -> Option<Self> {
        let body = memmem::find(html.as_bytes(), b"<body")?;
        let text = String::with_capacity(html.len() / 2);
        let mut reader =
            Reader { html, at: body, page: Self { text, segments: Vec::new(), doubtful_from: html.len() } };
        reader.at = reader.tag_end(body);
        reader.read();
        Some(reader.page)
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The byte in the text that stands at a byte of the HTML; none inside a tag, and where it is doubtful.
    pub(super) fn at(&self, html: usize) -> Option<usize> {
        let after = self.segments.partition_point(|segment| segment.html.0 <= html);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        let end = self.segments.get(after).map_or(self.text.len(), |next| next.text);
        let is_inside = html < segment.html.1 && html < self.doubtful_from;
        is_inside.then(|| (segment.text + (html - segment.html.0)).min(end))
    }

    /// The byte in the text of the first character after a byte of the HTML that may be inside a tag.
    pub(super) fn text_after(&self, html: usize) -> Option<usize> {
        let after = self.segments.partition_point(|segment| segment.html.0 <= html);
        let segment = self.segments.get(after).filter(|segment| segment.html.0 < self.doubtful_from)?;
        Some(segment.text)
    }

    /// The byte in the text after what stands before a byte of the HTML.
    pub(super) fn before(&self, html: usize) -> Option<usize> {
        let after = self.segments.partition_point(|segment| segment.html.0 < html);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        let end = self.segments.get(after).map_or(self.text.len(), |next| next.text);
        let is_inside = html <= segment.html.1 && html <= self.doubtful_from;
        let is_whole = html == segment.html.1;
        is_inside.then(|| if is_whole { end } else { (segment.text + (html - segment.html.0)).min(end) })
    }
}

struct Reader<'a> {
    html: &'a str,
    at: usize,
    page: PageText,
}

impl<'a> Reader<'a> {
    /// Reads up to the end of the body.
    fn read(&mut self) {
        while self.at < self.html.len() {
            let end = memchr(b'<', &self.html.as_bytes()[self.at..]).map_or(self.html.len(), |n| self.at + n);
            self.text(end, true);
            let rest = &self.html[self.at..];
            let next = rest.as_bytes().get(1).copied().unwrap_or_default();
            match next {
                b'!' if rest.starts_with("<!--") => {
                    self.at += memmem::find(rest.as_bytes(), b"-->").map_or(rest.len(), |n| n + 3)
                }
                b'!' | b'?' => return self.doubt(),
                b'/' if name(&rest[2..]).eq_ignore_ascii_case("body") => return,
                b'/' => self.at = self.tag_end(self.at),
                b if b.is_ascii_alphabetic() => self.element(name(&rest[1..])),
                _ if rest.is_empty() => return,
                _ => self.text(self.at + 1, true),
            }
        }
    }

    /// Reads a start tag, and of an element with raw text the whole element.
    fn element(&mut self, name: &'a str) {
        self.at = self.tag_end(self.at);
        let raw = RAW.iter().find(|(raw, _)| name.eq_ignore_ascii_case(raw));
        if let Some((raw, references)) = raw {
            let end = self.end_tag(raw);
            self.line_feed(*raw == "textarea");
            self.text(end, *references);
        } else if name.eq_ignore_ascii_case("template") {
            // Its content is no part of the document.
            self.at = self.end_tag("template");
        } else {
            self.line_feed(name.eq_ignore_ascii_case("pre") || name.eq_ignore_ascii_case("listing"));
        }
    }

    /// Passes over the line feed that a parser drops at the start of some elements.
    fn line_feed(&mut self, is_dropped: bool) {
        let rest = &self.html.as_bytes()[self.at..];
        if is_dropped {
            self.at +=
                if rest.starts_with(b"\r\n") { 2 } else { usize::from(matches!(rest.first(), Some(b'\n' | b'\r'))) };
        }
    }

    /// The byte at which the end tag of a raw element begins.
    fn end_tag(&self, element: &str) -> usize {
        let mut at = self.at;
        while let Some(n) = memmem::find(&self.html.as_bytes()[at..], b"</") {
            at += n + 2;
            if name(&self.html[at..]).eq_ignore_ascii_case(element) {
                return at - 2;
            }
        }
        self.html.len()
    }

    /// The byte after the tag that begins at `at`; a `>` inside quotes does not end it.
    fn tag_end(&self, at: usize) -> usize {
        let bytes = self.html.as_bytes();
        let mut at = at + 1;
        while let Some(n) = memchr3(b'>', b'"', b'\'', &bytes[at.min(bytes.len())..]) {
            at += n;
            if bytes[at] == b'>' {
                return at + 1;
            }
            at += 1 + memchr(bytes[at], &bytes[at + 1..]).map_or(bytes.len(), |n| n + 1);
        }
        bytes.len()
    }

    /// Takes the text up to `end`.
    fn text(&mut self, end: usize, references: bool) {
        while self.at < end {
            let piece = &self.html[self.at..end];
            let next = match references {
                true => memchr2(b'&', b'\r', piece.as_bytes()),
                false => memchr(b'\r', piece.as_bytes()),
            };
            let plain = next.unwrap_or(piece.len());
            self.push(plain, &piece[..plain]);
            if plain == piece.len() {
                return;
            }
            if piece.as_bytes()[plain] == b'\r' {
                let length = if piece[plain..].starts_with("\r\n") { 2 } else { 1 };
                self.push(length, "\n");
            } else {
                self.reference(end);
            }
        }
    }

    fn reference(&mut self, end: usize) {
        let rest = &self.html[self.at + 1..end];
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let (word, is_ended) = (&rest[..length], rest[length..].starts_with(';'));
        let decoded = match word.strip_prefix('#') {
            Some(number) => number_of(number).map(String::from),
            None => REFERENCES.iter().find(|(name, _)| *name == word).map(|(_, text)| (*text).to_owned()),
        };
        match decoded {
            Some(text) if is_ended => self.push(1 + length + 1, &text),
            // No letter follows: it is the character itself.
            _ if word.is_empty() => self.push(1, "&"),
            _ => {
                self.doubt();
                self.push(1, "&");
            }
        }
    }

    /// Takes the next `length` bytes of the HTML for `text`.
    fn push(&mut self, length: usize, text: &str) {
        if length > 0 {
            self.page.segments.push(Segment { html: (self.at, self.at + length), text: self.page.text.len() });
            self.page.text.push_str(text);
            self.at += length;
        }
    }

    fn doubt(&mut self) {
        self.page.doubtful_from = self.page.doubtful_from.min(self.at);
    }
}

/// The name that a tag begins with.
fn name(text: &str) -> &str {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    &text[..text.bytes().position(|byte| is_end(&byte)).unwrap_or(text.len())]
}

/// The character of a numeric reference; none for those that the standard replaces.
fn number_of(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        PageText::of(html).unwrap().text
    }

    #[test]
    fn a_body_has_the_text_that_a_document_has() {
        assert_eq!(
            text("<title>t</title><body class=\"a>b\">x<p title='>'>y &amp; &#39;z&#x27;</p>\n</body>w"),
            "xy & 'z'\n"
        );
        assert_eq!(
            text("<body><!-- a <b> -->c<br>d<pre>\n\ne</pre><script>1 < 2 && \"</p>\"</script>f"),
            "cd\nef".replace("e", "e1 < 2 && \"</p>\"")
        );
        assert_eq!(text("<body><template><p>no</p></template>a < b & c\r\nd</body>"), "a < b & c\nd");
        assert!(PageText::of("<p>no body</p>").is_none());
    }

    #[test]
    fn every_byte_of_text_has_its_place() {
        let html = "<body><p>a&amp;b</p> <i>c\r\nd</i>é";
        let page = PageText::of(html).unwrap();
        let at = |words: &str| page.at(html.find(words).unwrap());
        assert_eq!(page.text, "a&b c\ndé");
        assert_eq!(
            [at("a&"), at("&amp;"), at("b<"), at("c\r"), at("d<"), at("é")].map(Option::unwrap),
            [0, 1, 2, 4, 6, 7]
        );
        assert_eq!(page.at(html.find("<p>").unwrap()), None);
        assert_eq!(page.before(html.find("</p>").unwrap()), Some(3));
        assert_eq!(page.before(html.find("b<").unwrap()), Some(2));
        assert_eq!(page.before(html.len()), Some(page.text.len()));
    }

    #[test]
    fn after_what_is_not_understood_no_place_is_given() {
        let html = "<body>a &unheard; b";
        let page = PageText::of(html).unwrap();
        assert_eq!(page.at(html.find('a').unwrap()), Some(0));
        assert_eq!(page.at(html.find('b').unwrap()), None);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(html in "<body>[<>/!?='\"a-c \r\n&;#x1\u{e9}-]{0,60}") {
            let page = PageText::of(&html).unwrap();
            for at in 0..=html.len() {
                for place in [page.at(at), page.before(at)].into_iter().flatten() {
                    proptest::prop_assert!(place <= page.text.len());
                }
            }
        }
    }
}
