//! HTML as anybody may write it → the same without the tags that nest too deep, and without attributes beyond number.
//!
//! A parser of HTML looks through all open elements at almost every tag, so that a megabyte of start tags takes it
//! minutes. This follows what is open closely enough that whatever nests as deep as people write it comes out byte
//! for byte; it never takes an element for closed that the parser leaves open. It makes nothing harmless: that is the
//! sanitiser's work, which comes after it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::tags::{self, Kind};

/// How many elements may be open in each other.
const DEEPEST: usize = 100;

/// How many attributes a tag may have.
const MOST_ATTRIBUTES: usize = 100;

/// The longest name of an element that is followed, in bytes.
const LONGEST_NAME: usize = 32;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "body", "br", "col", "embed", "frame", "head", "hr", "html", "image", "img",
    "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
];

/// Elements that go on after the block that they began in has ended, until their own end tag.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements whose content is text, whatever it looks like.
const RAW_TEXT: &[&str] =
    &["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"];

/// Elements, besides blocks, that the end tag of an element around them does not close.
const SPECIAL: &[&str] = &[
    "applet", "button", "colgroup", "dir", "frameset", "listing", "marquee", "math", "menu", "noscript", "object",
    "select", "svg", "template",
];

/// Elements beyond which no end tag reaches.
const SCOPES: &[&str] = &[
    "annotation-xml",
    "applet",
    "caption",
    "desc",
    "foreignobject",
    "marquee",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "object",
    "table",
    "td",
    "template",
    "th",
    "title",
];

/// `html` with at most [`DEEPEST`] elements open in each other.
pub(super) fn bounded(html: &str) -> Cow<'_, str> {
    let mut bounder = Bounder { html, kept: String::new(), copied: 0, ..Bounder::default() };
    let mut at = 0;
    while let Some(offset) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        at = bounder.markup(at + offset);
    }
    if bounder.copied == 0 {
        return Cow::Borrowed(html);
    }
    bounder.kept.push_str(&html[bounder.copied..]);
    Cow::Owned(bounder.kept)
}

/// An open element.
struct Open {
    name: String,
    /// How many of the formatting elements are outside it for good.
    floor: usize,
}

#[derive(Default)]
struct Bounder<'a> {
    html: &'a str,
    /// The HTML to keep, up to `copied`.
    kept: String,
    copied: usize,
    /// The open elements, but for those of formatting.
    open: Vec<Open>,
    formatting: Vec<String>,
    /// How many start tags of a name were left out, whose end tags are to be left out too.
    left_out: HashMap<String, usize>,
    /// Whether nothing but what may close itself, as in `<path/>`, stands in the drawing or formula that is open.
    may_close_themselves: bool,
}

