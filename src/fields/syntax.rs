//! TOML that does not parse → problems in plain words, and what could be read all the same.
//!
//! The parser recovers by lines, so that a slip in one line does not hide the mistakes in the others. A line with a slip
//! is remembered as broken: its value is read as absent, and nothing more is said of it.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::one_line;
use crate::date::{Date, NotADate};
use crate::diag::Problem;
use crate::files::ByteRange;

/// TOML as far as it could be read.
#[derive(Debug)]
pub struct Document<'a> {
    /// The top-level table.
    pub table: DeTable<'a>,
    /// What is wrong in its syntax, by place in the file.
    pub problems: Vec<Problem>,
    /// The lines with such an error: byte ranges of the TOML.
    pub broken: Vec<Range<usize>>,
    /// Whether the rest cannot be trusted: something was never closed.
    pub shattered: bool,
    /// Those of the broken lines at which the parser gives up.
    lost: Vec<Range<usize>>,
}

/// The most errors that are explained; a text with more is not TOML at all.
const MOST: usize = 500;

/// Parses TOML that begins at byte `base` of its file, and gives what could be read to `then`.
///
/// The parser gives up at a line that is no field at all. Such lines are blanked, and the rest is read once more.
pub fn read<T>(toml: &str, base: usize, then: impl FnOnce(Document<'_>) -> T) -> T {
    let mut first = parse(toml, base);
    if first.shattered || first.lost.is_empty() {
        return then(first);
    }
    let repaired = blanked(toml, &first.lost);
    let mut document = parse(&repaired, base);
    let is_new = |problem: &Problem| {
        let at = (problem.range.start as usize).saturating_sub(base);
        !first.broken.iter().any(|line| line.contains(&at))
    };
    document.problems.retain(is_new);
    document.problems.append(&mut first.problems);
    document.broken.append(&mut first.broken);
    document.broken.sort_by_key(|line| line.start);
    then(document)
}

/// The text with spaces for those lines, so that every other byte keeps its place.
fn blanked(toml: &str, lines: &[Range<usize>]) -> String {
    let mut text = String::with_capacity(toml.len());
    for line in lines {
        text.push_str(toml.get(text.len()..line.start).unwrap_or_default());
        text.push_str(&" ".repeat(line.end.saturating_sub(text.len())));
    }
    text.push_str(toml.get(text.len()..).unwrap_or_default());
    text
}

fn parse(toml: &str, base: usize) -> Document<'_> {
    let (table, mut errors) = DeTable::parse_recoverable(toml);
    let table = table.into_inner();
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    let mut document = Document { table, problems: Vec::new(), broken: Vec::new(), shattered: false, lost: Vec::new() };
    for error in &errors {
        let slip = Slip::new(toml, error, &document.table);
        if document.broken.last().is_some_and(|line| slip.line.start < line.end) && !slip.spreads() {
            continue;
        }
        let problem = slip.explain();
        document.problems.push(shift(problem, base));
        document.broken.push(slip.line.clone());
        if slip.stops() {
            document.lost.push(slip.line.clone());
        }
        if slip.spreads() || document.problems.len() == MOST {
            document.shattered = true;
            break;
        }
    }
    document
}

/// The problem with all its places moved on by `base` bytes.
fn shift(mut problem: Problem, base: usize) -> Problem {
    let moved = |range: ByteRange| ByteRange::new(range.start as usize + base, range.end as usize + base);
    problem.range = moved(problem.range);
    for other in &mut problem.others {
        other.place = moved(other.place);
    }
    problem
}

/// One error of the parser, with the line that it is in.
struct Slip<'a> {
    toml: &'a str,
    message: &'a str,
    span: Range<usize>,
    line: Range<usize>,
    table: &'a DeTable<'a>,
}

