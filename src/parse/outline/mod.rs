//! Markdown of the dossier's own → what it refers to: links, headings, quotations that name a source, and the sentences
//! that hold links. Nothing is rendered and nothing looked up.
//!
//! What the dossier's own Markdown must not do is reported: embed anything from elsewhere, or hide it in raw HTML.

mod headings;
mod html;
mod links;
mod quotations;
mod sentences;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::ast::{Link, LinkForm, Located, Prose, Sentence};
use crate::diag::Problem;
use crate::files::ByteRange;
use crate::markdown::{Part, prose, simple};
use headings::Headings;
use quotations::Quotations;
use sentences::Leaf;

/// Reads a text's outline, and reports what is wrong in it.
pub(super) fn outline(markdown: Located) -> (Prose, Vec<Problem>) {
    let mut reader = Reader::new(&markdown);
    match simple(&markdown.text) {
        Some(parts) => reader.simple(&parts),
        None => reader.any(),
    }
    reader.flush();
    let Reader { links, sentences, headings, quotations, strays, mut problems, .. } = reader;
    let headings = shared(headings.finish(&mut problems));
    let quotations = quotations.finish(&links, &mut problems).into();
    let (links, strays, sentences) = (links.into(), strays.into(), shared(sentences));
    (Prose { markdown, links, headings, quotations, strays, sentences }, problems)
}

/// A list that is held once. Most texts have neither headings nor links, and empty lists share their room.
fn shared<T>(list: Vec<T>) -> Arc<[T]> {
    if list.is_empty() { Arc::default() } else { list.into() }
}

/// The state of a walk over a text's events.
struct Reader<'a> {
    markdown: &'a Located,
    links: Vec<Link>,
    sentences: Vec<Sentence>,
    headings: Headings,
    quotations: Quotations,
    strays: Vec<usize>,
    problems: Vec<Problem>,
    leaf: Leaf,
    paragraph: Option<Paragraph>,
    /// The links and images that are open, innermost last.
    open: Vec<usize>,
    /// How many of them are images: their text is not running text.
    images: usize,
    html_block: Option<Range<usize>>,
    in_code_block: bool,
    in_cell: bool,
    /// Whether the block before was a quotation.
    below_quotation: bool,
}

/// What a paragraph holds besides a transclusion.
#[derive(Default)]
struct Paragraph {
    transclusions: Vec<ByteRange>,
    has_other: bool,
    /// The index of its first link where it stands just below a block quotation.
    below_quotation: Option<usize>,
}

impl<'a> Reader<'a> {
    fn new(markdown: &'a Located) -> Self {
        Self {
            markdown,
            links: Vec::new(),
            sentences: Vec::new(),
            headings: Headings::default(),
            quotations: Quotations::default(),
            strays: Vec::new(),
            problems: Vec::new(),
            leaf: Leaf::default(),
            paragraph: None,
            open: Vec::new(),
            images: 0,
            html_block: None,
            in_code_block: false,
            in_cell: false,
            below_quotation: false,
        }
    }

    /// Reads any text.
    fn any(&mut self) {
        for (event, range) in Parser::new_ext(&self.markdown.text, prose()).into_offset_iter() {
            self.event(event, range);
        }
    }

