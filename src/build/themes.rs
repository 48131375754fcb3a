//! A project on disk → what themes it can take, and which it takes.

use std::path::Path;

use crate::build::{read_with, theme_files};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::failure::Failure;
use crate::files::Files;
use crate::load;
use crate::render::theme::{About, about};

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
    let mut project = load::load(root)?;
    // What is wrong in the records is not asked.
    project.diagnostics.clear();
    let config = read_with(&mut project, |project| Some(project.config), Config::parse);
    let mut names = load::list_themes(&project)?;
    names.retain(|name| name != "default");
    names.insert(0, "default".to_owned());
    let mut all = Vec::new();
    for name in &names {
        let files = theme_files(load::load_theme(&mut project, name)?);
        match about(name, &files) {
            Ok(theme) => all.push(theme),
            Err(wrong) => project.diagnostics.push(wrong),
        }
    }
    if !names.contains(&config.theme) {
        // Says that there is none of that name, and where it is named.
        load::load_theme(&mut project, &config.theme)?;
    }
    Ok(Themes { used: config.theme, all, diagnostics: project.diagnostics, files: project.files })
}
