//! Records → JSON-LD in the terms of schema.org (version 29) and, for what claims do to each other, of CiTO.
//!
//! A type is only given where the dossier knows it: of a plain name nobody has said whether it is a person's. A date is
//! only given where ISO 8601 can say it. An address is absolute with a base address, else relative to the page.

mod claim;
mod source;

use serde::Serialize;

use crate::data::Addresses;
use crate::data::names::name;
use crate::dossier::{Agent, Entity, RecordRef, SourceIx};
use crate::terms::{EntityKind, SourceKind};

pub(crate) use claim::claim;
pub(crate) use source::source;

/// The context of schema.org's terms.
const CONTEXT: &str = "https://schema.org";

/// A reference to what is described elsewhere.
#[derive(Serialize)]
struct Ref {
    #[serde(rename = "@id")]
    id: String,
}

/// Anything with a name.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: &'a str,
}

impl<'a> Named<'a> {
    /// What a claim is about.
    fn thing(at: &Addresses<'a>, agent: &'a Agent) -> Self {
        let (kind, record) = match agent {
            Agent::Entity(ix) => (entity_kind(&at.dossier.entities[ix.index()]), Some(RecordRef::Entity(*ix))),
            Agent::Source(ix) => (Some(work_kind(at, *ix)), Some(RecordRef::Source(*ix))),
            Agent::Name(_) => (None, None),
        };
        Self { kind, id: record.map(|record| at.record(record)), name: name(at.dossier, agent) }
    }

    /// Whoever writes, says, publishes or rates: a person or an organisation. A country that speaks is neither in these
    /// terms, and its type is left open; a source is a work, and nobody.
    fn somebody(at: &Addresses<'a>, agent: &'a Agent) -> Option<Self> {
        let named = Self::thing(at, agent);
        let kind = named.kind.filter(|kind| matches!(*kind, "Person" | "Organization"));
        (!matches!(agent, Agent::Source(_))).then_some(Self { kind, ..named })
    }

    fn all(at: &Addresses<'a>, agents: &'a [Agent]) -> Vec<Self> {
        agents.iter().filter_map(|agent| Self::somebody(at, agent)).collect()
    }

    /// The dossier's publisher.
    fn publisher(at: &Addresses<'a>) -> Option<Self> {
        let name = at.dossier.config.publisher.as_deref()?;
        Some(Self { kind: Some("Organization"), id: None, name })
    }
}

/// A source, in short.
#[derive(Serialize)]
struct Work<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
}

impl<'a> Work<'a> {
    fn of(at: &Addresses<'a>, ix: SourceIx) -> Self {
        let source = &at.dossier.sources[ix.index()];
        Self {
            kind: work_kind(at, ix),
            id: at.record(RecordRef::Source(ix)),
            name: &source.title,
            url: source.url.as_deref(),
            published: source.date.as_ref().and_then(|date| date.plain()),
        }
    }
}

/// The type of a source. What schema.org has no word for is a work.
fn work_kind(at: &Addresses<'_>, ix: SourceIx) -> &'static str {
    match at.dossier.sources[ix.index()].kind {
        SourceKind::Article => "Article",
        SourceKind::Report => "Report",
        SourceKind::Post => "SocialMediaPosting",
        SourceKind::Video => "VideoObject",
        SourceKind::Audio => "AudioObject",
        SourceKind::Dataset => "Dataset",
        SourceKind::Transcript | SourceKind::Letter | SourceKind::Filing => "CreativeWork",
    }
}

/// The type of an entity; none for what can be of any.
fn entity_kind(entity: &Entity) -> Option<&'static str> {
    match entity.kind? {
        EntityKind::Person => Some("Person"),
        EntityKind::Organization => Some("Organization"),
        EntityKind::Place => Some("Place"),
        EntityKind::Event => Some("Event"),
        EntityKind::Work => Some("CreativeWork"),
        EntityKind::Anonymous => None,
    }
}
