//! What is wrong with bytes that are to be a text.

use crate::diag::{Diagnostic, Severity};
use crate::files::{ByteRange, File, FileId, Span};

/// The error about bytes in a text that are none.
pub(super) fn not_utf_8(id: FileId, file: &File) -> Option<Diagnostic> {
    let at = file.invalid_at?;
    let span = Span { file: id, range: ByteRange::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()) };
    let utf_16 = file.text.starts_with("\u{fffd}\u{fffd}") && file.text.contains('\0');
    let hint = if utf_16 { "it looks like UTF-16: save the file as UTF-8" } else { "save the file as UTF-8" };
    Some(
        Diagnostic::new(Severity::Error, "not-utf-8", Some(span), "the file is not UTF-8 text")
            .label("the first byte that is not UTF-8")
            .hint(hint),
    )
}
