//! The ids in the sources' pages, known before any passage is found.
//!
//! They depend on the record that quotes alone, so that adding a claim changes no other's.

use std::collections::BTreeSet;

use crate::dossier::RecordRef;
use crate::ids::RecordId;
use crate::parse::ast;
use crate::resolve::names::{Known, Names};
use crate::resolve::shelf::Shelf;
use crate::resolve::sources::Text;
use crate::terms::Publish;

/// An appearance's: `q-ID`, or `q-ID.KEY`.
pub(crate) fn appearance(claim: &RecordId, appearance: &ast::Appearance) -> String {
    match &appearance.key {
        Some(key) => format!("q-{claim}.{}", key.value),
        None => format!("q-{claim}"),
    }
}

/// That of the `n`-th block quotation of a record, counted from 1 over all its texts; the home page's id is `index`,
/// which no record can have.
pub(crate) fn quotation(record: Option<&RecordId>, n: usize) -> String {
    format!("q-{}:{n}", record.map_or("index", RecordId::as_str))
}

/// Every text of a claim's own, in the order of [`crate::dossier::Dossier::texts`].
pub(crate) fn texts_of_claim(claim: &ast::Claim) -> impl Iterator<Item = &ast::Prose> {
    let relations =
        claim.relations.iter().flat_map(|relation| relation.reason.iter().chain(relation.unaddressed.as_deref()));
    let verdicts = claim.verdicts.iter().filter_map(|verdict| verdict.reason.as_ref());
    let corrections = claim.corrections.iter().map(|correction| &correction.text);
    std::iter::once(&claim.body).chain(relations).chain(verdicts).chain(corrections)
}

/// The source that a block quotation names; none where the name is another record's, and the quotation a plain one.
pub(crate) fn quoted_source(names: &Names, quotation: &ast::BlockQuotation) -> Option<RecordRef> {
    match names.get(&quotation.source.value) {
        Some(Known::Record(record @ RecordRef::Source(_))) => Some(record),
        _ => None,
    }
}

/// The headings of a source, which its page has only where it shows the whole text.
fn headings(source: &ast::Source, text: Option<&Text<'_>>) -> BTreeSet<String> {
    match (source.publish, text) {
        (Publish::Full, Some(text)) => text.text.headings().iter().map(|heading| heading.id.clone()).collect(),
        _ => BTreeSet::new(),
    }
}

/// The fragments of each source's page.
pub(crate) fn of_sources(shelf: &Shelf<'_>, names: &Names, texts: &[Option<Text<'_>>]) -> Vec<BTreeSet<String>> {
    let mut fragments: Vec<BTreeSet<String>> =
        shelf.sources.iter().zip(texts).map(|(entry, text)| headings(entry.ast, text.as_ref())).collect();
    let mut add = |record: RecordRef, fragment: String| {
        if let RecordRef::Source(source) = record
            && let Some(page) = fragments.get_mut(source.index())
        {
            page.insert(fragment);
        }
    };
    let mut add_quotations = |id: Option<&RecordId>, texts: &mut dyn Iterator<Item = &ast::Prose>| {
        let quotations = texts.flat_map(|text| &text.quotations);
        for (n, source) in (1..).zip(quotations.filter_map(|quotation| quoted_source(names, quotation))) {
            add(source, quotation(id, n));
        }
    };
    for claim in &shelf.claims {
        add_quotations(Some(claim.id), &mut texts_of_claim(claim.ast));
    }
    for entity in &shelf.entities {
        add_quotations(Some(entity.id), &mut std::iter::once(&entity.ast.body));
    }
    for essay in &shelf.commentary {
        add_quotations(Some(essay.id), &mut std::iter::once(&essay.ast.body));
    }
    if let Some((_, home)) = shelf.home {
        add_quotations(None, &mut std::iter::once(home));
    }
    for claim in &shelf.claims {
        for made in &claim.ast.appearances {
            if let Some(Known::Record(record)) = names.get(&made.quote.source.value) {
                add(record, appearance(claim.id, made));
            }
        }
    }
    fragments
}
