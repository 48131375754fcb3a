//! `casebook schema`.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::failure::Failure;
use crate::schema::{SUBJECTS, Subject};

/// Print the JSON Schema of casebook.toml or of a record's front matter
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// What it describes
    #[arg(default_value = "casebook", value_parser = PossibleValuesParser::new(SUBJECTS.iter().map(|subject| subject.name)))]
    name: String,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> Result<Outcome, Failure> {
    console.result(&Subject::named(&arguments.name).map(Subject::to_json).unwrap_or_default())?;
    Ok(Outcome::Done)
}
