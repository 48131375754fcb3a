//! A dossier held in memory: its files as they were last given → any page of its site, rendered when it is asked for.
//!
//! This is the whole way from files to pages without a disk. A build goes it once for all pages, a preview again after
//! every change for the page that is looked at; both take the same steps, so that a preview shows what a build writes.
//! Nothing is read or watched here: whoever can see the disk says what changed.

mod asked;
mod change;
mod place;
mod project;
mod settings;
mod site;
mod texts;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::dossier::Dossier;
use crate::files::Files;
use crate::leaks::Names;
use crate::lock::Lock;
use crate::render::Pieces;
use crate::resolve::{CaptureFile, Input, ParsedFile, Resolved, record, resolve_again};

use asked::Asked;
use project::Touched;
use settings::Settings;
use site::Index;

pub use change::{At, Change, Content, Refusal};
pub use place::{
    CONFIG, CONTENT, LOCK, Place, STATIC, THEMES, ascii_slug, is_left_out, is_not_content, is_theme_name, place,
};
pub use project::{Copied, Missing, Project};
pub use site::{Answer, Plan};

/// What is decided for as long as a workspace is there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Whether drafts are part of the dossier.
    pub drafts: bool,
    /// Where the site is published, in place of what `casebook.toml` says: http or https, with a `/` at its end.
    pub base_url: Option<String>,
    /// Names that no file of the site may have.
    pub names: Option<Arc<Names>>,
}

/// What a set of changes came to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Applied {
    /// Whether anything changed, even if it is only a diagnostic.
    pub changed: bool,
    /// Whether a page may look different.
    pub pages: bool,
    /// The paths in the site of the copied files that changed, such as style sheets and pictures, sorted.
    pub assets: Vec<String>,
}

/// A dossier held in memory, kept up with changes.
#[derive(Debug)]
pub struct Workspace {
    options: Options,
    project: Project,
    settings: Settings,
    /// What was taken since everything was last worked out.
    touched: Touched,
    records: Arc<[ParsedFile]>,
    resolved: Resolved,
    /// What is wrong with files, settings and records.
    found: Vec<Diagnostic>,
    plan: Option<Plan>,
    /// All that is wrong, sorted.
    diagnostics: Vec<Diagnostic>,
    /// Whether somebody wrote words that a source withholds.
    has_withheld: OnceLock<bool>,
    index: OnceLock<Index>,
    /// What pages of this state show alike.
    pieces: OnceLock<Arc<Pieces>>,
    asked: Mutex<Asked>,
}

