//! Casebook: a static site generator for annotated dossiers, in which every claim is anchored to the exact words it
//! rests on.
//!
//! The program is a compiler, and data flows through it one way:
//!
//! ```text
//! &Path ─load→ Files ─parse→ ast ─resolve→ Dossier ─route→ Routes
//! (Dossier, Routes, Theme, Route) ─render→ Page ─check→ Page ─write→ public/
//! (Dossier, Routes) ─search→ Pages ─write→ public/
//! ```
//!
//! - [`workspace`] holds a project's files and goes the whole way from them to any page, without a disk.
//! - [`load`] reads a project's files and gives them to it.
//! - [`parse`] reads each file by itself into a record, with the place of every value and every problem.
//! - [`schema`] makes JSON Schemas of the same lists of fields, for editors.
//! - [`resolve`] looks up what the records say of each other, anchors every quotation in its source, and works out what
//!   follows: the [`dossier::Dossier`], an immutable value.
//! - [`route`] decides every page's path and every fragment id; [`render`] makes a page from that, with pictures that
//!   [`layout`] places; [`check`] follows its links; [`leaks`] looks at any file of the site for what must not be
//!   published.
//! - [`data`] gives a dossier in the formats of others, for the site's files of data and for what pages hold of them.
//! - [`search`] makes the index that a reader's browser searches, in shards.
//! - [`compare`] says what changed between two states of a dossier.
//! - [`scaffold`] makes the text of a new record, and the quotation of words that somebody selects.
//! - [`serve`] shows a [`workspace`] in a browser and keeps it up with the disk.
//! - [`links`](mod@links) asks other hosts whether an address is still there, if somebody wants to know.
//! - [`write`](mod@write) stages the pages and commits them together, or changes nothing; [`former`] knows a build,
//!   or a page of one, that would come to what is there already, by what is kept in the [`cache`].
//! - [`observe`] is how a build tells those who watch it how far it is.
//!
//! [`workspace`] goes this way for one page at a time and [`build`] for all pages. A stage never stops at the
//! first error: it returns what it could make and its [`diag::Diagnostic`]s. Offsets are bytes until they leave the
//! program. `ARCHITECTURE.md` has what each part must never do.
//!
//! The modules stand in reading order; each uses those above it and none below.

// Words for everything: texts and places in them, names, vocabularies, dates, what there is to say about them.
pub mod files;
pub mod ids;
pub mod terms;
pub mod date;
pub mod diag;

// What people write: TOML read field by field, the settings, the dialects of Markdown, the lock.
pub mod fields;
pub mod config;
pub mod markdown;
pub mod lock;

// The site as a value, and a source's text with the quotations in it.
pub mod site;
pub mod text;
pub mod anchor;

// The way from a file to a page.
pub mod parse;
pub mod schema;
pub mod dossier;
pub mod resolve;
pub mod route;
pub mod layout;
pub mod data;
pub mod render;
pub mod search;
pub mod check;
pub mod leaks;
pub mod compare;
pub mod scaffold;
pub mod workspace;

// The world: the disk, the whole way, the command line.
pub mod failure;
pub mod cache;
pub mod load;
pub mod write;
pub mod former;
pub mod links;
pub mod observe;
pub mod build;
pub mod serve;
pub mod cli;
