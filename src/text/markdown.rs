//! A source's body, CommonMark with tables and footnotes → HTML as the sanitiser would write it.
//!
//! The HTML carries, for the next step alone, where each block starts in the body. Raw HTML comes out as it is: whoever
//! calls has to sanitise then, and only then.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::sanitize::{ORIGIN, is_web_address};
use super::scan::escape_into;
use crate::terms::Extent;

/// A body as HTML.
pub(super) struct Rendered {
    /// The HTML.
    pub(super) html: String,
    /// Whether it has HTML that the body's author wrote.
    pub(super) raw: bool,
}

/// The HTML of `body`. With [`Extent::Excerpts`] a paragraph `[…]` is one of class `gap`.
pub(super) fn render(whole: &str, extent: Extent) -> Rendered {
    // A byte-order mark is no part of the first line.
    let body = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let events: Vec<_> = Parser::new_ext(body, crate::markdown::source()).into_offset_iter().collect();
    let mut writer = Writer {
        body,
        skipped: whole.len() - body.len(),
        has_gaps: extent == Extent::Excerpts,
        html: String::with_capacity(body.len() + body.len() / 4),
        raw: false,
        prefix: String::new(),
        ordered: Vec::new(),
        links: Vec::new(),
        in_head: false,
        footnotes: HashMap::new(),
    };
    let mut at = 0;
    while at < events.len() {
        at = writer.event(&events, at);
    }
    Rendered { html: writer.html, raw: writer.raw }
}

type Located<'a> = (Event<'a>, Range<usize>);

struct Writer<'a> {
    body: &'a str,
    /// How many bytes stand before it.
    skipped: usize,
    has_gaps: bool,
    html: String,
    raw: bool,
    /// The HTML that goes before the next text: a list item's number, or a footnote's.
    prefix: String,
    /// For each open list, whether it is ordered.
    ordered: Vec<bool>,
    /// For each open link, whether it may lead where it wants to.
    links: Vec<bool>,
    in_head: bool,
    footnotes: HashMap<CowStr<'a>, usize>,
}

