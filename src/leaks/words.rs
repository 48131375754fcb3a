//! A text → its words, folded and hashed, and runs of eight of them.
//!
//! Two texts have a word in common however it is written: letter case, marks above letters, compatible forms and
//! characters without width do not count, and everything that is no letter or digit parts words. In a script that is
//! written without spaces each character is a word by itself and counts for half of one. What follows an apostrophe is
//! looked at as a word, so that a name is found in "Doe's", and counts for none.

use std::ops::Range;

use unicode_normalization::char::decompose_compatible;

use crate::anchor::is_spaceless;

/// How much a run weighs that is looked for: eight words.
const RUN: u32 = 16;

/// What runs weigh at least that texts which stand beside each other do not make by chance: sixteen words.
pub(super) const BY_CHANCE: u32 = 32;

/// The weight of a word, and of a character of a script without spaces.
const WORD: u32 = 2;
const CHARACTER: u32 = 1;

/// A word of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Word {
    /// Of its folded characters.
    pub(super) hash: u64,
    /// Its bytes in the text.
    start: usize,
    end: usize,
    weight: u32,
}

impl Word {
    /// Its bytes in the text.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The ASCII letters and digits.
const OF_WORDS: [bool; 256] = {
    let mut of_words = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        of_words[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    of_words
};

/// Gives every word of a text to `sink`.
pub(super) fn words(text: &str, mut sink: impl FnMut(Word)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Where a word ended that an apostrophe may be joined to.
    let mut joins = usize::MAX;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() && !OF_WORDS[usize::from(byte)] {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().position(|&b| !OF_WORDS[usize::from(b)]).unwrap_or(bytes.len() - at);
        let is_plain = bytes.get(at + length).is_none_or(u8::is_ascii);
        let (mut word, next) = match is_plain && length > 0 {
            true => (
                Word { hash: hash(&bytes[at..at + length], LOWER), start: at, end: at + length, weight: WORD },
                at + length,
            ),
            // Nearly all words of many languages are plain.
            false => folded(text, at),
        };
        at = next;
        if word.end == 0 {
            continue;
        }
        // What follows an apostrophe belongs to the word before it, but only once.
        let is_joined = joins == word.start;
        if is_joined {
            word.weight = 0;
        }
        joins = if is_joined { usize::MAX } else { after_apostrophe(bytes, word.end) };
        sink(word);
    }
}

/// The place after the apostrophe that follows at byte `at`; no place where there is none.
fn after_apostrophe(bytes: &[u8], at: usize) -> usize {
    match &bytes[at..] {
        [b'\'', ..] => at + 1,
        [0xE2, 0x80, 0x99, ..] => at + 3,
        _ => usize::MAX,
    }
}

/// What makes an ASCII letter small, and changes no digit, in each byte of eight.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// The hash of a folded word, of whose bytes those bits are set that `set` has.
fn hash(word: &[u8], set: u64) -> u64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let mut hash = word.len() as u64;
    let mut chunks = word.chunks_exact(8);
    for chunk in &mut chunks {
        let chunk = chunk.try_into().map_or(0, u64::from_le_bytes);
        hash = (hash.rotate_left(5) ^ (chunk | set)).wrapping_mul(FACTOR);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        let there = u64::MAX >> (64 - 8 * rest.len());
        hash = (hash.rotate_left(5) ^ (u64::from_le_bytes(last) | set & there)).wrapping_mul(FACTOR);
    }
    // The first bits number the filter's.
    hash ^ hash >> 32
}

/// The word that begins at byte `at`, folded character by character, and the place after it; none, with an end of 0, where
/// no word begins there.
fn folded(text: &str, at: usize) -> (Word, usize) {
    let mut letters: Vec<u8> = Vec::new();
    let (mut start, mut end, mut next, mut weight) = (at, 0, at, WORD);
    for c in text[at..].chars() {
        let after = next + c.len_utf8();
        let stands_alone = is_spaceless(c);
        if stands_alone || c.is_alphanumeric() {
            if stands_alone && end > 0 {
                break;
            }
            if end == 0 {
                start = next;
            }
            fold(c, &mut letters);
            (end, next) = (after, after);
            if stands_alone {
                weight = CHARACTER;
                break;
            }
        } else if is_nothing(c) {
            next = after;
        } else {
            // An apostrophe must be looked at again.
            next = if end == 0 { after } else { next };
            break;
        }
    }
    if letters.is_empty() {
        // A sign that folds to nothing is as good as no word.
        return (Word::default(), next.max(at + 1));
    }
    (Word { hash: hash(&letters, 0), start, end, weight }, next)
}

/// Appends a character's folded form.
fn fold(c: char, letters: &mut Vec<u8>) {
    decompose_compatible(c, |part| {
        for lower in part.to_lowercase().filter(|part| !is_mark(*part)) {
            // At the end of a word a sigma looks otherwise.
            let lower = if lower == 'ς' { 'σ' } else { lower };
            letters.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
        }
    });
}

/// Marks that go with a letter of another script than their own; others make words of their own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Characters that neither make nor part words.
fn is_nothing(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        || unicode_normalization::char::is_combining_mark(c)
}

/// The last words of a text, as many as make eight: what is rolled over a text to find all of its runs.
#[derive(Clone, Debug)]
pub(super) struct Run {
    words: [Word; Run::ROOM],
    /// Where the first one is kept, and how many there are.
    first: usize,
    length: usize,
    weight: u32,
    hash: u64,
}

impl Run {
    /// More than sixteen, each with what follows an apostrophe.
    const ROOM: usize = 64;
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    /// The powers of the base.
    const POWERS: [u64; Run::ROOM] = {
        let mut powers = [1u64; Run::ROOM];
        let mut at = 1;
        while at < Run::ROOM {
            powers[at] = powers[at - 1].wrapping_mul(Run::BASE);
            at += 1;
        }
        powers
    };

