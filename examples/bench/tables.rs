//! Figures as people read them, in rows of Markdown.

use std::fmt;

use super::run::Run;

/// A row of a table.
pub(crate) struct Row(Vec<String>);

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "| {} |", self.0.join(" | "))
    }
}

impl Row {
    /// What was measured on many threads and on one.
    pub(crate) fn of(name: &str, many: &Run, one: &Run) -> Self {
        Self(vec![name.to_owned(), seconds(many.seconds), seconds(one.seconds), mebibytes(many.memory())])
    }

    /// How many times as long something else takes as a cold build, on many threads and on one.
    pub(crate) fn ratio(name: &str, many: [&Run; 2], one: [&Run; 2]) -> Self {
        let ratio = |[build, other]: [&Run; 2]| format!("{:.2}", other.seconds / build.seconds);
        Self(vec![format!("{name} ÷ cold build"), ratio(many), ratio(one), String::new()])
    }
}

/// The stages of one build on many threads and one on one, in the words of `--timings`.
pub(crate) fn stages(many: &Run, one: &Run) -> Vec<Row> {
    let lines = many.said.lines().skip_while(|line| !line.starts_with("stage")).skip(1);
    let rows = lines.take_while(|line| line.ends_with(" s")).filter_map(|line| {
        let name = line.split("  ").find(|part| !part.is_empty())?;
        let indented = if line.starts_with(' ') { format!("  {name}") } else { name.to_owned() };
        let mut row = vec![name.to_owned()];
        let cells = |run: &Run| -> Vec<String> {
            let cells = run.stage(&indented).unwrap_or_default().split("  ").map(|cell| cell.trim().to_owned());
            cells.filter(|cell| !cell.is_empty()).collect()
        };
        let (many, one) = (cells(many), cells(one));
        // What is done side by side has no time on the wall.
        row.push(many.first().filter(|_| !line.starts_with(' ')).cloned().unwrap_or_default());
        row.push(many.last().cloned().unwrap_or_default());
        row.push(one.first().cloned().unwrap_or_default());
        Some(Row(row))
    });
    rows.collect()
}

/// Seconds with three digits that count, as far as a clock is that good.
pub(crate) fn seconds(seconds: f64) -> String {
    let digits = if seconds < 1.0 {
        3
    } else if seconds < 10.0 {
        2
    } else {
        1
    };
    format!("{seconds:.digits$} s")
}

pub(crate) fn mebibytes(mebibytes: Option<f64>) -> String {
    mebibytes.map_or("?".to_owned(), |mebibytes| format!("{mebibytes:.0} MiB"))
}

/// Megabytes, of a million.
pub(crate) fn bytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// A number with commas.
pub(crate) fn count(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
    groups.join(",")
}
