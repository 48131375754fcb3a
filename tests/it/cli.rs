//! The commands as one types them: what they print, where, and with which exit status.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs `casebook` in a folder.
fn casebook(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casebook")).args(arguments).current_dir(folder).output().expect("casebook runs")
}

/// The exit status, standard output and standard error.
fn told(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = casebook(folder, arguments);
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// A new dossier in a folder of its own.
fn new_dossier(arguments: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, _, stderr) = told(folder.path(), &[&["new", "."], arguments].concat());
    assert_eq!(status, Some(0), "{stderr}");
    folder
}

#[test]
fn a_new_dossier_builds_without_a_word_of_complaint() {
    for arguments in [[].as_slice(), &["--example"]] {
        let folder = new_dossier(arguments);
        let (status, stdout, stderr) = told(folder.path(), &["build"]);
        assert_eq!((status, stdout.as_str()), (Some(0), ""), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(stderr.contains(" files written, 0 unchanged, 0 removed"), "{stderr}");
        assert!(folder.path().join("public/index.html").is_file());
        let (_, _, stderr) = told(folder.path(), &["build", "--jobs", "1"]);
        assert!(stderr.contains(": 0 files written, "), "{stderr}");
    }
}

#[test]
fn timings_come_after_what_the_build_says_and_add_up() {
    let folder = new_dossier(&["--example"]);
    let (status, result, said) = told(folder.path(), &["build", "--timings"]);
    assert_eq!((status, result.as_str()), (Some(0), ""));
    let mut lines = said.lines();
    assert!(lines.next().is_some_and(|line| line.ends_with("unchanged, 0 removed")), "{said}");
    let rows: Vec<(&str, f64)> = lines
        .by_ref()
        .skip(1)
        .take_while(|line| line.ends_with(" s"))
        .map(|line| {
            let seconds = line.split_whitespace().find_map(|word| word.parse().ok());
            (line.split("  ").find(|part| !part.is_empty()).expect("a name"), seconds.expect("a time"))
        })
        .collect();
    let names: Vec<&str> = rows.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names[..7],
        ["reading", "comparing", "parsing", "resolving", "planning", "withheld words", "pages"],
        "{said}"
    );
    assert_eq!(names[7..10], ["rendering", "checking", "writing"], "{said}");
    assert_eq!(names[10..], ["search index", "copied files", "committing", "remembering", "all"], "{said}");
    let of_stages: f64 =
        rows.iter().filter(|row| !names[7..10].contains(&row.0) && row.0 != "all").map(|row| row.1).sum();
    let all = rows.last().expect("a row").1;
    assert!(of_stages > 0.0 && (all - of_stages).abs() < 0.1 + all / 4.0, "{said}");
    assert!(said.contains(" pages, ") && said.contains(" a second\n"), "{said}");
}

#[test]
fn a_change_in_one_file_is_told_as_one() {
    let folder = new_dossier(&[]);
    fs::create_dir_all(folder.path().join("content/static")).expect("a folder");
    assert_eq!(told(folder.path(), &["build"]).0, Some(0));
    fs::write(folder.path().join("content/static/note.txt"), "new").expect("a file");
    let (_, _, stderr) = told(folder.path(), &["build"]);
    assert!(stderr.contains(": 1 file written, "), "{stderr}");
}

#[test]
fn the_example_says_what_its_texts_were_checked_against() {
    let folder = new_dossier(&["--example"]);
    assert_eq!(told(folder.path(), &["build"]).0, Some(0));
    let page = folder.path().join("public/sources/emptywheel-red-phone.html");
    let page = fs::read_to_string(page).expect("the source's page");
    assert!(page.contains("The text matched its capture when recorded on"), "{page}");
}

#[test]
fn the_nearest_folder_above_with_a_dossier_is_meant() {
    let folder = new_dossier(&[]);
    let (status, _, stderr) = told(&folder.path().join("content/claims"), &["check"]);
    assert_eq!((status, stderr.as_str()), (Some(0), "nothing is wrong in 5 records\n"));
}

#[test]
fn new_leaves_a_folder_with_something_in_it_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("notes.txt"), "mine").expect("a file");
    let (status, _, stderr) = told(folder.path(), &["new", "."]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("it holds `notes.txt`"), "{stderr}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
}

