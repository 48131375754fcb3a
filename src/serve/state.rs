//! The state of a preview: the workspace, which changes replace as a whole, and news for whoever watches.
//!
//! A request sees the workspace before a change or after it, never between. A panic while it changes makes a new one from
//! the disk; a panic while a page is made costs that page.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

use tokio::sync::broadcast;

use super::Teller;
use super::disk::{Disk, named};
use super::token::Token;
use crate::diag::{Diagnostic, human};
use crate::workspace::{Applied, Change, Workspace};

/// How many diagnostics are printed after a change; `casebook check` prints all.
const PRINTED: usize = 30;
/// How many changes a browser may be late before it is told to look at everything.
const LATE: usize = 64;

/// What a browser is told after a change.
#[derive(Clone, Debug)]
pub(super) struct News {
    /// The number of the state, which each change counts up.
    pub(super) revision: u64,
    /// The paths in the site of style sheets that changed.
    pub(super) styles: Vec<String>,
    /// Whether a file changed that a page cannot take in while it is shown, such as a script.
    pub(super) reload: bool,
}

pub(super) struct Preview {
    root: PathBuf,
    /// Taken before the workspace, by whoever takes both.
    disk: Mutex<Disk>,
    workspace: RwLock<Workspace>,
    revision: AtomicU64,
    /// The last revision in which a file changed that a page has to be loaded for.
    scripts: AtomicU64,
    news: broadcast::Sender<News>,
    token: Token,
    teller: Arc<dyn Teller>,
    told: Mutex<Told>,
}

/// What has been printed.
#[derive(Default)]
struct Told {
    diagnostics: Vec<Diagnostic>,
    /// The pages whose own diagnostics were printed in this revision.
    pages: BTreeSet<String>,
}

impl Preview {
    pub(super) fn new(disk: Disk, workspace: Workspace, token: Token, teller: Arc<dyn Teller>) -> Self {
        Self {
            root: disk.root().to_owned(),
            disk: Mutex::new(disk),
            workspace: RwLock::new(workspace),
            revision: AtomicU64::new(1),
            scripts: AtomicU64::new(0),
            news: broadcast::channel(LATE).0,
            token,
            teller,
            told: Mutex::default(),
        }
    }

    /// The project's folder, without symbolic links.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn token(&self) -> &Token {
        &self.token
    }

    /// The number of the state that [`Preview::workspace`] has while it is held.
    pub(super) fn revision(&self) -> u64 {
        self.revision.load(Ordering::Acquire)
    }

    /// The number of the last state that pages have to be loaded for, rather than swapped.
    pub(super) fn scripts_revision(&self) -> u64 {
        self.scripts.load(Ordering::Acquire)
    }

    /// The news from now on.
    pub(super) fn subscribe(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// The workspace as it is now. One that a panic has left half changed has been replaced.
    pub(super) fn workspace(&self) -> RwLockReadGuard<'_, Workspace> {
        self.workspace.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The disk, for one at a time.
    pub(super) fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at paths on the disk, takes in what has changed there, tells every browser, and says in the terminal what
    /// came of it. It was noticed at `started`.
    pub(super) fn look(&self, paths: &BTreeSet<PathBuf>, started: Instant) {
        let mut disk = self.disk();
        let changes = disk.read(paths);
        if changes.is_empty() {
            return;
        }
        let paths = named(&changes);
        let mut workspace = self.workspace.write().unwrap_or_else(PoisonError::into_inner);
        let applied = self.apply(&mut workspace, changes, &mut disk);
        if !applied.changed {
            return;
        }
        let revision = self.revision.fetch_add(1, Ordering::AcqRel) + 1;
        drop(workspace);
        drop(disk);
        let (styles, others): (Vec<_>, Vec<_>) = applied.assets.into_iter().partition(|path| path.ends_with(".css"));
        let reload = !others.is_empty();
        if reload {
            self.scripts.store(revision, Ordering::Release);
        }
        // Nobody need be listening.
        let _ = self.news.send(News { revision, styles, reload });
        let what = match paths.first() {
            Some(path) if paths.len() == 1 => human::visible(path),
            _ => format!("{} files", paths.len()),
        };
        self.teller.say(&format!("{what}: taken in after {} ms", started.elapsed().as_millis()));
        self.tell_diagnostics();
    }

    fn apply(&self, workspace: &mut RwLockWriteGuard<'_, Workspace>, changes: Vec<Change>, disk: &mut Disk) -> Applied {
        let applied = catch_unwind(AssertUnwindSafe(|| disk.apply(workspace, changes)));
        applied.unwrap_or_else(|_| {
            self.teller.say("a mistake in Casebook stopped it from taking that in; everything is read anew");
            // Where that fails as well, the state is the best that there is.
            if let Ok(Ok(anew)) = catch_unwind(AssertUnwindSafe(|| disk.read_all())) {
                **workspace = anew;
            }
            Applied { changed: true, pages: true, assets: Vec::new() }
        })
    }

    /// Prints a line.
    pub(super) fn say(&self, text: &str) {
        self.teller.say(text);
    }

    /// Prints what is wrong with the dossier, unless that was printed last.
    pub(super) fn tell_diagnostics(&self) {
        let workspace = self.workspace();
        let now = workspace.diagnostics();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.pages.clear();
        if told.diagnostics == now {
            if !now.is_empty() {
                self.teller.say(&format!("still {}", human::summary(now)));
            }
            return;
        }
        self.teller.diagnose(&now[..now.len().min(PRINTED)], workspace.files());
        if now.len() > PRINTED {
            let all = human::summary(now);
            self.teller.say(&format!("these are the first {PRINTED} of {all}: `casebook check` prints all"));
        } else if now.is_empty() {
            self.teller.say("nothing is wrong any more");
        }
        told.diagnostics = now.to_vec();
    }

    /// Prints what is wrong with a page that somebody looks at, once in each state.
    pub(super) fn tell_page(&self, path: &str, workspace: &Workspace, wrong: &[Diagnostic]) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if !wrong.is_empty() && told.pages.insert(path.to_owned()) {
            self.teller.diagnose(&wrong[..wrong.len().min(PRINTED)], workspace.files());
        }
    }
}
