//! `captures.lock`: what was checked against the captures, and when.
//!
//! A table a source, by id. The program writes it; people read it, and merge it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::diag::{Problem, suggest};
use crate::fields::{Context, Fields, Form, Table, Value, required, syntax, values};
use crate::files::ByteRange;
use crate::ids::RecordId;

/// The lock's records, by source id.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lock {
    /// One a source.
    pub sources: BTreeMap<RecordId, Entry>,
}

/// What was checked of a source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The SHA-256 of the capture's bytes, in lower-case hexadecimal digits.
    pub capture: String,
    /// The SHA-256 of the body's bytes, likewise.
    pub body: String,
    /// The version of the folding table.
    pub fold: u32,
    /// The day of recording, `YYYY-MM-DD`.
    pub date: String,
}

/// A table of the lock.
pub static ENTRY: Table = Table {
    name: "a record of the lock",
    fields: &[
        required(
            "capture",
            Form::Sha256,
            "capture = \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
        ),
        required("body", Form::Sha256, "body = \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\""),
        required("fold", Form::Integer, "fold = 1"),
        required("date", Form::Date, "date = 2026-11-22"),
    ],
};

const HEADER: &str = "# What the texts of the sources were checked against, and when.\n\
                      # Written by `casebook check --record`.\n";

impl Lock {
    /// Reads the lock. A record with something wrong in it is left out.
    pub fn parse(text: &str) -> (Self, Vec<Problem>) {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        syntax::read(&text[start..], start, |document| {
            let cx = Context::new(&text[start..], start, document.broken);
            cx.report_all(document.problems);
            if document.shattered {
                return (Self::default(), cx.into_problems());
            }
            let sources = cx.entries(&document.table).filter_map(|(name, at, value)| record(name, at, value)).collect();
            (Self { sources }, cx.into_problems())
        })
    }

    /// The lock as TOML, sorted by id: the same records always give the same bytes.
    pub fn to_toml(&self) -> String {
        let mut text = HEADER.to_owned();
        for (id, entry) in &self.sources {
            let string = |value: &str| toml::Value::String(value.to_owned()).to_string();
            let is_day = Date::parse(&entry.date).is_ok_and(|date| date.is_exact_day() && entry.date.len() == 10);
            let date = if is_day { entry.date.clone() } else { string(&entry.date) };
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "\n[{id}]\ncapture = {}\nbody = {}\nfold = {}\ndate = {date}\n",
                string(&entry.capture),
                string(&entry.body),
                entry.fold,
            );
        }
        text
    }
}

fn record(name: &str, at: ByteRange, value: Value<'_>) -> Option<(RecordId, Entry)> {
    let Some(id) = RecordId::new(name) else {
        let problem = Problem::new("bad-id", at, format!("`{name}` is not a source's id"));
        value.cx.report(problem.hint("remove this table, and record again with `casebook check --record`"));
        return None;
    };
    let Some(fields) = value.table(&ENTRY) else {
        let problem = Problem::new("unknown-field", at, format!("`{name}` is not a table of the lock"));
        value.cx.report(match suggest::did_you_mean(name, ENTRY.names()) {
            Some(_) => problem.hint("it belongs under a line `[source-id]`"),
            None => problem.hint(format!("a record of the lock is written under a line `[{name}]`")),
        });
        return None;
    };
    entry(fields).map(|entry| (id, entry))
}

fn entry(fields: Fields<'_>) -> Option<Entry> {
    let capture = fields.get("capture", values::sha256).map(|hash| hash.value);
    let body = fields.get("body", values::sha256).map(|hash| hash.value);
    let fold = fields.get("fold", values::integer);
    let date = fields.get("date", values::date).map(|date| date.value.as_str().to_owned());
    Some(Entry { capture: capture?, body: body?, fold: fold?, date: date? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> Lock {
        let entry = |digit: &str| Entry {
            capture: digit.repeat(64),
            body: "b".repeat(64),
            fold: 1,
            date: "2026-11-22".to_owned(),
        };
        let sources = ["zeta", "alpha-2"].iter().filter_map(|id| Some((RecordId::new(id)?, entry("a")))).collect();
        Lock { sources }
    }

    #[test]
    fn what_is_written_is_read_back_and_sorted() {
        let text = lock().to_toml();
        assert!(text.find("[alpha-2]") < text.find("[zeta]"), "{text}");
        assert!(text.contains("date = 2026-11-22\n"), "{text}");
        assert_eq!(Lock::parse(&text), (lock(), Vec::new()));
        assert_eq!(Lock::parse(""), (Lock::default(), Vec::new()));
    }

    #[test]
    fn what_is_wrong_is_reported_and_left_out() {
        let mut text = lock().to_toml();
        text.push_str(
            "\n[broken]\ncapture = \"12\"\nbodi = \"\"\nfold = \"1\"\ndate = 2026-11-22T10:00:00\n[Wrong_Id]\n",
        );
        let (read, problems) = Lock::parse(&text);
        assert_eq!(read, lock());
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["bad-hash", "unknown-field", "wrong-type", "date-with-time", "bad-id"]);
        let (none, problems) = Lock::parse("<<<<<<< HEAD\n[a]\n");
        assert!(none.sources.is_empty() && !problems.is_empty());
    }
}
