//! What sources withhold, as runs of eight words: an index that answers for each run of a file.
//!
//! A run is withheld when all of its words are left out of what the site shows of its source
//! ([`Source::shown`](crate::dossier::Source::shown)) and stand there in a row. One that the dossier publishes somewhere by
//! right is not: in another source's text, in the words of a quotation, in a title, in a name.

use std::ops::Range;

use rayon::prelude::*;

use crate::data::names::name;
use crate::dossier::{Agent, Claim, Dossier, Source, SourceIx};
use crate::leaks::words::{Eight, are_alike, runs};
use crate::terms::Publish;
use crate::text::SourceText;

/// The runs that no file may have.
#[derive(Debug)]
pub(super) struct Withheld {
    /// Sorted.
    hashes: Vec<u64>,
    /// For each hash the first place of such a run.
    places: Vec<Place>,
    /// Whether the dossier publishes such a run somewhere.
    published: Vec<bool>,
    filter: Filter,
}

/// Where a run stands: bytes of [`SourceText::plain`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Place {
    source: SourceIx,
    start: u32,
    end: u32,
}

/// Bits of the hashes that are there: it says no at once for nearly all that are not.
#[derive(Debug)]
pub(super) struct Filter {
    bits: Vec<u64>,
    /// How far a hash is shifted to number a bit.
    shift: u32,
}

impl Filter {
    /// Bits for each hash.
    const ROOM: usize = 16;

