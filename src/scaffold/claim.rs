//! The file of a new claim.

use crate::scaffold::as_words;
use crate::scaffold::lines::Lines;
use crate::scaffold::toml::string;

/// What is known of a claim that is to be written down.
#[derive(Clone, Debug, Default)]
pub struct NewClaim {
    /// Its id.
    pub id: String,
    /// The proposition; without one, the id as words, to be filled in.
    pub claim: Option<String>,
    /// What sort of proposition; without one, a fact.
    pub nature: Option<String>,
    /// What it is about.
    pub about: Vec<String>,
    /// Where it is made.
    pub appearance: NewAppearance,
    /// What it does to another claim.
    pub relation: Option<NewRelation>,
    /// How it is rated.
    pub verdict: Option<NewVerdict>,
}

/// A passage that makes a claim.
#[derive(Clone, Debug, Default)]
pub struct NewAppearance {
    /// The source's id.
    pub source: Option<String>,
    /// The source's words.
    pub quote: Option<String>,
    /// The words just before, where they are needed.
    pub prefix: Option<String>,
    /// The words just after, where they are needed.
    pub suffix: Option<String>,
    /// Who said it: a record's id or a name.
    pub who: Option<String>,
}

/// What a claim does to another.
#[derive(Clone, Debug)]
pub struct NewRelation {
    /// The name of the relation's type.
    pub kind: String,
    /// The other claim's id.
    pub claim: String,
    /// Why, as Markdown; may be empty.
    pub reason: String,
}

/// How a claim is rated.
#[derive(Clone, Debug)]
pub struct NewVerdict {
    /// The rating's id.
    pub rating: String,
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// Why, as Markdown; may be empty.
    pub reason: String,
}

impl NewAppearance {
    /// The table to put into a claim.
    pub fn to_toml(&self) -> String {
        let mut lines = Lines::default();
        self.write(&mut lines);
        lines.finish()
    }

    fn write(&self, lines: &mut Lines) {
        lines.line("[[appearance]]");
        lines.string("source", self.source.as_deref().unwrap_or("the-source-s-id"));
        lines.string("quote", self.quote.as_deref().unwrap_or("the words of the source"));
        for (key, context) in [("prefix", &self.prefix), ("suffix", &self.suffix)] {
            if let Some(context) = context {
                lines.string(key, context);
            }
        }
    }
}

impl NewClaim {
    /// The text of the claim's file, with lines to fill in for what was not given.
    pub fn to_text(&self) -> String {
        let mut lines = Lines::default();
        lines.string("claim", &self.claim.clone().unwrap_or_else(|| format!("{}.", as_words(&self.id))));
        lines.string("nature", self.nature.as_deref().unwrap_or("fact"));
        lines.strings("about", &self.about);
        lines.line("");
        self.appearance.write(&mut lines);
        match &self.appearance.who {
            Some(who) => lines.line(&format!("attribution = [{{ who = {} }}]", string(who))),
            None => {
                lines.line("# attribution = [{ who = \"who-said-it\", cue = \"words of the source that show it\" }]")
            }
        }
        if let Some(relation) = &self.relation {
            lines.line("");
            lines.line("[[relation]]");
            lines.string("type", &relation.kind);
            lines.string("claim", &relation.claim);
            lines.optional("reason", filled(&relation.reason), "");
        }
        lines.line("");
        match &self.verdict {
            Some(verdict) => {
                lines.line("[[verdict]]");
                lines.string("rating", &verdict.rating);
                lines.date("date", &verdict.date);
                lines.optional("reason", filled(&verdict.reason), "");
            }
            None => {
                for line in ["# [[verdict]]", "# rating = \"unverified\"", "# date = 2016-12-21", "# reason = \"\""] {
                    lines.line(line);
                }
            }
        }
        lines.with_body("")
    }
}

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ids::RecordKind;
    use crate::parse::parse;

    fn front_matter(text: &str) -> ::toml::Table {
        let (front, _) = text.strip_prefix("+++\n").unwrap().split_once("+++\n").unwrap();
        ::toml::from_str(front).unwrap()
    }

    #[test]
    fn a_claim_has_an_appearance() {
        let appearance = NewAppearance {
            source: Some("s".into()),
            quote: Some("He said \"no\".\nTwice.".into()),
            ..NewAppearance::default()
        };
        let text = NewClaim { id: "it-rang".into(), appearance, ..NewClaim::default() }.to_text();
        let table = front_matter(&text);
        assert_eq!(table["claim"].as_str(), Some("It rang."));
        assert_eq!(table["appearance"][0]["quote"].as_str(), Some("He said \"no\".\nTwice."));
    }

    #[test]
    fn all_that_is_given_can_be_read_again() {
        let claim = NewClaim {
            id: "it-rang".into(),
            claim: Some("It rang \"twice\".".into()),
            nature: None,
            about: vec!["mir-tv".into()],
            appearance: NewAppearance {
                source: Some("s".into()),
                quote: Some("no, no".into()),
                prefix: Some("said".into()),
                suffix: Some("and".into()),
                who: Some("新华社".into()),
            },
            relation: Some(NewRelation { kind: "disputes".into(), claim: "other".into(), reason: "So.".into() }),
            verdict: Some(NewVerdict { rating: "true".into(), date: "2026-11-22".into(), reason: String::new() }),
        };
        let text = claim.to_text();
        let parsed = parse(RecordKind::Claim, &text);
        assert!(parsed.problems.is_empty() && parsed.record.is_some(), "{text}\n{:?}", parsed.problems);
        let table = front_matter(&text);
        assert_eq!(table["appearance"][0]["attribution"][0]["who"].as_str(), Some("新华社"));
        assert_eq!(table["appearance"][0]["suffix"].as_str(), Some("and"));
        assert_eq!(table["relation"][0]["reason"].as_str(), Some("So."));
        assert_eq!(table["verdict"][0]["rating"].as_str(), Some("true"));
    }
}
