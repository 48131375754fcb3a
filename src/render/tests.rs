#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::Arc;

use super::theme::{ThemeFile, ThemeFiles};
use super::*;
use crate::config::Config;
use crate::dossier::ClaimIx;
use crate::route::fixture::{self, ARTICLE, WITHHELD};

fn site(dossier: &Dossier) -> Vec<Page> {
    let theme = Theme::new(&dossier.config, &ThemeFiles::new()).unwrap();
    let (mut routes, diagnostics) = Routes::of(dossier, &BTreeSet::new());
    assert_eq!(diagnostics, Vec::new());
    assert_eq!(routes.add_assets(theme.assets().keys().map(String::as_str)), Vec::new());
    let renderer = Renderer::new(dossier, &routes, &theme);
    let render = |&(route, _): &(Route, _)| renderer.page(route).unwrap();
    let pages: Vec<Page> = routes.pages().iter().map(render).collect();
    for page in &pages {
        let findings: Vec<String> =
            crate::check::check(page, &routes).into_iter().map(|diagnostic| diagnostic.message).collect();
        assert_eq!(findings, Vec::<String>::new());
    }
    pages
}

#[test]
fn a_page_is_the_same_alone_and_after_all_others() {
    let dossier = published();
    let theme = Theme::new(&dossier.config, &ThemeFiles::new()).unwrap();
    let (routes, _) = Routes::of(&dossier, &BTreeSet::new());
    let together = Renderer::new(&dossier, &routes, &theme);
    let all: Vec<Page> = routes.pages().iter().rev().map(|(route, _)| together.page(*route).unwrap()).collect();
    for (page, (route, path)) in all.iter().rev().zip(routes.pages()) {
        assert!(*page == Renderer::new(&dossier, &routes, &theme).page(*route).unwrap(), "{path}");
    }
}

#[test]
fn what_is_made_together_is_what_is_made_alone_and_every_page_once() {
    let dossier = published();
    let theme = Theme::new(&dossier.config, &ThemeFiles::new()).unwrap();
    let (routes, _) = Routes::of(&dossier, &BTreeSet::new());
    let renderer = Renderer::new(&dossier, &routes, &theme);
    let sorted = |mut pages: Vec<Page>| {
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        pages
    };
    let together = routes.pages().iter().flat_map(|(route, _)| renderer.pages(*route).unwrap()).collect();
    let alone = routes.pages().iter().map(|(route, _)| renderer.page(*route).unwrap()).collect();
    assert!(sorted(together) == sorted(alone));
}

fn text(dossier: &Dossier, path: &str) -> String {
    let pages = site(dossier);
    let page = pages.iter().find(|page| page.path.as_str() == path).unwrap();
    String::from_utf8(page.content.clone()).unwrap()
}

fn published() -> Dossier {
    let base_url = Some("https://example.org/red/".to_owned());
    Dossier { config: Arc::new(Config { base_url, ..fixture::config() }), ..fixture::dossier() }
}

#[test]
fn every_page_renders_and_passes_its_check() {
    assert!(site(&fixture::dossier()).len() > 25);
    assert!(site(&fixture::empty()).len() > 10);
    site(&published());
}

#[test]
fn one_heading_of_the_first_level_and_a_language_on_every_page() {
    for page in site(&published()).iter().filter(|page| page.path.as_str().ends_with(".html")) {
        let html = std::str::from_utf8(&page.content).unwrap();
        let expected = usize::from(!html.contains("http-equiv"));
        assert_eq!(html.matches("<h1").count(), expected, "{}", page.path);
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"), "{}", page.path);
    }
}

#[test]
fn withheld_words_are_nowhere() {
    for page in site(&published()) {
        let content = String::from_utf8(page.content).unwrap();
        assert!(!content.contains(WITHHELD) && !content.contains("may see this"), "{}", page.path);
    }
}

#[test]
fn text_is_escaped_once() {
    // In data a text stands as it is.
    for page in site(&published()).into_iter().filter(|page| !page.path.as_str().starts_with("data/")) {
        let content = String::from_utf8(page.content).unwrap();
        for twice in
            ["&amp;amp;", "&amp;lt;", "&amp;quot;", "<dialogue>", "<done>", "<frozen>", "<Phone>", "<this>", "<A.>"]
        {
            assert!(!content.contains(twice), "{} has {twice}", page.path);
        }
    }
}

