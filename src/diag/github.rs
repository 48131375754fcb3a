//! Diagnostics as GitHub's workflow commands, which put each beside its line in a pull request.
//!
//! After "Workflow commands for GitHub Actions", sections "Setting an error message" and its like; escaped as in
//! `@actions/core`. The end is inclusive, and columns are left out where a place spans lines, as GitHub's checks want it.

use crate::diag::{Diagnostic, Severity, human, in_repository};
use crate::files::{Files, Span};

/// So many annotations of a kind GitHub shows of one step.
const SHOWN: usize = 10;

/// One command a diagnostic, errors first, and one more that says how many there are where GitHub does not show all.
/// `prefix` is the project's folder in the repository: empty, or with `/` at its end.
pub fn render(diagnostics: &[Diagnostic], files: &Files, prefix: &str) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    let mut text: String = sorted.into_iter().map(|diagnostic| command(diagnostic, files, prefix)).collect();
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    if [Severity::Error, Severity::Warning, Severity::Note].into_iter().any(|severity| count(severity) > SHOWN) {
        let summary = human::summary(diagnostics);
        text.push_str(&format!(
            "::notice title=casebook::{summary}: GitHub shows {SHOWN} of a kind, and the log of this step has all\n"
        ));
    }
    text
}

fn command(diagnostic: &Diagnostic, files: &Files, prefix: &str) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = diagnostic.span.and_then(|span| place(span, files, prefix)).unwrap_or_default();
    let title = property(diagnostic.code);
    format!("::{name} {place}title={title}::{}\n", data(&message(diagnostic, files)))
}

/// What is wrong, what is said under the place, the further places, and what to do, each in a line.
fn message(diagnostic: &Diagnostic, files: &Files) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    if !diagnostic.label.is_empty() {
        lines.push(diagnostic.label.clone());
    }
    for label in &diagnostic.others {
        let file = files.get(label.place.file);
        let line = file.line_column(label.place.range.start as usize).line;
        lines.push(format!("{}:{line}: {}", file.path, label.message));
    }
    lines.extend(diagnostic.hints.iter().map(|hint| format!("help: {hint}")));
    human::visible(&lines.join("\n"))
}

/// The properties that say where; none for a file outside the repository.
fn place(span: Span, files: &Files, prefix: &str) -> Option<String> {
    let file = files.get(span.file);
    let path = property(&in_repository(prefix, &file.path)?);
    let start = file.line_column(span.range.start as usize);
    // The last character itself: a place that takes a line's end with it does not touch the next line.
    let text = file.text.get(span.range.as_range()).unwrap_or_default();
    let last = text.trim_end_matches(['\r', '\n']).char_indices().next_back().map_or(0, |(at, _)| at);
    let end = file.line_column(span.range.start as usize + last);
    let columns =
        if end.line == start.line { format!("col={},endColumn={},", start.column, end.column) } else { String::new() };
    Some(format!("file={path},line={},endLine={},{columns}", start.line, end.line))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{ByteRange, File};

    fn files(path: &str, text: &str) -> (Files, impl Fn(usize, usize) -> Span) {
        let mut files = Files::default();
        let file = files.add(File { path: path.into(), text: text.into(), invalid_at: None });
        (files, move |start, end| Span { file, range: ByteRange::new(start, end) })
    }

    #[test]
    fn a_command_has_its_place_and_everything_that_is_said() {
        let (files, span) = files("content/a,b: 50%.md", "one\nüü \"x\nlast\n");
        let wrong = Diagnostic::new(Severity::Error, "some-code", Some(span(4, 8)), "100% wrong:\r\nyes, ::so")
            .label("here")
            .other(span(0, 3), "and there")
            .hint("do this");
        assert_eq!(
            render(&[wrong], &files, "dossiers/one/"),
            "::error file=dossiers/one/content/a%2Cb%3A 50%25.md,line=2,endLine=2,col=1,endColumn=2,title=some-code\
             ::100%25 wrong:␍%0Ayes, ::so%0Ahere%0Acontent/a,b: 50%25.md:1: and there%0Ahelp: do this\n"
        );
    }

    #[test]
    fn a_place_over_lines_has_no_columns_and_one_outside_no_file() {
        let (files, span) = files("content/a.md", "one\ntwo\nthree\n");
        let at =
            |start, end| render(&[Diagnostic::new(Severity::Warning, "c", Some(span(start, end)), "m")], &files, "");
        assert_eq!(at(1, 6), "::warning file=content/a.md,line=1,endLine=2,title=c::m\n");
        assert_eq!(at(0, 4), "::warning file=content/a.md,line=1,endLine=1,col=1,endColumn=3,title=c::m\n");
        assert_eq!(at(5, 5), "::warning file=content/a.md,line=2,endLine=2,col=2,endColumn=2,title=c::m\n");
        let (files, span) = self::files("../shared/a.txt", "text");
        let outside = Diagnostic::new(Severity::Note, "c", Some(span(0, 1)), "m");
        assert_eq!(render(std::slice::from_ref(&outside), &files, ""), "::notice title=c::m\n");
        assert!(render(&[outside], &files, "deep/").contains("file=shared/a.txt,"));
    }

    #[test]
    fn errors_come_first_and_what_is_not_shown_is_counted() {
        let warning = Diagnostic::new(Severity::Warning, "w", None, "m");
        let error = Diagnostic::new(Severity::Error, "e", None, "m");
        let few = render(&[warning.clone(), error.clone()], &Files::default(), "");
        assert_eq!(few, "::error title=e::m\n::warning title=w::m\n");
        let many = render(&[vec![warning; 11], vec![error]].concat(), &Files::default(), "");
        assert_eq!(many.lines().count(), 13);
        assert!(
            many.starts_with("::error") && many.contains("\n::notice title=casebook::1 error, 11 warnings: "),
            "{many}"
        );
    }
}
