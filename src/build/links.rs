//! The addresses outside that a dossier refers to, each with its places; and what is said of those that do not answer.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::build::Compiled;
use crate::config::LintLevel;
use crate::diag::{Diagnostic, Severity};
use crate::dossier::Target;
use crate::files::{FileId, Span};
use crate::links::{Answer, Answers, Options, check};
use crate::parse::ast::Record;

/// How many further places of an address are named.
const PLACES: usize = 5;

impl Compiled {
    /// Asks for every address outside of the dossier, and adds what is wrong with them to [`Compiled::diagnostics`].
    pub fn check_links(&mut self, options: &Options) -> Answers {
        let addresses = self.addresses();
        let answers = check(&self.root, &addresses.keys().cloned().collect::<BTreeSet<_>>(), options);
        let lint = |name: &str| self.dossier().config.lints.get(name).copied().unwrap_or(LintLevel::Warn).severity();
        let found: Vec<Diagnostic> = answers
            .answers
            .iter()
            .filter_map(|(address, answer)| {
                let (severity, code, message, hint) = match answer {
                    Answer::There => return None,
                    Answer::Moved(to) => (
                        lint("moved-link")?,
                        "moved-link",
                        format!("`{address}` has moved for good"),
                        format!("it is now at `{to}`"),
                    ),
                    Answer::Dead(why) => (
                        lint("dead-link")?,
                        "dead-link",
                        format!("`{address}` is dead: {why}"),
                        "correct it, or name a snapshot of it; of a source, with `archived`".to_owned(),
                    ),
                    Answer::Unknown(why) => (
                        Severity::Note,
                        "unchecked-link",
                        format!("nobody can say whether `{address}` is there: {why}"),
                        "open it in a browser".to_owned(),
                    ),
                };
                let places = addresses.get(address)?;
                let finding = Diagnostic::new(severity, code, places.first().copied(), message).hint(hint);
                Some(
                    places
                        .iter()
                        .skip(1)
                        .take(PLACES)
                        .fold(finding, |finding, &place| finding.other(place, "and here")),
                )
            })
            .collect();
        self.report(found);
        answers
    }

    /// Every address of http and https, with the places where it stands.
    fn addresses(&self) -> BTreeMap<String, Vec<Span>> {
        let dossier = self.workspace.dossier();
        let mut found: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        let mut add = |address: &str, place: Span| {
            if address.starts_with("http://") || address.starts_with("https://") {
                found.entry(address.to_owned()).or_default().push(place);
            }
        };
        // A draft that is left out is nobody's business yet.
        let published: HashSet<FileId> = dossier.records().filter_map(|record| dossier.file_of(record)).collect();
        for file in self.workspace.project().records().filter(|file| published.contains(&file.file)) {
            let addresses = match &file.parsed.record {
                Some(Record::Source(source)) => source.url.iter().chain(&source.archived).collect(),
                Some(Record::Entity(entity)) => entity.url.iter().chain(&entity.same_as).collect(),
                _ => Vec::new(),
            };
            addresses.iter().for_each(|address| add(&address.value, Span { file: file.file, range: address.range }));
        }
        for record in dossier.with_prose() {
            let Some(file) = dossier.file_of(record) else { continue };
            for link in dossier.texts(record).flat_map(|(_, text)| &text.links) {
                if let Target::External(address) = &link.target {
                    add(address, Span { file, range: link.range });
                }
            }
        }
        found
    }
}
