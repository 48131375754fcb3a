#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::Arc;

use super::fixture::{claim, config, date, dossier, empty, id};
use super::*;
use crate::config::Rating;
use crate::dossier::{Event, Occasion, Tag};
use crate::terms::Tone;

fn routes(dossier: &Dossier) -> Routes {
    let (routes, diagnostics) = Routes::of(dossier, &BTreeSet::new());
    assert_eq!(diagnostics, Vec::new());
    routes
}

fn paths(routes: &Routes) -> Vec<&str> {
    routes.pages().iter().map(|(_, path)| path.as_str()).collect()
}

fn with_statics(statics: &[&str]) -> Vec<String> {
    let statics = statics.iter().map(|&path| path.to_owned()).collect();
    let (_, diagnostics) = Routes::of(&dossier(), &statics);
    diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
}

#[test]
fn an_empty_dossier_has_its_fixed_pages() {
    assert_eq!(
        paths(&routes(&empty())),
        [
            "index.html",
            "sources/index.html",
            "claims/index.html",
            "entities/index.html",
            "commentary/index.html",
            "tags/index.html",
            "ratings/index.html",
            "ratings/not-rated.html",
            "ratings/true.html",
            "ratings/disputed.html",
            "timeline.html",
            "matrix.html",
            "map.html",
            "changes.html",
            "search.html",
            "404.html",
            "feed.xml",
            "corrections.xml",
            "robots.txt",
            "data/dossier.json",
            "data/dossier.schema.json",
            "data/claims.csv",
            "data/appearances.csv",
            "data/relations.csv",
            "data/sources.bib",
            "data/sources.csl.json",
        ]
    );
}

#[test]
fn every_record_alias_and_tag_has_a_page() {
    let routes = routes(&dossier());
    for path in
        ["claims/frozen.html", "sources/article.html", "entities/ann.html", "commentary/note.html", "tags/cold.html"]
    {
        assert!(routes.holds(path), "{path}");
    }
    assert_eq!(routes.find("claims/icy.html"), Some(Route::Redirect(0)));
    assert_eq!(routes.redirect(0), Some(RecordRef::Claim(ClaimIx(0))));
    assert!(!routes.holds("sitemap.xml"));
}

#[test]
fn a_base_address_brings_a_sitemap() {
    let mut config = config();
    config.base_url = Some("https://example.org/".to_owned());
    assert!(routes(&Dossier { config: Arc::new(config), ..empty() }).holds("sitemap.xml"));
}

#[test]
fn a_link_leads_to_files_and_to_promised_places() {
    let mut dossier = dossier();
    let mut routes = Routes::of(&dossier, &["a.pdf".to_owned()].into()).0;
    for (route, path) in routes.pages() {
        assert!(routes.leads(path.as_str(), None), "{path}");
        for id in routes.promised(*route) {
            assert!(routes.leads(path.as_str(), Some(id)), "{path}#{id}");
        }
    }
    assert!(routes.leads("a.pdf", None));
    let elsewhere = [("b.pdf", None), ("claims/no.html", None), ("sources/letter.html", Some("q-spoke"))];
    // What is in a file that is copied is not known, nor what is in a list.
    for (path, id) in elsewhere.into_iter().chain([("a.pdf", Some("page=2")), ("timeline.html", Some("q-Main"))]) {
        assert!(!routes.leads(path, id), "{path} {id:?}");
    }

    let lost = dossier.sources[0].passages.pop().unwrap();
    let path = "sources/article.html";
    assert!(routes.leads(path, Some(lost.fragment.as_str())));
    assert!(routes.keep_up(&dossier, &[RecordRef::Source(SourceIx(0))]));
    assert!(!routes.leads(path, Some(lost.fragment.as_str())), "what is promised no more");
    assert!(routes.promised(routes.find(path).unwrap()).all(|id| routes.leads(path, Some(id))));
}

#[test]
fn fragments_are_promised_before_anything_is_rendered() {
    let routes = routes(&dossier());
    let page = |path: &str| routes.find(path).unwrap();
    let promised = |path| routes.promised(page(path)).collect::<Vec<_>>();
    assert_eq!(promised("sources/article.html"), ["q-frozen", "q-frozen.headline", "q-spoke"]);
    assert_eq!(promised("sources/letter.html"), ["q-frozen"]);
    for fragment in ["background", "q-In-article", "q-In-article.headline", "q-Verdict-2", "q-Correction-1"] {
        assert!(routes.promises(page("claims/frozen.html"), fragment), "{fragment}");
    }
    assert!(!routes.promises(page("claims/frozen.html"), "q-frozen"));
}

#[test]
fn long_lists_are_paged() {
    let claims = (0..401).map(|n| claim(&format!("c-{n:03}"), &format!("Claim {n:03}."))).collect();
    let tags = vec![Tag { name: id("all"), records: (0..201).map(|n| RecordRef::Claim(ClaimIx(n))).collect() }];
    let routes = routes(&Dossier { claims, tags: tags.into(), ..empty() });
    for path in ["claims/page-2.html", "claims/page-3.html", "tags/all/page-2.html", "ratings/not-rated/page-3.html"] {
        assert!(routes.holds(path), "{path}");
    }
    for path in ["claims/page-1.html", "claims/page-4.html", "tags/all/page-3.html"] {
        assert!(!routes.holds(path), "{path}");
    }
    let listed: Vec<usize> = (1..=4).map(|page| routes.listed(RecordKind::Claim, page).len()).collect();
    assert_eq!(listed, [200, 200, 1, 0]);
}

