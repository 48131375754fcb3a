#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

mod edits;
mod model;
mod parts;
use crate::site::{Page, SitePath};

/// A dossier of these files, and a `casebook.toml`.
fn workspace(files: &[(&str, &str)]) -> Workspace {
    let mut workspace = Workspace::new(Options::default());
    let changes = [("casebook.toml", "title = \"Test\"\n")].iter().chain(files);
    workspace.apply(changes.map(|(path, text)| Change::bytes(*path, *text)).collect());
    workspace
}

const SOURCE: &str = "+++\ntitle = \"A source\"\n+++\nThe words stand here, and more words after them.\n";
const CLAIM: &str =
    "+++\nclaim = \"Words stand.\"\n[[appearance]]\nsource = \"s\"\nquote = \"The words stand here\"\n+++\n";

fn small() -> Workspace {
    workspace(&[("content/sources/s.md", SOURCE), ("content/claims/c.md", CLAIM)])
}

fn codes(workspace: &Workspace) -> Vec<&'static str> {
    workspace.diagnostics().iter().map(|diagnostic| diagnostic.code).collect()
}

fn text(page: &Page) -> &str {
    std::str::from_utf8(&page.content).unwrap()
}

/// The page at a path, and whether it is as it last was.
fn page(workspace: &Workspace, path: &str) -> (Arc<Page>, bool) {
    match workspace.page(path) {
        Answer::Page { page, stale, .. } => (page, stale),
        answer => panic!("{path}: {answer:?}"),
    }
}

/// Everything that a site has, by path.
fn site(workspace: &Workspace) -> BTreeMap<String, Vec<u8>> {
    let plan = workspace.plan().unwrap();
    let index = plan.index.paths();
    let pages = workspace.pages().map(SitePath::as_str);
    let assets = workspace.theme().unwrap().assets().keys().map(String::as_str);
    let copied = workspace.project().statics().keys().map(String::as_str);
    let paths = pages.chain(index.iter().map(SitePath::as_str)).chain(assets).chain(copied);
    let bytes = |path: &str| match workspace.page(path) {
        Answer::Page { page, wrong, stale } => {
            assert!(wrong.is_empty() && !stale, "{path}: {wrong:?}");
            page.content.clone()
        }
        Answer::File(Copied::Bytes(bytes)) => bytes.to_vec(),
        Answer::File(Copied::OnDisk(from)) => fs::read(from).unwrap(),
        answer => panic!("{path}: {answer:?}"),
    };
    paths.map(|path| (path.to_owned(), bytes(path))).collect()
}

/// What `casebook build` writes for the project in a folder.
fn built(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let output = tempfile::tempdir().unwrap();
    let site = output.path().join("site");
    let mut compiled = crate::build::compile(root, crate::build::Options::default()).unwrap();
    assert!(compiled.build(&site, &()).unwrap().is_some(), "{:?}", compiled.diagnostics);
    let files =
        walkdir::WalkDir::new(&site).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let path = |path: &Path| path.strip_prefix(&site).unwrap().to_string_lossy().replace('\\', "/");
    let files = files.map(|entry| (path(entry.path()), fs::read(entry.path()).unwrap()));
    files.filter(|(path, _)| !path.starts_with(".casebook")).collect()
}

#[test]
fn a_preview_shows_what_a_build_writes() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let golden = fs::read_dir(root.join("tests/golden")).unwrap().map(|entry| entry.unwrap().path());
    for root in golden.chain([root.clone()]) {
        let (_, workspace) = crate::load::open(&root, Options::default()).unwrap();
        let (shown, built) = (site(&workspace), built(&root));
        let differing: Vec<&String> =
            built.keys().chain(shown.keys()).filter(|path| shown.get(*path) != built.get(*path)).collect();
        assert!(differing.is_empty() && built.len() > 20, "{}: {differing:?}", root.display());
    }
}

