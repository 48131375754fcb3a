//! What must not be published is not, wherever it comes from: withheld words and withheld names, by the program as it is
//! run.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::files_below;

/// Words that the source of the dossier below withholds.
const WITHHELD: &str = "the harbour master kept a second book of arrivals in his desk";

/// A dossier whose one source has a quoted sentence and a withheld one.
fn dossier(folder: &Path) {
    write(folder, "casebook.toml", "title = \"The harbour\"\nbase_url = \"https://example.org/\"\n");
    write(folder, "content/index.md", "About a ferry.\n");
    write(
        folder,
        "content/sources/report.md",
        &format!("+++\ntitle = \"Report\"\n+++\nThe ferry came late that evening.\n\nNobody knew that {WITHHELD}.\n"),
    );
    write(
        folder,
        "content/claims/late.md",
        "+++\nclaim = \"The ferry was late.\"\n[[appearance]]\nsource = \"report\"\nquote = \"The ferry came late\"\n+++\n",
    );
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, stdout } = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .arg("--root")
        .arg(folder)
        .args(arguments)
        .env_remove("CASEBOOK_WITHHELD_NAMES")
        .output()
        .expect("casebook runs");
    (status.code(), String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr))
}

#[test]
fn withheld_words_stop_a_build_wherever_they_come_from() {
    let spread = WITHHELD.split(' ').collect::<Vec<_>>();
    let marked = format!("*{}*  \n{}", spread[..6].join(" "), spread[6..].join(" "));
    let percent = WITHHELD.replace(' ', "%20");
    let cases = [
        (
            "content/commentary/essay.md",
            format!("+++\ntitle = \"Essay\"\ndate = 2020-01-01\n+++\nThey say {marked}.\n"),
            "withheld-words",
        ),
        (
            "content/commentary/essay.md",
            format!("+++\ntitle = \"Essay\"\nsummary = \"{}\"\n+++\nText.\n", WITHHELD.to_uppercase()),
            "withheld-words",
        ),
        ("content/static/notes.txt", format!("Notes: {WITHHELD}"), "withheld-text"),
        ("content/static/data.json", format!("{{\"a\":\"{}\"}}", WITHHELD.replace('e', "\\u0065")), "withheld-text"),
        ("content/static/link.html", format!("<a href=\"x#:~:text={percent}\">x</a>"), "withheld-text"),
        (
            "themes/default/templates/search.html",
            format!(
                "{{% extends \"default/search.html\" %}}{{% block head %}}<meta name=\"x\" content=\"{WITHHELD}\">{{% endblock %}}"
            ),
            "withheld-text",
        ),
    ];
    for (path, text, code) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        dossier(folder.path());
        let (status, said) = run(folder.path(), &["build"]);
        assert_eq!(status, Some(0), "{said}");
        let before = files_below(&folder.path().join("public"));
        write(folder.path(), path, &text);
        for command in ["check", "build"] {
            let (status, said) = run(folder.path(), &[command]);
            assert_eq!(status, Some(1), "{command} with {path}: {said}");
            assert!(said.contains(&format!("error[{code}]")), "{said}");
            assert!(said.contains("`report`") && said.contains("content/sources/report.md:6:"), "{said}");
            assert!(said.contains("harbour master kept a second book"), "{said}");
        }
        assert_eq!(files_below(&folder.path().join("public")), before, "{path}");
    }
}

