//! The order of each column from the top, such that few edges cross.

use super::mesh::Mesh;

/// How often all columns are put in order by their neighbours, forth or back.
const SWEEPS: usize = 12;

/// How often all pairs of neighbours in a column are tried the other way round.
const EXCHANGES: usize = 6;

/// Orders the columns of a mesh.
pub(super) fn order(mesh: &mut Mesh) {
    walk(mesh);
    let mut best = (crossings(mesh), mesh.layers.clone());
    for sweep in 0..SWEEPS {
        if best.0 == 0 {
            break;
        }
        by_neighbours(mesh, sweep % 2 == 0);
        exchange(mesh);
        let found = crossings(mesh);
        if found < best.0 {
            best = (found, mesh.layers.clone());
        }
    }
    mesh.layers = best.1;
    mesh.number();
}

/// The order in which a walk along the edges meets the items: what hangs together stands together, and a tree has no
/// crossings.
fn walk(mesh: &mut Mesh) {
    let mut layer_of = vec![0; mesh.sizes.len()];
    for (layer, column) in mesh.layers.iter().enumerate() {
        column.iter().for_each(|&item| layer_of[item] = layer);
    }
    let mut met = vec![false; mesh.sizes.len()];
    let mut ordered = vec![Vec::new(); mesh.layers.len()];
    let mut stack = Vec::new();
    for start in 0..mesh.boxes {
        stack.push(start);
        while let Some(item) = stack.pop() {
            if std::mem::replace(&mut met[item], true) {
                continue;
            }
            ordered[layer_of[item]].push(item);
            let around = mesh.after[item].iter().chain(&mesh.before[item]);
            stack.extend(around.rev().map(|&(_, other)| other).filter(|&other| !met[other]));
        }
    }
    mesh.layers = ordered;
    mesh.number();
}

/// Puts each column in the order of the middle of its items' neighbours in the column before, or after.
fn by_neighbours(mesh: &mut Mesh, forth: bool) {
    let count = mesh.layers.len();
    for step in 1..count {
        let layer = if forth { step } else { count - 1 - step };
        let sides = if forth { &mesh.before } else { &mesh.after };
        let middle = |item: usize| {
            let around = &sides[item];
            let sum: usize = around.iter().map(|&(_, other)| 2 * mesh.position[other]).sum();
            // Thousandths, so that whole numbers tell them apart; without neighbours an item stays where it is.
            if around.is_empty() { 2000 * mesh.position[item] } else { 1000 * sum / around.len() }
        };
        let mut column: Vec<(usize, usize)> = mesh.layers[layer].iter().map(|&item| (middle(item), item)).collect();
        column.sort_by_key(|&(middle, _)| middle);
        for (at, &(_, item)) in column.iter().enumerate() {
            mesh.layers[layer][at] = item;
            mesh.position[item] = at;
        }
    }
}

/// Exchanges neighbours in a column wherever that takes crossings away.
fn exchange(mesh: &mut Mesh) {
    for _ in 0..EXCHANGES {
        let mut is_better = false;
        for layer in 0..mesh.layers.len() {
            for at in 1..mesh.layers[layer].len() {
                let (upper, lower) = (mesh.layers[layer][at - 1], mesh.layers[layer][at]);
                if between(mesh, upper, lower) > between(mesh, lower, upper) {
                    mesh.layers[layer].swap(at - 1, at);
                    mesh.position.swap(upper, lower);
                    is_better = true;
                }
            }
        }
        if !is_better {
            return;
        }
    }
}

/// The crossings of the edges of two items of a column, one above the other.
fn between(mesh: &Mesh, upper: usize, lower: usize) -> usize {
    let crossing = |sides: &[Vec<(usize, usize)>]| -> usize {
        let above =
            |other: usize| sides[lower].iter().filter(|&&(_, it)| mesh.position[it] < mesh.position[other]).count();
        sides[upper].iter().map(|&(_, other)| above(other)).sum()
    };
    crossing(&mesh.before) + crossing(&mesh.after)
}

/// All crossings.
fn crossings(mesh: &Mesh) -> usize {
    let mut count = 0;
    let mut met: Vec<usize> = Vec::new();
    for column in &mesh.layers {
        // Edges from the top of this column on cross those met before that end below them.
        met.clear();
        for &item in column {
            let known = met.len();
            for &(_, other) in &mesh.after[item] {
                let end = mesh.position[other];
                count += met[..known].iter().filter(|&&it| it > end).count();
                met.push(end);
            }
        }
    }
    count
}
