//! The whole dossier → JSON, as `schemas/dossier.schema.json` describes it.
//!
//! Fields are called as in front matter where they are the same; dates are EDTF; whoever has a record is given by its id
//! and name. What a source's page does not show is not in it, nor the bodies of claims, entities and essays, whose pages
//! have them. A record stands in a line of its own, so that two versions compare line by line.

mod claim;

use serde::Serialize;

use crate::config::{Rating, RelationType};
use crate::data::json::{self, is_false};
use crate::data::names;
use crate::data::stretch::{Stretch, of_records};
use crate::dossier::{
    Agent, CaptureCheck, ClaimIx, Commentary, CommentaryIx, Dossier, Entity, EntityIx, Meta, RecordRef, Source,
    SourceIx, Table, Tabled,
};
use crate::files::Slice;
use crate::route::{DataFile, Route, Routes};
use crate::site::{SitePath, address};
use crate::terms::{EntityKind, Extent, Polarity, Publish, SourceKind, Tone};

/// The version of the format: a number that grows when a field changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Head<'a> {
    #[serde(rename = "$schema")]
    schema: String,
    version: u32,
    title: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<&'a str>,
    ratings_ordinal: bool,
}

#[derive(Serialize)]
struct RatingData<'a> {
    id: &'a str,
    label: &'a str,
    meaning: &'a str,
    tone: Tone,
}

#[derive(Serialize)]
struct RelationTypeData<'a> {
    name: &'a str,
    label: &'a str,
    inverse: &'a str,
    polarity: Polarity,
    symmetric: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    iri: Option<&'a str>,
}

/// What every record has.
#[derive(Serialize)]
struct RecordData<'a> {
    id: &'a str,
    /// The path of its page in the site.
    page: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    draft: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

#[derive(Serialize)]
struct SourceData<'a> {
    #[serde(flatten)]
    record: RecordData<'a>,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<AgentData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<AgentData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    kind: SourceKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archived: Option<&'a str>,
    language: &'a str,
    publish: Publish,
    extent: Extent,
    /// Whether the dossier has its text, so that quotations from it were checked.
    has_text: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    capture: Option<CaptureData<'a>>,
    annotations: &'a str,
}

#[derive(Serialize)]
struct CaptureData<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retrieved: Option<&'a str>,
}

#[derive(Serialize)]
struct EntityData<'a> {
    #[serde(flatten)]
    record: RecordData<'a>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<EntityKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    other_names: &'a [Slice],
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    same_as: &'a [Slice],
}

#[derive(Serialize)]
struct EssayData<'a> {
    #[serde(flatten)]
    record: RecordData<'a>,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<AgentData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
}

/// Somebody.
#[derive(Serialize)]
struct AgentData<'a> {
    /// The id of the record, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: &'a str,
}

/// The whole dossier, in stretches of some records each.
pub(super) fn json<'a>(dossier: &'a Dossier, routes: &'a Routes) -> Vec<Stretch<'a>> {
    let whole = Whole { dossier, routes };
    let mut file = vec![Stretch::new("head", move || whole.before_records())];
    let Dossier { sources, claims, entities, commentary, .. } = dossier;
    list(
        &mut file,
        "sources",
        sources,
        |source| &source.meta,
        move |n, source| json::line(&whole.source(SourceIx(n), source)),
    );
    list(&mut file, "claims", claims, |claim| &claim.meta, move |n, claim| json::line(&whole.claim(ClaimIx(n), claim)));
    list(
        &mut file,
        "entities",
        entities,
        |entity| &entity.meta,
        move |n, entity| json::line(&whole.entity(EntityIx(n), entity)),
    );
    list(
        &mut file,
        "commentary",
        commentary,
        |essay| &essay.meta,
        move |n, essay| json::line(&whole.essay(CommentaryIx(n), essay)),
    );
    file.push(Stretch::new("end", || "\n}\n".to_owned()));
    file
}

/// Appends a list of records to an object that has something in it already, a line for each.
fn list<'a, T: Tabled + Sync>(
    file: &mut Vec<Stretch<'a>>,
    name: &'static str,
    records: &'a Table<T>,
    meta: impl Fn(&T) -> &Meta,
    line: impl Fn(u32, &'a T) -> String + Copy + Send + Sync + 'a,
) {
    file.push(Stretch::new(&(name, "begins"), move || begin(name)));
    file.extend(of_records(name, records, meta, move |first, records| {
        items(first == 0, (first..).zip(records).map(|(n, record)| line(n, record)))
    }));
    let is_empty = records.is_empty();
    file.push(Stretch::new(&(name, "ends", is_empty), move || end(is_empty).to_owned()));
}

fn begin(name: &str) -> String {
    format!(",\n  \"{name}\": [")
}

fn items(is_first: bool, lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for (n, line) in lines.enumerate() {
        text.push_str(if is_first && n == 0 { "\n    " } else { ",\n    " });
        text.push_str(&line);
    }
    text
}

fn end(is_empty: bool) -> &'static str {
    if is_empty { "]" } else { "\n  ]" }
}

