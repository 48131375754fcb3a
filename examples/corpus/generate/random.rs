//! Numbers that look random and are the same everywhere and for ever.

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Random(u64);

impl Random {
    /// The stream of one record: records do not shift one another's numbers.
    pub(crate) fn of(seed: u64, stream: &str, index: usize) -> Self {
        let mix = stream.bytes().fold(seed, |mix, b| mix.rotate_left(9).wrapping_mul(0x0100_0000_01b3) ^ u64::from(b));
        let mut random = Self(mix ^ (index as u64).wrapping_mul(0x2545_f491_4f6c_dd1d));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below `end`; 0 where there is nothing to choose from.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// From `first` to `last`.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last + 1 - first)
    }

    /// True that often in a hundred.
    pub(crate) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of them, all alike.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// An index below `end` whose chance falls with its rank, as that of words does (Zipf's law, flat at the top): the
    /// first 4, the next 8, the next 16 and so on have the same share. In whole numbers alone, as machines differ in
    /// their logarithms.
    pub(crate) fn zipf(&mut self, end: usize) -> usize {
        let doublings = end.div_ceil(4).ilog2() as usize + 1;
        let width = 4 << self.below(doublings);
        (width - 4 + self.below(width)).min(end - 1)
    }
}
