//! Parsed files → [`Dossier`]: ids, links, anchors, origins, backlinks, lints. Pure; never stops at the first error.

use std::collections::HashMap;
use std::sync::Arc;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::dossier::Dossier;
use crate::files::{FileId, Files};
use crate::ids::{RecordId, RecordKind};
use crate::parse::Parsed;

/// A record's file, parsed.
#[derive(Clone, Debug)]
pub struct ParsedFile {
    /// The file.
    pub file: FileId,
    /// What it is by its folder.
    pub kind: RecordKind,
    /// Its stem where that has an id's form; else a problem was reported by load. None for the home page.
    pub id: Option<RecordId>,
    /// What came of it.
    pub parsed: Arc<Parsed>,
}

/// A frozen text in the captures folder.
#[derive(Clone, Debug)]
pub struct CaptureFile {
    /// The SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its text, for a `.txt`, `.md` or `.html`; a byte-order mark and carriage returns as they are.
    pub file: FileId,
}

/// Everything that a dossier is resolved from.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// The settings.
    pub config: Arc<Config>,
    /// The texts, for places in diagnostics.
    pub files: &'a Files,
    /// The records' files, in the order of their paths.
    pub records: &'a [ParsedFile],
    /// The captures that are there, by name.
    pub captures: &'a HashMap<String, CaptureFile>,
    /// What `captures.lock` says.
    pub lock: &'a crate::lock::Lock,
    /// The paths in the site of the files of `content/static`.
    pub statics: &'a std::collections::BTreeSet<String>,
    /// Whether drafts are part of the dossier.
    pub drafts: bool,
}

/// Resolves a dossier. It is whole even where there are errors; no site may be built from it then.
pub fn resolve(input: &Input<'_>) -> (Dossier, Vec<Diagnostic>) {
    let _ = input;
    todo!()
}
