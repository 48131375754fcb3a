//! A source's finished page → its passages as Web Annotations (W3C Web Annotation Data Model, Recommendation of 2017):
//! a collection with one page of annotations, each with the claim, or the essay, that rests on a passage as its body.
//!
//! Positions count the code points of the text content of the page's `<body>`, as a DOM has it, from 0, half-open. They are
//! worked out from the finished HTML and held against the source's own words; where a theme does not write a passage as it
//! got it, there is no position, and the words alone select it. The text beside them is the page's too, so that nothing is
//! in it that the page does not show.
//!
//! Where a passage is not one run of the page's text, since words are left out of it or notes stand between its
//! paragraphs, the annotation has a target for each run. Selectors of one target select the same, and a range from the
//! first to the last would select the notes as well.

use std::ops::Range;

use memchr::memmem;
use serde::Serialize;

use super::page_text::PageText;
use crate::anchor::CodePoints;
use crate::data::{Addresses, json};
use crate::dossier::{ELISION, Passage, QuotedBy, RecordRef, Source, SourceIx};
use crate::route::{Route, promise};
use crate::terms::Stance;
use crate::text::{Run, ViewBlock, one_line};

/// The context of the model's terms.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// How many code points of the text around them tell words apart.
const AROUND: usize = 32;

/// So many bytes tell where a block's HTML may begin.
const BEGINNING: usize = 48;

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: String,
    total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<Page<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    part_of: String,
    start_index: usize,
    items: Vec<Annotation<'a>>,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    body: Vec<Body<'a>>,
    target: Vec<Target<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Body<'a> {
    SpecificResource { source: String, purpose: &'static str },
    TextualBody { value: &'a str, format: &'static str, language: &'a str, purpose: &'static str },
}

#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    source: &'a str,
    selector: Vec<Selector>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector {
    TextQuoteSelector {
        exact: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        prefix: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        suffix: String,
    },
    TextPositionSelector {
        start: usize,
        end: usize,
    },
}

/// The annotations of the source's page, whose finished HTML is `html`, made of `blocks` or, where its text is not shown,
/// of its quotations.
pub(crate) fn annotations(at: &Addresses<'_>, ix: SourceIx, html: &str, blocks: &[ViewBlock]) -> String {
    let source = &at.dossier.sources[ix.index()];
    let own = at.routes.path(Route::Annotations(ix)).map(|path| at.file(path)).unwrap_or_default();
    let page = at.record(RecordRef::Source(ix));
    let mut finished = Finished::new(html, blocks);
    let annotation = |(by, fragment, words): (QuotedBy, &str, Words)| {
        let target = |selector| Target { kind: "SpecificResource", source: &page, selector };
        Annotation {
            id: format!("{own}#{fragment}"),
            kind: "Annotation",
            motivation: "linking",
            body: bodies(at, by),
            target: finished.select(fragment, &words).into_iter().map(target).collect(),
        }
    };
    let items: Vec<_> = quoted(at, ix, source).into_iter().map(annotation).collect();
    let total = items.len();
    let first = Page { id: format!("{own}#page"), kind: "AnnotationPage", part_of: own.clone(), start_index: 0, items };
    json::line(&Collection {
        context: CONTEXT,
        kind: "AnnotationCollection",
        label: format!("Passages of “{}”", source.title),
        total,
        first: (total > 0).then_some(first),
        id: own,
    }) + "\n"
}

/// The words of a passage.
struct Words {
    /// Its pieces: bytes of the source's text; none where they have no place in one.
    pieces: Vec<Range<usize>>,
    /// As the source has them, in one line, piece by piece.
    pieces_in_line: Vec<String>,
}

impl Words {
    /// As a page shows them where it does not show the text.
    fn in_line(&self) -> String {
        self.pieces_in_line.join(ELISION)
    }
}