#[test]
fn quote_prints_the_appearance_or_says_why_there_is_none() {
    let folder = new_dossier(&[]);
    let (status, stdout, stderr) = told(folder.path(), &["quote", "harbour-notice", "Nobody was hurt"]);
    let appearance = "[[appearance]]\nsource = \"harbour-notice\"\nquote = \"Nobody was hurt\"\n";
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (Some(0), appearance, ""));
    let (status, stdout, _) = told(folder.path(), &["quote", "harbour-notice", "the"]);
    assert_eq!(status, Some(1));
    assert!(stdout.matches("[[appearance]]").count() > 1 && stdout.contains("suffix = \"island\""), "{stdout}");
    let (status, stdout, stderr) = told(folder.path(), &["quote", "harbour-notice", "Nobody was ever hurt"]);
    assert_eq!((status, stdout.as_str()), (Some(1), ""));
    assert!(stderr.contains("something like them is"), "{stderr}");
    let (status, _, stderr) = told(folder.path(), &["quote", "harbour-notic", "Nobody was hurt"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("did you mean `harbour-notice`?"), "{stderr}");
}

#[test]
fn a_batch_has_a_line_out_for_each_line_in() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("text.txt"), "Ünö dós trés.\r\nOne two three.").expect("the text");
    fs::write(folder.path().join("in.jsonl"), "{\"id\":\"a\",\"exact\":\"two three\"}\n\n{\"id\":\"b\"}\n")
        .expect("the lines");
    let (status, stdout, stderr) = told(folder.path(), &["quote", "--text", "text.txt", "--batch", "in.jsonl"]);
    let lines: Vec<serde_json::Value> =
        stdout.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!((lines.len(), &lines[0]["start"], &lines[0]["end"]), (2, &19.into(), &28.into()), "{stdout}");
    assert_eq!((status, &lines[1]["status"]), (Some(2), &"error".into()), "{stderr}");
}

#[test]
fn an_added_record_is_sound_and_never_overwrites() {
    let folder = new_dossier(&[]);
    let arguments = [
        "add",
        "claim",
        "nobody-hurt",
        "--claim",
        "\"Nobody\" was \\ hurt.",
        "--source",
        "harbour-notice",
        "--quote",
        "Nobody was hurt",
    ];
    let (status, stdout, stderr) = told(folder.path(), &arguments);
    assert_eq!((status, stdout.as_str()), (Some(0), "content/claims/nobody-hurt.md\n"), "{stderr}");
    assert_eq!(told(folder.path(), &arguments).0, Some(2));
    let (status, _, stderr) = told(folder.path(), &["check"]);
    assert_eq!(status, Some(0), "{stderr}");
    let (status, _, stderr) = told(folder.path(), &["add", "entity", "Harbour Office"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("did you mean `harbour-office`?"), "{stderr}");
}

#[test]
fn machines_read_findings_on_standard_output() {
    let folder = new_dossier(&[]);
    let claim = folder.path().join("content/claims/ferry-ran-late.md");
    let text = fs::read_to_string(&claim).expect("the claim").replace("18:40", "18:50");
    fs::write(&claim, text).expect("a wrong quotation");
    let (status, stdout, stderr) = told(folder.path(), &["check", "--format", "json"]);
    let findings: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!((status, stderr.as_str()), (Some(1), ""));
    assert_eq!(findings[0]["code"], "quote-near-miss");
    assert_eq!(findings[0]["file"], "content/claims/ferry-ran-late.md");
    assert_eq!(told(folder.path(), &["build"]).0, Some(1));
    assert!(!folder.path().join("public").exists());
}

#[test]
fn an_output_among_the_content_is_refused() {
    let folder = new_dossier(&[]);
    for output in [".", "content", "content/static/public"] {
        let (status, _, stderr) = told(folder.path(), &["build", "--output", output]);
        assert_eq!(status, Some(2));
        assert!(stderr.contains("the site is made from"), "{stderr}");
    }
}

#[test]
fn a_wrong_command_line_is_two_and_help_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [["build", "--bogus"].as_slice(), &["frobnicate"], &["check"], &["build", "--base-url", "x"]] {
        assert_eq!(told(folder.path(), arguments).0, Some(2), "{arguments:?}");
    }
    let (status, stdout, _) = told(folder.path(), &["--version"]);
    assert_eq!((status, stdout), (Some(0), format!("casebook {}\n", env!("CARGO_PKG_VERSION"))));
    let (status, stdout, _) = told(folder.path(), &["completions", "bash"]);
    assert!(status == Some(0) && stdout.contains("_casebook"));
}
