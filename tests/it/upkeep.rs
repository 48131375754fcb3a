//! A site that is built again after one edit: the pages that it does not reach are left alone, and what is there is byte
//! for byte what a build into an empty folder makes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use casebook::build::{Options, Read};
use casebook::diag::human;
use casebook::observe::{Observer, Work};

use crate::corpus::corpus;
use crate::support::{assert_same, site_below};

/// Counts the routes whose pages are made.
#[derive(Default)]
struct Counter(AtomicUsize);

impl Observer for Counter {
    fn during<T>(&self, work: Work, act: impl FnOnce() -> T) -> T {
        if work == Work::Render {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
        act()
    }
}

/// Builds, where the site is not known to be there, and says for how many routes pages were made.
fn build(root: &Path, output: &Path) -> usize {
    let counter = Counter::default();
    let mut project = Read::project(root, Options::default(), &counter).expect("a project");
    if project.unchanged(output, &counter).expect("a readable project").is_none() {
        let mut compiled = project.compile(&counter).expect("a readable project");
        let report = compiled.build(output, &counter).expect("a folder to build into");
        assert!(report.is_some(), "{}", human::render(&compiled.diagnostics, compiled.files(), false));
    }
    counter.0.into_inner()
}

/// The `n`-th file of a folder of records, in their order.
fn nth(root: &Path, folder: &str, n: usize) -> PathBuf {
    let entries = fs::read_dir(root.join("content").join(folder)).expect("records");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a record").path()).collect();
    paths.sort();
    paths[n % paths.len()].clone()
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a record");
    assert!(text.contains(from), "{} has no `{from}`", path.display());
    fs::write(path, text.replacen(from, to, 1)).expect("a record");
}

fn append(path: &Path, more: &str) {
    let text = fs::read_to_string(path).expect("a record");
    fs::write(path, text + more).expect("a record");
}

/// What is done to a dossier, and the largest share of its routes that are made anew by that, in per cent; none where all
/// may be.
type Edit = (&'static str, fn(&Path), Option<usize>);

const EDITS: [Edit; 20] = [
    ("a claim's commentary", |root| append(&nth(root, "claims", 3), "\nOne more word.\n"), Some(60)),
    ("a link to another claim", |root| append(&nth(root, "claims", 4), &link(&nth(root, "claims", 9))), Some(70)),
    ("the same text", |root| append(&nth(root, "claims", 5), "\n"), Some(60)),
    ("a claim's short name", |root| replace(&nth(root, "claims", 6), "short = \"", "short = \"so "), Some(80)),
    ("a claim's words", |root| replace(&nth(root, "claims", 7), "claim = \"", "claim = \"A "), None),
    ("a claim's tags", |root| replace(&nth(root, "claims", 8), "tags = [", "tags = [\"a-new-tag\", "), None),
    ("the tag again", |root| replace(&nth(root, "claims", 8), "tags = [\"a-new-tag\", ", "tags = ["), None),
    ("a relation", |root| append_table(&nth(root, "claims", 9), &relation(&nth(root, "claims", 20))), None),
    (
        "a verdict",
        |root| append_table(&nth(root, "claims", 10), "[[verdict]]\nrating = \"false\"\ndate = 2020-02-02\n"),
        None,
    ),
    ("a source's text", |root| append(&nth(root, "sources", 1), "\nA paragraph that nobody quotes.\n"), Some(60)),
    ("a source's title", |root| replace(&nth(root, "sources", 2), "title = \"", "title = \"The "), None),
    ("an entity's name", |root| replace(&nth(root, "entities", 0), "name = \"", "name = \"New "), None),
    ("an essay", |root| append(&nth(root, "commentary", 1), "\n## A heading\n\nMore.\n"), Some(50)),
    ("the home page", |root| append(&root.join("content/index.md"), "\nMore.\n"), Some(50)),
    ("a former id", |root| replace(&nth(root, "claims", 2), "claim = \"", "aliases = [\"of-old\"]\nclaim = \""), None),
    (
        "a former id that another has",
        |root| {
            replace(&nth(root, "claims", 2), "aliases = [\"of-old\"]\n", "");
            replace(&nth(root, "claims", 12), "claim = \"", "aliases = [\"of-old\"]\nclaim = \"");
        },
        None,
    ),
    (
        "one more claim",
        |root| {
            fs::copy(nth(root, "claims", 13), root.join("content/claims/new.md")).expect("a claim");
        },
        None,
    ),
    ("one claim fewer", |root| fs::remove_file(root.join("content/claims/new.md")).expect("a claim"), None),
    ("the settings", |root| append(&root.join("casebook.toml"), "\n# a remark\n"), None),
    (
        "a copied file",
        |root| {
            fs::create_dir_all(root.join("content/static")).expect("a folder");
            fs::write(root.join("content/static/a.txt"), "one").expect("a file");
        },
        None,
    ),
];

fn id(path: &Path) -> String {
    path.file_stem().expect("an id").to_string_lossy().into_owned()
}

fn link(to: &Path) -> String {
    format!("\nSee [[{}]].\n", id(to))
}

fn relation(to: &Path) -> String {
    format!("[[relation]]\ntype = \"supports\"\nclaim = \"{}\"\nreason = \"So it is.\"\n", id(to))
}

/// Adds a table at the end of a front matter.
fn append_table(path: &Path, table: &str) {
    let text = fs::read_to_string(path).expect("a record");
    let (head, body) = text.rsplit_once("\n+++\n").expect("a front matter");
    fs::write(path, format!("{head}\n\n{table}+++\n{body}")).expect("a record");
}

#[test]
fn a_site_that_is_kept_up_is_the_one_that_is_made_anew() {
    let folder = corpus(&["--sources", "8", "--claims", "40", "--commentary", "4"]);
    let (root, kept) = (folder.path(), folder.path().join("public"));
    let all = build(root, &kept);
    assert_eq!(build(root, &kept), 0, "nothing has changed");
    for (what, edit, share) in EDITS {
        edit(root);
        let made = build(root, &kept);
        assert!(share.is_none_or(|share| made * 100 <= all * share), "{what}: {made} of {all} routes");
        let anew = tempfile::tempdir().expect("a folder");
        let anew = anew.path().join("site");
        build(root, &anew);
        assert_same(&site_below(&kept), &site_below(&anew), what);
    }
}

#[test]
fn a_page_that_somebody_changed_is_put_right_and_those_around_it_are() {
    let folder = corpus(&["--sources", "4", "--claims", "10", "--commentary", "1"]);
    let (root, output) = (folder.path(), folder.path().join("public"));
    let all = build(root, &output);
    let before = site_below(&output);
    fs::write(output.join("timeline.html"), "mine").expect("a page");
    append(&nth(root, "claims", 0), "\n");
    assert_eq!(build(root, &output), all, "nobody knows what else was changed");
    assert_eq!(site_below(&output)["timeline.html"], before["timeline.html"]);
}
