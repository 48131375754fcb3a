//! What is said beside a passage: whose words these are for the dossier, how the claim is rated, and what speaks
//! against it.

use serde::Serialize;

use crate::dossier::{ClaimIx, QuotedBy, RecordRef, Source};
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::render::view::{RecordLink, TermView};
use crate::render::{claim, quotation, terms};
use crate::route::promise;
use crate::terms::Polarity;

/// How many words of a passage name it in its note.
const OPENING: usize = 6;

/// How many of the claims that speak against one are named in its note; its own page has them all.
const AGAINST: usize = 4;

/// What is said beside a passage.
#[derive(Serialize)]
pub(super) struct NoteView {
    /// What the passage's marks and this have in common; none for a quotation that has no place in the text.
    pub(super) label: Option<String>,
    /// The passage, in this page.
    href: String,
    /// The passage's first words.
    opening: String,
    /// Who quotes it: the claim, or the record with the block quotation.
    pub(super) link: RecordLink,
    /// A claim's words for running text.
    pub(super) short: Option<String>,
    rating: Option<Piece>,
    /// The mark of the rating, where the claim has one.
    #[serde(skip)]
    pub(super) mark: Option<&'static str>,
    stance: Option<TermView>,
    /// What the source itself does with the claim, where it does more than report.
    voice: Option<TermView>,
    /// The first claims that speak against this one.
    pub(super) against: Vec<AgainstView>,
    /// How many more do.
    pub(super) against_left: usize,
    /// How much text stands between the passage before, or the start of the stretch, and this one, in code points.
    pub(super) lead: usize,
}

impl NoteView {
    /// A note that says no more than where the passage is quoted.
    pub(super) fn plain(link: RecordLink) -> Self {
        Self {
            label: None,
            href: String::new(),
            opening: String::new(),
            link,
            short: None,
            rating: None,
            mark: None,
            stance: None,
            voice: None,
            against: Vec::new(),
            against_left: 0,
            lead: 0,
        }
    }
}

#[derive(Serialize)]
pub(super) struct AgainstView {
    /// Such as "disputed by".
    pub(super) label: String,
    href: String,
    pub(super) short: String,
}

/// The note on the source's `n`-th passage.
pub(super) fn passage_note(at: &Vantage<'_>, source: &Source, n: usize) -> Option<NoteView> {
    let by = source.passages.get(n)?.quoted_by;
    Some(NoteView { label: Some(super::label(at, n, by)), ..note(at, source, by)? })
}

/// The note on a quotation.
pub(super) fn note(at: &Vantage<'_>, source: &Source, by: QuotedBy) -> Option<NoteView> {
    let href = at.reference(at.path, Some(promise::fragment(at.dossier, by)?));
    let opening = |quote| quotation::opening(&quotation::words(quote, source), OPENING);
    match by {
        QuotedBy::Appearance(ix, n) => {
            let claim = at.claim(ix);
            let rating = claim.rating().and_then(|ix| at.dossier.config.ratings.get(ix.index()));
            let appearance = claim.appearances.get(n)?;
            let there = promise::appearance_id(at.dossier, claim, appearance);
            let (against, against_left) = against(at, ix);
            Some(NoteView {
                href,
                opening: opening(&appearance.quote),
                short: Some(claim.short.to_string()),
                rating: Some(at.rating(claim.rating())),
                mark: rating.map(|rating| terms::mark(rating.tone)),
                stance: Some(terms::stance(appearance.stance)),
                voice: claim::speaks(appearance.voice),
                against,
                against_left,
                ..NoteView::plain(at.record_link(RecordRef::Claim(ix), Some(&there)))
            })
        }
        QuotedBy::Quotation(record, n) => {
            let quotation = *at.dossier.quotations(record).get(n)?;
            Some(NoteView { href, opening: opening(&quotation.quote), ..NoteView::plain(at.record_link(record, None)) })
        }
    }
}

/// The first claims that speak against a claim, by a relation of theirs or by a symmetric one of its own, and how many
/// more do.
fn against(at: &Vantage<'_>, ix: ClaimIx) -> (Vec<AgainstView>, usize) {
    let types = &at.dossier.config.relation_types;
    let incoming = at.claim(ix).related_by.iter().filter_map(|&(other, n)| {
        let kind = &types[at.claim(other).relations.get(n)?.relation_type.index()];
        (kind.polarity == Polarity::Against).then_some((&*kind.inverse, other))
    });
    let own = at.claim(ix).relations.iter().filter_map(|relation| {
        let kind = &types[relation.relation_type.index()];
        (kind.symmetric && kind.polarity == Polarity::Against).then_some((&*kind.label, relation.claim))
    });
    let mut all = incoming.chain(own);
    let view = |(label, other): (&str, ClaimIx)| AgainstView {
        label: label.to_owned(),
        href: at.record(RecordRef::Claim(other), None),
        short: at.claim(other).short.to_string(),
    };
    let first = all.by_ref().take(AGAINST).map(view).collect();
    (first, all.count())
}
