//! The search index of built sites: found is what a page shows, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{files_below, without_tags};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn build(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let output = tempfile::tempdir().expect("a folder");
    let site = output.path().join("public");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let run = command.arg("--root").arg(root).args(["build", "--output"]).arg(&site).output().expect("casebook runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    files_below(&site)
}

/// What a shard is called with.
fn shard(site: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    let text = String::from_utf8_lossy(&site[&format!("search/{name}.js")]);
    let start = format!("casebook(\"{name}\",");
    let data = text.strip_prefix(&start).and_then(|text| text.strip_suffix(");\n"));
    serde_json::from_str(data.unwrap_or_else(|| panic!("{name} does not call as it should"))).expect("a value")
}

fn shards(site: &BTreeMap<String, Vec<u8>>, start: &str) -> Vec<Value> {
    let names = site.keys().filter_map(|path| path.strip_prefix("search/")?.strip_suffix(".js"));
    names
        .filter(|name| name.starts_with(start))
        .flat_map(|name| shard(site, name).as_array().cloned().expect("a list"))
        .collect()
}

/// The numbers that a list holds, all its parts together.
fn numbers(list: &str) -> BTreeSet<u64> {
    let mut numbers = BTreeSet::new();
    for part in list.split(' ') {
        let (mut next, mut rest) = (0, 0);
        for byte in part.bytes() {
            let digit = u64::from(if byte > b'\\' { byte - b'$' } else { byte - b'#' });
            if digit < 69 {
                numbers.insert(next + rest * 69 + digit);
                (next, rest) = (next + rest * 69 + digit + 1, 0);
            } else {
                rest = rest * 22 + digit - 69 + 1;
            }
        }
    }
    numbers
}

/// The words that the index has of each record, by the record's page.
fn found(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, BTreeSet<String>> {
    let width = shard(site, "index")["width"].as_u64().expect("a number");
    let folders = ["claims", "sources", "entities", "commentary"];
    let mut pages = BTreeMap::new();
    for card in shards(site, "records-") {
        let number = card[0].as_u64().expect("a number");
        let folder = folders[usize::try_from(number >> width).expect("a kind")];
        pages.insert(number, format!("{folder}/{}.html", card[1].as_str().expect("an id")));
    }
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for pair in shards(site, "terms-").chunks(2) {
        for number in numbers(pair[1].as_str().expect("a list")) {
            let word = pair[0].as_str().expect("a word").to_owned();
            assert!(found.entry(pages[&number].clone()).or_default().insert(word));
        }
    }
    found
}

/// The words that a page shows.
fn shown(site: &BTreeMap<String, Vec<u8>>, page: &str) -> BTreeSet<String> {
    let html = String::from_utf8_lossy(&site[page]);
    let mut shown = BTreeSet::new();
    let alternatives: Vec<&str> = html.split(" alt=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    // A tag stands between words, or inside one.
    for text in [html.replace('<', " <"), alternatives.join(" "), html.into_owned()] {
        let text = without_tags(&text).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        let text = text.replace("&#39;", "'").replace("&amp;", "&");
        casebook::search::words(&text, |word| {
            shown.insert(word.to_owned());
        });
    }
    shown
}

#[track_caller]
pub(crate) fn assert_only_what_is_shown(root: &Path) {
    let site = build(root);
    let found = found(&site);
    assert!(!found.is_empty(), "{}: nothing is found", root.display());
    for (page, words) in found {
        let hidden: Vec<_> = words.difference(&shown(&site, &page)).cloned().collect();
        assert!(hidden.is_empty(), "{}: {page} is found by what it does not show: {hidden:?}", root.display());
    }
}

#[test]
fn a_record_is_found_only_by_words_that_its_page_shows() {
    assert_only_what_is_shown(repository());
    let golden = fs::read_dir(repository().join("tests/golden")).expect("the golden sites");
    let mut folders: Vec<PathBuf> = golden.map(|folder| folder.expect("a folder").path()).collect();
    folders.sort();
    let with_records = folders.iter().filter(|folder| folder.join("content/claims").is_dir());
    with_records.for_each(|folder| assert_only_what_is_shown(folder));
}

#[test]
fn every_record_of_the_example_has_a_card_and_is_found_by_its_title() {
    let site = build(repository());
    let found = found(&site);
    let cards = shards(&site, "records-");
    let records = site.keys().filter(|path| {
        let in_folder = |folder: &&str| path.starts_with(&format!("{folder}/"));
        ["claims", "sources", "entities", "commentary"].iter().any(in_folder) && !path.ends_with("/index.html")
    });
    let pages: BTreeSet<&String> = records.filter(|path| !is_redirect(&site[*path])).collect();
    assert_eq!(found.keys().collect::<BTreeSet<_>>(), pages);
    assert_eq!(cards.len(), pages.len());
    for card in cards {
        let (id, title) = (card[1].as_str().expect("an id"), card[2].as_str().expect("a title"));
        let (_, words) = found.iter().find(|(page, _)| page.ends_with(&format!("/{id}.html"))).expect("its words");
        casebook::search::words(title, |word| assert!(words.contains(word), "{id} is not found by {word}"));
    }
}

fn is_redirect(html: &[u8]) -> bool {
    String::from_utf8_lossy(html).contains("http-equiv=\"refresh\"")
}
