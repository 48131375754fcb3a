//! A record → the days that it is dated with: the first that it tells of, and the newest.
//!
//! They come from the record alone, never from a clock or a disk, so that what is made of them is the same at each build.

use crate::date::{Date, Day};
use crate::dossier::{Dossier, RecordRef};

/// When a record was first and last dated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stamps {
    /// When a source or an essay was published, or a claim first rated; the first of all its dates where that is not
    /// known.
    pub(super) first: Day,
    /// Its newest date.
    pub(super) newest: Day,
}

/// The dates of a record; none where it has no date that can be written with four digits for the year.
pub(super) fn of(dossier: &Dossier, record: RecordRef) -> Option<Stamps> {
    let dates: Vec<&Date> = match record {
        RecordRef::Home | RecordRef::Entity(_) => Vec::new(),
        RecordRef::Source(ix) => {
            let source = &dossier.sources[ix.index()];
            source.date.iter().chain(source.capture.iter().filter_map(|capture| capture.retrieved.as_ref())).collect()
        }
        RecordRef::Claim(ix) => {
            let claim = &dossier.claims[ix.index()];
            let verdicts = claim.verdicts.iter().filter_map(|verdict| verdict.date.as_ref());
            verdicts.chain(claim.corrections.iter().map(|correction| &correction.date)).collect()
        }
        RecordRef::Commentary(ix) => {
            let essay = &dossier.commentary[ix.index()];
            essay.date.iter().chain(&essay.updated).collect()
        }
    };
    let mut days = dates.into_iter().filter_map(day);
    let first = days.next()?;
    Some(Stamps { first, newest: days.fold(first, Day::max) })
}

/// The day that a date stands for where one day is needed: its first, by which dates are sorted, else its last. None
/// where the year has not four digits, which RFC 3339 and the W3C's note on dates want.
pub(super) fn day(date: &Date) -> Option<Day> {
    date.earliest.or(date.latest).filter(|day| (0..=9999).contains(&day.year))
}

/// A day as RFC 3339 has an instant.
pub(super) fn instant(day: Day) -> String {
    format!("{day}T00:00:00Z")
}
