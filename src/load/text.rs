//! Bytes → texts.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diag::{Diagnostic, Severity};
use crate::failure::Failure;
use crate::files::{ByteRange, File, FileId, Files, Span};
use crate::load::shown;

/// The longest text: places are 32-bit numbers.
const LONGEST: u64 = u32::MAX as u64;

/// Reads files in parallel and numbers them in the order given. What is no text is reported.
pub(super) fn read_all(
    paths: &[PathBuf],
    root: &Path,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<FileId>, Failure> {
    let read = |path: &PathBuf| read_bytes(path).map(|bytes| decode(bytes, shown(path, root)));
    let texts: Vec<File> = paths.par_iter().map(read).collect::<Result<_, _>>()?;
    Ok(texts.into_iter().map(|text| add(text, files, diagnostics)).collect())
}

/// Numbers a text and reports bytes in it that are none.
pub(super) fn add(text: File, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> FileId {
    let invalid_at = text.invalid_at;
    let utf_16 = text.text.starts_with("\u{fffd}\u{fffd}") && text.text.contains('\0');
    let file = files.add(text);
    if let Some(at) = invalid_at {
        let span = Span { file, range: ByteRange::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()) };
        let hint = if utf_16 { "it looks like UTF-16: save the file as UTF-8" } else { "save the file as UTF-8" };
        diagnostics.push(
            Diagnostic::new(Severity::Error, "not-utf-8", Some(span), "the file is not UTF-8 text")
                .label("the first byte that is not UTF-8")
                .hint(hint),
        );
    }
    file
}

/// The bytes of a file that is not too long.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let fail = |error| Failure::io("read", path, &error);
    let length = fs::metadata(path).map_err(fail)?.len();
    if length > LONGEST {
        return Err(Failure::new(format!("`{}` is longer than 4 GiB", path.display())).hint("split it"));
    }
    fs::read(path).map_err(fail)
}

/// The bytes as a text; what is not UTF-8 becomes U+FFFD.
pub(super) fn decode(bytes: Vec<u8>, path: String) -> File {
    match String::from_utf8(bytes) {
        Ok(text) => File { path, text: text.into(), invalid_at: None },
        Err(error) => {
            let invalid_at = Some(error.utf8_error().valid_up_to());
            File { path, text: String::from_utf8_lossy(error.as_bytes()).into(), invalid_at }
        }
    }
}
