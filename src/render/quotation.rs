//! A quotation in its sentence, with no word that the site may not show.

use std::ops::Range;

use crate::anchor::Placement;
use crate::dossier::{Anchor, ELISION, Quote, Source};
use crate::render::escape::escape_into;
use crate::terms::Publish;
use crate::text::SourceText;

/// The quotation as phrasing content, marked, in its sentence where the source is published so far.
pub(crate) fn in_sentence(quote: &Quote, source: &Source) -> String {
    in_sentence_compared(quote, source, None)
}

/// The same, with the words underlined that another wording of it does not have: `words` are the quotation's, each with
/// whether it is the same there.
pub(crate) fn in_sentence_compared(quote: &Quote, source: &Source, words: Option<&[(String, bool)]>) -> String {
    match (&quote.anchor, &source.text) {
        (Anchor::Placed(placement), Some(text)) => {
            let sentence = match source.publish {
                Publish::Record => placement.extent(),
                Publish::Full | Publish::Excerpts => text.sentences_around(placement.extent()),
            };
            let visible = visible(source, text, placement, &sentence);
            let differs = words.map(|words| differing(text.plain(), &placement.pieces, words)).unwrap_or_default();
            Marked { plain: text.plain(), pieces: &placement.pieces, differs: &differs }.runs(&visible)
        }
        // Nothing was checked: the words are the record's own.
        _ => {
            let whole = 0..quote.selector.exact.len();
            let pieces = std::slice::from_ref(&whole);
            let differs = words.map(|words| differing(&quote.selector.exact, pieces, words)).unwrap_or_default();
            Marked { plain: &quote.selector.exact, pieces, differs: &differs }.runs(pieces)
        }
    }
}

/// The runs of words in `pieces` that are not the same. None where the source's words are not those that were compared:
/// a fold can make one word of two.
fn differing(plain: &str, pieces: &[Range<usize>], words: &[(String, bool)]) -> Vec<Range<usize>> {
    let elision = ELISION.trim();
    let compared: Vec<bool> = words
        .iter()
        .filter(|(word, _)| pieces.len() == 1 || (word != elision && word != "[...]"))
        .map(|(_, same)| *same)
        .collect();
    let found: Vec<Range<usize>> = pieces.iter().flat_map(|piece| words_in(plain, piece)).collect();
    if found.len() != compared.len() {
        return Vec::new();
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (word, _) in found.into_iter().zip(compared).filter(|(_, same)| !same) {
        match runs.last_mut() {
            Some(run) if plain.get(run.end..word.start).is_some_and(|gap| gap.trim().is_empty()) => run.end = word.end,
            _ => runs.push(word),
        }
    }
    runs
}

/// The words of a range, each with its place.
fn words_in<'t>(plain: &'t str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let start = plain.as_ptr() as usize;
    let text = plain.get(range.clone()).unwrap_or_default();
    text.split_whitespace().map(move |word| {
        let at = word.as_ptr() as usize - start;
        at..at + word.len()
    })
}

/// The quotation's words alone, as the source has them.
pub(crate) fn words(quote: &Quote, source: &Source) -> String {
    quote.words(source)
}

/// The first few words of a text, for a link to it in quotation marks: without such marks of its own at the ends.
pub(crate) fn opening(text: &str, words: usize) -> String {
    let mut rest = text.trim_matches(|c: char| c.is_whitespace() || "\"“”„«»‘’".contains(c)).split_whitespace();
    let opening = rest.by_ref().take(words).collect::<Vec<_>>().join(" ");
    if rest.next().is_some() { format!("{opening} …") } else { opening }
}

/// The ranges of `sentence` that the site may show, in order, merged: what the source publishes, and the pieces.
fn visible(source: &Source, text: &SourceText, placement: &Placement, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let title = text.leaves().iter().filter(|leaf| leaf.origin.is_none()).map(|leaf| leaf.plain.clone());
    let published = match source.publish {
        Publish::Record => &[],
        Publish::Full | Publish::Excerpts => source.shown.as_slice(),
    };
    // `shown` is in order: only the part around the sentence is looked at.
    let first = published.partition_point(|range| range.end <= sentence.start);
    let near = published[first..].iter().take_while(|range| range.start < sentence.end).cloned();
    // The title is the first block of a text with a body; a capture has none, and its first block is like the others.
    let title = title.take(usize::from(source.publish != Publish::Record && has_title(source, text)));
    let mut ranges: Vec<Range<usize>> = near
        .chain(title)
        .chain(placement.pieces.iter().cloned())
        .map(|range| range.start.max(sentence.start)..range.end.min(sentence.end))
        .filter(|range| range.start < range.end)
        .collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

fn has_title(source: &Source, text: &SourceText) -> bool {
    text.leaves().first().is_some_and(|leaf| leaf.origin.is_none()) && text.plain().starts_with(source.title.as_str())
}

/// A text with the pieces that are marked in it, and what differs inside them.
struct Marked<'a> {
    plain: &'a str,
    pieces: &'a [Range<usize>],
    differs: &'a [Range<usize>],
}

