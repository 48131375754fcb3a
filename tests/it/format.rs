//! `docs/format.md`, held against the program: what stands between `<!-- made: … -->` and `<!-- end -->` is made from its
//! lists, every field stands in an example, and all examples together are one dossier in which nothing is wrong.
//! `SNAPSHOTS=overwrite` writes the lists anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use casebook::anchor::{Folds, Grade, Haystack, Outcome, Selector};
use casebook::config;
use casebook::date::Date;
use casebook::fields::{Alternative, Field, Form, Table};
use casebook::schema::SUBJECTS;
use casebook::terms::Word;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::walkthrough::answer;

const WIDTH: usize = 120;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md")
}

fn page() -> String {
    fs::read_to_string(path()).expect("the page")
}

#[test]
fn the_lists_on_the_page_are_the_programs() {
    let page = page();
    let mut made = String::new();
    let mut names = Vec::new();
    let mut rest = page.as_str();
    while let Some((before, after)) = rest.split_once("<!-- made: ") {
        let (name, after) = after.split_once(" -->").expect("the mark is closed");
        let (_, after) = after.split_once("<!-- end -->").expect("the list has an end");
        made.push_str(&format!("{before}<!-- made: {name} -->\n{}<!-- end -->", list(name)));
        names.push(name);
        rest = after;
    }
    made.push_str(rest);
    let mut tables = Vec::new();
    each_table(&mut |path, _| tables.push(format!("fields {path}")));
    let unlisted: Vec<_> = tables.iter().filter(|table| !names.contains(&table.as_str())).collect();
    assert_eq!(unlisted, Vec::<&String>::new(), "tables of which the page has no list");
    if made != page && std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        fs::write(path(), &made).expect("the page is kept");
    }
    assert!(made == self::page(), "the lists of docs/format.md are not the program's: run with SNAPSHOTS=overwrite");
}

/// The list of that name, as Markdown.
fn list(name: &str) -> String {
    match name.split_once(' ') {
        Some(("fields", path)) => {
            let mut found = None;
            each_table(&mut |at, table| {
                if at == path {
                    found = Some(table);
                }
            });
            fields(found.unwrap_or_else(|| panic!("there is no table {path}")))
        }
        _ => match name {
            "ratings" => {
                let row = |rating: config::Rating| {
                    let config::Rating { id, label, meaning, tone } = rating;
                    format!("| `{id}` | {label} | `{}` | {meaning} |\n", tone.word())
                };
                table(["id", "label", "tone", "meaning"], config::ratings().into_iter().map(row))
            }
            "relations" => table(
                ["type", "reads", "from the other side", "speaks", "CiTO"],
                config::relation_types().iter().map(relation),
            ),
            "lints" => {
                let row =
                    |lint: &config::Lint| format!("| `{}` | `{}` | {} |\n", lint.name, lint.level.word(), lint.says);
                table(["lint", "level", "says"], config::LINTS.iter().map(row))
            }
            "folds" => {
                let row = |(name, says): &(&str, &str)| format!("| {name} | {says} |\n");
                table(["fold", "what becomes what"], FOLDS.iter().map(row))
            }
            "dates" => {
                let words = |edtf: &&str| Date::parse(edtf).unwrap_or_else(|_| panic!("{edtf} is no date")).human();
                table(["written", "read"], DATES.iter().map(|edtf| format!("| `\"{edtf}\"` | {} |\n", words(edtf))))
            }
            _ => panic!("there is no list {name}"),
        },
    }
}

fn table<const N: usize>(heads: [&str; N], rows: impl Iterator<Item = String>) -> String {
    format!("| {} |\n|{}\n{}", heads.join(" | "), "---|".repeat(N), rows.collect::<String>())
}

fn relation(relation: &config::RelationType) -> String {
    let speaks = match relation.polarity.word() {
        "neutral" => "neither way".to_owned(),
        word => word.to_owned(),
    };
    let property = relation.iri.as_deref().and_then(|iri| iri.rsplit('/').next()).unwrap_or_default();
    let inverse = if relation.symmetric { "the same" } else { &relation.inverse };
    format!("| `{}` | {} | {inverse} | {speaks} | {property} |\n", relation.name, relation.label)
}

/// Dates of every kind that EDTF has.
const DATES: &[&str] = &[
    "2016-12-21",
    "2016-12",
    "2016",
    "2016~",
    "2016-12-21?",
    "2016%",
    "2016-12-19/2016-12-21",
    "2014-06/..",
    "../2014-06",
    "2014/",
    "2016-21",
    "2016-34",
    "201X",
    "2016-12-XX",
    "2016-XX",
    "[2014,2015]",
    "{2014,2016}",
    "-0043",
    "Y170000",
];

