//! What is not a record: `casebook.toml`, `captures.lock` and the theme. What is broken stays as it last was.

use std::sync::Arc;

use crate::config::Config;
use crate::diag::{Diagnostic, Problem, Severity, has_errors};
use crate::files::FileId;
use crate::lock::Lock;
use crate::render::theme::{Theme, ThemeFiles};
use crate::workspace::Options;
use crate::workspace::project::{Project, Touched};

/// The settings that hold.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// `casebook.toml`, with what the options say in its place.
    pub(super) config: Arc<Config>,
    /// `captures.lock`.
    pub(super) lock: Lock,
    /// The theme; none before anything was read.
    pub(super) theme: Option<Arc<Theme>>,
    config_problems: Vec<Diagnostic>,
    lock_problems: Vec<Diagnostic>,
    theme_problems: Vec<Diagnostic>,
    /// Whether `casebook.toml` has been read without an error.
    had_config: bool,
    theme_of: Option<ThemeOf>,
    /// The files of the last theme without an error.
    good_theme: ThemeFiles,
}

/// What a theme is made from.
type ThemeOf = (Arc<Config>, ThemeFiles);

/// A theme, or what is wrong with it.
pub(super) struct MadeTheme {
    made_from: ThemeOf,
    made: Result<Theme, Vec<Diagnostic>>,
}

impl Settings {
    /// Reads the files of settings that changed. A broken `casebook.toml` leaves the settings as they were; where there
    /// were none, what is wrong in it takes its default.
    pub(super) fn read(&mut self, project: &Project, options: &Options, touched: &Touched) {
        if touched.config {
            let (mut config, wrong) = read(project, project.config(), Config::parse);
            let is_good = !has_errors(&wrong);
            if is_good || !self.had_config {
                config.base_url = options.base_url.clone().or(config.base_url);
                self.config = Arc::new(config);
            }
            self.had_config |= is_good;
            self.config_problems = wrong;
        }
        if touched.lock {
            (self.lock, self.lock_problems) = read(project, project.lock(), Lock::parse);
        }
    }

    /// What the theme is to be made from.
    fn theme_from(&self, project: &Project) -> ThemeOf {
        (self.config.clone(), project.theme(&self.config.theme).cloned().unwrap_or_default())
    }

    /// The theme anew where something that it is made from changed, for [`Settings::take_theme`].
    pub(super) fn make_theme(&self, project: &Project) -> Option<MadeTheme> {
        let made_from = self.theme_from(project);
        if self.theme_of.as_ref() == Some(&made_from) {
            return None;
        }
        let (config, files) = &made_from;
        let missing = project.unknown_theme(&config.theme);
        let made = match missing {
            Some(missing) => Err(vec![missing]),
            None => Theme::new(config, files),
        };
        Some(MadeTheme { made_from, made })
    }

    /// Takes a theme. A broken one leaves the theme's files as they last were.
    pub(super) fn take_theme(&mut self, MadeTheme { made_from, made }: MadeTheme) {
        let (config, files) = &made_from;
        self.theme_problems = match made {
            Ok(theme) => {
                self.theme = Some(Arc::new(theme));
                self.good_theme.clone_from(files);
                Vec::new()
            }
            Err(wrong) => {
                self.theme = Theme::new(config, &self.good_theme).ok().map(Arc::new);
                wrong
            }
        };
        self.theme_of = Some(made_from);
    }

    /// Takes the theme of other settings, where it is made from the same.
    #[cfg(test)]
    pub(super) fn borrow_theme(&mut self, other: &Self, project: &Project) {
        let made_from = self.theme_from(project);
        if other.theme_of.as_ref() == Some(&made_from) {
            self.theme.clone_from(&other.theme);
            self.theme_problems.clone_from(&other.theme_problems);
            self.theme_of = Some(made_from);
        }
    }

    /// Whether there is an error in `casebook.toml`.
    #[cfg(test)]
    pub(super) fn config_is_broken(&self) -> bool {
        has_errors(&self.config_problems)
    }

    /// What is wrong with any of them.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.config_problems.iter().chain(&self.lock_problems).chain(&self.theme_problems)
    }
}

/// What a file of settings says, with what is wrong in it; the default where there is no such file.
fn read<T: Default>(
    project: &Project,
    file: Option<FileId>,
    read: impl FnOnce(&str) -> (T, Vec<Problem>),
) -> (T, Vec<Diagnostic>) {
    let Some(file) = file else { return (T::default(), Vec::new()) };
    let (value, problems) = read(&project.files().get(file).text);
    (value, problems.into_iter().map(|problem| problem.into_diagnostic(file, Severity::Error)).collect())
}
