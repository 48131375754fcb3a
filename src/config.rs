//! `casebook.toml`: the dossier's settings, with every default filled in.

use std::collections::BTreeMap;

use crate::diag::{Problem, Severity};
use crate::terms::{Polarity, Tone};

/// The dossier's settings.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// The dossier's title.
    pub title: String,
    /// Where it is published: an absolute http or https address that ends in `/`.
    pub base_url: Option<String>,
    /// A BCP 47 tag; `en` unless told otherwise.
    pub language: String,
    /// What it is about, in a sentence.
    pub description: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its licence: a name, an SPDX identifier or an address.
    pub licence: Option<String>,
    /// The name of its theme, `default` unless told otherwise.
    pub theme: String,
    /// The captures folder, relative to the project's root; `captures` unless told otherwise.
    pub captures: String,
    /// The scale of ratings, in order from the top.
    pub ratings: Vec<Rating>,
    /// The relation types: the built-in ones, then the dossier's own in the order of their names.
    pub relation_types: Vec<RelationType>,
    /// The level of every lint, by its name.
    pub lints: BTreeMap<&'static str, LintLevel>,
}

/// A step of the scale of ratings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rating {
    /// `[a-z0-9-]+`.
    pub id: String,
    /// What readers see.
    pub label: String,
    /// What it means, in a sentence.
    pub meaning: String,
    /// What it says at a glance.
    pub tone: Tone,
}

/// A type of relation between claims.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RelationType {
    /// `[a-z0-9-]+`.
    pub name: String,
    /// "this claim LABEL that one".
    pub label: String,
    /// "that claim is INVERSE this one", such as "disputed by".
    pub inverse: String,
    /// Which way it speaks.
    pub polarity: Polarity,
    /// Whether it holds both ways.
    pub symmetric: bool,
    /// The property's IRI; CiTO's for the built-in ones.
    pub iri: Option<String>,
}

/// How a lint is treated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LintLevel {
    /// Not reported.
    Allow,
    /// Reported as a warning.
    Warn,
    /// Reported as an error.
    Deny,
}

impl LintLevel {
    /// The severity of what the lint finds; none where it is allowed.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Warn => Some(Severity::Warning),
            Self::Deny => Some(Severity::Error),
        }
    }
}

impl Config {
    /// Reads `casebook.toml`. What is wrong in it is reported and takes its default.
    pub fn parse(text: &str) -> (Self, Vec<Problem>) {
        let _ = text;
        todo!()
    }
}
