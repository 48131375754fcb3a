//! The project on disk → the workspace, at the start and after every change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use notify::RecursiveMode;
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::failure::Failure;
use crate::load;
use crate::workspace::{Applied, At, CONFIG, CONTENT, Change, Content, LOCK, Options, THEMES, Workspace};

/// Where the files are, and which of them the workspace has.
#[derive(Debug)]
pub(super) struct Disk {
    /// Without symbolic links.
    root: PathBuf,
    options: Options,
    /// The paths of the files that the workspace has, from the root, and how each was when it was given.
    known: BTreeMap<String, Option<Stamp>>,
    /// The captures that sources name, by their place on disk; they may lie anywhere.
    captures: BTreeMap<PathBuf, String>,
    captures_folder: PathBuf,
    /// Where symbolic links of the project lead, inside it.
    links: BTreeSet<PathBuf>,
}

/// What tells two states of a file apart without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// When anything about the file changed, in seconds and nanoseconds, which no program can set.
    changed: (i64, i64),
}

impl Stamp {
    /// That of the file at a path; none where there is none.
    fn of(path: &Path) -> Option<Self> {
        let metadata = path.metadata().ok().filter(std::fs::Metadata::is_file)?;
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt;
            (metadata.ctime(), metadata.ctime_nsec())
        };
        #[cfg(not(unix))]
        let changed = (0, 0);
        Some(Self { size: metadata.len(), modified: metadata.modified().ok(), changed })
    }
}

impl Disk {
    /// Reads the project in the folder `root`, which has no symbolic links.
    ///
    /// # Errors
    /// Where there is no project, and where the disk refuses.
    pub(super) fn open(root: PathBuf, options: Options) -> Result<(Self, Workspace), Failure> {
        let mut disk = Self {
            root,
            options,
            known: BTreeMap::new(),
            captures: BTreeMap::new(),
            captures_folder: PathBuf::new(),
            links: BTreeSet::new(),
        };
        let workspace = disk.read_all()?;
        Ok((disk, workspace))
    }

    /// The project's folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// A workspace of everything that is there now.
    ///
    /// # Errors
    /// As [`Disk::open`].
    pub(super) fn read_all(&mut self) -> Result<Workspace, Failure> {
        let (_, changes) = load::read(&self.root)?;
        self.known.clear();
        self.captures.clear();
        self.find_links(self.everything());
        self.note(&changes);
        let mut workspace = Workspace::new(self.options.clone());
        workspace.take(changes);
        let rest = self.read_missing(&workspace)?;
        workspace.apply(rest);
        Ok(workspace)
    }

    /// Whether anything that is shown depends on a path or on what is below it.
    pub(super) fn concerns(&self, path: &Path) -> bool {
        load::concerns(path, &self.root) || self.captures_below(path).next().is_some()
    }

    /// What has changed at the paths and below them: what is there, and what is there no longer.
    pub(super) fn read(&mut self, paths: &BTreeSet<PathBuf>) -> Vec<Change> {
        self.find_links(paths.clone());
        let found = load::read_paths(&self.root, paths, &|path| self.is_as_it_was(path));
        let there: BTreeSet<&str> = found.iter().filter_map(path_of).collect();
        let mut gone = Vec::new();
        for path in paths.iter().filter(|path| path.is_dir()) {
            // Where a folder is, a file was perhaps.
            let itself = self.known.get_key_value(&self.name(path)).map(|(known, _)| known);
            let known = itself.into_iter().chain(self.known_below(path));
            let known = known.filter(|known| !there.contains(known.as_str()) && !self.root.join(known).is_file());
            gone.extend(known.map(|path| Change::gone(path.clone())));
        }
        // First what is gone, since what is there now may stand in a folder of that name.
        let mut changes = gone;
        changes.extend(found.into_iter().filter(|change| self.is_news(change)));
        changes.extend(self.read_captures(paths));
        self.note(&changes);
        changes
    }

    /// Gives the workspace the changes, and then what it lacks because of them.
    pub(super) fn apply(&mut self, workspace: &mut Workspace, changes: Vec<Change>) -> Applied {
        workspace.take(changes);
        // What the disk refuses is missing, and said to be.
        let rest = self.read_missing(workspace).unwrap_or_default();
        workspace.apply(rest)
    }

    /// Everything that the site is made from, for a watcher that has missed something.
    pub(super) fn everything(&self) -> BTreeSet<PathBuf> {
        let ours = [CONFIG, LOCK, CONTENT, THEMES].map(|name| self.root.join(name));
        ours.into_iter().chain(self.captures.keys().cloned()).collect()
    }

    /// The folders besides the project's own that have to be watched, and how: where symbolic links lead, and those with
    /// captures.
    pub(super) fn elsewhere(&self) -> BTreeMap<PathBuf, RecursiveMode> {
        let folder = |path: &PathBuf| Some((path.parent()?.to_owned(), RecursiveMode::NonRecursive));
        let captures = self.captures.keys().filter_map(folder);
        let (folders, files): (Vec<_>, Vec<_>) = self.links.iter().partition(|target| target.is_dir());
        let folders = folders.into_iter().map(|target| (target.clone(), RecursiveMode::Recursive));
        captures.chain(files.into_iter().filter_map(folder)).chain(folders).collect()
    }

