//! The passage closest to a quotation that is not in the text: for a hint, never for an anchor.
//!
//! It works on letters: a text's letters and digits in lower case without anything between them. So neither white
//! space nor punctuation, line-end hyphens, merged or broken words disturb it, and a misread letter disturbs only the
//! few sequences that hold it. `index` finds regions that share rare sequences of letters with the quotation, `chain`
//! puts what they share in line, stepping over a page head, `align` adds the ends, and `scan` looks for short
//! quotations everywhere. `segments` looks for the parts of a quotation with words left out, where the whole is not
//! close to anything. `distance` measures what was found, on words with their spaces and punctuation.

mod align;
mod chain;
mod distance;
mod index;
mod scan;
mod segments;

use std::ops::Range;

use super::elide::{MAX_ELIDED, without_marks};
use super::words::{is_boundary, may_begin, snap, words};
use super::{Haystack, NearMiss, fold};
use align::Aligned;
use index::Index;

/// Of a longer quotation only the first so many bytes of letters are looked for.
const MAX_QUERY: usize = 12_000;

/// Quotations with fewer bytes of letters are looked for everywhere.
const SHORT: usize = 12;

/// A passage with less similarity than this is not taken for good before a quotation is looked for everywhere.
const GOOD: f64 = 0.75;

/// How many code points may stand inside a passage that are not in the quotation: a page's foot and the next one's head.
const MAX_INTERRUPTION: usize = 400;

/// A page has about so many letters: a longer quotation may be interrupted more than once.
const PAGE: usize = 1_000;

/// The letters of a text, and which passages have which sequences of them.
#[derive(Debug)]
pub(super) struct Near {
    letters: Letters,
    index: Index,
}

/// A text's letters and digits in lower case.
#[derive(Debug, Default)]
struct Letters {
    bytes: Vec<u8>,
    /// For each byte, the byte of the folded text where its character begins.
    folded: Vec<u32>,
}

/// A passage in the letters of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Passage {
    letters: Range<usize>,
    /// What stands in it that is no part of it, in order.
    interruptions: Vec<Range<usize>>,
}

impl Letters {
    fn new(folded: &str) -> Self {
        let mut letters = Self { bytes: Vec::with_capacity(folded.len()), folded: Vec::with_capacity(folded.len()) };
        for (at, c) in folded.char_indices() {
            let Ok(at) = u32::try_from(at) else { break };
            if c.is_ascii_alphanumeric() {
                letters.bytes.push(c.to_ascii_lowercase() as u8);
                letters.folded.push(at);
            } else if !c.is_ascii() && c.is_alphanumeric() {
                let mut buffer = [0; 4];
                for lower in c.to_lowercase().filter(|c| c.is_alphanumeric()) {
                    letters.bytes.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
                }
                letters.folded.resize(letters.bytes.len(), at);
            }
        }
        letters
    }

    /// The letters whose characters begin in a range of the folded text.
    fn within(&self, folded: Range<usize>) -> Range<usize> {
        let at = |offset: usize| self.folded.partition_point(|&at| (at as usize) < offset);
        at(folded.start)..at(folded.end)
    }

    /// The letters whose characters begin in a range of the text as it is.
    fn within_source(&self, haystack: &Haystack, source: Range<usize>) -> Range<usize> {
        self.within(haystack.folded.folded_near(source.start)..haystack.folded.folded_near(source.end))
    }
}

impl Haystack {
    /// The passage closest to `exact`; none where nothing is close.
    ///
    /// It reaches from a word's start to a word's end, and over punctuation there that `exact` has too.
    pub fn closest(&self, exact: &str) -> Option<NearMiss> {
        self.closest_within(0..self.text.len(), exact)
    }

    /// The passage closest to `exact` among those within a range of bytes; none where nothing is close.
    pub fn closest_within(&self, range: Range<usize>, exact: &str) -> Option<NearMiss> {
        let whole = self.closest_whole(range.clone(), exact);
        if whole.as_ref().is_some_and(|whole| whole.similarity >= GOOD) {
            return whole;
        }
        self.closest_segments(range, exact).or(whole)
    }

    /// The passage closest to all of `exact` from its first word to its last.
    fn closest_whole(&self, range: Range<usize>, exact: &str) -> Option<NearMiss> {
        let quote = Quote::new(exact)?;
        let near = self.near.get_or_init(|| Near::new(&self.folded.text));
        let (start, end) = (range.start.min(self.text.len()), range.end.min(self.text.len()));
        let within = near.letters.within_source(self, start..end);
        let mut best: Option<NearMiss> = None;
        if quote.letters.len() >= SHORT {
            let bytes_a_letter = quote.letters.len().div_ceil(quote.letter_count);
            for passage in near.chained(&quote.letters, within.clone(), quote.interruption * bytes_a_letter) {
                let passage = self.with_ends(near, &quote.letters, passage);
                better(&mut best, self.measure(near, &quote, &passage));
            }
        }
        if best.as_ref().is_none_or(|best| best.similarity < GOOD) {
            for letters in scan::everywhere(&near.letters.bytes[within.clone()], &quote.letters) {
                let letters = within.start + letters.start..within.start + letters.end;
                let passage = Passage { letters, interruptions: Vec::new() };
                better(&mut best, self.measure(near, &quote, &passage));
            }
        }
        best.filter(|miss| miss.similarity >= quote.threshold(&self.text[miss.range.clone()]))
    }

