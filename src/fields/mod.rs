//! TOML → typed values, each with its place: the reader under front matter, `casebook.toml` and `captures.lock`.
//!
//! A [`Table`] lists the fields that a table can have, as data, so that unknown and missing fields, suggestions and
//! documentation all come from one list. [`Fields`] reads a table by such a list and reports everything wrong in it;
//! what is wrong is left out, and reading goes on. What the values mean together is not this module's business.
//!
//! Places are byte ranges of the whole file, of which the TOML may be only a part.

pub mod codes;
pub mod located;
pub mod spec;
pub mod syntax;
pub mod values;

use std::cell::RefCell;

use arcstr::ArcStr;
use toml::de::{DeArray, DeTable, DeValue};

use crate::diag::{Problem, suggest};
use crate::files::{ByteRange, Slice};

pub use spec::{Alternative, Field, Form, Table};
pub(crate) use spec::{optional, required};

/// The file that is read, and what is wrong in it.
#[derive(Debug)]
pub struct Context<'a> {
    /// The text that words are shared with.
    text: Option<&'a ArcStr>,
    toml: &'a str,
    base: usize,
    broken: Vec<std::ops::Range<usize>>,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Context<'a> {
    /// For a file whose TOML is `toml` and begins at byte `base`, with lines whose syntax errors have been reported.
    pub fn new(toml: &'a str, base: usize, broken: Vec<std::ops::Range<usize>>) -> Self {
        Self { text: None, toml, base, broken, problems: RefCell::default() }
    }

    /// The same, which gives words of `text`, the whole file's, as parts of it.
    pub fn sharing(self, text: &'a ArcStr) -> Self {
        Self { text: Some(text), ..self }
    }

    /// Words that were read.
    pub fn words(&self, words: &str) -> Slice {
        match self.text {
            Some(text) => Slice::of(text, words),
            None => words.into(),
        }
    }

    /// Reports a problem.
    pub fn report(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Reports several problems.
    pub fn report_all(&self, problems: Vec<Problem>) {
        self.problems.borrow_mut().extend(problems);
    }

    /// What was reported, by place.
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| problem.range);
        problems
    }

    /// The fields of a table whose keys the user chooses: key, its place, and value.
    pub fn entries(&'a self, table: &'a DeTable<'a>) -> impl Iterator<Item = (&'a str, ByteRange, Value<'a>)> {
        table.iter().map(move |(key, value)| {
            let name: &'a str = key.get_ref();
            (name, self.range(key.span()), Value { cx: self, name, value, outer: None })
        })
    }

    fn range(&self, span: std::ops::Range<usize>) -> ByteRange {
        ByteRange::new(self.base + span.start, self.base + span.end)
    }

    /// Whether a line with a syntax error has part of it.
    fn is_broken(&self, span: &std::ops::Range<usize>) -> bool {
        self.broken.iter().any(|line| line.start < span.end && span.start < line.end)
    }

    /// Whether a line with a syntax error may have been meant to give this field.
    fn is_lost(&self, field: &str) -> bool {
        self.broken.iter().filter_map(|line| self.toml.get(line.clone())).any(|line| line.contains(field))
    }
}

/// A value with its key and its place.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    /// Where problems go.
    pub cx: &'a Context<'a>,
    /// The key, or the list's.
    pub name: &'a str,
    value: &'a toml::Spanned<DeValue<'a>>,
    /// The table that it is in.
    outer: Option<&'static Table>,
}

impl<'a> Value<'a> {
    /// Where the value stands, with its delimiters.
    pub fn range(self) -> ByteRange {
        self.cx.range(self.value.span())
    }

