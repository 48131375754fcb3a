//! `casebook theme`: what themes there are, and what one is made of.

use std::path::Path;

use clap::{Args, Subcommand};

use crate::build::{Themes, themes};
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::diag::{has_errors, suggest};
use crate::failure::Failure;
use crate::render::theme::{About, Origin};
use crate::workspace::THEMES;

/// Say what themes there are, and what they are made of
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// List the themes; a star marks the one that the dossier takes
    List,
    /// Say where each file of a theme comes from
    Show {
        /// The theme [default: the one that the dossier takes]
        name: Option<String>,
    },
}

pub(super) fn run(arguments: &Arguments, root: &Path, console: &Console) -> Result<Outcome, Failure> {
    let found = themes(root)?;
    console.diagnose(&found.diagnostics, &found.files);
    let text = match &arguments.command {
        Command::List => list(&found),
        Command::Show { name } => show(&found, name.as_deref())?,
    };
    console.result(&text)?;
    Ok(if has_errors(&found.diagnostics) { Outcome::Errors } else { Outcome::Done })
}

/// A line a theme: a star for the one in use, the name, the description.
fn list(found: &Themes) -> String {
    let width = found.all.iter().map(|theme| theme.id.chars().count()).max().unwrap_or(0);
    let line = |theme: &About| {
        let star = if theme.id == found.used { "*" } else { " " };
        let description = theme.description.as_deref().unwrap_or_default();
        format!("{star} {:width$}  {description}", theme.id).trim_end().to_owned() + "\n"
    };
    found.all.iter().map(line).collect()
}

/// A theme's description, and its files by where they come from.
fn show(found: &Themes, name: Option<&str>) -> Result<String, Failure> {
    let name = name.unwrap_or(&found.used);
    let Some(theme) = found.all.iter().find(|theme| theme.id == name) else {
        let names = found.all.iter().map(|theme| theme.id.as_str());
        let failure = Failure::new(format!("there is no theme `{name}`"));
        return Err(match suggest::did_you_mean(name, names) {
            Some(hint) => failure.hint(hint),
            None => failure.hint("`casebook theme list` says which there are"),
        });
    };
    let mut text = format!("{name}\n");
    text.extend(theme.description.iter().map(|description| format!("{description}\n")));
    let groups = [
        (Origin::Overrides, format!("In {THEMES}/{name}, in place of the default theme's:")),
        (Origin::New, format!("In {THEMES}/{name}, new:")),
        (Origin::Same, format!("In {THEMES}/{name}, the same as the default theme's:")),
        (Origin::Default, "From the default theme, which is part of the program:".to_owned()),
    ];
    for (origin, heading) in groups {
        let files: Vec<_> = theme.files.iter().filter(|(_, of)| **of == origin).map(|(path, _)| path).collect();
        if !files.is_empty() {
            text.push_str(&format!("\n{heading}\n"));
            text.extend(files.iter().map(|path| format!("  {path}\n")));
        }
    }
    Ok(text)
}