impl Marked<'_> {
    /// `ranges` as HTML, with words left out between them shown as such.
    fn runs(&self, ranges: &[Range<usize>]) -> String {
        let mut html = String::new();
        let mut end = None;
        for range in ranges {
            if let Some(end) = end {
                let between = self.plain.get(end..range.start).unwrap_or_default();
                html.push_str(if between.trim().is_empty() { " " } else { ELISION });
            }
            self.run(range, &mut html);
            end = Some(range.end);
        }
        html
    }

    fn run(&self, range: &Range<usize>, html: &mut String) {
        let mut at = range.start;
        for piece in self.pieces.iter().filter(|piece| piece.start < range.end && range.start < piece.end) {
            let (start, end) = (piece.start.max(range.start), piece.end.min(range.end));
            escape_into(html, self.text(at..start));
            html.push_str("<mark>");
            self.piece(start..end, html);
            html.push_str("</mark>");
            at = end;
        }
        escape_into(html, self.text(at..range.end));
    }

    fn piece(&self, piece: Range<usize>, html: &mut String) {
        let mut at = piece.start;
        for run in self.differs.iter().filter(|run| run.start >= piece.start && run.end <= piece.end) {
            escape_into(html, self.text(at..run.start));
            html.push_str("<b class=\"differs\"><span class=\"vh\">[differs: </span>");
            escape_into(html, self.text(run.clone()));
            html.push_str("<span class=\"vh\">]</span></b>");
            at = run.end;
        }
        escape_into(html, self.text(at..piece.end));
    }

    fn text(&self, range: Range<usize>) -> &str {
        self.plain.get(range).unwrap_or_default()
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)]
mod tests {
    use super::*;

    #[test]
    fn words_left_out_are_shown_as_such() {
        let plain = "He said: one two <three>. Four & five.\nSix.";
        let runs = |plain, pieces: &[Range<usize>], ranges: &[Range<usize>]| {
            Marked { plain, pieces, differs: &[] }.runs(ranges)
        };
        assert_eq!(
            runs(plain, &[9..12, 30..37], &[0..17, 26..38]),
            "He said: <mark>one</mark> two  […] Fou<mark>r &amp; fiv</mark>e"
                .replace("Fou<mark>r &amp; fiv</mark>e", "Four<mark> &amp; five</mark>.")
        );
        assert_eq!(runs(plain, &[], &[26..38, 39..43]), "Four &amp; five. Six.");
    }

    #[test]
    fn words_that_differ_are_told_apart_inside_a_marked_piece() {
        let words = |flags: &[bool]| flags.iter().map(|same| (String::new(), *same)).collect::<Vec<_>>();
        let plain = "He: (if we do) we\ndo.";
        let piece = [4..plain.len()];
        assert_eq!(differing(plain, &piece, &words(&[false, false, true, true, false])), [4..10, 18..21]);
        assert!(differing(plain, &piece, &words(&[false, true])).is_empty());
        assert_eq!(
            Marked { plain, pieces: &piece, differs: &[4..7] }.runs(&[0..plain.len()]),
            "He: <mark><b class=\"differs\"><span class=\"vh\">[differs: </span>(if<span class=\"vh\">]</span></b> we do) \
             we\ndo.</mark>"
        );
        let mut elided = words(&[true, false]);
        elided.insert(1, ("[…]".to_owned(), true));
        assert_eq!(differing(plain, &[0..3, 15..17], &elided), [15..17]);
    }

    #[test]
    fn an_opening_says_that_it_goes_on() {
        assert_eq!(opening("a b  c d", 3), "a b c …");
        assert_eq!(opening("“a b c”", 3), "a b c");
    }
}
