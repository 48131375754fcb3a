//! Lints about quotations and what they leave out.

use crate::diag::Diagnostic;
use crate::dossier::{Anchor, Quote};
use crate::files::Span;
use crate::resolve::lints::{Lints, OneClaim};
use crate::resolve::sources::Text;

/// How many words a quotation needs to speak for itself.
const WORDS: usize = 3;

/// Words that turn the meaning of what follows them.
const TURNING: &[&str] = &[
    "barely", "cannot", "denied", "denies", "deny", "denying", "doubt", "doubted", "doubts", "except", "hardly", "if",
    "lest", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "rarely", "rejected", "rejects",
    "scarcely", "seldom", "unless", "whether", "without",
];

/// Words that such a word is passed on through: "denied that …".
const PASSING: &[&str] = &["that"];

impl<'a> Lints<'_, 'a> {
    /// The word just before a quotation, or before a piece of one, is not, no, never, denied, if, or the like.
    pub(super) fn quote_clipped_after_negation(&self, one: &OneClaim<'_, 'a>, found: &mut Vec<Diagnostic>) {
        if self.is_allowed("quote-clipped-after-negation") {
            return;
        }
        for (quote, span) in quotes(one) {
            let (Anchor::Placed(placement), Some(Some(text))) =
                (&quote.anchor, self.context.texts.get(quote.source.index()))
            else {
                continue;
            };
            let turning = placement.pieces.iter().find_map(|piece| turning_word_before(text, piece.start));
            let Some((word, at)) = turning else { continue };
            let message = format!("the word just before this quote is \"{word}\"");
            let lint = self.at("quote-clipped-after-negation", span, message);
            found.extend(lint.map(|lint| {
                lint.other(text.place(self.context.input, at..at + word.len()), "left out")
                    .hint("quote it too, or make sure that the quote says what the source says")
            }));
        }
    }

    /// A quotation of fewer than three words without prefix or suffix.
    pub(super) fn short_quote(&self, one: &OneClaim<'_, 'a>, found: &mut Vec<Diagnostic>) {
        for (quote, span) in quotes(one) {
            let selector = &quote.selector;
            if selector.prefix.is_some() || selector.suffix.is_some() || words(&selector.exact) >= WORDS {
                continue;
            }
            let message = format!("this quote has fewer than {WORDS} words");
            let lint = self.at("short-quote", span, message);
            found.extend(
                lint.map(|lint| lint.hint("quote more of the passage, or add the words just before it as `prefix`")),
            );
        }
    }

    /// `said` is later than the publication of the source.
    pub(super) fn claim_after_its_source(&self, one: &OneClaim<'_, 'a>, found: &mut Vec<Diagnostic>) {
        for (appearance, place) in one.claim.appearances.iter().zip(&one.places.appearances) {
            let source = self.context.shelf.sources.get(appearance.quote.source.index());
            let Some((entry, date)) = source.and_then(|entry| Some((entry, entry.ast.date.as_ref()?))) else {
                continue;
            };
            for said in place.attribution.iter().filter_map(|link| link.said.as_ref()) {
                let after = said.value.earliest.zip(date.value.latest).is_some_and(|(said, out)| said > out);
                if !after {
                    continue;
                }
                let message = format!("this was said after its source was published ({})", date.value.as_str());
                let lint = self.at_claim("claim-after-its-source", one.ix, said.range, message);
                found.extend(lint.map(|lint| {
                    lint.other(Span { file: entry.file, range: date.range }, "the source's date")
                        .hint("one of the two dates is wrong, or the chain belongs to another source")
                }));
            }
        }
    }
}

/// The quotations of a claim with their places in its file.
/// The passages that a claim names, each with its place in the claim's file.
pub(super) fn quotes<'l>(one: &'l OneClaim<'_, '_>) -> impl Iterator<Item = (&'l Quote, Span)> {
    let file = one.claim.meta.file;
    let appearances = one.claim.appearances.iter().zip(&one.places.appearances);
    let appearances = appearances.map(|(appearance, place)| (&appearance.quote, &place.quote));
    let relations = one.claim.relations.iter().zip(&one.places.relations);
    let relations =
        relations.filter_map(|(relation, place)| Some((relation.by.as_deref()?, &place.by.as_ref()?.quote)));
    appearances.chain(relations).map(move |(quote, place)| (quote, Span { file, range: place.exact.range }))
}

/// The word that turns the meaning of what begins at byte `start`, where it stands just before it in the same block,
/// and where that is.
fn turning_word_before(text: &Text<'_>, start: usize) -> Option<(String, usize)> {
    let plain = text.text.plain();
    let leaves = text.text.leaves();
    let leaf = leaves.get(leaves.partition_point(|leaf| leaf.plain.end <= start))?;
    let mut before = plain.get(leaf.plain.start..start)?;
    loop {
        let (word, at) = last_word(before)?;
        let folded = word.to_lowercase().replace('’', "'");
        if TURNING.contains(&folded.as_str()) || folded.ends_with("n't") {
            return Some((word.to_owned(), leaf.plain.start + at));
        }
        if !PASSING.contains(&folded.as_str()) {
            return None;
        }
        before = &before[..at];
    }
}

/// The last word of `text` and where it starts; none where a stop or comma stands after it.
fn last_word(text: &str) -> Option<(&str, usize)> {
    let is_opening = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '(' | '[');
    let text = text.trim_end_matches(is_opening);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let rest = text.trim_end_matches(is_word);
    (rest.len() < text.len()).then(|| (&text[rest.len()..], rest.len()))
}

/// How many words a text has; in scripts without spaces each character counts as one.
pub(super) fn words(text: &str) -> usize {
    let without_spaces = |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .map(|word| word.chars().filter(|c| without_spaces(*c)).count().max(1))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_ends_where_the_quote_begins() {
        assert_eq!(last_word("He did not "), Some(("not", 7)));
        assert_eq!(last_word("He said: “"), None);
        assert_eq!(last_word("they don’t “"), Some(("don’t", 5)));
        assert_eq!(last_word("No, "), None);
        assert_eq!(last_word(""), None);
    }

    #[test]
    fn scripts_without_spaces_have_words_too() {
        assert_eq!(words("two words"), 2);
        assert_eq!(words("a — b"), 2);
        assert_eq!(words("新华社报道"), 5);
    }
}