/// Every passage that the page shows: who quotes it, its id in the page, and its words.
fn quoted<'a>(at: &Addresses<'a>, ix: SourceIx, source: &'a Source) -> Vec<(QuotedBy, &'a str, Words)> {
    let placed = source.passages.iter().map(|passage| (passage.quoted_by, &*passage.fragment, words(source, passage)));
    let unplaced = at.routes.unplaced(ix).iter().filter_map(|&by| {
        let in_line = at.dossier.quote(by)?.words(source);
        let words = Words { pieces: Vec::new(), pieces_in_line: vec![in_line] };
        Some((by, promise::fragment(at.dossier, by)?, words))
    });
    placed.chain(unplaced).collect()
}

fn words(source: &Source, passage: &Passage) -> Words {
    let plain = source.text.as_ref().map_or("", |text| text.plain());
    let pieces = passage.placement.pieces.clone();
    let piece = |piece: &Range<usize>| one_line(plain.get(piece.clone()).unwrap_or_default()).into_owned();
    let pieces_in_line = pieces.iter().map(piece).collect();
    Words { pieces, pieces_in_line }
}

/// What rests on a passage: its page; what it says; for a claim what the passage does with it, and how it is rated.
fn bodies<'a>(at: &Addresses<'a>, by: QuotedBy) -> Vec<Body<'a>> {
    let language = &*at.dossier.config.language;
    let text = |value, purpose| Body::TextualBody { value, format: "text/plain", language, purpose };
    let record = match by {
        QuotedBy::Appearance(claim, _) => RecordRef::Claim(claim),
        QuotedBy::Quotation(record, _) => record,
    };
    let mut bodies = vec![
        Body::SpecificResource { source: at.record(record), purpose: "linking" },
        text(at.dossier.title(record), "describing"),
    ];
    let QuotedBy::Appearance(ix, n) = by else { return bodies };
    let claim = &at.dossier.claims[ix.index()];
    if let Some(appearance) = claim.appearances.get(n).filter(|appearance| appearance.stance != Stance::Asserts) {
        bodies.push(text(appearance.stance.word(), "tagging"));
    }
    let rating = claim.rating().and_then(|rating| at.dossier.config.ratings.get(rating.index()));
    bodies.extend(rating.map(|rating| text(&*rating.label, "classifying")));
    bodies
}

/// A finished page, with the places of the marked text in it.
struct Finished<'a> {
    html: &'a str,
    text: Option<(PageText, CodePoints)>,
    /// By place in the source's text; their HTML is the page's.
    runs: Vec<Run>,
    /// Where in the HTML to look for the next quotation.
    from: usize,
}

impl<'a> Finished<'a> {
    fn new(html: &'a str, blocks: &[ViewBlock]) -> Self {
        let text = PageText::of(html).map(|page| {
            let points = CodePoints::new(page.text());
            (page, points)
        });
        let (mut runs, mut from) = (Vec::new(), 0);
        for block in blocks.iter().filter(|block| !block.marked.is_empty()) {
            let Some(start) = find(html, from, &block.html) else { continue };
            from = start + block.html.len();
            runs.extend(
                block
                    .marked
                    .iter()
                    .map(|run| Run { plain: run.plain.clone(), html: start + run.html.start..start + run.html.end }),
            );
        }
        Self { html, text, runs, from: 0 }
    }

    /// The selectors of each run of text that a passage is in the page; without positions where they are not sure.
    fn select(&mut self, fragment: &str, words: &Words) -> Vec<Vec<Selector>> {
        let runs = if self.runs.is_empty() { self.quotation(fragment, words) } else { self.passage(words) };
        let runs = runs.filter(|runs| self.says(runs, words));
        match (&self.text, runs) {
            (Some((page, points)), Some(runs)) => {
                runs.into_iter().map(|run| selectors(page.text(), points, run)).collect()
            }
            _ => {
                let quote = |exact: &String| {
                    let (exact, prefix, suffix) = (exact.clone(), String::new(), String::new());
                    vec![Selector::TextQuoteSelector { exact, prefix, suffix }]
                };
                words.pieces_in_line.iter().map(quote).collect()
            }
        }
    }

