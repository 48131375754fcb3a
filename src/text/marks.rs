//! Passages → `<mark>` elements around runs of text, in one sweep over the text in order.
//!
//! Where marks overlap there is one element with the classes and labels of all. An element never crosses a tag, so nesting is
//! always valid, and taking the elements away gives back the HTML byte for byte.

use std::collections::BTreeSet;
use std::ops::Range;

use super::scan::escape_into;
use super::{Mark, Run, SourceText, Token};

const END: &str = "</mark>";

/// How many labels an element has at most: where hundreds of passages overlap, each element naming all of them would
/// make a page as long as their square.
const LABELS: usize = 12;

/// A place where the set of marks that cover the text changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    at: usize,
    /// Ends come before starts at the same place.
    starts: bool,
    mark: usize,
}

/// The state of a sweep: text has to come in order.
pub(super) struct Sweep<'a> {
    text: &'a SourceText,
    marks: &'a [Mark],
    edges: Vec<Edge>,
    next: usize,
    active: BTreeSet<usize>,
    /// The start tag for the marks that are active; empty without any.
    tag: String,
    begun: Vec<bool>,
    /// Active marks that have not shown any text yet.
    waiting: Vec<usize>,
    /// Where the HTML ended after the last mark, while its marks stay the active ones.
    ended_at: Option<usize>,
}

impl<'a> Sweep<'a> {
    /// A sweep over `text` from its beginning.
    pub(super) fn new(text: &'a SourceText, marks: &'a [Mark]) -> Self {
        let mut edges = Vec::new();
        for (mark, pieces) in marks.iter().enumerate().map(|(mark, it)| (mark, &it.pieces)) {
            let mut from = 0;
            for piece in pieces {
                let piece = text.clamp(piece).start.max(from)..text.clamp(piece).end;
                if piece.start < piece.end {
                    edges.push(Edge { at: piece.start, starts: true, mark });
                    edges.push(Edge { at: piece.end, starts: false, mark });
                    from = piece.end;
                }
            }
        }
        edges.sort_unstable();
        let begun = vec![false; marks.len()];
        let (active, tag, waiting) = (BTreeSet::new(), String::new(), Vec::new());
        Self { text, marks, edges, next: 0, active, tag, begun, waiting, ended_at: None }
    }

    /// Appends the part `plain` of a text token with the marks that cover it, to `begins` those that begin here, and to
    /// `marked` where in the HTML the text stands that is marked.
    pub(super) fn show(
        &mut self,
        token: &Token,
        plain: Range<usize>,
        html: &mut String,
        begins: &mut Vec<usize>,
        marked: &mut Vec<Run>,
    ) {
        let mut at = plain.start;
        loop {
            self.advance(at);
            let next_edge = self.edges.get(self.next).map_or(plain.end, |edge| edge.at);
            let end = if token.is_literal() { next_edge.min(plain.end) } else { plain.end };
            self.begin_marks(html, begins);
            if self.ended_at == Some(html.len()) && html.ends_with(END) {
                // Nothing stands between: one element goes on.
                html.truncate(html.len() - END.len());
            } else {
                html.push_str(&self.tag);
            }
            let from = html.len();
            html.push_str(self.text.html_of(token, at..end));
            if !self.tag.is_empty() {
                marked.push(Run { plain: at..end, html: from..html.len() });
                html.push_str(END);
                self.ended_at = Some(html.len());
            }
            at = end;
            if at >= plain.end {
                return;
            }
        }
    }

    /// Brings the active marks up to the byte `at` of the plain text.
    fn advance(&mut self, at: usize) {
        let before = self.next;
        while let Some(edge) = self.edges.get(self.next)
            && edge.at <= at
        {
            if edge.starts {
                self.active.insert(edge.mark);
                if !self.begun[edge.mark] {
                    self.waiting.push(edge.mark);
                }
            } else {
                self.active.remove(&edge.mark);
            }
            self.next += 1;
        }
        if self.next > before {
            let tag = self.start_tag();
            if tag != self.tag {
                self.ended_at = None;
                self.tag = tag;
            }
        }
    }

    fn start_tag(&self) -> String {
        if self.active.is_empty() {
            return String::new();
        }
        let mut classes: BTreeSet<&str> =
            self.active.iter().flat_map(|&mark| self.marks[mark].class.split_ascii_whitespace()).collect();
        if self.active.len() > 1 {
            classes.insert("overlap");
        }
        let classes: Vec<&str> = classes.into_iter().collect();
        let mut tag = String::from("<mark class=\"");
        escape_into(&mut tag, &classes.join(" "), true);
        let labels = self.active.iter().map(|&mark| &*self.marks[mark].label).filter(|label| !label.is_empty());
        for (n, label) in labels.take(LABELS + 1).enumerate() {
            tag.push_str(if n == 0 { "\" data-n=\"" } else { " " });
            escape_into(&mut tag, if n < LABELS { label } else { "…" }, true);
        }
        tag.push_str("\">");
        tag
    }

    /// Writes the empty elements before the first text of the marks that begin here.
    fn begin_marks(&mut self, html: &mut String, begins: &mut Vec<usize>) {
        for mark in std::mem::take(&mut self.waiting) {
            if self.begun[mark] || !self.active.contains(&mark) {
                continue;
            }
            self.begun[mark] = true;
            begins.push(mark);
            if let Some(fragment) = &self.marks[mark].fragment {
                html.push_str("<span class=\"anchor\" id=\"");
                escape_into(html, fragment, true);
                html.push_str("\"></span>");
            }
        }
    }
}
