//! `captures.lock`: what was checked against the captures, and when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::RecordId;

/// The lock's records, by source id.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lock {
    /// One a source.
    pub sources: BTreeMap<RecordId, Entry>,
}

/// What was checked of a source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The SHA-256 of the capture's bytes, in lower-case hexadecimal digits.
    pub capture: String,
    /// The SHA-256 of the body's bytes, likewise.
    pub body: String,
    /// The version of the folding table.
    pub fold: u32,
    /// The day of recording, `YYYY-MM-DD`.
    pub date: String,
}
