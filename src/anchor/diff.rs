//! A quotation and the passage closest to it, word by word, for people to see what differs.
//!
//! Words are equal where they are after folding. The one-line form is that of `git diff --word-diff`: `[-words of the
//! quotation-]` and `{+words of the text+}`.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::fold;
use super::words::is_spaceless;

/// More equal words than this in a row, and more words of the text alone, are shortened in the one-line form.
const MAX_SHOWN: usize = 14;

/// How many words of a shortened run are shown at each side.
const KEPT: usize = 5;

/// More words than this that differ are not held against each other: the time grows with their square.
const MAX_COMPARED: usize = 3_000;

/// A run of words, parted by single spaces where the text they are from parts them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DiffPart {
    /// In both, as the quotation has it.
    Same(String),
    /// In the quotation alone.
    Quote(String),
    /// In the passage alone.
    Text(String),
}

/// A word with the punctuation that it stands beside.
struct Token<'a> {
    text: &'a str,
    spaced: bool,
}

/// What a quotation and a passage have in common, in order.
pub fn word_diff(quote: &str, passage: &str) -> Vec<DiffPart> {
    let (ours, theirs) = (tokens(quote), tokens(passage));
    let fold_all = |tokens: &[Token<'_>]| tokens.iter().map(|token| fold(token.text)).collect::<Vec<_>>();
    parts(&ours, &theirs, capture_diff_slices(Algorithm::Patience, &fold_all(&ours), &fold_all(&theirs)))
}

/// What two wordings of one text have in common, in order: the older one's words as the quotation's, the newer one's as
/// the text's. Words are equal here only where they are the same, letter for letter. Between the words that both begin
/// and end with, texts of very many words are not held against each other.
pub fn wordings_diff(old: &str, new: &str) -> Vec<DiffPart> {
    let (ours, theirs) = (tokens(old), tokens(new));
    let plain = |tokens: &[Token<'_>]| tokens.iter().map(|token| token.text.to_owned()).collect::<Vec<_>>();
    let (before, after) = (plain(&ours), plain(&theirs));
    let start = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let (left, right) = (&before[start..], &after[start..]);
    let end = left.iter().rev().zip(right.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old_len, new_len) = (left.len() - end, right.len() - end);
    if old_len.max(new_len) <= MAX_COMPARED {
        return parts(&ours, &theirs, capture_diff_slices(Algorithm::Patience, &before, &after));
    }
    let ops = vec![
        DiffOp::Equal { old_index: 0, new_index: 0, len: start },
        DiffOp::Replace { old_index: start, old_len, new_index: start, new_len },
        DiffOp::Equal { old_index: start + old_len, new_index: start + new_len, len: end },
    ];
    parts(&ours, &theirs, ops.into_iter().filter(|op| !op.old_range().is_empty() || !op.new_range().is_empty()))
}

fn parts(ours: &[Token<'_>], theirs: &[Token<'_>], ops: impl IntoIterator<Item = DiffOp>) -> Vec<DiffPart> {
    let mut parts = Vec::new();
    for op in ops {
        match op {
            DiffOp::Equal { old_index, len, .. } => parts.push(DiffPart::Same(join(&ours[old_index..old_index + len]))),
            DiffOp::Delete { old_index, old_len, .. } => {
                parts.push(DiffPart::Quote(join(&ours[old_index..old_index + old_len])));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                parts.push(DiffPart::Text(join(&theirs[new_index..new_index + new_len])));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                parts.push(DiffPart::Quote(join(&ours[old_index..old_index + old_len])));
                parts.push(DiffPart::Text(join(&theirs[new_index..new_index + new_len])));
            }
        }
    }
    parts
}

/// A diff on one line: `He [-did-]{+didn't+} say`. Long runs that are equal or only in the text are shortened with
/// `…`; what the quotation alone has is always whole.
pub fn one_line(parts: &[DiffPart]) -> String {
    let mut line = String::new();
    for (index, part) in parts.iter().enumerate() {
        let replaces = matches!(part, DiffPart::Text(_))
            && index.checked_sub(1).is_some_and(|before| matches!(parts[before], DiffPart::Quote(_)));
        if index > 0 && !replaces {
            line.push(' ');
        }
        match part {
            DiffPart::Same(words) => line.push_str(&shortened(words, index > 0, index + 1 < parts.len())),
            DiffPart::Quote(words) => line.push_str(&format!("[-{words}-]")),
            DiffPart::Text(words) => line.push_str(&format!("{{+{}+}}", shortened(words, true, true))),
        }
    }
    line
}

/// A long run without its middle, or without the end that no difference is beside.
pub(crate) fn shortened(text: &str, head: bool, tail: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() <= MAX_SHOWN {
        return text.to_owned();
    }
    let first = if head { words[..KEPT].join(" ") + " " } else { String::new() };
    let last = if tail { String::from(" ") + &words[words.len() - KEPT..].join(" ") } else { String::new() };
    first + "…" + &last
}

/// The words of a text: parted by white space, and around each character of a script without spaces.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for word in text.split_whitespace() {
        let mut start = 0;
        let mut before = None;
        for (at, c) in word.char_indices() {
            let parts = is_spaceless(c) || before.is_some_and(is_spaceless) && c.is_alphanumeric();
            if at > start && parts {
                tokens.push(Token { text: &word[start..at], spaced: start == 0 });
                start = at;
            }
            before = Some(c);
        }
        tokens.push(Token { text: &word[start..], spaced: start == 0 });
    }
    tokens
}

fn join(tokens: &[Token<'_>]) -> String {
    let mut joined = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 && token.spaced {
            joined.push(' ');
        }
        joined.push_str(token.text);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_shown_word_by_word() {
        for (quote, passage, line) in [
            ("He did say “no”.", "He didn’t say \"no\".", "He [-did-]{+didn’t+} say “no”."),
            ("all is well", "all  is\nwell", "all is well"),
            ("one two", "one and two", "one {+and+} two"),
            ("one and two", "one two", "one [-and-] two"),
            ("a", "b", "[-a-]{+b+}"),
            ("他说是", "他说不", "他说 [-是-]{+不+}"),
        ] {
            assert_eq!(one_line(&word_diff(quote, passage)), line);
        }
    }

    #[test]
    fn wordings_differ_letter_for_letter() {
        let line = |old, new| one_line(&wordings_diff(old, new));
        assert_eq!(line("He said “no”.", "He said \"no\"."), "He said [-“no”.-]{+\"no\".+}");
        assert_eq!(line("", "all new"), "{+all new+}");
        let (a, b): (String, String) = ((0..3_500).map(|n| format!("a{n} ")).collect(), "b ".repeat(9));
        let parts = wordings_diff(&format!("same {a}end"), &format!("same {b}end"));
        assert_eq!(parts.len(), 4, "the middle is replaced as a whole");
        assert_eq!((&parts[0], &parts[3]), (&DiffPart::Same("same".into()), &DiffPart::Same("end".into())));
    }

    #[test]
    fn long_runs_are_shortened_but_never_the_quotations_own_words() {
        let many: Vec<String> = (0..30).map(|n| format!("w{n}")).collect();
        let many = many.join(" ");
        let parts = word_diff(&format!("{many} yes"), &format!("{many} no"));
        assert_eq!(one_line(&parts), "… w25 w26 w27 w28 w29 [-yes-]{+no+}");
        assert_eq!(one_line(&word_diff(&many, "")), format!("[-{many}-]"));
    }
}
