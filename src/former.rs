//! The last build of a project into a folder → whether one more would come to the same, or which of its pages would.
//!
//! What a site is made from is known by a digest of all its bytes, of the options and of the program; what a build left
//! behind, by the names, lengths and times of the files. Where both are as they were, nothing has to be worked out or
//! written, and what that build had to say is said again. This part decides nothing by the times of inputs: a checkout
//! gives every file a new one.

mod recipes;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};
use serde::{Deserialize, Serialize};

use crate::cache;
use crate::diag::{Diagnostic, Label, Severity};
use crate::files::{ByteRange, File, FileId, Files, Span};
use crate::workspace::{At, Change, Content, Missing};

pub use recipes::{Alike, Larder, Made, Recipe, Recipes, Stretch};

/// What a build was made from, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Former {
    made_from: String,
    site: String,
    files: usize,
    captures_folder: PathBuf,
    theme: Option<String>,
    captures: Vec<String>,
    findings: Vec<Finding>,
}

/// A [`Diagnostic`] as it is kept: its files by their paths.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Finding {
    is_warning: bool,
    code: String,
    place: Option<Place>,
    message: String,
    label: String,
    others: Vec<(Place, String)>,
    hints: Vec<String>,
    is_veiled: bool,
}

/// A place in a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Place {
    path: String,
    start: u32,
    end: u32,
}

/// What was read beside the content: where to look for it again.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The folder that captures are in.
    pub captures_folder: PathBuf,
    /// What settings and sources name.
    pub missing: Missing,
}

/// What a build without errors left.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The state of the output folder.
    pub site: Hash,
    /// How many files the site has.
    pub count: usize,
    /// What the build had to say.
    pub diagnostics: &'a [Diagnostic],
    /// The texts that it speaks of.
    pub texts: &'a Files,
}

/// What a site is made from, as a digest. Each part adds its length, so that none runs into the next.
#[derive(Clone, Debug)]
pub struct Ingredients(Hasher);

impl Ingredients {
    /// That of what the command line says and of the program itself.
    pub fn new(settings: &[&str]) -> Self {
        let mut all = Self(Hasher::new());
        settings.iter().for_each(|setting| all.add(setting.as_bytes()));
        all
    }

    /// With files, by their digests.
    pub fn add_files<'a>(&mut self, files: impl IntoIterator<Item = &'a Hash>) {
        let files: Vec<u8> = files.into_iter().flat_map(|digest| *digest.as_bytes()).collect();
        self.add(&files);
    }

    fn add(&mut self, part: &[u8]) {
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// The digest of what has been added.
    pub fn digest(&self) -> Hash {
        self.0.finalize()
    }
}

impl Former {
    /// The last build of the project in `root` into the folder `output`, if it is remembered.
    pub fn read(root: &Path, output: &Path) -> Option<Self> {
        serde_json::from_slice(&cache::read(root, &name(output, "build", "json")?)?).ok()
    }

    /// What was read beside the content.
    pub fn beside(&self) -> Beside {
        let missing = Missing { theme: self.theme.clone(), captures: self.captures.iter().cloned().collect() };
        Beside { captures_folder: self.captures_folder.clone(), missing }
    }

    /// How many files the site has.
    pub fn count(&self) -> usize {
        self.files
    }

    /// Whether a build from these ingredients into a folder in this state would change nothing.
    pub fn holds(&self, made_from: &Ingredients, site: Option<Hash>) -> bool {
        self.made_from == made_from.digest().to_hex().as_str()
            && site.is_some_and(|site| self.site == site.to_hex().as_str())
    }

    /// What that build had to say, and the texts that it speaks of, taken from `changes`.
    pub fn said(&self, changes: &[&Change]) -> (Vec<Diagnostic>, Files) {
        let bytes: HashMap<&str, &[u8]> = changes.iter().filter_map(|change| bytes(change)).collect();
        let mut texts = Texts { bytes, files: Files::default(), ids: HashMap::new() };
        let diagnostics = self.findings.iter().map(|finding| finding.diagnostic(&mut texts)).collect();
        (diagnostics, texts.files)
    }

    /// What came of a build.
    pub fn new(made_from: &Ingredients, beside: &Beside, outcome: &Outcome<'_>) -> Self {
        Self {
            made_from: made_from.digest().to_hex().to_string(),
            site: outcome.site.to_hex().to_string(),
            files: outcome.count,
            captures_folder: beside.captures_folder.clone(),
            theme: beside.missing.theme.clone(),
            captures: beside.missing.captures.iter().cloned().collect(),
            findings: outcome.diagnostics.iter().map(|said| Finding::of(said, outcome.texts)).collect(),
        }
    }

    /// Remembers it as the last build of the project in `root` into the folder `output`.
    pub fn write(&self, root: &Path, output: &Path) {
        if let (Some(name), Ok(json)) = (name(output, "build", "json"), serde_json::to_vec(self)) {
            cache::write(root, &name, &json);
        }
    }
}

