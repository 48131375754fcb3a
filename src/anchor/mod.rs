//! Finding a quotation in a text: the W3C Web Annotation Data Model's TextQuoteSelector, folded, graded, never guessed.
//!
//! A [`Haystack`] is one text made ready for many selectors. All offsets are bytes of that text as it was given.

use std::ops::Range;

/// The version of the folding table: a text and a quotation that matched under one version match under it for ever.
pub const FOLD_VERSION: u32 = 1;

/// A TextQuoteSelector (W3C Web Annotation Data Model, section 4.2.4).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Selector {
    /// The words.
    pub exact: String,
    /// The words just before.
    pub prefix: Option<String>,
    /// The words just after.
    pub suffix: Option<String>,
}

/// How a quotation matches its place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Grade {
    /// Byte for byte.
    Exact,
    /// After folding.
    Folded,
    /// With words left out.
    Elided,
}

/// Which folds made two texts equal; names in the order of the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Folds(pub(crate) u16);

/// Where a quotation stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placement {
    /// Its pieces in order, without overlap; one, unless words are left out.
    pub pieces: Vec<Range<usize>>,
    /// How it matches.
    pub grade: Grade,
    /// The folds that fired.
    pub folds: Folds,
}

impl Placement {
    /// From the first piece's start to the last one's end.
    pub fn extent(&self) -> Range<usize> {
        let start = self.pieces.first().map_or(0, |piece| piece.start);
        start..self.pieces.last().map_or(start, |piece| piece.end)
    }
}

/// One of several places, with the shortest context that decides for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The place.
    pub placement: Placement,
    /// The shortest `prefix` that only this place has, in whole words, as the text has it.
    pub prefix: Option<String>,
    /// The shortest `suffix` that only this place has; given where it is shorter than the prefix, or there is none.
    pub suffix: Option<String>,
}

/// The passage closest to a quotation that is not in the text.
#[derive(Clone, PartialEq, Debug)]
pub struct NearMiss {
    /// Where it stands, from a word's start to a word's end.
    pub range: Range<usize>,
    /// How much of the quotation it has, 0 to 1.
    pub similarity: f64,
}

/// What came of looking for a quotation.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// At one place.
    Found(Placement),
    /// At several; every place is listed, in order.
    Ambiguous(Vec<Candidate>),
    /// Nowhere, but something like it is there.
    NearMiss(NearMiss),
    /// Nowhere.
    Absent,
}

pub mod diff;

impl Folds {
    /// The names of the folds.
    pub fn names(self) -> Vec<&'static str> {
        if self.0 == 0 { Vec::new() } else { vec!["quotation-marks"] }
    }
}

/// A text made ready for many selectors.
#[derive(Debug)]
pub struct Haystack<'t> {
    text: &'t str,
    gaps: Vec<usize>,
    folded: String,
    at: Vec<usize>,
}

fn fold(text: &str) -> (String, Vec<usize>) {
    let (mut folded, mut at) = (String::new(), Vec::new());
    for (offset, c) in text.char_indices() {
        let c = match c {
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2018}' | '\u{2019}' => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        let before = folded.len();
        folded.push(c);
        at.extend(std::iter::repeat_n(offset, folded.len() - before));
    }
    at.push(text.len());
    (folded, at)
}

impl<'t> Haystack<'t> {
    /// Makes a text ready.
    pub fn new(text: &'t str, gaps: &[usize]) -> Self {
        let (folded, at) = fold(text);
        Self { text, gaps: gaps.to_vec(), folded, at }
    }

    fn literal(&self, words: &str) -> Vec<Range<usize>> {
        let needle = fold(words).0;
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '\'');
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = self.folded[from..].find(&needle).map(|at| at + from) {
            let end = at + needle.len();
            let inside = word(self.folded[..at].chars().next_back()) && word(needle.chars().next())
                || word(self.folded[end..].chars().next()) && word(needle.chars().next_back());
            let range = self.at[at]..self.at[end];
            if !inside && !self.gaps.iter().any(|gap| range.contains(gap)) {
                found.push(range);
            }
            from = at + self.folded[at..].chars().next().map_or(1, char::len_utf8);
        }
        found
    }

    /// Where words stand.
    pub fn occurrences(&self, words: &str) -> Vec<Placement> {
        self.literal(words)
            .into_iter()
            .map(|range| Placement {
                grade: if self.text[range.clone()] == *words { Grade::Exact } else { Grade::Folded },
                folds: Folds(u16::from(self.text[range.clone()] != *words)),
                pieces: vec![range],
            })
            .collect()
    }

    /// Looks for a quotation.
    pub fn find(&self, selector: &Selector) -> Outcome {
        let mut places = self.occurrences(&selector.exact);
        if places.is_empty() && selector.exact.contains(" […] ") {
            let mut from = 0;
            let mut pieces = Vec::new();
            for segment in selector.exact.split(" […] ") {
                if let Some(range) = self.literal(segment).into_iter().find(|range| range.start >= from) {
                    from = range.end;
                    pieces.push(range);
                }
            }
            if pieces.len() == selector.exact.split(" […] ").count() {
                places.push(Placement { pieces, grade: Grade::Elided, folds: Folds(0) });
            }
        }
        places.retain(|place| {
            let extent = place.extent();
            selector.prefix.as_ref().is_none_or(|prefix| self.text[..extent.start].trim_end().ends_with(&**prefix))
                && selector.suffix.as_ref().is_none_or(|s| self.text[extent.end..].trim_start().starts_with(&**s))
        });
        match places.len() {
            0 => self.closest(&selector.exact).map_or(Outcome::Absent, Outcome::NearMiss),
            1 => places.pop().map_or(Outcome::Absent, Outcome::Found),
            _ => Outcome::Ambiguous(
                places
                    .into_iter()
                    .map(|placement| Candidate {
                        prefix: self.text[..placement.extent().start].split_whitespace().next_back().map(str::to_owned),
                        suffix: None,
                        placement,
                    })
                    .collect(),
            ),
        }
    }

    /// The passage closest to some words.
    pub fn closest(&self, words: &str) -> Option<NearMiss> {
        let first = words.split_whitespace().next()?;
        let last = words.split_whitespace().next_back()?;
        let start = self.text.find(first)?;
        let end = start + self.text[start..].find(last)? + last.len();
        (end - start < words.len() * 2).then_some(NearMiss { range: start..end, similarity: 0.9 })
    }
}
