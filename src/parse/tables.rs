//! The fields of every table of a record's front matter, as data: what the reader accepts, what a suggestion can be,
//! and what schemas and the reference are made from.

use crate::config;
use crate::fields::{Alternative, Field, Form, Table, optional, required};
use crate::terms::{EntityKind, Extent, Nature, Publish, SourceKind, Speech, Stance, Voice};

/// The kinds of capture that can be read.
pub const CAPTURES: &[&str] = &["txt", "md", "html"];

/// The names of the built-in types of relation.
fn relation_types() -> Vec<String> {
    config::relation_types().into_iter().map(|relation| relation.name).collect()
}

/// The ids of the default scale of ratings.
fn ratings() -> Vec<String> {
    config::ratings().into_iter().map(|rating| rating.id).collect()
}

const AGENTS: Form = Form::List(&Form::Agent);
const IDS: Form = Form::List(&Form::Id);

const ALIASES: Field = optional("aliases", IDS, "aliases = [\"a-former-id\"]").default("[]").says(
    "Former ids of this record. Links to them lead here, and their addresses redirect. They share the name space of \
     ids.",
);
const DRAFT: Field = optional("draft", Form::Boolean, "draft = true").default("false").says(
    "Leaves the record out of a build without `--drafts`. What is wrong in a draft is a warning; a published record \
     that refers to one is an error.",
);
const TAGS: Field = optional("tags", IDS, "tags = [\"diplomacy\"]")
    .default("[]")
    .says("Words to list records by, of the form of an id, in a name space of their own.");
const TITLE: Field = required("title", Form::Text, "title = \"…\"");
const DATE: Field = optional("date", Form::Date, "date = 2016-12-21");
const URL: Field = optional("url", Form::Url, "url = \"https://example.org/article\"");
const AUTHORS: Field = optional("authors", AGENTS, "authors = [\"jane-doe\"]").default("[]");
const PREFIX: Field = optional("prefix", Form::Text, "prefix = \"the words just before\"").says(
    "The source's words just before the quotation, where the quotation itself stands in several places. The build says \
     which words decide.",
);
const SUFFIX: Field = optional("suffix", Form::Text, "suffix = \"the words just after\"")
    .says("The source's words just after the quotation, likewise.");
const IN_SOURCE: Field =
    required("source", Form::Id, "source = \"the-id-of-a-source\"").says("The source that has the words.");
const QUOTE: Field = required("quote", Form::Text, "quote = \"the exact words\"").says(
    "The words, exactly as the source has them. ` […] ` stands for words left out, between pieces of at least three \
     words.",
);

/// A source's front matter.
pub static SOURCE: Table = Table {
    name: "a source",
    fields: &[
        TITLE.says("The title. It is the first block of the source's text, so it can be quoted."),
        AUTHORS.says("Who wrote it."),
        optional("publisher", Form::Agent, "publisher = \"Reuters News Agency\"").says("Who published it."),
        DATE.says("When it was published."),
        optional("kind", Form::Word(SourceKind::words), "kind = \"article\"")
            .default("\"article\"")
            .says("What it is."),
        URL.says("Where it is published."),
        optional("archived", Form::Url, "archived = \"https://web.archive.org/web/2016/https://example.org/article\"")
            .says("A snapshot of it elsewhere."),
        optional("language", Form::Language, "language = \"en\"")
            .says("The language of its text, as a BCP 47 tag. Without it, the dossier's."),
        optional("publish", Form::Word(Publish::words), "publish = \"excerpts\"")
            .default("\"excerpts\"")
            .says("How much of its text the site shows."),
        optional("extent", Form::Word(Extent::words), "extent = \"full\"")
            .default("\"full\"")
            .says("Whether the body below is the whole text or has gaps."),
        optional("excerpt_limit", Form::Integer, "excerpt_limit = 300")
            .says("How many words of it the site should show at most."),
        TAGS,
        ALIASES,
        DRAFT,
        optional("capture", Form::Table(&CAPTURE), "[capture]\nfile = \"article.txt\"")
            .says("The text as it was fetched and frozen, in the captures folder."),
    ],
};

