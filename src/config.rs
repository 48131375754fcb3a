//! `casebook.toml`: the dossier's settings, with every default filled in.

mod defaults;

use std::collections::BTreeMap;

pub use defaults::{LINTS, Lint, lint, ratings, relation_types};

use crate::diag::{Problem, Severity, suggest};
use crate::fields::located::Spanned;
use crate::fields::values;
use crate::fields::{Alternative, Context, Fields, Form, Table, Value, optional, required, syntax};
use crate::files::ByteRange;
use crate::ids;
use crate::terms::{Polarity, Tone, Word};

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
    /// The picture that is shown beside a link to any of its pages, by its path in the site.
    pub image: Option<String>,
    /// What that picture shows.
    pub image_alt: Option<String>,
    /// The name of its theme, `default` unless told otherwise.
    pub theme: String,
    /// The captures folder, relative to the project's root; `captures` unless told otherwise.
    pub captures: String,
    /// How many words of a source the site should show at most, where the source does not say.
    pub excerpt_limit: Option<u32>,
    /// The scale of ratings, in order from the top.
    pub ratings: Vec<Rating>,
    /// Whether the ratings are points on one line, from the top down. The default scale's are not: "unverified" is no point
    /// between true and false, and "disputed" none either.
    pub ratings_ordinal: bool,
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
    /// The words in `casebook.toml`, with what they mean.
    pub fn words() -> Vec<Word> {
        vec![
            Word { word: "allow", says: "Not reported." },
            Word { word: "warn", says: "Reported as a warning." },
            Word { word: "deny", says: "Reported as an error, so that nothing is published." },
        ]
    }

    /// The word in `casebook.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The severity of what the lint finds; none where it is allowed.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Warn => Some(Severity::Warning),
            Self::Deny => Some(Severity::Error),
        }
    }
}

/// The kinds of pictures that can stand beside a link, by their extensions.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp"];

/// The fields of `casebook.toml`.
pub static CONFIG: Table = Table {
    name: "casebook.toml",
    fields: &[
        required("title", Form::Text, "title = \"The silent treatment\"").says("The dossier's title."),
        optional("base_url", Form::Url, "base_url = \"https://example.org/dossier/\"").says(
            "The address of the folder in which the site is published. Links inside the site work without it; canonical \
             links and the sitemap need it.",
        ),
        optional("language", Form::Language, "language = \"en\"")
            .default("\"en\"")
            .says("The language of the dossier's own texts, as a BCP 47 tag."),
        optional("description", Form::Text, "description = \"…\"").says("What it is about, in a sentence."),
        optional("publisher", Form::Text, "publisher = \"The Example Desk\"").says("Who publishes it."),
        optional("licence", Form::Text, "licence = \"CC-BY-4.0\"")
            .says("The licence of the dossier's own texts: a name, an SPDX identifier or an address."),
        optional("image", Form::File { folder: "static/", extensions: PICTURES }, "image = \"static/card.png\"")
            .says("A picture of `content/static`, shown beside a link to any page."),
        optional("image_alt", Form::Text, "image_alt = \"A red telephone on an empty desk\"")
            .says("What that picture shows."),
        optional("theme", Form::Id, "theme = \"default\"")
            .default("\"default\"")
            .says("The theme: a folder in `themes`, or `default`."),
        optional("ratings_ordinal", Form::Boolean, "ratings_ordinal = true").default("false").says(
            "Whether the ratings are points on one line, from the top. Only then do data in others' formats have them as \
             numbers.",
        ),
        optional("captures", Form::Text, "captures = \"../captures\"")
            .default("\"captures\"")
            .says("The captures folder, relative to casebook.toml. It may lie outside the project."),
        optional("excerpt_limit", Form::Integer, "excerpt_limit = 300")
            .says("How many words of a source the site should show at most, where the source does not say."),
        optional(
            "ratings",
            Form::SomeTables(&RATING),
            "[[ratings]]\nid = \"true\"\nlabel = \"True\"\nmeaning = \"…\"\ntone = \"good\"",
        )
        .says("The scale of ratings, from the top. It replaces the default scale."),
        optional(
            "relations",
            Form::Named(&RELATION),
            "[relations.refutes]\nlabel = \"refutes\"\ninverse = \"refuted by\"",
        )
        .says("Types of relation beside the built-in ones, by their names."),
        optional("lints", Form::Levels(defaults::lints, LintLevel::words), "[lints]\norphan-source = \"allow\"")
            .says("How seriously to take each lint."),
    ],
};

/// `[[ratings]]`.
pub static RATING: Table = Table {
    name: "a rating",
    fields: &[
        required("id", Form::Id, "id = \"true\"").says("Its id, which verdicts name."),
        required("label", Form::Text, "label = \"True\"").says("What readers see."),
        optional("meaning", Form::Text, "meaning = \"What it says is so.\"").says("What it means, in a sentence."),
        optional("tone", Form::Word(Tone::words), "tone = \"good\"")
            .default("\"neutral\"")
            .says("What it says at a glance: its colour and mark."),
    ],
};

