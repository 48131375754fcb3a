//! The map: each connected group of claims under relations as a picture, with the same as a list.
//!
//! A picture has at most [`DRAWN`] claims. Of a larger group it shows the claim with the most relations and, one by one,
//! whichever claim next to those shown has the most; the page says how many are left out.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::svg::{Item, Svg};
use super::{SPACING, Tie, TieLabel, claim_item, key, size};
use crate::diag::Diagnostic;
use crate::dossier::{ClaimIx, RecordRef};
use crate::layout::Size;
use crate::layout::layered::{Columns, Edge, layered};
use crate::render::html::Html;
use crate::render::lists::numbered;
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::render::view::Pager;
use crate::route::{DRAWN, Route};

/// The ties that a picture draws at most: more are no picture.
const MOST_TIES: usize = 100;

/// The claims that are named of those that a picture leaves out.
const FURTHER: usize = 12;

/// How wide a box is.
const WIDTH: i32 = 180;

#[derive(Serialize)]
struct MapPage {
    groups: Vec<GroupView>,
    /// Of the whole map.
    count: usize,
    /// The claims that stand under no relation.
    alone: usize,
    pager: Option<Pager>,
}

/// A connected group.
#[derive(Serialize)]
struct GroupView {
    id: String,
    /// The claim with the most relations.
    centre: ClaimLink,
    /// How many claims it has.
    claims: usize,
    svg: Html,
    /// What its lines stand for.
    key: Option<Piece>,
    ties: Vec<TieView>,
    /// How many of its claims are not drawn.
    left_out: usize,
    /// Those of them that have the most relations.
    further: Vec<ClaimLink>,
}

/// A claim in few words.
#[derive(Serialize)]
struct ClaimLink {
    href: String,
    short: String,
    rating: Piece,
}

/// What one claim does to another.
#[derive(Serialize)]
struct TieView {
    from: ClaimLink,
    label: String,
    polarity: &'static str,
    /// The relation in the page of the claim that states it.
    href: String,
    to: ClaimLink,
}

pub(in crate::render) fn render(at: &Vantage<'_>, page: usize) -> Result<Vec<u8>, Diagnostic> {
    let (before, groups) = at.routes.mapped_groups(page);
    let (count, alone) = at.routes.map_counts();
    let view = MapPage {
        groups: groups.iter().enumerate().map(|(n, group)| self::group(at, before + n + 1, group)).collect(),
        count,
        alone,
        pager: at.pager(page, at.routes.map_pages(), Route::Map),
    };
    at.finish(&at.page("map", "map", numbered("Map", page)), "map", &view)
}

fn group(at: &Vantage<'_>, number: usize, group: &[ClaimIx]) -> GroupView {
    let (drawn, ties) = choose(at, group);
    let shown: FxHashSet<ClaimIx> = drawn.iter().copied().collect();
    let mut further: Vec<ClaimIx> = group.iter().copied().filter(|ix| !shown.contains(ix)).collect();
    let left_out = further.len();
    further.sort_by_key(|&ix| (Reverse(degree(at, ix)), ix));
    further.truncate(FURTHER);
    let labels: Vec<TieLabel> = ties.iter().map(|tie| tie.label(at)).collect();
    let (svg, order) = draw(at, &drawn, &ties, &labels, left_out > 0);
    let tie = |&n: &usize| TieView {
        from: link(at, ties[n].from),
        label: labels[n].words.clone(),
        polarity: labels[n].polarity.word(),
        href: labels[n].href.clone(),
        to: link(at, ties[n].to),
    };
    GroupView {
        id: format!("q-Group-{number}"),
        centre: link(at, drawn[0]),
        claims: group.len(),
        svg,
        key: key(at, labels.iter()),
        ties: order.iter().map(tie).collect(),
        left_out,
        further: further.into_iter().map(|ix| link(at, ix)).collect(),
    }
}

fn link(at: &Vantage<'_>, ix: ClaimIx) -> ClaimLink {
    let claim = at.claim(ix);
    ClaimLink {
        href: at.record(RecordRef::Claim(ix), None),
        short: claim.short.to_string(),
        rating: at.rating(claim.rating()),
    }
}

/// How many relations a claim has, in both directions.
fn degree(at: &Vantage<'_>, ix: ClaimIx) -> usize {
    let claim = at.claim(ix);
    claim.relations.len() + claim.related_by.len()
}

