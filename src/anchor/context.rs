//! Of several places of one quotation, the shortest words beside each that tell it from all others.
//!
//! Two texts that go on alike for as long as the longest beginning that they share: sorted, each place's neighbours
//! share most with it. So all places together cost little more than one sort.

use std::ops::Range;

use super::find::Site;
use super::folded::GAP;
use super::words::is_boundary;
use super::{Candidate, Haystack};

/// Contexts up to this many bytes of folded text are compared; about 60 words.
const SHORTEST_REACH: usize = 400;

/// With few places they may be this long.
const LONGEST_REACH: usize = 4000;

/// A word that ends the context is looked for this much farther, in bytes.
const WORD_REACH: usize = 400;

/// The places with what decides for each, in the order given.
pub(super) fn candidates(haystack: &Haystack, sites: Vec<Site>) -> Vec<Candidate> {
    let reach = ((1 << 26) / sites.len().max(1)).clamp(SHORTEST_REACH, LONGEST_REACH);
    let forward = haystack.folded.text.as_bytes();
    let backward: Vec<u8> = forward.iter().rev().copied().collect();
    let begins: Vec<usize> = sites.iter().map(|site| haystack.text_before(site.folded.start).len()).collect();
    let end = |site: &Site| forward.len() - haystack.text_after(site.folded.end).len();
    let ends: Vec<usize> = sites.iter().map(end).collect();
    let mirrored: Vec<usize> = begins.iter().map(|begin| forward.len() - begin).collect();
    let shared_before = shared(&backward, &mirrored, reach);
    let shared_after = shared(forward, &ends, reach);
    let mut candidates = Vec::with_capacity(sites.len());
    for (index, site) in sites.into_iter().enumerate() {
        let prefix = shared_before[index].and_then(|shared| prefix(haystack, begins[index], shared));
        let suffix = shared_after[index].and_then(|shared| suffix(haystack, ends[index], shared));
        let (prefix, suffix) = match (prefix, suffix) {
            (Some(prefix), Some(suffix)) if suffix.chars().count() < prefix.chars().count() => (None, Some(suffix)),
            (Some(prefix), _) => (Some(prefix), None),
            (None, suffix) => (None, suffix),
        };
        candidates.push(Candidate { placement: site.placement, prefix, suffix });
    }
    candidates
}

/// For each place in `text` the most bytes from there on that it shares with any other; none where that is `reach`.
fn shared(text: &[u8], places: &[usize], reach: usize) -> Vec<Option<usize>> {
    let context = |index: usize| &text[places[index]..text.len().min(places[index] + reach)];
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_unstable_by(|&one, &other| context(one).cmp(context(other)));
    let mut most = vec![0; places.len()];
    for pair in order.windows(2) {
        let length = context(pair[0]).iter().zip(context(pair[1])).take_while(|(one, other)| one == other).count();
        for &index in pair {
            most[index] = length.max(most[index]);
        }
    }
    most.into_iter().map(|length| (length < reach).then_some(length)).collect()
}

/// The whole words before byte `end` of the folded text that take more than `shared` bytes.
fn prefix(haystack: &Haystack, end: usize, shared: usize) -> Option<String> {
    let folded = &haystack.folded;
    let source_end = folded.source_end(end)?;
    let least = end.checked_sub(shared + 1)?;
    for start in (least.saturating_sub(WORD_REACH)..=least).rev() {
        if folded.text.as_bytes()[start] == GAP as u8 {
            break;
        }
        if folded.text.as_bytes()[start] == b' ' || !folded.text.is_char_boundary(start) {
            continue;
        }
        let Some(source) = folded.source_start(start) else { continue };
        if is_boundary(&haystack.text, source) && has_word(&haystack.text[source..source_end]) {
            return usable(haystack, start..end, source..source_end);
        }
    }
    None
}

/// The whole words from byte `start` of the folded text on that take more than `shared` bytes.
fn suffix(haystack: &Haystack, start: usize, shared: usize) -> Option<String> {
    let folded = &haystack.folded;
    let source_start = folded.source_start(start)?;
    let least = start + shared + 1;
    let last = folded.text.len().min(least + WORD_REACH);
    for end in least..=last {
        let before = folded.text.as_bytes()[end - 1];
        if before == GAP as u8 {
            break;
        }
        if before == b' ' || !folded.text.is_char_boundary(end) {
            continue;
        }
        let Some(source) = folded.source_end(end) else { continue };
        if is_boundary(&haystack.text, source) && has_word(&haystack.text[source_start..source]) {
            return usable(haystack, start..end, source_start..source);
        }
    }
    None
}

fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The context as the text has it, but on one line; none where it would cross a gap.
fn usable(haystack: &Haystack, folded: Range<usize>, source: Range<usize>) -> Option<String> {
    (haystack.gaps_in(folded) == 0).then(|| on_one_line(&haystack.text[source]))
}

/// A text in which runs of white space, and line breaks and tabs, have become a space.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(char::is_whitespace) {
        let after = rest[at..].trim_start();
        let run = &rest[at..rest.len() - after.len()];
        let is_one_space =
            run.chars().count() == 1 && !run.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
        line.push_str(&rest[..at]);
        line.push_str(if is_one_space { run } else { " " });
        rest = after;
    }
    line + rest
}
