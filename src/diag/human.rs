//! Diagnostics for people.

use crate::diag::Diagnostic;
use crate::files::Files;

/// The diagnostics as text, each with its place underlined, and a line that counts them; in colour for a terminal.
pub fn render(diagnostics: &[Diagnostic], files: &Files, colour: bool) -> String {
    let _ = (diagnostics, files, colour);
    todo!()
}
