//! Text → one line of it: its words with single spaces between them.

use std::borrow::Cow;

/// The words of a text with single spaces between them: a part of the text itself where they stand so already.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Whether the only white space is single spaces between words.
fn is_one_line(text: &str) -> bool {
    let mut before = b' ';
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        let is_space = match byte {
            b' ' => before == b' ',
            b'\t'..=b'\r' => true,
            // The first byte of a character beyond ASCII.
            0xC0.. => text[at..].starts_with(char::is_whitespace),
            _ => false,
        };
        if is_space {
            return false;
        }
        before = byte;
    }
    before != b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_line_already_is_not_copied() {
        assert!(matches!(one_line("He said: “no” – twice."), Cow::Borrowed(_)));
        assert!(matches!(one_line(" It ends.\n"), Cow::Borrowed("It ends.")));
        assert_eq!(one_line("  a\u{a0}b\n\u{3000}c\u{1c}d \u{2009} "), "a b c\u{1c}d");
        assert_eq!(one_line(" "), "");
        assert_eq!(one_line(""), "");
    }

    proptest::proptest! {
        #[test]
        fn it_is_the_words_joined(text in "([a-zé”字]|[ \\t\\n\\x0b\u{85}\u{a0}\u{2009}\u{2028}\u{3000}]|[ ]){0,12}") {
            let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
            proptest::prop_assert_eq!(one_line(&text), joined);
        }
    }
}
