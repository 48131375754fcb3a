//! A build that would come to what is there already: it is known as such, says what the last one said, and no change to
//! anything that the site is made from, or to the site, goes unnoticed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use casebook::build::{Options, Read, Unchanged};
use casebook::diag::human;

/// A dossier with something of everything: a lint that warns, a copied file, a theme and a capture.
fn dossier() -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().expect("a folder");
    let files = [
        ("casebook.toml", "title = \"A dossier\"\ntheme = \"own\"\n"),
        ("content/index.md", "# A dossier\n"),
        ("content/sources/a.md", "+++\ntitle = \"A\"\ncapture = { file = \"a.txt\" }\n+++\nThe harbour is closed.\n"),
        (
            "content/claims/closed.md",
            "+++\nclaim = \"The harbour is closed.\"\n[[appearance]]\nsource = \"a\"\nquote = \"harbour is closed\"\n+++\n",
        ),
        ("content/entities/nobody.md", "+++\nname = \"Nobody\"\nkind = \"person\"\n+++\n"),
        ("content/static/map.txt", "one"),
        ("themes/own/static/style.css", "a{}"),
        ("captures/a.txt", "The harbour is closed.\n"),
    ];
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn output(root: &Path) -> PathBuf {
    root.join("public")
}

fn read(root: &Path, options: Options) -> (Read, Option<Unchanged>) {
    let mut project = Read::project(root, options, &()).expect("a project");
    let unchanged = project.unchanged(&output(root), &()).expect("a readable project");
    (project, unchanged)
}

/// Whether a build is known to be needless.
fn is_unchanged(root: &Path) -> bool {
    read(root, Options::default()).1.is_some()
}

/// Builds where that is needed, and gives what the build said.
fn build(root: &Path) -> String {
    let (project, unchanged) = read(root, Options::default());
    if let Some(Unchanged { diagnostics, files, .. }) = unchanged {
        return human::render(&diagnostics, &files, false);
    }
    let mut compiled = project.compile(&()).expect("a readable project");
    compiled.build(&output(root), &()).expect("a folder to build into");
    human::render(&compiled.diagnostics, compiled.files(), false)
}

#[test]
fn the_second_build_is_known_and_says_the_same() {
    let folder = dossier();
    let root = folder.path();
    assert!(!is_unchanged(root));
    let first = build(root);
    assert!(first.contains("warning"), "the test needs something to say: {first}");
    assert!(is_unchanged(root));
    assert_eq!(build(root), first);
    let (_, unchanged) = read(root, Options::default());
    let count = walkdir::WalkDir::new(output(root)).into_iter().filter_map(Result::ok);
    let is_page = |entry: &walkdir::DirEntry| {
        entry.file_type().is_file() && !entry.file_name().to_string_lossy().starts_with(".casebook-")
    };
    assert_eq!(unchanged.expect("it is known").count, count.filter(is_page).count());
}

#[test]
fn times_of_inputs_do_not_matter() {
    let folder = dossier();
    build(folder.path());
    let claim = fs::File::options().append(true).open(folder.path().join("content/claims/closed.md")).expect("a file");
    claim.set_modified(SystemTime::now() + Duration::from_secs(60)).expect("a time");
    assert!(is_unchanged(folder.path()));
}

#[test]
fn a_change_of_any_input_is_noticed() {
    let changes: [(&str, Option<&str>); 10] = [
        ("content/claims/closed.md", Some("+++\nclaim = \"Another.\"\n+++\n")),
        ("content/claims/new.md", Some("+++\nclaim = \"A new one.\"\n+++\n")),
        ("content/index.md", Some("# A dossieR\n")),
        ("content/index.md", None),
        ("content/static/map.txt", Some("two")),
        ("content/static/new.txt", Some("new")),
        ("themes/own/static/style.css", Some("b{}")),
        ("casebook.toml", Some("title = \"B dossier\"\ntheme = \"own\"\n")),
        ("captures/a.txt", Some("The harbour is closed!\n")),
        ("captures/a.txt", None),
    ];
    for (path, text) in changes {
        let folder = dossier();
        build(folder.path());
        assert!(is_unchanged(folder.path()));
        let path = folder.path().join(path);
        match text {
            Some(text) => fs::write(&path, text).expect("a file"),
            None => fs::remove_file(&path).expect("a file that goes"),
        }
        assert!(!is_unchanged(folder.path()), "{}", path.display());
    }
}

#[test]
fn another_command_line_is_another_build() {
    let folder = dossier();
    build(folder.path());
    assert!(is_unchanged(folder.path()));
    for options in [
        Options { drafts: true, ..Options::default() },
        Options { base_url: Some("https://example.org/".to_owned()), ..Options::default() },
        Options { captures: Some(folder.path().join("elsewhere")), ..Options::default() },
        Options { names: Some(Default::default()), ..Options::default() },
    ] {
        let shown = format!("{options:?}");
        assert!(read(folder.path(), options).1.is_none(), "{shown}");
    }
    let mut project = Read::project(folder.path(), Options::default(), &()).expect("a project");
    assert!(project.unchanged(&folder.path().join("other"), &()).expect("readable").is_none());
}

#[test]
fn a_change_of_the_site_is_noticed_and_put_right() {
    let changes: [fn(&Path); 4] = [
        |site| fs::remove_file(site.join("index.html")).expect("a page that goes"),
        |site| fs::write(site.join("index.html"), "mine").expect("a page"),
        |site| fs::create_dir(site.join(".casebook-stage")).expect("a folder"),
        |site| fs::remove_file(site.join(".casebook-manifest.json")).expect("a manifest that goes"),
    ];
    for (n, change) in changes.into_iter().enumerate() {
        let folder = dossier();
        build(folder.path());
        let page = fs::read(output(folder.path()).join("index.html")).expect("a page");
        change(&output(folder.path()));
        assert!(!is_unchanged(folder.path()), "change {n}");
        if n < 3 {
            build(folder.path());
            assert_eq!(fs::read(output(folder.path()).join("index.html")).expect("a page"), page, "change {n}");
            assert!(is_unchanged(folder.path()), "change {n}");
        }
    }
}

#[test]
fn a_build_with_errors_is_not_remembered() {
    let folder = dossier();
    build(folder.path());
    let claim = folder.path().join("content/claims/closed.md");
    let sound = fs::read_to_string(&claim).expect("a claim");
    fs::write(&claim, sound.replace("is closed\"", "is open\"")).expect("a claim");
    assert!(build(folder.path()).contains("error"));
    assert!(!is_unchanged(folder.path()));
    fs::write(&claim, sound).expect("a claim");
    assert!(is_unchanged(folder.path()), "the site is still the one of the sound claim");
}
