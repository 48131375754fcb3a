//! What somebody who can see the disk says of it: files as they are now.

use std::path::PathBuf;

use crate::diag::{Diagnostic, Severity};
use crate::files::{ByteRange, FileId, Span};

/// A file as it is now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Which file.
    pub at: At,
    /// What is there.
    pub content: Content,
}

impl Change {
    /// The bytes of the file at `path`, from the project's root, with forward slashes.
    pub fn bytes(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { at: At::Path(path.into()), content: Content::Bytes(bytes.into()) }
    }

    /// Nothing is at `path` any more, neither a file nor a folder.
    pub fn gone(path: impl Into<String>) -> Self {
        Self { at: At::Path(path.into()), content: Content::Gone }
    }
}

/// Which file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum At {
    /// The one at that path from the project's root, with forward slashes.
    Path(String),
    /// A capture, whose folder may lie outside the project.
    Capture {
        /// The name that sources call it by.
        name: String,
        /// Its path as people are shown it.
        path: String,
    },
}

/// What is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// A file with these bytes.
    Bytes(Vec<u8>),
    /// A file that is copied to the site as it is, and so is not read. It counts as changed whenever it is given.
    OnDisk {
        /// Where it is on disk.
        from: PathBuf,
    },
    /// Something that cannot be taken.
    Refused(Refusal),
    /// Nothing: neither a file nor a folder.
    Gone,
}

/// Why a file cannot be taken, or is no part of a project.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// A stable name in kebab-case, such as `stray-file`.
    pub code: &'static str,
    /// What is wrong, in the user's words, without a full stop.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
}

impl Refusal {
    /// A refusal with nothing but its name and message.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hints: Vec::new() }
    }

    /// That of a symbolic link that leads out of the project.
    pub fn link_out() -> Self {
        Self::new("link-out-of-project", "the symbolic link leads out of the project")
            .hint("copy what it leads to into the project")
    }

    /// That of a name which cannot be a file's on every system.
    pub fn bad_name() -> Self {
        Self::new("bad-file-name", "the file's name is not UTF-8 text, or holds `\\` or `:`").hint("rename the file")
    }

    /// That of a symbolic link that leads to nothing which could be read; `message` says where it leads.
    pub fn bad_link(message: impl Into<String>) -> Self {
        Self::new("bad-link", message).hint("remove it")
    }

    /// That of what is neither a file nor a folder.
    pub fn no_file() -> Self {
        Self::new("stray-file", "this is no ordinary file").hint("remove it")
    }

    /// The same with a further hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The error about the file.
    pub(super) fn diagnostic(&self, file: FileId) -> Diagnostic {
        let at = Some(Span { file, range: ByteRange::default() });
        let mut diagnostic = Diagnostic::new(Severity::Error, self.code, at, self.message.clone());
        diagnostic.hints.clone_from(&self.hints);
        diagnostic
    }
}