#[test]
fn a_source_has_its_passages_and_what_is_said_of_them() {
    let html = text(&fixture::dossier(), "sources/article.html");
    for part in [
        "id=\"q-frozen\"></span><mark class=\"claim tone-mixed\" data-n=\"2±\">Almost every level of &lt;dialogue&gt; is \
         frozen</mark>",
        "data-n=\"2±\" style=\"flex-grow:31\">\n<p><a class=\"n\" href=\"#q-frozen\" title=\"“Almost every level of \
         &lt;dialogue&gt; is …”\">2±</a>",
        "<span>Disputed by <a href=\"../claims/spoke.html\">ben spoke</a></span>",
        "<p class=\"gap\" lang=\"en\">words left out</p>",
        "<a href=\"#q-frozen.headline\" class=\"tone-mixed\" style=\"--at:0.0%\" title=\"1±\" tabindex=\"-1\"></a>",
        "The text matched its capture when recorded on 21 November 2026.",
        "https://example.org/a?b=1&amp;c=2",
    ] {
        assert!(html.contains(part), "no {part} in {html}");
    }
    let html = text(&fixture::dossier(), "sources/letter.html");
    assert!(html.contains("id=\"q-frozen\"><p><mark class=\"claim tone-mixed\">all is frozen</mark>"), "{html}");
    assert!(html.contains("the quotations from it are not checked"));
}

#[test]
fn each_note_has_a_passage_with_its_label() {
    let html = text(&fixture::dossier(), "sources/article.html");
    let labels = |element: &str| -> BTreeSet<String> {
        let tags = html.split(element).skip(1).filter_map(|rest| rest.split('>').next());
        let values = tags.filter_map(|tag| tag.split(" data-n=\"").nth(1)?.split('"').next());
        values.flat_map(str::split_whitespace).map(str::to_owned).collect()
    };
    let (marked, noted) = (labels("<mark "), labels("<li class=\"note "));
    assert!(noted.len() > 2, "{html}");
    assert_eq!(noted, marked);
}

#[test]
fn a_claim_has_its_quotations_in_their_sentences() {
    let html = text(&fixture::dossier(), "claims/frozen.html");
    for part in [
        "&lt;dialogue&gt;<span class=\"vh\">]</span></b> is frozen</mark>,&quot; she said.</p>",
        "<li><b>4</b> appearances</li>\n<li><b>3</b> sources</li>\n\
         <li><b>1</b> origin: <a href=\"../entities/ann.html\">Ann &lt;A.&gt;</a></li>\n\
         <li>Every report passes through <a href=\"../entities/agency.html\">The agency</a></li>",
        "href=\"../sources/article.html#q-frozen.headline\"",
        "href=\"../sources/article.html#q-frozen:~:text=Almost%20every%20level%20of%20%3Cdialogue%3E%20is%20frozen\"",
        "href=\"https://example.org/a?b=1&amp;c=2#:~:text=Frozen\"",
        "<blockquote lang=\"fr\">",
        "<b class=\"differs\"><span class=\"vh\">[differs: </span>almost each<span class=\"vh\">]</span></b>",
        "<span class=\"relation-label\">Disputed by</span> <a class=\"statement\" href=\"../claims/spoke.html\">Ben spoke.</a>",
        "<b>What it leaves unaddressed</b> Not <em>when</em>.",
        "See &lt;this",
        "“The channels are &lt;frozen&gt;.” Red &amp; &lt;Phone&gt;. Rated “Disputed”, 22 November 2026.",
    ] {
        assert!(html.contains(part), "no {part} in {html}");
    }
    let elided = text(&fixture::dossier(), "claims/spoke.html");
    assert!(elided.contains("<mark>Ben spoke</mark> &amp; <mark>listened</mark>."), "{elided}");
}

