//! A text folded, with the way back from its bytes to those of the text as it was.

use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::Folds;
use super::fold::{is_white, row, vanishes};

/// What stands for a gap in a folded text: no folded text has a line feed otherwise, since line feeds fold to spaces.
pub(super) const GAP: char = '\n';

/// A folded text. Between its edits it is the source byte for byte, so that a text without typography costs nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    /// The folded text.
    pub(super) text: String,
    /// Where it differs from the source, in order.
    edits: Vec<Edit>,
    /// Where gaps stand: byte offsets in the folded text.
    pub(super) gaps: Vec<usize>,
    /// All folds that fired anywhere.
    folds: Folds,
}

/// A run of the source that folds as a whole, so that no match begins or ends inside it.
#[derive(Clone, Debug)]
struct Edit {
    /// Its bytes in the folded text; empty where it vanishes.
    folded: Range<usize>,
    /// Its bytes in the source.
    source: Range<usize>,
    folds: Folds,
}

impl Folded {
    /// Folds `source`; `gaps` are the byte offsets of line feeds that stand for a gap, in order.
    pub(super) fn new(source: &str, gaps: &[usize]) -> Self {
        let folded = Self { text: String::with_capacity(source.len()), ..Self::default() };
        Folder { source, gaps, copied: 0, folded }.run()
    }

    /// The byte of the source at which the folded character at `at` begins; none inside an edit.
    pub(super) fn source_start(&self, at: usize) -> Option<usize> {
        let next = self.edits.partition_point(|edit| edit.folded.end <= at);
        let inside = self.edits.get(next).is_some_and(|edit| edit.folded.start < at);
        (!inside).then(|| self.after_edit(next, at))
    }

    /// The byte of the source at which the folded character before `at` ends; none inside an edit.
    pub(super) fn source_end(&self, at: usize) -> Option<usize> {
        let next = self.edits.partition_point(|edit| edit.folded.start < at);
        let inside = next > 0 && self.edits[next - 1].folded.end > at;
        (!inside).then(|| self.after_edit(next, at))
    }

    /// The byte of the source for the folded byte `at`, or the start of the edit that it is in.
    pub(super) fn source_near(&self, at: usize) -> usize {
        let next = self.edits.partition_point(|edit| edit.folded.end <= at);
        match self.edits.get(next) {
            Some(edit) if edit.folded.start < at => edit.source.start,
            _ => self.after_edit(next, at),
        }
    }

    /// The folded byte for the byte `source` of the source, or the start of the edit that it is in.
    pub(super) fn folded_near(&self, source: usize) -> usize {
        let next = self.edits.partition_point(|edit| edit.source.end <= source);
        match self.edits.get(next) {
            Some(edit) if edit.source.start < source => edit.folded.start,
            _ => match next.checked_sub(1).and_then(|last| self.edits.get(last)) {
                Some(edit) => edit.folded.end + (source - edit.source.end),
                None => source,
            },
        }
    }

    fn after_edit(&self, next: usize, at: usize) -> usize {
        match next.checked_sub(1).and_then(|last| self.edits.get(last)) {
            Some(edit) => edit.source.end + (at - edit.folded.end),
            None => at,
        }
    }

    /// The folds without which `quote`, all of it, would not equal this text at the folded byte `at`.
    ///
    /// `sources` are the unfolded texts of this and of `quote`. Both folded texts are equal there.
    pub(super) fn differences(&self, at: usize, quote: &Self, sources: (&str, &str)) -> Folds {
        let end = at + quote.text.len();
        let first = self.edits.partition_point(|edit| edit.folded.end <= at);
        let mut here = self.edits[first..].iter().take_while(|edit| edit.folded.start < end).peekable();
        let mut there = quote.edits.iter().peekable();
        let possible = self.folds.union(quote.folds);
        let mut found = Folds::default();
        while !found.contains(possible) {
            let next_here = here.peek().map(|edit| (edit.folded.start - at, edit.folded.end - at));
            let next_there = there.peek().map(|edit| (edit.folded.start, edit.folded.end));
            let Some((start, mut stop)) = [next_here, next_there].into_iter().flatten().min() else { break };
            let mut mine = Side::default();
            let mut theirs = Side::default();
            loop {
                let joins = |edit: &&Edit, shift: usize| {
                    let begin = edit.folded.start - shift;
                    begin < stop || (start == stop && begin == start && edit.folded.is_empty())
                };
                if let Some(edit) = here.next_if(|edit| joins(edit, at)) {
                    stop = stop.max(edit.folded.end - at);
                    mine.add(edit);
                } else if let Some(edit) = there.next_if(|edit| joins(edit, 0)) {
                    stop = stop.max(edit.folded.end);
                    theirs.add(edit);
                } else {
                    break;
                }
            }
            let folded = &quote.text[start..stop];
            let one = mine.slice(sources.0, at + start..at + stop).unwrap_or(folded);
            let other = theirs.slice(sources.1, start..stop).unwrap_or(folded);
            if one != other {
                let apart = Folds(mine.folds.0 ^ theirs.folds.0);
                found = found.union(if apart.is_empty() { mine.folds } else { apart });
            }
        }
        found
    }
}

