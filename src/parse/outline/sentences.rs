//! A run of text with links → the sentences that hold links, as text and links.

use std::ops::Range;

use crate::parse::ast::{Link, LinkForm, Sentence, SentencePart};
use crate::text;

/// The text of a leaf block while it is read, with the places of its links.
#[derive(Default)]
pub(super) struct Leaf {
    text: String,
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
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
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
    pub(super) fn finish(self, links: &mut [Link], sentences: &mut Vec<Sentence>) {
        if self.marks.is_empty() {
            return;
        }
        let first = sentences.len();
        let mut of_mark = Vec::with_capacity(self.marks.len());
        let mut marks = self.marks.iter().peekable();
        for range in whole_links(text::sentences(&self.text), &self.marks, self.text.len()) {
            let mut sentence = Sentence::new();
            let mut at = range.start;
            while let Some(mark) = marks.next_if(|mark| mark.range.end <= range.end) {
                push_text(&mut sentence, &self.text[at.min(mark.range.start)..mark.range.start]);
                sentence.push(SentencePart::Link(mark.link, self.own_words(mark, links)));
                of_mark.push(sentences.len());
                at = mark.range.end;
            }
            if !sentence.is_empty() {
                push_text(&mut sentence, &self.text[at..range.end]);
                sentence.shrink_to_fit();
                sentences.push(sentence);
            }
        }
        for &(link, mark) in &self.links {
            links[link].sentence = of_mark.get(mark).copied().unwrap_or(first);
        }
    }

    /// A link's own words; a wikilink without any shows the target's title.
    fn own_words(&self, mark: &Mark, links: &mut [Link]) -> Option<String> {
        let words = self.text[mark.range.clone()].trim();
        match &mut links[mark.link].form {
            LinkForm::Wiki { has_label } => {
                // `[[id|]]` has a bar and no words.
                *has_label &= !words.is_empty();
                has_label.then(|| words.to_owned())
            }
            LinkForm::Transclusion => None,
            _ => Some(words.to_owned()),
        }
    }
}

fn push_text(sentence: &mut Sentence, text: &str) {
    if !text.is_empty() {
        sentence.push(SentencePart::Text(text.to_owned()));
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