/// `[relations.NAME]`.
pub static RELATION: Table = Table {
    name: "a relation type",
    fields: &[
        required("label", Form::Text, "label = \"refutes\"").says("How it reads: this claim LABEL that one."),
        optional("inverse", Form::Text, "inverse = \"refuted by\"")
            .or(Alternative::True("symmetric"))
            .says("How it reads from the other claim: that claim is INVERSE this one."),
        optional("polarity", Form::Word(Polarity::words), "polarity = \"against\"")
            .default("\"neutral\"")
            .says("Which way it speaks for the claim that it names."),
        optional("symmetric", Form::Boolean, "symmetric = true")
            .default("false")
            .says("Whether it holds in either direction, and reads alike from both."),
        optional("iri", Form::Url, "iri = \"http://purl.org/spar/cito/refutes\"")
            .says("The property's IRI, for data about the dossier."),
    ],
};

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Untitled dossier".to_owned(),
            base_url: None,
            language: "en".to_owned(),
            description: None,
            publisher: None,
            licence: None,
            image: None,
            image_alt: None,
            theme: "default".to_owned(),
            captures: "captures".to_owned(),
            excerpt_limit: None,
            ratings: ratings(),
            ratings_ordinal: false,
            relation_types: relation_types(),
            lints: LINTS.iter().map(|lint| (lint.name, lint.level)).collect(),
        }
    }
}

impl Config {
    /// Reads `casebook.toml`. What is wrong in it is reported and takes its default.
    pub fn parse(text: &str) -> (Self, Vec<Problem>) {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let first_line = text[start..].lines().next().unwrap_or_default();
        let at = ByteRange::new(start, start + first_line.len());
        syntax::read(&text[start..], start, |document| {
            let cx = Context::new(&text[start..], start, document.broken);
            cx.report_all(document.problems);
            if document.shattered {
                return (Self::default(), cx.into_problems());
            }
            let config = Self::read(Fields::open(&cx, &document.table, &CONFIG, at, None));
            (config, cx.into_problems())
        })
    }

    fn read(fields: Fields<'_>) -> Self {
        let defaults = Self::default();
        let own_ratings = distinct_ratings(fields);
        let mut relation_types = defaults.relation_types;
        let own_types: Vec<RelationType> = fields
            .get("relations", |value| Some(value.entries()?.filter_map(relation_type).collect()))
            .unwrap_or_default();
        relation_types.extend(own_types);
        let mut lints = defaults.lints;
        let own_levels: Vec<_> =
            fields.get("lints", |value| Some(value.entries()?.filter_map(lint_level).collect())).unwrap_or_default();
        lints.extend(own_levels);
        Self {
            title: fields.get("title", values::plain).unwrap_or(defaults.title),
            base_url: fields.get("base_url", base_url),
            language: fields
                .get("language", values::language)
                .map_or(defaults.language, |language| language.value.to_string()),
            description: fields.get("description", values::plain),
            publisher: fields.get("publisher", values::plain),
            licence: fields.get("licence", values::plain),
            image: fields.get("image", image),
            image_alt: fields.get("image_alt", values::plain),
            theme: fields.get("theme", values::id).map_or(defaults.theme, |theme| theme.value.to_string()),
            captures: fields.get("captures", captures).unwrap_or(defaults.captures),
            excerpt_limit: fields.get("excerpt_limit", values::integer),
            ratings: if own_ratings.is_empty() { defaults.ratings } else { own_ratings },
            ratings_ordinal: fields.get("ratings_ordinal", values::boolean).unwrap_or_default(),
            relation_types,
            lints,
        }
    }
}

/// The address of the site's root, with `/` at its end.
fn base_url(value: Value<'_>) -> Option<String> {
    let mut url = values::url(value)?.value.to_string();
    if url.contains(['?', '#']) {
        value.cx.report(
            value
                .problem("bad-url", format!("`{url}` cannot be the address of a site"))
                .label("has `?` or `#` in it")
                .hint("write the address of the folder in which the site is published"),
        );
        return None;
    }
    if !url.ends_with('/') {
        url.push('/');
    }
    Some(url)
}

/// A picture of `content/static`, as its path in the site: of a kind that those who show links can show.
fn image(value: Value<'_>) -> Option<String> {
    let written = values::plain(value)?;
    let path = written.strip_prefix("static/").filter(|path| {
        let is_plain = path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains(['\\', ':']);
        is_plain && path.rsplit_once('.').is_some_and(|(_, kind)| PICTURES.contains(&kind.to_lowercase().as_str()))
    });
    if path.is_none() {
        value.cx.report(
            value
                .problem("bad-path", format!("`{}` is not a picture of `content/static`", written.escape_debug()))
                .hint(format!("write `image = \"static/card.png\"`; it can be {}", PICTURES.join(", "))),
        );
    }
    path.map(str::to_owned)
}

