//! A change → a line about it, in pieces that each format writes in its own way.

use crate::anchor::diff::{DiffPart, shortened, wordings_diff};
use crate::compare::{Change, Correction, Delta, Link, Named, Outcome, Quotation, Relation, Verdict};
use crate::ids::RecordKind;

/// Words that stand alone on one side of a change are shown up to here, in words.
const LONGEST: usize = 60;

/// A line, and the lines below it.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) sign: Sign,
    pub(super) pieces: Vec<Piece>,
}

/// What became of what the line is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sign {
    Added,
    Removed,
    Changed,
}

/// A part of a line.
#[derive(Debug)]
pub(super) enum Piece {
    /// The program's own words.
    Text(String),
    /// Words of the dossier.
    Value(String),
    /// A value that was there, in the place of which another is.
    Before(String),
    /// A value that is there in the place of another.
    After(String),
    /// Words of a text that are gone.
    Gone(String),
    /// Words of a text that are new.
    Come(String),
    /// A record.
    Record(RecordKind, Named),
}

/// What is said of a change.
pub(super) fn line(change: &Change) -> Line {
    match change {
        Change::Field { name, old, new } => field(name, old.as_deref(), new.as_deref()),
        Change::Text { name, old, new } => {
            let mut pieces = vec![text(format!("{name}: "))];
            pieces.extend(wording(old, new));
            Line { sign: Sign::Changed, pieces }
        }
        Change::Rating { old, new } => {
            let word = |rating: &Option<String>| rating.clone().unwrap_or_else(|| "not rated".to_owned());
            let (old, new) = (Piece::Before(word(old)), Piece::After(word(new)));
            Line { sign: Sign::Changed, pieces: vec![text("rating: "), old, text(" → "), new] }
        }
        Change::Verdict(delta) => of_delta(delta, "verdict: ", verdict, changed_verdict),
        Change::Correction(delta) => of_delta(delta, "correction: ", correction, changed_correction),
        Change::Quotation(delta) => of_delta(delta, "quotation: ", quotation, changed_quotation),
        Change::Relation(delta) => of_delta(delta, "relation: ", relation, changed_relation),
        Change::Words { added, removed, changed } => {
            let counts = [(added, "new"), (removed, "gone"), (changed, "changed")];
            let counts: Vec<String> =
                counts.iter().filter(|(n, _)| **n > 0).map(|(n, word)| format!("{n} {word}")).collect();
            let words = format!("text: blocks that differ: {}", counts.join(", "));
            Line { sign: Sign::Changed, pieces: vec![text(words)] }
        }
    }
}

fn text(words: impl Into<String>) -> Piece {
    Piece::Text(words.into())
}

fn field(name: &str, old: Option<&str>, new: Option<&str>) -> Line {
    let mut pieces = vec![text(format!("{name}: "))];
    let sign = match (old, new) {
        (None, _) => Sign::Added,
        (_, None) => Sign::Removed,
        _ => Sign::Changed,
    };
    pieces.extend(exchange(old, new));
    Line { sign, pieces }
}

/// A value and the one in its place.
fn exchange(old: Option<&str>, new: Option<&str>) -> Vec<Piece> {
    match (old, new) {
        (Some(old), Some(new)) => vec![Piece::Before(cut(old)), text(" → "), Piece::After(cut(new))],
        (Some(old), None) => vec![Piece::Before(cut(old)), text(" (no longer)")],
        (None, Some(new)) => vec![Piece::After(cut(new))],
        (None, None) => vec![text("(none)")],
    }
}

/// Two wordings of a text, word by word; long runs that are the same are shortened.
fn wording(old: &str, new: &str) -> Vec<Piece> {
    let parts = wordings_diff(old, new);
    if parts.iter().all(|part| matches!(part, DiffPart::Same(_))) {
        return vec![text("only white space differs")];
    }
    let last = parts.len() - 1;
    let mut pieces = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            pieces.push(text(" "));
        }
        pieces.push(match part {
            DiffPart::Same(words) => Piece::Value(shortened(words, index > 0, index < last)),
            DiffPart::Quote(words) => Piece::Gone(cut(words)),
            DiffPart::Text(words) => Piece::Come(cut(words)),
        });
    }
    pieces
}

