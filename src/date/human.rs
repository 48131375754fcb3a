//! A date → its words in English. A form that has no good words is shown by its bounds, or as EDTF.

use edtf_core::{Edtf, Interval, IntervalEndpoint, Precision, SetElement, SetKind, YearKind};

use super::{Date, Day};

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

/// The date in words.
pub(super) fn date(date: &Date) -> String {
    match Edtf::parse(&date.text) {
        Ok(Edtf::Date(single)) => marked(&single),
        Ok(Edtf::Interval(interval)) => span(&interval),
        Ok(Edtf::Set(set)) => {
            let elements: Vec<String> = set.elements.iter().map(element).collect();
            match (set.kind, elements.split_last()) {
                (SetKind::OneMember, Some((last, []))) => last.clone(),
                (SetKind::OneMember, Some((last, rest))) => format!("{} or {last}", rest.join(", ")),
                (SetKind::AllMembers, Some((last, []))) => last.clone(),
                (SetKind::AllMembers, Some((last, rest))) => format!("{} and {last}", rest.join(", ")),
                (_, None) => date.text.to_string(),
            }
        }
        _ => date.text.to_string(),
    }
}

/// A single date without its marks.
fn plain(date: &edtf_core::Date) -> String {
    let Some(year) = year(date) else {
        return unspecified(date);
    };
    let month = date.month.map(|month| (month.value(), month.has_unspecified()));
    let day = date.day.map(|day| day.value());
    match (month, day) {
        (None, _) => year,
        (Some((Some(month), _)), None) if date.precision() == Precision::Season => season(month, &year),
        (Some((Some(month), _)), None) => format!("{} {year}", month_name(month)),
        (Some((Some(month), _)), Some(Some(day))) => format!("{day} {} {year}", month_name(month)),
        (Some((Some(month), _)), Some(None)) if is_unknown(date.day) => {
            format!("{} {year}, day unknown", month_name(month))
        }
        (Some((None, true)), None) if is_unknown(date.month) => format!("{year}, month unknown"),
        (Some((None, true)), Some(None)) if is_unknown(date.month) && is_unknown(date.day) => {
            format!("{year}, day unknown")
        }
        _ => unspecified(date),
    }
}

/// Whether both digits are `X`.
fn is_unknown(field: Option<edtf_core::DateField>) -> bool {
    field.is_some_and(|field| field.digits == [None, None])
}

/// A year with all its digits.
fn year(date: &edtf_core::Date) -> Option<String> {
    let value = date.year.value()?;
    let words = match date.year.kind {
        // EDTF's years are astronomical: 0 is 1 BC.
        _ if value <= 0 => format!("{} BC", 1_i128 - i128::from(value)),
        _ => value.to_string(),
    };
    Some(match date.year.significant_digits {
        Some(digits) => format!("{words} to {digits} significant digits"),
        None => words,
    })
}

/// A date with digits left open, by its bounds.
fn unspecified(date: &edtf_core::Date) -> String {
    let decade = match (date.year.kind, date.month) {
        (YearKind::Standard { negative: false, digits: [Some(a), Some(b), Some(c), None] }, None) => {
            Some(format!("the {a}{b}{c}0s"))
        }
        _ => None,
    };
    decade.unwrap_or_else(|| {
        let bounds = Edtf::Date(*date).bounds();
        match (super::day(bounds.earliest), super::day(bounds.latest)) {
            (Some(first), Some(last)) if is_whole_years(first, last) => {
                format!("between {} and {}", bc(first.year), bc(last.year))
            }
            (Some(first), Some(last)) => format!("between {} and {}", first.human(), last.human()),
            _ => Edtf::Date(*date).to_string(),
        }
    })
}

fn is_whole_years(first: Day, last: Day) -> bool {
    (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
}

fn bc(year: i64) -> String {
    if year <= 0 { format!("{} BC", 1_i128 - i128::from(year)) } else { year.to_string() }
}

/// The day in words.
pub(super) fn day(day: Day) -> String {
    format!("{} {} {}", day.day, month_name(day.month), bc(day.year))
}

fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("an unknown month of")
}

/// A season or another part of a year: EDTF's codes 21 to 41 (ISO 8601-2, section 4.8).
fn season(code: u8, year: &str) -> String {
    let name = |index: u8| ["spring", "summer", "autumn", "winter"][usize::from(index % 4)];
    match code {
        21..=24 => format!("{} {year}", name(code - 21)),
        25..=28 => format!("{} {year} (northern)", name(code - 25)),
        29..=32 => format!("{} {year} (southern)", name(code - 29)),
        33..=36 => format!("quarter {} of {year}", code - 32),
        37..=39 => format!("third {} of {year}", code - 36),
        _ => format!("half {} of {year}", if code == 40 { 1 } else { 2 }),
    }
}

