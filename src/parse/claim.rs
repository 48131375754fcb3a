//! Front matter and body → a claim: its appearances, relations, verdicts and corrections.

use std::collections::HashMap;

use toml::de::DeValue;

use super::ast::{
    Agent, Appearance, Attribution, Claim, Correction, Located, Relation, RelationBy, Spanned, Translation, Verdict,
};
use super::body::{agent, body, head, markdown, quote, some_markdown};
use super::frontmatter::Parts;
use super::tables;
use crate::diag::Problem;
use crate::fields::{Context, Fields, Value, values};
use crate::files::Slice;
use crate::terms::{Nature, Speech, Stance, Voice};

/// A claim; none without its proposition.
pub(super) fn claim(fields: Fields<'_>, parts: &Parts<'_>) -> Option<Claim> {
    let proposition = fields.get("claim", values::located);
    let claim = Claim {
        head: head(fields, parts),
        claim: proposition.clone().unwrap_or_else(|| Located::verbatim(Slice::default(), 0)),
        short: fields.get("short", values::located),
        nature: fields.get("nature", |nature| values::word(nature, Nature::ALL, Nature::word)).unwrap_or(Nature::Fact),
        about: fields.list("about", agent),
        when: fields.get("when", values::date),
        appearances: fields.tables("appearance", appearance),
        relations: fields.tables("relation", relation),
        verdicts: fields.tables("verdict", verdict),
        corrections: fields.tables("correction", correction),
        body: body(fields, parts),
    };
    if fields.has("appearance") && fields.get("appearance", is_empty_list).is_some() {
        fields.cx.report(
            Problem::new("missing-field", fields.at, "this claim has no appearance")
                .hint("say where the claim is made, under a line `[[appearance]]`"),
        );
    }
    check_keys(fields.cx, &claim.appearances);
    check_order(fields.cx, &claim.verdicts);
    proposition.map(|_| claim)
}

fn is_empty_list(value: Value<'_>) -> Option<()> {
    matches!(value.get(), DeValue::Array(array) if array.is_empty()).then_some(())
}

fn appearance(fields: Fields<'_>) -> Option<Appearance> {
    let passage = quote(fields);
    let key = fields.get("key", values::id);
    let locator = fields.get("locator", values::words);
    let speech = fields.get("speech", |speech| values::word(speech, Speech::ALL, Speech::word));
    let translation = fields.table("translation", translation);
    let stance = fields.get("stance", |stance| values::word(stance, Stance::ALL, Stance::word));
    let voice = fields.get("voice", |voice| values::word(voice, Voice::ALL, Voice::word));
    let attribution = fields.list("attribution", attribution);
    Some(Appearance {
        header: fields.at,
        quote: passage?,
        key,
        locator,
        speech,
        translation: translation.map(Box::new),
        stance: stance.unwrap_or(Stance::Asserts),
        voice: voice.unwrap_or(Voice::Neutral),
        attribution,
    })
}

fn translation(fields: Fields<'_>) -> Option<Translation> {
    let text = fields.get("text", values::words);
    let by = fields.get("by", agent);
    let language = fields.get("language", values::language).map(|language| language.value);
    Some(Translation { text: text?, by, language })
}

/// A link of a chain: an id or a name, or a table.
fn attribution(value: Value<'_>) -> Option<Attribution> {
    if !matches!(value.get(), DeValue::Table(_)) {
        return Some(Attribution { who: agent(value)?, named_as: None, said: None, cue: None });
    }
    let fields = value.table(&tables::ATTRIBUTION)?;
    let name = fields.get("name", values::string);
    let name = name.map(|name| Spanned { value: Agent::ForcedName(name.value), range: name.range });
    let who = fields.get("who", agent);
    match (fields.has("who"), fields.has("name")) {
        (true, true) => value.cx.report(
            value
                .problem("conflicting-fields", "this link of the attribution has both `who` and `name`")
                .hint("keep `who` for a record or a name, or `name` for a plain name that looks like an id"),
        ),
        (false, false) => value.cx.report(
            value
                .problem("missing-field", "this link of the attribution names nobody")
                .label("`who` is missing")
                .hint("add `who = \"dmitri-peskov\"`"),
        ),
        _ => {}
    }
    let named_as = fields.get("as", values::located);
    let said = fields.get("said", values::date);
    let cue = fields.get("cue", values::located);
    Some(Attribution { who: who.or(name)?, named_as: named_as.map(Box::new), said, cue: cue.map(Box::new) })
}

fn relation(fields: Fields<'_>) -> Option<Relation> {
    let relation_type = fields.get("type", values::string);
    let claim = fields.get("claim", values::id);
    let reason = fields.get("reason", markdown);
    let unaddressed = fields.get("unaddressed", markdown);
    let by = fields.table("by", |by| Some(RelationBy { quote: quote(by)? }));
    Some(Relation {
        header: fields.at,
        relation_type: relation_type?,
        claim: claim?,
        reason,
        unaddressed: unaddressed.map(Box::new),
        by: by.map(Box::new),
    })
}

fn verdict(fields: Fields<'_>) -> Option<Verdict> {
    let rating = fields.get("rating", values::string);
    let date = fields.get("date", values::date);
    let by = fields.get("by", agent);
    let reason = fields.get("reason", markdown);
    Some(Verdict { header: fields.at, rating: rating?, date, by, reason })
}

fn correction(fields: Fields<'_>) -> Option<Correction> {
    let date = fields.get("date", values::date);
    let text = fields.get("text", some_markdown);
    Some(Correction { date: date?, text: text? })
}

/// Of the appearances in one source one can do without a key; each key is used once: fragment ids are made of them.
fn check_keys(cx: &Context<'_>, appearances: &[Appearance]) {
    let mut by_source: HashMap<&str, Vec<&Appearance>> = HashMap::new();
    for appearance in appearances {
        let source = appearance.quote.source.value.as_str();
        let earlier = by_source.entry(source).or_default();
        let key = appearance.key.as_ref().map(|key| &key.value);
        let twin = earlier.iter().find(|other| other.key.as_ref().map(|key| &key.value) == key);
        match (twin, &appearance.key) {
            (Some(twin), None) => cx.report(
                Problem::new(
                    "missing-key",
                    appearance.header,
                    format!("a second appearance in `{source}` needs a `key`"),
                )
                .label("has no `key`")
                .other(twin.header, "another appearance in this source without one")
                .hint("add a word that tells the two apart, such as `key = \"headline\"`"),
            ),
            (Some(twin), Some(key)) => cx.report(
                Problem::new(
                    "duplicate-key",
                    key.range,
                    format!("two appearances in `{source}` have the key `{}`", key.value),
                )
                .label("used again")
                .other(twin.key.as_ref().map_or(twin.header, |key| key.range), "first used here")
                .hint("choose another `key` for one of them"),
            ),
            (None, _) => {}
        }
        earlier.push(appearance);
    }
}

/// The ledger of ratings is written oldest first.
fn check_order(cx: &Context<'_>, verdicts: &[Verdict]) {
    let dated: Vec<_> = verdicts.iter().filter_map(|verdict| verdict.date.as_ref()).collect();
    for pair in dated.windows(2) {
        if pair[1].value.is_surely_before(&pair[0].value) {
            cx.report(
                Problem::new("verdict-order", pair[1].range, "the verdicts are not in the order of their dates")
                    .label("older than the verdict above it")
                    .other(pair[0].range, "the verdict above it")
                    .hint("put the oldest verdict first: the last one is the one that holds"),
            );
        }
    }
}