    pub(super) fn of(hashes: &[u64]) -> Self {
        let size = (hashes.len() * Self::ROOM).next_power_of_two().max(64);
        let mut filter = Self { bits: vec![0; size / 64], shift: 64 - size.trailing_zeros() };
        for hash in hashes {
            let bit = hash >> filter.shift;
            filter.bits[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        filter
    }

    pub(super) fn may_have(&self, hash: u64) -> bool {
        let bit = hash >> self.shift;
        self.bits[(bit / 64) as usize] >> (bit % 64) & 1 == 1
    }
}

impl Withheld {
    /// The index; none where nothing is withheld. Takes time and room in proportion to the sources' texts.
    pub(super) fn of(dossier: &Dossier) -> Option<Self> {
        Self::of_those(dossier, &|_| true)
    }

    /// The same of those runs alone whose hashes are `wanted`.
    pub(super) fn of_those(dossier: &Dossier, wanted: &(dyn Fn(u64) -> bool + Sync)) -> Option<Self> {
        let sources: Vec<(SourceIx, &Source)> = (0u32..).map(SourceIx).zip(&dossier.sources).collect();
        let mut all: Vec<(u64, Place)> =
            sources.par_iter().flat_map_iter(|&(ix, source)| of_source(ix, source, wanted)).collect();
        if all.is_empty() {
            return None;
        }
        all.par_sort_unstable();
        all.dedup_by_key(|(hash, _)| *hash);
        let hashes: Vec<u64> = all.iter().map(|(hash, _)| *hash).collect();
        let places = all.into_iter().map(|(_, place)| place).collect();
        let published = vec![false; hashes.len()];
        let mut withheld = Self { filter: Filter::of(&hashes), hashes, places, published };
        withheld.publish(dossier);
        Some(withheld)
    }

    /// Whether there is a run that is not published by right.
    pub(super) fn has_any(&self) -> bool {
        self.published.iter().any(|is_published| !is_published)
    }

    /// Notes which runs are published by right.
    fn publish(&mut self, dossier: &Dossier) {
        let of_source = |source: &Source| {
            let mut found = Vec::new();
            shown(source).for_each(|words| self.find_all(words, &mut found));
            citations(dossier, source).iter().for_each(|words| self.find_all(words, &mut found));
            found
        };
        let mut found: Vec<usize> = dossier.sources.items().par_iter().flat_map_iter(of_source).collect();
        let of_claim = |claim: &Claim| {
            let mut found = Vec::new();
            names_in(claim).for_each(|name| self.find_all(name, &mut found));
            found
        };
        found.extend(dossier.claims.items().par_iter().flat_map_iter(of_claim).collect::<Vec<_>>());
        for entity in &dossier.entities {
            let names = std::iter::once(&entity.name).chain(&entity.other_names).chain(&entity.role);
            names.for_each(|name| self.find_all(name, &mut found));
        }
        for record in dossier.records() {
            for quotation in dossier.quotations(record) {
                self.find_quotation(&quotation.quote.selector.exact, &mut found);
            }
        }
        for quote in dossier.claims.iter().flat_map(quotes) {
            self.find_quotation(quote, &mut found);
        }
        for index in found {
            self.published[index] = true;
        }
    }

    /// A quotation's words, which may leave some out.
    fn find_quotation(&self, quotation: &str, found: &mut Vec<usize>) {
        quotation.split("[…]").flat_map(|part| part.split("[...]")).for_each(|part| self.find_all(part, found));
    }

    fn find_all(&self, text: &str, found: &mut Vec<usize>) {
        runs(text, |eight| found.extend(self.index(eight.hash)));
    }

    fn index(&self, hash: u64) -> Option<usize> {
        if self.filter.may_have(hash) { self.hashes.binary_search(&hash).ok() } else { None }
    }

    /// What a text has of withheld words: runs that overlap are one, by the source's words. Words on both sides of a break
    /// may stand there by chance: only sixteen in a row count.
    pub(super) fn find(&self, dossier: &Dossier, text: &str) -> Vec<(SourceIx, Range<usize>)> {
        let mut found: Vec<Row> = Vec::new();
        runs(text, |eight| {
            let Some(index) = self.index(eight.hash).filter(|&index| !self.published[index]) else { return };
            let place = self.places[index];
            let (start, end) = (place.start as usize, place.end as usize);
            let words = words_at(dossier, place.source, start..end);
            // Different words with one hash are as good as impossible, and would keep a dossier from being published.
            if !text.get(eight.range).is_some_and(|there| are_alike(there, words)) {
                return;
            }
            match found.last_mut() {
                Some(row) if row.source == place.source && row.range.start <= start && start <= row.range.end => {
                    row.range.end = row.range.end.max(end);
                    row.runs += 1;
                    row.is_broken &= eight.is_broken;
                }
                _ => found.push(Row { source: place.source, range: start..end, runs: 1, is_broken: eight.is_broken }),
            }
        });
        let counts = |row: &Row| !row.is_broken || row.runs > RUNS;
        found.into_iter().filter(counts).map(|row| (row.source, row.range)).collect()
    }
}

/// How many runs of eight are in fifteen words.
const RUNS: usize = 8;

/// Runs that overlap.
struct Row {
    source: SourceIx,
    range: Range<usize>,
    runs: usize,
    /// Whether a break stands in each of them.
    is_broken: bool,
}

/// Words of a source's text.
pub(super) fn words_at(dossier: &Dossier, source: SourceIx, range: Range<usize>) -> &str {
    let text = dossier.sources.get(source.index()).and_then(|source| source.text.as_ref());
    text.and_then(|text| text.plain().get(range)).unwrap_or_default()
}

/// The runs that a source withholds.
fn of_source(ix: SourceIx, source: &Source, wanted: &dyn Fn(u64) -> bool) -> Vec<(u64, Place)> {
    let mut found = Vec::new();
    let Some(text) = source.text.as_ref().filter(|_| source.publish != Publish::Full) else { return found };
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    for stretch in hidden(text, &source.shown) {
        runs(text.plain().get(stretch.clone()).unwrap_or_default(), |Eight { hash, range, .. }| {
            if wanted(hash) {
                let (start, end) = (narrow(stretch.start + range.start), narrow(stretch.start + range.end));
                found.push((hash, Place { source: ix, start, end }));
            }
        });
    }
    found
}

/// The stretches of a text that are not shown, cut where words are missing between them.
fn hidden(text: &SourceText, shown: &[Range<usize>]) -> Vec<Range<usize>> {
    // The title is always shown; a gap is as good as a word.
    let titles = text.leaves().iter().filter(|leaf| leaf.origin.is_none()).map(|leaf| leaf.plain.clone());
    let gaps = text.gaps().iter().map(|&at| at..at + 1);
    let mut cuts: Vec<Range<usize>> = shown.iter().cloned().chain(titles).chain(gaps).collect();
    cuts.sort_by_key(|cut| (cut.start, cut.end));
    let mut stretches = Vec::new();
    let mut from = 0;
    for cut in cuts {
        if cut.start > from {
            stretches.push(from..cut.start);
        }
        from = from.max(cut.end);
    }
    stretches.push(from..text.plain().len().max(from));
    stretches
}

/// What the site shows of a source's text.
fn shown(source: &Source) -> impl Iterator<Item = &str> {
    let text = source.text.as_ref();
    text.into_iter().flat_map(|text| source.shown.iter().filter_map(|range| text.plain().get(range.clone())))
}

/// A source's metadata side by side, as citations and lists have it, and as its own text may.
fn citations(dossier: &Dossier, source: &Source) -> [String; 3] {
    let names = |agents: &[Agent]| agents.iter().map(|agent| name(dossier, agent)).collect::<Vec<_>>().join(" ");
    let (authors, publisher) = (names(&source.authors), names(source.publisher.as_slice()));
    let date = source.date.as_ref().map(|date| date.human()).unwrap_or_default();
    let title = &source.title;
    [
        format!("{authors} {title} {publisher} {date}"),
        format!("{title} {authors} {publisher} {date}"),
        format!("{title} {publisher} {authors} {date} {title}"),
    ]
}

/// What a claim calls people.
fn names_in(claim: &Claim) -> impl Iterator<Item = &str> {
    let links = claim.appearances.iter().flat_map(|appearance| &appearance.attribution);
    links.flat_map(|link| {
        let plain = match &link.who {
            Agent::Name(name) => Some(name.as_str()),
            _ => None,
        };
        plain.into_iter().chain(link.named_as.as_deref())
    })
}

/// The quotations of a claim.
fn quotes(claim: &Claim) -> impl Iterator<Item = &str> {
    let drawn = claim.relations.iter().filter_map(|relation| relation.by.as_deref());
    claim.appearances.iter().map(|appearance| &appearance.quote).chain(drawn).map(|quote| &*quote.selector.exact)
}
