//! The schemas in `schemas` are those that the program prints, and what a schema says of a field is what the reader does.
//!
//! [`cases`] tries every field of every table with values that its form takes and values that it does not. The reader
//! must agree with each; so must the schemas, by validators of others: `tests/data/field-cases.jsonl` holds the cases for
//! `tests/browser/schemas.test.mjs`. `SNAPSHOTS=overwrite` rewrites that file and the schemas.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use casebook::config::Config;
use casebook::fields::{Alternative, Field, Form, Table};
use casebook::ids::RecordKind;
use casebook::parse;
use casebook::schema::{SUBJECTS, Subject};

use crate::format::each_table;

const KINDS: [(&str, RecordKind); 4] = [
    ("source", RecordKind::Source),
    ("claim", RecordKind::Claim),
    ("entity", RecordKind::Entity),
    ("commentary", RecordKind::Commentary),
];

/// Schemas in the folder that are made from something else than fields.
const OTHERS: [&str; 1] = ["dossier.schema.json"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the tree must say this; with `SNAPSHOTS=overwrite` it does afterwards.
fn hold(path: &Path, text: &str) {
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("the file is kept");
    }
    let held = fs::read_to_string(path).unwrap_or_default();
    assert!(held == text, "{} is not what the program makes: run with SNAPSHOTS=overwrite", path.display());
}

#[test]
fn the_schemas_in_the_tree_are_what_the_program_prints() {
    let folder = root().join("schemas");
    for subject in SUBJECTS {
        hold(&folder.join(format!("{}.schema.json", subject.name)), &subject.to_json());
    }
    let held: BTreeSet<String> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !OTHERS.contains(&name.as_str()))
        .collect();
    let made: BTreeSet<String> = SUBJECTS.iter().map(|subject| format!("{}.schema.json", subject.name)).collect();
    assert_eq!(held, made);
}

/// A value as TOML, and whether the form takes it.
type Specimen = (String, bool);

/// Values that a form takes, first, and values that it does not.
fn specimens(form: &Form, required: bool) -> Vec<Specimen> {
    let (good, bad): (Vec<&str>, Vec<&str>) = match form {
        Form::Text => (vec!["\"some words\""], vec!["1", "true", "\" \"", "[\"a\"]", "{ a = 1 }"]),
        Form::Markdown if required => (vec!["\"*words*\""], vec!["\"\"", "1"]),
        Form::Markdown => (vec!["\"*words*\"", "\"\""], vec!["1", "[\"a\"]"]),
        Form::Boolean => (vec!["true", "false"], vec!["\"true\"", "1"]),
        Form::Integer => (vec!["1"], vec!["-1", "1.5", "\"1\""]),
        Form::Date => (DATES.to_vec(), NO_DATES.to_vec()),
        Form::Url => (
            vec!["\"https://example.org/a/\"", "\"HTTP://example.org\"", "\"https://user@example.org:80/%20é\""],
            vec!["\"example.org\"", "\"ftp://example.org\"", "\"https://\"", "\"https://a b.org\"", "\"/a\"", "1"],
        ),
        Form::Language => (
            vec!["\"en\"", "\"de-CH\"", "\"zh-Hant\"", "\"x-own\""],
            vec!["\"english\"", "\"e\"", "\"en_GB\"", "\"x\""],
        ),
        Form::Id => (vec!["\"an-id-1\""], vec!["\"An id\"", "\"a/b\"", "\"ä\"", "1", "\"\""]),
        Form::Sha256 => (vec![HASH], vec!["\"abc\"", "1"]),
        Form::File { folder, extensions } => {
            let [first, .., last] = extensions else { panic!("{extensions:?}") };
            let good = [format!("a.{first}"), format!("b c/.d/..e/f.{last}")].map(|name| format!("\"{folder}{name}\""));
            let bad = ["a.pdf", "/a.txt", "a\\\\b.txt", "../a.txt", "a/../b.txt", "a/./b.txt"];
            let bad = bad.map(|name| format!("\"{folder}{}\"", name.replace("txt", first)));
            let good = good.into_iter().map(|value| (value, true));
            return good.chain(bad.into_iter().chain(["1".to_owned()]).map(|value| (value, false))).collect();
        }
        Form::Agent => (
            vec!["\"jane-doe\"", "\"新华社\"", "{ name = \"jane\" }"],
            vec!["1", "\"\"", "[\"a\"]", "{}", "{ nam = \"a\" }"],
        ),
        Form::AgentOrTable(table) => {
            let mut all = specimens(&Form::Text, true);
            all.retain(|(value, _)| !value.starts_with('{'));
            all.extend(of_tables(table, |value| value.to_owned(), &[]));
            return all;
        }
        Form::Word(words) => {
            let mut all: Vec<Specimen> = words().iter().map(|word| (format!("\"{}\"", word.word), true)).collect();
            all.extend([("\"nonsense\"".to_owned(), false), ("1".to_owned(), false)]);
            return all;
        }
        Form::Open(names) => {
            let mut all: Vec<Specimen> = names().iter().map(|name| (format!("\"{name}\""), true)).collect();
            all.extend([("\"of-my-own\"".to_owned(), true), ("1".to_owned(), false), ("\"\"".to_owned(), false)]);
            return all;
        }
        Form::List(inner) => {
            let list = |(value, good): Specimen| (format!("[{value}]"), good);
            let inner = specimens(inner, true);
            let bare = (inner[0].0.clone(), false);
            return inner.into_iter().map(list).chain([("[]".to_owned(), true), bare]).collect();
        }
        Form::Table(table) => return of_tables(table, |value| value.to_owned(), &["1", "\"a\""]),
        Form::Tables(table) | Form::SomeTables(table) => {
            let mut all = of_tables(table, |value| format!("[{value}]"), &["1", "\"a\""]);
            all.push((inline(table, None), false));
            all.push(("[]".to_owned(), matches!(form, Form::Tables(_))));
            return all;
        }
        Form::Named(table) => {
            let mut all = of_tables(table, |value| format!("{{ refutes = {value} }}"), &["1"]);
            all.push((format!("{{ \"A b\" = {} }}", inline(table, None)), false));
            return all;
        }
        Form::Levels(names, levels) => {
            let level = |level: &str| format!("{{ {} = \"{level}\" }}", names()[0].word);
            let mut all: Vec<Specimen> = levels().iter().map(|word| (level(word.word), true)).collect();
            all.extend([(level("loud"), false), ("{ no-such = \"warn\" }".to_owned(), false), ("1".to_owned(), false)]);
            return all;
        }
    };
    let take =
        |values: Vec<&str>, good| values.into_iter().map(move |value| (value.to_owned(), good)).collect::<Vec<_>>();
    [take(good, true), take(bad, false)].concat()
}

