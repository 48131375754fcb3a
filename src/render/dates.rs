//! Dates → words: what a date says, with its doubts, and nothing that it does not say.

use serde::Serialize;

use crate::date::{Date, Day};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as templates get it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct DateView {
    /// In words: "21 December 2016", "about 1990", "19 December 2016 to 21 December 2016 (uncertain)".
    pub(crate) words: String,
    /// In EDTF.
    pub(crate) edtf: String,
    /// The value of a `<time datetime>`, where HTML can say it: a year, a month or a day without doubt.
    pub(crate) datetime: Option<String>,
    /// The first day that it can mean, `YYYY-MM-DD`.
    pub(crate) earliest: Option<String>,
    /// The last day that it can mean, `YYYY-MM-DD`.
    pub(crate) latest: Option<String>,
    /// "between FIRST and LAST", for a date in doubt; a month or an interval without doubt says as much in words.
    pub(crate) bounds: Option<String>,
    /// Whether it is one certain day.
    pub(crate) exact: bool,
    /// Whether it is marked uncertain.
    pub(crate) uncertain: bool,
    /// Whether it is marked approximate.
    pub(crate) approximate: bool,
}

/// The view of a date.
pub(crate) fn view(date: &Date) -> DateView {
    // A single day in doubt has no bounds but itself.
    let in_doubt = (date.uncertain || date.approximate) && date.earliest != date.latest;
    DateView {
        words: words(date),
        edtf: date.as_str().to_owned(),
        datetime: datetime(date),
        earliest: date.earliest.map(|day| day.to_string()),
        latest: date.latest.map(|day| day.to_string()),
        bounds: in_doubt.then(|| bounds(date)).flatten(),
        exact: date.is_exact_day(),
        uncertain: date.uncertain,
        approximate: date.approximate,
    }
}

/// A date in words.
pub(crate) fn words(date: &Date) -> String {
    let text = date.as_str();
    let certain: String = text.chars().filter(|c| !matches!(c, '?' | '~' | '%')).collect();
    let plain = match certain.split_once('/') {
        Some((from, to)) => interval(from, to),
        None => simple(&certain),
    };
    let plain = plain.or_else(|| bounds(date)).unwrap_or_else(|| text.to_owned());
    let about = if date.approximate { "about " } else { "" };
    let doubt = if date.uncertain { " (uncertain)" } else { "" };
    format!("{about}{plain}{doubt}")
}

/// A day in words.
pub(crate) fn day_words(day: Day) -> String {
    format!("{} {} {}", day.day, month(day.month).unwrap_or_default(), year(day.year))
}

fn interval(from: &str, to: &str) -> Option<String> {
    match (from, to) {
        ("" | "..", "" | "..") => None,
        ("..", to) => Some(format!("until {}", simple(to)?)),
        ("", to) => Some(format!("from an unknown time to {}", simple(to)?)),
        (from, "..") => Some(format!("from {} on", simple(from)?)),
        (from, "") => Some(format!("from {} to an unknown time", simple(from)?)),
        (from, to) => Some(format!("{} to {}", simple(from)?, simple(to)?)),
    }
}

/// A year, a month, a day or a season; none for anything else.
fn simple(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let mut parts = digits.split('-');
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() || first.len() < 4 || !first.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year = year(format!("{sign}{first}").parse().ok()?);
    let number = |part: &str| part.parse::<u8>().ok();
    match (second.map(number), third.map(number)) {
        (None, None) => Some(year),
        (Some(Some(n @ 21..=24)), None) => {
            Some(format!("{} {year}", ["spring", "summer", "autumn", "winter"][usize::from(n) - 21]))
        }
        (Some(n), None) => Some(format!("{} {year}", month(n?)?)),
        (Some(n), Some(day)) => Some(format!("{} {} {year}", day?, month(n?)?)),
        (None, Some(_)) => None,
    }
}

fn bounds(date: &Date) -> Option<String> {
    match (date.earliest, date.latest) {
        (Some(first), Some(last)) if first == last => Some(day_words(first)),
        (Some(first), Some(last)) => Some(format!("between {} and {}", day_words(first), day_words(last))),
        (Some(first), None) => Some(format!("not before {}", day_words(first))),
        (None, Some(last)) => Some(format!("not after {}", day_words(last))),
        (None, None) => None,
    }
}

/// A valid date, month or year string (HTML, section 2.3.5).
fn datetime(date: &Date) -> Option<String> {
    let text = date.as_str();
    let is_plain = matches!(text.len(), 4 | 7 | 10) && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let in_range =
        is_plain && !date.uncertain && !date.approximate && !text.starts_with('-') && !text.starts_with("0000");
    // A season has a month's form.
    let season = text.len() == 7 && simple(text).is_none_or(|words| words.starts_with(char::is_lowercase));
    (in_range && !season).then(|| text.to_owned())
}

fn month(number: u8) -> Option<&'static str> {
    MONTHS.get(usize::from(number.checked_sub(1)?)).copied()
}

fn year(year: i64) -> String {
    // Astronomical year 0 is 1 BC.
    if year > 0 { year.to_string() } else { format!("{} BC", year.saturating_neg().saturating_add(1)) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_words() {
        for (edtf, words) in [
            ("2016-12-21", "21 December 2016"),
            ("2016-12", "December 2016"),
            ("2016", "2016"),
            ("2016~", "about 2016"),
            ("2016-12-21?", "21 December 2016 (uncertain)"),
            ("2016-12-19/2016-12-21", "19 December 2016 to 21 December 2016"),
            ("2016-12-19?/2016-12-21", "19 December 2016 to 21 December 2016 (uncertain)"),
            ("2016-12/..", "from December 2016 on"),
            ("../2016", "until 2016"),
            ("2016-22", "summer 2016"),
            ("201X", "between 1 January 2010 and 31 December 2019"),
            ("-0043-03-15", "15 March 44 BC"),
        ] {
            assert_eq!(super::words(&Date::parse(edtf).unwrap()), words, "{edtf}");
        }
    }

    #[test]
    fn bounds_are_given_where_the_words_leave_doubt() {
        let bounds = |edtf| view(&Date::parse(edtf).unwrap()).bounds;
        assert_eq!(bounds("2016-12~").as_deref(), Some("between 1 December 2016 and 31 December 2016"));
        for edtf in ["2016-12", "2016-12-21", "2016-12-21?", "2016/2017"] {
            assert_eq!(bounds(edtf), None, "{edtf}");
        }
    }

    #[test]
    fn only_what_html_can_say_is_a_datetime() {
        let datetime = |edtf| view(&Date::parse(edtf).unwrap()).datetime;
        assert_eq!(datetime("2016-12-21").as_deref(), Some("2016-12-21"));
        assert_eq!(datetime("2016-12").as_deref(), Some("2016-12"));
        for edtf in ["2016-22", "2016~", "2016-12-21?", "201X", "2016/2017", "0000", "-0043"] {
            assert_eq!(datetime(edtf), None, "{edtf}");
        }
    }
}
