//! Pages → the output folder: the only module that changes a built site.
//!
//! Pages come in from many threads and wait in a stage inside the folder; [`Writer::commit`] puts them into their places.
//! Until then nothing that is published changes. A manifest says what the program has written; nothing else is ever
//! removed. A build that was killed while it committed is completed by the next [`Writer::open`]; one that was killed
//! before is forgotten.

mod commit;
mod create;
mod disk;
mod growing;
mod manifest;

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use blake3::Hash;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::failure::Failure;
use crate::site::{Page, SitePath};
use disk::Disk;
use manifest::Manifest;

pub use create::create;
pub use growing::Growing;

/// The stage's name in the output folder.
const STAGE: &str = ".casebook-stage";
/// The lock's name in the output folder. It stays there: a lock on a file that is removed guards nothing.
const LOCK: &str = ".casebook-lock";

/// A build on its way into an output folder.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    former: Option<Manifest>,
    /// Whether the folder is known to be as the former build left it.
    is_as_left: bool,
    disk: Disk,
    site: Mutex<Site>,
    /// Whether all is in its place and the stage is gone.
    is_committed: bool,
    _lock: File,
}

/// The site's files so far, by what a disk that knows no case takes their paths for.
type Site = HashMap<Box<str>, Entry>;

/// A file of the site.
#[derive(Debug)]
struct Entry {
    /// Its path; none where that is what a disk takes it for.
    path: Option<Box<str>>,
    /// None while it is being written.
    hash: Option<Hash>,
    is_staged: bool,
}

impl Entry {
    fn path<'a>(&'a self, folded: &'a str) -> &'a str {
        self.path.as_deref().unwrap_or(folded)
    }
}

/// What a build did to the output folder, in files.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Written because they are new or their bytes changed.
    pub written: usize,
    /// Left alone.
    pub unchanged: usize,
    /// Removed because the site has them no more.
    pub removed: usize,
}

impl Writer {
    /// Makes an output folder ready for a build, and completes or undoes one that was killed in it.
    ///
    /// `inputs` are files and folders that the site is made from: the output may neither be in one of them nor hold one.
    ///
    /// # Errors
    /// Where it does, where the folder holds files that no build has written, where another build is writing to it, and
    /// where the disk refuses.
    pub fn open(output: &Path, inputs: &[&Path]) -> Result<Self, Failure> {
        Self::open_on(Disk::default(), output, inputs)
    }

    fn open_on(disk: Disk, output: &Path, inputs: &[&Path]) -> Result<Self, Failure> {
        let folder = resolve(output)?;
        for input in inputs {
            refuse_overlap(&folder, &resolve(input)?)?;
        }
        if Manifest::read(&folder)?.is_none() {
            refuse_foreign(&folder)?;
        }
        fs::create_dir_all(&folder).map_err(|error| Failure::io("create the folder", &folder, &error))?;
        let lock = lock(&folder)?;
        // Only now that no other build can be changing it is the manifest what it seems to be.
        let mut former = Manifest::read(&folder)?;
        if let Some(manifest) = former.take_if(|manifest| manifest.committing) {
            commit::finish(&disk, &folder, manifest)?;
            former = Manifest::read(&folder)?;
        }
        disk.remove_folder(&folder.join(STAGE))?;
        Ok(Self { folder, former, is_as_left: false, disk, site: Mutex::default(), is_committed: false, _lock: lock })
    }

    /// The same writer, told that the folder's files are as the former build left them: whoever calls this has looked at
    /// their lengths and times. Then a file need not be read to know whether it has the same bytes.
    pub fn as_left(mut self) -> Self {
        self.is_as_left = true;
        self
    }

    /// Takes a page: it waits in the stage unless the folder has just these bytes. May be called from many threads.
    ///
    /// # Errors
    /// Where another file of the site has its path, and where the disk refuses.
    pub fn put(&self, page: &Page) -> Result<(), Failure> {
        let folded = self.reserve(&page.path)?;
        let hash = blake3::hash(&page.content);
        let is_there = self.is_there(&page.path, hash, page.content.len() as u64, || Ok(page.content.as_slice()))?;
        if !is_there {
            self.disk.write(&self.staged(&page.path), &page.content)?;
        }
        self.enter(&folded, hash, !is_there);
        Ok(())
    }

