//! A date → the numbers that it is made of, for formats that write dates as numbers.

use edtf_core::{DateField, Edtf, IntervalEndpoint, Precision};

/// A date to the precision that it is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parts {
    /// The astronomical year: 0 is 1 BC.
    pub year: i64,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day, from 1; only with a month.
    pub day: Option<u8>,
    /// A season, quarter or the like instead of a month: its code, 21 to 41 (ISO 8601-2:2019, section 4.8).
    pub season: Option<u8>,
}

pub(super) fn of(text: &str) -> Option<Vec<Parts>> {
    match Edtf::parse(text).ok()? {
        Edtf::Date(date) => Some(vec![single(&date)?]),
        Edtf::Interval(interval) => match (interval.start, interval.end) {
            (IntervalEndpoint::Date(first), IntervalEndpoint::Date(last)) => {
                Some(vec![single(&first)?, single(&last)?])
            }
            _ => None,
        },
        _ => None,
    }
}

fn single(date: &edtf_core::Date) -> Option<Parts> {
    let year = date.year.value().filter(|_| date.year.significant_digits.is_none())?;
    let month = number(date.month)?;
    let day = number(date.day)?;
    if day.is_some() && month.is_none() {
        return None;
    }
    let is_season = date.precision() == Precision::Season;
    Some(Parts { year, month: month.filter(|_| !is_season), day, season: month.filter(|_| is_season) })
}

/// A field's number; `Some(None)` where it is not given, or wholly unknown (`XX`), which is the same in numbers.
fn number(field: Option<DateField>) -> Option<Option<u8>> {
    match field {
        None => Some(None),
        Some(field) if field.digits == [None, None] => Some(None),
        Some(field) => field.value().map(Some),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::date::Date;

    type Numbers = (i64, Option<u8>, Option<u8>, Option<u8>);

    fn parts(text: &str) -> Option<Vec<Numbers>> {
        let parts = Date::parse(text).unwrap().parts()?;
        Some(parts.into_iter().map(|part| (part.year, part.month, part.day, part.season)).collect())
    }

    #[test]
    fn a_date_has_the_numbers_that_it_is_written_with() {
        let table = [
            ("2016-12-21?", vec![(2016, Some(12), Some(21), None)]),
            ("2016-12", vec![(2016, Some(12), None, None)]),
            ("2016-12-XX", vec![(2016, Some(12), None, None)]),
            ("2016-XX-XX", vec![(2016, None, None, None)]),
            ("-0043~", vec![(-43, None, None, None)]),
            ("2016-21", vec![(2016, None, None, Some(21))]),
            ("2014/2016-06", vec![(2014, None, None, None), (2016, Some(6), None, None)]),
            ("Y170000", vec![(170_000, None, None, None)]),
        ];
        for (text, expected) in table {
            assert_eq!(parts(text), Some(expected), "{text}");
        }
        for text in ["201X", "2016-1X", "2016-XX-21", "{2014,2016}", "[2014,2015]", "2014/..", "/2014", "1950S2"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
