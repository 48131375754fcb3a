//! A project on disk → what themes it can take, and which it takes.

use std::path::Path;

use crate::diag::{self, Diagnostic};
use crate::failure::Failure;
use crate::files::Files;
use crate::load;
use crate::render::theme::{About, about};
use crate::workspace::{Options, Workspace};

/// The themes of a project.
#[derive(Debug)]
pub struct Themes {
    /// The name of the one that the dossier takes.
    pub used: String,
    /// All, the default first and the others by name.
    pub all: Vec<About>,
    /// What is wrong in `casebook.toml` and with the themes' files.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that `diagnostics` speak of.
    pub files: Files,
}

/// Reads what themes there are in the project in the folder `root`. Their templates are not compiled.
///
/// # Errors
/// Where there is no project, and where the disk refuses.
pub fn themes(root: &Path) -> Result<Themes, Failure> {
    let (root, changes) = load::read(root)?;
    let mut workspace = Workspace::new(Options::default());
    workspace.take(changes);
    let mut names = load::list_themes(&root)?;
    for name in &names {
        workspace.take(load::read_theme(&root, name)?);
    }
    names.retain(|name| name != "default");
    names.insert(0, "default".to_owned());
    let used = workspace.config().theme.clone();
    let mut diagnostics = workspace.setting_problems();
    let mut all = Vec::new();
    for name in &names {
        diagnostics.extend(workspace.project().theme_problems(name));
        let none = Default::default();
        match about(name, workspace.project().theme(name).unwrap_or(&none)) {
            Ok(theme) => all.push(theme),
            Err(wrong) => diagnostics.push(wrong),
        }
    }
    diag::sort(&mut diagnostics, workspace.files());
    Ok(Themes { used, all, diagnostics, files: workspace.files().clone() })
}
