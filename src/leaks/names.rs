//! The list of withheld names: where one stands in a text, and the text without it.
//!
//! The list lies outside the project, one name a line, `#` beginning a comment. A name is found as whole words, however
//! it is written (see [`super::words`]); `john-doe`, `John_Doe` and `JohnDoe` are `John Doe`. Nothing here ever gives a
//! name away, not even to a debugger's print: a name is known by its line.

use std::fmt;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::leaks::words::{Word, words};

/// What stands for a name that is not to be printed.
const VEIL: &str = "[withheld name]";

/// What stands for a line of a file that has such a name in it.
const VEILED_LINE: &str = "[this line has a withheld name]";

/// Withheld names.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Names {
    names: Vec<Name>,
    /// The names that begin with a word, by its hash.
    by_first: FxHashMap<u64, Vec<usize>>,
    /// The names whose words run together are one, by its hash.
    by_whole: FxHashMap<u64, usize>,
}

#[derive(Clone, PartialEq, Eq)]
struct Name {
    /// Its line in the list, from 1.
    line: usize,
    words: Vec<u64>,
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Names({})", self.names.len())
    }
}

impl Names {
    /// Reads a list.
    ///
    /// # Errors
    /// The lines, from 1, that have no name which could be told from other words: fewer than two letters or digits.
    pub fn parse(list: &str) -> Result<Self, Vec<usize>> {
        let mut names = Self::default();
        let mut wrong = Vec::new();
        for (line, text) in (1..).zip(list.trim_start_matches('\u{feff}').lines()) {
            let text = text.split('#').next().unwrap_or_default().trim();
            if text.is_empty() {
                continue;
            }
            let found = all_words(text);
            if text.chars().filter(|c| c.is_alphanumeric()).count() < 2 || found.is_empty() {
                wrong.push(line);
                continue;
            }
            names.add(line, text, found.into_iter().map(|word| word.hash).collect());
        }
        if wrong.is_empty() { Ok(names) } else { Err(wrong) }
    }

    fn add(&mut self, line: usize, text: &str, words: Vec<u64>) {
        let index = self.names.len();
        let together: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        if let [whole] = all_words(&together)[..] {
            self.by_whole.entry(whole.hash).or_insert(index);
        }
        self.by_first.entry(words[0]).or_default().push(index);
        self.names.push(Name { line, words });
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// A name's line in the list, from 1.
    pub(super) fn line(&self, name: usize) -> usize {
        self.names.get(name).map_or(0, |name| name.line)
    }

    /// Where names stand in a text: each with its bytes there.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let words = all_words(text);
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate() {
            for &index in self.by_first.get(&word.hash).into_iter().flatten() {
                let name = &self.names[index].words;
                let there = words.get(at..at + name.len()).unwrap_or_default();
                if there.iter().map(|word| word.hash).eq(name.iter().copied())
                    && let Some(last) = there.last()
                {
                    found.push((index, word.range().start..last.range().end));
                }
            }
            if let Some(&index) = self.by_whole.get(&word.hash)
                && self.names[index].words.len() > 1
            {
                found.push((index, word.range()));
            }
        }
        found
    }

    /// Whether a name stands in the lines of a text that are printed to show a place in it, or in those next to them.
    pub fn is_near(&self, text: &str, place: Range<usize>) -> bool {
        let before = text.get(..place.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |end| before[..end].rfind('\n').map_or(0, |end| end + 1));
        let after = text.get(place.end.max(place.start)..).unwrap_or_default();
        let rest: usize = after.split_inclusive('\n').take(2).map(str::len).sum();
        text.get(start..text.len() - after.len() + rest).is_none_or(|lines| !self.find(lines).is_empty())
    }

