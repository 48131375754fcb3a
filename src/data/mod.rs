//! A dossier and its routes → its data in the formats of others, one format a file.
//!
//! What stands in a page for programs: JSON-LD in the terms of schema.org and CiTO ([`schema_org`]). What stands beside
//! the pages in `data/`: the whole dossier as JSON ([`whole`]) and as tables ([`csv`]), its sources for bibliographies
//! ([`cite`]), and the passages of each source as Web Annotations of its finished page ([`annotations`]).
//!
//! Of a source's words only those are given that its page shows; of the dossier's own Markdown what its page shows of
//! it, as plain text. Nothing is rendered here and nothing read but the arguments.

pub(crate) mod annotations;
pub(crate) mod cite;
pub(crate) mod names;
pub(crate) mod prose;
pub(crate) mod schema_org;

mod addresses;
mod csv;
mod json;
mod page_text;
mod stretch;
#[cfg(test)]
mod tests;
mod whole;

use rayon::prelude::*;

use crate::dossier::Dossier;
use crate::dossier::parts::{Part, note};
use crate::route::{DataFile, Routes};

pub(crate) use addresses::Addresses;
pub(crate) use stretch::Stretch;

/// The JSON Schema of the whole dossier as JSON (JSON Schema, draft 2020-12).
const SCHEMA: &str = include_str!("../../schemas/dossier.schema.json");

/// A file of data about the whole dossier.
pub(crate) fn file(dossier: &Dossier, routes: &Routes, file: DataFile) -> String {
    // Other threads read what it is made from.
    note(Part::EVERYTHING);
    let texts: Vec<String> = stretches(dossier, routes, file).par_iter().map(Stretch::make).collect();
    texts.concat()
}

/// The same in stretches.
pub(crate) fn stretches<'a>(dossier: &'a Dossier, routes: &'a Routes, file: DataFile) -> Vec<Stretch<'a>> {
    match file {
        DataFile::Dossier => whole::json(dossier, routes),
        DataFile::Schema => vec![Stretch::new("", || SCHEMA.to_owned())],
        DataFile::Claims => csv::claims(dossier, routes),
        DataFile::Appearances => csv::appearances(dossier, routes),
        DataFile::Relations => csv::relations(dossier),
        DataFile::Bibtex => vec![Stretch::new("", || cite::bibtex(dossier))],
        DataFile::Csl => vec![Stretch::new("", || cite::csl(dossier))],
    }
}