#[test]
fn what_is_quoted_is_published_by_right() {
    let folder = tempfile::tempdir().expect("a folder");
    dossier(folder.path());
    let essay = |words: &str| {
        format!("+++\ntitle = \"Essay\"\n+++\nIt is said that {WITHHELD}.\n\n> {words}\n>\n> — [[report]]\n")
    };
    write(folder.path(), "content/commentary/essay.md", &essay("The ferry came late"));
    assert_eq!(run(folder.path(), &["check"]).0, Some(1));
    write(folder.path(), "content/commentary/essay.md", &essay(WITHHELD));
    let (status, said) = run(folder.path(), &["check"]);
    assert_eq!(status, Some(0), "{said}");
    // Somebody who knows what they do has the last word on their own texts.
    write(folder.path(), "content/commentary/essay.md", &essay("The ferry came late"));
    let config = "title = \"The harbour\"\n[lints]\nwithheld-words = \"warn\"\n";
    write(folder.path(), "casebook.toml", config);
    let (status, said) = run(folder.path(), &["build"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("warning[withheld-words]") && said.contains("content/commentary/essay.md:4:"), "{said}");
}

/// A dossier with somebody's name in it, and a list with the name outside of it.
fn with_name(folder: &Path, path: &str, text: &str) -> (String, String) {
    let (root, list) = (folder.join("dossier"), folder.join("names.txt"));
    dossier(&root);
    write(&root, path, text);
    fs::write(&list, "# our source\n\nJörg Doe-Miller # of the harbour\n").expect("the list");
    (root.to_string_lossy().into_owned(), list.to_string_lossy().into_owned())
}

#[test]
fn a_withheld_name_stops_everything_and_is_never_printed() {
    let entity = |name: &str| format!("+++\nname = \"{name}\"\n+++\nSee [[late]].\n");
    let cases = [
        ("content/entities/source.md", entity("Jörg Doe-Miller"), Some("content/entities/source.md:2:9")),
        ("content/entities/source.md", entity("JO\u{308}RG DOE MILLER"), Some("content/entities/source.md:2:9")),
        (
            "content/entities/source.md",
            entity("He") + "That is Jörg\nDoe-Miller.\n",
            Some("content/entities/source.md:5:9"),
        ),
        ("content/entities/source.md", entity("He") + "That is **J**örg Doe-Miller.\n", None),
        ("content/entities/jorg-doe-miller.md", entity("He"), None),
        ("content/static/jorg-doe-miller.txt", "Nothing.".to_owned(), None),
        ("content/static/list.csv", "id,name\n1,J\u{f6}rg Doe-Miller\n".to_owned(), None),
        ("content/static/page.html", "<p><b>J</b>&ouml;rg&nbsp;Doe-Miller</p>".to_owned(), None),
        ("content/static/photo.png", "\u{0}\u{0}Artist\u{0}Jörg Doe-Miller\u{0}".to_owned(), None),
    ];
    for (path, text, place) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let (root, list) = with_name(folder.path(), path, &text);
        assert_eq!(run(Path::new(&root), &["check"]).0, Some(0), "{path}: nothing else is wrong");
        for arguments in [&["check"][..], &["build"], &["check", "--format", "json"]] {
            let arguments = [arguments, &["--withheld-names", &list]].concat();
            let (status, said) = run(Path::new(&root), &arguments);
            assert_eq!(status, Some(1), "{path}: {said}");
            assert!(said.contains("withheld-name") && said.contains("line 3 of the list"), "{said}");
            if let Some(place) = place.filter(|_| !arguments.contains(&"json")) {
                assert!(said.contains(place), "no {place} in {said}");
            }
            let plain = said.to_lowercase();
            assert!(!plain.contains("doe") && !plain.contains("miller"), "{path}: {said}");
        }
        assert!(!Path::new(&root).join("public/index.html").exists());
    }
}

#[test]
fn a_list_is_named_by_a_variable_too_and_must_be_there_and_outside() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "+++\nname = \"Jörg Doe-Miller\"\n+++\nSee [[late]].\n";
    let (root, list) = with_name(folder.path(), "content/entities/source.md", text);
    let by_variable = |path: &str| {
        let run = Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(["check", "--root", &root])
            .env("CASEBOOK_WITHHELD_NAMES", path)
            .output()
            .expect("casebook runs");
        (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
    };
    assert_eq!(by_variable(&list).0, Some(1));
    assert_eq!(by_variable("").0, Some(0), "an empty variable names nothing");
    assert_eq!(by_variable(&format!("{list}.gone")).0, Some(2));
    let inside = Path::new(&root).join("names.txt");
    fs::copy(&list, &inside).expect("a list inside");
    let (status, said) = by_variable(&inside.to_string_lossy());
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("inside the project") && !said.contains("Doe"), "{said}");
}

