//! Boxes, words and lines → SVG. Only classes, whole numbers and references are written.

use super::{NOTE, NOTE_LINE, PADDING, TEXT_LINE};
use crate::layout::text::width;
use crate::layout::{Line, Point, Rect, Size};
use crate::render::escape::escape_into;
use crate::render::html::Html;

/// The words of a box.
#[derive(Default)]
pub(in crate::render) struct Words {
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
pub(in crate::render) struct Item {
    pub(super) class: String,
    pub(super) href: Option<String>,
    pub(super) words: Words,
}

/// A box that many pictures have, written but for its place.
pub(in crate::render) struct Boxed {
    /// What stands before its place, and what stands in it.
    text: Box<str>,
    /// How many bytes stand before its place.
    beginning: usize,
    /// How large it is.
    pub(super) size: Size,
}

impl Boxed {
    /// A box of that size.
    pub(super) fn of(item: &Item, size: Size) -> Self {
        let mut svg = Svg { out: String::with_capacity(1024) };
        svg.begin(&item.class, item.href.as_deref());
        let beginning = svg.out.len();
        svg.inside(&item.words, size);
        svg.close(item.href.is_some());
        // Many are kept, none with more room than it needs.
        Self { text: svg.out.as_str().into(), beginning, size }
    }
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
        svg.put("<svg class=\"picture of-").put(class);
        svg.put("\" width=\"").number(width).put("\" height=\"").number(height);
        svg.put("\" viewBox=\"").number(-EDGE).put(" ").number(-EDGE - top);
        svg.put(" ").number(width).put(" ").number(height);
        svg.put("\" role=\"group\" aria-label=\"").escaped(label).put("\">");
        svg
    }

    /// The finished picture.
    pub(super) fn finish(mut self) -> Html {
        self.put("</svg>");
        Html::new(&self.out)
    }

    /// A box with its words.
    pub(super) fn item(&mut self, item: &Item, rect: &Rect) {
        self.begin(&item.class, item.href.as_deref());
        self.place(rect.corner).put("\">").inside(&item.words, rect.size);
        self.close(item.href.is_some());
    }

    /// The same for a box that is written already.
    pub(super) fn boxed(&mut self, boxed: &Boxed, at: Point) {
        let (beginning, inside) = boxed.text.split_at(boxed.beginning);
        self.put(beginning).place(at).put("\">").put(inside);
    }

    /// What stands in a box.
    fn inside(&mut self, words: &Words, size: Size) {
        self.title(words.title.as_deref());
        let Size { width, height } = size;
        self.put("<rect width=\"").number(width).put("\" height=\"").number(height);
        self.put("\"/><path d=\"M0 0v").number(height).put("\"/>");
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
    }

    /// A line with its head and its label.
    pub(super) fn line(&mut self, line: &Line, stroke: Stroke<'_>) {
        let ([first, second, ..], [.., before, last]) = (&line.points[..], &line.points[..]) else { return };
        self.begin(stroke.class, stroke.href);
        self.put("\">").title(stroke.title);
        let label = line.label.filter(|_| !stroke.label.is_empty());
        // The line is broken where its label stands.
        let half = width(stroke.label, NOTE) / 2 + 3;
        self.put("<path d=\"");
        self.track(&line.points, label.map(|at| (at.x - half, at.x + half)));
        self.put("\"/><path class=\"head\" d=\"");
        self.head(*last, before.x <= last.x);
        if stroke.is_symmetric {
            self.head(*first, second.x < first.x);
        }
        self.put("\"/>");
        if let Some(at) = label {
            self.put("<text x=\"").number(at.x).put("\" y=\"").number(at.y + 4).put("\">");
            self.escaped(stroke.label).put("</text>");
        }
        self.close(stroke.href.is_some());
    }

    /// Words by themselves.
    pub(super) fn words(&mut self, class: &str, at: Point, words: &str) {
        self.put("<text class=\"").put(class).put("\" x=\"").number(at.x).put("\" y=\"").number(at.y).put("\">");
        self.escaped(words).put("</text>");
    }

    fn put(&mut self, text: &str) -> &mut Self {
        self.out.push_str(text);
        self
    }

    fn number(&mut self, number: i32) -> &mut Self {
        self.put(itoa::Buffer::new().format(number))
    }

    fn escaped(&mut self, text: &str) -> &mut Self {
        escape_into(&mut self.out, text);
        self
    }

    /// What a box or a line begins with, up to the last attribute's end.
    fn begin(&mut self, class: &str, href: Option<&str>) {
        self.put(if href.is_some() { "<a class=\"" } else { "<g class=\"" }).put(class);
        if let Some(href) = href {
            self.put("\" href=\"").escaped(href);
        }
    }

    fn place(&mut self, at: Point) -> &mut Self {
        self.put("\" transform=\"translate(").number(at.x).put(" ").number(at.y).put(")")
    }

    fn title(&mut self, title: Option<&str>) {
        if let Some(title) = title {
            self.put("<title>").escaped(title).put("</title>");
        }
    }

    fn close(&mut self, is_link: bool) {
        self.put(if is_link { "</a>" } else { "</g>" });
    }

    /// Lines of words in a box. Each but the last ends with a space, which whoever hears them needs.
    fn lines(&mut self, lines: &[String], class: &str, y: i32, height: i32) {
        let Some((first, rest)) = lines.split_first() else { return };
        let x = PADDING + 4;
        self.put("<text").put(class).put(" x=\"").number(x).put("\" y=\"").number(y).put("\">").escaped(first);
        for line in rest {
            self.put(" <tspan x=\"").number(x).put("\" dy=\"").number(height).put("\">");
            self.escaped(line).put("</tspan>");
        }
        self.put("</text>");
    }

    /// The way of a line: level where two points are, else a bend that leaves and arrives level; with a gap in a level
    /// part.
    fn track(&mut self, points: &[Point], mut gap: Option<(i32, i32)>) {
        let mut at = points[0];
        self.put("M").point(at);
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
                    self.put("H").number(near).put("M").point(Point { x: far, y: at.y });
                }
                self.put("H").number(to.x);
            } else {
                let x = i32::midpoint(at.x, to.x);
                self.put("C").point(Point { x, y: at.y }).put(" ").point(Point { x, y: to.y }).put(" ").point(to);
            }
            at = to;
        }
    }

    /// The head of a line that ends there, coming from the left or from the right.
    fn head(&mut self, at: Point, to_right: bool) {
        let back = if to_right { -9 } else { 9 };
        self.put("M").point(at).put("l").number(back).put("-4v8z");
    }

    fn point(&mut self, point: Point) -> &mut Self {
        self.number(point.x).put(" ").number(point.y)
    }
}
