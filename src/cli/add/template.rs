//! The texts of new records: what was given, and lines to fill in for what a record needs besides.

use crate::cli::add::{Claim, Commentary, Entity, Source};
use crate::cli::toml::{string, strings};
use crate::date::Date;

/// The lines of a front matter.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn string(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {}", string(value)));
    }

    fn strings(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.line(&format!("{key} = {}", strings(values)));
        }
    }

    /// The value, or a line to fill in that is no field yet.
    fn optional(&mut self, key: &str, value: Option<&str>, example: &str) {
        match value {
            Some(value) => self.string(key, value),
            None => self.line(&format!("# {key} = {}", string(example))),
        }
    }

    /// A day as TOML's date, any other date as a string.
    fn date(&mut self, key: &str, date: &str) {
        let is_day = Date::parse(date).is_ok_and(|date| date.is_exact_day()) && date.len() == "2016-12-21".len();
        self.line(&if is_day { format!("{key} = {date}") } else { format!("{key} = {}", string(date)) });
    }

    fn with_body(self, body: &str) -> String {
        format!("+++\n{}+++\n{body}", self.0)
    }
}

/// An id as words: `red-phone` is "Red phone".
fn as_words(id: &str) -> String {
    let words = id.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn or_words(value: Option<&String>, id: &str) -> String {
    value.cloned().unwrap_or_else(|| as_words(id))
}

pub(super) fn source(source: &Source) -> String {
    let mut lines = Lines::default();
    lines.string("title", &or_words(source.title.as_ref(), &source.id));
    lines.strings("authors", &source.authors);
    lines.optional("publisher", source.publisher.as_deref(), "who published it: a record's id or a name");
    match &source.date {
        Some(date) => lines.date("date", date),
        None => lines.line("# date = 2016-12-21"),
    }
    lines.string("kind", source.kind.as_deref().unwrap_or("article"));
    lines.optional("url", source.url.as_deref(), "https://");
    lines.line("# publish = \"full\"      # the site shows the passages that claims rest on, unless told otherwise");
    lines.line("# extent = \"excerpts\"   # where the text below is not the whole text");
    if let Some(capture) = &source.capture {
        lines.line("");
        lines.line("[capture]");
        lines.string("file", capture);
        return lines.with_body("");
    }
    lines.with_body("Put the text here, as Markdown.\n")
}

pub(super) fn claim(claim: &Claim) -> String {
    let mut lines = Lines::default();
    lines.string("claim", &claim.claim.clone().unwrap_or_else(|| format!("{}.", as_words(&claim.id))));
    lines.string("nature", claim.nature.as_deref().unwrap_or("fact"));
    lines.strings("about", &claim.about);
    lines.line("");
    lines.line("[[appearance]]");
    lines.string("source", claim.source.as_deref().unwrap_or("the-source-s-id"));
    lines.string("quote", claim.quote.as_deref().unwrap_or("the words of the source"));
    lines.line("# attribution = [{ who = \"who-said-it\", cue = \"words of the source that show it\" }]");
    lines.line("");
    lines.line("# [[verdict]]");
    lines.line("# rating = \"unverified\"");
    lines.line("# date = 2016-12-21");
    lines.line("# reason = \"\"");
    lines.with_body("")
}

pub(super) fn entity(entity: &Entity) -> String {
    let mut lines = Lines::default();
    lines.string("name", &or_words(entity.name.as_ref(), &entity.id));
    lines.optional("kind", entity.kind.as_deref(), "person");
    lines.optional("role", entity.role.as_deref(), "its part in the dossier");
    lines.strings("other_names", &entity.other_names);
    lines.with_body("")
}

pub(super) fn commentary(essay: &Commentary, today: &str) -> String {
    let mut lines = Lines::default();
    lines.string("title", &or_words(essay.title.as_ref(), &essay.id));
    lines.date("date", essay.date.as_deref().unwrap_or(today));
    lines.strings("authors", &essay.authors);
    lines.optional("summary", None, "its gist, in a sentence");
    lines.with_body("")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn front_matter(text: &str) -> toml::Table {
        let (front, _) = text.strip_prefix("+++\n").unwrap().split_once("+++\n").unwrap();
        toml::from_str(front).unwrap()
    }

    #[test]
    fn what_is_given_stands_in_the_front_matter() {
        let new = source(&Source {
            id: "red-phone".into(),
            title: Some("The \"red phone\" \\ rings".into()),
            authors: vec!["emptywheel".into(), "新华社".into()],
            publisher: None,
            date: Some("2016-12-21".into()),
            kind: None,
            url: None,
            capture: None,
        });
        let table = front_matter(&new);
        assert_eq!(table["title"].as_str(), Some("The \"red phone\" \\ rings"));
        assert_eq!(table["authors"].as_array().unwrap().len(), 2);
        assert!(table["date"].is_datetime());
        let with_capture = source(&Source {
            id: "x".into(),
            title: None,
            authors: vec![],
            publisher: Some("a".into()),
            date: Some("2016-12".into()),
            kind: Some("letter".into()),
            url: None,
            capture: Some("x.txt".into()),
        });
        let table = front_matter(&with_capture);
        assert_eq!(table["date"].as_str(), Some("2016-12"));
        assert_eq!(table["capture"]["file"].as_str(), Some("x.txt"));
        assert!(with_capture.ends_with("+++\n"));
    }

    #[test]
    fn a_claim_has_an_appearance() {
        let text = claim(&Claim {
            id: "it-rang".into(),
            claim: None,
            nature: None,
            about: vec![],
            source: Some("s".into()),
            quote: Some("He said \"no\".\nTwice.".into()),
        });
        let table = front_matter(&text);
        assert_eq!(table["claim"].as_str(), Some("It rang."));
        assert_eq!(table["appearance"][0]["quote"].as_str(), Some("He said \"no\".\nTwice."));
    }

    #[test]
    fn an_entity_and_an_essay_have_what_they_need() {
        let text = entity(&Entity {
            id: "mir-tv".into(),
            name: None,
            kind: Some("organization".into()),
            role: None,
            other_names: vec!["Mir".into()],
        });
        assert_eq!(front_matter(&text)["name"].as_str(), Some("Mir tv"));
        let text =
            commentary(&Commentary { id: "an-essay".into(), title: None, authors: vec![], date: None }, "2026-11-22");
        assert_eq!(front_matter(&text)["date"].to_string(), "2026-11-22");
    }
}
