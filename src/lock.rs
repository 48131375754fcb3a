//! `captures.lock`: what was checked against the captures, and when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diag::Problem;
use crate::ids::RecordId;

/// What stands above the records, so that nobody changes them by hand.
const HEAD: &str = "# What was held against its capture, and when. Written by `casebook check --record`.\n";

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

impl Lock {
    /// Reads `captures.lock`. What is wrong in it is reported, and nothing is taken from it then.
    pub fn parse(text: &str) -> (Self, Vec<Problem>) {
        let hint =
            "the file is written by `casebook check --record`: bring back the version that it wrote, or delete it";
        let entries: BTreeMap<String, Entry> = match toml::from_str(text) {
            Ok(entries) => entries,
            Err(error) => {
                let range = error.span().unwrap_or_default().into();
                let message = format!("`captures.lock` cannot be read: {}", error.message());
                return (Self::default(), vec![Problem::new("bad-lock", range, message).hint(hint)]);
            }
        };
        let mut lock = Self::default();
        let mut problems = Vec::new();
        for (name, entry) in entries {
            match RecordId::new(&name) {
                Some(id) => {
                    lock.sources.insert(id, entry);
                }
                None => {
                    let at = text.find(&name).map_or(0..0, |at| at..at + name.len());
                    let message = format!("`captures.lock` names `{name}`, which cannot be a source's id");
                    problems.push(Problem::new("bad-lock", at.into(), message).hint(hint));
                }
            }
        }
        (lock, problems)
    }

    /// The file's text.
    pub fn to_toml(&self) -> String {
        let mut text = HEAD.to_owned();
        for (id, Entry { capture, body, fold, date }) in &self.sources {
            // Digests, a number and a date need no escapes.
            text.push_str(&format!(
                "\n[{id}]\ncapture = \"{capture}\"\nbody = \"{body}\"\nfold = {fold}\ndate = \"{date}\"\n"
            ));
        }
        text
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let entry = |date: &str| Entry { capture: "ab".into(), body: "cd".into(), fold: 1, date: date.into() };
        let mut lock = Lock::default();
        lock.sources.insert(RecordId::new("b").unwrap(), entry("2026-11-22"));
        lock.sources.insert(RecordId::new("2016-a").unwrap(), entry("2026-11-21"));
        let text = lock.to_toml();
        assert!(text.contains("\n[2016-a]\ncapture = \"ab\"\n"), "{text}");
        assert_eq!(Lock::parse(&text), (lock, Vec::new()));
        assert_eq!(Lock::parse(""), (Lock::default(), Vec::new()));
    }

    #[test]
    fn what_is_wrong_in_a_lock_has_a_place() {
        let (lock, problems) = Lock::parse("[a]\ncapture = 1\n");
        assert_eq!((lock, problems.len(), problems[0].range.as_range()), (Lock::default(), 1, 14..15));
        let (_, problems) = Lock::parse("[\"A b\"]\ncapture = \"\"\nbody = \"\"\nfold = 1\ndate = \"\"\n");
        assert_eq!((problems.len(), problems[0].range.as_range()), (1, 2..5));
    }
}
