//! What a quotation and a region of the text share, put in line: the chain of equal runs that explains it best.

/// An equal run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Run {
    /// Its offset in the quotation's letters.
    pub(super) query: usize,
    /// Its offset in the region's letters.
    pub(super) text: usize,
    pub(super) length: usize,
}

/// What a byte of an equal run is worth; the costs of a step between runs are in the same unit.
const WORTH: i64 = 4;

/// How many runs before one are tried as the one that it follows.
const LOOK_BACK: usize = 200;

/// How many places of the quotation are tried for one sequence of the text.
const MAX_PLACES: usize = 48;

/// The best chain of equal runs, in order and without overlap. Between two of them the text may have at most
/// `interruption` bytes more than the quotation, or fewer.
pub(super) fn best(query: &[u8], text: &[u8], interruption: usize) -> Vec<Run> {
    let mut runs = equal_runs(query, text, sequence_length(query.len()));
    runs.sort_unstable_by_key(|run| (run.text, run.query));
    let mut chains: Vec<(i64, Option<usize>)> = Vec::with_capacity(runs.len());
    for (index, run) in runs.iter().enumerate() {
        let mut best = (WORTH * run.length as i64, None);
        for earlier in (index.saturating_sub(LOOK_BACK)..index).rev() {
            if let Some(gain) = follow(&runs[earlier], run, interruption) {
                let score = chains[earlier].0 + gain;
                if score > best.0 {
                    best = (score, Some(earlier));
                }
            }
        }
        chains.push(best);
    }
    let Some(mut at) = (0..runs.len()).rev().max_by_key(|&index| chains[index].0) else { return Vec::new() };
    let mut chain = vec![runs[at]];
    while let Some(earlier) = chains[at].1 {
        at = earlier;
        chain.push(runs[at]);
    }
    chain.reverse();
    trim_overlaps(&mut chain);
    chain
}

/// What `run` adds to a chain that ends with `earlier`; none where it cannot follow.
fn follow(earlier: &Run, run: &Run, interruption: usize) -> Option<i64> {
    if run.query <= earlier.query || run.text <= earlier.text {
        return None;
    }
    let overlap = (earlier.query + earlier.length)
        .saturating_sub(run.query)
        .max((earlier.text + earlier.length).saturating_sub(run.text));
    if overlap >= run.length {
        return None;
    }
    let drift = (run.text - earlier.text).abs_diff(run.query - earlier.query);
    let cost = match drift {
        0 => 0,
        _ if drift > interruption => return None,
        _ => 4 + 2 * drift.min(10) as i64 + drift.min(400) as i64 / 20,
    };
    Some(WORTH * (run.length - overlap) as i64 - cost)
}

/// Takes from each run what the one before it already has.
fn trim_overlaps(chain: &mut [Run]) {
    for at in 1..chain.len() {
        let before = chain[at - 1];
        let run = &mut chain[at];
        let overlap = (before.query + before.length)
            .saturating_sub(run.query)
            .max((before.text + before.length).saturating_sub(run.text))
            .min(run.length);
        run.query += overlap;
        run.text += overlap;
        run.length -= overlap;
    }
}

/// The length in bytes of the sequences that runs begin with: long enough that few are equal by chance.
fn sequence_length(query: usize) -> usize {
    match query {
        0..=39 => 3,
        40..=399 => 4,
        400..=1999 => 6,
        _ => 9,
    }
}

/// All maximal equal runs of at least `length` bytes.
fn equal_runs(query: &[u8], text: &[u8], length: usize) -> Vec<Run> {
    const NONE: u32 = u32::MAX;
    let bits = (query.len() * 2).max(64).ilog2() + 1;
    let slot = |sequence: &[u8]| {
        let bytes = sequence.iter().fold(0u64, |bytes, &byte| bytes.wrapping_mul(0x100_0193) ^ u64::from(byte));
        (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
    };
    let mut first = vec![NONE; 1 << bits];
    let mut next = vec![NONE; query.len()];
    for (at, sequence) in (0u32..).zip(query.windows(length)) {
        let head = &mut first[slot(sequence)];
        next[at as usize] = *head;
        *head = at;
    }
    let mut runs = Vec::new();
    for (place, sequence) in text.windows(length).enumerate() {
        let mut at = first[slot(sequence)];
        for _ in 0..MAX_PLACES {
            if at == NONE {
                break;
            }
            let start = at as usize;
            at = next[start];
            let goes_back = start > 0 && place > 0 && query[start - 1] == text[place - 1];
            if goes_back || query[start..start + length] != *sequence {
                continue;
            }
            let more =
                query[start + length..].iter().zip(&text[place + length..]).take_while(|(one, other)| one == other);
            runs.push(Run { query: start, text: place, length: length + more.count() });
        }
    }
    runs
}
