//! What follows in the HTML: whether it is a gap, a footnote's number, a heading of some words, a block in a line.

use crate::text::scan::{Raw, attribute, decode};
use crate::text::tags::{self, Kind};

/// The id of a footnote that begins there.
pub(super) fn note_id<'a>(raw: &Raw<'a>) -> Option<&'a str> {
    let Raw::Open("div", inside) = raw else { return None };
    attribute(inside, "id").filter(|_| attribute(inside, "class") == Some("footnote"))
}

/// Whether `raws` begin with a paragraph that stands for a gap, which is no text.
pub(super) fn starts_gap(raws: &[Raw<'_>]) -> bool {
    let [Raw::Open("p", inside), Raw::Text("[…]"), Raw::Close("p"), ..] = raws else { return false };
    attribute(inside, "class") == Some("gap")
}

/// Whether `raws` begin with a footnote's number, which is on the page but no part of the plain text. Nothing but a
/// number can be hidden so, whoever wrote the HTML.
pub(super) fn starts_note_number(raws: &[Raw<'_>]) -> bool {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
    match raws {
        [Raw::Open("sup", inside), Raw::Open("a", _), Raw::Text(text), Raw::Close("a"), Raw::Close("sup"), ..]
        | [Raw::Open("sup", inside), Raw::Text(text), Raw::Close("sup"), ..] => {
            is_number(text) && attribute(inside, "class") == Some("fnref")
        }
        _ => false,
    }
}

/// The text of the heading that `raws` begin with. Bounded, so that headings nested in headings cost no more than their
/// length.
pub(super) fn heading_text(raws: &[Raw<'_>]) -> String {
    let Some(Raw::Open(name, _)) = raws.first() else { return String::new() };
    let mut text = String::new();
    let mut silent = false;
    for (at, raw) in raws.iter().enumerate().skip(1).take(500) {
        match *raw {
            Raw::Close(other) if other == *name => break,
            Raw::Open("sup", _) => silent = starts_note_number(&raws[at..]),
            Raw::Close("sup") => silent = false,
            Raw::Open("br", _) => text.push(' '),
            Raw::Text(part) if !silent => text.push_str(&decode(part)),
            _ => {}
        }
    }
    text
}

/// The level of the highest headings that have a text; 1 where there is none.
pub(super) fn highest_heading(raws: &[Raw<'_>]) -> u8 {
    let level = |(at, raw): (usize, &Raw<'_>)| match *raw {
        Raw::Open(name, _) => match tags::lookup(name)?.kind {
            Kind::Heading(level) => (!heading_text(&raws[at..]).trim().is_empty()).then_some(level),
            _ => None,
        },
        _ => None,
    };
    raws.iter().enumerate().filter_map(level).min().unwrap_or(1)
}

/// Whether the stray inline content that `raws` begins with, up to the next block beside it, holds a block.
pub(super) fn has_block_inside(raws: &[Raw<'_>]) -> bool {
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
