//! Dates → what templates get of them: words, bounds, doubts.

use serde::Serialize;

use crate::date::{Date, Day};

/// A date as templates get it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct DateView {
    /// In words: "21 December 2016", "about 1990", "19 to 21 December 2016".
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
    let exact = date.is_exact_day();
    // Most dates are one day, written as such.
    let written = Some(date.as_str()).filter(|text| exact && text.len() == "YYYY-MM-DD".len());
    let day = |day: Option<Day>| day.map(|day| written.map_or_else(|| day.to_string(), str::to_owned));
    DateView {
        words: date.human(),
        edtf: date.as_str().to_owned(),
        // A valid date, month or year string (HTML, section 2.3.5).
        datetime: date.plain().map(str::to_owned),
        earliest: day(date.earliest),
        latest: day(date.latest),
        bounds: in_doubt.then(|| bounds(date)).flatten(),
        exact,
        uncertain: date.uncertain,
        approximate: date.approximate,
    }
}

fn bounds(date: &Date) -> Option<String> {
    match (date.earliest, date.latest) {
        (Some(first), Some(last)) if first == last => Some(first.human()),
        (Some(first), Some(last)) => Some(format!("between {} and {}", first.human(), last.human())),
        (Some(first), None) => Some(format!("not before {}", first.human())),
        (None, Some(last)) => Some(format!("not after {}", last.human())),
        (None, None) => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

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
