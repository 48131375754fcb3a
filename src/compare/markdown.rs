//! A comparison as a comment of a pull or merge request: GitHub Flavored Markdown, which GitLab takes too.
//!
//! Words of the dossier can neither be markup in it nor call anybody: what means something to Markdown is written as a
//! character reference, and a zero-width space follows what begins a mention or a reference to an issue.

use crate::compare::told::{self, Line, Piece, Sign};
use crate::compare::{Comparison, Fate, RecordChange, human, tally};
use crate::diag::human::visible;
use crate::ids::RecordKind;

/// A comment is no longer, in bytes: GitHub takes 65,536 characters.
const LONGEST: usize = 60_000;

/// One record's part is no longer, in bytes, so that one does not hide all others.
const LONGEST_RECORD: usize = 8_000;

/// The comparison as Markdown. Where the site's address is known, records link to their pages there. `notes` are
/// sentences that stand above everything else.
pub fn render(comparison: &Comparison, base_url: Option<&str>, notes: &[String]) -> String {
    let writer = Writer { base_url };
    let mut text =
        format!("### What changes in the dossier\n\n{}.\n", escape(&capitalised(&tally::sentence(comparison))));
    for note in notes {
        text.push_str(&format!("\n**{}**\n", escape(note)));
    }
    if !comparison.settings.is_empty() {
        let lines: Vec<String> = comparison.settings.iter().map(|change| writer.line(0, &told::line(change))).collect();
        text.push_str(&format!("\n#### Settings\n\n{}", bounded(lines, LONGEST_RECORD, 0)));
    }
    let mut kind = None;
    for (index, record) in comparison.records.iter().enumerate() {
        let mut part = String::new();
        if kind.replace(record.kind) != Some(record.kind) {
            part.push_str(&format!("\n#### {}\n\n", capitalised(human::heading(record.kind))));
        }
        part.push_str(&writer.record(record));
        if text.len() + part.len() > LONGEST {
            let left = tally::number(comparison.records.len() - index, "record", "records");
            text.push_str(&format!("\n{left} more: `casebook diff` tells all.\n"));
            break;
        }
        text.push_str(&part);
    }
    text
}

/// The lines as long as there is room for them, and how many more there are.
fn bounded(lines: Vec<String>, room: usize, indent: usize) -> String {
    let mut text = String::new();
    let count = lines.len();
    for (index, line) in lines.into_iter().enumerate() {
        if text.len() + line.len() > room {
            text.push_str(&format!("{}- {} more changes\n", " ".repeat(indent), count - index));
            break;
        }
        text.push_str(&line);
    }
    text
}

struct Writer<'a> {
    base_url: Option<&'a str>,
}

impl Writer<'_> {
    fn record(&self, record: &RecordChange) -> String {
        let word = match &record.fate {
            Fate::Added => "added",
            Fate::Removed => "removed",
            Fate::Renamed(_) => "renamed",
            Fate::Kept => "changed",
        };
        // The page of a record that is gone is gone with the next build.
        let link = if record.fate == Fate::Removed { code(&record.id) } else { self.link(record.kind, &record.id) };
        let mut text = format!("- **{word}** {link}");
        if record.kind != RecordKind::Home {
            text.push_str(&format!(" {}", escape(&record.title)));
        }
        if let Fate::Renamed(was) = &record.fate {
            text.push_str(&format!(", before {}", code(was)));
        }
        text.push('\n');
        let lines = record.changes.iter().map(|change| self.line(2, &told::line(change))).collect();
        text + &bounded(lines, LONGEST_RECORD, 2)
    }

    fn line(&self, indent: usize, line: &Line) -> String {
        let word = match line.sign {
            Sign::Added => "new ",
            Sign::Removed => "gone: ",
            Sign::Changed => "",
        };
        let pieces: String = line.pieces.iter().map(|piece| self.piece(piece)).collect();
        format!("{}- {word}{pieces}\n", " ".repeat(indent))
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Text(words) | Piece::Value(words) => escape(words),
            Piece::Before(words) | Piece::Gone(words) => format!("<del>{}</del>", escape(words)),
            Piece::After(words) | Piece::Come(words) => format!("<ins>{}</ins>", escape(words)),
            Piece::Record(kind, named) => match &named.id {
                Some(id) => self.link(*kind, id),
                None => escape(&named.name),
            },
        }
    }

    /// A record's id, which leads to its page.
    fn link(&self, kind: RecordKind, id: &str) -> String {
        match self.base_url {
            Some(base) if kind == RecordKind::Home => format!("[{}]({})", code(id), address(base)),
            Some(base) => format!("[{}]({}{}/{id}.html)", code(id), address(base), kind.folder()),
            None => code(id),
        }
    }
}

/// An id, which has neither backticks nor white space, as it is.
fn code(id: &str) -> String {
    format!("`{id}`")
}

/// An address that cannot end the link that it is in.
fn address(url: &str) -> String {
    url.replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E").replace(' ', "%20")
}

/// Words as Markdown that shows just them, on one line.
fn escape(words: &str) -> String {
    let words = visible(words);
    let mut text = String::with_capacity(words.len() + words.len() / 8);
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' => text.push(' '),
            '&' | '<' | '>' | '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' | '!' | '{' | '}' | '@'
            | '%' | '^' | '=' | '"' => text.push_str(&format!("&#{};", u32::from(c))),
            _ => text.push(c),
        }
        // A mention of somebody, of an issue, a label, a milestone; the scheme of an address that would become a link.
        let begins = matches!(c, '@' | '#' | '!' | '~' | '%' | '$' | '&' | ':');
        if begins && rest.peek().is_some_and(|next| !next.is_whitespace()) {
            text.push_str("&#8203;");
        }
    }
    let text = text.replace("www.", "www&#8203;.").replace("WWW.", "WWW&#8203;.");
    text.replace("GH-", "GH&#8203;-").replace("gh-", "gh&#8203;-")
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
