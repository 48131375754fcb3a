//! A source's text: sanitised HTML in blocks, and the plain text that it renders to, each mapped to the other.
//!
//! Anchors are byte ranges of [`SourceText::plain`]. Marks are laid over the HTML without changing it otherwise:
//! removing them gives the HTML back byte for byte.

use std::ops::Range;

use crate::terms::Extent;

/// A source's text. Immutable; its content depends on nothing but the arguments that it was made from.
#[derive(Clone, Debug)]
pub struct SourceText {
    plain: String,
    gaps: Vec<usize>,
    leaves: Vec<Leaf>,
}

/// A passage to be marked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The `id` of an empty span before its first piece.
    pub fragment: Option<String>,
    /// The classes of its `<mark>` elements, separated by spaces; only `[a-z0-9- ]`.
    pub class: String,
    /// Its pieces: byte ranges of [`SourceText::plain`], in order, without overlap.
    pub pieces: Vec<Range<usize>>,
}

/// A top-level block as a page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ViewBlock {
    /// What it is.
    pub role: BlockRole,
    /// Its HTML with marks; for the title phrasing content without an element around it; empty for a gap.
    pub html: String,
    /// The marks that begin in it: indices into the list given.
    pub marks: Vec<usize>,
}

/// What a top-level block is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockRole {
    /// The title, always the first block of a text that has one.
    Title,
    /// A paragraph, list, table, and so on.
    Body,
    /// Words left out: by the source's author (`[…]`) or because they are withheld.
    Gap,
}

/// A leaf block: a run of text without a block boundary inside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leaf {
    /// Its bytes in [`SourceText::plain`].
    pub plain: Range<usize>,
    /// The byte offset in the body or capture where the block that holds it starts; none for the title.
    pub origin: Option<usize>,
}

impl SourceText {
    /// The text of a source with a body.
    pub fn from_markdown(title: &str, body: &str, extent: Extent) -> Self {
        let mut text = Self { plain: String::new(), gaps: Vec::new(), leaves: Vec::new() };
        if !title.is_empty() {
            text.leaf(title, None);
        }
        let mut at = 0;
        for block in body.split("\n\n") {
            let words = block.split_whitespace().collect::<Vec<_>>().join(" ");
            let origin = at + (block.len() - block.trim_start().len());
            at += block.len() + 2;
            if extent == Extent::Excerpts && (words == "[…]" || words == "[...]") {
                text.gaps.push(text.plain.len().saturating_sub(1));
            } else if !words.is_empty() {
                text.leaf(&words, Some(origin));
            }
        }
        text
    }

    fn leaf(&mut self, words: &str, origin: Option<usize>) {
        let start = self.plain.len();
        self.plain.push_str(words);
        self.leaves.push(Leaf { plain: start..self.plain.len(), origin });
        self.plain.push('\n');
    }

    /// The text of a source with only a capture in plain text.
    pub fn from_txt(capture: &str) -> Self {
        let mut leaves = Vec::new();
        let mut at = 0;
        for block in capture.split("\n\n") {
            if !block.trim().is_empty() {
                leaves.push(Leaf { plain: at..at + block.len(), origin: Some(at) });
            }
            at += block.len() + 2;
        }
        Self { plain: capture.to_owned(), gaps: Vec::new(), leaves }
    }

    /// The text of a source with only a capture in HTML.
    pub fn from_html(capture: &str) -> Self {
        Self::from_txt(capture)
    }

    /// The text as read.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// The byte offsets of the line feeds that stand for a gap.
    pub fn gaps(&self) -> &[usize] {
        &self.gaps
    }

    /// The leaf blocks in order.
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// The sentences that hold `range`.
    pub fn sentences_around(&self, range: Range<usize>) -> Range<usize> {
        let start = self.plain[..range.start].rfind(['\n', '.']).map_or(0, |stop| {
            stop + 1 + usize::from(self.plain[stop + 1..].starts_with(' '))
        });
        let end = self.plain[range.end.max(1) - 1..].find(['\n', '.']).map_or(self.plain.len(), |stop| {
            let stop = range.end.max(1) - 1 + stop;
            if self.plain[stop..].starts_with('.') { stop + 1 } else { stop }
        });
        start.min(range.start)..end.max(range.end)
    }

    /// All blocks with the marks laid over them.
    pub fn blocks(&self, marks: &[Mark]) -> Vec<ViewBlock> {
        let _ = marks;
        todo!()
    }

    /// The title, and of the rest only the text in `keep`.
    pub fn excerpts(&self, keep: &[Range<usize>], marks: &[Mark]) -> Vec<ViewBlock> {
        let _ = (keep, marks);
        todo!()
    }
}