/// The edits of one text that make up a run that two texts may have differently.
#[derive(Default)]
struct Side {
    /// The first edit's start and the last one's end, folded and in the source.
    span: Option<(Range<usize>, Range<usize>)>,
    folds: Folds,
}

impl Side {
    fn add(&mut self, edit: &Edit) {
        self.folds = self.folds.union(edit.folds);
        match &mut self.span {
            Some((folded, source)) => {
                folded.end = edit.folded.end;
                source.end = edit.source.end;
            }
            None => self.span = Some((edit.folded.clone(), edit.source.clone())),
        }
    }

    /// The source's text for the folded range `range`, which holds the span; none without edits.
    fn slice<'a>(&self, text: &'a str, range: Range<usize>) -> Option<&'a str> {
        let (folded, source) = self.span.as_ref()?;
        text.get(source.start - (folded.start - range.start)..source.end + (range.end - folded.end))
    }
}

/// Folds from left to right; what needs no folding is copied in runs.
struct Folder<'a> {
    source: &'a str,
    gaps: &'a [usize],
    /// The source up to here is in the folded text.
    copied: usize,
    folded: Folded,
}

impl Folder<'_> {
    fn run(mut self) -> Folded {
        let mut at = 0;
        loop {
            at = skip_plain(self.source.as_bytes(), at);
            let Some(c) = self.source[at..].chars().next() else { break };
            at = if is_white(c) {
                self.white_space(at)
            } else if vanishes(c) {
                self.vanishing(at)
            } else {
                self.cluster(at, c)
            };
        }
        self.folded.text.push_str(&self.source[self.copied..]);
        self.folded
    }

    /// A run of white space is one space, or a gap; what has no width does not end it.
    fn white_space(&mut self, start: usize) -> usize {
        let (mut end, mut count, mut folds, mut hidden) = (start, 0, Folds::default(), Folds::default());
        for (offset, c) in self.source[start..].char_indices() {
            let fold = row(c).map_or(Folds::default(), |row| row.1);
            if is_white(c) {
                end = start + offset + c.len_utf8();
                count += 1;
                folds = folds.union(fold).union(hidden);
                hidden = Folds::default();
            } else if vanishes(c) {
                hidden = hidden.union(fold);
            } else {
                break;
            }
        }
        if count > 1 {
            folds = folds.union(Folds::WHITE_SPACE);
        }
        let first = self.gaps.partition_point(|&gap| gap < start);
        if self.gaps.get(first).is_some_and(|&gap| gap < end) {
            let at = self.replace(start..end, &String::from(GAP), folds);
            self.folded.gaps.push(at);
        } else {
            self.replace(start..end, " ", folds);
        }
        end
    }

    fn vanishing(&mut self, start: usize) -> usize {
        let (mut end, mut folds) = (start, Folds::default());
        for (offset, c) in self.source[start..].char_indices() {
            let Some((_, fold)) = row(c).filter(|row| row.0.is_empty()) else { break };
            end = start + offset + c.len_utf8();
            folds = folds.union(fold);
        }
        self.replace(start..end, "", folds);
        end
    }

    /// A character with what combines with it.
    fn cluster(&mut self, start: usize, first: char) -> usize {
        let mut end = start + first.len_utf8();
        let (mut marks, mut folds, mut hidden) = (String::new(), Folds::default(), Folds::default());
        for (offset, c) in self.source[end..].char_indices() {
            if c < '\u{300}' && c != '\u{AD}' {
                break;
            }
            if let Some((_, fold)) = row(c).filter(|row| row.0.is_empty()) {
                hidden = hidden.union(fold);
            } else if combines(c) {
                marks.push(c);
                folds = folds.union(hidden);
                end = start + first.len_utf8() + offset + c.len_utf8();
            } else {
                break;
            }
        }
        let mapped = row(first);
        if marks.is_empty() {
            match mapped {
                Some((to, fold)) => drop(self.replace(start..end, to, fold)),
                None if first >= '\u{300}' && is_nfc_quick(std::iter::once(first)) == IsNormalized::No => {
                    let composed: String = std::iter::once(first).nfc().collect();
                    self.replace(start..end, &composed, Folds::CANONICAL_COMPOSITION);
                }
                None => {}
            }
            return end;
        }
        let mut expanded = mapped.map_or_else(|| first.to_string(), |(to, _)| to.to_owned());
        expanded.push_str(&marks);
        let composed: String = expanded.nfc().collect();
        if composed != expanded {
            folds = folds.union(Folds::CANONICAL_COMPOSITION);
        }
        self.replace(start..end, &composed, folds.union(mapped.map_or(Folds::default(), |row| row.1)));
        end
    }

    /// Puts `to` in place of a run of the source; gives its place in the folded text.
    fn replace(&mut self, source: Range<usize>, to: &str, folds: Folds) -> usize {
        let folded = &mut self.folded;
        let start = folded.text.len() + (source.start - self.copied);
        if self.source[source.clone()] != *to {
            folded.text.push_str(&self.source[self.copied..source.start]);
            folded.text.push_str(to);
            self.copied = source.end;
            folded.folds = folded.folds.union(folds);
            folded.edits.push(Edit { folded: start..start + to.len(), source, folds });
        }
        start
    }
}