    /// Takes a page that `fill` gives piece by piece, so that it is never held in memory whole. May be called from many
    /// threads.
    ///
    /// # Errors
    /// Where another file of the site has its path, and where the disk refuses.
    pub fn put_pieces(
        &self,
        path: &SitePath,
        fill: impl FnOnce(&mut Growing<'_>) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let folded = self.reserve(path)?;
        let (staged, present) = (self.staged(path), self.folder.join(path.as_str()));
        let (hash, length) = self.disk.create(&staged, |file| {
            let mut growing = Growing::new(file, &present);
            fill(&mut growing)?;
            Ok(growing.finish())
        })?;
        let written = || File::open(&staged).map_err(|error| Failure::io("read", &staged, &error));
        let is_there = self.is_there(path, hash, length, written)?;
        if is_there {
            self.disk.remove_file(&staged)?;
        }
        self.enter(&folded, hash, !is_there);
        Ok(())
    }

    /// Leaves files of the last build as they are, whatever that is; says whether it has written all of them, else none is
    /// kept. May be called from many threads.
    ///
    /// # Errors
    /// Where another file of the site has the path of one.
    pub fn keep(&self, paths: &[&SitePath]) -> Result<bool, Failure> {
        let hashes: Option<Vec<_>> = paths.iter().map(|path| self.former_hash(path)).collect();
        let Some(hashes) = hashes else { return Ok(false) };
        for (path, hash) in paths.iter().zip(hashes) {
            self.insert(path, Some(hash))?;
        }
        Ok(true)
    }

    /// Takes the file `from` as it is, without holding it in memory. May be called from many threads.
    ///
    /// # Errors
    /// Where another file of the site has its path, and where the disk refuses.
    pub fn copy_static(&self, path: &SitePath, from: &Path) -> Result<(), Failure> {
        let folded = self.reserve(path)?;
        let cannot_read = |error| Failure::io("read", from, &error);
        let open = || File::open(from).map_err(cannot_read);
        let length = fs::metadata(from).map_err(cannot_read)?.len();
        let is_staged = !self.has(path, open()?, length)?;
        let mut hasher = blake3::Hasher::new();
        if is_staged {
            let mut source = open()?;
            self.disk.create(&self.staged(path), |file| copy(&mut source, file, &mut hasher))?;
        } else {
            copy(&mut open()?, &mut io::sink(), &mut hasher).map_err(cannot_read)?;
        }
        self.enter(&folded, hasher.finalize(), is_staged);
        Ok(())
    }

    /// Puts everything into its place, and removes what the former site had and this one has not.
    ///
    /// # Errors
    /// Where something that is not the program's is in the way: then nothing has changed. Where the disk refuses on the
    /// way: then the next build completes this one.
    pub fn commit(mut self) -> Result<Report, Failure> {
        let site = std::mem::take(self.site.get_mut().unwrap_or_else(PoisonError::into_inner));
        let former = self.former.take();
        let staged = site.iter().filter(|(_, entry)| entry.is_staged);
        let staged = staged.map(|(folded, entry)| entry.path(folded).to_owned()).collect();
        let hash = |entry: &Entry| entry.hash.map(|hash| hash.to_hex().to_string()).unwrap_or_default();
        let files = site.iter().map(|(folded, entry)| (entry.path(folded).to_owned(), hash(entry))).collect();
        drop(site);
        let mut manifest = Manifest::new(files, staged);
        let former_files = former.as_ref().map(|former| &former.files);
        let gone = former_files.into_iter().flat_map(BTreeMap::keys).filter(|path| !manifest.files.contains_key(*path));
        manifest.removed = gone.cloned().collect();
        let report = Report {
            written: manifest.staged.len(),
            unchanged: manifest.files.len() - manifest.staged.len(),
            removed: manifest.removed.len(),
        };
        if manifest.staged.is_empty() && former_files == Some(&manifest.files) {
            return Ok(report);
        }
        commit::check(&self.folder, &manifest)?;
        manifest.committing = true;
        commit::write_manifest(&self.disk, &self.folder, &manifest)?;
        commit::finish(&self.disk, &self.folder, manifest)?;
        self.is_committed = true;
        Ok(report)
    }

    /// Forgets the build; the folder stays as it was. The same happens where a writer is dropped.
    pub fn abort(self) {}

    /// Takes a path, so that no other file gets it, and says what a disk that knows no case takes it for.
    fn reserve(&self, path: &SitePath) -> Result<String, Failure> {
        self.insert(path, None)
    }

    fn insert(&self, path: &SitePath, hash: Option<Hash>) -> Result<String, Failure> {
        let path = path.as_str();
        if !manifest::is_site_path(path) {
            return Err(Failure::new(format!("the site cannot have a file `{path}`")).hint("rename it"));
        }
        let folded = fold_case(path);
        let mut site = self.site.lock().unwrap_or_else(PoisonError::into_inner);
        match site.get(&*folded).map(|entry| entry.path(&folded)) {
            None => {
                let own = (folded != path).then(|| path.into());
                site.insert(folded.as_str().into(), Entry { path: own, hash, is_staged: false });
                Ok(folded)
            }
            Some(other) if other == path => Err(Failure::new(format!("two files of the site have the path `{path}`"))),
            Some(other) => Err(Failure::new(format!(
                "`{other}` and `{path}` are one file on disks that do not tell their case apart"
            ))
            .hint("rename one of them")),
        }
    }

    fn enter(&self, folded: &str, hash: Hash, is_staged: bool) {
        let mut site = self.site.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = site.get_mut(folded) {
            (entry.hash, entry.is_staged) = (Some(hash), is_staged);
        }
    }

    /// The hash of what the former build wrote to a path.
    fn former_hash(&self, path: &SitePath) -> Option<Hash> {
        Hash::from_hex(self.former.as_ref()?.files.get(path.as_str())?).ok()
    }

    fn staged(&self, path: &SitePath) -> PathBuf {
        self.folder.join(STAGE).join(path.as_str())
    }

    /// Whether the folder has these bytes at that path, of which there are so many and which have that hash. They are read
    /// only where the folder may be other than the former build left it.
    fn is_there<R: Read>(
        &self,
        path: &SitePath,
        hash: Hash,
        length: u64,
        content: impl FnOnce() -> Result<R, Failure>,
    ) -> Result<bool, Failure> {
        if self.is_as_left {
            return Ok(self.former_hash(path).is_some_and(|former| former == hash));
        }
        self.has(path, content()?, length)
    }

    /// Whether the folder has exactly these bytes at that path, in a file and not behind a link. The manifest is not
    /// asked: somebody may have changed the file since.
    fn has(&self, path: &SitePath, content: impl Read, length: u64) -> Result<bool, Failure> {
        if self.former.is_none() {
            return Ok(false);
        }
        let path = self.folder.join(path.as_str());
        let Ok(metadata) = fs::symlink_metadata(&path) else { return Ok(false) };
        if !metadata.is_file() || metadata.len() != length {
            return Ok(false);
        }
        let Ok(present) = File::open(&path) else { return Ok(false) };
        is_same(content, present).map_err(|error| Failure::io("read", &path, &error))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.is_committed {
            return;
        }
        // A stage that a finished commit announces must stay; one that stays for another reason is dropped by the next
        // build, and so an error here needs no words.
        if !Manifest::read(&self.folder).is_ok_and(|manifest| manifest.is_some_and(|manifest| manifest.committing)) {
            let _ = self.disk.remove_folder(&self.folder.join(STAGE));
        }
    }
}

/// The state of an output folder as a digest: the paths, lengths and times of the site's files. None where one of them is
/// missing or no file, where the last build was cut off, and where there was none.
pub fn state(output: &Path) -> Option<Hash> {
    if output.join(STAGE).exists() {
        return None;
    }
    let manifest = Manifest::read(output).ok()?.filter(|manifest| !manifest.committing)?;
    let paths: Vec<&String> = manifest.files.keys().collect();
    let stamp = |path: &&String| {
        let metadata = fs::symlink_metadata(output.join(path)).ok().filter(fs::Metadata::is_file)?;
        Some(format!("{path} {} {:?}\n", metadata.len(), metadata.modified().ok()?))
    };
    let stamps: Vec<String> = paths.par_iter().map(stamp).collect::<Option<_>>()?;
    Some(blake3::hash(stamps.concat().as_bytes()))
}

/// What a disk that knows neither case nor the composition of letters takes a path for.
fn fold_case(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).collect()
}

