//! The fields of every table of a record's front matter, as data: what the reader accepts, what a suggestion can be,
//! and what documentation and schemas are made from.

use crate::fields::values::words;
use crate::fields::{Field, Form, Table, optional, required};
use crate::terms::{EntityKind, Extent, Nature, Publish, SourceKind, Speech, Stance, Voice};

const AGENTS: Form = Form::List(&Form::Agent);
const IDS: Form = Form::List(&Form::Id);

const ALIASES: Field = optional("aliases", IDS, "aliases = [\"a-former-id\"]");
const DRAFT: Field = optional("draft", Form::Boolean, "draft = true");
const TAGS: Field = optional("tags", IDS, "tags = [\"diplomacy\"]");
const TITLE: Field = required("title", Form::Text, "title = \"…\"");
const DATE: Field = optional("date", Form::Date, "date = 2016-12-21");
const URL: Field = optional("url", Form::Url, "url = \"https://example.org/article\"");
const AUTHORS: Field = optional("authors", AGENTS, "authors = [\"jane-doe\"]");
const PREFIX: Field = optional("prefix", Form::Text, "prefix = \"the words just before\"");
const SUFFIX: Field = optional("suffix", Form::Text, "suffix = \"the words just after\"");
const IN_SOURCE: Field = required("source", Form::Id, "source = \"the-id-of-a-source\"");
const QUOTE: Field = required("quote", Form::Text, "quote = \"the exact words\"");

/// A source's front matter.
pub static SOURCE: Table = Table {
    name: "a source",
    fields: &[
        TITLE,
        AUTHORS,
        optional("publisher", Form::Agent, "publisher = \"Reuters News Agency\""),
        DATE,
        optional("kind", Form::Word(|| words(SourceKind::ALL, SourceKind::word)), "kind = \"article\""),
        URL,
        optional("archived", Form::Url, "archived = \"https://web.archive.org/web/2016/https://example.org/article\""),
        optional("language", Form::Language, "language = \"en\""),
        optional("publish", Form::Word(|| words(Publish::ALL, Publish::word)), "publish = \"excerpts\""),
        optional("extent", Form::Word(|| words(Extent::ALL, Extent::word)), "extent = \"full\""),
        TAGS,
        ALIASES,
        DRAFT,
        optional("capture", Form::Table(&CAPTURE), "[capture]\nfile = \"article.txt\""),
    ],
};

/// `[capture]` of a source.
pub static CAPTURE: Table = Table {
    name: "a capture",
    fields: &[
        required("file", Form::Text, "file = \"article.txt\""),
        optional("sha256", Form::Text, "sha256 = \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\""),
        optional("retrieved", Form::Date, "retrieved = 2026-11-21"),
    ],
};

/// A claim's front matter.
pub static CLAIM: Table = Table {
    name: "a claim",
    fields: &[
        required("claim", Form::Text, "claim = \"…\""),
        optional("short", Form::Text, "short = \"the channels are frozen\""),
        optional("nature", Form::Word(|| words(Nature::ALL, Nature::word)), "nature = \"fact\""),
        optional("about", AGENTS, "about = [\"russia\", \"united-states\"]"),
        optional("when", Form::Date, "when = \"2016-12\""),
        TAGS,
        ALIASES,
        DRAFT,
        required(
            "appearance",
            Form::Tables(&APPEARANCE),
            "[[appearance]]\nsource = \"the-id-of-a-source\"\nquote = \"the exact words\"",
        ),
        optional(
            "relation",
            Form::Tables(&RELATION),
            "[[relation]]\ntype = \"qualifies\"\nclaim = \"the-id-of-a-claim\"",
        ),
        optional("verdict", Form::Tables(&VERDICT), "[[verdict]]\nrating = \"disputed\"\ndate = 2026-11-22"),
        optional("correction", Form::Tables(&CORRECTION), "[[correction]]\ndate = 2026-11-23\ntext = \"…\""),
    ],
};

