//! Boxes, words and lines → SVG. Only classes, whole numbers and references are written.

use std::fmt::Write;

use super::{NOTE, NOTE_LINE, PADDING, TEXT_LINE};
use crate::layout::text::width;
use crate::layout::{Line, Point, Rect, Size};
use crate::render::escape::escape_into;
use crate::render::html::Html;

/// The words of a box.
#[derive(Default)]
pub(super) struct Words {
    /// Small print above, in one line.
    pub(super) above: Option<String>,
    /// The lines of its text.
    pub(super) lines: Vec<String>,
    /// The lines of small print below.
    pub(super) note: Vec<String>,
    /// All of the words, where the lines lack some.
    pub(super) title: Option<String>,
}

impl Words {
    /// How high they are.
    pub(super) fn height(&self) -> i32 {
        count(&self.lines) * TEXT_LINE + (count(&self.note) + count(self.above.as_slice())) * NOTE_LINE
    }
}

fn count(lines: &[String]) -> i32 {
    i32::try_from(lines.len()).unwrap_or(0)
}

/// A box with what it is and where it leads.
pub(super) struct Item {
    pub(super) class: String,
    pub(super) href: Option<String>,
    pub(super) words: Words,
}

/// What a line looks like, and where it leads.
#[derive(Clone, Copy)]
pub(super) struct Stroke<'a> {
    pub(super) class: &'a str,
    pub(super) href: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    /// Its label; empty for none.
    pub(super) label: &'a str,
    /// Whether it has a head at its beginning too.
    pub(super) is_symmetric: bool,
}

/// A picture that is being written.
pub(super) struct Svg {
    out: String,
}

/// Room around the picture, for strokes and outlines.
const EDGE: i32 = 3;

impl Svg {
    /// Begins a picture of that size, `top` units below its upper edge. `label` says what it shows.
    pub(super) fn new(class: &str, size: Size, top: i32, label: &str) -> Self {
        let mut svg = Self { out: String::with_capacity(4096) };
        let (width, height) = (size.width + 2 * EDGE, size.height + top + 2 * EDGE);
        let _ = write!(
            svg.out,
            "<svg class=\"picture of-{class}\" width=\"{width}\" height=\"{height}\" viewBox=\"{} {} {width} {height}\" \
             role=\"group\" aria-label=\"",
            -EDGE,
            -EDGE - top
        );
        escape_into(&mut svg.out, label);
        svg.out.push_str("\">");
        svg
    }

    /// The finished picture.
    pub(super) fn finish(mut self) -> Html {
        self.out.push_str("</svg>");
        Html::new(&self.out)
    }

    /// A box with its words.
    pub(super) fn item(&mut self, item: &Item, rect: &Rect) {
        self.open(&item.class, item.href.as_deref(), item.words.title.as_deref(), Some(rect.corner));
        let Size { width, height } = rect.size;
        let _ = write!(self.out, "<rect width=\"{width}\" height=\"{height}\"/><path d=\"M0 0v{height}\"/>");
        let words = &item.words;
        // A box that is higher than its words has them in its middle.
        let mut top = (height - words.height()) / 2;
        for (lines, class, line_height) in [
            (words.above.as_slice(), " class=\"above\"", NOTE_LINE),
            (&words.lines, "", TEXT_LINE),
            (&words.note, " class=\"note\"", NOTE_LINE),
        ] {
            self.lines(lines, class, top + line_height - 4, line_height);
            top += count(lines) * line_height;
        }
        self.close(item.href.is_some());
    }