    /// The passage in the text, and how much of the quotation it has.
    fn measure(&self, near: &Near, quote: &Quote, passage: &Passage) -> NearMiss {
        let source = |letters: &Range<usize>| self.source_of(near, letters);
        let range = self.with_punctuation(snap(&self.text, source(&passage.letters)), &quote.folded);
        let mut words = String::new();
        let mut from = range.start;
        for interruption in &passage.interruptions {
            let skipped = source(interruption);
            words.push_str(self.text.get(from..skipped.start).unwrap_or_default().trim_end());
            words.push(' ');
            from = skipped.end;
        }
        words.push_str(self.text.get(from..range.end).unwrap_or_default().trim_start());
        let words = fold(&words);
        NearMiss { range, similarity: distance::similarity(&quote.folded, words.trim()) }
    }

    /// The bytes of the text for a range of letters.
    fn source_of(&self, near: &Near, letters: &Range<usize>) -> Range<usize> {
        let folded = &near.letters.folded;
        let (Some(&first), Some(&last)) = (folded.get(letters.start), folded.get(letters.end.saturating_sub(1))) else {
            return 0..0;
        };
        let start = self.folded.source_near(first as usize);
        let last = self.folded.source_near(last as usize);
        let width = self.text[last..].chars().next().map_or(0, char::len_utf8);
        start..(last + width).max(start)
    }

    /// The range with the punctuation beside it that the quotation begins and ends with.
    fn with_punctuation(&self, range: Range<usize>, folded: &str) -> Range<usize> {
        let (mut start, mut end) = (range.start, range.end);
        let first = folded.find(char::is_alphanumeric).unwrap_or(0);
        for expected in folded[..first].chars().rev() {
            let Some(c) = self.text[..start].chars().next_back() else { break };
            if fold(c.encode_utf8(&mut [0; 4])) != *expected.encode_utf8(&mut [0; 4]) {
                break;
            }
            start -= c.len_utf8();
        }
        let last = folded.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        for expected in folded[last..].chars() {
            let Some(c) = self.text[end..].chars().next() else { break };
            if fold(c.encode_utf8(&mut [0; 4])) != *expected.encode_utf8(&mut [0; 4]) {
                break;
            }
            end += c.len_utf8();
        }
        let start = if may_begin(&self.text, start) { start } else { range.start };
        let end = if is_boundary(&self.text, end) { end } else { range.end };
        start..end
    }
}

/// Keeps the more similar one; of equal ones the first in the text.
fn better(best: &mut Option<NearMiss>, miss: NearMiss) {
    let wins = best.as_ref().is_none_or(|best| {
        miss.similarity > best.similarity || miss.similarity == best.similarity && miss.range.start < best.range.start
    });
    if wins && !miss.range.is_empty() {
        *best = Some(miss);
    }
}

/// A quotation to be looked for by likeness.
struct Quote {
    folded: String,
    letters: Vec<u8>,
    letter_count: usize,
    words: usize,
    /// How many code points may stand in a passage at one place that are not in the quotation.
    interruption: usize,
}

impl Quote {
    fn new(exact: &str) -> Option<Self> {
        let unmarked = without_marks(exact);
        let interruption = if unmarked == exact { MAX_INTERRUPTION } else { MAX_INTERRUPTION + MAX_ELIDED };
        let mut folded = fold(&unmarked).trim().to_owned();
        let mut letters = Letters::new(&folded);
        if letters.bytes.len() > MAX_QUERY {
            let cut = letters.folded[MAX_QUERY] as usize;
            folded.truncate(cut);
            letters = Letters::new(&folded);
        }
        let mut starts = letters.folded;
        starts.dedup();
        let words = words(&folded).len();
        let letter_count = starts.len();
        (letter_count > 0).then_some(Self { folded, letters: letters.bytes, letter_count, words, interruption })
    }

    /// How similar a passage must be to be called close: few words must agree better than many, but words that are
    /// there, only inside longer ones, are worth showing.
    fn threshold(&self, passage: &str) -> f64 {
        let is_phrase_or_number = self.words > 1 || self.folded.contains(char::is_numeric);
        if fold(passage).contains(&self.folded) {
            return if is_phrase_or_number { 0.5 } else { 0.65 };
        }
        match self.words {
            0 | 1 => 0.75,
            2..=4 => 0.65,
            _ => 0.6,
        }
    }
}

impl Near {
    fn new(folded: &str) -> Self {
        let letters = Letters::new(folded);
        let index = Index::new(&letters.bytes);
        Self { letters, index }
    }

    /// The best chains of the regions that share most with `query`.
    fn chained(&self, query: &[u8], within: Range<usize>, interruption: usize) -> Vec<Aligned> {
        let text = &self.letters.bytes;
        let mut passages = Vec::new();
        let slack = interruption * (1 + query.len() / PAGE) + query.len() / 8;
        for region in self.index.regions(query, within.clone()) {
            let start = region.saturating_sub(slack).max(within.start);
            let end = (region + query.len() + slack).min(within.end);
            if start >= end {
                continue;
            }
            let runs = chain::best(query, &text[start..end], interruption);
            if let Some(passage) = align::passage(query, text, &runs, start, &within)
                && !passages.contains(&passage)
            {
                passages.push(passage);
            }
        }
        passages
    }
}
