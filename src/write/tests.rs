#![allow(clippy::unwrap_used)]

use super::*;
use std::sync::atomic::AtomicUsize;
use tempfile::TempDir;

type Tree = BTreeMap<String, Vec<u8>>;

fn page(path: &str, content: &str) -> Page {
    Page { path: SitePath::new(path), content: content.into() }
}

/// Everything in a folder, folders and the program's own files too.
fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        let content = if entry.file_type().is_file() { fs::read(entry.path()).unwrap() } else { b"<folder>".into() };
        (path, content)
    };
    entries.map(read).collect()
}

/// What readers of the site see.
fn published(folder: &Path) -> Tree {
    tree(folder).into_iter().filter(|(path, content)| !path.starts_with('.') && content != b"<folder>").collect()
}

fn build_on(disk: Disk, folder: &Path, pages: &[(&str, &str)]) -> Result<Report, Failure> {
    let writer = Writer::open_on(disk, folder, &[])?;
    for (path, content) in pages {
        writer.put(&page(path, content))?;
    }
    writer.commit()
}

fn build(folder: &Path, pages: &[(&str, &str)]) -> Report {
    build_on(Disk::default(), folder, pages).unwrap()
}

fn site(pages: &[(&str, &str)]) -> Tree {
    pages.iter().map(|(path, content)| ((*path).to_owned(), content.as_bytes().to_vec())).collect()
}

fn fresh(pages: &[(&str, &str)]) -> Tree {
    let temporary = TempDir::new().unwrap();
    build(&temporary.path().join("public"), pages);
    tree(&temporary.path().join("public"))
}

const OLD: &[(&str, &str)] = &[
    ("index.html", "old home"),
    ("claims/a.html", "same"),
    ("claims/b.html", "old b"),
    ("deep/er/still/c.html", "gone"),
    ("turns/into/a-file", "gone"),
    ("becomes", "a folder"),
];
const NEW: &[(&str, &str)] = &[
    ("index.html", "new home"),
    ("claims/a.html", "same"),
    ("claims/b.html", "new b"),
    ("entities/d.html", "new"),
    ("turns", "a file"),
    ("becomes/a/folder", "new"),
];

#[test]
fn a_build_writes_what_changed_and_removes_what_is_gone() {
    let temporary = TempDir::new().unwrap();
    let public = temporary.path().join("public");
    assert_eq!(build(&public, OLD), Report { written: 6, unchanged: 0, removed: 0 });
    let kept = fs::metadata(public.join("claims/a.html")).unwrap().modified().unwrap();
    assert_eq!(build(&public, NEW), Report { written: 5, unchanged: 1, removed: 3 });
    assert_eq!(tree(&public), fresh(NEW));
    assert_eq!(fs::metadata(public.join("claims/a.html")).unwrap().modified().unwrap(), kept);
    let manifest = fs::metadata(public.join(manifest::NAME)).unwrap().modified().unwrap();
    assert_eq!(build(&public, NEW), Report { written: 0, unchanged: 6, removed: 0 });
    assert_eq!(fs::metadata(public.join(manifest::NAME)).unwrap().modified().unwrap(), manifest);
}

/// Kills a build before each of its steps, and a second one that recovers from it too.
#[test]
fn a_killed_build_is_put_right_by_the_next() {
    let expected = fresh(NEW);
    for steps in 0.. {
        let temporary = TempDir::new().unwrap();
        let public = temporary.path().join("public");
        build(&public, OLD);
        let killed = build_on(Disk { steps_left: Some(AtomicUsize::new(steps)) }, &public, NEW);
        let manifest = Manifest::read(&public).unwrap().unwrap();
        if killed.is_err()
            && !manifest.committing
            && manifest.files.len() == OLD.len()
            && manifest.files.contains_key("becomes")
        {
            assert_eq!(published(&public), site(OLD), "killed after {steps} steps");
        }
        // The next build is killed as well, soon or late, and does something else.
        let other = &NEW[1..];
        let _ = build_on(Disk { steps_left: Some(AtomicUsize::new(steps / 2)) }, &public, other);
        if manifest.committing {
            Writer::open(&public, &[]).unwrap().abort();
            let seen = published(&public);
            assert!(seen == site(NEW) || seen == site(other), "killed after {steps} steps: {seen:?}");
        }
        build(&public, NEW);
        assert_eq!(tree(&public), expected, "killed after {steps} steps");
        if killed.is_ok() {
            assert!(steps > 20, "the build has more steps than {steps}");
            break;
        }
    }
}

