#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::layout::Point;

const SPACING: Spacing = Spacing { row: 16, bend: 40, labels: 24, lines: 6, margin: 8, head: 10 };

fn edges(pairs: &[(usize, usize)]) -> Vec<Edge> {
    pairs.iter().map(|&(from, to)| Edge { from, to, label: 0 }).collect()
}

fn drawn(boxes: usize, pairs: &[(usize, usize)], columns: Columns) -> Drawing {
    layered(&vec![Size { width: 100, height: 40 }; boxes], &edges(pairs), columns, &SPACING)
}

#[test]
fn a_chain_is_a_level_line() {
    let drawing = drawn(4, &[(0, 1), (1, 2), (2, 3)], Columns::Near);
    assert_eq!(drawing.columns, [[0], [1], [2], [3]]);
    assert_eq!(drawing.size.height, 40);
    assert!(drawing.lines.iter().flat_map(|line| &line.points).all(|point| point.y == 20));
}

#[test]
fn boxes_stand_near_what_they_lead_to() {
    // 1 leads to 4 alone, which stands behind 0, 2 and 3: no long line for it.
    let near = drawn(5, &[(0, 2), (2, 3), (3, 4), (1, 4)], Columns::Near);
    assert_eq!(near.columns, [vec![0], vec![2], vec![3, 1], vec![4]]);
    let stages = drawn(5, &[(0, 2), (2, 3), (1, 3), (1, 4)], Columns::Stages);
    assert_eq!(stages.columns, [vec![0, 1], vec![2], vec![3, 4]]);
}

#[test]
fn two_claims_that_answer_each_other_have_two_lines() {
    let drawing = drawn(2, &[(0, 1), (1, 0)], Columns::Near);
    assert_eq!(drawing.columns, [[0], [1]]);
    let (there, back) = (&drawing.lines[0].points, &drawing.lines[1].points);
    assert_eq!((there[0].x, back[0].x), (100, drawing.boxes[1].corner.x));
    assert_ne!(there[0].y, back[back.len() - 1].y);
}

#[test]
fn lines_that_need_not_cross_do_not() {
    let drawing = drawn(6, &[(0, 5), (1, 4), (2, 3)], Columns::Near);
    let ends: Vec<(i32, i32)> =
        drawing.lines.iter().map(|line| (line.points[0].y, line.points[line.points.len() - 1].y)).collect();
    assert!(ends.iter().all(|(from, to)| from == to), "{ends:?}");
}

#[test]
fn a_box_grows_with_its_lines() {
    let pairs: Vec<(usize, usize)> = (1..40).map(|n| (n, 0)).collect();
    let drawing = drawn(40, &pairs, Columns::Near);
    assert_eq!(drawing.boxes[0].size.height, 39 * SPACING.lines);
    let ends: std::collections::BTreeSet<i32> = drawing.lines.iter().map(|it| it.points.last().unwrap().y).collect();
    assert_eq!(ends.len(), 39);
}

#[test]
fn nothing_and_lines_to_nowhere_are_no_trouble() {
    assert_eq!(layered(&[], &[], Columns::Near, &SPACING), Drawing::default());
    let drawing = drawn(2, &[(0, 0), (0, 7)], Columns::Stages);
    assert!(drawing.lines.iter().all(|line| line.points.is_empty()));
    assert_eq!(drawing.columns, [[0, 1]]);
}

prop_compose! {
    fn graph()(count in 1usize..24)(
        sizes in prop::collection::vec((60i32..200, 20i32..90), count),
        pairs in prop::collection::vec((0..count, 0..count, prop::sample::select(vec![0, 50, 90])), 0..40),
    ) -> (Vec<Size>, Vec<Edge>) {
        let sizes = sizes.into_iter().map(|(width, height)| Size { width, height }).collect();
        (sizes, pairs.into_iter().map(|(from, to, label)| Edge { from, to, label }).collect())
    }
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.corner.x < b.right() && b.corner.x < a.right() && a.corner.y < b.bottom() && b.corner.y < a.bottom()
}

proptest! {
    #[test]
    fn boxes_never_overlap_and_every_line_is_drawn(
        (sizes, edges) in graph(), columns in prop::sample::select(vec![Columns::Near, Columns::Stages])
    ) {
        let drawing = layered(&sizes, &edges, columns, &SPACING);
        prop_assert_eq!(&drawing, &layered(&sizes, &edges, columns, &SPACING));
        let boxes = &drawing.boxes;
        prop_assert_eq!(boxes.len(), sizes.len());
        for (n, one) in boxes.iter().enumerate() {
            prop_assert!(one.size.height >= sizes[n].height && one.size.width == sizes[n].width);
            prop_assert!(one.corner.x >= 0 && one.corner.y >= 0);
            prop_assert!(one.right() <= drawing.size.width && one.bottom() <= drawing.size.height);
            prop_assert!(boxes[..n].iter().all(|other| !overlap(one, other)), "{boxes:?}");
        }
        let mut listed: Vec<usize> = drawing.columns.concat();
        listed.sort_unstable();
        prop_assert_eq!(listed, (0..sizes.len()).collect::<Vec<_>>());
        for (edge, line) in edges.iter().zip(&drawing.lines) {
            if edge.from == edge.to {
                prop_assert!(line.points.is_empty());
                continue;
            }
            let (from, to) = (boxes[edge.from], boxes[edge.to]);
            let (first, last) = (line.points[0], *line.points.last().unwrap());
            prop_assert!([from.corner.x, from.right()].contains(&first.x) && [to.corner.x, to.right()].contains(&last.x));
            prop_assert!(first.y >= from.corner.y && first.y <= from.bottom());
            prop_assert!(last.y >= to.corner.y && last.y <= to.bottom());
            let forth = line.points.windows(2).all(|two| two[0].x <= two[1].x);
            let back = line.points.windows(2).all(|two| two[0].x >= two[1].x);
            prop_assert!(forth || back, "{:?}", line.points);
            prop_assert_eq!(line.label.is_some(), edge.label > 0);
        }
    }

    #[test]
    fn no_line_runs_through_a_box((sizes, edges) in graph()) {
        // Columns of one width: a line that passes one beside a wider box does so at its own height.
        let sizes: Vec<Size> = sizes.into_iter().map(|size| Size { width: 100, ..size }).collect();
        let drawing = layered(&sizes, &edges, Columns::Near, &SPACING);
        for line in &drawing.lines {
            for two in line.points.windows(2) {
                let (left, right) = (two[0].x.min(two[1].x), two[0].x.max(two[1].x));
                let (top, bottom) = (two[0].y.min(two[1].y), two[0].y.max(two[1].y));
                for rect in &drawing.boxes {
                    let beside = right <= rect.corner.x || left >= rect.right();
                    prop_assert!(beside || bottom < rect.corner.y || top > rect.bottom(), "{two:?} through {rect:?}");
                }
            }
        }
    }

    #[test]
    fn labels_never_cover_each_other((sizes, edges) in graph()) {
        let drawing = layered(&sizes, &edges, Columns::Near, &SPACING);
        let labels: Vec<Rect> = edges.iter().zip(&drawing.lines).filter_map(|(edge, line)| {
            let at = line.label?;
            let size = Size { width: edge.label, height: 14 };
            (!line.points.is_empty()).then_some(Rect { corner: Point { x: at.x - edge.label / 2, y: at.y - 7 }, size })
        }).collect();
        for (n, one) in labels.iter().enumerate() {
            prop_assert!(labels[..n].iter().all(|other| !overlap(one, other)));
            prop_assert!(drawing.boxes.iter().all(|other| !overlap(one, other)));
        }
    }
}