/// The claims that are drawn, the one with the most relations first, and the ties between them.
fn choose<'a>(at: &Vantage<'a>, group: &[ClaimIx]) -> (Vec<ClaimIx>, Vec<Tie<'a>>) {
    let first = group.iter().copied().max_by_key(|&ix| (degree(at, ix), Reverse(ix)));
    let mut next: BinaryHeap<(usize, Reverse<ClaimIx>)> =
        first.iter().map(|&ix| (degree(at, ix), Reverse(ix))).collect();
    let mut known: FxHashSet<ClaimIx> = first.into_iter().collect();
    let mut drawn: Vec<ClaimIx> = Vec::new();
    while let Some((_, Reverse(ix))) = next.pop().filter(|_| drawn.len() < DRAWN) {
        drawn.push(ix);
        let claim = at.claim(ix);
        let around = claim.relations.iter().map(|relation| relation.claim);
        for other in around.chain(claim.related_by.iter().map(|&(other, _)| other)) {
            if known.insert(other) {
                next.push((degree(at, other), Reverse(other)));
            }
        }
    }
    let ties = ties(at, &drawn);
    let number: FxHashMap<ClaimIx, usize> = drawn.iter().copied().zip(0..).collect();
    // The first claims that have no more ties among each other than a picture may have; two always have few.
    let mut bring = vec![0; drawn.len()];
    ties.iter().for_each(|tie| bring[number[&tie.from].max(number[&tie.to])] += 1);
    let mut count = 0;
    let fitting = bring.iter().take_while(|&&ties| {
        count += ties;
        count <= MOST_TIES
    });
    drawn.truncate(fitting.count().max(2));
    let is_drawn = |ix: ClaimIx| number[&ix] < drawn.len();
    let ties = ties.into_iter().filter(|tie| is_drawn(tie.from) && is_drawn(tie.to)).collect();
    (drawn, ties)
}

/// All ties between claims, by the order of the claims that they come from.
fn ties<'a>(at: &Vantage<'a>, claims: &[ClaimIx]) -> Vec<Tie<'a>> {
    let number: FxHashMap<ClaimIx, usize> = claims.iter().copied().zip(0..).collect();
    let mut ties = Vec::new();
    for &from in claims {
        let relations = &at.dossier.claims[from.index()].relations;
        let mut relations: Vec<_> =
            relations.iter().enumerate().filter(|(_, it)| it.claim != from && number.contains_key(&it.claim)).collect();
        relations.sort_by_key(|(_, relation)| number[&relation.claim]);
        let tie = |of_claim: &[(usize, &'a _)]| {
            let to =
                of_claim.first().map_or(from, |(_, relation): &(usize, &'a crate::dossier::Relation)| relation.claim);
            Tie { from, to, relations: of_claim.to_vec() }
        };
        ties.extend(relations.chunk_by(|a, b| a.1.claim == b.1.claim).map(tie));
    }
    ties
}

/// The picture, and the ties in the order in which it has them.
fn draw(
    at: &Vantage<'_>,
    drawn: &[ClaimIx],
    ties: &[Tie<'_>],
    labels: &[TieLabel],
    is_part: bool,
) -> (Html, Vec<usize>) {
    let number: FxHashMap<ClaimIx, usize> = drawn.iter().copied().zip(0..).collect();
    let mut shown = vec![0; drawn.len()];
    for tie in ties {
        shown[number[&tie.from]] += tie.relations.len();
        shown[number[&tie.to]] += tie.relations.len();
    }
    let item = |(n, &ix): (usize, &ClaimIx)| {
        let hidden = degree(at, ix).saturating_sub(shown[n]);
        let beside = if is_part && hidden > 0 { format!(" · {hidden} more") } else { String::new() };
        let mut item = claim_item(at, ix, WIDTH, &beside);
        // Of two neither is in the middle.
        if n == 0 && drawn.len() > 2 {
            item.class.push_str(" centre");
        }
        item
    };
    let items: Vec<Item> = drawn.iter().enumerate().map(item).collect();
    let sizes: Vec<Size> = items.iter().map(|item| size(&item.words, WIDTH)).collect();
    let edge =
        |(tie, label): (&Tie<'_>, &TieLabel)| Edge { from: number[&tie.from], to: number[&tie.to], label: label.width };
    let edges: Vec<Edge> = ties.iter().zip(labels).map(edge).collect();
    let drawing = layered(&sizes, &edges, Columns::Near, &SPACING);
    let mut svg = Svg::new("group", drawing.size, 0, "Claims and what they do to each other");
    let mut order = Vec::with_capacity(ties.len());
    for &n in drawing.columns.iter().flatten() {
        svg.item(&items[n], &drawing.boxes[n]);
        for (tie, _) in edges.iter().enumerate().filter(|(_, edge)| edge.from == n) {
            svg.line(&drawing.lines[tie], labels[tie].stroke());
            order.push(tie);
        }
    }
    (svg.finish(), order)
}