#[test]
fn a_dispute_stands_on_both_claims_pages() {
    let mut dossier = fixture::dossier();
    dossier.claims[0].appearances[1].stance = crate::terms::Stance::Denies;
    dossier.claims[0].origins.denied = crate::dossier::Tally { appearances: 1, sources: 1 };
    let disputed = text(&dossier, "claims/frozen.html");
    let (said, against) = disputed.split_once("What is said against it").unwrap();
    assert!(said.contains("<mark>Almost every level of &lt;dialogue&gt; is frozen</mark>"), "{said}");
    assert!(said.contains("Denied in 1 appearance in 1 source"), "{said}");
    let (against, rest) = against.split_once("id=\"q-Appearances\"").unwrap();
    // Who denies it is said there, and not again among those who make it.
    assert!(
        against.contains("<mark>Ben spoke</mark>") && against.contains("id=\"q-In-article.headline\""),
        "{against}"
    );
    assert!(!rest.contains("id=\"q-In-article.headline\""), "{rest}");
    let answering = text(&dossier, "claims/spoke.html");
    let (_, answers) = answering.split_once("What this claim speaks against").unwrap();
    assert!(answers.contains("id=\"q-Relation-1\"") && !answers.contains("class=\"relations\""), "{answers}");
}

#[test]
fn a_claim_that_many_dispute_shows_the_words_of_a_few() {
    let mut dossier = fixture::dossier();
    *dossier.claims[0].related_by = vec![(ClaimIx(1), 0); 50];
    let html = text(&dossier, "claims/frozen.html");
    assert_eq!(html.matches("<span class=\"relation-label\">Disputed by</span>").count(), 50);
    assert_eq!(html.matches("<mark>Ben spoke</mark> &amp; <mark>listened</mark>").count(), 8);
}

#[test]
fn every_page_says_what_it_is() {
    for page in site(&published()).iter().filter(|page| page.path.as_str().ends_with(".html")) {
        let html = std::str::from_utf8(&page.content).unwrap();
        // A redirect, and the page that stands at no address.
        if html.contains("http-equiv") || html.contains("noindex") {
            continue;
        }
        let content = |name: &str| {
            let (_, rest) =
                html.split_once(&format!("{name}\" content=\"")).unwrap_or_else(|| panic!("{}: {name}", page.path));
            rest.split('"').next().unwrap()
        };
        let described = content("name=\"description");
        assert!((5..=260).contains(&described.chars().count()), "{}: {described}", page.path);
        assert_eq!(content("og:description"), described);
        assert_eq!((content("og:site_name"), content("og:locale")), ("Red &amp; &lt;Phone&gt;", "en"));
        assert!(!content("og:title").is_empty() && ["article", "website"].contains(&content("og:type")));
        assert_eq!(html.contains("og:url"), html.contains("rel=\"canonical\""), "{}", page.path);
    }
    assert!(!text(&fixture::dossier(), "claims/frozen.html").contains("og:url"));
}

#[test]
fn a_source_is_cited_in_every_form() {
    let html = text(&fixture::dossier(), "sources/article.html");
    for part in [
        "<p class=\"cite copyable\">Ann &lt;A.&gt;, A. &amp; B.. “Frozen",
        "  author = {{Ann \\textless{}A.\\textgreater{}} and {A. \\&amp; B.}},",
        "&quot;type&quot;: &quot;article-newspaper&quot;",
    ] {
        assert!(html.contains(part), "no {part} in {html}");
    }
}

#[test]
fn only_the_quotations_of_a_record_are_published() {
    let mut dossier = fixture::dossier();
    dossier.sources[ARTICLE.index()].publish = crate::terms::Publish::Record;
    dossier.sources[ARTICLE.index()].shown = Vec::new();
    for page in site(&dossier) {
        let content = String::from_utf8(page.content).unwrap();
        assert!(!content.contains("she said") && !content.contains("says Ann"), "{}", page.path);
    }
    let html = text(&dossier, "claims/spoke.html");
    assert!(html.contains("<mark>Ben spoke</mark> […] <mark>listened</mark>"), "{html}");
}

