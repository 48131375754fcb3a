//! Diagnostics for machines: a JSON array.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::files::{Files, Span};

/// A diagnostic as others read it. Without a place the fields from `file` to `end_column` are null.
#[derive(Serialize)]
struct Entry<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
    labels: Vec<Label<'a>>,
    hints: &'a [String],
}

/// Lines and columns from 1, columns in code points; the end is exclusive.
#[derive(Serialize, Default)]
struct Place<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
}

/// The diagnostics as a JSON array, one object a diagnostic; lines and columns from 1, columns in code points.
pub fn render(diagnostics: &[Diagnostic], files: &Files) -> String {
    let entries: Vec<_> = diagnostics.iter().map(|diagnostic| entry(diagnostic, files)).collect();
    // Strings and numbers alone cannot fail to become JSON.
    let mut json = serde_json::to_string_pretty(&entries).unwrap_or_default();
    json.push('\n');
    json
}

fn entry<'a>(diagnostic: &'a Diagnostic, files: &'a Files) -> Entry<'a> {
    let label =
        |label: &'a crate::diag::Label<Span>| Label { place: place(label.place, files), message: &label.message };
    Entry {
        severity: diagnostic.severity.word(),
        code: diagnostic.code,
        message: &diagnostic.message,
        place: diagnostic.span.map(|span| place(span, files)).unwrap_or_default(),
        label: &diagnostic.label,
        labels: diagnostic.others.iter().map(label).collect(),
        hints: &diagnostic.hints,
    }
}

fn place(span: Span, files: &Files) -> Place<'_> {
    let file = files.get(span.file);
    let start = file.line_column(span.range.start as usize);
    let end = file.line_column(span.range.end as usize);
    Place {
        file: Some(&file.path),
        line: Some(start.line),
        column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::diag::Severity;
    use crate::files::{ByteRange, File};

    #[test]
    fn columns_are_code_points_from_one() {
        let mut files = Files::default();
        let file = files.add(File { path: "content/a.md".into(), text: "a\nüü \"x\n".into(), invalid_at: None });
        let span = |range: std::ops::Range<usize>| Span { file, range: ByteRange::from(range) };
        let diagnostics = [
            Diagnostic::new(Severity::Error, "some-code", Some(span(4..8)), "a \"message\"")
                .label("here")
                .hint("do this")
                .other(span(0..2), "there"),
            Diagnostic::new(Severity::Warning, "no-place", None, "nowhere"),
        ];
        let json: serde_json::Value = serde_json::from_str(&render(&diagnostics, &files)).unwrap();
        assert_eq!(
            json,
            serde_json::json!([
                {
                    "severity": "error", "code": "some-code", "message": "a \"message\"", "file": "content/a.md",
                    "line": 2, "column": 2, "end_line": 2, "end_column": 5, "label": "here",
                    "labels": [{
                        "file": "content/a.md", "line": 1, "column": 1, "end_line": 2, "end_column": 1,
                        "message": "there"
                    }],
                    "hints": ["do this"]
                },
                {
                    "severity": "warning", "code": "no-place", "message": "nowhere", "file": null, "line": null,
                    "column": null, "end_line": null, "end_column": null, "label": "", "labels": [], "hints": []
                }
            ])
        );
    }

    #[test]
    fn nothing_to_say_is_an_empty_array() {
        assert_eq!(render(&[], &Files::default()), "[]\n");
    }
}
