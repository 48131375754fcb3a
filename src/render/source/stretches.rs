//! The text in stretches, each with its notes beside it: a block with notes, and those after it without any, so that
//! notes have the room of both.
//!
//! How high anything becomes is a reader's window's business. What is worked out here is an estimate for the usual one:
//! whether the notes fit beside their stretch, or have to be short for the text to stay in one piece.

use serde::Serialize;

use super::notes::{self, NoteView};
use super::ruler::Ruler;
use crate::dossier::Source;
use crate::render::html::Html;
use crate::render::vantage::Vantage;
use crate::text::{BlockRole, ViewBlock};

/// How many code points stand on a line of the text, of a note and of a note's small print.
const LINE: usize = 63;
const NOTE_LINE: usize = 38;
const SMALL_LINE: usize = 44;

/// Heights, in tenths of a note's line: a line of text, what parts two paragraphs, a gap, the part of a heading that
/// has room beside it; a note's line, what parts two notes, a note in short; and how much higher than their stretch
/// notes may be, since white space is no hole yet.
const TEXT: usize = 15;
const PARTING: usize = 8;
const GAP: usize = 31;
const HEADING: usize = 200;
const NOTE: usize = 10;
const NOTE_PARTING: usize = 6;
const SHORT_NOTE: usize = 13;
const SLACK: usize = 20;

/// How many short notes stand beside a stretch, however small.
const FEWEST: usize = 3;

/// Part of the text, and what is said beside it.
#[derive(Serialize)]
pub(super) struct StretchView {
    /// The block with the notes; at the start of a text all those before the first note.
    blocks: Vec<BlockView>,
    beside: BesideView,
    /// The blocks without notes that follow.
    after: Vec<BlockView>,
}

/// A block of the text.
#[derive(Serialize)]
struct BlockView {
    /// `body` or `gap`.
    role: &'static str,
    html: Html,
}

/// The notes on a stretch.
#[derive(Default, Serialize)]
pub(super) struct BesideView {
    /// How many notes there are, folded or not.
    count: usize,
    notes: Vec<NoteView>,
    /// Notes that have no room beside it.
    folded: Vec<NoteView>,
    /// Whether there is only room for a line of each.
    dense: bool,
    /// The marks of the ratings, each once.
    marks: String,
    /// How much text stands after the last passage, in code points.
    rest: usize,
}

/// A stretch that is being made.
#[derive(Default)]
struct Stretch {
    blocks: Vec<BlockView>,
    notes: Vec<NoteView>,
    after: Vec<BlockView>,
    /// How high the text is.
    height: usize,
    /// How many code points of what is shown of the whole text stand before its last passage, and before its end.
    last: usize,
    end: usize,
}

/// What the site may show of the text, in order.
pub(super) fn stretches(at: &Vantage<'_>, source: &Source, blocks: &[ViewBlock]) -> Vec<StretchView> {
    let Some(text) = &source.text else { return Vec::new() };
    let mut ruler = Ruler::new(text.plain(), &source.shown);
    let mut views = Vec::new();
    let mut stretch = Stretch::default();
    for block in blocks {
        let is_gap = block.role == BlockRole::Gap;
        let start = if is_gap { stretch.end } else { ruler.points(block.plain.start) };
        let notes = notes_on(at, source, block, start, &mut ruler);
        let end = if is_gap { start } else { ruler.points(block.plain.end) };
        if !notes.is_empty() {
            views.extend(std::mem::take(&mut stretch).view());
            stretch.last = start + notes.iter().map(|note| note.lead).sum::<usize>();
        }
        stretch.end = end;
        stretch.height += height(block, end - start);
        stretch.add(BlockView { role: if is_gap { "gap" } else { "body" }, html: Html::new(&block.html) }, notes);
    }
    views.extend(stretch.view());
    views
}

/// The notes on passages in the title.
pub(super) fn beside_heading(at: &Vantage<'_>, source: &Source, title: Option<&ViewBlock>) -> BesideView {
    let marks = title.map_or(&[][..], |block| &block.marks);
    let notes = marks.iter().filter_map(|&n| notes::passage_note(at, source, n)).collect();
    beside(notes, HEADING, 0)
}

