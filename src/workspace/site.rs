//! The site of a dossier: where everything goes, and what is at one path of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError};

use crate::check::check;
use crate::diag::{self, Diagnostic};
use crate::dossier::digest::Digests;
use crate::dossier::parts::Sort;
use crate::dossier::{Dossier, RecordRef};
use crate::leaks::{Guard, Origin, Suspicion};
use crate::render::theme::Theme;
use crate::render::{Pieces, Renderer};
use crate::route::{Route, Routes};
use crate::search;
use crate::site::{Page, SitePath};
use crate::workspace::{Copied, Workspace};

/// What is decided before the first page is rendered.
#[derive(Debug)]
pub struct Plan {
    /// Where everything goes.
    pub routes: Routes,
    /// The shape of the search index.
    pub index: search::Layout,
    /// The paths of the theme's files.
    assets: Vec<String>,
    /// What wants a place that something else has.
    pub(super) found: Vec<Diagnostic>,
}

impl Plan {
    /// Decides it.
    pub(super) fn of(dossier: &Dossier, theme: Option<&Theme>, statics: &BTreeMap<String, Copied>) -> Self {
        let statics = statics.keys().cloned().collect();
        let (mut routes, mut found) = Routes::of(dossier, &statics);
        let assets = assets(theme);
        found.extend(routes.add_assets(assets.iter().map(String::as_str)));
        let index = search::Layout::of(dossier);
        found.extend(routes.add_index(index.paths().iter().map(SitePath::as_str)));
        Self { routes, index, assets, found }
    }

    /// The paths of all files that are no record's page, sorted.
    pub fn others(&self) -> Vec<String> {
        let is_other = |route: &Route| !matches!(route, Route::Record(_));
        let pages = self.routes.pages().iter().filter(|(route, _)| is_other(route)).map(|(_, path)| path.to_string());
        let index = self.index.paths();
        let mut others: Vec<String> =
            pages.chain(index.iter().map(SitePath::to_string)).chain(self.assets.iter().cloned()).collect();
        others.sort_unstable();
        others
    }

    /// The digests of all that pages are made from, but for the settings and the theme.
    pub fn digests(&self, dossier: &Dossier) -> Digests {
        let digests = Digests::of(dossier);
        let orders = self.routes.orders(&digests.names);
        digests.with(Sort::Order, orders)
    }

    /// The same for a dossier of which only these records have changed; none where that cannot be said.
    pub(super) fn keep_up(mut self, dossier: &Dossier, theme: Option<&Theme>, changed: &[RecordRef]) -> Option<Self> {
        // Who has a place that two want depends on everything.
        let is_sure = self.found.is_empty() && self.assets == assets(theme);
        (is_sure && self.routes.keep_up(dossier, changed)).then_some(self)
    }
}

fn assets(theme: Option<&Theme>) -> Vec<String> {
    theme.into_iter().flat_map(|theme| theme.assets().keys().cloned()).collect()
}

/// The files of the search index by path.
pub(super) type Index = HashMap<SitePath, Arc<[u8]>>;

/// What the site has at a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// A page.
    Page {
        /// The page.
        page: Arc<Page>,
        /// What is wrong with it: why it could not be rendered, links that lead nowhere.
        wrong: Vec<Diagnostic>,
        /// Whether the page cannot be made from the files as they are now, so that this is how it last was.
        stale: bool,
    },
    /// A page that cannot be made from the files as they are now, and that was not asked for before.
    Unmade {
        /// Why it could not be rendered; nothing where the file that it is made from could not be read, which
        /// [`Workspace::diagnostics`] has.
        wrong: Vec<Diagnostic>,
    },
    /// A file that is copied.
    File(Copied),
    /// Nothing.
    Missing,
}

