//! Any record of a dossier: what all have, and the Markdown that is the dossier's own.

use crate::files::FileId;

use super::parts::{Part, Sort};
use super::{
    Claim, ClaimIx, CommentaryIx, Dossier, EntityIx, Meta, Prose, ProsePlace, Quotation, Quote, QuotedBy, RecordRef,
    SourceIx,
};

impl From<RecordRef> for Part {
    fn from(record: RecordRef) -> Self {
        match record {
            RecordRef::Home => Self::of(Sort::Home, 0),
            RecordRef::Source(ix) => Self::of(Sort::Source, ix.index()),
            RecordRef::Claim(ix) => Self::of(Sort::Claim, ix.index()),
            RecordRef::Entity(ix) => Self::of(Sort::Entity, ix.index()),
            RecordRef::Commentary(ix) => Self::of(Sort::Commentary, ix.index()),
        }
    }
}

impl Part {
    /// What others give to a record; nobody can tell for the home page.
    pub fn given_to(record: RecordRef) -> Self {
        match record {
            RecordRef::Home => Self::EVERYTHING,
            RecordRef::Source(ix) => Self::of(Sort::ToSource, ix.index()),
            RecordRef::Claim(ix) => Self::of(Sort::ToClaim, ix.index()),
            RecordRef::Entity(ix) => Self::of(Sort::ToEntity, ix.index()),
            RecordRef::Commentary(ix) => Self::of(Sort::ToCommentary, ix.index()),
        }
    }
}

impl Dossier {
    /// What every record has; none for the home page, which has no id.
    pub fn meta(&self, record: RecordRef) -> Option<&Meta> {
        match record {
            RecordRef::Home => None,
            RecordRef::Source(ix) => self.sources.get(ix.index()).map(|source| &source.meta),
            RecordRef::Claim(ix) => self.claims.get(ix.index()).map(|claim| &claim.meta),
            RecordRef::Entity(ix) => self.entities.get(ix.index()).map(|entity| &entity.meta),
            RecordRef::Commentary(ix) => self.commentary.get(ix.index()).map(|essay| &essay.meta),
        }
    }

    /// A record's id; the home page's is `index`.
    pub(crate) fn id_of(&self, record: RecordRef) -> &str {
        self.meta(record).map_or("index", |meta| meta.id.as_str())
    }

    /// A record's file; none for a home page without one.
    pub(crate) fn file_of(&self, record: RecordRef) -> Option<FileId> {
        match record {
            RecordRef::Home => self.home.first().map(|home| home.file),
            other => self.meta(other).map(|meta| meta.file),
        }
    }

    /// A record's title, name or statement; the home page's is the dossier's.
    pub(crate) fn title(&self, record: RecordRef) -> &str {
        match record {
            RecordRef::Home => &self.config.title,
            RecordRef::Source(ix) => &self.sources[ix.index()].title,
            RecordRef::Claim(ix) => &self.claims[ix.index()].claim,
            RecordRef::Entity(ix) => &self.entities[ix.index()].name,
            RecordRef::Commentary(ix) => &self.commentary[ix.index()].title,
        }
    }

    /// A record's body; none for a source, whose text is not the dossier's own.
    pub(crate) fn body(&self, record: RecordRef) -> Option<&Prose> {
        match record {
            RecordRef::Home => self.home.first().map(|home| &home.body),
            RecordRef::Source(_) => None,
            RecordRef::Claim(ix) => self.claims.get(ix.index()).map(|claim| &claim.body),
            RecordRef::Entity(ix) => self.entities.get(ix.index()).map(|entity| &entity.body),
            RecordRef::Commentary(ix) => self.commentary.get(ix.index()).map(|essay| &essay.body),
        }
    }

    /// A record's texts: its body, then what stands in a claim's front matter: each relation's reason and what it leaves
    /// unaddressed, the verdicts' reasons, the corrections; none for a source.
    pub(crate) fn texts(&self, record: RecordRef) -> impl Iterator<Item = (ProsePlace, &Prose)> {
        let claim = match record {
            RecordRef::Claim(ix) => self.claims.get(ix.index()),
            _ => None,
        };
        let body = self.body(record).map(|body| (ProsePlace::Body, body));
        body.into_iter().chain(claim.into_iter().flat_map(beside_the_body))
    }

    /// The block quotations of a record that name their source, in the order of [`Dossier::texts`].
    pub fn quotations(&self, record: RecordRef) -> Vec<&Quotation> {
        self.texts(record).flat_map(|(_, prose)| &prose.quotations).collect()
    }

    /// A quotation by who quotes it.
    pub(crate) fn quote(&self, by: QuotedBy) -> Option<&Quote> {
        match by {
            QuotedBy::Appearance(claim, n) => Some(&self.claims.get(claim.index())?.appearances.get(n)?.quote),
            QuotedBy::Quotation(record, n) => self.quotations(record).get(n).map(|quotation| &quotation.quote),
        }
    }

    /// All records, the home page too.
    pub(crate) fn records(&self) -> impl Iterator<Item = RecordRef> + use<> {
        let sources = (0u32..).take(self.sources.len()).map(|n| RecordRef::Source(SourceIx(n)));
        sources.chain(self.with_prose())
    }

    /// The records with Markdown of the dossier's own: all but the sources, in the order of [`RecordRef`].
    pub(crate) fn with_prose(&self) -> impl Iterator<Item = RecordRef> + use<> {
        let claims = (0u32..).take(self.claims.len()).map(|n| RecordRef::Claim(ClaimIx(n)));
        let entities = (0u32..).take(self.entities.len()).map(|n| RecordRef::Entity(EntityIx(n)));
        let commentary = (0u32..).take(self.commentary.len()).map(|n| RecordRef::Commentary(CommentaryIx(n)));
        std::iter::once(RecordRef::Home).chain(claims).chain(entities).chain(commentary)
    }
}

/// A claim's texts but its body.
fn beside_the_body(claim: &Claim) -> impl Iterator<Item = (ProsePlace, &Prose)> {
    let relations = claim.relations.iter().enumerate();
    let relations = relations.flat_map(|(n, it)| {
        let reason = it.reason.as_ref().map(|reason| (ProsePlace::Relation(n), reason));
        reason.into_iter().chain(it.unaddressed.as_deref().map(|open| (ProsePlace::Unaddressed(n), open)))
    });
    let verdicts = claim.verdicts.iter().enumerate();
    let verdicts = verdicts.filter_map(|(n, it)| Some((ProsePlace::Verdict(n), it.reason.as_ref()?)));
    let corrections = claim.corrections.iter().enumerate().map(|(n, it)| (ProsePlace::Correction(n), &it.text));
    relations.chain(verdicts).chain(corrections)
}