impl<'a> Writer<'a> {
    /// Writes the event at `at` and gives the index of the next one to write.
    fn event(&mut self, events: &[Located<'a>], at: usize) -> usize {
        let (event, range) = &events[at];
        match event {
            Event::Start(Tag::Image { .. }) => return after_image(events, at),
            Event::Start(tag) => {
                if let Some(next) = self.gap(events, at, tag) {
                    return next;
                }
                self.start(tag, range.start);
            }
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text),
            Event::Code(text) => {
                self.flush_prefix();
                self.html.push_str("<code>");
                escape_into(&mut self.html, text, false);
                self.html.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.raw = true;
                self.flush_prefix();
                self.html.push_str(html);
            }
            Event::FootnoteReference(name) => {
                self.flush_prefix();
                let number = self.footnote(name);
                let _ = write!(self.html, "<sup class=\"fnref\"><a href=\"#fn-{number}\">{number}</a></sup>");
            }
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>"),
            Event::Rule => self.tag("<hr>"),
            // Not of this dialect.
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        at + 1
    }

    fn text(&mut self, text: &str) {
        self.flush_prefix();
        escape_into(&mut self.html, text, false);
    }

    /// Writes a gap where the block that starts at `at` is one, and gives the index after its text.
    fn gap(&mut self, events: &[Located<'_>], at: usize, tag: &Tag<'_>) -> Option<usize> {
        if !self.has_gaps || !matches!(tag, Tag::Paragraph | Tag::Item) {
            return None;
        }
        let texts = events[at + 1..].iter().map_while(|(event, _)| match event {
            Event::Text(text) => Some(&**text),
            _ => None,
        });
        let (count, text) = texts.fold((0, String::new()), |(count, all), text| (count + 1, all + text));
        if !matches!(text.trim(), "[…]" | "[...]") {
            return None;
        }
        let next = at + 1 + count;
        match (tag, &events.get(next)?.0) {
            (Tag::Paragraph, Event::End(TagEnd::Paragraph)) => {
                self.prefix.clear();
                self.html.push_str("<p class=\"gap\">[…]</p>\n");
                Some(next + 1)
            }
            (Tag::Item, Event::End(TagEnd::Item) | Event::Start(Tag::List(_))) => {
                self.html.push_str("<li><p class=\"gap\">[…]</p>\n");
                Some(next)
            }
            _ => None,
        }
    }

    fn start(&mut self, tag: &Tag<'a>, at: usize) {
        match tag {
            Tag::Paragraph => {
                self.open("p", at);
                self.flush_prefix();
            }
            Tag::Heading { level, .. } => {
                self.flush_prefix();
                let name = level.to_string();
                self.open(&name, at);
            }
            Tag::BlockQuote(_) => self.tag("<blockquote>\n"),
            Tag::CodeBlock(_) => {
                self.flush_prefix();
                self.open("pre", at);
                self.html.push_str("<code>");
            }
            Tag::HtmlBlock => {
                self.flush_prefix();
                self.open("span", at);
                self.html.push_str("</span>");
            }
            Tag::List(start) => {
                self.tag(if start.is_some() { "<ol class=\"numbered\">\n" } else { "<ul>\n" });
                self.ordered.push(start.is_some());
            }
            Tag::Item => {
                self.flush_prefix();
                self.open("li", at);
                if self.ordered.last() == Some(&true) {
                    escape_into(&mut self.prefix, marker(&self.body[at..]), false);
                    self.prefix.push(' ');
                }
            }
            Tag::FootnoteDefinition(name) => {
                self.flush_prefix();
                let number = self.footnote(name);
                let at = self.skipped + at;
                let _ = writeln!(self.html, "<div class=\"footnote\" id=\"fn-{number}\" {ORIGIN}=\"{at}\">");
                let _ = write!(self.prefix, "<sup class=\"fnref\">{number} </sup>");
            }
            Tag::Table(_) => self.tag("<table>\n"),
            Tag::TableHead => {
                self.in_head = true;
                self.html.push_str("<thead><tr>");
            }
            Tag::TableRow => self.html.push_str("<tr>"),
            Tag::TableCell => {
                let cell = &self.body[at..];
                self.open(if self.in_head { "th" } else { "td" }, at + (cell.len() - cell.trim_start().len()));
            }
            Tag::Emphasis => self.tag("<em>"),
            Tag::Strong => self.tag("<strong>"),
            Tag::Link { link_type, dest_url, .. } => self.link(*link_type, dest_url),
            // Handled by the caller, or not of this dialect.
            _ => {}
        }
    }

    fn link(&mut self, link_type: pulldown_cmark::LinkType, destination: &str) {
        self.flush_prefix();
        let is_email = link_type == pulldown_cmark::LinkType::Email;
        let href = if is_email { format!("mailto:{destination}") } else { destination.to_owned() };
        // A link has no links in it: the words stay.
        let allowed = is_web_address(&href) && !self.links.contains(&true);
        self.links.push(allowed);
        if allowed {
            self.html.push_str("<a href=\"");
            escape_into(&mut self.html, &href, true);
            self.html.push_str("\">");
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.html.push_str("</p>\n"),
            TagEnd::Heading(level) => {
                let _ = writeln!(self.html, "</{level}>");
            }
            TagEnd::BlockQuote(_) => self.tag("</blockquote>\n"),
            TagEnd::CodeBlock => self.html.push_str("</code></pre>\n"),
            TagEnd::List(ordered) => {
                self.ordered.pop();
                self.html.push_str(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.tag("</li>\n"),
            TagEnd::FootnoteDefinition => self.tag("</div>\n"),
            TagEnd::Table => self.html.push_str("</tbody></table>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.html.push_str("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.html.push_str("</tr>\n"),
            TagEnd::TableCell => self.html.push_str(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Link => self.html.push_str(if self.links.pop() == Some(true) { "</a>" } else { "" }),
            _ => {}
        }
    }

    /// Writes the start tag of a block that starts at the byte `at` of the body.
    fn open(&mut self, name: &str, at: usize) {
        let _ = write!(self.html, "<{name} {ORIGIN}=\"{}\">", self.skipped + at);
    }

    fn tag(&mut self, html: &str) {
        self.flush_prefix();
        self.html.push_str(html);
    }

    fn flush_prefix(&mut self) {
        self.html.push_str(&self.prefix);
        self.prefix.clear();
    }

    /// The number of a footnote: in the order in which their names are first met.
    fn footnote(&mut self, name: &CowStr<'a>) -> usize {
        let next = self.footnotes.len() + 1;
        *self.footnotes.entry(name.clone()).or_insert(next)
    }
}

/// The index after the image that starts at `at`, whose words are no text.
fn after_image(events: &[Located<'_>], at: usize) -> usize {
    let mut depth = 0usize;
    for (index, (event, _)) in events.iter().enumerate().skip(at) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    events.len()
}

/// The marker that an ordered list's item begins with, such as `3.` or `3)`, as written.
fn marker(item: &str) -> &str {
    let item = item.trim_start();
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let delimiter = usize::from(item[digits..].starts_with(['.', ')']));
    &item[..digits + delimiter]
}
