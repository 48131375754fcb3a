//! Golden sites: every dossier in `tests/golden` is built and compared with its `expected/`, both ways: a file that
//! differs, one that is missing and one that nobody expected all fail. `SNAPSHOTS=overwrite` rewrites `expected/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{files_below, site_below};

fn dossiers() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut dossiers: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of golden sites")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    dossiers.sort();
    dossiers
}

/// The theme's own files and the schema are the same in every site, and stand in the repository: they are not kept once
/// more a fixture.
fn is_in_every_site(path: &str) -> bool {
    path.starts_with("assets/") || path == "data/dossier.schema.json"
}

fn compare(dossier: &Path) -> Vec<String> {
    let name = dossier.file_name().expect("a name").to_string_lossy().into_owned();
    let output = tempfile::tempdir().expect("a folder for the site");
    let site = output.path().join("public");
    let run = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["build", "--root"])
        .arg(dossier)
        .arg("--output")
        .arg(&site)
        .output()
        .expect("casebook runs");
    if !run.status.success() {
        return vec![format!("{name}: {}", String::from_utf8_lossy(&run.stderr))];
    }
    let mut built = site_below(&site);
    built.retain(|path, _| !is_in_every_site(path));
    let expected_folder = dossier.join("expected");
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        if expected_folder.exists() {
            fs::remove_dir_all(&expected_folder).expect("the old site is gone");
        }
        for (path, bytes) in &built {
            let path = expected_folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("the page is kept");
        }
    }
    let expected = files_below(&expected_folder);
    let mut wrong = Vec::new();
    for (path, bytes) in &expected {
        match built.get(path) {
            None => wrong.push(format!("{name}: {path} was not built")),
            Some(found) if found != bytes => {
                wrong.push(format!("{name}: {path} differs:\n{}", difference(bytes, found)))
            }
            Some(_) => {}
        }
    }
    wrong.extend(
        built.keys().filter(|path| !expected.contains_key(*path)).map(|path| format!("{name}: nobody expected {path}")),
    );
    wrong
}

fn difference(expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    similar::TextDiff::from_lines(expected.as_ref(), found.as_ref()).unified_diff().context_radius(1).to_string()
}

#[test]
fn golden_sites_are_built_to_the_byte() {
    let dossiers = dossiers();
    assert!(dossiers.len() >= 4, "only {} golden sites were found", dossiers.len());
    let wrong: Vec<String> = dossiers.iter().flat_map(|dossier| compare(dossier)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
