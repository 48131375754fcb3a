//! A quotation in its sentence, with no word that the site may not show.

use std::ops::Range;

use crate::anchor::Placement;
use crate::dossier::{Anchor, Quote, Source};
use crate::render::escape::{escape, escape_into};
use crate::terms::Publish;
use crate::text::SourceText;

/// What stands for words left out.
const ELISION: &str = " […] ";

/// The quotation as phrasing content, marked, in its sentence where the source is published so far.
pub(crate) fn in_sentence(quote: &Quote, source: &Source) -> String {
    match (&quote.anchor, &source.text) {
        (Anchor::Placed(placement), Some(text)) => {
            let sentence = match source.publish {
                Publish::Record => placement.extent(),
                Publish::Full | Publish::Excerpts => text.sentences_around(placement.extent()),
            };
            runs(text.plain(), &placement.pieces, &visible(source, text, placement, &sentence))
        }
        // Nothing was checked: the words are the record's own.
        _ => format!("<mark>{}</mark>", escape(&quote.selector.exact)),
    }
}

/// The quotation's words alone, as the source has them.
pub(crate) fn words(quote: &Quote, source: &Source) -> String {
    match (&quote.anchor, &source.text) {
        (Anchor::Placed(placement), Some(text)) => {
            let pieces = placement.pieces.iter().filter_map(|piece| text.plain().get(piece.clone()));
            pieces.map(one_line).collect::<Vec<_>>().join(ELISION)
        }
        _ => one_line(&quote.selector.exact),
    }
}

/// The first few words of a text, for a link to it in quotation marks: without such marks of its own at the ends.
pub(crate) fn opening(text: &str, words: usize) -> String {
    let mut rest = text.trim_matches(|c: char| c.is_whitespace() || "\"“”„«»‘’".contains(c)).split_whitespace();
    let opening = rest.by_ref().take(words).collect::<Vec<_>>().join(" ");
    if rest.next().is_some() { format!("{opening} …") } else { opening }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
    text.leaves().first().is_some_and(|leaf| leaf.origin.is_none()) && text.plain().starts_with(&source.title)
}

/// The ranges of `plain` as HTML, with the parts of `pieces` marked and words left out between ranges shown as such.
fn runs(plain: &str, pieces: &[Range<usize>], ranges: &[Range<usize>]) -> String {
    let mut html = String::new();
    let mut end = None;
    for range in ranges {
        if let Some(end) = end {
            let between = plain.get(end..range.start).unwrap_or_default();
            html.push_str(if between.trim().is_empty() { " " } else { ELISION });
        }
        run(plain, pieces, range, &mut html);
        end = Some(range.end);
    }
    html
}

fn run(plain: &str, pieces: &[Range<usize>], range: &Range<usize>, html: &mut String) {
    let text = |range: Range<usize>| plain.get(range).unwrap_or_default();
    let mut at = range.start;
    for piece in pieces.iter().filter(|piece| piece.start < range.end && range.start < piece.end) {
        let (start, end) = (piece.start.max(range.start), piece.end.min(range.end));
        escape_into(html, text(at..start));
        html.push_str("<mark>");
        escape_into(html, text(start..end));
        html.push_str("</mark>");
        at = end;
    }
    escape_into(html, text(at..range.end));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_left_out_are_shown_as_such() {
        let plain = "He said: one two <three>. Four & five.\nSix.";
        assert_eq!(
            runs(plain, &[9..12, 30..37], &[0..17, 26..38]),
            "He said: <mark>one</mark> two  […] Fou<mark>r &amp; fiv</mark>e"
                .replace("Fou<mark>r &amp; fiv</mark>e", "Four<mark> &amp; five</mark>.")
        );
        assert_eq!(runs(plain, &[], &[26..38, 39..43]), "Four &amp; five. Six.");
    }

    #[test]
    fn an_opening_says_that_it_goes_on() {
        assert_eq!(opening("a b  c d", 3), "a b c …");
        assert_eq!(opening("“a b c”", 3), "a b c");
    }
}
