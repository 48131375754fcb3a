//! Diagnostics as a GitLab Code Quality report, which a merge request shows: the subset of the Code Climate format that
//! GitLab's documentation lists under "Code Quality report format".

use serde_json::{Value, json};

use crate::diag::fingerprint::Fingerprints;
use crate::diag::{Diagnostic, Severity, in_repository};
use crate::files::Files;

/// The diagnostics as a JSON array. `prefix` is the project's folder in the repository: empty, or with `/` at its end. A
/// finding must have a file: what concerns none, or one outside the repository, is put at the first line of
/// `casebook.toml`.
pub fn render(diagnostics: &[Diagnostic], files: &Files, prefix: &str) -> String {
    let mut fingerprints = Fingerprints::default();
    let entries: Vec<Value> = diagnostics.iter().map(|it| entry(it, files, prefix, &mut fingerprints)).collect();
    // A value of strings and numbers alone cannot fail to become JSON.
    serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
}

fn entry(diagnostic: &Diagnostic, files: &Files, prefix: &str, fingerprints: &mut Fingerprints) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    let place = diagnostic.span.and_then(|span| {
        let file = files.get(span.file);
        let line = |at: u32| file.line_column(at as usize).line;
        Some((in_repository(prefix, &file.path)?, line(span.range.start), line(span.range.end)))
    });
    let (path, begin, end) = place.unwrap_or_else(|| (format!("{prefix}casebook.toml"), 1, 1));
    let mut words = diagnostic.message.clone();
    diagnostic.hints.iter().for_each(|hint| words.push_str(&format!("; help: {}", hint.replace('\n', " "))));
    json!({
        "description": words,
        "check_name": diagnostic.code,
        "fingerprint": fingerprints.of(diagnostic, files),
        "severity": severity,
        "location": { "path": path, "lines": { "begin": begin, "end": end } },
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::files::{ByteRange, File, Span};

    #[test]
    fn every_finding_has_a_file_and_a_fingerprint_of_its_own() {
        let mut files = Files::default();
        let file = files.add(File { path: "content/a.md".into(), text: "one\ntwo\n".into(), invalid_at: None });
        let span = Span { file, range: ByteRange::new(4, 7) };
        let diagnostics = [
            Diagnostic::new(Severity::Error, "some-code", Some(span), "wrong").hint("do\nthis"),
            Diagnostic::new(Severity::Warning, "some-code", Some(span), "wrong again"),
            Diagnostic::new(Severity::Note, "other", None, "nowhere"),
        ];
        let report: Value = serde_json::from_str(&render(&diagnostics, &files, "d/")).unwrap();
        assert_eq!(report[0]["description"], "wrong; help: do this");
        assert_eq!(report[0]["severity"], "major");
        assert_eq!(report[0]["location"], json!({ "path": "d/content/a.md", "lines": { "begin": 2, "end": 2 } }));
        assert_ne!(report[0]["fingerprint"], report[1]["fingerprint"]);
        assert_eq!(report[2]["location"], json!({ "path": "d/casebook.toml", "lines": { "begin": 1, "end": 1 } }));
        assert_eq!(render(&[], &files, ""), "[]\n");
    }
}