#[test]
fn a_transclusion_brings_no_ids_and_its_links_lead_home() {
    let html = text(&fixture::dossier(), "commentary/essay.html");
    assert_eq!(html.matches("id=\"background\"").count(), 1, "{html}");
    assert!(html.contains("href=\"../commentary/note.html#why\""), "{html}");
    for card in ["card-commentary", "card-source", "card-entity"] {
        assert!(html.contains(card), "no {card} in {html}");
    }
    assert!(text(&fixture::dossier(), "index.html").contains("card-claim"));
}

#[test]
fn pages_of_one_kind_share_nothing_but_the_frame() {
    let before = text(&fixture::dossier(), "claims/third.html");
    let mut dossier = fixture::dossier();
    dossier.commentary.items_mut().pop();
    dossier.commentary[0].body = fixture::prose("Short.", &[]);
    dossier.claims[0].meta.backlinks.clear();
    assert_eq!(text(&dossier, "claims/third.html"), before);
}

#[test]
fn the_feed_has_each_dated_record_once() {
    for (dossier, id, page) in [
        (fixture::dossier(), "tag:casebook.invalid,2026:red-phone/claims/frozen.html", "claims/frozen.html"),
        (published(), "https://example.org/red/claims/frozen.html", "https://example.org/red/claims/frozen.html"),
    ] {
        let xml = text(&dossier, "feed.xml");
        assert_well_formed(&xml);
        assert_eq!(xml.matches(&format!("<id>{id}</id>")).count(), 1, "{xml}");
        assert!(xml.contains(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>")), "{xml}");
        assert!(xml.contains("<updated>2026-11-23T00:00:00Z</updated>"), "{xml}");
        assert!(xml.contains("<category term=\"cold\"/>"), "{xml}");
        // A tag's feed has the same entry, under another root.
        let tag = text(&dossier, "tags/cold.xml");
        assert_well_formed(&tag);
        assert_eq!(tag.matches(&format!("<id>{id}</id>")).count(), 1, "{tag}");
        assert!(tag.contains("href=\"../claims/frozen.html\"") != dossier.config.base_url.is_some(), "{tag}");
    }
    assert!(
        text(&published(), "tags/cold.xml")
            .contains("rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/red/tags/cold.xml\"")
    );
    let mut config = fixture::config();
    config.title = "A\u{1}B\u{FFFE} ]]> &".to_owned();
    let xml = text(&Dossier { config: Arc::new(config), ..fixture::empty() }, "feed.xml");
    assert_well_formed(&xml);
    assert!(xml.contains("<title>AB ]]&gt; &amp;</title>") && xml.contains("<updated>1970-01-01T00:00:00Z</updated>"));
}

#[test]
fn the_corrections_have_changed_verdicts_and_their_reasons() {
    let xml = text(&published(), "corrections.xml");
    assert_well_formed(&xml);
    let titles: Vec<&str> = xml.split("<title>").skip(2).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(titles.len(), 2, "{xml}");
    assert!(
        titles[0].starts_with("Corrected: ") && titles[1].starts_with("Rated “Disputed”, before “True”: "),
        "{xml}"
    );
    for id in ["#q-Verdict-2</id>", "#q-Correction-1</id>"] {
        assert!(xml.contains(id), "no {id} in {xml}");
    }
    assert!(!xml.contains("#q-Verdict-1<"), "a first verdict corrects nothing: {xml}");
    let page = text(&published(), "changes.html");
    assert!(page.contains("title=\"Corrections – Red &amp; &lt;Phone&gt;\" href=\"corrections.xml\""), "{page}");
}

#[test]
fn a_feed_is_bounded_and_has_the_newest() {
    let mut dossier = fixture::dossier();
    let essay = dossier.commentary[0].clone();
    dossier.commentary = (0..70)
        .map(|n| crate::dossier::Commentary {
            meta: crate::dossier::Meta { id: fixture::id(&format!("essay-{n}")), ..essay.meta.clone() },
            date: Some(fixture::date(&format!("{}", 2030 + n))),
            updated: None,
            ..essay.clone()
        })
        .collect();
    let xml = text(&dossier, "feed.xml");
    assert_eq!(xml.matches("<entry>").count(), 50);
    assert!(xml.contains("essay-69.html") && xml.contains("essay-20.html") && !xml.contains("essay-19.html"));
    assert!(xml.contains("<updated>2099-01-01T00:00:00Z</updated>"), "a year counts from its first day");
}

#[test]
fn the_sitemap_has_every_page_with_its_newest_date() {
    let xml = text(&published(), "sitemap.xml");
    assert_well_formed(&xml);
    let frozen = "<loc>https://example.org/red/claims/frozen.html</loc><lastmod>2026-11-23</lastmod>";
    assert!(xml.contains(frozen) && xml.contains("<loc>https://example.org/red/</loc>"), "{xml}");
    assert!(!xml.contains("icy") && !xml.contains("404"), "{xml}");
}

#[test]
fn a_sitemap_with_too_many_addresses_is_a_list_of_parts() {
    let tag = |n: u32| crate::dossier::Tag { name: fixture::id(&format!("t-{n}")), records: Vec::new() };
    let dossier = Dossier { tags: (0..50_000).map(tag).collect(), ..Dossier::empty(published().config) };
    let theme = Theme::new(&dossier.config, &ThemeFiles::new()).unwrap();
    let (routes, _) = Routes::of(&dossier, &BTreeSet::new());
    let renderer = Renderer::new(&dossier, &routes, &theme);
    let file = |path: &str| String::from_utf8(renderer.page(routes.find(path).unwrap()).unwrap().content).unwrap();
    let list = file("sitemap.xml");
    assert_well_formed(&list);
    assert_eq!(list.matches("<sitemap><loc>https://example.org/red/sitemap-").count(), 2, "{list}");
    let parts = [file("sitemap-1.xml"), file("sitemap-2.xml")];
    assert!(!routes.holds("sitemap-3.xml"));
    let places: Vec<&str> = parts.iter().flat_map(|part| part.split("<loc>").skip(1)).collect();
    assert_eq!(parts[0].matches("<loc>").count(), 50_000);
    assert_eq!(places.len(), routes.mapped().count());
    assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), places.len());
}

