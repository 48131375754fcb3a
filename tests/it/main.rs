//! The integration tests, in one binary.

mod bench;
mod broken;
mod cli;
mod corpus;
mod diff;
mod docs;
mod errors;
mod format;
mod former;
mod golden;
mod layers;
mod links;
mod package;
mod preview;
mod rights;
mod schemas;
mod search;
mod serve;
mod site;
mod support;
mod themes;
mod transcripts;
mod tutorial;
mod upkeep;
mod walkthrough;
mod watch;
