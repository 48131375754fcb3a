//! A page → a sentence that says what it has, for search engines and for whoever shows a link to it.
//!
//! Made of titles, statements, names and numbers, and of the dossier's own words, which are published whatever a source's
//! text may be.

use crate::data::prose;
use crate::date::Date;
use crate::dossier::{Claim, Commentary, Entity, Source, Tag};
use crate::ids::RecordKind;
use crate::render::lists::numbered;
use crate::render::terms;
use crate::render::vantage::Vantage;
use crate::text::one_line;

/// The most code points that a description has. What shows descriptions cuts them off near here.
const LONGEST: usize = 200;

/// What a page of that kind has, where nothing better is known of it; `title` is the page's.
pub(super) fn of_kind(at: &Vantage<'_>, kind: &str, title: &str) -> String {
    let dossier = &at.dossier.config.title;
    bounded(&match kind {
        "home" => format!(
            "{dossier}: claims anchored to the exact words they rest on, with who said them and who passed them on."
        ),
        "timeline" => format!("{title} of “{dossier}”: when things were said, published and rated."),
        "matrix" => format!("{title} of “{dossier}”: claims that appear in several sources against the sources."),
        "map" => format!("{title} of “{dossier}”: which claims support, dispute or qualify which."),
        "changes" => format!("{title} of “{dossier}”: verdicts, corrections and essays, newest first."),
        "ratings" => format!("{title} of “{dossier}”: what each means, and how many claims have it."),
        "search" => format!("Search the claims, quotations, sources and essays of “{dossier}”."),
        "404" => format!("“{dossier}” has no page at this address."),
        "redirect" => format!("This page of “{dossier}” has moved."),
        _ => format!("“{title}” in “{dossier}”, a dossier whose claims are anchored to the exact words they rest on."),
    })
}

/// `Disputed: STATEMENT 5 appearances in 2 sources, 1 origin.`
pub(super) fn claim(at: &Vantage<'_>, claim: &Claim) -> String {
    let origins = &claim.origins;
    let mut behind = String::new();
    if origins.asserted.appearances > 0 {
        let count = terms::number(origins.origins.len(), "origin", "origins");
        behind = format!(" {}, {count}.", terms::tally(origins.asserted));
    }
    if origins.denied.appearances > 0 {
        behind.push_str(&format!(" Denied in {}.", terms::tally(origins.denied)));
    }
    let rating = at.rating_label(claim.rating());
    let room = LONGEST.saturating_sub(behind.chars().count());
    format!("{}{behind}", cut(&stopped(&format!("{rating}: {}", claim.claim)), room))
}

/// `A post by emptywheel, 21 December 2016, with 12 claims that are anchored in it.`
pub(super) fn source(at: &Vantage<'_>, source: &Source, claims: usize) -> String {
    let kind = terms::source_kind(source.kind).label.to_lowercase();
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "An" } else { "A" };
    let mut parts = vec![format!("{article} {kind}")];
    let authors: Vec<String> = source.authors.iter().map(|agent| at.name(agent).to_owned()).collect();
    if !authors.is_empty() {
        parts[0].push_str(&format!(" by {}", crate::render::origins::join(&authors)));
    }
    parts.extend(source.publisher.as_ref().map(|agent| at.name(agent).to_owned()));
    parts.extend(source.date.as_ref().map(Date::human));
    let claims = terms::number(claims, "claim", "claims");
    bounded(&format!("{}, with the {claims} that “{}” finds in it.", parts.join(", "), at.dossier.config.title))
}

/// `Dmitri Peskov, Kremlin spokesman: makes 3 claims, passes on 1.`
pub(super) fn entity(at: &Vantage<'_>, entity: &Entity, counts: &[(usize, &str)], page: usize) -> String {
    let role = entity.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
    let counts: Vec<String> = counts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", terms::number(*n, "claim", "claims")))
        .collect();
    let said = if counts.is_empty() { "named".to_owned() } else { counts.join(", ") };
    bounded(&format!("{}: {said} in “{}”.", numbered(&format!("{}{role}", entity.name), page), at.dossier.config.title))
}

/// An essay's summary, else how it begins.
pub(super) fn essay(at: &Vantage<'_>, essay: &Commentary) -> String {
    let opening = match &essay.summary {
        Some(summary) => bounded(summary),
        None => bounded(&prose::plain(at.dossier, &essay.body)),
    };
    if opening.is_empty() { of_kind(at, "commentary", &essay.title) } else { opening }
}

/// `12 claims of “TITLE”, each with …, page 2.`
pub(super) fn list(at: &Vantage<'_>, kind: RecordKind, total: usize, page: usize) -> String {
    let (one, many, with) = match kind {
        RecordKind::Source => ("source", "sources", "each with the passages that claims rest on"),
        RecordKind::Claim => ("claim", "claims", "each with who says it, where, and how it is rated"),
        RecordKind::Entity => {
            ("person, place or organisation", "people, places and organisations", "with what they say")
        }
        RecordKind::Commentary => ("essay or note", "essays and notes", "the newest first"),
        RecordKind::Home => ("page", "pages", ""),
    };
    of_list(at, &terms::number(total, one, many), with, page)
}

/// `12 tags of “TITLE”, ….`
pub(super) fn tags(at: &Vantage<'_>, total: usize, page: usize) -> String {
    of_list(at, &terms::number(total, "tag", "tags"), "each with the records that have it", page)
}

/// `12 records of “TITLE”, all with the tag “TAG”.`
pub(super) fn tag(at: &Vantage<'_>, tag: &Tag, page: usize) -> String {
    let records = terms::number(tag.records.len(), "record", "records");
    of_list(at, &records, &format!("all with the tag “{}”", tag.name), page)
}

/// `12 claims of “TITLE”, rated “LABEL”: MEANING`
pub(super) fn rating(at: &Vantage<'_>, label: &str, meaning: &str, claims: usize, page: usize) -> String {
    let claims = terms::number(claims, "claim", "claims");
    let of = of_list(at, &claims, &format!("rated “{label}”"), page);
    bounded(format!("{} {meaning}", of.trim_end()).trim_end())
}

fn of_list(at: &Vantage<'_>, counted: &str, with: &str, page: usize) -> String {
    bounded(&format!("{}.", numbered(&format!("{counted} of “{}”, {with}", at.dossier.config.title), page)))
}

/// A text in one line, cut at a word where it is too long.
pub(super) fn bounded(text: &str) -> String {
    cut(text, LONGEST)
}

fn stopped(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', '…', '。', '”', '"']) { text.to_owned() } else { format!("{text}.") }
}

/// A text in one line of at most so many code points, cut at a word.
pub(super) fn cut(text: &str, longest: usize) -> String {
    let text = one_line(text);
    if text.len() <= longest {
        return text.into_owned();
    }
    let Some((end, _)) = text.char_indices().nth(longest) else { return text.into_owned() };
    // Room for the sign that says so; where there is no space to cut at, any character will do.
    let room = text[..end].char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let word = text[..room].rfind(' ').filter(|&at| at * 2 > room).unwrap_or(room);
    format!("{} …", text[..word].trim_end_matches([' ', ',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(cut("one two  three", 13), "one two three");
        assert_eq!(cut("one two, three", 12), "one two …");
        assert_eq!(cut("onetwothreefour", 8), "onetwo …");
    }

    proptest! {
        #[test]
        fn no_description_is_too_long(text in "[a-z字é ]{0,60}", longest in 2usize..40) {
            prop_assert!(cut(&text, longest).chars().count() <= longest.max(2));
        }
    }
}
