//! `casebook.toml` in two states → what changed in it.

use std::collections::BTreeMap;

use crate::compare::Change;
use crate::config::{Config, Rating, RelationType};

/// What changed, in the order of the file's reference.
pub(super) fn compare(old: &Config, new: &Config) -> Vec<Change> {
    let (before, after) = (settings(old), settings(new));
    let mut names: Vec<&String> = before.iter().map(|(name, _)| name).collect();
    names.extend(after.iter().map(|(name, _)| name).filter(|name| !before.iter().any(|(known, _)| known == *name)));
    let (before_of, after_of): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (before.iter().cloned().collect(), after.iter().cloned().collect());
    let change = |name: &String| {
        let (old, new) = (before_of.get(name).cloned().flatten(), after_of.get(name).cloned().flatten());
        (old != new).then(|| Change::Field { name: name.clone(), old, new })
    };
    names.into_iter().filter_map(change).collect()
}

/// All settings by name, each in words.
fn settings(config: &Config) -> Vec<(String, Option<String>)> {
    // Every field is named here, so that none that is new can be passed over.
    let Config {
        title,
        base_url,
        language,
        description,
        publisher,
        licence,
        image,
        image_alt,
        theme,
        captures,
        ratings_ordinal,
        excerpt_limit,
        ratings,
        relation_types,
        lints,
    } = config;
    let set = |name: &str, value: Option<&String>| (name.to_owned(), value.cloned());
    let scale: Vec<&str> = ratings.iter().map(|rating| rating.id.as_str()).collect();
    let mut settings = vec![
        set("title", Some(title)),
        set("base_url", base_url.as_ref()),
        set("language", Some(language)),
        set("description", description.as_ref()),
        set("publisher", publisher.as_ref()),
        set("licence", licence.as_ref()),
        set("image", image.as_ref()),
        set("image_alt", image_alt.as_ref()),
        set("theme", Some(theme)),
        set("captures", Some(captures)),
        set("ratings_ordinal", ratings_ordinal.then(|| "true".to_owned()).as_ref()),
        set("excerpt_limit", excerpt_limit.map(|limit| limit.to_string()).as_ref()),
        set("ratings", Some(&scale.join(", "))),
    ];
    settings.extend(ratings.iter().map(rating));
    settings.extend(relation_types.iter().map(relation_type));
    settings.extend(lints.iter().map(|(name, level)| (format!("lints.{name}"), Some(level.word().to_owned()))));
    settings
}

fn rating(rating: &Rating) -> (String, Option<String>) {
    let words = format!("{} ({}): {}", rating.label, rating.tone.word(), rating.meaning);
    (format!("ratings.{}", rating.id), Some(words))
}

fn relation_type(kind: &RelationType) -> (String, Option<String>) {
    let mut words = format!("{}, {} ({})", kind.label, kind.inverse, kind.polarity.word());
    if kind.symmetric {
        words.push_str(", symmetric");
    }
    if let Some(iri) = &kind.iri {
        words.push_str(&format!(", {iri}"));
    }
    (format!("relations.{}", kind.name), Some(words))
}
