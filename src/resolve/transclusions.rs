//! `![[id]]`: no record may show itself, not even by way of others.

use std::collections::{BTreeMap, HashMap};

use crate::diag::{Diagnostic, Severity};
use crate::dossier::{Dossier, RecordRef, Target};
use crate::files::Span;
use crate::parse::ast::LinkForm;
use crate::resolve::cycles::cycles;
use crate::resolve::texts;

/// The errors about records that show themselves: one a circle, at the link that closes it, with all its other links.
pub(crate) fn check(dossier: &Dossier) -> Vec<Diagnostic> {
    // What each record shows, with the first link that does.
    let mut shows: BTreeMap<RecordRef, BTreeMap<RecordRef, Span>> = BTreeMap::new();
    for text in texts::all(dossier) {
        for link in &text.prose.links {
            if let (LinkForm::Transclusion, Target::Record(to, _)) = (link.form, &link.target) {
                let span = Span { file: text.file, range: link.range };
                shows.entry(text.record).or_default().entry(*to).or_insert(span);
            }
        }
    }
    // Only a record that shows something can be part of a circle.
    let records: Vec<RecordRef> = shows.keys().copied().collect();
    let number: HashMap<RecordRef, usize> = records.iter().copied().zip(0..).collect();
    let edges: Vec<Vec<usize>> =
        shows.values().map(|shown| shown.keys().filter_map(|to| number.get(to).copied()).collect()).collect();
    cycles(&edges).into_iter().filter_map(|circle| told(dossier, &shows, &records, &circle)).collect()
}

fn told(
    dossier: &Dossier,
    shows: &BTreeMap<RecordRef, BTreeMap<RecordRef, Span>>,
    records: &[RecordRef],
    circle: &[usize],
) -> Option<Diagnostic> {
    let names: Vec<String> = circle.iter().map(|n| format!("`{}`", dossier.id_of(records[*n]))).collect();
    let links: Vec<Span> = (0..circle.len())
        .filter_map(|n| {
            let next = circle[(n + 1) % circle.len()];
            shows.get(&records[circle[n]])?.get(&records[next]).copied()
        })
        .collect();
    let (closing, others) = links.split_last()?;
    let message = match &names[..] {
        [name] => format!("{name} shows itself"),
        _ => format!("records show each other in a circle: {}", [&names[..], &names[..1]].concat().join(" → ")),
    };
    let error = Diagnostic::new(Severity::Error, "transclusion-cycle", Some(*closing), message)
        .label("closes the circle")
        .hint("make one of these a link: `[[…]]` without the exclamation mark");
    Some(others.iter().fold(error, |error, place| error.other(*place, "part of the circle")))
}
