//! Values of rows → text that is small and quick to read again: numbers to the base of 36, each standing for a name or a
//! date in a table.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::Date;

/// What the numbers of a column mean.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct NamesView {
    /// What addresses call them.
    keys: Vec<String>,
    /// What readers see; empty where that is the key.
    labels: Vec<String>,
}

impl FromIterator<(String, String)> for NamesView {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(names: T) -> Self {
        let (mut keys, mut labels) = (Vec::new(), Vec::new());
        for (key, label) in names {
            labels.push(if label == key { String::new() } else { label });
            keys.push(key);
        }
        Self { keys, labels }
    }
}

/// Names by number: in the order in which readers look them up, by label.
pub(super) struct Names<'a> {
    sorted: Vec<(&'a str, &'a str)>,
    numbers: BTreeMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    /// The names of all rows, as key and label, in any order and any number of times.
    pub(super) fn new(names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let distinct: BTreeMap<&str, &str> = names.collect();
        let mut sorted: Vec<(&str, &str)> = distinct.into_iter().collect();
        sorted.sort_by_cached_key(|&(key, label)| (label.to_lowercase(), key));
        let numbers = sorted.iter().zip(0..).map(|(&(key, _), n)| (key, n)).collect();
        Self { sorted, numbers }
    }

    /// The numbers of a row's keys.
    pub(super) fn numbers<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Vec<usize> {
        keys.into_iter().filter_map(|key| self.numbers.get(key).copied()).collect()
    }

    pub(super) fn view(&self) -> NamesView {
        self.sorted.iter().map(|&(key, label)| (key.to_owned(), label.to_owned())).collect()
    }
}

/// Dates by number, the earliest first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct DatesView {
    /// For each how many days its first day lies after that of the one before, the first's after 1 January 1970; none for
    /// a date with an open start, which stands before all others.
    starts: Vec<Option<i64>>,
    /// How many days its last day lies after its first, or for a date with an open start after 1 January 1970; none for
    /// a date with an open end.
    lengths: Vec<Option<i64>>,
    /// In words; empty for one certain day, which a browser can say itself.
    words: Vec<String>,
}

/// The distinct dates of all rows, and each row's numbers.
pub(super) fn dates(rows: &[Vec<&Date>]) -> (DatesView, Vec<Vec<usize>>) {
    let mut distinct: Vec<&Date> = rows.iter().flatten().copied().collect();
    distinct.sort();
    distinct.dedup();
    let numbers: BTreeMap<&str, usize> = distinct.iter().zip(0..).map(|(date, n)| (date.as_str(), n)).collect();
    let number = |date: &&Date| numbers.get(date.as_str()).copied();
    let of_rows = rows.iter().map(|row| row.iter().filter_map(number).collect()).collect();
    let (mut starts, mut lengths, mut before) = (Vec::new(), Vec::new(), 0);
    for date in &distinct {
        let first = date.earliest.map(|day| day.number());
        let last = date.latest.map(|day| day.number());
        starts.push(first.map(|first| first - before));
        lengths.push(last.map(|last| last - first.unwrap_or_default()));
        before = first.unwrap_or(before);
    }
    // Browsers and this program count years alike where there are four digits of them.
    let is_plain =
        |date: &Date| date.is_exact_day() && date.earliest.is_some_and(|day| (1000..=9999).contains(&day.year));
    let words = distinct.iter().map(|date| if is_plain(date) { String::new() } else { date.human() }).collect();
    (DatesView { starts, lengths, words }, of_rows)
}

/// Rows of numbers: rows apart by commas, a row's numbers by spaces.
pub(super) fn column<R: IntoIterator<Item = usize>>(rows: impl Iterator<Item = R>) -> String {
    let mut text = String::new();
    for (n, row) in rows.enumerate() {
        if n > 0 {
            text.push(',');
        }
        for (m, number) in row.into_iter().enumerate() {
            if m > 0 {
                text.push(' ');
            }
            text.push_str(&base36(number));
        }
    }
    text
}

/// A number to the base of 36 in small letters, as JavaScript's `parseInt` reads it.
fn base36(number: usize) -> String {
    let mut digits = Vec::new();
    let mut rest = number;
    loop {
        digits.push(char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[rest % 36]));
        rest /= 36;
        if rest == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<usize> {
        (!text.is_empty()).then(|| usize::from_str_radix(text, 36).unwrap())
    }

    #[test]
    fn names_are_in_the_order_of_their_labels() {
        let names = Names::new([("b", "anna"), ("a", "Zoe"), ("c", "Bert"), ("b", "anna"), ("d", "d")].into_iter());
        let view = names.view();
        assert_eq!(view.keys, ["b", "c", "d", "a"]);
        assert_eq!(view.labels, ["anna", "Bert", "", "Zoe"]);
        assert_eq!(names.numbers(["a", "b", "nobody"]), [3, 0]);
    }

    #[test]
    fn dates_keep_their_bounds() {
        let parse = |text| Date::parse(text).unwrap();
        let all: Vec<Date> = ["2016-12-21", "2016", "../2014", "2016-12-21/..", "-0043"].map(parse).into();
        let rows = vec![vec![&all[0], &all[1]], vec![], vec![&all[2], &all[3], &all[4], &all[0]]];
        let (view, numbers) = dates(&rows);
        assert_eq!(view.words, ["until 2014", "44 BC", "2016", "", "from 21 December 2016 on"]);
        assert_eq!(numbers, [vec![3, 2], vec![], vec![0, 4, 1, 3]]);
        let (mut before, mut bounds) = (0, Vec::new());
        for (start, length) in view.starts.iter().zip(&view.lengths) {
            let first = start.map(|days| days + before);
            before = first.unwrap_or(before);
            bounds.push((first, length.map(|days| days + first.unwrap_or_default())));
        }
        let number = |day: Option<crate::date::Day>| day.map(crate::date::Day::number);
        let mut sorted: Vec<&Date> = all.iter().collect();
        sorted.sort();
        let expected: Vec<_> = sorted.iter().map(|date| (number(date.earliest), number(date.latest))).collect();
        assert_eq!(bounds, expected);
    }

    proptest! {
        #[test]
        fn a_column_keeps_its_numbers(rows in prop::collection::vec(prop::collection::vec(0usize..3000, 0..4), 1..20)) {
            let text = column(rows.iter().cloned());
            let read_row = |row: &str| row.split(' ').filter_map(read).collect();
            let again: Vec<Vec<usize>> = text.split(',').map(read_row).collect();
            prop_assert_eq!(again, rows);
        }
    }
}