impl<'a> Slip<'a> {
    fn new(toml: &'a str, error: &'a Error, table: &'a DeTable<'a>) -> Self {
        let span = error.span().unwrap_or(toml.len()..toml.len());
        let mut at = span.start.min(toml.len());
        while !toml.is_char_boundary(at) {
            at -= 1;
        }
        // What is missing at the end of a line is often noticed at the start of the next.
        let message = error.message();
        if message.starts_with("missing comma") || message.starts_with("unclosed") {
            at = toml[..at].trim_end().len();
        }
        let start = toml[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = toml[at..].find('\n').map_or(toml.len(), |newline| at + newline);
        Self { toml, message, span, line: start..end.max(start + 1).min(toml.len().max(start)), table }
    }

    /// Whether what follows the line cannot be trusted either.
    fn spreads(&self) -> bool {
        let kinds =
            ["unclosed", "invalid multi-line", "missing comma", "unexpected `=`", "cannot recurse", "recursion"];
        kinds.iter().any(|kind| self.message.starts_with(kind)) && !self.is_inner_comma()
    }

    /// Whether the parser reads nothing after the line.
    fn stops(&self) -> bool {
        let kinds =
            ["key with no value", "extra `=`", "invalid key-value pair", "unquoted keys", "invalid unquoted key"];
        kinds.iter().any(|kind| self.message.starts_with(kind))
    }

    /// Whether a comma is missing in a list or table that ends in the same line.
    fn is_inner_comma(&self) -> bool {
        let rest = self.toml.get(self.span.start..self.line.end).unwrap_or_default();
        self.message.starts_with("missing comma") && rest.contains([']', '}'])
    }

    fn explain(&self) -> Problem {
        let is = |start: &str| self.message.starts_with(start);
        let line = self.toml[self.line.clone()].trim_end();
        if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
            let range = self.line.start..self.line.start + line.len();
            Problem::new("toml-syntax", self.widen(range), "a merge conflict was left in the file")
                .hint("keep one of the two versions, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`")
        } else if is("string values must be quoted") || is("missing opening quote") {
            self.unquoted()
        } else if is("invalid date") || is("invalid float") || is("invalid time") || is("unexpected leading") {
            self.number_or_date()
        } else if is("invalid boolean") {
            let (range, word) = self.value();
            Problem::new("toml-syntax", range.into(), format!("`{word}` is not a value"))
                .label("neither a string nor `true` or `false`")
                .hint("write `true` or `false`, in small letters, or put text in quotes")
        } else if is("duplicate key") {
            self.duplicate()
        } else if is("invalid basic string") || is("invalid literal string") || is("invalid multi-line") {
            self.string()
        } else if is("missing escaped value") || is("too few unicode") || is("invalid value") {
            let range = self.toml[..self.span.start].rfind('\\').unwrap_or(self.span.start)..self.span.start;
            Problem::new("toml-syntax", self.widen(range), "a backslash in a string begins an escape, but this is none")
                .hint("write `\\\\` for a backslash, or put the text in single quotes, where a backslash is itself")
        } else if is("unexpected key or value") || is("unexpected content") {
            self.stray()
        } else if is("key with no value")
            || is("invalid unquoted key")
            || is("unquoted keys")
            || is("invalid key-value")
        {
            self.key()
        } else {
            self.punctuation()
        }
    }

    /// The value in the line, up to a comment, a comma or a closing bracket.
    fn value(&self) -> (Range<usize>, &'a str) {
        let line = &self.toml[self.line.clone()];
        let start = self.span.start.max(self.line.start);
        // An error inside a number or a date points into the middle of the value.
        let before = &self.toml[self.line.start..start];
        let start = before.rfind(['=', '[', ',', '{', ' ']).map_or(self.line.start, |at| self.line.start + at + 1);
        let rest = &self.toml[start..self.line.start + line.len()];
        let end = rest.find(['#', ',', ']', '}']).unwrap_or(rest.len());
        let value = rest[..end].trim_end();
        let value_start = start + (value.len() - value.trim_start().len());
        let value = value.trim_start();
        (value_start..value_start + value.len(), value)
    }