/// `[[appearance]]` of a claim.
pub static APPEARANCE: Table = Table {
    name: "an appearance",
    fields: &[
        IN_SOURCE,
        QUOTE,
        PREFIX,
        SUFFIX,
        optional("key", Form::Id, "key = \"headline\""),
        optional("locator", Form::Text, "locator = \"p. 14\""),
        optional("speech", Form::Word(|| words(Speech::ALL, Speech::word)), "speech = \"direct\""),
        optional("translation", Form::Table(&TRANSLATION), "translation = { text = \"…\", language = \"en\" }"),
        optional("stance", Form::Word(|| words(Stance::ALL, Stance::word)), "stance = \"asserts\""),
        optional("voice", Form::Word(|| words(Voice::ALL, Voice::word)), "voice = \"neutral\""),
        optional(
            "attribution",
            Form::List(&Form::TextOrTable(&ATTRIBUTION)),
            "attribution = [{ who = \"dmitri-peskov\", said = 2016-12-21 }, \"ria\"]",
        ),
    ],
};

/// `translation` of an appearance.
pub static TRANSLATION: Table = Table {
    name: "a translation",
    fields: &[
        required("text", Form::Text, "text = \"…\""),
        optional("by", Form::Agent, "by = \"Jane Doe\""),
        optional("language", Form::Language, "language = \"en\""),
    ],
};

/// A link of an appearance's `attribution` that is written as a table.
pub static ATTRIBUTION: Table = Table {
    name: "a link of an attribution",
    fields: &[
        optional("who", Form::Agent, "who = \"dmitri-peskov\""),
        optional("name", Form::Text, "name = \"bellingcat\""),
        optional("as", Form::Text, "as = \"Russian authorities\""),
        optional("said", Form::Date, "said = 2016-12-21"),
        optional("cue", Form::Text, "cue = \"Dmitri Peskov, Kremlin spokesperson\""),
    ],
};

/// `{ name = "…" }` where somebody is named.
pub static NAME: Table =
    Table { name: "a plain name", fields: &[required("name", Form::Text, "name = \"bellingcat\"")] };

/// `[[relation]]` of a claim.
pub static RELATION: Table = Table {
    name: "a relation",
    fields: &[
        required("type", Form::Id, "type = \"qualifies\""),
        required("claim", Form::Id, "claim = \"the-id-of-a-claim\""),
        optional("reason", Form::Markdown, "reason = \"…\""),
        optional("unaddressed", Form::Markdown, "unaddressed = \"…\""),
        optional(
            "by",
            Form::Table(&RELATION_BY),
            "by = { source = \"the-id-of-a-source\", quote = \"the exact words\" }",
        ),
    ],
};

/// `by` of a relation.
pub static RELATION_BY: Table =
    Table { name: "the passage of a relation", fields: &[IN_SOURCE, QUOTE, PREFIX, SUFFIX] };

/// `[[verdict]]` of a claim.
pub static VERDICT: Table = Table {
    name: "a verdict",
    fields: &[
        required("rating", Form::Id, "rating = \"disputed\""),
        DATE,
        optional("by", Form::Agent, "by = \"jane-doe\""),
        optional("reason", Form::Markdown, "reason = \"…\""),
    ],
};

/// `[[correction]]` of a claim.
pub static CORRECTION: Table = Table {
    name: "a correction",
    fields: &[required("date", Form::Date, "date = 2026-11-23"), required("text", Form::Markdown, "text = \"…\"")],
};

/// An entity's front matter.
pub static ENTITY: Table = Table {
    name: "an entity",
    fields: &[
        required("name", Form::Text, "name = \"…\""),
        optional("kind", Form::Word(|| words(EntityKind::ALL, EntityKind::word)), "kind = \"person\""),
        optional("role", Form::Text, "role = \"Kremlin spokesperson\""),
        optional("other_names", Form::List(&Form::Text), "other_names = [\"Dmitry Peskov\"]"),
        URL,
        optional("same_as", Form::List(&Form::Url), "same_as = [\"https://www.wikidata.org/wiki/Q42\"]"),
        TAGS,
        ALIASES,
        DRAFT,
    ],
};

/// An essay's front matter.
pub static COMMENTARY: Table = Table {
    name: "a commentary",
    fields: &[
        TITLE,
        DATE,
        optional("updated", Form::Date, "updated = 2026-11-22"),
        AUTHORS,
        optional("summary", Form::Text, "summary = \"…\""),
        TAGS,
        ALIASES,
        DRAFT,
    ],
};
