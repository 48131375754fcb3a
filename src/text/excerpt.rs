//! A text of which only parts may be shown → those parts with the elements around them, and gaps for the rest.
//!
//! What is withheld is nowhere in the result: an element without shown text is not written, and of attributes only
//! those are that hold no words of the text.

use std::ops::Range;

use super::marks::Sweep;
use super::scan::attributes;
use super::{Block, BlockRole, Mark, Run, SourceText, Token, TokenKind, ViewBlock, tags};

/// What stands for withheld words inside a block.
const GAP: &str = "<span class=\"gap\">[…]</span>";

/// The title, and of the rest the text in `keep`, which is in order and without overlap.
pub(super) fn excerpts(text: &SourceText, keep: &[Range<usize>], marks: &[Mark]) -> Vec<ViewBlock> {
    let mut excerpter = Excerpter {
        text,
        keep: in_order(text, keep),
        sweep: Sweep::new(text, marks),
        views: Vec::new(),
        next_keep: 0,
        next_gap: 0,
        next_leaf: 0,
        left_out: false,
        block: Open::default(),
    };
    for block in &text.blocks {
        match block.role {
            BlockRole::Title => {
                let view = text.whole_block(block, &mut excerpter.sweep);
                excerpter.views.push(view);
            }
            BlockRole::Body => excerpter.body(block),
            BlockRole::Gap => excerpter.left_out = true,
        }
    }
    if excerpter.left_out || excerpter.next_gap < text.gaps.len() {
        excerpter.push_gap();
    }
    excerpter.views
}

/// The ranges at characters' boundaries, without empty ones and overlaps.
fn in_order(text: &SourceText, keep: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(keep.len());
    for range in keep {
        let range = text.clamp(range);
        let from = ranges.last().map_or(0, |last| last.end);
        if range.end > range.start.max(from) {
            ranges.push(range.start.max(from)..range.end);
        }
    }
    ranges
}

struct Excerpter<'a> {
    text: &'a SourceText,
    keep: Vec<Range<usize>>,
    sweep: Sweep<'a>,
    views: Vec<ViewBlock>,
    next_keep: usize,
    next_gap: usize,
    next_leaf: usize,
    /// Whether words were left out since the last text that is shown.
    left_out: bool,
    block: Open,
}

/// The block that is being made.
#[derive(Default)]
struct Open {
    html: String,
    marks: Vec<usize>,
    marked: Vec<Run>,
    /// The open elements: their start tags among the tokens, and whether they are written.
    elements: Vec<(usize, bool)>,
    /// The leaf that text was last shown of.
    leaf: Option<usize>,
    /// Whether the tag of a block was written since.
    parted: bool,
    /// What is shown so far, from its first to its last byte of the plain text.
    plain: Option<Range<usize>>,
    /// White space and breaks since: they are shown if text of the same leaf follows.
    spaces: Vec<(usize, Range<usize>)>,
}

