//! Dossier and routes → pages.

pub mod code;
pub mod markdown;
