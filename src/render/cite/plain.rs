//! A reference → a sentence.

use crate::data::cite::{Reference, Work};

pub(super) fn sentence(reference: &Reference<'_>) -> String {
    let mut cite = String::new();
    if !reference.authors.is_empty() {
        cite.push_str(&reference.authors.join(", "));
        cite.push_str(". ");
    }
    // Curly marks inside a title would close the citation's own early.
    let ends = reference.title.ends_with(['.', '?', '!', '…', '。']);
    cite.push('“');
    match reference.title.contains(['“', '”']) {
        true => cite.push_str(&reference.title.replace('“', "‘").replace('”', "’")),
        false => cite.push_str(reference.title),
    }
    cite.push_str(if ends { "”" } else { ".”" });
    match reference.work {
        Work::Source(_) => published(reference, &mut cite),
        Work::Page => stated(reference, &mut cite),
    }
    cite.extend(reference.url.iter().flat_map(|url| [" ", url]));
    cite.extend(reference.archived.iter().flat_map(|archived| [" Archived at ", archived]));
    cite
}

/// `Publisher, 21 December 2016.`
fn published(reference: &Reference<'_>, cite: &mut String) {
    let date = reference.issued.map_or_else(|| "no date".to_owned(), |date| date.human());
    cite.push(' ');
    cite.extend([reference.container, reference.publisher].into_iter().flatten().flat_map(|by| [by, ", "]));
    cite.push_str(&date);
    cite.push('.');
}

/// `Dossier. Publisher. Rated “Disputed”, 22 November 2026.`
fn stated(reference: &Reference<'_>, cite: &mut String) {
    for by in [reference.container, reference.publisher].into_iter().flatten() {
        cite.extend([" ", by, "."]);
    }
    let date = reference.issued.map(|date| date.human());
    let said: Vec<&str> = reference.note.iter().chain(&date).map(String::as_str).collect();
    if !said.is_empty() {
        cite.extend([" ", &said.join(", "), "."]);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::data::cite::example;
    use crate::date::Date;

    #[test]
    fn a_source_and_a_page_are_cited_in_a_sentence() {
        let date = Date::parse("2016-12-21?").unwrap();
        let source = Reference { issued: Some(&date), archived: Some("https://a.example/"), ..example() };
        assert_eq!(
            sentence(&source),
            "Ann Lee, The {A} Team. “Calls & ‘talks’.” Daily 100%, 21 December 2016 (uncertain). \
             https://example.org/a_b?c=1&d=%20#e Archived at https://a.example/"
        );
        let bare = Reference { authors: Vec::new(), container: None, url: None, title: "Who?", ..example() };
        assert_eq!(sentence(&bare), "“Who?” no date.");
        let page = Reference { work: Work::Page, note: Some("Rated “Fair”".to_owned()), url: None, ..bare };
        assert_eq!(sentence(&page), "“Who?” Rated “Fair”.");
        let page = Reference { container: Some("Calls"), publisher: Some("We"), issued: Some(&date), ..page };
        assert_eq!(sentence(&page), "“Who?” Calls. We. Rated “Fair”, 21 December 2016 (uncertain).");
    }
}
