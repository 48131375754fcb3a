//! Where quotations stood in texts that are still the same: an anchor depends on the text and the selector alone.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::anchor::{Placement, Selector};
use crate::dossier::{Anchor, Claim, Dossier, Prose, ProsePlace, RecordRef, Source, SourceIx};
use crate::files::FileId;
use crate::resolve::anchors::{Request, Slot};
use crate::text::SourceText;

/// Placements of former records, by where those records name them.
///
/// The place says only where to look for the former selector: a placement is taken where the selector is equal and the
/// text the very same.
#[derive(Debug, Default)]
pub(crate) struct Placements {
    known: FxHashMap<(FileId, Slot), (Arc<SourceText>, Selector, Placement)>,
}

impl Placements {
    /// The placement of the words requested in that text.
    pub(super) fn get(&self, request: &Request<'_>, text: &Arc<SourceText>) -> Option<&Placement> {
        let (of, selector, placement) = self.known.get(&(request.file, request.slot))?;
        (Arc::ptr_eq(of, text) && *selector == request.selector).then_some(placement)
    }

    /// All of a dossier.
    pub(crate) fn of(mut dossier: Dossier) -> Self {
        let mut all = Self::default();
        let records: Vec<RecordRef> = dossier.with_prose().collect();
        records.into_iter().for_each(|record| all.take(&mut dossier, record));
        // To give back a large dossier takes longer than to take it apart.
        std::mem::take(dossier.claims.items_mut()).into_par_iter().for_each(drop);
        all
    }

    /// Takes those of a record out of a dossier.
    pub(crate) fn take(&mut self, dossier: &mut Dossier, record: RecordRef) {
        let Dossier { home, sources, claims, entities, commentary, .. } = dossier;
        let sources = sources.items();
        match record {
            RecordRef::Home => {
                if let Some(home) = home.get_mut(0) {
                    self.prose(home.file, ProsePlace::Body, &mut home.body, sources);
                }
            }
            RecordRef::Source(_) => {}
            RecordRef::Claim(ix) => {
                if let Some(claim) = claims.get_mut(ix.index()) {
                    self.claim(claim, sources);
                }
            }
            RecordRef::Entity(ix) => {
                if let Some(entity) = entities.get_mut(ix.index()) {
                    self.prose(entity.meta.file, ProsePlace::Body, &mut entity.body, sources);
                }
            }
            RecordRef::Commentary(ix) => {
                if let Some(essay) = commentary.get_mut(ix.index()) {
                    self.prose(essay.meta.file, ProsePlace::Body, &mut essay.body, sources);
                }
            }
        }
    }

    fn claim(&mut self, claim: &mut Claim, sources: &[Source]) {
        let file = claim.meta.file;
        self.prose(file, ProsePlace::Body, &mut claim.body, sources);
        for (n, appearance) in claim.appearances.iter_mut().enumerate() {
            let source = appearance.quote.source;
            for (link, attribution) in appearance.attribution.iter_mut().enumerate() {
                if let Some(cue) = &mut attribution.cue {
                    let selector = Selector { exact: std::mem::take(&mut cue.text), prefix: None, suffix: None };
                    self.add((file, Slot::Cue(n, link)), (source, selector, &mut cue.anchor), sources);
                }
            }
            let quote = &mut appearance.quote;
            let selector = std::mem::take(&mut quote.selector);
            self.add((file, Slot::Appearance(n)), (source, selector, &mut quote.anchor), sources);
        }
        for (n, relation) in claim.relations.iter_mut().enumerate() {
            if let Some(by) = &mut relation.by {
                let selector = std::mem::take(&mut by.selector);
                self.add((file, Slot::Relation(n)), (by.source, selector, &mut by.anchor), sources);
            }
            for (place, prose) in [
                (ProsePlace::Relation(n), relation.reason.as_mut()),
                (ProsePlace::Unaddressed(n), relation.unaddressed.as_deref_mut()),
            ] {
                prose.into_iter().for_each(|prose| self.prose(file, place, prose, sources));
            }
        }
        for (n, verdict) in claim.verdicts.iter_mut().enumerate() {
            verdict.reason.iter_mut().for_each(|prose| self.prose(file, ProsePlace::Verdict(n), prose, sources));
        }
        for (n, correction) in claim.corrections.iter_mut().enumerate() {
            self.prose(file, ProsePlace::Correction(n), &mut correction.text, sources);
        }
    }

    fn prose(&mut self, file: FileId, place: ProsePlace, prose: &mut Prose, sources: &[Source]) {
        for (n, quotation) in prose.quotations.iter_mut().enumerate() {
            let quote = &mut quotation.quote;
            let selector = std::mem::take(&mut quote.selector);
            self.add((file, Slot::Quotation(place, n)), (quote.source, selector, &mut quote.anchor), sources);
        }
    }

    fn add(
        &mut self,
        at: (FileId, Slot),
        (source, selector, anchor): (SourceIx, Selector, &mut Anchor),
        sources: &[Source],
    ) {
        let text = sources.get(source.index()).and_then(|source| source.text.as_ref());
        if let (Anchor::Placed(placement), Some(text)) = (std::mem::replace(anchor, Anchor::Unchecked), text) {
            self.known.insert(at, (text.clone(), selector, placement));
        }
    }
}
