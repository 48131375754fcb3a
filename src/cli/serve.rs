//! `casebook serve`.

use std::path::Path;
use std::sync::Arc;

use clap::Args;

use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::names::WithheldNames;
use crate::diag::Diagnostic;
use crate::failure::Failure;
use crate::files::Files;
use crate::serve::{self, Options, Teller};

/// Preview the site while you write
///
/// Shows the dossier in a browser and keeps up with every change to its files. Errors are shown in the page and printed
/// here. On a source's page, select words to write a claim. Ctrl-C ends the preview.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The port to listen at [default: 4242, or the next that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,

    /// The address to listen on; any other than this machine's own lets others read the dossier and write claims
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    host: String,

    /// Open the preview in a browser
    #[arg(long)]
    open: bool,

    /// Include drafts
    #[arg(long)]
    drafts: bool,

    #[command(flatten)]
    names: WithheldNames,
}

struct Terminal {
    console: Console,
    open: bool,
}

impl Teller for Terminal {
    fn ready(&self, url: &str) -> Result<(), Failure> {
        self.console.result(&format!("The preview is at {url} (Ctrl-C ends it)\n"))?;
        if self.open
            && let Err(error) = opener::open_browser(url)
        {
            self.console.say(&format!("note: no browser could be opened: {error}"));
        }
        Ok(())
    }

    fn diagnose(&self, diagnostics: &[Diagnostic], files: &Files) {
        self.console.diagnose(diagnostics, files);
    }

    fn say(&self, text: &str) {
        self.console.say(text);
    }
}

pub(super) fn run(arguments: &Arguments, root: &Path, console: &Console) -> Result<Outcome, Failure> {
    let options = Options {
        host: arguments.host.clone(),
        port: arguments.port,
        drafts: arguments.drafts,
        names: arguments.names.read(root, console)?,
    };
    let terminal = Terminal { console: console.clone(), open: arguments.open };
    serve::serve(root, &options, Arc::new(terminal))?;
    Ok(Outcome::Done)
}
