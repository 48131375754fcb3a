//! HTML made by this program: safe strings for templates, references, and setting a text apart from its page.

use std::collections::HashSet;

use serde::{Serialize, Serializer};
use tera::Value;

use crate::render::escape::escape_into;

pub(crate) use crate::site::encode;

/// How an attribute begins that gives an id, and one that refers to an id of the page.
const ID: &str = " id=\"";
const REFERENCE: &str = " href=\"#";

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

/// Whether a text may give an id or refer to one of the page.
pub(crate) fn has_ids(html: &str) -> bool {
    html.contains(" id=") || html.contains("\"#")
}

/// A text that stands beside others on a page: its ids get `prefix`, and so do the references to them. References to
/// what it does not have lead to `home`.
pub(crate) fn set_apart(html: &str, prefix: &str, home: impl Fn(&str) -> String) -> String {
    let mut ids = HashSet::new();
    rewrite(html, |attribute, id| {
        if attribute == Attribute::Id {
            ids.insert(id.to_owned());
        }
        String::new()
    });
    rewrite(html, |attribute, id| match attribute {
        Attribute::Id => format!("{prefix}{id}"),
        Attribute::Reference if ids.contains(id) => format!("#{prefix}{id}"),
        Attribute::Reference => {
            let mut reference = String::new();
            escape_into(&mut reference, &home(id));
            reference
        }
    })
}

/// What an attribute does with an id.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Id,
    Reference,
}

/// `html` with the value of each attribute that gives an id, or refers to one of the page, put anew.
fn rewrite(html: &str, mut value: impl FnMut(Attribute, &str) -> String) -> String {
    let mut rewritten = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let length = tag_length(&rest[open..]);
        rewritten.push_str(&rest[..open]);
        rewrite_tag(&rest[open..open + length], &mut value, &mut rewritten);
        rest = &rest[open + length..];
    }
    rewritten.push_str(rest);
    rewritten
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

fn rewrite_tag(tag: &str, value: &mut impl FnMut(Attribute, &str) -> String, rewritten: &mut String) {
    let mut rest = tag;
    // An attribute is looked for by its beginning; in a quoted value neither beginning can stand, `"` being escaped.
    let first = |rest: &str| {
        let id = rest.find(ID).map(|at| (at, Attribute::Id));
        let reference = rest.find(REFERENCE).map(|at| (at, Attribute::Reference));
        id.into_iter().chain(reference).min_by_key(|(at, _)| *at)
    };
    while let Some((at, attribute)) = first(rest) {
        let (opening, begin) = match attribute {
            Attribute::Id => (ID, at + ID.len()),
            Attribute::Reference => (" href=\"", at + REFERENCE.len()),
        };
        let end = rest[begin..].find('"').map_or(rest.len(), |length| begin + length);
        rewritten.push_str(&rest[..at]);
        rewritten.push_str(opening);
        rewritten.push_str(&value(attribute, &rest[begin..end]));
        rewritten.push('"');
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    rewritten.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_set_apart_has_ids_of_its_own_and_leads_home_for_others() {
        let html = r##"<h2 id="a">A id="b"</h2><a id="f" href="#a" title="&quot; > y">up</a> <a href="c.html#d"><a href="#e">"##;
        assert_eq!(
            set_apart(html, "p-", |id| format!("h.html#{id}")),
            r##"<h2 id="p-a">A id="b"</h2><a id="p-f" href="#p-a" title="&quot; > y">up</a> <a href="c.html#d"><a href="h.html#e">"##
        );
        assert_eq!(set_apart("<p id=\"unclosed", "p-", |_| String::new()), "<p id=\"p-unclosed\"");
    }

    #[test]
    fn references_are_encoded_and_stay_readable() {
        assert_eq!(encode("a b/c#d?e%f:g"), "a%20b/c%23d%3Fe%25f%3Ag");
        assert_eq!(encode("später/新華社"), "später/新華社");
    }
}
