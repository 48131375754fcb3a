//! Casebook: a static site generator for annotated dossiers.

pub mod anchor;
pub mod build;
pub mod check;
pub mod cli;
pub mod config;
pub mod date;
pub mod diag;
pub mod dossier;
pub mod failure;
pub mod fields;
pub mod files;
pub mod ids;
pub mod load;
pub mod lock;
pub mod markdown;
pub mod parse;
pub mod render;
pub mod resolve;
pub mod route;
pub mod site;
pub mod terms;
pub mod text;
pub mod write;
