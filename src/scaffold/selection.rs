//! Words that somebody has selected in a page → the quotation that anchors in the source, with the prefix or suffix that
//! it needs.
//!
//! A browser gives the words with other white space than the text has, and the selection may begin inside a word. So the
//! words are found without white space first, beside what stands before and after them, and widened to whole words.
//! Whether that is a quotation is decided by the anchor alone: what is returned is found by it, there and nowhere else.

use std::ops::Range;

use memchr::memmem;

use crate::anchor::{Haystack, Outcome, Selector, snap};
use crate::scaffold::{joined, quotation};
use crate::text::SourceText;

/// Words as a browser has them.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The words selected: one piece, or several where words are left out between.
    pub pieces: Vec<String>,
    /// What stands before them in the page, as far as it is of the source's text.
    pub before: String,
    /// What stands after them.
    pub after: String,
}

/// Words of a source as a claim quotes them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quotation {
    /// The source's own words.
    pub quote: String,
    /// The words just before, where they are needed.
    pub prefix: Option<String>,
    /// The words just after, where they are needed.
    pub suffix: Option<String>,
}

/// Why words cannot be quoted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unquotable {
    /// There are no words.
    Empty,
    /// They are not the source's.
    NotThere,
    /// The parts around what is left out are too short or too far from each other.
    Elision,
    /// They stand in several places with the same words around them.
    Ambiguous,
}

/// Places of the same words that are compared by what stands around them.
const MOST_PLACES: usize = 10_000;

/// The quotation of what is selected.
///
/// # Errors
/// Where the words cannot be quoted, and why.
pub fn quote(text: &SourceText, selection: &Selection) -> Result<Quotation, Unquotable> {
    let plain = text.plain();
    let pieces = locate(plain, selection)?;
    let pieces: Vec<Range<usize>> = pieces.into_iter().flat_map(|piece| without_gaps(piece, text.gaps())).collect();
    let pieces: Vec<Range<usize>> = pieces.iter().filter_map(|piece| whole_words(plain, piece)).collect();
    if pieces.is_empty() {
        return Err(Unquotable::Empty);
    }
    let is_elided = pieces.len() > 1;
    let exact = joined(plain, &pieces);
    let haystack = Haystack::new(plain, text.gaps());
    let place = pieces[0].start;
    match haystack.find(&Selector { exact: exact.as_str().into(), prefix: None, suffix: None }) {
        Outcome::Found(found) if found.extent().start == place => {
            Ok(Quotation { quote: quotation(plain, &found), prefix: None, suffix: None })
        }
        Outcome::Ambiguous(candidates) => {
            let here = candidates.into_iter().find(|candidate| candidate.placement.extent().start == place);
            let here = here.filter(|candidate| candidate.prefix.is_some() || candidate.suffix.is_some());
            let candidate = here.ok_or(Unquotable::Ambiguous)?;
            let quote = quotation(plain, &candidate.placement);
            Ok(Quotation { quote, prefix: candidate.prefix, suffix: candidate.suffix })
        }
        _ if is_elided => Err(Unquotable::Elision),
        _ => Err(Unquotable::NotThere),
    }
}

/// Where the pieces stand: of several places, the one that has most of what stands around them in the page.
fn locate(plain: &str, selection: &Selection) -> Result<Vec<Range<usize>>, Unquotable> {
    let text = Squashed::new(plain);
    let needles: Vec<String> = selection.pieces.iter().map(|piece| squash(piece)).filter(|p| !p.is_empty()).collect();
    let Some((first, rest)) = needles.split_first() else { return Err(Unquotable::Empty) };
    let (before, after) = (squash(&selection.before), squash(&selection.after));
    let mut best: Option<(usize, Vec<Range<usize>>)> = None;
    for start in places(&text.words, first).take(MOST_PLACES) {
        let mut pieces = Vec::with_capacity(needles.len());
        pieces.push(start..start + first.len());
        for needle in rest {
            let from = pieces.last().map_or(0, |piece| piece.end);
            let Some(at) = memmem::find(&text.words.as_bytes()[from..], needle.as_bytes()) else { break };
            pieces.push(from + at..from + at + needle.len());
        }
        if pieces.len() <= rest.len() {
            // The pieces that follow are nowhere behind this place, nor behind a later one.
            break;
        }
        let end = pieces.last().map_or(start, |piece| piece.end);
        let around = common(text.words[..start].bytes().rev(), before.bytes().rev())
            + common(text.words[end..].bytes(), after.bytes());
        if best.as_ref().is_none_or(|(most, _)| around > *most) {
            best = Some((around, pieces));
        }
    }
    let (_, pieces) = best.ok_or(Unquotable::NotThere)?;
    Ok(pieces.into_iter().map(|piece| text.range(&piece)).collect())
}

