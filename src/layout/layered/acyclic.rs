//! Circles are opened: each edge gets a direction in which no edges lead in a circle.

use super::Edge;

/// An edge in the direction in which it runs from left to right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Forward {
    /// Which edge: an index into those that were given.
    pub(super) edge: usize,
    /// The box on the left.
    pub(super) left: usize,
    /// The box on the right.
    pub(super) right: usize,
    /// Whether that is against its own direction.
    pub(super) is_turned: bool,
}

/// The edges that are drawn, in the order of a sequence of all boxes in which few lead backwards: those are turned
/// round. Edges from a box to itself are left out, and those between boxes that there are not. Sorted by `left` in the
/// sequence, so that whoever goes through them meets a box's arriving edges before those that leave it.
pub(super) fn forward(boxes: usize, edges: &[Edge]) -> Vec<Forward> {
    let drawn = |edge: &Edge| edge.from != edge.to && edge.from < boxes && edge.to < boxes;
    let position = positions(boxes, &edges.iter().filter(|edge| drawn(edge)).copied().collect::<Vec<_>>());
    let turn = |(n, edge): (usize, &Edge)| {
        let is_turned = position[edge.from] > position[edge.to];
        let (left, right) = if is_turned { (edge.to, edge.from) } else { (edge.from, edge.to) };
        Forward { edge: n, left, right, is_turned }
    };
    let mut forward: Vec<Forward> = edges.iter().enumerate().filter(|(_, edge)| drawn(edge)).map(turn).collect();
    forward.sort_by_key(|it| (position[it.left], it.edge));
    forward
}

/// Each box's place in a sequence with few backward edges, after Eades, Lin and Smyth (1993): ends go to the end,
/// beginnings to the beginning, and then the box that begins the most edges for those that it ends.
fn positions(boxes: usize, edges: &[Edge]) -> Vec<usize> {
    let (mut leaving, mut arriving) = (vec![0i32; boxes], vec![0i32; boxes]);
    for edge in edges {
        leaving[edge.from] += 1;
        arriving[edge.to] += 1;
    }
    let mut rest: Vec<usize> = (0..boxes).collect();
    let (mut first, mut last) = (0, boxes);
    let mut position = vec![0; boxes];
    while !rest.is_empty() {
        let end = rest.iter().position(|&n| leaving[n] == 0 && arriving[n] > 0);
        let beginning = || rest.iter().position(|&n| arriving[n] == 0);
        let most = || {
            let balance = |&(at, &n): &(usize, &usize)| (leaving[n] - arriving[n], std::cmp::Reverse(at));
            rest.iter().enumerate().max_by_key(balance).map_or(0, |(at, _)| at)
        };
        let taken = rest.remove(end.or_else(beginning).unwrap_or_else(most));
        if end.is_some() {
            last -= 1;
            position[taken] = last;
        } else {
            position[taken] = first;
            first += 1;
        }
        for edge in edges.iter().filter(|edge| edge.from == taken || edge.to == taken) {
            if edge.from == taken {
                arriving[edge.to] -= 1;
            } else {
                leaving[edge.from] -= 1;
            }
        }
    }
    position
}
