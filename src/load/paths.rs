//! Paths that something happened to → what is there now, as changes.
//!
//! What happened does not count: a path is looked at, and what is not there is gone. A folder is everything below it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::load::walk::{is_text, walk};
use crate::load::{is_inside, read_bytes, shown};
use crate::workspace::{
    At, CONFIG, CONTENT, Change, Content, LOCK, Place, Refusal, STATIC, THEMES, is_left_out, is_not_content, place,
};

/// Looks at those of `paths` that are of the project in `root`, which has no symbolic links. What the disk refuses to
/// show is among the changes, as refused. Files that are gone from a folder that is there are nobody's news here. A file
/// that is only come across in a folder is not read where `is_known` says that it is as it was: reading is what some
/// systems tell a watcher of, too.
pub fn read_paths(root: &Path, paths: &BTreeSet<PathBuf>, is_known: &dyn Fn(&Path) -> bool) -> Vec<Change> {
    let mut found = Vec::new();
    let mut within: Option<&Path> = None;
    for path in paths {
        // The set is sorted, so a folder comes before what is in it.
        if within.is_some_and(|folder| path.starts_with(folder)) || !concerns(path, root) {
            continue;
        }
        within = look(path, root, is_known, &mut found).then_some(path);
    }
    found.into_par_iter().map(|found| found.read(root)).collect()
}

/// Whether a path is one of those that a project's site is made from. Captures may be anywhere, and are not.
pub fn concerns(path: &Path, root: &Path) -> bool {
    let Ok(below) = path.strip_prefix(root) else { return false };
    let mut parts = below.components().map(|part| part.as_os_str().to_string_lossy());
    let Some(first) = parts.next() else { return false };
    let rest: Vec<_> = parts.collect();
    match &*first {
        CONFIG | LOCK => rest.is_empty(),
        CONTENT if rest.first().is_some_and(|part| part == STATIC) => !rest.iter().any(|part| is_left_out(part)),
        CONTENT => !rest.iter().any(|part| is_not_content(part)),
        THEMES => !rest.iter().any(|part| is_left_out(part)),
        _ => false,
    }
}

/// What is to be said of a path.
#[derive(Debug)]
enum Found {
    File(PathBuf),
    Refused(PathBuf, Refusal),
    Told(Change),
    Gone(PathBuf),
}

impl Found {
    fn read(self, root: &Path) -> Change {
        let (path, content) = match self {
            Self::File(path) => {
                let content = content(&path, root);
                (path, content)
            }
            Self::Refused(path, refusal) => (path, Content::Refused(refusal)),
            Self::Gone(path) => (path, Content::Gone),
            Self::Told(change) => return change,
        };
        Change { at: At::Path(shown(&path, root)), content }
    }
}

/// A file's bytes, if it is still there; of one that is copied, where it is.
fn content(path: &Path, root: &Path) -> Content {
    if matches!(place(&shown(path, root)), Place::Static(_) | Place::Stray(_) | Place::Other) {
        return Content::OnDisk { from: path.to_owned() };
    }
    match read_bytes(path) {
        Ok(bytes) => Content::Bytes(bytes),
        Err(_) if !path.exists() => Content::Gone,
        Err(failure) => Content::Refused(unreadable(failure.message)),
    }
}

fn unreadable(message: impl Into<String>) -> Refusal {
    Refusal::new("unreadable", message)
}

/// Finds what there is at a path, and says whether what is below it has been found too.
fn look(path: &Path, root: &Path, is_known: &dyn Fn(&Path) -> bool, found: &mut Vec<Found>) -> bool {
    let refused = |refusal| Found::Refused(path.to_owned(), refusal);
    let metadata = match path.metadata() {
        Ok(metadata) => metadata,
        Err(_) if path.is_symlink() => {
            found.push(refused(Refusal::bad_link("the symbolic link leads nowhere")));
            return true;
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            found.push(Found::Gone(path.to_owned()));
            return true;
        }
        Err(error) => {
            found.push(refused(unreadable(format!("cannot read the file: {error}"))));
            return false;
        }
    };
    if !is_inside(path, root) {
        found.push(refused(Refusal::link_out()));
    } else if metadata.is_dir() {
        look_into(path, root, is_known, found);
        return true;
    } else if !is_text(path, root) {
        found.push(refused(Refusal::bad_name()));
    } else if metadata.is_file() {
        found.push(Found::File(path.to_owned()));
    } else {
        found.push(refused(Refusal::no_file()));
    }
    false
}

/// Finds what is below a folder.
fn look_into(folder: &Path, root: &Path, is_known: &dyn Fn(&Path) -> bool, found: &mut Vec<Found>) {
    let mut wrong = Vec::new();
    match walk(folder, root, &|path, _| !concerns(path, root), &mut wrong) {
        Ok(files) => {
            found.extend(files.into_iter().filter(|file| !is_known(file)).map(Found::File));
        }
        // A folder that vanishes while it is walked is looked at again: that it vanished is news of its own.
        Err(_) if !folder.exists() => found.push(Found::Gone(folder.to_owned())),
        Err(failure) => found.push(Found::Refused(folder.to_owned(), unreadable(failure.message))),
    }
    found.extend(wrong.into_iter().map(Found::Told));
}
