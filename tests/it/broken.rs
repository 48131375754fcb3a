//! Broken dossiers and what the compiler says of them.
//!
//! A case is one file, `tests/broken/NAME.case`: files laid over the sound dossier `tests/broken/base`, each after a line
//! `=== PATH`, and after `=== says` its exit status and what `casebook check` prints on standard error. `=== PATH (latin-1)` writes the file in Latin-1,
//! `=== PATH (gone)` removes it, `=== arguments` replaces `check`. `SNAPSHOTS=overwrite` rewrites the last section.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::copy_folder;

/// A case as written.
struct Case {
    files: Vec<(String, Vec<u8>)>,
    gone: Vec<String>,
    arguments: Vec<String>,
    head: String,
    says: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

fn read(text: &str) -> Case {
    let (head, says) = text.split_once("=== says\n").unwrap_or((text, ""));
    let mut case = Case {
        files: Vec::new(),
        gone: Vec::new(),
        arguments: vec!["check".to_owned()],
        head: head.to_owned(),
        says: says.to_owned(),
    };
    for section in head.split("=== ").skip(1) {
        let (name, content) = section.split_once('\n').expect("a section has a line with its path");
        if name == "arguments" {
            case.arguments = content.split_whitespace().map(str::to_owned).collect();
        } else if let Some(path) = name.strip_suffix(" (gone)") {
            case.gone.push(path.to_owned());
        } else if let Some(path) = name.strip_suffix(" (latin-1)") {
            let bytes = content.chars().map(|c| u8::try_from(u32::from(c)).expect("a Latin-1 character")).collect();
            case.files.push((path.to_owned(), bytes));
        } else {
            case.files.push((name.to_owned(), content.as_bytes().to_vec()));
        }
    }
    case
}

fn run(case: &Case) -> (Option<i32>, String) {
    let project = tempfile::tempdir().expect("a folder for the case");
    copy_folder(&folder().join("base"), project.path());
    for path in &case.gone {
        fs::remove_file(project.path().join(path)).expect("a file of the base dossier");
    }
    for (path, bytes) in &case.files {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the file's folder");
        fs::write(path, bytes).expect("the case's file");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(&case.arguments)
        .current_dir(project.path())
        .output()
        .expect("casebook runs");
    (output.status.code(), String::from_utf8(output.stderr).expect("diagnostics are UTF-8"))
}

#[test]
fn the_base_is_sound() {
    let (status, stderr) = run(&read(""));
    assert_eq!(status, Some(0), "{stderr}");
    assert!(!stderr.contains("warning") && !stderr.contains("error["), "{stderr}");
}

#[test]
fn broken_dossiers_say_what_is_wrong() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "case"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 40, "only {} broken dossiers were found", paths.len());

    let mut wrong = Vec::new();
    for path in &paths {
        let case = read(&fs::read_to_string(path).expect("a case"));
        let (status, stderr) = run(&case);
        let says = format!("exit status {}\n{stderr}", status.map_or("unknown".to_owned(), |code| code.to_string()));
        if says == case.says {
            continue;
        }
        if overwrite {
            fs::write(path, format!("{}=== says\n{says}", case.head)).expect("the case is rewritten");
        } else {
            let name = path.file_name().expect("a name").to_string_lossy();
            wrong.push(format!("{name}: expected\n{}\nbut it says\n{says}", case.says));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n\n{}", wrong.len(), paths.len(), wrong.join("\n\n"));
}
