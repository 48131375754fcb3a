//! A comparison for machines. `docs/diff.md` has what the fields mean; the version rises when one of them changes its
//! meaning or goes, and not when one is added.

use serde_json::{Map, Value, json};

use crate::compare::{
    Change, Comparison, Correction, Delta, Fate, Link, Named, Quotation, RecordChange, Relation, Verdict,
};

/// The version of the format.
pub const VERSION: u32 = 1;

/// One side of a comparison, as the output names it.
#[derive(Clone, Debug)]
pub struct Side {
    /// What it was asked for by: a folder or a revision.
    pub name: String,
    /// How many errors it has. What stands in files that cannot be read is not compared.
    pub errors: usize,
}

/// The comparison as JSON.
pub fn render(comparison: &Comparison, old: &Side, new: &Side) -> String {
    let side = |side: &Side| json!({ "name": side.name, "errors": side.errors });
    let value = json!({
        "format": "casebook-diff",
        "version": VERSION,
        "old": side(old),
        "new": side(new),
        "settings": comparison.settings.iter().map(change).collect::<Vec<_>>(),
        "records": comparison.records.iter().map(record).collect::<Vec<_>>(),
    });
    // A value of strings and numbers alone cannot fail to become JSON.
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

fn record(record: &RecordChange) -> Value {
    let (status, from) = match &record.fate {
        Fate::Added => ("added", None),
        Fate::Removed => ("removed", None),
        Fate::Renamed(was) => ("renamed", Some(was)),
        Fate::Kept => ("changed", None),
    };
    json!({
        "kind": record.kind,
        "id": record.id,
        "title": record.title,
        "status": status,
        "renamed_from": from,
        "changes": record.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    match change {
        Change::Field { name, old, new } => json!({ "what": "field", "name": name, "old": old, "new": new }),
        Change::Text { name, old, new } => json!({ "what": "text", "name": name, "old": old, "new": new }),
        Change::Rating { old, new } => json!({ "what": "rating", "old": old, "new": new }),
        Change::Verdict(it) => delta("verdict", it, verdict),
        Change::Correction(it) => delta("correction", it, correction),
        Change::Quotation(it) => quotation_delta(it),
        Change::Relation(it) => delta("relation", it, relation),
        Change::Words { added, removed, changed } => {
            json!({ "what": "source-text", "blocks_added": added, "blocks_removed": removed, "blocks_changed": changed })
        }
    }
}

fn delta<T>(what: &str, delta: &Delta<T>, value: impl Fn(&T) -> Value) -> Value {
    let (status, old, new) = match delta {
        Delta::Added(it) => ("added", None, Some(it)),
        Delta::Removed(it) => ("removed", Some(it), None),
        Delta::Changed(both) => ("changed", Some(&both.0), Some(&both.1)),
    };
    json!({ "what": what, "status": status, "old": old.map(&value), "new": new.map(&value) })
}

/// The same with whether it moved, which its block's number alone does not tell.
fn quotation_delta(it: &Delta<Quotation>) -> Value {
    let mut value = delta("quotation", it, quotation);
    let is_moved = match it {
        Delta::Changed(both) => both.0.source != both.1.source || both.0.place != both.1.place,
        Delta::Added(_) | Delta::Removed(_) => false,
    };
    value["moved"] = is_moved.into();
    value
}

fn named(named: &Named) -> Value {
    json!({ "id": named.id, "name": named.name })
}

fn verdict(verdict: &Verdict) -> Value {
    json!({
        "rating": verdict.rating,
        "date": verdict.date,
        "by": verdict.by.as_ref().map(named),
        "reason": verdict.reason,
    })
}

fn correction(correction: &Correction) -> Value {
    json!({ "date": correction.date, "text": correction.text })
}

fn relation(relation: &Relation) -> Value {
    let by = relation.by.as_ref().map(|(source, words)| json!({ "source": named(source), "quote": words }));
    json!({
        "type": relation.relation,
        "claim": named(&relation.claim),
        "reason": relation.reason,
        "unaddressed": relation.unaddressed,
        "by": by,
    })
}

fn quotation(quotation: &Quotation) -> Value {
    use crate::compare::Outcome;
    let (outcome, folds) = match &quotation.outcome {
        Outcome::Exact => ("exact", None),
        Outcome::Folded(folds) => ("folded", Some(folds)),
        Outcome::Elided => ("elided", None),
        Outcome::Unchecked => ("unchecked", None),
        Outcome::Failed => ("failed", None),
    };
    let fields: Map<String, Value> =
        quotation.fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    json!({
        "source": named(&quotation.source),
        "quote": quotation.words,
        "prefix": quotation.prefix,
        "suffix": quotation.suffix,
        "key": quotation.key,
        "outcome": outcome,
        "folds": folds,
        "block": quotation.place.block,
        "appearance": (!fields.is_empty()).then_some(fields),
        "attribution": quotation.attribution.iter().map(link).collect::<Vec<_>>(),
    })
}

fn link(link: &Link) -> Value {
    let cue = link.cue.as_ref().map(|(words, is_there)| json!({ "text": words, "found": is_there }));
    json!({ "who": named(&link.who), "as": link.named_as, "said": link.said, "cue": cue })
}