fn rating(rating: &Rating) -> RatingData<'_> {
    RatingData { id: &rating.id, label: &rating.label, meaning: &rating.meaning, tone: rating.tone }
}

fn relation_type(kind: &RelationType) -> RelationTypeData<'_> {
    RelationTypeData {
        name: &kind.name,
        label: &kind.label,
        inverse: &kind.inverse,
        polarity: kind.polarity,
        symmetric: kind.symmetric,
        iri: kind.iri.as_deref(),
    }
}

#[derive(Clone, Copy)]
struct Whole<'a> {
    dossier: &'a Dossier,
    routes: &'a Routes,
}

impl<'a> Whole<'a> {
    /// The object's first fields: all but the lists of records.
    fn before_records(self) -> String {
        let config = &self.dossier.config;
        let head = json::line(&self.head());
        let fields = head.strip_prefix('{').and_then(|head| head.strip_suffix('}')).unwrap_or_default();
        let ratings = items(true, config.ratings.iter().map(|rating| json::line(&self::rating(rating))));
        let types = items(true, config.relation_types.iter().map(|kind| json::line(&relation_type(kind))));
        let list = |name, items: &str| begin(name) + items + end(items.is_empty());
        format!("{{\n  {fields}") + &list("ratings", &ratings) + &list("relation_types", &types)
    }

    fn head(&self) -> Head<'a> {
        let config = &self.dossier.config;
        // Both files stand in one folder.
        let schema = DataFile::Schema.path();
        let beside = schema.rsplit('/').next().unwrap_or(schema).to_owned();
        Head {
            schema: config.base_url.as_ref().map_or(beside, |base| address(base, &SitePath::new(schema))),
            version: VERSION,
            title: &config.title,
            language: &config.language,
            description: config.description.as_deref(),
            publisher: config.publisher.as_deref(),
            licence: config.licence.as_deref(),
            base_url: config.base_url.as_deref(),
            ratings_ordinal: config.ratings_ordinal,
        }
    }

    fn record(&self, record: RecordRef, meta: &'a Meta) -> RecordData<'a> {
        let tags = meta.tags.iter().filter_map(|tag| self.dossier.tags.get(tag.index()));
        RecordData {
            id: meta.id.as_str(),
            page: self.routes.record(record).map_or("", |path| path.as_str()),
            aliases: meta.aliases.iter().map(|alias| alias.as_str()).collect(),
            draft: meta.draft,
            tags: tags.map(|tag| tag.name.as_str()).collect(),
        }
    }

    fn agent(&self, agent: &'a Agent) -> AgentData<'a> {
        AgentData { id: names::id(self.dossier, agent), name: names::name(self.dossier, agent) }
    }

    fn agents(&self, agents: &'a [Agent]) -> Vec<AgentData<'a>> {
        agents.iter().map(|agent| self.agent(agent)).collect()
    }

    fn source(&self, ix: SourceIx, source: &'a Source) -> SourceData<'a> {
        let annotations = self.routes.path(Route::Annotations(ix));
        SourceData {
            record: self.record(RecordRef::Source(ix), &source.meta),
            title: &source.title,
            authors: self.agents(&source.authors),
            publisher: source.publisher.as_ref().map(|publisher| self.agent(publisher)),
            date: source.date.as_ref().map(|date| date.as_str()),
            kind: source.kind,
            url: source.url.as_deref(),
            archived: source.archived.as_deref(),
            language: source.language.as_deref().unwrap_or(&self.dossier.config.language),
            publish: source.publish,
            extent: source.extent,
            has_text: source.text.is_some(),
            capture: source.capture.as_ref().map(|capture| {
                let (status, recorded) = match &capture.check {
                    CaptureCheck::NotChecked => ("not-checked", None),
                    CaptureCheck::Matched { on } => ("matched", Some(on.as_str())),
                    CaptureCheck::Stale { on } => ("stale", Some(on.as_str())),
                };
                let retrieved = capture.retrieved.as_ref().map(|date| date.as_str());
                CaptureData { status, recorded, sha256: capture.sha256.as_deref(), retrieved }
            }),
            annotations: annotations.map_or("", |path| path.as_str()),
        }
    }

    fn entity(&self, ix: EntityIx, entity: &'a Entity) -> EntityData<'a> {
        EntityData {
            record: self.record(RecordRef::Entity(ix), &entity.meta),
            name: &entity.name,
            kind: entity.kind,
            role: entity.role.as_deref(),
            other_names: &entity.other_names,
            url: entity.url.as_deref(),
            same_as: &entity.same_as,
        }
    }

    fn essay(&self, ix: CommentaryIx, essay: &'a Commentary) -> EssayData<'a> {
        EssayData {
            record: self.record(RecordRef::Commentary(ix), &essay.meta),
            title: &essay.title,
            date: essay.date.as_ref().map(|date| date.as_str()),
            updated: essay.updated.as_ref().map(|date| date.as_str()),
            authors: self.agents(&essay.authors),
            summary: essay.summary.as_deref(),
        }
    }
}