#[test]
fn the_first_build_can_be_killed_too() {
    let expected = fresh(NEW);
    for steps in 0..40 {
        let temporary = TempDir::new().unwrap();
        let public = temporary.path().join("public");
        let _ = build_on(Disk { steps_left: Some(AtomicUsize::new(steps)) }, &public, NEW);
        build(&public, NEW);
        assert_eq!(tree(&public), expected, "killed after {steps} steps");
    }
}

#[test]
fn a_failed_build_changes_nothing() {
    let temporary = TempDir::new().unwrap();
    let public = temporary.path().join("public");
    build(&public, OLD);
    let before = tree(&public);
    let writer = Writer::open(&public, &[]).unwrap();
    writer.put(&page("index.html", "new home")).unwrap();
    drop(writer);
    assert_eq!(tree(&public), before);
}

#[test]
fn files_of_the_last_build_are_kept_without_a_look() {
    let temporary = TempDir::new().unwrap();
    let folder = temporary.path().join("public");
    build(&folder, OLD);
    let paths = ["claims/a.html", "index.html", "no/such/file"].map(SitePath::new);
    let writer = Writer::open(&folder, &[]).unwrap();
    assert!(!writer.keep(&[&paths[0], &paths[2]]).unwrap(), "one of them nobody wrote");
    assert!(writer.keep(&[&paths[0], &paths[1]]).unwrap());
    assert!(writer.put(&page("INDEX.html", "another")).is_err(), "a file that is kept has its path");
    assert_eq!(writer.commit().unwrap(), Report { written: 0, unchanged: 2, removed: 4 });
    assert_eq!(published(&folder), site(&[OLD[0], OLD[1]]));
    assert_eq!(tree(&folder), fresh(&[OLD[0], OLD[1]]));
}

#[test]
fn in_a_folder_that_is_as_it_was_left_no_file_is_read() {
    let temporary = TempDir::new().unwrap();
    let folder = temporary.path().join("public");
    build(&folder, OLD);
    // Whoever says so has looked; here it is a lie, so that reading the file would show.
    fs::write(folder.join("index.html"), "OLD home").unwrap();
    let writer = Writer::open(&folder, &[]).unwrap().as_left();
    for (path, content) in [OLD[0], ("claims/a.html", "another")] {
        writer.put(&page(path, content)).unwrap();
    }
    assert_eq!(writer.commit().unwrap(), Report { written: 1, unchanged: 1, removed: 4 });
    assert_eq!(published(&folder), site(&[("index.html", "OLD home"), ("claims/a.html", "another")]));
}

#[test]
fn a_file_in_pieces_is_as_one_that_is_given_whole() {
    let temporary = TempDir::new().unwrap();
    let (folder, whole) = (temporary.path().join("public"), temporary.path().join("whole"));
    let put = |writer: &Writer, fill: &dyn Fn(&mut Growing<'_>) -> io::Result<()>| {
        writer.put_pieces(&SitePath::new("data/a.json"), fill)
    };
    let pieces = ["one, ", "", "two, ", "three"].map(str::as_bytes);
    build(&whole, &[("data/a.json", "one, two, three")]);
    for (as_left, written) in [(false, true), (false, false), (true, false)] {
        let writer = Writer::open(&folder, &[]).unwrap();
        let writer = if as_left { writer.as_left() } else { writer };
        put(&writer, &|file| pieces.iter().try_for_each(|piece| file.push(piece))).unwrap();
        let report = Report { written: written.into(), unchanged: (!written).into(), removed: 0 };
        assert_eq!(writer.commit().unwrap(), report);
        assert_eq!(tree(&folder), tree(&whole));
    }

    // Parts of the file that is there, in any order, and something new.
    let writer = Writer::open(&folder, &[]).unwrap().as_left();
    let mixed = |file: &mut Growing<'_>| {
        file.push_former(5..10)?;
        file.push("2½, ".as_bytes())?;
        file.push_former(0..5)?;
        file.push_former(10..15)
    };
    put(&writer, &mixed).unwrap();
    assert_eq!(writer.commit().unwrap().written, 1);
    build(&whole, &[("data/a.json", "two, 2½, one, three")]);
    assert_eq!(tree(&folder), tree(&whole));

    let writer = Writer::open(&folder, &[]).unwrap().as_left();
    let beyond = put(&writer, &|file| file.push_former(20..200)).unwrap_err();
    assert!(beyond.message.contains("cannot write"), "{beyond:?}");
    drop(writer);
    assert_eq!(tree(&folder), tree(&whole), "a build that fails changes nothing");
}