    /// The value as it is written.
    pub fn raw(self) -> &'a str {
        self.cx.toml.get(self.value.span()).unwrap_or_default()
    }

    /// The value as TOML has it.
    pub fn get(self) -> &'a DeValue<'a> {
        self.value.get_ref()
    }

    /// Whether the value is only what was made of a syntax error, which was reported.
    pub fn is_broken(self) -> bool {
        let span = self.value.span();
        match self.get() {
            DeValue::Table(_) | DeValue::Array(_) => self.cx.is_broken(&(span.start..span.start + 1)),
            _ => span.is_empty() || self.cx.is_broken(&span),
        }
    }

    /// A problem at the value.
    pub fn problem(self, code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(code, self.range(), message)
    }

    /// Reports that the value is not `expected` ("a string").
    pub fn wrong_type(self, expected: &str, hint: impl Into<String>) {
        let message = format!("`{}` must be {expected}, but this is {}", self.name, type_name(self.get()));
        let problem = self.problem("wrong-type", message).label(format!("not {expected}")).hint(hint);
        self.cx.report(problem);
    }

    /// The list's elements.
    pub fn elements(self) -> Option<impl Iterator<Item = Value<'a>>> {
        let DeValue::Array(array) = self.get() else {
            let hint = match self.get() {
                DeValue::String(_) => {
                    format!("put it in square brackets: `{} = [{}]`", self.name, one_line(self.raw()))
                }
                _ => format!("write `{} = [\"…\", \"…\"]`", self.name),
            };
            self.wrong_type("a list", hint);
            return None;
        };
        let array: &'a DeArray<'a> = array;
        Some(array.iter().map(move |value| Value { value, ..self }).filter(|value| !value.is_broken()))
    }

    /// The value as a table with those fields.
    pub fn table(self, spec: &'static Table) -> Option<Fields<'a>> {
        let DeValue::Table(table) = self.get() else {
            return None;
        };
        let outer = self.outer.filter(|_| self.raw().starts_with('['));
        Some(Fields::open(self.cx, table, spec, self.range(), outer))
    }

    /// The value as a table whose keys the user chooses.
    pub fn entries(self) -> Option<impl Iterator<Item = (&'a str, ByteRange, Value<'a>)>> {
        let DeValue::Table(table) = self.get() else {
            self.wrong_type("a table", format!("write its fields under a line `[{}]`", self.name));
            return None;
        };
        Some(self.cx.entries(table))
    }
}

/// What a value is, in words.
fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The first line of a raw text, so that a hint stays in one line.
pub(crate) fn one_line(raw: &str) -> String {
    let line = raw.lines().next().unwrap_or_default();
    if line.len() == raw.len() && line.chars().count() <= 60 { line.to_owned() } else { "…".to_owned() }
}

/// A table that is being read by its list of fields.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    /// Where problems go.
    pub cx: &'a Context<'a>,
    /// The table's header, its braces, or the front matter's fence.
    pub at: ByteRange,
    table: &'a DeTable<'a>,
    spec: &'static Table,
}

impl<'a> Fields<'a> {
    /// Opens a table: reports its unknown and its missing fields. `at` is where a missing field is reported; `outer` is
    /// the table around one with a header, whose fields may have been written too far down.
    pub fn open(
        cx: &'a Context<'a>,
        table: &'a DeTable<'a>,
        spec: &'static Table,
        at: ByteRange,
        outer: Option<&'static Table>,
    ) -> Self {
        // A required field under a misspelt name is one mistake, not two.
        let mut meant = Vec::new();
        for key in table.keys() {
            if spec.field(key.get_ref()).is_none() && !cx.is_broken(&key.span()) {
                meant.extend(suggest::nearest(key.get_ref(), spec.names()));
                cx.report(unknown_field(cx.range(key.span()), key.get_ref(), spec, outer));
            }
        }
        let is_missing = |field: &&Field| {
            field.required && !table.contains_key(field.name) && !cx.is_lost(field.name) && !meant.contains(&field.name)
        };
        for field in spec.fields.iter().filter(is_missing) {
            cx.report(
                Problem::new("missing-field", at, format!("this {} has no `{}`", spec.noun(), field.name))
                    .label(format!("`{}` is missing", field.name))
                    .hint(format!("add `{}`", field.example.replace('\n', " "))),
            );
        }
        Self { cx, at, table, spec }
    }

