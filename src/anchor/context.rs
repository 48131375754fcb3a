//! Of several places of one quotation, the shortest words beside each that tell it from all others.
//!
//! Two texts that go on alike for as long as the longest beginning that they share: sorted, each place's neighbours
//! share most with it. So all places together cost little more than one sort.

use std::cmp::Ordering;
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
    let bytes = haystack.folded.text.as_bytes();
    let begins: Vec<usize> = sites.iter().map(|site| haystack.text_before(site.folded.start).len()).collect();
    let text_end = bytes.len();
    let ends: Vec<usize> =
        sites.iter().map(|site| text_end - haystack.text_after(site.folded.end).len()).collect();
    let shared_before = shared(&begins, reach, |at, step| at.checked_sub(step + 1).map(|at| bytes[at]));
    let shared_after = shared(&ends, reach, |at, step| bytes.get(at + step).copied());
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

/// For each place the most bytes of context that it shares with any other; none where that is `reach` or more.
/// `byte` gives the byte so many steps away from a place.
fn shared(places: &[usize], reach: usize, byte: impl Fn(usize, usize) -> Option<u8>) -> Vec<Option<usize>> {
    let compare = |one: usize, other: usize| {
        for step in 0..reach {
            let (here, there) = (byte(one, step), byte(other, step));
            if here != there || here.is_none() {
                return (step, here.cmp(&there));
            }
        }
        (reach, Ordering::Equal)
    };
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_unstable_by(|&one, &other| compare(places[one], places[other]).1);
    let mut most = vec![0; places.len()];
    for pair in order.windows(2) {
        let (length, _) = compare(places[pair[0]], places[pair[1]]);
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

/// The context as the text has it, with each run of white space as one space; none where it would cross a gap.
fn usable(haystack: &Haystack, folded: Range<usize>, source: Range<usize>) -> Option<String> {
    (haystack.gaps_in(folded) == 0)
        .then(|| haystack.text[source].split_whitespace().collect::<Vec<_>>().join(" "))
}
