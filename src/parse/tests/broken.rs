//! What is said of broken files: the code, the text pointed to, and a piece of what to do.

use super::*;
use crate::fields::codes::CODES;
use crate::files::ByteRange;

const HASH: &str = "title = \"t\"\n[capture]\nfile = \"a.txt\"\n";
const APPEARANCE: &str = "[[appearance]]\nsource = \"s\"\nquote = \"q\"\n";

/// A kind, the front matter and body as a whole file or only the fields, and what is found: code, text, hint.
type Case = (RecordKind, String, &'static [(&'static str, &'static str, &'static str)]);

fn fields(kind: RecordKind, fields: &str, expected: &'static [(&'static str, &'static str, &'static str)]) -> Case {
    (kind, format!("+++\n{fields}\n+++\n"), expected)
}

/// A source with that line besides its title.
fn source(line: &str, expected: &'static [(&'static str, &'static str, &'static str)]) -> Case {
    fields(RecordKind::Source, &format!("title = \"t\"\n{line}"), expected)
}

/// A claim with those lines after its statement and before its appearance.
fn claim(lines: &str, expected: &'static [(&'static str, &'static str, &'static str)]) -> Case {
    fields(RecordKind::Claim, &format!("claim = \"c\"\n{lines}\n{APPEARANCE}"), expected)
}

/// A claim with those lines in its appearance, or after it.
fn after(lines: &str, expected: &'static [(&'static str, &'static str, &'static str)]) -> Case {
    fields(RecordKind::Claim, &format!("claim = \"c\"\n{APPEARANCE}{lines}"), expected)
}

fn check(cases: Vec<Case>) {
    for (kind, text, expected) in cases {
        let parsed = parse(kind, &text);
        let found: Vec<(&str, &str)> =
            parsed.problems.iter().map(|problem| (problem.code, &text[problem.range.as_range()])).collect();
        let wanted: Vec<(&str, &str)> = expected.iter().map(|&(code, place, _)| (code, place)).collect();
        assert_eq!(found, wanted, "in:\n{text}\n{:#?}", parsed.problems);
        for (problem, (_, _, hint)) in parsed.problems.iter().zip(expected) {
            let hints = problem.hints.join("\n");
            assert!(hints.contains(hint) && !hints.is_empty(), "no `{hint}` in {hints:?} for:\n{text}");
            assert!(!problem.message.ends_with('.'), "{}", problem.message);
            assert!(CODES.iter().any(|&(code, _)| code == problem.code), "{}", problem.code);
        }
    }
}

#[test]
fn front_matter() {
    use RecordKind::{Claim, Commentary, Entity, Source};
    let file = |kind, text: &str, expected: &'static [_]| -> Case { (kind, text.to_owned(), expected) };
    check(vec![
        file(Claim, "", &[("empty-file", "", "[[appearance]]")]),
        file(Source, " \n\n", &[("empty-file", " \n\n", "title = ")]),
        file(Entity, "Just text.\n", &[("missing-front-matter", "Just text.", "name = ")]),
        file(Commentary, "---\ntitle: x\n---\n", &[("yaml-front-matter", "---", "title = ")]),
        file(Source, "+++\ntitle = \"x\"\n\nText\n", &[("unclosed-front-matter", "+++", "a line `+++`")]),
        file(Source, "+++\ntitle = \"x\"\n---\nText\n", &[("unclosed-front-matter", "+++", "and nothing else")]),
        file(Source, "++++\ntitle = \"x\"\n++++\n", &[("missing-front-matter", "+++", "lines of their own")]),
        file(Source, "\n+++\ntitle = \"x\"\n+++\n", &[("missing-front-matter", "+++", "empty lines")]),
        file(Source, " +++\ntitle = \"x\"\n+++\n", &[("missing-front-matter", " +++", "white space")]),
        file(Source, "+++\n+++\n", &[("missing-field", "+++", "title = ")]),
        file(Claim, "+++\n+++\n", &[("missing-field", "+++", "claim = "), ("missing-field", "+++", "[[appearance]]")]),
        file(Entity, "+++\nnmae = \"x\"\n+++\n", &[("unknown-field", "nmae", "`name`")]),
    ]);
}

