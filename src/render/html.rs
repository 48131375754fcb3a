//! HTML made by this program: safe strings for templates, references, and taking a text out of its page.

use serde::{Serialize, Serializer};
use tera::Value;

use crate::render::escape::escape_into;

/// Finished HTML: a template writes it as it is, everything else it escapes.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Html(Value);

impl Html {
    pub(crate) fn new(html: &str) -> Self {
        Self(Value::safe_string(html))
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A path or fragment as part of a relative reference: what has a meaning there is percent-encoded (RFC 3986,
/// section 2), other scripts are left readable (RFC 3987).
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        let is_plain = match c {
            '-' | '.' | '_' | '~' | '/' | '!' | '$' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=' | '@' => true,
            c if c.is_ascii() => c.is_ascii_alphanumeric(),
            c => !c.is_whitespace(),
        };
        if is_plain {
            encoded.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    encoded
}

/// HTML that moves from its own page into another: its ids are dropped, since the page that takes it has its own, and
/// references to them lead to `home`, the reference to its own page.
pub(crate) fn detach(html: &str, home: impl Fn(&str) -> String) -> String {
    if !html.contains(" id=") && !html.contains("\"#") {
        return html.to_owned();
    }
    let mut detached = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let length = tag_length(&rest[open..]);
        detached.push_str(&rest[..open]);
        detach_tag(&rest[open..open + length], &home, &mut detached);
        rest = &rest[open + length..];
    }
    detached.push_str(rest);
    detached
}

/// The bytes of the tag that `html` begins with; quoted values may hold `>`.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn detach_tag(tag: &str, home: impl Fn(&str) -> String, detached: &mut String) {
    let mut rest = tag;
    // An attribute is looked for by its beginning; in a quoted value neither beginning can stand, `"` being escaped.
    while let Some((at, is_id)) = [(rest.find(" id=\""), true), (rest.find(" href=\"#"), false)]
        .into_iter()
        .filter_map(|(at, is_id)| at.map(|at| (at, is_id)))
        .min()
    {
        let begin = at + if is_id { " id=\"".len() } else { " href=\"#".len() };
        let end = rest[begin..].find('"').map_or(rest.len(), |length| begin + length);
        detached.push_str(&rest[..at]);
        if !is_id {
            detached.push_str(" href=\"");
            escape_into(detached, &home(&rest[begin..end]));
            detached.push('"');
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    detached.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detached_text_has_no_ids_and_leads_home() {
        let html =
            r##"<h2 class="x" id="a">A id="b"</h2><a id="f" href="#a" title="&quot; > y">up</a> <a href="c.html#d">"##;
        assert_eq!(
            detach(html, |id| format!("e.html#{id}")),
            r##"<h2 class="x">A id="b"</h2><a href="e.html#a" title="&quot; > y">up</a> <a href="c.html#d">"##
        );
        assert_eq!(detach("<p id=\"unclosed", |_| String::new()), "<p");
    }

    #[test]
    fn references_are_encoded_and_stay_readable() {
        assert_eq!(encode("a b/c#d?e%f:g"), "a%20b/c%23d%3Fe%25f%3Ag");
        assert_eq!(encode("später/新華社"), "später/新華社");
    }
}