const HASH: &str = "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"";
const DATES: &[&str] = &[
    "2016-12-21",
    "\"2016-12-21\"",
    "\"2016-12\"",
    "\"2016\"",
    "\"2016-12-21?\"",
    "\"2016~\"",
    "\"2016-12-19/2016-12-21\"",
    "\"../2014-06\"",
    "\"2014/\"",
    "\"2016-21\"",
    "\"201X\"",
    "\"2016-12-XX\"",
    "\"-0043\"",
    "\"Y170000\"",
    "\"{2014,2016}\"",
    "\"[2014..2016,2018-12]\"",
];
const NO_DATES: &[&str] = &[
    "2016",
    "\"the day before\"",
    "\"21.12.2016\"",
    "\"\"",
    "2016-12-21T10:00:00Z",
    "2016-12-21 10:00:00",
    "10:00:00",
    "\"2016-12-21T10:00:00\"",
    "true",
    "[\"2016\"]",
];

/// Tables of that form, each put where `wrap` puts it, and values that are none.
fn of_tables(table: &'static Table, wrap: fn(&str) -> String, others: &[&str]) -> Vec<Specimen> {
    let mut all = vec![(wrap(&inline(table, None)), true), (wrap(&inline(table, Some(("no-such", "1")))), false)];
    for field in table.fields {
        // Beside what it stands in for, a field is one too many.
        let stands_in =
            |other: &Field| matches!(other.alternative, Some(Alternative::Field(name)) if name == field.name);
        let is_free = !table.fields.iter().any(stands_in);
        for (value, good) in specimens(&field.form, field.required) {
            all.push((wrap(&inline(table, Some((field.name, &value)))), good && is_free));
            if !is_free {
                all.push((wrap(&format!("{{ {} = {value} }}", field.name)), good));
            }
        }
        if is_needed(field) {
            all.push((wrap(&without(table, field.name)), false));
        }
    }
    all.extend(others.iter().map(|value| ((*value).to_owned(), false)));
    all
}

/// Whether a table without it, and without what could stand in for it, is wrong.
fn is_needed(field: &Field) -> bool {
    field.required || field.alternative.is_some()
}

/// What a table must have: names and values.
fn needed(table: &'static Table) -> Vec<(&'static str, String)> {
    let fields = table.fields.iter().filter(|field| is_needed(field));
    fields.map(|field| (field.name, specimens(&field.form, true).swap_remove(0).0)).collect()
}

/// What a table must have, with one more field or another value for it, as pairs.
fn pairs(table: &'static Table, given: Option<(&str, &str)>) -> Vec<String> {
    let mut pairs = needed(table);
    pairs.retain(|(name, _)| given.is_none_or(|(given, _)| *name != given));
    let given = given.map(|(name, value)| format!("{name} = {value}"));
    pairs.into_iter().map(|(name, value)| format!("{name} = {value}")).chain(given).collect()
}

