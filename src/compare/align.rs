//! Two lists → what is in both, in order, and what is in one.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// More items than this that differ are not held against each other: the time grows with their square.
const MANY: usize = 4_000;

/// A stretch of two lists, as ranges of their indices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Stretch {
    /// The items are equal, one by one.
    Same { old: usize, new: usize, len: usize },
    /// These items stand where those stood; either list may be without.
    Other { old: std::ops::Range<usize>, new: std::ops::Range<usize> },
}

/// The stretches of two lists, in order. Exchanging the lists exchanges what they say, and nothing else: among several
/// ways of aligning the same one is taken either way.
pub(super) fn align<T: Ord + std::hash::Hash>(old: &[T], new: &[T]) -> Vec<Stretch> {
    if old > new {
        return align(new, old).into_iter().map(Stretch::exchanged).collect();
    }
    let head = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (left, right) = (&old[head..], &new[head..]);
    let tail = left.iter().rev().zip(right.iter().rev()).take_while(|(one, other)| one == other).count();
    if left.len().max(right.len()) - tail > MANY {
        let middle = Stretch::Other { old: head..old.len() - tail, new: head..new.len() - tail };
        let tail = Stretch::Same { old: old.len() - tail, new: new.len() - tail, len: tail };
        let stretches = [Stretch::Same { old: 0, new: 0, len: head }, middle, tail];
        return stretches.into_iter().filter(|it| !matches!(it, Stretch::Same { len: 0, .. })).collect();
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        let (old, new) = (op.old_range(), op.new_range());
        match (op, stretches.last_mut()) {
            (DiffOp::Equal { old_index, new_index, len }, _) => {
                stretches.push(Stretch::Same { old: old_index, new: new_index, len });
            }
            (_, Some(Stretch::Other { old: last_old, new: last_new })) => {
                last_old.end = old.end;
                last_new.end = new.end;
            }
            _ => stretches.push(Stretch::Other { old, new }),
        }
    }
    stretches
}

impl Stretch {
    fn exchanged(self) -> Self {
        match self {
            Self::Same { old, new, len } => Self::Same { old: new, new: old, len },
            Self::Other { old, new } => Self::Other { old: new, new: old },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_stands_in_the_place_of_what_is_one_stretch() {
        let same = |old, new, len| Stretch::Same { old, new, len };
        let other = |old, new| Stretch::Other { old, new };
        assert_eq!(align(&["a", "b", "c"], &["a", "x", "y", "c"]), [same(0, 0, 1), other(1..2, 1..3), same(2, 3, 1)]);
        assert_eq!(align(&["a"], &[]), [other(0..1, 0..0)]);
        assert_eq!(align::<u8>(&[], &[]), []);
    }

    #[test]
    fn very_long_lists_are_held_against_each_other_at_their_ends_alone() {
        let list = |middle: u32| (0..10).chain(middle..middle + 50_000).chain(5..10).collect::<Vec<u32>>();
        let stretches = align(&list(100_000), &list(300_000));
        let middle = Stretch::Other { old: 10..50_010, new: 10..50_010 };
        let end = Stretch::Same { old: 50_010, new: 50_010, len: 5 };
        assert_eq!(stretches, [Stretch::Same { old: 0, new: 0, len: 10 }, middle, end]);
    }

    proptest! {
        #[test]
        fn exchanged_lists_are_aligned_alike(
            old in proptest::collection::vec(0u8..4, 0..8),
            new in proptest::collection::vec(0u8..4, 0..8),
        ) {
            let exchanged: Vec<_> = align(&new, &old).into_iter().map(Stretch::exchanged).collect();
            let stretches = align(&old, &new);
            prop_assert_eq!(&stretches, &exchanged);
            let (mut at_old, mut at_new) = (0, 0);
            for stretch in stretches {
                let (old_range, new_range) = match stretch {
                    Stretch::Same { old: o, new: n, len } => {
                        prop_assert_eq!(&old[o..o + len], &new[n..n + len]);
                        (o..o + len, n..n + len)
                    }
                    Stretch::Other { old, new } => (old, new),
                };
                prop_assert_eq!((old_range.start, new_range.start), (at_old, at_new));
                (at_old, at_new) = (old_range.end, new_range.end);
            }
            prop_assert_eq!((at_old, at_new), (old.len(), new.len()));
        }
    }
}
