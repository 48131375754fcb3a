//! What `cargo package` would pack: all that the program is built from, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The files of the package.
fn packed() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(|line| line.replace('\\', "/")).collect()
}

/// The files of the repository below a folder.
fn files(folder: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = walkdir::WalkDir::new(root.join(folder)).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.filter_map(|entry| Some(entry.path().strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/"))).collect()
}

#[test]
fn the_package_has_what_the_program_is_built_from() {
    let packed = packed();
    for folder in ["src", "themes/default", "content"] {
        let missing: Vec<String> = files(folder).difference(&packed).cloned().collect();
        assert!(!files(folder).is_empty() && missing.is_empty(), "{missing:?}");
    }
    for file in
        ["casebook.toml", "captures.lock", "docs/errors.md", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "Cargo.lock"]
    {
        assert!(packed.contains(file), "{file}");
    }
}

#[test]
fn the_package_has_nothing_else() {
    let ours = ["src/", "themes/default/", "content/", "schemas/", "docs/"];
    let top = ["Cargo.toml", "Cargo.toml.orig", "Cargo.lock", ".cargo_vcs_info.json", "casebook.toml", "captures.lock"];
    let papers = ["README.md", "CHANGELOG.md", "ARCHITECTURE.md", "LICENSE-APACHE", "LICENSE-MIT"];
    let stray: Vec<String> = packed()
        .into_iter()
        .filter(|file| !ours.iter().any(|folder| file.starts_with(folder)))
        .filter(|file| !top.contains(&file.as_str()) && !papers.contains(&file.as_str()))
        .collect();
    assert!(stray.is_empty(), "{stray:?}");
    let pictures: Vec<String> = packed().into_iter().filter(|file| file.ends_with(".png")).collect();
    assert!(pictures.iter().all(|file| !file.starts_with("docs/")), "{pictures:?}");
}
