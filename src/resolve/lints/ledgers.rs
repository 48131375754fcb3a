//! Lints about verdicts and relations.

use std::collections::BTreeSet;

use crate::date::{Date, Day};
use crate::diag::Diagnostic;
use crate::dossier::{Claim, ClaimIx, RatingIx, RecordRef, Relation, Target};
use crate::parse::ast;
use crate::resolve::cycles::cycles;
use crate::resolve::inverses::twin;
use crate::resolve::lints::Lints;
use crate::terms::Polarity;

impl Lints<'_, '_> {
    /// A verdict has an empty reason.
    pub(super) fn verdict_without_reason(&mut self) {
        let mut found = Vec::new();
        for (ix, _, places) in self.claims() {
            for verdict in places.verdicts.iter().filter(|verdict| is_blank(verdict.reason.as_ref())) {
                let message = format!("the verdict `{}` has no reason", verdict.rating.value);
                let lint = self.at_claim("verdict-without-reason", ix, verdict.header, message);
                found.extend(lint.map(|lint| lint.hint("say in `reason` what the rating rests on")));
            }
        }
        self.report.append(&mut found);
    }

    /// A relation has no reason.
    pub(super) fn relation_without_reason(&mut self) {
        let mut found = Vec::new();
        for (ix, _, places) in self.claims() {
            for relation in places.relations.iter().filter(|relation| is_blank(relation.reason.as_ref())) {
                let message = format!(
                    "the relation `{}` to `{}` has no reason",
                    relation.relation_type.value, relation.claim.value
                );
                let lint = self.at_claim("relation-without-reason", ix, relation.header, message);
                found.extend(lint.map(|lint| lint.hint("say in `reason` why the one does that to the other")));
            }
        }
        self.report.append(&mut found);
    }

    /// Two claims both state the one symmetric relation between them. Said once, in the file of the second.
    pub(super) fn relation_from_both_sides(&mut self) {
        let mut found = Vec::new();
        for (ix, claim, places) in self.claims() {
            for (relation, place) in claim.relations.iter().zip(&places.relations) {
                let Some(first) = self.dossier.claims.get(relation.claim.index()).filter(|_| relation.claim < ix)
                else {
                    continue;
                };
                let Some(twin) = twin(self.dossier, relation, first, ix) else { continue };
                let Some(there) = self.places.get(relation.claim.index()).and_then(|there| there.relations.get(twin))
                else {
                    continue;
                };
                let message = format!(
                    "the relation `{}` holds in both directions, and `{}` states it already",
                    place.relation_type.value, first.meta.id
                );
                let lint = self.at_claim("relation-from-both-sides", ix, place.header, message);
                let there = crate::files::Span { file: first.meta.file, range: there.header };
                found.extend(lint.map(|lint| lint.other(there, "stated here").hint("take one of the two out")));
            }
        }
        self.report.append(&mut found);
    }

    /// Two claims that contradict each other are both rated at the top of the scale.
    pub(super) fn contradictory_verdicts(&mut self) {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for (ix, claim, places) in self.claims() {
            for (relation, place) in claim.relations.iter().zip(&places.relations) {
                let Some(other) = self.dossier.claims.get(relation.claim.index()) else { continue };
                let contradict = self.is_contradiction(relation) && at_top(claim) && at_top(other);
                if !contradict || !seen.insert((ix.min(relation.claim), ix.max(relation.claim))) {
                    continue;
                }
                let label = self.rating_label(TOP);
                let message =
                    format!("this claim and `{}` contradict each other, and both are rated {label}", other.meta.id);
                let Some(mut lint) = self.at_claim("contradictory-verdicts", ix, place.header, message) else {
                    continue;
                };
                for span in [ix, relation.claim].into_iter().filter_map(|claim| self.last_verdict(claim)) {
                    lint = lint.other(span, format!("rated {label} here"));
                }
                found.push(lint.hint("at most one of the two can hold"));
            }
        }
        self.report.append(&mut found);
    }

    fn is_contradiction(&self, relation: &Relation) -> bool {
        let drawn = self.dossier.config.relation_types.get(relation.relation_type.index());
        drawn.is_some_and(|drawn| drawn.symmetric && drawn.polarity == Polarity::Against)
    }

    fn rating_label(&self, rating: RatingIx) -> String {
        let rating = self.dossier.config.ratings.get(rating.index());
        rating.map_or(String::new(), |rating| format!("\"{}\"", rating.label))
    }

    /// A claim rated at the top of the scale is disputed, and its last verdict is older than the dispute or silent on
    /// it.
    pub(super) fn unanswered_dispute(&mut self) {
        let mut found = Vec::new();
        for (ix, claim, places) in self.claims() {
            for (relation, place) in claim.relations.iter().zip(&places.relations) {
                if self.polarity(relation) != Some(Polarity::Against) {
                    continue;
                }
                found.extend(self.unanswered(relation.claim, ix, relation, (ix, place)));
                if self.is_contradiction(relation) {
                    found.extend(self.unanswered(ix, relation.claim, relation, (ix, place)));
                }
            }
        }
        self.report.append(&mut found);
    }

