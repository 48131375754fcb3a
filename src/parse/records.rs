//! Front matter and body → a source, an entity, an essay, or the home page.

use arcstr::ArcStr;

use super::ast::{Capture, Commentary, Entity, Located, Record, Source};
use super::body::{agent, body, head};
use super::frontmatter::{self, Parts};
use super::{Parsed, outline, tables};
use crate::diag::Problem;
use crate::fields::located::Spanned;
use crate::fields::{Fields, values};
use crate::files::Slice;
use crate::terms::{EntityKind, Extent, Publish, SourceKind};

/// A source; none without its title.
pub(super) fn source(fields: Fields<'_>, parts: &Parts<'_>) -> Option<Source> {
    let title = fields.get("title", values::located);
    let source = Source {
        head: head(fields, parts),
        title: title.clone().unwrap_or_else(|| Located::verbatim(Slice::default(), 0)),
        authors: fields.list("authors", agent),
        publisher: fields.get("publisher", agent),
        date: fields.get("date", values::date),
        kind: fields
            .get("kind", |kind| values::word(kind, SourceKind::ALL, SourceKind::word))
            .unwrap_or(SourceKind::Article),
        url: fields.get("url", values::url),
        archived: fields.get("archived", values::url),
        language: fields.get("language", values::language),
        publish: fields
            .get("publish", |publish| values::word(publish, Publish::ALL, Publish::word))
            .unwrap_or(Publish::Excerpts),
        extent: fields.get("extent", |extent| values::word(extent, Extent::ALL, Extent::word)).unwrap_or(Extent::Full),
        excerpt_limit: fields
            .get("excerpt_limit", |limit| Some(Spanned { value: values::integer(limit)?, range: limit.range() })),
        capture: fields.table("capture", capture),
        body: (!parts.body.trim().is_empty()).then(|| parts.located()),
    };
    title.map(|_| source)
}

fn capture(fields: Fields<'_>) -> Option<Capture> {
    let file = fields.get("file", |file| values::file_name(file, tables::CAPTURES));
    let sha256 = fields.get("sha256", values::sha256);
    let retrieved = fields.get("retrieved", values::date);
    Some(Capture { file: file?, sha256, retrieved })
}

/// An entity; none without its name.
pub(super) fn entity(fields: Fields<'_>, parts: &Parts<'_>) -> Option<Entity> {
    let name = fields.get("name", values::located);
    let entity = Entity {
        head: head(fields, parts),
        name: name.clone().unwrap_or_else(|| Located::verbatim(Slice::default(), 0)),
        kind: fields.get("kind", |kind| values::word(kind, EntityKind::ALL, EntityKind::word)),
        role: fields.get("role", values::words),
        other_names: fields.list("other_names", values::string),
        url: fields.get("url", values::url),
        same_as: fields.list("same_as", values::url),
        body: body(fields, parts),
    };
    name.map(|_| entity)
}

/// An essay; none without its title.
pub(super) fn commentary(fields: Fields<'_>, parts: &Parts<'_>) -> Option<Commentary> {
    let title = fields.get("title", values::located);
    let commentary = Commentary {
        head: head(fields, parts),
        title: title.clone().unwrap_or_else(|| Located::verbatim(Slice::default(), 0)),
        date: fields.get("date", values::date),
        updated: fields.get("updated", values::date),
        authors: fields.list("authors", agent),
        summary: fields.get("summary", values::words),
        body: body(fields, parts),
    };
    title.map(|_| commentary)
}

/// The home page's introduction, which has no front matter.
pub(super) fn home(text: &ArcStr) -> Parsed {
    let mut problems = Vec::new();
    let mut start = frontmatter::bom(text);
    if let Some((fence, body)) = frontmatter::unwanted(text) {
        problems.push(
            Problem::new("unexpected-front-matter", fence, "the home page has no front matter")
                .label("opens one")
                .hint("remove it, with both its lines; the title and the like stand in casebook.toml"),
        );
        start = body;
    }
    let (prose, more) = outline::outline(Located::verbatim(Slice::of(text, &text[start..]), start));
    problems.extend(more);
    Parsed { record: Some(Record::Home(prose)), problems, draft: false }
}
