//! Sanitised HTML → blocks of valid HTML with the plain text that they render to, each mapped to the other.
//!
//! Every tag is written anew, with the attributes that a source may have. White space is collapsed as a browser renders
//! it (CSS Text, section 4.1), stray text gets a paragraph, wrappers at the top level are dropped, headings get ids.

use std::collections::{HashMap, HashSet};

use super::sanitize::ORIGIN;
use super::scan::{Raw, attribute, attributes, decode, reference, scan};
use super::tags::{self, Kind, Tag};
use super::{Block, BlockRole, Heading, Leaf, SourceText, Token, TokenKind};

/// What is written in a link besides its address.
const LINK_REL: &str = " rel=\"nofollow noopener ugc\"";

/// The start tag of an element whose text is on the page, but no part of the plain text: a footnote's number.
const SILENT: (&str, &str) = ("sup", "fnref");

/// After so many leaves whose words are not in the capture as they are, no further ones are looked for: each look is as
/// long as the capture.
const MISSES: usize = 64;

/// Where the text comes from.
#[derive(Clone, Copy)]
pub(super) enum Origins<'a> {
    /// Markdown, by the places that its HTML carries; `len` is the body's length in bytes.
    Markdown { len: usize },
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
    /// Where the top-level block that is open starts: in the plain text, the tokens and the HTML.
    block: (usize, usize, usize),
    last_origin: usize,
    ids: HashSet<String>,
    /// For each slug that came up again, the next number to try.
    next_number: HashMap<String, usize>,
    /// How many leaves' words were not found where the text comes from.
    misses: usize,
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
                Origins::Markdown { .. } => 0,
                Origins::Html(capture) => capture.find("<body").unwrap_or(0),
            },
            ids: HashSet::new(),
            next_number: HashMap::new(),
            misses: 0,
        }
    }

    /// Puts a title before the text.
    pub(super) fn title(mut self, title: &str) -> Self {
        let mut html = String::new();
        super::scan::escape_into(&mut html, title, false);
        self.start_block();
        self.words(&html);
        self.end_leaf();
        self.end_block(BlockRole::Title);
        self
    }

    /// The text.
    pub(super) fn compose(mut self) -> SourceText {
        let raws = std::mem::take(&mut self.raws);
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
        let tag = tag.within(self.parent());
        let written = self.is_written(tag, inside);
        if written || tag.kind.is_inline() {
            self.make_place(tag.kind, written, raws, at);
        }
        let is_gap = self.has_gaps && tag.name == "p" && attribute(inside, "class") == Some("gap");
        let silent = is_gap || (SILENT.0 == tag.name && attribute(inside, "class") == Some(SILENT.1));
        self.gap |= is_gap;
        let heading = self.heading(tag.kind, raws, at);
        let token = written.then(|| {
            let html = self.start_tag(tag, inside, heading, silent);
            self.begin(tag, &html)
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
            Kind::Inline if tag.name == "a" => has("href"),
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
        let is_blank = text.bytes().all(is_space);
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
            let token = self.begin(filler, &html);
            let element =
                Element { read: "", tag: filler, token: Some(token), heading: None, origin: None, silent: false };
            self.push(element);
        }
    }

    /// Writes a start tag and gives its token.
    fn begin(&mut self, tag: Tag, html: &str) -> usize {
        if self.parent().is_none() {
            self.start_block();
        }
        let token = self.push_token(TokenKind::Open(tag.name), html);
        self.text.tokens[token].plain = self.text.plain.len()..self.text.plain.len();
        token
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
            let from = &mut self.text.tokens[start].plain;
            from.end = end;
            if self.text.plain[from.clone()].starts_with('\n') {
                from.start += 1;
            }
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
        let plain = self.text.tokens[start].plain.clone();
        if plain.is_empty() {
            self.text.headings.remove(heading);
            return;
        }
        self.text.headings[heading].text = self.text.plain[plain.clone()].replace('\n', " ");
        self.text.headings[heading].plain = plain;
    }

    fn start_block(&mut self) {
        self.block = (self.text.plain.len(), self.text.tokens.len(), self.text.html.len());
    }

    fn end_block(&mut self, role: BlockRole) {
        let (plain, tokens, html) = self.block;
        let is_rule = self.text.tokens[tokens..].iter().any(|token| token.kind == TokenKind::Rule);
        if self.text.plain.len() == plain && !is_rule {
            // Without text: a gap, or what is left of an image.
            self.text.tokens.truncate(tokens);
            self.text.html.truncate(html);
            if self.gap && !matches!(self.text.blocks.last(), Some(Block { role: BlockRole::Gap, .. })) {
                self.text.blocks.push(Block { role: BlockRole::Gap, tokens: tokens..tokens });
            }
            return;
        }
        self.text.blocks.push(Block { role, tokens: tokens..self.text.tokens.len() });
    }
}

