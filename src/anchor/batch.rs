//! Selectors in, places out: the core of `casebook quote --text FILE --batch SELECTORS.jsonl`.
//!
//! A line in is a JSON object `{"id", "exact", "prefix"?, "suffix"?}`; other keys are left alone. A line out is
//! `{"id", "status", "start", "end", "folds", "candidates"}`, and `pieces` where words are left out. Offsets are code
//! points of the text as it is, from 0, half-open. This module neither reads files nor prints.

use std::fmt;
use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Candidate, CodePoints, Grade, Haystack, Outcome, Placement, Selector};
use crate::files::Slice;

/// A text ready to answer lines.
#[derive(Debug)]
pub struct Batch {
    haystack: Haystack,
    points: CodePoints,
}

/// A line that is no selector.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BatchError {
    /// The line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// The line's `id`, where it has one.
    id: Value,
}

/// A line in.
#[derive(Deserialize)]
struct Query {
    #[serde(default)]
    id: Value,
    exact: String,
    prefix: Option<String>,
    suffix: Option<String>,
}

/// A line out.
#[derive(Serialize, Default)]
struct Answer {
    id: Value,
    status: &'static str,
    start: Option<usize>,
    end: Option<usize>,
    folds: Vec<&'static str>,
    candidates: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pieces: Vec<Piece>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

#[derive(Serialize)]
struct Piece {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Place {
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suffix: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pieces: Vec<Piece>,
}

impl Batch {
    /// A text that has no gaps.
    pub fn new(text: &str) -> Self {
        Self { haystack: Haystack::new(text, &[]), points: CodePoints::new(text) }
    }

    /// The answers to all lines of `jsonl` that are not blank, in order; worked out in parallel. The answer to a line
    /// that is no selector is a [`BatchError`], which [`BatchError::to_json`] makes a line as well.
    pub fn answers(&self, jsonl: &str) -> Vec<Result<String, BatchError>> {
        let jsonl = jsonl.strip_prefix('\u{FEFF}').unwrap_or(jsonl);
        let lines: Vec<(usize, &str)> =
            jsonl.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
        lines.par_iter().map(|(index, line)| self.answer(index + 1, line)).collect()
    }

    /// The answer to one line; `number` is its number, from 1.
    ///
    /// # Errors
    ///
    /// The line is not a JSON object with the string `exact`.
    pub fn answer(&self, number: usize, line: &str) -> Result<String, BatchError> {
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        let query = match serde_json::from_str::<Query>(line) {
            Ok(query) if line.trim_start().starts_with('{') => query,
            Err(error) if !error.is_data() || line.trim_start().starts_with('{') => {
                return Err(BatchError::new(number, line, &error));
            }
            _ => return Err(BatchError::no_object(number, indent + 1)),
        };
        let given = |side: Option<String>| side.filter(|side| !side.is_empty()).map(Slice::from);
        let selector = Selector { exact: query.exact.into(), prefix: given(query.prefix), suffix: given(query.suffix) };
        let mut answer = Answer { id: query.id, ..Answer::default() };
        match self.haystack.find(&selector) {
            Outcome::Found(placement) => self.found(&mut answer, &placement),
            Outcome::Ambiguous(candidates) => {
                answer.status = "ambiguous";
                answer.candidates = candidates.into_iter().map(|candidate| self.place(candidate)).collect();
            }
            Outcome::NearMiss(miss) => {
                answer.status = "near-miss";
                self.extent(&mut answer, &miss.range);
            }
            Outcome::Absent => answer.status = "absent",
        }
        Ok(json(&answer))
    }

    fn found(&self, answer: &mut Answer, placement: &Placement) {
        answer.status = match placement.grade {
            Grade::Exact => "exact",
            Grade::Folded => "folded",
            Grade::Elided => "elided",
        };
        self.extent(answer, &placement.extent());
        answer.folds = placement.folds.names();
        answer.pieces = self.pieces(placement);
    }

    fn extent(&self, answer: &mut Answer, range: &Range<usize>) {
        let range = self.points.range(range);
        (answer.start, answer.end) = (Some(range.start), Some(range.end));
    }

    fn place(&self, candidate: Candidate) -> Place {
        let Range { start, end } = self.points.range(&candidate.placement.extent());
        let pieces = self.pieces(&candidate.placement);
        Place { start, end, prefix: candidate.prefix, suffix: candidate.suffix, pieces }
    }