/// A text on one line, without what goes beyond so many words.
fn cut(words: &str) -> String {
    let mut rest = words.split_whitespace();
    let mut short = rest.by_ref().take(LONGEST).collect::<Vec<_>>().join(" ");
    if rest.next().is_some() {
        short.push_str(" …");
    }
    short
}

fn of_delta<T>(
    delta: &Delta<T>,
    name: &str,
    whole: impl Fn(&T) -> Vec<Piece>,
    changed: impl Fn(&T, &T) -> Vec<Piece>,
) -> Line {
    let (sign, rest) = match delta {
        Delta::Added(it) => (Sign::Added, whole(it)),
        Delta::Removed(it) => (Sign::Removed, whole(it)),
        Delta::Changed(both) => (Sign::Changed, changed(&both.0, &both.1)),
    };
    let mut pieces = vec![text(name)];
    pieces.extend(rest);
    Line { sign, pieces }
}

fn verdict(verdict: &Verdict) -> Vec<Piece> {
    let mut pieces = vec![Piece::Value(verdict.rating.clone())];
    let date = verdict.date.as_ref().map(|date| format!(", {date}"));
    let by = verdict.by.as_ref().map(|by| format!(", by {}", by.name));
    pieces.extend(date.into_iter().chain(by).map(Piece::Value));
    pieces.extend(reason(&verdict.reason));
    pieces
}

/// Why, where that is given.
fn reason(reason: &str) -> Vec<Piece> {
    if reason.is_empty() { Vec::new() } else { vec![text(": "), Piece::Value(cut(reason))] }
}

fn changed_verdict(old: &Verdict, new: &Verdict) -> Vec<Piece> {
    let head = |verdict: &Verdict| self::verdict(&Verdict { reason: String::new(), ..verdict.clone() });
    let is_same = (&old.rating, &old.date, &old.by) == (&new.rating, &new.date, &new.by);
    let mut pieces = head(old);
    if !is_same {
        pieces.push(text(" → "));
        pieces.extend(head(new));
    }
    if old.reason != new.reason {
        pieces.push(text("; reason: "));
        pieces.extend(wording(&old.reason, &new.reason));
    }
    pieces
}

fn correction(correction: &Correction) -> Vec<Piece> {
    vec![Piece::Value(correction.date.clone()), text(": "), Piece::Value(cut(&correction.text))]
}

fn changed_correction(old: &Correction, new: &Correction) -> Vec<Piece> {
    let mut pieces = if old.date == new.date {
        vec![Piece::Value(old.date.clone())]
    } else {
        exchange(Some(&old.date), Some(&new.date))
    };
    if old.text != new.text {
        pieces.push(text(": "));
        pieces.extend(wording(&old.text, &new.text));
    }
    pieces
}

fn relation(relation: &Relation) -> Vec<Piece> {
    let mut pieces = vec![Piece::Value(relation.relation.clone()), text(" ")];
    pieces.push(Piece::Record(RecordKind::Claim, relation.claim.clone()));
    pieces.extend(reason(&relation.reason));
    pieces
}

fn changed_relation(old: &Relation, new: &Relation) -> Vec<Piece> {
    let mut pieces = relation(&Relation { reason: String::new(), ..new.clone() });
    for (name, old, new) in [("reason", &old.reason, &new.reason), ("unaddressed", &old.unaddressed, &new.unaddressed)]
    {
        if old != new {
            pieces.push(text(format!("; {name}: ")));
            pieces.extend(wording(old, new));
        }
    }
    if old.by != new.by {
        let by =
            |relation: &Relation| relation.by.as_ref().map(|(source, words)| format!("{}: “{words}”", source.name));
        pieces.push(text("; drawn by "));
        pieces.extend(exchange(by(old).as_deref(), by(new).as_deref()));
    }
    pieces
}

