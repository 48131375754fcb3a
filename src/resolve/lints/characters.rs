//! Characters that nobody sees: bidirectional controls and zero-width characters can make a text read otherwise than
//! it is.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::dossier::SourceIx;
use crate::files::Span;
use crate::parse::ast::Located;
use crate::resolve::lints::{Lints, OneClaim};
use crate::resolve::sources::Origin;

const LINT: &str = "hidden-character";

/// Characters that readers do not see, with their names in the Unicode Character Database.
const HIDDEN: &[(char, &str)] = &[
    ('\u{61c}', "ARABIC LETTER MARK"),
    ('\u{180e}', "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{200b}', "ZERO WIDTH SPACE"),
    ('\u{200c}', "ZERO WIDTH NON-JOINER"),
    ('\u{200d}', "ZERO WIDTH JOINER"),
    ('\u{200e}', "LEFT-TO-RIGHT MARK"),
    ('\u{200f}', "RIGHT-TO-LEFT MARK"),
    ('\u{202a}', "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202b}', "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202c}', "POP DIRECTIONAL FORMATTING"),
    ('\u{202d}', "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202e}', "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{2060}', "WORD JOINER"),
    ('\u{2066}', "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', "FIRST STRONG ISOLATE"),
    ('\u{2069}', "POP DIRECTIONAL ISOLATE"),
    ('\u{feff}', "ZERO WIDTH NO-BREAK SPACE"),
];

impl<'a> Lints<'_, 'a> {
    /// A source holds bidirectional controls or zero-width characters: one a text and character.
    pub(super) fn hidden_character_in_source(&self, ix: SourceIx, found: &mut Vec<Diagnostic>) {
        let Some(entry) = self.context.shelf.sources.get(ix.index()).filter(|_| !self.is_allowed(LINT)) else { return };
        let at = |located: &Located, range| Span { file: entry.file, range: located.locate(range) };
        for (what, located) in [("title", Some(&entry.ast.title)), ("source", entry.ast.body.as_ref())] {
            let Some(located) = located else { continue };
            self.hidden_in(what, &located.text, |range| at(located, range), found);
        }
        if let Some(Some(text)) = self.context.texts.get(ix.index())
            && let Origin::Capture { file, .. } = text.from
        {
            let raw = &self.context.input.files.get(file).text;
            self.hidden_in("capture", raw, |range| Span { file, range: range.into() }, found);
        }
    }

    /// A quotation holds such characters.
    pub(super) fn hidden_character_in_claim(&self, one: &OneClaim<'_, 'a>, found: &mut Vec<Diagnostic>) {
        if self.is_allowed(LINT) {
            return;
        }
        let file = one.claim.meta.file;
        let quotes = one.places.appearances.iter().map(|appearance| &appearance.quote);
        let by = one.places.relations.iter().filter_map(|relation| relation.by.as_ref()).map(|by| &by.quote);
        for located in quotes.chain(by).map(|quote| &quote.exact) {
            let place = |range| Span { file, range: located.locate(range) };
            self.hidden_in("quote", &located.text, place, found);
        }
    }

    fn hidden_in(
        &self,
        what: &str,
        text: &str,
        place: impl Fn(std::ops::Range<usize>) -> Span,
        found: &mut Vec<Diagnostic>,
    ) {
        let mut places: BTreeMap<char, (&str, Vec<usize>)> = BTreeMap::new();
        for (at, c, name) in hidden(text) {
            places.entry(c).or_insert((name, Vec::new())).1.push(at);
        }
        for (c, (name, at)) in places {
            let Some(first) = at.first() else { continue };
            let times = if at.len() == 1 { String::new() } else { format!(", {} times", at.len()) };
            let message =
                format!("this {what} holds a character that nobody sees: U+{:04X} {name}{times}", u32::from(c));
            let lint = self.at(LINT, place(*first..*first + c.len_utf8()), message);
            found.extend(lint.map(|lint| lint.label("here").hint("take it out unless the text needs it")));
        }
    }
}

/// The hidden characters of a text with their byte offsets and names, without those that its script needs.
fn hidden(text: &str) -> impl Iterator<Item = (usize, char, &'static str)> {
    // A text in plain ASCII, as most are, is done at once.
    let text = if text.is_ascii() { "" } else { text };
    text.char_indices().filter_map(move |(at, c)| {
        let (_, name) = HIDDEN.iter().find(|(hidden, _)| *hidden == c)?;
        let is_mark_of_order = c == '\u{feff}' && at == 0;
        (!is_mark_of_order && !is_joining(text, at, c)).then_some((at, c, *name))
    })
}

/// Whether it is a joiner between characters beyond ASCII: Persian, the scripts of India and emoji are written so.
fn is_joining(text: &str, at: usize, c: char) -> bool {
    let beyond = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace());
    matches!(c, '\u{200c}' | '\u{200d}')
        && beyond(text[..at].chars().next_back())
        && beyond(text[at + c.len_utf8()..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_script_does_not_need_is_hidden() {
        let found = |text: &str| hidden(text).map(|(at, c, _)| (at, c)).collect::<Vec<_>>();
        assert_eq!(found("a\u{200b}b"), [(1, '\u{200b}')]);
        assert_eq!(found("a\u{202e}b\u{202c}"), [(1, '\u{202e}'), (5, '\u{202c}')]);
        assert_eq!(found("می\u{200c}خواهم"), []);
        assert_eq!(found("a\u{200d}b"), [(1, '\u{200d}')]);
        assert_eq!(found("\u{feff}text"), []);
        assert_eq!(found("text\u{feff}"), [(4, '\u{feff}')]);
    }
}
