//! A date in another notation → how front matter writes it, for a hint. It never reads a date in anyone's place.

use super::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date as front matter writes it; none where the text could mean several.
pub(super) fn suggestion(text: &str) -> Option<String> {
    if text.len() > 40 {
        return None;
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let mut month_by_name = None;
    let mut numbers = Vec::new();
    for part in parts {
        match (month(part), number(part)) {
            (Some(month), _) if month_by_name.is_none() => month_by_name = Some(month),
            (None, Some(number)) => numbers.push(number),
            _ => return None,
        }
    }
    let (year, month, day) = match (month_by_name, numbers.as_slice()) {
        (Some(month), &[year]) if year > 31 => (year, month, None),
        (Some(month), &[day, year]) if day <= 31 && year > 31 => (year, month, Some(day)),
        (None, &[year, month, day]) if year > 31 => (year, month, Some(day)),
        // Only where the first number cannot be a month, or stands before dots, is it surely the day.
        (None, &[day, month, year]) if year > 31 && (day > 12 || text.contains('.')) => (year, month, Some(day)),
        (None, &[month, day, year]) if year > 31 && day > 12 => (year, month, Some(day)),
        _ => return None,
    };
    let written = match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    };
    Date::parse(&written).ok()?;
    Some(if day.is_some() { written } else { format!("\"{written}\"") })
}

/// A month by its English name or its first three letters.
fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let letters = word.get(..3).filter(|_| word.chars().all(char::is_alphabetic))?;
    let index = MONTHS.iter().position(|&month| month == letters)?;
    u32::try_from(index + 1).ok()
}

/// A number, also with an English ordinal's ending.
fn number(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    matches!(ending, "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn what_is_clear_is_suggested_and_nothing_else() {
        let table = [
            ("21 December 2016", Some("2016-12-21")),
            ("December 21st, 2016", Some("2016-12-21")),
            ("Dec 2016", Some("\"2016-12\"")),
            ("2016/12/21", Some("2016-12-21")),
            ("2016-2-1", Some("2016-02-01")),
            ("21.12.2016", Some("2016-12-21")),
            ("1.2.2016", Some("2016-02-01")),
            ("12/21/2016", Some("2016-12-21")),
            ("1/2/2016", None),
            ("2016-02-30", None),
            ("last week", None),
            ("21 December", None),
            ("99999999999999999999", None),
        ];
        for (text, expected) in table {
            assert_eq!(suggestion(text).as_deref(), expected, "{text}");
        }
    }
}
