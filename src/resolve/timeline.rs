//! What has a date: the timeline, and the changes that the ledgers record.

use crate::dossier::{Change, ClaimIx, CommentaryIx, Dossier, Event, Occasion, SourceIx};

/// Everything dated, by date, then occasion.
pub(crate) fn timeline(dossier: &Dossier) -> Vec<Event> {
    let mut events = Vec::new();
    let mut add = |date: &Option<crate::date::Date>, what: Occasion| {
        events.extend(date.clone().map(|date| Event { date, what }));
    };
    for (ix, claim) in (0..).map(ClaimIx).zip(&dossier.claims) {
        add(&claim.when, Occasion::About(ix));
        for (n, appearance) in claim.appearances.iter().enumerate() {
            for (link, attribution) in appearance.attribution.iter().enumerate() {
                add(&attribution.said, Occasion::Said(ix, n, link));
            }
        }
    }
    for (ix, source) in (0..).map(SourceIx).zip(&dossier.sources) {
        add(&source.date, Occasion::Published(ix));
    }
    for (ix, essay) in (0..).map(CommentaryIx).zip(&dossier.commentary) {
        add(&essay.date, Occasion::Essay(ix));
    }
    events.extend(ledgers(dossier).map(|Change { date, what }| Event { date, what }));
    events.sort_by(|a, b| (&a.date, a.what).cmp(&(&b.date, b.what)));
    events
}

/// Verdicts, corrections and essays with a date, newest first; an essay stands at its last change.
pub(crate) fn changes(dossier: &Dossier) -> Vec<Change> {
    let essays = (0..).map(CommentaryIx).zip(&dossier.commentary).filter_map(|(ix, essay)| {
        let date = essay.updated.clone().or_else(|| essay.date.clone())?;
        Some(Change { date, what: Occasion::Essay(ix) })
    });
    let mut changes: Vec<Change> = ledgers(dossier).chain(essays).collect();
    changes.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.what.cmp(&b.what)));
    changes
}

fn ledgers(dossier: &Dossier) -> impl Iterator<Item = Change> {
    (0..).map(ClaimIx).zip(&dossier.claims).flat_map(|(ix, claim)| {
        let verdicts =
            claim.verdicts.iter().enumerate().filter_map(move |(n, verdict)| {
                Some(Change { date: verdict.date.clone()?, what: Occasion::Rated(ix, n) })
            });
        let corrections = claim
            .corrections
            .iter()
            .enumerate()
            .map(move |(n, correction)| Change { date: correction.date.clone(), what: Occasion::Corrected(ix, n) });
        verdicts.chain(corrections)
    })
}
