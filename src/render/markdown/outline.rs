//! Markdown → events with their numbers, so that they can be rendered in another order than they stand in.
//!
//! Footnotes move to the end, a section is cut out, a line is left out: what joins an event to the dossier is its number
//! among the starts of its sort (see [`crate::markdown`]), and that is given out here, before anything moves.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::markdown;

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
        let mut outline = Self {
            events: Vec::new(),
            written: Vec::new(),
            close: Vec::new(),
            number: Vec::new(),
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

    fn level(&self, index: usize) -> Option<u8> {
        match &self.events[index] {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
            _ => None,
        }
    }

    /// The events from `start` up to the next block or the end of the one that holds them.
    pub(super) fn inline_run(&self, start: usize) -> Range<usize> {
        let mut end = start;
        while end < self.events.len() && !is_block_boundary(&self.events[end]) {
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
                Event::SoftBreak | Event::HardBreak => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => return false,
            }
            index = self.close(index) + 1;
        }
        any
    }

    /// The events of the last line of the block quotation at `index`, where that line is a dash and a wikilink; with
    /// the line break before it, or with its paragraph where it has one of its own.
    pub(super) fn attribution_line(&self, index: usize) -> Option<Range<usize>> {
        let quotation = self.inside(index);
        let paragraph_end = quotation.end.checked_sub(1).filter(|&end| end > quotation.start)?;
        let mut link = paragraph_end;
        while link > quotation.start && self.is_blank(link - 1) {
            link -= 1;
        }
        // `link` is now just past the end of the link; its start is the nearest one that closes there.
        let link_end = link.checked_sub(1)?;
        let link = (quotation.start..link_end).rev().find(|&start| self.close(start) == link_end)?;
        if !matches!(&self.events[link], Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, .. })) {
            return None;
        }
        let mut dash = link;
        while dash > quotation.start && matches!(self.events[dash - 1], Event::Text(_)) {
            dash -= 1;
        }
        let dashes = self.plain(dash..link);
        if dashes.trim().is_empty() || !dashes.trim().chars().all(|c| matches!(c, '-' | '–' | '—' | '―')) {
            return None;
        }
        match &self.events[dash.checked_sub(1)?] {
            Event::SoftBreak | Event::HardBreak => Some(dash - 1..paragraph_end),
            Event::Start(Tag::Paragraph) => Some(dash - 1..paragraph_end + 1),
            _ => None,
        }
    }

    fn is_blank(&self, index: usize) -> bool {
        matches!(&self.events[index], Event::Text(text) if text.trim().is_empty())
    }
}

/// Labels of footnotes are the same whatever their case.
fn fold_label(label: &str) -> String {
    label.to_lowercase()
}

fn is_block_boundary(event: &Event<'_>) -> bool {
    match event {
        Event::End(_) | Event::Rule | Event::Html(_) => true,
        Event::Start(tag) => {
            !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        _ => false,
    }
}
