//! Dates as a dossier writes them: Extended Date/Time Format, ISO 8601-2:2019 Annex A, without times of day.

mod human;
mod parts;
mod suggestion;

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use edtf_core::{Bound, Edtf};

pub use parts::Parts;

/// A calendar day of the proleptic Gregorian calendar: astronomical year, month 1 to 12, day 1 to 31.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day {
    /// The year; 0 is 1 BC.
    pub year: i64,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
}

impl Day {
    /// How many days it lies after 1 January 1970; negative before. A year beyond a thousand million counts as that.
    pub fn number(self) -> i64 {
        const FURTHEST: i64 = 1_000_000_000;
        // Years begin in March, so that the leap day is a year's last.
        let month = i64::from(self.month);
        let year = self.year.clamp(-FURTHEST, FURTHEST) - i64::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day in words: `21 December 2016`.
    pub fn human(self) -> String {
        human::day(self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

/// A date with its bounds. Ordered by the lower bound, then the upper, then the text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Date(Arc<Moment>);

/// What a [`Date`] says: held once, since a dossier names a date wherever what it dates is listed.
#[derive(PartialEq, Eq, Hash, Debug)]
pub struct Moment {
    text: Box<str>,
    /// The first day that it can mean; none where the start is open or unknown.
    pub earliest: Option<Day>,
    /// The last day that it can mean; none where the end is open or unknown.
    pub latest: Option<Day>,
    /// Whether any part is marked uncertain (`?` or `%`).
    pub uncertain: bool,
    /// Whether any part is marked approximate (`~` or `%`).
    pub approximate: bool,
}

/// Why a text is not a date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotADate {
    /// It has a time of day, which a dossier's dates do not.
    HasTime,
    /// It is not EDTF; the reason.
    Malformed(String),
}

impl Date {
    /// Reads an EDTF string of level 0, 1 or 2.
    ///
    /// # Errors
    /// [`NotADate`] where it is none, or where it has a time of day.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let edtf = match Edtf::parse(text) {
            Ok(Edtf::DateTime(_)) => return Err(NotADate::HasTime),
            Ok(edtf) => edtf,
            Err(_) if looks_like_a_time(text) => return Err(NotADate::HasTime),
            Err(error) => return Err(NotADate::Malformed(error.message.to_owned())),
        };
        let bounds = edtf.bounds();
        Ok(Self(Arc::new(Moment {
            earliest: day(bounds.earliest),
            latest: day(bounds.latest),
            uncertain: edtf.is_uncertain(),
            approximate: edtf.is_approximate(),
            text: edtf.to_string().into(),
        })))
    }

    /// The date in EDTF's canonical form.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The date in words: `21 December 2016`, `about 2016`, `19 to 21 December 2016`.
    pub fn human(&self) -> String {
        human::date(self)
    }

    /// The numbers of a single date, or of an interval's first and last. None where numbers alone do not say it: a set, an
    /// open or unknown end, a digit left open in a part that is given.
    pub fn parts(&self) -> Option<Vec<Parts>> {
        parts::of(&self.text)
    }

    /// How a date in another notation is written in front matter, for a hint: `2016-12-21`, or `"2016-12"` in quotes.
    /// None where the text could mean several dates, or none.
    pub fn suggestion(text: &str) -> Option<String> {
        suggestion::suggestion(text)
    }

    /// The date as a year, a month or a day of ISO 8601-1 in the years 1 to 9999, which every format of others can say;
    /// none for what only EDTF can say: doubt, seasons, sets, open digits, intervals.
    pub fn plain(&self) -> Option<&str> {
        let text = self.as_str();
        let is_plain = matches!(text.len(), 4 | 7 | 10) && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let in_range =
            is_plain && !self.uncertain && !self.approximate && !text.starts_with('-') && !text.starts_with("0000");
        // A season has a month's form.
        let season = text.len() == 7 && &text[5..] > "12";
        (in_range && !season).then_some(text)
    }

    /// Whether it is one certain day.
    pub fn is_exact_day(&self) -> bool {
        self.earliest.is_some() && self.earliest == self.latest && !self.uncertain && !self.approximate
    }

    /// Whether every day that it can mean is before every day that `other` can mean.
    pub fn is_surely_before(&self, other: &Self) -> bool {
        self.latest.zip(other.earliest).is_some_and(|(end, start)| end < start)
    }

    /// What it is sorted by: an open start comes before every day, an open end after.
    pub fn sort_key(&self) -> (Option<Day>, bool, Option<Day>, &str) {
        (self.earliest, self.latest.is_none(), self.latest, &self.text)
    }
}

impl Deref for Date {
    type Target = Moment;

    fn deref(&self) -> &Moment {
        &self.0
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        // The flags follow from the text, so this agrees with equality.
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether a text that is not EDTF has a colon between digits, as a time of day has.
fn looks_like_a_time(text: &str) -> bool {
    text.as_bytes().windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit())
}

fn day(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(day) => Some(Day { year: day.year, month: day.month, day: day.day }),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_of_day_are_refused() {
        for text in [
            "2016-12-21T10:00:00",
            "2016-12-21T10:00:00Z",
            "2016-12-21 10:00",
            "2016-12-21T10:00:00Z/2016-12-22",
            "10:00",
        ] {
            assert_eq!(Date::parse(text), Err(NotADate::HasTime), "{text}");
        }
        assert!(matches!(Date::parse("last Tuesday"), Err(NotADate::Malformed(_))));
        assert!(matches!(Date::parse("2016-02-30"), Err(NotADate::Malformed(_))));
    }

    #[test]
    fn a_plain_date_is_a_year_a_month_or_a_day() {
        let plain = |text| Date::parse(text).unwrap().plain().map(str::to_owned);
        for text in ["2016", "2016-12", "2016-12-21"] {
            assert_eq!(plain(text).as_deref(), Some(text));
        }
        for text in ["2016?", "2016-12~", "2016-21", "-0044", "0000", "201X", "2014/2016", "Y17000002"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let number = |year, month, day| Day { year, month, day }.number();
        assert_eq!(number(1970, 1, 1), 0);
        assert_eq!(number(1969, 12, 31), -1);
        assert_eq!(number(2000, 3, 1) - number(2000, 2, 28), 2);
        assert_eq!(number(1900, 3, 1) - number(1900, 2, 28), 1);
        assert_eq!(number(2016, 12, 21), 17_156);
        assert_eq!(number(0, 1, 1), -719_528);
        assert!(number(i64::MIN, 1, 1) < number(i64::MAX, 12, 31));
    }

    #[test]
    fn sorted_by_lower_bound_then_upper() {
        let mut dates: Vec<Date> = ["2016-12", "2016/..", "2016", "../2016", "2016-12-01", "2015-12-31", "-0044"]
            .iter()
            .map(|text| Date::parse(text).unwrap())
            .collect();
        dates.sort();
        let sorted: Vec<&str> = dates.iter().map(Date::as_str).collect();
        assert_eq!(sorted, ["../2016", "-0044", "2015-12-31", "2016", "2016/..", "2016-12-01", "2016-12"]);
        assert!(Date::parse("2015").unwrap().is_surely_before(&Date::parse("2016-01-01").unwrap()));
        assert!(!Date::parse("2016").unwrap().is_surely_before(&Date::parse("2016-12-31").unwrap()));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_every_date_has_words(text in "[0-9XYESTZ:/.~?%{}\\[\\], -]{0,24}") {
            if let Ok(date) = Date::parse(&text) {
                prop_assert!(!date.human().is_empty());
                let again = Date::parse(date.as_str()).unwrap();
                prop_assert_eq!(again, date);
            }
        }
    }
}
