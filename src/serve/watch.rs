//! What happens on the disk → the paths to look at, gathered until it is quiet.
//!
//! Which event it was does not count, since every system tells the same thing otherwise and a burst can arrive in parts:
//! a path that something happened to is looked at. Only that a file was closed after writing is of use, because then
//! nothing need be waited for. A new folder is looked at once more a little later: what was made in it before the system
//! watched it has no event. Where events were lost, or the system cannot watch, everything is looked at.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::disk::Disk;
use super::state::Preview;
use crate::workspace::{CONTENT, THEMES};

/// How long it is quiet after an event before its path is looked at: where all files are closed, where one is being
/// written, and where so much happens that it is no editor's saving. Where a system says when a file is closed, one that
/// is not may well be empty for the moment.
const AFTER_SAVING: Duration = Duration::from_millis(3);
const WHILE_WRITING: Duration = Duration::from_millis(if cfg!(target_os = "linux") { 50 } else { 10 });
const IN_A_BURST: Duration = Duration::from_millis(60);
/// So many paths are a burst.
const BURST: usize = 16;
/// How long a burst is gathered at most.
const LONGEST: Duration = Duration::from_millis(1500);
/// When a new folder is looked at again.
const AGAIN_AFTER: Duration = Duration::from_millis(300);
/// How often everything is looked at where the system cannot watch.
const POLL: Duration = Duration::from_secs(2);

type Happening = notify::Result<Event>;

/// The system's watcher and what it tells.
pub(super) struct Watch {
    root: PathBuf,
    /// None where the system cannot watch.
    watcher: Option<RecommendedWatcher>,
    happenings: Receiver<Happening>,
    /// Keeps the channel open where there is no watcher.
    _sender: Sender<Happening>,
    /// Folders beside the project's own that are watched for what symbolic links lead to, and for captures.
    others: BTreeSet<PathBuf>,
    /// Whether it was said that the system cannot watch.
    polls: bool,
}

/// What there is to look at.
#[derive(Debug, Default)]
struct Batch {
    paths: BTreeSet<PathBuf>,
    /// Those that may still be written to.
    unsettled: BTreeSet<PathBuf>,
    /// Whether events were lost.
    missed: bool,
    /// Whether one of the folders that are watched as a whole may be another one now.
    rewatch: bool,
}