#[test]
fn syntax() {
    check(vec![
        claim("when = 2016-12", &[("bad-date", "2016-12", "when = \"2016-12\"")]),
        source("date = 2016-12-21?", &[("bad-date", "2016-12-21?", "date = \"2016-12-21?\"")]),
        source("date = 2016~", &[("bad-date", "2016~", "date = \"2016~\"")]),
        source("date = 2016-13-01", &[("bad-date", "2016-13-01", "2016-12-21")]),
        source("date = 2016/12/21", &[("bad-date", "2016/12/21", "`date = 2016-12-21`")]),
        source("date = December 2016", &[("bad-date", "December 2016", "`date = \"2016-12\"`")]),
        source("tags = [diplomacy]", &[("toml-syntax", "diplomacy", "write `\"diplomacy\"`")]),
        source("publisher = null", &[("toml-syntax", "null", "remove the line")]),
        source("date = 21.12.2016", &[("bad-date", "21.12.2016", "2016-12-21")]),
        source("publisher = The Desk # here", &[("toml-syntax", "The Desk", "publisher = \"The Desk\"")]),
        source("publisher = “Desk”", &[("toml-syntax", "“Desk”", "write `\"`")]),
        source("url = https://x.org/a", &[("toml-syntax", "https://x.org/a", "url = \"https://x.org/a\"")]),
        source("draft = yes", &[("toml-syntax", "yes", "write `true`")]),
        source("draft = True", &[("toml-syntax", "True", "`true`")]),
        source("publisher =", &[("toml-syntax", "publisher =", "after `=`")]),
        source("publisher: \"x\"", &[("toml-syntax", "publisher: \"x\"", "publisher = \"x\"")]),
        source("publisher \"x\"", &[("toml-syntax", "publisher \"x\"", "name = ")]),
        source(
            "<<<<<<< HEAD\ndate = 2016\n=======\n>>>>>>> theirs",
            &[
                ("toml-syntax", "<<<<<<< HEAD", "two versions"),
                ("wrong-type", "2016", "\"2016\""),
                ("toml-syntax", "=======", "two versions"),
                ("toml-syntax", ">>>>>>> theirs", "two versions"),
            ],
        ),
        source("- diplomacy", &[("toml-syntax", "- diplomacy", "tags = [")]),
        source("publisher = \"The \"big\" one\"", &[("toml-syntax", "big\" one\"", "\\\"")]),
        source("publisher = 'it's'", &[("toml-syntax", "s'", "`\"` and `\"`")]),
        source(
            "publisher = \"open\ndate = 2016-12-32",
            &[("toml-syntax", "\"open", "`\"` at its end"), ("bad-date", "2016-12-32", "string")],
        ),
        source("publisher = \"\"\"open\nmore", &[("toml-syntax", "\"\"\"open", "where the text ends")]),
        source("publisher = \"C:\\dir\"", &[("toml-syntax", "\\", "`\\\\`")]),
        source("tags = [\"a\" \"b\"]\nkind = 1", &[("toml-syntax", "\"", "`,`"), ("wrong-type", "1", "\"1\"")]),
        source("tags = [a, \"b\"\nkind = 1", &[("toml-syntax", "a", "`\"a\"`"), ("toml-syntax", "\"", "`]`")]),
        source("tags = [\"a\", \"b\"", &[("toml-syntax", "\"", "`]`")]),
        source("[capture\nfile = \"a.txt\"", &[("toml-syntax", "[capture", "`[capture]`")]),
        source(
            "date = 2016\ndate = 2017",
            &[("wrong-type", "2016", "\"2016\""), ("duplicate-field", "date", "one of them")],
        ),
        source(
            "[capture]\nfile = \"a.txt\"\n[capture]\nfile = \"b.txt\"",
            &[("duplicate-field", "capture", "one of them"), ("duplicate-field", "file", "one of them")],
        ),
    ]);
}

#[test]
fn duplicates_name_both_places() {
    let text = "+++\nclaim = \"c\"\nclaim = \"d\"\n[[appearance]]\nsource = \"s\"\nquote = \"q\"\n[[appearance]]\nsource = \"t\"\nquote = \"q\"\nquote = \"r\"\n+++\n";
    let parsed = parse(RecordKind::Claim, text);
    let lines = |at: ByteRange| text[..at.start as usize].lines().count();
    let found: Vec<(usize, usize)> =
        parsed.problems.iter().map(|problem| (lines(problem.range), lines(problem.others[0].place))).collect();
    assert_eq!(found, [(2, 1), (9, 8)]);
}

