//! From a chain to a passage: its ends aligned, and what interrupts it told apart.

use std::ops::Range;

use super::chain::Run;
use super::{MAX_INTERRUPTION, Near, Passage};
use crate::anchor::Haystack;
use crate::anchor::words::snap;

/// At most so many bytes of letters of an end are aligned.
const MAX_END: usize = 96;

/// So many bytes more of the text than of the quotation are tried.
const SLACK: usize = 24;

/// At most so many bytes of letters of an end are taken to be there though more than half of them differ.
const MAX_IN_PLACE: usize = 5;

/// So many letters of a page head may be in the chain because they happen to be those of the word that it parts.
const MAX_BY_CHANCE: usize = 2;

/// Text of at least so many bytes of letters more than the quotation has is an interruption, not a misreading.
const MIN_INTERRUPTION: usize = 20;

/// Text on lines of its own is one if it has at least so many.
const MIN_INTERRUPTING_LINE: usize = 2;

/// A passage, and how its ends were aligned.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Aligned {
    passage: Passage,
    /// What of the quotation stands before the chain.
    head: End,
    /// What of it stands after.
    tail: End,
}

/// An end of a quotation that the chain does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct End {
    /// Its length, in bytes of the quotation's letters.
    length: usize,
    /// How much of it stands right beside the chain.
    beside: Extent,
}

/// The passage of a chain in the text's letters, as far as its ends can be aligned to what stands beside it. The
/// chain's offsets in the text count from `base`.
pub(super) fn passage(query: &[u8], text: &[u8], runs: &[Run], base: usize, within: &Range<usize>) -> Option<Aligned> {
    let (first, last) = (runs.first()?, runs.last()?);
    let mut interruptions = Vec::new();
    for pair in runs.windows(2) {
        let (end, query_end) = (base + pair[0].text + pair[0].length, pair[0].query + pair[0].length);
        let (start, query_start) = (base + pair[1].text, pair[1].query);
        if start - end >= query_start - query_end + MIN_INTERRUPTING_LINE {
            let between = &query[query_end..query_start];
            let kept = split(between, &text[end..start]);
            interruptions.push(end + kept..start - (between.len() - kept));
        }
    }
    let start = base + first.text;
    let back = extend_back(&query[..first.query], &text[within.start..start]);
    let end = base + last.text + last.length;
    let on = extend(&query[last.query + last.length..], &text[end..within.end.max(end)]);
    Some(Aligned {
        passage: Passage { letters: start - back.text..end + on.text, interruptions },
        head: End { length: first.query, beside: back },
        tail: End { length: query.len() - last.query - last.length, beside: on },
    })
}

/// How much of `query`, which stands between two runs, belongs to the text before an interruption.
fn split(query: &[u8], text: &[u8]) -> usize {
    let equal = |at: usize, before: bool| {
        let text_at = if before { at } else { text.len() - query.len() + at };
        usize::from(query[at] == text[text_at])
    };
    let mut score: usize = (0..query.len()).map(|at| equal(at, false)).sum();
    let mut best = (score, 0);
    for at in 0..query.len() {
        score = score + equal(at, true) - equal(at, false);
        if score > best.0 {
            best = (score, at + 1);
        }
    }
    best.1
}

/// How far an alignment goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Extent {
    query: usize,
    text: usize,
    /// Equal bytes less those that differ.
    score: i32,
}

/// The best alignment of a beginning of `query` with a beginning of `text`; empty where nothing is alike.
fn extend(query: &[u8], text: &[u8]) -> Extent {
    let query = &query[..query.len().min(MAX_END)];
    let text = &text[..text.len().min(query.len() + SLACK)];
    let mut row: Vec<i32> = (0..=text.len() as i32).map(|at| -at).collect();
    let mut best = Extent::default();
    for (query_at, &letter) in query.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = -(query_at as i32) - 1;
        for (text_at, &other) in text.iter().enumerate() {
            let pair = diagonal + if letter == other { 1 } else { -1 };
            diagonal = row[text_at + 1];
            row[text_at + 1] = pair.max(diagonal - 1).max(row[text_at] - 1);
            // A tie goes to the longer one: a misread letter at the very end belongs to the passage.
            if row[text_at + 1] > best.score {
                best = Extent { query: query_at + 1, text: text_at + 1, score: row[text_at + 1] };
            }
        }
    }
    best
}

/// The best alignment of an end of `query` with an end of `text`.
fn extend_back(query: &[u8], text: &[u8]) -> Extent {
    let query: Vec<u8> = query.iter().rev().take(MAX_END).copied().collect();
    let text: Vec<u8> = text.iter().rev().take(query.len() + SLACK).copied().collect();
    extend(&query, &text)
}