/// Text.
impl Composer<'_> {
    /// Adds text as a browser renders it.
    fn words(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.bytes().next() {
            let length = if is_space(first) {
                let length = rest.bytes().position(|byte| !is_space(byte)).unwrap_or(rest.len());
                self.space(&rest[..length]);
                length
            } else if first == b'&' {
                let (length, character) = reference(rest);
                self.word(&rest[..length], character);
                length
            } else {
                let length = rest.bytes().position(|byte| is_space(byte) || byte == b'&').unwrap_or(rest.len());
                self.word(&rest[..length], &rest[..length]);
                length
            };
            rest = &rest[length..];
        }
    }

    /// Adds white space, which counts only between words of one leaf.
    fn space(&mut self, space: &str) {
        if self.preformatted > 0 {
            let token = self.push_html(space);
            if self.leaf_open {
                self.pending.push(token);
            }
        } else if self.leaf_open && self.pending.is_empty() {
            let token = self.push_html(" ");
            self.pending.push(token);
        }
    }

    fn word(&mut self, html: &str, plain: &str) {
        if self.leaf_open {
            self.flush_pending();
        } else {
            self.start_leaf(plain);
        }
        self.push_text(html, plain);
        if let Some(leaf) = self.text.leaves.last_mut() {
            leaf.plain.end = self.text.plain.len();
        }
    }

    fn start_leaf(&mut self, word: &str) {
        if self.gap {
            self.text.gaps.push(self.text.plain.len());
        }
        if self.gap || !self.text.plain.is_empty() {
            self.text.plain.push('\n');
        }
        self.gap = false;
        self.leaf_open = true;
        let start = self.text.plain.len();
        let origin = self.leaf_origin(word);
        self.text.leaves.push(Leaf { plain: start..start, origin });
    }

    fn end_leaf(&mut self) {
        self.leaf_open = false;
        self.pending.clear();
    }

    fn flush_pending(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if let [token] = *pending
            && token + 1 == self.text.tokens.len()
            && self.text.tokens[token].kind == TokenKind::Text
            && let Some(space) = self.text.tokens.pop()
        {
            // White space within a line of text: one run with what stands before.
            let html = self.text.html.split_off(space.html.start);
            return self.push_text(&html, &html);
        }
        for token in pending {
            let start = self.text.plain.len();
            let token = &mut self.text.tokens[token];
            if token.kind == TokenKind::Break {
                self.text.plain.push('\n');
            } else {
                self.text.plain.push_str(&self.text.html[token.html.clone()]);
            }
            token.plain = start..self.text.plain.len();
        }
    }

    /// Adds text to the HTML and to the plain text: as part of the last token where both are the same bytes.
    fn push_text(&mut self, html: &str, plain: &str) {
        let start = self.text.plain.len();
        self.text.plain.push_str(plain);
        if html == plain
            && let Some(last) = self.text.tokens.last_mut()
            && last.is_literal()
            && last.plain.end == start
            && last.html.end == self.text.html.len()
        {
            self.text.html.push_str(html);
            last.html.end += html.len();
            last.plain.end += plain.len();
            return;
        }
        let token = self.push_html(html);
        self.text.tokens[token].plain = start..self.text.plain.len();
    }

    fn push_html(&mut self, html: &str) -> usize {
        self.push_token(TokenKind::Text, html)
    }

    fn push_token(&mut self, kind: TokenKind, html: &str) -> usize {
        let start = self.text.html.len();
        self.text.html.push_str(html);
        let plain = self.text.plain.len()..self.text.plain.len();
        self.text.tokens.push(Token { kind, html: start..self.text.html.len(), plain });
        self.text.tokens.len() - 1
    }
}

