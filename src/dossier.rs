//! The dossier: every record resolved, every quotation anchored, everything worked out. An immutable value.
//!
//! Records are found by dense indices. Nothing here refers to a file by path, or to a page: routes come after.
//! Lists are in the order of their records' ids unless they say otherwise.

pub mod digest;
mod given;
pub mod parts;
mod records;
mod table;
mod words;

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use crate::anchor::{Placement, Selector};
use crate::config::Config;
use crate::date::Date;
use crate::files::{ByteRange, FileId, Slice};
use crate::ids::{RecordId, RecordKind};
use crate::parse::ast::{Heading, LinkForm, Sentence};
use crate::terms::{EntityKind, Extent, Nature, Publish, SourceKind, Speech, Stance, Voice};
use crate::text::SourceText;

pub use given::Given;
pub use table::{Table, Tabled};
pub(crate) use words::ELISION;

use parts::Sort;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// The index for a vector.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
    ($(#[$doc:meta])* $name:ident of $sort:ident) => {
        index! { $(#[$doc])* $name }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                digest::hash_index(Sort::$sort, self.0, state);
            }
        }
    };
    ($(#[$doc:meta])* $name:ident of the settings) => {
        index! { $(#[$doc])* #[derive(Hash)] $name }
    };
}

index! {
    /// A source: an index into [`Dossier::sources`].
    SourceIx of Source
}
index! {
    /// A claim: an index into [`Dossier::claims`].
    ClaimIx of Claim
}
index! {
    /// An entity: an index into [`Dossier::entities`].
    EntityIx of Entity
}
index! {
    /// An essay or note: an index into [`Dossier::commentary`].
    CommentaryIx of Commentary
}
index! {
    /// A tag: an index into [`Dossier::tags`].
    TagIx of Tag
}
index! {
    /// A rating: an index into [`Config::ratings`], whose order is the scale's.
    RatingIx of the settings
}
index! {
    /// A relation type: an index into [`Config::relation_types`].
    RelationTypeIx of the settings
}

/// Any record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RecordRef {
    /// The home page.
    Home,
    /// A source.
    Source(SourceIx),
    /// A claim.
    Claim(ClaimIx),
    /// An entity.
    Entity(EntityIx),
    /// An essay or a note.
    Commentary(CommentaryIx),
}

impl RecordRef {
    /// What it is.
    pub fn kind(self) -> RecordKind {
        match self {
            Self::Home => RecordKind::Home,
            Self::Source(_) => RecordKind::Source,
            Self::Claim(_) => RecordKind::Claim,
            Self::Entity(_) => RecordKind::Entity,
            Self::Commentary(_) => RecordKind::Commentary,
        }
    }
}

/// Everything that the site is made from.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// The settings.
    pub config: Arc<Config>,
    /// The home page's introduction, if there is one.
    pub home: Table<Home>,
    /// By id.
    pub sources: Table<Source>,
    /// By id.
    pub claims: Table<Claim>,
    /// By id.
    pub entities: Table<Entity>,
    /// By id.
    pub commentary: Table<Commentary>,
    /// By slug.
    pub tags: Table<Tag>,
    /// Ids and aliases.
    pub by_id: HashMap<RecordId, RecordRef>,
    /// What happened when, by date.
    pub timeline: Table<Event>,
    /// Claims that appear in two or more sources.
    pub matrix: Table<MatrixRow>,
    /// What changed when: verdicts, corrections, essays; newest first.
    pub changes: Table<Change>,
}

impl Dossier {
    /// One without records.
    pub fn empty(config: Arc<Config>) -> Self {
        Self { config, ..Self::default() }
    }
}

/// What every record has.
#[derive(Clone, Debug)]
pub struct Meta {
    /// Its id.
    pub id: RecordId,
    /// Its file.
    pub file: FileId,
    /// Former ids, each a redirect.
    pub aliases: Vec<RecordId>,
    /// Whether it is a draft, which only a build with `--drafts` has.
    pub draft: bool,
    /// Its tags, sorted, each once.
    pub tags: Vec<TagIx>,
    /// Where its own Markdown links here from, by the linking record, then in order of appearance.
    pub backlinks: Given<Vec<Backlink>>,
}

/// The home page.
#[derive(Clone, Debug)]
pub struct Home {
    /// Its file.
    pub file: FileId,
    /// The introduction.
    pub body: Prose,
}

/// An article or document.
#[derive(Clone, Hash, Debug)]
pub struct Source {
    /// The common part.
    pub meta: Meta,
    /// Plain text.
    pub title: Slice,
    /// Who wrote it, as listed.
    pub authors: Vec<Agent>,
    /// Who published it.
    pub publisher: Option<Agent>,
    /// When it was published.
    pub date: Option<Date>,
    /// What it is.
    pub kind: SourceKind,
    /// Where it is published.
    pub url: Option<Slice>,
    /// A snapshot elsewhere.
    pub archived: Option<Slice>,
    /// A BCP 47 tag.
    pub language: Option<Slice>,
    /// How much of it the site shows.
    pub publish: Publish,
    /// Whether the text is the whole text.
    pub extent: Extent,
    /// The frozen text that it was checked against, if it names one.
    pub capture: Option<Capture>,
    /// Its text; none where it has neither body nor capture.
    pub text: Option<Arc<SourceText>>,
    /// Every passage of it that something quotes, by place in the text, then by fragment id.
    pub passages: Given<Vec<Passage>>,
    /// What the site may show of its text besides the title: byte ranges of [`SourceText::plain`], in order, merged.
    /// All of it with [`Publish::Full`]; with [`Publish::Excerpts`] the passages and cues, each with its sentence but
    /// without words that a quotation leaves out; with [`Publish::Record`] the quotations alone.
    pub shown: Vec<Range<usize>>,
}

/// What is known of a source's capture.
#[derive(Clone, Hash, Debug)]
pub struct Capture {
    /// Its name.
    pub file: Slice,
    /// Its SHA-256 in lower-case hexadecimal digits, where the source states one.
    pub sha256: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<Date>,
    /// What `captures.lock` says.
    pub check: CaptureCheck,
}

/// What `captures.lock` says of a source.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum CaptureCheck {
    /// Nothing.
    NotChecked,
    /// The text matched its capture when it was recorded.
    Matched {
        /// The day of recording, `YYYY-MM-DD`.
        on: String,
    },
    /// The text or the capture's hash has changed since.
    Stale {
        /// The day of recording, `YYYY-MM-DD`.
        on: String,
    },
}

