//! The whole way: a project on disk → its dossier → its pages → the built site, and all that is wrong on the way.
//!
//! The steps are other modules'. What is decided here is their order, and where each stops: every file is parsed and
//! resolved whatever is wrong with another, but no page is rendered from a dossier with errors.

mod inspect;
mod links;
mod read;
mod themes;
mod upkeep;
mod watch;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::check;
use crate::data;
use crate::diag::{self, Diagnostic};
use crate::dossier::{Dossier, RecordRef};
use crate::failure::Failure;
use crate::files::Files;
use crate::ids::RecordId;
use crate::leaks::{Names, Origin};
use crate::load;
use crate::lock::Lock;
use crate::observe::{Observer, Stage, Work};
use crate::render::Renderer;
use crate::render::theme::Theme;
use crate::route::{Route, Routes};
use crate::search;
use crate::site::{Page, SitePath};
use crate::workspace::{self, CONFIG, CONTENT, Copied, LOCK, THEMES, Workspace};
use crate::write::{Report, Writer};

use upkeep::{Sink, Upkeep};
use watch::Watch;

pub use read::{Read, Unchanged};
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
    /// Names that no file of the site may have.
    pub names: Option<Arc<Names>>,
}

/// A project read, parsed and resolved.
#[derive(Debug)]
pub struct Compiled {
    /// The root, without symbolic links.
    pub root: PathBuf,
    /// What is wrong, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    workspace: Workspace,
    captures_folder: PathBuf,
    /// What it was made from, where the next build is to know it.
    origin: Option<read::Origin>,
}

/// What pages are made from.
struct Site<'a> {
    dossier: &'a Dossier,
    theme: &'a Theme,
    routes: &'a Routes,
    index: &'a search::Layout,
    workspace: &'a Workspace,
}

/// Reads, parses and resolves the project in the folder `root`.
///
/// # Errors
/// Where there is none, and where the disk refuses. What is wrong in the dossier is in [`Compiled::diagnostics`].
pub fn compile(root: &Path, options: Options) -> Result<Compiled, Failure> {
    Read::project(root, options, &())?.compile(&())
}

/// The same for the project as it was at a revision of the git repository that `root` is in.
///
/// # Errors
/// Where there is no git, no repository, no such revision, or no project in it.
pub fn compile_revision(root: &Path, revision: &str, options: Options) -> Result<Compiled, Failure> {
    let options = workspace::Options { drafts: options.drafts, base_url: options.base_url, names: options.names };
    let (root, mut workspace, rest) = load::read_revision(root, revision, options)?;
    workspace.resolve_only(rest);
    let captures_folder = root.join(&workspace.config().captures);
    Ok(Compiled::of(root, workspace, captures_folder))
}

/// Whether the git repository that `root` is in has a revision of that name.
pub fn has_revision(root: &Path, revision: &str) -> bool {
    load::has_revision(root, revision)
}

impl Compiled {
    /// A project that is resolved.
    fn of(root: PathBuf, workspace: Workspace, captures_folder: PathBuf) -> Self {
        Self { root, diagnostics: workspace.diagnostics().to_vec(), workspace, captures_folder, origin: None }
    }

    /// The texts that [`Compiled::diagnostics`] speak of.
    pub fn files(&self) -> &Files {
        self.workspace.files()
    }

    /// The dossier; whole, though no site may be built from it where there are errors.
    pub fn dossier(&self) -> &Dossier {
        self.workspace.dossier()
    }

    /// What `captures.lock` says.
    pub fn lock(&self) -> &Lock {
        self.workspace.lock()
    }

    /// The ids of files that are too broken to be records.
    pub fn unread(&self) -> BTreeSet<RecordId> {
        let broken = self.workspace.project().records().filter(|file| file.parsed.record.is_none());
        broken.filter_map(|file| file.id.clone()).collect()
    }

    /// How many files of records there are.
    pub fn count(&self) -> usize {
        self.workspace.project().records().count()
    }

