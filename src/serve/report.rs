//! What is wrong → what the script in a page shows of it, as JSON.

use serde::Serialize;

use crate::diag::{Diagnostic, human};
use crate::files::{File, Files};

/// How many diagnostics a page shows; the terminal and `casebook check` have the others.
const SHOWN: usize = 40;

/// What the script in a page knows.
#[derive(Serialize)]
pub(super) struct State<'a> {
    /// The run of the preview, and the number of the state in it that the page is from.
    pub(super) run: String,
    pub(super) revision: u64,
    /// The hash of the page itself: a page with the same one need not be swapped.
    pub(super) hash: String,
    /// Whether this is an earlier state of the page, because it cannot be made from the files as they are.
    pub(super) stale: bool,
    /// The id of the source whose page this is, on which claims can be written.
    pub(super) source: Option<&'a str>,
    pub(super) diagnostics: Vec<Entry<'a>>,
    /// How many diagnostics more there are.
    pub(super) more: usize,
}

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    severity: &'static str,
    code: &'static str,
    /// `FILE:LINE:COLUMN`, from 1, columns in code points.
    place: Option<String>,
    message: String,
    /// The lines of the file, with the place underlined.
    excerpt: String,
    hints: &'a [String],
    /// Whether it is about the file that the page is made from, or about the page itself.
    here: bool,
}

/// The diagnostics to show on the page at `path`, and how many are left: those of its file first, then the page's own,
/// which may follow from them, then the others, each by weight and place.
pub(super) fn entries<'a>(
    path: &str,
    wrong: &'a [Diagnostic],
    diagnostics: &'a [Diagnostic],
    files: &Files,
) -> (Vec<Entry<'a>>, usize) {
    let here = |diagnostic: &Diagnostic| diagnostic.span.is_some_and(|span| is_of(path, files.get(span.file)));
    let known = diagnostics.iter().map(|diagnostic| (here(diagnostic), diagnostic));
    let mut all: Vec<(bool, &Diagnostic)> = known.chain(wrong.iter().map(|diagnostic| (true, diagnostic))).collect();
    // A stable sort keeps the order of places.
    all.sort_by_key(|(here, diagnostic)| (!here, diagnostic.severity));
    let more = all.len().saturating_sub(SHOWN);
    all.truncate(SHOWN);
    (all.into_iter().map(|(here, diagnostic)| entry(diagnostic, here, files)).collect(), more)
}

/// Whether the page at `path` is made from that file: a record's file has its id for a name, as its page has.
fn is_of(path: &str, file: &File) -> bool {
    let page = path.strip_suffix(".html").and_then(|path| path.rsplit_once('/')).filter(|(_, id)| *id != "index");
    match page {
        Some((_, id)) => file.path.strip_suffix(".md").is_some_and(|file| file.rsplit('/').next() == Some(id)),
        None => path == "index.html" && file.path == "content/index.md",
    }
}

fn entry<'a>(diagnostic: &'a Diagnostic, here: bool, files: &Files) -> Entry<'a> {
    let place = diagnostic.span.map(|span| {
        let file = files.get(span.file);
        let at = file.line_column(span.range.start as usize);
        format!("{}:{}:{}", human::visible(&file.path), at.line, at.column)
    });
    Entry {
        severity: diagnostic.severity.word(),
        code: diagnostic.code,
        place,
        message: human::visible(&diagnostic.message),
        excerpt: human::excerpt(diagnostic, files),
        hints: &diagnostic.hints,
        here,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Severity;
    use crate::files::{ByteRange, Span};

    fn file(path: &str) -> File {
        File { path: path.to_owned(), text: "one\ntwo\n".into(), invalid_at: None }
    }

    #[test]
    fn a_page_is_made_from_the_file_of_its_name() {
        for (page, path) in [
            ("claims/x.html", "content/claims/x.md"),
            ("claims/x.html", "content/claims/deep/x.md"),
            ("index.html", "content/index.md"),
        ] {
            assert!(is_of(page, &file(path)), "{page} {path}");
        }
        for (page, path) in [
            ("claims/x.html", "content/claims/xx.md"),
            ("claims/x.html", "themes/default/x.html"),
            ("claims/index.html", "content/index.md"),
            ("timeline.html", "content/index.md"),
            ("timeline.html", "content/claims/timeline.md"),
        ] {
            assert!(!is_of(page, &file(path)), "{page} {path}");
        }
    }

    #[test]
    fn what_is_wrong_here_comes_first_and_then_errors() {
        let mut files = Files::default();
        let (here, there) = (files.add(file("content/claims/x.md")), files.add(file("content/claims/a.md")));
        let wrong = |severity, file: Option<crate::files::FileId>, message: &str| {
            let span = file.map(|file| Span { file, range: ByteRange::new(4, 7) });
            Diagnostic::new(severity, "some-code", span, message)
        };
        let all = [
            wrong(Severity::Warning, Some(there), "another's warning"),
            wrong(Severity::Error, Some(there), "another's error"),
            wrong(Severity::Warning, Some(here), "a warning"),
            wrong(Severity::Error, Some(here), "an error"),
        ];
        let page = [wrong(Severity::Error, None, "the page's")];
        let (entries, more) = entries("claims/x.html", &page, &all, &files);
        let messages: Vec<&str> = entries.iter().map(|entry| entry.message.as_str()).collect();
        assert_eq!(messages, ["an error", "the page's", "a warning", "another's error", "another's warning"]);
        assert_eq!((entries[0].place.as_deref(), entries[1].place.as_deref()), (Some("content/claims/x.md:2:1"), None));
        assert_eq!(more, 0);
        let many = vec![all[0].clone(); SHOWN + 3];
        assert_eq!(super::entries("claims/x.html", &[], &many, &files).1, 3);
    }
}
