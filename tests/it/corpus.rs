//! A generated dossier, as those for benchmarks are: nothing is wrong with it, its site has every page and no withheld
//! word, and it is the same bytes on every way to it.

#[path = "../../examples/corpus/generate/mod.rs"]
mod generate;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;

use crate::support::{assert_same, files_below, runs_of_eight, site_below, without_tags};
use generate::Size;

/// As the generator's arguments: the small corpus is its default.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    size: Size,
}

/// A corpus in a folder of its own.
pub(crate) fn corpus(arguments: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = Arguments::parse_from([&["corpus"], arguments].concat());
    generate::write(&arguments.size, folder.path()).expect("a corpus");
    folder
}

/// Builds a site beside the dossier and gives its files; there must be nothing to say but how many were written.
fn build(root: &Path, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let output = tempfile::tempdir().expect("a folder");
    let site = output.path().join("public");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let run = command.arg("--root").arg(root).args(["build", "--output"]).arg(&site).args(arguments).output();
    let run = run.expect("casebook runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && run.stdout.is_empty() && said.lines().count() == 1, "{said}");
    site_below(&site)
}

#[test]
fn every_record_of_a_small_corpus_has_its_page_and_nothing_is_wrong() {
    let folder = corpus(&[]);
    let site = build(folder.path(), &["--jobs", "2"]);
    for (kind, expected) in [("sources", 20), ("claims", 100), ("commentary", 10), ("entities", 3)] {
        let records = fs::read_dir(folder.path().join("content").join(kind)).expect("the records");
        let ids: Vec<String> = records
            .map(|file| file.expect("a record").path().file_stem().expect("an id").to_string_lossy().into_owned())
            .collect();
        assert_eq!(ids.len(), expected, "{kind}");
        for id in ids {
            assert!(site.contains_key(&format!("{kind}/{id}.html")), "{kind}/{id} has no page");
        }
        let pages = site.keys().filter(|path| path.starts_with(&format!("{kind}/")) && !path.contains("index"));
        assert!(pages.count() >= expected, "{kind}");
    }
    let run = Command::new(env!("CARGO_BIN_EXE_casebook")).arg("--root").arg(folder.path()).arg("check").output();
    let run = run.expect("casebook runs");
    assert_eq!(String::from_utf8_lossy(&run.stderr), "nothing is wrong in 134 records\n");
    assert!(run.status.success());
}

#[test]
fn one_seed_gives_one_dossier_and_another_seed_another() {
    let files = |arguments: &[&str]| files_below(corpus(arguments).path());
    let first = files(&["--claims", "30", "--seed", "7"]);
    assert_same(&first, &files(&["--claims", "30", "--seed", "7"]), "the same seed");
    assert!(first != files(&["--claims", "30", "--seed", "8"]));
}

#[test]
fn the_number_of_jobs_and_the_order_of_the_files_on_disk_change_no_byte() {
    let folder = corpus(&["--hub-relations", "60", "--hub-passages", "40", "--hub-entity", "80"]);
    // The same files, made in another order, in a folder with another name and depth.
    let other = tempfile::tempdir().expect("a folder");
    let deep = other.path().join("z/a folder");
    for (path, bytes) in files_below(folder.path()).into_iter().rev() {
        let path = deep.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    let one = build(folder.path(), &["--jobs", "1"]);
    assert!(one.len() > 134, "only {} files", one.len());
    assert_same(&one, &build(&deep, &["--jobs", "8"]), "more jobs, and another order");
}

/// The files of a kind of record, by id: front matter and body.
fn records(root: &Path, kind: &str) -> Vec<(String, toml::Table, String)> {
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("content").join(kind))
        .expect("the records")
        .map(|file| file.expect("a record").path())
        .collect();
    files.sort();
    let read = |file: PathBuf| {
        let text = fs::read_to_string(&file).expect("a record");
        let (front, body) = text.trim_start_matches("+++\n").split_once("+++\n").expect("front matter");
        let id = file.file_stem().expect("an id").to_string_lossy().into_owned();
        (id, front.parse().expect("front matter is TOML"), body.to_owned())
    };
    files.into_iter().map(read).collect()
}

/// Letters and digits alone, a space between words and at both ends.
fn bare(text: &str) -> String {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

/// What claims and essays quote, by source: each stretch between elisions, bare.
fn quoted(root: &Path) -> BTreeMap<String, Vec<String>> {
    let mut quoted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, front, _) in records(root, "claims") {
        for appearance in front["appearance"].as_array().expect("appearances") {
            let of = |table: &toml::Value, key: &str| table.get(key).and_then(|v| v.as_str().map(str::to_owned));
            let chain = appearance.get("attribution").and_then(|chain| chain.as_array().cloned()).unwrap_or_default();
            let cues = chain.iter().filter_map(|link| of(link, "cue"));
            let source = of(appearance, "source").expect("a source");
            let words = quoted.entry(source).or_default();
            for quote in of(appearance, "quote").into_iter().chain(cues) {
                words.extend(quote.split("[…]").map(bare));
            }
        }
    }
    for (_, _, body) in records(root, "commentary") {
        // An essay has one at most, of one line, with its source in the last line.
        if let Some((_, quotation)) = body.split_once("\n> ") {
            let (words, rest) = quotation.split_once('\n').expect("a line");
            let (_, source) = rest.split_once("> — [[").expect("its source");
            let (source, _) = source.split_once("]]").expect("its source");
            quoted.entry(source.to_owned()).or_default().push(bare(words));
        }
    }
    quoted
}

/// The sentences of a body, its items, cells and headings, without links' addresses.
fn sentences(body: &str) -> Vec<String> {
    let mut text = String::new();
    for piece in body.split("](") {
        let is_first = text.is_empty();
        text.push_str(if is_first { piece } else { piece.split_once(')').map_or(piece, |(_, after)| after) });
    }
    text.lines().flat_map(|line| line.split(". ")).map(bare).collect()
}

#[test]
fn no_page_of_a_corpus_has_words_that_are_withheld() {
    let folder = corpus(&[]);
    let quoted = quoted(folder.path());
    let nothing = Vec::new();
    let (mut shown, mut withheld) = (BTreeSet::new(), BTreeSet::new());
    // All is drawn from few words, and so the dossier's own texts have some runs of the sources by chance.
    let own = files_below(folder.path()).into_iter().filter(|(path, _)| !path.starts_with("content/sources/"));
    shown.extend(own.flat_map(|(_, bytes)| runs_of_eight(&String::from_utf8_lossy(&bytes))));
    for (id, front, body) in records(folder.path(), "sources") {
        let quotes = quoted.get(&id).unwrap_or(&nothing);
        shown.extend(quotes.iter().flat_map(|quote| runs_of_eight(quote)));
        let publish = front["publish"].as_str().expect("how much is shown");
        for sentence in sentences(&body) {
            // An excerpt is a quotation with the sentence that it stands in.
            let is_excerpt = publish == "excerpts" && quotes.iter().any(|quote| sentence.contains(quote));
            let runs = runs_of_eight(&sentence);
            if publish == "full" || is_excerpt { shown.extend(runs) } else { withheld.extend(runs) }
        }
    }
    let withheld = &withheld - &shown;
    assert!(withheld.len() > 3000, "only {} runs of words are withheld", withheld.len());
    for (path, bytes) in build(folder.path(), &[]) {
        let runs = runs_of_eight(&without_tags(&String::from_utf8_lossy(&bytes)));
        let leaked: Vec<_> = runs.intersection(&withheld).collect();
        assert!(leaked.is_empty(), "{path}: {leaked:?}");
    }
}

#[test]
fn a_record_of_a_corpus_is_found_only_by_words_that_its_page_shows() {
    let folder = corpus(&[]);
    crate::search::assert_only_what_is_shown(folder.path());
}