    /// What is said where the last verdict on `disputed` does not answer `by`; `drawn` is the relation's place.
    fn unanswered(
        &self,
        disputed: ClaimIx,
        by: ClaimIx,
        relation: &Relation,
        drawn: (ClaimIx, &ast::Relation),
    ) -> Option<Diagnostic> {
        let claim = self.dossier.claims.get(disputed.index())?;
        let disputing = self.dossier.claims.get(by.index())?;
        let verdict = claim.verdicts.last().filter(|_| at_top(claim))?;
        let silent = !verdict
            .reason
            .iter()
            .flat_map(|reason| &reason.links)
            .any(|link| matches!(&link.target, Target::Record(RecordRef::Claim(to), _) if *to == by));
        let older = match (verdict.date.as_ref().and_then(|date| date.latest), self.dispute_begins(relation, disputing))
        {
            (Some(verdict), Some(dispute)) => verdict < dispute,
            _ => false,
        };
        let why = match (older, silent) {
            (true, _) => "is older than that",
            (false, true) => "does not mention it",
            (false, false) => return None,
        };
        let id = &disputing.meta.id;
        let label = self.rating_label(TOP);
        let span = self.last_verdict(disputed)?;
        let message = format!("this claim is rated {label} and disputed by `{id}`, and its last verdict {why}");
        let file = self.dossier.claims.get(drawn.0.index())?.meta.file;
        let lint = self.at("unanswered-dispute", span, message)?;
        Some(
            lint.other(crate::files::Span { file, range: drawn.1.header }, "the dispute")
                .hint(format!("add a [[verdict]] whose reason answers it and links to [[{id}]]")),
        )
    }

    /// The first day of a dispute: when the source that draws the relation was published; else when the disputing claim
    /// was first made.
    fn dispute_begins(&self, relation: &Relation, disputing: &Claim) -> Option<Day> {
        let published = |source: crate::dossier::SourceIx| -> Option<&Date> {
            self.dossier.sources.get(source.index())?.date.as_ref()
        };
        if let Some(date) = relation.by.as_ref().and_then(|by| published(by.source)) {
            return date.earliest;
        }
        let made = disputing.appearances.iter().filter_map(|appearance| {
            let said = appearance.attribution.first().and_then(|link| link.said.as_ref());
            said.or_else(|| published(appearance.quote.source))?.earliest
        });
        made.min()
    }

    fn polarity(&self, relation: &Relation) -> Option<Polarity> {
        self.dossier.config.relation_types.get(relation.relation_type.index()).map(|drawn| drawn.polarity)
    }

    /// Claims support each other in a circle.
    pub(super) fn support_cycle(&mut self) {
        if self.is_allowed("support-cycle") {
            return;
        }
        let supports = |relation: &&Relation| self.polarity(relation) == Some(Polarity::For);
        let edges: Vec<Vec<usize>> = self
            .dossier
            .claims
            .iter()
            .map(|claim| claim.relations.iter().filter(supports).map(|relation| relation.claim.index()).collect())
            .collect();
        let found: Vec<_> = cycles(&edges).iter().filter_map(|circle| self.circle(circle)).collect();
        self.report.extend(found);
    }

    fn circle(&self, circle: &[usize]) -> Option<Diagnostic> {
        let ids: Vec<String> = circle.iter().map(|n| format!("`{}`", self.dossier.claims[*n].meta.id)).collect();
        let mut links = (0..circle.len()).filter_map(|n| {
            let (from, to) = (circle[n], circle[(n + 1) % circle.len()]);
            let claim = self.dossier.claims.get(from)?;
            let at = claim
                .relations
                .iter()
                .position(|relation| relation.claim.index() == to && self.polarity(relation) == Some(Polarity::For))?;
            let range = self.places.get(from)?.relations.get(at)?.header;
            Some(crate::files::Span { file: claim.meta.file, range })
        });
        let message = format!("claims support each other in a circle: {}", [&ids[..], &ids[..1]].concat().join(" → "));
        let lint = self.at("support-cycle", links.next()?, message)?;
        let lint = links.fold(lint, |lint, span| lint.other(span, "part of the circle"));
        Some(lint.hint("a claim that rests on itself rests on nothing: find what holds one of them up"))
    }
}

/// The top of the scale.
const TOP: RatingIx = RatingIx(0);

fn at_top(claim: &Claim) -> bool {
    claim.rating() == Some(TOP)
}

fn is_blank(reason: Option<&ast::Prose>) -> bool {
    reason.is_none_or(|reason| reason.markdown.text.trim().is_empty())
}