    /// Whether there are symbolic links in the project.
    pub(super) fn has_links(&self) -> bool {
        !self.links.is_empty()
    }

    /// Whether a symbolic link of the project leads to a path or to a folder above it.
    pub(super) fn is_linked(&self, path: &Path) -> bool {
        self.links.iter().any(|target| path.starts_with(target))
    }

    /// Reads what a workspace names and does not have.
    fn read_missing(&mut self, workspace: &Workspace) -> Result<Vec<Change>, Failure> {
        let folder = self.root.join(&workspace.config().captures);
        let mut missing = workspace.missing();
        if folder != self.captures_folder {
            // The same names mean other files now.
            missing.captures.extend(std::mem::take(&mut self.captures).into_values());
            self.captures_folder.clone_from(&folder);
        }
        let captures = missing.captures.iter().map(|name| (folder.join(name), name.clone()));
        self.captures.extend(captures);
        let changes = load::read_missing(&self.root, &folder, &missing)?;
        self.note(&changes);
        Ok(changes)
    }

    /// What the captures are now that are at the paths or below them.
    fn read_captures(&self, paths: &BTreeSet<PathBuf>) -> Vec<Change> {
        let names = paths.iter().flat_map(|path| self.captures_below(path)).map(|(_, name)| name.clone()).collect();
        let read = load::read_captures(&self.captures_folder, &names, &self.root);
        read.unwrap_or_else(|_| {
            let gone = |name: String| {
                let path = self.captures_folder.join(&name).to_string_lossy().into_owned();
                Change { at: At::Capture { name, path }, content: Content::Gone }
            };
            names.into_iter().map(gone).collect()
        })
    }

    /// The captures at that path or below it.
    fn captures_below(&self, path: &Path) -> impl Iterator<Item = (&PathBuf, &String)> {
        self.captures.range(path.to_owned()..).take_while(move |(capture, _)| capture.starts_with(path))
    }

    /// The paths of files below a folder that the workspace has.
    fn known_below(&self, folder: &Path) -> impl Iterator<Item = &String> {
        let prefix = format!("{}/", self.name(folder));
        self.known.range(prefix.clone()..).map(|(path, _)| path).take_while(move |path| path.starts_with(&prefix))
    }

    /// A path from the root, with forward slashes.
    fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy();
        below.replace(std::path::MAIN_SEPARATOR, "/")
    }

    /// Whether a change says something new: not that nothing is where nothing was.
    fn is_news(&self, change: &Change) -> bool {
        let Some(path) = path_of(change).filter(|_| change.content == Content::Gone) else { return true };
        self.known.contains_key(path) || self.known_below(&self.root.join(path)).next().is_some()
    }

    /// Whether the file at a path is as it was when it was given.
    fn is_as_it_was(&self, path: &Path) -> bool {
        let known = self.known.get(&self.name(path)).copied().flatten();
        known.is_some() && known == Stamp::of(path)
    }

    /// Keeps account of what the workspace has.
    fn note(&mut self, changes: &[Change]) {
        let stamp = |change: &Change| match (&change.content, path_of(change)) {
            (Content::Bytes(_) | Content::OnDisk { .. }, Some(path)) => Stamp::of(&self.root.join(path)),
            _ => None,
        };
        let stamps: Vec<Option<Stamp>> = changes.par_iter().map(stamp).collect();
        for (change, stamp) in changes.iter().zip(stamps) {
            let Some(path) = path_of(change) else { continue };
            if change.content != Content::Gone {
                self.known.insert(path.to_owned(), stamp);
                continue;
            }
            let below: Vec<String> = self.known_below(&self.root.join(path)).cloned().collect();
            for gone in below.iter().map(String::as_str).chain([path]) {
                self.known.remove(gone);
            }
        }
    }

    /// Notes where the symbolic links at the paths and below them lead, and those that are there in turn.
    fn find_links(&mut self, paths: BTreeSet<PathBuf>) {
        let mut pending: Vec<PathBuf> = paths.into_iter().collect();
        while let Some(path) = pending.pop() {
            let entries = WalkDir::new(path).into_iter().flatten();
            for link in entries.filter(walkdir::DirEntry::path_is_symlink) {
                let target = std::fs::canonicalize(link.path()).ok();
                // A link to a folder above would lead to itself.
                let inside = |target: &PathBuf| target.starts_with(&self.root) && !link.path().starts_with(target);
                if let Some(target) = target.filter(inside)
                    && self.links.insert(target.clone())
                {
                    pending.push(target);
                }
            }
        }
    }
}

/// The path from the root that a change is about; none for a capture.
fn path_of(change: &Change) -> Option<&str> {
    match &change.at {
        At::Path(path) => Some(path),
        At::Capture { .. } => None,
    }
}

/// The paths that changes speak of, as people write them.
pub(super) fn named(changes: &[Change]) -> BTreeSet<String> {
    let name = |change: &Change| match &change.at {
        At::Path(path) | At::Capture { path, .. } => path.clone(),
    };
    changes.iter().map(name).collect()
}
