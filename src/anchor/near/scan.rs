//! A short quotation looked for at every place of a text: the bit-parallel search of Myers (1999), one machine word.

use std::ops::Range;

use super::distance::Column;

/// The longest quotation, in bytes of letters.
const MAX_LENGTH: usize = 64;

/// How many places are looked at closely for each distance.
const MAX_PLACES: usize = 12;

/// The places in `text` where `query` stands with the fewest differences, or with one more; in no order.
pub(super) fn everywhere(text: &[u8], query: &[u8]) -> Vec<Range<usize>> {
    if query.is_empty() || query.len() > MAX_LENGTH {
        return Vec::new();
    }
    let mut masks = [0u64; 256];
    for (at, &byte) in query.iter().enumerate() {
        masks[usize::from(byte)] |= 1 << at;
    }
    let most = query.len() * 2 / 5;
    let mut ends: Vec<Vec<usize>> = vec![Vec::new(); most + 1];
    let (mut column, mut distance) = (Column::FIRST, query.len() as i64);
    for (at, &byte) in text.iter().enumerate() {
        distance += column.step(masks[usize::from(byte)], 0, query.len() - 1);
        if let Some(ends) = usize::try_from(distance).ok().and_then(|distance| ends.get_mut(distance))
            && ends.len() < MAX_PLACES
        {
            ends.push(at + 1);
        }
    }
    let best = ends.iter().position(|ends| !ends.is_empty()).unwrap_or(most);
    let chosen = ends.iter().skip(best).take(2).flatten();
    chosen.map(|&end| start(query, &text[..end])..end).filter(|range| !range.is_empty()).collect()
}

/// Where the alignment of all of `query` that ends at the end of `text` best begins.
fn start(query: &[u8], text: &[u8]) -> usize {
    let window: Vec<u8> = text.iter().rev().take(query.len() * 3 / 2 + 1).copied().collect();
    let mut row: Vec<usize> = (0..=window.len()).collect();
    for (at, letter) in query.iter().rev().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, other) in window.iter().enumerate() {
            let pair = diagonal + usize::from(letter != other);
            diagonal = row[place + 1];
            row[place + 1] = pair.min(diagonal + 1).min(row[place] + 1);
        }
    }
    let length = (0..row.len()).min_by_key(|&length| (row[length], length.abs_diff(query.len()))).unwrap_or(0);
    text.len() - length
}
