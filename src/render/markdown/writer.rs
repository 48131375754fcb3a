//! Events → HTML, in the order that a page wants.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag};

use crate::dossier::{Prose, Target};
use crate::render::code::highlight;
use crate::render::escape::{escape, escape_into};

use super::Surroundings;
use super::footnotes::Footnotes;
use super::links::{self, Around};
use super::outline::Outline;
use super::raw::Holes;

/// Writes the HTML of one text.
pub(super) struct Writer<'a> {
    outline: &'a Outline<'a>,
    prose: &'a Prose,
    around: &'a dyn Surroundings,
    pub(super) html: String,
    /// What closes each element that is open.
    closings: Vec<Cow<'static, str>>,
    /// Where to go on from an event that is left out.
    left_out: HashMap<usize, usize>,
    /// Events before this one stand in a link.
    link_end: usize,
    /// Events before this one stand in a quotation, whose words are shown as they were written.
    quotation_end: usize,
    /// The table's columns.
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The level, as written, of the highest headings that are shown.
    highest: u8,
    footnotes: Footnotes,
    /// Where the text has HTML of its own.
    holes: Option<Holes>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(outline: &'a Outline<'a>, prose: &'a Prose, around: &'a dyn Surroundings) -> Self {
        let texts = outline.events.iter().map(|event| match event {
            Event::Text(text) | Event::Code(text) => &**text,
            _ => "",
        });
        let parts = std::iter::once(&*prose.markdown).chain(texts);
        Self {
            outline,
            prose,
            around,
            html: String::with_capacity(prose.markdown.len() * 3 / 2),
            closings: Vec::new(),
            left_out: HashMap::new(),
            link_end: 0,
            quotation_end: 0,
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            highest: 1,
            footnotes: Footnotes::default(),
            holes: outline.has_html(outline.all()).then(|| Holes::new(parts)),
        }
    }

    /// Writes the events, and the footnotes that they refer to.
    pub(super) fn finish(mut self, range: Range<usize>) -> String {
        self.highest = self.outline.highest_level(range.clone()).unwrap_or(1);
        self.write(range);
        self.write_footnotes();
        match &self.holes {
            Some(holes) => holes.sanitise(&self.html),
            None => self.html,
        }
    }

    fn write(&mut self, range: Range<usize>) {
        let mut index = range.start;
        while index < range.end {
            index = match self.left_out.get(&index) {
                Some(&on) => on,
                None => self.event(index),
            };
        }
    }

    /// Writes the event at `index`, with what it holds or not, and gives the index to go on from.
    fn event(&mut self, index: usize) -> usize {
        let outline = self.outline;
        match &outline.events[index] {
            Event::Start(tag) => return self.start(index, tag),
            Event::End(_) => {
                let closing = self.closings.pop().unwrap_or_default();
                self.html.push_str(&closing);
            }
            Event::Text(text) => {
                let quoted = index < self.quotation_end && is_punctuation(outline.written[index]);
                escape_into(&mut self.html, if quoted { outline.written[index] } else { text });
            }
            Event::Code(text) => {
                self.html.push_str("<code>");
                escape_into(&mut self.html, text);
                self.html.push_str("</code>");
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => escape_into(&mut self.html, text),
            Event::Html(html) | Event::InlineHtml(html) => self.html.push_str(html),
            Event::FootnoteReference(label) => self.footnote_reference(index, label),
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.html.push_str("<hr>\n"),
            // Characters, as a site has no forms, and a reader of a feed shows none.
            Event::TaskListMarker(true) => self.html.push_str("<span class=\"task done\">☑</span> "),
            Event::TaskListMarker(false) => self.html.push_str("<span class=\"task\">☐</span> "),
        }
        index + 1
    }

    fn start(&mut self, index: usize, tag: &Tag<'_>) -> usize {
        match tag {
            Tag::Paragraph if self.outline.has_only_transclusions(self.outline.inside(index)) => {
                self.transclusions(self.outline.inside(index));
                return self.outline.close(index) + 1;
            }
            Tag::Item => return self.item(index),
            Tag::CodeBlock(kind) => return self.code_block(index, kind),
            Tag::FootnoteDefinition(_) => return self.outline.close(index) + 1,
            Tag::Link { link_type, title, .. } => return self.link(index, *link_type, title),
            Tag::Image { title, .. } => return self.image(index, title),
            Tag::Heading { level, .. } => self.heading(index, *level as u8),
            Tag::BlockQuote(_) => self.block_quotation(index),
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.open("<div class=\"table\" tabindex=\"0\"><table>\n", "</tbody></table></div>\n");
            }
            Tag::TableHead | Tag::TableRow => self.row(matches!(tag, Tag::TableHead)),
            Tag::TableCell => self.cell(index),
            Tag::List(Some(1)) => self.open("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::List(None) => self.open("<ul>\n", "</ul>\n"),
            Tag::Paragraph => self.open("<p>", "</p>\n"),
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            // The dialect has none of these; their text is kept.
            Tag::HtmlBlock
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.open("", ""),
        }
        index + 1
    }

    fn open(&mut self, opening: &str, closing: impl Into<Cow<'static, str>>) {
        self.html.push_str(opening);
        self.closings.push(closing.into());
    }

    /// HTML from elsewhere in the program, as it goes into the text.
    fn made_elsewhere(&mut self, html: String) -> String {
        match &mut self.holes {
            Some(holes) => holes.keep_out(html),
            None => html,
        }
    }

    fn target(&self, index: usize) -> Option<&'a Target> {
        self.prose.links.get(self.outline.number(index)).map(|link| &link.target)
    }

    fn heading(&mut self, index: usize, level: u8) {
        let level = (self.around.heading_level() + level.saturating_sub(self.highest)).min(6);
        let id = self
            .prose
            .headings
            .get(self.outline.number(index))
            .map_or_else(String::new, |heading| format!(" id=\"{}\"", escape(&heading.slug)));
        self.open(&format!("<h{level}{id}>"), format!("</h{level}>\n"));
    }

    fn block_quotation(&mut self, index: usize) {
        let nth = self.outline.number(index);
        let quotations = &self.prose.quotations;
        let known = quotations.binary_search_by_key(&nth, |quotation| quotation.nth).ok();
        let Some((at, line)) = known.and_then(|at| Some((at, self.outline.attribution_line(index)?))) else {
            return self.open("<blockquote>\n", "</blockquote>\n");
        };
        self.quotation_end = self.quotation_end.max(self.outline.close(index));
        self.left_out.extend(line.into_iter().map(|piece| (piece.start, piece.end)));
        let attribution = self.made_elsewhere(self.around.attribution(&quotations[at]));
        self.open(
            "<figure class=\"quotation\"><blockquote>\n",
            format!("</blockquote>\n<figcaption>{attribution}</figcaption></figure>\n"),
        );
    }

    /// A list's item; its text is without a paragraph in a list without blank lines.
    fn item(&mut self, index: usize) -> usize {
        self.open("<li>", "</li>\n");
        let text = self.outline.inline_run(index + 1);
        if !self.outline.has_only_transclusions(text.clone()) {
            return index + 1;
        }
        self.transclusions(text.clone());
        text.end
    }

    fn transclusions(&mut self, range: Range<usize>) {
        for index in range.filter(|&index| self.outline.is_transclusion(index)) {
            match links::transclusion(self.target(index), self.around) {
                Some(html) => {
                    let html = self.made_elsewhere(html);
                    self.html.push_str(&html);
                    self.html.push('\n');
                }
                None => {
                    self.html.push_str("<p>");
                    self.broken(&self.outline.plain(self.outline.inside(index)));
                    self.html.push_str("</p>\n");
                }
            }
        }
    }

    fn broken(&mut self, words: &str) {
        let Around { open, close } = links::element(None, "", self.around);
        self.html.push_str(&open);
        escape_into(&mut self.html, words);
        self.html.push_str(close);
    }

    fn link(&mut self, index: usize, form: LinkType, title: &str) -> usize {
        if index < self.link_end {
            // A link has no links in it: the words stay.
            self.open("", "");
            return index + 1;
        }
        let is_bare = matches!(form, LinkType::WikiLink { has_pothole: false });
        if is_bare || self.outline.is_empty(self.outline.inside(index)) {
            let target = self.target(index);
            if let Some(html) = target.and_then(|target| links::named_by_target(target, self.prose, self.around)) {
                self.html.push_str(&html);
                return self.outline.close(index) + 1;
            }
        }
        let Around { open, close } = links::element(self.target(index), title, self.around);
        self.open(&open, close);
        self.link_end = self.outline.close(index);
        index + 1
    }

    fn image(&mut self, index: usize, title: &str) -> usize {
        let target = self.target(index);
        let alt = self.outline.plain(self.outline.inside(index));
        let is_transclusion = self.outline.is_transclusion(index);
        let html = if is_transclusion && index < self.link_end {
            Some(escape(&alt))
        } else if is_transclusion {
            // Amid other words there is no room for a card: it is a link.
            target.and_then(|target| links::named_by_target(target, self.prose, self.around))
        } else {
            links::image(target, &alt, title, self.around)
        };
        match html {
            Some(html) => self.html.push_str(&html),
            None => self.broken(&alt),
        }
        self.outline.close(index) + 1
    }

    fn code_block(&mut self, index: usize, kind: &CodeBlockKind<'_>) -> usize {
        let code = self.outline.plain(self.outline.inside(index));
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', '\t', ',']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        let class = match language {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", escape(language)),
        };
        let classed = self.made_elsewhere(highlight(&code, language));
        self.html.push_str(&format!("<pre tabindex=\"0\"><code{class}>{classed}</code></pre>\n"));
        self.outline.close(index) + 1
    }

    fn row(&mut self, is_head: bool) {
        self.column = 0;
        self.in_head = is_head;
        if is_head {
            self.open("<thead><tr>", "</tr></thead>\n<tbody>\n");
        } else {
            self.open("<tr>", "</tr>\n");
        }
    }

    fn cell(&mut self, index: usize) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        // An empty cell is no header: a screen reader would announce nothing with each cell below it.
        if self.in_head && !self.outline.inside(index).is_empty() {
            self.open(&format!("<th scope=\"col\"{class}>"), "</th>");
        } else {
            self.open(&format!("<td{class}>"), "</td>");
        }
    }

    fn footnote_reference(&mut self, index: usize, label: &str) {
        let html = match self.outline.note(label) {
            Some(note) => self.footnotes.refer(note, index >= self.link_end),
            None => escape(&format!("[^{label}]")),
        };
        self.html.push_str(&html);
    }

    /// Writes the footnotes referred to so far, and those that they refer to.
    fn write_footnotes(&mut self) {
        let text = std::mem::take(&mut self.html);
        let mut notes = Vec::new();
        while let Some(note) = self.footnotes.body(notes.len()) {
            self.write(note);
            notes.push(std::mem::take(&mut self.html));
        }
        self.html = text;
        let section = self.footnotes.section(&notes);
        self.html.push_str(&section);
    }
}

/// Whether a text is of the characters that the dialect replaces by finer ones.
fn is_punctuation(written: &str) -> bool {
    !written.is_empty() && written.bytes().all(|b| matches!(b, b'\'' | b'"' | b'.' | b'-'))
}