    /// The pieces of a placement that leaves words out.
    fn pieces(&self, placement: &Placement) -> Vec<Piece> {
        if placement.grade != Grade::Elided {
            return Vec::new();
        }
        let ranges = placement.pieces.iter().map(|piece| self.points.range(piece));
        ranges.map(|Range { start, end }| Piece { start, end }).collect()
    }
}

impl BatchError {
    fn new(line: usize, text: &str, error: &serde_json::Error) -> Self {
        let mut byte = error.column().saturating_sub(1).min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let column = text[..byte].chars().count() + 1;
        let full = error.to_string();
        let reason = full.rsplit_once(" at line ").map_or(full.as_str(), |(reason, _)| reason);
        let value = serde_json::from_str::<Value>(text).unwrap_or_default();
        let kind = if error.is_data() { "this is no selector" } else { "this is not JSON" };
        let message = format!("{kind}: {reason}");
        Self { line, column, message, id: value.get("id").cloned().unwrap_or_default() }
    }

    fn no_object(line: usize, column: usize) -> Self {
        let message = "a selector is a JSON object: {\"id\": …, \"exact\": \"…\"}".to_owned();
        Self { line, column, message, id: Value::Null }
    }

    /// The line out: `{"id", "status": "error", …, "message"}`.
    pub fn to_json(&self) -> String {
        json(&Answer { id: self.id.clone(), status: "error", message: Some(self.to_string()), ..Answer::default() })
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

/// A value whose keys are strings always has a JSON form.
fn json(answer: &Answer) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_line() {
        let text =
            "\u{FEFF}Él said “no”.\r\nThe end of it all is near. The end of it all is here. One more two three four.";
        let batch = Batch::new(text);
        for (line, expected) in [
            (
                r#"{"id":1,"exact":"Él said"}"#,
                r#"{"id":1,"status":"exact","start":1,"end":8,"folds":[],"candidates":[]}"#,
            ),
            (
                r#"{"id":{"a":[2]},"exact":"said \"no\". The","type":"TextQuoteSelector","prefix":null}"#,
                r#"{"id":{"a":[2]},"status":"folded","start":4,"end":19,"folds":["white-space","quotation-marks"],"candidates":[]}"#,
            ),
            (
                r#"{"id":"c","exact":"it all is here. […] two three four."}"#,
                r#"{"id":"c","status":"elided","start":54,"end":94,"folds":[],"candidates":[],"pieces":[{"start":54,"end":69},{"start":79,"end":94}]}"#,
            ),
            (
                r#"{"exact":"The end of it all"}"#,
                r#"{"id":null,"status":"ambiguous","start":null,"end":null,"folds":[],"candidates":[{"start":16,"end":33,"prefix":"no”."},{"start":43,"end":60,"prefix":"near."}]}"#,
            ),
            (
                r#"{"id":null,"exact":"The end of it all is dear."}"#,
                r#"{"id":null,"status":"near-miss","start":16,"end":42,"folds":[],"candidates":[]}"#,
            ),
            (
                r#"{"id":0,"exact":"Nothing like this was ever written"}"#,
                r#"{"id":0,"status":"absent","start":null,"end":null,"folds":[],"candidates":[]}"#,
            ),
        ] {
            assert_eq!(batch.answer(1, line).unwrap(), expected);
        }
    }

    #[test]
    fn a_bad_line_says_where_and_the_others_are_answered() {
        let batch = Batch::new("one two three");
        let jsonl = "{\"id\":1,\"exact\":\"two\"}\r\n\n{\"id\":2,\"exact\":3}\n{\"id\":\"é\"  oops}\n[1]\n{\"id\":5}";
        let answers = batch.answers(jsonl);
        assert!(answers[0].as_ref().unwrap().contains("\"exact\""));
        let errors: Vec<_> = answers[1..].iter().map(|answer| answer.as_ref().unwrap_err()).collect();
        let places: Vec<_> = errors.iter().map(|error| (error.line, error.column)).collect();
        assert_eq!(places, [(3, 17), (4, 12), (5, 1), (6, 8)]);
        assert!(errors[3].message.contains("missing field `exact`"));
        let json = errors[0].to_json();
        assert!(json.starts_with(r#"{"id":2,"status":"error","start":null,"end":null,"#), "{json}");
        assert!(json.contains("line 3, column 17"), "{json}");
    }
}
