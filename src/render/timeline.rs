//! The timeline: what happened when as a picture, and the same as a list by years.
//!
//! The picture has a lane for each sort of event, so that when something was said, when it was published and when it was
//! judged are told apart at a glance. It is drawn here, once; the template only writes it down. Places in it are shares
//! of its width, in hundredths of a percent, so that it fits any width and its words keep their size.

mod axis;

use serde::Serialize;

use crate::date::Date;
use crate::diag::Diagnostic;
use crate::dossier::Event;
use crate::render::changes::{self, ChangeView};
use crate::render::lists::numbered;
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::render::view::{Pager, RecordLink};
use crate::route::{ROWS, Route, count, part_of};
use axis::Axis;

#[derive(Serialize)]
struct TimelineView {
    /// None where nothing has a date with bounds.
    picture: Option<PictureView>,
    groups: Vec<YearView>,
    pager: Option<Pager>,
}

/// The events that begin in one year, as far as they are on this page.
#[derive(Serialize)]
struct YearView {
    /// Such as "2016"; "Without a beginning" where the start is open.
    heading: String,
    events: Vec<EventView>,
}

#[derive(Serialize)]
struct EventView {
    /// Its id in the page, which marks of the picture lead to.
    id: String,
    /// Whether it has the date of the one before.
    same_date: bool,
    kind: &'static str,
    label: &'static str,
    date: Piece,
    link: RecordLink,
    by: Option<Piece>,
    rating: Option<Piece>,
}

/// Heights are pixels; places and widths are percent of the picture's width.
#[derive(Serialize)]
struct PictureView {
    /// The least width, in sixteenths of a `rem`, at which neither marks nor words cover each other.
    least_width: usize,
    height: usize,
    /// The height of the lanes together: where the axis lies.
    axis: usize,
    lanes: Vec<LaneView>,
    ticks: Vec<TickView>,
    gaps: Vec<GapView>,
    /// The kinds of events in it, in the order of the lanes.
    kinds: Vec<KindView>,
    /// Whether a date in it is not one certain day.
    inexact: bool,
}

/// A sort of event.
#[derive(Serialize)]
struct LaneView {
    label: &'static str,
    top: usize,
    height: usize,
    marks: Vec<MarkView>,
}

/// The events of a kind and a date.
#[derive(Serialize)]
struct MarkView {
    /// The first of them in the list below.
    href: String,
    kind: &'static str,
    /// What they are, when, and how many.
    words: String,
    events: usize,
    /// The middle.
    x: String,
    y: usize,
    /// For a date that is not one day.
    bar: Option<BarView>,
    /// Whether the symbol of the kind has room: not on a short bar.
    has_symbol: bool,
    /// Whether it is one certain day.
    exact: bool,
}

#[derive(Serialize)]
struct BarView {
    x: String,
    width: String,
    /// Whether the date is approximate or uncertain.
    in_doubt: bool,
    /// Whether it has no first day.
    open_start: bool,
    /// Whether it has no last day.
    open_end: bool,
}

/// A day on the axis.
#[derive(Serialize)]
struct TickView {
    x: String,
    /// Such as "21 Dec".
    day: String,
    /// The year, where the tick before has another.
    year: Option<String>,
}

/// A long time in which nothing on this page happens.
#[derive(Serialize)]
struct GapView {
    x: String,
    /// Such as "10 years".
    words: String,
}

#[derive(Serialize)]
struct KindView {
    kind: &'static str,
    label: &'static str,
}

/// The lanes from the top, each with the kinds of its events.
const LANES: [(&str, &[&str]); 4] = [
    ("About", &["about"]),
    ("Said", &["said"]),
    ("Published", &["published", "essay"]),
    ("Verdict", &["rated", "corrected"]),
];

/// The height of a row of marks, and the most rows that a lane has.
const ROW: usize = 20;
const MOST_ROWS: usize = 8;

/// The room above and below a lane's rows, and for the axis.
const PADDING: usize = 7;
const AXIS: usize = 44;

/// The shortest bar that a symbol stands on, in hundredths of a percent.
const SYMBOL: usize = 300;

/// The width of the words of a day, and of a mark with a number, in sixteenths of a `rem` times hundredths of a percent;
/// and the most that the least width of a picture is.
const WORDS: usize = 52 * 10_000;
const MARK: usize = 20 * 10_000;
const WIDEST: usize = 48 * 16;

/// How far apart the beginnings of marks in one row are, in hundredths of a percent.
const APART: usize = 340;