impl Bounder<'_> {
    /// What begins with the `<` at `start`; gives where it ends.
    fn markup(&mut self, start: usize) -> usize {
        let rest = &self.html[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = if comment.starts_with('>') { Some(0) } else { memchr::memmem::find(rest.as_bytes(), b"-->") };
            return end.map_or(self.html.len(), |end| start + end.max(4));
        }
        let is_end = rest.starts_with("</");
        let name_start = 1 + usize::from(is_end);
        let named = &rest[name_start..];
        if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let skips = rest.starts_with("<!") || rest.starts_with("<?") || is_end;
            let end = if skips { memchr::memchr(b'>', rest.as_bytes()).unwrap_or(rest.len() - 1) } else { 0 };
            return start + end + 1;
        }
        let length = named.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(named.len());
        let name = named.get(..length.min(LONGEST_NAME)).unwrap_or("?").to_ascii_lowercase();
        let attributes = start + name_start + length;
        let tag = Tag::read(self.html, attributes);
        let instead = if is_end {
            self.end(&name)
        } else if RAW_TEXT.contains(&name.as_str()) && !self.is_foreign() {
            return raw_text_end(self.html, &name, tag.end);
        } else {
            self.start(&name, tag.closes_itself)
        };
        match (instead, tag.surplus) {
            (Some(instead), _) => self.replace(start..tag.end, instead),
            (None, Some(surplus)) => self.replace(surplus..tag.end, ">"),
            (None, None) => {}
        }
        tag.end
    }

    /// Follows a start tag; gives what to write instead of it.
    fn start(&mut self, name: &str, closes_itself: bool) -> Option<&'static str> {
        let kind = tags::lookup(name).map(|tag| tag.kind);
        let formats = FORMATTING.contains(&name);
        if VOID.contains(&name) || closes_itself && self.may_close_themselves && kind.is_none() && !formats {
            return None;
        }
        self.may_close_themselves =
            matches!(name, "svg" | "math") || self.may_close_themselves && kind.is_none() && !formats;
        if is_part_of_table(kind) && !self.open.iter().any(|open| open.name == "table") {
            return None;
        }
        self.end_implied(name, kind);
        if self.open.len() + self.formatting.len() >= DEEPEST {
            *self.left_out.entry(name.to_owned()).or_default() += 1;
            return Some(if is_block(kind) { " " } else { "" });
        }
        if formats {
            if matches!(name, "a" | "nobr") {
                self.end_formatting(name);
            }
            self.formatting.push(name.to_owned());
        } else {
            let is_cell = matches!(kind, Some(Kind::Cell | Kind::Caption));
            let floor = if is_cell { self.formatting.len() } else { self.floor() };
            self.open.push(Open { name: name.to_owned(), floor });
        }
        None
    }

    /// Ends what a start tag ends without saying so.
    fn end_implied(&mut self, name: &str, kind: Option<Kind>) {
        let last = match kind {
            Some(Kind::Item) => self.last_before(&["li"], is_passed_by_items),
            Some(Kind::Term) => self.last_before(&["dt", "dd"], is_passed_by_items),
            Some(Kind::Cell) => self.last_before(&["td", "th"], is_no_table),
            Some(Kind::Row) => self.last_before(&["tr"], is_no_table),
            Some(Kind::Rows | Kind::Caption) => self.last_before(&["thead", "tbody", "tfoot", "caption"], is_no_table),
            _ => None,
        };
        if let Some(last) = last {
            self.close(last);
        }
        let ends_paragraph = is_block(kind) && !is_part_of_table(kind) && name != "table";
        if ends_paragraph && let Some(last) = self.last_before(&["p"], |name| is_no_scope(name) && name != "button") {
            self.close(last);
        }
    }

    /// Follows an end tag; gives what to write instead of it.
    fn end(&mut self, name: &str) -> Option<&'static str> {
        let kind = tags::lookup(name).map(|tag| tag.kind);
        if let Some(count) = self.left_out.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return Some(if is_block(kind) { " " } else { "" });
        }
        if FORMATTING.contains(&name) {
            self.end_formatting(name);
            return None;
        }
        if name == "form" {
            // What is open in a form stays open.
            let last = self.open.iter().rposition(|open| open.name == "form");
            last.map(|last| self.open.remove(last));
            return None;
        }
        let last = match kind {
            Some(Kind::Item) => self.last_before(&["li"], |name| is_no_scope(name) && !matches!(name, "ul" | "ol")),
            Some(Kind::Table) => self.last_before(&["table"], |name| name != "template"),
            _ if is_part_of_table(kind) => self.last_before(&[name], is_no_table),
            _ if name == "p" => self.last_before(&["p"], |name| is_no_scope(name) && name != "button"),
            _ if is_block(kind) || SPECIAL.contains(&name) => self.last_before(&[name], is_no_scope),
            _ => self.last_before(&[name], is_ordinary),
        };
        if let Some(last) = last {
            self.close(last);
        }
        None
    }

    fn end_formatting(&mut self, name: &str) {
        let floor = self.floor().min(self.formatting.len());
        if let Some(last) = self.formatting[floor..].iter().rposition(|open| open == name) {
            self.formatting.remove(floor + last);
        }
    }

    /// The innermost open element of one of these names, if only such as `passes` lets by are open in it.
    fn last_before(&self, names: &[&str], passes: impl Fn(&str) -> bool) -> Option<usize> {
        let last = self.open.iter().rposition(|open| names.contains(&open.name.as_str()) || !passes(&open.name))?;
        names.contains(&self.open[last].name.as_str()).then_some(last)
    }

    /// Closes an open element with all that is open in it; formatting ends with a table's cell alone.
    fn close(&mut self, last: usize) {
        let closed = self.open.drain(last..);
        let floors = closed.filter(|open| matches!(open.name.as_str(), "td" | "th" | "caption")).map(|open| open.floor);
        if let Some(floor) = floors.min() {
            self.formatting.truncate(floor);
        }
    }

    fn floor(&self) -> usize {
        self.open.last().map_or(0, |open| open.floor)
    }

    fn is_foreign(&self) -> bool {
        self.open.iter().any(|open| matches!(open.name.as_str(), "svg" | "math"))
    }

    fn replace(&mut self, range: Range<usize>, with: &str) {
        self.kept.push_str(&self.html[self.copied..range.start]);
        self.kept.push_str(with);
        self.copied = range.end;
    }
}

