//! The frozen texts that a dossier's sources name.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use crate::failure::Failure;
use crate::load::{is_inside, read_bytes, shown};
use crate::workspace::{At, Change, Content};

/// Reads those captures of `names` that are in the folder, and says of the others that they are not there.
///
/// # Errors
/// Where the disk refuses, and where a name leads out of the folder.
pub fn read_captures(folder: &Path, names: &BTreeSet<String>, root: &Path) -> Result<Vec<Change>, Failure> {
    let names: Vec<&String> = names.iter().collect();
    let read = |name: &&String| {
        let path = folder.join(name);
        let at = At::Capture { name: (*name).clone(), path: shown(&path, root) };
        Ok(Change { at, content: read(folder, &path)? })
    };
    names.par_iter().map(read).collect()
}

fn read(folder: &Path, path: &Path) -> Result<Content, Failure> {
    if !path.is_file() {
        return Ok(Content::Gone);
    }
    if !std::fs::canonicalize(folder).is_ok_and(|folder| is_inside(path, &folder)) {
        return Err(Failure::new(format!("the capture `{}` leads out of the captures folder", path.display()))
            .hint("copy what it leads to into the folder"));
    }
    read_bytes(path).map(Content::Bytes)
}
