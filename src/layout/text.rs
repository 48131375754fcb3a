//! Words → how wide they are, and lines of them. A table of average advance widths stands in for a font, which nobody
//! knows before the page is shown: what is measured here is a little wider than in most fonts without serifs.

/// The advance widths of the characters from U+0020 to U+007E, in thousandths of an em.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// The bytes of a line, for most boxes.
const USUAL: usize = 32;

/// What stands for the words that are left out.
const ELLIPSIS: char = '…';

/// Room for fonts that are wider than the table's, in hundredths.
const ALLOWANCE: i64 = 112;

/// How wide `text` is in a font of that size.
pub fn width(text: &str, size: i32) -> i32 {
    scaled(measure(text), size)
}

/// How wide `text` is, in thousandths of an em.
fn measure(text: &str) -> i64 {
    let advance = |&byte: &u8| ASCII.get(usize::from(byte).wrapping_sub(0x20)).map_or(0, |&width| i64::from(width));
    if text.is_ascii() { text.as_bytes().iter().map(advance).sum() } else { text.chars().map(self::advance).sum() }
}

/// Words in lines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wrapped {
    /// The lines, none of them empty.
    pub lines: Vec<String>,
    /// Whether words were left out at the end; the last line says so with an ellipsis.
    pub is_cut: bool,
}

/// `text` in at most `most` lines, each no wider than `room` in a font of that size unless a single character is. White
/// space becomes single spaces. Lines break at spaces, between wide characters of East Asia, and within words that are too long.
pub fn wrap(text: &str, size: i32, room: i32, most: usize) -> Wrapped {
    let mut wrapped = Wrapped::default();
    let mut line = Filling { text: String::new(), width: 0, size, room };
    for piece in pieces(text) {
        if line.takes(piece) {
            continue;
        }
        if wrapped.lines.len() + 1 >= most {
            wrapped.is_cut = true;
            line.cut(piece);
            break;
        }
        wrapped.lines.extend(line.finish());
        if line.takes(piece.trim_start()) {
            continue;
        }
        wrapped.is_cut = !line.takes_broken(piece.trim_start(), &mut wrapped.lines, most);
        if wrapped.is_cut {
            line.cut("");
            break;
        }
    }
    wrapped.lines.extend(line.finish());
    wrapped
}

/// The line that is being filled.
struct Filling {
    text: String,
    /// In thousandths of an em.
    width: i64,
    size: i32,
    room: i32,
}

impl Filling {
    /// Appends a piece if there is room for it.
    fn takes(&mut self, piece: &str) -> bool {
        let word = piece.trim_start();
        let space = if self.text.is_empty() || word.len() == piece.len() { "" } else { " " };
        let width = self.width + measure(space) + measure(word);
        let fits = scaled(width, self.size) <= self.room;
        if fits {
            if self.text.is_empty() {
                self.text.reserve(USUAL.max(word.len()));
            }
            self.text.push_str(space);
            self.text.push_str(word);
            self.width = width;
        }
        fits
    }

    /// Appends a word that is wider than a line, as many lines as it takes; false where that is more than there may be.
    fn takes_broken(&mut self, word: &str, lines: &mut Vec<String>, most: usize) -> bool {
        for c in word.chars() {
            let width = advance(c);
            if !self.text.is_empty() && width > 0 && scaled(self.width + width, self.size) > self.room {
                if lines.len() + 1 >= most {
                    return false;
                }
                lines.extend(self.finish());
            }
            self.text.push(c);
            self.width += width;
        }
        true
    }

