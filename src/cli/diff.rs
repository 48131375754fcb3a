//! `casebook diff`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::build::{Compiled, Options, compile, compile_revision, has_revision};
use crate::cli::console::Console;
use crate::cli::names::WithheldNames;
use crate::cli::{Outcome, find_root};
use crate::compare::json::Side;
use crate::compare::{Comparison, Version, compare, human, json, markdown};
use crate::diag::Severity;
use crate::failure::Failure;
use crate::workspace::CONFIG;

/// Say what changed between two states of a dossier
///
/// Each is a folder with a dossier, or a git revision of this one, such as `main` or `HEAD~3`. The exit status is 0 with
/// and without changes, and 1 where the newer state has errors: what it gives is compared all the same.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The older state
    old: String,

    /// The newer state [default: this dossier as it is on disk]
    new: Option<String>,

    /// Who reads it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Where the site is published, for links to its pages, in place of what casebook.toml says
    #[arg(long, value_name = "URL", value_parser = super::build::base_url)]
    base_url: Option<String>,

    /// Include drafts
    #[arg(long)]
    drafts: bool,

    #[command(flatten)]
    names: WithheldNames,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// People at a terminal
    Human,
    /// People in a pull or merge request: a comment of at most 60,000 bytes
    Markdown,
    /// Machines: an object, described in docs/diff.md
    Json,
}

pub(super) fn run(arguments: &Arguments, root: Option<&Path>, console: &Console) -> Result<Outcome, Failure> {
    let here = find_root(root).unwrap_or_else(|_| PathBuf::from("."));
    arguments.names.read(&here, console)?;
    let options = || Options { drafts: arguments.drafts, ..Options::default() };
    let old = state(&arguments.old, root, options())?;
    let (new, name) = match &arguments.new {
        Some(new) => (state(new, root, options())?, new.clone()),
        None => (compile(&find_root(root)?, options())?, "the files on disk".to_owned()),
    };
    let sides = [side(&old, arguments.old.clone()), side(&new, name)];
    let comparison = compare_states(&old, &new);
    let notes: Vec<String> = sides.iter().zip([&old, &new]).filter_map(|(side, state)| note(side, state)).collect();
    match arguments.format {
        Format::Human => console.result(&human::render(&comparison, console.colours_results()))?,
        Format::Json => console.result(&json::render(&comparison, &sides[0], &sides[1]))?,
        Format::Markdown => {
            let base_url = arguments.base_url.as_ref().or(new.dossier().config.base_url.as_ref());
            console.result(&markdown::render(&comparison, base_url.map(String::as_str), &notes))?;
        }
    }
    notes.iter().for_each(|note| console.say(note));
    let has_errors = sides[1].errors > 0;
    // The process ends here: giving back two dossiers string by string takes longer than leaving it to the system.
    std::mem::forget((old, new));
    Ok(if has_errors { Outcome::Errors } else { Outcome::Done })
}

fn compare_states(old: &Compiled, new: &Compiled) -> Comparison {
    let (old_unread, new_unread) = (old.unread(), new.unread());
    let old = Version { dossier: old.dossier(), unread: &old_unread };
    compare(old, Version { dossier: new.dossier(), unread: &new_unread })
}

/// The state that a name stands for: the folder of that name, where it holds a dossier, else the revision.
fn state(name: &str, root: Option<&Path>, options: Options) -> Result<Compiled, Failure> {
    let folder = Path::new(name);
    if !folder.join(CONFIG).is_file() {
        return compile_revision(&find_root(root)?, name, options);
    }
    let is_bare = folder.components().count() == 1 && !name.contains(['/', '\\', '.']);
    if is_bare && find_root(root).is_ok_and(|root| has_revision(&root, name)) {
        return Err(Failure::new(format!("`{name}` is a folder with a dossier, and a git revision"))
            .hint(format!("write `./{name}` for the folder, `heads/{name}` or `tags/{name}` for the revision")));
    }
    compile(folder, options)
}

fn side(compiled: &Compiled, name: String) -> Side {
    let errors = compiled.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    Side { name, errors }
}

/// What is to be said of a side with errors.
fn note(side: &Side, state: &Compiled) -> Option<String> {
    let errors = if side.errors == 1 { "1 error".to_owned() } else { format!("{} errors", side.errors) };
    let unread = if state.unread().is_empty() { "" } else { ", and nothing is known of files that cannot be read" };
    (side.errors > 0).then(|| format!("{}: {errors}{unread}", side.name))
}
