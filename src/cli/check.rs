//! `casebook check`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::build::{Compiled, Options, compile};
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::names::WithheldNames;
use crate::diag::{github, gitlab, has_errors, json, sarif};
use crate::failure::Failure;
use crate::links;
use crate::workspace::LOCK;

/// Say what is wrong, without writing the site
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Who reads the findings: people, on standard error, or machines, on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// The captures folder, in place of the one that casebook.toml names
    #[arg(long, value_name = "DIR")]
    captures: Option<PathBuf>,

    /// Write to captures.lock which sources match their captures
    #[arg(long)]
    record: bool,

    /// Include drafts
    #[arg(long)]
    drafts: bool,

    /// Ask for every address outside of the dossier whether it is still there
    #[arg(long)]
    links: bool,

    #[command(flatten)]
    names: WithheldNames,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// Excerpts with the place underlined
    Human,
    /// One array of objects: severity (error, warning, note), code, message, file, line, column, end_line, end_column,
    /// label, labels (further places), hints. Lines and columns count from 1, columns in code points, and the end is
    /// exclusive; all five are null where no file can be named. `[]` where nothing is wrong
    Json,
    /// GitHub's workflow commands, which become annotations of the lines that are wrong
    Github,
    /// A GitLab Code Quality report, which a merge request shows
    Gitlab,
    /// A SARIF 2.1.0 log, for code scanning
    Sarif,
}

pub(super) fn run(arguments: &Arguments, root: &Path, console: &Console) -> Result<Outcome, Failure> {
    if let Some(captures) = arguments.captures.as_deref().filter(|captures| !captures.is_dir()) {
        return Err(Failure::new(format!("there is no captures folder `{}`", captures.display())));
    }
    let options = Options {
        drafts: arguments.drafts,
        captures: arguments.captures.clone(),
        names: arguments.names.read(root, console)?,
        ..Options::default()
    };
    let mut compiled = compile(root, options)?;
    compiled.check_pages()?;
    if arguments.links {
        check_links(&mut compiled, console);
    }
    let (found, files, prefix) = (&compiled.diagnostics, compiled.files(), prefix(&compiled.root));
    match arguments.format {
        Format::Json => console.result(&json::render(found, files))?,
        Format::Github => console.result(&github::render(found, files, &prefix))?,
        Format::Gitlab => console.result(&gitlab::render(found, files, &prefix))?,
        Format::Sarif => console.result(&sarif::render(found, files, &prefix))?,
        Format::Human => console.diagnose(found, files),
    }
    if arguments.record {
        record(&compiled, console)?;
    }
    let errors = has_errors(&compiled.diagnostics);
    if compiled.diagnostics.is_empty() && arguments.format == Format::Human {
        console.say(&format!("nothing is wrong in {} records", compiled.count()));
    }
    Ok(if errors { Outcome::Errors } else { Outcome::Done })
}

/// The dossier's folder in its repository, with `/` at its end; empty where it is the whole of it. The repository is what
/// GitHub has checked out, else the nearest folder above that git manages.
fn prefix(root: &Path) -> String {
    let workspace = std::env::var_os("GITHUB_WORKSPACE").and_then(|folder| fs::canonicalize(folder).ok());
    let repository = workspace.as_deref().filter(|folder| root.starts_with(folder));
    let repository = repository.or_else(|| root.ancestors().find(|folder| folder.join(".git").exists()));
    let folders = repository.and_then(|repository| root.strip_prefix(repository).ok()).unwrap_or(Path::new(""));
    folders.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}

/// Asks for the addresses outside.
fn check_links(compiled: &mut Compiled, console: &Console) {
    let answers = compiled.check_links(&links::Options::default());
    let (all, known) = (answers.answers.len(), answers.remembered);
    let addresses = if all == 1 { "address" } else { "addresses" };
    console.say(&format!("{all} {addresses} outside: {} asked for, {known} known from the last day", all - known));
}

/// Writes `captures.lock`, whole or not at all, where it has changed.
fn record(compiled: &Compiled, console: &Console) -> Result<(), Failure> {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let lock = compiled.record(&today);
    let path = compiled.root.join(LOCK);
    if lock != *compiled.lock() || !path.exists() {
        let draft = path.with_extension("lock.new");
        let written = fs::write(&draft, lock.to_toml()).and_then(|()| fs::rename(&draft, &path));
        written.map_err(|error| Failure::io("write", &path, &error))?;
    }
    let count = lock.sources.len();
    console.say(&format!("{LOCK}: {count} source{} recorded", if count == 1 { "" } else { "s" }));
    Ok(())
}
