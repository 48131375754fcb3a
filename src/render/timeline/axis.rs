//! Dates → places on an axis, in hundredths of a percent of its length.
//!
//! Days and decades have to be legible on one axis: a statement and its denial lie a day apart, and the verdict comes
//! years later. So every day on which something begins or ends has a place, and the way from one to the next grows with
//! the logarithm of the time between them.

use std::collections::BTreeMap;

use crate::date::{Date, Day};

/// The length of the axis.
const WHOLE: usize = 10_000;

/// What is left free at either end, for half a mark and for the arrows of open dates.
const EDGE: usize = 250;

/// How far apart the labels of days are.
const LABEL: usize = 850;

/// How many days without anything are named, and how long their place on the axis must be for the words.
const LONG: i64 = 366;
const NAMED: usize = 600;

/// The days on which something begins or ends, each with its place.
pub(super) struct Axis {
    places: BTreeMap<i64, (usize, Day)>,
}

impl Axis {
    /// The axis for these dates; none where none of them has a bound.
    pub(super) fn of<'a>(dates: impl Iterator<Item = &'a Date>) -> Option<Self> {
        let days: BTreeMap<i64, Day> =
            dates.flat_map(|date| [date.earliest, date.latest]).flatten().map(|day| (day.number(), day)).collect();
        let numbers: Vec<i64> = days.keys().copied().collect();
        let ways: Vec<usize> = numbers.windows(2).map(|two| way(two[1] - two[0])).collect();
        let total: usize = ways.iter().sum();
        let mut gone = 0;
        let mut places = BTreeMap::new();
        for (n, (&number, &day)) in days.iter().enumerate() {
            // A single day stands in the middle.
            let place = (gone * (WHOLE - 2 * EDGE)).checked_div(total).map_or(WHOLE / 2, |place| EDGE + place);
            places.insert(number, (place, day));
            gone += ways.get(n).copied().unwrap_or_default();
        }
        (!places.is_empty()).then_some(Self { places })
    }

    /// From where to where a date reaches: an open end to the end of the axis.
    pub(super) fn span(&self, date: &Date) -> (usize, usize) {
        let place = |day: Day| self.places.get(&day.number()).map(|(place, _)| *place);
        let from = date.earliest.map_or(Some(0), place).unwrap_or(0);
        let to = date.latest.map_or(Some(WHOLE), place).unwrap_or(WHOLE);
        (from, to.max(from))
    }

    /// Days to write on the axis: the place, the day and its month, and the year where it is another than before.
    pub(super) fn ticks(&self) -> Vec<(usize, String, Option<String>)> {
        let mut chosen: Vec<(usize, Day)> = Vec::new();
        let last = self.places.values().next_back().map_or(0, |(place, _)| *place);
        for &(place, day) in self.places.values() {
            let free = chosen.last().is_none_or(|(before, _)| place >= before + LABEL);
            // The last day is written whatever comes before it.
            if free && (place == last || place + LABEL <= last) {
                chosen.push((place, day));
            }
        }
        let mut year = None;
        let tick = |(place, day): (usize, Day)| {
            let words = day.human();
            let mut parts = words.splitn(3, ' ');
            let (number, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let month: String = month.chars().take(3).collect();
            let is_new = year.replace(day.year) != Some(day.year);
            (place, format!("{number} {month}"), parts.next().filter(|_| is_new).map(str::to_owned))
        };
        chosen.into_iter().map(tick).collect()
    }

    /// Where years pass without anything: the middle, and how long.
    pub(super) fn gaps(&self) -> Vec<(usize, String)> {
        let days: Vec<_> = self.places.iter().map(|(&number, &(place, _))| (number, place)).collect();
        let gap = |two: &[(i64, usize)]| {
            let (time, way) = (two[1].0 - two[0].0, two[1].1 - two[0].1);
            let years = (time * 2 + 365) / 730;
            let words = if years == 1 { "a year".to_owned() } else { format!("{years} years") };
            (time >= LONG && way >= NAMED).then(|| (two[0].1 + way / 2, words))
        };
        days.windows(2).filter_map(gap).collect()
    }
}

/// The way for so many days: sixteen times the logarithm to the base of 2, by straight lines between its whole values,
/// so that the same dates give the same picture on every machine.
fn way(days: i64) -> usize {
    let days = usize::try_from(days).unwrap_or(0) + 1;
    let whole = days.ilog2();
    let rest = days - (1 << whole);
    16 * whole as usize + ((16 * rest) >> whole)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn axis(dates: &[&str]) -> (Axis, Vec<Date>) {
        let dates: Vec<Date> = dates.iter().map(|date| Date::parse(date).unwrap()).collect();
        (Axis::of(dates.iter()).unwrap(), dates)
    }

    #[test]
    fn days_stay_apart_where_years_lie_between_others() {
        let (axis, dates) = axis(&["1962-10-16", "2016-12-19", "2016-12-20", "2026-11-22"]);
        let places: Vec<usize> = dates.iter().map(|date| axis.span(date).0).collect();
        assert!(places.windows(2).all(|two| two[1] >= two[0] + 200), "{places:?}");
        let gaps: Vec<String> = axis.gaps().into_iter().map(|(_, words)| words).collect();
        assert_eq!(gaps, ["54 years", "10 years"]);
        let ticks: Vec<_> = axis.ticks().into_iter().map(|(_, day, year)| (day, year.unwrap_or_default())).collect();
        let tick = |day: &str, year: &str| (day.to_owned(), year.to_owned());
        assert_eq!(ticks, [tick("16 Oct", "1962"), tick("19 Dec", "2016"), tick("22 Nov", "2026")]);
    }

    #[test]
    fn open_dates_reach_the_ends() {
        let (axis, dates) = axis(&["../2014", "2016-12-19/.."]);
        assert_eq!(axis.span(&dates[0]), (0, EDGE));
        assert_eq!(axis.span(&dates[1]), (WHOLE - EDGE, WHOLE));
    }

    proptest! {
        #[test]
        fn later_days_lie_further_on(numbers in prop::collection::btree_set((1i64..3000, 1u8..13, 1u8..29), 1..60)) {
            let dates: Vec<Date> = numbers
                .iter()
                .map(|(year, month, day)| Date::parse(&format!("{year:04}-{month:02}-{day:02}")).unwrap())
                .collect();
            let axis = Axis::of(dates.iter()).unwrap();
            let places: Vec<usize> = dates.iter().map(|date| axis.span(date).0).collect();
            prop_assert!(places.windows(2).all(|two| two[0] < two[1]));
            prop_assert!(places.iter().all(|place| (EDGE..=WHOLE - EDGE).contains(place)));
        }
    }
}
