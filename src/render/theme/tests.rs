#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::*;
use crate::dossier::RecordRef;
use crate::render::Renderer;
use crate::route::{Route, Routes, fixture};

fn files(files: &[(&str, &str)]) -> ThemeFiles {
    let file = |(n, (path, text)): (u32, &(&str, &str))| {
        ((*path).to_owned(), ThemeFile { file: Some(FileId(n)), bytes: text.as_bytes().into() })
    };
    (0..).zip(files).map(file).collect()
}

fn errors(theme: &[(&str, &str)]) -> Vec<Diagnostic> {
    Theme::new(&fixture::config(), &files(theme)).err().unwrap_or_default()
}

fn home(theme: &[(&str, &str)]) -> Result<String, Diagnostic> {
    let theme = Theme::new(&fixture::config(), &files(theme)).unwrap();
    let dossier = fixture::empty();
    let (routes, _) = Routes::of(&dossier, &BTreeSet::new());
    let page = Renderer::new(&dossier, &routes, &theme).page(Route::Record(RecordRef::Home))?;
    Ok(String::from_utf8(page.content).unwrap())
}

#[test]
fn a_theme_overrides_file_by_file() {
    let own = "{% extends \"default/home.html\" %}{% block title %}Mine{% endblock %}";
    let html = home(&[("templates/home.html", own), ("static/logo.svg", "<svg/>")]).unwrap();
    assert!(html.contains("<title>Mine</title>") && html.contains("<h1>Red &amp; &lt;Phone&gt;</h1>"), "{html}");
    let theme = Theme::new(&fixture::config(), &files(&[("static/style.css", "a {}")])).unwrap();
    assert_eq!(&*theme.assets()["assets/style.css"], b"a {}");
}

#[test]
fn a_syntax_error_is_shown_in_its_place() {
    let found = errors(&[("theme.toml", "name = \"x\""), ("templates/home.html", "one\n{{ site.title }")]);
    assert_eq!(found.len(), 1);
    let span = found[0].span.unwrap();
    assert_eq!((span.file, span.range.start >= 4), (FileId(1), true), "{found:?}");
}

#[test]
fn what_a_template_lacks_is_shown_in_its_place() {
    let found =
        errors(&[("templates/home.html", "é\n  {{ site.title | shout }}"), ("templates/list.html", "{{ <nope /> }}")]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].message.contains("shout"), "{found:?}");
    assert_eq!(found[0].span.unwrap().range.as_range(), 21..26);
}

#[test]
fn a_field_that_is_not_there_is_shown_with_those_that_are() {
    let problem = home(&[("templates/home.html", "{{ home.tilte }}")]).unwrap_err();
    assert!(problem.message.contains("tilte") && problem.message.contains("title"), "{problem:?}");
    assert_eq!(problem.span.unwrap().range.as_range(), 8..13);
}

#[test]
fn a_word_that_a_theme_may_not_say_is_shown_in_its_place() {
    let found = errors(&[("theme.toml", "name = \"x\"\nnmae = 1")]);
    assert_eq!((found.len(), found[0].code), (1, "theme-manifest"));
    assert_eq!(found[0].span.unwrap().range.as_range(), 11..15);
}

#[test]
fn a_theme_is_described_by_where_its_files_come_from() {
    let own = files(&[
        ("theme.toml", "description = \"Mine.\""),
        ("README.md", "not a theme's"),
        ("static/logo.svg", "<svg/>"),
        ("templates/claim.html", ""),
        ("templates/redirect.html", include_str!("../../../themes/default/templates/redirect.html")),
    ]);
    let theme = about("mine", &own).unwrap();
    assert_eq!((theme.id.as_str(), theme.description.as_deref()), ("mine", Some("Mine.")));
    let own: Vec<_> = theme.files.iter().filter(|(_, origin)| **origin != Origin::Default).collect();
    let expected = [
        ("static/logo.svg", Origin::New),
        ("templates/claim.html", Origin::Overrides),
        ("templates/redirect.html", Origin::Same),
    ];
    assert_eq!(own, expected.map(|(path, origin)| (path.to_owned(), origin)).each_ref().map(|(p, o)| (p, o)));
    assert_eq!(theme.files["templates/home.html"], Origin::Default);
    assert_eq!(about("mine", &files(&[("theme.toml", "nmae = 1")])).unwrap_err().code, "theme-manifest");
}

#[test]
fn the_default_theme_says_what_it_is_where_a_dossier_does_not() {
    let without = about("default", &ThemeFiles::new()).unwrap();
    assert!(without.description.is_some() && without.files.values().all(|origin| *origin == Origin::Default));
    let changed = about("default", &files(&[("theme.toml", "description = \"Changed.\"")])).unwrap();
    assert_eq!(changed.description.as_deref(), Some("Changed."));
    assert_eq!(about("mine", &ThemeFiles::new()).unwrap().description, None);
}

#[test]
fn a_page_can_be_the_data_that_its_template_gets() {
    let config = fixture::config();
    // The template is never asked.
    let own = files(&[("templates/home.html", "{{ home.no_such_field }}")]);
    let theme = Theme::new(&config, &own).unwrap().showing_data(&config);
    let dossier = fixture::empty();
    let (routes, _) = Routes::of(&dossier, &BTreeSet::new());
    let page = Renderer::new(&dossier, &routes, &theme).page(Route::Record(RecordRef::Home)).unwrap();
    let data: serde_json::Value = serde_json::from_slice(&page.content).unwrap();
    assert_eq!(data.as_object().unwrap().keys().collect::<Vec<_>>(), ["site", "page", "home"]);
    assert_eq!(data["page"]["kind"], "home");
    assert_eq!(data["home"]["title"], data["site"]["title"]);
}

#[test]
fn a_theme_is_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&Theme::new(&fixture::config(), &ThemeFiles::new()).unwrap());
}

#[test]
fn a_language_is_written_as_a_locale() {
    for (language, expected) in
        [("en", "en"), ("en-gb", "en_GB"), ("zh-Hant-TW", "zh_TW"), ("es-419", "es_419"), ("de-1996-x-at", "de")]
    {
        assert_eq!(locale(language), expected);
    }
}
