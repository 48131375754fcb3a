//! Columns get their width, gaps the room that labels and bends need, and edges their points.

use super::acyclic::Forward;
use super::mesh::Mesh;
use super::ports::Ports;
use super::{Drawing, Edge};
use crate::layout::{Line, Point, Rect, Size, Spacing};

/// The gap after a column.
#[derive(Clone, Copy, Default)]
struct Gap {
    /// The straight part on its left, which holds labels.
    left: i32,
    /// The straight part on its right, which holds labels and heads.
    right: i32,
    /// The greatest difference of height that an edge has to make.
    climb: i32,
}

/// Draws the boxes and lines.
pub(super) fn draw(
    mesh: &Mesh,
    ports: &Ports,
    heights: &[i32],
    edges: &[Edge],
    forward: &[Forward],
    spacing: &Spacing,
) -> Drawing {
    let mut layer_of = vec![0; mesh.sizes.len()];
    for (layer, column) in mesh.layers.iter().enumerate() {
        column.iter().for_each(|&item| layer_of[item] = layer);
    }
    let levels: Vec<Vec<i32>> = (0..mesh.chains.len()).map(|chain| levels(mesh, ports, heights, chain)).collect();
    let label = |chain: usize| edges[forward[chain].edge].label;
    let mut gaps = vec![Gap { left: spacing.margin, right: spacing.head, climb: 0 }; mesh.layers.len()];
    for (chain, items) in mesh.chains.iter().enumerate() {
        let room = label(chain) + 2 * spacing.margin;
        let (first, last) = (layer_of[items[0]], layer_of[items[items.len() - 2]]);
        if label(chain) > 0 && ports.is_left[chain] {
            gaps[first].left = gaps[first].left.max(room);
        } else if label(chain) > 0 {
            gaps[last].right = gaps[last].right.max(room + spacing.head);
        }
        if forward[chain].is_turned {
            gaps[first].left = gaps[first].left.max(spacing.head + if ports.is_left[chain] { room } else { 0 });
        }
        for (at, part) in levels[chain].windows(2).enumerate() {
            let gap = &mut gaps[first + at];
            gap.climb = gap.climb.max((part[1] - part[0]).abs());
        }
    }
    let columns = columns(mesh, &gaps, spacing);
    let mut drawing = Drawing {
        boxes: (0..mesh.boxes).map(|item| rect(mesh.sizes[item], columns[layer_of[item]].0, heights[item])).collect(),
        lines: vec![Line::default(); edges.len()],
        columns: mesh.layers.iter().map(|it| it.iter().copied().filter(|&item| mesh.is_box(item)).collect()).collect(),
        size: Size::default(),
    };
    for (chain, edge) in forward.iter().enumerate() {
        let first = layer_of[edge.left];
        let track = Track { levels: &levels[chain], columns: &columns[first..], gaps: &gaps[first..] };
        let boxes = (drawing.boxes[edge.left], drawing.boxes[edge.right]);
        drawing.lines[edge.edge] = track.line(boxes, label(chain), ports.is_left[chain], edge.is_turned, spacing);
    }
    let right = drawing.boxes.iter().map(Rect::right).max().unwrap_or(0);
    let low = drawing.lines.iter().flat_map(|line| &line.points).map(|point| point.y);
    let bottom = drawing.boxes.iter().map(Rect::bottom).chain(low).max().unwrap_or(0);
    drawing.size = Size { width: right, height: bottom };
    drawing
}

/// The height of a chain in each column that it meets.
fn levels(mesh: &Mesh, ports: &Ports, heights: &[i32], chain: usize) -> Vec<i32> {
    let items = &mesh.chains[chain];
    let mut levels: Vec<i32> = items.iter().map(|&item| heights[item]).collect();
    if let [first, .., last] = &mut levels[..] {
        *first += ports.leaving[chain];
        *last += ports.arriving[chain];
    }
    levels
}

/// The left and right edge of each column.
fn columns(mesh: &Mesh, gaps: &[Gap], spacing: &Spacing) -> Vec<(i32, i32)> {
    let mut x = 0;
    let column = |(items, gap): (&Vec<usize>, &Gap)| {
        let width = items.iter().map(|&item| mesh.sizes[item].width).max().unwrap_or(0);
        let edges = (x, x + width);
        // The higher an edge has to climb, the longer it takes, within bounds.
        x += width + gap.left + gap.right + spacing.bend + (gap.climb / 5).min(2 * spacing.bend);
        edges
    };
    mesh.layers.iter().zip(gaps).map(column).collect()
}

fn rect(size: Size, x: i32, middle: i32) -> Rect {
    Rect { corner: Point { x, y: middle - size.height / 2 }, size }
}

/// The way of an edge, from the column in which it begins.
struct Track<'a> {
    levels: &'a [i32],
    columns: &'a [(i32, i32)],
    gaps: &'a [Gap],
}

impl Track<'_> {
    fn line(&self, (left, right): (Rect, Rect), label: i32, is_left: bool, is_turned: bool, spacing: &Spacing) -> Line {
        let mut points = vec![Point { x: left.right(), y: self.levels[0] }];
        for (at, part) in self.levels.windows(2).enumerate() {
            let (begin, end) = (self.columns[at].1 + self.gaps[at].left, self.columns[at + 1].0 - self.gaps[at].right);
            points.push(Point { x: begin, y: part[0] });
            points.push(Point { x: end, y: part[1] });
        }
        let last = self.levels.len() - 1;
        points.push(Point { x: right.corner.x, y: self.levels[last] });
        // Where the head is depends on the edge's own direction.
        let (head_left, head_right) = if is_turned { (spacing.head, 0) } else { (0, spacing.head) };
        let middle = match is_left {
            true => (self.columns[0].1 + spacing.margin + head_left + label / 2, self.levels[0]),
            false => (self.columns[last].0 - spacing.margin - head_right - label / 2, self.levels[last]),
        };
        points.dedup();
        if is_turned {
            points.reverse();
        }
        Line { points, label: (label > 0).then_some(Point { x: middle.0, y: middle.1 }) }
    }
}
