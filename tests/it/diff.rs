//! `casebook diff` against folders and git revisions, and the formats of `casebook check` in a sub-folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A repository with the starter dossier in a sub-folder, committed on `main`.
struct Repository {
    _folder: tempfile::TempDir,
    root: PathBuf,
    dossier: PathBuf,
}

fn run(program: &str, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    for (name, value) in [("GIT_AUTHOR_NAME", "Test"), ("GIT_COMMITTER_NAME", "Test")] {
        command.env(name, value);
    }
    for name in ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"] {
        command.env(name, "test@example.org");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env_remove("GITHUB_WORKSPACE");
    command.args(arguments).current_dir(folder).output().expect("the program runs")
}

/// The exit status, standard output and standard error of `casebook`.
fn told(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = run(env!("CARGO_BIN_EXE_casebook"), folder, arguments);
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    (status.code(), text(stdout), text(stderr))
}

impl Repository {
    fn new(below: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("repository");
        let dossier = root.join(below);
        fs::create_dir_all(&dossier).expect("a folder");
        assert_eq!(told(&root, &["new", dossier.to_str().expect("a path")]).0, Some(0));
        let repository = Self { _folder: folder, root, dossier };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("Begin");
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let Output { status, stderr, .. } = run("git", &self.root, arguments);
        assert!(status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&stderr));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["-c", "commit.gpgsign=false", "commit", "--quiet", "--message", message]);
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.dossier.join(path);
        let text = fs::read_to_string(&path).expect("the file is there");
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replacen(from, to, 1)).expect("the file can be written");
    }

    fn diff(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        told(&self.dossier, &[&["diff"], arguments].concat())
    }
}

const CLAIM: &str = "content/claims/ferry-ran-late.md";

#[test]
fn revisions_are_compared_with_each_other_and_with_the_disk() {
    for below in ["", "dossiers/the ferry"] {
        let repository = Repository::new(below);
        assert_eq!(repository.diff(&["main"]), (Some(0), "nothing changed\n".to_owned(), String::new()));
        repository.edit(CLAIM, "claim = \"", "claim = \"Reportedly: ");
        let (status, text, _) = repository.diff(&["main"]);
        assert_eq!(status, Some(0), "{text}");
        assert!(text.contains("~ claim: {+Reportedly:+} "), "{text}");
        assert_eq!(repository.diff(&["main", "HEAD"]).1, "nothing changed\n", "the disk is no revision");
        repository.commit("Reword");
        assert_eq!(repository.diff(&["HEAD~1", "HEAD"]).1, text);
        assert_eq!(repository.diff(&["main"]).1, "nothing changed\n");
        // From elsewhere, by --root.
        let root = repository.dossier.to_str().expect("a path");
        assert_eq!(told(Path::new("/"), &["--root", root, "diff", "main~1", "main"]).1, text);
    }
}

#[test]
fn the_example_is_what_it_is() {
    let root = env!("CARGO_MANIFEST_DIR");
    assert_eq!(told(Path::new(root), &["diff", root, root]), (Some(0), "nothing changed\n".to_owned(), String::new()));
}

