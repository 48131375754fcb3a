//! What is printed. A reader that closes the pipe ends nothing but the printing.

use std::io::{self, IsTerminal, Write};

use crate::diag::{Diagnostic, human};
use crate::failure::Failure;
use crate::files::Files;

/// Standard output and standard error.
#[derive(Clone, Debug)]
pub(super) struct Console {
    /// Whether standard error takes colour.
    colour: bool,
    /// Whether standard output does.
    colours_results: bool,
}

impl Console {
    pub(super) fn new() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let wanted = !set("NO_COLOR") && !dumb;
        Self { colour: io::stderr().is_terminal() && wanted, colours_results: io::stdout().is_terminal() && wanted }
    }

    /// Whether a result for people is printed in colour.
    pub(super) fn colours_results(&self) -> bool {
        self.colours_results
    }

    /// Prints a result.
    ///
    /// # Errors
    /// Where standard output takes no more, unless its reader has gone.
    #[expect(clippy::unused_self, reason = "a result is printed by the one who may print")]
    pub(super) fn result(&self, text: &str) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::new(format!("cannot write to standard output: {error}")))
            }
            _ => Ok(()),
        }
    }

    /// Says something beside the result.
    #[expect(clippy::unused_self, reason = "whoever says something has the console")]
    pub(super) fn say(&self, text: &str) {
        // There is nobody to tell where standard error is closed.
        let _ = io::stderr().lock().write_all(format!("{text}\n").as_bytes());
    }

    /// Says what is wrong with a dossier; nothing where nothing is.
    pub(super) fn diagnose(&self, diagnostics: &[Diagnostic], files: &Files) {
        if !diagnostics.is_empty() {
            self.say(human::render(diagnostics, files, self.colour).trim_end());
        }
    }

    /// Says why a command could not be carried out.
    pub(super) fn fail(&self, failure: &Failure) {
        let (red, plain) = if self.colour { ("\u{1b}[1;91m", "\u{1b}[0m") } else { ("", "") };
        self.say(&format!("{red}error{plain}: {}", human::visible(&failure.message)));
        for hint in &failure.hints {
            self.say(&format!("  help: {}", human::visible(hint)));
        }
    }
}
