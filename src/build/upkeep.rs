//! The pages of a build on their way to the writer: those that would come to what is there already are left alone, of the
//! others it is noted what they were made from.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::build::Compiled;
use crate::data;
use crate::dossier::digest::Digest;
use crate::dossier::parts::noting;
use crate::failure::Failure;
use crate::former::{Alike, Larder, Made, Recipe, Recipes, Stretch};
use crate::site::{Page, SitePath};
use crate::write::Writer;

/// What makes a stretch, and may watch itself do so.
pub(super) type Make<'a> = dyn Fn(&data::Stretch<'_>) -> String + Sync + 'a;

/// Who takes the pages of a site.
pub(super) trait Sink: Sync {
    /// Takes a finished page.
    fn put(&self, page: &Page) -> Result<(), Failure>;

    /// Whether the site has the pages of a route as they would be made; then they need not be.
    fn has(&self, _paths: &[&SitePath]) -> Result<bool, Failure> {
        Ok(false)
    }

    /// Takes a file in stretches, and has `make` make those that are needed.
    fn put_stretches(
        &self,
        _path: &SitePath,
        _stretches: &[data::Stretch<'_>],
        _make: &Make<'_>,
    ) -> Result<(), Failure> {
        Ok(())
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
    made: Mutex<Made>,
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
            Some(Noted { larder, alike, made: Mutex::default() })
        };
        Self { writer, noted: noted() }
    }

    /// What the site was made from, and by which recipes.
    pub(super) fn finish(self) -> Option<(Larder, Made)> {
        let Noted { larder, made, .. } = self.noted?;
        Some((larder, made.into_inner().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Writes a file of those stretches: of the file that is there those that would be made alike, else what is made.
    fn write_stretches(
        &self,
        path: &SitePath,
        stretches: &[data::Stretch<'_>],
        alike: &HashMap<Digest, (u64, Stretch)>,
        make: &Make<'_>,
    ) -> Result<Vec<Stretch>, Failure> {
        let made = |stretch: &data::Stretch<'_>| {
            let (text, parts) = noting(|| make(stretch));
            let (key, length, recipe) = (stretch.key, text.len() as u64, parts.iter().collect());
            (text, Stretch { key, length, recipe })
        };
        let mut written = Vec::with_capacity(stretches.len());
        self.writer.put_pieces(path, |file| {
            for round in stretches.chunks(ROUND) {
                let new = round
                    .par_iter()
                    .with_min_len(AT_ONCE)
                    .map(|stretch| (!alike.contains_key(&stretch.key)).then(|| made(stretch)));
                let new: Vec<_> = new.collect();
                for (stretch, new) in round.iter().zip(new) {
                    if let Some((text, new)) = new {
                        file.push(text.as_bytes())?;
                        written.push(new);
                    } else if let Some((begins, old)) = alike.get(&stretch.key) {
                        file.push_former(*begins..begins + old.length)?;
                        written.push(old.clone());
                    }
                }
            }
            Ok(())
        })?;
        Ok(written)
    }
}

/// How many stretches of a file are made at a time, by all threads, before they are written.
const ROUND: usize = 32;

/// How many one thread makes at least, where there are as many: most files of a small dossier have fewer.
const AT_ONCE: usize = 8;

impl Noted {
    fn enter(&self, path: &SitePath, recipe: Recipe) {
        self.made().pages.insert(path.to_string(), recipe);
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn put_stretches(&self, path: &SitePath, stretches: &[data::Stretch<'_>], make: &Make<'_>) -> Result<(), Failure> {
        let keys: Vec<Digest> = stretches.iter().map(|stretch| stretch.key).collect();
        let alike = self.noted.as_ref().and_then(|noted| noted.alike.as_ref());
        let (alike, is_whole) = alike.map(|alike| alike.stretches(path, &keys)).unwrap_or_default();
        let written = if is_whole && self.writer.keep(&[path])? {
            keys.iter().filter_map(|key| alike.get(key)).map(|(_, stretch)| stretch.clone()).collect()
        } else {
            self.write_stretches(path, stretches, &alike, make)?
        };
        if let Some(noted) = &self.noted {
            noted.made().files.insert(path.to_string(), written);
        }
        Ok(())
    }

    fn during<T>(&self, paths: &[&SitePath], make: impl FnOnce() -> T) -> T {
        let (Some(noted), Some(first)) = (&self.noted, paths.first()) else { return make() };
        let (made, parts) = noting(make);
        noted.enter(first, parts.iter().collect());
        made
    }
}