    /// Renders and checks every page without writing it, and looks at every file of the site for what must not be
    /// published. What is wrong is added to [`Compiled::diagnostics`]; where a dossier has errors already, nothing is
    /// rendered.
    ///
    /// # Errors
    /// Where a file that is copied cannot be read.
    pub fn check_pages(&mut self) -> Result<(), Failure> {
        self.arrange();
        let Some(site) = self.site() else { return Ok(()) };
        let watch = Watch::of(&site);
        let mut found = site.render(&watch, &(), &())?;
        if watch.is_needed() {
            watch.index(&|_| Ok(()))?;
            watch.copied(&|_, _| Ok(()))?;
        }
        found.extend(watch.report());
        self.report(found);
        Ok(())
    }

    /// Builds the site into the folder `output`; none where there are errors, and then nothing that is published has
    /// changed.
    ///
    /// # Errors
    /// Where the folder is not one to build into, and where the disk refuses.
    pub fn build(&mut self, output: &Path, observer: &impl Observer) -> Result<Option<Report>, Failure> {
        observer.begins(Stage::Plan);
        // The syntax trees have said what they had to; routes and pages get their room.
        self.workspace.shed();
        self.arrange();
        let Some(site) = self.site() else { return Ok(None) };
        let inputs = [CONFIG, LOCK, CONTENT, THEMES, ".git"].map(|name| self.root.join(name));
        let inputs: Vec<&Path> = inputs.iter().chain([&self.captures_folder]).map(PathBuf::as_path).collect();
        let mut writer = Writer::open(output, &inputs)?;
        let former = self.origin.as_ref().and_then(|origin| origin.recipes(&self.root, output));
        if former.is_some() {
            writer = writer.as_left();
        }
        observer.begins(Stage::Withheld);
        let watch = Watch::where_needed(&site)?;
        observer.begins(Stage::Compare);
        // Whoever looks for what is withheld looks at every page.
        let upkeep = if watch.is_needed() { Upkeep::anew(&writer) } else { Upkeep::of(&writer, self, former) };
        let found = site.write(watch, &writer, &upkeep, observer)?;
        let recipes = upkeep.finish();
        let report = if diag::has_errors(&found) {
            writer.abort();
            None
        } else {
            observer.begins(Stage::Commit);
            Some(writer.commit()?)
        };
        self.report(found);
        if let Some(report) = report {
            observer.begins(Stage::Remember);
            self.remember(output, report.written + report.unchanged, recipes);
        }
        Ok(report)
    }

    /// Holds every source against its capture: what `captures.lock` says from now on. What does not match is in
    /// [`Compiled::diagnostics`] already. `date` is the day of recording, `YYYY-MM-DD`.
    pub fn record(&self, date: &str) -> Lock {
        self.workspace.record(date)
    }

    /// Decides where everything goes, where there are no errors.
    fn arrange(&mut self) {
        if self.workspace.plan().is_none() && !diag::has_errors(&self.diagnostics) {
            self.workspace.arrange();
            self.diagnostics = self.workspace.diagnostics().to_vec();
        }
    }

    /// What pages are made from; none where there are errors.
    fn site(&self) -> Option<Site<'_>> {
        let workspace = &self.workspace;
        let (plan, theme) = (workspace.plan()?, workspace.theme()?);
        let site = Site { dossier: workspace.dossier(), theme, routes: &plan.routes, index: &plan.index, workspace };
        (!diag::has_errors(&self.diagnostics)).then_some(site)
    }

    fn report(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(found);
        diag::sort(&mut self.diagnostics, self.workspace.files());
    }
}

/// When the pages of a route are made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Data about the whole dossier and about all records of a kind, which take longest and most memory; and essays, since
    /// the first block of code has to wait for its grammar.
    First,
    /// Sources and claims: most pages.
    Records,
    /// Lists for the most part, when what only claims' pages show is let go.
    Last,
}