/// A passage of a source that something quotes.
#[derive(Clone, Hash, Debug)]
pub struct Passage {
    /// Its id in the source's page: `q-ID`, `q-ID.KEY`, or `q-ID:N` for the N-th block quotation of a record.
    pub fragment: Slice,
    /// Where it stands.
    pub placement: Placement,
    /// Who quotes it.
    pub quoted_by: QuotedBy,
}

/// Who quotes a passage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum QuotedBy {
    /// An appearance of a claim: an index into its [`Claim::appearances`].
    Appearance(ClaimIx, usize),
    /// A block quotation in a record's texts: an index into [`Dossier::quotations`], which begins with its body's.
    Quotation(RecordRef, usize),
}

/// Somebody, resolved.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Agent {
    /// An entity.
    Entity(EntityIx),
    /// A source, named as the one who reports.
    Source(SourceIx),
    /// A plain name.
    Name(Slice),
}

/// One proposition.
#[derive(Clone, Hash, Debug)]
pub struct Claim {
    /// The common part.
    pub meta: Meta,
    /// Plain text.
    pub claim: Slice,
    /// The words of a link to it in running text.
    pub short: Slice,
    /// What sort of proposition.
    pub nature: Nature,
    /// What it is about.
    pub about: Vec<Agent>,
    /// The time that it is about.
    pub when: Option<Date>,
    /// Where it is made, as listed.
    pub appearances: Vec<Appearance>,
    /// What it does to other claims, as listed.
    pub relations: Vec<Relation>,
    /// What other claims do to it: the claim, and an index into its [`Claim::relations`]; by claim, then index.
    pub related_by: Given<Vec<(ClaimIx, usize)>>,
    /// The ledger, oldest first.
    pub verdicts: Vec<Verdict>,
    /// As listed.
    pub corrections: Vec<Correction>,
    /// Commentary.
    pub body: Prose,
    /// Who is behind it.
    pub origins: Origins,
    /// One speaker's direct words for it, side by side.
    pub variants: Vec<Variants>,
}

impl Claim {
    /// The rating that holds: the last verdict's.
    pub fn rating(&self) -> Option<RatingIx> {
        self.verdicts.last().map(|verdict| verdict.rating)
    }
}

impl Source {
    /// With whom its own words begin: its publisher, else its authors; nobody where it names neither.
    pub fn voices(&self) -> &[Agent] {
        self.publisher.as_ref().map_or(&self.authors, std::slice::from_ref)
    }
}

/// A passage named by somebody.
#[derive(Clone, Hash, Debug)]
pub struct Quote {
    /// The source.
    pub source: SourceIx,
    /// What is looked for.
    pub selector: Selector,
    /// What came of it.
    pub anchor: Anchor,
}

impl Quote {
    /// The id of its place in the source's page, which would be `fragment`; none where it is nowhere in the source.
    pub fn place<'f>(&self, fragment: &'f str) -> Option<&'f str> {
        (self.anchor != Anchor::Failed).then_some(fragment)
    }
}

