//! The folding table: which differences in typography two texts may have and still be the same words.
//!
//! | fold | what becomes what |
//! |---|---|
//! | white-space | a run of white space becomes one space |
//! | no-break-space | U+00A0, U+2007 and U+202F are white space too |
//! | zero-width | U+200B, U+200C, U+200D, U+2060 and U+FEFF vanish |
//! | quotation-marks | curly and low quotation marks and apostrophes become `'` and `"` |
//! | dashes | hyphens, dashes and the minus sign become `-` |
//! | ellipsis | `…` becomes `...` |
//! | ligatures | `ﬀ` to `ﬆ` become their letters |
//! | soft-hyphen | U+00AD vanishes |
//! | canonical-composition | canonically equivalent sequences become Normalization Form C (Unicode, UAX #15) |
//!
//! Never folded: letter case, digits, words, sentence punctuation, guillemets, primes. [`ROWS`] is the whole table but
//! for the last fold; [`super::FOLD_VERSION`] changes with it. How a text is folded with a way back is in `folded`.

use super::Folds;
use super::folded::Folded;

impl Folds {
    /// Runs of white space.
    pub const WHITE_SPACE: Self = Self(1);
    /// No-break spaces.
    pub const NO_BREAK_SPACE: Self = Self(1 << 1);
    /// Characters without width.
    pub const ZERO_WIDTH: Self = Self(1 << 2);
    /// Quotation marks and apostrophes.
    pub const QUOTATION_MARKS: Self = Self(1 << 3);
    /// Hyphens and dashes.
    pub const DASHES: Self = Self(1 << 4);
    /// The ellipsis.
    pub const ELLIPSIS: Self = Self(1 << 5);
    /// Typographic ligatures.
    pub const LIGATURES: Self = Self(1 << 6);
    /// Soft hyphens.
    pub const SOFT_HYPHEN: Self = Self(1 << 7);
    /// Letters with combining marks, and other canonically equivalent sequences.
    pub const CANONICAL_COMPOSITION: Self = Self(1 << 8);

    /// The names of the folds, in the order of the table.
    pub fn names(self) -> Vec<&'static str> {
        let named = NAMES.iter().enumerate().filter(|(bit, _)| self.0 >> bit & 1 == 1);
        named.map(|(_, name)| *name).collect()
    }

    /// The folds of both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of `other` are among these.
    pub(super) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The names of the folds by their bit.
const NAMES: [&str; 9] = [
    "white-space",
    "no-break-space",
    "zero-width",
    "quotation-marks",
    "dashes",
    "ellipsis",
    "ligatures",
    "soft-hyphen",
    "canonical-composition",
];

