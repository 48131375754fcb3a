//! Markdown → events with their numbers, so that they can be rendered in another order than they stand in.
//!
//! Footnotes move to the end, a section is cut out, a line is left out: what joins an event to the dossier is its number
//! among the starts of its sort (see [`crate::markdown`]), and that is given out here, before anything moves.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::markdown;

/// About so many bytes of a text make an event.
const BYTES: usize = 12;

/// The events of a text, each by its index.
pub(super) struct Outline<'a> {
    /// What stands where.
    pub(super) events: Vec<Event<'a>>,
    /// The text that each was made from.
    pub(super) written: Vec<&'a str>,
    /// For a start the index of its end, for anything else its own.
    close: Vec<usize>,
    /// For the start of a link or image, a heading or a block quotation its number among these, from 0.
    number: Vec<usize>,
    /// Where the body of each footnote stands, by its folded label; of two with one label the first.
    notes: HashMap<String, Range<usize>>,
}

impl<'a> Outline<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (mut links, mut headings, mut quotations) = (0, 0, 0);
        let room = text.len() / BYTES;
        let mut outline = Self {
            events: Vec::with_capacity(room),
            written: Vec::with_capacity(room),
            close: Vec::with_capacity(room),
            number: Vec::with_capacity(room),
            notes: HashMap::new(),
        };
        let mut open = Vec::new();
        for (index, (event, range)) in Parser::new_ext(text, markdown::prose()).into_offset_iter().enumerate() {
            let count = match &event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => Some(&mut links),
                Event::Start(Tag::Heading { .. }) => Some(&mut headings),
                Event::Start(Tag::BlockQuote(_)) => Some(&mut quotations),
                _ => None,
            };
            outline.number.push(count.map_or(0, |count| std::mem::replace(count, *count + 1)));
            outline.close.push(index);
            match &event {
                Event::Start(_) => open.push(index),
                Event::End(_) => outline.end(open.pop().unwrap_or(index), index),
                _ => {}
            }
            outline.events.push(event);
            outline.written.push(text.get(range).unwrap_or(""));
        }
        outline
    }

    fn end(&mut self, start: usize, end: usize) {
        self.close[start] = end;
        if let Some(Event::Start(Tag::FootnoteDefinition(label))) = self.events.get(start) {
            self.notes.entry(fold_label(label)).or_insert(start + 1..end);
        }
    }

    /// All events.
    pub(super) fn all(&self) -> Range<usize> {
        0..self.events.len()
    }

    /// The index of the end that belongs to the start at `index`; of anything else its own.
    pub(super) fn close(&self, index: usize) -> usize {
        self.close[index]
    }

    /// The events between the start at `index` and its end.
    pub(super) fn inside(&self, index: usize) -> Range<usize> {
        index + 1..self.close[index]
    }

    /// The number of the start at `index` among those of its sort.
    pub(super) fn number(&self, index: usize) -> usize {
        self.number[index]
    }

    /// The events of the footnote with that label.
    pub(super) fn note(&self, label: &str) -> Option<Range<usize>> {
        self.notes.get(&fold_label(label)).cloned()
    }

    /// Whether any of the events is HTML as written.
    pub(super) fn has_html(&self, range: Range<usize>) -> bool {
        self.events[range].iter().any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
    }

    /// The text of the events, as for an `alt`.
    pub(super) fn plain(&self, range: Range<usize>) -> String {
        let mut plain = String::new();
        for event in &self.events[range] {
            match event {
                Event::Text(text) | Event::Code(text) => plain.push_str(text),
                Event::SoftBreak | Event::HardBreak => plain.push(' '),
                _ => {}
            }
        }
        plain
    }

    /// The inside of the one paragraph that the text is; none where it is anything else, or a transclusion alone.
    pub(super) fn only_paragraph(&self) -> Option<Range<usize>> {
        let one = matches!(self.events.first(), Some(Event::Start(Tag::Paragraph)))
            && self.close(0) + 1 == self.events.len()
            && !self.has_only_transclusions(self.inside(0));
        one.then(|| self.inside(0))
    }

    /// What stands under the heading of that number, up to the next one of the same or a higher level in the same block.
    pub(super) fn section(&self, heading: usize) -> Option<Range<usize>> {
        let is_it = |&index: &usize| self.level(index).is_some() && self.number(index) == heading;
        let start = self.all().find(is_it)?;
        let level = self.level(start)?;
        let mut end = self.close(start) + 1;
        while end < self.events.len()
            && !matches!(self.events[end], Event::End(_))
            && self.level(end).is_none_or(|other| other > level)
        {
            end = self.close(end) + 1;
        }
        Some(self.close(start) + 1..end)
    }

    /// The level of the highest headings among the events.
    pub(super) fn highest_level(&self, range: Range<usize>) -> Option<u8> {
        range.filter_map(|index| self.level(index)).min()
    }

    fn level(&self, index: usize) -> Option<u8> {
        match &self.events[index] {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
            _ => None,
        }
    }

    /// The events from `start` up to the next block or the end of the one that holds them.
    pub(super) fn inline_run(&self, start: usize) -> Range<usize> {
        let mut end = start;
        while self.events.get(end).is_some_and(|event| is_inline(event) || is_break(event)) {
            end = self.close(end) + 1;
        }
        start..end
    }

    /// Whether there is nothing to see in the events.
    pub(super) fn is_empty(&self, range: Range<usize>) -> bool {
        let has_image = self.events[range.clone()].iter().any(|event| matches!(event, Event::Start(Tag::Image { .. })));
        !has_image && self.plain(range).trim().is_empty()
    }

    /// Whether the start at `index` is `![[id]]`.
    pub(super) fn is_transclusion(&self, index: usize) -> bool {
        matches!(&self.events[index], Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, .. }))
    }

    /// Whether the events are transclusions and white space alone, and at least one transclusion.
    pub(super) fn has_only_transclusions(&self, range: Range<usize>) -> bool {
        let mut index = range.start;
        let mut any = false;
        while index < range.end {
            match &self.events[index] {
                Event::Start(_) if self.is_transclusion(index) => any = true,
                event if is_break(event) => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => return false,
            }
            index = self.close(index) + 1;
        }
        any
    }

    /// The last line of the block quotation at `index`, where that line is a dash and a wikilink: what to leave out of
    /// the events, so that the rest still nests.
    pub(super) fn attribution_line(&self, index: usize) -> Option<Vec<Range<usize>>> {
        let line = self.last_line(index)?;
        let is_link = |&at: &usize| matches!(&self.events[at], Event::Start(Tag::Link { .. }));
        let mut links = line.clone().filter(is_link);
        let (link, None) = (links.next()?, links.next()) else { return None };
        let Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, .. }) = &self.events[link] else {
            return None;
        };
        let dash = self.plain(line.start..link) + &self.plain(self.close(link)..line.end);
        // A dash at the start of a line may make it an item of a list.
        let is_dash = dash.trim().chars().all(|c| matches!(c, '-' | '–' | '—' | '―'));
        if !is_dash || dash.trim().is_empty() && !self.is_in_item(line.start) {
            return None;
        }
        let before = line.start - 1;
        match &self.events[before] {
            Event::SoftBreak | Event::HardBreak => Some(self.texts(before..line.end)),
            Event::Start(_) => Some(vec![self.block_around(before, index)]),
            _ => Some(self.texts(line)),
        }
    }

    /// The inline events of the last line of text of the block quotation at `index`; blocks without text may follow.
    fn last_line(&self, index: usize) -> Option<Range<usize>> {
        let quotation = self.inside(index);
        let is_blank = |at: usize| matches!(&self.events[at], Event::Text(text) if text.trim().is_empty());
        let end = quotation.clone().rev().find(|&at| is_inline(&self.events[at]) && !is_blank(at))? + 1;
        let start = (quotation.start..end).rev().take_while(|&at| is_inline(&self.events[at])).last()?;
        (start > quotation.start).then_some(start..end)
    }

    /// Whether the inline events from `start` on are the first of a list's item.
    fn is_in_item(&self, start: usize) -> bool {
        matches!(
            &self.events[..start],
            [.., Event::Start(Tag::Item)] | [.., Event::Start(Tag::Item), Event::Start(Tag::Paragraph)]
        )
    }

    /// The outermost block inside the one at `outer` that holds nothing but the block at `inner`.
    fn block_around(&self, inner: usize, outer: usize) -> Range<usize> {
        let mut block = inner;
        while block - 1 > outer && self.close(block - 1) == self.close(block) + 1 {
            block -= 1;
        }
        block..self.close(block) + 1
    }

    /// Those of the events that show something, whole links as one.
    fn texts(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut texts = Vec::new();
        let mut index = range.start;
        while index < range.end {
            let next = match &self.events[index] {
                Event::Start(Tag::Link { .. }) => self.close(index) + 1,
                _ => index + 1,
            };
            // The ends of emphasis stay, as its start may stand on another line.
            if next > index + 1 || !matches!(&self.events[index], Event::Start(_) | Event::End(_)) {
                texts.push(index..next);
            }
            index = next;
        }
        texts
    }
}

/// Labels of footnotes are the same whatever their case.
fn fold_label(label: &str) -> String {
    label.to_lowercase()
}

fn is_break(event: &Event<'_>) -> bool {
    matches!(event, Event::SoftBreak | Event::HardBreak)
}

/// Whether an event is of a line of text; a line break is of none.
fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline_end(&tag.to_end()),
        Event::End(tag) => is_inline_end(tag),
        Event::SoftBreak | Event::HardBreak | Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

fn is_inline_end(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
