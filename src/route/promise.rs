//! The fragment ids that each page promises to have.
//!
//! A heading's slug never begins with `q-`, and an id of the page itself is `q-` and a capital letter, which no passage's
//! id has; so the three cannot clash.

use std::collections::HashMap;

use crate::dossier::{Anchor, Appearance, Claim, ClaimIx, Dossier, Prose, QuotedBy, RecordRef, SourceIx};
use crate::terms::Publish;

/// The id in a claim's page of the appearance whose passage has the id `fragment` in its source's page.
pub(crate) fn appearance_id(dossier: &Dossier, claim: &Claim, appearance: &Appearance) -> String {
    let source = dossier.sources.get(appearance.quote.source.index()).map_or("", |source| source.meta.id.as_str());
    // A key tells a second appearance in one source from the first.
    let own = appearance.fragment.strip_prefix("q-").and_then(|own| own.strip_prefix(claim.meta.id.as_str()));
    ["q-In-", source, own.unwrap_or_default()].concat()
}

/// The id in a claim's page of the verdict of that index.
pub(crate) fn verdict_id(index: usize) -> String {
    format!("q-Verdict-{}", index + 1)
}

/// The id in a claim's page of the relation of that index.
pub(crate) fn relation_id(index: usize) -> String {
    format!("q-Relation-{}", index + 1)
}

/// The id in a claim's page of the correction of that index.
pub(crate) fn correction_id(index: usize) -> String {
    format!("q-Correction-{}", index + 1)
}

/// The home page's.
pub(super) fn home(dossier: &Dossier) -> Vec<String> {
    dossier.home.first().map(|home| headings(&home.body)).unwrap_or_default()
}

/// A source page's: one for each passage that something quotes, and the headings of a text that is shown whole.
pub(super) fn source(dossier: &Dossier, ix: SourceIx, unplaced: &[QuotedBy]) -> Vec<String> {
    let source = &dossier.sources[ix.index()];
    let placed = source.passages.iter().map(|passage| passage.fragment.to_string());
    let unplaced = unplaced.iter().filter_map(|&by| fragment(dossier, by).map(str::to_owned));
    let shown = source.text.iter().filter(|_| source.publish == Publish::Full);
    let headings = shown.flat_map(|text| text.headings().iter().map(|heading| heading.id.clone()));
    placed.chain(unplaced).chain(headings).collect()
}

/// Another record page's: headings, and what the changes and other pages link to.
pub(super) fn record(dossier: &Dossier, record: RecordRef) -> Vec<String> {
    match record {
        RecordRef::Claim(ix) => claim(dossier, &dossier.claims[ix.index()]),
        RecordRef::Entity(ix) => headings(&dossier.entities[ix.index()].body),
        RecordRef::Commentary(ix) => headings(&dossier.commentary[ix.index()].body),
        RecordRef::Source(_) | RecordRef::Home => Vec::new(),
    }
}

fn claim(dossier: &Dossier, claim: &Claim) -> Vec<String> {
    let mut ids = headings(&claim.body);
    ids.extend(claim.appearances.iter().map(|appearance| appearance_id(dossier, claim, appearance)));
    ids.extend((0..claim.verdicts.len()).map(verdict_id));
    ids.extend((0..claim.relations.len()).map(relation_id));
    ids.extend((0..claim.corrections.len()).map(correction_id));
    ids
}

fn headings(prose: &Prose) -> Vec<String> {
    prose.headings.iter().map(|heading| heading.slug.clone()).collect()
}

/// The id in the source's page of a quotation.
pub(crate) fn fragment(dossier: &Dossier, by: QuotedBy) -> Option<&str> {
    match by {
        QuotedBy::Appearance(claim, n) => {
            dossier.claims.get(claim.index())?.appearances.get(n).map(|appearance| appearance.fragment.as_str())
        }
        QuotedBy::Quotation(record, n) => {
            dossier.quotations(record).get(n).map(|quotation| quotation.fragment.as_str())
        }
    }
}

/// The quotations that stand in a source without text, by source. They have an id in its page all the same.
pub(super) fn unplaced(dossier: &Dossier) -> HashMap<SourceIx, Vec<QuotedBy>> {
    let mut unplaced: HashMap<SourceIx, Vec<QuotedBy>> = HashMap::new();
    if dossier.sources.iter().all(|source| source.text.is_some()) {
        return unplaced;
    }
    for (ix, claim) in (0u32..).map(ClaimIx).zip(&dossier.claims) {
        for (n, appearance) in claim.appearances.iter().enumerate() {
            if appearance.quote.anchor == Anchor::Unchecked {
                unplaced.entry(appearance.quote.source).or_default().push(QuotedBy::Appearance(ix, n));
            }
        }
    }
    for record in dossier.with_prose() {
        for (n, quotation) in dossier.quotations(record).into_iter().enumerate() {
            if quotation.quote.anchor == Anchor::Unchecked {
                unplaced.entry(quotation.quote.source).or_default().push(QuotedBy::Quotation(record, n));
            }
        }
    }
    unplaced
}
