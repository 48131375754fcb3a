#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use super::*;
use crate::config::LintLevel;
use crate::files::{File, Files};
use crate::route::fixture::{self, ARTICLE, WITHHELD};
use crate::terms::Publish;

/// The fixture's dossier, with a longer passage withheld.
fn dossier() -> Dossier {
    fixture::dossier()
}

/// The withheld words of the article with those around them, which are withheld too: more than eight.
fn hidden() -> String {
    let text = dossier().sources[ARTICLE.index()].text.clone().unwrap();
    let at = text.plain().find(WITHHELD).unwrap();
    format!("and {}, of course", &text.plain()[at..at + WITHHELD.len()])
}

fn look(dossier: &Dossier, names: &str, path: &str, content: &str) -> Found {
    let names = (!names.is_empty()).then(|| Arc::new(Names::parse(names).unwrap()));
    let path = SitePath::new(path);
    let found = Guard::of(dossier, names.clone()).unwrap().look(dossier, &path, content.as_bytes(), Origin::Copied);
    // Whoever looks at one file alone finds the same.
    let guard = Guard::of_file(dossier, names, &path, content.as_bytes());
    assert_eq!(
        guard.map(|guard| guard.look(dossier, &path, content.as_bytes(), Origin::Copied)).unwrap_or_default(),
        found
    );
    found
}

#[test]
fn withheld_words_are_found_wherever_they_stand() {
    let (dossier, hidden) = (dossier(), hidden());
    let marked = hidden.replace("outside", "<b>out</b>side").replace(' ', "\n");
    for (path, content) in [
        ("a.html", format!("<p>{marked}</p>")),
        ("a.html", format!("<p title=\"{}\">", hidden.to_uppercase())),
        ("a.html", format!("<a href=\"b.html#:~:text={}\">", hidden.replace(' ', "%20"))),
        ("a.html", format!("<h2 id=\"{}\">", hidden.replace([' ', ','], "-"))),
        ("search/x.js", format!("casebook([\"{}\"])", hidden.replace('o', "\\u006f"))),
        ("feed.xml", format!("<summary>{}</summary>", hidden.replace('n', "&#110;"))),
        ("notes.txt", hidden.clone()),
    ] {
        let found = look(&dossier, "", path, &content);
        assert_eq!(found.words.len(), 1, "{path}: {content}");
    }
}

#[test]
fn words_that_only_stand_beside_each_other_are_no_run() {
    let dossier = dossier();
    let words: Vec<&str> = WITHHELD.split(' ').collect();
    let parted = format!("<p>and {}</p><p>{}, of course</p>", words[..4].join(" "), words[4..].join(" "));
    assert!(look(&dossier, "", "a.html", &parted).is_empty());
    let data = parted.replace("<p>", "\"").replace("</p>", "\",");
    assert!(look(&dossier, "", "a.json", &data).is_empty());
    // Broken lines are one text.
    assert!(!look(&dossier, "", "a.html", &parted.replace("</p><p>", "<br>")).is_empty());
}

#[test]
fn what_is_published_by_right_is_not_withheld() {
    let hidden = hidden();
    let leaks = |dossier: &Dossier| {
        Guard::of(dossier, None).is_some_and(|guard| {
            !guard.look(dossier, &SitePath::new("a.txt"), hidden.as_bytes(), Origin::Copied).is_empty()
        })
    };
    assert!(leaks(&dossier()));
    let mut shown = dossier();
    let length = shown.sources[ARTICLE.index()].text.as_ref().unwrap().plain().len();
    shown.sources[ARTICLE.index()].shown = std::iter::once(0..length).collect();
    assert!(!leaks(&shown));
    let mut quoted = dossier();
    quoted.claims[0].appearances[0].quote.selector.exact = format!("so: {hidden}").into();
    assert!(!leaks(&quoted));
    let mut named = dossier();
    named.entities[0].other_names = vec![hidden.as_str().into()];
    assert!(!leaks(&named));
    let mut full = dossier();
    full.sources.items_mut().iter_mut().for_each(|source| source.publish = Publish::Full);
    assert!(Guard::of(&full, None).is_none());
}

#[test]
fn seven_words_are_no_run() {
    let seven: Vec<&str> = WITHHELD.split(' ').collect();
    assert_eq!(seven.len(), 7);
    assert!(look(&dossier(), "", "a.txt", WITHHELD).is_empty());
}

#[test]
fn names_are_found_in_files_and_paths() {
    let dossier = dossier();
    for (path, content) in [
        ("a.html", "<p><b>J</b>ohn\n<i>Doe</i></p>"),
        ("a.html", "<li>by</li><li>John Doe</li>"),
        ("a.html", "<img alt=\"J&#111;hn&nbsp;Doe\">"),
        ("a.html", "<span>by</span><span>John</span><span>Doe</span>"),
        ("a.json", "{\"by\": \"Jo\\u0068n Doe\"}"),
        ("entities/john-doe.html", ""),
        ("a.png", "\0\0Artist\0John Doe\0"),
    ] {
        let found = look(&dossier, "John Doe", path, content);
        assert_eq!(found.names.len(), 1, "{path}: {content}");
    }
    assert!(look(&dossier, "John Doe", "a.html", "<p>John</p> or <p>Doe</p> Johndoes").is_empty());
    assert!(look(&dossier, "John Doe", "a.html", "<p>Jane Doe</p>").is_empty());
}

