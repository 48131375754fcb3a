//! A TOML string → its decoded text with the way back to the bytes of the file (TOML 1.1, section "String").
//!
//! What the string says is decided by the TOML parser; here is only worked out which bytes say it.

use crate::files::{ByteRange, Slice};

/// A value with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub range: ByteRange,
}

/// A text out of a file, with the way back from its bytes to the file's.
///
/// A TOML string's escapes and a folded line make the decoded text differ from the raw one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located {
    /// The decoded text.
    pub text: Slice,
    /// The raw text in the file, without its delimiters.
    pub range: ByteRange,
    pub(crate) offsets: Offsets,
}

/// How decoded bytes map to the file's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Offsets {
    /// The decoded text stands in the file as it is, from `range.start`.
    Verbatim,
    /// For each decoded byte, and for the end, the byte offset in the file.
    Table(Box<[u32]>),
}

impl Located {
    /// A text that stands in the file as it is, from byte `start`.
    pub fn verbatim(text: Slice, start: usize) -> Self {
        Self { range: ByteRange::new(start, start + text.len()), text, offsets: Offsets::Verbatim }
    }

    /// The TOML string `raw`, with its delimiters, that starts at byte `start` of the file and says `decoded`.
    pub fn toml_string(raw: &str, start: usize, decoded: Slice) -> Self {
        let inner = inner(raw);
        let range = ByteRange::new(start + inner.start, start + inner.end);
        let text = &raw[inner.clone()];
        if text == &*decoded {
            return Self::verbatim(decoded, start + inner.start);
        }
        let mut table = Vec::with_capacity(decoded.len() + 1);
        push_offsets(text, start + inner.start, &mut table);
        if table.len() != decoded.len() + 1 {
            // Only a string with a syntax error gets here; its whole is the best place that there is.
            table = vec![range.start; decoded.len()];
            table.push(range.end);
        }
        Self { text: decoded, range, offsets: Offsets::Table(table.into()) }
    }

    /// The same text without the white space at its ends.
    pub fn trimmed(self) -> Self {
        let kept = self.text.trim();
        let start = self.text.len() - self.text.trim_start().len();
        let end = start + kept.len();
        if kept.len() == self.text.len() {
            return self;
        }
        let (text, range) = (self.text.part(kept), self.locate(start..end));
        let offsets = match self.offsets {
            Offsets::Verbatim => Offsets::Verbatim,
            Offsets::Table(table) => Offsets::Table(table.get(start..=end).unwrap_or_default().into()),
        };
        Self { text, range, offsets }
    }

    /// Where a range of bytes of [`Located::text`] stands in the file.
    pub fn locate(&self, decoded: std::ops::Range<usize>) -> ByteRange {
        match &self.offsets {
            Offsets::Verbatim => {
                let start = self.range.start as usize;
                ByteRange::new(start + decoded.start, start + decoded.end)
            }
            Offsets::Table(table) => {
                let at = |index: usize| table.get(index).map_or(self.range.end, |&offset| offset);
                ByteRange { start: at(decoded.start), end: at(decoded.end).max(at(decoded.start)) }
            }
        }
    }
}

/// The bytes of a raw string between its delimiters, without the line feed that a multi-line string may begin with.
fn inner(raw: &str) -> std::ops::Range<usize> {
    for delimiter in ["\"\"\"", "'''"] {
        if raw.len() >= 6 && raw.starts_with(delimiter) && raw.ends_with(delimiter) {
            let rest = &raw[3..];
            let newline = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
            return (3 + newline).min(raw.len() - 3)..raw.len() - 3;
        }
    }
    let quoted = raw.len() >= 2 && raw.starts_with(['"', '\'']) && raw.ends_with(['"', '\'']);
    if quoted { 1..raw.len() - 1 } else { 0..raw.len() }
}

