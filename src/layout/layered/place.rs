//! How high each item stands: each as level with its neighbours as the others of its column let it be.

use super::mesh::Mesh;
use super::ports::Ports;
use crate::layout::Spacing;

/// How often all columns are moved forth and back at most, each time level with those on one side.
const ROUNDS: usize = 4;

/// Parts of a unit in which heights are worked out.
const PARTS: i64 = 64;

/// The middle of each item, in units from the top of the picture.
pub(super) fn place(mesh: &Mesh, ports: &Ports, spacing: &Spacing) -> Vec<i32> {
    let mut places = Places { mesh, ports, at: vec![0; mesh.sizes.len()], offsets: Vec::new() };
    places.offsets = mesh.layers.iter().map(|column| offsets(mesh, column, spacing)).collect();
    for (column, offsets) in mesh.layers.iter().zip(&places.offsets) {
        let middle = offsets.last().copied().unwrap_or(0) / 2;
        column.iter().zip(offsets).for_each(|(&item, offset)| places.at[item] = offset - middle);
    }
    for _ in 0..ROUNDS {
        let before = places.at.clone();
        places.sweep(true, false);
        places.sweep(false, false);
        // What moved nothing moves nothing the next time.
        if places.at == before {
            break;
        }
    }
    // At last columns look both ways, so that none hangs on the one before alone.
    places.sweep(true, true);
    places.sweep(false, true);
    let half = |item: usize| mesh.sizes[item].height / 2;
    let units: Vec<i32> = places.at.iter().map(|at| i32::try_from(at.div_euclid(PARTS)).unwrap_or(0)).collect();
    let top = units.iter().enumerate().map(|(item, at)| at - half(item)).min().unwrap_or(0);
    units.into_iter().map(|at| at - top).collect()
}

/// How far below the first of its column each item stands at least, in parts.
fn offsets(mesh: &Mesh, column: &[usize], spacing: &Spacing) -> Vec<i64> {
    let mut offset = 0;
    let mut offsets = vec![0; column.len()];
    for (at, two) in column.windows(2).enumerate() {
        let gap = match (mesh.is_box(two[0]), mesh.is_box(two[1])) {
            (true, true) => spacing.row,
            (false, false) => spacing.lines.max(spacing.labels / 2),
            _ => spacing.row.max(spacing.labels / 2),
        };
        let height = mesh.sizes[two[0]].height + mesh.sizes[two[1]].height + 1;
        offset += i64::from(height / 2 + gap) * PARTS;
        offsets[at + 1] = offset;
    }
    offsets
}

struct Places<'a> {
    mesh: &'a Mesh,
    ports: &'a Ports,
    /// The items' middles, in parts.
    at: Vec<i64>,
    /// Of each column.
    offsets: Vec<Vec<i64>>,
}

impl Places<'_> {
    /// Moves all columns, from the first or from the last one on, to be level with those passed or with those on both
    /// sides.
    fn sweep(&mut self, forth: bool, both: bool) {
        let count = self.mesh.layers.len();
        for step in 0..count {
            let layer = if forth { step } else { count - 1 - step };
            self.level(layer, forth || both, !forth || both);
        }
    }

    /// Moves the items of a column to where they are nearest to level with their neighbours: the least sum of squares
    /// that keeps them apart, by pooling adjacent violators.
    fn level(&mut self, layer: usize, with_before: bool, with_after: bool) {
        // Runs of items that stand as close as they may: the sum of what they want, their weight, how many they are.
        let mut runs: Vec<(i64, i64, usize)> = Vec::with_capacity(self.offsets[layer].len());
        for (&item, offset) in self.mesh.layers[layer].iter().zip(&self.offsets[layer]) {
            let (wanted, weight) = self.wanted(item, with_before, with_after);
            let mut run = (wanted - offset * weight, weight, 1);
            while let Some(&above) = runs.last()
                && above.0.div_euclid(above.1) > run.0.div_euclid(run.1)
            {
                run = (run.0 + above.0, run.1 + above.1, run.2 + above.2);
                runs.pop();
            }
            runs.push(run);
        }
        let places = runs.iter().flat_map(|run| std::iter::repeat_n(run.0.div_euclid(run.1), run.2));
        for ((&item, offset), place) in self.mesh.layers[layer].iter().zip(&self.offsets[layer]).zip(places) {
            self.at[item] = place + offset;
        }
    }

    /// Where the edges of an item want it, times their weight, and that weight. A long edge weighs more: its bends are
    /// what the eye follows.
    fn wanted(&self, item: usize, with_before: bool, with_after: bool) -> (i64, i64) {
        let (mut sum, mut weight) = (0, 0);
        let mut add = |left: usize, right: usize, to: i64| {
            let bends = [left, right].iter().filter(|&&end| !self.mesh.is_box(end)).count();
            let own = [1, 3, 8][bends.min(2)];
            sum += to * own;
            weight += own;
        };
        let port = |ports: &[i32], chain: usize, end: usize| match self.mesh.is_box(end) {
            true => i64::from(ports[chain]) * PARTS,
            false => 0,
        };
        for &(chain, other) in self.mesh.before[item].iter().filter(|_| with_before) {
            let level = self.at[other] + port(&self.ports.leaving, chain, other);
            add(other, item, level - port(&self.ports.arriving, chain, item));
        }
        for &(chain, other) in self.mesh.after[item].iter().filter(|_| with_after) {
            let level = self.at[other] + port(&self.ports.arriving, chain, other);
            add(item, other, level - port(&self.ports.leaving, chain, item));
        }
        if weight == 0 { (self.at[item], 1) } else { (sum, weight) }
    }
}