/// The folding table, in words.
const FOLDS: &[(&str, &str)] = &[
    ("white-space", "a run of white space, a line end or a `<br>` becomes one space"),
    ("no-break-space", "U+00A0, U+2007 and U+202F are white space too"),
    ("zero-width", "U+200B, U+200C, U+200D, U+2060 and U+FEFF vanish"),
    ("quotation-marks", "curly and low quotation marks and apostrophes become straight ones; guillemets stay"),
    ("dashes", "hyphens, dashes and the minus sign become `-`"),
    ("ellipsis", "`…` becomes `...`"),
    ("ligatures", "`ﬀ` to `ﬆ` become their letters"),
    ("soft-hyphen", "U+00AD vanishes"),
    ("canonical-composition", "canonically equivalent sequences become Normalization Form C (Unicode, UAX #15)"),
];

#[test]
fn the_page_has_every_fold() {
    let all = [
        Folds::WHITE_SPACE,
        Folds::NO_BREAK_SPACE,
        Folds::ZERO_WIDTH,
        Folds::QUOTATION_MARKS,
        Folds::DASHES,
        Folds::ELLIPSIS,
        Folds::LIGATURES,
        Folds::SOFT_HYPHEN,
        Folds::CANONICAL_COMPOSITION,
    ];
    let all = all.into_iter().fold(Folds::default(), Folds::union);
    assert_eq!(FOLDS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), all.names());
}

/// A table's fields: a row each, and what the words mean that some of them can be.
fn fields(table: &'static Table) -> String {
    let mut text = "| field | value | meaning |\n|---|---|---|\n".to_owned();
    for field in table.fields {
        text.push_str(&format!("| `{}` | {} | {} |\n", field.name, value(field), field.says));
    }
    for field in table.fields {
        if let Form::Word(words) = field.form {
            text.push('\n');
            text.push_str(&wrapped(&format!("`{}` is {}", field.name, meanings(&words()))));
        }
        if let Form::Levels(_, levels) = field.form {
            text.push('\n');
            text.push_str(&wrapped(&format!("A level of `{}` is {}", field.name, meanings(&levels()))));
        }
    }
    text
}

/// "`a` (meaning), `b` (meaning) or `c` (meaning)."
fn meanings(words: &[Word]) -> String {
    let small = |says: &str| {
        let mut chars = says.trim_end_matches('.').chars();
        chars.next().map_or_else(String::new, |first| format!("{}{}", first.to_lowercase(), chars.as_str()))
    };
    let mut each: Vec<_> = words.iter().map(|word| format!("`{}` ({})", word.word, small(word.says))).collect();
    let last = each.pop().expect("a vocabulary has words");
    format!("{} or {last}.", each.join(", "))
}

fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is a line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(word.to_owned());
        } else {
            *line = format!("{line} {word}").trim_start().to_owned();
        }
    }
    lines.join("\n") + "\n"
}

/// What a field's value is, whether it must be there, and what holds without it.
fn value(field: &Field) -> String {
    let form = form(field.name, &field.form);
    let without = match (field.required, field.alternative, field.default) {
        (true, ..) => return format!("**required**: {form}"),
        (_, Some(Alternative::Field(other)), _) => format!("; this or `{other}` is required"),
        (_, Some(Alternative::True(other)), _) => format!("; required unless `{other} = true`"),
        (.., Some("[]") | None) => String::new(),
        (.., Some(default)) => format!("; without it `{default}`"),
    };
    form + &without
}

fn form(name: &str, form: &Form) -> String {
    match form {
        Form::Text => "text".to_owned(),
        Form::Markdown => "Markdown".to_owned(),
        Form::Boolean => "`true` or `false`".to_owned(),
        Form::Integer => "whole number".to_owned(),
        Form::Date => "[date](#dates)".to_owned(),
        Form::Url => "web address".to_owned(),
        Form::Language => "language tag".to_owned(),
        Form::Id => "id".to_owned(),
        Form::Sha256 => "64 hexadecimal digits".to_owned(),
        Form::File { .. } => "file name".to_owned(),
        Form::Agent => "[who](#who-is-named)".to_owned(),
        Form::Word(_) => "a word, see below".to_owned(),
        Form::Open(_) => "id".to_owned(),
        Form::List(Form::Agent) => "list of [who](#who-is-named)".to_owned(),
        Form::List(Form::AgentOrTable(_)) => "list of [who](#who-is-named), or tables".to_owned(),
        Form::List(Form::Url) => "list of web addresses".to_owned(),
        Form::List(inner) => format!("list of {}s", self::form(name, inner)),
        Form::AgentOrTable(_) => "[who](#who-is-named), or a table".to_owned(),
        Form::Table(_) => "table".to_owned(),
        Form::Tables(_) | Form::SomeTables(_) => format!("tables, each under `[[{name}]]`"),
        Form::Named(_) => format!("tables, each under `[{name}.NAME]`"),
        Form::Levels(..) => "table of levels".to_owned(),
    }
}

/// Calls `see` with every table and its path: `claim.appearance`.
pub(crate) fn each_table(see: &mut dyn FnMut(&str, &'static Table)) {
    fn walk(path: &str, table: &'static Table, see: &mut dyn FnMut(&str, &'static Table)) {
        see(path, table);
        for field in table.fields {
            if let Some(table) = field.form.table() {
                walk(&format!("{path}.{}", field.name), table, see);
            }
        }
    }
    for subject in SUBJECTS {
        walk(subject.name, subject.table, see);
    }
}

