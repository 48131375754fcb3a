//! Puts what waits in the stage into its place and removes what is no longer part of the site.
//!
//! It can be killed before any step and started again from the manifest: every step that was done is then no step.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::write::disk::Disk;
use crate::write::manifest::{self, Manifest};
use crate::write::{STAGE, fold_case};

/// Writes the manifest of an output folder, whole or not at all.
pub(super) fn write_manifest(disk: &Disk, folder: &Path, manifest: &Manifest) -> Result<(), Failure> {
    use std::io::Write as _;
    let draft = folder.join(STAGE).join(manifest::NAME);
    // The manifest must not reach the disk after what it announces.
    disk.create(&draft, |file| file.write_all(&manifest.to_json()).and_then(|()| file.sync_all()))?;
    disk.rename(&draft, &folder.join(manifest::NAME))
}

/// Whether every staged file can get to its place, and every former one be removed: an error names what is in the way.
/// Changes nothing.
pub(super) fn check(folder: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let touched = manifest.staged.iter().chain(&manifest.removed);
    let touched: BTreeSet<&str> = touched.map(|path| path.rsplit_once('/').map_or("", |(above, _)| above)).collect();
    for above in touched {
        let above = folder.join(above);
        // A folder that is there must take changes; the file that tries it has no name, or goes at once.
        if above.is_dir() {
            tempfile::tempfile_in(&above).map_err(|error| Failure::io("write to the folder", &above, &error))?;
        }
    }
    // In a folder that is not there nothing is in the way, however many files it gets.
    let mut absent = None;
    for path in &manifest.staged {
        if absent.as_ref().is_some_and(|absent: &String| path.starts_with(absent)) {
            continue;
        }
        obstacles(folder, path, &manifest.removed)?;
        let mut above = folders_above(folder, path);
        absent = above.find(|(_, found)| fs::symlink_metadata(found).is_err()).map(|(above, _)| above + "/");
    }
    Ok(())
}

/// Carries out what the manifest announces, up to the final manifest and the end of the stage.
pub(super) fn finish(disk: &Disk, folder: &Path, manifest: Manifest) -> Result<(), Failure> {
    let stage = folder.join(STAGE);
    move_new_folders(disk, &stage, folder)?;
    for path in waiting(&stage, &manifest.staged) {
        for obstacle in obstacles(folder, path, &manifest.removed)? {
            remove(disk, folder, &obstacle)?;
        }
        let to = folder.join(path);
        if let Some(parent) = to.parent().filter(|parent| !parent.is_dir()) {
            disk.create_folder(parent)?;
        }
        if to.is_dir() {
            disk.remove_empty_folder(&to)?;
        }
        disk.rename(&stage.join(path), &to)?;
    }
    let kept = match manifest.removed.is_empty() {
        true => HashMap::new(),
        false => manifest.files.keys().map(|path| (fold_case(path), path)).collect(),
    };
    for path in &manifest.removed {
        if is_beneath_real_folders(folder, path) && !is_still_used(folder, path, &kept) {
            remove(disk, folder, path)?;
        }
    }
    write_manifest(disk, folder, &manifest.done())?;
    disk.remove_folder(&stage)
}

/// Moves every folder of the stage that the site does not have yet, whole; what else waits there stays.
fn move_new_folders(disk: &Disk, stage: &Path, folder: &Path) -> Result<(), Failure> {
    let Ok(entries) = fs::read_dir(stage) else { return Ok(()) };
    for entry in entries {
        let entry = entry.map_err(|error| Failure::io("read the folder", stage, &error))?;
        let to = folder.join(entry.file_name());
        match (entry.file_type(), fs::symlink_metadata(&to)) {
            (Ok(from), Err(_)) if from.is_dir() => disk.rename(&entry.path(), &to)?,
            (Ok(from), Ok(there)) if from.is_dir() && there.is_dir() => move_new_folders(disk, &entry.path(), &to)?,
            _ => {}
        }
    }
    Ok(())
}

