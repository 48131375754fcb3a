//! Start tags with the attributes that a source's elements may have, the ids of headings, and places in the body.

use super::lookahead::{heading_text, note_id};
use super::{Composer, Origins};
use crate::text::Heading;
use crate::text::sanitize::ORIGIN;
use crate::text::scan::{Raw, attribute, attributes};
use crate::text::tags::{Kind, Tag};

/// What is written in a link besides its address.
const LINK_REL: &str = " rel=\"nofollow noopener ugc\"";

/// After so many leaves whose words are not in the capture as they are, no further ones are looked for: each look is as
/// long as the capture.
const MISSES: usize = 64;

impl Composer<'_> {
    /// Whether a link's target is elsewhere, or a footnote that is there.
    pub(super) fn leads_somewhere(&self, href: &str) -> bool {
        href.strip_prefix('#').is_none_or(|id| self.notes.contains(id))
    }

    /// The start tag of an element, with the attributes that it may have.
    pub(super) fn start_tag(&mut self, tag: Tag, inside: &str, heading: Option<usize>, silent: bool) -> String {
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
                ("div", "id") => note_id(&Raw::Open("div", inside)).is_some() && self.ids.insert(value.to_owned()),
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
    pub(super) fn heading(&mut self, kind: Kind, raws: &[Raw<'_>], at: usize) -> Option<usize> {
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
    pub(super) fn origin_of(&mut self, inside: &str) -> Option<usize> {
        let Origins::Markdown(body) = self.origins else { return None };
        // Raw HTML may carry anything.
        let origin = attribute(inside, ORIGIN)?.parse().ok().filter(|&origin| body.is_char_boundary(origin))?;
        self.last_origin = origin;
        Some(origin)
    }

    /// Where the leaf that begins with `word` starts.
    pub(super) fn leaf_origin(&mut self, word: &str) -> Option<usize> {
        match self.origins {
            Origins::Markdown(_) if self.stack.is_empty() => None,
            Origins::Markdown(_) => {
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
