//! The files in a folder, by path. Links are followed inside the project, never out of it and never in circles.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::failure::Failure;
use crate::load::{Wrong, is_inside, shown};

/// A file.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it is on disk.
    pub(super) path: PathBuf,
    /// Its path from the folder walked, in parts.
    pub(super) parts: Vec<String>,
    /// Its length in bytes.
    pub(super) size: u64,
}

/// Lists the files below `folder`, without the files and folders whose path and name `ignore` knows.
pub(super) fn walk(
    folder: &Path,
    root: &Path,
    ignore: &dyn Fn(&Path, &str) -> bool,
    wrong: &mut Vec<Wrong>,
) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    let mut entries = WalkDir::new(folder).min_depth(1).follow_links(true).sort_by_file_name().into_iter();
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
            wrong.push(Wrong::link_out(&path));
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        if is_folder {
            continue;
        }
        match (entry.metadata(), parts(entry.path(), folder)) {
            (Ok(metadata), Some(parts)) if metadata.is_file() => {
                found.push(Found { path: entry.into_path(), parts, size: metadata.len() });
            }
            (_, None) => wrong.push(
                Wrong::new("bad-file-name", &path, "the file's name is not UTF-8 text, or holds `\\` or `:`")
                    .hint("rename the file"),
            ),
            _ => wrong.push(Wrong::new("stray-file", &path, "this is no ordinary file").hint("remove it")),
        }
    }
    Ok(found)
}

/// What an entry that cannot be visited is: something wrong in the project, nothing, or a disk that refuses.
fn explain(
    error: &walkdir::Error,
    root: &Path,
    ignore: &dyn Fn(&Path, &str) -> bool,
) -> Result<Option<Wrong>, Failure> {
    let path = error.path().unwrap_or(root);
    if ignore(path, &path.file_name().map(OsStr::to_string_lossy).unwrap_or_default()) {
        return Ok(None);
    }
    let wrong = |message: &str| Ok(Some(Wrong::new("bad-link", &shown(path, root), message).hint("remove it")));
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

/// The path from `folder` in parts; none where a part cannot be part of a path on every system.
fn parts(path: &Path, folder: &Path) -> Option<Vec<String>> {
    let part = |part: std::path::Component<'_>| {
        part.as_os_str().to_str().filter(|part| !part.contains(['\\', ':'])).map(str::to_owned)
    };
    path.strip_prefix(folder).ok()?.components().map(part).collect()
}