#[test]
fn fields_and_types() {
    check(vec![
        source("autors = [\"x\"]", &[("unknown-field", "autors", "`authors`")]),
        source("sha256 = \"x\"", &[("unknown-field", "sha256", "[capture]")]),
        source("zzz = 1", &[("unknown-field", "zzz", "title, authors")]),
        after("tags = [\"a\"]", &[("unknown-field", "tags", "above the first")]),
        after(
            "[[appearance.attribution]]\nwho = \"a\"\nstance = \"denies\"",
            &[("unknown-field", "stance", "of the appearance itself")],
        ),
        after("sources = \"a\"", &[("unknown-field", "sources", "`source`")]),
        source("authors = \"jane\"", &[("wrong-type", "\"jane\"", "authors = [\"jane\"]")]),
        source("publisher = [\"a\", \"b\"]", &[("wrong-type", "[\"a\", \"b\"]", "without square brackets")]),
        source("publisher = 7", &[("wrong-type", "7", "\"7\"")]),
        source("language = [\"en\"]", &[("wrong-type", "[\"en\"]", "square brackets")]),
        source("draft = \"true\"", &[("wrong-type", "\"true\"", "draft = true")]),
        source("draft = 1", &[("wrong-type", "1", "draft = true")]),
        source("publisher = \"\"", &[("empty-value", "\"\"", "remove the field")]),
        source("authors = [\" \"]", &[("empty-value", "\" \"", "remove the field")]),
        source("capture = \"a.txt\"", &[("wrong-type", "\"a.txt\"", "[capture]")]),
        source("[[capture]]\nfile = \"a.txt\"", &[("wrong-type", "[[capture]]", "`[capture]`")]),
        source(
            "[capture]\nsha256 = \"ab\"",
            &[("missing-field", "[capture]", "file = "), ("bad-hash", "\"ab\"", "64")],
        ),
        fields(
            RecordKind::Claim,
            "claim = \"c\"\n[appearance]\nsource = \"s\"\nquote = \"q\"",
            &[("wrong-type", "[appearance]", "[[appearance]]")],
        ),
        fields(RecordKind::Claim, "claim = \"c\"\nappearance = []", &[("missing-field", "+++", "[[appearance]]")]),
        fields(RecordKind::Claim, "claim = \"c\"\nappearance = \"x\"", &[("wrong-type", "\"x\"", "[[appearance]]")]),
        fields(
            RecordKind::Claim,
            "claim = \"c\"\n[[appearance]]\nsource = \"s\"",
            &[("missing-field", "[[appearance]]", "quote = ")],
        ),
        source("publisher = { nam = \"x\" }", &[("unknown-field", "nam", "`name`")]),
    ]);
}

#[test]
fn values() {
    check(vec![
        source("date = 2016-12-21T10:00:00", &[("date-with-time", "2016-12-21T10:00:00", "date = 2016-12-21")]),
        source("date = 10:00:00", &[("date-with-time", "10:00:00", "drop the time")]),
        source("date = \"2016-12-21T10:00:00Z\"", &[("date-with-time", "\"2016-12-21T10:00:00Z\"", "2016-12-21")]),
        source(
            "date = \"2016-12-21T10:00:00/2016-12-22\"",
            &[("date-with-time", "\"2016-12-21T10:00:00/2016-12-22\"", "drop")],
        ),
        source("date = \"21 December 2016\"", &[("bad-date", "\"21 December 2016\"", "write `2016-12-21`")]),
        source("date = \"last week\"", &[("bad-date", "\"last week\"", "\"2016-12\"")]),
        source("date = \"2016-02-30\"", &[("bad-date", "\"2016-02-30\"", "2016~")]),
        source("date = true", &[("wrong-type", "true", "2016-12-21")]),
        source("kind = \"artcle\"", &[("unknown-word", "\"artcle\"", "`article`")]),
        source("publish = \"some\"", &[("unknown-word", "\"some\"", "full, excerpts, record")]),
        source("url = \"www.example.org\"", &[("bad-url", "\"www.example.org\"", "https://www.example.org")]),
        source("url = \"ftp://example.org\"", &[("bad-url", "\"ftp://example.org\"", "https://")]),
        source("url = \"https://example.org/a b\"", &[("bad-url", "\"https://example.org/a b\"", "%20")]),
        source("archived = \"https:///x\"", &[("bad-url", "\"https:///x\"", "https://")]),
        source("language = \"en_US\"", &[("bad-language", "\"en_US\"", "`en-US`")]),
        source("language = \"English\"", &[("bad-language", "\"English\"", "`en`")]),
        source("tags = [\"US Politics\"]", &[("bad-tag", "\"US Politics\"", "\"us-politics\"")]),
        source("aliases = [\"index\"]", &[("reserved-id", "\"index\"", "reserved")]),
        source("aliases = [\"page-12\"]", &[("reserved-id", "\"page-12\"", "reserved")]),
        source("aliases = [\"Old Name\"]", &[("bad-id", "\"Old Name\"", "\"old-name\"")]),
        source("[capture]\nfile = \"../a.txt\"", &[("bad-path", "\"../a.txt\"", "without `.` and `..`")]),
        source("[capture]\nfile = \"/a.txt\"", &[("bad-path", "\"/a.txt\"", "inside")]),
        source("[capture]\nfile = 'b\\a.txt'", &[("bad-path", "'b\\a.txt'", "write `/`")]),
        source("[capture]\nfile = \"a.pdf\"", &[("bad-path", "\"a.pdf\"", "`.txt`")]),
        fields(
            RecordKind::Source,
            &format!("{HASH}sha256 = \"{}\"", "g".repeat(64)),
            &[("bad-hash", concat!("\"gggggggggggggggggggggggggggggggg", "gggggggggggggggggggggggggggggggg\""), "64")],
        ),
        fields(
            RecordKind::Entity,
            "name = \"x\"\nkind = \"organisation\"",
            &[("unknown-word", "\"organisation\"", "`organization`")],
        ),
    ]);
}

