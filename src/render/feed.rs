//! The Atom feeds: the dossier's records, the corrections and changed verdicts, and the records with each tag.
//!
//! An entry of the dossier's feed or a tag's is a record: its id is its page's, so that it is the same one in every feed,
//! and what changes it brings it up again. An entry of the corrections is an entry of a claim's ledger. All depends on
//! the records' own dates alone, never on the clock; a record without a date is in no feed.

mod atom;

use std::cmp::Reverse;

use crate::data::prose;
use crate::dossier::{Agent, Change, Dossier, Occasion, Prose, RecordRef, TagIx};
use crate::ids::slug;
use crate::render::html::encode;
use crate::render::stamps::{self, Stamps};
use crate::render::vantage::Vantage;
use crate::render::{changes, description, source};
use crate::route::Route;

use atom::{Entry, Feed};

/// How many entries a feed has at most: the newest.
const ENTRIES: usize = 50;

/// The longest summary of a correction or a verdict, in code points.
const LONGEST: usize = 1000;

/// The feed of the dossier: its sources, claims and essays, the newest first.
pub(super) fn records(at: &Vantage<'_>) -> String {
    let config = &at.dossier.config;
    let subtitle = config.description.clone().unwrap_or_else(|| description::of_kind(at, "home", ""));
    let all = at.dossier.records();
    feed(at, config.title.clone(), Some(subtitle), "", Route::Record(RecordRef::Home), newest(at, all))
}

/// The feed of what carries a tag, the newest first.
pub(super) fn tag(at: &Vantage<'_>, ix: TagIx) -> String {
    let tag = &at.dossier.tags[ix.index()];
    let title = format!("{} – {}", tag.name, at.dossier.config.title);
    let subtitle = format!("Sources, claims and essays with the tag “{}”.", tag.name);
    let entries = newest(at, tag.records.iter().copied());
    feed(at, title, Some(subtitle), at.path.as_str(), Route::Tag(ix, 1), entries)
}

/// The feed of corrections and of verdicts that took the place of others, the newest first.
pub(super) fn corrections(at: &Vantage<'_>) -> String {
    let title = format!("Corrections – {}", at.dossier.config.title);
    let subtitle = "What the dossier got wrong and put right, and verdicts that changed.".to_owned();
    let is_one = |change: &&Change| matches!(change.what, Occasion::Corrected(..) | Occasion::Rated(_, 1..));
    let entries = at.dossier.changes.iter().filter(is_one).filter_map(|change| ledger_entry(at, change));
    feed(at, title, Some(subtitle), at.path.as_str(), Route::Changes(1), entries.take(ENTRIES).collect())
}

fn feed(
    at: &Vantage<'_>,
    title: String,
    subtitle: Option<String>,
    id: &str,
    page: Route,
    entries: Vec<Entry>,
) -> String {
    let config = &at.dossier.config;
    let page = at.routes.path(page).map_or("index.html", |path| path.as_str());
    let feed = Feed {
        language: &config.language,
        title,
        subtitle,
        id: identifier(at.dossier, id, None),
        itself: absolute(at, at.path.as_str(), None),
        page: absolute(at, page, None),
        author: config.publisher.as_ref().unwrap_or(&config.title),
        rights: config.licence.as_deref(),
        entries,
    };
    feed.to_xml()
}

/// The newest of these records that have a date, as entries.
fn newest(at: &Vantage<'_>, records: impl Iterator<Item = RecordRef>) -> Vec<Entry> {
    let mut dated: Vec<(RecordRef, Stamps)> =
        records.filter_map(|record| Some((record, stamps::of(at.dossier, record)?))).collect();
    dated.sort_by_key(|&(record, stamps)| (Reverse(stamps.newest), record));
    dated.truncate(ENTRIES);
    dated.into_iter().filter_map(|(record, stamps)| record_entry(at, record, stamps)).collect()
}

