//! Dossier and routes → the search index: which words stand in which record, and a card of each record, in shards.
//!
//! A shard is a classic script that calls one global function, so that it loads from a folder on disk as from a server.
//! `search/terms-XX.js` has words with the records that they stand in, by a hash of the word's first letters;
//! `search/records-XX.js` has cards, by a hash of the record's id; `search/ratings.js` has the claims of each rating, and
//! `search/index.js` what a script must know to find the rest. Nothing stored depends on the whole but by the number of
//! records rounded up to a power of two, so that one edit changes few shards.
//!
//! Only what a page shows is read: of a source what [`Source::shown`](crate::dossier::Source::shown) has. Places of words
//! are not kept, so no text can be put together again from the index. Nothing is looked for here; that is a script's.

mod cards;
mod codes;
mod fields;
mod fold;
mod postings;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::config::Config;
use crate::dossier::{ClaimIx, CommentaryIx, Dossier, EntityIx, RecordRef, SourceIx};
use crate::render::terms;
use crate::route::Routes;
use crate::site::{Page, SitePath};

use codes::Codes;

pub use codes::Layout;
pub use fold::words;

/// The function that every shard calls, with its name and what it holds.
const CALL: &str = "casebook";

/// Every file of the index, in no order that matters.
pub fn index(dossier: &Dossier, routes: &Routes, layout: &Layout) -> Vec<Page> {
    let records = records(dossier);
    let codes = Codes::of(dossier, &records, layout);
    let mut pages = postings::pages(dossier, routes, &records, &codes, layout);
    pages.extend(cards::pages(dossier, &records, &codes, layout));
    pages.push(script("ratings", &ratings(dossier, &codes)));
    pages.push(script("index", &settings(&dossier.config, layout)));
    pages
}

/// What is indexed, kind by kind, by id.
fn records(dossier: &Dossier) -> Vec<RecordRef> {
    let claims = (0u32..).take(dossier.claims.len()).map(|n| RecordRef::Claim(ClaimIx(n)));
    let sources = (0u32..).take(dossier.sources.len()).map(|n| RecordRef::Source(SourceIx(n)));
    let entities = (0u32..).take(dossier.entities.len()).map(|n| RecordRef::Entity(EntityIx(n)));
    let essays = (0u32..).take(dossier.commentary.len()).map(|n| RecordRef::Commentary(CommentaryIx(n)));
    claims.chain(sources).chain(entities).chain(essays).collect()
}

/// The claims of each rating, in the order of the scale; a claim in none has none.
fn ratings(dossier: &Dossier, codes: &Codes) -> Vec<u8> {
    let mut rated = vec![Vec::new(); dossier.config.ratings.len()];
    for (ix, claim) in (0u32..).map(ClaimIx).zip(&dossier.claims) {
        if let Some(list) = claim.rating().and_then(|rating| rated.get_mut(rating.index())) {
            list.push(codes.of_record(RecordRef::Claim(ix)));
        }
    }
    rated.par_iter_mut().for_each(|list| list.sort_unstable());
    let mut data = b"[".to_vec();
    for (n, list) in rated.iter().enumerate() {
        data.extend_from_slice(if n == 0 { b"\"" } else { b",\n\"" });
        postings::encode(list, &mut data);
        data.push(b'"');
    }
    data.push(b']');
    data
}

/// What a script must know: how many shards there are, and the scale.
fn settings(config: &Config, layout: &Layout) -> Vec<u8> {
    let scale = config
        .ratings
        .iter()
        .map(|rating| serde_json::json!([rating.id, rating.label, rating.tone.word(), terms::mark(rating.tone)]));
    let settings = serde_json::json!({
        "terms": layout.terms,
        "letters": layout.letters,
        "records": layout.records,
        "width": layout.width,
        "ratings": scale.collect::<Vec<_>>(),
    });
    settings.to_string().into_bytes()
}

/// A file of the index.
fn script(name: &str, data: &[u8]) -> Page {
    let mut content = Vec::with_capacity(data.len() + name.len() + CALL.len() + 8);
    content.extend_from_slice(format!("{CALL}(\"{name}\",").as_bytes());
    content.extend_from_slice(data);
    content.extend_from_slice(b");\n");
    Page { path: path(name), content }
}

fn path(name: &str) -> SitePath {
    SitePath::new(format!("search/{name}.js"))
}
