//! `![[id]]`: no record may show itself, not even by way of others.

use std::collections::{BTreeMap, HashMap};

use crate::diag::{Diagnostic, Severity};
use crate::dossier::{Dossier, RecordRef, Target};
use crate::files::{FileId, Span};
use crate::parse::ast::LinkForm;
use crate::resolve::changed::Changed;
use crate::resolve::cycles::cycles;
use crate::resolve::shelf::Shelf;

/// What each record shows, with the first link that does.
pub(crate) type Shows = BTreeMap<RecordRef, BTreeMap<RecordRef, Span>>;

/// What a record in `file` shows.
pub(crate) fn shown(dossier: &Dossier, record: RecordRef, file: FileId) -> BTreeMap<RecordRef, Span> {
    let mut shown = BTreeMap::new();
    for link in dossier.texts(record).flat_map(|(_, prose)| &prose.links) {
        if let (LinkForm::Transclusion, Target::Record(to, _)) = (link.form, &link.target) {
            shown.entry(*to).or_insert(Span { file, range: link.range });
        }
    }
    shown
}

/// Puts what changed records show in the place of what they showed.
pub(crate) fn renew(shows: &mut Shows, dossier: &Dossier, shelf: &Shelf<'_>, changed: &Changed) {
    shows.retain(|record, _| !changed.has(*record));
    let now = changed.gather(|record| {
        let shown = shelf.file(record).map(|file| shown(dossier, record, file)).filter(|shown| !shown.is_empty());
        shown.map(|shown| (record, shown)).into_iter().collect()
    });
    shows.extend(now);
}

/// The errors about records that show themselves: one a circle, at the link that closes it, with all its other links.
pub(crate) fn check(shelf: &Shelf<'_>, shows: &Shows) -> Vec<Diagnostic> {
    // Only a record that shows something can be part of a circle.
    let records: Vec<RecordRef> = shows.keys().copied().collect();
    let number: HashMap<RecordRef, usize> = records.iter().copied().zip(0..).collect();
    let edges: Vec<Vec<usize>> =
        shows.values().map(|shown| shown.keys().filter_map(|to| number.get(to).copied()).collect()).collect();
    cycles(&edges).into_iter().filter_map(|circle| told(shelf, shows, &records, &circle)).collect()
}

fn told(shelf: &Shelf<'_>, shows: &Shows, records: &[RecordRef], circle: &[usize]) -> Option<Diagnostic> {
    let names: Vec<String> = circle.iter().map(|n| format!("`{}`", shelf.id(records[*n]))).collect();
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