/// Whether a character can change in composition with what stands before it.
fn combines(c: char) -> bool {
    canonical_combining_class(c) != 0 || is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe
}

/// The first byte from `at` on that may need folding. ASCII needs none, but for white space other than a lone space,
/// and where something follows that might combine with it.
fn skip_plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(b'x');
        let plain = byte > b' ' && byte < 0x80 || byte == b' ' && !next.is_ascii_whitespace() && next != 0x0B;
        if !plain || next >= 0x80 {
            break;
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back_to_the_source() {
        let source = "a\u{AD}b  “ﬁne” e\u{301}t";
        let folded = Folded::new(source, &[]);
        assert_eq!(folded.text, "ab \"fine\" ét");
        for (at, start, end) in [
            (0, Some(0), Some(0)),
            (1, Some(3), Some(1)),
            (2, Some(4), Some(4)),
            (3, Some(6), Some(6)),
            (4, Some(9), Some(9)),
            (5, None, None),
            (6, Some(12), Some(12)),
        ] {
            assert_eq!((folded.source_start(at), folded.source_end(at)), (start, end), "{at}");
        }
        assert_eq!(folded.source_end(folded.text.len()), Some(source.len()));
    }

    #[test]
    fn only_folds_that_made_the_difference_are_named() {
        for (text, quote, names) in [
            ("a\u{A0}b", "a b", &["no-break-space"][..]),
            ("a\u{A0}b", "a\u{A0}b", &[]),
            ("a\u{A0}b", "a\u{A0}\nb", &["white-space"]),
            ("a\nb ‘c’", "a b ‘c’", &["white-space"]),
            ("a\n\nb ‘c’", "a\nb 'c'", &["white-space", "quotation-marks"]),
            ("‘c’\u{AD}d", "'c'\u{AD}d", &["quotation-marks"]),
            ("a...b", "a…b", &["ellipsis"]),
            ("a\u{AD}b", "a\u{200B}b", &["zero-width", "soft-hyphen"]),
            ("e\u{301}", "é", &["canonical-composition"]),
            ("x – ﬁ", "x — fi", &["dashes", "ligatures"]),
        ] {
            let (one, other) = (Folded::new(text, &[]), Folded::new(quote, &[]));
            assert_eq!(one.text, other.text);
            assert_eq!(one.differences(0, &other, (text, quote)).names(), names, "{text:?}");
        }
    }

    #[test]
    fn a_gap_is_no_folded_white_space() {
        let folded = Folded::new("a.\n\n b.\nc", &[3]);
        assert_eq!(folded.text, "a.\nb. c");
        assert_eq!(folded.gaps, [2]);
    }
}
