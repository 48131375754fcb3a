//! Text → words as they are looked for: without case, diacritics and apostrophes. `search.js` does the same; both are
//! held against `tests/data/search-words.json`.
//!
//! Compatibility forms are taken apart, diacritics of Latin, Greek, Cyrillic, Hebrew and Arabic dropped, the rest put
//! together again, in lower case. A word is a run of letters, digits and marks. An apostrophe parts words, and a single
//! letter beside it is none (the s of `Russia's`, the l of `l'avion`). A point or comma before three digits is dropped
//! (`10,000`). Of a script without spaces every two neighbours are a word, and the last character of a run is one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(super) use crate::anchor::is_spaceless;

/// A longer word is cut, in code points.
const LONGEST: usize = 40;

/// Gives every word of a text to `each`, in order.
pub fn words(text: &str, each: impl FnMut(&str)) {
    Folder::default().words(text, each);
}

/// Room for one text after another.
#[derive(Default)]
pub(super) struct Folder {
    folded: String,
}

impl Folder {
    pub(super) fn words(&mut self, text: &str, each: impl FnMut(&str)) {
        self.folded.clear();
        fold_into(text, &mut self.folded);
        join_numbers(&mut self.folded);
        split(&self.folded, each);
    }
}

/// Characters in their folded form, without taking them for words.
fn fold_into(text: &str, folded: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let start = folded.len();
        folded.push_str(&rest[..ascii]);
        folded[start..].make_ascii_lowercase();
        rest = &rest[ascii..];
        // No character of ASCII takes part in what a neighbour is folded to, but by marks that are dropped.
        let run = rest.bytes().position(|byte| byte.is_ascii()).unwrap_or(rest.len());
        fold_run(&rest[..run], folded);
        rest = &rest[run..];
    }
}

/// Characters beyond ASCII.
fn fold_run(run: &str, folded: &mut String) {
    let mut rest = run.chars();
    // Most runs are one sign of typography.
    while let Some(sign) = rest.clone().next().and_then(typographic) {
        folded.push(sign);
        rest.next();
    }
    for c in rest.nfkd().filter(|&c| !is_dropped(c)).nfc().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ς' => folded.push('σ'),
            '‘' | '’' | 'ʼ' => folded.push('\''),
            c => folded.push(c),
        }
    }
}

/// What stands for a sign that is no part of a word and does not change with its neighbours.
fn typographic(c: char) -> Option<char> {
    match c {
        '‘' | '’' => Some('\''),
        '\u{2010}'..='\u{2016}' | '“'..='‟' | '…' | '«' | '»' | '\u{a0}' => Some(' '),
        _ => None,
    }
}

/// Diacritics, and characters that show nothing.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{0591}'..='\u{05bd}' | '\u{05bf}' | '\u{05c1}' | '\u{05c2}' | '\u{05c4}' | '\u{05c5}' | '\u{05c7}'
        | '\u{0640}' | '\u{064b}'..='\u{0655}' | '\u{0670}'
        | '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Drops each point and comma that stands between a digit and three digits.
fn join_numbers(folded: &mut String) {
    let bytes = folded.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let joins = |at: usize| {
        at > 0 && is_digit(at - 1) && is_digit(at + 1) && is_digit(at + 2) && is_digit(at + 3) && !is_digit(at + 4)
    };
    let found: Vec<usize> = memchr::memchr2_iter(b'.', b',', bytes).filter(|&at| joins(at)).collect();
    for at in found.into_iter().rev() {
        folded.remove(at);
    }
}

fn split(folded: &str, mut each: impl FnMut(&str)) {
    let bytes = folded.as_bytes();
    let mut run: Option<(usize, bool)> = None;
    let mut is_cut = false;
    let mut at = 0;
    while let Some(c) = folded[at..].chars().next() {
        let end = at + c.len_utf8();
        if !is_word(c) {
            let joins = c == '\'' && run.is_some() && folded[end..].starts_with(is_word);
            if let Some((start, is_spaceless)) = run.take() {
                piece(&folded[start..at], is_spaceless, is_cut || joins, &mut each);
            }
            is_cut = joins;
            at = end;
            continue;
        }
        let spaceless = !c.is_ascii() && is_spaceless(c);
        if let Some((start, was)) = run.filter(|(_, was)| *was != spaceless) {
            piece(&folded[start..at], was, is_cut, &mut each);
            (run, is_cut) = (None, false);
        }
        run = run.or(Some((at, spaceless)));
        // Nearly all letters are of ASCII, whose words have spaces.
        let alike = bytes[end..].iter().take_while(|byte| c.is_ascii() && byte.is_ascii_alphanumeric()).count();
        at = end + alike;
    }
    if let Some((start, is_spaceless)) = run {
        piece(&folded[start..], is_spaceless, is_cut, &mut each);
    }
}

/// A run of one sort of script: a word, or pairs of neighbours. `is_cut` says that an apostrophe stands beside it.
fn piece(run: &str, is_spaceless: bool, is_cut: bool, each: &mut impl FnMut(&str)) {
    let length = |at: usize| run[at..].chars().next().map_or(0, char::len_utf8);
    let first = length(0);
    if !is_spaceless {
        if !is_cut || run.len() > first {
            each(cut(run));
        }
        return;
    }
    let mut at = 0;
    while at < run.len() {
        let one = at + length(at);
        each(&run[at..one + length(one)]);
        at = one;
    }
}

fn cut(word: &str) -> &str {
    if word.len() <= LONGEST {
        return word;
    }
    &word[..word.char_indices().nth(LONGEST).map_or(word.len(), |(at, _)| at)]
}

fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}