#[test]
fn what_somebody_changed_by_hand_is_put_right() {
    let temporary = TempDir::new().unwrap();
    let public = temporary.path().join("public");
    build(&public, OLD);
    let before = tree(&public);
    fs::write(public.join("index.html"), "OLD HOME").unwrap();
    fs::remove_file(public.join("claims/b.html")).unwrap();
    assert_eq!(build(&public, OLD), Report { written: 2, unchanged: 4, removed: 0 });
    assert_eq!(tree(&public), before);
}

#[test]
fn foreign_files_stay() {
    let temporary = TempDir::new().unwrap();
    let public = temporary.path().join("public");
    fs::create_dir(&public).unwrap();
    fs::write(public.join(".gitignore"), "*").unwrap();
    build(&public, OLD);
    fs::write(public.join("claims/notes.txt"), "mine").unwrap();
    fs::write(public.join("deep/er/notes.txt"), "mine").unwrap();
    build(&public, NEW);
    let tree = tree(&public);
    for path in [".gitignore", "claims/notes.txt", "deep/er/notes.txt"] {
        assert!(tree.contains_key(path), "{path}");
    }
    assert!(!tree.contains_key("deep/er/still"));
}

#[test]
fn a_folder_that_no_build_has_written_is_refused() {
    let temporary = TempDir::new().unwrap();
    fs::write(temporary.path().join("thesis.txt"), "years of work").unwrap();
    let failure = Writer::open(temporary.path(), &[]).unwrap_err();
    assert!(failure.message.contains("thesis.txt"), "{failure}");
    assert_eq!(tree(temporary.path()), site(&[("thesis.txt", "years of work")]));
}

#[test]
fn an_output_that_overlaps_the_content_is_refused() {
    let temporary = TempDir::new().unwrap();
    let content = temporary.path().join("content");
    fs::create_dir(&content).unwrap();
    for output in ["content", "content/public", ".", "content/static/../../content/x", "public/../content"] {
        let failure = Writer::open(&temporary.path().join(output), &[&content]).unwrap_err();
        assert!(failure.message.contains("content"), "{failure}");
    }
    assert_eq!(tree(temporary.path()).len(), 1);
    Writer::open(&temporary.path().join("content-2"), &[&content]).unwrap();
}

#[test]
fn two_files_cannot_have_one_path() {
    let temporary = TempDir::new().unwrap();
    let writer = Writer::open(&temporary.path().join("public"), &[]).unwrap();
    writer.put(&page("tags/a.html", "1")).unwrap();
    for (path, words) in [("tags/a.html", "two files"), ("Tags/A.html", "case"), (".casebook-x", "cannot have")] {
        let failure = writer.put(&page(path, "2")).unwrap_err();
        assert!(failure.message.contains(words), "{failure}");
    }
}

#[test]
fn two_builds_at_once_are_refused() {
    let temporary = TempDir::new().unwrap();
    let public = temporary.path().join("public");
    let first = Writer::open(&public, &[]).unwrap();
    let failure = Writer::open(&public, &[]).unwrap_err();
    assert!(failure.message.contains("another build"), "{failure}");
    first.abort();
    Writer::open(&public, &[]).unwrap();
}

