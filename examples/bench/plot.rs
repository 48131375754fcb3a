//! A plot of time and memory against the number of claims, as SVG: both axes by powers of ten, with the line of what would
//! grow in proportion.

use std::fmt::Write;

/// What was measured of a dossier.
pub(crate) struct Point {
    pub(crate) claims: usize,
    pub(crate) seconds: f64,
    pub(crate) mebibytes: Option<f64>,
}

/// The side of a panel, and the room at its left and above it, in user units.
const SIDE: f64 = 240.0;
const LEFT: f64 = 64.0;
const TOP: f64 = 40.0;

/// A panel: a name, and its points.
struct Panel {
    title: &'static str,
    left: f64,
    points: Vec<(f64, f64)>,
}

/// Both panels.
pub(crate) fn svg(points: &[Point]) -> String {
    let seconds = points.iter().map(|point| (point.claims as f64, point.seconds)).collect();
    let memory = points.iter().filter_map(|point| Some((point.claims as f64, point.mebibytes?))).collect();
    let (width, height) = (2.0 * (LEFT + SIDE) + 24.0, TOP + SIDE + 48.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n<title>Time and memory of a cold build \
         against the number of claims</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    Panel { title: "Seconds of a cold build", left: LEFT, points: seconds }.draw(&mut svg);
    Panel { title: "MiB of memory at most", left: 2.0 * LEFT + SIDE, points: memory }.draw(&mut svg);
    svg.push_str("</svg>\n");
    svg
}

/// The powers of ten around some values: the exponents of the first and the last.
fn decades(values: impl Iterator<Item = f64> + Clone) -> (i32, i32) {
    let least = values.clone().fold(f64::INFINITY, f64::min).log10().floor() as i32;
    let most = values.fold(f64::NEG_INFINITY, f64::max).log10().ceil() as i32;
    (least, most.max(least + 1))
}

impl Panel {
    fn draw(&self, svg: &mut String) {
        let Some(&last) = self.points.last() else { return };
        let (x_range, y_range) =
            (decades(self.points.iter().map(|point| point.0)), decades(self.points.iter().map(|point| point.1)));
        let along = |value: f64, (from, to): (i32, i32)| (value.log10() - f64::from(from)) / f64::from(to - from);
        let at = |(x, y): (f64, f64)| (self.left + SIDE * along(x, x_range), TOP + SIDE - SIDE * along(y, y_range));
        let _ =
            writeln!(svg, "<text x=\"{}\" y=\"{}\" font-weight=\"bold\">{}</text>", self.left, TOP - 16.0, self.title);
        self.grid(svg, x_range, y_range);
        // What grows in proportion, from where it enters the panel to the last point.
        let share = (10f64.powi(x_range.0) / last.0).max(10f64.powi(y_range.0) / last.1);
        let line = [at((last.0 * share, last.1 * share)), at(last)];
        let _ = writeln!(
            svg,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"#888\" stroke-dasharray=\"4 4\" fill=\"none\"/>",
            line[0].0, line[0].1, line[1].0, line[1].1
        );
        let path: Vec<String> =
            self.points.iter().map(|&point| at(point)).map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let _ = writeln!(svg, "<path d=\"M{}\" stroke=\"#0b5cad\" stroke-width=\"2\" fill=\"none\"/>", path.join("L"));
        for &point in &self.points {
            let (x, y) = at(point);
            let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"#0b5cad\"/>");
        }
    }

    /// A line for each power of ten, with its number.
    fn grid(&self, svg: &mut String, x_range: (i32, i32), y_range: (i32, i32)) {
        let step = |(from, to): (i32, i32), exponent: i32| SIDE * f64::from(exponent - from) / f64::from(to - from);
        let (left, bottom) = (self.left, TOP + SIDE);
        for exponent in x_range.0..=x_range.1 {
            let x = left + step(x_range, exponent);
            let _ = writeln!(svg, "<path d=\"M{x:.1} {TOP}V{bottom}\" stroke=\"#ddd\"/>");
            let y = bottom + 18.0;
            let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{}</text>", power(exponent));
        }
        for exponent in y_range.0..=y_range.1 {
            let y = bottom - step(y_range, exponent);
            let right = left + SIDE;
            let _ = writeln!(svg, "<path d=\"M{left} {y:.1}H{right}\" stroke=\"#ddd\"/>");
            let (x, y) = (left - 8.0, y + 4.0);
            let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y:.1}\" text-anchor=\"end\">{}</text>", power(exponent));
        }
        let (middle, y) = (left + SIDE / 2.0, bottom + 38.0);
        let _ = writeln!(svg, "<text x=\"{middle}\" y=\"{y}\" text-anchor=\"middle\">claims</text>");
    }
}

/// A power of ten in digits.
fn power(exponent: i32) -> String {
    match usize::try_from(exponent) {
        Ok(exponent) => super::tables::count(10usize.pow(exponent.try_into().unwrap_or(0))),
        Err(_) => format!("{:.*}", exponent.unsigned_abs() as usize, 10f64.powi(exponent)),
    }
}