#[test]
fn a_broken_record_leaves_its_page_as_it_was() {
    let mut workspace = small();
    assert_eq!(codes(&workspace), Vec::<&str>::new());
    let (good, _) = page(&workspace, "claims/c.html");
    workspace.apply(vec![Change::bytes("content/claims/c.md", "+++\nclaim = \"")]);
    assert!(!codes(&workspace).is_empty());
    assert_eq!(page(&workspace, "claims/c.html"), (good.clone(), true));
    // The rest is as the files are now.
    assert!(!page(&workspace, "index.html").1);
    workspace.apply(vec![Change::bytes("content/claims/c.md", CLAIM)]);
    assert_eq!(page(&workspace, "claims/c.html"), (good, false));
}

#[test]
fn a_broken_record_that_nobody_saw_says_so() {
    let workspace = workspace(&[("content/sources/s.md", SOURCE), ("content/claims/c.md", "+++\nclaim = \"")]);
    assert_eq!(workspace.page("claims/c.html"), Answer::Unmade { wrong: Vec::new() });
    assert_eq!(workspace.page("claims/d.html"), Answer::Missing);
}

#[test]
fn a_record_that_is_gone_has_no_page() {
    let mut workspace = small();
    page(&workspace, "claims/c.html");
    let applied = workspace.apply(vec![Change::gone("content/claims")]);
    assert!(applied.changed && applied.pages);
    assert_eq!(workspace.page("claims/c.html"), Answer::Missing);
    // An error somewhere else brings nothing back.
    workspace.apply(vec![Change::bytes("content/claims/d.md", "")]);
    assert_eq!(workspace.page("claims/c.html"), Answer::Missing);
}

#[test]
fn a_quotation_that_does_not_hold_still_has_a_page() {
    let mut workspace = small();
    workspace.apply(vec![Change::bytes("content/claims/c.md", CLAIM.replace("The words", "Some words"))]);
    assert_eq!(codes(&workspace), ["quote-near-miss"]);
    let (page, stale) = page(&workspace, "claims/c.html");
    assert!(text(&page).contains("Some words stand here") && !stale);
    // What follows from that is no error of its own: no page leads to a place that is not there.
    for path in workspace.pages() {
        let Answer::Page { wrong, stale: false, .. } = workspace.page(path.as_str()) else { panic!("{path}") };
        assert_eq!(wrong, [], "{path}");
    }
}

#[test]
fn broken_settings_stay_as_they_were() {
    let mut workspace = small();
    workspace.apply(vec![Change::bytes("casebook.toml", "title = \"Test")]);
    assert!(!codes(&workspace).is_empty());
    assert!(text(&page(&workspace, "index.html").0).contains("<title>Test"));
    workspace.apply(vec![Change::bytes("casebook.toml", "title = \"Other\"")]);
    assert_eq!(codes(&workspace), Vec::<&str>::new());
    assert!(text(&page(&workspace, "index.html").0).contains("<title>Other"));
}

#[test]
fn a_broken_theme_stays_as_it_was() {
    let mut workspace = small();
    let template = "themes/default/templates/404.html";
    workspace.apply(vec![Change::bytes(template, "mine")]);
    assert_eq!(text(&page(&workspace, "404.html").0), "mine");
    workspace.apply(vec![Change::bytes(template, "{% if %}")]);
    assert_eq!(codes(&workspace), ["template"]);
    assert_eq!(text(&page(&workspace, "404.html").0), "mine");
    workspace.apply(vec![Change::bytes("casebook.toml", "title = \"Test\"\ntheme = \"none\"")]);
    assert_eq!(codes(&workspace), ["unknown-theme"]);
    assert_eq!(workspace.missing().theme.as_deref(), Some("none"));
    assert_eq!(text(&page(&workspace, "404.html").0), "mine");
    workspace.apply(vec![Change::gone("themes/none"), Change::bytes("casebook.toml", "title = \"Test\"")]);
    assert!(workspace.missing().theme.is_none());
    workspace.apply(vec![Change::gone(template)]);
    assert_eq!(codes(&workspace), Vec::<&str>::new());
    assert_ne!(text(&page(&workspace, "404.html").0), "mine");
}

