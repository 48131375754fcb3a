//! Raw HTML in the dossier's own Markdown → what it must not hold.
//!
//! A list of what is allowed, so that what nobody thought of is not. This is no HTML parser: it finds tags by the rules
//! by which a browser's tokenizer opens them, and rather reports too much than too little.

use std::ops::Range;

use super::links;
use crate::diag::Problem;
use crate::files::ByteRange;

/// Elements of text and tables.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that show or load something from elsewhere.
const EMBEDS: &[&str] = &[
    "img", "iframe", "video", "audio", "object", "embed", "source", "track", "picture", "image", "frame", "frameset",
    "applet", "input",
];

const ATTRIBUTES: &[&str] = &[
    "abbr",
    "align",
    "alt",
    "class",
    "colspan",
    "datetime",
    "dir",
    "headers",
    "href",
    "hreflang",
    "id",
    "lang",
    "name",
    "open",
    "rel",
    "reversed",
    "role",
    "rowspan",
    "scope",
    "span",
    "start",
    "title",
    "translate",
    "type",
    "valign",
    "value",
];

/// Something that is not allowed.
pub(super) struct Finding {
    /// Its bytes in the HTML.
    pub(super) range: Range<usize>,
    kind: Kind,
}

enum Kind {
    Element(String),
    RemoteEmbed(String),
    LocalEmbed(String),
    Attribute(String),
    Scheme(String),
    LocalLink,
    Declaration,
}

impl Finding {
    /// The finding as a problem at that place of the file.
    pub(super) fn problem(self, at: ByteRange) -> Problem {
        let html = |message: String| Problem::new("html-not-allowed", at, message);
        match self.kind {
            Kind::RemoteEmbed(name) => {
                Problem::new("remote-embed", at, format!("`<{name}>` would load something from elsewhere")).hint(
                    "the site must not ask another host for anything: put the file in `content/static` and write \
                     `![words](path)`, or write a link",
                )
            }
            Kind::LocalEmbed(name) => html(format!("`<{name}>` is not allowed here"))
                .hint("write an image as `![words](path)`, so that the path is checked; link to any other file"),
            Kind::Element(name) => {
                html(format!("`<{name}>` is not allowed here")).hint("write it in Markdown, or leave it out")
            }
            Kind::Attribute(name) => html(format!("the attribute `{name}` is not allowed here"))
                .hint("remove it; how things look is the theme's business"),
            Kind::Scheme(scheme) => Problem::new("link-scheme", at, format!("a link cannot begin with `{scheme}:`"))
                .hint("link to an `https:` address, or to a file of the dossier"),
            Kind::LocalLink => html("a link inside the dossier is not checked when it is written in HTML".to_owned())
                .hint("write `[[id]]`, or `[words](path)`"),
            Kind::Declaration => html("this is not HTML that a text can hold".to_owned()).hint("remove it"),
        }
    }
}

/// Everything in a piece of HTML that is not allowed, in order.
pub(super) fn check(html: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        let rest = &html[open + 1..];
        if rest.starts_with("!--") {
            at = rest.find("-->").map_or(html.len(), |end| open + 1 + end + 3);
        } else if rest.starts_with(['!', '?']) {
            findings.push(Finding { range: open..html.len().min(open + 2), kind: Kind::Declaration });
            at = open + 2;
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = tag(html, open, &mut findings);
        } else {
            at = open + 1;
        }
    }
    findings
}

/// Checks the tag that opens at `open`, and gives the byte after it.
fn tag(html: &str, open: usize, findings: &mut Vec<Finding>) -> usize {
    let name_end = html[open + 1..].find(ends_name).map_or(html.len(), |end| open + 1 + end);
    let name = html[open + 1..name_end].to_ascii_lowercase();
    let (attributes, end) = attributes(html, name_end);
    let value = |wanted: &str| attributes.iter().find(|(key, _, _)| key == wanted).map(|(_, value, _)| value.as_str());
    if EMBEDS.contains(&name.as_str()) {
        let is_remote = ["src", "srcset", "data", "href", "poster"]
            .iter()
            .filter_map(|key| value(key))
            .any(|address| links::scheme(address).is_some());
        let kind = if is_remote { Kind::RemoteEmbed(name) } else { Kind::LocalEmbed(name) };
        findings.push(Finding { range: open..end, kind });
        return end;
    }
    if !ELEMENTS.contains(&name.as_str()) {
        findings.push(Finding { range: open..end, kind: Kind::Element(name) });
        return end;
    }
    for (key, value, range) in attributes {
        let is_known = ATTRIBUTES.contains(&key.as_str()) || key.starts_with("data-") || key.starts_with("aria-");
        let kind = match (is_known, key.as_str()) {
            (false, _) => Kind::Attribute(key),
            (true, "href") => match links::scheme(&value) {
                Some(scheme) if links::is_unsafe(&scheme) => Kind::Scheme(scheme),
                Some(_) => continue,
                None => Kind::LocalLink,
            },
            (true, _) => continue,
        };
        findings.push(Finding { range, kind });
    }
    end
}

fn ends_name(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '/' | '>')
}

/// An attribute: its name in small letters, its value as written, and its bytes.
type Attribute = (String, String, Range<usize>);

/// The attributes from byte `at` on, and the byte after the tag.
fn attributes(html: &str, mut at: usize) -> (Vec<Attribute>, usize) {
    let mut found = Vec::new();
    loop {
        at += html[at..].find(|c: char| !c.is_ascii_whitespace() && c != '/').unwrap_or(html.len() - at);
        let rest = &html[at..];
        if rest.is_empty() {
            return (found, at);
        }
        if rest.starts_with('>') {
            return (found, at + 1);
        }
        let start = at;
        // A leading `=` is part of the name.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let name_len = rest[first..].find(|c: char| ends_name(c) || c == '=').map_or(rest.len(), |end| first + end);
        let name = rest[..name_len].to_ascii_lowercase();
        at += name_len;
        let value = value(html, &mut at);
        found.push((name, value, start..at));
    }
}

/// The value after an attribute's name, if there is one; moves `at` past it.
fn value(html: &str, at: &mut usize) -> String {
    let after = html[*at..].trim_start_matches(|c: char| c.is_ascii_whitespace());
    let Some(rest) = after.strip_prefix('=') else {
        return String::new();
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let start = html.len() - rest.len();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (from, length) = match quote {
        Some(quote) => (1, rest[1..].find(quote).unwrap_or(rest.len() - 1)),
        None => (0, rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len())),
    };
    *at = (start + from + length + from).min(html.len());
    rest[from..from + length].to_owned()
}