/// `[capture]` of a source.
pub static CAPTURE: Table = Table {
    name: "a capture",
    fields: &[
        required("file", Form::File { folder: "", extensions: CAPTURES }, "file = \"article.txt\"")
            .says("Its name inside the captures folder. It ends in `.txt`, `.md` or `.html`."),
        optional(
            "sha256",
            Form::Sha256,
            "sha256 = \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
        )
        .says("The SHA-256 of the file's bytes: where the file is there, it must have it."),
        optional("retrieved", Form::Date, "retrieved = 2026-11-21").says("When it was fetched."),
    ],
};

/// A claim's front matter.
pub static CLAIM: Table = Table {
    name: "a claim",
    fields: &[
        required("claim", Form::Text, "claim = \"…\"")
            .says("The proposition, as one sentence in the dossier's own words. Plain text."),
        optional("short", Form::Text, "short = \"the channels are frozen\"")
            .says("The words of a link in running text. Without it, `claim` without its full stop."),
        optional("nature", Form::Word(Nature::words), "nature = \"fact\"")
            .default("\"fact\"")
            .says("What sort of proposition it is."),
        optional("about", AGENTS, "about = [\"russia\", \"united-states\"]")
            .default("[]")
            .says("Whom and what it is about."),
        optional("when", Form::Date, "when = \"2016-12\"").says("The time that it is about."),
        TAGS,
        ALIASES,
        DRAFT,
        required(
            "appearance",
            Form::SomeTables(&APPEARANCE),
            "[[appearance]]\nsource = \"the-id-of-a-source\"\nquote = \"the exact words\"",
        )
        .says("Where the claim is made: at least one."),
        optional(
            "relation",
            Form::Tables(&RELATION),
            "[[relation]]\ntype = \"qualifies\"\nclaim = \"the-id-of-a-claim\"",
        )
        .says("What this claim does to other claims."),
        optional("verdict", Form::Tables(&VERDICT), "[[verdict]]\nrating = \"disputed\"\ndate = 2026-11-22")
            .says("The ledger of its ratings, oldest first; the last one holds. Without any, the claim is not rated."),
        optional("correction", Form::Tables(&CORRECTION), "[[correction]]\ndate = 2026-11-23\ntext = \"…\"")
            .says("What the dossier got wrong about this claim, and when that was put right."),
    ],
};

/// `[[appearance]]` of a claim.
pub static APPEARANCE: Table = Table {
    name: "an appearance",
    fields: &[
        IN_SOURCE.says("The source in which the claim is made."),
        QUOTE,
        PREFIX,
        SUFFIX,
        optional("key", Form::Id, "key = \"headline\"").says(
            "A word that tells this appearance from another one in the same source: needed from the second on. It is \
             part of the passage's address.",
        ),
        optional("locator", Form::Text, "locator = \"p. 14\"")
            .says("The page, paragraph or time code, as one would cite it."),
        optional("speech", Form::Word(Speech::words), "speech = \"direct\"").says("Whose words the quotation has."),
        optional("translation", Form::Table(&TRANSLATION), "translation = { text = \"…\", language = \"en\" }")
            .says("The quotation in another language."),
        optional("stance", Form::Word(Stance::words), "stance = \"asserts\"").default("\"asserts\"").says(
            "What the one who speaks does with the claim: the first of the chain, or the source itself without a \
             chain.",
        ),
        optional("voice", Form::Word(Voice::words), "voice = \"neutral\"")
            .default("\"neutral\"")
            .says("What the source does with it in its own voice."),
        optional(
            "attribution",
            Form::List(&Form::AgentOrTable(&ATTRIBUTION)),
            "attribution = [{ who = \"dmitri-peskov\", said = 2016-12-21 }, \"ria\"]",
        )
        .default("[]")
        .says(
            "The chain by which the words came into the source: from the one who said them to the last who passed them \
             on to it. Each link names somebody, alone or in a table.",
        ),
    ],
};

/// `translation` of an appearance.
pub static TRANSLATION: Table = Table {
    name: "a translation",
    fields: &[
        required("text", Form::Text, "text = \"…\"").says("The translated words."),
        optional("by", Form::Agent, "by = \"Jane Doe\"").says("Who translated them."),
        optional("language", Form::Language, "language = \"en\"").says("Their language."),
    ],
};

