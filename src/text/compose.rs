//! Sanitised HTML → blocks of valid HTML with the plain text that they render to, each mapped to the other.
//!
//! Every tag is written anew, with the attributes that a source may have. White space is collapsed as a browser renders
//! it (CSS Text, section 4.1), stray text gets a paragraph, wrappers at the top level are dropped, headings get ids.

mod attributes;
mod lookahead;
mod words;

use std::collections::{HashMap, HashSet};

use super::scan::{Raw, attribute, escape_into, scan};
use super::tags::{self, Kind, Tag};
use super::{Block, BlockRole, SourceText, TokenKind};
use crate::files::ByteRange;
use lookahead::{has_block_inside, highest_heading, note_id, starts_gap, starts_note_number};

/// Where the text comes from.
#[derive(Clone, Copy)]
pub(super) enum Origins<'a> {
    /// This body, by the places in it that its HTML carries.
    Markdown(&'a str),
    /// HTML, where the words of each leaf are looked for in order.
    Html(&'a str),
}

/// An open element.
struct Element<'a> {
    /// Its name in the HTML that is read; empty for one that was put in.
    read: &'a str,
    tag: Tag,
    /// Its start tag among the tokens; none for one that is not written.
    token: Option<usize>,
    /// Which of the text's headings it is.
    heading: Option<usize>,
    origin: Option<usize>,
    silent: bool,
}

/// Makes a text of HTML.
pub(super) struct Composer<'a> {
    text: SourceText,
    raws: Vec<Raw<'a>>,
    origins: Origins<'a>,
    has_gaps: bool,
    stack: Vec<Element<'a>>,
    /// How many open elements are preformatted, and how many are silent.
    preformatted: usize,
    silent: usize,
    leaf_open: bool,
    gap: bool,
    /// White space and breaks that count only if text follows in the same leaf: indices of tokens.
    pending: Vec<usize>,
    /// Where the top-level block that is open starts: in the plain text, the tokens and the markup.
    block: (usize, usize, usize),
    last_origin: usize,
    ids: HashSet<String>,
    /// The ids of footnotes.
    notes: HashSet<&'a str>,
    /// For each slug that came up again, the next number to try.
    next_number: HashMap<String, usize>,
    /// How many leaves' words were not found where the text comes from.
    misses: usize,
    /// The level, as written, of the highest headings.
    highest: u8,
}

impl<'a> Composer<'a> {
    /// A composer of `html`; `has_gaps` tells whether its paragraphs of class `gap` are gaps.
    pub(super) fn new(html: &'a str, origins: Origins<'a>, has_gaps: bool) -> Self {
        Self {
            text: SourceText::default(),
            raws: scan(html),
            origins,
            has_gaps,
            stack: Vec::new(),
            preformatted: 0,
            silent: 0,
            leaf_open: false,
            gap: false,
            pending: Vec::new(),
            block: (0, 0, 0),
            last_origin: match origins {
                Origins::Markdown(_) => 0,
                Origins::Html(capture) => capture.find("<body").unwrap_or(0),
            },
            ids: HashSet::new(),
            notes: HashSet::new(),
            next_number: HashMap::new(),
            misses: 0,
            highest: 1,
        }
    }

    /// Puts a title before the text.
    pub(super) fn title(mut self, title: &str) -> Self {
        let mut html = String::new();
        escape_into(&mut html, title, false);
        self.start_block();
        self.words(&html);
        self.end_leaf();
        self.end_block(BlockRole::Title);
        self
    }

    /// The text.
    pub(super) fn compose(mut self) -> SourceText {
        let raws = std::mem::take(&mut self.raws);
        self.notes = raws.iter().filter_map(note_id).collect();
        self.highest = highest_heading(&raws);
        for (at, raw) in raws.iter().enumerate() {
            match *raw {
                Raw::Open(name, inside) => self.open(name, inside, &raws, at),
                Raw::Close(name) => self.close(name),
                Raw::Text(text) => self.text(text, &raws, at),
            }
        }
        self.pop_to(0);
        self.end_leaf();
        if self.gap {
            self.text.gaps.push(self.text.plain.len());
            self.text.plain.push('\n');
        }
        self.text
    }

