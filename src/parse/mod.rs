//! Text → [`ast`]: one file at a time, never aborting, with every problem of the file.
//!
//! Nothing is looked up: whether an id names a record, or a quotation stands in its source, is decided later.

pub mod ast;
mod body;
mod claim;
mod frontmatter;
mod outline;
mod records;
pub mod tables;
#[cfg(test)]
mod tests;

use arcstr::ArcStr;
use toml::de::DeValue;

use crate::diag::Problem;
use crate::fields::{Context, Fields, Table, syntax};
use crate::ids::RecordKind;

/// What came of a file.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The record; none where the file is too broken to be one, and then its id is poisoned: references to it raise no
    /// second error.
    pub record: Option<ast::Record>,
    /// Everything wrong in the file, by place.
    pub problems: Vec<Problem>,
    /// Whether the file says that it is a draft, even where there is no record.
    pub draft: bool,
}

/// Parses the text of a record's file.
pub fn parse(kind: RecordKind, text: &str) -> Parsed {
    parse_shared(kind, &text.into())
}

/// The same; what the record says shares the text.
pub fn parse_shared(kind: RecordKind, text: &ArcStr) -> Parsed {
    let mut parsed = match kind {
        RecordKind::Home => records::home(text),
        _ => with_front_matter(kind, text),
    };
    parsed.problems.sort_by_key(|problem| problem.range);
    parsed
}

fn with_front_matter(kind: RecordKind, text: &ArcStr) -> Parsed {
    let parts = match frontmatter::split(kind, text) {
        Ok(parts) => parts,
        Err(problem) => return Parsed { record: None, problems: vec![*problem], draft: false },
    };
    syntax::read(parts.toml, parts.toml_start, |document| record(kind, &parts, document))
}

fn record(kind: RecordKind, parts: &frontmatter::Parts<'_>, document: syntax::Document<'_>) -> Parsed {
    let draft = document.table.get("draft").is_some_and(|value| matches!(value.get_ref(), DeValue::Boolean(true)));
    if document.shattered {
        return Parsed { record: None, problems: document.problems, draft };
    }
    let cx = Context::new(parts.toml, parts.toml_start, document.broken).sharing(parts.text);
    cx.report_all(document.problems);
    let fields = Fields::open(&cx, &document.table, table(kind), parts.fence, None);
    let record = match kind {
        RecordKind::Source => records::source(fields, parts).map(ast::Record::Source),
        RecordKind::Claim => claim::claim(fields, parts).map(ast::Record::Claim),
        RecordKind::Entity => records::entity(fields, parts).map(ast::Record::Entity),
        RecordKind::Commentary | RecordKind::Home => records::commentary(fields, parts).map(ast::Record::Commentary),
    };
    Parsed { record, problems: cx.into_problems(), draft }
}

/// The fields of that kind of record's front matter.
fn table(kind: RecordKind) -> &'static Table {
    match kind {
        RecordKind::Source => &tables::SOURCE,
        RecordKind::Claim => &tables::CLAIM,
        RecordKind::Entity => &tables::ENTITY,
        RecordKind::Commentary | RecordKind::Home => &tables::COMMENTARY,
    }
}