#[test]
fn a_template_that_fails_on_a_page_is_in_the_answer() {
    let mut workspace = small();
    let (good, _) = page(&workspace, "404.html");
    workspace.apply(vec![Change::bytes("themes/default/templates/404.html", "{{ nothing.there }}")]);
    let Answer::Page { page, wrong, stale: true } = workspace.page("404.html") else { panic!() };
    assert_eq!((page, wrong[0].code), (good, "template"));
    workspace.apply(vec![Change::bytes("themes/default/templates/404.html", "<a href=\"x.html\">")]);
    let Answer::Page { wrong, stale: false, .. } = workspace.page("404.html") else { panic!() };
    assert_eq!(wrong[0].code, "broken-page");
}

#[test]
fn what_changed_is_told() {
    let mut workspace = small();
    let mut apply = |changes: Vec<Change>| {
        let Applied { changed, pages, assets } = workspace.apply(changes);
        (changed, pages, assets.join(" "))
    };
    let none = (false, false, String::new());
    assert_eq!(apply(vec![]), none);
    assert_eq!(apply(vec![Change::bytes("content/claims/c.md", CLAIM)]), none);
    assert_eq!(apply(vec![Change::bytes("README.md", "x"), Change::gone("nothing")]), none);
    assert_eq!(apply(vec![Change::bytes("content/claims/c.md", "")]), (true, true, String::new()));
    assert_eq!(apply(vec![Change::bytes("content/stray.txt", "")]), (true, false, String::new()));
    assert_eq!(apply(vec![Change::bytes("content/stray.txt", "")]), none);
    let style = "themes/default/static/style.css";
    assert_eq!(apply(vec![Change::bytes(style, "a {}")]), (true, false, "assets/style.css".to_owned()));
    assert_eq!(apply(vec![Change::bytes("themes/other/static/x.css", "a {}")]), (true, false, String::new()));
    assert_eq!(apply(vec![Change::bytes("content/static/p.png", "p")]), (true, true, "p.png".to_owned()));
    assert_eq!(apply(vec![Change::bytes("content/static/p.png", "q")]), (true, false, "p.png".to_owned()));
    assert_eq!(apply(vec![Change::gone("content/static/p.png")]), (true, true, "p.png".to_owned()));
}

#[test]
fn of_one_place_the_last_word_counts() {
    let mut workspace = small();
    let path = "content/claims/d.md";
    workspace.apply(vec![Change::bytes(path, CLAIM), Change::gone("content/claims")]);
    assert_eq!((workspace.page("claims/d.html"), workspace.page("claims/c.html")), (Answer::Missing, Answer::Missing));
    workspace.apply(vec![Change::gone(path), Change::bytes(path, "x"), Change::bytes(path, CLAIM)]);
    assert!(!page(&workspace, "claims/d.html").1);
}

#[test]
fn a_heading_of_a_capture_is_looked_up_anew() {
    let source = "+++\ntitle = \"S\"\npublish = \"full\"\n[capture]\nfile = \"a.md\"\n+++\n";
    let essay = "+++\ntitle = \"E\"\n+++\nSee [[s#first]].\n";
    let mut workspace = workspace(&[("content/sources/s.md", source), ("content/commentary/e.md", essay)]);
    let mut capture = |heading: &str| {
        let at = At::Capture { name: "a.md".to_owned(), path: "captures/a.md".to_owned() };
        workspace.apply(vec![Change { at, content: Content::Bytes(format!("# {heading}\n\nWords.\n").into()) }]);
        codes(&workspace).contains(&"unknown-heading")
    };
    assert_eq!(["First", "Second", "First"].map(&mut capture), [false, true, false]);
}
