//! Dossier and routes → pages.

pub mod code;
pub(crate) mod escape;
pub mod markdown;
