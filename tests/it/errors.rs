//! `docs/errors.md` against the program: each name that it explains is one, and each name that is known is explained.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use casebook::config::LINTS;
use casebook::fields::codes::CODES;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder with that ending.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    let paths = entries.into_iter().map(|entry| entry.expect("the folder can be read").into_path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == ending)).collect()
}

fn texts(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| fs::read_to_string(path).expect("the file can be read")).collect()
}

/// The names that the page explains, in its order.
fn explained() -> Vec<String> {
    let page = fs::read_to_string(root().join("docs/errors.md")).expect("the page is there");
    page.lines().filter_map(|line| Some(line.strip_prefix("- **")?.split_once("**: ")?.0.to_owned())).collect()
}

#[test]
fn every_name_is_explained_once() {
    let explained = explained();
    let distinct: BTreeSet<&str> = explained.iter().map(String::as_str).collect();
    assert_eq!(distinct.len(), explained.len(), "{explained:?}");
    let mut known: BTreeSet<&str> = CODES.iter().map(|&(code, _)| code).chain(LINTS.iter().map(|l| l.name)).collect();
    let cases = texts(&files("tests/broken", "case"));
    for opening in ["error[", "warning["] {
        known.extend(cases.lines().filter_map(|line| Some(line.strip_prefix(opening)?.split_once(']')?.0)));
    }
    assert!(known.len() > 60, "only {known:?}");
    assert_eq!(known.difference(&distinct).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn every_explained_name_is_one_of_the_program() {
    let program: Vec<PathBuf> =
        files("src", "rs").into_iter().filter(|path| !path.to_string_lossy().contains("tests")).collect();
    let program = texts(&program);
    let unknown: Vec<String> =
        explained().into_iter().filter(|name| !program.contains(&format!("\"{name}\""))).collect();
    assert_eq!(unknown, Vec::<String>::new());
}
