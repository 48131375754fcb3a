//! Which places of a text have a sequence of letters, and which regions share most with a quotation.

use std::ops::Range;

/// The length of the sequences, in bytes.
const LENGTH: usize = 5;

/// At most so many places vote, those of the rarest sequences.
const MAX_VOTES: usize = 12_000;

/// At most so many sequences of a quotation are looked up.
const MAX_SEEDS: usize = 1_500;

/// How many regions are looked at closely.
const MAX_REGIONS: usize = 6;

/// The places of all sequences, grouped by hash: those of group `h` are `places[starts[h]..starts[h + 1]]`, in order.
#[derive(Debug)]
pub(super) struct Index {
    starts: Vec<u32>,
    places: Vec<u32>,
    shift: u32,
}

impl Index {
    pub(super) fn new(text: &[u8]) -> Self {
        let bits = text.len().max(256).ilog2().min(20);
        let shift = 64 - bits;
        let mut starts = vec![0u32; (1 << bits) + 1];
        for sequence in text.windows(LENGTH) {
            starts[group(sequence, shift) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![0u32; text.len().saturating_sub(LENGTH - 1)];
        for (at, sequence) in (0u32..).zip(text.windows(LENGTH)) {
            let slot = &mut next[group(sequence, shift)];
            places[*slot as usize] = at;
            *slot += 1;
        }
        Self { starts, places, shift }
    }

    /// The regions that share most rare sequences with `query`, best first: each the offset in the text at which the
    /// quotation would begin.
    pub(super) fn regions(&self, query: &[u8], within: Range<usize>) -> Vec<usize> {
        // A place less its offset in the quotation, moved by the quotation's length so as not to be negative.
        let mut votes: Vec<usize> = Vec::new();
        for (at, places) in self.rarest(query) {
            let room = MAX_VOTES.saturating_sub(votes.len());
            let first = places.partition_point(|&place| (place as usize) < within.start);
            let inside = places[first..].iter().map(|&place| place as usize).take_while(|&place| place < within.end);
            votes.extend(inside.take(room).map(|place| place + query.len() - at));
        }
        votes.sort_unstable();
        let width = 24 + query.len() / 12;
        let mut peaks: Vec<(usize, usize)> = Vec::new();
        let mut end = 0;
        for start in 0..votes.len() {
            while votes.get(end).is_some_and(|&vote| vote - votes[start] <= width) {
                end += 1;
            }
            let peak = (end - start, votes[start]);
            match peaks.last_mut() {
                Some(last) if peak.1 - last.1 <= width => {
                    if peak.0 > last.0 {
                        *last = peak;
                    }
                }
                _ => peaks.push(peak),
            }
        }
        peaks.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        peaks.truncate(MAX_REGIONS);
        let fewest = peaks.first().map_or(0, |best| best.0 / 4);
        peaks.retain(|peak| peak.0 >= fewest);
        peaks.into_iter().map(|(_, vote)| vote.saturating_sub(query.len())).collect()
    }

    /// The sequences of `query` that the text has, with their places; the rarest first, as many as may vote.
    fn rarest(&self, query: &[u8]) -> Vec<(usize, &[u32])> {
        let step = (query.len() / MAX_SEEDS).max(1);
        let mut seeds: Vec<(usize, &[u32])> = Vec::new();
        for (at, sequence) in query.windows(LENGTH).enumerate().step_by(step) {
            let group = group(sequence, self.shift);
            let places = &self.places[self.starts[group] as usize..self.starts[group + 1] as usize];
            if !places.is_empty() {
                seeds.push((at, places));
            }
        }
        seeds.sort_by_key(|(at, places)| (places.len(), *at));
        let mut votes = 0;
        let may_vote = |(_, places): &&(usize, &[u32])| {
            let has_room = votes < MAX_VOTES;
            votes += places.len();
            has_room
        };
        let count = seeds.iter().take_while(may_vote).count();
        seeds.truncate(count);
        seeds
    }
}

/// The group of a sequence: the upper bits of its bytes times a large odd number.
fn group(sequence: &[u8], shift: u32) -> usize {
    let bytes = sequence.iter().fold(0u64, |bytes, &byte| bytes << 8 | u64::from(byte));
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> shift) as usize
}
