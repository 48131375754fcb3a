//! What several records' readers share: the common fields, people, passages, and Markdown.

use toml::de::DeValue;

use super::ast::{Agent, Head, Prose, Quote, Spanned};
use super::frontmatter::Parts;
use super::{outline, tables};
use crate::fields::{Fields, Value, values};
use crate::ids::RecordId;

/// What every record's front matter can have.
pub(super) fn head(fields: Fields<'_>, parts: &Parts<'_>) -> Head {
    Head {
        aliases: fields.list("aliases", values::alias),
        draft: fields.get("draft", values::boolean).unwrap_or_default(),
        tags: fields.list("tags", values::tag),
        fence: parts.fence,
    }
}

/// The file's body as Markdown of the dossier's own.
pub(super) fn body(fields: Fields<'_>, parts: &Parts<'_>) -> Prose {
    let (prose, problems) = outline::outline(parts.located());
    fields.cx.report_all(problems);
    prose
}

/// A string of Markdown, which may be empty: that is a lint's business.
pub(super) fn markdown(value: Value<'_>) -> Option<Prose> {
    let (prose, problems) = outline::outline(values::located_or_empty(value)?);
    value.cx.report_all(problems);
    Some(prose)
}

/// A string of Markdown that says something.
pub(super) fn some_markdown(value: Value<'_>) -> Option<Prose> {
    values::text(value)?;
    markdown(value)
}

/// Who is named: an id, a name, or `{ name = "…" }`.
pub(super) fn agent(value: Value<'_>) -> Option<Spanned<Agent>> {
    match value.get() {
        DeValue::String(_) => {
            let name = values::string(value)?;
            let agent = RecordId::shared(&name.value).map_or_else(|| Agent::Name(name.value), Agent::Id);
            Some(Spanned { value: agent, range: name.range })
        }
        DeValue::Table(_) => {
            let name = value.table(&tables::NAME)?.get("name", values::words)?;
            Some(Spanned { value: Agent::ForcedName(name), range: value.range() })
        }
        DeValue::Array(_) => {
            value.wrong_type("one name", "write one id or one name, without square brackets");
            None
        }
        _ => {
            let hint = format!("put it in quotes: `\"{}\"`", value.raw());
            value.wrong_type("an id or a name", hint);
            None
        }
    }
}

/// The passage that a table's `source`, `quote`, `prefix` and `suffix` name.
pub(super) fn quote(fields: Fields<'_>) -> Option<Quote> {
    let (source, exact) = (fields.get("source", values::id), fields.get("quote", values::located));
    // White space at the inner end of a context counts as the text between it and the passage.
    let (prefix, suffix) = (fields.get("prefix", values::as_it_stands), fields.get("suffix", values::as_it_stands));
    Some(Quote { source: source?, exact: exact?, prefix: prefix.map(Box::new), suffix: suffix.map(Box::new) })
}
