//! Every change of the output folder is one of these steps, so that the tests can kill a build before any of them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::failure::Failure;

/// The disk.
#[derive(Debug, Default)]
pub(super) struct Disk {
    /// How many steps are left before the build is killed.
    #[cfg(test)]
    pub(super) steps_left: Option<std::sync::atomic::AtomicUsize>,
}

impl Disk {
    /// Creates or overwrites a file, with the folders above it.
    pub(super) fn write(&self, path: &Path, content: &[u8]) -> Result<(), Failure> {
        self.create(path, |file| file.write_all(content))
    }

    /// Creates or overwrites a file, with the folders above it, and lets `fill` write it.
    pub(super) fn create<T>(&self, path: &Path, fill: impl FnOnce(&mut File) -> io::Result<T>) -> Result<T, Failure> {
        self.step(path)?;
        let opened = File::create(path).or_else(|error| match (error.kind(), path.parent()) {
            (io::ErrorKind::NotFound, Some(folder)) => fs::create_dir_all(folder).and_then(|()| File::create(path)),
            _ => Err(error),
        });
        opened.and_then(|mut file| fill(&mut file)).map_err(|error| Failure::io("write", path, &error))
    }

    /// Replaces a file by another one on the same disk, at once.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        self.step(to)?;
        fs::rename(from, to).map_err(|error| Failure::io("write", to, &error))
    }

    /// Creates a folder and those above it.
    pub(super) fn create_folder(&self, path: &Path) -> Result<(), Failure> {
        self.step(path)?;
        fs::create_dir_all(path).map_err(|error| Failure::io("create the folder", path, &error))
    }

    /// Removes a file or a symbolic link, if it is there.
    pub(super) fn remove_file(&self, path: &Path) -> Result<(), Failure> {
        self.step(path)?;
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::io("remove", path, &error)),
            _ => Ok(()),
        }
    }

    /// Removes a folder if it is there and empty.
    pub(super) fn remove_empty_folder(&self, path: &Path) -> Result<bool, Failure> {
        self.step(path)?;
        // Whatever the reason, a folder that stays does no harm.
        Ok(fs::remove_dir(path).is_ok())
    }

    /// Removes a folder with all that is in it, or whatever else has its name. Links in it are not followed.
    pub(super) fn remove_folder(&self, path: &Path) -> Result<(), Failure> {
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                self.step(path)?;
                fs::remove_dir_all(path).map_err(|error| Failure::io("remove", path, &error))
            }
            Ok(_) => self.remove_file(path),
            Err(_) => Ok(()),
        }
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the tests kill a build here")]
    fn step(&self, _path: &Path) -> Result<(), Failure> {
        Ok(())
    }

    #[cfg(test)]
    fn step(&self, path: &Path) -> Result<(), Failure> {
        use std::sync::atomic::Ordering::SeqCst;
        let Some(left) = &self.steps_left else { return Ok(()) };
        left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1))
            .map(drop)
            .map_err(|_| Failure::new(format!("killed before {}", path.display())))
    }
}