/// Every place of some words, those too that begin inside another: "no no" stands twice in "no no no".
fn places(text: &str, words: &str) -> impl Iterator<Item = usize> {
    let finder = memmem::Finder::new(words.as_bytes()).into_owned();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + finder.find(text.as_bytes().get(from..)?)?;
        from = at + 1;
        Some(at)
    })
}

/// How long two texts are the same.
fn common(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A text without its white space.
struct Squashed {
    words: String,
    /// For each run of characters without white space between, where it begins here and in the text.
    runs: Vec<(usize, usize)>,
}

impl Squashed {
    fn new(plain: &str) -> Self {
        let mut squashed = Self { words: String::with_capacity(plain.len()), runs: Vec::new() };
        for run in plain.split_whitespace() {
            let at = run.as_ptr().addr() - plain.as_ptr().addr();
            squashed.runs.push((squashed.words.len(), at));
            squashed.words.push_str(run);
        }
        squashed
    }

    /// The same place in the text, from a word's byte to a word's byte.
    fn range(&self, squashed: &Range<usize>) -> Range<usize> {
        let start = self.offset(squashed.start);
        // The end belongs to the character before it, not to the next word.
        start..self.offset(squashed.end.saturating_sub(1)) + 1
    }

    fn offset(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.runs.get(run).map_or(0, |(start, offset)| offset + (at - start))
    }
}

/// The parts of a piece between words that the dossier itself does not have.
fn without_gaps(piece: Range<usize>, gaps: &[usize]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = piece.start;
    for &gap in gaps.iter().filter(|gap| piece.contains(gap)) {
        parts.push(start..gap);
        start = gap;
    }
    parts.push(start..piece.end);
    parts
}

/// The piece widened to whole words, without white space around it.
fn whole_words(plain: &str, piece: &Range<usize>) -> Option<Range<usize>> {
    let words = plain.get(piece.clone())?;
    let start = piece.start + (words.len() - words.trim_start().len());
    let end = piece.end - (words.len() - words.trim_end().len());
    (start < end).then(|| snap(plain, start..end))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::terms::Extent;

    const BODY: &str = "He said *no* to the first offer. Then he said **no** to the second\noffer, and left.\n\n\
        > A block with “quotes” and a [link](https://example.org/).\n\n[…]\n\nThe last words that anybody heard of him.\n";

    fn text(extent: Extent) -> SourceText {
        SourceText::from_markdown("A title", BODY, extent)
    }

    fn selector(quotation: Quotation) -> Selector {
        let Quotation { quote, prefix, suffix } = quotation;
        Selector { exact: quote.into(), prefix: prefix.map(Into::into), suffix: suffix.map(Into::into) }
    }

    fn select(pieces: &[&str], before: &str, after: &str) -> Result<Quotation, Unquotable> {
        let pieces = pieces.iter().map(|&piece| piece.to_owned()).collect();
        let selection = Selection { pieces, before: before.to_owned(), after: after.to_owned() };
        quote(&text(Extent::Excerpts), &selection)
    }

    fn words(pieces: &[&str], before: &str, after: &str) -> String {
        select(pieces, before, after).unwrap().quote
    }

    #[test]
    fn words_are_quoted_as_the_source_has_them() {
        assert_eq!(words(&["to the\n  second offer,  and left"], "", ""), "to the second offer, and left");
        assert_eq!(words(&["block with “quotes” and a link"], "", ""), "block with “quotes” and a link");
        assert_eq!(words(&["A title"], "", ""), "A title");
        assert_eq!(words(&["left.\n\nA block"], "", ""), "left. A block");
    }

    #[test]
    fn a_selection_inside_words_is_widened_to_whole_ones() {
        assert_eq!(words(&["econd offer, and le"], "", ""), "second offer, and left");
        assert_eq!(words(&[" left. "], "", ""), "left.");
    }

    #[test]
    fn of_two_places_the_one_beside_the_context_is_quoted() {
        let first = select(&["said no to the"], "He ", " first offer. Then").unwrap();
        let second = select(&["said no to the"], "offer. Then he ", " second offer").unwrap();
        assert_eq!(first.quote, second.quote);
        assert_ne!((&first.prefix, &first.suffix), (&second.prefix, &second.suffix));
        for (quotation, place) in [(first, "He said"), (second, "he said")] {
            let source = text(Extent::Excerpts);
            let selector = selector(quotation);
            let Outcome::Found(found) = Haystack::new(source.plain(), source.gaps()).find(&selector) else { panic!() };
            assert_eq!(found.extent().start, source.plain().find(place).unwrap() + "He ".len());
        }
    }

    #[test]
    fn words_that_overlap_themselves_are_told_apart() {
        assert_eq!(places("nonono", "nono").collect::<Vec<_>>(), [0, 2]);
        let source = SourceText::from_markdown("T", "First no no no last.\n", Extent::Full);
        for (before, after, start) in [("First", "no last.", "First ".len()), ("First no", "last.", "First no ".len())]
        {
            let selection =
                Selection { pieces: vec!["no no".to_owned()], before: before.to_owned(), after: after.to_owned() };
            let places = locate(source.plain(), &selection).unwrap();
            assert_eq!(places[0].start, source.plain().find("First").unwrap() + start);
        }
    }

    #[test]
    fn words_that_are_left_out_become_an_elision() {
        let elided = "and a link. […] The last words";
        assert_eq!(words(&["and a link.", "The last words"], "", ""), elided);
        // A page that does not say where words are left out.
        assert_eq!(words(&["and a link. The last words"], "", ""), elided);
        assert_eq!(select(&["link.", "The last words"], "", ""), Err(Unquotable::Elision));
        assert_eq!(words(&["said no to the", "second offer, and left"], "he", ""), {
            "said no to the […] second offer, and left"
        });
    }

    #[test]
    fn what_is_not_in_the_source_is_not_quoted() {
        assert_eq!(select(&["A note in the margin"], "", ""), Err(Unquotable::NotThere));
        assert_eq!(select(&["The last words", "A block"], "", ""), Err(Unquotable::NotThere));
        assert_eq!(select(&[" \n "], "", ""), Err(Unquotable::Empty));
        assert_eq!(select(&[], "", ""), Err(Unquotable::Empty));
    }

    #[test]
    fn words_that_nothing_tells_apart_are_not_quoted() {
        let source = SourceText::from_markdown("T", "again\n\nagain\n\nagain\n\nagain\n\nagain\n", Extent::Full);
        let selection = Selection { pieces: vec!["again".to_owned()], ..Selection::default() };
        // Whatever is returned, the anchor finds it at one place.
        if let Ok(quotation) = quote(&source, &selection) {
            let selector = selector(quotation);
            assert!(matches!(Haystack::new(source.plain(), &[]).find(&selector), Outcome::Found(_)));
        }
    }

    /// Paragraphs of few words, so that much stands in them twice.
    fn paragraphs() -> impl Strategy<Value = String> {
        let word =
            prop::sample::select(vec!["no", "He", "said,", "the", "*offer*", "was", "“left”.", "don’t", "新华社"]);
        let paragraph = prop::collection::vec(word, 1..12).prop_map(|words| words.join(" "));
        prop::collection::vec(paragraph, 1..6).prop_map(|paragraphs| paragraphs.join("\n\n"))
    }

    proptest! {
        #[test]
        fn whatever_is_selected_is_quoted_from_its_place(body in paragraphs(), from in 0usize..400, length in 1usize..60) {
            let source = SourceText::from_markdown("A title", &body, Extent::Full);
            let plain = source.plain();
            let chars: Vec<usize> = plain.char_indices().map(|(at, _)| at).chain([plain.len()]).collect();
            let start = chars[from % (chars.len() - 1)];
            let end = chars[(from % (chars.len() - 1) + length).min(chars.len() - 1)];
            let selection = Selection {
                pieces: vec![plain[start..end].replace(' ', " \n ")],
                before: plain[..start].to_owned(),
                after: plain[end..].to_owned(),
            };
            let selected = plain[start..end].trim();
            match quote(&source, &selection) {
                Ok(quotation) => {
                    let found = Haystack::new(plain, &[]).find(&selector(quotation));
                    let Outcome::Found(placement) = found else { panic!("{found:?}") };
                    let at = start + plain[start..end].find(selected).unwrap();
                    let extent = placement.extent();
                    prop_assert!(extent.start <= at && at + selected.len() <= extent.end, "{extent:?} of {start}..{end}");
                    // Whole words, and no more of the text.
                    prop_assert!(extent.len() <= selected.len() + 2 * "“left”".len(), "{extent:?} of {start}..{end}");
                }
                Err(Unquotable::Empty) => prop_assert!(selected.is_empty()),
                Err(Unquotable::NotThere) => prop_assert!(!selected.contains(char::is_alphanumeric)),
                Err(why) => prop_assert_eq!(why, Unquotable::Ambiguous),
            }
        }
    }
}