    /// The runs of the page's text, in bytes, that the pieces are.
    fn passage(&self, words: &Words) -> Option<Vec<Range<usize>>> {
        let (page, _) = self.text.as_ref()?;
        let mut found: Vec<Range<usize>> = Vec::new();
        for piece in &words.pieces {
            let first = self.runs.partition_point(|run| run.plain.end <= piece.start);
            for run in self.runs[first..].iter().take_while(|run| run.plain.start < piece.end) {
                let part = run.plain.start.max(piece.start)..run.plain.end.min(piece.end);
                let is_literal = run.html.len() == run.plain.len();
                let html = match is_literal {
                    true => run.html.start + (part.start - run.plain.start)..run.html.end - (run.plain.end - part.end),
                    false => run.html.clone(),
                };
                let text = page.at(html.start)?..page.before(html.end)?;
                match found.last_mut() {
                    Some(last) if is_blank(page.text(), last.end..text.start) => last.end = text.end,
                    _ => found.push(text),
                }
            }
        }
        Some(found)
    }

    /// The run of the page's text that a quotation is which stands alone, after its id.
    fn quotation(&mut self, fragment: &str, words: &Words) -> Option<Vec<Range<usize>>> {
        let (page, _) = self.text.as_ref()?;
        let id = format!(" id=\"{fragment}\"");
        let tag = self.from + memmem::find(&self.html.as_bytes()[self.from..], id.as_bytes())?;
        self.from = tag + id.len();
        let after = page.text_after(tag)?;
        let rest = page.text().get(after..)?;
        let start = after + (rest.len() - rest.trim_start().len());
        let in_line = words.in_line();
        let run = start..start + in_line.len();
        rest.trim_start().starts_with(&in_line).then(|| Vec::from([run]))
    }

    /// Whether the runs are text of the page and say what the passage says, white space apart.
    fn says(&self, runs: &[Range<usize>], words: &Words) -> bool {
        let Some((page, _)) = &self.text else { return false };
        let Some(said) = runs.iter().map(|run| page.text().get(run.clone())).collect::<Option<Vec<&str>>>() else {
            return false;
        };
        let said = || said.iter().flat_map(|run| letters(run));
        let pieces = words.pieces_in_line.iter().flat_map(|piece| letters(piece));
        said().next().is_some() && (said().eq(pieces) || said().eq(letters(&words.in_line())))
    }
}

/// Where a block's HTML stands in the page's from the byte `from` on. What is long is looked for by its beginning, since
/// a search gets ready in time that grows with all that it looks for.
fn find(html: &str, mut from: usize, block: &str) -> Option<usize> {
    let block = block.as_bytes();
    let beginning = memmem::Finder::new(&block[..block.len().min(BEGINNING)]);
    loop {
        let start = from + beginning.find(html.as_bytes().get(from..)?)?;
        if html.as_bytes()[start..].starts_with(block) {
            return Some(start);
        }
        from = start + 1;
    }
}

fn is_blank(text: &str, range: Range<usize>) -> bool {
    text.get(range).is_some_and(|between| between.trim().is_empty())
}

/// All of a text but white space.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

/// A run of the page's text by its words, and by its place.
fn selectors(text: &str, points: &CodePoints, run: Range<usize>) -> Vec<Selector> {
    let before = &text[..run.start];
    let prefix = before.char_indices().rev().take(AROUND).last().map_or("", |(at, _)| &before[at..]);
    let after = &text[run.end..];
    let suffix = after.char_indices().nth(AROUND).map_or(after, |(at, _)| &after[..at]);
    let place = points.range(&run);
    vec![
        Selector::TextQuoteSelector {
            exact: text[run].to_owned(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
        },
        Selector::TextPositionSelector { start: place.start, end: place.end },
    ]
}
