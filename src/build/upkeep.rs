//! The pages of a build on their way to the writer: those that would come to what is there already are left alone, of the
//! others it is noted what they were made from.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::build::Compiled;
use crate::dossier::parts::noting;
use crate::failure::Failure;
use crate::former::{Alike, Larder, Recipe, Recipes};
use crate::site::{Page, SitePath};
use crate::write::Writer;

/// Who takes the pages of a site.
pub(super) trait Sink: Sync {
    /// Takes a finished page.
    fn put(&self, page: &Page) -> Result<(), Failure>;

    /// Whether the site has the pages of a route as they would be made; then they need not be.
    fn has(&self, _paths: &[&SitePath]) -> Result<bool, Failure> {
        Ok(false)
    }

    /// Makes the pages of a route.
    fn during<T>(&self, _paths: &[&SitePath], make: impl FnOnce() -> T) -> T {
        make()
    }
}

/// Nobody.
impl Sink for () {
    fn put(&self, _: &Page) -> Result<(), Failure> {
        Ok(())
    }
}

/// A writer of a site that is kept up.
pub(super) struct Upkeep<'a> {
    writer: &'a Writer,
    noted: Option<Noted>,
}

/// What is known of a site's pages by the parts that they are made from.
struct Noted {
    larder: Larder,
    alike: Option<Alike>,
    /// By path.
    recipes: Mutex<HashMap<String, Recipe>>,
}

impl<'a> Upkeep<'a> {
    /// A writer that takes every page.
    pub(super) fn anew(writer: &'a Writer) -> Self {
        Self { writer, noted: None }
    }

    /// A writer that leaves alone what the last build made alike, by those recipes.
    pub(super) fn of(writer: &'a Writer, compiled: &Compiled, former: Option<Recipes>) -> Self {
        let noted = || {
            let around = compiled.origin.as_ref()?.around;
            let (plan, dossier) = (compiled.workspace.plan()?, compiled.workspace.dossier());
            let larder = Larder { around, others: plan.others(), digests: plan.digests(dossier) };
            let alike = former.and_then(|former| former.with(&larder));
            Some(Noted { larder, alike, recipes: Mutex::default() })
        };
        Self { writer, noted: noted() }
    }

    /// What the site was made from, and by which recipes.
    pub(super) fn finish(self) -> Option<(Larder, HashMap<String, Recipe>)> {
        let Noted { larder, recipes, .. } = self.noted?;
        Some((larder, recipes.into_inner().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Noted {
    fn enter(&self, path: &SitePath, recipe: Recipe) {
        self.recipes.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_string(), recipe);
    }
}

impl Sink for Upkeep<'_> {
    fn put(&self, page: &Page) -> Result<(), Failure> {
        self.writer.put(page)
    }

    fn has(&self, paths: &[&SitePath]) -> Result<bool, Failure> {
        let (Some(noted), Some(first)) = (&self.noted, paths.first()) else { return Ok(false) };
        let Some(recipe) = noted.alike.as_ref().and_then(|alike| alike.page(first)) else { return Ok(false) };
        let is_kept = self.writer.keep(paths)?;
        if is_kept {
            noted.enter(first, recipe);
        }
        Ok(is_kept)
    }

    fn during<T>(&self, paths: &[&SitePath], make: impl FnOnce() -> T) -> T {
        let (Some(noted), Some(first)) = (&self.noted, paths.first()) else { return make() };
        let (made, parts) = noting(make);
        noted.enter(first, parts.iter().collect());
        made
    }
}
