//! Where a quotation stands: literally after folding, between word boundaries, and with its context beside it.
//!
//! It never places a quotation by likeness; what is only like it is `near`'s, and words a hint.

use std::ops::Range;

use super::folded::Folded;
use super::occur::occurrences;
use super::words::{is_boundary, may_begin};
use super::{Folds, Grade, Haystack, NearMiss, Outcome, Placement, Selector, context, elide, fold};

/// A quotation made ready: without the white space around it, and folded.
pub(super) struct Needle<'a> {
    /// Its words as given, from the first character that is seen to the last.
    core: &'a str,
    /// Characters without width just before and after.
    lead: &'a str,
    tail: &'a str,
    /// The folds of such characters farther out, beyond white space; they are never part of a place.
    stray: Folds,
    pub(super) folded: Folded,
}

/// A place where a needle's folded text stands, and may stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// In the folded text.
    pub(super) folded: Range<usize>,
    /// In the text as it is.
    pub(super) source: Range<usize>,
}

/// Where a selector might be: its placement, and its extent in the folded text.
pub(super) struct Site {
    pub(super) placement: Placement,
    pub(super) folded: Range<usize>,
}

/// What must stand beside a quotation, folded; empty where nothing must.
pub(super) struct Context {
    prefix: String,
    suffix: String,
}

impl Haystack {
    /// Looks for a quotation: literally first, then with ` […] ` as an elision.
    ///
    /// Words that are there, but nowhere beside their `prefix` and `suffix`, are a near miss with a similarity of 1;
    /// any other near miss has less.
    pub fn find(&self, selector: &Selector) -> Outcome {
        let Some(needle) = Needle::new(&selector.exact) else { return Outcome::Absent };
        let context = Context::new(selector);
        let places = self.places(&needle.folded.text);
        let mut sites: Vec<Site> = places
            .iter()
            .filter(|place| context.before(self, place) && context.after(self, place))
            .map(|place| Site { placement: self.placement(place, &needle), folded: place.folded.clone() })
            .collect();
        if sites.is_empty() {
            sites = elide::sites(self, &selector.exact, &context);
        }
        if sites.len() > 1 {
            return Outcome::Ambiguous(context::candidates(self, sites));
        }
        if let Some(site) = sites.pop() {
            return Outcome::Found(site.placement);
        }
        if let Some(place) = context.closest(self, &places) {
            return Outcome::NearMiss(NearMiss { range: place.source.clone(), similarity: 1.0 });
        }
        self.closest(&selector.exact).map_or(Outcome::Absent, Outcome::NearMiss)
    }

    /// Every place, in order, where `exact` stands literally or folded, without regard to any context or elision.
    pub fn occurrences(&self, exact: &str) -> Vec<Placement> {
        let Some(needle) = Needle::new(exact) else { return Vec::new() };
        self.places(&needle.folded.text).iter().map(|place| self.placement(place, &needle)).collect()
    }

    /// The places, in order, of a folded string that is not empty: those that cut no word, number or character.
    pub(super) fn places(&self, folded: &str) -> Vec<Place> {
        let begins = occurrences(self.folded.text.as_bytes(), folded.as_bytes());
        let place = |begin: usize| {
            let folded = begin..begin + folded.len();
            let source = self.folded.source_start(folded.start)?..self.folded.source_end(folded.end)?;
            let whole = may_begin(&self.text, source.start) && is_boundary(&self.text, source.end);
            whole.then_some(Place { folded, source })
        };
        begins.into_iter().filter_map(place).collect()
    }

    /// How a needle matches at a place.
    pub(super) fn placement(&self, place: &Place, needle: &Needle<'_>) -> Placement {
        let mut range = place.source.clone();
        let mut folds = needle.stray;
        if self.text[..range.start].ends_with(needle.lead) {
            range.start -= needle.lead.len();
        } else {
            folds = folds.union(folds_of(needle.lead));
        }
        if self.text[range.end..].starts_with(needle.tail) {
            range.end += needle.tail.len();
        } else {
            folds = folds.union(folds_of(needle.tail));
        }
        let sources = (self.text.as_str(), needle.core);
        folds = folds.union(self.folded.differences(place.folded.start, &needle.folded, sources));
        let grade = if folds.is_empty() { Grade::Exact } else { Grade::Folded };
        Placement { pieces: vec![range], grade, folds }
    }
}

impl<'a> Needle<'a> {
    /// A quotation; none where nothing of it is seen.
    pub(super) fn new(exact: &'a str) -> Option<Self> {
        let unseen = |c: char| fold::is_white(c) || fold::vanishes(c);
        let core = exact.trim_matches(unseen);
        let start = exact.len() - exact.trim_start_matches(unseen).len();
        let (before, after) = (&exact[..start.min(exact.len())], exact.get(start + core.len()..).unwrap_or_default());
        let lead = &before[before.trim_end_matches(fold::vanishes).len()..];
        let tail = &after[..after.len() - after.trim_start_matches(fold::vanishes).len()];
        let stray = folds_of(&before[..before.len() - lead.len()]).union(folds_of(&after[tail.len()..]));
        (!core.is_empty()).then(|| Self { core, lead, tail, stray, folded: Folded::new(core, &[]) })
    }
}

/// The folds of the characters that vanish among these.
fn folds_of(text: &str) -> Folds {
    let rows = text.chars().filter_map(fold::row).filter(|row| row.0.is_empty());
    rows.fold(Folds::default(), |folds, row| folds.union(row.1))
}

impl Context {
    fn new(selector: &Selector) -> Self {
        let folded = |side: Option<&str>| side.map(fold::fold).unwrap_or_default().trim().to_owned();
        Self { prefix: folded(selector.prefix.as_deref()), suffix: folded(selector.suffix.as_deref()) }
    }

    /// Whether the prefix stands just before a place.
    pub(super) fn before(&self, haystack: &Haystack, place: &Place) -> bool {
        haystack.text_before(place.folded.start).ends_with(&self.prefix)
    }

    /// Whether the suffix stands just after a place.
    pub(super) fn after(&self, haystack: &Haystack, place: &Place) -> bool {
        haystack.text_after(place.folded.end).starts_with(&self.suffix)
    }

    /// The first of the places that have most of the context.
    fn closest<'p>(&self, haystack: &Haystack, places: &'p [Place]) -> Option<&'p Place> {
        let common = |place: &Place| {
            let before = haystack.text_before(place.folded.start);
            let after = haystack.text_after(place.folded.end);
            let left = before.bytes().rev().zip(self.prefix.bytes().rev()).take_while(|(one, other)| one == other);
            let right = after.bytes().zip(self.suffix.bytes()).take_while(|(one, other)| one == other);
            left.count() + right.count()
        };
        places.iter().rev().max_by_key(|place| common(place))
    }
}

impl Haystack {
    /// The folded text before a byte of it, without the space between.
    pub(super) fn text_before(&self, at: usize) -> &str {
        self.folded.text[..at].trim_end_matches(' ')
    }

    /// The folded text from a byte of it on, without the space between.
    pub(super) fn text_after(&self, at: usize) -> &str {
        self.folded.text[at..].trim_start_matches(' ')
    }

    /// How many gaps stand in a range of the folded text.
    pub(super) fn gaps_in(&self, folded: Range<usize>) -> usize {
        let gaps = &self.folded.gaps;
        gaps.partition_point(|&gap| gap < folded.end) - gaps.partition_point(|&gap| gap < folded.start)
    }
}
