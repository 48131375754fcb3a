//! A project's files, read; and whether the site that would be built from them is there already.

use std::path::{Path, PathBuf};

use blake3::Hash;

use crate::build::{Compiled, Options};
use crate::diag::Diagnostic;
use crate::failure::Failure;
use crate::files::Files;
use crate::former::{Beside, Former, Ingredients, Larder, Made, Outcome, Recipes};
use crate::load;
use crate::observe::{Observer, Stage};
use crate::workspace::{self, At, Change, Place, Workspace, place};
use crate::write;

/// A project's files as they are on disk, but for those that only its records name.
#[derive(Debug)]
pub struct Read {
    /// The root, without symbolic links.
    pub root: PathBuf,
    options: Options,
    changes: Vec<Change>,
    looked: Option<Looked>,
}

/// What was found out of the files that were read.
#[derive(Debug)]
struct Looked {
    /// The digest of what the command line says and of the program.
    settings: Ingredients,
    /// Those of the files, in their order.
    digests: Vec<Hash>,
    /// The state of the output folder, if there is anything to hold it against.
    site: Option<Hash>,
}

impl Looked {
    /// All that a site is made from: the files that were read, and those that they name.
    fn all(&self, rest: &[Hash]) -> Ingredients {
        let mut all = self.settings.clone();
        all.add_files(&self.digests);
        all.add_files(rest);
        all
    }

    /// The files that were read, which are `files`, but for records.
    fn around(&self, files: &[Change]) -> Ingredients {
        let is_record = |file: &Change| match &file.at {
            At::Path(path) => matches!(place(path), Place::Record(..)),
            At::Capture { .. } => false,
        };
        let mut around = self.settings.clone();
        around
            .add_files(files.iter().zip(&self.digests).filter(|(file, _)| !is_record(file)).map(|(_, digest)| digest));
        around
    }
}

/// What a project was made from, where the next build is to know it.
#[derive(Debug)]
pub(super) struct Origin {
    all: Ingredients,
    /// What pages are made from besides parts of the dossier, as a digest.
    pub(super) around: Hash,
    /// The state of the output folder before, if there is anything to hold it against.
    site: Option<Hash>,
    beside: Beside,
}

/// What the last build into a folder said, where one more would change nothing.
#[derive(Debug)]
pub struct Unchanged {
    /// How many files the site has.
    pub count: usize,
    /// What is worth a look in the dossier.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that this speaks of.
    pub files: Files,
}

impl Read {
    /// Reads the project in the folder `root`.
    ///
    /// # Errors
    /// Where there is none, and where the disk refuses.
    pub fn project(root: &Path, options: Options, observer: &impl Observer) -> Result<Self, Failure> {
        observer.begins(Stage::Read);
        let (root, changes) = load::read(root)?;
        Ok(Self { root, options, changes, looked: None })
    }

    /// What the last build into the folder `output` said, if it was made by this program from what is here and the
    /// folder is as that build left it. Nothing is remembered of builds that know withheld names.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn unchanged(&mut self, output: &Path, observer: &impl Observer) -> Result<Option<Unchanged>, Failure> {
        observer.begins(Stage::Compare);
        if self.options.names.is_some() {
            return Ok(None);
        }
        let Some(program) = load::program() else { return Ok(None) };
        let Options { drafts, base_url, captures, names: _ } = &self.options;
        let settings = [program, format!("{drafts} {base_url:?} {captures:?}")];
        let settings = Ingredients::new(&settings.each_ref().map(String::as_str));
        let looked = self.looked.insert(Looked { settings, digests: load::digests(&self.changes)?, site: None });

        let Some(former) = Former::read(&self.root, output) else { return Ok(None) };
        looked.site = write::state(output);
        let Beside { captures_folder, missing } = former.beside();
        let rest = load::read_missing(&self.root, &captures_folder, &missing)?;
        if !former.holds(&looked.all(&load::digests(&rest)?), looked.site) {
            return Ok(None);
        }
        let all: Vec<&Change> = self.changes.iter().chain(&rest).collect();
        let (diagnostics, files) = former.said(&all);
        Ok(Some(Unchanged { count: former.count(), diagnostics, files }))
    }

    /// Parses and resolves what was read.
    ///
    /// # Errors
    /// Where the disk refuses what only records name.
    pub fn compile(self, observer: &impl Observer) -> Result<Compiled, Failure> {
        observer.begins(Stage::Parse);
        let Self { root, options: Options { drafts, base_url, captures, names }, changes, looked } = self;
        let looked = looked.map(|looked| (looked.around(&changes), looked));
        let mut workspace = Workspace::new(workspace::Options { drafts, base_url, names });
        workspace.take(changes);
        observer.begins(Stage::Read);
        let captures_folder = captures.unwrap_or_else(|| root.join(&workspace.config().captures));
        let beside = Beside { captures_folder: captures_folder.clone(), missing: workspace.missing() };
        let rest = load::read_missing(&root, &captures_folder, &beside.missing)?;
        let origin = match looked {
            Some((mut around, looked)) => {
                let digests = load::digests(&rest)?;
                around.add_files(&digests);
                Some(Origin { all: looked.all(&digests), around: around.digest(), site: looked.site, beside })
            }
            None => None,
        };
        observer.begins(Stage::Resolve);
        workspace.resolve_only(rest);
        Ok(Compiled { origin, ..Compiled::of(root, workspace, captures_folder) })
    }
}

impl Origin {
    /// By which recipes the last build made the site that stands in the folder `output`, if that is known.
    pub(super) fn recipes(&self, root: &Path, output: &Path) -> Option<Recipes> {
        Recipes::read(root, output, self.site?)
    }
}

impl Compiled {
    /// Remembers a build into the folder `output` that left a site of so many files, where it may be remembered; and by
    /// which recipes its pages were made, where that was noted.
    pub(super) fn remember(&self, output: &Path, count: usize, recipes: Option<(Larder, Made)>) {
        let Some((Origin { all, beside, .. }, site)) = self.origin.as_ref().zip(write::state(output)) else { return };
        let outcome = Outcome { site, count, diagnostics: &self.diagnostics, texts: self.files() };
        Former::new(all, beside, &outcome).write(&self.root, output);
        if let Some((larder, made)) = recipes {
            Recipes::new(larder, site, made).write(&self.root, output);
        }
    }
}
