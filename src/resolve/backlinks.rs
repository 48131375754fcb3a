//! Links seen from where they lead.

use std::collections::HashSet;

use crate::dossier::{Backlink, Dossier, Meta, RecordRef, Target};
use crate::resolve::texts;

/// Fills in every record's backlinks: one a sentence that links to it, however often; none from its own texts.
pub(crate) fn fill(dossier: &mut Dossier) {
    let mut found: Vec<(RecordRef, Backlink)> = Vec::new();
    let mut seen = HashSet::new();
    for text in texts::all(dossier) {
        for link in &text.prose.links {
            let Target::Record(to, _) = &link.target else { continue };
            if *to != text.record && seen.insert((*to, text.record, text.place, link.sentence)) {
                found.push((*to, Backlink { from: text.record, place: text.place, sentence: link.sentence }));
            }
        }
    }
    for (to, backlink) in found {
        if let Some(meta) = meta(dossier, to) {
            meta.backlinks.push(backlink);
        }
    }
}

/// The common part of a record; the home page has none.
fn meta(dossier: &mut Dossier, record: RecordRef) -> Option<&mut Meta> {
    match record {
        RecordRef::Home => None,
        RecordRef::Source(ix) => dossier.sources.get_mut(ix.index()).map(|source| &mut source.meta),
        RecordRef::Claim(ix) => dossier.claims.get_mut(ix.index()).map(|claim| &mut claim.meta),
        RecordRef::Entity(ix) => dossier.entities.get_mut(ix.index()).map(|entity| &mut entity.meta),
        RecordRef::Commentary(ix) => dossier.commentary.get_mut(ix.index()).map(|essay| &mut essay.meta),
    }
}