impl Turn {
    fn of(route: Route) -> Self {
        match route {
            Route::Data(_) | Route::Facets(_) | Route::Record(RecordRef::Commentary(_)) => Self::First,
            Route::Record(RecordRef::Source(_) | RecordRef::Claim(_)) => Self::Records,
            _ => Self::Last,
        }
    }
}

impl Site<'_> {
    /// Gives every file to a writer, and says what is wrong with them; after an error not all are given.
    fn write(
        &self,
        watch: Watch<'_>,
        writer: &Writer,
        upkeep: &Upkeep<'_>,
        observer: &impl Observer,
    ) -> Result<Vec<Diagnostic>, Failure> {
        observer.begins(Stage::Pages(self.routes.pages().len()));
        let mut found = self.render(&watch, upkeep, observer)?;
        if !diag::has_errors(&found) {
            observer.begins(Stage::Search);
            watch.index(&|page| writer.put(page))?;
            observer.begins(Stage::Copy);
            watch.copied(&|path, copied| match copied {
                Copied::OnDisk(from) => writer.copy_static(path, from),
                Copied::Bytes(bytes) => writer.put(&Page { path: path.clone(), content: bytes.to_vec() }),
            })?;
        }
        found.extend(watch.report());
        Ok(found)
    }

    /// Gives every page, rendered and checked, and every file of the theme to `sink`, from many threads; says what is
    /// wrong with them.
    fn render(
        &self,
        watch: &Watch<'_>,
        sink: &impl Sink,
        observer: &impl Observer,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut renderer = Renderer::new(self.dossier, self.routes, self.theme);
        let mut routes: Vec<Route> = self.routes.pages().iter().map(|(route, _)| *route).collect();
        routes.sort_by_key(|route| Turn::of(*route));
        let (records, last) = routes.split_at(routes.partition_point(|route| Turn::of(*route) < Turn::Last));
        // Pages differ in size a hundredfold: none may wait for others behind one thread.
        let all = |renderer: &Renderer<'_>, routes: &[Route]| {
            let made =
                routes.par_iter().with_max_len(1).map(|route| self.make(renderer, *route, watch, sink, observer));
            made.collect::<Result<Vec<_>, Failure>>()
        };
        let mut found = all(&renderer, records)?;
        renderer.shed_claims();
        found.extend(all(&renderer, last)?);
        self.theme.assets().par_iter().try_for_each(|(path, bytes)| {
            let page = Page { path: SitePath::new(path.as_str()), content: bytes.to_vec() };
            watch.look(&page.path, &page.content, Origin::Copied);
            sink.put(&page)
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Gives the pages of a route to `sink` unless it has them, and says what is wrong with them.
    #[allow(clippy::result_large_err, reason = "an error ends a page; it is not worth an allocation")]
    fn make(
        &self,
        renderer: &Renderer<'_>,
        route: Route,
        watch: &Watch<'_>,
        sink: &impl Sink,
        observer: &impl Observer,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let paths = renderer.paths(route);
        // Whoever looks for what is withheld looks at whole files.
        if let (Route::Data(file), [path], false) = (route, &*paths, watch.is_needed()) {
            let stretches = data::stretches(self.dossier, self.routes, file);
            let make = |stretch: &data::Stretch<'_>| observer.during(Work::Render, || stretch.make());
            observer.during(Work::Write, || sink.put_stretches(path, &stretches, &make))?;
            observer.done(&[]);
            return Ok(Vec::new());
        }
        if paths.is_empty() || sink.has(&paths)? {
            observer.done(&[]);
            return Ok(Vec::new());
        }
        sink.during(&paths, || {
            let pages = match observer.during(Work::Render, || renderer.pages(route)) {
                Ok(pages) => pages,
                Err(wrong) => return Ok(vec![wrong]),
            };
            let mut found = Vec::new();
            for page in &pages {
                observer.during(Work::Check, || {
                    watch.look(&page.path, &page.content, Origin::Made);
                    found.extend(check(page, self.routes));
                });
                observer.during(Work::Write, || sink.put(page))?;
            }
            observer.done(&pages);
            Ok(found)
        })
    }
}
