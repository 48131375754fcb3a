//! The parts of a quotation with words left out, each looked for by itself.

use std::ops::Range;

use super::{Haystack, NearMiss};
use crate::anchor::elide::{MAX_ELIDED, split};
use crate::anchor::words::words;

/// Segments with fewer words are not looked for.
const MIN_WORDS: usize = 3;

/// At most so many segments before the longest one are looked for, and so many after it.
const MOST_BESIDE: usize = 8;

impl Haystack {
    /// The passage closest to the longest segment that has one, and on to the segments before and after that follow
    /// it in order and about as near as an elision may be long; none where `exact` leaves nothing out.
    pub(super) fn closest_segments(&self, range: Range<usize>, exact: &str) -> Option<NearMiss> {
        let pieces = split(exact);
        if pieces.len() < 2 {
            return None;
        }
        let segments: Vec<&str> = pieces.into_iter().map(|piece| &exact[piece]).collect();
        let mut by_length: Vec<usize> = (0..segments.len()).collect();
        by_length.sort_by_key(|&index| std::cmp::Reverse(segments[index].len()));
        by_length.truncate(MOST_BESIDE);
        let (longest, first) = by_length
            .into_iter()
            .find_map(|index| self.closest_segment(range.clone(), segments[index]).map(|miss| (index, miss)))?;
        let mut found = first.range;
        let mut shared = first.similarity * segments[longest].len() as f64;
        let mut reach = MAX_ELIDED * 2;
        for segment in segments[longest + 1..].iter().take(MOST_BESIDE) {
            reach += segment.len() * 2;
            let window = found.end..(found.end + reach).min(range.end);
            if let Some(miss) = self.closest_segment(window, segment).filter(|miss| miss.range.start >= found.end) {
                found.end = miss.range.end;
                shared += miss.similarity * segment.len() as f64;
                reach = MAX_ELIDED * 2;
            }
        }
        let mut reach = MAX_ELIDED * 2;
        for segment in segments[..longest].iter().rev().take(MOST_BESIDE) {
            reach += segment.len() * 2;
            let window = found.start.saturating_sub(reach).max(range.start)..found.start;
            if let Some(miss) = self.closest_segment(window, segment).filter(|miss| miss.range.end <= found.start) {
                found.start = miss.range.start;
                shared += miss.similarity * segment.len() as f64;
                reach = MAX_ELIDED * 2;
            }
        }
        let length: usize = segments.iter().map(|segment| segment.len()).sum();
        Some(NearMiss { range: found, similarity: shared / length.max(1) as f64 })
    }

    fn closest_segment(&self, range: Range<usize>, segment: &str) -> Option<NearMiss> {
        if range.is_empty() || words(segment).len() < MIN_WORDS {
            return None;
        }
        self.closest_whole(range, segment)
    }
}
