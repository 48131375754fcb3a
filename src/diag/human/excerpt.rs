//! What is shown of a file: the lines that hold the places, in characters that a terminal can show.
//!
//! A line is as long here as it is in the file: the renderer cuts it around the places. It would show the whole of a
//! place, though, so long places are cut here.

use std::ops::Range;

/// A line of more bytes is long; a place in it covers no more code points.
const LONGEST: usize = 120;
/// How many lines of a place that spans many are shown.
const LINES: usize = 8;
/// Lines that begin or end within so many bytes of a place are kept, since the renderer fills small gaps with them.
const NEAR: usize = 400;

/// A part of a text, fit for a terminal, with the places in it.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The lines from the first place's to the last one's. Lines far from any place are empty.
    pub(super) text: String,
    /// The number of the first line in the file, from 1.
    pub(super) first_line: usize,
    /// The places as bytes of [`Excerpt::text`], in the order given.
    pub(super) ranges: Vec<Range<usize>>,
}

impl Excerpt {
    /// Cuts the lines that hold `ranges`, which are bytes of `text` and at least one, out of it.
    pub(super) fn cut(text: &str, ranges: &[Range<usize>]) -> Self {
        let ranges: Vec<_> = ranges.iter().map(|range| clamp(text, range)).collect();
        let start = ranges.iter().map(|range| range.start).min().unwrap_or(0);
        let end = ranges.iter().map(|range| range.end).max().unwrap_or(0);
        let start = line_of(text, start).start;
        let mut writer = Writer { text: String::new(), mapped: vec![(None, None); ranges.len()], ranges };
        let mut at = start;
        loop {
            let line = line_of(text, at);
            writer.line(text, line.clone());
            if line.end >= end || line.end >= text.len() {
                break;
            }
            writer.text.push('\n');
            at = line.end + 1;
        }
        // The renderer knows no empty last line, where a file that ends too early has its error.
        if writer.text.is_empty() || writer.text.ends_with('\n') {
            writer.text.push(' ');
        }
        let first_line = memchr::memchr_iter(b'\n', &text.as_bytes()[..start]).count() + 1;
        let ranges = writer.mapped.into_iter().map(|(start, end)| {
            let start = start.unwrap_or_default();
            start..end.unwrap_or(start).max(start)
        });
        Self { first_line, ranges: ranges.collect(), text: writer.text }
    }
}

/// Whether both places can be shown in one excerpt: if they are near in one line, or in lines that need no cutting,
/// since the renderer cuts all lines of an excerpt at the same column.
pub(super) fn is_near(text: &str, a: &Range<usize>, b: &Range<usize>) -> bool {
    let (a, b) = (clamp(text, a), clamp(text, b));
    let (line_a, line_b) = (line_of(text, a.start), line_of(text, b.start));
    if line_a == line_b && a.end <= line_a.end && b.end <= line_b.end {
        return a.end.max(b.end) - a.start.min(b.start) <= LONGEST;
    }
    [a, b].into_iter().all(|range| is_short(text, &range))
}

/// The text as a terminal can show it: control characters as pictures, tabs as spaces, marks that hide or turn text
/// round as U+FFFD. A line feed stays.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push('\n'),
            '\t' => shown.push_str("    "),
            _ => shown.push(visible_char(c)),
        }
    }
    shown
}

fn visible_char(c: char) -> char {
    match c {
        // The pictures of the control characters stand in their order at U+2400.
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// The range within the text and on character boundaries; not more than its first line where lines are long, and not
/// more than [`LINES`] of them.
fn clamp(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let end = text.floor_char_boundary(range.end.max(start));
    let cut = memchr::memchr_iter(b'\n', &text.as_bytes()[start..end]).nth(LINES - 1);
    let end = cut.map_or(end, |line_end| start + line_end);
    if is_short(text, &(start..end)) {
        return start..end;
    }
    let end = line_of(text, start).end.min(end);
    start..text[start..end].char_indices().nth(LONGEST).map_or(end, |(cut, _)| start + cut)
}

/// Whether no line that the range touches needs cutting.
fn is_short(text: &str, range: &Range<usize>) -> bool {
    let lines = line_of(text, range.start).start..line_of(text, range.end).end;
    text[lines].split('\n').all(|line| line.len() <= LONGEST)
}

/// The line that holds byte `at`, without its line feed.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1);
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |newline| at + newline);
    start..end
}

struct Writer {
    text: String,
    ranges: Vec<Range<usize>>,
    mapped: Vec<(Option<usize>, Option<usize>)>,
}

impl Writer {
    fn line(&mut self, text: &str, line: Range<usize>) {
        let next_to = |range: &Range<usize>| range.start <= line.end + NEAR && range.end + NEAR >= line.start;
        if !self.ranges.iter().any(next_to) {
            return;
        }
        let shown = &text[line.clone()];
        for (offset, c) in shown.strip_suffix('\r').unwrap_or(shown).char_indices() {
            self.char(line.start + offset, c);
        }
        // A place at the very end of the line has no character that it could be found by.
        self.note_start(line.end, self.text.len());
    }

    /// Writes the character that stands at byte `offset` of the file, as one character, so that columns stay right.
    fn char(&mut self, offset: usize, c: char) {
        self.note_start(offset, self.text.len());
        self.text.push(if c == '\t' { c } else { visible_char(c) });
        for (range, (_, end)) in self.ranges.iter().zip(&mut self.mapped) {
            if (range.start..range.end).contains(&offset) {
                *end = Some(self.text.len());
            }
        }
    }

    /// The first thing written at or after a place's start is where it begins in the excerpt.
    fn note_start(&mut self, offset: usize, written: usize) {
        for (range, (start, _)) in self.ranges.iter().zip(&mut self.mapped) {
            if start.is_none() && offset >= range.start {
                *start = Some(written);
            }
        }
    }
}
