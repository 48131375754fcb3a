//! What is not wrong but should be looked at. Each lint is one function, and its level stands in casebook.toml.

mod characters;
mod ledgers;
mod quotes;
mod records;

use crate::diag::Diagnostic;
use crate::dossier::{ClaimIx, Dossier};
use crate::files::{ByteRange, Span};
use crate::resolve::claims::Places;
use crate::resolve::context::{Context, Outcomes};

/// Everything that a lint looks at, and what the lints say.
pub(crate) struct Lints<'l, 'a> {
    pub(crate) context: &'l Context<'a>,
    pub(crate) dossier: &'l Dossier,
    /// What the files say for the parts of the claims, by index.
    pub(crate) places: &'l [Places<'a>],
    /// What the records left behind.
    pub(crate) left: &'l Outcomes<'a>,
    /// Whether every reference that was written is known.
    pub(crate) complete: bool,
    pub(crate) report: Vec<Diagnostic>,
}

/// Runs all lints.
pub(crate) fn run(mut lints: Lints<'_, '_>) -> Vec<Diagnostic> {
    // Of what a file fails to say nobody knows what it would have named.
    if lints.complete {
        lints.orphan_source();
        lints.unused_entity();
    }
    lints.name_without_record();
    lints.verdict_without_reason();
    lints.relation_without_reason();
    lints.relation_from_both_sides();
    lints.contradictory_verdicts();
    lints.unanswered_dispute();
    lints.support_cycle();
    lints.quote_clipped_after_negation();
    lints.short_quote();
    lints.claim_after_its_source();
    lints.hidden_character();
    lints.report
}

impl Lints<'_, '_> {
    /// What a lint says at a place in a claim's file; none where the lint is allowed.
    fn at_claim(&self, lint: &'static str, claim: ClaimIx, range: ByteRange, message: String) -> Option<Diagnostic> {
        let file = self.dossier.claims.get(claim.index())?.meta.file;
        self.at(lint, Span { file, range }, message)
    }

    fn at(&self, lint: &'static str, span: Span, message: String) -> Option<Diagnostic> {
        Some(Diagnostic::new(self.context.level(lint)?, lint, Some(span), message))
    }

    fn is_allowed(&self, lint: &'static str) -> bool {
        self.context.level(lint).is_none()
    }

    /// The place of a claim's last verdict.
    fn last_verdict(&self, claim: ClaimIx) -> Option<Span> {
        let file = self.dossier.claims.get(claim.index())?.meta.file;
        let verdict = self.places.get(claim.index())?.verdicts.last()?;
        Some(Span { file, range: verdict.rating.range })
    }

    /// All claims with what their files say.
    fn claims(&self) -> impl Iterator<Item = (ClaimIx, &crate::dossier::Claim, &Places<'_>)> {
        (0..).map(ClaimIx).zip(&self.dossier.claims).zip(self.places).map(|((ix, claim), places)| (ix, claim, places))
    }
}