/// The path without links and `..`, though its last parts need not exist.
fn resolve(path: &Path) -> Result<PathBuf, Failure> {
    let fail = |error: io::Error| Failure::io("find", path, &error);
    let mut existing = std::path::absolute(path).map_err(fail)?;
    let mut missing = Vec::new();
    loop {
        match fs::canonicalize(&existing) {
            Ok(mut resolved) => {
                resolved.extend(missing.iter().rev());
                return Ok(resolved);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // A link that leads nowhere, and `..` after a part that is not there.
                let Some(name) = existing.file_name().filter(|_| !existing.is_symlink()) else {
                    return Err(fail(error));
                };
                missing.push(name.to_owned());
                existing.pop();
            }
            Err(error) => return Err(fail(error)),
        }
    }
}

fn refuse_overlap(output: &Path, input: &Path) -> Result<(), Failure> {
    let (site, made_from) = (output.display(), input.display());
    let message = if output == input {
        format!("the site is made from `{made_from}` and cannot be built into it")
    } else if input.starts_with(output) {
        format!("the output folder `{site}` holds `{made_from}`, which the site is made from")
    } else if output.starts_with(input) {
        format!("the output folder `{site}` is inside `{made_from}`, which the site is made from")
    } else {
        return Ok(());
    };
    Err(Failure::new(message).hint("name another folder with `--output`"))
}

