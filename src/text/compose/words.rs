//! Text of HTML → the plain text as a browser renders it (CSS Text Module, section 4.1), and the tokens that map the two.

use super::Composer;
use crate::files::ByteRange;
use crate::text::scan::reference;
use crate::text::{Leaf, Token, TokenKind};

impl Composer<'_> {
    /// Adds text as a browser renders it.
    pub(super) fn words(&mut self, text: &str) {
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

    pub(super) fn end_leaf(&mut self) {
        self.leaf_open = false;
        let pending = std::mem::take(&mut self.pending);
        if let [token] = *pending
            && token + 1 == self.text.tokens.len()
            && self.preformatted == 0
            && self.text.tokens[token].kind == TokenKind::Written
        {
            self.text.markup.truncate(self.text.tokens[token].markup.start as usize);
            self.text.tokens.pop();
        }
    }

    fn flush_pending(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if let [token] = *pending
            && token + 1 == self.text.tokens.len()
            && self.text.tokens[token].kind == TokenKind::Written
            && let Some(space) = self.text.tokens.pop()
        {
            // White space within a line of text: one run with what stands before.
            let html = self.text.markup.split_off(space.markup.start as usize);
            return self.push_text(&html, &html);
        }
        for token in pending {
            let start = self.text.plain.len();
            let token = &mut self.text.tokens[token];
            if token.kind == TokenKind::Break {
                self.text.plain.push('\n');
            } else {
                self.text.plain.push_str(&self.text.markup[token.markup.as_range()]);
                token.kind = TokenKind::Literal;
            }
            token.plain = (start..self.text.plain.len()).into();
        }
    }

    /// Adds text to the HTML and to the plain text: as part of the last token where both are the same bytes.
    fn push_text(&mut self, html: &str, plain: &str) {
        let start = self.text.plain.len();
        self.text.plain.push_str(plain);
        let end = self.text.plain.len();
        let is_literal = html == plain;
        let last = self.text.tokens.last_mut().filter(|last| is_literal && last.is_literal());
        match last.map(|last| &mut last.plain) {
            Some(before) if before.end as usize == start => *before = ByteRange::new(before.start as usize, end),
            _ => {
                let token = if is_literal { self.push_token(TokenKind::Literal, "") } else { self.push_html(html) };
                self.text.tokens[token].plain = (start..end).into();
            }
        }
    }

    pub(super) fn push_html(&mut self, html: &str) -> usize {
        self.push_token(TokenKind::Written, html)
    }

    pub(super) fn push_token(&mut self, kind: TokenKind, markup: &str) -> usize {
        let start = self.text.markup.len();
        self.text.markup.push_str(markup);
        let (markup, plain) = (start..self.text.markup.len(), self.text.plain.len()..self.text.plain.len());
        self.text.tokens.push(Token { kind, markup: markup.into(), plain: plain.into() });
        self.text.tokens.len() - 1
    }
}

/// White space as HTML has it: ASCII only, so that a no-break space is text.
fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}