fn inline(table: &'static Table, given: Option<(&str, &str)>) -> String {
    format!("{{ {} }}", pairs(table, given).join(", "))
}

fn without(table: &'static Table, name: &str) -> String {
    let pairs: Vec<String> = needed(table)
        .into_iter()
        .filter(|(other, _)| *other != name)
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// A text of TOML, and whether it is a sound table of that subject.
struct Case {
    of: &'static str,
    toml: String,
    valid: bool,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for &Subject { name: of, table, .. } in SUBJECTS {
        let mut add = |given: Option<(&str, &str)>, valid| {
            cases.push(Case { of, toml: pairs(table, given).join("\n"), valid });
        };
        add(None, true);
        add(Some(("no-such", "1")), false);
        for field in table.fields {
            for (value, good) in specimens(&field.form, field.required) {
                add(Some((field.name, &value)), good);
            }
        }
        for (name, _) in needed(table) {
            let toml = pairs(table, None).into_iter().filter(|pair| !pair.starts_with(&format!("{name} ")));
            cases.push(Case { of, toml: toml.collect::<Vec<_>>().join("\n"), valid: false });
        }
    }
    cases
}

/// What the reader finds wrong in a table.
fn problems(of: &str, toml: &str) -> Vec<String> {
    let problems = match KINDS.iter().find(|(name, _)| *name == of) {
        Some((_, kind)) => parse::parse(*kind, &format!("+++\n{toml}\n+++\n")).problems,
        None => Config::parse(&format!("{toml}\n")).1,
    };
    problems.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect()
}

#[test]
fn the_reader_takes_what_the_lists_of_fields_say_that_it_takes() {
    let cases = cases();
    let broken = cases.iter().filter(|case| !case.valid).count();
    assert!(cases.len() > 500 && broken > 200, "only {} cases, {broken} of them broken", cases.len());
    let mut wrong = Vec::new();
    for Case { of, toml, valid } in &cases {
        let found = problems(of, toml);
        if found.is_empty() != *valid {
            wrong.push(format!("{of}:\n{toml}\nvalid: {valid}, but found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
    let lines: String = cases
        .iter()
        .map(|Case { of, toml, valid }| format!("{}\n", serde_json::json!({ "of": of, "toml": toml, "valid": valid })))
        .collect();
    hold(&root().join("tests/data/field-cases.jsonl"), &lines);
}

#[test]
fn every_field_says_what_it_means() {
    let mut silent = Vec::new();
    each_table(&mut |path, table| {
        for field in table.fields {
            let ends = field.says.ends_with('.') && !field.says.ends_with("..");
            if !ends || field.says.contains("  ") {
                silent.push(format!("{path}.{}: {:?}", field.name, field.says));
            }
        }
    });
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn a_default_is_what_holds_without_the_field() {
    // Places differ, and nothing else: without their digits both are the same.
    let read = |of: &str, toml: &str| {
        let text = match KINDS.iter().find(|(name, _)| *name == of) {
            Some((_, kind)) => format!("{:?}", parse::parse(*kind, &format!("+++\n{toml}\n+++\n")).record),
            None => format!("{:?}", Config::parse(&format!("{toml}\n")).0),
        };
        text.replace(|c: char| c.is_ascii_digit(), "")
    };
    let mut tried = 0;
    for &Subject { name: of, table, .. } in SUBJECTS {
        let alone = pairs(table, None).join("\n");
        let mut try_one = |toml: String| {
            tried += 1;
            assert_eq!(read(of, &toml), read(of, &alone), "{toml}");
        };
        for field in table.fields {
            if let Some(default) = field.default {
                try_one(pairs(table, Some((field.name, default))).join("\n"));
            }
            if let (true, Some(inner)) = (field.required, field.form.table()) {
                for (name, default) in inner.fields.iter().filter_map(|field| Some((field.name, field.default?))) {
                    let value = format!("[{}]", inline(inner, Some((name, default))));
                    try_one(pairs(table, Some((field.name, &value))).join("\n"));
                }
            }
        }
    }
    assert!(tried > 15, "only {tried}");
}

#[test]
fn the_copy_that_a_new_dossier_has_is_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["new", "."])
        .current_dir(folder.path())
        .status()
        .expect("casebook runs");
    assert!(run.success());
    let settings = fs::read_to_string(folder.path().join("casebook.toml")).expect("the settings");
    let named =
        settings.strip_prefix("#:schema ").and_then(|rest| rest.split_once("\n\n")).expect("a line of its own").0;
    let copy: PathBuf = folder.path().join(named);
    let casebook = Subject::named("casebook").expect("there is one");
    assert_eq!(fs::read_to_string(copy).expect("the copy"), casebook.to_json());
}
