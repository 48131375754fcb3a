//! Where words begin and end in a text as it is: what a quotation may be cut out of, and what it may not cut.
//!
//! Letters and digits make words; apostrophes, hyphens and the like join them. A number is whole with its sign and its
//! separators. Scripts that are written without spaces have a boundary between any two characters. Combining marks
//! belong to their letter, and characters without width make no boundary.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// Farther than this from a place, in code points, nothing is looked at: no word needs it.
const REACH: usize = 256;

/// A range is widened by at most so many bytes.
const LONGEST_WORD: usize = 256;

/// Whether a word may end and another begin at byte `at`.
pub(super) fn is_boundary(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
    if before.is_empty() || after.is_empty() {
        return true;
    }
    let mut following = after.chars().take(REACH).filter(|c| !is_ignorable(*c));
    let Some(first) = following.next() else { return true };
    if is_mark(first) || is_skin_tone(first) {
        return false;
    }
    if before.ends_with(JOINER) || after.starts_with(JOINER) {
        let last = before.chars().rev().take(REACH).find(|c| !is_ignorable(*c) && !is_mark(*c));
        if is_symbol(last) && is_symbol(Some(first)) {
            return false;
        }
    }
    let mut right = std::iter::once(first).chain(following.filter(|c| !is_mark(*c)));
    let mut left = before.chars().rev().take(REACH).filter(|c| !is_ignorable(*c) && !is_mark(*c));
    let left = [left.next(), left.next(), left.next(), left.next(), left.next()];
    let right = [right.next(), right.next(), right.next(), right.next(), right.next()];
    !(joined_letters(left, right) || inside_number(left, right))
}

/// What makes one sign of several (Unicode Technical Standard 51, section 2.2).
const JOINER: char = '\u{200D}';

fn is_symbol(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace() && !c.is_ascii())
}

/// The modifiers of Unicode Technical Standard 51, section 1.4.4, which belong to the sign before them.
fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Whether a match may begin at byte `at`: a boundary, and not before a dash that parts a word from a number, where
/// the dash would turn into a sign.
pub(super) fn may_begin(text: &str, at: usize) -> bool {
    let mut right = text.get(at..).unwrap_or_default().chars();
    let cuts_range = is_dash(right.next()) && is_digit(right.next()) && {
        let left = text.get(..at).unwrap_or_default().chars().rev().take(REACH);
        is_word(left.filter(|c| !is_ignorable(*c) && !is_mark(*c)).take(1).next())
    };
    !cuts_range && is_boundary(text, at)
}

/// The words of a text, as byte ranges in order: runs between boundaries that hold a letter or a digit.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let (mut start, mut is_one) = (0, false);
    for (at, c) in text.char_indices() {
        if at > start && is_boundary(text, at) {
            if is_one {
                words.push(start..at);
            }
            (start, is_one) = (at, false);
        }
        is_one |= c.is_alphanumeric();
    }
    if is_one {
        words.push(start..text.len());
    }
    words
}

/// The range widened to boundaries, each at most [`LONGEST_WORD`] bytes away: farther than that there is no word.
pub(crate) fn snap(text: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start.min(text.len()), range.end.min(text.len()));
    let (first, last) = (start.saturating_sub(LONGEST_WORD), (end + LONGEST_WORD).min(text.len()));
    while start > 0 && (start > first || !text.is_char_boundary(start)) && !is_boundary(text, start) {
        start -= 1;
    }
    while end < text.len() && (end < last || !text.is_char_boundary(end)) && !is_boundary(text, end) {
        end += 1;
    }
    start..end.max(start)
}

/// Whether a character is of a script that is written without spaces between words.
pub(crate) fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{1000}'..='\u{109F}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}' // Myanmar
        | '\u{1780}'..='\u{17FF}' // Khmer
        | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' // Han: radicals, iteration marks
        | '\u{3040}'..='\u{312F}' | '\u{31F0}'..='\u{31FF}' // Hiragana, Katakana, Bopomofo
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' // Han
        | '\u{FF66}'..='\u{FF9F}' // half-width Katakana
        | '\u{1AFF0}'..='\u{1B16F}' // Kana
        | '\u{20000}'..='\u{3FFFF}' // Han
    )
}

/// Two characters, or two with a joiner between them, that make one word.
fn joined_letters(left: [Option<char>; 5], right: [Option<char>; 5]) -> bool {
    let (left_word, right_word) = if is_joiner(right[0]) {
        (left[0], right[1])
    } else if is_joiner(left[0]) {
        (left[1], right[0])
    } else {
        (left[0], right[0])
    };
    let numbers = is_digit(left_word) && is_digit(right_word);
    let spaceless = left_word.is_some_and(is_spaceless) || right_word.is_some_and(is_spaceless);
    is_word(left_word) && is_word(right_word) && (numbers || !spaceless)
}