impl Excerpter<'_> {
    fn body(&mut self, block: &Block) {
        self.block = Open::default();
        for at in block.tokens.clone() {
            let token = &self.text.tokens[at];
            match token.kind {
                TokenKind::Open => self.block.elements.push((at, false)),
                TokenKind::Close => {
                    if let Some((start, true)) = self.block.elements.pop() {
                        self.block.html.push_str(self.text.markup_of(token));
                        self.block.parted |= self.parts(start);
                    }
                }
                TokenKind::Break => self.block.spaces.push((at, token.plain.as_range())),
                TokenKind::Literal | TokenKind::Written if token.is_text() => self.split(at, token),
                TokenKind::Literal | TokenKind::Written | TokenKind::Rule => {}
            }
        }
        let block = std::mem::take(&mut self.block);
        if block.leaf.is_some() {
            let plain = block.plain.clone().unwrap_or_default();
            let Open { html, marks, marked, .. } = block;
            self.views.push(ViewBlock { role: BlockRole::Body, html, marks, plain, marked });
        }
    }

    /// Splits a text token into what is shown and what is withheld.
    fn split(&mut self, at: usize, token: &Token) {
        let Range { start: mut from, end } = token.plain.as_range();
        while from < end {
            while self.keep.get(self.next_keep).is_some_and(|keep| keep.end <= from) {
                self.next_keep += 1;
            }
            let keep = self.keep.get(self.next_keep).cloned().unwrap_or(usize::MAX..usize::MAX);
            let is_kept = keep.start <= from;
            let to = if is_kept { keep.end } else { keep.start }.min(end);
            // One character in two forms is not split.
            let to = if token.is_literal() { to } else { end };
            self.part(at, from..to, is_kept);
            from = to;
        }
    }

    fn part(&mut self, at: usize, plain: Range<usize>, is_kept: bool) {
        while self.text.gaps.get(self.next_gap).is_some_and(|&gap| gap < plain.start) {
            self.left_out = true;
            self.next_gap += 1;
        }
        if self.text.plain[plain.clone()].trim().is_empty() {
            self.block.spaces.push((at, plain));
        } else if is_kept {
            self.show(at, plain);
        } else {
            self.left_out = true;
        }
    }

    fn show(&mut self, at: usize, plain: Range<usize>) {
        while self.text.leaves.get(self.next_leaf).is_some_and(|leaf| leaf.plain.end <= plain.start) {
            self.next_leaf += 1;
        }
        let is_first = self.block.leaf.is_none();
        let is_same_leaf = self.block.leaf == Some(self.next_leaf);
        let spaces = std::mem::take(&mut self.block.spaces);
        if self.left_out && is_first {
            self.push_gap();
        }
        let has_gap = self.left_out && !is_first;
        if has_gap && is_same_leaf {
            self.block.html.push(' ');
            self.block.html.push_str(GAP);
            self.block.html.push(' ');
        }
        self.open_elements(is_same_leaf && !has_gap, &spaces);
        if !is_first && !is_same_leaf && !self.block.parted {
            // What parted the two, an empty element or a rule, is not shown.
            self.block.html.push_str("<br>");
        }
        if has_gap && !is_same_leaf {
            self.block.html.push_str(GAP);
            self.block.html.push(' ');
        }
        let token = &self.text.tokens[at];
        self.block.plain = Some(self.block.plain.as_ref().map_or(plain.start, |shown| shown.start)..plain.end);
        let Open { html, marks, marked, .. } = &mut self.block;
        self.sweep.show(token, plain, html, marks, marked);
        self.block.leaf = Some(self.next_leaf);
        self.block.parted = false;
        self.left_out = false;
    }

    /// Writes the start tags that are still to be written, and the white space before and between them.
    fn open_elements(&mut self, with_spaces: bool, spaces: &[(usize, Range<usize>)]) {
        let mut spaces = spaces.iter().filter(|_| with_spaces).peekable();
        let pending = self.block.elements.iter().position(|(_, written)| !written).unwrap_or(self.block.elements.len());
        for element in pending..self.block.elements.len() {
            let (start, _) = self.block.elements[element];
            while let Some((at, plain)) = spaces.next_if(|(at, _)| *at < start) {
                self.space(*at, plain.clone());
            }
            let tag = self.start_tag(start);
            self.block.html.push_str(&tag);
            self.block.elements[element].1 = true;
            self.block.parted |= self.parts(start);
        }
        for (at, plain) in spaces {
            self.space(*at, plain.clone());
        }
    }

    /// Whether the start tag is a block's.
    fn parts(&self, start: usize) -> bool {
        let name = tag_name(self.text.markup_of(&self.text.tokens[start]));
        tags::lookup(name).is_some_and(|tag| !tag.kind.is_inline())
    }

    fn space(&mut self, at: usize, plain: Range<usize>) {
        let token = &self.text.tokens[at];
        if token.is_text() {
            let Open { html, marks, marked, .. } = &mut self.block;
            self.sweep.show(token, plain, html, marks, marked);
        } else {
            self.block.html.push_str("<br>");
        }
    }

    /// A start tag with the attributes that excerpts have: those of the text that hold no words, and our own constants.
    fn start_tag(&self, at: usize) -> String {
        let token = &self.text.tokens[at];
        let tag = self.text.markup_of(token);
        let name = tag_name(tag);
        let inside = &tag[1 + name.len()..];
        let mut html = format!("<{name}");
        let is_kept =
            matches!(name, "a" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") && self.is_kept(&token.plain.as_range());
        for (attribute, value) in attributes(inside) {
            let stays = match attribute {
                "lang" | "dir" => true,
                // An address can be the words of its link; and a footnote may be withheld.
                "href" => is_kept && !value.starts_with('#'),
                "rel" => html.contains(" href="),
                "class" => name == "ol",
                "id" => is_kept,
                _ => false,
            };
            if stays {
                for part in [" ", attribute, "=\"", value, "\""] {
                    html.push_str(part);
                }
            }
        }
        html.push('>');
        html
    }

    /// Whether all words of `plain` are shown.
    fn is_kept(&self, plain: &Range<usize>) -> bool {
        let is_blank = |range: Range<usize>| self.text.plain[range].trim().is_empty();
        let mut from = plain.start;
        let first = self.keep.partition_point(|keep| keep.end <= plain.start);
        for keep in self.keep[first..].iter().take_while(|keep| keep.start < plain.end) {
            if keep.start > from && !is_blank(from..keep.start) {
                return false;
            }
            from = keep.end;
        }
        from >= plain.end || is_blank(from..plain.end)
    }

    fn push_gap(&mut self) {
        self.left_out = false;
        let (html, marks, marked) = (String::new(), Vec::new(), Vec::new());
        self.views.push(ViewBlock { role: BlockRole::Gap, html, marks, plain: 0..0, marked });
    }
}

/// The name in a start tag.
fn tag_name(tag: &str) -> &str {
    let name = tag.strip_prefix('<').unwrap_or(tag);
    &name[..name.find([' ', '>']).unwrap_or(name.len())]
}
