//! What is not wrong but should be looked at. Each lint is one function, and its level stands in casebook.toml.
//!
//! Some look at one record with the sources that it quotes; what they say is kept with the record. The others look at
//! several records, each time.

mod characters;
mod excerpts;
mod ledgers;
mod quotes;
mod records;

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::dossier::{Claim, ClaimIx, Dossier, RecordRef};
use crate::files::{ByteRange, Span};
use crate::parse::ast;
use crate::resolve::claims::Places;
use crate::resolve::context::Context;
use crate::resolve::kept::Lefts;

/// Everything that a lint looks at.
pub(crate) struct Lints<'l, 'a> {
    pub(crate) context: &'l Context<'a>,
    pub(crate) dossier: &'l Dossier,
    /// What the records left behind.
    pub(crate) left: &'l Lefts,
}

/// A claim with what its file says.
struct OneClaim<'l, 'a> {
    ix: ClaimIx,
    claim: &'l Claim,
    places: Places<'a>,
}

impl<'a> Lints<'_, 'a> {
    /// What the lints say of one record by itself.
    pub(crate) fn of(&self, record: RecordRef) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        match record {
            RecordRef::Claim(ix) => {
                let Some(one) = self.claim(ix) else { return found };
                self.verdict_without_reason(&one, &mut found);
                self.relation_without_reason(&one, &mut found);
                self.quote_clipped_after_negation(&one, &mut found);
                self.short_quote(&one, &mut found);
                self.claim_after_its_source(&one, &mut found);
                self.hidden_character_in_claim(&one, &mut found);
            }
            RecordRef::Source(ix) => self.hidden_character_in_source(ix, &mut found),
            _ => {}
        }
        found
    }

    /// What the lints say of several records together. `complete` says whether every reference that was written is known.
    pub(crate) fn of_all(&self, complete: bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        // Of what a file fails to say nobody knows what it would have named.
        if complete {
            self.orphan_source(&mut found);
            self.unused_entity(&mut found);
        }
        self.name_without_record(&mut found);
        let claims: Vec<ClaimIx> = (0..).map(ClaimIx).take(self.dossier.claims.len()).collect();
        let between = |ixs: &[ClaimIx]| {
            let mut found = Vec::new();
            for &ix in ixs {
                self.relation_from_both_sides(ix, &mut found);
                self.contradictory_verdicts(ix, &mut found);
                self.unanswered_dispute(ix, &mut found);
            }
            found
        };
        let chunks: Vec<Vec<Diagnostic>> = claims.par_chunks(CHUNK).map(between).collect();
        found.extend(chunks.into_iter().flatten());
        self.support_cycle(&mut found);
        self.long_excerpts(&mut found);
        found
    }

    fn claim(&self, ix: ClaimIx) -> Option<OneClaim<'_, 'a>> {
        let ast: &'a ast::Claim = self.context.shelf.claims.get(ix.index())?.ast;
        let places = self.left.parts.get(ix.index())?.places(ast);
        Some(OneClaim { ix, claim: self.dossier.claims.get(ix.index())?, places })
    }

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

    /// What the file says for the n-th relation of a claim.
    fn relation(&self, claim: ClaimIx, n: usize) -> Option<&'a ast::Relation> {
        self.left.parts.get(claim.index())?.relation(self.context.shelf.claims.get(claim.index())?.ast, n)
    }

    /// The place of a claim's last verdict.
    fn last_verdict(&self, claim: ClaimIx) -> Option<Span> {
        let entry = self.context.shelf.claims.get(claim.index())?;
        let verdict = self.left.parts.get(claim.index())?.last_verdict(entry.ast)?;
        Some(Span { file: entry.file, range: verdict.rating.range })
    }
}

/// The claims that one thread goes through at a time.
const CHUNK: usize = 512;