    fn open(&mut self, name: &'a str, inside: &'a str, raws: &[Raw<'a>], at: usize) {
        let Some(tag) = tags::lookup(name) else { return };
        let origin = self.origin_of(inside);
        match tag.kind {
            Kind::Break => return self.line_break(),
            Kind::Rule => return self.rule(),
            _ => {}
        }
        if !tag.kind.is_inline() {
            self.end_leaf();
            self.end_fillers(tag.kind);
        }
        let tag = tag.within(self.parent()).under_title(self.highest);
        let written = self.is_written(tag, inside);
        if written || tag.kind.is_inline() {
            self.make_place(tag.kind, written, raws, at);
        }
        let is_gap = self.has_gaps && starts_gap(&raws[at..]);
        let silent = is_gap || starts_note_number(&raws[at..]);
        self.gap |= is_gap;
        let heading = self.heading(tag.kind, raws, at);
        let token = written.then(|| {
            let html = self.start_tag(tag, inside, heading, silent);
            self.begin(&html)
        });
        self.push(Element { read: name, tag, token, heading, origin, silent });
    }

    /// Whether the element is written, or only its content is.
    fn is_written(&self, tag: Tag, inside: &str) -> bool {
        let has = |name| attribute(inside, name).is_some();
        match tag.kind {
            Kind::Wrapper => {
                let is_bare = !has("lang") && !has("dir") && attribute(inside, "class") != Some("footnote");
                !(is_bare && self.parent().is_none_or(Kind::is_structure))
            }
            Kind::Inline if tag.name == "a" => attribute(inside, "href").is_some_and(|href| self.leads_somewhere(href)),
            Kind::Inline if tag.name == "span" => has("lang") || has("dir"),
            _ => true,
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.stack.iter().rposition(|element| element.read == name) {
            self.pop_to(at);
        }
    }

    fn text(&mut self, text: &'a str, raws: &[Raw<'a>], at: usize) {
        let is_blank = text.trim_ascii().is_empty();
        if is_blank && self.parent().is_none_or(Kind::is_structure) {
            return;
        }
        if !is_blank {
            self.make_place(Kind::Inline, true, raws, at);
        }
        if self.silent > 0 {
            self.push_html(text);
        } else {
            self.words(text);
        }
    }

    fn line_break(&mut self) {
        if self.parent().is_none_or(Kind::is_structure) {
            return self.end_leaf();
        }
        let token = self.push_token(TokenKind::Break, "<br>");
        if self.leaf_open && self.silent == 0 {
            self.pending.retain(|&token| self.text.tokens[token].kind == TokenKind::Break);
            self.pending.push(token);
        }
    }

    fn rule(&mut self) {
        self.end_leaf();
        self.end_fillers(Kind::Rule);
        let Some(parent) = self.parent() else {
            self.start_block();
            self.push_token(TokenKind::Rule, "<hr>");
            return self.end_block(BlockRole::Body);
        };
        // Between items or rows it has no place.
        if !parent.is_structure() {
            self.push_token(TokenKind::Rule, "<hr>");
        }
    }

    /// The nearest element that is written.
    fn parent(&self) -> Option<Kind> {
        self.parent_at(self.stack.len())
    }

    fn parent_at(&self, depth: usize) -> Option<Kind> {
        self.stack[..depth].iter().rev().find(|element| element.token.is_some()).map(|element| element.tag.kind)
    }

    /// Ends the elements that were put in around stray content where a `next` block does not belong in them.
    fn end_fillers(&mut self, next: Kind) {
        let fillers = self.stack.iter().rposition(|element| !element.read.is_empty()).map_or(0, |at| at + 1);
        for depth in fillers..self.stack.len() {
            if self.parent_at(depth).is_none_or(|parent| parent.permits(next)) {
                return self.pop_to(depth);
            }
        }
    }

    /// Puts in the elements that a `child` needs around it where it stands.
    fn make_place(&mut self, child: Kind, written: bool, raws: &[Raw<'a>], at: usize) {
        loop {
            let filler = match self.parent() {
                None if child.is_inline() => {
                    let holds_blocks = has_block_inside(&raws[at..]);
                    if holds_blocks && !written {
                        return;
                    }
                    tags::stray(holds_blocks)
                }
                Some(parent) if !parent.permits(child) => match parent.filler() {
                    Some(filler) => filler,
                    None => return,
                },
                _ => return,
            };
            let html = format!("<{}>", filler.name);
            let token = self.begin(&html);
            let element =
                Element { read: "", tag: filler, token: Some(token), heading: None, origin: None, silent: false };
            self.push(element);
        }
    }

    /// Writes a start tag and gives its token.
    fn begin(&mut self, html: &str) -> usize {
        if self.parent().is_none() {
            self.start_block();
        }
        self.push_token(TokenKind::Open, html)
    }

    fn push(&mut self, element: Element<'a>) {
        self.preformatted += usize::from(element.tag.kind == Kind::Preformatted);
        self.silent += usize::from(element.silent);
        self.stack.push(element);
    }

    /// Ends the open elements from the `depth`-th on.
    fn pop_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            let Some(element) = self.stack.pop() else { return };
            self.preformatted -= usize::from(element.tag.kind == Kind::Preformatted);
            self.silent -= usize::from(element.silent);
            if !element.tag.kind.is_inline() {
                self.end_leaf();
            }
            let Some(start) = element.token else { continue };
            let end = self.text.plain.len();
            // A line feed before the first words belongs to what came before.
            let inside = &mut self.text.tokens[start].plain;
            let from = inside.start as usize;
            *inside = ByteRange::new(from + usize::from(self.text.plain[from..].starts_with('\n')), end);
            let html = format!("</{}>", element.tag.name);
            self.push_token(TokenKind::Close, &html);
            if let Some(heading) = element.heading {
                self.end_heading(heading, start);
            }
            if self.parent().is_none() {
                self.end_block(BlockRole::Body);
            }
        }
    }

    fn end_heading(&mut self, heading: usize, start: usize) {
        let plain = self.text.tokens[start].plain.as_range();
        if plain.is_empty() {
            self.text.headings.remove(heading);
            return;
        }
        self.text.headings[heading].text = self.text.plain[plain.clone()].replace('\n', " ");
        self.text.headings[heading].plain = plain;
    }

    fn start_block(&mut self) {
        self.block = (self.text.plain.len(), self.text.tokens.len(), self.text.markup.len());
    }

    fn end_block(&mut self, role: BlockRole) {
        let (plain, tokens, markup) = self.block;
        let is_rule = self.text.tokens[tokens..].iter().any(|token| token.kind == TokenKind::Rule);
        let has_note = self.text.markup[markup..].contains(" id=\"fn-");
        if self.text.plain.len() == plain && !is_rule && !has_note {
            // Without text: a gap, or what is left of an image.
            self.text.tokens.truncate(tokens);
            self.text.markup.truncate(markup);
            if self.gap && !matches!(self.text.blocks.last(), Some(Block { role: BlockRole::Gap, .. })) {
                self.text.blocks.push(Block { role: BlockRole::Gap, tokens: tokens..tokens });
            }
            return;
        }
        self.text.blocks.push(Block { role, tokens: tokens..self.text.tokens.len() });
    }
}
