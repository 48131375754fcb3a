//! Running text → sentences, by rules: no dictionary and no guess. Where the rules see no end, a sentence goes on.
//!
//! A stop ends a sentence only before white space, and not after an abbreviation of the lists below, after initials, or
//! before a lower-case letter. Ideographic stops need no white space. Block boundaries are the caller's.

use std::ops::Range;

/// Abbreviations after which no sentence ends, as written, without the last stop.
const ALWAYS: &[&[&str]] = &[ENGLISH, GERMAN, ROMANCE, RUSSIAN];

const ENGLISH: &[&str] = &[
    "Mr", "Mrs", "Ms", "Mx", "MR", "MRS", "MS", "DR", "Messrs", "Dr", "Drs", "Prof", "Rev", "Hon", "St", "Ste", "Sr",
    "Jr", "Sen", "Sens", "Rep", "Reps", "Gov", "Gen", "Col", "Maj", "Capt", "Cmdr", "Cdr", "Lt", "Sgt", "Cpl", "Pvt",
    "Adm", "Brig", "Pres", "Supt", "Det", "Insp", "Atty", "Amb", "Mt", "Ft", "Fr", "vs", "v", "approx", "cf", "viz",
    "al",
];

const GERMAN: &[&str] =
    &["Hr", "Frl", "Dipl", "Ing", "Mag", "bzw", "ca", "sog", "vgl", "evtl", "ggf", "inkl", "bspw", "etw", "geb"];

/// French, Italian, Spanish.
const ROMANCE: &[&str] =
    &["MM", "Mme", "Mmes", "Mlle", "Mlles", "Mgr", "Me", "Pr", "env", "av", "bd", "Sig", "Dott", "Sra", "Srta"];

const RUSSIAN: &[&str] = &["г", "гг", "ул", "им", "акад", "проф", "тов", "см", "тыс", "млн", "млрд", "гр", "ср"];

/// Abbreviations after which no sentence ends where a digit follows.
const BEFORE_DIGITS: &[&str] = &[
    "No", "Nos", "no", "nos", "Nr", "Nrn", "p", "pp", "S", "Bd", "Vol", "vol", "Fig", "Figs", "fig", "Abb", "Tab",
    "Eq", "Ch", "ch", "Sec", "sec", "Art", "art", "Abs", "Ziff", "para", "Para", "c", "n", "№", "стр", "рис", "ст",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
];

/// Words that begin a sentence and no name: after initials and the like, written with a capital, they begin one.
const STARTERS: &[&str] = &[
    "A", "After", "All", "An", "And", "As", "At", "Because", "But", "By", "For", "From", "He", "Her", "Here", "His",
    "How", "However", "I", "If", "In", "It", "Its", "Later", "Many", "My", "On", "Our", "She", "Since", "So", "Some",
    "Such", "That", "The", "Their", "Then", "There", "These", "They", "This", "Those", "To", "Today", "Under", "Until",
    "We", "What", "When", "Where", "Which", "While", "Who", "Why", "With", "You", "Your",
];

/// What follows the number of a day in German.
const MONTHS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// The byte ranges of the sentences of a text without block boundaries, in order, without the white space around them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(length) = find_stop(&text[at..]) {
        let stop = at + length;
        at = stop + length_while(&text[stop..], is_stop);
        let run = &text[stop..at];
        at += length_while(&text[at..], is_closer);
        if ends_sentence(text, stop, run, at) {
            push_trimmed(&mut sentences, text, start..at);
            start = at;
        }
    }
    push_trimmed(&mut sentences, text, start..text.len());
    sentences
}

fn push_trimmed(sentences: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let sentence = &text[range.clone()];
    let start = range.end - sentence.trim_start().len();
    let end = start + sentence.trim().len();
    if start < end {
        sentences.push(start..end);
    }
}

/// Whether the stops `run` at the byte `stop`, with the closing marks up to `end`, end a sentence.
fn ends_sentence(text: &str, stop: usize, run: &str, end: usize) -> bool {
    let rest = &text[end..];
    if run.chars().any(is_ideographic_stop) {
        return true;
    }
    if !rest.starts_with(char::is_whitespace) {
        return rest.is_empty();
    }
    let next = rest.trim_start_matches(|c: char| c.is_whitespace() || is_opener(c));
    let Some(first) = next.chars().next() else { return true };
    if run.contains('…') || run.contains("..") {
        return first.is_uppercase();
    }
    if first.is_lowercase() {
        return false;
    }
    run != "." || !is_abbreviation(&text[..stop], first, next)
}

/// Whether the word that `before` ends with is an abbreviation where `next`, which begins with `first`, follows it.
fn is_abbreviation(before: &str, first: char, next: &str) -> bool {
    let word_start = before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '№')).len();
    let word = &before[word_start..];
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        // A list item's number, or a day of a month.
        return before[..word_start].trim().is_empty()
            || (word.len() <= 2 && MONTHS.iter().any(|m| next.starts_with(m)));
    }
    let goes_on = word.chars().any(char::is_lowercase) || !starts_sentence(next);
    is_listed(word)
        || is_dotted(word) && goes_on
        || is_initial(&before[..word_start], word) && goes_on
        || (first.is_numeric() && BEFORE_DIGITS.contains(&word))
}

/// Whether the word is of the list; one that is written small may begin with a capital.
fn is_listed(word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return false };
    let rest = letters.as_str();
    let begins = |listed: char| listed == first || first.to_lowercase().eq(std::iter::once(listed));
    // Nearly every word is told apart by its length alone: one is looked up at each stop of each text.
    let matches = |listed: &&str| {
        let mut letters = listed.chars();
        listed.len() == word.len() && letters.next().is_some_and(begins) && letters.as_str() == rest
    };
    ALWAYS.iter().any(|list| list.iter().any(matches))
}

