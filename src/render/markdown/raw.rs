//! HTML that an author wrote in Markdown: made safe without touching what the program itself puts in.
//!
//! Raw HTML may open what it does not close, so a text with any is sanitised as a whole. What comes from elsewhere in
//! the program (a card, a citation, classed code) is safe already and may use what authors may not: it is kept out, with
//! a token in its place.

use crate::text::sanitize_own;

/// HTML kept out of a text while that is sanitised.
pub(super) struct Holes {
    /// A character that stands nowhere in the text.
    token: char,
    filling: Vec<String>,
}

impl Holes {
    /// For a text whose parts these are.
    pub(super) fn new<'a>(parts: impl Iterator<Item = &'a str> + Clone) -> Self {
        let is_free = |&token: &char| !parts.clone().any(|part| part.contains(token));
        Self { token: ('\u{e000}'..='\u{f8ff}').find(is_free).unwrap_or('\u{f8ff}'), filling: Vec::new() }
    }

    /// Keeps `html` out and gives what stands for it.
    pub(super) fn keep_out(&mut self, html: String) -> String {
        self.filling.push(html);
        format!("{0}{1}{0}", self.token, self.filling.len() - 1)
    }

    /// The text, sanitised, with what was kept out. A token inside a tag is dropped: there it would break the tag.
    pub(super) fn sanitise(&self, html: &str) -> String {
        let html = sanitize_own(html);
        let mut filled = String::with_capacity(html.len());
        let mut place = Place::Text;
        for (nth, piece) in html.split(self.token).enumerate() {
            if nth % 2 == 0 {
                filled.push_str(piece);
                place = piece.chars().fold(place, Place::after);
            } else if place == Place::Text {
                let filling = piece.parse().ok().and_then(|number: usize| self.filling.get(number));
                filled.push_str(filling.map_or("", String::as_str));
            }
        }
        filled
    }
}

/// Where in well-formed HTML a reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Tag,
    Quoted(char),
}

impl Place {
    fn after(self, c: char) -> Self {
        match (self, c) {
            (Self::Text, '<') => Self::Tag,
            (Self::Tag, '>') => Self::Text,
            (Self::Tag, '"' | '\'') => Self::Quoted(c),
            (Self::Quoted(quote), _) if quote == c => Self::Tag,
            _ => self,
        }
    }
}
