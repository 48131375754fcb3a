//! The integration tests, in one binary.

mod broken;
mod cli;
mod corpus;
mod errors;
mod golden;
mod layers;
mod search;
mod site;
mod support;
mod themes;
mod transcripts;
