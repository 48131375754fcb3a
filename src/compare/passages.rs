//! The texts of one source in two states → which places in the one are which in the other, and how many blocks differ.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::compare::align::{Stretch, align};
use crate::compare::pairs::{Pair, Pairs};
use crate::compare::{Change, Spot};
use crate::dossier::{Dossier, RecordRef, SourceIx};
use crate::text::SourceText;

/// The sources whose text is another in the newer state, by their newer index.
#[derive(Debug)]
pub(super) struct Passages(HashMap<SourceIx, Vec<Stretch>>);

impl Passages {
    pub(super) fn of(old: &Dossier, new: &Dossier, pairs: &Pairs) -> Self {
        let changed = pairs.in_order().par_iter().filter_map(|pair| {
            let (RecordRef::Source(before), RecordRef::Source(after)) = (pair.old?, pair.new?) else { return None };
            let (old, new) = (text(old, before)?, text(new, after)?);
            (old.plain() != new.plain()).then(|| (after, align(&blocks(old), &blocks(new))))
        });
        Self(changed.collect())
    }

    /// What is said of a source's text; nothing where it is the same, or where one state has none.
    pub(super) fn change(&self, pair: &Pair) -> Option<Change> {
        let RecordRef::Source(source) = pair.new? else { return None };
        let (mut added, mut removed, mut changed) = (0, 0, 0);
        for stretch in self.0.get(&source)? {
            if let Stretch::Other { old, new } = stretch {
                let both = old.len().min(new.len());
                changed += both;
                removed += old.len() - both;
                added += new.len() - both;
            }
        }
        // What parts the blocks can differ alone.
        (added + removed + changed > 0).then_some(Change::Words { added, removed, changed })
    }

    /// A place in the newer text of a source. Its block is counted from 0.
    pub(super) fn spot_of_newer(&self, source: SourceIx, place: Spot) -> Spot {
        self.spot(source, place, true)
    }

    /// A place in the older text of a source that is `source` now, as what has become of it.
    pub(super) fn spot_of_older(&self, source: SourceIx, place: Spot) -> Spot {
        self.spot(source, place, false)
    }

    /// Blocks that are the same are numbered as the newer text has them; of those in the place of others nobody can say
    /// which is which, so that they have one number.
    fn spot(&self, source: SourceIx, place: Spot, is_newer: bool) -> Spot {
        let Some(stretches) = self.0.get(&source) else { return place };
        for stretch in stretches {
            match stretch {
                Stretch::Same { old, new, len } => {
                    let start = if is_newer { *new } else { *old };
                    if (start..start + len).contains(&place.block) {
                        return Spot { block: new + place.block - start, ..place };
                    }
                }
                Stretch::Other { old, new } => {
                    let range = if is_newer { new } else { old };
                    if range.contains(&place.block) {
                        return Spot { block: usize::MAX - old.start - new.start, start: 0, len: 0 };
                    }
                }
            }
        }
        place
    }
}

fn text(dossier: &Dossier, source: SourceIx) -> Option<&SourceText> {
    dossier.sources.get(source.index())?.text.as_deref()
}

/// The words of each block.
fn blocks(text: &SourceText) -> Vec<&str> {
    text.leaves().iter().map(|leaf| text.plain().get(leaf.plain.clone()).unwrap_or_default()).collect()
}