impl Watch {
    /// Watches the project in the folder `root`, which has no symbolic links.
    pub(super) fn new(root: &Path) -> Self {
        let (sender, happenings) = channel();
        let handler = sender.clone();
        let tell = move |happening| {
            // The thread that takes them ends with the process.
            let _ = handler.send(happening);
        };
        // A link can lead to the whole disk, so links are followed one by one.
        let watcher = RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false)).ok();
        let mut watch =
            Self { root: root.to_owned(), watcher, happenings, _sender: sender, others: BTreeSet::new(), polls: false };
        watch.cover(root, RecursiveMode::NonRecursive);
        watch.cover_content();
        watch
    }

    /// Keeps the preview up with the disk from now on, in a thread of its own.
    pub(super) fn start(mut self, preview: Arc<Preview>) {
        std::thread::spawn(move || {
            let mut later = Later::default();
            loop {
                match catch_unwind(AssertUnwindSafe(|| self.step(&preview, &mut later))) {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(_) => {
                        preview.say("a mistake in Casebook kept it from seeing a change; save the file again");
                        std::thread::sleep(POLL);
                    }
                }
            }
        });
    }

    /// Waits until something happens, and has the preview look at it. Says whether there can be a next time.
    fn step(&mut self, preview: &Preview, later: &mut Later) -> bool {
        // What happened there before it was watched is found by looking.
        let fresh = self.cover_others(&preview.disk());
        if !fresh.is_empty() {
            preview.look(&fresh, Instant::now());
        }
        if self.watcher.is_none() && !std::mem::replace(&mut self.polls, true) {
            let seconds = POLL.as_secs();
            preview
                .say(&format!("note: the system watches no more folders; files are looked at every {seconds} seconds"));
        }
        let Some(mut batch) = self.gather(preview, later.wait()) else { return false };
        let started = Instant::now();
        if batch.rewatch {
            self.cover_content();
            self.others.clear();
        }
        if batch.missed {
            batch.paths.extend(preview.disk().everything());
        }
        if self.watcher.is_some() {
            later.add(&batch.paths);
        }
        batch.paths.extend(later.due());
        preview.look(&batch.paths, started);
        true
    }

    /// Waits for something to happen, no longer than `wait`, and then for quiet. None where the thread is to end.
    fn gather(&self, preview: &Preview, wait: Option<Duration>) -> Option<Batch> {
        let mut batch = Batch::default();
        let wait = match self.watcher {
            Some(_) => wait,
            None => Some(wait.unwrap_or(POLL).min(POLL)),
        };
        let first = match wait {
            Some(wait) => self.happenings.recv_timeout(wait),
            None => self.happenings.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match first {
            Ok(happening) => batch.take(happening, self, &preview.disk()),
            Err(RecvTimeoutError::Timeout) => {
                batch.missed = self.watcher.is_none();
                return Some(batch);
            }
            Err(RecvTimeoutError::Disconnected) => return None,
        }
        let begun = Instant::now();
        while begun.elapsed() < LONGEST {
            match self.happenings.recv_timeout(batch.patience()) {
                Ok(happening) => batch.take(happening, self, &preview.disk()),
                Err(_) => break,
            }
        }
        Some(batch)
    }

    /// Watches the folders that are the project's own as a whole.
    fn cover_content(&mut self) {
        for folder in [CONTENT, THEMES].map(|name| self.root.join(name)) {
            if let Some(watcher) = &mut self.watcher {
                // What was watched under that name may be elsewhere by now.
                let _ = watcher.unwatch(&folder);
            }
            // A link out of the project is not looked into.
            if folder.is_dir() && !folder.is_symlink() {
                self.cover(&folder, RecursiveMode::Recursive);
            }
        }
    }

    /// Watches where symbolic links lead and where captures are, as far as that is not watched yet. Gives what depends on
    /// the folders that are watched now.
    fn cover_others(&mut self, disk: &Disk) -> BTreeSet<PathBuf> {
        let mut fresh = BTreeSet::new();
        for (folder, mode) in disk.elsewhere() {
            if self.others.contains(&folder) || !folder.is_dir() {
                continue;
            }
            self.cover(&folder, mode);
            if disk.has_links() {
                fresh.extend(disk.everything());
            }
            fresh.insert(folder.clone());
            self.others.insert(folder);
        }
        fresh
    }

    /// Watches a folder. Without a watcher everything is looked at from time to time.
    fn cover(&mut self, folder: &Path, mode: RecursiveMode) {
        let covered = self.watcher.as_mut().is_none_or(|watcher| watcher.watch(folder, mode).is_ok());
        // A folder that has just gone will be missed by nobody; any other that cannot be watched is why to look by hand.
        if !covered && folder.is_dir() {
            self.watcher = None;
        }
    }
}

/// Folders that are to be looked at once more.
#[derive(Debug, Default)]
struct Later {
    due: Option<Instant>,
    folders: BTreeSet<PathBuf>,
}

impl Later {
    /// How long it is until they are looked at; none where there are none.
    fn wait(&self) -> Option<Duration> {
        self.due.map(|due| due.saturating_duration_since(Instant::now()))
    }

    /// Adds those of the paths that are folders.
    fn add(&mut self, paths: &BTreeSet<PathBuf>) {
        let before = self.folders.len();
        self.folders.extend(paths.iter().filter(|path| path.is_dir()).cloned());
        if self.folders.len() > before {
            self.due = Some(Instant::now() + AGAIN_AFTER);
        }
    }

    /// Takes them out, if it is time.
    fn due(&mut self) -> BTreeSet<PathBuf> {
        match self.due.take_if(|due| *due <= Instant::now()) {
            Some(_) => std::mem::take(&mut self.folders),
            None => BTreeSet::new(),
        }
    }
}

impl Batch {
    /// Adds what happened, where it concerns the site.
    fn take(&mut self, happening: Happening, watch: &Watch, disk: &Disk) {
        let Ok(event) = happening else {
            self.missed = true;
            self.rewatch = true;
            return;
        };
        self.missed |= event.need_rescan();
        let is_closed = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        if matches!(event.kind, EventKind::Access(_)) && !is_closed {
            return;
        }
        let is_settled =
            is_closed || matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        for path in event.paths {
            if disk.is_linked(&path) {
                self.missed = true;
            }
            if !disk.concerns(&path) {
                continue;
            }
            let is_root = path.parent() == Some(&watch.root) && !path.is_file();
            self.rewatch |= is_root || watch.others.contains(&path);
            if is_settled {
                self.unsettled.remove(&path);
            } else {
                self.unsettled.insert(path.clone());
            }
            self.paths.insert(path);
        }
    }

    /// How long it has to be quiet.
    fn patience(&self) -> Duration {
        if self.missed || self.paths.len() >= BURST {
            IN_A_BURST
        } else if self.unsettled.is_empty() {
            AFTER_SAVING
        } else {
            WHILE_WRITING
        }
    }
}
