//! A capture in plain text → a text whose plain form is the capture, byte for byte.
//!
//! Blank lines part its paragraphs. Nothing in it is markup.

use super::scan::escape_into;
use super::{Block, BlockRole, Leaf, SourceText, Token, TokenKind};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of a capture.
pub(super) fn compose(capture: &str) -> SourceText {
    let mut text = SourceText { plain: capture.to_owned(), ..SourceText::default() };
    let mut start = if capture.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let mut paragraph = start..start;
    while start < capture.len() {
        let end = line_end(capture, start);
        if capture[start..end].trim().is_empty() {
            add_paragraph(&mut text, capture, paragraph);
            paragraph = end..end;
        } else {
            paragraph.end = end;
        }
        start = end;
    }
    add_paragraph(&mut text, capture, paragraph);
    text
}

/// The offset after the line that starts at `start`: after a line feed, a carriage return, or both in this order.
fn line_end(capture: &str, start: usize) -> usize {
    let rest = &capture.as_bytes()[start..];
    match memchr::memchr2(b'\n', b'\r', rest) {
        Some(at) if rest[at..].starts_with(b"\r\n") => start + at + 2,
        Some(at) => start + at + 1,
        None => capture.len(),
    }
}

fn add_paragraph(text: &mut SourceText, capture: &str, lines: std::ops::Range<usize>) {
    let words = capture[lines.clone()].trim();
    if words.is_empty() {
        return;
    }
    let start = lines.start + (capture[lines.clone()].len() - capture[lines].trim_start().len());
    let end = start + words.len();
    let first_token = text.tokens.len();
    push(text, TokenKind::Open, "<p>", start..end);
    let mut at = start;
    while at < end {
        let length = literal_run(&capture[at..end]);
        if length > 0 {
            push(text, TokenKind::Literal, "", at..at + length);
            at += length;
            continue;
        }
        let (length, shown) = special(&capture[at..end]);
        let mut html = String::new();
        escape_into(&mut html, shown, false);
        push(text, TokenKind::Written, &html, at..at + length);
        at += length;
    }
    push(text, TokenKind::Close, "</p>", end..end);
    text.leaves.push(Leaf { plain: start..end, origin: Some(start) });
    text.blocks.push(Block { role: BlockRole::Body, tokens: first_token..text.tokens.len() });
}

/// The character, or the line's end, that `text` begins with: its length in bytes, and what is shown for it.
fn special(text: &str) -> (usize, &str) {
    if text.starts_with("\r\n") {
        return (2, "\n");
    }
    let length = text.chars().next().map_or(1, char::len_utf8);
    (length, &text[..length])
}

/// The length of the text before the first character that HTML writes in another way.
fn literal_run(text: &str) -> usize {
    text.find(['&', '<', '>', '\u{a0}', '\0', '\r']).unwrap_or(text.len())
}

fn push(text: &mut SourceText, kind: TokenKind, markup: &str, plain: std::ops::Range<usize>) {
    let start = text.markup.len();
    text.markup.push_str(markup);
    text.tokens.push(Token { kind, markup: (start..text.markup.len()).into(), plain: plain.into() });
}