#[test]
fn a_picture_is_shown_beside_links_where_the_dossier_has_an_address() {
    let with = |base_url: Option<&str>, alt: Option<&str>| {
        let config = Config {
            base_url: base_url.map(str::to_owned),
            image: Some("a card.png".to_owned()),
            image_alt: alt.map(str::to_owned),
            ..fixture::config()
        };
        text(&Dossier { config: Arc::new(config), ..fixture::dossier() }, "claims/frozen.html")
    };
    let html = with(Some("https://example.org/"), Some("A \"phone\""));
    for part in [
        "<meta property=\"og:image\" content=\"https://example.org/a%20card.png\">",
        "<meta property=\"og:image:alt\" content=\"A &quot;phone&quot;\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "<meta property=\"article:published_time\" content=\"2026-11-22\">",
        "<meta property=\"article:modified_time\" content=\"2026-11-23\">",
        "<meta property=\"article:tag\" content=\"cold\">",
    ] {
        assert!(html.contains(part), "no {part} in {html}");
    }
    assert!(with(Some("https://example.org/"), None).contains("og:image:alt\" content=\"Red &amp; &lt;Phone&gt;\""));
    // An address of which nobody knows the beginning is none.
    assert!(!with(None, None).contains("og:image"));
}

#[test]
fn redirects_lead_to_the_record() {
    let html = text(&published(), "claims/icy.html");
    assert!(html.contains("content=\"0; url=../claims/frozen.html\""), "{html}");
    assert!(html.contains("<link rel=\"canonical\" href=\"https://example.org/red/claims/frozen.html\">"), "{html}");
}