/// The name of what is kept for an output folder, in a form.
fn name(output: &Path, what: &str, form: &str) -> Option<String> {
    let output = std::path::absolute(output).ok()?;
    let hash = blake3::hash(output.as_os_str().as_encoded_bytes()).to_hex();
    Some(format!("{what}-{}.{form}", &hash[..16]))
}

fn bytes(change: &Change) -> Option<(&str, &[u8])> {
    let (At::Path(path) | At::Capture { path, .. }) = &change.at;
    match &change.content {
        Content::Bytes(bytes) => Some((path, bytes)),
        _ => None,
    }
}

/// The texts that findings speak of, each decoded once.
struct Texts<'a> {
    bytes: HashMap<&'a str, &'a [u8]>,
    files: Files,
    ids: HashMap<String, FileId>,
}

impl Texts<'_> {
    fn span(&mut self, place: &Place) -> Span {
        let file = self.ids.get(&place.path).copied().unwrap_or_else(|| {
            // A file that could not be read as text is spoken of, too.
            let bytes = self.bytes.get(place.path.as_str()).copied().unwrap_or_default();
            let file = self.files.add(File::decode(place.path.clone(), bytes.to_vec()));
            self.ids.insert(place.path.clone(), file);
            file
        });
        Span { file, range: ByteRange { start: place.start, end: place.end } }
    }
}

impl Finding {
    fn of(diagnostic: &Diagnostic, files: &Files) -> Self {
        let place = |span: Span| Place {
            path: files.get(span.file).path.clone(),
            start: span.range.start,
            end: span.range.end,
        };
        Self {
            is_warning: diagnostic.severity == Severity::Warning,
            code: diagnostic.code.to_owned(),
            place: diagnostic.span.map(place),
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            others: diagnostic.others.iter().map(|other| (place(other.place), other.message.clone())).collect(),
            hints: diagnostic.hints.clone(),
            is_veiled: diagnostic.is_veiled,
        }
    }

    fn diagnostic(&self, texts: &mut Texts<'_>) -> Diagnostic {
        Diagnostic {
            // A build with errors leaves nothing to remember.
            severity: if self.is_warning { Severity::Warning } else { Severity::Note },
            // One run reads one build's findings, and ends.
            code: self.code.clone().leak(),
            span: self.place.as_ref().map(|place| texts.span(place)),
            message: self.message.clone(),
            label: self.label.clone(),
            others: self
                .others
                .iter()
                .map(|(place, message)| Label { place: texts.span(place), message: message.clone() })
                .collect(),
            hints: self.hints.clone(),
            is_veiled: self.is_veiled,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn ingredients(settings: &[&str], files: &[u8]) -> Ingredients {
        let mut all = Ingredients::new(settings);
        all.add_files([&blake3::hash(files)]);
        all
    }

    #[test]
    fn what_a_build_said_is_said_again() {
        let folder = TempDir::new().unwrap();
        let mut files = Files::default();
        let unused = files.add(File::decode("content/other.md".to_owned(), b"nothing".to_vec()));
        let file = files.add(File::decode("content/claims/a.md".to_owned(), b"one two".to_vec()));
        let span = |file, start| Span { file, range: ByteRange::new(start, start + 3) };
        let said = vec![
            Diagnostic::new(Severity::Warning, "a-lint", Some(span(file, 4)), "this is odd")
                .label("here")
                .hint("change it")
                .other(span(file, 0), "because of this"),
            Diagnostic::new(Severity::Note, "b-lint", None, "so is that").veiled(),
        ];
        let made_from = ingredients(&["1.0"], b"all");
        let site = blake3::hash(b"site");
        let missing = Missing { theme: Some("own".to_owned()), captures: ["a.html".to_owned()].into() };
        let beside = Beside { captures_folder: "captures".into(), missing };
        let output = folder.path().join("public");
        let outcome = Outcome { site, count: 7, diagnostics: &said, texts: &files };
        Former::new(&made_from, &beside, &outcome).write(folder.path(), &output);

        let former = Former::read(folder.path(), &output).unwrap();
        assert!(Former::read(folder.path(), &folder.path().join("elsewhere")).is_none());
        assert_eq!(former.count(), 7);
        assert_eq!(former.beside().missing, beside.missing);
        assert!(former.holds(&made_from, Some(site)));
        assert!(!former.holds(&made_from, None));
        assert!(!former.holds(&made_from, Some(blake3::hash(b"another"))));
        assert!(!former.holds(&ingredients(&["1.1"], b"all"), Some(site)));
        assert!(!former.holds(&ingredients(&["1.0"], b"al"), Some(site)));

        let change = Change::bytes("content/claims/a.md", b"one two".to_vec());
        let (again, texts) = former.said(&[&change]);
        let shown = |diagnostics: &[Diagnostic], files: &Files| crate::diag::human::render(diagnostics, files, false);
        assert_eq!(shown(&again, &texts), shown(&said, &files));
        assert!(shown(&again, &texts).contains("one two"), "the text is underlined");
        assert_eq!(texts.iter().count(), 1, "{unused:?} is not spoken of");
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let digest = |settings: &[&str]| Ingredients::new(settings).digest();
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_ne!(digest(&["", "a"]), digest(&["a", ""]));
    }
}