    /// A text to be printed, without the names: of an excerpt from a file (`12 | …`) that has one, the whole line.
    pub fn veil(&self, text: &str) -> String {
        let found = self.find(text);
        if found.is_empty() {
            return text.to_owned();
        }
        let mut veiled = String::with_capacity(text.len());
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            let (start, end) = (from, from + line.trim_end_matches(['\r', '\n']).len());
            from += line.len();
            let mut here: Vec<Range<usize>> = found
                .iter()
                .filter(|(_, range)| range.start < end && start < range.end)
                .map(|(_, range)| range.start.max(start) - start..range.end.min(end) - start)
                .collect();
            match excerpt(line).filter(|_| !here.is_empty()) {
                Some(gutter) => {
                    veiled.push_str(&line[..gutter]);
                    veiled.push_str(VEILED_LINE);
                    veiled.push('\n');
                }
                None => replace(line, &mut here, &mut veiled),
            }
        }
        veiled
    }
}

/// Where the text of a file begins in a printed line such as `12 | text`.
fn excerpt(line: &str) -> Option<usize> {
    let number = line.trim_start();
    let bar = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_one = bar.len() < number.len() && bar.trim_start().starts_with('|');
    is_one
        .then(|| line.len() - bar.trim_start().len() + 1)
        .map(|at| if line[at..].starts_with(' ') { at + 1 } else { at })
}

/// Appends a line with those parts of it veiled.
fn replace(line: &str, parts: &mut [Range<usize>], into: &mut String) {
    parts.sort_by_key(|part| (part.start, part.end));
    let mut from = 0;
    for part in parts {
        if part.start >= from {
            into.push_str(&line[from..part.start]);
            into.push_str(VEIL);
        }
        from = from.max(part.end);
    }
    into.push_str(&line[from..]);
}

fn all_words(text: &str) -> Vec<Word> {
    let mut all = Vec::new();
    words(text, |word| all.push(word));
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::parse("\u{feff}# our sources\nJohn Doe\r\n  Søren Åberg # from the ministry\n习近平\n\nMadonna\n")
            .unwrap()
    }

    fn lines(text: &str) -> Vec<usize> {
        names().find(text).into_iter().map(|(name, _)| names().line(name)).collect()
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for text in [
            "said John Doe.",
            "JOHN\n  DOE's",
            "john-doe",
            "entities/john_doe.html",
            "@JohnDoe",
            "J\u{AD}ohn\u{a0}Doe",
            "Ｊｏｈｎ Doe",
        ] {
            assert_eq!(lines(text), [2], "{text}");
        }
        assert_eq!(lines("Søren A\u{30A}berg"), [3]);
        assert_eq!(lines("在习近平说"), [4]);
        assert_eq!(lines("Madonna and madonna"), [6, 6]);
    }

    #[test]
    fn other_words_are_no_names() {
        for text in ["John", "Johnny Doe", "John A. Doe", "Doe John", "Madonnas", "习近", "our sources", ""] {
            assert_eq!(lines(text), Vec::<usize>::new(), "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_an_error_by_its_line() {
        assert_eq!(Names::parse("Ann B\n—\nx\n#\n"), Err(vec![2, 3]));
        assert!(Names::parse("# nobody\n").unwrap().is_empty());
    }

    #[test]
    fn nothing_that_is_printed_has_a_name() {
        let veiled = names().veil("error: `john-doe` and John Doe\n 12 | by John Doe, they say\n   |    ^^^\n13 | x\n");
        assert_eq!(
            veiled,
            "error: `[withheld name]` and [withheld name]\n 12 | [this line has a withheld name]\n   |    ^^^\n13 | x\n"
        );
        let text = "a\nb\nJo\u{200b}hn\nDoe\nc\nd";
        let near: Vec<bool> = text.char_indices().map(|(at, _)| names().is_near(text, at..at)).collect();
        assert_eq!((near[0], near[4], near.last()), (false, true, Some(&false)), "{near:?}");
        assert_eq!(names().veil("nobody"), "nobody");
        assert_eq!(names().veil("a John\nDoe b"), "a [withheld name]\n[withheld name] b");
        assert_eq!(format!("{:?}", names()), "Names(4)");
    }
}
