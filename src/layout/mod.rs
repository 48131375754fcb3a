//! Graphs and sizes → positions: where the boxes of a picture stand and how the lines between them run.
//!
//! Everything here is in user units of a picture, whole numbers from its top left corner, and knows boxes and lines
//! only: not what they stand for, nor how they are drawn. The same input gives the same picture, and its cost is bounded
//! by the number of boxes and lines, which the caller bounds.
//!
//! - [`text`]: how wide words are, and how they break into lines.
//! - [`columns`]: a box with those before it on its left and those after it on its right.
//! - [`layered`](mod@layered): any graph, in columns from left to right.

pub mod columns;
pub mod layered;
pub mod text;

/// A place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// How large something is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Size {
    /// From left to right.
    pub width: i32,
    /// From top to bottom.
    pub height: i32,
}

/// A box.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rect {
    /// Its top left corner.
    pub corner: Point,
    /// Its size.
    pub size: Size,
}

impl Rect {
    /// Its right edge.
    pub fn right(&self) -> i32 {
        self.corner.x + self.size.width
    }

    /// Its lower edge.
    pub fn bottom(&self) -> i32 {
        self.corner.y + self.size.height
    }
}

/// A line from box to box.
///
/// It runs straight between two points of one height, and bends from the one to the other between two of different
/// heights, leaving and arriving level.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// From its beginning to its end; none for a line from a box to itself, which is not drawn.
    pub points: Vec<Point>,
    /// The middle of its label, on a straight part that is long enough for it.
    pub label: Option<Point>,
}

/// What keeps boxes and lines apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spacing {
    /// Between two boxes of a column.
    pub row: i32,
    /// Between columns at least, for lines to bend in.
    pub bend: i32,
    /// Between lines with a label each at a side of a box.
    pub labels: i32,
    /// Between lines without one there, where they are many.
    pub lines: i32,
    /// Before and after a label.
    pub margin: i32,
    /// At the end of a line, for its head.
    pub head: i32,
}
