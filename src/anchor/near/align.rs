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

/// Text of at least so many bytes of letters more than the quotation has is an interruption, not a misreading.
const MIN_INTERRUPTION: usize = 20;

/// A passage, and how many bytes of the quotation's ends it lacks.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Aligned {
    passage: Passage,
    head: usize,
    tail: usize,
}

/// The passage of a chain in the text's letters, as far as its ends can be aligned to what stands beside it. The
/// chain's offsets in the text count from `base`.
pub(super) fn passage(query: &[u8], text: &[u8], runs: &[Run], base: usize, within: &Range<usize>) -> Option<Aligned> {
    let (first, last) = (runs.first()?, runs.last()?);
    let mut interruptions = Vec::new();
    for pair in runs.windows(2) {
        let (end, query_end) = (base + pair[0].text + pair[0].length, pair[0].query + pair[0].length);
        let (start, query_start) = (base + pair[1].text, pair[1].query);
        if start - end >= query_start - query_end + MIN_INTERRUPTION {
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
        head: first.query - back.query,
        tail: query.len() - last.query - last.length - on.query,
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
    /// One short word that has a third of its letters where it should be is there. One or two short words make no chain of their own. They are looked for at the ends of lines before the passage,
    /// or at the starts of lines after it, and only where the passage itself begins or ends a line.
    pub(super) fn with_ends(&self, near: &Near, query: &[u8], aligned: Aligned) -> Passage {
        let text = &near.letters.bytes;
        let Aligned { passage: Passage { letters, mut interruptions }, mut head, mut tail } = aligned;
        let (mut start, mut end) = (letters.start, letters.end);
        let in_place = |query: &[u8], place: Option<Range<usize>>| {
            let equal = |text: &[u8]| query.iter().zip(text).filter(|(one, other)| one == other).count();
            query.len() <= MAX_IN_PLACE
                && place.and_then(|place| text.get(place)).is_some_and(|text| equal(text) * 3 >= query.len())
        };
        if in_place(&query[..head], start.checked_sub(head).map(|at| at..start)) {
            start -= head;
            head = 0;
        }
        if in_place(&query[query.len() - tail..], Some(end..end + tail)) {
            end += tail;
            tail = 0;
        }
        let whole = near.letters.within_source(self, snap(&self.text, self.source_of(near, &(start..end))));
        head = head.saturating_sub(start.saturating_sub(whole.start));
        tail = tail.saturating_sub(whole.end.saturating_sub(end));
        if head > 1 && self.breaks_before(near, whole.start) {
            let breaks = (whole.start.saturating_sub(MAX_INTERRUPTION)..whole.start).rev();
            let found = breaks.filter(|&at| self.breaks_before(near, at)).filter_map(|at| {
                let extent = extend_back(&query[..head], &text[..at]);
                is_whole(extent, head).then_some((extent.score, at, extent.text))
            });
            // The farthest of equal ones: nearer ones are lines of the page head itself.
            if let Some((_, at, length)) = found.max_by_key(|found| found.0) {
                interruptions.insert(0, at..whole.start);
                start = at - length;
            }
        }
        if tail > 1 && self.breaks_before(near, whole.end) {
            let breaks = whole.end + 1..text.len().min(whole.end + MAX_INTERRUPTION);
            let found = breaks.filter(|&at| self.breaks_before(near, at)).filter_map(|at| {
                let extent = extend(&query[query.len() - tail..], &text[at..]);
                is_whole(extent, tail).then_some((extent.score, at, extent.text))
            });
            if let Some((_, at, length)) = found.max_by_key(|found| found.0) {
                interruptions.push(whole.end..at);
                end = at + length;
            }
        }
        Passage { letters: start..end, interruptions }
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

/// Whether an alignment takes about all of `length` bytes.
fn is_whole(extent: Extent, length: usize) -> bool {
    length <= MAX_END && extent.query * 5 >= length * 4 && extent.score * 2 >= length as i32
}
