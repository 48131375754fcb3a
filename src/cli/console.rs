//! What is printed. A reader that closes the pipe ends nothing but the printing.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, OnceLock};

use crate::diag::{Diagnostic, human};
use crate::failure::Failure;
use crate::files::{Files, Span};
use crate::leaks::Names;

/// Standard output and standard error.
#[derive(Clone, Debug)]
pub(super) struct Console {
    /// Whether standard error takes colour.
    colour: bool,
    /// Whether standard output does.
    colours_results: bool,
    /// Whether standard error is a terminal that can write a line anew.
    can_redraw: bool,
    /// Names that are not printed, whoever prints.
    veil: Arc<OnceLock<Arc<Names>>>,
}

impl Console {
    pub(super) fn new() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let is_terminal = io::stderr().is_terminal();
        let wanted = !set("NO_COLOR") && !dumb;
        Self {
            colour: is_terminal && wanted,
            colours_results: io::stdout().is_terminal() && wanted,
            can_redraw: is_terminal && !dumb,
            veil: Arc::default(),
        }
    }

    /// Whether a result for people is printed in colour.
    pub(super) fn colours_results(&self) -> bool {
        self.colours_results && self.veil.get().is_none()
    }

    /// Whether standard error can show something that changes.
    pub(super) fn can_redraw(&self) -> bool {
        self.can_redraw
    }

    /// Keeps these names out of everything that is printed from now on, here and by whoever has this console.
    pub(super) fn veil(&self, names: Arc<Names>) {
        let _ = self.veil.set(names);
    }

    fn veiled<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.veil.get().map_or(Cow::Borrowed(text), |names| Cow::Owned(names.veil(text)))
    }

    /// Whether to print in colour. The codes for that could stand inside of a name, and hide it from being kept out.
    fn is_coloured(&self) -> bool {
        self.colour && self.veil.get().is_none()
    }

    /// Prints a result.
    ///
    /// # Errors
    /// Where standard output takes no more, unless its reader has gone.
    pub(super) fn result(&self, text: &str) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        match output.write_all(self.veiled(text).as_bytes()).and_then(|()| output.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::new(format!("cannot write to standard output: {error}")))
            }
            _ => Ok(()),
        }
    }

    /// Says something beside the result.
    pub(super) fn say(&self, text: &str) {
        // There is nobody to tell where standard error is closed.
        let _ = io::stderr().lock().write_all(format!("{}\n", self.veiled(text)).as_bytes());
    }

    /// Says what is wrong with a dossier; nothing where nothing is.
    pub(super) fn diagnose(&self, diagnostics: &[Diagnostic], files: &Files) {
        if !diagnostics.is_empty() {
            let diagnostics = self.cautious(diagnostics, files);
            self.say(human::render(&diagnostics, files, self.is_coloured()).trim_end());
        }
    }

    /// The diagnostics, and of those that would show a line with a withheld name only the place.
    fn cautious<'d>(&self, diagnostics: &'d [Diagnostic], files: &Files) -> Cow<'d, [Diagnostic]> {
        let Some(names) = self.veil.get() else { return Cow::Borrowed(diagnostics) };
        let is_near = |span: Span| names.is_near(&files.get(span.file).text, span.range.as_range());
        let veiled = |diagnostic: &Diagnostic| {
            let mut places = diagnostic.span.into_iter().chain(diagnostic.others.iter().map(|label| label.place));
            Diagnostic { is_veiled: diagnostic.is_veiled || places.any(is_near), ..diagnostic.clone() }
        };
        diagnostics.iter().map(veiled).collect()
    }

    /// Says why a command could not be carried out.
    pub(super) fn fail(&self, failure: &Failure) {
        let (red, plain) = if self.is_coloured() { ("\u{1b}[1;91m", "\u{1b}[0m") } else { ("", "") };
        self.say(&format!("{red}error{plain}: {}", human::visible(&failure.message)));
        for hint in &failure.hints {
            self.say(&format!("  help: {}", human::visible(hint)));
        }
    }
}