fn record_entry(at: &Vantage<'_>, record: RecordRef, stamps: Stamps) -> Option<Entry> {
    let path = at.routes.record(record)?.as_str();
    let (authors, summary): (&[Agent], String) = match record {
        RecordRef::Claim(ix) => (&[], description::claim(at, at.claim(ix))),
        RecordRef::Source(ix) => (&[], description::source(at, at.source(ix), source::claims_in(at, ix))),
        RecordRef::Commentary(ix) => {
            let essay = &at.dossier.commentary[ix.index()];
            (&essay.authors, description::essay(at, essay))
        }
        RecordRef::Home | RecordRef::Entity(_) => return None,
    };
    Some(Entry {
        title: at.title(record).to_owned(),
        id: identifier(at.dossier, path, None),
        page: absolute(at, path, None),
        published: Some(stamps.first),
        updated: stamps.newest,
        authors: authors.iter().map(|agent| at.name(agent).to_owned()).collect(),
        tags: tags(at, record),
        summary,
    })
}

fn ledger_entry(at: &Vantage<'_>, change: &Change) -> Option<Entry> {
    let (record, fragment) = changes::place(at, change.what)?;
    let path = at.routes.record(record)?.as_str();
    let RecordRef::Claim(ix) = record else { return None };
    let claim = at.claim(ix);
    let (title, by, reason) = match change.what {
        Occasion::Rated(_, n) => {
            let verdict = claim.verdicts.get(n)?;
            let before = claim.verdicts.get(n.checked_sub(1)?)?.rating;
            let label = |rating| at.rating_label(Some(rating));
            let title = match before == verdict.rating {
                true => format!("Still rated “{}”: {}", label(before), claim.claim),
                false => format!("Rated “{}”, before “{}”: {}", label(verdict.rating), label(before), claim.claim),
            };
            (title, verdict.by.as_ref(), verdict.reason.as_ref())
        }
        Occasion::Corrected(_, n) => {
            (format!("Corrected: {}", claim.claim), None, Some(&claim.corrections.get(n)?.text))
        }
        _ => return None,
    };
    let reason = reason.map(|reason| words(at, reason)).filter(|reason| !reason.is_empty());
    Some(Entry {
        title,
        id: identifier(at.dossier, path, fragment.as_deref()),
        page: absolute(at, path, fragment.as_deref()),
        published: None,
        updated: stamps::day(&change.date)?,
        authors: by.map(|by| at.name(by).to_owned()).into_iter().collect(),
        tags: tags(at, record),
        summary: reason.unwrap_or_else(|| description::claim(at, claim)),
    })
}

/// A text of the dossier's own in one line, without its markup.
fn words(at: &Vantage<'_>, text: &Prose) -> String {
    description::cut(&prose::plain(at.dossier, text), LONGEST)
}

fn tags(at: &Vantage<'_>, record: RecordRef) -> Vec<String> {
    let tags = at.dossier.meta(record).map_or(&[][..], |meta| &meta.tags);
    tags.iter().filter_map(|tag| Some(at.dossier.tags.get(tag.index())?.name.to_string())).collect()
}

/// An address for a place in the site: absolute with a base address, else relative to the feed.
fn absolute(at: &Vantage<'_>, path: &str, fragment: Option<&str>) -> String {
    let root = at.dossier.config.base_url.as_deref().unwrap_or(at.root);
    let path = match path {
        "index.html" if at.dossier.config.base_url.is_some() => "",
        path => path,
    };
    let fragment = fragment.map(|fragment| format!("#{}", encode(fragment))).unwrap_or_default();
    format!("{root}{}{fragment}", encode(path))
}

/// A permanent id: the address, or a `tag:` URI (RFC 4151) where the dossier has none.
fn identifier(dossier: &Dossier, path: &str, fragment: Option<&str>) -> String {
    let fragment = fragment.map(|fragment| format!("#{}", encode(fragment))).unwrap_or_default();
    match &dossier.config.base_url {
        Some(base) => format!("{base}{}{fragment}", encode(path)),
        // `.invalid` is nobody's (RFC 2606), so the name can stand for dossiers without an address.
        None => {
            format!("tag:casebook.invalid,2026:{}/{}{fragment}", encode_all(&slug(&dossier.config.title)), encode(path))
        }
    }
}

/// Everything but letters, digits and hyphens of ASCII percent-encoded: an id is a URI, not an IRI.
fn encode_all(text: &str) -> String {
    let byte = |b: u8| match b {
        b'-' => "-".to_owned(),
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(byte).collect()
}
