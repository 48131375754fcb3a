//! The dossier's own Markdown → the text that its page shows, without markup.
//!
//! What a link without words of its own is called is known to the dossier; it is the n-th link of the text (see
//! [`crate::markdown`]). What is shown by `![[id]]` belongs to another record and is left out.

use std::borrow::Cow;
use std::collections::HashSet;

use memchr::memchr3;
use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd, html};

use crate::dossier::{Dossier, Prose, RecordRef, Target};
use crate::markdown::{self, Part};
use crate::text::{one_line, sanitize_own};

/// The text of a piece of Markdown, with a space or a line feed wherever words are apart.
pub(crate) fn plain<'a>(dossier: &Dossier, prose: &'a Prose) -> Cow<'a, str> {
    if is_plain(&prose.markdown) {
        return Cow::Borrowed(&prose.markdown);
    }
    match markdown::simple(&prose.markdown) {
        Some(parts) => Cow::Owned(simple(dossier, prose, &parts)),
        None => Cow::Owned(any(dossier, prose)),
    }
}

/// The text of any Markdown.
fn any(dossier: &Dossier, prose: &Prose) -> String {
    let mut reader = Reader::new(dossier, prose);
    let mut has_html = false;
    for event in Parser::new_ext(&prose.markdown, markdown::prose()) {
        has_html |= matches!(event, Event::Html(_) | Event::InlineHtml(_));
        reader.event(event);
    }
    if has_html { sanitised(dossier, prose) } else { reader.finish() }
}

/// The same in one line; none where it says nothing.
pub(super) fn in_line(dossier: &Dossier, prose: &Prose) -> Option<String> {
    let text = plain(dossier, prose);
    let line = one_line(&text);
    (!line.is_empty()).then(|| line.into_owned())
}

/// Whether a text has nothing in it that Markdown would not show as it is, but for signs that are no words.
fn is_plain(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    memchr3(b'[', b'<', b'&', bytes).is_none()
        && memchr3(b'\\', b'*', b'_', bytes).is_none()
        && memchr3(b'`', b'~', b'{', bytes).is_none()
}

/// The text of Markdown that is simple, which ends as a paragraph does.
fn simple(dossier: &Dossier, prose: &Prose, parts: &[Part<'_>]) -> String {
    let mut text = String::with_capacity(prose.markdown.len() * 3 / 2);
    let mut links = 0;
    for part in parts {
        match part {
            Part::Words(words) => text.push_str(words),
            Part::Link(_) => {
                text.push_str(label(dossier, prose, links));
                links += 1;
            }
        }
    }
    text.push('\n');
    text
}

/// The text of Markdown with HTML of its own, which may hide as well as show.
fn sanitised(dossier: &Dossier, prose: &Prose) -> String {
    let (mut links, mut words) = (0, None);
    let named = Parser::new_ext(&prose.markdown, markdown::prose()).map(|event| match event {
        Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
            let is_bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
            words = is_bare.then(|| label(dossier, prose, links));
            links += 1;
            event
        }
        Event::Text(_) if words.is_some() => Event::Text(words.take().unwrap_or_default().into()),
        event => event,
    });
    let mut html = String::new();
    html::push_html(&mut html, named);
    let html = sanitize_own(&html);
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
        text.push(' ');
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", " ");
    text.replace("&amp;", "&")
}

/// The words of the link of that number, which has none of its own.
fn label<'a>(dossier: &'a Dossier, prose: &'a Prose, number: usize) -> &'a str {
    match prose.links.get(number).map(|link| &link.target) {
        Some(Target::Record(RecordRef::Claim(ix), _)) => &dossier.claims[ix.index()].short,
        Some(Target::Record(record, _)) => dossier.title(*record),
        Some(Target::Here(slug)) => {
            let heading = prose.headings.iter().find(|heading| heading.slug == *slug);
            heading.map_or("", |heading| &heading.text)
        }
        _ => "",
    }
}

struct Reader<'a, 'e> {
    dossier: &'a Dossier,
    prose: &'a Prose,
    text: String,
    /// How many links there have been.
    links: usize,
    /// Whether each link that is open hides its text.
    open: Vec<bool>,
    /// For each footnote that is open its label, and the text before it.
    open_notes: Vec<(CowStr<'e>, String)>,
    notes: Vec<(CowStr<'e>, String)>,
    /// The labels of the footnotes that something refers to; no other is shown.
    referred: HashSet<String>,
}

impl<'a, 'e> Reader<'a, 'e> {
    fn new(dossier: &'a Dossier, prose: &'a Prose) -> Self {
        Self {
            dossier,
            prose,
            text: String::with_capacity(prose.markdown.len()),
            links: 0,
            open: Vec::new(),
            open_notes: Vec::new(),
            notes: Vec::new(),
            referred: HashSet::new(),
        }
    }

    fn event(&mut self, event: Event<'e>) {
        match event {
            Event::Start(Tag::Link { link_type, .. }) => {
                let is_bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                if is_bare {
                    self.text.push_str(label(self.dossier, self.prose, self.links));
                }
                self.link(is_bare);
            }
            Event::Start(Tag::Image { link_type, .. }) => self.link(matches!(link_type, LinkType::WikiLink { .. })),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                self.open.pop();
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.open_notes.push((label, std::mem::take(&mut self.text)));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, before)) = self.open_notes.pop() {
                    self.notes.push((label, std::mem::replace(&mut self.text, before)));
                }
            }
            Event::FootnoteReference(label) => {
                self.referred.insert(label.to_lowercase());
            }
            Event::Text(text) | Event::Code(text) if !self.open.contains(&true) => self.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.text.push('\n'),
            Event::End(end) if !is_inline(end) => self.text.push('\n'),
            _ => {}
        }
    }

    fn link(&mut self, hides: bool) {
        self.links += 1;
        self.open.push(hides);
    }

    fn finish(mut self) -> String {
        for (label, text) in &self.notes {
            if self.referred.contains(&label.to_lowercase()) {
                self.text.push_str(text);
            }
        }
        self.text
    }
}

fn is_inline(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{ClaimIx, EntityIx};
    use crate::parse::ast::LinkForm;
    use crate::route::fixture;

    #[test]
    fn what_is_simple_says_what_it_says_as_any_markdown() {
        let dossier = fixture::dossier();
        let wiki = |target| (LinkForm::Wiki { has_label: false }, target);
        let links = [
            wiki(Target::Record(RecordRef::Claim(ClaimIx(0)), None)),
            wiki(Target::Broken),
            wiki(Target::Record(RecordRef::Entity(EntityIx(0)), None)),
        ];
        for text in
            ["See [[a]].", "One, two; [[a]] and [[b]] – “so” [[c-d]] decides.\n", "None at all.", "A [[a]] [[b]]"]
        {
            let prose = fixture::prose(text, &links);
            let parts = markdown::simple(text).unwrap_or_default();
            assert_eq!(simple(&dossier, &prose, &parts), any(&dossier, &prose), "{text}");
        }
    }
}
