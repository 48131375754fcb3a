//! The house rules that a compiler does not check: which part of the program may use which, and what may touch the
//! world. Code in `#[cfg(test)]` modules is free.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The stages: a module uses itself and those before it.
const ORDER: &[&str] = &[
    "files",
    "ids",
    "terms",
    "date",
    "diag",
    "fields",
    "config",
    "markdown",
    "lock",
    "site",
    "text",
    "anchor",
    "parse",
    "schema",
    "dossier",
    "resolve",
    "route",
    "layout",
    "data",
    "render",
    "search",
    "check",
    "leaks",
    "compare",
    "scaffold",
    "workspace",
    "failure",
    "cache",
    "load",
    "write",
    "former",
    "links",
    "observe",
    "build",
    "serve",
    "cli",
];

/// The modules that may touch the disk, the network, the environment and the clock.
const WORLDLY: &[&str] = &["cache", "load", "write", "links", "serve", "cli"];

/// What only these may mention, of the standard library.
const WORLD: &[&str] = &["fs", "env", "net", "process", "time"];

/// The modules that read foreign data into types.
const DESERIALIZE: &[&str] =
    &["anchor::batch", "config", "lock", "parse", "render", "write", "former", "links", "serve", "cli"];

/// The modules that write types as data: exports and the views of pages, and the words that both are made of.
const SERIALIZE: &[&str] = &[
    "files::slice",
    "ids",
    "terms",
    "diag",
    "anchor::batch",
    "lock",
    "data",
    "render",
    "write",
    "former",
    "links",
    "serve",
    "cli",
];

/// No file has more lines.
const LONGEST: usize = 500;

/// But these: lists of plain types, of which most lines say what a field is.
const LONG: &[&str] = &["dossier.rs"];

/// A file of the program.
struct SourceFile {
    /// Its path below `src`, with forward slashes.
    path: String,
    text: String,
}

impl SourceFile {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The names of the modules that lead to it; none for `lib.rs` and `main.rs`.
    fn modules(&self) -> Vec<&str> {
        let stem = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        stem.split('/').filter(|&part| !matches!(part, "mod" | "lib" | "main")).collect()
    }

    /// The module of the crate's root that it belongs to.
    fn stage(&self) -> Option<&str> {
        self.modules().first().copied()
    }

    /// Whether it is of the part of the program with that path, or inside it.
    fn is_in(&self, part: &str) -> bool {
        let path = self.modules().join("::");
        path.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }

    fn is_test(&self) -> bool {
        self.modules().contains(&"tests")
    }

    /// What it breaks of the rules, each in a line.
    fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        if self.text.lines().count() > LONGEST && !LONG.contains(&&*self.path) {
            complaints.push(format!("{}: more than {LONGEST} lines", self.path));
        }
        let Some(stage) = self.stage().filter(|_| !self.is_test()) else {
            return complaints;
        };
        let code = without_tests(&code_alone(&self.text));
        let Some(rank) = ORDER.iter().position(|&known| known == stage) else {
            complaints.push(format!("{}: the module `{stage}` has no place in the order of stages", self.path));
            return complaints;
        };
        let mut used = first_names(&code, "crate");
        used.extend(first_names(&code, &vec!["super"; self.modules().len()].join("::")));
        for later in ORDER[rank + 1..].iter().filter(|&&later| used.contains(later)) {
            complaints.push(format!("{}: `{stage}` uses `{later}`, a later stage", self.path));
        }
        let world = first_names(&code, "std");
        for thing in WORLD.iter().filter(|&&thing| world.contains(thing) && !WORLDLY.contains(&stage)) {
            complaints.push(format!("{}: `std::{thing}` outside {WORLDLY:?}", self.path));
        }
        for (name, allowed) in [("Deserialize", DESERIALIZE), ("Serialize", SERIALIZE)] {
            if words(&code).any(|word| word == name) && !allowed.iter().any(|part| self.is_in(part)) {
                complaints.push(format!("{}: `{name}` outside {allowed:?}", self.path));
            }
        }
        complaints
    }
}

/// The code without its comments, and with its strings and characters emptied.
fn code_alone(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => quoted(rest, '"'),
            'r' if !code.ends_with(is_name) => raw_string(rest),
            '\'' => character(rest),
            _ => 0,
        };
        if skipped == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            code.push(' ');
            rest = &rest[skipped..];
        }
    }
    code
}

/// The length of the string or character that `text` begins with, escapes and delimiters included.
fn quoted(text: &str, delimiter: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == delimiter && !is_escaped {
            return at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    text.len()
}

/// The length of the raw string that `text` begins with; 0 where it begins with none.
fn raw_string(text: &str) -> usize {
    let hashes = text[1..].len() - text[1..].trim_start_matches('#').len();
    if !text[1 + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let body = 2 + hashes;
    text[body..].find(&end).map_or(text.len(), |at| body + at + end.len())
}

/// The length of the character that `text` begins with; 0 where it begins with a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.chars().skip(1);
    let (first, second) = (chars.next(), chars.next());
    if first == Some('\\') || second == Some('\'') { quoted(text, '\'') } else { 0 }
}

/// The code without its `#[cfg(test)]` modules.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        // `mod tests;` ends where a file of its own takes over.
        let end = match (rest.find('{'), rest.find(';')) {
            (Some(brace), semicolon) if semicolon.is_none_or(|semicolon| brace < semicolon) => block_end(rest, brace),
            (_, Some(semicolon)) => semicolon + 1,
            _ => rest.len(),
        };
        rest = &rest[end..];
    }
    kept + rest
}

/// The end of the block whose brace stands at `open`.
fn block_end(code: &str, open: usize) -> usize {
    let mut depth = 0usize;
    for (at, c) in code[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return open + at + 1;
        }
    }
    code.len()
}

