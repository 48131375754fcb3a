//! Links seen from where they lead.

use rustc_hash::FxHashSet;

use crate::dossier::{Backlink, Dossier, Meta, RecordRef, Target};
use crate::resolve::changed::{Changed, Lists};

/// The backlinks that a record's own texts make: one a sentence that links to another record, however often.
pub(crate) fn given(dossier: &Dossier, from: RecordRef) -> Vec<(RecordRef, Backlink)> {
    let mut found: Vec<(RecordRef, Backlink)> = Vec::new();
    for (place, prose) in dossier.texts(from) {
        let mut seen = FxHashSet::default();
        for link in &prose.links {
            let Target::Record(to, _) = &link.target else { continue };
            if *to != from && seen.insert((*to, link.sentence)) {
                found.push((*to, Backlink { from, place, sentence: link.sentence }));
            }
        }
    }
    found
}

/// Every record's backlinks, by the linking record, then in order of appearance.
pub(crate) struct Backlinks<'d>(pub(crate) &'d mut Dossier);

impl Lists<RecordRef, Backlink> for Backlinks<'_> {
    fn list(&mut self, to: RecordRef) -> Option<&mut Vec<Backlink>> {
        meta(self.0, to).map(|meta| &mut *meta.backlinks)
    }

    fn is_from(backlink: &Backlink, changed: &Changed) -> bool {
        changed.has(backlink.from)
    }

    fn sort(list: &mut Vec<Backlink>) {
        // Those of one record are in order of appearance.
        list.sort_by_key(|backlink| backlink.from);
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
