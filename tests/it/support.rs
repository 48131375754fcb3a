//! What several tests need.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("a readable folder");
        let target = to.join(entry.path().strip_prefix(from).expect("inside the folder"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Every file below a folder: its path with forward slashes, and its bytes.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("a readable folder"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("inside the folder");
            (path.to_string_lossy().replace('\\', "/"), fs::read(entry.path()).expect("a readable file"))
        })
        .collect()
}

/// Runs of eight words, without markup, case and punctuation.
pub(crate) fn runs_of_eight(text: &str) -> BTreeSet<String> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.windows(8).map(|run| run.join(" ")).collect()
}

/// The text of a page, and what stands between its tags otherwise.
pub(crate) fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    text
}

/// The files of a built site, without the program's own.
pub(crate) fn site_below(site: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files_below(site);
    files.retain(|path, _| !path.starts_with(".casebook"));
    files
}

/// Holds two folders' files against each other. `what` says when.
#[track_caller]
pub(crate) fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{what}");
    for (path, bytes) in one {
        assert!(bytes == &other[path], "{path} differs: {what}");
    }
}