    /// Reads a text of which these are the parts.
    fn simple(&mut self, parts: &[Part<'_>]) {
        let text = &self.markdown.text;
        let mut at = text.len() - text.trim_start_matches('\n').len();
        self.start(Tag::Paragraph, at..text.len());
        for part in parts {
            let start = at;
            match *part {
                Part::Words("") => {}
                Part::Words(words) => {
                    at += words.len();
                    self.event(Event::Text(words.into()), start..at);
                }
                Part::Link(id) => {
                    at += "[[]]".len() + id.len();
                    self.open_link(LinkType::WikiLink { has_pothole: false }, id, false, start..at);
                    self.event(Event::Text(id.into()), start + "[[".len()..at - "]]".len());
                    self.close_link(false);
                }
            }
        }
        self.end(TagEnd::Paragraph);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                let raw = &self.markdown.text[range.clone()];
                self.unclosed_wikilink(range.clone());
                let from = (raw == &*text).then_some(range.start);
                self.text(&text, quotations::as_typed(&text, raw), from);
            }
            Event::Code(text) => self.text(&text, &text, None),
            Event::SoftBreak | Event::HardBreak => {
                self.leaf.push(" ", None);
                self.headings.push(" ");
                self.quotations.break_line(false);
            }
            Event::InlineHtml(tag) => {
                self.other();
                if tag.starts_with("<br") {
                    self.leaf.push(" ", None);
                    self.quotations.push(" ", false);
                }
                self.html(range);
            }
            Event::Html(_) => match &mut self.html_block {
                Some(block) => block.end = range.end,
                None => self.html(range),
            },
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.other(),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    /// Text, as it is rendered and as it was typed: smart punctuation would change a quotation. `from` is the byte at
    /// which it is typed as it is rendered.
    fn text(&mut self, rendered: &str, typed: &str, from: Option<usize>) {
        if self.in_code_block {
            self.quotations.push(typed, false);
            return;
        }
        self.leaf.push(rendered, from);
        if self.images == 0 {
            self.headings.push(rendered);
            self.quotations.push(typed, !self.open.is_empty());
            if !rendered.trim().is_empty() {
                self.other();
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Link { link_type, dest_url, .. } => self.open_link(link_type, &dest_url, false, range),
            Tag::Image { link_type, dest_url, .. } => self.open_link(link_type, &dest_url, true, range),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => self.other(),
            block => {
                self.flush();
                self.start_block(block, range);
            }
        }
    }

    fn start_block(&mut self, block: Tag<'_>, range: Range<usize>) {
        let place = self.markdown.locate(trimmed(&self.markdown.text, range.clone()));
        let is_dash = matches!(block, Tag::Item) && self.markdown.text[range.start..].starts_with('-');
        match block {
            Tag::Paragraph => {
                let below_quotation = self.below_quotation.then_some(self.links.len());
                self.paragraph = Some(Paragraph { below_quotation, ..Paragraph::default() });
            }
            Tag::Heading { level, id, .. } => self.headings.open(level as u8, id.as_deref(), place),
            Tag::BlockQuote(_) => self.quotations.open(place),
            Tag::CodeBlock(_) => self.in_code_block = true,
            Tag::HtmlBlock => self.html_block = Some(range.start..range.start),
            Tag::TableCell => self.in_cell = true,
            _ => {}
        }
        self.below_quotation = false;
        self.quotations.break_line(is_dash);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.close_link(false),
            TagEnd::Image => self.close_link(true),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            block => {
                if let TagEnd::Paragraph = block {
                    self.stray();
                }
                self.flush();
                self.end_block(block);
                self.below_quotation = matches!(block, TagEnd::BlockQuote(_));
            }
        }
    }

    fn end_block(&mut self, block: TagEnd) {
        match block {
            TagEnd::Paragraph => {
                let paragraph = self.paragraph.take().unwrap_or_default();
                if paragraph.has_other || paragraph.transclusions.len() > 1 {
                    self.problems.extend(paragraph.transclusions.into_iter().map(links::inline_transclusion));
                }
            }
            TagEnd::Heading(_) => self.headings.close(),
            TagEnd::BlockQuote(_) => self.quotations.close(&self.links),
            TagEnd::CodeBlock => self.in_code_block = false,
            TagEnd::TableCell => self.in_cell = false,
            TagEnd::HtmlBlock => {
                if let Some(range) = self.html_block.take() {
                    self.html(range);
                }
            }
            _ => {}
        }
        self.quotations.break_line(false);
    }

    fn open_link(&mut self, kind: LinkType, destination: &str, is_image: bool, range: Range<usize>) {
        let place = self.markdown.locate(range);
        let (link, problem) = links::read(kind, destination, is_image, (&self.markdown.text, place));
        self.problems.extend(problem);
        match (link.form, &mut self.paragraph) {
            (LinkForm::Transclusion, Some(paragraph)) => paragraph.transclusions.push(place),
            (LinkForm::Transclusion, None) => self.problems.push(links::inline_transclusion(place)),
            _ => self.other(),
        }
        let index = self.links.len();
        self.links.push(link);
        self.leaf.open_link(index, self.open.is_empty());
        self.quotations.link(index);
        self.open.push(index);
        self.images += usize::from(is_image);
    }

    fn close_link(&mut self, is_image: bool) {
        self.images = self.images.saturating_sub(usize::from(is_image));
        if self.open.pop().is_some() && self.open.is_empty() {
            self.leaf.close_link();
        }
    }

    /// Keeps the link of a paragraph that was meant to name the source of the quotation above it.
    fn stray(&mut self) {
        let first = self.paragraph.as_ref().and_then(|paragraph| paragraph.below_quotation);
        if let Some([link]) = first.and_then(|first| self.links.get(first..))
            && matches!(link.form, LinkForm::Wiki { .. })
            && quotations::is_dash(self.leaf.outside_links())
        {
            self.strays.push(self.links.len() - 1);
        }
    }

    /// Reports `[[id` without its end, at the text that begins with it. In a cell it is the border that cuts it.
    fn unclosed_wikilink(&mut self, range: Range<usize>) {
        let text = &self.markdown.text;
        let is_escaped = text[..range.start].ends_with('\\');
        if self.in_code_block || self.in_cell || self.images > 0 || is_escaped {
            return;
        }
        let Some(rest) = text[range.start..].strip_prefix("[[") else { return };
        let id = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').len();
        if id > 0 {
            let place = self.markdown.locate(range.start..range.start + 2 + id);
            self.problems.push(links::unclosed_wikilink(place, &rest[..id]));
        }
    }

    /// Something that is not a transclusion stands in the paragraph.
    fn other(&mut self) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.has_other = true;
        }
    }

    /// The end of a run of text without a block boundary.
    fn flush(&mut self) {
        let leaf = std::mem::take(&mut self.leaf);
        if self.in_cell && leaf.has_cut_wikilink() {
            self.problems.extend(links::cut_wikilink(self.markdown, leaf.text()));
        }
        leaf.finish(&self.markdown.text, &mut self.links, &mut self.sentences);
    }

    fn html(&mut self, range: Range<usize>) {
        for finding in html::check(&self.markdown.text[range.clone()]) {
            let place = range.start + finding.range.start..range.start + finding.range.end;
            self.problems.push(finding.problem(self.markdown.locate(place)));
        }
    }
}

/// A range without the white space at its end.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + text[range].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Slice;
    use proptest::prelude::*;

    /// What a reader has read of a text, in full.
    fn read(markdown: &Located, read: impl FnOnce(&mut Reader<'_>)) -> String {
        let mut reader = Reader::new(markdown);
        read(&mut reader);
        reader.flush();
        format!("{:#?}", (reader.links, reader.sentences, reader.strays, reader.problems))
    }

    proptest! {
        #[test]
        fn a_simple_text_is_read_as_any(
            text in "\\n{0,2}[A-Za-z]([a-z ,;:?()/%é“.-]|\\. [A-Z]|\\[\\[[a-z0-9-]{1,5}\\]\\]){0,30}\\n{0,2}",
        ) {
            let markdown = Located::verbatim(Slice::from(text.as_str()), 7);
            if let Some(parts) = simple(&text) {
                let any = read(&markdown, |reader| reader.any());
                prop_assert_eq!(read(&markdown, |reader| reader.simple(&parts)), any);
            }
        }
    }
}