    pub(super) fn new() -> Self {
        Self { words: [Word::default(); Run::ROOM], first: 0, length: 0, weight: 0, hash: 0 }
    }

    /// Takes a further word; gives the hash of the run that ends with it and the run's bytes in the text, once there are
    /// enough words.
    pub(super) fn push(&mut self, word: Word) -> Option<(u64, Range<usize>)> {
        self.words[(self.first + self.length) % Run::ROOM] = word;
        self.length += 1;
        self.weight += word.weight;
        self.hash = self.hash.wrapping_mul(Run::BASE).wrapping_add(word.hash);
        // A run is no longer than it must be, so the same words make the same run wherever they stand.
        while self.weight - self.words[self.first].weight >= RUN {
            let left = self.words[self.first];
            self.hash = self.hash.wrapping_sub(left.hash.wrapping_mul(Run::POWERS[self.length - 1]));
            self.weight -= left.weight;
            self.length -= 1;
            self.first = (self.first + 1) % Run::ROOM;
        }
        (self.weight >= RUN).then(|| (self.hash, self.words[self.first].start..word.end))
    }
}

/// What stands between two texts that are only beside each other, such as blocks of a page or strings of data.
pub(super) const BREAK: char = '\0';

/// A run of eight words of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Eight {
    pub(super) hash: u64,
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// Whether a [`BREAK`] stands in it.
    pub(super) is_broken: bool,
}

/// What the words of a text weigh.
pub(super) fn weigh(text: &str) -> u32 {
    let mut weight = 0;
    words(text, |word| weight += word.weight);
    weight
}

/// Gives every run of eight words of a text to `sink`.
pub(super) fn runs(text: &str, mut sink: impl FnMut(Eight)) {
    let mut run = Run::new();
    let mut from = 0;
    for part in text.split(BREAK) {
        let mut here = 0;
        words(part, |word| {
            here += 1;
            let word = Word { start: from + word.start, end: from + word.end, ..word };
            if let Some((hash, range)) = run.push(word) {
                sink(Eight { hash, range, is_broken: here < run.length });
            }
        });
        from += part.len() + BREAK.len_utf8();
    }
}

/// Whether two texts have the same words.
pub(super) fn are_alike(a: &str, b: &str) -> bool {
    let all = |text: &str| {
        let mut all = Vec::new();
        words(text, |word| all.push(word.hash));
        all
    };
    all(a) == all(b)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn count(text: &str) -> usize {
        let mut count = 0;
        runs(text, |_| count += 1);
        count
    }

    #[test]
    fn words_are_alike_however_they_are_written() {
        for (a, b) in [
            ("The CAFÉ, “didn’t”", "the cafe\u{301} didn't"),
            ("co\u{AD}op ﬁne", "coop fine"),
            ("a\u{200B}b – c", "ab c"),
            ("well-known", "well known"),
            ("Straße Ǆ", "straße ǆ"),
        ] {
            assert!(are_alike(a, b), "{a} / {b}");
        }
        for (a, b) in [("the cat", "thecat"), ("one two", "two one"), ("ab", "ba"), ("新华", "华新"), ("1 2", "12")]
        {
            assert!(!are_alike(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn a_run_has_eight_words_or_sixteen_characters() {
        assert_eq!(count("one two three four five six seven"), 0);
        assert_eq!(count("one two three four five six seven eight nine"), 2);
        let mut broken = Vec::new();
        runs("one two three\0four five six seven eight nine ten eleven", |eight| broken.push(eight.is_broken));
        assert_eq!(broken, [true, true, true, false]);
        assert_eq!(count("one's two three four five six seven’s"), 0);
        assert_eq!(count("one's two three four five six seven’s eight"), 1);
        assert_eq!(count("'one' two three four five six seven eight"), 1);
        assert_eq!(count("中华人民共和国外交部发言人回答"), 0);
        assert_eq!(count("中华人民共和国外交部发言人回答了问题"), 3);
        assert_eq!(count("one two three four 中华人民共和国外"), 1);
    }

    #[test]
    fn the_same_words_make_the_same_run_wherever_they_stand() {
        let of = |text: &str| {
            let mut all = Vec::new();
            runs(text, |eight| all.push((eight.hash, text[eight.range].to_owned())));
            all
        };
        let whole = of("zero one 中华 two three four five six seven eight nine ten");
        let part = of("five-zero, ONE 中华 two; three four five six seven eight");
        let (hash, words) = whole.iter().find(|(_, words)| words.starts_with("中华 two")).unwrap();
        assert_eq!(words, "中华 two three four five six seven eight");
        assert!(part.iter().any(|(other, _)| other == hash), "{part:?}");
        assert!(!part.iter().any(|(other, _)| *other == whole.last().unwrap().0));
    }

    proptest! {
        #[test]
        fn any_text_has_words_in_their_places(text in "([a-zA-Z0-9 '’.\\-éÅßς中ไ\u{301}\u{AD}\u{200B}—\0]|\\PC){0,40}") {
            let mut last = 0;
            words(&text, |word| {
                let range = word.range();
                assert!(last <= range.start && range.start < range.end && text.get(range.clone()).is_some(), "{range:?}");
                last = range.end;
                // A word by itself is the same word.
                let mut again = Vec::new();
                words(&text[range], |word| again.push(word.hash));
                assert_eq!(again, [word.hash]);
            });
            runs(&text, |eight| assert!(text.get(eight.range).is_some()));
        }
    }
}
