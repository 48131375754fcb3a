//! One file of a dossier as it was written: typed, with the place of every value, and nothing looked up.
//!
//! Places are byte ranges of the file's text ([`ByteRange`]); the file itself is not named, so that a parsed text can
//! be kept by its content alone.

use std::sync::Arc;

use crate::date::Date;
use crate::files::{ByteRange, Slice};
use crate::ids::RecordId;
use crate::terms::{EntityKind, Extent, Nature, Publish, SourceKind, Speech, Stance, Voice};

pub use crate::fields::located::{Located, Spanned};

/// A parsed file.
#[derive(Clone, Debug)]
pub enum Record {
    /// From `content/sources`.
    Source(Source),
    /// From `content/claims`.
    Claim(Claim),
    /// From `content/entities`.
    Entity(Entity),
    /// From `content/commentary`.
    Commentary(Commentary),
    /// `content/index.md`.
    Home(Prose),
}

/// What every record's front matter can have.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Former ids.
    pub aliases: Vec<Spanned<RecordId>>,
    /// Whether a build without `--drafts` leaves it out.
    pub draft: bool,
    /// Tags, as slugs; a name space of their own.
    pub tags: Vec<Spanned<RecordId>>,
    /// The front matter's opening fence, for what has no place of its own.
    pub fence: ByteRange,
}

/// Who is named somewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Agent {
    /// A record's id: the value has an id's form.
    Id(RecordId),
    /// A plain name.
    Name(Slice),
    /// `{ name = "…" }`: a plain name whatever its form.
    ForcedName(Slice),
}

/// A `url` or `archived` address: absolute, http or https.
pub type Url = Spanned<Slice>;

/// An article or document.
#[derive(Clone, Debug)]
pub struct Source {
    /// The common part.
    pub head: Head,
    /// The title: the first block of the text.
    pub title: Located,
    /// Who wrote it.
    pub authors: Vec<Spanned<Agent>>,
    /// Who published it.
    pub publisher: Option<Spanned<Agent>>,
    /// When it was published.
    pub date: Option<Spanned<Date>>,
    /// What it is.
    pub kind: SourceKind,
    /// Where it is published.
    pub url: Option<Url>,
    /// A snapshot elsewhere.
    pub archived: Option<Url>,
    /// A BCP 47 language tag.
    pub language: Option<Spanned<Slice>>,
    /// How much of it the site shows.
    pub publish: Publish,
    /// Whether the body is the whole text.
    pub extent: Extent,
    /// How many words of it the site should show at most.
    pub excerpt_limit: Option<Spanned<u32>>,
    /// The frozen text.
    pub capture: Option<Capture>,
    /// The text as CommonMark; none where there is only white space.
    pub body: Option<Located>,
}

/// A frozen text in the captures folder.
#[derive(Clone, Debug)]
pub struct Capture {
    /// A name inside the captures folder: relative, no `..`, ending in `.txt`, `.md` or `.html`.
    pub file: Spanned<Slice>,
    /// Its SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: Option<Spanned<String>>,
    /// When it was fetched.
    pub retrieved: Option<Spanned<Date>>,
}

/// One proposition.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The common part.
    pub head: Head,
    /// The proposition in the dossier's words: plain text.
    pub claim: Located,
    /// The words of a link to it in running text.
    pub short: Option<Located>,
    /// What sort of proposition.
    pub nature: Nature,
    /// What it is about.
    pub about: Vec<Spanned<Agent>>,
    /// The time that it is about.
    pub when: Option<Spanned<Date>>,
    /// Where it is made; at least one, unless the file has errors.
    pub appearances: Vec<Appearance>,
    /// What it does to other claims.
    pub relations: Vec<Relation>,
    /// The ledger of ratings, oldest first.
    pub verdicts: Vec<Verdict>,
    /// What the dossier got wrong about it.
    pub corrections: Vec<Correction>,
    /// Commentary.
    pub body: Prose,
}

/// A passage in a source, as a TextQuoteSelector of the W3C Web Annotation Data Model, section 4.2.4.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The source.
    pub source: Spanned<RecordId>,
    /// `exact`: never empty.
    pub exact: Located,
    /// `prefix`.
    pub prefix: Option<Box<Located>>,
    /// `suffix`.
    pub suffix: Option<Box<Located>>,
}

/// Where a claim is made.
#[derive(Clone, Debug)]
pub struct Appearance {
    /// The table's header `[[appearance]]`.
    pub header: ByteRange,
    /// The passage.
    pub quote: Quote,
    /// Part of the fragment id of a second appearance in one source: `[a-z0-9-]+`.
    pub key: Option<Spanned<RecordId>>,
    /// Page, paragraph or time code, as one would cite it.
    pub locator: Option<Slice>,
    /// Whose words these are.
    pub speech: Option<Speech>,
    /// A translation of the quotation.
    pub translation: Option<Box<Translation>>,
    /// What the speaker does with the claim.
    pub stance: Stance,
    /// What the source itself does with it.
    pub voice: Voice,
    /// From the one who said it to the last relay before the source.
    pub attribution: Vec<Attribution>,
}

/// A translation of a quotation.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The words.
    pub text: Slice,
    /// The translator.
    pub by: Option<Spanned<Agent>>,
    /// Their language, a BCP 47 tag.
    pub language: Option<Slice>,
}

