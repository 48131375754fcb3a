//! A source's text: sanitised HTML in blocks, and the plain text that it renders to, each mapped to the other.
//!
//! Anchors are byte ranges of [`SourceText::plain`]. Marks are laid over the HTML without changing it otherwise:
//! removing them gives the HTML back byte for byte.
//!
//! The HTML has these classes for a theme: `ol.numbered` (its numbers are text, so its markers must not show),
//! `div.footnote`, `sup.fnref` (a footnote's number, which is no part of the plain text), `p.gap` and `span.gap` (words
//! left out inside a block), `mark` with the marks' classes and `overlap`, and `span.anchor`.

mod compose;
mod depth;
mod excerpt;
mod line;
mod markdown;
mod marks;
mod sanitize;
mod scan;
mod sentences;
mod tags;
#[cfg(test)]
mod tests;
mod txt;

use std::ops::Range;

pub use line::one_line;
pub use sanitize::sanitize_own;
pub use sentences::sentences;

use crate::files::ByteRange;
use crate::terms::Extent;
use compose::{Composer, Origins};
use marks::Sweep;

/// A source's text. Immutable; its content depends on nothing but the arguments that it was made from.
#[derive(Clone, Hash, Debug, Default)]
pub struct SourceText {
    plain: String,
    /// What the HTML has besides its literal text: the tags, and text that it writes otherwise than the plain text does.
    markup: String,
    tokens: Vec<Token>,
    leaves: Vec<Leaf>,
    blocks: Vec<Block>,
    gaps: Vec<usize>,
    headings: Vec<Heading>,
}

/// A piece of the HTML, with the plain text that it stands for.
#[derive(Clone, Hash, Debug)]
struct Token {
    kind: TokenKind,
    /// Its bytes in the markup; none for literal text.
    markup: ByteRange,
    /// For text and line breaks, its bytes in the plain text, empty where it counts for nothing there; for a start tag
    /// the text inside its element.
    plain: ByteRange,
}

impl Token {
    /// Whether it is text that can be split anywhere. Other text is one character in two forms.
    fn is_literal(&self) -> bool {
        self.kind == TokenKind::Literal
    }

    /// Whether it is text that counts for something in the plain text.
    fn is_text(&self) -> bool {
        matches!(self.kind, TokenKind::Literal | TokenKind::Written) && self.plain.start < self.plain.end
    }
}

/// What a piece of the HTML is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum TokenKind {
    /// A start tag.
    Open,
    /// An end tag.
    Close,
    /// `<br>`.
    Break,
    /// `<hr>`.
    Rule,
    /// Text that stands in the HTML as in the plain text.
    Literal,
    /// Text that the HTML writes in another way, or that is in the HTML alone.
    Written,
}

/// A top-level block: a range of tokens.
#[derive(Clone, Hash, Debug)]
struct Block {
    role: BlockRole,
    tokens: Range<usize>,
}

/// A heading of a source.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Its id in the page: unique in it, never beginning with `q-` or `fn-`.
    pub id: String,
    /// Its bytes in [`SourceText::plain`].
    pub plain: Range<usize>,
}

/// A passage to be marked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The `id` of an empty span before its first piece.
    pub fragment: Option<String>,
    /// The classes of its `<mark>` elements, separated by spaces; only `[a-z0-9- ]`.
    pub class: String,
    /// What its `<mark>` elements are labelled with, in `data-n`: a word; none where it is empty.
    pub label: String,
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
    /// From its first to its last word that is shown, as bytes of [`SourceText::plain`]; empty for a gap.
    pub plain: Range<usize>,
    /// Where its marked text stands in `html`, in order.
    pub marked: Vec<Run>,
}

/// A run of marked text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// Its bytes in [`SourceText::plain`].
    pub plain: Range<usize>,
    /// Its bytes in a block's HTML. Where they are as many, it stands there byte for byte; else it is one character in
    /// two forms.
    pub html: Range<usize>,
}

/// What a top-level block is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BlockRole {
    /// The title, always the first block of a text that has one.
    Title,
    /// A paragraph, list, table, and so on.
    Body,
    /// Words left out: by the source's author (`[…]`) or because they are withheld.
    Gap,
}