/// The part of a tag after its name.
struct Tag {
    /// Where the tag ends.
    end: usize,
    /// Where its surplus attributes begin.
    surplus: Option<usize>,
    closes_itself: bool,
}

impl Tag {
    fn read(html: &str, start: usize) -> Self {
        let bytes = html.as_bytes();
        let (mut at, mut attributes, mut surplus, mut before) = (start, 0, None, b' ');
        while let Some(&byte) = bytes.get(at) {
            if byte == b'>' {
                return Self { end: at + 1, surplus, closes_itself: before == b'/' };
            }
            let starts_value = before == b'=' && matches!(byte, b'"' | b'\'');
            let starts_attribute = (before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\''))
                && !byte.is_ascii_whitespace()
                && byte != b'=';
            if starts_value {
                let value = &bytes[at + 1..];
                at += 1 + memchr::memchr(byte, value).unwrap_or(value.len());
            } else if starts_attribute {
                attributes += 1;
                if attributes > MOST_ATTRIBUTES && surplus.is_none() {
                    surplus = Some(at);
                }
            }
            if !(byte.is_ascii_whitespace() && before == b'=') {
                before = byte;
            }
            at += 1;
        }
        Self { end: bytes.len(), surplus, closes_itself: false }
    }
}

/// Where the text of an element that holds nothing else ends.
fn raw_text_end(html: &str, name: &str, start: usize) -> usize {
    let bytes = html.as_bytes();
    let mut ends = memchr::memmem::find_iter(&bytes[start..], b"</").map(|offset| start + offset);
    let is_end = |at: &usize| {
        let rest = &bytes[at + 2..];
        let follows =
            rest.get(name.len()).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
        follows && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    };
    ends.find(is_end).filter(|_| name != "plaintext").unwrap_or(bytes.len())
}

fn is_block(kind: Option<Kind>) -> bool {
    kind.is_some_and(|kind| !kind.is_inline())
}

fn is_part_of_table(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Caption | Kind::Rows | Kind::Row | Kind::Cell))
}

fn is_no_table(name: &str) -> bool {
    !matches!(name, "table" | "template")
}

fn is_no_scope(name: &str) -> bool {
    !SCOPES.contains(&name)
}

/// Whether the end tag of an element around this one closes it.
fn is_ordinary(name: &str) -> bool {
    !is_block(tags::lookup(name).map(|tag| tag.kind)) && !SPECIAL.contains(&name) && is_no_scope(name)
}

/// Whether an item's start tag ends an item that this element is open in.
fn is_passed_by_items(name: &str) -> bool {
    matches!(name, "address" | "div" | "p") || is_ordinary(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_comes_out_byte_for_byte() {
        let page = "<!-- <div> --><svg><path/><g><path/></g></svg><table><tr><td><b>x<td>y<tr><td>z</table>\
            <ul><li>a<li><p>b<p>c</ul><dl><dt>a<dd>b</dl><h2>t</h2><p>one<p><i>two</i><br><hr><div>x</div>\
            <script>if (a < b) '<div><div>'</script><a name=x><a href='>'>y</a><o:p></o:p><form><div></form></div>"
            .repeat(400);
        assert!(matches!(bounded(&page), Cow::Borrowed(_)));
        for text in
            ["", "<", "a < b", "</", "<!", "<!--", "<!-->", "<a", "<a href='", "<style>", "</>", "<é>", "<a\u{0}"]
        {
            assert_eq!(bounded(text), text);
        }
    }

    #[test]
    fn what_nests_too_deep_loses_its_tags_and_keeps_its_text() {
        for (open, close) in
            [("<div>", "</div>"), ("<b>", "</b>"), ("<span class='>'>", "</span>"), ("<x-y>", "</x-y>")]
        {
            let html = open.repeat(300) + "text" + &close.repeat(300) + "<p>after</p>";
            let kept = bounded(&html);
            assert_eq!((kept.matches(open).count(), kept.matches(close).count()), (DEEPEST, DEEPEST), "{open}");
            assert!(kept.contains("text") && kept.ends_with("<p>after</p>"));
        }
    }

    #[test]
    fn a_tag_keeps_its_first_attributes() {
        let html = format!("<p {}>text</p>", "a='>' ".repeat(300));
        assert_eq!(bounded(&html), format!("<p {}>text</p>", "a='>' ".repeat(MOST_ATTRIBUTES)));
    }
}
