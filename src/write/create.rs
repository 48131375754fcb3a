//! A new file of the dossier's own.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::failure::Failure;

/// Writes a file that is not there yet, and the folders that it stands in.
///
/// # Errors
/// Where there is such a file, which stays as it is, and where the disk refuses.
pub fn create(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let fail = |error| Failure::io("write", path, &error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => file.write_all(content).map_err(|error| {
            // Half a file would be a mistake of somebody else's tomorrow.
            let _ = fs::remove_file(path);
            fail(error)
        }),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Failure::new(format!("`{}` is there already, and is not overwritten", path.display())))
        }
        Err(error) => Err(fail(error)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn nothing_is_overwritten() {
        let temporary = TempDir::new().unwrap();
        let path = temporary.path().join("a/b.md");
        create(&path, b"one").unwrap();
        assert!(create(&path, b"two").unwrap_err().message.contains("not overwritten"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
    }
}
