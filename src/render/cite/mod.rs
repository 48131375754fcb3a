//! A work to be cited → the forms in which readers take it away: plain text, BibTeX, CSL-JSON; and the address of a
//! passage (`text_fragment`).
//!
//! A [`Reference`] says what is known of the work, and the generators know nothing else. Names stay whole: which of its
//! words is the family name a dossier does not say, and guessing would sort people under the wrong letter. So every
//! name is a literal one in both formats.

mod bibtex;
mod csl;
mod plain;
pub(super) mod text_fragment;

use serde::Serialize;

use crate::date::Date;
use crate::dossier::{Agent, Claim, ClaimIx, Dossier, RecordRef, Source};
use crate::render::vantage::{Vantage, address};
use crate::terms::SourceKind;

/// What is cited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Work {
    /// A source, as its publisher published it.
    Source(SourceKind),
    /// A page of the dossier.
    Page,
}

/// All that a citation can say of a work. Texts are plain, and in one line.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Reference<'a> {
    /// The record's id: `[a-z0-9-]+`.
    key: &'a str,
    work: Work,
    title: &'a str,
    authors: Vec<&'a str>,
    /// What it is a part of: the medium that published a source, the dossier that a page belongs to.
    container: Option<&'a str>,
    publisher: Option<&'a str>,
    issued: Option<&'a Date>,
    /// A BCP 47 tag.
    language: Option<&'a str>,
    url: Option<String>,
    /// The address of a snapshot.
    archived: Option<&'a str>,
    note: Option<String>,
}

/// A citation in every form.
#[derive(Debug, Serialize)]
pub(super) struct CiteView {
    /// As a sentence.
    plain: String,
    /// An entry of a BibTeX or BibLaTeX file.
    bibtex: String,
    /// CSL-JSON: a list of one item.
    csl: String,
}

/// The citation of a source itself, not of its page here.
pub(super) fn source(at: &Vantage<'_>, source: &Source) -> CiteView {
    view(&of_source(at.dossier, source))
}

/// The citation of a claim's page.
pub(super) fn claim(at: &Vantage<'_>, ix: ClaimIx) -> CiteView {
    let claim = at.claim(ix);
    let rating = claim.rating().map(|rating| at.rating_label(Some(rating)).to_owned());
    let base = at.dossier.config.base_url.as_ref();
    let url = base.zip(at.routes.record(RecordRef::Claim(ix))).map(|(base, path)| address(base, path));
    view(&of_claim(at.dossier, claim, rating, url))
}

fn view(reference: &Reference<'_>) -> CiteView {
    CiteView { plain: plain::sentence(reference), bibtex: bibtex::entry(reference), csl: csl::list(&[reference]) }
}

fn of_source<'d>(dossier: &'d Dossier, source: &'d Source) -> Reference<'d> {
    let publisher = source.publisher.as_ref().map(|agent| name(dossier, agent));
    // An article is a part of what published it; a report stands by itself.
    let is_part = matches!(
        source.kind,
        SourceKind::Article | SourceKind::Post | SourceKind::Video | SourceKind::Audio | SourceKind::Transcript
    );
    Reference {
        key: source.meta.id.as_str(),
        work: Work::Source(source.kind),
        title: &source.title,
        authors: source.authors.iter().map(|agent| name(dossier, agent)).collect(),
        container: publisher.filter(|_| is_part),
        publisher: publisher.filter(|_| !is_part),
        issued: source.date.as_ref(),
        language: Some(source.language.as_deref().unwrap_or(&dossier.config.language)),
        url: source.url.clone(),
        archived: source.archived.as_deref(),
        note: None,
    }
}

fn of_claim<'d>(dossier: &'d Dossier, claim: &'d Claim, rating: Option<String>, url: Option<String>) -> Reference<'d> {
    let config = &dossier.config;
    Reference {
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

fn name<'d>(dossier: &'d Dossier, agent: &'d Agent) -> &'d str {
    match agent {
        Agent::Entity(ix) => dossier.entities.get(ix.index()).map_or("", |entity| &entity.name),
        Agent::Source(ix) => dossier.sources.get(ix.index()).map_or("", |source| &source.title),
        Agent::Name(name) => name,
    }
}

/// A work for the generators' tests.
#[cfg(test)]
fn example<'a>() -> Reference<'a> {
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
