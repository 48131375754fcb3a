//! How far into what is shown of a text a place is.

use std::ops::Range;

/// Counts shown code points up to places that are asked for in ascending order, each part of the text once.
pub(super) struct Ruler<'a> {
    plain: &'a str,
    shown: std::slice::Iter<'a, Range<usize>>,
    /// What is left of the range that the last place was in.
    rest: Range<usize>,
    points: usize,
}

impl<'a> Ruler<'a> {
    /// A ruler along `plain`, of which the byte ranges `shown` are shown.
    pub(super) fn new(plain: &'a str, shown: &'a [Range<usize>]) -> Self {
        Self { plain, shown: shown.iter(), rest: 0..0, points: 0 }
    }

    /// How many code points are shown before the byte `at`; a place before the last one counts as that.
    pub(super) fn points(&mut self, at: usize) -> usize {
        loop {
            let end = self.rest.end.min(at);
            if self.rest.start < end {
                self.points += self.plain.get(self.rest.start..end).map_or(0, |text| text.chars().count());
                self.rest.start = end;
            }
            if at <= self.rest.end {
                return self.points;
            }
            match self.shown.next() {
                Some(next) => self.rest = next.clone(),
                None => return self.points,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_shown_counts() {
        let plain = "äbc def ghi";
        let shown = [0..4, 8..10];
        let mut ruler = Ruler::new(plain, &shown);
        let places = [0, 2, 3, 6, 6, 9, 4, 12].map(|at| ruler.points(at));
        assert_eq!(places, [0, 1, 2, 3, 3, 4, 4, 5]);
    }
}
