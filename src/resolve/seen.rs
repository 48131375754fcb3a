//! What the rest of a dossier can see of a record's file: as long as it is the same, what other records look up is.

use crate::files::ByteRange;
use crate::ids::RecordId;
use crate::parse::Parsed;
use crate::parse::ast::{self, Head, Record};
use crate::resolve::fragments::texts_of_claim;
use crate::resolve::shelf;
use crate::terms::{EntityKind, Publish};

/// What names, tags and people are looked up in.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Names<'a> {
    draft: bool,
    is_record: bool,
    aliases: Vec<(&'a RecordId, ByteRange)>,
    tags: Vec<&'a RecordId>,
    fence: Option<ByteRange>,
    entity: Option<(Vec<&'a str>, Option<EntityKind>)>,
}

impl<'a> Names<'a> {
    /// Those of a file.
    pub(crate) fn of(parsed: &'a Parsed) -> Self {
        let head = parsed.record.as_ref().and_then(shelf::head);
        let aliases = head.iter().flat_map(|head| &head.aliases).map(|alias| (&alias.value, alias.range));
        let entity = match &parsed.record {
            Some(Record::Entity(entity)) => {
                let others = entity.other_names.iter().map(|name| name.value.as_str());
                Some((std::iter::once(entity.name.text.as_str()).chain(others).collect(), entity.kind))
            }
            _ => None,
        };
        Self {
            draft: parsed.draft,
            is_record: parsed.record.is_some(),
            aliases: aliases.collect(),
            tags: head.iter().flat_map(|head| &head.tags).map(|tag| &tag.value).collect(),
            fence: head.map(|Head { fence, .. }| *fence),
            entity,
        }
    }
}

/// What links with a fragment are looked up in, a source's own headings aside.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Fragments<'a> {
    headings: Vec<&'a str>,
    /// The appearances: each with its key and its source.
    appearances: Vec<(Option<&'a RecordId>, &'a RecordId)>,
    /// The sources of the block quotations.
    quotations: Vec<&'a RecordId>,
    publish: Option<Publish>,
}

impl<'a> Fragments<'a> {
    /// Those of a file.
    pub(crate) fn of(parsed: &'a Parsed) -> Self {
        let mut seen = Self { headings: Vec::new(), appearances: Vec::new(), quotations: Vec::new(), publish: None };
        match &parsed.record {
            None => {}
            Some(Record::Source(source)) => seen.publish = Some(source.publish),
            Some(Record::Claim(claim)) => {
                seen.add(texts_of_claim(claim));
                let made = claim.appearances.iter();
                seen.appearances =
                    made.map(|made| (made.key.as_ref().map(|key| &key.value), &made.quote.source.value)).collect();
            }
            Some(Record::Entity(entity)) => seen.add(std::iter::once(&entity.body)),
            Some(Record::Commentary(essay)) => seen.add(std::iter::once(&essay.body)),
            Some(Record::Home(home)) => seen.add(std::iter::once(home)),
        }
        seen
    }

    fn add(&mut self, texts: impl Iterator<Item = &'a ast::Prose>) {
        for text in texts {
            self.headings.extend(text.headings.iter().map(|heading| heading.slug.as_str()));
            self.quotations.extend(text.quotations.iter().map(|quotation| &quotation.source.value));
        }
    }

    /// Whether the page shows the source's own headings.
    pub(crate) fn shows_headings(&self) -> bool {
        self.publish == Some(Publish::Full)
    }
}