    /// The key before the value.
    fn key_name(&self) -> Option<&'a str> {
        let before = &self.toml[self.line.start..self.span.start.clamp(self.line.start, self.line.end)];
        let before = before.trim_start().strip_suffix('=').or_else(|| before.rsplit_once('=').map(|(key, _)| key))?;
        let key = before.rsplit([',', '{']).next()?.trim();
        // In a list the key is not what the value is written after.
        let key = key.rsplit('[').next().filter(|_| !self.toml[self.line.start..self.span.start].contains("= ["))?;
        (!key.is_empty() && key.len() < 40).then_some(key)
    }

    fn unquoted(&self) -> Problem {
        let raw = self.toml.get(self.span.clone()).unwrap_or_default().trim_end();
        let range = self.span.start..self.span.start + raw.len();
        let key = self.key_name();
        if !raw.is_empty() {
            return unquoted_text(range, raw, key);
        }
        let message = key.map_or("a value is missing".to_owned(), |key| format!("`{key}` has no value"));
        let line = self.toml[self.line.clone()].trim_end();
        Problem::new("toml-syntax", self.widen(self.line.start..self.line.start + line.len()), message)
            .hint("write the value after `=`, or remove the line")
    }

    fn number_or_date(&self) -> Problem {
        let (range, value) = self.value();
        let key = self.key_name();
        let reason = match Date::parse(value) {
            _ if !value.contains(|c: char| c.is_ascii_digit()) => return unquoted_text(range, value, key),
            Ok(_) => return unquoted_date(range, value, key),
            Err(NotADate::HasTime) => "a date here has no time of day".to_owned(),
            Err(NotADate::Malformed(reason)) => reason,
        };
        let problem = Problem::new("bad-date", self.widen(range), format!("`{value}` is not a date")).label(reason);
        match Date::suggestion(value) {
            Some(date) => problem.hint(format!("write `{}{date}`", assignment(key))),
            None => problem.hint(
                "write a day as 2016-12-21; anything less or more than a day is a string: \"2016-12\", \"2016\", \
                 \"2016-12-21?\", \"2016-12-19/2016-12-21\"",
            ),
        }
    }

    fn duplicate(&self) -> Problem {
        let name = self.toml.get(self.span.clone()).unwrap_or_default();
        let problem =
            Problem::new("duplicate-field", self.widen(self.span.clone()), format!("`{name}` is given twice"))
                .label("given again")
                .hint("keep one of them");
        match self.first_place(name) {
            Some(first) => problem.other(first.into(), "first given here"),
            None => problem,
        }
    }

    /// Where the key was given first: in the innermost table that is still open, or in an earlier header.
    fn first_place(&self, name: &str) -> Option<Range<usize>> {
        let bare = name.trim_matches(['"', '\'']);
        let mut found = None;
        self.find_key(self.table, bare, &mut found);
        found.or_else(|| {
            let mut start = 0;
            self.toml[..self.line.start].split_inclusive('\n').find_map(|line| {
                let at = start;
                start += line.len();
                (line.trim().trim_matches(['[', ']']).trim() == bare).then(|| at..at + line.trim_end().len())
            })
        })
    }

    fn find_key(&self, table: &DeTable<'_>, name: &str, found: &mut Option<Range<usize>>) {
        for (key, value) in table.iter() {
            let place = key.span();
            if key.get_ref() == name && place.end <= self.span.start && !place.is_empty() {
                let later = found.as_ref().is_none_or(|found| found.start < place.start);
                *found = if later { Some(place) } else { found.take() };
            }
            let (span, inside) = (value.span(), value.span().contains(&self.span.start));
            match value.get_ref() {
                // Of tables in braces only the one around the key can hold its first place.
                DeValue::Table(inner) if inside || !self.toml[span.start..].starts_with('{') => {
                    self.find_key(inner, name, found);
                }
                DeValue::Array(elements) => {
                    for element in elements.iter() {
                        let braces = self.toml[element.span().start..].starts_with('{');
                        if let DeValue::Table(inner) = element.get_ref()
                            && (!braces || element.span().contains(&self.span.start))
                        {
                            self.find_key(inner, name, found);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn string(&self) -> Problem {
        if !self.span.is_empty() {
            return Problem::new("toml-syntax", self.widen(self.span.clone()), "a string holds a control character")
                .hint("remove it, or write it as an escape such as `\\u0007`");
        }
        let (mark, open) = if self.message.starts_with("invalid multi-line basic") {
            ("\"\"\"", self.toml[..self.span.start].rfind("\"\"\""))
        } else if self.message.starts_with("invalid multi-line") {
            ("'''", self.toml[..self.span.start].rfind("'''"))
        } else {
            let mark = if self.message.contains("literal") { "'" } else { "\"" };
            (mark, self.toml[self.line.clone()].find(mark).map(|at| self.line.start + at))
        };
        let open = open.unwrap_or(self.line.start);
        let first_line = self.toml[open..].lines().next().unwrap_or_default();
        Problem::new("toml-syntax", (open..open + first_line.trim_end().len()).into(), "this string is never closed")
            .label(format!("no closing `{mark}`"))
            .hint(if mark.len() == 3 {
                format!("put `{mark}` where the text ends")
            } else {
                format!("put `{mark}` at its end; a text of several lines stands between `\"\"\"` and `\"\"\"`")
            })
    }

    fn stray(&self) -> Problem {
        let rest = &self.toml[self.span.start..self.line.end.max(self.span.start)];
        let range = self.span.start..self.span.start + rest.trim_end().len();
        let before = self.toml[..self.span.start].trim_end();
        let problem = Problem::new("toml-syntax", self.widen(range), "there is something after the value");
        if before.ends_with('"') || rest.trim_end().ends_with('"') {
            problem.label("the string ends before this").hint(
                "write `\\\"` for a quotation mark inside a string, or put the string between `'` and `'`; \
                 typographic ones (“ ”) can stand as they are",
            )
        } else if before.ends_with('\'') {
            problem
                .label("the string ends before this")
                .hint("put a string with an apostrophe between `\"` and `\"`; ’ can stand as it is")
        } else {
            problem.hint("put every field on a line of its own")
        }
    }

    fn key(&self) -> Problem {
        let line = self.toml[self.line.clone()].trim_end();
        let range = self.line.start..self.line.start + line.len();
        let first = line.trim_start();
        let problem = |message: String| Problem::new("toml-syntax", self.widen(range.clone()), message);
        if first.starts_with("- ") {
            return problem("a list is not written with `-` here".to_owned())
                .hint("in TOML it is written in brackets: `tags = [\"one\", \"two\"]`");
        }
        let colon = first.split_once(':').filter(|(key, _)| crate::ids::has_id_form(&key.trim().replace('_', "-")));
        if let Some((key, value)) = colon {
            let value = value.trim();
            let value = if value.starts_with('"') { value.to_owned() } else { format!("\"{value}\"") };
            return problem(format!("`{key}` is followed by `:`, not by `=`")).hint(format!(
                "in TOML it is written `{} = {}`",
                key.trim(),
                one_line(&value)
            ));
        }
        match first.split_once('=') {
            Some((key, _)) if !key.trim().is_empty() => problem(format!("`{}` is not a field's name", key.trim()))
                .hint("a name is one word of letters, digits, `-` and `_`"),
            Some(_) => problem("the name before `=` is missing".to_owned()).hint("write `name = \"value\"`"),
            None => problem("this line is not a field".to_owned())
                .hint("write `name = \"value\"`; a record's text goes below the closing `+++`"),
        }
    }

    fn punctuation(&self) -> Problem {
        let is = |start: &str| self.message.starts_with(start);
        let line = self.toml[self.line.clone()].trim_end();
        let whole = self.line.start..self.line.start + line.len();
        let end = whole.end.saturating_sub(line.chars().next_back().map_or(0, char::len_utf8))..whole.end;
        let at = |range: Range<usize>, message: &str| Problem::new("toml-syntax", self.widen(range), message);
        if is("unclosed table") || is("unclosed array table") {
            let name = line.trim().trim_matches(['[', ']']).trim();
            let header = if line.trim().starts_with("[[") { format!("[[{name}]]") } else { format!("[{name}]") };
            at(whole, "this header is never closed").hint(format!("write `{}`", one_line(&header)))
        } else if is("unclosed array") {
            at(end, "this list is never closed").hint("put `]` at its end")
        } else if is("unclosed inline table") {
            at(end, "this table is never closed").hint("put `}` at its end")
        } else if self.is_inner_comma() {
            at(self.span.clone(), "a comma is missing before this").hint("put `,` between two elements")
        } else if is("missing comma") || is("unexpected `=`") {
            at(end, "something is missing after this: a comma, or what closes the list or table")
                .hint("put `,` between two elements; close a list with `]` and a table with `}`")
        } else if is("extra comma") {
            at(self.span.clone(), "there is a comma too many").hint("remove it")
        } else {
            at(self.span.clone(), &format!("this is not TOML: {}", self.message))
                .hint("write lines such as `name = \"value\"`")
        }
    }

    /// A range with at least one character of the line, so that something can be underlined.
    fn widen(&self, range: Range<usize>) -> ByteRange {
        let (start, end) = (range.start.min(self.toml.len()), range.end.min(self.toml.len()));
        if start < end {
            return (start..end).into();
        }
        let next = self.toml.get(start..).and_then(|rest| rest.chars().next()).filter(|&c| c != '\n' && c != '\r');
        if let Some(next) = next {
            return (start..start + next.len_utf8()).into();
        }
        let before = self.toml.get(..start).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8);
        (start - before..start).into()
    }
}

fn unquoted_text(range: Range<usize>, raw: &str, key: Option<&str>) -> Problem {
    if raw.starts_with(['“', '”', '„', '«', '‘', '’', '‚', '»']) {
        return Problem::new("toml-syntax", range.into(), "a string begins and ends with straight quotation marks")
            .label("these are typographic ones")
            .hint("write `\"` at both ends; inside the string any quotation marks may stand");
    }
    if Date::parse(raw).is_ok() {
        return unquoted_date(range, raw, key);
    }
    if let Some(date) = Date::suggestion(raw) {
        return Problem::new("bad-date", range.into(), format!("`{raw}` is not a date"))
            .label("not written as a date")
            .hint(format!("write `{}{date}`", assignment(key)));
    }
    let problem = Problem::new("toml-syntax", range.into(), "text must stand in quotes").label("not in quotes");
    match raw {
        "yes" | "Yes" | "on" => problem.hint("write `true`"),
        "no" | "No" | "off" => problem.hint("write `false`"),
        "null" | "nil" | "none" | "None" => problem.hint("remove the line where there is nothing to say"),
        _ => problem.hint(format!("write `{}\"{}\"`", assignment(key), one_line(raw).trim_matches('"'))),
    }
}

fn unquoted_date(range: Range<usize>, raw: &str, key: Option<&str>) -> Problem {
    Problem::new("bad-date", range.into(), format!("`{raw}` must stand in quotes"))
        .label("only a whole day can stand without quotes")
        .hint(format!("write it as a string: `{}\"{raw}\"`", assignment(key)))
}

fn assignment(key: Option<&str>) -> String {
    key.map_or_else(String::new, |key| format!("{key} = "))
}