    /// Whether the table has the field.
    pub fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    /// The field's value as `read` has it; none where it is absent or wrong.
    pub fn get<T>(&self, name: &'static str, read: impl FnOnce(Value<'a>) -> Option<T>) -> Option<T> {
        debug_assert!(self.spec.field(name).is_some(), "{name} is not listed");
        let value = Value { cx: self.cx, name, value: self.table.get(name)?, outer: Some(self.spec) };
        if value.is_broken() { None } else { read(value) }
    }

    /// The elements of the field's list, each as `read` has it, without the wrong ones.
    pub fn list<T>(&self, name: &'static str, mut read: impl FnMut(Value<'a>) -> Option<T>) -> Vec<T> {
        self.get(name, |value| Some(all(value.elements()?.filter_map(&mut read)))).unwrap_or_default()
    }

    /// The field's table, written as `[name]` or in braces, as `read` has it.
    pub fn table<T>(&self, name: &'static str, read: impl FnOnce(Fields<'a>) -> Option<T>) -> Option<T> {
        let Some(Form::Table(spec)) = self.spec.field(name).map(|field| field.form) else {
            return None;
        };
        self.get(name, |value| match value.get() {
            DeValue::Table(table) => read(Fields::open(self.cx, table, spec, value.range(), self.outer(value))),
            DeValue::Array(array) if value.raw().starts_with("[[") => {
                value.cx.report(
                    value
                        .problem("wrong-type", format!("there can be only one `{name}`"))
                        .hint(format!("write `[{name}]`, with one pair of brackets")),
                );
                let first = array.iter().next()?;
                let first = Value { value: first, ..value };
                let DeValue::Table(table) = first.get() else { return None };
                read(Fields::open(self.cx, table, spec, first.range(), Some(self.spec)))
            }
            _ => {
                value.wrong_type("a table", format!("write it as `{}`", self.example(name)));
                None
            }
        })
    }

    /// The field's tables, each written under `[[name]]`, as `read` has them.
    pub fn tables<T>(&self, name: &'static str, mut read: impl FnMut(Fields<'a>) -> Option<T>) -> Vec<T> {
        let Some(Form::Tables(spec) | Form::SomeTables(spec)) = self.spec.field(name).map(|field| field.form) else {
            return Vec::new();
        };
        let mut open = |value: Value<'a>| match value.get() {
            DeValue::Table(table) => read(Fields::open(self.cx, table, spec, value.range(), self.outer(value))),
            _ => {
                value.wrong_type("a list of tables", format!("write each under a line `[[{name}]]`"));
                None
            }
        };
        let read_all = |value: Value<'a>| match value.get() {
            DeValue::Array(_) => Some(all(value.elements()?.filter_map(&mut open))),
            DeValue::Table(_) => {
                value.wrong_type(
                    "a list of tables",
                    format!("write `[[{name}]]`, with two pairs of brackets: there can be several"),
                );
                Some(open(value).into_iter().collect())
            }
            _ => {
                value.wrong_type("a list of tables", format!("write each under a line `[[{name}]]`"));
                None
            }
        };
        self.get(name, read_all).unwrap_or_default()
    }

    /// This table, as the one around `value`, if `value` has a header.
    fn outer(&self, value: Value<'a>) -> Option<&'static Table> {
        value.raw().starts_with('[').then_some(self.spec)
    }

    fn example(&self, name: &str) -> String {
        self.spec.field(name).map_or_else(String::new, |field| field.example.replace('\n', " "))
    }
}

/// The problem of a key that is not in the list.
fn unknown_field(at: ByteRange, key: &str, spec: &'static Table, outer: Option<&'static Table>) -> Problem {
    let problem =
        Problem::new("unknown-field", at, format!("{} has no field `{key}`", spec.name)).label("unknown field");
    if let Some(outer) = outer.filter(|outer| outer.field(key).is_some()) {
        return problem.hint(format!(
            "`{key}` is a field of the {} itself, and everything below a line `[…]` or `[[…]]` belongs to that table: \
             move it above the first of them",
            outer.noun()
        ));
    }
    if let Some(hint) = suggest::did_you_mean(key, spec.names()) {
        return problem.hint(hint);
    }
    if let Some(holder) = spec.holder(key) {
        let header = match holder.form {
            Form::Tables(_) | Form::SomeTables(_) => format!("[[{}]]", holder.name),
            _ => format!("[{}]", holder.name),
        };
        return problem.hint(format!("`{key}` belongs under `{header}`"));
    }
    let names: Vec<&str> = spec.names().collect();
    problem.hint(format!("the fields of {} are {}", spec.name, names.join(", ")))
}

/// The elements without room for more: a dossier keeps many short lists.
fn all<T>(elements: impl Iterator<Item = T>) -> Vec<T> {
    let mut list: Vec<T> = elements.collect();
    list.shrink_to_fit();
    list
}
