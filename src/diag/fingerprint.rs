//! What a finding is known by from run to run, while lines above it come and go.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::files::Files;

/// The fingerprints of one run's findings, each another one.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    /// How often a finding of the same name on the same words of the same file has been met.
    seen: BTreeMap<String, usize>,
}

impl Fingerprints {
    /// Of name, file, the words, and which of their like it is: 32 hexadecimal digits.
    pub(super) fn of(&mut self, diagnostic: &Diagnostic, files: &Files) -> String {
        let place = diagnostic.span.map_or_else(String::new, |span| {
            let file = files.get(span.file);
            format!("{}\n{}", file.path, file.text.get(span.range.as_range()).unwrap_or_default())
        });
        let what = format!("{}\n{place}", diagnostic.code);
        let nth = self.seen.entry(what.clone()).or_default();
        *nth += 1;
        blake3::hash(format!("{what}\n{nth}").as_bytes()).to_hex()[..32].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Severity;
    use crate::files::{ByteRange, File, Span};

    fn prints(text: &str, at: usize) -> Vec<String> {
        let mut files = Files::default();
        let file = files.add(File { path: "content/a.md".into(), text: text.into(), invalid_at: None });
        let span = Span { file, range: ByteRange::new(at, at + 3) };
        let finding = Diagnostic::new(Severity::Error, "some-code", Some(span), "m");
        let mut fingerprints = Fingerprints::default();
        (0..2).map(|_| fingerprints.of(&finding, &files)).collect()
    }

    #[test]
    fn lines_above_change_nothing_and_two_of_a_kind_differ() {
        assert_eq!(prints("one", 0), prints("new\none", 4));
        assert_ne!(prints("one", 0), prints("two", 0));
        assert_ne!(prints("one", 0)[0], prints("one", 0)[1]);
    }
}
