//! `casebook inspect`.

use std::path::Path;

use clap::Args;

use crate::build::{Options, compile};
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::failure::Failure;

/// Print the data that a page's template gets, as JSON
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The page's path in the site, such as `claims/index.html`, or a record's id
    page: String,

    /// Where the site is published, in place of what casebook.toml says
    #[arg(long, value_name = "URL", value_parser = super::build::base_url)]
    base_url: Option<String>,

    /// Include drafts
    #[arg(long)]
    drafts: bool,
}

pub(super) fn run(arguments: &Arguments, root: &Path, console: &Console) -> Result<Outcome, Failure> {
    let options = Options { drafts: arguments.drafts, base_url: arguments.base_url.clone(), ..Options::default() };
    let mut compiled = compile(root, options)?;
    match compiled.inspect(&arguments.page)? {
        Some(json) => {
            console.result(&format!("{json}\n"))?;
            Ok(Outcome::Done)
        }
        None => {
            console.diagnose(&compiled.diagnostics, compiled.files());
            Ok(Outcome::Errors)
        }
    }
}
