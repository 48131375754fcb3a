//! Where along the sides of a box its edges begin and end, and at which end an edge has its label.

use super::Edge;
use super::acyclic::Forward;
use super::mesh::Mesh;
use crate::layout::Spacing;

/// The edges' ends, by chain.
pub(super) struct Ports {
    /// How far below the middle of its left item each chain begins.
    pub(super) leaving: Vec<i32>,
    /// How far below the middle of its right item it ends.
    pub(super) arriving: Vec<i32>,
    /// Whether it has its label at its left end.
    pub(super) is_left: Vec<bool>,
}

impl Ports {
    /// Puts each side's edges in the order of their other ends, and makes boxes as high as their edges need.
    pub(super) fn of(mesh: &mut Mesh, edges: &[Edge], forward: &[Forward], spacing: &Spacing) -> Self {
        // A label is where fewer edges are beside it.
        let is_left = |edge: &Forward| mesh.after[edge.left].len() <= mesh.before[edge.right].len();
        let is_left: Vec<bool> = forward.iter().map(is_left).collect();
        let (mut leaving, mut arriving) = (vec![0; forward.len()], vec![0; forward.len()]);
        for item in 0..mesh.boxes {
            let has_label = |chain: usize, left: bool| edges[forward[chain].edge].label > 0 && is_left[chain] == left;
            let after = side(mesh, &mesh.after[item], |chain| has_label(chain, true));
            let before = side(mesh, &mesh.before[item], |chain| has_label(chain, false));
            let need = |side: &[(usize, bool)]| side.iter().map(|&(_, label)| extent(label, spacing)).sum::<i32>();
            let height = mesh.sizes[item].height.max(need(&after)).max(need(&before));
            mesh.sizes[item].height = height;
            spread(&after, height, spacing, &mut leaving);
            spread(&before, height, spacing, &mut arriving);
        }
        Self { leaving, arriving, is_left }
    }
}

/// The chains at a side of an item from the top, each with whether it has its label there.
fn side(mesh: &Mesh, ends: &[(usize, usize)], has_label: impl Fn(usize) -> bool) -> Vec<(usize, bool)> {
    let mut ends = ends.to_vec();
    ends.sort_by_key(|&(chain, other)| (mesh.position[other], chain));
    ends.into_iter().map(|(chain, _)| (chain, has_label(chain))).collect()
}

/// The room that an end needs along its side.
fn extent(label: bool, spacing: &Spacing) -> i32 {
    if label { spacing.labels } else { spacing.lines }
}

/// Spreads the ends of a side about its middle.
fn spread(side: &[(usize, bool)], height: i32, spacing: &Spacing, ports: &mut [i32]) {
    let (labels, count) = (side.iter().filter(|(_, label)| *label).count(), side.len());
    let (labels, lines) = (i32::try_from(labels).unwrap_or(0), i32::try_from(count - labels).unwrap_or(0));
    let room = if lines > 0 { (height - labels * spacing.labels) / (lines + 1) } else { 0 };
    let line = room.clamp(spacing.lines, spacing.labels);
    let mut at = -(labels * spacing.labels + lines * line) / 2;
    for &(chain, label) in side {
        let extent = if label { spacing.labels } else { line };
        ports[chain] = at + extent / 2;
        at += extent;
    }
}