/// The notes on the passages that begin in a block, which has `start` code points before it.
fn notes_on(
    at: &Vantage<'_>,
    source: &Source,
    block: &ViewBlock,
    start: usize,
    ruler: &mut Ruler<'_>,
) -> Vec<NoteView> {
    let mut before = start;
    let note = |&n: &usize| {
        let mut note = notes::passage_note(at, source, n)?;
        let place = ruler.points(source.passages[n].placement.extent().start).max(before);
        note.lead = place - before;
        before = place;
        Some(note)
    };
    block.marks.iter().filter_map(note).collect()
}

impl Stretch {
    /// Appends a block; one with notes is the first.
    fn add(&mut self, block: BlockView, notes: Vec<NoteView>) {
        if self.notes.is_empty() {
            self.blocks.push(block);
            self.notes = notes;
        } else {
            self.after.push(block);
        }
    }

    /// The view; none of a stretch without text.
    fn view(self) -> Option<StretchView> {
        let rest = self.end.saturating_sub(self.last);
        let beside = beside(self.notes, self.height, rest);
        (!self.blocks.is_empty()).then_some(StretchView { blocks: self.blocks, beside, after: self.after })
    }
}

/// Notes beside a text of that height.
fn beside(mut notes: Vec<NoteView>, height: usize, rest: usize) -> BesideView {
    let (count, room) = (notes.len(), height + SLACK);
    let dense = notes.iter().map(note_height).sum::<usize>() > room;
    let fitting = (room / SHORT_NOTE).max(FEWEST);
    // A fold for one note takes the room that the note would.
    let folded = if dense && notes.len() > fitting + 1 { notes.split_off(fitting) } else { Vec::new() };
    let mut marks = String::new();
    for mark in notes.iter().chain(&folded).filter_map(|note| note.mark) {
        if !marks.contains(mark) {
            marks.push_str(mark);
        }
    }
    BesideView { count, notes, folded, dense, marks, rest }
}

fn height(block: &ViewBlock, points: usize) -> usize {
    match block.role {
        BlockRole::Gap => GAP,
        BlockRole::Title | BlockRole::Body => points.div_ceil(LINE) * TEXT + PARTING,
    }
}

fn note_height(note: &NoteView) -> usize {
    let lines = |text: &str, line: usize| text.chars().count().div_ceil(line);
    let against: usize =
        note.against.iter().map(|other| (other.label.len() + other.short.chars().count()).div_ceil(SMALL_LINE)).sum();
    let words = note.short.as_deref().unwrap_or(&note.link.title);
    (lines(words, NOTE_LINE) + 1 + against + usize::from(note.against_left > 0)) * NOTE + NOTE_PARTING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::view::RecordLink;

    fn notes(count: usize) -> Vec<NoteView> {
        let link = RecordLink { kind: "claim", href: String::new(), title: "A claim".to_owned(), rating: None };
        (0..count).map(|_| NoteView::plain(link.clone())).collect()
    }

    #[test]
    fn notes_with_room_are_open_and_others_short_or_folded() {
        let open = beside(notes(2), 60, 7);
        assert_eq!((open.notes.len(), open.folded.len(), open.dense, open.rest), (2, 0, false, 7));
        let short = beside(notes(6), 60, 0);
        assert_eq!((short.notes.len(), short.folded.len(), short.dense), (6, 0, true));
        let folded = beside(notes(40), 60, 0);
        assert_eq!((folded.notes.len(), folded.folded.len(), folded.dense), (6, 34, true));
        // A fold for one alone is none, and a few stand beside even a line.
        assert!(beside(notes(7), 60, 0).folded.is_empty());
        assert_eq!(beside(notes(40), 0, 0).notes.len(), FEWEST);
    }

    #[test]
    fn no_note_is_lost() {
        for count in 0..60 {
            for height in [0, 15, 100, 1000] {
                let beside = beside(notes(count), height, 0);
                assert_eq!(beside.notes.len() + beside.folded.len(), count);
            }
        }
    }
}