pub(super) fn render(at: &Vantage<'_>, page: usize) -> Result<Vec<u8>, Diagnostic> {
    let events = part_of(&at.dossier.timeline, page, ROWS);
    let mut number = 0;
    let mut date_before = None;
    let mut numbered_event = |event: &Event| {
        number += 1;
        let same_date = date_before.replace(event.date.clone()).as_ref() == Some(&event.date);
        let ChangeView { kind, label, date, link, by, rating } = changes::view(at, &event.date, event.what)?;
        Some(EventView { id: event_id(number), same_date, kind, label, date, link, by, rating })
    };
    let mut year = |events: &[Event]| YearView {
        heading: year_heading(&events[0].date),
        events: events.iter().filter_map(&mut numbered_event).collect(),
    };
    let same_year = |a: &Event, b: &Event| a.date.earliest.map(|day| day.year) == b.date.earliest.map(|day| day.year);
    let view = TimelineView {
        picture: picture(events),
        groups: events.chunk_by(same_year).map(&mut year).collect(),
        pager: at.pager(page, count(at.dossier.timeline.len(), ROWS), Route::Timeline),
    };
    at.finish(&at.page("timeline", "timeline", numbered("Timeline", page)), "timeline", &view)
}

/// The id of the event of that number in a page, from 1.
fn event_id(number: usize) -> String {
    format!("q-Event-{number}")
}

fn year_heading(date: &Date) -> String {
    match date.earliest {
        Some(day) if day.year > 0 => day.year.to_string(),
        Some(day) => format!("{} BC", day.year.saturating_neg().saturating_add(1)),
        None => "Without a beginning".to_owned(),
    }
}

fn picture(events: &[Event]) -> Option<PictureView> {
    let axis = Axis::of(events.iter().map(|event| &event.date))?;
    let ticks = axis.ticks();
    let mut lanes = Vec::new();
    let mut top = 0;
    let words = ticks.windows(2).map(|two| WORDS / (two[1].0 - two[0].0).max(1)).max().unwrap_or(0);
    let mut least_width = words;
    for (label, kinds) in LANES {
        let (marks, rows, closest) = marks(events, kinds, &axis, top + PADDING);
        least_width = least_width.max(MARK / closest.max(1)).min(WIDEST);
        if rows > 0 {
            let height = rows * ROW + 2 * PADDING;
            lanes.push(LaneView { label, top, height, marks });
            top += height;
        }
    }
    let inexact = events.iter().any(|event| !event.date.is_exact_day());
    let kinds = LANES.iter().flat_map(|(_, kinds)| *kinds);
    let kinds = kinds.filter_map(|kind| events.iter().map(|event| changes::kind(event.what)).find(|k| k.0 == *kind));
    Some(PictureView {
        least_width,
        height: top + AXIS,
        axis: top,
        ticks: ticks.into_iter().map(|(at, day, year)| TickView { x: percent(at), day, year }).collect(),
        gaps: axis.gaps().into_iter().map(|(at, words)| GapView { x: percent(at), words }).collect(),
        kinds: kinds.map(|(kind, label)| KindView { kind, label }).collect(),
        lanes,
        inexact,
    })
}

/// The marks of a lane, one for all events of a kind and a date, how many rows they need, and how close two of them
/// stand in a row, in hundredths of a percent.
fn marks(events: &[Event], kinds: &[&str], axis: &Axis, top: usize) -> (Vec<MarkView>, usize, usize) {
    // Of each row where its last mark begins, and where the next can. The events are sorted by date, so that the ends of
    // a row's marks do not go back.
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut closest = usize::MAX;
    let mut marks: Vec<(MarkView, &Date)> = Vec::new();
    for (event, number) in events.iter().zip(1..) {
        let (kind, label) = changes::kind(event.what);
        if !kinds.contains(&kind) || event.date.earliest.or(event.date.latest).is_none() {
            continue;
        }
        // Of one date there are as many marks as kinds.
        let same =
            marks.iter_mut().rev().take_while(|(_, date)| **date == event.date).find(|(mark, _)| mark.kind == kind);
        if let Some((mark, _)) = same {
            mark.events += 1;
            continue;
        }
        let (from, to) = axis.span(&event.date);
        let row = taken.iter().position(|(_, end)| *end <= from).unwrap_or(taken.len()).min(MOST_ROWS - 1);
        let end = (from + APART).max(to + APART / 3);
        match taken.get_mut(row) {
            Some((start, free_from)) => {
                closest = closest.min(from - *start);
                (*start, *free_from) = (from, end.max(*free_from));
            }
            None => taken.push((from, end)),
        }
        let y = top + row * ROW + ROW / 2;
        marks.push((mark(event, (kind, label), (from, to), y, event_id(number)), &event.date));
    }
    let named = |(mark, date): (MarkView, &Date)| {
        let number = if mark.events > 1 { format!(" ({})", mark.events) } else { String::new() };
        MarkView { words: format!("{}: {}{number}", mark.words, date.human()), ..mark }
    };
    (marks.into_iter().map(named).collect(), taken.len(), closest)
}

