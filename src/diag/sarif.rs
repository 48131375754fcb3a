//! Diagnostics in the Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard.
//!
//! One run. Columns are code points (§3.14.17), paths are from the repository's root and so under `%SRCROOT%` (§3.14.14).
//! A hint is words and no edit, so that it stands in the message and not among `fixes`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::diag::fingerprint::Fingerprints;
use crate::diag::{Diagnostic, Severity, in_repository};
use crate::files::{Files, Span};

/// What each name means.
const MEANINGS: &str = include_str!("../../docs/errors.md");

/// The diagnostics as a SARIF log. `prefix` is the project's folder in the repository: empty, or with `/` at its end.
pub fn render(diagnostics: &[Diagnostic], files: &Files, prefix: &str) -> String {
    let codes: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let meanings = meanings();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code, meanings.get(code))).collect();
    let mut log = Log { files, prefix, codes: &codes, fingerprints: Fingerprints::default() };
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| log.result(diagnostic)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "casebook",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "The root of the repository." } } },
            "results": results,
        }],
    });
    // A value of strings and numbers alone cannot fail to become JSON.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

/// The sentences of `docs/errors.md`, by name.
fn meanings() -> BTreeMap<&'static str, String> {
    let mut meanings: BTreeMap<&str, String> = BTreeMap::new();
    let mut last = None;
    for line in MEANINGS.lines() {
        if let Some((code, meaning)) = line.strip_prefix("- **").and_then(|line| line.split_once("**: ")) {
            meanings.insert(code, meaning.to_owned());
            last = Some(code);
        } else if let Some((meaning, more)) = last.and_then(|code| meanings.get_mut(code)).zip(line.strip_prefix("  "))
        {
            meaning.push(' ');
            meaning.push_str(more);
        } else {
            last = None;
        }
    }
    meanings
}

/// A reportingDescriptor (§3.49).
fn rule(code: &str, meaning: Option<&String>) -> Value {
    let Some(meaning) = meaning else { return json!({ "id": code }) };
    let mut chars = meaning.chars();
    let sentence: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    json!({ "id": code, "shortDescription": { "text": sentence }, "help": { "text": sentence } })
}

/// What results are made with.
struct Log<'a> {
    files: &'a Files,
    prefix: &'a str,
    /// The rules' names, in order.
    codes: &'a [&'a str],
    fingerprints: Fingerprints,
}

impl Log<'_> {
    /// A result (§3.27).
    fn result(&mut self, diagnostic: &Diagnostic) -> Value {
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let mut text = diagnostic.message.clone();
        diagnostic.hints.iter().for_each(|hint| text.push_str(&format!("\nhelp: {hint}")));
        let mut result = json!({
            "ruleId": diagnostic.code,
            "ruleIndex": self.codes.binary_search(&diagnostic.code).unwrap_or_default(),
            "level": level,
            "message": { "text": text },
        });
        if let Some(span) = diagnostic.span {
            result["locations"] = json!([self.location(span, &diagnostic.label, None)]);
        }
        let related = (1..).zip(&diagnostic.others);
        let related: Vec<_> = related.map(|(id, label)| self.location(label.place, &label.message, Some(id))).collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        result["partialFingerprints"] = json!({ "casebook/v1": self.fingerprints.of(diagnostic, self.files) });
        result
    }

    /// A location (§3.28).
    fn location(&self, span: Span, message: &str, id: Option<usize>) -> Value {
        let file = self.files.get(span.file);
        let start = file.line_column(span.range.start as usize);
        let end = file.line_column(span.range.end as usize);
        let artifact = match in_repository(self.prefix, &file.path) {
            Some(path) => json!({ "uri": encoded(&path), "uriBaseId": "%SRCROOT%" }),
            None => json!({ "uri": encoded(&file.path) }),
        };
        let mut location = json!({
            "physicalLocation": {
                "artifactLocation": artifact,
                "region": {
                    "startLine": start.line, "startColumn": start.column,
                    "endLine": end.line, "endColumn": end.column,
                },
            },
        });
        if let Some(id) = id {
            location["id"] = id.into();
        }
        if !message.is_empty() {
            location["message"] = json!({ "text": message });
        }
        location
    }
}

/// A path as a relative reference (RFC 3986, section 4.2).
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::files::{ByteRange, File};

    fn log(diagnostics: &[Diagnostic], files: &Files, prefix: &str) -> Value {
        serde_json::from_str(&render(diagnostics, files, prefix)).unwrap()
    }

    #[test]
    fn a_result_has_its_rule_its_places_and_what_to_do() {
        let mut files = Files::default();
        let text = "a\nüü \"x\nüü\n";
        let file = files.add(File { path: "content/a b%.md".into(), text: text.into(), invalid_at: None });
        let span = |start, end| Span { file, range: ByteRange::new(start, end) };
        let at = |start, end| Diagnostic::new(Severity::Error, "unknown-id", Some(span(start, end)), "no `x`");
        let diagnostics = [
            at(2, 6).label("here").hint("do this").other(span(0, 2), "there"),
            at(10, 14),
            Diagnostic::new(Severity::Warning, "bad-link", None, "nowhere"),
        ];
        let log = log(&diagnostics, &files, "d/");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][1]["id"], "unknown-id");
        assert_eq!(run["tool"]["driver"]["rules"][1]["help"]["text"], "Nothing has the id that is named.");
        let result = &run["results"][0];
        assert_eq!((&result["ruleIndex"], &result["level"]), (&json!(1), &json!("error")));
        assert_eq!(result["message"]["text"], "no `x`\nhelp: do this");
        assert_eq!(
            result["locations"][0],
            json!({
                "physicalLocation": {
                    "artifactLocation": { "uri": "d/content/a%20b%25.md", "uriBaseId": "%SRCROOT%" },
                    "region": { "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 3 },
                },
                "message": { "text": "here" },
            })
        );
        assert_eq!(result["relatedLocations"][0]["id"], 1);
        let prints: BTreeSet<String> = run["results"].as_array().unwrap().iter().map(Value::to_string).collect();
        assert_eq!(prints.len(), 3);
        assert!(run["results"][2].get("locations").is_none());
    }

    #[test]
    fn every_meaning_is_one_whole_sentence() {
        let meanings = meanings();
        assert!(meanings.len() > 60 && meanings.values().all(|meaning| meaning.ends_with('.')), "{meanings:?}");
        assert!(meanings["broken-page"].ends_with("fault, where the dossier has no errors."), "{meanings:?}");
    }

    #[test]
    fn nothing_to_say_is_a_run_without_results() {
        assert_eq!(log(&[], &Files::default(), "")["runs"][0]["results"], json!([]));
    }
}
