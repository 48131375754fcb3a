//! Two states of a dossier → what changed between them, as a value; and that value for people, for a pull request and
//! for machines.
//!
//! Records are compared as what they are after resolving: a claim whose quotation is no longer in its source has changed,
//! though nobody touched its file. Ids are those of the newer state: a record that was renamed is one record, and what
//! refers to it has not changed by that. A source's own text is never told, only how many blocks of it differ: it may be
//! someone else's.
//!
//! Nothing here reads files, and nothing says whether a change is right.

pub mod human;
pub mod json;
mod align;
mod ledger;
pub mod markdown;
mod pairs;
mod passages;
mod quotations;
mod records;
mod settings;
mod snapshot;
mod tally;
mod told;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::dossier::Dossier;
use crate::ids::{RecordId, RecordKind};
use pairs::{Pair, Pairs};
use snapshot::Reader;

/// One state of a dossier.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// What came of its files.
    pub dossier: &'a Dossier,
    /// The ids of files that are too broken to be records. Nothing is said of these records.
    pub unread: &'a BTreeSet<RecordId>,
}

/// What changed between two states.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Comparison {
    /// In `casebook.toml`.
    pub settings: Vec<Change>,
    /// By kind (home page, claims, sources, entities, commentary), then id.
    pub records: Vec<RecordChange>,
}

impl Comparison {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.settings.is_empty() && self.records.is_empty()
    }
}

/// What changed in one record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordChange {
    /// What it is.
    pub kind: RecordKind,
    /// Its id: the newer one.
    pub id: String,
    /// Its title, name, or the claim: the newer one.
    pub title: String,
    /// What became of it as a whole.
    pub fate: Fate,
    /// In a fixed order: fields, texts, the ledger, quotations, relations.
    pub changes: Vec<Change>,
}

/// What became of a record as a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is there in both, under this id before: an alias tells.
    Renamed(String),
    /// It is there in both.
    Kept,
}

/// One change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// A field has another value; none where it is not set.
    Field {
        /// Its name in front matter or in `casebook.toml`.
        name: String,
        /// Before.
        old: Option<String>,
        /// Now.
        new: Option<String>,
    },
    /// A text of the dossier's own is worded otherwise.
    Text {
        /// Its name in front matter; `body` for what follows it.
        name: String,
        /// Before; may be empty.
        old: String,
        /// Now; may be empty.
        new: String,
    },
    /// The rating that holds is another; none is "not rated".
    Rating {
        /// The id before.
        old: Option<String>,
        /// The id now.
        new: Option<String>,
    },
    /// An entry of the ledger.
    Verdict(Delta<Verdict>),
    /// What the dossier got wrong.
    Correction(Delta<Correction>),
    /// An appearance, or a block quotation.
    Quotation(Delta<Quotation>),
    /// What a claim does to another.
    Relation(Delta<Relation>),
    /// A source's text: in how many blocks it differs.
    Words {
        /// Blocks that are new.
        added: usize,
        /// Blocks that are gone.
        removed: usize,
        /// Blocks in the place of others.
        changed: usize,
    },
}

/// What became of one thing of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Delta<T> {
    /// It is new.
    Added(T),
    /// It is gone.
    Removed(T),
    /// It was the first, and is the second.
    Changed(Box<(T, T)>),
}

/// A record or a plain name. Equal where the records are the same, whatever they are called.
#[derive(Clone, Eq, Debug)]
pub struct Named {
    /// The record's id; none for a plain name.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
}

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && (self.id.is_some() || self.name == other.name)
    }
}

/// An entry of a claim's ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The rating's id.
    pub rating: String,
    /// EDTF.
    pub date: Option<String>,
    /// Who.
    pub by: Option<Named>,
    /// Markdown; empty where none is given.
    pub reason: String,
}

/// What the dossier got wrong about a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// EDTF.
    pub date: String,
    /// Markdown.
    pub text: String,
}

/// What a claim does to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relation {
    /// The type's name.
    pub relation: String,
    /// The other claim.
    pub claim: Named,
    /// Markdown; empty where none is given.
    pub reason: String,
    /// What it leaves open of the other, as Markdown; empty where none is given.
    pub unaddressed: String,
    /// The source that draws it, and its words.
    pub by: Option<(Named, String)>,
}

/// Words of a source that somebody quotes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quotation {
    /// The source.
    pub source: Named,
    /// The words.
    pub words: String,
    /// The words just before, where they are needed to tell the place.
    pub prefix: Option<String>,
    /// The words just after, likewise.
    pub suffix: Option<String>,
    /// What came of looking for them.
    pub outcome: Outcome,
    /// Where they stand in the source.
    pub place: Place,
    /// What tells two appearances in one source apart; empty for the first, and for a block quotation.
    pub key: String,
    /// Its fields, each with its value in words; none for a block quotation.
    pub fields: Vec<(&'static str, Option<String>)>,
    /// From the one who said it to the last relay.
    pub attribution: Vec<Link>,
}

/// What came of looking for a quotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is there, letter for letter.
    Exact,
    /// It is there after folding; the folds' names.
    Folded(Vec<&'static str>),
    /// It is there, with words left out.
    Elided,
    /// The source has no text to look in.
    Unchecked,
    /// It is not there, or not at one place alone.
    Failed,
}

/// Where a quotation stands. Two places of different states are equal where the one is what has become of the other.
#[derive(Clone, Eq, Debug)]
pub struct Place {
    /// The number of the block of the source's text, from 1; none where it is nowhere.
    pub block: Option<usize>,
    /// What decides which places are the same, when the texts of both states are known.
    spot: Option<Spot>,
}

/// A place in a source's text, in a form that both states share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Spot {
    /// The block, or the stretch of blocks that stands for others.
    block: usize,
    /// The first byte in the block; 0 in a stretch.
    start: usize,
    /// How many bytes; 0 in a stretch.
    len: usize,
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        // Where it is nowhere the outcome says so; that is no move.
        let Some((one, other)) = self.spot.zip(other.spot) else { return true };
        // Other words of the same passage are where it was.
        let overlap = one.start < other.start + other.len && other.start < one.start + one.len;
        one.block == other.block && if one.len == other.len { one.start == other.start } else { overlap }
    }
}

/// A link of a chain of attribution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Who.
    pub who: Named,
    /// The name that the source uses.
    pub named_as: Option<String>,
    /// When it was said: EDTF.
    pub said: Option<String>,
    /// The words of the source that show it, and whether they are there.
    pub cue: Option<(String, bool)>,
}

/// What changed from `old` to `new`.
pub fn compare(old: Version<'_>, new: Version<'_>) -> Comparison {
    let pairs = Pairs::of(old, new);
    let (before, after) = (Reader::older(old.dossier, &pairs), Reader::newer(new.dossier, &pairs));
    let passages = passages::Passages::of(old.dossier, new.dossier, &pairs);
    let change = |pair: &Pair| records::compare(pair, &before, &after, &passages);
    Comparison {
        settings: settings::compare(&old.dossier.config, &new.dossier.config),
        records: pairs.in_order().par_iter().filter_map(change).collect(),
    }
}
