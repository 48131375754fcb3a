//! The pages of a build on their way to the writer: those that would come to what is there already are left alone, of the
//! others it is noted what they were made from.

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

    /// Whether the site has the pages of a route, by its number, as they would be made; then they need not be.
    fn has(&self, _route: usize, _paths: &[&SitePath]) -> Result<bool, Failure> {
        Ok(false)
    }

    /// Makes the pages of a route, by its number.
    fn during<T>(&self, _route: usize, make: impl FnOnce() -> T) -> T {
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
    /// By the number of the route.
    recipes: Mutex<Vec<Recipe>>,
}

impl<'a> Upkeep<'a> {
    /// A writer that takes every page.
    pub(super) fn anew(writer: &'a Writer) -> Self {
        Self { writer, noted: None }
    }

    /// A writer that leaves alone what the last build made alike, by those recipes.
    pub(super) fn of(writer: &'a Writer, compiled: &Compiled, former: Option<Recipes>) -> Self {
        let noted = || {
            let around = compiled.origin.as_ref()?.around();
            let (plan, dossier) = (compiled.workspace.plan()?, compiled.workspace.dossier());
            let larder = Larder { around, shape: plan.shape(), digests: plan.digests(dossier) };
            let alike = former.and_then(|former| former.with(&larder));
            let recipes = Mutex::new(vec![Recipe::default(); plan.routes.pages().len()]);
            Some(Noted { larder, alike, recipes })
        };
        Self { writer, noted: noted() }
    }

    /// What the site was made from, and by which recipes.
    pub(super) fn finish(self) -> Option<(Larder, Vec<Recipe>)> {
        let Noted { larder, recipes, .. } = self.noted?;
        Some((larder, recipes.into_inner().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Noted {
    fn enter(&self, route: usize, recipe: Recipe) {
        let mut recipes = self.recipes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = recipes.get_mut(route) {
            *place = recipe;
        }
    }
}

impl Sink for Upkeep<'_> {
    fn put(&self, page: &Page) -> Result<(), Failure> {
        self.writer.put(page)
    }

    fn has(&self, route: usize, paths: &[&SitePath]) -> Result<bool, Failure> {
        let Some(noted) = &self.noted else { return Ok(false) };
        let Some(recipe) = noted.alike.as_ref().and_then(|alike| alike.page(route)) else { return Ok(false) };
        let is_kept = self.writer.keep(paths)?;
        if is_kept {
            noted.enter(route, recipe.clone());
        }
        Ok(is_kept)
    }

    fn during<T>(&self, route: usize, make: impl FnOnce() -> T) -> T {
        let Some(noted) = &self.noted else { return make() };
        let (made, parts) = noting(make);
        noted.enter(route, Recipe::from(&parts));
        made
    }
}
