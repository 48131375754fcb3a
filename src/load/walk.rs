//! The files in a folder, by path. Links are followed inside the project, never out of it and never in circles.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::failure::Failure;
use crate::load::{is_inside, name, shown};
use crate::workspace::{At, Change, Content, Refusal};

/// Lists the files below `folder`, without the files and folders whose path and name `ignore` knows.
pub(super) fn walk(
    folder: &Path,
    root: &Path,
    ignore: &dyn Fn(&Path, &str) -> bool,
    wrong: &mut Vec<Change>,
) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    // What stands in one folder differs in its names alone, and a whole path is compared in one go.
    let by_name = |a: &DirEntry, b: &DirEntry| a.path().as_os_str().cmp(b.path().as_os_str());
    let mut entries = WalkDir::new(folder).min_depth(1).follow_links(true).sort_by(by_name).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                wrong.extend(explain(&error, root, ignore)?);
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        if ignore(entry.path(), &entry.file_name().to_string_lossy()) {
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        let path = shown(entry.path(), root);
        if entry.path_is_symlink() && !is_inside(entry.path(), root) {
            wrong.push(refused(path, Refusal::link_out()));
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        if is_folder {
            continue;
        }
        if !is_text(entry.path(), folder) {
            wrong.push(refused(path, Refusal::bad_name()));
        } else if entry.file_type().is_file() {
            found.push(entry.into_path());
        } else {
            wrong.push(refused(path, Refusal::no_file()));
        }
    }
    Ok(found)
}

/// What an entry that cannot be visited is: something wrong in the project, nothing, or a disk that refuses.
fn explain(
    error: &walkdir::Error,
    root: &Path,
    ignore: &dyn Fn(&Path, &str) -> bool,
) -> Result<Option<Change>, Failure> {
    let path = error.path().unwrap_or(root);
    if ignore(path, &name(path)) {
        return Ok(None);
    }
    let wrong = |message: &str| Ok(Some(refused(shown(path, root), Refusal::bad_link(message))));
    if error.loop_ancestor().is_some() {
        return wrong("the symbolic link leads in a circle");
    }
    match error.io_error() {
        // The system itself notices a link that leads to itself, and says so in its own words.
        Some(_) if path.is_symlink() && !path.exists() => wrong("the symbolic link leads nowhere"),
        Some(error) => Err(Failure::io("read", path, error)),
        None => Err(Failure::new(format!("cannot read `{}`: {error}", path.display()))),
    }
}

/// Whether the path from `folder` can be that of a file on every system.
pub(super) fn is_text(path: &Path, folder: &Path) -> bool {
    let is_text =
        |part: std::path::Component<'_>| part.as_os_str().to_str().is_some_and(|part| !part.contains(['\\', ':']));
    path.strip_prefix(folder).is_ok_and(|path| path.components().all(is_text))
}

fn refused(path: String, refusal: Refusal) -> Change {
    Change { at: At::Path(path), content: Content::Refused(refusal) }
}