/// A leaf block: a run of text without a block boundary inside.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
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
        let rendered = markdown::render(body, extent);
        let html = if rendered.raw { sanitize::sanitize_source(&rendered.html) } else { rendered.html };
        Composer::new(&html, Origins::Markdown(body), extent == Extent::Excerpts).title(title).compose()
    }

    /// The text of a source with only a capture in plain text: `plain` is the capture as it is, byte for byte.
    /// Blank lines part its paragraphs.
    pub fn from_txt(capture: &str) -> Self {
        txt::compose(capture)
    }

    /// The text of a source with only a capture in HTML: its sanitised body.
    pub fn from_html(capture: &str) -> Self {
        Composer::new(&sanitize::sanitize_source(capture), Origins::Html(capture), false).compose()
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
        &self.leaves
    }

    /// The headings in order; excerpts have only those whose text is shown whole.
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The sentences that hold `range`, from the first one's start to the last one's end, within `range`'s leaf blocks.
    pub fn sentences_around(&self, range: Range<usize>) -> Range<usize> {
        let range = self.clamp(&range);
        let first = self.leaves.partition_point(|leaf| leaf.plain.end <= range.start);
        let last = self.leaves.partition_point(|leaf| leaf.plain.start < range.end.max(range.start + 1));
        let (Some(first), Some(last)) =
            (self.leaves.get(first), last.checked_sub(1).and_then(|at| self.leaves.get(at)))
        else {
            return range;
        };
        let in_first = self.sentences_near(&first.plain, &range);
        let in_last = (first.plain != last.plain).then(|| self.sentences_near(&last.plain, &range));
        let start = in_first.iter().find(|sentence| range.start < sentence.end);
        let end = in_last.as_ref().unwrap_or(&in_first).iter().find(|sentence| range.end <= sentence.end);
        let start = start.map_or(range.start, |sentence| sentence.start);
        let end = end.map_or(range.end, |sentence| sentence.end);
        start.min(range.start)..end.max(range.end)
    }

    /// All blocks with the marks laid over them.
    pub fn blocks(&self, marks: &[Mark]) -> Vec<ViewBlock> {
        let mut sweep = Sweep::new(self, marks);
        self.blocks.iter().map(|block| self.whole_block(block, &mut sweep)).collect()
    }

    /// The title, and of the rest only the text in `keep` with the elements around it, and a gap wherever words are
    /// left out; no attribute but `lang`, `dir`, the `href` of a link that is shown whole and the `id` of such a heading
    /// is kept. `keep` is in order and without overlap, and cuts no word.
    pub fn excerpts(&self, keep: &[Range<usize>], marks: &[Mark]) -> Vec<ViewBlock> {
        excerpt::excerpts(self, keep, marks)
    }

    /// The sentences around `range` in the leaf at `leaf`, as bytes of the plain text, and some before and after. Of a
    /// long leaf only as much is split as decides, since a text with 2,000 passages may be one single leaf.
    fn sentences_near(&self, leaf: &Range<usize>, range: &Range<usize>) -> Vec<Range<usize>> {
        let range = range.start.clamp(leaf.start, leaf.end)..range.end.clamp(leaf.start, leaf.end);
        let mut reach = 400;
        loop {
            let window = self.widen(leaf, &range, reach);
            let found: Vec<_> = sentences(&self.plain[window.clone()])
                .into_iter()
                .map(|sentence| window.start + sentence.start..window.start + sentence.end)
                .collect();
            let has_start =
                window.start == leaf.start || found.first().is_some_and(|sentence| sentence.end <= range.start);
            let has_end = window.end == leaf.end || found.last().is_some_and(|sentence| sentence.start >= range.end);
            if has_start && has_end {
                return found;
            }
            reach *= 4;
        }
    }

    /// `range` with about `reach` bytes on either side, from a word's start to a word's end, within `leaf`.
    fn widen(&self, leaf: &Range<usize>, range: &Range<usize>, reach: usize) -> Range<usize> {
        let wide = self.clamp(&(range.start.saturating_sub(reach)..range.end.saturating_add(reach)));
        let before = self.plain[wide.start.clamp(leaf.start, range.start)..range.start].find(' ');
        let after = self.plain[range.end..wide.end.clamp(range.end, leaf.end)].rfind(' ');
        let is_start = wide.start <= leaf.start;
        let is_end = wide.end >= leaf.end;
        let start = before.filter(|_| !is_start).map_or(leaf.start, |space| wide.start + space);
        let end = after.filter(|_| !is_end).map_or(leaf.end, |space| range.end + space);
        start..end
    }

    fn whole_block(&self, block: &Block, sweep: &mut Sweep<'_>) -> ViewBlock {
        let tokens = &self.tokens[block.tokens.clone()];
        let mut words = tokens.iter().filter(|token| token.is_text()).map(|token| token.plain.as_range());
        let start = words.next().unwrap_or_default();
        let plain = start.start..words.next_back().map_or(start.end, |last| last.end);
        let (html, marks, marked) = (String::new(), Vec::new(), Vec::new());
        let mut view = ViewBlock { role: block.role, html, marks, plain, marked };
        for token in tokens {
            if token.is_text() {
                sweep.show(token, token.plain.as_range(), &mut view.html, &mut view.marks, &mut view.marked);
            } else {
                view.html.push_str(self.markup_of(token));
            }
        }
        view
    }

    /// The HTML of the part `plain` of a text token.
    fn html_of(&self, token: &Token, plain: Range<usize>) -> &str {
        if token.is_literal() { &self.plain[plain] } else { self.markup_of(token) }
    }

    /// The markup of a token.
    fn markup_of(&self, token: &Token) -> &str {
        &self.markup[token.markup.as_range()]
    }

    /// The range within the plain text and at its characters' boundaries; the same for any range that is so already.
    fn clamp(&self, range: &Range<usize>) -> Range<usize> {
        let floor = |offset: usize| {
            let mut offset = offset.min(self.plain.len());
            while !self.plain.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let start = floor(range.start);
        start..floor(range.end).max(start)
    }
}