/// For each byte that `text` decodes to, and for the end, its offset; `text` begins at `start` and has escapes.
fn push_offsets(text: &str, start: usize, table: &mut Vec<u32>) {
    let narrow = |offset: usize| u32::try_from(start + offset).unwrap_or(u32::MAX);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            table.push(narrow(at));
            at += 1;
            continue;
        }
        let digits = match bytes.get(at + 1) {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            Some(b' ' | b'\t' | b'\r' | b'\n') => {
                let skipped = text[at + 1..].len() - text[at + 1..].trim_start_matches([' ', '\t', '\r', '\n']).len();
                at += 1 + skipped;
                continue;
            }
            _ => 0,
        };
        let code = text.get(at + 2..at + 2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let decoded = if digits == 0 { 1 } else { code.and_then(char::from_u32).map_or(3, char::len_utf8) };
        table.extend(std::iter::repeat_n(narrow(at), decoded));
        at += 2 + digits;
    }
    table.push(narrow(text.len()));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use toml::de::{DeTable, DeValue};

    use super::*;

    /// The string that `key = RAW` says.
    fn decode(raw: &str) -> String {
        let text = format!("k = {raw}");
        let table = DeTable::parse(&text).unwrap_or_else(|error| panic!("{raw}: {error}"));
        match table.get_ref().get("k").unwrap().get_ref() {
            DeValue::String(text) => text.to_string(),
            other => panic!("{other:?}"),
        }
    }

    /// One character in one of its basic-string forms, and whether the form may stand in a multi-line string only.
    fn write(c: char, style: u8, multiline: bool, out: &mut String) {
        let code = c as u32;
        let must = (c == '"' && !(multiline && style.is_multiple_of(2) && !out.ends_with('"')))
            || c == '\\'
            || (c.is_control() && c != '\t')
            || (c == '\n' && !multiline);
        match style % 6 {
            1 if code <= 0xff => out.push_str(&format!("\\x{code:02x}")),
            2 if code <= 0xffff => out.push_str(&format!("\\u{code:04X}")),
            3 => out.push_str(&format!("\\U{code:08x}")),
            4 if multiline => {
                out.push_str("\\ \n\t  ");
                write(c, if c.is_whitespace() { 3 } else { 0 }, multiline, out);
            }
            5 if multiline && c == '\n' => out.push('\n'),
            _ if must => match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\u{1b}' => out.push_str("\\e"),
                _ => out.push_str(&format!("\\u{code:04x}")),
            },
            _ => out.push(c),
        }
    }

    proptest! {
        #[test]
        fn every_character_maps_to_bytes_that_decode_to_it(
            chars in prop::collection::vec((any::<char>(), any::<u8>()), 0..40),
            multiline: bool,
            leading_newline: bool,
        ) {
            let quote = if multiline { "\"\"\"" } else { "\"" };
            let mut raw = quote.to_owned();
            if multiline && leading_newline {
                raw.push_str("\r\n");
            }
            for (index, &(c, style)) in chars.iter().enumerate() {
                // A line feed at the very start would be trimmed.
                let style = if index == 0 { 3 } else { style };
                write(c, style, multiline, &mut raw);
            }
            raw.push_str(quote);
            let decoded = decode(&raw);
            prop_assert_eq!(&decoded, &chars.iter().map(|&(c, _)| c).collect::<String>());
            let located = Located::toml_string(&raw, 100, decoded.as_str().into());
            prop_assert_eq!(&located.text, &decoded);
            for (at, c) in decoded.char_indices() {
                let range = located.locate(at..at + c.len_utf8());
                let slice = &raw[range.start as usize - 100..range.end as usize - 100];
                // The line feed that such a string begins with is trimmed, and no other.
                let slice_decoded = decode(&format!("\"\"\"\n{slice}\"\"\""));
                prop_assert_eq!(slice_decoded, c.to_string(), "{:?} in {:?}", slice, raw);
            }
        }

        #[test]
        fn a_literal_string_stands_as_it_is(text in "[^'\\p{Cc}]{0,20}", multiline: bool) {
            let raw = if multiline { format!("'''\n{text}'''") } else { format!("'{text}'") };
            let decoded = decode(&raw);
            let located = Located::toml_string(&raw, 7, decoded.as_str().into());
            prop_assert_eq!(&located.offsets, &Offsets::Verbatim);
            let range = located.locate(0..decoded.len()).as_range();
            prop_assert_eq!(&raw[range.start - 7..range.end - 7], &decoded);
        }
    }

    #[test]
    fn a_trimmed_text_keeps_its_places() {
        for raw in ["\"\"\"\n \\t one \\u00e9\\\n  \n\"\"\"", "'  one é '", "\" \\t \""] {
            let decoded = decode(raw);
            let whole = Located::toml_string(raw, 0, decoded.as_str().into());
            let trimmed = whole.clone().trimmed();
            assert_eq!(trimmed.text, decoded.trim());
            let lead = decoded.len() - decoded.trim_start().len();
            for (at, c) in trimmed.text.char_indices() {
                let end = at + c.len_utf8();
                assert_eq!(trimmed.locate(at..end), whole.locate(lead + at..lead + end), "{raw}");
            }
        }
    }

    #[test]
    fn crlf_and_a_trimmed_line_feed() {
        let raw = "\"\"\"\r\none\\\r\n   two\r\nthree\"\"\"";
        let decoded = decode(raw);
        assert_eq!(decoded, "onetwo\r\nthree");
        let located = Located::toml_string(raw, 0, decoded.as_str().into());
        let two = located.locate(3..6).as_range();
        assert_eq!(&raw[two], "two");
        assert_eq!(&raw[located.range.as_range()], "one\\\r\n   two\r\nthree");
    }
}
