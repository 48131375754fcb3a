//! A box with those before it on its left and those after it on its right, each joined to it by a line. Takes time in
//! proportion to the boxes.

use super::{Line, Point, Rect, Size, Spacing};

/// A box beside the one in the middle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Beside {
    /// Its size.
    pub size: Size,
    /// How wide the label of its line is.
    pub label: i32,
}

/// Where everything stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Columns {
    /// The whole.
    pub size: Size,
    /// The boxes on the left, from the top.
    pub before: Vec<Rect>,
    /// Their lines, each from its box to the middle one.
    pub arriving: Vec<Line>,
    /// The box in the middle, which is as high as its lines need.
    pub centre: Rect,
    /// The boxes on the right, from the top.
    pub after: Vec<Rect>,
    /// Their lines, each from the middle one.
    pub leaving: Vec<Line>,
}

/// Lays the columns out.
pub fn columns(before: &[Beside], centre: Size, after: &[Beside], spacing: &Spacing) -> Columns {
    let many = i32::try_from(before.len().max(after.len())).unwrap_or(i32::MAX);
    let centre = Size { height: centre.height.max(many.saturating_mul(spacing.lines * 2)), ..centre };
    let (left, right) = (Side::of(before, spacing), Side::of(after, spacing));
    let height = left.size.height.max(right.size.height).max(centre.height);
    let x = left.size.width + left.gap;
    let middle = Rect { corner: Point { x, y: (height - centre.height) / 2 }, size: centre };
    let far = middle.right() + right.gap;
    let width = if after.is_empty() { middle.right() } else { far + right.size.width };
    let before_boxes = left.boxes(before, 0, height, spacing);
    let after_boxes = right.boxes(after, far, height, spacing);
    Columns {
        size: Size { width, height },
        arriving: (0..before.len()).map(|n| arriving(n, before, &before_boxes, middle, left, spacing)).collect(),
        leaving: (0..after.len()).map(|n| leaving(n, after, &after_boxes, middle, right, spacing)).collect(),
        before: before_boxes,
        centre: middle,
        after: after_boxes,
    }
}

/// One side's measures.
#[derive(Clone, Copy)]
struct Side {
    /// Of its boxes together.
    size: Size,
    /// From its boxes to the middle one.
    gap: i32,
    /// The straight part of its lines, which holds their labels.
    straight: i32,
}

impl Side {
    fn of(boxes: &[Beside], spacing: &Spacing) -> Self {
        let Some(width) = boxes.iter().map(|it| it.size.width).max() else {
            return Self { size: Size::default(), gap: 0, straight: 0 };
        };
        let heights: i32 = boxes.iter().map(|it| it.size.height + spacing.row).sum();
        let label = boxes.iter().map(|it| it.label).max().unwrap_or(0);
        let straight = label + 2 * spacing.margin;
        let size = Size { width, height: heights - spacing.row };
        // The higher a column, the more room its lines need to bend.
        let bend = spacing.bend + (size.height / 9).min(spacing.bend);
        Self { size, gap: straight + bend + spacing.head, straight }
    }

    fn boxes(&self, boxes: &[Beside], x: i32, height: i32, spacing: &Spacing) -> Vec<Rect> {
        let mut y = (height - self.size.height) / 2;
        let place = |it: &Beside| {
            let rect = Rect { corner: Point { x, y }, size: it.size };
            y += it.size.height + spacing.row;
            rect
        };
        boxes.iter().map(place).collect()
    }
}

/// The height at which the `n`th of `count` lines meets the middle box.
fn port(n: usize, count: usize, middle: Rect) -> i32 {
    let (n, count) = (i32::try_from(n).unwrap_or(0), i32::try_from(count).unwrap_or(1).max(1));
    let apart = (middle.size.height / (count + 1)).min(24);
    middle.corner.y + middle.size.height / 2 + (2 * n + 1 - count) * apart / 2
}

fn arriving(n: usize, boxes: &[Beside], rects: &[Rect], middle: Rect, side: Side, spacing: &Spacing) -> Line {
    let rect = rects[n];
    let (from, to) = (rect.corner.y + rect.size.height / 2, port(n, boxes.len(), middle));
    let bend = side.size.width + side.straight;
    Line {
        points: vec![
            Point { x: rect.right(), y: from },
            Point { x: bend, y: from },
            Point { x: middle.corner.x - spacing.head, y: to },
            Point { x: middle.corner.x, y: to },
        ],
        label: label(boxes[n], side.size.width + spacing.margin, from),
    }
}

fn leaving(n: usize, boxes: &[Beside], rects: &[Rect], middle: Rect, side: Side, spacing: &Spacing) -> Line {
    let rect = rects[n];
    let (from, to) = (port(n, boxes.len(), middle), rect.corner.y + rect.size.height / 2);
    let bend = rect.corner.x - side.straight - spacing.head;
    Line {
        points: vec![Point { x: middle.right(), y: from }, Point { x: bend, y: to }, Point { x: rect.corner.x, y: to }],
        label: label(boxes[n], bend + spacing.margin, to),
    }
}

fn label(it: Beside, x: i32, y: i32) -> Option<Point> {
    (it.label > 0).then_some(Point { x: x + it.label / 2, y })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SPACING: Spacing = Spacing { row: 12, bend: 40, labels: 24, lines: 6, margin: 8, head: 10 };

    fn beside() -> impl Strategy<Value = Vec<Beside>> {
        let one = (100i32..200, 20i32..90, 0i32..120)
            .prop_map(|(width, height, label)| Beside { size: Size { width, height }, label });
        prop::collection::vec(one, 0..12)
    }

    #[test]
    fn a_box_alone_is_the_picture() {
        let alone = columns(&[], Size { width: 100, height: 40 }, &[], &SPACING);
        assert_eq!(alone.size, Size { width: 100, height: 40 });
        assert_eq!(alone.centre.corner, Point::default());
    }

    proptest! {
        #[test]
        fn boxes_are_apart_and_lines_join_them(before in beside(), after in beside()) {
            let drawn = columns(&before, Size { width: 150, height: 50 }, &after, &SPACING);
            for boxes in [&drawn.before, &drawn.after] {
                prop_assert!(boxes.windows(2).all(|two| two[0].bottom() < two[1].corner.y));
            }
            prop_assert!(drawn.before.iter().all(|it| it.right() < drawn.centre.corner.x));
            prop_assert!(drawn.after.iter().all(|it| it.corner.x > drawn.centre.right()));
            for it in drawn.before.iter().chain(&drawn.after).chain([&drawn.centre]) {
                prop_assert!(it.corner.x >= 0 && it.corner.y >= 0);
                prop_assert!(it.right() <= drawn.size.width && it.bottom() <= drawn.size.height);
            }
            prop_assert_eq!(drawn.arriving.len(), before.len());
            for (line, from) in drawn.arriving.iter().zip(&drawn.before) {
                prop_assert_eq!(line.points[0].x, from.right());
                prop_assert_eq!(line.points[line.points.len() - 1].x, drawn.centre.corner.x);
                prop_assert!(line.points.windows(2).all(|two| two[0].x <= two[1].x));
            }
            prop_assert_eq!(drawn.leaving.len(), after.len());
            for (line, to) in drawn.leaving.iter().zip(&drawn.after) {
                prop_assert_eq!(line.points[0].x, drawn.centre.right());
                prop_assert_eq!(line.points[line.points.len() - 1].x, to.corner.x);
                prop_assert!(line.points.windows(2).all(|two| two[0].x <= two[1].x));
            }
        }
    }
}