/// An example of the page: a file where a path stands above it, else a piece of Markdown.
struct Example {
    path: Option<String>,
    content: String,
}

/// The blocks of code of the page but those that are no example, which are `text` without a path above them.
fn examples(page: &str) -> Vec<Example> {
    let (mut examples, mut text, mut block) = (Vec::new(), String::new(), None);
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Paragraph) => text.clear(),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => block = Some((info, String::new())),
            Event::Text(words) => block.as_mut().map_or(&mut text, |(_, content)| content).push_str(&words),
            Event::Code(words) => text.push_str(&format!("`{words}`")),
            Event::End(TagEnd::CodeBlock) => {
                let (info, content) = block.take().expect("the block was opened with ```");
                let path = text.strip_suffix("`:").and_then(|text| text.rsplit('`').next()).map(str::to_owned);
                match &*info {
                    "text" if path.is_none() => {}
                    "toml" if path.is_none() => panic!("no path before\n{content}"),
                    "toml" | "markdown" | "text" => examples.push(Example { path, content }),
                    _ => panic!("what is `{info}`?"),
                }
                text.clear();
            }
            _ => {}
        }
    }
    examples
}

#[test]
fn the_examples_are_a_dossier_in_which_nothing_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let examples = examples(&page());
    let pieces = examples.iter().filter(|example| example.path.is_none()).count();
    assert!(examples.len() > 12 && pieces >= 5, "only {} examples, {pieces} pieces", examples.len());
    for (n, Example { path, content }) in examples.into_iter().enumerate() {
        let (path, content) = match path {
            Some(path) => (path, content),
            None => (format!("content/commentary/piece-{n}.md"), format!("+++\ntitle = \"Piece {n}\"\n+++\n{content}")),
        };
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    let checked = answer("casebook check", folder.path());
    assert!(checked.starts_with("nothing is wrong in "), "{checked}");
    let built = answer("casebook build", folder.path());
    assert!(built.contains(" files written, "), "{built}");
}

#[test]
fn every_field_stands_in_an_example() {
    let mut seen = BTreeSet::new();
    for Example { path, content } in examples(&page()) {
        let Some(path) = path else { continue };
        let folder = path.trim_start_matches("content/").split('/').next().unwrap_or_default();
        let subject = match folder {
            "casebook.toml" => "casebook",
            "sources" => "source",
            "claims" => "claim",
            "entities" => "entity",
            "commentary" => "commentary",
            _ => continue,
        };
        let toml =
            content.strip_prefix("+++\n").map_or(&*content, |rest| rest.split("\n+++").next().unwrap_or_default());
        let table: toml::Table = toml.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let spec = SUBJECTS.iter().find(|known| known.name == subject).expect("a subject").table;
        see(subject, spec, &table, &mut seen);
    }
    let mut missing = Vec::new();
    each_table(&mut |path, table| {
        missing.extend(table.names().map(|name| format!("{path}.{name}")).filter(|field| !seen.contains(field)));
    });
    assert_eq!(missing, Vec::<String>::new(), "fields that no example of docs/format.md has");
}

/// Notes the fields that a table has, and those of the tables in it.
fn see(path: &str, spec: &'static Table, table: &toml::Table, seen: &mut BTreeSet<String>) {
    for (name, value) in table {
        let path = format!("{path}.{name}");
        let Some(field) = spec.field(name) else { continue };
        seen.insert(path.clone());
        let inner: Vec<&toml::Value> = match value {
            toml::Value::Array(list) => list.iter().collect(),
            one => vec![one],
        };
        for table in inner.into_iter().filter_map(toml::Value::as_table) {
            match field.form {
                Form::Named(spec) => {
                    table.values().filter_map(toml::Value::as_table).for_each(|table| see(&path, spec, table, seen));
                }
                form => form.table().into_iter().for_each(|spec| see(&path, spec, table, seen)),
            }
        }
    }
}

#[test]
fn quotations_are_found_as_the_page_says() {
    let page = page();
    let (_, after) = page.split_once("For a source that says *").expect("the source's words");
    let (source, after) = after.split_once("*:").expect("their end");
    let source = source.replace('\n', " ");
    let rows: Vec<(&str, &str)> = after
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | "))
        .collect();
    assert!(rows.len() >= 8, "only {rows:?}");
    let haystack = Haystack::new(&source, &[]);
    for (exact, says) in rows {
        let found = haystack.find(&Selector { exact: exact.into(), prefix: None, suffix: None });
        let outcome = match found {
            Outcome::Found(placement) => match placement.grade {
                Grade::Exact => "exact".to_owned(),
                Grade::Folded => format!("folded: {}", placement.folds.names().join(", ")),
                Grade::Elided => "elided".to_owned(),
            },
            _ => "no".to_owned(),
        };
        assert_eq!(outcome, says.split(": ").next().filter(|word| *word == "no").unwrap_or(says), "{exact}");
    }
}
