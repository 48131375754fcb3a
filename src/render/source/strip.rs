//! Where in a text its passages are: a strip of ticks along its length.

use serde::Serialize;

use super::ruler::Ruler;
use crate::dossier::{Passage, QuotedBy, Source};
use crate::render::vantage::Vantage;
use crate::terms::{Publish, Tone};

/// How many ticks there are at most: more could not be told apart, or hit.
const TICKS: usize = 160;

/// The tones that a tick shows of several, the most telling first.
const TELLING: [&str; 7] = ["bad", "poor", "mixed", "good", "fair", "neutral", "none"];

/// A place in the text where one passage begins, or several so near to each other that they share a tick.
#[derive(Serialize)]
pub(super) struct TickView {
    /// The first of the passages.
    href: String,
    /// How far into the text that is, in per cent, with one decimal.
    at: String,
    /// The most telling tone; none where only records other than claims quote.
    tone: Option<&'static str>,
    /// The labels of the first passage and of the last.
    label: String,
}

/// The ticks, in order; none for a text that is not shown.
pub(super) fn strip(at: &Vantage<'_>, source: &Source) -> Vec<TickView> {
    let Some(text) = source.text.as_ref().filter(|_| source.publish != Publish::Record) else { return Vec::new() };
    let mut ruler = Ruler::new(text.plain(), &source.shown);
    let places: Vec<usize> =
        source.passages.iter().map(|passage| ruler.points(passage.placement.extent().start)).collect();
    let total = ruler.points(text.plain().len()).max(1);
    let slot = |n: usize| places[n] * TICKS / (total + 1);
    let mut ticks = Vec::new();
    let mut first = 0;
    while first < places.len() {
        let count = (first..places.len()).take_while(|&n| slot(n) == slot(first)).count().max(1);
        let permille = places[first] * 1000 / total;
        ticks.push(TickView {
            href: at.reference(at.path, Some(&source.passages[first].fragment)),
            at: format!("{}.{}", permille / 10, permille % 10),
            tone: tone(at, &source.passages[first..first + count]),
            label: label(at, source, first, first + count - 1),
        });
        first += count;
    }
    ticks
}

fn tone(at: &Vantage<'_>, passages: &[Passage]) -> Option<&'static str> {
    let tones = passages.iter().filter_map(|passage| match passage.quoted_by {
        QuotedBy::Appearance(ix, _) => Some(super::tone(at, ix).map_or("none", Tone::word)),
        QuotedBy::Quotation(..) => None,
    });
    tones.min_by_key(|tone| TELLING.iter().position(|telling| telling == tone))
}

fn label(at: &Vantage<'_>, source: &Source, first: usize, last: usize) -> String {
    let label = |n: usize| super::label(at, n, source.passages[n].quoted_by);
    if first == last { label(first) } else { format!("{}–{}", label(first), label(last)) }
}