/// Between a number's digits, its separators, its sign and its currency.
fn inside_number(left: [Option<char>; 5], right: [Option<char>; 5]) -> bool {
    let group = |digits: &[Option<char>]| {
        digits.iter().take(3).all(|c| is_digit(*c)) && !digits.get(3).is_some_and(|c| is_digit(*c))
    };
    if is_digit(left[0]) && is_digit(right[1]) && is_separator(right[0]) {
        return true;
    }
    let short = |digits: &[Option<char>]| is_digit(digits[0]) && !digits.iter().take(4).all(|c| is_digit(*c));
    if short(&left) && is_thousands_space(right[0]) && group(&right[1..]) {
        return true;
    }
    if is_digit(left[1]) && is_digit(right[0]) && is_separator(left[0]) {
        return true;
    }
    if short(&left[1..]) && is_thousands_space(left[0]) && group(&right) {
        return true;
    }
    let leads_number = |c: Option<char>| c == Some('.') || is_currency(c);
    let number_follows = is_digit(right[0]) || leads_number(right[0]) && is_digit(right[1]);
    if number_follows && is_sign(left[0], left[1]) {
        return true;
    }
    if is_digit(right[0]) && leads_number(left[0]) && is_sign(left[1], left[2]) {
        return true;
    }
    is_digit(right[0]) && left[0] == Some('.') && (opens(left[1]) || is_currency(left[1]))
}

/// Whether `c` is the sign of a number that follows it, where `before` stands before it.
fn is_sign(c: Option<char>, before: Option<char>) -> bool {
    match c {
        Some('-' | '\u{2010}' | '\u{2011}' | '\u{2212}' | '+' | '±') => !is_word(before) && !is_dash(before),
        Some('\u{2012}' | '\u{2013}') => opens(before),
        _ => false,
    }
}

/// Whether a number may begin after `before` as after nothing.
fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '"' | '“' | '‘' | '„' | '«'))
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(char::is_numeric)
}

fn is_joiner(c: Option<char>) -> bool {
    matches!(c, Some('\'' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '-' | '\u{2010}' | '\u{2011}' | '_' | '·'))
}

fn is_separator(c: Option<char>) -> bool {
    matches!(c, Some('.' | ',' | ':' | '/' | '\u{2044}' | '\u{2212}' | '\u{066B}' | '\u{066C}'))
}

fn is_thousands_space(c: Option<char>) -> bool {
    matches!(c, Some('\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}'))
}

fn is_currency(c: Option<char>) -> bool {
    matches!(c, Some('$' | '¢' | '£' | '¥' | '\u{20A0}'..='\u{20CF}'))
}

fn is_dash(c: Option<char>) -> bool {
    matches!(c, Some('-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
}

fn is_mark(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

/// Characters that are not seen: they neither make nor break a word.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The boundaries of a text, each shown as `|`.
    fn cut(text: &str) -> String {
        let mut shown = String::new();
        for (at, c) in text.char_indices() {
            if at > 0 && is_boundary(text, at) {
                shown.push('|');
            }
            shown.push(c);
        }
        shown
    }

    #[test]
    fn words_are_whole() {
        for (text, expected) in [
            ("He didn't", "He| |didn't"),
            ("He didn’t", "He| |didn’t"),
            ("well-known", "well-known"),
            ("well‑known_x", "well‑known_x"),
            ("mid- and", "mid|-| |and"),
            ("Russians' x", "Russians|'| |x"),
            ("'no' _x_", "'|no|'| |_|x|_"),
            ("a—b–c--d", "a|—|b|–|c|-|-|d"),
            ("co\u{AD}op", "co\u{AD}op"),
            ("a\u{200B}b", "a\u{200B}b"),
            ("He did\u{202A}n't", "He| |did\u{202A}n't"),
            ("e\u{301}e\u{301}", "e\u{301}e\u{301}"),
            ("👩\u{200D}👧 👍🏽!", "👩\u{200D}👧| |👍🏽|!"),
            ("e\u{AD}\u{301}.", "e\u{AD}\u{301}|."),
            ("新华社说", "新|华|社|说"),
            ("在Twitter上", "在|Twitter|上"),
            ("2016年", "2016|年"),
            ("カタカナー", "カ|タ|カ|ナ|ー"),
            ("ไทย", "ไ|ท|ย"),
        ] {
            assert_eq!(cut(text), expected);
        }
    }

    #[test]
    fn numbers_are_whole() {
        for (text, expected) in [
            ("at -5", "at| |-5"),
            ("(−5)", "(|−5|)"),
            ("at –5", "at| |–5"),
            ("+5 ±5", "+5| |±5"),
            ("-$5", "-$5"),
            ("$5", "$|5"),
            ("1,005 3.5 5:30", "1,005| |3.5| |5:30"),
            ("1\u{202F}005 1\u{2009}005 1\u{A0}005", "1\u{202F}005| |1\u{2009}005| |1\u{A0}005"),
            ("in 2016\u{A0}30", "in| |2016|\u{A0}|30"),
            ("in 2016\u{A0}300", "in| |2016|\u{A0}|300"),
            ("12\u{A0}000\u{A0}000", "12\u{A0}000\u{A0}000"),
            ("1/2 1’000", "1/2| |1’000"),
            ("a .5", "a| |.5"),
            ("end.5 Next", "end|.|5| |Next"),
            ("2015–2016", "2015|–|2016"),
            ("in 2016.", "in| |2016|."),
            ("COVID-19", "COVID-19"),
            ("5%", "5|%"),
            ("x --5", "x| |-|-|5"),
        ] {
            assert_eq!(cut(text), expected);
        }
        assert!(!may_begin("1–5", 1) && is_boundary("1–5", 1));
    }

    #[test]
    fn a_range_widens_to_words() {
        let text = "say didn't, ok";
        assert_eq!(&text[snap(text, 6..7)], "didn't");
        assert_eq!(words("“He” didn't —").len(), 2);
    }
}