impl Workspace {
    /// What the site has at a path such as `claims/x.html` or `assets/style.css`, rendered now.
    pub fn page(&self, path: &str) -> Answer {
        let (Some(plan), Some(theme)) = (&self.plan, &self.settings.theme) else { return Answer::Missing };
        let routes = &plan.routes;
        let Some(route) = routes.find(path) else {
            return match routes.holds(path) {
                true => self.copied(path, plan, theme),
                false => self.not_there(path),
            };
        };
        let dossier = &self.resolved.dossier;
        let pieces = self.pieces.get_or_init(|| Arc::new(Pieces::of(dossier))).clone();
        match Renderer::with(dossier, routes, theme, pieces).page(route) {
            Ok(page) => {
                let page = Arc::new(page);
                self.asked.lock().unwrap_or_else(PoisonError::into_inner).keep(&page);
                Answer::Page { wrong: self.wrong_in(&page, routes), page, stale: false }
            }
            Err(wrong) => self.as_it_was(path, vec![wrong]),
        }
    }

    /// What is wrong with a finished page.
    fn wrong_in(&self, page: &Page, routes: &Routes) -> Vec<Diagnostic> {
        let mut wrong = check(page, routes);
        let dossier = &self.resolved.dossier;
        let names = self.withheld_names();
        // Withheld words that lists have, a record's page has too; names can come from anywhere.
        let is_record = matches!(routes.find(page.path.as_str()), Some(Route::Record(_)));
        let has_withheld =
            || *self.has_withheld.get_or_init(|| Suspicion::of(dossier, self.files()).is_founded(dossier));
        if names.is_none() && !(is_record && has_withheld()) {
            return wrong;
        }
        if let Some(guard) = Guard::of_file(dossier, names, &page.path, &page.content) {
            let found = guard.look(dossier, &page.path, &page.content, Origin::Made);
            wrong.extend(guard.report(dossier, self.files(), &found));
        }
        wrong
    }

    /// The paths of all pages, in an order that depends on the dossier alone.
    pub fn pages(&self) -> impl Iterator<Item = &SitePath> {
        self.plan.iter().flat_map(|plan| plan.routes.pages().iter().map(|(_, path)| path))
    }

    /// Where everything goes; none before anything was applied.
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// The theme; none before anything was applied.
    pub fn theme(&self) -> Option<&Theme> {
        self.settings.theme.as_deref()
    }

    /// A file that is no page.
    fn copied(&self, path: &str, plan: &Plan, theme: &Theme) -> Answer {
        if let Some(copied) = self.project.statics().get(path) {
            return Answer::File(copied.clone());
        }
        if let Some(bytes) = theme.assets().get(path) {
            return Answer::File(Copied::Bytes(bytes.clone()));
        }
        let index = self.index.get_or_init(|| {
            let pages = search::index(&self.resolved.dossier, &plan.routes, &plan.index);
            pages.into_iter().map(|page| (page.path, page.content.into())).collect()
        });
        index.get(path).map_or(Answer::Missing, |bytes| Answer::File(Copied::Bytes(bytes.clone())))
    }

    /// Where the site has nothing: while the dossier has errors, a page that was there stays.
    fn not_there(&self, path: &str) -> Answer {
        if !diag::has_errors(&self.diagnostics) {
            return Answer::Missing;
        }
        match self.as_it_was(path, Vec::new()) {
            Answer::Unmade { .. } if !self.is_of_broken_file(path) => Answer::Missing,
            answer => answer,
        }
    }

    /// A page as it was when it could last be made.
    fn as_it_was(&self, path: &str, wrong: Vec<Diagnostic>) -> Answer {
        let kept = self.asked.lock().unwrap_or_else(PoisonError::into_inner).get(path);
        match kept {
            Some(page) => Answer::Page { page, wrong, stale: true },
            None => Answer::Unmade { wrong },
        }
    }

    /// Whether it is the path of the page of a record whose file cannot be read.
    fn is_of_broken_file(&self, path: &str) -> bool {
        let Some((folder, id)) = path.strip_suffix(".html").and_then(|path| path.split_once('/')) else { return false };
        let is_it = |file: &crate::resolve::ParsedFile| {
            file.id.as_ref().is_some_and(|own| own.as_str() == id) && file.kind.folder() == folder
        };
        self.records.iter().any(|file| file.parsed.record.is_none() && is_it(file))
    }
}
