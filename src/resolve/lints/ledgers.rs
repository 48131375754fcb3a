//! Lints about verdicts and relations.

use crate::date::{Date, Day};
use crate::diag::Diagnostic;
use crate::dossier::{Claim, ClaimIx, RatingIx, RecordRef, Relation, Target};
use crate::files::Span;
use crate::parse::ast;
use crate::resolve::cycles::cycles;
use crate::resolve::inverses::twin;
use crate::resolve::lints::{Lints, OneClaim};
use crate::terms::Polarity;

impl<'a> Lints<'_, 'a> {
    /// A verdict has an empty reason.
    pub(super) fn verdict_without_reason(&self, one: &OneClaim<'_, 'a>, found: &mut Vec<Diagnostic>) {
        for verdict in one.places.verdicts.iter().filter(|verdict| is_blank(verdict.reason.as_ref())) {
            let message = format!("the verdict `{}` has no reason", verdict.rating.value);
            let lint = self.at_claim("verdict-without-reason", one.ix, verdict.header, message);
            found.extend(lint.map(|lint| lint.hint("say in `reason` what the rating rests on")));
        }
    }

    /// A relation has no reason.
    pub(super) fn relation_without_reason(&self, one: &OneClaim<'_, 'a>, found: &mut Vec<Diagnostic>) {
        for relation in one.places.relations.iter().filter(|relation| is_blank(relation.reason.as_ref())) {
            let (kind, claim) = (&relation.relation_type.value, &relation.claim.value);
            let message = format!("the relation `{kind}` to `{claim}` has no reason");
            let lint = self.at_claim("relation-without-reason", one.ix, relation.header, message);
            found.extend(lint.map(|lint| lint.hint("say in `reason` why the one does that to the other")));
        }
    }

    /// A claim's relations with their numbers.
    fn relations(&self, ix: ClaimIx) -> impl Iterator<Item = (usize, &Relation)> {
        self.dossier.claims.get(ix.index()).into_iter().flat_map(|claim| claim.relations.iter().enumerate())
    }

    /// Two claims both state the one symmetric relation between them. Said once, in the file of the second.
    pub(super) fn relation_from_both_sides(&self, ix: ClaimIx, found: &mut Vec<Diagnostic>) {
        for (n, relation) in self.relations(ix) {
            let first = self.dossier.claims.get(relation.claim.index()).filter(|_| relation.claim < ix);
            let Some((first, twin)) = first.and_then(|first| Some((first, twin(self.dossier, relation, first, ix)?)))
            else {
                continue;
            };
            let (Some(place), Some(there)) = (self.relation(ix, n), self.relation(relation.claim, twin)) else {
                continue;
            };
            let (kind, id) = (&place.relation_type.value, &first.meta.id);
            let message = format!("the relation `{kind}` holds in both directions, and `{id}` states it already");
            let lint = self.at_claim("relation-from-both-sides", ix, place.header, message);
            let there = Span { file: first.meta.file, range: there.header };
            found.extend(lint.map(|lint| lint.other(there, "stated here").hint("take one of the two out")));
        }
    }

    /// Two claims that contradict each other are both rated at the top of the scale. Said once, where it is first stated.
    pub(super) fn contradictory_verdicts(&self, ix: ClaimIx, found: &mut Vec<Diagnostic>) {
        let Some(claim) = self.dossier.claims.get(ix.index()).filter(|claim| at_top(claim)) else { return };
        for (n, relation) in self.relations(ix).filter(|(_, relation)| self.is_contradiction(relation)) {
            let Some(other) = self.dossier.claims.get(relation.claim.index()).filter(|other| at_top(other)) else {
                continue;
            };
            let before = |relations: &[Relation], to: ClaimIx| {
                relations.iter().any(|drawn| drawn.claim == to && self.is_contradiction(drawn))
            };
            let is_said =
                before(&claim.relations[..n], relation.claim) || (relation.claim < ix && before(&other.relations, ix));
            let Some(place) = self.relation(ix, n).filter(|_| !is_said) else { continue };
            let label = self.rating_label(TOP);
            let message =
                format!("this claim and `{}` contradict each other, and both are rated {label}", other.meta.id);
            let Some(mut lint) = self.at_claim("contradictory-verdicts", ix, place.header, message) else { continue };
            for span in [ix, relation.claim].into_iter().filter_map(|claim| self.last_verdict(claim)) {
                lint = lint.other(span, format!("rated {label} here"));
            }
            found.push(lint.hint("at most one of the two can hold"));
        }
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
    pub(super) fn unanswered_dispute(&self, ix: ClaimIx, found: &mut Vec<Diagnostic>) {
        for (n, relation) in self.relations(ix) {
            if self.polarity(relation) != Some(Polarity::Against) {
                continue;
            }
            found.extend(self.unanswered(relation.claim, ix, relation, (ix, n)));
            if self.is_contradiction(relation) {
                found.extend(self.unanswered(ix, relation.claim, relation, (ix, n)));
            }
        }
    }

    /// What is said where the last verdict on `disputed` does not answer `by`; `drawn` says whose relation it is, and which.
    fn unanswered(
        &self,
        disputed: ClaimIx,
        by: ClaimIx,
        relation: &Relation,
        drawn: (ClaimIx, usize),
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
            lint.other(Span { file, range: self.relation(drawn.0, drawn.1)?.header }, "the dispute")
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
    pub(super) fn support_cycle(&self, found: &mut Vec<Diagnostic>) {
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
        found.extend(cycles(&edges).iter().filter_map(|circle| self.circle(circle)));
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
            let from = u32::try_from(from).ok().map(ClaimIx)?;
            Some(Span { file: claim.meta.file, range: self.relation(from, at)?.header })
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