/// What came of a quotation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Anchor {
    /// It stands there.
    Placed(Placement),
    /// The source has no text: nothing was checked.
    Unchecked,
    /// It is an error that was reported; no site is built from it.
    Failed,
}

/// Where a claim is made.
#[derive(Clone, Hash, Debug)]
pub struct Appearance {
    /// The passage.
    pub quote: Quote,
    /// Its id in the source's page, without `#`.
    pub fragment: Slice,
    /// As one would cite it.
    pub locator: Option<Slice>,
    /// Whose words.
    pub speech: Option<Speech>,
    /// A translation.
    pub translation: Option<Box<Translation>>,
    /// What the speaker does with the claim.
    pub stance: Stance,
    /// What the source itself does with it.
    pub voice: Voice,
    /// From the one who said it to the last relay before the source.
    pub attribution: Vec<Attribution>,
}

/// A translation of a quotation.
#[derive(Clone, Hash, Debug)]
pub struct Translation {
    /// The words.
    pub text: Slice,
    /// The translator.
    pub by: Option<Agent>,
    /// A BCP 47 tag.
    pub language: Option<Slice>,
}

/// A link of a chain.
#[derive(Clone, Hash, Debug)]
pub struct Attribution {
    /// Who.
    pub who: Agent,
    /// The name that the source uses.
    pub named_as: Option<Slice>,
    /// When it was said.
    pub said: Option<Date>,
    /// The words of the source that show it.
    pub cue: Option<Box<Cue>>,
}

/// Words of a source that show a link of a chain.
#[derive(Clone, Hash, Debug)]
pub struct Cue {
    /// The words.
    pub text: Slice,
    /// Where they stand.
    pub anchor: Anchor,
}

/// This claim does something to another.
#[derive(Clone, Hash, Debug)]
pub struct Relation {
    /// What.
    pub relation_type: RelationTypeIx,
    /// To which.
    pub claim: ClaimIx,
    /// Why.
    pub reason: Option<Prose>,
    /// What this claim leaves open of the other.
    pub unaddressed: Option<Box<Prose>>,
    /// The passage that draws the relation.
    pub by: Option<Box<Quote>>,
}

/// An entry of the ledger.
#[derive(Clone, Hash, Debug)]
pub struct Verdict {
    /// The rating.
    pub rating: RatingIx,
    /// When.
    pub date: Option<Date>,
    /// Who.
    pub by: Option<Agent>,
    /// Why.
    pub reason: Option<Prose>,
}

/// What the dossier got wrong.
#[derive(Clone, Hash, Debug)]
pub struct Correction {
    /// When it was put right.
    pub date: Date,
    /// What was wrong.
    pub text: Prose,
}

/// A person, organisation, place and the like.
#[derive(Clone, Hash, Debug)]
pub struct Entity {
    /// The common part.
    pub meta: Meta,
    /// Its name.
    pub name: Slice,
    /// What it is.
    pub kind: Option<EntityKind>,
    /// Its part in the dossier.
    pub role: Option<Slice>,
    /// As listed.
    pub other_names: Vec<Slice>,
    /// Its address.
    pub url: Option<Slice>,
    /// The same thing elsewhere.
    pub same_as: Vec<Slice>,
    /// Description.
    pub body: Prose,
    /// Claims about it.
    pub about: Given<Vec<ClaimIx>>,
    /// Where it speaks or passes on: claim, appearance, position in the chain (0 is the speaker).
    pub attributed: Given<Vec<(ClaimIx, usize, usize)>>,
    /// Sources that it wrote.
    pub wrote: Given<Vec<SourceIx>>,
    /// Sources that it published.
    pub published: Given<Vec<SourceIx>>,
}

/// An essay or a note.
#[derive(Clone, Hash, Debug)]
pub struct Commentary {
    /// The common part.
    pub meta: Meta,
    /// Plain text.
    pub title: Slice,
    /// When it was published.
    pub date: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// As listed.
    pub authors: Vec<Agent>,
    /// Plain text.
    pub summary: Option<Slice>,
    /// The text.
    pub body: Prose,
}

/// Markdown of the dossier's own, resolved.
#[derive(Clone, Hash, Debug)]
pub struct Prose {
    /// The Markdown.
    pub markdown: Slice,
    /// What each link leads to, in the order in which the renderer meets them.
    pub links: Box<[Link]>,
    /// In order.
    pub headings: Arc<[Heading]>,
    /// The block quotations that name a source, in order.
    pub quotations: Box<[Quotation]>,
    /// The sentences that hold links.
    pub sentences: Arc<[Sentence]>,
}