    /// A line with its head and its label.
    pub(super) fn line(&mut self, line: &Line, stroke: Stroke<'_>) {
        let ([first, second, ..], [.., before, last]) = (&line.points[..], &line.points[..]) else { return };
        self.open(stroke.class, stroke.href, stroke.title, None);
        let label = line.label.filter(|_| !stroke.label.is_empty());
        // The line is broken where its label stands.
        let half = width(stroke.label, NOTE) / 2 + 3;
        self.out.push_str("<path d=\"");
        self.track(&line.points, label.map(|at| (at.x - half, at.x + half)));
        self.out.push_str("\"/><path class=\"head\" d=\"");
        self.head(*last, before.x <= last.x);
        if stroke.is_symmetric {
            self.head(*first, second.x < first.x);
        }
        self.out.push_str("\"/>");
        if let Some(at) = label {
            let _ = write!(self.out, "<text x=\"{}\" y=\"{}\">", at.x, at.y + 4);
            escape_into(&mut self.out, stroke.label);
            self.out.push_str("</text>");
        }
        self.close(stroke.href.is_some());
    }

    /// Words by themselves.
    pub(super) fn words(&mut self, class: &str, at: Point, words: &str) {
        let _ = write!(self.out, "<text class=\"{class}\" x=\"{}\" y=\"{}\">", at.x, at.y);
        escape_into(&mut self.out, words);
        self.out.push_str("</text>");
    }

    fn open(&mut self, class: &str, href: Option<&str>, title: Option<&str>, at: Option<Point>) {
        self.out.push_str(if href.is_some() { "<a class=\"" } else { "<g class=\"" });
        self.out.push_str(class);
        if let Some(href) = href {
            self.out.push_str("\" href=\"");
            escape_into(&mut self.out, href);
        }
        if let Some(Point { x, y }) = at {
            let _ = write!(self.out, "\" transform=\"translate({x} {y})");
        }
        self.out.push_str("\">");
        if let Some(title) = title {
            self.out.push_str("<title>");
            escape_into(&mut self.out, title);
            self.out.push_str("</title>");
        }
    }

    fn close(&mut self, is_link: bool) {
        self.out.push_str(if is_link { "</a>" } else { "</g>" });
    }

    /// Lines of words in a box. Each but the last ends with a space, which whoever hears them needs.
    fn lines(&mut self, lines: &[String], class: &str, y: i32, height: i32) {
        let Some((first, rest)) = lines.split_first() else { return };
        let x = PADDING + 4;
        let _ = write!(self.out, "<text{class} x=\"{x}\" y=\"{y}\">");
        escape_into(&mut self.out, first);
        for line in rest {
            let _ = write!(self.out, " <tspan x=\"{x}\" dy=\"{height}\">");
            escape_into(&mut self.out, line);
            self.out.push_str("</tspan>");
        }
        self.out.push_str("</text>");
    }

    /// The way of a line: level where two points are, else a bend that leaves and arrives level; with a gap in a level
    /// part.
    fn track(&mut self, points: &[Point], mut gap: Option<(i32, i32)>) {
        let mut at = points[0];
        let _ = write!(self.out, "M{} {}", at.x, at.y);
        for (n, &to) in points.iter().enumerate().skip(1) {
            // Level parts that follow each other are one.
            let goes_on = points.get(n + 1).is_some_and(|next| next.y == to.y && at.y == to.y);
            if goes_on {
                continue;
            }
            if at.y == to.y {
                let (left, right) = (at.x.min(to.x), at.x.max(to.x));
                if let Some((begin, end)) = gap.take_if(|gap| left <= gap.0 && gap.1 <= right) {
                    let (near, far) = if at.x <= to.x { (begin, end) } else { (end, begin) };
                    let _ = write!(self.out, "H{near}M{far} {}", at.y);
                }
                let _ = write!(self.out, "H{}", to.x);
            } else {
                let middle = i32::midpoint(at.x, to.x);
                let _ = write!(self.out, "C{middle} {} {middle} {} {} {}", at.y, to.y, to.x, to.y);
            }
            at = to;
        }
    }

    /// The head of a line that ends there, coming from the left or from the right.
    fn head(&mut self, at: Point, to_right: bool) {
        let back = if to_right { -9 } else { 9 };
        let _ = write!(self.out, "M{} {}l{back}-4v8z", at.x, at.y);
    }
}
