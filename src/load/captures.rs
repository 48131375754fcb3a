//! The frozen texts that a dossier's sources name.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::diag::Diagnostic;
use crate::failure::Failure;
use crate::files::{File, Files};
use crate::load::{is_inside, shown, text};
use crate::resolve::CaptureFile;

/// Reads those captures of `names` that are in the folder; the others are none. What is no text is reported.
///
/// # Errors
/// Where the disk refuses, and where a name leads out of the folder.
pub fn load_captures(
    folder: &Path,
    names: &BTreeSet<String>,
    root: &Path,
    files: &mut Files,
) -> Result<(HashMap<String, CaptureFile>, Vec<Diagnostic>), Failure> {
    let names: Vec<&String> = names.iter().collect();
    let read = |name: &&String| read(folder, name, root);
    let read: Vec<Option<(String, File)>> = names.par_iter().map(read).collect::<Result<_, _>>()?;
    let mut diagnostics = Vec::new();
    let mut captures = HashMap::new();
    for (name, (sha256, file)) in names.into_iter().zip(read).filter_map(|(name, read)| Some((name, read?))) {
        let file = text::add(file, files, &mut diagnostics);
        captures.insert(name.clone(), CaptureFile { sha256, file });
    }
    Ok((captures, diagnostics))
}

fn read(folder: &Path, name: &str, root: &Path) -> Result<Option<(String, File)>, Failure> {
    let path = folder.join(name);
    if !path.is_file() {
        return Ok(None);
    }
    if !std::fs::canonicalize(folder).is_ok_and(|folder| is_inside(&path, &folder)) {
        return Err(Failure::new(format!("the capture `{}` leads out of the captures folder", path.display()))
            .hint("copy what it leads to into the folder"));
    }
    let bytes = text::read_bytes(&path)?;
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Some((sha256, text::decode(bytes, shown(&path, root)))))
}
