//! What the program keeps for itself between two runs: files in `.casebook/cache` of the project's folder.
//!
//! All of it can be deleted at any time. A file that cannot be read or written is as good as none: the next run does
//! again what it would have saved.

use std::fs;
use std::io;
use std::path::Path;

/// The program's own folder in a project's.
const FOLDER: &str = ".casebook";

/// The bytes that were kept under that name, for the project in `root`.
pub fn read(root: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(root.join(FOLDER).join("cache").join(name)).ok()
}

/// Keeps bytes under that name, whole or not at all.
pub fn write(root: &Path, name: &str, bytes: &[u8]) {
    // Nothing is wrong with a dossier whose folder takes no cache.
    let _ = try_write(root, name, bytes);
}

fn try_write(root: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = root.join(FOLDER).join("cache");
    fs::create_dir_all(&folder)?;
    // It is nobody's work, so no repository should have it.
    let ignored = root.join(FOLDER).join(".gitignore");
    if !ignored.exists() {
        fs::write(ignored, "*\n")?;
    }
    let draft = folder.join(format!("{name}.new"));
    fs::write(&draft, bytes)?;
    fs::rename(&draft, folder.join(name))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn what_is_kept_comes_back_and_no_repository_takes_it() {
        let folder = TempDir::new().unwrap();
        assert_eq!(read(folder.path(), "a.json"), None);
        write(folder.path(), "a.json", b"one");
        write(folder.path(), "a.json", b"two");
        assert_eq!(read(folder.path(), "a.json").unwrap(), b"two");
        assert_eq!(fs::read_to_string(folder.path().join(".casebook/.gitignore")).unwrap(), "*\n");
        let kept: Vec<_> = fs::read_dir(folder.path().join(".casebook/cache")).unwrap().collect();
        assert_eq!(kept.len(), 1, "drafts do not stay");
    }

    #[test]
    fn a_folder_that_takes_nothing_is_no_error() {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join(".casebook"), "a file").unwrap();
        write(folder.path(), "a.json", b"one");
        assert_eq!(read(folder.path(), "a.json"), None);
    }
}