impl Workspace {
    /// One without files.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            project: Project::default(),
            settings: Settings::default(),
            touched: Touched::default(),
            records: Arc::default(),
            resolved: Resolved::default(),
            found: Vec::new(),
            plan: None,
            diagnostics: Vec::new(),
            has_withheld: OnceLock::new(),
            index: OnceLock::new(),
            pieces: OnceLock::new(),
            asked: Mutex::default(),
        }
    }

    /// Takes files as they are now; what was there before and is not named stays. Then everything that follows from them
    /// is worked out anew.
    pub fn apply(&mut self, changes: Vec<Change>) -> Applied {
        self.take(changes);
        let touched = std::mem::take(&mut self.touched);
        if touched.any {
            self.compile();
            self.arrange();
        }
        self.applied(&touched)
    }

    /// The same as far as the dossier, for those who want all pages or none: no page can be asked for.
    pub(crate) fn resolve_only(&mut self, changes: Vec<Change>) {
        self.take(changes);
        self.compile();
        self.plan = None;
        self.diagnostics.clone_from(&self.found);
    }

    /// Takes files, so that [`Workspace::missing`] is known; nothing is resolved until more are applied.
    pub(crate) fn take(&mut self, changes: Vec<Change>) {
        let touched = self.project.take(changes);
        self.settings.read(&self.project, &self.options, &touched);
        self.touched.add(touched);
    }

    /// Resolves the dossier.
    fn compile(&mut self) {
        self.records = self.project.records().cloned().collect();
        let captures = self.project.captures();
        let statics = self.project.statics().keys().cloned().collect();
        let before = std::mem::take(&mut self.resolved);
        let resolve = || resolve_again(&self.input(&captures, &statics), before);
        let (resolved, theme) = rayon::join(resolve, || self.settings.make_theme(&self.project));
        self.resolved = resolved;
        theme.into_iter().for_each(|theme| self.settings.take_theme(theme));
        self.found.clone_from(&self.resolved.report);
        self.found.extend(self.project.diagnostics(&self.settings.config.theme));
        self.found.extend(self.project.missing_image(&self.settings.config));
        self.found.extend(self.settings.problems().cloned());
        diag::sort(&mut self.found, self.project.files());
        self.has_withheld = OnceLock::new();
        self.index = OnceLock::new();
        self.pieces = OnceLock::new();
    }

    /// Decides where everything goes.
    pub(crate) fn arrange(&mut self) {
        let Self { resolved: Resolved { dossier, changed, .. }, settings, project, .. } = self;
        let theme = settings.theme.as_deref();
        let plan = self.plan.take().zip(changed.as_ref());
        let plan = plan.and_then(|(plan, changed)| plan.keep_up(dossier, theme, changed));
        let plan = plan.unwrap_or_else(|| Plan::of(dossier, theme, project.statics()));
        self.diagnostics.clone_from(&self.found);
        // A path that two records want may be no more than what follows from an error that was reported.
        if !diag::has_errors(&self.found) {
            self.diagnostics.extend(plan.found.iter().cloned());
            diag::sort(&mut self.diagnostics, self.project.files());
        }
        self.plan = Some(plan);
        self.forget_gone();
    }

    /// Gives back what only further changes would need, for those who have none.
    pub(crate) fn shed(&mut self) {
        self.resolved.forget();
        self.records = Arc::default();
        self.project.shed();
    }

    /// Forgets how pages were that the dossier has no more, where it is without errors.
    fn forget_gone(&mut self) {
        let Some(plan) = self.plan.as_ref().filter(|_| !diag::has_errors(&self.diagnostics)) else { return };
        let asked = self.asked.get_mut().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|path| plan.routes.find(path).is_some());
    }

    fn applied(&self, touched: &Touched) -> Applied {
        let own = &self.settings.config.theme;
        let of_theme = touched.themes.iter().filter(|(theme, _)| theme == own).map(|(_, path)| path);
        let (copied, made): (Vec<_>, Vec<_>) = of_theme.partition(|path| path.starts_with("static/"));
        let assets = copied.into_iter().filter_map(|path| Some(format!("assets/{}", path.strip_prefix("static/")?)));
        let assets: BTreeSet<String> = assets.chain(touched.statics.iter().cloned()).collect();
        Applied { changed: touched.any, pages: touched.pages || !made.is_empty(), assets: assets.into_iter().collect() }
    }

    fn input<'a>(&'a self, captures: &'a HashMap<String, CaptureFile>, statics: &'a BTreeSet<String>) -> Input<'a> {
        Input {
            config: self.settings.config.clone(),
            files: self.project.files(),
            records: &self.records,
            captures,
            lock: &self.settings.lock,
            statics,
            drafts: self.options.drafts,
        }
    }

    /// Holds every source against its capture: what `captures.lock` says from now on. `date` is the day of recording,
    /// `YYYY-MM-DD`.
    pub fn record(&self, date: &str) -> Lock {
        let captures = self.project.captures();
        record(&self.input(&captures, &BTreeSet::new()), date).0
    }

    /// What is wrong in the settings, among them that the theme which they name is not there.
    pub(crate) fn setting_problems(&self) -> Vec<Diagnostic> {
        let unknown = self.project.unknown_theme(&self.settings.config.theme);
        self.settings.problems().cloned().chain(unknown).collect()
    }

    /// What is wrong, sorted: everything that is known without rendering all pages.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The texts that diagnostics speak of.
    pub fn files(&self) -> &Files {
        self.project.files()
    }

    /// The files as they were given.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Names that no file of the site may have.
    pub(crate) fn withheld_names(&self) -> Option<Arc<Names>> {
        self.options.names.clone()
    }

    /// The settings.
    pub fn config(&self) -> &Arc<Config> {
        &self.settings.config
    }

    /// What `captures.lock` says.
    pub fn lock(&self) -> &Lock {
        &self.settings.lock
    }

    /// The dossier; whole, though no site may be built from it where there are errors.
    pub fn dossier(&self) -> &Dossier {
        &self.resolved.dossier
    }

    /// What the dossier names and nobody has said anything of: to be read and applied.
    pub fn missing(&self) -> Missing {
        self.project.missing(&self.settings.config)
    }
}