/// A resolved link.
#[derive(Clone, Hash, Debug)]
pub struct Link {
    /// What it looks like.
    pub form: LinkForm,
    /// What it leads to.
    pub target: Target,
    /// The sentence that it stands in: an index into [`Prose::sentences`].
    pub sentence: usize,
    /// The whole link, in the record's file.
    pub range: ByteRange,
}

/// What a link leads to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    /// A record, and a heading or passage in its page.
    Record(RecordRef, Option<String>),
    /// A heading of the same text.
    Here(String),
    /// A file of `content/static`, by its path in the site, and what follows `#`, such as a page of a PDF.
    Static(String, Option<String>),
    /// An address elsewhere.
    External(Slice),
    /// It is an error that was reported, or leads to a record whose file has errors.
    Broken,
}

/// A block quotation that names its source.
#[derive(Clone, Hash, Debug)]
pub struct Quotation {
    /// The passage.
    pub quote: Quote,
    /// Which of the text's block quotations it is, counted from 0 by their starts, those without a source too.
    pub nth: usize,
    /// Its id in the source's page, without `#`.
    pub fragment: Slice,
    /// The whole quotation, in the record's file.
    pub range: ByteRange,
}

/// A tag with what carries it.
#[derive(Clone, Hash, Debug)]
pub struct Tag {
    /// Its name, which is a slug.
    pub name: RecordId,
    /// The records, by kind, then id.
    pub records: Vec<RecordRef>,
}

/// A link to a record, seen from there.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Backlink {
    /// The record whose Markdown links here.
    pub from: RecordRef,
    /// Which of its texts.
    pub place: ProsePlace,
    /// The sentence: an index into that text's [`Prose::sentences`].
    pub sentence: usize,
}

/// Which of a record's texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ProsePlace {
    /// Its body.
    Body,
    /// The reason of the relation of that index.
    Relation(usize),
    /// What the relation of that index leaves unaddressed.
    Unaddressed(usize),
    /// The reason of the verdict of that index.
    Verdict(usize),
    /// The text of the correction of that index.
    Correction(usize),
}

/// Over the appearances of a claim: who is behind it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Origins {
    /// The appearances that assert it.
    pub asserted: Tally,
    /// The appearances that deny it.
    pub denied: Tally,
    /// The appearances that question it.
    pub questioned: Tally,
    /// The distinct origins of those that assert it, in order of first appearance.
    pub origins: Vec<Origin>,
    /// Those whom the chain of every appearance that asserts it passes through, other than a sole origin.
    pub through: Vec<Agent>,
}

/// How many appearances in how many sources.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Tally {
    /// Appearances.
    pub appearances: usize,
    /// Distinct sources.
    pub sources: usize,
}

/// The one with whom a claim starts.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Origin {
    /// Who.
    pub who: Agent,
    /// The names that sources use for it, as first met.
    pub named_as: Vec<Slice>,
    /// Whether its name is withheld.
    pub anonymous: bool,
    /// The appearances that start with it: indices into [`Claim::appearances`].
    pub appearances: Vec<usize>,
}

/// One speaker's direct words for one claim.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Variants {
    /// The speaker.
    pub speaker: Agent,
    /// The wordings, the first being what the others are held against.
    pub wordings: Vec<Wording>,
}

/// One wording.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Wording {
    /// The appearances that have it: indices into [`Claim::appearances`].
    pub appearances: Vec<usize>,
    /// Its words in order, each with whether the first wording has it there; the first one's, with whether all wordings
    /// have it that are alike.
    pub words: Vec<(String, bool)>,
}

impl Wording {
    /// Whether it has enough in common with a first wording of so many words to be compared with it word by word: half
    /// of each.
    pub fn is_alike(&self, first: usize) -> bool {
        let shared = self.words.iter().filter(|(_, same)| *same).count();
        shared * 2 >= self.words.len().max(first)
    }
}

/// Something dated.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Event {
    /// When.
    pub date: Date,
    /// What.
    pub what: Occasion,
}

/// What a date is the date of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Occasion {
    /// The time that a claim is about.
    About(ClaimIx),
    /// A claim was said: the appearance and the link of its chain.
    Said(ClaimIx, usize, usize),
    /// A source was published.
    Published(SourceIx),
    /// A claim was rated: the verdict.
    Rated(ClaimIx, usize),
    /// A claim's record was corrected: the correction.
    Corrected(ClaimIx, usize),
    /// An essay was published.
    Essay(CommentaryIx),
}

/// A claim against the sources that it appears in.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct MatrixRow {
    /// The claim.
    pub claim: ClaimIx,
    /// Its sources, each with the appearances in it.
    pub cells: Vec<(SourceIx, Vec<usize>)>,
}

/// A change that the ledgers record.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Change {
    /// When.
    pub date: Date,
    /// What.
    pub what: Occasion,
}
