//! `casebook build`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::build::{Compiled, OUTPUT, Options, Read, Unchanged};
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::names::WithheldNames;
use crate::cli::progress::Progress;
use crate::cli::timings::Clock;
use crate::failure::Failure;
use crate::observe::Observer;
use crate::write::Report;

/// Build the site
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The folder to build into [default: public, in the dossier's folder]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Where the site is published, in place of what casebook.toml says
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,

    /// Include drafts
    #[arg(long)]
    drafts: bool,

    /// Say at the end how long each stage took
    #[arg(long)]
    timings: bool,

    #[command(flatten)]
    names: WithheldNames,
}

pub(super) fn run(arguments: &Arguments, root: &Path, console: &Console) -> Result<Outcome, Failure> {
    let options = Options {
        drafts: arguments.drafts,
        base_url: arguments.base_url.clone(),
        names: arguments.names.read(root, console)?,
        ..Options::default()
    };
    let clock = arguments.timings.then(Clock::start);
    // On one of the threads that share the work: memory that a thread has given back is the same thread's.
    let built = rayon::scope(|_| match &clock {
        Some(clock) => build(arguments, root, options, clock),
        // Who measures wants nothing else to be done.
        None if console.can_redraw() => build(arguments, root, options, &Progress::start()),
        None => build(arguments, root, options, &()),
    });
    let (output, built) = built?;
    let outcome = tell(&output, built, console);
    clock.iter().for_each(|clock| console.say(&clock.table()));
    outcome
}

/// What a build came to.
enum Built {
    /// The site was there already.
    Already(Unchanged),
    /// What was done to the output folder; nothing where the dossier has errors.
    Anew(Box<Compiled>, Result<Option<Report>, Failure>),
}

fn build(
    arguments: &Arguments,
    root: &Path,
    options: Options,
    observer: &impl Observer,
) -> Result<(PathBuf, Built), Failure> {
    let mut project = Read::project(root, options, observer)?;
    let output = match &arguments.output {
        Some(output) => output.clone(),
        None => default_output(&project.root)?,
    };
    if let Some(unchanged) = project.unchanged(&output, observer)? {
        return Ok((output, Built::Already(unchanged)));
    }
    let mut compiled = project.compile(observer)?;
    let report = compiled.build(&output, observer);
    Ok((output, Built::Anew(Box::new(compiled), report)))
}

/// Says what a build into the folder `output` came to.
fn tell(output: &Path, built: Built, console: &Console) -> Result<Outcome, Failure> {
    let report = match built {
        Built::Already(Unchanged { count, diagnostics, files }) => {
            console.diagnose(&diagnostics, &files);
            Some(Report { unchanged: count, ..Report::default() })
        }
        Built::Anew(compiled, report) => {
            console.diagnose(&compiled.diagnostics, compiled.files());
            // The process ends here: giving back a dossier string by string takes longer than leaving it to the system.
            std::mem::forget(compiled);
            report?
        }
    };
    let Some(Report { written, unchanged, removed }) = report else { return Ok(Outcome::Errors) };
    let files = if written == 1 { "file" } else { "files" };
    console.say(&format!("{}: {written} {files} written, {unchanged} unchanged, {removed} removed", output.display()));
    Ok(Outcome::Done)
}

/// `public` in the project, and not behind a link out of it, which nobody at this command line has asked for.
fn default_output(root: &Path) -> Result<PathBuf, Failure> {
    let output = root.join(OUTPUT);
    match std::fs::canonicalize(&output) {
        Ok(real) if !real.starts_with(root) => {
            Err(Failure::new(format!("`{}` is a symbolic link that leads out of the project", output.display()))
                .hint(format!("`--output {}` builds there", real.display())))
        }
        _ => Ok(output),
    }
}

/// An absolute address with a `/` at its end.
pub(super) fn base_url(text: &str) -> Result<String, String> {
    let after_scheme = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let is_plain =
        !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '"' | '<' | '>'));
    match after_scheme {
        Some(rest) if is_plain && !rest.is_empty() && !rest.starts_with('/') => {
            Ok(format!("{}/", text.trim_end_matches('/')))
        }
        _ => Err("an address such as https://example.org/dossier/ is needed, without `?` and `#`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_absolute_and_ends_in_a_slash() {
        assert_eq!(base_url("https://example.org/a").as_deref(), Ok("https://example.org/a/"));
        assert_eq!(base_url("http://localhost:8000//").as_deref(), Ok("http://localhost:8000/"));
        for bad in ["", "example.org", "https://", "https:///x", "https://a b", "https://a/?q", "ftp://a"] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }
}
