//! How alike two short texts are: Levenshtein's distance by the bit-parallel algorithm of Myers (1999), in blocks as
//! Hyyrö (2003) has it.

/// How much of `quote` a passage has, 0 to 1, both folded: the share of bytes that need no edit. A letter in another
/// case is a lesser difference than another letter.
pub(super) fn similarity(quote: &str, passage: &str) -> f64 {
    let length = quote.len().max(passage.len()).max(1) as f64;
    let cased = distance(quote.as_bytes(), passage.as_bytes());
    if cased == 0 {
        return 1.0 - 0.5 / length;
    }
    let lower = distance(quote.to_lowercase().as_bytes(), passage.to_lowercase().as_bytes());
    (1.0 - (0.3 * cased as f64 + 0.7 * lower as f64) / length).clamp(0.0, 1.0)
}

/// 64 rows of a column of the table of distances, as the differences from row to row.
#[derive(Clone, Copy)]
pub(super) struct Column {
    more: u64,
    less: u64,
}

impl Column {
    /// The column before the first: row n has distance n.
    pub(super) const FIRST: Self = Self { more: u64::MAX, less: 0 };

    /// Goes on to the next column. `equal` has the rows whose letter is the column's, `above` is the difference from
    /// column to column above these rows; gives that at row `last`.
    pub(super) fn step(&mut self, equal: u64, above: i64, last: usize) -> i64 {
        let vertical = equal | self.less;
        let equal = equal | u64::from(above < 0);
        let horizontal = ((equal & self.more).wrapping_add(self.more) ^ self.more) | equal;
        let more = self.less | !(horizontal | self.more);
        let less = self.more & horizontal;
        let below = (more >> last & 1) as i64 - (less >> last & 1) as i64;
        let more = more << 1 | u64::from(above > 0);
        let less = less << 1 | u64::from(above < 0);
        self.more = less | !(vertical | more);
        self.less = more & vertical;
        below
    }
}

/// The fewest bytes to insert, delete or replace that make one of the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    if one.is_empty() || other.is_empty() {
        return one.len().max(other.len());
    }
    let blocks = one.len().div_ceil(64);
    let mut masks = vec![0u64; 256 * blocks];
    for (at, &byte) in one.iter().enumerate() {
        masks[usize::from(byte) * blocks + at / 64] |= 1 << (at % 64);
    }
    let mut columns = vec![Column::FIRST; blocks];
    let mut distance = one.len() as i64;
    for &byte in other {
        let masks = &masks[usize::from(byte) * blocks..][..blocks];
        let mut carry = 1;
        for (index, (column, mask)) in columns.iter_mut().zip(masks).enumerate() {
            let last = if index + 1 == blocks { (one.len() - 1) % 64 } else { 63 };
            carry = column.step(*mask, carry, last);
        }
        distance += carry;
    }
    usize::try_from(distance).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_levenshteins_distance() {
        let long =
            "the quick brown fox jumps over the lazy dog and runs away from the hounds of the village ".repeat(3);
        for (one, other) in [
            ("kitten", "sitting"),
            ("", "abc"),
            ("abc", "abc"),
            (&long, &long.replace("fox", "wolf").replace("lazy ", "")),
            (&long[..64], &long[3..70]),
            (&long[..65], "unlike anything else in here"),
        ] {
            assert_eq!(distance(one.as_bytes(), other.as_bytes()), strsim::levenshtein(one, other), "{one} {other}");
        }
    }

    #[test]
    fn letter_case_weighs_less_than_a_letter() {
        assert!(similarity("IRAN", "Iran") > similarity("Iran", "Iraq"));
        assert!(similarity("same", "same") < 1.0);
    }
}
