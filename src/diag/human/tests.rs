use super::*;
use crate::files::{ByteRange, File, FileId};
use proptest::prelude::*;

fn files(texts: &[(&str, &str)]) -> Files {
    let mut files = Files::default();
    for (path, text) in texts {
        files.add(File { path: (*path).to_owned(), text: (*text).into(), invalid_at: None });
    }
    files
}

fn span(file: u32, start: usize, end: usize) -> Span {
    Span { file: FileId(file), range: ByteRange::new(start, end) }
}

fn error(span: Span) -> Diagnostic {
    Diagnostic::new(Severity::Error, "some-code", Some(span), "something is wrong")
}

#[test]
fn places_in_two_files_with_hints_and_a_count() {
    let files = files(&[("content/a.md", "one\ntwo three\nfour\n"), ("content/b.md", "five six\n")]);
    let diagnostic = error(span(0, 8, 13))
        .label("this word")
        .other(span(0, 0, 3), "and this")
        .other(span(1, 5, 8), "seen before here")
        .hint("did you mean `six`?")
        .hint("a second hint\nof two lines");
    let warning = Diagnostic::new(Severity::Warning, "other-code", None, "nowhere in particular").hint("look about");
    let text = render(&[diagnostic, warning], &files, false);
    assert_eq!(
        text,
        "\
error[some-code]: something is wrong
 --> content/a.md:2:5
  |
1 | one
  | --- and this
2 | two three
  |     ^^^^^ this word
  |
 ::: content/b.md:1:6
  |
1 | five six
  |      --- seen before here
  |
  = help: did you mean `six`?
  = help: a second hint
          of two lines

warning[other-code]: nowhere in particular
 |
 = help: look about

1 error, 1 warning
"
    );
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let line = format!("{}needle{}", "straw ".repeat(500), " straw".repeat(500));
    let files = files(&[("a.md", &format!("first\n{line}\nlast\n"))]);
    let text = render(&[error(span(0, 3006, 3012)).label("here").other(span(0, 0, 5), "and here")], &files, false);
    let origin = " --> a.md:2:3001\n";
    assert!(text.contains(origin) && text.contains("w needle straw") && text.contains("^^^^^^ here"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() < 160), "{text}");
}

#[test]
fn a_place_of_many_lines_is_cut_short() {
    let files = files(&[("a.md", &"some words\n".repeat(1000))]);
    let text = render(&[error(span(0, 0, 10_000))], &files, false);
    assert!(text.lines().count() < 20, "{text}");
}

#[test]
fn the_end_of_a_file_and_an_empty_file_can_be_shown() {
    let files = files(&[("a.md", "one\n"), ("empty.md", ""), ("b.md", "one")]);
    for (file, at) in [(0, 4), (0, 3), (2, 3)] {
        let text = render(&[error(span(file, at, at))], &files, false);
        assert!(text.contains('^'), "{text}");
    }
    let text = render(&[error(span(1, 0, 0)).hint("do")], &files, false);
    assert_eq!(text, "error[some-code]: something is wrong\n--> empty.md:1:1\n = help: do\n\n1 error\n");
}

#[test]
fn nothing_reaches_the_terminal_that_it_would_obey() {
    let bad = "a\u{1b}[31mred\u{9b}31m\u{202e}turned\u{200b}\r\u{7}b\n";
    let files = files(&[("p\u{1b}]0;x\u{7}.md", bad)]);
    let diagnostic = Diagnostic::new(Severity::Error, "some-code", Some(span(0, 1, 5)), bad).label(bad).hint(bad);
    let text = render(&[diagnostic], &files, false);
    assert!(!text.chars().any(|c| c != '\n' && (c.is_control() || matches!(c, '\u{202e}' | '\u{200b}'))), "{text:?}");
}

#[test]
fn colour_only_when_asked() {
    let files = files(&[("a.md", "one two\n")]);
    assert!(!render(&[error(span(0, 0, 3))], &files, false).contains('\u{1b}'));
    assert!(render(&[error(span(0, 0, 3))], &files, true).contains('\u{1b}'));
}

#[test]
fn counts_are_in_plain_words() {
    let warning = || Diagnostic::new(Severity::Warning, "c", None, "m");
    assert_eq!(summary(&[error(span(0, 0, 0)), warning(), warning()]), "1 error, 2 warnings");
    assert_eq!(summary(&[]), "");
}

proptest! {
    /// Whatever the text and wherever the place, the message is shown, without a panic, with the right origin.
    #[test]
    fn any_place_in_any_text(
        text in "(?s)([a-z\u{300}ü漢\t\r\n\u{202e} ]{0,400}|[a-zü漢\t ]{300,900}\n?[a-z\r\n漢]{0,300})",
        start in 0usize..900, length in 0usize..900, other in 0usize..900,
    ) {
        let files = files(&[("a.md", &text)]);
        let at = files.get(FileId(0)).line_column(start);
        // A carriage return that ends a line is not shown, and so no place behind it.
        prop_assume!(!text[..text.floor_char_boundary(start)].ends_with('\r'));
        let places = error(span(0, start, start + length)).label("here").other(span(0, other, other + 3), "x");
        let shown = render(&[places], &files, false);
        let origin = format!("a.md:{}:{}", at.line, at.column);
        prop_assert!(shown.contains(&origin), "{} {}", origin, shown);
    }
}

#[test]
fn an_excerpt_is_the_lines_alone() {
    let files = files(&[("content/a.md", "one\ntwo three\nfour\n"), ("content/b.md", "")]);
    let diagnostic = error(span(0, 8, 13)).label("this word").hint("a hint");
    let lines = "  |\n2 | two three\n  |     ^^^^^ this word";
    assert_eq!(excerpt(&diagnostic, &files), lines);
    assert_eq!(excerpt(&error(span(1, 0, 0)), &files), "");
    assert_eq!(excerpt(&Diagnostic::new(Severity::Error, "some-code", None, "a\nb"), &files), "");
}
