//! A work to be cited → the forms in which readers take it away: a sentence, BibTeX, CSL-JSON; and the address of a
//! passage (`text_fragment`). What is known of a work, and the formats of others, are `data::cite`'s.

mod plain;
pub(super) mod text_fragment;

use serde::Serialize;

use crate::data::cite::Reference;
use crate::dossier::{ClaimIx, RecordRef, Source};
use crate::render::vantage::{Vantage, address};

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
    view(&Reference::to_source(at.dossier, source))
}

/// The citation of a claim's page.
pub(super) fn claim(at: &Vantage<'_>, ix: ClaimIx) -> CiteView {
    let claim = at.claim(ix);
    let rating = claim.rating().map(|rating| at.rating_label(Some(rating)).to_owned());
    let base = at.dossier.config.base_url.as_ref();
    let url = base.zip(at.routes.record(RecordRef::Claim(ix))).map(|(base, path)| address(base, path));
    view(&Reference::to_claim(at.dossier, claim, rating, url))
}

fn view(reference: &Reference<'_>) -> CiteView {
    CiteView { plain: plain::sentence(reference), bibtex: reference.bibtex(), csl: reference.csl() }
}
