//! A claim → its local map: what bears on it, the claim, what it bears on, in columns.

use std::sync::Arc;

use serde::Serialize;

use super::svg::{Boxed, Item, Svg};
use super::{SPACING, Tie, TieLabel, claim_item, claim_words, key, size};
use crate::dossier::{Claim, ClaimIx};
use crate::layout::columns::{Beside, columns};
use crate::layout::{Point, Size};
use crate::render::html::Html;
use crate::render::pieces::Piece;
use crate::render::terms;
use crate::render::vantage::Vantage;
use crate::terms::Polarity;

/// The claims of a column. There may be thousands, and the page lists them all.
const MOST: usize = 8;

/// How wide a box is.
const WIDTH: i32 = 196;

/// The local map.
#[derive(Debug, Serialize)]
pub(in crate::render) struct MapView {
    /// The picture.
    svg: Html,
    /// What its lines stand for.
    key: Option<Piece>,
    /// How many claims bear on it that are not drawn.
    more_before: usize,
    /// How many claims that it bears on are not drawn.
    more_after: usize,
}

/// The local map of a claim; none where it stands under no relation.
pub(in crate::render) fn view(at: &Vantage<'_>, ix: ClaimIx) -> Option<MapView> {
    let claim = at.claim(ix);
    let (before, more_before) = choose(at, incoming(at, ix, claim));
    let (after, more_after) = choose(at, outgoing(ix, claim));
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let before = Side::of(at, &before, |tie| tie.from);
    let after = Side::of(at, &after, |tie| tie.to);
    let here = Item { class: "node here".to_owned(), href: None, words: claim_words(at, claim, WIDTH, "") };
    let laid_out = columns(&before.boxes, size(&here.words, WIDTH), &after.boxes, &SPACING);
    let top = HEADING;
    let bottom = if more_before + more_after > 0 { MORE } else { 0 };
    let whole = Size { height: laid_out.size.height + bottom, ..laid_out.size };
    let mut svg = Svg::new("map", whole, top, "The claims around this one");
    let heading = |svg: &mut Svg, x: i32, y: i32, words: &str| svg.words("heading", Point { x, y: y - 10 }, words);
    let more = |svg: &mut Svg, x: i32, more: usize| {
        svg.words("more", Point { x, y: whole.height - 4 }, &format!("and {}", terms::number(more, "more", "more")));
    };
    if let Some(first) = laid_out.before.first() {
        heading(&mut svg, first.corner.x, first.corner.y, "What bears on it");
        for (n, rect) in laid_out.before.iter().enumerate() {
            svg.boxed(&before.items[n], rect.corner);
            svg.line(&laid_out.arriving[n], before.labels[n].stroke());
        }
        if more_before > 0 {
            more(&mut svg, first.corner.x, more_before);
        }
    }
    heading(&mut svg, laid_out.centre.corner.x, laid_out.centre.corner.y, "This claim");
    svg.item(&here, &laid_out.centre);
    if let Some(first) = laid_out.after.first() {
        heading(&mut svg, first.corner.x, first.corner.y, "What it bears on");
        for (n, rect) in laid_out.after.iter().enumerate() {
            svg.line(&laid_out.leaving[n], after.labels[n].stroke());
            svg.boxed(&after.items[n], rect.corner);
        }
        if more_after > 0 {
            more(&mut svg, first.corner.x, more_after);
        }
    }
    let key = key(at, before.labels.iter().chain(&after.labels));
    Some(MapView { svg: svg.finish(), key, more_before, more_after })
}

/// Above the columns, for their headings.
const HEADING: i32 = 24;

/// Below them, for what is not drawn.
const MORE: i32 = 26;

/// A column's boxes with what they say.
struct Side {
    items: Vec<Arc<Boxed>>,
    labels: Vec<TieLabel>,
    boxes: Vec<Beside>,
}

impl Side {
    fn of(at: &Vantage<'_>, ties: &[Tie<'_>], other: impl Fn(&Tie<'_>) -> ClaimIx) -> Self {
        let boxed = |ix| {
            let item = claim_item(at, ix, WIDTH, "");
            Boxed::of(&item, size(&item.words, WIDTH))
        };
        let item = |ix| at.pieces.boxed(ix, || boxed(ix));
        let items: Vec<Arc<Boxed>> = ties.iter().map(|tie| item(other(tie))).collect();
        let labels: Vec<TieLabel> = ties.iter().map(|tie| tie.label(at)).collect();
        let beside = |(item, label): (&Arc<Boxed>, &TieLabel)| Beside { size: item.size, label: label.width };
        Self { boxes: items.iter().zip(&labels).map(beside).collect(), items, labels }
    }
}

/// What other claims do to this one: a tie a claim.
fn incoming<'a>(at: &'a Vantage<'_>, ix: ClaimIx, claim: &'a Claim) -> impl Iterator<Item = Tie<'a>> {
    claim.related_by.chunk_by(|a, b| a.0 == b.0).filter_map(move |of_claim| {
        let from = of_claim.first()?.0;
        let relations = &at.claim(from).relations;
        let relations: Vec<_> = of_claim.iter().filter_map(|&(_, n)| Some((n, relations.get(n)?))).collect();
        (!relations.is_empty()).then_some(Tie { from, to: ix, relations })
    })
}

/// What it does to others: a tie a claim.
fn outgoing(ix: ClaimIx, claim: &Claim) -> impl Iterator<Item = Tie<'_>> {
    let mut relations: Vec<_> = claim.relations.iter().enumerate().collect();
    relations.sort_by_key(|(_, relation)| relation.claim);
    let mut ties: Vec<Tie<'_>> = relations
        .chunk_by(|a, b| a.1.claim == b.1.claim)
        .filter_map(|of_claim| Some(Tie { from: ix, to: of_claim.first()?.1.claim, relations: of_claim.to_vec() }))
        .collect();
    // As the record lists them.
    ties.sort_by_key(|tie| tie.relations.first().map(|(n, _)| *n));
    ties.into_iter()
}

/// The ties that are drawn, and how many are not: what speaks against comes first, then what speaks for.
fn choose<'a>(at: &Vantage<'_>, ties: impl Iterator<Item = Tie<'a>>) -> (Vec<Tie<'a>>, usize) {
    let mut by_polarity = [Vec::new(), Vec::new(), Vec::new()];
    let mut count = 0;
    for tie in ties {
        count += 1;
        let chosen = &mut by_polarity[match tie.polarity(at) {
            Polarity::Against => 0,
            Polarity::For => 1,
            Polarity::Neutral => 2,
        }];
        if chosen.len() < MOST {
            chosen.push(tie);
        }
    }
    let chosen: Vec<Tie<'a>> = by_polarity.into_iter().flatten().take(MOST).collect();
    let more = count - chosen.len();
    (chosen, more)
}
