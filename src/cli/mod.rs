//! The command line: arguments in, library calls, printing. One file a command.
//!
//! Results go to standard output, everything else to standard error. The exit status is 0 when done, 1 when the dossier
//! has errors, 2 when the command could not be carried out.

mod add;
mod build;
mod check;
mod completions;
mod console;
mod diff;
mod export;
mod inspect;
mod names;
mod new;
mod progress;
mod quote;
mod schema;
mod serve;
mod theme;
mod timings;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::diag::suggest;
use crate::dossier::{Dossier, RecordRef, SourceIx};
use crate::failure::Failure;
use crate::ids::RecordId;
use crate::workspace::CONFIG;
use console::Console;

/// Turns articles and Markdown commentary into a linked website in which every claim is anchored to the exact words it
/// rests on.
#[derive(Parser, Debug)]
#[command(name = "casebook", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// The dossier's folder [default: the nearest one above with a casebook.toml]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,

    /// How many threads work [default: one a core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

#[derive(Subcommand, Debug)]
enum Command {
    New(new::Arguments),
    Build(build::Arguments),
    Serve(serve::Arguments),
    Check(check::Arguments),
    Diff(diff::Arguments),
    Add(add::Arguments),
    Quote(quote::Arguments),
    Theme(theme::Arguments),
    Inspect(inspect::Arguments),
    Export(export::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
}

/// How a command that was carried out ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// All is well.
    Done,
    /// The dossier has errors, or does not have what was asked for.
    Errors,
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let console = Console::new();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help goes to standard output, usage errors to standard error; a closed pipe is nobody's error.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match run(cli, &console) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::from(1),
        Err(failure) => {
            console.fail(&failure);
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli, console: &Console) -> Result<Outcome, Failure> {
    if let Some(jobs) = cli.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
        pool.map_err(|error| Failure::new(format!("cannot start {jobs} threads: {error}")))?;
    }
    let root = cli.root.as_deref();
    match cli.command {
        Command::New(arguments) => new::run(&arguments, root, console),
        Command::Build(arguments) => build::run(&arguments, &find_root(root)?, console),
        Command::Serve(arguments) => serve::run(&arguments, &find_root(root)?, console),
        Command::Check(arguments) => check::run(&arguments, &find_root(root)?, console),
        Command::Diff(arguments) => diff::run(&arguments, root, console),
        Command::Add(arguments) => add::run(&arguments, &find_root(root)?, console),
        Command::Quote(arguments) => quote::run(&arguments, root, console),
        Command::Theme(arguments) => theme::run(&arguments, &find_root(root)?, console),
        Command::Inspect(arguments) => inspect::run(&arguments, &find_root(root)?, console),
        Command::Export(arguments) => export::run(&arguments, &find_root(root)?, console),
        Command::Schema(arguments) => schema::run(&arguments, console),
        Command::Completions(arguments) => completions::run(&arguments, console),
    }
}

/// The folder that `--root` names, or the nearest one above with a `casebook.toml`.
fn find_root(named: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(root) = named {
        return Ok(root.to_owned());
    }
    let here = std::env::current_dir().map_err(|error| Failure::new(format!("cannot find this folder: {error}")))?;
    let root = here.ancestors().find(|folder| folder.join(CONFIG).is_file());
    root.map(Path::to_owned).ok_or_else(|| {
        Failure::new(format!("there is no `{CONFIG}` in this folder or any folder above it"))
            .hint("`casebook new DIR` starts a dossier; `--root DIR` names one that is elsewhere")
    })
}

/// The source of that id, or of that former id.
fn source(dossier: &Dossier, id: &str) -> Result<SourceIx, Failure> {
    if let Some(RecordRef::Source(ix)) = RecordId::new(id).and_then(|id| dossier.by_id.get(&id).copied()) {
        return Ok(ix);
    }
    let failure = Failure::new(format!("there is no source `{id}`"));
    let ids = dossier.sources.iter().map(|source| source.meta.id.as_str());
    Err(match suggest::did_you_mean(id, ids) {
        Some(hint) => failure.hint(hint),
        None => failure,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
