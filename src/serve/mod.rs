//! The preview: a dossier held in memory, its pages over HTTP as they are asked for, and news of changes to the browsers
//! that show them.
//!
//! ```text
//! disk ─watch→ paths ─load::read_paths→ changes ─Workspace::apply→ state, then news to every browser
//! request ─guard→ path in the site ─Workspace::page→ page ─inject→ response
//! ```
//!
//! A page is what a build would write, with a script and the diagnostics added (`inject`) that no build has. Nothing is
//! written to the disk but the claim that somebody writes in the preview, into a file that was not there (`writing`).
//! Whatever goes wrong with a request, a file or the dossier, the server goes on.

mod address;
mod disk;
mod guard;
mod http;
mod inject;
mod path;
mod report;
mod site;
mod state;
mod token;
mod watch;
mod writing;

use std::path::Path;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::failure::Failure;
use crate::files::Files;
use crate::leaks::Names;
use crate::workspace;
use disk::Disk;
use state::Preview;
use token::Token;
use watch::Watch;

pub use address::USUAL_PORT;

/// How many pages are made at the same time.
const MAKERS: usize = 4;

/// What the command line may set.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name or address to listen on.
    pub host: String,
    /// The port to listen at; without one, a free one.
    pub port: Option<u16>,
    /// Whether drafts are part of the dossier.
    pub drafts: bool,
    /// Names that no page may have.
    pub names: Option<Arc<Names>>,
}

/// The one who tells people what happens.
pub trait Teller: Send + Sync {
    /// The preview can be opened at that address.
    ///
    /// # Errors
    /// Where it cannot be told.
    fn ready(&self, url: &str) -> Result<(), Failure>;
    /// What is wrong with the dossier.
    fn diagnose(&self, diagnostics: &[Diagnostic], files: &Files);
    /// A line about what happened.
    fn say(&self, text: &str);
}

/// Previews the project in the folder `root` until the process is told to end (by Ctrl-C, say).
///
/// # Errors
/// Where there is no project, where nothing can listen at that address, and where the disk refuses at the start.
pub fn serve(root: &Path, options: &Options, teller: Arc<dyn Teller>) -> Result<(), Failure> {
    let address = address::listen(&options.host, options.port)?;
    let root = std::fs::canonicalize(root).map_err(|error| Failure::io("find", root, &error))?;
    // What changes while the files are read is read again.
    let watch = Watch::new(&root);
    let (disk, workspace) =
        Disk::open(root, workspace::Options { drafts: options.drafts, base_url: None, names: options.names.clone() })?;
    let preview = Arc::new(Preview::new(disk, workspace, Token::new()?, teller.clone()));
    preview.tell_diagnostics();
    if address.is_open {
        teller.say("note: others in the network can read this dossier, drafts and all, and write claims into it");
    }
    watch.start(preview.clone());
    teller.ready(&address.url)?;
    // Each thread that makes pages keeps some memory to itself.
    let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(MAKERS).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(format!("cannot start the server: {error}")))?;
    let end = runtime.block_on(http::run(address, preview));
    // Nobody waits for a page that is being made, or for a browser that listens.
    runtime.shutdown_background();
    end
}
