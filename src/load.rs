//! A project on disk → what a [`Workspace`] takes: its files as they are. Reads; decides nothing about what they say.
//!
//! Every file is read once, in parallel. Files that are copied as they are (`static`) are only listed. Symbolic links are
//! followed inside the project and never out of it.

mod captures;
mod content;
mod git;
mod names;
mod paths;
mod theme;
mod walk;

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::failure::Failure;
use crate::workspace::{CONFIG, Change, Content, LOCK, Missing, Options, Workspace};

pub use captures::read_captures;
pub(crate) use git::{has_revision, read_revision};
pub use names::read_names;
pub use paths::{concerns, read_paths};
pub use theme::{list_themes, read_theme};

/// The longest text: places are 32-bit numbers.
const LONGEST: u64 = u32::MAX as u64;

/// Reads the project in the folder `root` whole, resolved and ready for its pages to be asked for; gives the root without
/// symbolic links, too.
///
/// # Errors
/// Where there is no project, and where the disk refuses. What is wrong with single files is in
/// [`Workspace::diagnostics`].
pub fn open(root: &Path, options: Options) -> Result<(PathBuf, Workspace), Failure> {
    let (root, mut workspace) = take(root, options)?;
    let captures = root.join(&workspace.config().captures);
    let rest = read_missing(&root, &captures, &workspace.missing())?;
    workspace.apply(rest);
    Ok((root, workspace))
}

/// A digest of each file: its path and all its bytes, also of one that is only listed.
///
/// # Errors
/// Where the disk refuses.
pub fn digests(changes: &[Change]) -> Result<Vec<blake3::Hash>, Failure> {
    changes.par_iter().map(digest_of).collect()
}

fn digest_of(change: &Change) -> Result<blake3::Hash, Failure> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{:?}", change.at).as_bytes());
    match &change.content {
        Content::Bytes(bytes) => hasher.update(b"=").update(bytes),
        Content::OnDisk { from } => {
            let fail = |error| Failure::io("read", from, &error);
            hasher.update(b"=").update_reader(File::open(from).map_err(fail)?).map_err(fail)?
        }
        other => hasher.update(format!("!{other:?}").as_bytes()),
    };
    Ok(hasher.finalize())
}

/// The program that runs: its version, and the length and time of its file. None where the system does not say.
pub fn program() -> Option<String> {
    let metadata = std::env::current_exe().ok()?.metadata().ok()?;
    Some(format!("{} {} {:?}", env!("CARGO_PKG_VERSION"), metadata.len(), metadata.modified().ok()?))
}

/// Reads the settings and the content of the project in the folder `root`; nothing is resolved.
///
/// # Errors
/// Where there is no project, and where the disk refuses.
pub(crate) fn take(root: &Path, options: Options) -> Result<(PathBuf, Workspace), Failure> {
    let (root, changes) = read(root)?;
    let mut workspace = Workspace::new(options);
    workspace.take(changes);
    Ok((root, workspace))
}

/// Reads what a workspace lacks of the project in `root`, which has no symbolic links.
///
/// # Errors
/// Where the disk refuses.
pub fn read_missing(root: &Path, captures: &Path, missing: &Missing) -> Result<Vec<Change>, Failure> {
    let mut changes = match &missing.theme {
        Some(theme) => read_theme(root, theme)?,
        None => Vec::new(),
    };
    changes.extend(read_captures(captures, &missing.captures, root)?);
    Ok(changes)
}

/// Reads the settings, the lock and the content of the project in the folder `root`, and gives the root without symbolic
/// links.
///
/// # Errors
/// Where there is no project, and where the disk refuses.
pub fn read(root: &Path) -> Result<(PathBuf, Vec<Change>), Failure> {
    let no_project = || {
        Failure::new(format!("there is no `{CONFIG}` in `{}`", root.display()))
            .hint("`casebook new DIR` starts a dossier; `--root DIR` names one that is elsewhere")
    };
    let root = std::fs::canonicalize(root).map_err(|error| Failure::io("find", root, &error))?;
    if !root.join(CONFIG).is_file() {
        return Err(no_project());
    }
    let mut changes = content::list(&root)?;
    let settings = [root.join(CONFIG), root.join(LOCK)];
    let settings: Vec<PathBuf> = settings.into_iter().filter(|path| path.is_file()).collect();
    if let Some(outside) = settings.iter().find(|path| !is_inside(path, &root)) {
        return Err(Failure::new(format!("`{}` is a symbolic link that leads out of the project", outside.display())));
    }
    changes.extend(read_texts(&settings, &root)?);
    Ok((root, changes))
}

/// Reads files in parallel.
fn read_texts(paths: &[PathBuf], root: &Path) -> Result<Vec<Change>, Failure> {
    let read = |path: &PathBuf| Ok(Change::bytes(shown(path, root), read_bytes(path)?));
    paths.par_iter().map(read).collect()
}

/// The bytes of a file that is not too long.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let fail = |error| Failure::io("read", path, &error);
    let mut file = File::open(path).map_err(fail)?;
    let length = file.metadata().map_err(fail)?.len();
    if length > LONGEST {
        return Err(Failure::new(format!("`{}` is longer than 4 GiB", path.display())).hint("split it"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    file.read_to_end(&mut bytes).map_err(fail)?;
    Ok(bytes)
}

/// Whether a path, its links resolved, is in the folder, which has none.
fn is_inside(path: &Path, folder: &Path) -> bool {
    std::fs::canonicalize(path).is_ok_and(|path| path.starts_with(folder))
}

/// A path as people write it: relative to the root where it is inside, with forward slashes.
fn shown(path: &Path, root: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// A file's name, as far as it is text.
fn name(path: &Path) -> String {
    path.file_name().map(OsStr::to_string_lossy).unwrap_or_default().into_owned()
}

#[cfg(test)]
mod tests;