/// Those of the staged files that still wait in the stage.
fn waiting<'a>(stage: &Path, staged: &'a BTreeSet<String>) -> Vec<&'a String> {
    let found = walkdir::WalkDir::new(stage).into_iter().filter_map(Result::ok);
    let paths: BTreeSet<PathBuf> = found.filter(|entry| !entry.file_type().is_dir()).map(|e| e.into_path()).collect();
    // Nearly always none or few are left.
    if paths.is_empty() { Vec::new() } else { staged.iter().filter(|path| paths.contains(&stage.join(path))).collect() }
}

/// Which files of the former site stand where `path` or a folder above it has to be.
fn obstacles(folder: &Path, path: &str, removed: &BTreeSet<String>) -> Result<Vec<String>, Failure> {
    for (above, found) in folders_above(folder, path) {
        let Ok(metadata) = fs::symlink_metadata(&found) else { return Ok(Vec::new()) };
        if metadata.is_dir() {
            continue;
        }
        if removed.contains(&above) {
            return Ok(vec![above]);
        }
        let what = if metadata.is_symlink() { "a symbolic link" } else { "a file" };
        return Err(Failure::new(format!("`{}` is {what}, where the site has a folder", found.display()))
            .hint("move it away, or build into another folder with `--output`"));
    }
    let target = folder.join(path);
    if !fs::symlink_metadata(&target).is_ok_and(|metadata| metadata.is_dir()) {
        return Ok(Vec::new());
    }
    let beneath: Vec<String> = removed.iter().filter(|old| old.starts_with(&format!("{path}/"))).cloned().collect();
    if holds_only(&target, folder, &beneath) {
        return Ok(beneath);
    }
    Err(Failure::new(format!("`{}` is a folder with files in it, where the site has a file", target.display()))
        .hint("move it away, or build into another folder with `--output`"))
}

/// Whether a folder holds none but the files of that list and the folders above them.
fn holds_only(inside: &Path, folder: &Path, files: &[String]) -> bool {
    let files: BTreeSet<PathBuf> = files.iter().map(|file| folder.join(file)).collect();
    let is_ours = |path: &Path| path == inside || files.iter().any(|file| file.starts_with(path));
    walkdir::WalkDir::new(inside).into_iter().all(|entry| entry.is_ok_and(|entry| is_ours(entry.path())))
}

/// Removes a file, and the folders above it that it leaves empty.
fn remove(disk: &Disk, folder: &Path, path: &str) -> Result<(), Failure> {
    let file = folder.join(path);
    if fs::symlink_metadata(&file).is_ok_and(|metadata| !metadata.is_dir()) {
        disk.remove_file(&file)?;
    }
    let mut above = file.parent();
    while let Some(parent) = above.filter(|parent| *parent != folder && parent.starts_with(folder)) {
        if parent.is_dir() && !disk.remove_empty_folder(parent)? {
            break;
        }
        above = parent.parent();
    }
    Ok(())
}

/// Whether no folder above `path` is a symbolic link: what is behind one is not the program's.
fn is_beneath_real_folders(folder: &Path, path: &str) -> bool {
    folders_above(folder, path).all(|(_, found)| fs::symlink_metadata(found).map_or(true, |found| found.is_dir()))
}

/// Whether a former path is, on a disk that knows no case, the file that a path of the new site names.
fn is_still_used(folder: &Path, path: &str, kept: &HashMap<String, &String>) -> bool {
    let same = |kept: &&String| {
        let canonical = |path: &str| fs::canonicalize(folder.join(path)).ok();
        canonical(kept).is_some_and(|kept| Some(kept) == canonical(path))
    };
    kept.get(&fold_case(path)).is_some_and(same)
}

/// The folders above a path of the site, from the outermost: the path in the site, and on disk.
fn folders_above<'a>(folder: &'a Path, path: &'a str) -> impl Iterator<Item = (String, PathBuf)> + 'a {
    path.match_indices('/').map(move |(slash, _)| (path[..slash].to_owned(), folder.join(&path[..slash])))
}
