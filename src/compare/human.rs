//! A comparison for people, at a terminal or in a log.

use crate::compare::told::{self, Line, Piece, Sign};
use crate::compare::{Comparison, Fate, RecordChange, tally};
use crate::diag::human::visible;
use crate::ids::RecordKind;

/// The comparison as text that ends in a line which counts; in colour for a terminal.
pub fn render(comparison: &Comparison, colour: bool) -> String {
    let mut writer = Writer { text: String::new(), colour };
    if !comparison.settings.is_empty() {
        writer.heading("settings");
        comparison.settings.iter().for_each(|change| writer.line(2, &told::line(change)));
    }
    let mut kind = None;
    for record in &comparison.records {
        if kind.replace(record.kind) != Some(record.kind) {
            writer.heading(heading(record.kind));
        }
        writer.record(record);
    }
    if !writer.text.is_empty() {
        writer.text.push('\n');
    }
    writer.text.push_str(&tally::sentence(comparison));
    writer.text.push('\n');
    writer.text
}

/// What the records of a kind are called together.
pub(super) fn heading(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Home => "home page",
        RecordKind::Claim => "claims",
        RecordKind::Source => "sources",
        RecordKind::Entity => "entities",
        RecordKind::Commentary => "commentary",
    }
}

struct Writer {
    text: String,
    colour: bool,
}

impl Writer {
    fn heading(&mut self, words: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.styled("1", words);
        self.text.push('\n');
    }

    fn record(&mut self, record: &RecordChange) {
        let (code, sign) = match record.fate {
            Fate::Added => ("32", "+"),
            Fate::Removed => ("31", "-"),
            Fate::Renamed(_) | Fate::Kept => ("36", "~"),
        };
        self.text.push_str("  ");
        self.styled(code, &format!("{sign} {}", record.id));
        if record.kind != RecordKind::Home {
            self.text.push_str(&format!("  {}", visible(&record.title).replace('\n', " ")));
        }
        self.text.push('\n');
        if let Fate::Renamed(was) = &record.fate {
            self.text.push_str(&format!("      renamed from {was}\n"));
        }
        record.changes.iter().for_each(|change| self.line(6, &told::line(change)));
    }

    fn line(&mut self, indent: usize, line: &Line) {
        let (code, sign) = match line.sign {
            Sign::Added => ("32", "+ "),
            Sign::Removed => ("31", "- "),
            Sign::Changed => ("36", "~ "),
        };
        self.text.push_str(&" ".repeat(indent));
        self.styled(code, sign);
        line.pieces.iter().for_each(|piece| self.piece(piece));
        self.text.push('\n');
    }

    fn piece(&mut self, piece: &Piece) {
        let plain = |words: &str| visible(words).replace('\n', " ");
        match piece {
            Piece::Text(words) => self.text.push_str(words),
            Piece::Value(words) => self.text.push_str(&plain(words)),
            Piece::Before(words) => self.styled("31", &plain(words)),
            Piece::After(words) => self.styled("32", &plain(words)),
            Piece::Gone(words) => self.styled("31", &format!("[-{}-]", plain(words))),
            Piece::Come(words) => self.styled("32", &format!("{{+{}+}}", plain(words))),
            Piece::Record(_, named) => self.text.push_str(&plain(named.id.as_ref().unwrap_or(&named.name))),
        }
    }

    /// Words in a style that ECMA-48's SGR has under that code.
    fn styled(&mut self, code: &str, words: &str) {
        match self.colour {
            true => self.text.push_str(&format!("\u{1b}[{code}m{words}\u{1b}[0m")),
            false => self.text.push_str(words),
        }
    }
}
