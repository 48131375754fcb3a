//! The dossier's own Markdown, resolved → HTML.
//!
//! What a link leads to and what a heading is called was worked out before; here they are only written down. A text that
//! does not fit its links, which no dossier has, loses links and never words. What needs the rest of the site, such as
//! the way to a page, is asked of the [`Surroundings`].

mod footnotes;
mod links;
mod outline;
mod raw;
#[cfg(test)]
mod tests;
mod writer;

use std::borrow::Cow;

use crate::dossier::{Prose, Quotation, RecordRef, Target};
use crate::markdown::{self, Part};
use crate::parse::ast::SentencePart;

use super::escape::escape_into;
use outline::Outline;
use writer::Writer;

/// What a text needs to know of the site around it.
pub trait Surroundings {
    /// The relative reference to a link's target; none where it leads nowhere.
    fn href(&self, target: &Target) -> Option<String>;

    /// The words of `[[id]]`, and the rating shown with them.
    fn label(&self, record: RecordRef) -> LinkLabel<'_>;

    /// The HTML of `![[id]]`, or of `![[id#heading]]`: flow content.
    fn transclusion(&self, record: RecordRef, fragment: Option<&str>) -> String;

    /// The line under a block quotation that names its source: phrasing content with a link to the passage.
    fn attribution(&self, quotation: &Quotation) -> String;

    /// The level of the text's highest headings, 2 to 6; the others keep their distance from them.
    fn heading_level(&self) -> u8 {
        2
    }
}

/// The words that stand for a record in running text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkLabel<'a> {
    /// Plain text.
    pub text: Cow<'a, str>,
    /// The rating's id, which has an id's form, and its label, for a claim that has one.
    pub rating: Option<(&'a str, &'a str)>,
}

/// A text as flow content: blocks, headings with ids, footnotes, links with words and ratings, code in classes.
pub fn to_html(prose: &Prose, around: &dyn Surroundings) -> String {
    match simple_to_html(prose, around) {
        Some(line) => ["<p>", &line, "</p>\n"].concat(),
        None => blocks_to_html(prose, around),
    }
}

/// A short text, such as a relation's reason, as phrasing content where it is one paragraph, else as [`to_html`].
pub fn to_inline_html(prose: &Prose, around: &dyn Surroundings) -> String {
    simple_to_html(prose, around).unwrap_or_else(|| short_to_html(prose, around))
}

fn blocks_to_html(prose: &Prose, around: &dyn Surroundings) -> String {
    let outline = Outline::new(&prose.markdown);
    Writer::new(&outline, prose, around).finish(outline.all())
}

fn short_to_html(prose: &Prose, around: &dyn Surroundings) -> String {
    let outline = Outline::new(&prose.markdown);
    let range = outline.only_paragraph().unwrap_or(outline.all());
    Writer::new(&outline, prose, around).finish(range)
}

/// A text that is simple, as phrasing content; none where one of its links has no name.
fn simple_to_html(prose: &Prose, around: &dyn Surroundings) -> Option<String> {
    let parts = markdown::simple(&prose.markdown)?;
    let mut html = String::with_capacity(prose.markdown.len() * 3 / 2);
    let mut links = prose.links.iter();
    for part in parts {
        match part {
            Part::Words(words) => html.push_str(words),
            Part::Link(_) => html.push_str(&links::named_by_target(&links.next()?.target, prose, around)?),
        }
    }
    Some(html)
}

/// The part of a text under the heading with that slug, up to the next heading of the same or a higher level.
pub fn section_to_html(prose: &Prose, slug: &str, around: &dyn Surroundings) -> Option<String> {
    let heading = prose.headings.iter().position(|heading| heading.slug == slug)?;
    let outline = Outline::new(&prose.markdown);
    let range = outline.section(heading)?;
    Some(Writer::new(&outline, prose, around).finish(range))
}

/// A sentence that holds links, as phrasing content.
pub fn sentence_to_html(prose: &Prose, sentence: usize, around: &dyn Surroundings) -> String {
    let mut html = String::new();
    for part in prose.sentences.get(sentence).into_iter().flatten() {
        match part {
            SentencePart::Text(text) => escape_into(&mut html, text),
            SentencePart::Link(link, words) => {
                html.push_str(&links::in_sentence(prose.links.get(*link), words.as_deref(), prose, around));
            }
        }
    }
    html
}