/// The captures folder. It may lie outside the project: captures are often kept out of the repository.
fn captures(value: Value<'_>) -> Option<String> {
    let folder = values::plain(value)?;
    if folder.contains('\\') || folder.chars().any(char::is_control) {
        value.cx.report(
            value
                .problem("bad-path", format!("`{}` is not a folder's name", folder.escape_debug()))
                .hint("write `/` between folders: `captures = \"../captures\"`"),
        );
        return None;
    }
    Some(folder)
}

fn distinct_ratings(fields: Fields<'_>) -> Vec<Rating> {
    let mut ids: Vec<Spanned<String>> = Vec::new();
    let all = fields.tables("ratings", |fields| {
        let id = fields.get("id", values::id).map(|id| Spanned { value: id.value.to_string(), range: id.range });
        let label = fields.get("label", values::plain);
        let meaning = fields.get("meaning", values::plain).unwrap_or_default();
        let tone = fields.get("tone", |tone| values::word(tone, Tone::ALL, Tone::word)).unwrap_or(Tone::Neutral);
        let id = id?;
        if let Some(first) = ids.iter().find(|other| other.value == id.value) {
            fields.cx.report(
                Problem::new("duplicate-rating", id.range, format!("two ratings have the id `{}`", id.value))
                    .label("used again")
                    .other(first.range, "first used here")
                    .hint("choose another id for one of them, or remove it"),
            );
            return None;
        }
        ids.push(id.clone());
        Some(Rating { id: id.value, label: label?, meaning, tone })
    });
    if all.is_empty() && fields.get("ratings", is_empty_list).is_some() {
        fields.cx.report(
            Problem::new("no-ratings", fields.at, "the scale of ratings is empty")
                .hint("add `[[ratings]]` with `id` and `label`, or remove `ratings` for the default scale"),
        );
    }
    all
}

fn is_empty_list(value: Value<'_>) -> Option<()> {
    value.raw().starts_with("[]").then_some(())
}

fn relation_type((name, at, value): (&str, ByteRange, Value<'_>)) -> Option<RelationType> {
    if !ids::has_id_form(name) {
        let slug = ids::slug(name);
        value.cx.report(
            Problem::new("bad-id", at, format!("`{name}` cannot be the name of a relation type"))
                .label("a name has only `a` to `z`, `0` to `9` and `-`")
                .hint(if ids::has_id_form(&slug) {
                    format!("write `[relations.{slug}]`")
                } else {
                    "choose another name".into()
                }),
        );
        return None;
    }
    if relation_types().iter().any(|built_in| built_in.name == name) {
        value.cx.report(
            Problem::new("duplicate-relation-type", at, format!("`{name}` is a built-in relation type"))
                .label("defined again")
                .hint("its meaning is fixed, so that it is the same in every dossier: choose another name"),
        );
        return None;
    }
    let Some(fields) = value.table(&RELATION) else {
        value.wrong_type("a table", format!("write it under a line `[relations.{name}]`"));
        return None;
    };
    let label = fields.get("label", values::plain)?;
    let symmetric = fields.get("symmetric", values::boolean).unwrap_or_default();
    let inverse = fields.get("inverse", values::plain);
    if inverse.is_none() && !symmetric && !fields.has("inverse") {
        value.cx.report(
            Problem::new("missing-field", at, format!("the relation type `{name}` has no `inverse`"))
                .hint("add what one reads from the other claim: `inverse = \"refuted by\"`, or `symmetric = true`"),
        );
    }
    Some(RelationType {
        name: name.to_owned(),
        inverse: inverse.unwrap_or_else(|| label.clone()),
        label,
        polarity: fields
            .get("polarity", |polarity| values::word(polarity, Polarity::ALL, Polarity::word))
            .unwrap_or(Polarity::Neutral),
        symmetric,
        iri: fields.get("iri", values::url).map(|iri| iri.value.to_string()),
    })
}

fn lint_level((name, at, value): (&str, ByteRange, Value<'_>)) -> Option<(&'static str, LintLevel)> {
    const LEVELS: &[LintLevel] = &[LintLevel::Allow, LintLevel::Warn, LintLevel::Deny];
    let Some(lint) = lint(name) else {
        let names = LINTS.iter().map(|lint| lint.name);
        let hint = suggest::did_you_mean(name, names.clone())
            .unwrap_or_else(|| format!("the lints are {}", names.collect::<Vec<_>>().join(", ")));
        value.cx.report(
            Problem::new("unknown-lint", at, format!("there is no lint `{name}`")).label("unknown lint").hint(hint),
        );
        return None;
    };
    Some((lint.name, values::word(value, LEVELS, LintLevel::word)?))
}

#[cfg(test)]
mod tests;