/// Attributes, ids and places.
impl<'a> Composer<'a> {
    /// The start tag of an element, with the attributes that it may have.
    fn start_tag(&mut self, tag: Tag, inside: &str, heading: Option<usize>, silent: bool) -> String {
        let mut html = format!("<{}", tag.name);
        let mut add = |name: &str, value: &str| {
            for part in [" ", name, "=\"", value, "\""] {
                html.push_str(part);
            }
        };
        if let Some(heading) = heading {
            add("id", &self.text.headings[heading].id);
        }
        for (name, value) in attributes(inside) {
            let stays = match (tag.name, name) {
                (_, "lang" | "dir") | ("a", "href") | ("abbr", "title") | ("time", "datetime") => true,
                ("td" | "th", "colspan" | "rowspan") | ("ol", "start") => true,
                ("ol", "class") => value == "numbered",
                ("div", "class") => value == "footnote",
                ("sup" | "p", "class") => silent,
                ("div", "id") => self.ids.insert(value.to_owned()),
                _ => false,
            };
            if stays {
                add(name, value);
            }
        }
        if tag.name == "a" {
            html.push_str(LINK_REL);
        }
        html.push('>');
        html
    }

    /// Lists the heading that starts at `at`, with an id that no other element has.
    fn heading(&mut self, kind: Kind, raws: &[Raw<'_>], at: usize) -> Option<usize> {
        let Kind::Heading(level) = kind else { return None };
        let mut slug = crate::ids::slug(&heading_text(&raws[at..]));
        if slug.is_empty() || slug.starts_with("q-") || slug.starts_with("fn-") {
            slug = format!("section-{slug}").trim_end_matches('-').to_owned();
        }
        let id = match self.ids.contains(&slug) {
            false => slug,
            true => self.numbered_id(&slug),
        };
        self.ids.insert(id.clone());
        self.text.headings.push(Heading { level, text: String::new(), id, plain: 0..0 });
        Some(self.text.headings.len() - 1)
    }

    /// The id `SLUG-2`, or the first number from there on that is free.
    fn numbered_id(&mut self, slug: &str) -> String {
        let next = self.next_number.entry(slug.to_owned()).or_insert(2);
        loop {
            let id = format!("{slug}-{next}");
            *next += 1;
            if !self.ids.contains(&id) {
                return id;
            }
        }
    }

    /// Where the element starts in the body, if its start tag carries it.
    fn origin_of(&mut self, inside: &str) -> Option<usize> {
        let Origins::Markdown { len } = self.origins else { return None };
        let origin = attribute(inside, ORIGIN)?.parse::<usize>().ok()?.min(len);
        self.last_origin = origin;
        Some(origin)
    }

    /// Where the leaf that begins with `word` starts.
    fn leaf_origin(&mut self, word: &str) -> Option<usize> {
        match self.origins {
            Origins::Markdown { .. } if self.stack.is_empty() => None,
            Origins::Markdown { .. } => {
                Some(self.stack.iter().rev().find_map(|element| element.origin).unwrap_or(self.last_origin))
            }
            Origins::Html(capture) => {
                if self.misses < MISSES {
                    let found = capture[self.last_origin..].find(word);
                    self.last_origin += found.unwrap_or(0);
                    self.misses += usize::from(found.is_none());
                }
                Some(self.last_origin)
            }
        }
    }
}

/// The text of the heading that `raws` begin with. Bounded, so that headings nested in headings cost no more than their
/// length.
fn heading_text(raws: &[Raw<'_>]) -> String {
    let Some(Raw::Open(name, _)) = raws.first() else { return String::new() };
    let mut text = String::new();
    let mut silent = false;
    for raw in raws[1..].iter().take(500) {
        match *raw {
            Raw::Close(other) if other == *name => break,
            Raw::Open(other, inside) if other == SILENT.0 => silent = attribute(inside, "class") == Some(SILENT.1),
            Raw::Close(other) if other == SILENT.0 => silent = false,
            Raw::Open("br", _) => text.push(' '),
            Raw::Text(part) if !silent => text.push_str(&decode(part)),
            _ => {}
        }
    }
    text
}

/// Whether the stray inline content that `raws` begins with, up to the next block beside it, holds a block.
fn has_block_inside(raws: &[Raw<'_>]) -> bool {
    let mut depth = 0usize;
    for raw in raws {
        match *raw {
            Raw::Open(name, _) => match tags::lookup(name).map(|tag| tag.kind) {
                Some(Kind::Inline) => depth += 1,
                Some(Kind::Break) | None => {}
                Some(_) => return depth > 0,
            },
            Raw::Close(_) if depth == 0 => return false,
            Raw::Close(name) if tags::lookup(name).is_some() => depth -= 1,
            Raw::Close(_) | Raw::Text(_) => {}
        }
    }
    false
}

/// White space as HTML has it: ASCII only, so that a no-break space is text.
fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}