/// An interval.
fn span(interval: &Interval) -> String {
    use IntervalEndpoint::{Date, OnOrAfter, OnOrBefore, Open, Unknown};
    let start = match &interval.start {
        Date(date) | OnOrAfter(date) => marked(date),
        OnOrBefore(date) => format!("{} or before", marked(date)),
        Open | Unknown => String::new(),
    };
    let end = match &interval.end {
        Date(date) | OnOrBefore(date) => marked(date),
        OnOrAfter(date) => format!("{} or after", marked(date)),
        Open | Unknown => String::new(),
    };
    match (&interval.start, &interval.end) {
        (Date(first), Date(last)) => closed(first, last),
        (Open, Open) => "at any time".to_owned(),
        (Open, Unknown) | (Unknown, Open | Unknown) => "at an unknown time".to_owned(),
        (Open, _) => format!("until {end}"),
        (Unknown, _) => format!("until {end}, start unknown"),
        (_, Open) => format!("from {start} on"),
        (_, Unknown) => format!("from {start}, end unknown"),
        _ => format!("from {start} to {end}"),
    }
}

/// An interval between two dates, without repeating the month or the year that both have.
fn closed(first: &edtf_core::Date, last: &edtf_core::Date) -> String {
    let certain = |date: &edtf_core::Date| !date.is_uncertain() && !date.is_approximate() && !date.has_unspecified();
    let whole = format!("from {} to {}", marked(first), marked(last));
    if !certain(first) || !certain(last) || first.precision() != last.precision() {
        return whole;
    }
    let (Some(start_year), Some(end_year)) = (year(first), year(last)) else {
        return whole;
    };
    let value = |field: Option<edtf_core::DateField>| field.and_then(edtf_core::DateField::value).unwrap_or_default();
    let same_year = start_year == end_year;
    match first.precision() {
        Precision::Day if same_year && value(first.month) == value(last.month) => {
            format!("{} to {}", value(first.day), plain(last))
        }
        Precision::Day if same_year => {
            format!("{} {} to {}", value(first.day), month_name(value(first.month)), plain(last))
        }
        Precision::Month if same_year => format!("{} to {}", month_name(value(first.month)), plain(last)),
        Precision::Season => whole,
        _ => format!("{} to {}", plain(first), plain(last)),
    }
}

/// A date with its doubts: "about 1990 (uncertain)".
fn marked(date: &edtf_core::Date) -> String {
    let about = if date.is_approximate() { "about " } else { "" };
    let doubt = if date.is_uncertain() { " (uncertain)" } else { "" };
    format!("{about}{}{doubt}", plain(date))
}

fn element(element: &SetElement) -> String {
    match element {
        SetElement::Date(date) => marked(date),
        SetElement::OnOrBefore(date) => format!("{} or before", marked(date)),
        SetElement::OnOrAfter(date) => format!("{} or after", marked(date)),
        SetElement::Range(first, last) => format!("{} to {}", marked(first), marked(last)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::date::Date;

    #[test]
    fn words() {
        let table = [
            ("2016-12-21", "21 December 2016"),
            ("2016-12", "December 2016"),
            ("2016", "2016"),
            ("2016~", "about 2016"),
            ("2016-12-21?", "21 December 2016 (uncertain)"),
            ("2016%", "about 2016 (uncertain)"),
            ("2016-12-19/2016-12-21", "19 to 21 December 2016"),
            ("2016-11-19/2016-12-21", "19 November to 21 December 2016"),
            ("2015-12-19/2016-01-03", "19 December 2015 to 3 January 2016"),
            ("2016-11/2016-12", "November to December 2016"),
            ("2014/2016", "2014 to 2016"),
            ("2014~/2016-06", "from about 2014 to June 2016"),
            ("2016-12-19?/2016-12-21", "from 19 December 2016 (uncertain) to 21 December 2016"),
            ("2014/..", "from 2014 on"),
            ("../2014-06", "until June 2014"),
            ("2014/", "from 2014, end unknown"),
            ("/2014", "until 2014, start unknown"),
            ("2016-21", "spring 2016"),
            ("2016-34", "quarter 2 of 2016"),
            ("201X", "the 2010s"),
            ("20XX", "between 2000 and 2099"),
            ("2016-XX", "2016, month unknown"),
            ("2016-12-XX", "December 2016, day unknown"),
            ("2016-XX-XX", "2016, day unknown"),
            ("-0043", "44 BC"),
            ("0000", "1 BC"),
            ("Y170000", "170000"),
            ("{2014,2016}", "2014 and 2016"),
            ("[2014,2015,2016-12]", "2014, 2015 or December 2016"),
        ];
        for (edtf, words) in table {
            assert_eq!(Date::parse(edtf).unwrap().human(), words, "{edtf}");
        }
    }
}
