//! Each box's column, counted from 0: to the right of every box that leads to it.

use super::acyclic::Forward;

/// The first column that the edges allow; what leads nowhere stands in the last.
pub(super) fn stages(boxes: usize, forward: &[Forward]) -> Vec<usize> {
    let mut layers = first(boxes, forward);
    let last = layers.iter().copied().max().unwrap_or(0);
    let mut leads = vec![false; boxes];
    forward.iter().for_each(|edge| leads[edge.left] = true);
    for (layer, _) in layers.iter_mut().zip(&leads).filter(|(_, leads)| !**leads) {
        *layer = last;
    }
    layers
}

/// The columns that keep edges short.
///
/// Boxes that are joined by edges of one column move together, to the side to which more edges pull them, until an edge
/// of theirs is as short as can be: then they are joined to more. So each move leaves fewer groups, and in the end all
/// that hangs together is joined: the tight tree with which Gansner et al. (1993) begin.
pub(super) fn near(boxes: usize, forward: &[Forward]) -> Vec<usize> {
    let mut layers: Vec<i64> =
        first(boxes, forward).into_iter().map(|layer| i64::try_from(layer).unwrap_or(0)).collect();
    for _ in 0..boxes {
        let group = groups(&layers, forward);
        let Some((moved, by)) = best_move(&layers, forward, &group) else { break };
        for (layer, _) in layers.iter_mut().zip(&group).filter(|(_, of)| **of == moved) {
            *layer += by;
        }
    }
    let least = layers.iter().copied().min().unwrap_or(0);
    layers.into_iter().map(|layer| usize::try_from(layer - least).unwrap_or(0)).collect()
}

/// The longest way to each box. `forward` is in an order in which a box's arriving edges come before the leaving ones.
fn first(boxes: usize, forward: &[Forward]) -> Vec<usize> {
    let mut layers = vec![0; boxes];
    for edge in forward {
        layers[edge.right] = layers[edge.right].max(layers[edge.left] + 1);
    }
    layers
}

fn slack(layers: &[i64], edge: &Forward) -> i64 {
    layers[edge.right] - layers[edge.left] - 1
}

/// For each box the first box of those that it is joined to by edges without slack.
fn groups(layers: &[i64], forward: &[Forward]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..layers.len()).collect();
    loop {
        let mut changed = false;
        for edge in forward.iter().filter(|edge| slack(layers, edge) == 0) {
            let least = group[edge.left].min(group[edge.right]);
            changed |= group[edge.left] != least || group[edge.right] != least;
            group[edge.left] = least;
            group[edge.right] = least;
        }
        if !changed {
            return group;
        }
    }
}

/// The group that edges pull to one side the most, and how far it can go; none where all edges are without slack.
fn best_move(layers: &[i64], forward: &[Forward], group: &[usize]) -> Option<(usize, i64)> {
    let mut pull = vec![(0i64, i64::MAX, i64::MAX); layers.len()];
    for edge in forward.iter().filter(|edge| group[edge.left] != group[edge.right]) {
        let slack = slack(layers, edge);
        let left = &mut pull[group[edge.left]];
        (left.0, left.1) = (left.0 + 1, left.1.min(slack));
        let right = &mut pull[group[edge.right]];
        (right.0, right.2) = (right.0 - 1, right.2.min(slack));
    }
    let pulled = pull.iter().enumerate().filter(|(_, it)| it.1 < i64::MAX || it.2 < i64::MAX);
    let (n, &(balance, to_right, to_left)) = pulled.max_by_key(|(n, it)| (it.0.abs(), std::cmp::Reverse(*n)))?;
    let goes_right = to_left == i64::MAX || (balance > 0 && to_right < i64::MAX);
    Some((n, if goes_right { to_right } else { -to_left }))
}
