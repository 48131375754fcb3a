//! The whole way: a project on disk → its dossier → its pages → the built site, and all that is wrong on the way.
//!
//! The steps are other modules'. What is decided here is their order, and where each stops: every file is parsed and
//! resolved whatever is wrong with another, but no page is rendered from a dossier with errors.

mod inspect;
mod themes;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::check;
use crate::config::Config;
use crate::diag::{self, Diagnostic, Problem, Severity};
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::files::FileId;
use crate::load::{self, Project};
use crate::lock::Lock;
use crate::parse::{Parsed, ast, parse};
use crate::render::Renderer;
use crate::render::theme::{Theme, ThemeFile, ThemeFiles};
use crate::resolve::{CaptureFile, Input, ParsedFile, record, resolve};
use crate::route::{Route, Routes};
use crate::search;
use crate::site::{Page, SitePath};
use crate::write::{Report, Writer};

pub use themes::{Themes, themes};

/// The name of the folder that a site is built into.
pub const OUTPUT: &str = "public";

/// What a command may set for one run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether drafts are part of the dossier.
    pub drafts: bool,
    /// Where the site is published, in place of what `casebook.toml` says: http or https, with a `/` at its end.
    pub base_url: Option<String>,
    /// The captures folder, in place of the one that `casebook.toml` names.
    pub captures: Option<PathBuf>,
}

/// A project read, parsed and resolved.
#[derive(Debug)]
pub struct Compiled {
    /// The texts and what is copied.
    pub project: Project,
    /// The dossier; whole, though no site may be built from it where there are errors.
    pub dossier: Dossier,
    /// What is wrong, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What `captures.lock` says.
    pub lock: Lock,
    options: Options,
    theme: ThemeFiles,
    records: Vec<ParsedFile>,
    captures: HashMap<String, CaptureFile>,
    captures_folder: PathBuf,
    statics: BTreeSet<String>,
}

/// What is decided before the first page is rendered.
struct Plan {
    theme: Theme,
    routes: Routes,
    assets: Vec<Page>,
    index: search::Layout,
}

/// Reads, parses and resolves the project in the folder `root`.
///
/// # Errors
/// Where there is none, and where the disk refuses. What is wrong in the dossier is in [`Compiled::diagnostics`].
pub fn compile(root: &Path, options: Options) -> Result<Compiled, Failure> {
    let mut project = load::load(root)?;
    let mut config = read_with(&mut project, |project| Some(project.config), Config::parse);
    config.base_url = options.base_url.clone().or(config.base_url);
    let lock = read_with(&mut project, |project| project.lock, Lock::parse);
    let theme = load::load_theme(&mut project, &config.theme)?;
    let records = parse_all(&project);
    let captures_folder = options.captures.clone().unwrap_or_else(|| project.root.join(&config.captures));
    let (captures, wrong) =
        load::load_captures(&captures_folder, &capture_names(&records), &project.root, &mut project.files)?;
    project.diagnostics.extend(wrong);
    let statics = project.statics.iter().map(|file| file.path.as_str().to_owned()).collect();

    let (config, drafts) = (Arc::new(config), options.drafts);
    let (dossier, wrong) = resolve(&Input {
        config,
        files: &project.files,
        records: &records,
        captures: &captures,
        lock: &lock,
        statics: &statics,
        drafts,
    });
    let mut diagnostics = std::mem::take(&mut project.diagnostics);
    diagnostics.extend(wrong);
    diag::sort(&mut diagnostics, &project.files);
    let theme = theme_files(theme);
    Ok(Compiled { project, dossier, diagnostics, lock, options, theme, records, captures, captures_folder, statics })
}

impl Compiled {
    /// Renders and checks every page without writing it. What is wrong is added to [`Compiled::diagnostics`]; where a
    /// dossier has errors already, nothing is rendered.
    pub fn check_pages(&mut self) {
        if let Some(plan) = self.plan() {
            // A sink that takes everything never fails.
            let _ = self.render(&plan, &|_| Ok(()));
        }
    }

    /// Builds the site into the folder `output`; none where there are errors, and then nothing that is published has
    /// changed.
    ///
    /// # Errors
    /// Where the folder is not one to build into, and where the disk refuses.
    pub fn build(&mut self, output: &Path) -> Result<Option<Report>, Failure> {
        let Some(plan) = self.plan() else { return Ok(None) };
        // The syntax trees have said what they had to; pages get their room.
        std::mem::take(&mut self.records).into_par_iter().for_each(drop);
        let root = &self.project.root;
        let inputs = [load::CONFIG, load::LOCK, load::CONTENT, load::THEMES, ".git"].map(|name| root.join(name));
        let inputs: Vec<&Path> = inputs.iter().chain([&self.captures_folder]).map(PathBuf::as_path).collect();
        let writer = Writer::open(output, &inputs)?;
        self.render(&plan, &|page| writer.put(page))?;
        if diag::has_errors(&self.diagnostics) {
            writer.abort();
            return Ok(None);
        }
        let index = search::index(&self.dossier, &plan.routes, &plan.index);
        index.par_iter().try_for_each(|page| writer.put(page))?;
        let copied = &self.project.statics;
        copied.par_iter().try_for_each(|file| writer.copy_static(&file.path, &file.from))?;
        writer.commit().map(Some)
    }

