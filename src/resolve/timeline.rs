//! What has a date: the timeline, and the changes that the ledgers record.

use crate::dossier::{Change, ClaimIx, CommentaryIx, Dossier, Event, Occasion, RecordRef, SourceIx};
use crate::resolve::changed::Changed;

/// What a record has on the timeline.
pub(crate) fn events(dossier: &Dossier, record: RecordRef) -> Vec<Event> {
    let mut events = Vec::new();
    let mut add = |date: &Option<crate::date::Date>, what: Occasion| {
        events.extend(date.clone().map(|date| Event { date, what }));
    };
    match record {
        RecordRef::Claim(ix) => {
            let Some(claim) = dossier.claims.get(ix.index()) else { return events };
            add(&claim.when, Occasion::About(ix));
            for (n, appearance) in claim.appearances.iter().enumerate() {
                for (link, attribution) in appearance.attribution.iter().enumerate() {
                    add(&attribution.said, Occasion::Said(ix, n, link));
                }
            }
        }
        RecordRef::Source(ix) => {
            dossier.sources.get(ix.index()).into_iter().for_each(|source| add(&source.date, Occasion::Published(ix)));
        }
        RecordRef::Commentary(ix) => {
            dossier.commentary.get(ix.index()).into_iter().for_each(|essay| add(&essay.date, Occasion::Essay(ix)));
        }
        RecordRef::Home | RecordRef::Entity(_) => {}
    }
    events.extend(ledger(dossier, record).into_iter().map(|Change { date, what }| Event { date, what }));
    events
}

/// What a record has among the changes: verdicts, corrections, essays with a date; an essay stands at its last change.
pub(crate) fn changes(dossier: &Dossier, record: RecordRef) -> Vec<Change> {
    let RecordRef::Commentary(ix) = record else { return ledger(dossier, record) };
    let essay = dossier.commentary.get(ix.index());
    let date = essay.and_then(|essay| essay.updated.clone().or_else(|| essay.date.clone()));
    date.map(|date| Change { date, what: Occasion::Essay(ix) }).into_iter().collect()
}

fn ledger(dossier: &Dossier, record: RecordRef) -> Vec<Change> {
    let RecordRef::Claim(ix) = record else { return Vec::new() };
    let Some(claim) = dossier.claims.get(ix.index()) else { return Vec::new() };
    let verdicts = claim
        .verdicts
        .iter()
        .enumerate()
        .filter_map(|(n, verdict)| Some(Change { date: verdict.date.clone()?, what: Occasion::Rated(ix, n) }));
    let corrections = claim.corrections.iter().enumerate();
    let corrections =
        corrections.map(|(n, correction)| Change { date: correction.date.clone(), what: Occasion::Corrected(ix, n) });
    verdicts.chain(corrections).collect()
}

/// Puts the events of changed records in the place of those `before`: by date, then occasion.
pub(crate) fn renew_timeline(timeline: &mut Vec<Event>, changed: &Changed, before: &[Event], now: Vec<Event>) {
    if before == now {
        return;
    }
    timeline.retain(|event| !changed.has(record_of(event.what)));
    timeline.extend(now);
    timeline.sort_by(|a, b| (&a.date, a.what).cmp(&(&b.date, b.what)));
}

/// Puts the changes of changed records in the place of those `before`: newest first.
pub(crate) fn renew_changes(changes: &mut Vec<Change>, changed: &Changed, before: &[Change], now: Vec<Change>) {
    if before == now {
        return;
    }
    changes.retain(|change| !changed.has(record_of(change.what)));
    changes.extend(now);
    changes.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.what.cmp(&b.what)));
}

/// Whose occasion it is.
fn record_of(what: Occasion) -> RecordRef {
    match what {
        Occasion::About(ClaimIx(n))
        | Occasion::Said(ClaimIx(n), ..)
        | Occasion::Rated(ClaimIx(n), _)
        | Occasion::Corrected(ClaimIx(n), _) => RecordRef::Claim(ClaimIx(n)),
        Occasion::Published(SourceIx(n)) => RecordRef::Source(SourceIx(n)),
        Occasion::Essay(CommentaryIx(n)) => RecordRef::Commentary(CommentaryIx(n)),
    }
}
