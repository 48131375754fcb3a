//! The built-in vocabularies: the scale of ratings, the relation types, the lints. Each one table.

use super::{LintLevel, Rating, RelationType};
use crate::terms::{Polarity, Tone, Word};

/// Something that may be worth a look, and is reported as `casebook.toml` wants it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lint {
    /// Its name, in kebab-case.
    pub name: &'static str,
    /// How it is treated unless told otherwise.
    pub level: LintLevel,
    /// What it says, in a sentence.
    pub says: &'static str,
}

/// All lints.
pub const LINTS: &[Lint] = &[
    warn("orphan-source", "no appearance names this source"),
    warn("unused-entity", "nothing names this entity"),
    warn("verdict-without-reason", "a verdict has an empty reason"),
    warn("relation-without-reason", "a relation has no reason"),
    warn("relation-from-both-sides", "two claims both state the one relation that holds in either direction"),
    warn("contradictory-verdicts", "two claims that contradict each other are both rated at the top of the scale"),
    warn(
        "unanswered-dispute",
        "a claim rated at the top of the scale is disputed, and its last verdict is older than the dispute or silent on it",
    ),
    warn("support-cycle", "claims support each other in a circle"),
    warn("quote-clipped-after-negation", "the word just before the quote is not, no, never, denied, if, or the like"),
    warn("short-quote", "a quote of fewer than three words without prefix or suffix"),
    warn("claim-after-its-source", "`said` is later than the publication of the source"),
    warn("name-without-record", "a plain name equals an entity's, or occurs three times"),
    warn("hidden-character", "a quote or source holds bidirectional controls or zero-width characters"),
    warn("long-excerpts", "the site shows more words of a source than its `excerpt_limit`"),
    warn("dead-link", "nothing answers at an address outside; only with `casebook check --links`"),
    warn("moved-link", "an address outside has moved for good; only with `casebook check --links`"),
    Lint {
        name: "withheld-words",
        level: LintLevel::Deny,
        says: "a text of the dossier's own has eight words in a row of a source that does not publish them",
    },
];

const fn warn(name: &'static str, says: &'static str) -> Lint {
    Lint { name, level: LintLevel::Warn, says }
}

/// The lint of that name.
pub fn lint(name: &str) -> Option<&'static Lint> {
    LINTS.iter().find(|lint| lint.name == name)
}

/// The names of all lints, with what they say.
pub(super) fn lints() -> Vec<Word> {
    LINTS.iter().map(|lint| Word { word: lint.name, says: lint.says }).collect()
}

/// The default scale of ratings, from the top.
pub fn ratings() -> Vec<Rating> {
    let rating = |id: &str, label: &str, tone, meaning: &str| Rating {
        id: id.to_owned(),
        label: label.to_owned(),
        meaning: meaning.to_owned(),
        tone,
    };
    vec![
        rating("true", "True", Tone::Good, "The evidence bears it out, and nothing important is left out."),
        rating("mostly-true", "Mostly true", Tone::Fair, "The evidence bears out its core, but not every part of it."),
        rating("unverified", "Unverified", Tone::Neutral, "There is not enough evidence to say whether it is so."),
        rating("disputed", "Disputed", Tone::Mixed, "There is evidence for it and against it, and neither decides."),
        rating("misleading", "Misleading", Tone::Poor, "Its parts may be so, but what it suggests is not."),
        rating("false", "False", Tone::Bad, "The evidence shows that it is not so."),
    ]
}

/// The built-in relation types. The IRIs are properties of CiTO, the Citation Typing Ontology, where it has one.
pub fn relation_types() -> Vec<RelationType> {
    use Polarity::{Against, For, Neutral};
    let cito = |property: &str| Some(format!("http://purl.org/spar/cito/{property}"));
    let kind = |name: &str, label: &str, inverse: &str, polarity, iri| RelationType {
        name: name.to_owned(),
        label: label.to_owned(),
        inverse: inverse.to_owned(),
        polarity,
        symmetric: name == "contradicts",
        iri,
    };
    vec![
        kind("supports", "supports", "supported by", For, cito("supports")),
        kind("disputes", "disputes", "disputed by", Against, cito("disputes")),
        kind("contradicts", "contradicts", "contradicted by", Against, cito("disagreesWith")),
        kind("qualifies", "qualifies", "qualified by", Neutral, cito("qualifies")),
        kind("corrects", "corrects", "corrected by", Against, cito("corrects")),
        kind("updates", "updates", "updated by", Neutral, cito("updates")),
        // To repeat a claim adds no evidence for it, and CiTO has no property that says just that.
        kind("repeats", "repeats", "repeated by", Neutral, None),
        kind("replies-to", "replies to", "replied to by", Neutral, cito("repliesTo")),
    ]
}
