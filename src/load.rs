//! A project on disk → its texts, numbered, and what each is by its place. Reads; decides nothing about what they say.
//!
//! Every file is read once, in parallel; the numbers follow the paths. Files that are copied as they are (`static`) are
//! only listed. Symbolic links are followed inside the project and never out of it.

mod captures;
mod content;
mod text;
mod theme;
mod walk;

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Severity};
use crate::failure::Failure;
use crate::files::{ByteRange, File, FileId, Files, Span};
use crate::ids::{RecordId, RecordKind};
use crate::site::SitePath;

pub use captures::load_captures;
pub use theme::{ThemeFile, list_themes, load_theme};

/// The name of the file with a dossier's settings, which makes a folder a project.
pub const CONFIG: &str = "casebook.toml";
/// The name of the file that says what was checked against the captures.
pub const LOCK: &str = "captures.lock";
/// The name of the folder with the records.
pub const CONTENT: &str = "content";
/// The name of the folder with the themes.
pub const THEMES: &str = "themes";

/// A project's texts.
#[derive(Debug)]
pub struct Project {
    /// The root, without symbolic links.
    pub root: PathBuf,
    /// The texts.
    pub files: Files,
    /// `casebook.toml`.
    pub config: FileId,
    /// `captures.lock`, where there is one.
    pub lock: Option<FileId>,
    /// The records' files, by path.
    pub records: Vec<RecordFile>,
    /// What is copied to the site as it is, by path.
    pub statics: Vec<StaticFile>,
    /// What is wrong with the files as files.
    pub diagnostics: Vec<Diagnostic>,
}

/// A record's file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordFile {
    /// The text.
    pub file: FileId,
    /// What it is by its folder.
    pub kind: RecordKind,
    /// Its stem, where that has an id's form; none for the home page.
    pub id: Option<RecordId>,
}

/// A file that is copied as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaticFile {
    /// Where it stands in the site.
    pub path: SitePath,
    /// Where it is on disk.
    pub from: PathBuf,
    /// Its length in bytes.
    pub size: u64,
}

/// Reads the project in the folder `root`.
///
/// # Errors
/// Where there is no project, and where the disk refuses. What is wrong with single files is in
/// [`Project::diagnostics`].
pub fn load(root: &Path) -> Result<Project, Failure> {
    let no_project = || {
        Failure::new(format!("there is no `{CONFIG}` in `{}`", root.display()))
            .hint("`casebook new DIR` starts a dossier; `--root DIR` names one that is elsewhere")
    };
    let root = std::fs::canonicalize(root).map_err(|error| Failure::io("find", root, &error))?;
    if !root.join(CONFIG).is_file() {
        return Err(no_project());
    }
    let listing = content::list(&root)?;

    let mut paths = vec![root.join(CONFIG)];
    paths.extend(root.join(LOCK).is_file().then(|| root.join(LOCK)));
    let before_records = paths.len();
    if let Some(outside) = paths.iter().find(|path| !is_inside(path, &root)) {
        return Err(Failure::new(format!("`{}` is a symbolic link that leads out of the project", outside.display())));
    }
    paths.extend(listing.records.iter().map(|record| record.path.clone()));

    let mut files = Files::default();
    let mut diagnostics = Vec::new();
    let numbers = text::read_all(&paths, &root, &mut files, &mut diagnostics)?;
    let mut records = Vec::with_capacity(listing.records.len());
    for (record, &file) in listing.records.into_iter().zip(&numbers[before_records..]) {
        let record = RecordFile { file, kind: record.kind, id: record.id };
        diagnostics.extend(record.bad_name(&files));
        records.push(record);
    }
    diagnostics.extend(listing.wrong.into_iter().map(|wrong| wrong.into_diagnostic(&mut files)));
    let lock = (before_records > 1).then(|| numbers[1]);
    Ok(Project { root, files, config: numbers[0], lock, records, statics: listing.statics, diagnostics })
}

impl RecordFile {
    /// What is wrong with the file's name.
    fn bad_name(&self, files: &Files) -> Option<Diagnostic> {
        if self.kind == RecordKind::Home || self.id.is_some() {
            return None;
        }
        let name = &files.get(self.file).path;
        let name = name.rsplit('/').next().unwrap_or(name);
        let at = Span { file: self.file, range: ByteRange::default() };
        Some(bad_id(name.strip_suffix(".md").unwrap_or(name), Some(at)))
    }
}

fn bad_id(stem: &str, at: Option<Span>) -> Diagnostic {
    let wrong = Diagnostic::new(Severity::Error, "bad-id", at, format!("the file's name `{stem}` cannot be an id"));
    let rule = "an id has lower-case letters from a to z, digits and hyphens only";
    match ascii_slug(stem) {
        Some(slug) => wrong.hint(format!("rename the file to `{slug}.md`: {rule}")),
        None => wrong.hint(format!("rename the file: {rule}")),
    }
}

/// An id that is close to `text`: accents dropped, everything else that an id cannot have a hyphen.
pub fn ascii_slug(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let plain: String = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let slug: String = crate::ids::slug(&plain).chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
    let parts: Vec<_> = slug.split('-').filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("-"))
}

/// Something wrong with a file that is not read.
#[derive(Debug)]
struct Wrong {
    code: &'static str,
    path: String,
    message: String,
    hints: Vec<String>,
}

impl Wrong {
    fn new(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self { code, path: path.to_owned(), message: message.into(), hints: Vec::new() }
    }

    fn link_out(path: &str) -> Self {
        Self::new("link-out-of-project", path, "the symbolic link leads out of the project")
            .hint("copy what it leads to into the project")
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The diagnostic, about an empty text of that path.
    fn into_diagnostic(self, files: &mut Files) -> Diagnostic {
        let file = files.add(File { path: self.path, text: "".into(), invalid_at: None });
        let at = Some(Span { file, range: ByteRange::default() });
        let mut diagnostic = Diagnostic::new(Severity::Error, self.code, at, self.message);
        diagnostic.hints = self.hints;
        diagnostic
    }
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

#[cfg(test)]
mod tests;
