//! Footnotes: numbered in the order of their references, gathered at the end of the text.

use std::collections::HashMap;
use std::ops::Range;

/// The footnotes that a text refers to.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The events of each, in the order of first references.
    bodies: Vec<Range<usize>>,
    /// How many references to each have an id to go back to.
    references: Vec<usize>,
    /// The footnote by its first event.
    by_start: HashMap<usize, usize>,
}

impl Footnotes {
    /// The HTML of a reference to the footnote of those events; without a link where it stands in one.
    pub(super) fn refer(&mut self, body: Range<usize>, as_link: bool) -> String {
        let note = *self.by_start.entry(body.start).or_insert(self.bodies.len());
        if note == self.bodies.len() {
            self.bodies.push(body);
            self.references.push(0);
        }
        let number = note + 1;
        if !as_link {
            return format!("<sup class=\"footnote\">{number}</sup>");
        }
        self.references[note] += 1;
        let nth = self.references[note];
        format!(
            "<sup class=\"footnote\"><a id=\"fnref-{number}-{nth}\" href=\"#fn-{number}\" \
             role=\"doc-noteref\">{number}</a></sup>"
        )
    }

    /// The events of the footnote of that index.
    pub(super) fn body(&self, note: usize) -> Option<Range<usize>> {
        self.bodies.get(note).cloned()
    }

    /// The list of footnotes, given the HTML of each; empty where there are none.
    pub(super) fn section(&self, notes: &[String]) -> String {
        if notes.is_empty() {
            return String::new();
        }
        let mut html = "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n".to_owned();
        for (number, (note, &references)) in (1..).zip(notes.iter().zip(&self.references)) {
            let back: String = (1..=references)
                .map(|nth| {
                    // A reader who hears the page is told where each way back leads.
                    let place = if references > 1 { format!(", place {nth}") } else { String::new() };
                    format!(
                        " <a class=\"back\" href=\"#fnref-{number}-{nth}\" role=\"doc-backlink\" \
                         aria-label=\"Back to reference {number}{place}\">↩</a>"
                    )
                })
                .collect();
            // The way back stands at the end of the last line, where the last block is a paragraph.
            let body = match note.strip_suffix("</p>\n") {
                Some(start) => format!("{start}{back}</p>\n"),
                None => format!("{note}{back}"),
            };
            html.push_str(&format!("<li id=\"fn-{number}\">{body}</li>\n"));
        }
        html + "</ol>\n</div>\n"
    }
}
