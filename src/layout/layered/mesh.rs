//! Boxes in columns, and a place in each column for every edge that passes it, so that edges lead from one column to the
//! next alone.

use super::acyclic::Forward;
use crate::layout::Size;

/// Boxes and the places of passing edges, called items.
#[derive(Clone, Debug)]
pub(super) struct Mesh {
    /// Their sizes; the first ones are the boxes, and a place of an edge has none.
    pub(super) sizes: Vec<Size>,
    /// How many of them are boxes.
    pub(super) boxes: usize,
    /// The items of each column, from the top.
    pub(super) layers: Vec<Vec<usize>>,
    /// Each item's index in its column.
    pub(super) position: Vec<usize>,
    /// For each edge that is drawn its items from left to right.
    pub(super) chains: Vec<Vec<usize>>,
    /// The parts of edges that arrive at each item from the left: the chain, and the item at the other end.
    pub(super) before: Vec<Vec<(usize, usize)>>,
    /// Those that leave it to the right.
    pub(super) after: Vec<Vec<(usize, usize)>>,
}

impl Mesh {
    pub(super) fn new(boxes: &[Size], forward: &[Forward], layer: &[usize]) -> Self {
        let mut layers = vec![Vec::new(); layer.iter().max().map_or(0, |last| last + 1)];
        for (n, &layer) in layer.iter().enumerate() {
            layers[layer].push(n);
        }
        let mut sizes = boxes.to_vec();
        let mut chains = Vec::with_capacity(forward.len());
        for edge in forward {
            let mut chain = vec![edge.left];
            for column in &mut layers[layer[edge.left] + 1..layer[edge.right]] {
                column.push(sizes.len());
                chain.push(sizes.len());
                sizes.push(Size::default());
            }
            chain.push(edge.right);
            chains.push(chain);
        }
        let (mut before, mut after) = (vec![Vec::new(); sizes.len()], vec![Vec::new(); sizes.len()]);
        for (n, chain) in chains.iter().enumerate() {
            for part in chain.windows(2) {
                after[part[0]].push((n, part[1]));
                before[part[1]].push((n, part[0]));
            }
        }
        let mut mesh =
            Self { position: vec![0; sizes.len()], sizes, boxes: boxes.len(), layers, chains, before, after };
        mesh.number();
        mesh
    }

    /// Puts down each item's index in its column.
    pub(super) fn number(&mut self) {
        for column in &self.layers {
            for (at, &item) in column.iter().enumerate() {
                self.position[item] = at;
            }
        }
    }

    /// Whether an item is a box.
    pub(super) fn is_box(&self, item: usize) -> bool {
        item < self.boxes
    }
}
