//! The texts of new records: what was given, and lines to fill in for what a record needs besides.

use crate::cli::add::{Claim, Commentary, Entity, Source};
use crate::scaffold::as_words;
use crate::scaffold::claim::{NewAppearance, NewClaim};
use crate::scaffold::lines::Lines;

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
    let appearance =
        NewAppearance { source: claim.source.clone(), quote: claim.quote.clone(), ..NewAppearance::default() };
    NewClaim {
        id: claim.id.clone(),
        claim: claim.claim.clone(),
        nature: claim.nature.clone(),
        about: claim.about.clone(),
        appearance,
        ..NewClaim::default()
    }
    .to_text()
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
