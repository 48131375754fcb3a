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
    /// The text of a source with a body: the title as the first block, then the body as CommonMark with tables and
    /// footnotes. With [`Extent::Excerpts`] a paragraph `[…]` or `[...]` is a gap.
    pub fn from_markdown(title: &str, body: &str, extent: Extent) -> Self {
        let _ = (title, body, extent);
        todo!()
    }

    /// The text of a source with only a capture in plain text: `plain` is the capture as it is, byte for byte.
    /// Blank lines part its paragraphs.
    pub fn from_txt(capture: &str) -> Self {
        let _ = capture;
        todo!()
    }

    /// The text of a source with only a capture in HTML: its sanitised body.
    pub fn from_html(capture: &str) -> Self {
        let _ = capture;
        todo!()
    }

    /// The text as read: character references decoded, a line feed at each `<br>` and block boundary.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// The byte offsets in [`SourceText::plain`] of the line feeds that stand for a gap.
    pub fn gaps(&self) -> &[usize] {
        &self.gaps
    }

    /// The leaf blocks in order.
    pub fn leaves(&self) -> &[Leaf] {
        todo!()
    }

    /// The sentences that hold `range`, from the first one's start to the last one's end, within `range`'s leaf blocks.
    pub fn sentences_around(&self, range: Range<usize>) -> Range<usize> {
        let _ = range;
        todo!()
    }

    /// All blocks with the marks laid over them.
    pub fn blocks(&self, marks: &[Mark]) -> Vec<ViewBlock> {
        let _ = marks;
        todo!()
    }

    /// The title, and of the rest only the text in `keep` with the elements around it, and a gap wherever words are
    /// left out; no attribute but `href`, `lang` and `dir` is kept. `keep` is in order and without overlap.
    pub fn excerpts(&self, keep: &[Range<usize>], marks: &[Mark]) -> Vec<ViewBlock> {
        let _ = (keep, marks);
        todo!()
    }
}
