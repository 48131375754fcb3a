//! A record → its texts, as far as pages show them, each with what it is.

use crate::data::names::name;
use crate::data::prose;
use crate::dossier::{Agent, Claim, Dossier, Entity, QuotedBy, RecordRef, Source, SourceIx, TagIx};
use crate::render::quotation;
use crate::route::Routes;

/// What a text is of a record, the one that says most of it first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Field {
    /// Its title, statement or name.
    Title,
    /// The words of a source that it is about.
    Quotation,
    /// Who and what it names: people, publishers, tags.
    Name,
    /// Everything else.
    Body,
}

type Sink<'a> = &'a mut dyn FnMut(Field, &str);

/// Gives every text of a record to `sink`; the first one is its title.
pub(super) fn read(dossier: &Dossier, routes: &Routes, record: RecordRef, sink: Sink<'_>) {
    sink(Field::Title, dossier.title(record));
    match record {
        RecordRef::Claim(ix) => claim(dossier, &dossier.claims[ix.index()], sink),
        RecordRef::Source(ix) => source(dossier, routes, ix, sink),
        RecordRef::Entity(ix) => entity(&dossier.entities[ix.index()], sink),
        RecordRef::Commentary(ix) => {
            let essay = &dossier.commentary[ix.index()];
            agents(dossier, &essay.authors, sink);
            sink(Field::Name, essay.summary.as_deref().unwrap_or_default());
            essay.body.headings.iter().for_each(|heading| sink(Field::Name, &heading.text));
        }
        RecordRef::Home => {}
    }
    tags(dossier, dossier.meta(record).map_or(&[], |meta| &meta.tags), sink);
    for (_, text) in dossier.texts(record) {
        sink(Field::Body, &prose::plain(dossier, text));
    }
}

fn claim(dossier: &Dossier, claim: &Claim, sink: Sink<'_>) {
    agents(dossier, &claim.about, sink);
    for appearance in &claim.appearances {
        let source = &dossier.sources[appearance.quote.source.index()];
        sink(Field::Quotation, &quotation::words(&appearance.quote, source));
        if let Some(translation) = &appearance.translation {
            sink(Field::Quotation, &translation.text);
        }
        for link in &appearance.attribution {
            sink(Field::Name, name(dossier, &link.who));
            sink(Field::Name, link.named_as.as_deref().unwrap_or_default());
        }
    }
    claim.verdicts.iter().filter_map(|verdict| verdict.by.as_ref()).for_each(|by| sink(Field::Name, name(dossier, by)));
    for quote in claim.relations.iter().filter_map(|relation| relation.by.as_ref()) {
        sink(Field::Body, &quotation::words(quote, &dossier.sources[quote.source.index()]));
    }
}

fn source(dossier: &Dossier, routes: &Routes, ix: SourceIx, sink: Sink<'_>) {
    let source = &dossier.sources[ix.index()];
    agents(dossier, &source.authors, sink);
    agents(dossier, source.publisher.as_slice(), sink);
    for words in published(source) {
        sink(Field::Body, words);
    }
    for &by in routes.unplaced(ix) {
        if let Some(words) = unchecked(dossier, by) {
            sink(Field::Body, words);
        }
    }
}

/// What the site shows of a source's text.
fn published(source: &Source) -> impl Iterator<Item = &str> {
    let text = source.text.as_ref();
    text.into_iter().flat_map(|text| source.shown.iter().filter_map(|range| text.plain().get(range.clone())))
}

/// The words of a quotation that nobody checked: they are the record's own.
fn unchecked(dossier: &Dossier, by: QuotedBy) -> Option<&str> {
    let quote = match by {
        QuotedBy::Appearance(ix, n) => &dossier.claims.get(ix.index())?.appearances.get(n)?.quote,
        QuotedBy::Quotation(record, n) => &dossier.quotations(record).get(n)?.quote,
    };
    Some(&quote.selector.exact)
}

fn entity(entity: &Entity, sink: Sink<'_>) {
    entity.other_names.iter().for_each(|name| sink(Field::Title, name));
    sink(Field::Name, entity.role.as_deref().unwrap_or_default());
}

fn agents(dossier: &Dossier, agents: &[Agent], sink: Sink<'_>) {
    agents.iter().for_each(|agent| sink(Field::Name, name(dossier, agent)));
}

fn tags(dossier: &Dossier, tags: &[TagIx], sink: Sink<'_>) {
    tags.iter().filter_map(|tag| dossier.tags.get(tag.index())).for_each(|tag| sink(Field::Name, tag.name.as_str()));
}
