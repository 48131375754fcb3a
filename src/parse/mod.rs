//! Text → [`ast`]: one file at a time, never aborting, with every problem of the file.

pub mod ast;

use crate::diag::Problem;
use crate::ids::RecordKind;

/// What came of a file.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The record; none where the file is too broken to be one, and then its id is poisoned: references to it raise no
    /// second error.
    pub record: Option<ast::Record>,
    /// Everything wrong in the file.
    pub problems: Vec<Problem>,
    /// Whether the file says `draft = true`, which is known even where there is no record.
    pub draft: bool,
}

/// Parses the text of a record's file.
pub fn parse(kind: RecordKind, text: &str) -> Parsed {
    let _ = (kind, text);
    todo!()
}
