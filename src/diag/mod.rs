//! What the program has to say about a dossier's files.
//!
//! A phase that reads one file gives [`Problem`]s, which know no file and not whether it is a draft; [`Problem::into_diagnostic`]
//! makes them [`Diagnostic`]s. The formats for people and for machines are in this module's children.

mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod sarif;
pub mod suggest;

use crate::files::{ByteRange, FileId, Files, Span};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The dossier does not build.
    Error,
    /// It builds, and somebody should look.
    Warning,
    /// For information only.
    Note,
}

impl Severity {
    /// The word that people and machines read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A place that a diagnostic points to, with what it says there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Label<Place> {
    /// The place.
    pub place: Place,
    /// What it says; may be empty.
    pub message: String,
}

/// Something wrong in one file, before the file and what it weighs there are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// How much it weighs at most: the file that it is in can make it weigh less.
    pub severity: Severity,
    /// A stable name in kebab-case, such as `unknown-field`.
    pub code: &'static str,
    /// The offending bytes.
    pub range: ByteRange,
    /// What is wrong, in the user's words, without a full stop.
    pub message: String,
    /// What is said under the underlined text; may be empty.
    pub label: String,
    /// Further places in the same file.
    pub others: Vec<Label<ByteRange>>,
    /// What to do.
    pub hints: Vec<String>,
}

impl Problem {
    /// An error with nothing but its name, place and message.
    pub fn new(code: &'static str, range: ByteRange, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            range,
            message: message.into(),
            label: String::new(),
            others: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// The same as a warning.
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same with words under the underlined text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with a further hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with a further place.
    pub fn other(mut self, place: ByteRange, message: impl Into<String>) -> Self {
        self.others.push(Label { place, message: message.into() });
        self
    }

    /// The problem as a diagnostic about `file`, which weighs no more than `severity`.
    pub fn into_diagnostic(self, file: FileId, severity: Severity) -> Diagnostic {
        let at = |range| Span { file, range };
        Diagnostic {
            severity: severity.max(self.severity),
            code: self.code,
            span: Some(at(self.range)),
            message: self.message,
            label: self.label,
            others: self
                .others
                .into_iter()
                .map(|label| Label { place: at(label.place), message: label.message })
                .collect(),
            hints: self.hints,
            is_veiled: false,
        }
    }
}

/// Something that the program has to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// A stable name in kebab-case: a lint's, or an error's such as `unknown-field`.
    pub code: &'static str,
    /// The offending text; absent only where no file can be named.
    pub span: Option<Span>,
    /// What is wrong, in the user's words, without a full stop.
    pub message: String,
    /// What is said under the underlined text; may be empty.
    pub label: String,
    /// Further places, in any file.
    pub others: Vec<Label<Span>>,
    /// What to do.
    pub hints: Vec<String>,
    /// Whether the texts at its places must not be shown to anybody.
    pub is_veiled: bool,
}

impl Diagnostic {
    /// A diagnostic about `span` with nothing but its name and message.
    pub fn new(severity: Severity, code: &'static str, span: Option<Span>, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            span,
            message: message.into(),
            label: String::new(),
            others: Vec::new(),
            hints: Vec::new(),
            is_veiled: false,
        }
    }

    /// The same for a place whose text must not be shown: it is named by its line and column alone.
    pub fn veiled(mut self) -> Self {
        self.is_veiled = true;
        self
    }

    /// The same with words under the underlined text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with a further hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with a further place.
    pub fn other(mut self, place: Span, message: impl Into<String>) -> Self {
        self.others.push(Label { place, message: message.into() });
        self
    }
}

/// Sorts diagnostics by the path of their file and the offset in it, those without a file first, and drops repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, files: &Files) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| d.span.map(|span| (files.get(span.file).path.clone(), span.range));
        (key(a), a.severity, a.code, &a.message).cmp(&(key(b), b.severity, b.code, &b.message))
    });
    diagnostics.dedup();
}

/// Whether any of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// A file's path from the repository's root; none where it lies outside. `path` is from the project's root, and `prefix`
/// the project's folder in the repository: empty, or with `/` at its end.
fn in_repository(prefix: &str, path: &str) -> Option<String> {
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || has_drive {
        return None;
    }
    let mut parts = Vec::new();
    for part in prefix.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
