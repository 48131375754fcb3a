//! `casebook completions`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::console::Console;
use crate::cli::{Cli, Outcome};
use crate::failure::Failure;

/// Print completions for a shell
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "casebook", &mut script);
    console.result(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
