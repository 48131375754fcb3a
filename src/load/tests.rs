#![allow(clippy::unwrap_used)]

use super::*;
use std::collections::BTreeSet;
use std::fs;
use tempfile::TempDir;

use crate::diag::Diagnostic;
use crate::files::ByteRange;
use crate::workspace::{At, Content, Copied};

/// A project with these files and an empty `casebook.toml`.
fn project(files: &[(&str, &[u8])]) -> TempDir {
    let temporary = TempDir::new().unwrap();
    fs::create_dir(temporary.path().join("content")).unwrap();
    for (path, content) in [(CONFIG, b"".as_slice())].iter().chain(files) {
        let path = temporary.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    temporary
}

/// The project in a folder, read.
fn load(folder: &TempDir) -> Workspace {
    super::take(folder.path(), Options::default()).unwrap().1
}

/// What is wrong with its files as files.
fn wrong(workspace: &Workspace) -> Vec<Diagnostic> {
    workspace.project().diagnostics(&workspace.config().theme)
}

/// The same as `path: code: message / hint`.
fn said(workspace: &Workspace) -> Vec<String> {
    let say = |d: &Diagnostic| {
        let path = &workspace.files().get(d.span.unwrap().file).path;
        format!("{path}: {}: {} / {}", d.code, d.message, d.hints.join(" / "))
    };
    let mut said: Vec<_> = wrong(workspace).iter().map(say).collect();
    said.sort();
    said
}

#[test]
fn every_file_is_what_its_folder_says_in_the_order_of_paths() {
    let temporary = project(&[
        ("captures.lock", b"lock"),
        ("content/index.md", b"home"),
        ("content/sources/2016/b.md", b"b"),
        ("content/sources/a.md", b"a"),
        ("content/claims/c.md", b"c"),
        ("content/entities/d.md", b"d"),
        ("content/commentary/static/e.md", b"e"),
        ("content/static/img/p.png", b"1234"),
        ("content/static/.well-known/x", b""),
        ("content/static/.gitignore", b""),
        ("content/claims/.#c.md", b"editor"),
        ("content/claims/c.md~", b"editor"),
        ("content/.hidden/x.md", b"hidden"),
    ]);
    let project = load(&temporary);
    assert_eq!(said(&project), Vec::<String>::new());
    let mut texts: Vec<_> = project.files().iter().map(|(_, file)| (file.path.as_str(), &*file.text)).collect();
    texts.sort_unstable();
    let expected = [
        ("captures.lock", "lock"),
        ("casebook.toml", ""),
        ("content/claims/c.md", "c"),
        ("content/commentary/static/e.md", "e"),
        ("content/entities/d.md", "d"),
        ("content/index.md", "home"),
        ("content/sources/2016/b.md", "b"),
        ("content/sources/a.md", "a"),
    ];
    assert_eq!(texts, expected);
    let kinds: Vec<_> =
        project.project().records().map(|r| (r.kind.word(), r.id.as_ref().map_or("", |id| id.as_str()))).collect();
    let expected =
        [("claim", "c"), ("commentary", "e"), ("entity", "d"), ("home page", ""), ("source", "b"), ("source", "a")];
    assert_eq!(kinds, expected);
    let root = fs::canonicalize(temporary.path()).unwrap();
    let statics: Vec<_> = project.project().statics().iter().map(|(path, at)| (path.as_str(), at.clone())).collect();
    let on_disk = |path: &str| Copied::OnDisk(root.join("content/static").join(path));
    assert_eq!(statics, [(".well-known/x", on_disk(".well-known/x")), ("img/p.png", on_disk("img/p.png"))]);
}

#[test]
fn names_and_places_that_are_wrong_are_explained() {
    let temporary = project(&[
        ("content/claims/Élan Vital.md", b""),
        ("content/claims/新.md", b""),
        ("content/claims/Upper.MD", b""),
        ("content/claims/picture.png", b""),
        ("content/claim/x.md", b""),
        ("content/notes/x.md", b""),
        ("content/about.md", b""),
    ]);
    let expected = [
        "content/about.md: stray-file: a record belongs in its kind's folder / the folders are `content/sources`, \
         `content/claims`, `content/entities`, `content/commentary`",
        "content/claim/x.md: stray-file: a record belongs in its kind's folder / did you mean `content/claims`?",
        "content/claims/Upper.MD: stray-file: a record's file ends in `.md`, not in `.MD` / rename it to `upper.md`",
        "content/claims/picture.png: stray-file: `picture.png` is no record / files that are copied to the site as they \
         are belong in `content/static`",
        "content/claims/Élan Vital.md: bad-id: the file's name `Élan Vital` cannot be an id / rename the file to \
         `elan-vital.md`: an id has lower-case letters from a to z, digits and hyphens only",
        "content/claims/新.md: bad-id: the file's name `新` cannot be an id / rename the file: an id has lower-case \
         letters from a to z, digits and hyphens only",
        "content/notes/x.md: stray-file: a record belongs in its kind's folder / the folders are `content/sources`, \
         `content/claims`, `content/entities`, `content/commentary`",
    ];
    assert_eq!(said(&load(&temporary)), expected);
}

#[test]
fn bytes_that_are_no_text_have_a_place() {
    let temporary = project(&[
        ("content/claims/a.md", b"one\ntw\xffo\n"),
        ("content/claims/b.md", b"\xff\xfe+\0+\0+\0"),
        ("content/claims/c.md", "\u{feff}fine".as_bytes()),
    ]);
    let project = load(&temporary);
    assert_eq!(
        said(&project),
        [
            "content/claims/a.md: not-utf-8: the file is not UTF-8 text / save the file as UTF-8",
            "content/claims/b.md: not-utf-8: the file is not UTF-8 text / it looks like UTF-16: save the file as UTF-8"
        ]
    );
    let at = wrong(&project)[0].span.unwrap();
    let file = project.files().get(at.file);
    let place = file.line_column(at.range.start as usize);
    assert_eq!((place.line, place.column, file.invalid_at), (2, 3, Some(6)));
    assert_eq!(&file.text[at.range.as_range()], "\u{fffd}");
}

#[test]
fn a_folder_without_a_project_says_how_to_start_one() {
    let temporary = TempDir::new().unwrap();
    let failure = read(temporary.path()).unwrap_err();
    assert!(failure.message.contains("casebook.toml") && failure.hints[0].contains("casebook new"), "{failure:?}");
    fs::write(temporary.path().join(CONFIG), "").unwrap();
    let failure = read(temporary.path()).unwrap_err();
    assert!(failure.message.contains("`content`"), "{failure:?}");
    assert!(read(&temporary.path().join("nowhere")).unwrap_err().message.contains("nowhere"));
}

#[test]
fn captures_are_read_by_name() {
    let temporary =
        project(&[("captures/a.txt", "\u{feff}abc\r\n".as_bytes()), ("captures/other.txt", b"not asked for")]);
    let names = BTreeSet::from(["a.txt".to_owned(), "missing.txt".to_owned()]);
    let root = temporary.path();
    let captures = read_captures(&root.join("captures"), &names, root).unwrap();
    let at = |name: &str| At::Capture { name: name.to_owned(), path: format!("captures/{name}") };
    let expected = [
        Change { at: at("a.txt"), content: Content::Bytes("\u{feff}abc\r\n".into()) },
        Change { at: at("missing.txt"), content: Content::Gone },
    ];
    assert_eq!(captures, expected);
}

#[test]
fn the_themes_of_a_project_are_its_folders_of_that_name() {
    let temporary = project(&[
        ("themes/b/theme.toml", b""),
        ("themes/a/static/s.css", b""),
        ("themes/.hidden/theme.toml", b""),
        ("themes/README.md", b""),
    ]);
    let themes = |folder: &TempDir| list_themes(folder.path()).unwrap();
    assert_eq!(themes(&temporary), ["a", "b"]);
    assert!(themes(&project(&[])).is_empty());
}

#[test]
fn a_theme_is_read_and_a_missing_one_reported() {
    let temporary = project(&[
        ("themes/mine/templates/parts/x.html", b"x"),
        ("themes/mine/templates/a.html", b"a"),
        ("themes/mine/static/s.css", b"s"),
        ("themes/mine/theme.toml", b"t"),
    ]);
    let mut project = load(&temporary);
    project.take(read_theme(&fs::canonicalize(temporary.path()).unwrap(), "mine").unwrap());
    let theme = project.project().theme("mine").unwrap();
    let files: Vec<_> = theme.iter().map(|(path, file)| (path.as_str(), &*file.bytes, file.file.is_some())).collect();
    let expected: [(&str, &[u8], bool); 4] = [
        ("static/s.css", b"s", false),
        ("templates/a.html", b"a", true),
        ("templates/parts/x.html", b"x", true),
        ("theme.toml", b"t", true),
    ];
    assert_eq!(files, expected);
    assert_eq!(said(&project), Vec::<String>::new());
    for name in ["mien", "../content", "", "."] {
        let gone = read_theme(temporary.path(), name).unwrap();
        assert_eq!(gone, [Change::gone(format!("themes/{name}"))]);
    }
    fs::write(temporary.path().join(CONFIG), "title = \"x\"\ntheme = \"mien\"\n").unwrap();
    let (_, project) = open(temporary.path(), Options::default()).unwrap();
    let found = project.diagnostics();
    assert_eq!(found[0].code, "unknown-theme", "{found:?}");
    assert_eq!(found[0].span.unwrap().range, ByteRange::new(12, 26));
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_project_only() {
    use std::os::unix::fs::symlink;
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("secret.md"), "secret").unwrap();
    let temporary = project(&[("content/claims/a.md", b"a"), ("shared/b.md", b"b"), ("content/static/s", b"")]);
    let content = temporary.path().join("content");
    symlink("../../shared/b.md", content.join("claims/b.md")).unwrap();
    symlink("../../shared", content.join("claims/folder")).unwrap();
    symlink(outside.path().join("secret.md"), content.join("claims/c.md")).unwrap();
    symlink(outside.path(), content.join("claims/out")).unwrap();
    symlink(outside.path(), content.join("static/out")).unwrap();
    symlink("../claims", content.join("claims/circle")).unwrap();
    symlink("nowhere", content.join("claims/dangling.md")).unwrap();
    symlink("someone@host.1234", content.join("claims/.#a.md")).unwrap();
    symlink("itself.md", content.join("claims/itself.md")).unwrap();
    let project = load(&temporary);
    assert!(project.files().iter().all(|(_, file)| &*file.text != "secret"));
    let records: Vec<_> = project.project().records().map(|r| project.files().get(r.file).path.as_str()).collect();
    assert_eq!(records, ["content/claims/a.md", "content/claims/b.md", "content/claims/folder/b.md"]);
    assert_eq!(project.project().statics().len(), 1);
    let out =
        "link-out-of-project: the symbolic link leads out of the project / copy what it leads to into the project";
    assert_eq!(
        said(&project),
        [
            format!("content/claims/c.md: {out}"),
            "content/claims/circle: bad-link: the symbolic link leads in a circle / remove it".to_owned(),
            "content/claims/dangling.md: bad-link: the symbolic link leads nowhere / remove it".to_owned(),
            "content/claims/itself.md: bad-link: the symbolic link leads nowhere / remove it".to_owned(),
            format!("content/claims/out: {out}"),
            format!("content/static/out: {out}"),
        ]
    );
}
