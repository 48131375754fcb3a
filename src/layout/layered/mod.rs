//! Any graph in columns from left to right, after Sugiyama, Tagawa and Toda (1981): lines that would close a circle are
//! turned round, every box gets a column after those that lead to it, a long line gets a place in each column that it
//! passes, the columns are ordered so that few lines cross, and the places moved so that lines are as level as can be.
//!
//! Each step is bounded, and where several choices are equally good the box that was given first comes first. With `n`
//! boxes and `e` lines the worst case is of the order of `n * n * e`, so it is for pictures and not for whole dossiers.

mod acyclic;
mod layers;
mod mesh;
mod order;
mod place;
mod ports;
mod routes;

use super::{Line, Rect, Size, Spacing};

/// A line of a graph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edge {
    /// The box that it leaves.
    pub from: usize,
    /// The box that it leads to.
    pub to: usize,
    /// How wide its label is; 0 for none.
    pub label: i32,
}

/// Which column a box gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Columns {
    /// The one that keeps lines short.
    Near,
    /// The first one that its lines allow; and what nothing leaves, the last one.
    Stages,
}

/// Where everything stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drawing {
    /// The whole.
    pub size: Size,
    /// The boxes as they were given; each is as high as its lines need.
    pub boxes: Vec<Rect>,
    /// The lines as they were given, each from its `from` to its `to`.
    pub lines: Vec<Line>,
    /// The boxes of each column from the top, from the first column on.
    pub columns: Vec<Vec<usize>>,
}

/// Lays a graph out. Lines between boxes that there are not are left without points.
pub fn layered(boxes: &[Size], edges: &[Edge], columns: Columns, spacing: &Spacing) -> Drawing {
    if boxes.is_empty() {
        return Drawing { lines: vec![Line::default(); edges.len()], ..Drawing::default() };
    }
    let forward = acyclic::forward(boxes.len(), edges);
    let layers = match columns {
        Columns::Near => layers::near(boxes.len(), &forward),
        Columns::Stages => layers::stages(boxes.len(), &forward),
    };
    let mut mesh = mesh::Mesh::new(boxes, &forward, &layers);
    order::order(&mut mesh);
    let ports = ports::Ports::of(&mut mesh, edges, &forward, spacing);
    let heights = place::place(&mesh, &ports, spacing);
    routes::draw(&mesh, &ports, &heights, edges, &forward, spacing)
}

#[cfg(test)]
mod tests;
