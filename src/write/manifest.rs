//! What the program has put into the output folder: `.casebook-manifest.json`. Paths and hashes, no times.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// Its name in the output folder.
pub(super) const NAME: &str = ".casebook-manifest.json";
/// What the names of the program's own files in the output folder begin with.
pub(super) const RESERVED: &str = ".casebook-";
/// The version of the manifest's form.
const VERSION: u32 = 1;

/// The files of the site, and of the one before it while one replaces the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    version: u32,
    /// Whether the stage holds files that belong in their places.
    pub(super) committing: bool,
    /// The site's files: path and BLAKE3 hash in hexadecimal digits.
    pub(super) files: BTreeMap<String, String>,
    /// Files of the site before that are to be removed.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) removed: BTreeSet<String>,
    /// Files that wait in the stage.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) staged: BTreeSet<String>,
}

impl Manifest {
    /// That of a site of which these files wait in the stage.
    pub(super) fn new(files: BTreeMap<String, String>, staged: BTreeSet<String>) -> Self {
        Self { version: VERSION, committing: false, files, removed: BTreeSet::new(), staged }
    }

    /// Reads the manifest of an output folder; none where there is none.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, Failure> {
        let path = folder.join(NAME);
        let json = match fs::read(&path) {
            Ok(json) => json,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::io("read", &path, &error)),
        };
        let damaged = |why: String| {
            Failure::new(format!("`{}` is not what casebook wrote: {why}", path.display()))
                .hint(format!("delete the folder `{}` and build again", folder.display()))
        };
        let manifest: Self = serde_json::from_slice(&json).map_err(|error| damaged(error.to_string()))?;
        if manifest.version != VERSION {
            return Err(damaged(format!("its version is {}, not {VERSION}", manifest.version)));
        }
        // The file may come out of a repository: no path in it may lead out of the folder.
        let paths = manifest.files.keys().chain(&manifest.removed).chain(&manifest.staged);
        match paths.into_iter().find(|path| !is_site_path(path)) {
            Some(bad) => Err(damaged(format!("`{bad}` is no path of a site"))),
            None => Ok(Some(manifest)),
        }
    }

    /// The manifest as it is written.
    pub(super) fn to_json(&self) -> Vec<u8> {
        // Strings and booleans alone cannot fail to become JSON.
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }

    /// The manifest once all is in its place.
    pub(super) fn done(self) -> Self {
        Self { committing: false, removed: BTreeSet::new(), staged: BTreeSet::new(), ..self }
    }
}

/// Whether a path stays in the site on every system, and is none of the program's own files.
pub(super) fn is_site_path(path: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    path.split('/').all(is_name) && !path.starts_with(RESERVED)
}
