//! A run of text with links → the sentences that hold links, as text and links.

use std::ops::Range;

use crate::files::Slice;
use crate::parse::ast::{Link, LinkForm, Sentence, SentencePart};
use crate::text;

/// The text of a leaf block while it is read, with the places of its links.
#[derive(Default)]
pub(super) struct Leaf {
    text: String,
    /// Where the runs of it begin, each with the byte of the Markdown from which on it stands there as it is.
    runs: Vec<(usize, Option<usize>)>,
    /// The outermost links, in order.
    marks: Vec<Mark>,
    /// Every link: its index, and the mark that it is or is in.
    links: Vec<(usize, usize)>,
}

struct Mark {
    link: usize,
    range: Range<usize>,
}

impl Leaf {
    /// Adds text; `from` is the byte of the Markdown at which it stands there as it is.
    pub(super) fn push(&mut self, text: &str, from: Option<usize>) {
        let at = self.text.len();
        let goes_on = |&(start, of): &(usize, Option<usize>)| of.map(|of| of + (at - start)) == from;
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push((at, from));
        }
        self.text.push_str(text);
    }

    /// A part of the text; shared where it stands in the Markdown as it is.
    fn part(&self, markdown: &Slice, range: Range<usize>) -> Slice {
        let next = self.runs.partition_point(|&(start, _)| start <= range.start);
        let is_whole = self.runs.get(next).is_none_or(|&(start, _)| range.end <= start);
        let run = next.checked_sub(1).and_then(|run| self.runs.get(run)).filter(|_| is_whole);
        let there = run.and_then(|&(start, of)| {
            let from = of? + (range.start - start);
            markdown.get(from..from + range.len())
        });
        markdown.part(there.unwrap_or(&self.text[range]))
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A link begins: the `link`-th of the text; `outermost` where it is in no other.
    pub(super) fn open_link(&mut self, link: usize, outermost: bool) {
        if outermost {
            self.marks.push(Mark { link, range: self.text.len()..self.text.len() });
        }
        self.links.push((link, self.marks.len().saturating_sub(1)));
    }

    /// The outermost link ends.
    pub(super) fn close_link(&mut self) {
        if let Some(mark) = self.marks.last_mut() {
            mark.range.end = self.text.len();
        }
    }

    /// The text before the first link, where nothing follows the last.
    pub(super) fn outside_links(&self) -> &str {
        match (self.marks.first(), self.marks.last()) {
            (Some(first), Some(last)) if self.text[last.range.end..].trim().is_empty() => {
                &self.text[..first.range.start]
            }
            _ => "",
        }
    }

    /// Whether a wikilink begins and does not end.
    pub(super) fn has_cut_wikilink(&self) -> bool {
        self.text.rfind("[[").is_some_and(|at| !self.text[at..].contains("]]") && self.text.len() > at + 2)
    }

    /// Adds the sentences that hold links, and tells the links which it is.
    pub(super) fn finish(self, markdown: &Slice, links: &mut [Link], sentences: &mut Vec<Sentence>) {
        if self.marks.is_empty() {
            return;
        }
        let first = sentences.len();
        let mut of_mark = Vec::with_capacity(self.marks.len());
        let mut marks = self.marks.iter().peekable();
        for range in whole_links(text::sentences(&self.text), &self.marks, self.text.len()) {
            let mut sentence = Vec::new();
            let text = |range: Range<usize>| SentencePart::Text(self.part(markdown, range));
            let mut at = range.start;
            while let Some(mark) = marks.next_if(|mark| mark.range.end <= range.end) {
                if at < mark.range.start {
                    sentence.push(text(at..mark.range.start));
                }
                sentence.push(SentencePart::Link(mark.link, self.own_words(mark, markdown, links)));
                of_mark.push(sentences.len());
                at = mark.range.end;
            }
            if !sentence.is_empty() {
                if at < range.end {
                    sentence.push(text(at..range.end));
                }
                sentences.push(sentence.into());
            }
        }
        for &(link, mark) in &self.links {
            links[link].sentence = of_mark.get(mark).copied().unwrap_or(first);
        }
    }

    /// A link's own words; a wikilink without any shows the target's title.
    fn own_words(&self, mark: &Mark, markdown: &Slice, links: &mut [Link]) -> Option<Slice> {
        let whole = self.part(markdown, mark.range.clone());
        let words = whole.trim();
        match &mut links[mark.link].form {
            LinkForm::Wiki { has_label } => {
                // `[[id|]]` has a bar and no words.
                *has_label &= !words.is_empty();
                has_label.then(|| whole.part(words))
            }
            LinkForm::Transclusion => None,
            _ => Some(whole.part(words)),
        }
    }
}

/// Sentences, joined wherever a link would be cut; every link is inside one.
fn whole_links(sentences: Vec<Range<usize>>, marks: &[Mark], length: usize) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
    let mut marks = marks.iter().peekable();
    for mut range in sentences {
        if let Some(last) = joined.last_mut()
            && marks.peek().is_some_and(|mark| mark.range.start < last.end || mark.range.end <= range.start)
        {
            // The link begins in the sentence before, or between the two.
            last.end = range.end.max(last.end);
            range = last.clone();
        } else {
            if let Some(mark) = marks.peek().filter(|mark| mark.range.start < range.start) {
                range.start = mark.range.start;
            }
            joined.push(range.clone());
        }
        while marks.next_if(|mark| mark.range.end <= range.end).is_some() {}
    }
    match (marks.next(), joined.last_mut()) {
        (Some(_), Some(last)) => last.end = length,
        (Some(_), None) => joined.push(0..length),
        (None, _) => {}
    }
    joined
}