    /// Holds every source against its capture: what `captures.lock` says from now on. What does not match is in
    /// [`Compiled::diagnostics`] already. `date` is the day of recording, `YYYY-MM-DD`.
    pub fn record(&self, date: &str) -> Lock {
        let input = Input {
            config: self.dossier.config.clone(),
            files: &self.project.files,
            records: &self.records,
            captures: &self.captures,
            lock: &self.lock,
            statics: &self.statics,
            drafts: self.options.drafts,
        };
        record(&input, date).0
    }

    /// The theme, and where everything goes; none where there are errors. A theme's errors are found whatever is wrong in
    /// the records, but a path that two of them want may be no more than what follows from an error that was reported.
    fn plan(&mut self) -> Option<Plan> {
        let theme = match Theme::new(&self.dossier.config, &self.theme) {
            Ok(theme) => Some(theme),
            Err(mut wrong) => {
                // A theme that is not there has been reported by load, which knows where it is named.
                wrong.retain(|wrong| wrong.code != "unknown-theme");
                self.report(wrong);
                None
            }
        };
        let theme = theme.filter(|_| !diag::has_errors(&self.diagnostics))?;
        let (mut routes, mut found) = Routes::of(&self.dossier, &self.statics);
        let assets = theme.assets().iter();
        let assets: Vec<Page> =
            assets.map(|(path, bytes)| Page { path: SitePath::new(path.as_str()), content: bytes.to_vec() }).collect();
        found.extend(routes.add_assets(assets.iter().map(|asset| asset.path.as_str())));
        let index = search::Layout::of(&self.dossier);
        found.extend(routes.add_index(index.paths().iter().map(SitePath::as_str)));
        self.report(found);
        (!diag::has_errors(&self.diagnostics)).then_some(Plan { theme, routes, assets, index })
    }

    /// Gives every page, rendered and checked, and every file of the theme to `sink`, from many threads.
    fn render(&mut self, plan: &Plan, sink: &(dyn Fn(&Page) -> Result<(), Failure> + Sync)) -> Result<(), Failure> {
        let Plan { theme, routes, assets, .. } = plan;
        let renderer = Renderer::new(&self.dossier, routes, theme);
        let page = |&(route, _): &(Route, SitePath)| match renderer.page(route) {
            Ok(page) => sink(&page).map(|()| check(&page, routes)),
            Err(wrong) => Ok(vec![wrong]),
        };
        // Pages differ in size a hundredfold, and the largest come last: none may wait for others behind one thread.
        let found: Vec<_> = routes.pages().par_iter().with_max_len(1).map(page).collect::<Result<_, _>>()?;
        self.report(found.into_iter().flatten());
        assets.par_iter().try_for_each(sink)
    }

    fn report(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(found);
        diag::sort(&mut self.diagnostics, &self.project.files);
    }
}

/// A theme's files as the renderer takes them.
fn theme_files(files: BTreeMap<String, load::ThemeFile>) -> ThemeFiles {
    files.into_iter().map(|(path, load::ThemeFile { file, bytes })| (path, ThemeFile { file, bytes })).collect()
}

/// What a file of settings says, with its problems reported; the default where there is no such file.
fn read_with<T: Default>(
    project: &mut Project,
    file: impl FnOnce(&Project) -> Option<FileId>,
    read: impl FnOnce(&str) -> (T, Vec<Problem>),
) -> T {
    let Some(file) = file(project) else { return T::default() };
    let (value, problems) = read(&project.files.get(file).text);
    let wrong = problems.into_iter().map(|problem| problem.into_diagnostic(file, Severity::Error));
    project.diagnostics.extend(wrong);
    value
}

/// Parses every record; what is wrong in them is `resolve`'s to report, who knows what weighs how much.
fn parse_all(project: &Project) -> Vec<ParsedFile> {
    let parse_file = |record: &load::RecordFile| {
        let text = project.files.get(record.file);
        // A file that is no text has been reported; what would be read in it is made up.
        let parsed = match text.invalid_at {
            Some(_) => Parsed { record: None, problems: Vec::new(), draft: false },
            None => parse(record.kind, &text.text),
        };
        ParsedFile { file: record.file, kind: record.kind, id: record.id.clone(), parsed: Arc::new(parsed) }
    };
    project.records.par_iter().map(parse_file).collect()
}

/// The captures that sources name.
fn capture_names(records: &[ParsedFile]) -> BTreeSet<String> {
    let named = |record: &ParsedFile| match &record.parsed.record {
        Some(ast::Record::Source(source)) => source.capture.as_ref().map(|capture| capture.file.value.clone()),
        _ => None,
    };
    records.iter().filter_map(named).collect()
}
