//! Circles in a graph.

/// The circles of a graph with nodes `0..edges.len()`, `edges[n]` being what `n` leads to.
///
/// One for every edge that leads back to a node on the way to it, in depth-first order from node 0: taking those edges
/// out leaves no circle. A circle is given from its first node on, without that node again at its end.
pub(crate) fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    let mut done = vec![false; edges.len()];
    let mut on_path: Vec<Option<usize>> = vec![None; edges.len()];
    for root in 0..edges.len() {
        if done[root] {
            continue;
        }
        // The path as pairs of a node and how many of its edges were followed; no recursion, for a chain can be long.
        let mut path: Vec<(usize, usize)> = vec![(root, 0)];
        on_path[root] = Some(0);
        while let Some((node, followed)) = path.last_mut() {
            let node = *node;
            let Some(&next) = edges[node].get(*followed) else {
                done[node] = true;
                on_path[node] = None;
                path.pop();
                continue;
            };
            *followed += 1;
            if let Some(start) = on_path.get(next).copied().flatten() {
                found.push(path[start..].iter().map(|(node, _)| *node).collect());
            } else if done.get(next) == Some(&false) {
                on_path[next] = Some(path.len());
                path.push((next, 0));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_circle_is_given_once() {
        assert_eq!(cycles(&[vec![1], vec![2], vec![0]]), [[0, 1, 2]]);
    }

    #[test]
    fn a_node_can_lead_to_itself() {
        assert_eq!(cycles(&[vec![], vec![1]]), [[1]]);
    }

    #[test]
    fn two_ways_to_one_node_are_no_circle() {
        assert!(cycles(&[vec![1, 2], vec![3], vec![3], vec![]]).is_empty());
    }

    #[test]
    fn a_long_chain_does_not_overflow_the_stack() {
        let mut edges: Vec<Vec<usize>> = (1..=200_000).map(|next| vec![next]).collect();
        edges.push(vec![]);
        assert!(cycles(&edges).is_empty());
    }

    proptest! {
        #[test]
        fn taking_the_closing_edges_out_leaves_no_circle(
            mut edges in prop::collection::vec(prop::collection::vec(0usize..8, 0..5), 8)
        ) {
            for circle in cycles(&edges) {
                let (first, last) = (circle[0], circle[circle.len() - 1]);
                for (n, node) in circle.iter().enumerate() {
                    let next = circle.get(n + 1).copied().unwrap_or(first);
                    prop_assert!(edges[*node].contains(&next) || *node == last);
                }
                edges[last].retain(|next| *next != first);
            }
            prop_assert!(cycles(&edges).is_empty());
        }
    }
}
