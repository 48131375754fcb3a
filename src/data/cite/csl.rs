//! References → CSL-JSON, as its schema (CSL 1.0.2, `csl-data.json`) allows it.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::{Reference, Work};
use crate::date::{Date, Parts};
use crate::terms::SourceKind;

/// An item; optional fields are left out.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

/// A date variable: numbers where they say it, else words.
#[derive(Default, Serialize)]
struct Issued {
    #[serde(rename = "date-parts", skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Vec<i64>>,
    /// 1 to 4, from spring on.
    #[serde(skip_serializing_if = "Option::is_none")]
    season: Option<u8>,
    /// CSL has one word for what is approximate and what is uncertain.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    circa: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    literal: Option<String>,
}

/// A list of items, for people to read too.
pub(super) fn list(references: &[Reference<'_>]) -> String {
    let items: Vec<Item<'_>> = references.iter().map(item).collect();
    let mut json = Vec::new();
    // Strings and numbers alone cannot fail to be JSON, nor JSON to be UTF-8.
    let _ = items.serialize(&mut Serializer::with_formatter(&mut json, Lines { depth: 0 }));
    String::from_utf8(json).unwrap_or_default()
}

/// JSON with a line for each field of an item, and what a field holds in one.
struct Lines {
    /// How many objects are open.
    depth: usize,
}

impl Formatter for Lines {
    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        writer.write_all(match (self.depth, first) {
            (1, _) => b"\n  ",
            (_, true) => b"",
            (_, false) => b" ",
        })
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(if self.depth == 0 { b"\n}" } else { b"}" })
    }
}

fn item<'a>(reference: &'a Reference<'_>) -> Item<'a> {
    let (kind, genre) = kind(reference.work);
    let archived = reference.archived.map(|archived| format!("Archived at {archived}"));
    let notes: Vec<&str> = reference.note.iter().chain(&archived).map(String::as_str).collect();
    Item {
        id: reference.key,
        kind,
        title: reference.title,
        author: reference.authors.iter().map(|literal| Name { literal }).collect(),
        container: reference.container,
        publisher: reference.publisher,
        issued: reference.issued.map(issued),
        genre,
        language: reference.language,
        url: reference.url.as_deref(),
        note: (!notes.is_empty()).then(|| notes.join(". ")),
    }
}

/// The item type, and a word for what CSL has no type for.
fn kind(work: Work) -> (&'static str, Option<&'static str>) {
    match work {
        Work::Page => ("webpage", None),
        Work::Source(SourceKind::Article) => ("article-newspaper", None),
        Work::Source(SourceKind::Report) => ("report", None),
        Work::Source(SourceKind::Transcript) => ("document", Some("Transcript")),
        Work::Source(SourceKind::Post) => ("post-weblog", None),
        Work::Source(SourceKind::Letter) => ("personal_communication", Some("Letter")),
        Work::Source(SourceKind::Filing) => ("document", Some("Court filing")),
        Work::Source(SourceKind::Video) => ("motion_picture", Some("Video")),
        Work::Source(SourceKind::Audio) => ("broadcast", Some("Audio")),
        Work::Source(SourceKind::Dataset) => ("dataset", None),
    }
}

fn issued(date: &Date) -> Issued {
    let parts = date.parts().unwrap_or_default();
    let seasons: Vec<Option<u8>> = parts.iter().map(|part| part.season).collect();
    let season = match seasons[..] {
        // Without a hemisphere, in the northern one, in the southern one; quarters and the like have no number.
        [Some(code @ 21..=32)] => Some((code - 21) % 4 + 1),
        _ => None,
    };
    let sayable = !parts.is_empty() && (season.is_some() || seasons.iter().all(Option::is_none));
    if !sayable {
        return Issued { literal: Some(date.human()), ..Issued::default() };
    }
    Issued {
        parts: parts.iter().map(numbers).collect(),
        season,
        circa: date.uncertain || date.approximate,
        literal: None,
    }
}

/// Year, month, day, as far as they are known. In CSL the year before 1 is -1.
fn numbers(parts: &Parts) -> Vec<i64> {
    let year = if parts.year > 0 { parts.year } else { parts.year.saturating_sub(1) };
    let rest = [parts.month, parts.month.and(parts.day)].into_iter().map_while(|part| part.map(i64::from));
    std::iter::once(year).chain(rest).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn an_item_has_what_is_known() {
        let date = Date::parse("2016-12-21?").unwrap();
        let reference = Reference { issued: Some(&date), archived: Some("https://a.example/"), ..example() };
        let json: serde_json::Value = serde_json::from_str(&list(&[reference])).unwrap();
        let expected = serde_json::json!([{
            "id": "red-phone",
            "type": "article-newspaper",
            "title": "Calls & “talks”",
            "author": [{ "literal": "Ann Lee" }, { "literal": "The {A} Team" }],
            "container-title": "Daily 100%",
            "issued": { "date-parts": [[2016, 12, 21]], "circa": true },
            "language": "en-GB",
            "URL": "https://example.org/a_b?c=1&d=%20#e",
            "note": "Archived at https://a.example/",
        }]);
        assert_eq!(json, expected);
        let bare = Reference { work: Work::Page, authors: Vec::new(), container: None, language: None, ..example() };
        let bare = Reference { url: None, ..bare };
        let lines = "{\n  \"id\": \"red-phone\",\n  \"type\": \"webpage\",\n  \"title\": \"Calls & “talks”\"\n}";
        assert_eq!(list(&[bare.clone(), bare]), format!("[{lines},{lines}]"));
    }

    #[test]
    fn dates_are_numbers_where_numbers_say_them() {
        let table = [
            ("2016", r#"{"date-parts":[[2016]]}"#),
            ("2016-12", r#"{"date-parts":[[2016,12]]}"#),
            ("2016-12-21", r#"{"date-parts":[[2016,12,21]]}"#),
            ("2016~", r#"{"date-parts":[[2016]],"circa":true}"#),
            ("2014/2016-06", r#"{"date-parts":[[2014],[2016,6]]}"#),
            ("2016-22", r#"{"date-parts":[[2016]],"season":2}"#),
            ("2016-29", r#"{"date-parts":[[2016]],"season":1}"#),
            ("-0043", r#"{"date-parts":[[-44]]}"#),
            ("0000", r#"{"date-parts":[[-1]]}"#),
            ("2016-34", r#"{"literal":"quarter 2 of 2016"}"#),
            ("201X", r#"{"literal":"the 2010s"}"#),
            ("2014/..", r#"{"literal":"from 2014 on"}"#),
        ];
        for (edtf, expected) in table {
            assert_eq!(serde_json::to_string(&issued(&Date::parse(edtf).unwrap())).unwrap(), expected, "{edtf}");
        }
    }
}