/// A link of an appearance's `attribution` that is written as a table.
pub static ATTRIBUTION: Table = Table {
    name: "a link of an attribution",
    fields: &[
        optional("who", Form::Agent, "who = \"dmitri-peskov\"").or(Alternative::Field("name")).says("Who."),
        optional("name", Form::Text, "name = \"bellingcat\"")
            .says("Who, by a plain name that looks like an id, in place of `who`."),
        optional("as", Form::Text, "as = \"Russian authorities\"").says("The name that the source uses."),
        optional("said", Form::Date, "said = 2016-12-21").says("When this one said it."),
        optional("cue", Form::Text, "cue = \"Dmitri Peskov, Kremlin spokesperson\"")
            .says("Words of the source that show this link of the chain. They must stand in it, like a quotation."),
    ],
};

/// `{ name = "…" }` where somebody is named.
pub static NAME: Table =
    Table { name: "a plain name", fields: &[required("name", Form::Text, "name = \"bellingcat\"").says("The name.")] };

/// `[[relation]]` of a claim.
pub static RELATION: Table = Table {
    name: "a relation",
    fields: &[
        required("type", Form::Open(relation_types), "type = \"qualifies\"")
            .says("A built-in type, or one of casebook.toml's. Read: this file's claim TYPE the named claim."),
        required("claim", Form::Id, "claim = \"the-id-of-a-claim\"").says("The other claim."),
        optional("reason", Form::Markdown, "reason = \"…\"").says("Why. Markdown, with links."),
        optional("unaddressed", Form::Markdown, "unaddressed = \"…\"")
            .says("What this answer leaves open of the other claim. Markdown."),
        optional(
            "by",
            Form::Table(&RELATION_BY),
            "by = { source = \"the-id-of-a-source\", quote = \"the exact words\" }",
        )
        .says("The passage of a source that draws the relation, if it is not the dossier's author who does."),
    ],
};

/// `by` of a relation.
pub static RELATION_BY: Table =
    Table { name: "the passage of a relation", fields: &[IN_SOURCE, QUOTE, PREFIX, SUFFIX] };

/// `[[verdict]]` of a claim.
pub static VERDICT: Table = Table {
    name: "a verdict",
    fields: &[
        required("rating", Form::Open(ratings), "rating = \"disputed\"")
            .says("A step of the scale of ratings, by its id."),
        DATE.says("When it was given."),
        optional("by", Form::Agent, "by = \"jane-doe\"").says("Who gave it."),
        optional("reason", Form::Markdown, "reason = \"…\"").says("Why. Markdown, with links."),
    ],
};

/// `[[correction]]` of a claim.
pub static CORRECTION: Table = Table {
    name: "a correction",
    fields: &[
        required("date", Form::Date, "date = 2026-11-23").says("When it was put right."),
        required("text", Form::Markdown, "text = \"…\"").says("What was wrong. Markdown, with links."),
    ],
};

/// An entity's front matter.
pub static ENTITY: Table = Table {
    name: "an entity",
    fields: &[
        required("name", Form::Text, "name = \"…\"").says("Its name."),
        optional("kind", Form::Word(EntityKind::words), "kind = \"person\"").says("What it is."),
        optional("role", Form::Text, "role = \"Kremlin spokesperson\"")
            .says("Its part in the dossier, in a few words."),
        optional("other_names", Form::List(&Form::Text), "other_names = [\"Dmitry Peskov\"]")
            .default("[]")
            .says("Other names and spellings of it."),
        URL.example("url = \"https://example.org/\"").says("Its address."),
        optional("same_as", Form::List(&Form::Url), "same_as = [\"https://www.wikidata.org/wiki/Q42\"]")
            .default("[]")
            .says("Addresses of the same thing elsewhere, such as Wikidata's."),
        TAGS,
        ALIASES,
        DRAFT,
    ],
};

/// An essay's front matter.
pub static COMMENTARY: Table = Table {
    name: "a commentary",
    fields: &[
        TITLE.says("The title. Plain text."),
        DATE.says("When it was published."),
        optional("updated", Form::Date, "updated = 2026-11-22").says("When it was last changed."),
        AUTHORS.says("Who wrote it."),
        optional("summary", Form::Text, "summary = \"…\"").says("Its gist, in a sentence or two. Plain text."),
        TAGS,
        ALIASES,
        DRAFT,
    ],
};
