//! All Markdown of a dossier's own, each text with its place.

use crate::dossier::{Claim, Dossier, Prose, ProsePlace, Quotation, RecordRef};
use crate::files::FileId;

/// One of a record's texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnText<'d> {
    pub(crate) record: RecordRef,
    pub(crate) file: FileId,
    pub(crate) place: ProsePlace,
    pub(crate) prose: &'d Prose,
}

/// All of them, by record, then in the order of [`ProsePlace`].
pub(crate) fn all(dossier: &Dossier) -> impl Iterator<Item = OwnText<'_>> {
    let body = |record, file, prose| OwnText { record, file, place: ProsePlace::Body, prose };
    let home = dossier.home.iter().map(move |home| body(RecordRef::Home, home.file, &home.body));
    let claims = dossier.claim_refs().flat_map(|ix| {
        let claim = &dossier.claims[ix.index()];
        let texts = of_claim(claim);
        texts.map(move |(place, prose)| OwnText { record: RecordRef::Claim(ix), file: claim.meta.file, place, prose })
    });
    let entities = (0..).map(crate::dossier::EntityIx).zip(&dossier.entities);
    let entities = entities.map(move |(ix, entity)| body(RecordRef::Entity(ix), entity.meta.file, &entity.body));
    let essays = (0..).map(crate::dossier::CommentaryIx).zip(&dossier.commentary);
    let essays = essays.map(move |(ix, essay)| body(RecordRef::Commentary(ix), essay.meta.file, &essay.body));
    home.chain(claims).chain(entities).chain(essays)
}

/// A claim's texts.
pub(crate) fn of_claim(claim: &Claim) -> impl Iterator<Item = (ProsePlace, &Prose)> {
    let relations = claim.relations.iter().enumerate();
    let relations = relations.filter_map(|(n, it)| Some((ProsePlace::Relation(n), it.reason.as_ref()?)));
    let verdicts = claim.verdicts.iter().enumerate();
    let verdicts = verdicts.filter_map(|(n, it)| Some((ProsePlace::Verdict(n), it.reason.as_ref()?)));
    let corrections = claim.corrections.iter().enumerate().map(|(n, it)| (ProsePlace::Correction(n), &it.text));
    std::iter::once((ProsePlace::Body, &claim.body)).chain(relations).chain(verdicts).chain(corrections)
}

impl Dossier {
    /// The block quotations of a record that name their source: those of its body, then those of its relations'
    /// reasons, its verdicts' and its corrections.
    pub fn quotations(&self, record: RecordRef) -> Vec<&Quotation> {
        match record {
            RecordRef::Home => self.home.iter().flat_map(|home| &home.body.quotations).collect(),
            RecordRef::Source(_) => Vec::new(),
            RecordRef::Claim(ix) => {
                let claim = self.claims.get(ix.index());
                claim.into_iter().flat_map(of_claim).flat_map(|(_, prose)| &prose.quotations).collect()
            }
            RecordRef::Entity(ix) => {
                self.entities.get(ix.index()).into_iter().flat_map(|entity| &entity.body.quotations).collect()
            }
            RecordRef::Commentary(ix) => {
                self.commentary.get(ix.index()).into_iter().flat_map(|essay| &essay.body.quotations).collect()
            }
        }
    }

    /// The block quotation of a record that [`Dossier::quotations`] has at `n`.
    pub fn quotation(&self, record: RecordRef, n: usize) -> Option<&Quotation> {
        self.quotations(record).get(n).copied()
    }

    pub(crate) fn claim_refs(&self) -> impl Iterator<Item = crate::dossier::ClaimIx> + use<> {
        (0..u32::try_from(self.claims.len()).unwrap_or(u32::MAX)).map(crate::dossier::ClaimIx)
    }
}