/// Refuses a folder with files in it that no build has written: a build removes and overwrites.
fn refuse_foreign(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::io("read the folder", folder, &error)),
    };
    for entry in entries {
        let name = entry.map_err(|error| Failure::io("read the folder", folder, &error))?.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            let (folder, name) = (folder.display(), name.display());
            return Err(Failure::new(format!("the folder `{folder}` holds `{name}`, which casebook has not written"))
                .hint("name an empty folder with `--output`, or empty this one"));
        }
    }
    Ok(())
}

/// Locks the folder against other builds; the system lets go of the lock however this one ends.
fn lock(folder: &Path) -> Result<File, Failure> {
    let path = folder.join(LOCK);
    if path.is_symlink() {
        return Err(Failure::new(format!("`{}` is a symbolic link", path.display())).hint("remove it"));
    }
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| Failure::io("write", &path, &error))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            Err(Failure::new(format!("another build is writing to `{}`", folder.display()))
                .hint("wait until it is done"))
        }
        // Some network disks know no locks: then nothing can be done.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// Whether two streams of equal length have the same bytes.
fn is_same(mut a: impl Read, mut b: impl Read) -> io::Result<bool> {
    const CHUNK: usize = 1 << 16;
    let room = || Vec::with_capacity(CHUNK);
    let (mut from_a, mut from_b) = (room(), room());
    loop {
        from_a.clear();
        from_b.clear();
        a.by_ref().take(CHUNK as u64).read_to_end(&mut from_a)?;
        b.by_ref().take(CHUNK as u64).read_to_end(&mut from_b)?;
        if from_a != from_b {
            return Ok(false);
        }
        if from_a.is_empty() {
            return Ok(true);
        }
    }
}

/// Copies a stream and hashes what was copied.
fn copy(from: &mut impl Read, to: &mut impl io::Write, hasher: &mut blake3::Hasher) -> io::Result<()> {
    let mut chunk = vec![0; 1 << 16];
    loop {
        match from.read(&mut chunk)? {
            0 => return Ok(()),
            length => {
                hasher.update(&chunk[..length]);
                to.write_all(&chunk[..length])?;
            }
        }
    }
}

#[cfg(test)]
mod tests;