/// What a character becomes, and by which fold; by code point. Runs of spaces are then made one.
#[rustfmt::skip]
pub(super) const ROWS: [(char, &str, Folds); 53] = [
    ('\u{0009}', " ", Folds::WHITE_SPACE), // tab
    ('\u{000A}', " ", Folds::WHITE_SPACE), // line feed
    ('\u{000B}', " ", Folds::WHITE_SPACE), // line tabulation
    ('\u{000C}', " ", Folds::WHITE_SPACE), // form feed
    ('\u{000D}', " ", Folds::WHITE_SPACE), // carriage return
    ('\u{0085}', " ", Folds::WHITE_SPACE), // next line
    ('\u{00A0}', " ", Folds::NO_BREAK_SPACE), // no-break space
    ('\u{00AD}', "", Folds::SOFT_HYPHEN), // soft hyphen
    ('\u{1680}', " ", Folds::WHITE_SPACE), // ogham space mark
    ('\u{2000}', " ", Folds::WHITE_SPACE), // en quad
    ('\u{2001}', " ", Folds::WHITE_SPACE), // em quad
    ('\u{2002}', " ", Folds::WHITE_SPACE), // en space
    ('\u{2003}', " ", Folds::WHITE_SPACE), // em space
    ('\u{2004}', " ", Folds::WHITE_SPACE), // three-per-em space
    ('\u{2005}', " ", Folds::WHITE_SPACE), // four-per-em space
    ('\u{2006}', " ", Folds::WHITE_SPACE), // six-per-em space
    ('\u{2007}', " ", Folds::NO_BREAK_SPACE), // figure space
    ('\u{2008}', " ", Folds::WHITE_SPACE), // punctuation space
    ('\u{2009}', " ", Folds::WHITE_SPACE), // thin space
    ('\u{200A}', " ", Folds::WHITE_SPACE), // hair space
    ('\u{200B}', "", Folds::ZERO_WIDTH), // zero width space
    ('\u{200C}', "", Folds::ZERO_WIDTH), // zero width non-joiner
    ('\u{200D}', "", Folds::ZERO_WIDTH), // zero width joiner
    ('\u{2010}', "-", Folds::DASHES), // hyphen
    ('\u{2011}', "-", Folds::DASHES), // non-breaking hyphen
    ('\u{2012}', "-", Folds::DASHES), // figure dash
    ('\u{2013}', "-", Folds::DASHES), // en dash
    ('\u{2014}', "-", Folds::DASHES), // em dash
    ('\u{2015}', "-", Folds::DASHES), // horizontal bar
    ('\u{2018}', "'", Folds::QUOTATION_MARKS), // left single quotation mark
    ('\u{2019}', "'", Folds::QUOTATION_MARKS), // right single quotation mark
    ('\u{201A}', "'", Folds::QUOTATION_MARKS), // single low-9 quotation mark
    ('\u{201B}', "'", Folds::QUOTATION_MARKS), // single high-reversed-9 quotation mark
    ('\u{201C}', "\"", Folds::QUOTATION_MARKS), // left double quotation mark
    ('\u{201D}', "\"", Folds::QUOTATION_MARKS), // right double quotation mark
    ('\u{201E}', "\"", Folds::QUOTATION_MARKS), // double low-9 quotation mark
    ('\u{201F}', "\"", Folds::QUOTATION_MARKS), // double high-reversed-9 quotation mark
    ('\u{2026}', "...", Folds::ELLIPSIS), // horizontal ellipsis
    ('\u{2028}', " ", Folds::WHITE_SPACE), // line separator
    ('\u{2029}', " ", Folds::WHITE_SPACE), // paragraph separator
    ('\u{202F}', " ", Folds::NO_BREAK_SPACE), // narrow no-break space
    ('\u{205F}', " ", Folds::WHITE_SPACE), // medium mathematical space
    ('\u{2060}', "", Folds::ZERO_WIDTH), // word joiner
    ('\u{2212}', "-", Folds::DASHES), // minus sign
    ('\u{3000}', " ", Folds::WHITE_SPACE), // ideographic space
    ('\u{FB00}', "ff", Folds::LIGATURES), // latin small ligature ff
    ('\u{FB01}', "fi", Folds::LIGATURES), // latin small ligature fi
    ('\u{FB02}', "fl", Folds::LIGATURES), // latin small ligature fl
    ('\u{FB03}', "ffi", Folds::LIGATURES), // latin small ligature ffi
    ('\u{FB04}', "ffl", Folds::LIGATURES), // latin small ligature ffl
    ('\u{FB05}', "st", Folds::LIGATURES), // latin small ligature long s t
    ('\u{FB06}', "st", Folds::LIGATURES), // latin small ligature st
    ('\u{FEFF}', "", Folds::ZERO_WIDTH), // zero width no-break space
];

/// A character's row of the table.
pub(super) fn row(c: char) -> Option<(&'static str, Folds)> {
    let may_have_one = match c {
        '\0'..='\u{AD}' => matches!(c, '\t'..='\r' | '\u{85}' | '\u{A0}' | '\u{AD}'),
        '\u{1680}' | '\u{2000}'..='\u{3000}' | '\u{FB00}'.. => true,
        _ => false,
    };
    if !may_have_one {
        return None;
    }
    let index = ROWS.binary_search_by_key(&c, |row| row.0).ok()?;
    Some((ROWS[index].1, ROWS[index].2))
}

/// Whether a character folds to a space, or is one.
pub(super) fn is_white(c: char) -> bool {
    c == ' ' || row(c).is_some_and(|(to, _)| to == " ")
}

/// Whether a character folds to nothing.
pub(super) fn vanishes(c: char) -> bool {
    row(c).is_some_and(|(to, _)| to.is_empty())
}

/// A text as the table folds it: two texts are the same words where this is equal.
pub fn fold(text: &str) -> String {
    Folded::new(text, &[]).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_row_is_found() {
        assert!(ROWS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (c, to, folds) in ROWS {
            assert_eq!(row(c), Some((to, folds)), "{c:?}");
            assert_eq!(folds.names().len(), 1);
        }
    }

    #[test]
    fn all_white_space_of_unicode_is_in_the_table() {
        for c in (0..=0x10FFFF).filter_map(char::from_u32) {
            assert_eq!(is_white(c), c.is_whitespace(), "{c:?}");
        }
    }

    #[test]
    fn each_fold_folds() {
        for (text, folded) in [
            ("a \t\r\n b", "a b"),
            ("a\u{A0}b\u{202F}c\u{2007}d", "a b c d"),
            ("\u{FEFF}a\u{200B}b \u{200B} c", "ab c"),
            ("‘a’ ‚b‛ “c” „d‟", "'a' 'b' \"c\" \"d\""),
            ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
            ("a…", "a..."),
            ("ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ", "ff fi fl ffi ffl st st"),
            ("co\u{AD}operate", "cooperate"),
            ("cafe\u{301} e\u{AD}\u{301} \u{1100}\u{1161} \u{212B}", "café é 가 Å"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn what_is_never_folded_stays() {
        for text in ["He said: No, 1,005!", "«a» ‹b›", "5′ 3″", "ſ œ æ ĳ", "a\u{202E}b", "x_y", "ʼn 1 ¹"]
        {
            assert_eq!(fold(text), text);
        }
    }
}