/// A link of a chain of attribution.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Who.
    pub who: Spanned<Agent>,
    /// The name that the source uses.
    pub named_as: Option<Box<Located>>,
    /// When it was said.
    pub said: Option<Spanned<Date>>,
    /// Words of the source that show this link.
    pub cue: Option<Box<Located>>,
}

/// This claim TYPE the named claim.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The table's header `[[relation]]`.
    pub header: ByteRange,
    /// The type's name.
    pub relation_type: Spanned<Slice>,
    /// The named claim.
    pub claim: Spanned<RecordId>,
    /// Why.
    pub reason: Option<Prose>,
    /// What it leaves open of the named claim.
    pub unaddressed: Option<Box<Prose>>,
    /// Who draws the relation, if not the dossier's author.
    pub by: Option<Box<RelationBy>>,
}

/// Who draws a relation.
#[derive(Clone, Debug)]
pub struct RelationBy {
    /// `{ source, quote }`: the passage that draws it.
    pub quote: Quote,
}

/// An entry of a claim's ledger of ratings.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The table's header `[[verdict]]`.
    pub header: ByteRange,
    /// The id of a rating.
    pub rating: Spanned<Slice>,
    /// When it was given.
    pub date: Option<Spanned<Date>>,
    /// Who gave it.
    pub by: Option<Spanned<Agent>>,
    /// Why.
    pub reason: Option<Prose>,
}

/// What the dossier got wrong about a claim.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When it was put right.
    pub date: Spanned<Date>,
    /// What was wrong.
    pub text: Prose,
}

/// A person, organisation, place and the like.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The common part.
    pub head: Head,
    /// Its name.
    pub name: Located,
    /// What it is.
    pub kind: Option<EntityKind>,
    /// Its part in the dossier, in a few words.
    pub role: Option<Slice>,
    /// Its other names.
    pub other_names: Vec<Spanned<Slice>>,
    /// Its address.
    pub url: Option<Url>,
    /// Addresses of the same thing elsewhere, such as Wikidata's.
    pub same_as: Vec<Url>,
    /// Description.
    pub body: Prose,
}

/// An essay or a note.
#[derive(Clone, Debug)]
pub struct Commentary {
    /// The common part.
    pub head: Head,
    /// Its title: plain text.
    pub title: Located,
    /// When it was published.
    pub date: Option<Spanned<Date>>,
    /// When it was last changed.
    pub updated: Option<Spanned<Date>>,
    /// Who wrote it.
    pub authors: Vec<Spanned<Agent>>,
    /// Its gist: plain text.
    pub summary: Option<Slice>,
    /// The text.
    pub body: Prose,
}

/// Markdown of the dossier's own, with what it refers to.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The Markdown.
    pub markdown: Located,
    /// Its links, in the order in which the renderer meets them.
    pub links: Box<[Link]>,
    /// Its headings, in order.
    pub headings: Arc<[Heading]>,
    /// Its block quotations that name a source, in order.
    pub quotations: Box<[BlockQuotation]>,
    /// The links of paragraphs `— [[id]]` that stand just below a block quotation and not in it, so that they name no
    /// quotation's source: indices into [`Prose::links`].
    pub strays: Box<[usize]>,
    /// The sentences that hold at least one link.
    pub sentences: Arc<[Sentence]>,
}

/// A link in Markdown.
#[derive(Clone, Debug)]
pub struct Link {
    /// The whole link, in the file.
    pub range: ByteRange,
    /// What it looks like.
    pub form: LinkForm,
    /// The target as written: an id, a path or an address, without the fragment and trimmed.
    pub target: Slice,
    /// What follows `#`.
    pub fragment: Option<Slice>,
    /// The sentence that it stands in: an index into [`Prose::sentences`].
    pub sentence: usize,
}

/// What a link looks like.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LinkForm {
    /// `[[id]]`, and whether it has words of its own (`[[id|words]]`).
    Wiki {
        /// Whether it is `[[id|words]]`.
        has_label: bool,
    },
    /// `![[id]]`.
    Transclusion,
    /// `[words](target)`, with an own path, or only a fragment.
    Inline,
    /// `![words](target)`.
    Image,
    /// An address with a scheme, `mailto:` too.
    External,
}

/// A heading.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Its id in the page: unique in it, never beginning with `q-`.
    pub slug: String,
    /// Where it stands.
    pub range: ByteRange,
}

/// A block quotation whose last line is `— [[source-id]]`.
#[derive(Clone, Debug)]
pub struct BlockQuotation {
    /// The quotation, in the file.
    pub range: ByteRange,
    /// Its rendered text without the last line: the selector's `exact`.
    pub exact: Slice,
    /// The source named; also one of [`Prose::links`].
    pub source: Spanned<RecordId>,
    /// Which of the text's block quotations it is, counted from 0 by their starts, those without a source too.
    pub nth: usize,
}

/// A sentence with links, as text and the links in it.
pub type Sentence = Box<[SentencePart]>;

/// A piece of a sentence.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum SentencePart {
    /// Rendered text.
    Text(Slice),
    /// The link of that index in [`Prose::links`], with its own words if it has any.
    Link(usize, Option<Slice>),
}
