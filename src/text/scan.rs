//! Sanitised HTML → tags and text, in order.
//!
//! Reads what this program and its sanitiser write: every attribute value in double quotes, no comments, no raw text
//! elements. It does not repair anything; whatever else it is given comes out as tags or text without a panic.

/// A piece of HTML.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Raw<'a> {
    /// A start tag: its name, and what stands between the name and `>`.
    Open(&'a str, &'a str),
    /// An end tag's name.
    Close(&'a str),
    /// Text, with its character references.
    Text(&'a str),
}

/// The tags and texts of `html`.
pub(super) fn scan(html: &str) -> Vec<Raw<'_>> {
    let mut raws = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let text = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        if text > 0 {
            raws.push(Raw::Text(&rest[..text]));
            rest = &rest[text..];
            continue;
        }
        let end = tag_end(rest);
        let inner = rest[1..end].trim_end_matches('>');
        rest = &rest[end..];
        match inner.as_bytes().first() {
            Some(b'/') => raws.push(Raw::Close(inner[1..].trim())),
            Some(b'!' | b'?') | None => {}
            Some(_) => {
                let name = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
                raws.push(Raw::Open(&inner[..name], &inner[name..]));
            }
        }
    }
    raws
}

/// The byte offset after the tag that `html` begins with; a `>` inside quotes does not end it.
fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// The names and the still escaped values of a start tag's attributes.
pub(super) fn attributes(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        let equals = rest.find("=\"")?;
        let name = rest[..equals].trim();
        let value = &rest[equals + 2..];
        let end = value.find('"').unwrap_or(value.len());
        rest = value.get(end + 1..).unwrap_or("");
        Some((name, &value[..end]))
    })
}

/// The value of the attribute `name`, still escaped.
pub(super) fn attribute<'a>(attributes_of_tag: &'a str, name: &str) -> Option<&'a str> {
    attributes(attributes_of_tag).find(|(other, _)| *other == name).map(|(_, value)| value)
}

/// The character reference that `text` begins with: its length in bytes and the character. A lone `&` is itself.
pub(super) fn reference(text: &str) -> (usize, &'static str) {
    const REFERENCES: [(&str, &str); 5] =
        [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{a0}"), ("&quot;", "\"")];
    REFERENCES.iter().find(|(name, _)| text.starts_with(name)).map_or((1, "&"), |(name, c)| (name.len(), c))
}

/// `text` with its character references decoded.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (length, character) = reference(&rest[at..]);
        decoded.push_str(&rest[..at]);
        decoded.push_str(character);
        rest = &rest[at + length..];
    }
    decoded.push_str(rest);
    decoded
}

/// Appends `text`, escaped as the HTML Standard's fragment serialisation does (section 13.3, "escaping a string"), so
/// that the sanitiser writes it in the same way. Quotes are escaped in attributes alone.
pub(super) fn escape_into(html: &mut String, text: &str, in_attribute: bool) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            '"' if in_attribute => html.push_str("&quot;"),
            '\0' => html.push('\u{fffd}'),
            // A parser reads a carriage return in the input as a line feed.
            '\r' => html.push('\n'),
            _ => html.push(c),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_in_quotes_does_not_end_a_tag() {
        let raws = scan("<a href=\"x>y\" lang=\"en\">a &lt; b</a>c");
        assert_eq!(
            raws,
            [Raw::Open("a", " href=\"x>y\" lang=\"en\""), Raw::Text("a &lt; b"), Raw::Close("a"), Raw::Text("c")]
        );
        let Raw::Open(_, inside) = raws[0] else { unreachable!() };
        assert_eq!(attribute(inside, "href"), Some("x>y"));
        assert_eq!(attribute(inside, "lang"), Some("en"));
        assert_eq!(attribute(inside, "id"), None);
    }

    #[test]
    fn escaping_and_decoding_are_inverse() {
        let text = "a < b && \"c\" >\u{a0}d &amp; &notin;";
        let mut html = String::new();
        escape_into(&mut html, text, true);
        assert!(!html.contains('<') && !html.contains('"'));
        assert_eq!(decode(&html), text);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "[<>/!?='\"a-c \n&;\u{e9}]{0,40}") {
            for raw in scan(&text) {
                if let Raw::Open(_, inside) = raw {
                    attributes(inside).for_each(drop);
                }
            }
            decode(&text);
        }
    }
}