fn mark(event: &Event, (kind, label): (&'static str, &str), span: (usize, usize), y: usize, id: String) -> MarkView {
    let (date, (from, to)) = (&event.date, span);
    let bar = BarView {
        x: percent(from),
        width: percent(to - from),
        in_doubt: date.approximate || date.uncertain,
        open_start: date.earliest.is_none(),
        open_end: date.latest.is_none(),
    };
    MarkView {
        href: format!("#{id}"),
        kind,
        words: label.to_owned(),
        events: 1,
        x: percent(from + (to - from) / 2),
        y,
        has_symbol: from == to || to - from >= SYMBOL,
        bar: (from < to).then_some(bar),
        exact: date.is_exact_day(),
    }
}

/// Hundredths of a percent, as `12.34%`.
fn percent(share: usize) -> String {
    format!("{}.{:02}%", share / 100, share % 100)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::dossier::{ClaimIx, Occasion, SourceIx};

    fn event(date: &str, what: Occasion) -> Event {
        Event { date: Date::parse(date).unwrap(), what }
    }

    #[test]
    fn saying_publication_and_verdict_have_lanes_of_their_own() {
        let picture = picture(&[
            event("2016-12-19", Occasion::Said(ClaimIx(0), 0, 0)),
            event("2016-12-19", Occasion::Said(ClaimIx(1), 0, 0)),
            event("2016-12-21", Occasion::Published(SourceIx(0))),
            event("2026-11-22", Occasion::Rated(ClaimIx(0), 0)),
        ])
        .unwrap();
        let lanes: Vec<_> = picture.lanes.iter().map(|lane| (lane.label, lane.marks.len())).collect();
        assert_eq!(lanes, [("Said", 1), ("Published", 1), ("Verdict", 1)]);
        assert_eq!(picture.lanes[0].marks[0].words, "Said: 19 December 2016 (2)");
        assert_eq!(picture.gaps.len(), 1);
        assert!(!picture.inexact);
    }

    #[test]
    fn a_date_in_doubt_is_a_bar_from_its_first_day_to_its_last() {
        let events = [
            event("../2014", Occasion::About(ClaimIx(0))),
            event("2016~", Occasion::About(ClaimIx(1))),
            event("2017", Occasion::About(ClaimIx(2))),
            event("2018/..", Occasion::About(ClaimIx(3))),
        ];
        let picture = picture(&events).unwrap();
        let bars: Vec<_> = picture.lanes[0].marks.iter().map(|mark| mark.bar.as_ref().unwrap()).collect();
        let forms: Vec<_> = bars.iter().map(|bar| (bar.open_start, bar.in_doubt, bar.open_end)).collect();
        let expected = [(true, false, false), (false, true, false), (false, false, false), (false, false, true)];
        assert_eq!(forms, expected);
        assert!(bars.iter().all(|bar| bar.width != "0.00%"));
        assert!(picture.inexact);
    }

    #[test]
    fn marks_that_would_cover_each_other_stand_in_rows() {
        let days = (1..=28).map(|day| event(&format!("2016-02-{day:02}"), Occasion::Said(ClaimIx(0), 0, 0)));
        let mut events: Vec<Event> = days.collect();
        events.insert(0, event("1916-02-01", Occasion::Said(ClaimIx(0), 0, 0)));
        let picture = picture(&events).unwrap();
        let lane = &picture.lanes[0];
        assert!(lane.height > ROW + 2 * PADDING);
        let place = |mark: &MarkView| (mark.x.trim_end_matches('%').parse::<f64>().unwrap(), mark.y);
        let places: Vec<_> = lane.marks.iter().map(place).collect();
        for (n, a) in places.iter().enumerate() {
            assert!(places[n + 1..].iter().all(|b| a.1 != b.1 || b.0 - a.0 > 2.0), "{places:?}");
        }
    }

    #[test]
    fn no_picture_without_dates() {
        assert!(picture(&[]).is_none());
    }
}
