//! Names that mean something: the ids of records, and tags.

use std::fmt;

use serde::Serialize;

use crate::files::Slice;

/// A record's id: `[a-z0-9-]+`, unique in the whole dossier.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct RecordId(Slice);

impl RecordId {
    /// The id, where `text` has an id's form.
    pub fn new(text: &str) -> Option<Self> {
        has_id_form(text).then(|| Self(text.into()))
    }

    /// The same, sharing the text that the words are a part of.
    pub fn shared(text: &Slice) -> Option<Self> {
        has_id_form(text).then(|| Self(text.clone()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as words that share its text.
    pub(crate) fn words(&self) -> &Slice {
        &self.0
    }

    /// Whether the site needs this name for itself: `index` and `page-N`.
    pub fn is_reserved(&self) -> bool {
        &*self.0 == "index"
            || self.0.strip_prefix("page-").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `text` has the form of an id: `[a-z0-9-]+`.
pub fn has_id_form(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A string as a slug: lower-case letters and digits of any script, runs of anything else one hyphen. May be empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// What a record is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordKind {
    /// An article or document.
    Source,
    /// One proposition.
    Claim,
    /// A person, an organisation, a place and the like.
    Entity,
    /// An essay or a note.
    Commentary,
    /// The home page's introduction.
    Home,
}

impl RecordKind {
    /// The folder of these records, in `content/` as in the site; empty for the home page.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Source => "sources",
            Self::Claim => "claims",
            Self::Entity => "entities",
            Self::Commentary => "commentary",
            Self::Home => "",
        }
    }

    /// The word for one record of this kind.
    pub fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Claim => "claim",
            Self::Entity => "entity",
            Self::Commentary => "commentary",
            Self::Home => "home page",
        }
    }
}
