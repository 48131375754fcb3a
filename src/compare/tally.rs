//! A comparison → how much changed, in a sentence.

use crate::compare::{Change, Comparison, Delta, Fate, Outcome};
use crate::ids::RecordKind;

/// "2 claims added, 1 changed; 1 verdict; 3 quotations lost"; says that nothing changed where nothing did.
pub(super) fn sentence(comparison: &Comparison) -> String {
    if comparison.is_empty() {
        return "nothing changed".to_owned();
    }
    let mut parts = Vec::new();
    for kind in [RecordKind::Claim, RecordKind::Source, RecordKind::Entity, RecordKind::Commentary, RecordKind::Home] {
        parts.extend(records(comparison, kind));
    }
    let changes = || comparison.records.iter().flat_map(|record| &record.changes);
    let count = |is_it: fn(&Change) -> bool| changes().filter(|change| is_it(change)).count();
    let ratings = count(|change| matches!(change, Change::Rating { .. }));
    parts.extend((ratings > 0).then(|| number(ratings, "rating", "ratings") + " changed"));
    let corrections = count(|change| matches!(change, Change::Correction(Delta::Added(_))));
    parts.extend((corrections > 0).then(|| number(corrections, "correction", "corrections")));
    let lost = count(is_lost);
    parts.extend((lost > 0).then(|| number(lost, "quotation", "quotations") + " lost"));
    let moved = count(is_moved);
    parts.extend((moved > 0).then(|| number(moved, "quotation", "quotations") + " moved"));
    if !comparison.settings.is_empty() {
        parts.push(number(comparison.settings.len(), "setting", "settings") + " changed");
    }
    parts.join("; ")
}

/// "2 claims added, 1 removed".
fn records(comparison: &Comparison, kind: RecordKind) -> Option<String> {
    let (one, many) = match kind {
        RecordKind::Claim => ("claim", "claims"),
        RecordKind::Source => ("source", "sources"),
        RecordKind::Entity => ("entity", "entities"),
        RecordKind::Commentary => ("essay", "essays"),
        RecordKind::Home => return None,
    };
    let of_kind = |fate: fn(&Fate) -> bool| {
        comparison.records.iter().filter(|record| record.kind == kind && fate(&record.fate)).count()
    };
    let counts = [
        (of_kind(|fate| *fate == Fate::Added), "added"),
        (of_kind(|fate| *fate == Fate::Removed), "removed"),
        (of_kind(|fate| matches!(fate, Fate::Renamed(_))), "renamed"),
        (of_kind(|fate| *fate == Fate::Kept), "changed"),
    ];
    let mut said = counts.into_iter().filter(|(count, _)| *count > 0);
    let (first, what) = said.next()?;
    let mut words = format!("{} {what}", number(first, one, many));
    said.for_each(|(count, what)| words.push_str(&format!(", {count} {what}")));
    Some(words)
}

/// Whether a quotation that was there is gone: from the record, or from its source.
fn is_lost(change: &Change) -> bool {
    match change {
        Change::Quotation(Delta::Removed(_)) => true,
        Change::Quotation(Delta::Changed(both)) => {
            both.0.outcome != Outcome::Failed && both.1.outcome == Outcome::Failed
        }
        _ => false,
    }
}

/// Whether a quotation stands elsewhere: in its source, or in another.
fn is_moved(change: &Change) -> bool {
    let Change::Quotation(Delta::Changed(both)) = change else { return false };
    both.0.source != both.1.source || both.0.place != both.1.place
}

pub(super) fn number(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