/// The dossier with files: the first claim's has `text`.
fn with_file(text: &str) -> (Dossier, Files) {
    let mut dossier = dossier();
    let mut files = Files::default();
    let mut add =
        |path: &str, text: &str| files.add(File { path: path.to_owned(), text: text.into(), invalid_at: None });
    let (claim, other) = (add("content/claims/frozen.md", text), add("other.md", ""));
    for n in 0..dossier.claims.len() {
        dossier.claims[n].meta.file = if n == 0 { claim } else { other };
    }
    dossier.sources.items_mut().iter_mut().for_each(|source| source.meta.file = other);
    dossier.entities.items_mut().iter_mut().for_each(|entity| entity.meta.file = other);
    dossier.commentary.items_mut().iter_mut().for_each(|essay| essay.meta.file = other);
    if let Some(home) = dossier.home.get_mut(0) {
        home.file = other;
    }
    (dossier, files)
}

#[test]
fn a_finding_stands_at_the_record_that_says_it() {
    let hidden = hidden();
    let (mut dossier, files) = with_file(&format!("+++\n+++\nSo: *{hidden}*.\n"));
    let report = |dossier: &Dossier, files: &Files| {
        let guard = Guard::of(dossier, None).unwrap();
        let mut found = guard.look(dossier, &SitePath::new("claims/frozen.html"), hidden.as_bytes(), Origin::Copied);
        found.add(guard.look(dossier, &SitePath::new("index.html"), hidden.as_bytes(), Origin::Copied));
        guard.report(dossier, files, &found)
    };
    let own = report(&dossier, &files);
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].code, own[0].span.unwrap().file.0), ("withheld-words", 0));
    assert!(own[0].message.contains("`claims/frozen.html` and 1 other file"), "{}", own[0].message);
    let mut config = (*dossier.config).clone();
    config.lints.insert("withheld-words", LintLevel::Allow);
    dossier.config = Arc::new(config);
    assert_eq!(report(&dossier, &files), Vec::new());
    // What no record says is an error whatever the lint's level.
    let (elsewhere, files) = with_file("");
    assert_eq!(report(&elsewhere, &files)[0].code, "withheld-text");
}

#[test]
fn eight_words_in_a_row_that_nobody_wrote_stand_beside_each_other_by_chance() {
    let (dossier, files) = with_file("");
    let guard = Guard::of(&dossier, None).unwrap();
    let report = |content: &str, origin| {
        let found = guard.look(&dossier, &SitePath::new("timeline.html"), content.as_bytes(), origin);
        assert!(!found.is_empty());
        guard.report(&dossier, &files, &found).len()
    };
    assert_eq!((report(&hidden(), Origin::Made), report(&hidden(), Origin::Copied)), (0, 1));
}

#[test]
fn what_somebody_wrote_gives_reason_to_look() {
    let (quiet, files) = with_file("");
    assert!(!Suspicion::of(&quiet, &files).is_founded(&quiet));
    let mut of_a_file = Suspicion::of(&quiet, &files);
    of_a_file.add(&SitePath::new("notes.html"), format!("<p>{}</p>", hidden()).as_bytes());
    assert!(of_a_file.is_founded(&quiet));
    let (mut loud, files) = with_file(&format!("+++\n+++\nSo: *{}*.\n", hidden()));
    assert!(Suspicion::of(&loud, &files).is_founded(&loud));
    let mut config = (*loud.config).clone();
    config.lints.insert("withheld-words", LintLevel::Allow);
    loud.config = Arc::new(config);
    assert!(!Suspicion::of(&loud, &files).is_founded(&loud), "what is allowed is no reason");
    let mut files = files;
    let path = "themes/own/templates/page.html".to_owned();
    files.add(File { path, text: format!("<p>{}</p>", hidden()).into(), invalid_at: None });
    assert!(Suspicion::of(&loud, &files).is_founded(&loud), "a template is one whatever is allowed");
}

#[test]
fn a_finding_about_a_name_tells_where_it_stands_and_not_the_name() {
    let (dossier, files) = with_file("+++\n+++\nSaid by\nJohn Doe.\n");
    let names = Arc::new(Names::parse("# list\nJohn Doe\n").unwrap());
    let guard = Guard::of(&dossier, Some(names)).unwrap();
    let found = guard.look(&dossier, &SitePath::new("claims/frozen.html"), b"John Doe", Origin::Made);
    let report = guard.report(&dossier, &files, &found);
    let [finding] = &report[..] else { panic!("{report:?}") };
    assert_eq!(finding.code, "withheld-name");
    assert_eq!(files.get(finding.span.unwrap().file).line_column(finding.span.unwrap().range.start as usize).line, 4);
    let printed = crate::diag::human::render(&report, &files, false);
    assert!(printed.contains("content/claims/frozen.md:4:1") && printed.contains("line 2 of the list"), "{printed}");
    assert!(!printed.to_lowercase().contains("doe"), "{printed}");
}
