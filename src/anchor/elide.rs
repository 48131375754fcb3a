//! Quotations with words left out: `… […] …`.
//!
//! The segments stand in order and without overlap, each gap at most [`MAX_ELIDED`] code points long. An elision may
//! hold one gap of an excerpts body, of which nobody knows how long it is. Places are minimal windows: of two that
//! begin with different words but of which one holds the other, it is the inner one.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::find::{Context, Needle, Place, Site};
use super::{Folds, Grade, Haystack, Placement, fold, words};

/// How many code points an elision may leave out, white space at its ends not counted.
pub(super) const MAX_ELIDED: usize = 600;

/// How many words a segment has at least.
const MIN_WORDS: usize = 3;

/// With more segments than this a quotation is not one of words left out: nobody could say which words it leaves.
const MAX_SEGMENTS: usize = 64;

/// The places of a quotation with elisions, in order; none where it has no elision, or a segment that is too short.
pub(super) fn sites(haystack: &Haystack, exact: &str, context: &Context) -> Vec<Site> {
    let Some(needles) = segments(exact) else { return Vec::new() };
    let mut known: HashMap<&str, Rc<Vec<Place>>> = HashMap::new();
    let mut places = Vec::with_capacity(needles.len());
    for (index, needle) in needles.iter().enumerate() {
        let text = needle.folded.text.as_str();
        let all = known.entry(text).or_insert_with(|| Rc::new(haystack.places(text)));
        let (is_first, is_last) = (index == 0, index + 1 == needles.len());
        let mut found = Rc::clone(all);
        if is_first || is_last {
            let stands = |place: &&Place| {
                (!is_first || context.before(haystack, place)) && (!is_last || context.after(haystack, place))
            };
            found = Rc::new(found.iter().filter(stands).cloned().collect());
        }
        if found.is_empty() {
            return Vec::new();
        }
        places.push(found);
    }
    let windows = minimal_windows(haystack, &places);
    windows.into_iter().map(|window| site(haystack, &needles, &window)).collect()
}

/// The segments of a quotation with elisions.
fn segments(exact: &str) -> Option<Vec<Needle<'_>>> {
    let pieces = split(exact);
    if pieces.len() > MAX_SEGMENTS {
        return None;
    }
    let needles: Vec<Needle<'_>> = pieces.iter().filter_map(|range| Needle::new(&exact[range.clone()])).collect();
    let long_enough = |range: &Range<usize>| words::words(&exact[range.clone()]).len() >= MIN_WORDS;
    (pieces.len() > 1 && needles.len() == pieces.len() && pieces.iter().all(long_enough)).then_some(needles)
}

/// A quotation in which each elision has become a space.
pub(super) fn without_marks(exact: &str) -> String {
    split(exact).into_iter().map(|range| &exact[range]).collect::<Vec<_>>().join(" ")
}

/// The text between marks of elision: `[…]` or `[...]` with white space on both sides.
pub(super) fn split(exact: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in memchr::memchr_iter(b'[', exact.as_bytes()) {
        let rest = &exact[at..];
        let Some(mark) = ["[…]", "[...]"].iter().find(|mark| rest.starts_with(**mark)) else { continue };
        let end = at + mark.len();
        let before = exact[start..at].chars().next_back().is_some_and(fold::is_white);
        let after = exact[end..].chars().next().is_some_and(fold::is_white);
        if before && after {
            pieces.push(start..at);
            start = end;
        }
    }
    pieces.push(start..exact.len());
    pieces
}

/// One sweep over the segments' places. For each place of a segment it keeps the chain that ends there and begins
/// latest: it goes on from the latest place of the segment before that ends early enough and is itself reached. If
/// that one is too far, so are all before it.
fn minimal_windows(haystack: &Haystack, places: &[Rc<Vec<Place>>]) -> Vec<Vec<Place>> {
    let mut before: Vec<Vec<Option<usize>>> = vec![vec![Some(0); places[0].len()]];
    for pair in places.windows(2) {
        let reached = &before[before.len() - 1];
        let mut next = 0;
        let mut latest = None;
        let mut links = Vec::with_capacity(pair[1].len());
        for place in pair[1].iter() {
            while pair[0].get(next).is_some_and(|earlier| earlier.folded.end <= place.folded.start) {
                if reached[next].is_some() {
                    latest = Some(next);
                }
                next += 1;
            }
            links.push(latest.filter(|&earlier| in_reach(haystack, &pair[0][earlier], place)));
        }
        if links.iter().all(Option::is_none) {
            return Vec::new();
        }
        before.push(links);
    }
    let mut windows: Vec<Vec<Place>> = Vec::new();
    let last = places.len() - 1;
    for end in 0..places[last].len() {
        if before[last][end].is_none() {
            continue;
        }
        let mut at = end;
        let mut window = vec![places[last][at].clone()];
        for segment in (1..=last).rev() {
            let Some(earlier) = before[segment][at] else { break };
            at = earlier;
            window.push(places[segment - 1][at].clone());
        }
        window.reverse();
        if windows.last().is_none_or(|previous| previous[0] != window[0]) {
            windows.push(window);
        }
    }
    windows
}

/// Whether an elision may lead from one place to the other.
fn in_reach(haystack: &Haystack, from: &Place, to: &Place) -> bool {
    let elided = haystack.text[from.source.end..to.source.start].trim();
    let short = elided.len() <= MAX_ELIDED * 4 && elided.chars().take(MAX_ELIDED + 1).count() <= MAX_ELIDED;
    short && haystack.gaps_in(from.folded.end..to.folded.start) <= 1
}

fn site(haystack: &Haystack, needles: &[Needle<'_>], window: &[Place]) -> Site {
    let mut folds = Folds::default();
    let mut pieces = Vec::with_capacity(window.len());
    for (place, needle) in window.iter().zip(needles) {
        let placement = haystack.placement(place, needle);
        folds = folds.union(placement.folds);
        pieces.extend(placement.pieces);
    }
    let folded = window[0].folded.start..window[window.len() - 1].folded.end;
    Site { placement: Placement { pieces, grade: Grade::Elided, folds }, folded }
}
