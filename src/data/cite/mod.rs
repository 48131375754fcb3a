//! A work to be cited → BibTeX and CSL-JSON.
//!
//! A [`Reference`] says what is known of the work, and the generators know nothing else. Names stay whole: which of its
//! words is the family name a dossier does not say, and guessing would sort people under the wrong letter. So every
//! name is a literal one in both formats.

mod bibtex;
mod csl;

use crate::data::names::name;
use crate::date::Date;
use crate::dossier::{Claim, Dossier, Source};
use crate::terms::SourceKind;

/// What is cited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Work {
    /// A source, as its publisher published it.
    Source(SourceKind),
    /// A page of the dossier.
    Page,
}

/// All that a citation can say of a work. Texts are plain, and in one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Reference<'a> {
    /// The record's id: `[a-z0-9-]+`.
    pub(crate) key: &'a str,
    pub(crate) work: Work,
    pub(crate) title: &'a str,
    pub(crate) authors: Vec<&'a str>,
    /// What it is a part of: the medium that published a source, the dossier that a page belongs to.
    pub(crate) container: Option<&'a str>,
    pub(crate) publisher: Option<&'a str>,
    pub(crate) issued: Option<&'a Date>,
    /// A BCP 47 tag.
    pub(crate) language: Option<&'a str>,
    pub(crate) url: Option<String>,
    /// The address of a snapshot.
    pub(crate) archived: Option<&'a str>,
    pub(crate) note: Option<String>,
}

impl<'d> Reference<'d> {
    /// A source itself, not its page here.
    pub(crate) fn to_source(dossier: &'d Dossier, source: &'d Source) -> Self {
        let publisher = source.publisher.as_ref().map(|agent| name(dossier, agent));
        // An article is a part of what published it; a report stands by itself.
        let is_part = matches!(
            source.kind,
            SourceKind::Article | SourceKind::Post | SourceKind::Video | SourceKind::Audio | SourceKind::Transcript
        );
        Self {
            key: source.meta.id.as_str(),
            work: Work::Source(source.kind),
            title: &source.title,
            authors: source.authors.iter().map(|agent| name(dossier, agent)).collect(),
            container: publisher.filter(|_| is_part),
            publisher: publisher.filter(|_| !is_part),
            issued: source.date.as_ref(),
            language: Some(source.language.as_deref().unwrap_or(&dossier.config.language)),
            url: source.url.clone().map(String::from),
            archived: source.archived.as_deref(),
            note: None,
        }
    }

    /// A claim's page, at `url`; `rating` is the label of the one that holds.
    pub(crate) fn to_claim(
        dossier: &'d Dossier,
        claim: &'d Claim,
        rating: Option<String>,
        url: Option<String>,
    ) -> Self {
        let config = &dossier.config;
        Self {
            key: claim.meta.id.as_str(),
            work: Work::Page,
            title: &claim.claim,
            authors: Vec::new(),
            container: Some(&config.title),
            publisher: config.publisher.as_deref().filter(|publisher| *publisher != config.title),
            issued: claim.verdicts.last().and_then(|verdict| verdict.date.as_ref()),
            language: Some(&config.language),
            url,
            archived: None,
            note: rating.map(|rating| format!("Rated “{rating}”")),
        }
    }

    /// An entry of a BibTeX or BibLaTeX file.
    pub(crate) fn bibtex(&self) -> String {
        bibtex::entry(self)
    }

    /// CSL-JSON: a list of one item.
    pub(crate) fn csl(&self) -> String {
        csl::list(std::slice::from_ref(self))
    }
}

/// All sources as a BibTeX file.
pub(super) fn bibtex(dossier: &Dossier) -> String {
    let mut file = String::new();
    for source in &dossier.sources {
        file.push_str(&Reference::to_source(dossier, source).bibtex());
        file.push_str("\n\n");
    }
    file.truncate(file.trim_end_matches('\n').len());
    if !file.is_empty() {
        file.push('\n');
    }
    file
}

/// All sources as a CSL-JSON file.
pub(super) fn csl(dossier: &Dossier) -> String {
    let references: Vec<_> = dossier.sources.iter().map(|source| Reference::to_source(dossier, source)).collect();
    csl::list(&references) + "\n"
}

/// A work for the generators' tests.
#[cfg(test)]
pub(crate) fn example<'a>() -> Reference<'a> {
    Reference {
        key: "red-phone",
        work: Work::Source(SourceKind::Article),
        title: "Calls & “talks”",
        authors: vec!["Ann Lee", "The {A} Team"],
        container: Some("Daily 100%"),
        publisher: None,
        issued: None,
        language: Some("en-GB"),
        url: Some("https://example.org/a_b?c=1&d=%20#e".to_owned()),
        archived: None,
        note: None,
    }
}