#[test]
fn a_manifest_that_leads_out_of_the_folder_is_refused() {
    let temporary = TempDir::new().unwrap();
    let public = temporary.path().join("public");
    fs::create_dir(&public).unwrap();
    fs::write(temporary.path().join("precious.txt"), "x").unwrap();
    for bad in ["../precious.txt", "/etc/passwd", "a/../../precious.txt", "a//b", "c:\\\\x"] {
        let json = format!(r#"{{"version":1,"committing":true,"files":{{}},"removed":["{bad}"]}}"#);
        fs::write(public.join(manifest::NAME), json).unwrap();
        let failure = Writer::open(&public, &[]).unwrap_err();
        assert!(failure.message.contains("is no path of a site"), "{failure}");
    }
    assert!(temporary.path().join("precious.txt").exists());
}

#[test]
fn a_static_file_is_copied_when_its_bytes_changed() {
    let temporary = TempDir::new().unwrap();
    let (public, from) = (temporary.path().join("public"), temporary.path().join("picture"));
    let build = |content: &[u8]| {
        fs::write(&from, content).unwrap();
        let writer = Writer::open(&public, &[]).unwrap();
        writer.copy_static(&SitePath::new("img/p.png"), &from).unwrap();
        let report = writer.commit().unwrap();
        assert_eq!(fs::read(public.join("img/p.png")).unwrap(), content);
        report.written
    };
    let big = vec![7; 200_000];
    let mut other = big.clone();
    other[150_000] = 8;
    assert_eq!([build(b"one"), build(b"one"), build(&big), build(&other), build(&other)], [1, 0, 1, 1, 0]);
}

#[test]
fn a_path_cannot_be_a_file_and_a_folder_at_once() {
    let temporary = TempDir::new().unwrap();
    let public = temporary.path().join("public");
    let failure = build_on(Disk::default(), &public, &[("a", "1"), ("a/b", "2")]).unwrap_err();
    assert!(failure.message.contains('a'), "{failure}");
    assert_eq!(published(&public), Tree::new());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn nothing_is_written_or_removed_behind_a_link() {
        let temporary = TempDir::new().unwrap();
        let (public, elsewhere) = (temporary.path().join("public"), temporary.path().join("elsewhere"));
        build(&public, OLD);
        fs::rename(public.join("claims"), &elsewhere).unwrap();
        symlink(&elsewhere, public.join("claims")).unwrap();
        let before = tree(&elsewhere);
        let failure = build_on(Disk::default(), &public, NEW).unwrap_err();
        assert!(failure.message.contains("symbolic link"), "{failure}");
        assert_eq!(fs::read(public.join("index.html")).unwrap(), b"old home");
        build(&public, &[("index.html", "new home")]);
        assert_eq!(tree(&elsewhere), before);
    }

    #[test]
    fn a_link_in_a_files_place_is_replaced() {
        let temporary = TempDir::new().unwrap();
        let (public, elsewhere) = (temporary.path().join("public"), temporary.path().join("elsewhere"));
        build(&public, OLD);
        fs::write(&elsewhere, "old home").unwrap();
        fs::remove_file(public.join("index.html")).unwrap();
        symlink(&elsewhere, public.join("index.html")).unwrap();
        build(&public, NEW);
        assert_eq!(tree(&public), fresh(NEW));
        assert_eq!(fs::read(&elsewhere).unwrap(), b"old home");
    }

    #[test]
    fn a_disk_that_refuses_is_named() {
        let temporary = TempDir::new().unwrap();
        let public = temporary.path().join("public");
        build(&public, OLD);
        fs::set_permissions(public.join("claims"), fs::Permissions::from_mode(0o555)).unwrap();
        let result = build_on(Disk::default(), &public, NEW);
        fs::set_permissions(public.join("claims"), fs::Permissions::from_mode(0o755)).unwrap();
        // The superuser may write everywhere.
        if let Err(failure) = result {
            assert!(failure.message.contains("public/claims"), "{failure}");
            assert_eq!(published(&public), site(OLD));
        }
        build(&public, NEW);
        assert_eq!(tree(&public), fresh(NEW));
    }
}