#[test]
fn a_rating_may_take_the_name_of_those_without() {
    let mut config = config();
    let rating =
        |id: &str| Rating { id: id.to_owned(), label: String::new(), meaning: String::new(), tone: Tone::Good };
    config.ratings = vec![rating("not-rated"), rating("not-rated-yet")];
    let dossier = Dossier { config: Arc::new(config), ..empty() };
    assert_eq!(routes(&dossier).path(Route::Rating(None, 1)).unwrap().as_str(), "ratings/not-rated-yet-yet.html");
}

#[test]
fn a_static_file_overwrites_nothing() {
    assert_eq!(with_statics(&["images/a.png", "CNAME", "sources/extra.pdf"]), Vec::<String>::new());
    for (path, reason) in [
        ("index.html", "overwrite a page"),
        ("claims/icy.html", "overwrite a page"),
        ("sources", "has a folder of that name"),
        ("index.html/a.png", "`index.html` is a file"),
        ("../a.png", "no path inside the site"),
        ("Claims/Frozen.html", "letter case"),
    ] {
        let found = with_statics(&[path]);
        assert!(found.len() == 1 && found[0].contains(reason), "{path}: {found:?}");
    }
}

#[test]
fn two_pages_do_not_share_a_path() {
    let tags = vec![Tag { name: id("index"), records: Vec::new() }];
    let (_, diagnostics) = Routes::of(&Dossier { tags: tags.into(), ..empty() }, &BTreeSet::new());
    assert_eq!(diagnostics.len(), 1);
    assert!(diagnostics[0].message.contains("`tags/index.html`"), "{}", diagnostics[0].message);
}

#[test]
fn the_themes_files_are_part_of_the_site() {
    let statics = BTreeSet::from(["assets/style.css".to_owned()]);
    let (mut routes, _) = Routes::of(&empty(), &statics);
    assert_eq!(routes.add_assets(["assets/style.css", "assets/logo.svg"]).len(), 1);
    assert!(routes.holds("assets/logo.svg"));
}

/// A dossier of so many claims, with a relation from each of the pairs' first claims to the second.
fn related(claims: u32, pairs: &[(u32, u32)]) -> Dossier {
    let mut all: Vec<_> = (0..claims).map(|n| claim(&format!("c{n}"), "So.")).collect();
    for &(from, to) in pairs {
        let relation = crate::dossier::RelationTypeIx(0);
        let claim = ClaimIx(to);
        all[from as usize].relations.push(crate::dossier::Relation {
            relation_type: relation,
            claim,
            reason: None,
            unaddressed: None,
            by: None,
        });
    }
    Dossier { claims: all.into(), ..empty() }
}

#[test]
fn claims_that_hang_together_are_mapped_together_and_the_largest_group_first() {
    let of = |dossier: &Dossier| {
        let routes = routes(dossier);
        let (before, groups) = routes.mapped_groups(1);
        assert_eq!(before, 0);
        groups.iter().map(|group| group.iter().map(|ix| ix.0).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert_eq!(of(&related(8, &[(6, 7), (5, 3), (3, 1), (1, 5)])), [vec![1, 3, 5], vec![6, 7]]);
    assert_eq!(routes(&related(8, &[(6, 7), (5, 3)])).map_counts(), (2, 4));
    assert_eq!(of(&related(3, &[])), Vec::<Vec<u32>>::new());
}

#[test]
fn a_page_of_the_map_draws_a_bounded_number_of_claims() {
    // Groups of fifty, of which forty are drawn, and a hundred pairs.
    let mut pairs: Vec<(u32, u32)> = (0..100).filter(|n| n % 50 != 49).map(|n| (n, n + 1)).collect();
    pairs.extend((0..100).map(|n| (100 + 2 * n, 101 + 2 * n)));
    let routes = routes(&related(300, &pairs));
    let sizes: Vec<Vec<usize>> =
        (1..=routes.map_pages()).map(|page| routes.mapped_groups(page).1.iter().map(Vec::len).collect()).collect();
    let mut second = vec![50];
    second.extend([2; 10]);
    assert_eq!(sizes, [vec![50], second, vec![2; 30], vec![2; 30], vec![2; 30]]);
    assert!(routes.holds("map.html") && routes.holds("map/page-5.html") && !routes.holds("map/page-6.html"));
    assert_eq!(routes.mapped_groups(3).0, 12);
    assert_eq!(routes.mapped_groups(6), (0, &[][..]));
}

#[test]
fn routes_keep_up_until_a_page_comes_or_goes() {
    let event = |n: u32| Event { date: date("2020"), what: Occasion::About(ClaimIx(n)) };
    let mut dossier = Dossier { timeline: (0..200).map(event).collect(), ..related(200, &[]) };
    let mut routes = routes(&dossier);
    let changed = [RecordRef::Claim(ClaimIx(7))];
    dossier.claims[7].claim = "A first.".into();
    assert!(routes.keep_up(&dossier, &changed));
    assert_eq!(routes.position(changed[0]), 0);
    dossier.timeline.push(event(7));
    assert!(!routes.keep_up(&dossier, &changed));
}
