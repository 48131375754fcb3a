//! What templates get on many pages: links, ratings, people, rows. `docs/themes.md` describes every field.
//!
//! The views of one kind of page stand in that page's module. A view holds no text of another record than the few
//! words of a link or a row.

use serde::Serialize;

use crate::render::dates::DateView;
use crate::render::html::Html;

/// The frame around every page: nothing in it depends on another record than the page's own.
#[derive(Debug, Serialize)]
pub(crate) struct PageView {
    /// Which template: `claim`, `list`, …
    pub(crate) kind: &'static str,
    /// The part of the site that the navigation marks, such as `claims`; may be empty.
    pub(crate) section: &'static str,
    /// The page's title, without the dossier's.
    pub(crate) title: String,
    /// A sentence for search engines.
    pub(crate) description: Option<String>,
    /// What leads to the site's root: empty, or `../` once a folder.
    pub(crate) root: String,
    /// The page's path in the site.
    pub(crate) path: String,
    /// The page's address, where the dossier has a base address.
    pub(crate) canonical: Option<String>,
}

/// A word of a vocabulary.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TermView {
    /// As front matter writes it.
    pub(crate) word: &'static str,
    /// As readers see it.
    pub(crate) label: &'static str,
}

/// A rating, or that there is none.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RatingView {
    /// Its id; empty for a claim that is not rated.
    pub(crate) id: String,
    /// What readers see.
    pub(crate) label: String,
    /// `good`, `fair`, `neutral`, `mixed`, `poor`, `bad`, or `none`.
    pub(crate) tone: &'static str,
    /// A character that tells it from the others without colour.
    pub(crate) mark: &'static str,
    /// The page of the claims that have it.
    pub(crate) href: String,
}

/// A person, an organisation, or whoever is named.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AgentView {
    /// The name.
    pub(crate) name: String,
    /// The page of its record, where it has one.
    pub(crate) href: Option<String>,
}

/// A link to any record.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RecordLink {
    /// `source`, `claim`, `entity`, `commentary`.
    pub(crate) kind: &'static str,
    /// Its page.
    pub(crate) href: String,
    /// Its title, name or statement.
    pub(crate) title: String,
    /// A claim's rating.
    pub(crate) rating: Option<RatingView>,
}

/// A claim in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ClaimRow {
    /// Its page.
    pub(crate) href: String,
    /// The proposition.
    pub(crate) statement: String,
    /// What sort of proposition.
    pub(crate) nature: TermView,
    /// The rating that holds.
    pub(crate) rating: RatingView,
}

/// A source in a list, or as a citation.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SourceRow {
    /// Its page.
    pub(crate) href: String,
    /// Its title.
    pub(crate) title: String,
    /// Who wrote it.
    pub(crate) authors: Vec<AgentView>,
    /// Who published it.
    pub(crate) publisher: Option<AgentView>,
    /// When it was published.
    pub(crate) date: Option<DateView>,
    /// What it is.
    pub(crate) kind: TermView,
    /// Its language, where it is not the dossier's.
    pub(crate) language: Option<String>,
}

/// An entity in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EntityRow {
    /// Its page.
    pub(crate) href: String,
    /// Its name.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: Option<TermView>,
    /// Its part in the dossier.
    pub(crate) role: Option<String>,
}

/// An essay in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EssayRow {
    /// Its page.
    pub(crate) href: String,
    /// Its title.
    pub(crate) title: String,
    /// Who wrote it.
    pub(crate) authors: Vec<AgentView>,
    /// When it was published.
    pub(crate) date: Option<DateView>,
    /// Its gist.
    pub(crate) summary: Option<String>,
}

/// A record in a list of mixed kinds, or of one kind.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Row {
    /// A claim.
    Claim(ClaimRow),
    /// A source.
    Source(SourceRow),
    /// An entity.
    Entity(EntityRow),
    /// An essay.
    Commentary(EssayRow),
}

/// A tag.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TagLink {
    /// Its name.
    pub(crate) name: String,
    /// The page of what carries it.
    pub(crate) href: String,
}

/// Where the dossier's own texts link here from, of one kind of record.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BacklinkGroup {
    /// `source`, `claim`, `entity`, `commentary` or `home page`.
    pub(crate) kind: &'static str,
    /// The group's heading.
    pub(crate) heading: &'static str,
    /// The records.
    pub(crate) records: Vec<BacklinkView>,
}

/// A record that links here.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BacklinkView {
    /// The record.
    pub(crate) link: RecordLink,
    /// The sentences that the links stand in.
    pub(crate) sentences: Vec<Html>,
}

/// Where a page of a list stands among the others; absent where there is only one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Pager {
    /// This page's number, from 1.
    pub(crate) page: usize,
    /// How many there are.
    pub(crate) pages: usize,
    /// The first page.
    pub(crate) first: String,
    /// The page before.
    pub(crate) previous: Option<String>,
    /// The page after.
    pub(crate) next: Option<String>,
    /// The last page.
    pub(crate) last: String,
}
