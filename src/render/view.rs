//! What templates get on many pages: links, ratings, people, rows. `docs/themes.md` describes every field.
//!
//! The views of one kind of page stand in that page's module. A view holds no text of another record than the few
//! words of a link or a row.

use std::sync::OnceLock;

use serde::{Serialize, Serializer};
use tera::Value;

use crate::render::html::Html;
use crate::render::pieces::Piece;

/// The frame around every page: nothing in it depends on another record than the page's own.
#[derive(Debug, Serialize)]
pub(crate) struct PageView<'a> {
    /// Which template: `claim`, `list`, …
    pub(crate) kind: &'static str,
    /// The part of the site that the navigation marks, such as `claims`; may be empty.
    pub(crate) section: &'static str,
    /// The page's title, without the dossier's.
    pub(crate) title: String,
    /// A sentence for search engines.
    pub(crate) description: Option<String>,
    /// What leads to the site's root: empty, or `../` once a folder.
    pub(crate) root: &'a str,
    /// What pages of the same kind and section have around them, finished.
    pub(crate) frame: Piece,
    /// The page's path in the site.
    pub(crate) path: String,
    /// The page's address, where the dossier has a base address.
    pub(crate) canonical: Option<String>,
    /// What Open Graph wants to know of an article; of the page of a source, a claim or an essay.
    pub(crate) article: Option<Html>,
    /// A feed of the page's own.
    pub(crate) feed: Option<FeedLink>,
    /// What the page says, for programs: JSON-LD, fit for a `<script>` element.
    pub(crate) json_ld: Option<Html>,
    /// The same as the page shows, in other formats.
    pub(crate) alternates: Vec<AlternateView>,
}

/// A file of data.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AlternateView {
    /// Where it is.
    pub(crate) href: String,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// What it is, for readers.
    pub(crate) title: &'static str,
}

/// A feed that has the same as a page.
#[derive(Debug, Serialize)]
pub(crate) struct FeedLink {
    /// Where it is.
    pub(crate) href: String,
    /// What it is called, without the dossier's title.
    pub(crate) title: String,
}

/// What the frames of a sort of pages are made from.
#[derive(Serialize)]
pub(crate) struct FrameView<'a> {
    /// Which template.
    pub(crate) kind: &'static str,
    /// The part of the site.
    pub(crate) section: &'static str,
    /// What leads to the site's root.
    pub(crate) root: &'a str,
}

/// A word of a vocabulary. Pages show the same few many times, so the value that templates get is made once.
#[derive(Clone, Debug)]
pub(crate) struct TermView {
    /// As front matter writes it.
    pub(crate) word: &'static str,
    /// As readers see it.
    pub(crate) label: &'static str,
    /// Both, as templates get them; one for each word and label.
    pub(crate) shared: &'static OnceLock<Value>,
}

impl Serialize for TermView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Term {
            word: &'static str,
            label: &'static str,
        }
        let term = || Value::from_serializable(&Term { word: self.word, label: self.label });
        self.shared.get_or_init(term).serialize(serializer)
    }
}

/// A rating, or that there is none; as a piece with `html` and `link`.
#[derive(Serialize)]
pub(crate) struct RatingView<'a> {
    /// Its id; empty for a claim that is not rated.
    pub(crate) id: &'a str,
    /// What readers see.
    pub(crate) label: &'a str,
    /// `good`, `fair`, `neutral`, `mixed`, `poor`, `bad`, or `none`.
    pub(crate) tone: &'static str,
    /// A character that tells it from the others without colour.
    pub(crate) mark: &'static str,
    /// The page of the claims that have it.
    pub(crate) href: String,
}

/// A person, an organisation, or whoever is named; as a piece with `html`.
#[derive(Serialize)]
pub(crate) struct AgentView<'a> {
    /// The name.
    pub(crate) name: &'a str,
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
    pub(crate) rating: Option<Piece>,
}

/// A claim in a list; as a piece with `html`, like all rows.
#[derive(Serialize)]
pub(crate) struct ClaimRow<'a> {
    /// `claim`: the kind's word tells the rows of a mixed list apart.
    pub(crate) r#type: &'static str,
    /// Its page.
    pub(crate) href: String,
    /// The proposition.
    pub(crate) statement: &'a str,
    /// What sort of proposition.
    pub(crate) nature: TermView,
    /// The rating that holds.
    pub(crate) rating: Piece,
}

/// A source in a list, or as a citation; as a piece with `byline`, too.
#[derive(Serialize)]
pub(crate) struct SourceRow<'a> {
    /// `source`.
    pub(crate) r#type: &'static str,
    /// Its page.
    pub(crate) href: String,
    /// Its title.
    pub(crate) title: &'a str,
    /// Who wrote it.
    pub(crate) authors: Vec<Piece>,
    /// Who published it.
    pub(crate) publisher: Option<Piece>,
    /// When it was published.
    pub(crate) date: Option<Piece>,
    /// What it is.
    pub(crate) kind: TermView,
    /// Its language, where it is not the dossier's.
    pub(crate) language: Option<String>,
}

/// An entity in a list.
#[derive(Serialize)]
pub(crate) struct EntityRow<'a> {
    /// `entity`.
    pub(crate) r#type: &'static str,
    /// Its page.
    pub(crate) href: String,
    /// Its name.
    pub(crate) name: &'a str,
    /// What it is.
    pub(crate) kind: Option<TermView>,
    /// Its part in the dossier.
    pub(crate) role: Option<&'a str>,
}

/// An essay in a list.
#[derive(Serialize)]
pub(crate) struct EssayRow<'a> {
    /// `commentary`.
    pub(crate) r#type: &'static str,
    /// Its page.
    pub(crate) href: String,
    /// Its title.
    pub(crate) title: &'a str,
    /// Who wrote it.
    pub(crate) authors: Vec<Piece>,
    /// When it was published.
    pub(crate) date: Option<Piece>,
    /// Its gist.
    pub(crate) summary: Option<&'a str>,
}

/// A tag; as a piece with `html`.
#[derive(Serialize)]
pub(crate) struct TagLink<'a> {
    /// Its name.
    pub(crate) name: &'a str,
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

/// A record that links here: a link to it, and more.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BacklinkView {
    /// As of [`RecordLink`].
    pub(crate) kind: &'static str,
    /// As of [`RecordLink`].
    pub(crate) href: String,
    /// As of [`RecordLink`].
    pub(crate) title: String,
    /// As of [`RecordLink`].
    pub(crate) rating: Option<Piece>,
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
