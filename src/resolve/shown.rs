//! The passages of each source, and how much of its text the site may show.

use std::ops::Range;

use rayon::prelude::*;

use crate::anchor::Placement;
use crate::dossier::{Anchor, ClaimIx, Dossier, Passage, QuotedBy, RecordRef, Source, SourceIx};
use crate::files::Slice;
use crate::resolve::changed::{Changed, Lists};
use crate::terms::Publish;
use crate::text::SourceText;

/// Words of a source that a claim names without a fragment of their own: a cue, or what draws a relation.
#[derive(Clone, Debug)]
pub(crate) struct Further {
    from: ClaimIx,
    placement: Placement,
    /// Whether the site quotes them.
    quoted: bool,
}

/// Fills in what is shown of these sources, whose passages are filled in. `further` has the further words of each source.
pub(crate) fn fill(dossier: &mut Dossier, sources: &[SourceIx], further: &[Vec<Further>]) {
    let look = |ix: &SourceIx| Some((*ix, shown(dossier.sources.get(ix.index())?, further.get(ix.index())?)));
    let found: Vec<(SourceIx, Vec<Range<usize>>)> = sources.par_iter().filter_map(look).collect();
    for (ix, shown) in found {
        if let Some(source) = dossier.sources.get_mut(ix.index()) {
            source.shown = shown;
        }
    }
}

/// The passages that a record quotes.
pub(crate) fn quoted(dossier: &Dossier, record: RecordRef) -> Vec<(SourceIx, Passage)> {
    let mut found = Vec::new();
    let mut add = |source: SourceIx, anchor: &Anchor, fragment: &Slice, quoted_by: QuotedBy| {
        if let Anchor::Placed(placement) = anchor {
            found.push((source, Passage { fragment: fragment.clone(), placement: placement.clone(), quoted_by }));
        }
    };
    if let RecordRef::Claim(ix) = record
        && let Some(claim) = dossier.claims.get(ix.index())
    {
        for (n, appearance) in claim.appearances.iter().enumerate() {
            let quote = &appearance.quote;
            add(quote.source, &quote.anchor, &appearance.fragment, QuotedBy::Appearance(ix, n));
        }
    }
    for (n, quotation) in dossier.quotations(record).into_iter().enumerate() {
        let quote = &quotation.quote;
        add(quote.source, &quote.anchor, &quotation.fragment, QuotedBy::Quotation(record, n));
    }
    found
}

/// The further words of sources that a record names.
pub(crate) fn named(dossier: &Dossier, record: RecordRef) -> Vec<(SourceIx, Further)> {
    let RecordRef::Claim(from) = record else { return Vec::new() };
    let Some(claim) = dossier.claims.get(from.index()) else { return Vec::new() };
    let mut found = Vec::new();
    let mut add = |source: SourceIx, anchor: &Anchor, quoted: bool| {
        if let Anchor::Placed(placement) = anchor {
            found.push((source, Further { from, placement: placement.clone(), quoted }));
        }
    };
    for appearance in &claim.appearances {
        let cues = appearance.attribution.iter().filter_map(|link| link.cue.as_ref());
        cues.for_each(|cue| add(appearance.quote.source, &cue.anchor, false));
    }
    for quote in claim.relations.iter().filter_map(|relation| relation.by.as_ref()) {
        add(quote.source, &quote.anchor, true);
    }
    found
}

/// Every source's passages, by place in the text, then by fragment id.
pub(crate) struct Passages<'d>(pub(crate) &'d mut Dossier);

impl Lists<SourceIx, Passage> for Passages<'_> {
    fn list(&mut self, to: SourceIx) -> Option<&mut Vec<Passage>> {
        self.0.sources.get_mut(to.index()).map(|source| &mut *source.passages)
    }

    fn is_from(passage: &Passage, changed: &Changed) -> bool {
        changed.has(match passage.quoted_by {
            QuotedBy::Appearance(claim, _) => RecordRef::Claim(claim),
            QuotedBy::Quotation(record, _) => record,
        })
    }

    fn sort(list: &mut Vec<Passage>) {
        list.sort_by(|a, b| {
            let key = |passage: &Passage| (passage.placement.extent().start, passage.placement.extent().end);
            let by = |a: &Passage, b: &Passage| a.fragment.cmp(&b.fragment).then(a.quoted_by.cmp(&b.quoted_by));
            key(a).cmp(&key(b)).then_with(|| by(a, b))
        });
    }
}

/// Every source's further words, by the claim that names them.
pub(crate) struct Furthers<'f>(pub(crate) &'f mut Vec<Vec<Further>>);

impl Lists<SourceIx, Further> for Furthers<'_> {
    fn list(&mut self, to: SourceIx) -> Option<&mut Vec<Further>> {
        self.0.get_mut(to.index())
    }

    fn is_from(further: &Further, changed: &Changed) -> bool {
        changed.has(RecordRef::Claim(further.from))
    }

    fn sort(list: &mut Vec<Further>) {
        list.sort_by_key(|further| further.from);
    }
}

