//! Dates as a dossier writes them: Extended Date/Time Format, ISO 8601-2:2019 Annex A, without times of day.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use edtf_core::{Bound, Edtf};

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

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A date with its bounds. Ordered by the lower bound, then the upper, then the text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Date {
    text: Arc<str>,
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
        let edtf = Edtf::parse(text).map_err(|error| NotADate::Malformed(error.to_string()))?;
        if has_time(&edtf) {
            return Err(NotADate::HasTime);
        }
        let bounds = edtf.bounds();
        Ok(Self {
            earliest: day(bounds.earliest),
            latest: day(bounds.latest),
            uncertain: edtf.is_uncertain(),
            approximate: edtf.is_approximate(),
            text: edtf.to_string().into(),
        })
    }

    /// The date in EDTF's canonical form.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is one certain day.
    pub fn is_exact_day(&self) -> bool {
        self.earliest.is_some() && self.earliest == self.latest && !self.uncertain && !self.approximate
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        // An open start sorts before every day, an open end after.
        let end = |date: &Self| (date.latest.is_none(), date.latest);
        self.earliest
            .cmp(&other.earliest)
            .then_with(|| end(self).cmp(&end(other)))
            .then_with(|| self.text.cmp(&other.text))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn has_time(edtf: &Edtf) -> bool {
    matches!(edtf, Edtf::DateTime(_))
}

fn day(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(day) => Some(Day { year: day.year, month: day.month, day: day.day }),
        _ => None,
    }
}
