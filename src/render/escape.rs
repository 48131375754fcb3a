//! Plain text → HTML text, and XML text.

/// Appends `text` as HTML, fit for an element's content and for an attribute's value in double quotes.
pub(crate) fn escape_into(html: &mut String, text: &str) {
    let mut rest = text;
    // All four are ASCII, so a byte of one is the character.
    while let Some(at) = first_sign(rest.as_bytes()) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// Where the first of the bytes is that HTML reads as markup. Most texts have none: they are read in pieces of a size
/// that a processor compares at once.
fn first_sign(bytes: &[u8]) -> Option<usize> {
    const PIECE: usize = 16;
    let is_sign = |&byte: &u8| (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"');
    let has_sign = |piece: &[u8; PIECE]| piece.iter().fold(false, |found, byte| found | is_sign(byte));
    let clear = bytes.as_chunks().0.iter().take_while(|piece| !has_sign(piece)).count() * PIECE;
    bytes[clear..].iter().position(is_sign).map(|at| clear + at)
}

/// Appends `text` as templates write it: with its apostrophes escaped as well, so that what is written here and what a
/// theme writes are alike.
pub(crate) fn escape_as_templates_into(html: &mut String, text: &str) {
    for (n, part) in text.split('\'').enumerate() {
        html.push_str(if n > 0 { "&#39;" } else { "" });
        escape_into(html, part);
    }
}

/// `text` as HTML, fit for an element's content and for an attribute's value in double quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_into(&mut html, text);
    html
}

/// Appends `text` as XML 1.0, fit for the same places. XML has no control characters but white space, and no U+FFFE and
/// U+FFFF (section 2.2): they are left out.
pub(crate) fn escape_xml_into(xml: &mut String, text: &str) {
    let is_none = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.split(is_none).for_each(|part| escape_into(xml, part));
}

/// `text` as XML 1.0, fit for the same places.
pub(crate) fn escape_xml(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    escape_xml_into(&mut xml, text);
    xml
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{escape, escape_as_templates_into, escape_xml};

    #[test]
    fn what_html_reads_as_markup_is_escaped_and_nothing_else() {
        assert_eq!(escape(r#"a < b & "c" > 'd' – é"#), "a &lt; b &amp; &quot;c&quot; &gt; 'd' – é");
        assert_eq!(escape(""), "");
        for length in 0..40 {
            let (plain, signs) = ("é".repeat(length), "a\"".repeat(length));
            assert_eq!(escape(&format!("{plain}<{signs}")), format!("{plain}&lt;{}", signs.replace('"', "&quot;")));
        }
    }

    #[test]
    fn what_xml_does_not_have_is_left_out() {
        assert_eq!(escape_xml("a\0<\u{1b}\tb\u{FFFE}\u{FFFD}\n"), "a&lt;\tb\u{FFFD}\n");
    }

    #[test]
    fn what_is_written_here_is_escaped_as_templates_do() {
        for text in ["", "'", "'a' < \"b\" & c's", "é – 字"] {
            let (mut ours, mut theirs) = (String::new(), Vec::new());
            escape_as_templates_into(&mut ours, text);
            tera::escape_html(text, &mut theirs).unwrap();
            assert_eq!(ours.as_bytes(), theirs);
        }
    }
}