#[test]
fn a_wide_matrix_is_cut_into_tables() {
    let mut dossier = fixture::dossier();
    let source = |n: u32| fixture::source(&format!("s-{n:02}"), &format!("S {n}"), None, crate::terms::Publish::Full);
    dossier.sources.items_mut().extend((3..20).map(source));
    let claim = &mut dossier.claims[2];
    for n in 3..20 {
        let ix = crate::dossier::SourceIx(n);
        let source = fixture::source("x", "X", None, crate::terms::Publish::Full);
        claim.appearances.push(fixture::appearance(&source, ix, "q-third", &["words"]));
    }
    let cells = (3..20).map(|n| (crate::dossier::SourceIx(n), vec![n as usize - 3])).collect();
    dossier.matrix = vec![crate::dossier::MatrixRow { claim: ClaimIx(2), cells }].into();
    let html = text(&dossier, "matrix.html");
    assert_eq!(html.matches("<table").count(), 3, "{html}");
}

#[test]
fn the_lists_of_an_entity_are_paged_together() {
    let mut dossier = fixture::dossier();
    *dossier.entities[1].about = vec![ClaimIx(2); 150];
    *dossier.entities[1].wrote = vec![ARTICLE; 51];
    let (first, second) = (text(&dossier, "entities/land.html"), text(&dossier, "entities/land/page-2.html"));
    assert_eq!((first.matches("A third.").count(), first.matches("Frozen &amp; &lt;done&gt;").count()), (150, 50));
    assert_eq!((second.matches("A third.").count(), second.matches("Frozen &amp; &lt;done&gt;").count()), (0, 1));
    assert!(first.contains("Words on it.") && !second.contains("Words on it."));
    assert!(second.contains("href=\"../../entities/land.html\" rel=\"prev\""), "{second}");
}

#[test]
fn an_unknown_page_is_an_error() {
    let dossier = fixture::dossier();
    let theme = Theme::new(&dossier.config, &ThemeFiles::new()).unwrap();
    let (routes, _) = Routes::of(&dossier, &BTreeSet::new());
    for route in [Route::Timeline(2), Route::Sitemap, Route::Record(RecordRef::Source(crate::dossier::SourceIx(9)))] {
        assert_eq!(Renderer::new(&dossier, &routes, &theme).page(route).unwrap_err().code, "no-such-page");
    }
}

/// `docs/themes.md` is a contract: a theme that shows all that it gets shows no field that is not described there.
#[test]
fn every_field_of_every_view_is_documented() {
    let documentation = include_str!("../../docs/themes.md");
    let dump = |name: &str| {
        let bytes = b"{{ __tera_context | safe }}".to_vec();
        (format!("templates/{name}.html"), ThemeFile { file: None, bytes: bytes.into() })
    };
    let names = [
        "home",
        "source",
        "claim",
        "entity",
        "commentary",
        "list",
        "tags",
        "tag",
        "ratings",
        "rating",
        "timeline",
        "matrix",
        "map",
        "changes",
        "404",
        "redirect",
        "card",
    ];
    let dossier = published();
    let theme = Theme::new(&dossier.config, &names.map(dump).into()).unwrap();
    let (routes, _) = Routes::of(&dossier, &BTreeSet::new());
    let mut seen = BTreeSet::new();
    for (route, path) in routes.pages().iter().filter(|(_, path)| path.as_str().ends_with(".html")) {
        let page = String::from_utf8(Renderer::new(&dossier, &routes, &theme).page(*route).unwrap().content).unwrap();
        let keys = page.match_indices("\":").filter_map(|(end, _)| page[..end].rsplit('"').next());
        let is_field =
            |key: &&str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b"_256".contains(&b));
        for key in keys.filter(is_field) {
            assert!(documentation.contains(&format!("`{key}`")), "`{key}` on {path}");
            seen.insert(key.to_owned());
        }
    }
    assert!(seen.len() > 90, "{seen:?}");
}

/// XML as far as these files use it: a declaration, nested elements, five entities, no control characters.
fn assert_well_formed(xml: &str) {
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n").unwrap();
    let mut open = Vec::new();
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        assert!(!text.contains('>') && !text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        for (n, _) in text.match_indices('&') {
            assert!(["&amp;", "&lt;", "&gt;", "&quot;"].iter().any(|e| text[n..].starts_with(e)), "{text:?}");
        }
        let end = at + rest[at..].find('>').unwrap();
        let tag = &rest[at + 1..end];
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{xml}"),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap()),
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty() && rest == "\n", "{xml}");
}