fn quotation(quotation: &Quotation) -> Vec<Piece> {
    let mut pieces = vec![text("“"), Piece::Value(cut(&quotation.words)), text("” in ")];
    pieces.push(Piece::Record(RecordKind::Source, quotation.source.clone()));
    if quotation.outcome == Outcome::Failed {
        pieces.push(text(", which does not have it"));
    }
    if !quotation.attribution.is_empty() {
        pieces.push(text("; said by "));
        pieces.push(Piece::Value(chain(&quotation.attribution)));
    }
    pieces
}

fn changed_quotation(old: &Quotation, new: &Quotation) -> Vec<Piece> {
    let mut pieces = vec![text("“")];
    if old.words == new.words {
        pieces.push(Piece::Value(cut(&new.words)));
    } else {
        pieces.extend(wording(&old.words, &new.words));
    }
    pieces.push(text("” in "));
    pieces.push(Piece::Record(RecordKind::Source, new.source.clone()));
    if old.source != new.source {
        pieces.push(text(", before in "));
        pieces.push(Piece::Record(RecordKind::Source, old.source.clone()));
    }
    if old.outcome != new.outcome {
        pieces.push(text("; "));
        pieces.extend(exchange(Some(&outcome(&old.outcome)), Some(&outcome(&new.outcome))));
    }
    if old.source == new.source && old.place != new.place {
        let block = |quotation: &Quotation| quotation.place.block.map(|block| block.to_string());
        pieces.push(text("; moved, block "));
        pieces.extend(exchange(block(old).as_deref(), block(new).as_deref()));
    }
    for (name, old, new) in quotation_fields(old, new) {
        pieces.push(text(format!("; {name}: ")));
        pieces.extend(exchange(old.as_deref(), new.as_deref()));
    }
    pieces
}

/// The fields of a quotation whose values differ: the name, what it was, what it is.
fn quotation_fields(old: &Quotation, new: &Quotation) -> Vec<(&'static str, Option<String>, Option<String>)> {
    let key = |quotation: &Quotation| Some(quotation.key.clone()).filter(|key| !key.is_empty());
    let said_by = |quotation: &Quotation| Some(chain(&quotation.attribution)).filter(|chain| !chain.is_empty());
    let mut fields = vec![
        ("prefix", old.prefix.clone(), new.prefix.clone()),
        ("suffix", old.suffix.clone(), new.suffix.clone()),
        ("key", key(old), key(new)),
    ];
    let others = old.fields.iter().zip(&new.fields);
    fields.extend(others.map(|((name, old), (_, new))| (*name, old.clone(), new.clone())));
    fields.retain(|(_, old, new)| old != new);
    if old.attribution != new.attribution {
        fields.push(("attribution", said_by(old), said_by(new)));
    }
    fields
}

/// What came of looking for a quotation, in a word or two.
pub(super) fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Exact => "exact".to_owned(),
        Outcome::Folded(folds) => format!("folded ({})", folds.join(", ")),
        Outcome::Elided => "elided".to_owned(),
        Outcome::Unchecked => "unchecked".to_owned(),
        Outcome::Failed => "not in the source".to_owned(),
    }
}

/// A chain of attribution, from the one who said it.
pub(super) fn chain(links: &[Link]) -> String {
    let link = |link: &Link| {
        let mut words = link.who.name.clone();
        let mut aside = Vec::new();
        aside.extend(link.named_as.as_ref().map(|name| format!("as “{name}”")));
        aside.extend(link.said.clone());
        aside.extend(link.cue.as_ref().map(|(cue, is_there)| {
            format!("cue “{cue}”{}", if *is_there { "" } else { ", which is not in the source" })
        }));
        if !aside.is_empty() {
            words.push_str(&format!(" ({})", aside.join(", ")));
        }
        words
    };
    links.iter().map(link).collect::<Vec<_>>().join(", then ")
}