#[test]
fn excerpts_over_their_limit_are_reported_with_what_makes_them_long() {
    let folder = tempfile::tempdir().expect("a folder");
    dossier(folder.path());
    let source = |limit: &str| {
        format!(
            "+++\ntitle = \"Report\"\n{limit}+++\nThe ferry came late that evening.\n\nNobody knew that {WITHHELD}.\n"
        )
    };
    write(folder.path(), "content/sources/report.md", &source("excerpt_limit = 5\n"));
    let (status, said) = run(folder.path(), &["check"]);
    assert_eq!(status, Some(0), "{said}");
    for part in [
        "warning[long-excerpts]: the site shows 6 words of `report`, and its limit is 5",
        "content/sources/report.md:3:17",
        "content/claims/late.md:5:",
        "quotes 4 words",
    ] {
        assert!(said.contains(part), "no `{part}` in {said}");
    }
    write(folder.path(), "content/sources/report.md", &source("excerpt_limit = 6\n"));
    assert!(!run(folder.path(), &["check"]).1.contains("long-excerpts"));
    // The dossier's own limit is for those sources that say nothing, and are not published whole.
    let config = "title = \"The harbour\"\nexcerpt_limit = 3\n[lints]\nlong-excerpts = \"deny\"\n";
    write(folder.path(), "casebook.toml", config);
    assert!(!run(folder.path(), &["check"]).1.contains("long-excerpts"));
    write(folder.path(), "content/sources/report.md", &source(""));
    let (status, said) = run(folder.path(), &["check"]);
    assert_eq!(status, Some(1), "{said}");
    write(folder.path(), "content/sources/report.md", &source("publish = \"full\"\n"));
    assert_eq!(run(folder.path(), &["check"]).0, Some(0));
}

#[test]
fn golden_dossiers_and_the_example_have_nothing_that_is_withheld() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["publish", "anchoring", "links"] {
        let (_, said) = run(&repository.join("tests/golden").join(name), &["check"]);
        assert!(!said.contains("withheld"), "{name}: {said}");
    }
    assert!(!run(repository, &["check"]).1.contains("withheld"));
}

#[test]
fn what_else_is_wrong_is_said_without_the_lines_that_have_a_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "+++\nname = \"He\"\nrole = \"Jo\u{308}rg \u{200b}Doe-Miller\"\nfriend = \"Jörg Doe-Miller\"\n+++\nJörg\nDoe-Miller [[nobody]].\n";
    let (root, list) = with_name(folder.path(), "content/entities/jorg-doe-miller.md", text);
    let (status, said) = run(Path::new(&root), &["check", "--withheld-names", &list]);
    assert_eq!(status, Some(1));
    assert!(said.contains("error[unknown-field]") && said.contains("error[unknown-id]"), "{said}");
    assert!(said.contains("[withheld name].md:4:1"), "{said}");
    let plain = said.to_lowercase();
    assert!(!plain.contains("doe") && !plain.contains("miller"), "{said}");
}

#[test]
fn the_preview_says_what_a_build_would_refuse() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("+++\ntitle = \"Essay\"\n+++\nBy Jörg Doe-Miller: {WITHHELD}.\n");
    let (root, list) = with_name(folder.path(), "content/commentary/essay.md", &text);
    let names = casebook::load::read_names(Path::new(&list), Path::new(&root)).expect("a list");
    let options = casebook::workspace::Options { names: Some(names.into()), ..Default::default() };
    let (_, workspace) = casebook::load::open(Path::new(&root), options).expect("a dossier");
    let wrong = |path: &str| match workspace.page(path) {
        casebook::workspace::Answer::Page { wrong, .. } => {
            wrong.into_iter().map(|wrong| wrong.code).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(wrong("commentary/essay.html"), ["withheld-words", "withheld-name"]);
    assert_eq!(wrong("sources/report.html"), Vec::<&str>::new());
}
