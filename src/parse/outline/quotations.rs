//! Block quotations whose last line is `— [[source-id]]` → the words that must stand in that source.

use crate::diag::Problem;
use crate::files::ByteRange;
use crate::ids::RecordId;
use crate::parse::ast::{BlockQuotation, Link, LinkForm, Spanned};

/// What a line that names a source may begin with.
const DASHES: [&str; 5] = ["—", "–", "---", "--", "-"];

/// The block quotations of a text while it is read.
#[derive(Default)]
pub(super) struct Quotations {
    started: usize,
    open: Vec<Draft>,
    /// The lines of the outermost open quotation, those inside it too: kept once, however deep quotations are nested.
    lines: Vec<Line>,
    done: Vec<Named>,
}

struct Draft {
    nth: usize,
    range: ByteRange,
    /// Its first line.
    first: usize,
}

/// A line of a quotation, or what stands for one.
#[derive(Default)]
struct Line {
    text: String,
    /// The text outside links.
    outside: String,
    links: Vec<usize>,
    /// Whether it is an item of a list with `-`: so a dash at a line's start reads.
    is_dash_item: bool,
    /// How many quotations it stands in.
    depth: usize,
}

impl Line {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.links.is_empty()
    }
}

struct Named {
    nth: usize,
    range: ByteRange,
    exact: String,
    link: usize,
}

impl Quotations {
    pub(super) fn open(&mut self, range: ByteRange) {
        self.break_line(false);
        self.open.push(Draft { nth: self.started, range, first: self.lines.len().saturating_sub(1) });
        self.started += 1;
        if self.lines.is_empty() {
            self.lines.push(Line::default());
        }
    }

    /// Text, which may be a link's.
    pub(super) fn push(&mut self, text: &str, in_link: bool) {
        if let Some(line) = self.line() {
            line.text.push_str(text);
            if !in_link {
                line.outside.push_str(text);
            }
        }
    }

    pub(super) fn link(&mut self, index: usize) {
        if let Some(line) = self.line() {
            line.links.push(index);
        }
    }

    fn line(&mut self) -> Option<&mut Line> {
        let depth = self.open.len();
        let line = self.lines.last_mut().filter(|_| depth > 0)?;
        line.depth = depth;
        Some(line)
    }

    /// A line or a block ends and another begins.
    pub(super) fn break_line(&mut self, is_dash_item: bool) {
        match self.lines.last_mut() {
            Some(line) if line.is_empty() => line.is_dash_item |= is_dash_item,
            Some(_) => self.lines.push(Line { is_dash_item, ..Line::default() }),
            None => {}
        }
    }

    pub(super) fn close(&mut self, links: &[Link]) {
        let Some(draft) = self.open.pop() else { return };
        while self.lines.len() > draft.first && self.lines.last().is_some_and(Line::is_empty) {
            self.lines.pop();
        }
        let depth = self.open.len() + 1;
        if let Some((last, rest)) = self.lines.get(draft.first..).and_then(<[Line]>::split_last)
            && last.depth == depth
            && let Some(link) = attribution(last, links)
        {
            let texts: Vec<&str> = rest.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).collect();
            self.done.push(Named { nth: draft.nth, range: draft.range, exact: texts.join(" "), link });
        }
        if self.open.is_empty() {
            self.lines.clear();
        } else {
            self.lines.push(Line::default());
        }
    }

    /// The quotations in order; `links` are the text's.
    pub(super) fn finish(mut self, links: &[Link], problems: &mut Vec<Problem>) -> Vec<BlockQuotation> {
        self.done.sort_by_key(|named| named.nth);
        let mut quotations = Vec::with_capacity(self.done.len());
        for Named { nth, range, exact, link } in self.done {
            let link = &links[link];
            let Some(source) = RecordId::shared(&link.target) else { continue };
            if exact.is_empty() {
                problems.push(
                    Problem::new("empty-quotation", range, format!("this quotation of `{source}` has no words"))
                        .hint("put the quoted words above the line that names the source, in the same quotation"),
                );
                continue;
            }
            let source = Spanned { value: source, range: link.range };
            quotations.push(BlockQuotation { range, exact: exact.into(), source, nth });
        }
        quotations
    }
}

/// Whether a text is nothing but a dash as it stands before the name of a source.
pub(super) fn is_dash(text: &str) -> bool {
    DASHES.contains(&text.trim())
}

/// The link of a line that is a dash and a wikilink to a record, and nothing else.
fn attribution(line: &Line, links: &[Link]) -> Option<usize> {
    let &[link] = line.links.as_slice() else { return None };
    let outside = line.outside.trim();
    let is_dash = is_dash(outside) || (line.is_dash_item && outside.is_empty());
    // The dash comes first.
    let leads = line.is_dash_item || line.text.trim_start().starts_with(outside);
    let is_wikilink = matches!(links.get(link)?.form, LinkForm::Wiki { .. });
    (is_dash && leads && is_wikilink).then_some(link)
}

/// The text of an event as it was typed: `raw`, where smart punctuation put something else for it.
pub(super) fn as_typed<'a>(rendered: &'a str, raw: &'a str) -> &'a str {
    if matches!(raw, "'" | "\"" | "--" | "---" | "...") { raw } else { rendered }
}
