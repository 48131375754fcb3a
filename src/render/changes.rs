//! The changes that the records' ledgers tell, and what any dated thing looks like in a list.

use serde::Serialize;

use crate::date::Date;
use crate::diag::Diagnostic;
use crate::dossier::{Change, Occasion, RecordRef};
use crate::render::lists::numbered;
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::render::view::{Pager, RecordLink};
use crate::route::{ROWS, Route, count, part_of, promise};

#[derive(Serialize)]
struct ChangesView {
    changes: Vec<ChangeView>,
    pager: Option<Pager>,
}

/// Something dated.
#[derive(Serialize)]
pub(super) struct ChangeView {
    /// `about`, `said`, `published`, `rated`, `corrected` or `essay`.
    pub(super) kind: &'static str,
    /// The kind in words.
    pub(super) label: &'static str,
    pub(super) date: Piece,
    /// The record, and the place in its page.
    pub(super) link: RecordLink,
    /// Who said or rated it.
    pub(super) by: Option<Piece>,
    /// What it was rated.
    pub(super) rating: Option<Piece>,
}

pub(super) fn render(at: &Vantage<'_>, page: usize) -> Result<Vec<u8>, Diagnostic> {
    let view = ChangesView {
        changes: views(at, part_of(&at.dossier.changes, page, ROWS).iter()),
        pager: at.pager(page, count(at.dossier.changes.len(), ROWS), Route::Changes),
    };
    let mut frame = at.page("changes", "changes", numbered("Changes", page));
    frame.feed = at.feed(Route::Corrections, "Corrections");
    at.finish(&frame, "changes", &view)
}

pub(super) fn views<'a>(at: &Vantage<'_>, changes: impl Iterator<Item = &'a Change>) -> Vec<ChangeView> {
    changes.filter_map(|change| view(at, &change.date, change.what)).collect()
}

pub(super) fn view(at: &Vantage<'_>, date: &Date, what: Occasion) -> Option<ChangeView> {
    let (record, fragment) = place(at, what)?;
    let (by, rating) = match what {
        Occasion::Said(ix, n, link) => {
            let link = at.claim(ix).appearances.get(n)?.attribution.get(link)?;
            (Some(at.agent(&link.who)), None)
        }
        Occasion::Rated(ix, n) => {
            let verdict = at.claim(ix).verdicts.get(n)?;
            (verdict.by.as_ref().map(|agent| at.agent(agent)), Some(at.rating(Some(verdict.rating))))
        }
        Occasion::Published(ix) => (at.source(ix).publisher.as_ref().map(|agent| at.agent(agent)), None),
        Occasion::About(_) | Occasion::Corrected(..) | Occasion::Essay(_) => (None, None),
    };
    let (kind, label) = kind(what);
    let link = RecordLink { rating: None, ..at.record_link(record, fragment.as_deref()) };
    Some(ChangeView { kind, label, date: at.date(date), link, by, rating })
}

/// The record that an event is of, and the id of its place in the record's page.
pub(super) fn place(at: &Vantage<'_>, what: Occasion) -> Option<(RecordRef, Option<String>)> {
    Some(match what {
        Occasion::About(ix) => (RecordRef::Claim(ix), None),
        Occasion::Said(ix, n, _) => {
            let claim = at.claim(ix);
            let id = promise::appearance_id(at.dossier, claim, claim.appearances.get(n)?);
            (RecordRef::Claim(ix), Some(id))
        }
        Occasion::Published(ix) => (RecordRef::Source(ix), None),
        Occasion::Rated(ix, n) => (RecordRef::Claim(ix), Some(promise::verdict_id(n))),
        Occasion::Corrected(ix, n) => (RecordRef::Claim(ix), Some(promise::correction_id(n))),
        Occasion::Essay(ix) => (RecordRef::Commentary(ix), None),
    })
}

pub(super) fn kind(what: Occasion) -> (&'static str, &'static str) {
    match what {
        Occasion::About(_) => ("about", "Time it is about"),
        Occasion::Said(..) => ("said", "Said"),
        Occasion::Published(_) => ("published", "Published"),
        Occasion::Rated(..) => ("rated", "Rated"),
        Occasion::Corrected(..) => ("corrected", "Corrected"),
        Occasion::Essay(_) => ("essay", "Commentary"),
    }
}