/// Whether the first word, alone between white space, is one that begins sentences: in `J. A. Smith` the `A.` is not.
fn starts_sentence(text: &str) -> bool {
    let word = &text[..length_while(text, |c| c.is_alphanumeric() || matches!(c, '\'' | '’'))];
    let follows = text[word.len()..].chars().next();
    let bare = word.split(['\'', '’']).next().unwrap_or_default();
    STARTERS.contains(&bare) && follows.is_none_or(|c| c.is_whitespace() || c == ',')
}

/// Whether it is letters with stops between them, such as `U.S`, `z.B`, `т.е`. Times of day can end a sentence.
fn is_dotted(word: &str) -> bool {
    let is_letters = |part: &str| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic);
    word.contains('.') && word.split('.').all(is_letters) && !matches!(word, "a.m" | "p.m" | "A.M" | "P.M")
}

/// Whether it is the first letter of a name. After a word in small letters, `I` is the pronoun.
fn is_initial(before: &str, word: &str) -> bool {
    let mut letters = word.chars();
    let is_capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    is_capital && !(word == "I" && before.trim_end().ends_with(char::is_lowercase))
}

fn length_while(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// How many bytes are looked at together for stops.
const PIECE: usize = 16;

/// The byte offset of the first stop. Most texts are ASCII for the most part, and of ASCII three characters are stops.
fn find_stop(text: &str) -> Option<usize> {
    let may_be_stop = |&byte: &u8| (byte == b'.') | (byte == b'!') | (byte == b'?') | !byte.is_ascii();
    let has_none = |piece: &&[u8; PIECE]| !piece.iter().fold(false, |found, byte| found | may_be_stop(byte));
    let mut at = 0;
    loop {
        // In pieces of a size that a processor compares at once.
        at += text.as_bytes()[at..].as_chunks().0.iter().take_while(has_none).count() * PIECE;
        at += text.as_bytes()[at..].iter().position(may_be_stop)?;
        let c = text[at..].chars().next()?;
        if is_stop(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽' | '؟' | '۔' | '।') || is_ideographic_stop(c)
}

fn is_ideographic_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

/// Quotation marks and brackets that close what a stop ends. Which marks open and which close depends on the language;
/// those that stand at a stop close.
fn is_closer(c: char) -> bool {
    is_quotation_mark(c) || matches!(c, ')' | ']' | '}' | '）' | '］' | '」' | '』' | '】' | '》' | '〉')
}

/// What can stand before a sentence's first letter.
fn is_opener(c: char) -> bool {
    is_quotation_mark(c) || matches!(c, '(' | '[' | '{' | '（' | '「' | '『' | '¿' | '¡' | '—' | '–' | '-')
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    /// Each text is written with `|` where a sentence ends.
    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let marked = [
            "One.| Two!| Three?| Four",
            "  Padded.  |  And more.  ",
            "Mr. Smith met Mrs. Jones and Dr. Who.| They spoke.",
            "MR. KIRBY: Well.| He said so.",
            "The U.S. Senate and Sen. McCain agreed, i.e. Gen. Flynn did.| Then it ended.",
            "It is No. 5 of 7.| No.| He left on Dec. 21.| It was approx. 3 p.m.| Nobody came.",
            "J. K. Rowling and George W. Bush wrote.| So did I.| They read.",
            "He paid 3.5 million to example.com.| It failed.",
            "He said: “It is over.”| Then he left.| (So it was.)| Fine.",
            "“What?” he asked.| \"Really!\" she said.",
            "“Really?”| “Yes.”",
            "Well… maybe.| Wait...| He did not… No.",
            "你好。|他说：“不。”|我们走了！|真的？|是",
            "Das gilt z.B. Hier bzw. Dort.| Am 3. Mai kam er.| Vgl. Abschnitt drei.",
            "M. Dupont et Mme. Durand sont là.| Ils partent.",
            "Это т.е. Москва.| Он ушёл.",
            "Он жил в г. Москва.| Ушёл.",
            "Washington, D.C. Mayor.| A Ph.D. Candidate wrote.| It cost 5.| Then more, etc.| So?",
            "3. The third item.| It goes on.",
            "In 2016. |Then it ended.",
            "It was Plan B. |The first had failed.| Washington, D.C. |It was hot in the U.S. |“They’re here,” he said.",
            "J. A. Smith, U.S. President, met A. I. Miller, e.g. The Hague.",
            "Roe v. Wade was decided.| He cited Smith et al. Nobody replied.",
            "¿Quién?| ¡Nadie!| «Oui.»| Non.",
            "lower. case goes on",
            "",
        ];
        for text in marked {
            let expected: Vec<&str> = text.split('|').map(str::trim).filter(|part| !part.is_empty()).collect();
            // An ellipsis ends a sentence before a capital.
            let expected: Vec<&str> =
                expected.iter().flat_map(|part| part.split_inclusive("not…")).map(str::trim).collect();
            assert_eq!(split(&text.replace('|', "")), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_word_is_in_one_sentence(text in "([a-zA-Z]{1,3}|[.!?…。\"”) \u{a0}\n]|Mr|3|é){0,40}") {
            let mut end = 0;
            for range in sentences(&text) {
                proptest::prop_assert!(range.start >= end);
                proptest::prop_assert!(text[end..range.start].trim().is_empty());
                proptest::prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
                proptest::prop_assert!(!range.is_empty());
                end = range.end;
            }
            proptest::prop_assert!(text[end..].trim().is_empty());
        }
    }
}
