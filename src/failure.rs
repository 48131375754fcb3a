//! Why a command could not be carried out: the disk, the command line, the terminal; never what a dossier says.
//!
//! What is wrong in a dossier is a [`Diagnostic`](crate::diag::Diagnostic), and all of it is reported. A failure ends
//! the command at once.

use std::fmt;
use std::io;
use std::path::Path;

/// Why a command could not be carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// What is wrong, in the user's words, without a full stop.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
}

impl Failure {
    /// A failure with nothing but its message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    /// What the system says about a file: `doing` is a verb such as "read".
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot {doing} `{}`: {error}", path.display()))
    }

    /// The same with a further hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
