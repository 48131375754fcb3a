//! Records → cards: what a result and a preview show of a record, in shards.
//!
//! A card is an array: the record's number, its id, its title, a line about it, and then for a claim the index of its
//! rating (-1 for none) and its quotations, each with the id of its source and the key that its fragment may have; for a
//! source how many claims it has; for an entity and an essay the beginning of its text.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::data::names::name;
use crate::data::prose;
use crate::date::Date;
use crate::dossier::{Agent, Appearance, Claim, Dossier, Entity, QuotedBy, RecordRef, Source};
use crate::render::{quotation, terms};
use crate::search::codes::{Codes, Layout};
use crate::search::script;
use crate::site::Page;

/// How many quotations a card has.
const QUOTATIONS: usize = 3;

/// How many names stand in a line.
const NAMES: usize = 3;

/// The longest text of a card, in code points.
const LONGEST: usize = 200;

/// The shards of cards.
pub(super) fn pages(dossier: &Dossier, records: &[RecordRef], codes: &Codes, layout: &Layout) -> Vec<Page> {
    let mut shards: Vec<Vec<(u32, RecordRef)>> = vec![Vec::new(); layout.records as usize];
    for &record in records {
        let code = codes.of_record(record);
        shards[(code & (layout.records - 1)) as usize].push((code, record));
    }
    let page = |(shard, mut records): (u32, Vec<(u32, RecordRef)>)| {
        records.sort_unstable();
        let mut data = b"[".to_vec();
        for (n, (code, record)) in records.into_iter().enumerate() {
            data.extend_from_slice(if n == 0 { b"\n" } else { b",\n" });
            card(dossier, record, code, &mut data);
        }
        data.push(b']');
        script(&layout.records_name(shard), &data)
    };
    let numbered: Vec<_> = (0u32..).zip(shards).collect();
    numbered.into_par_iter().map(page).collect()
}

fn card(dossier: &Dossier, record: RecordRef, code: u32, data: &mut Vec<u8>) {
    data.extend_from_slice(format!("[{code}").as_bytes());
    string(dossier.id_of(record), data);
    string(dossier.title(record), data);
    match record {
        RecordRef::Claim(ix) => claim(dossier, &dossier.claims[ix.index()], data),
        RecordRef::Source(ix) => {
            let source = &dossier.sources[ix.index()];
            string(&about_source(dossier, source), data);
            string(&claims_of(source), data);
        }
        RecordRef::Entity(ix) => {
            let entity = &dossier.entities[ix.index()];
            string(&about_entity(entity), data);
            string(&cut(&prose::plain(dossier, &entity.body)), data);
        }
        RecordRef::Commentary(ix) => {
            let essay = &dossier.commentary[ix.index()];
            string(&byline(dossier, &essay.authors, None, essay.date.as_ref()), data);
            match &essay.summary {
                Some(summary) => string(&cut(summary), data),
                None => string(&cut(&prose::plain(dossier, &essay.body)), data),
            }
        }
        RecordRef::Home => {}
    }
    data.push(b']');
}

fn claim(dossier: &Dossier, claim: &Claim, data: &mut Vec<u8>) {
    string(&about_claim(dossier, claim), data);
    let rating = claim.rating().map_or_else(|| "-1".to_owned(), |rating| rating.0.to_string());
    data.extend_from_slice(format!(",{rating},[").as_bytes());
    for (n, appearance) in claim.appearances.iter().take(QUOTATIONS).enumerate() {
        data.extend_from_slice(if n == 0 { b"[" } else { b",[" });
        quoted(dossier, claim, appearance, data);
        data.push(b']');
    }
    data.push(b']');
}

fn quoted(dossier: &Dossier, claim: &Claim, appearance: &Appearance, data: &mut Vec<u8>) {
    let source = &dossier.sources[appearance.quote.source.index()];
    json(&cut(&quotation::words(&appearance.quote, source)), data);
    string(source.meta.id.as_str(), data);
    let key = appearance.fragment.strip_prefix("q-").and_then(|rest| rest.strip_prefix(claim.meta.id.as_str()));
    if let Some(key) = key.and_then(|rest| rest.strip_prefix('.')) {
        string(key, data);
    }
}

/// Where it appears and who is behind it.
fn about_claim(dossier: &Dossier, claim: &Claim) -> String {
    let origins = &claim.origins;
    if origins.asserted.appearances == 0 {
        return "No appearance asserts it.".to_owned();
    }
    let names = origins.origins.iter().map(|origin| name(dossier, &origin.who));
    let count = terms::number(origins.origins.len(), "origin", "origins");
    format!("{}, {count}: {}.", terms::tally(origins.asserted), listed(names))
}

fn about_source(dossier: &Dossier, source: &Source) -> String {
    let kind = terms::source_kind(source.kind).label;
    let byline = byline(dossier, &source.authors, source.publisher.as_ref(), source.date.as_ref());
    if byline.is_empty() { kind.to_owned() } else { format!("{kind}. {byline}") }
}

/// How many claims rest on it.
fn claims_of(source: &Source) -> String {
    let claims = source.passages.iter().filter_map(|passage| match passage.quoted_by {
        QuotedBy::Appearance(ix, _) => Some(ix),
        QuotedBy::Quotation(..) => None,
    });
    match claims.collect::<BTreeSet<_>>().len() {
        0 => String::new(),
        count => format!("{} quoted from it.", terms::number(count, "claim", "claims")),
    }
}

fn about_entity(entity: &Entity) -> String {
    let kind = entity.kind.map(|kind| terms::entity_kind(kind).label);
    kind.into_iter().chain(entity.role.as_deref()).collect::<Vec<_>>().join(": ")
}

/// "A and B, PUBLISHER, DATE", without those who write and publish alike named twice.
fn byline(dossier: &Dossier, authors: &[Agent], publisher: Option<&Agent>, date: Option<&Date>) -> String {
    let mut parts = Vec::new();
    if !authors.is_empty() {
        parts.push(listed(authors.iter().map(|agent| name(dossier, agent))));
    }
    parts.extend(publisher.filter(|agent| !authors.contains(agent)).map(|agent| name(dossier, agent).to_owned()));
    parts.extend(date.map(Date::human));
    parts.join(", ")
}

/// "A", "A and B", "A, B, C and 2 others".
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let further = names.len().saturating_sub(NAMES);
    let names: Vec<&str> = names.take(NAMES).collect();
    match (names.as_slice(), further) {
        ([], _) => String::new(),
        ([one], _) => (*one).to_owned(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (all, further) => format!("{} and {}", all.join(", "), terms::number(further, "other", "others")),
    }
}

/// The beginning of a text, on one line.
fn cut(text: &str) -> String {
    let mut beginning = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        length += word.chars().count() + 1;
        if length > LONGEST && !beginning.is_empty() {
            beginning.push_str(" …");
            return beginning;
        }
        if !beginning.is_empty() {
            beginning.push(' ');
        }
        beginning.push_str(word);
    }
    beginning
}

/// A further member of an array.
fn string(text: &str, data: &mut Vec<u8>) {
    data.push(b',');
    json(text, data);
}

/// A string, of which a script reads the same text (ECMA-262, section 12.9.4, has all of JSON's since 2019).
fn json(text: &str, data: &mut Vec<u8>) {
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(data, text);
}