impl Haystack {
    /// The passage with the words at its ends that are badly misread, or that an interruption parts from the rest.
    ///
    /// One short word that has a third of its letters where it should be is there. A few words make no chain of their
    /// own. They are looked for at the ends of lines before the passage, or at the starts of lines after it, and only
    /// where the passage itself begins or ends a line; first as if nothing stood beside the chain, since a page head
    /// may have a letter or two of them by chance.
    pub(super) fn with_ends(&self, near: &Near, query: &[u8], aligned: Aligned) -> Passage {
        let text = &near.letters.bytes;
        let Aligned { passage: Passage { letters, mut interruptions }, head, tail } = aligned;
        let (mut start, mut end) = (letters.start, letters.end);
        interruptions.retain(|skipped| {
            skipped.len() >= MIN_INTERRUPTION
                || self.breaks_before(near, skipped.start) && self.breaks_before(near, skipped.end)
        });

        let chain_start = start + head.beside.text;
        let missing = head.length - head.beside.query;
        let by_chance = (0..=MAX_BY_CHANCE).find(|more| self.breaks_before(near, chain_start + more)).unwrap_or(0);
        let in_place = share_in_place(&query[..missing], start.checked_sub(missing).map(|at| &text[at..start]));
        let jump = || {
            let all = &query[..query.len().min(head.length + by_chance)];
            self.jump_back(near, all, chain_start + by_chance, head.beside.score * 2)
                .or_else(|| self.jump_back(near, &query[..missing], start, 0))
        };
        if in_place > 0.5 {
            start -= missing;
        } else if let Some(jump) = jump() {
            start = jump.start;
            interruptions.insert(0, jump.skipped);
        } else if in_place > 0.33 {
            start -= missing;
        }

        let chain_end = end - tail.beside.text;
        let rest_start = query.len() - tail.length;
        let missing = &query[rest_start + tail.beside.query..];
        let most = MAX_BY_CHANCE.min(rest_start).min(chain_end);
        let by_chance = (0..=most).find(|less| self.breaks_before(near, chain_end - less)).unwrap_or(0);
        let in_place = share_in_place(missing, text.get(end..end + missing.len()));
        let jump = || {
            let all = &query[rest_start - by_chance..];
            self.jump_on(near, all, chain_end - by_chance, tail.beside.score * 2)
                .or_else(|| self.jump_on(near, missing, end, 0))
        };
        if in_place > 0.5 {
            end += missing.len();
        } else if let Some(jump) = jump() {
            end = jump.end;
            interruptions.push(jump.skipped);
        } else if in_place > 0.33 {
            end += missing.len();
        }
        Passage { letters: start..end, interruptions }
    }

    /// Where `query`, which belongs before the passage that starts at `start`, stands at the end of an earlier line,
    /// with a score of more than `least`.
    fn jump_back(&self, near: &Near, query: &[u8], start: usize, least: i32) -> Option<Jump> {
        let text = &near.letters.bytes;
        let letter = start..(start + 1).min(text.len());
        let word = near.letters.within_source(self, snap(&self.text, self.source_of(near, &letter))).start.min(start);
        let query = &query[..query.len().saturating_sub(start - word)];
        if query.len() < 2 || !self.breaks_before(near, word) {
            return None;
        }
        let breaks = (word.saturating_sub(MAX_INTERRUPTION)..word).rev().filter(|&at| self.breaks_before(near, at));
        let found = breaks.filter_map(|at| {
            let extent = extend_back(query, &text[..at]);
            (is_whole(extent, query.len()) && extent.score > least).then_some((extent, at))
        });
        // The farthest of equal ones: nearer ones are lines of the page head itself.
        let (extent, at) = found.max_by_key(|(extent, _)| extent.score)?;
        Some(Jump { skipped: at..word, start: at - extent.text, end: word })
    }

    /// Where `query`, which belongs after the passage that ends at `end`, stands at the start of a later line, with a
    /// score of more than `least`.
    fn jump_on(&self, near: &Near, query: &[u8], end: usize, least: i32) -> Option<Jump> {
        let text = &near.letters.bytes;
        let letter = end.checked_sub(1)?..end;
        let word = near.letters.within_source(self, snap(&self.text, self.source_of(near, &letter))).end.max(end);
        let query = &query[query.len().min(word - end)..];
        if query.len() < 2 || !self.breaks_before(near, word) {
            return None;
        }
        let breaks = word + 1..text.len().min(word + MAX_INTERRUPTION);
        let found = breaks.filter(|&at| self.breaks_before(near, at)).filter_map(|at| {
            let extent = extend(query, &text[at..]);
            (is_whole(extent, query.len()) && extent.score > least).then_some((extent, at))
        });
        let (extent, at) = found.max_by_key(|(extent, _)| extent.score)?;
        Some(Jump { skipped: word..at, start: word, end: at + extent.text })
    }

    /// Whether a line or page ends between a letter and the one before it.
    fn breaks_before(&self, near: &Near, letter: usize) -> bool {
        let folded = &near.letters.folded;
        let Some(before) = letter.checked_sub(1).and_then(|at| folded.get(at)) else { return false };
        let before = self.folded.source_near(*before as usize);
        let here = folded.get(letter).map_or(self.text.len(), |&at| self.folded.source_near(at as usize));
        self.text.get(before..here).is_some_and(|between| between.contains(['\n', '\u{C}']))
    }
}

/// An interruption stepped over: what it is, and where the passage then starts or ends.
struct Jump {
    skipped: Range<usize>,
    start: usize,
    end: usize,
}

/// The share of a short word's letters that stand in their places; 0 for a longer word, 1 where nothing is missing.
fn share_in_place(query: &[u8], text: Option<&[u8]>) -> f64 {
    if query.is_empty() {
        return 1.0;
    }
    let Some(text) = text.filter(|_| query.len() <= MAX_IN_PLACE) else { return 0.0 };
    let equal = query.iter().zip(text).filter(|(one, other)| one == other).count();
    equal as f64 / query.len() as f64
}

/// Whether an alignment takes about all of `length` bytes.
fn is_whole(extent: Extent, length: usize) -> bool {
    length <= MAX_END && extent.query * 5 >= length * 4 && extent.score * 2 >= length as i32
}