    /// Ends the line with an ellipsis, which takes the place of what it pushes out. A long word is shown as far as it
    /// fits.
    fn cut(&mut self, word: &str) {
        if self.text.chars().count() < word.chars().count() / 2 {
            let word = word.trim_start();
            let space = if self.text.is_empty() { "" } else { " " };
            self.takes_broken(&format!("{space}{word}"), &mut Vec::new(), 1);
        }
        let whole = self.text.clone();
        while let Some(last) = self.text.pop() {
            self.width -= advance(last);
            let ends = !last.is_whitespace() && !matches!(last, ',' | ';' | ':' | '–' | '—' | '-');
            if ends && scaled(self.width + advance(last) + advance(ELLIPSIS), self.size) <= self.room {
                self.text.push(last);
                break;
            }
        }
        // No part of a word, if half of the line is left without it.
        let is_within = whole.get(self.text.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if let Some(space) = self.text.rfind(' ').filter(|&space| is_within && space > whole.len() / 2) {
            self.text.truncate(space);
        }
        self.text.push(ELLIPSIS);
    }

    /// The line, if anything stands in it; the next one is empty.
    fn finish(&mut self) -> Option<String> {
        self.width = 0;
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        (!text.is_empty()).then_some(text)
    }
}

/// The parts of a text between which a line may break, each with the space before it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_end();
    std::iter::from_fn(move || {
        let start = rest.len() - rest.trim_start().len();
        // Nearly all words are ASCII, which parts at white space alone.
        let is_in_word = |byte: &u8| byte.is_ascii() && !matches!(byte, b' ' | b'\t'..=b'\r');
        let word = rest.as_bytes()[start..].iter().take_while(|byte| is_in_word(byte)).count();
        if word > 0 && rest.as_bytes().get(start + word).is_none_or(u8::is_ascii) {
            let (piece, next) = rest.split_at(start + word);
            rest = next;
            return Some(piece);
        }
        let mut end = rest.len();
        let mut before = None;
        for (at, c) in rest[start..].char_indices() {
            let is_plain = c.is_ascii() && before.is_none_or(|b: char| b.is_ascii());
            let breaks = c.is_whitespace() || !is_plain && before.is_some_and(|b| may_part(b, c));
            if at > 0 && breaks {
                end = start + at;
                break;
            }
            before = Some(c);
        }
        let (piece, next) = rest.split_at(end);
        rest = next;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Whether a line may end between two characters that no space parts.
fn may_part(before: char, after: char) -> bool {
    let clings = matches!(
        after,
        '、' | '。' | '，' | '．' | '：' | '；' | '！' | '？' | '」' | '』' | '）' | '〉' | '》' | '】'
    ) || matches!(before, '「' | '『' | '（' | '〈' | '《' | '【');
    (is_wide(before) || is_wide(after)) && advance(after) > 0 && !clings
}

fn scaled(thousandths: i64, size: i32) -> i32 {
    let units = thousandths.saturating_mul(i64::from(size)).saturating_mul(ALLOWANCE);
    i32::try_from((units + 99_999) / 100_000).unwrap_or(i32::MAX)
}

/// The advance width of a character, in thousandths of an em.
fn advance(c: char) -> i64 {
    match c {
        ' '..='~' => i64::from(ASCII[c as usize - 0x20]),
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{202a}'..='\u{202e}' => 0,
        '’' | '‘' => 222,
        '“' | '”' => 340,
        '…' | '—' => 1000,
        c if is_wide(c) => 1000,
        c if c.is_control() => 0,
        c if c.is_uppercase() => 700,
        c if c.is_whitespace() => 278,
        _ => 560,
    }
}

/// Whether a character takes the width of two: East Asian scripts and signs, and pictures.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, room: i32, most: usize) -> Vec<String> {
        wrap(text, 10, room, most).lines
    }

    #[test]
    fn wide_characters_count_double() {
        assert!(width("新华", 100) * 10 > width("ne", 100) * 17);
        assert_eq!(width("", 10), 0);
        assert_eq!(width("e\u{301}", 10), width("e", 10));
    }

    #[test]
    fn lines_break_at_spaces_and_end_with_an_ellipsis() {
        assert_eq!(lines("almost every channel", 1000, 2), ["almost every channel"]);
        assert_eq!(lines("almost every channel is frozen", 70, 3), ["almost every", "channel is", "frozen"]);
        assert_eq!(lines("almost every channel is frozen", 70, 2), ["almost every", "channel is…"]);
        assert_eq!(lines("  almost\n every ", 70, 2), ["almost every"]);
        assert_eq!(lines("", 70, 2), [""; 0]);
    }

    #[test]
    fn what_has_no_spaces_breaks_all_the_same() {
        assert_eq!(lines("新华社报道说频道", 40, 3), ["新华社", "报道说", "频道"]);
        assert_eq!(lines("Donaudampfschifffahrt", 60, 3), ["Donaudam", "pfschifffahrt"]);
        assert_eq!(lines("Donaudampfschifffahrtsgesellschaft", 60, 1), ["Donauda…"]);
        assert_eq!(lines("Die Donaudampfschifffahrtsgesellschaft", 90, 1), ["Die Donaudam…"]);
        assert_eq!(lines("频道（新）。", 46, 9), ["频道", "（新）。"].map(str::to_owned));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(text in "[a-zA-Z ,.é新华社\u{301}-]{0,80}", room in 30i32..200, most in 1usize..4) {
            let wrapped = wrap(&text, 10, room, most);
            prop_assert!(wrapped.lines.len() <= most);
            for line in &wrapped.lines {
                prop_assert!(width(line, 10) <= room, "{line:?} is {} wide", width(line, 10));
                prop_assert!(!line.is_empty());
            }
            let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let (all, shown) = (squeezed(&text), squeezed(&wrapped.lines.concat()));
            match wrapped.is_cut {
                false => prop_assert_eq!(all, shown),
                true => prop_assert!(all.starts_with(shown.trim_end_matches('…'))),
            }
        }
    }
}