/// What the site may show of a source's text, as [`Source::shown`] has it.
fn shown(source: &Source, further: &[Further]) -> Vec<Range<usize>> {
    let Some(text) = &source.text else { return Vec::new() };
    let quoted = source.passages.iter().map(|passage| &passage.placement);
    let mut ranges: Vec<Range<usize>> = match source.publish {
        Publish::Full => std::iter::once(0..text.plain().len()).collect(),
        Publish::Excerpts => {
            let all: Vec<&Placement> = quoted.chain(further.iter().map(|further| &further.placement)).collect();
            let sentences = all.iter().flat_map(|placement| in_sentences(text, placement)).collect();
            // What one quotation leaves out is not to come back as part of the sentence around another, or around a
            // cue; only words that something names are shown in any case.
            let mut ranges = without(sentences, left_out(&all));
            ranges.extend(all.iter().flat_map(|placement| placement.pieces.iter().cloned()));
            ranges
        }
        // The site quotes a passage that draws a relation; a cue it only points to.
        Publish::Record => {
            let further = further.iter().filter(|further| further.quoted).map(|further| &further.placement);
            quoted.chain(further).flat_map(|placement| placement.pieces.clone()).collect()
        }
    };
    ranges.sort_by_key(|range| (range.start, range.end));
    merged(text, ranges)
}

/// A passage with the sentences around it, but none of the words that it leaves out.
fn in_sentences(text: &SourceText, placement: &Placement) -> Vec<Range<usize>> {
    let mut ranges = placement.pieces.clone();
    match ranges.as_mut_slice() {
        [] => {}
        [only] => *only = text.sentences_around(only.clone()),
        [first, .., last] => {
            first.start = text.sentences_around(first.clone()).start;
            last.end = text.sentences_around(last.clone()).end;
        }
    }
    ranges
}

/// The words that quotations leave out, sorted and merged.
fn left_out(placements: &[&Placement]) -> Vec<Range<usize>> {
    let between = |pieces: &[Range<usize>]| match pieces {
        [before, after] => before.end..after.start,
        _ => 0..0,
    };
    let mut gaps: Vec<Range<usize>> =
        placements.iter().flat_map(|placement| placement.pieces.windows(2).map(between)).collect();
    gaps.sort_by_key(|gap| (gap.start, gap.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for gap in gaps {
        match apart.last_mut() {
            Some(last) if gap.start <= last.end => last.end = last.end.max(gap.end),
            _ => apart.push(gap),
        }
    }
    apart
}

/// The ranges without what is in `gaps`, which are sorted and apart.
fn without(ranges: Vec<Range<usize>>, gaps: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut left = Vec::with_capacity(ranges.len());
    for range in ranges {
        let mut from = range.start;
        let first = gaps.partition_point(|gap| gap.end <= range.start);
        for gap in gaps[first..].iter().take_while(|gap| gap.start < range.end) {
            left.push(from..gap.start.max(from));
            from = gap.end;
        }
        left.push(from..range.end.max(from));
    }
    left
}

/// Ranges that overlap or have only white space between them, made one; but never across a gap of the text. They are
/// sorted.
fn merged(text: &SourceText, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges.into_iter().filter(|range| !range.is_empty()) {
        match merged.last_mut() {
            Some(last) if range.start <= last.end || is_one_run(text, last.end..range.start) => {
                last.end = last.end.max(range.end);
            }
            _ => merged.push(range),
        }
    }
    merged
}

fn is_one_run(text: &SourceText, between: Range<usize>) -> bool {
    let first_gap = text.gaps().partition_point(|gap| *gap < between.start);
    let has_gap = text.gaps().get(first_gap).is_some_and(|gap| *gap < between.end);
    !has_gap && text.plain().get(between).is_some_and(|words| words.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ranges() -> impl Strategy<Value = Vec<Range<usize>>> {
        prop::collection::vec((0usize..40, 1usize..9).prop_map(|(start, length)| start..start + length), 0..6)
    }

    proptest! {
        #[test]
        fn what_is_left_is_what_no_gap_has(ranges in ranges(), pieces in prop::collection::vec(ranges(), 0..3)) {
            let placements: Vec<Placement> = pieces
                .into_iter()
                .map(|mut pieces| {
                    pieces.sort_by_key(|piece| piece.start);
                    pieces.dedup_by(|later, earlier| later.start < earlier.end);
                    Placement { pieces, grade: crate::anchor::Grade::Elided, folds: crate::anchor::Folds::default() }
                })
                .collect();
            let gaps = left_out(&placements.iter().collect::<Vec<_>>());
            let left = without(ranges.clone(), gaps);
            let is_gap = |at: usize| {
                placements.iter().any(|placement| {
                    placement.extent().contains(&at) && !placement.pieces.iter().any(|piece| piece.contains(&at))
                })
            };
            for at in 0..60 {
                let wanted = ranges.iter().any(|range| range.contains(&at)) && !is_gap(at);
                prop_assert_eq!(left.iter().any(|range| range.contains(&at)), wanted, "{}", at);
            }
        }
    }
}