#[test]
fn two_folders_are_compared_without_git() {
    let (old, new) = (Repository::new(""), Repository::new("deep"));
    new.edit(CLAIM, "claim = \"", "claim = \"Reportedly: ");
    let folders = [&old, &new].map(|it| it.dossier.to_str().expect("a path"));
    let (status, text, said) = told(Path::new("/"), &["diff", folders[0], folders[1], "--format", "markdown"]);
    assert_eq!((status, said.as_str()), (Some(0), ""), "{text}");
    assert!(text.contains("claim: <ins>Reportedly:</ins> ") || text.contains("<ins>Reportedly:"), "{text}");
    let (_, json, _) = told(Path::new("/"), &["diff", folders[1], folders[0], "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["new"]["name"], folders[0]);
}

#[test]
fn a_newer_state_with_errors_is_compared_as_far_as_it_goes() {
    let repository = Repository::new("");
    repository.edit(CLAIM, "quote = \"", "quote = \"Nobody said that ");
    let (status, text, said) = repository.diff(&["main"]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("exact → not in the source") || text.contains("not in the source"), "{text}");
    assert_eq!(said, "the files on disk: 1 error\n");
    repository.commit("Spoil");
    repository.edit(CLAIM, "quote = \"Nobody said that ", "quote = \"");
    let (status, _, said) = repository.diff(&["HEAD"]);
    assert_eq!(status, Some(0), "errors of the older state alone are not the newer one's");
    assert_eq!(said, "HEAD: 1 error\n");
    repository.edit(CLAIM, "claim = ", "claim ");
    let (status, text, said) = repository.diff(&["HEAD~1"]);
    assert_eq!((status, text.as_str()), (Some(1), "nothing changed\n"), "it cannot be said that the claim is gone");
    assert!(said.contains("and nothing is known of files that cannot be read"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_revision_is_read_as_the_disk_is() {
    let repository = Repository::new("");
    let content = repository.dossier.join("content");
    fs::write(repository.dossier.join("shared.md"), "+++\nname = \"Linked\"\n+++\n").expect("written");
    fs::create_dir_all(content.join("static/deep")).expect("a folder");
    fs::write(content.join("static/deep/a.txt"), "text").expect("written");
    fs::write(content.join("index.md"), "A [file](/deep/a.txt).\n").expect("written");
    std::os::unix::fs::symlink("../../shared.md", content.join("entities/linked.md")).expect("a link");
    fs::create_dir_all(repository.dossier.join("captures")).expect("a folder");
    fs::write(repository.dossier.join("captures/a.txt"), "A text that is a capture.\n").expect("written");
    let source = "+++\ntitle = \"Captured\"\n[capture]\nfile = \"a.txt\"\n+++\n";
    fs::write(content.join("sources/captured.md"), source).expect("written");
    let claim = "+++\nclaim = \"One.\"\n[[appearance]]\nsource = \"captured\"\nquote = \"that is a capture\"\n+++\n";
    fs::write(content.join("claims/one.md"), claim).expect("written");
    fs::write(repository.dossier.join(".gitignore"), "/public/\n").expect("written");
    repository.commit("More");
    let said = repository.diff(&["HEAD"]);
    assert_eq!(said, (Some(0), "nothing changed\n".to_owned(), String::new()));
    // A capture that is in no revision is taken from the disk.
    repository.git(&["rm", "--cached", "--quiet", "captures/a.txt"]);
    fs::write(repository.dossier.join(".gitignore"), "/public/\n/captures/\n").expect("written");
    repository.commit("Ignore");
    assert_eq!(repository.diff(&["HEAD"]).1, "nothing changed\n");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let repository = Repository::new("");
    let failed = |arguments: &[&str], expected: &str| {
        let (status, text, said) = repository.diff(arguments);
        assert_eq!((status, text.as_str()), (Some(2), ""), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    };
    failed(&["nowhere"], "there is neither a folder with a dossier nor a git revision `nowhere`");
    failed(&["--", "--output=x"], "none begins with `-`");
    failed(&["--output=x"], "unexpected argument");
    failed(&["main", "main..HEAD"], "`main..HEAD`");
    failed(&["main:content"], "`main:content`");
    fs::create_dir_all(repository.dossier.join("main/content")).expect("a folder");
    fs::write(repository.dossier.join("main/casebook.toml"), "title = \"x\"\n").expect("written");
    failed(&["main"], "is a folder with a dossier, and a git revision");
    assert_eq!(repository.diff(&["./main"]).0, Some(0));
    assert_eq!(repository.diff(&["heads/main"]).1, "nothing changed\n");
    let alone = tempfile::tempdir().expect("a folder");
    assert_eq!(told(alone.path(), &["new", "."]).0, Some(0));
    let (status, _, said) = told(alone.path(), &["diff", "HEAD"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("is in no git repository"), "{said}");
    let without = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["diff", "HEAD"])
        .env("PATH", "")
        .current_dir(&repository.dossier)
        .output()
        .expect("casebook runs");
    assert_eq!(without.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&without.stderr).contains("`git`, which is not on the PATH"));
}

#[test]
fn a_revision_from_before_the_dossier_has_none() {
    let repository = Repository::new("deep");
    repository.git(&["mv", "deep", "deeper"]);
    repository.commit("Move");
    let (status, _, said) = told(&repository.root.join("deeper"), &["diff", "HEAD~1"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("there is no folder `deeper` at `HEAD~1`"), "{said}");
}

#[test]
fn annotations_have_paths_from_the_repositorys_root() {
    let repository = Repository::new("dossiers/one");
    repository.edit(CLAIM, "quote = \"", "quote = \"Nobody said that ");
    let (status, text, _) = told(&repository.dossier, &["check", "--format", "github"]);
    assert_eq!(status, Some(1));
    assert!(text.starts_with(&format!("::error file=dossiers/one/{CLAIM},line=")), "{text}");
    let workspace = repository.root.join("dossiers");
    let output = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["check", "--format", "sarif"])
        .env("GITHUB_WORKSPACE", &workspace)
        .current_dir(&repository.dossier)
        .output()
        .expect("casebook runs");
    let sarif: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(place["uri"], format!("one/{CLAIM}"));
    let (_, text, _) = told(&repository.dossier, &["check", "--format", "gitlab"]);
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report[0]["location"]["path"], format!("dossiers/one/{CLAIM}"));
}