/// The names that follow `root::`, also those of a group in braces; not where `root` is a part of a longer path.
fn first_names(code: &str, root: &str) -> BTreeSet<String> {
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ").replace(" :: ", "::");
    let path = format!("{root}::");
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(&path) {
        let after = &code[at + path.len()..];
        if code[..at].ends_with(|c: char| is_name(c) || c == ':') || after.starts_with("super::") {
            continue;
        }
        if after.starts_with('{') {
            names.extend(group_names(&after[..block_end(after, 0)]));
        } else {
            names.extend(words(after).next().map(str::to_owned));
        }
    }
    names
}

/// The first names of the members of a group `{a::b, c::{d, e}}`.
fn group_names(group: &str) -> BTreeSet<String> {
    let mut depth = 0usize;
    let mut members = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => members.push(String::new()),
            _ => {}
        }
        if let Some(member) = members.last_mut() {
            member.push(c);
        }
    }
    members.iter().filter_map(|member| words(member).next()).map(str::to_owned).collect()
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c| !is_name(c)).filter(|word| !word.is_empty())
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn the_program_keeps_its_layers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut complaints = Vec::new();
    let mut files = 0;
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("the program's source can be read");
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let path = entry.path().strip_prefix(&root).expect("it is below src");
            let path = path.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(entry.path()).expect("the program's source can be read");
            complaints.extend(SourceFile { path, text }.complaints());
            files += 1;
        }
    }
    assert!(files > 20, "only {files} files were found");
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_crate_lists_its_modules_in_the_order_of_stages() {
    let lib = include_str!("../../src/lib.rs");
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let ranks: Vec<_> = modules.map(|name| (ORDER.iter().position(|stage| *stage == name), name)).collect();
    assert!(ranks.len() > 20, "{ranks:?}");
    assert!(ranks.is_sorted_by(|first, next| first.0.is_some() && first.0 < next.0), "{ranks:?}");
}

/// What a made-up file breaks.
fn complaints(path: &str, text: &str) -> String {
    SourceFile::new(path, text).complaints().join("\n")
}

#[test]
fn a_use_of_a_later_stage_is_found() {
    for text in [
        "use crate::render::code;",
        "use crate::{files::FileId, render::{code, markdown}};",
        "fn f() { let _ = crate::render::code::highlight(a, b); }",
        "pub(crate) use crate::render;",
        "use super::render;",
        "const A: char = '\"'; use crate::render; const B: char = '\"';",
    ] {
        assert_eq!(complaints("parse.rs", text), "parse.rs: `parse` uses `render`, a later stage", "{text}");
    }
    let deep = complaints("parse/claim/mod.rs", "use super::super::render;");
    assert_eq!(deep, "parse/claim/mod.rs: `parse` uses `render`, a later stage");
}

#[test]
fn a_use_of_an_earlier_stage_is_free() {
    for text in [
        "use crate::{files::FileId, parse::ast::{self, Claim}};",
        "//! As [`crate::render`] does.\n/* use crate::render; */",
        "const A: &str = \"use crate::render\"; const B: &str = r#\"\"crate::render\"#;",
        "fn f<'a>(_: &'a str) {} #[cfg(test)] #[allow(unused)] mod tests { use crate::render; fn g() { {} } }",
        "#[cfg(test)] mod tests; use crate::parse;",
        "use other_crate::render;",
        "use super::render;",
    ] {
        assert_eq!(complaints("render/parse.rs", text), "", "{text}");
        assert_eq!(complaints("resolve/mod.rs", &text.replace("super::", "self::")), "", "{text}");
    }
    assert_eq!(complaints("parse/tests.rs", "use crate::render;"), "");
    assert_eq!(complaints("parse/tests/claim.rs", "use crate::render;"), "");
}

#[test]
fn code_after_a_test_module_is_not_free() {
    let text = "#[cfg(test)]\nmod tests { fn f() { '}'; } }\nuse crate::cli;";
    assert_eq!(complaints("files.rs", text), "files.rs: `files` uses `cli`, a later stage");
}

#[test]
fn a_module_without_a_stage_is_found() {
    assert!(complaints("utils/mod.rs", "").contains("`utils` has no place"));
}

#[test]
fn only_the_outer_modules_touch_the_world() {
    for text in ["use std::fs;", "use std::{collections::HashMap, fs::{self, File}};", "fn f() { std::fs::read(p); }"] {
        assert_eq!(complaints("check.rs", text), format!("check.rs: `std::fs` outside {WORLDLY:?}"), "{text}");
        assert_eq!(complaints("write.rs", text), "", "{text}");
    }
    assert!(complaints("check.rs", "use std::time::Instant;").contains("std::time"));
    assert_eq!(complaints("check.rs", "use std::fmt; fn f() { fs::read(p) }"), "");
}

#[test]
fn serde_stays_at_the_edges() {
    let derive = "#[derive(Clone, serde::Deserialize)] struct A;";
    assert_eq!(complaints("dossier.rs", derive), format!("dossier.rs: `Deserialize` outside {DESERIALIZE:?}"));
    assert_eq!(complaints("config.rs", derive), "");
    assert!(complaints("anchor/mod.rs", "use serde::Serialize;").contains("`Serialize` outside"));
    assert_eq!(complaints("anchor/batch.rs", derive), "");
    assert_eq!(complaints("anchor/mod.rs", "struct Serializer;"), "");
}

#[test]
fn a_long_file_is_found() {
    assert!(complaints("files.rs", &"//\n".repeat(LONGEST + 1)).contains("more than 500 lines"));
    assert_eq!(complaints("files.rs", &"//\n".repeat(LONGEST)), "");
    assert_eq!(complaints(LONG[0], &"//\n".repeat(LONGEST + 1)), "");
}