#[test]
fn claims() {
    check(vec![
        after("[[appearance]]\nsource = \"s\"\nquote = \"r\"", &[("missing-key", "[[appearance]]", "key = ")]),
        after(
            "key = \"a\"\n[[appearance]]\nsource = \"s\"\nquote = \"r\"\nkey = \"a\"",
            &[("duplicate-key", "\"a\"", "another `key`")],
        ),
        after("attribution = [{ as = \"x\" }]", &[("missing-field", "{ as = \"x\" }", "who = ")]),
        after(
            "attribution = [{ who = \"x\", name = \"y\" }]",
            &[("conflicting-fields", "{ who = \"x\", name = \"y\" }", "keep `who`")],
        ),
        after("attribution = \"peskov\"", &[("wrong-type", "\"peskov\"", "[\"peskov\"]")]),
        after("translation = \"x\"", &[("wrong-type", "\"x\"", "translation = {")]),
        after("translation = { by = \"x\" }", &[("missing-field", "{ by = \"x\" }", "text = ")]),
        after("[[relation]]\ntype = \"supports\"\nclaim = \"../a.md\"", &[("bad-id", "\"../a.md\"", "\"a\"")]),
        after("[[relation]]\ntype = \"supports\"", &[("missing-field", "[[relation]]", "claim = ")]),
        after(
            "[[verdict]]\nrating = \"a\"\ndate = 2026-02-01\n[[verdict]]\nrating = \"b\"\ndate = 2026-01-01",
            &[("verdict-order", "2026-01-01", "oldest verdict first")],
        ),
        after(
            "[[correction]]\ntext = \"\"",
            &[("missing-field", "[[correction]]", "date = "), ("empty-value", "\"\"", "text")],
        ),
        after(
            "[[verdict]]\nrating = \"a\"\nreason = \"See \\\"this\\\" [x](javascript:alert) now\"",
            &[("link-scheme", "[x](javascript:alert)", "https:")],
        ),
    ]);
}

#[test]
fn a_line_that_is_no_field_hides_nothing_after_it() {
    check(vec![
        fields(
            RecordKind::Source,
            "what is this\ntitle = \"t\"\nkind = 1\nkind = 2",
            &[
                ("toml-syntax", "what is this", "name = "),
                ("wrong-type", "1", "\"1\""),
                ("duplicate-field", "kind", "one of them"),
            ],
        ),
        fields(
            RecordKind::Source,
            "title: \"t\"\nkind = 1",
            &[("toml-syntax", "title: \"t\"", "`title = \"t\"`"), ("wrong-type", "1", "\"1\"")],
        ),
    ]);
}

#[test]
fn a_slip_in_one_line_hides_nothing_else() {
    let text = "+++\ntitle = \"t\"\ndate = 2016-12\nkind = \"artcle\"\n[capture]\nfile = a.txt\nretrieved = 1\n+++\n[x](javascript:y)\n";
    let parsed = parse(RecordKind::Source, text);
    let codes: Vec<&str> = parsed.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["bad-date", "unknown-word", "toml-syntax", "wrong-type"]);
    assert!(matches!(parsed.record, Some(Record::Source(source)) if source.date.is_none() && source.capture.is_none()));
}

#[test]
fn the_codes_are_sorted_and_each_listed_once() {
    assert!(CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn a_text_that_is_not_toml_at_all_ends() {
    let text = format!("+++\n{}+++\n", "not toml\n".repeat(20_000));
    let parsed = parse(RecordKind::Claim, &text);
    assert!(parsed.record.is_none() && parsed.problems.len() == 500);
}
