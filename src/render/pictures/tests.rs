#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::sentence_case;
use crate::config::Config;
use crate::dossier::{Agent, Claim, ClaimIx, Dossier, EntityIx, Relation, RelationTypeIx};
use crate::render::Renderer;
use crate::render::theme::{Theme, ThemeFiles};
use crate::route::fixture;
use crate::route::{DRAWN, Routes};
use crate::terms::{EntityKind, Stance};

/// A page of the site, without errors.
fn page(dossier: &Dossier, path: &str) -> String {
    let theme = Theme::new(&dossier.config, &ThemeFiles::new()).unwrap();
    let (mut routes, _) = Routes::of(dossier, &BTreeSet::new());
    routes.add_assets(theme.assets().keys().map(String::as_str));
    let page = Renderer::new(dossier, &routes, &theme).page(routes.find(path).unwrap()).unwrap();
    let findings: Vec<String> = crate::check::check(&page, &routes).into_iter().map(|it| it.message).collect();
    assert_eq!(findings, Vec::<String>::new());
    String::from_utf8(page.content).unwrap()
}

/// The first picture of a class in a page, an element a line.
fn picture(page: &str, class: &str) -> String {
    let start = page.find(&format!("<svg class=\"picture {class}\"")).unwrap();
    let svg = &page[start..start + page[start..].find("</svg>").unwrap() + "</svg>".len()];
    ["<a ", "<g ", "<text class=\"heading", "<text class=\"more", "</svg>"]
        .iter()
        .fold(svg.to_owned(), |svg, tag| svg.replace(tag, &format!("\n{tag}")))
}

/// The boxes' words and the labels of lines, in the order of the picture; a line without a label is an arrow.
fn words(picture: &str) -> Vec<String> {
    let line = |line: &str| {
        let line = line.split_once("</title>").map_or(line, |(_, rest)| rest);
        let mut words = String::new();
        for part in line.split('<').skip(usize::from(line.starts_with('<'))) {
            let (tag, text) = part.split_once('>').unwrap_or(("", part));
            words.push_str(if tag == "/text" { " " } else { "" });
            words.push_str(text);
        }
        let words = words.trim().to_owned();
        if words.is_empty() { "→".to_owned() } else { words }
    };
    picture.lines().filter(|line| line.starts_with("<a") || line.starts_with("<g")).map(line).collect()
}

/// The dossier that this repository is.
fn example() -> Dossier {
    crate::build::compile(Path::new(env!("CARGO_MANIFEST_DIR")), Default::default()).unwrap().dossier().clone()
}

fn relation(kind: u32, claim: usize) -> Relation {
    let claim = ClaimIx(u32::try_from(claim).unwrap());
    Relation { relation_type: RelationTypeIx(kind), claim, reason: None, unaddressed: None, by: None }
}

/// Claims with relations of a type from one to another.
fn related(claims: usize, relations: &[(usize, u32, usize)]) -> Dossier {
    let mut all: Vec<Claim> =
        (0..claims).map(|n| fixture::claim(&format!("claim-{n:05}"), &format!("Claim {n} is so."))).collect();
    for &(from, kind, to) in relations {
        all[from].relations.push(relation(kind, to));
    }
    for from in 0..claims {
        for n in 0..all[from].relations.len() {
            let to = all[from].relations[n].claim.index();
            all[to].related_by.push((ClaimIx(u32::try_from(from).unwrap()), n));
        }
    }
    for claim in &mut all {
        claim.about.clear();
    }
    Dossier { claims: all.into(), ..fixture::empty() }
}

#[test]
fn the_chain_of_the_example_is_drawn_with_shared_links_once() {
    let picture = picture(&page(&example(), "claims/channels-frozen.html"), "of-chain");
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/pictures/tests/channels-frozen.svg");
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        std::fs::write(&golden, &picture).unwrap();
    }
    assert_eq!(picture, std::fs::read_to_string(golden).unwrap());
    let words = words(&picture);
    let count = |wanted: &str| words.iter().filter(|it| it.starts_with(wanted)).count();
    for name in ["Dmitri Peskov", "Mir TV", "RIA", "Reuters"] {
        assert_eq!(count(name), 1, "{words:?}");
    }
    assert!(words.contains(&"RIA every report comes this way".to_owned()), "{words:?}");
    // Peskov to Mir TV and to RIA, Mir TV to RIA, RIA to Reuters and to one article, Reuters to the other.
    assert_eq!(count("→"), 6, "{words:?}");
    assert_eq!(count("denies"), 1, "{words:?}");
}

#[test]
fn whose_name_is_withheld_can_be_seen() {
    let mut dossier = fixture::dossier();
    dossier.entities[0].kind = Some(EntityKind::Anonymous);
    let picture = picture(&page(&dossier, "claims/frozen.html"), "of-chain");
    let line = picture.lines().find(|line| line.contains("class=\"node agent anonymous\"")).unwrap();
    assert!(line.contains("Ann &lt;A.&gt;") && line.contains("name withheld"), "{line}");
}

#[test]
fn what_is_denied_does_not_look_asserted() {
    let mut dossier = fixture::dossier();
    dossier.claims[0].appearances[0].stance = Stance::Denies;
    let picture = picture(&page(&dossier, "claims/frozen.html"), "of-chain");
    assert!(picture.contains("class=\"tie denies\"") && picture.contains(">denies</text>"), "{picture}");
    assert!(picture.contains("class=\"node source denies\"") && picture.contains("denies it"), "{picture}");
}

#[test]
fn chains_without_end_are_counted_and_not_drawn() {
    let mut dossier = fixture::dossier();
    let one = dossier.claims[0].appearances[0].clone();
    let many = |n: usize| {
        let mut appearance = one.clone();
        appearance.fragment = format!("q-frozen.k{n}").into();
        appearance.attribution[0].who = Agent::Name(format!("Speaker {n}").into());
        appearance
    };
    dossier.claims[1].appearances = (0..900).map(many).collect();
    let page = page_unchecked(&dossier, "claims/spoke.html");
    let picture = picture(&page, "of-chain");
    assert!(picture.matches("class=\"node").count() <= 24, "{picture}");
    assert!(page.contains("more appearances, which the list of appearances has"));
}

/// A page whose links may lead to passages that the made-up dossier lacks.
fn page_unchecked(dossier: &Dossier, path: &str) -> String {
    let theme = Theme::new(&dossier.config, &ThemeFiles::new()).unwrap();
    let (routes, _) = Routes::of(dossier, &BTreeSet::new());
    let page = Renderer::new(dossier, &routes, &theme).page(routes.find(path).unwrap()).unwrap();
    String::from_utf8(page.content).unwrap()
}

#[test]
fn a_claim_stands_between_what_bears_on_it_and_what_it_bears_on() {
    let dossier = related(4, &[(1, 0, 0), (2, 1, 0), (2, 0, 0), (0, 2, 3)]);
    let page = page(&dossier, "claims/claim-00000.html");
    let picture = picture(&page, "of-map");
    assert_eq!(
        words(&picture),
        [
            // What speaks against comes first, and two relations of one claim are one line.
            "Claim 2 is so – Not rated",
            "disputes, supports",
            "Claim 1 is so – Not rated",
            "supports",
            "Claim 0 is so – Not rated",
            "contradicts",
            "Claim 3 is so – Not rated",
        ]
    );
    assert!(
        picture.contains("href=\"../claims/claim-00002.html#q-Relation-1\"")
            && picture.contains("href=\"#q-Relation-1\"")
    );
    assert!(picture.contains("<title>claim 2 is so: disputes, supports: claim 0 is so</title>"), "{picture}");
    // A relation that holds both ways has two heads.
    let both = picture.lines().find(|line| line.contains("contradicts</text>")).unwrap();
    assert_eq!(both.matches('z').count(), 2, "{both}");
}

#[test]
fn a_hub_has_a_small_picture() {
    let relations: Vec<(usize, u32, usize)> = (1..900).map(|n| (n, u32::from(n == 800), 0)).collect();
    let dossier = related(900, &relations);
    let local = page(&dossier, "claims/claim-00000.html");
    let drawn = picture(&local, "of-map");
    assert_eq!(drawn.matches("class=\"node").count(), 9);
    assert!(words(&drawn)[0].starts_with("Claim 800 is so"), "what speaks against comes first");
    assert!(drawn.contains(">and 891 more</text>") && local.contains("Not drawn: 891 that bear on it"));
    let map = page(&dossier, "map.html");
    let group = picture(&map, "of-group");
    assert_eq!(group.matches("class=\"node").count(), DRAWN);
    assert_eq!(group.matches("class=\"tie").count(), DRAWN - 1);
    assert!(map.contains("900 claims, 40 of them drawn") && map.contains("and 848 more"), "{map}");
    assert!(group.contains("– Not rated · 860 more"), "{group}");
    assert!(map.len() < 100_000, "{} bytes", map.len());
}

#[test]
fn everything_related_to_everything_is_still_a_picture() {
    let all: Vec<(usize, u32, usize)> =
        (0..60).flat_map(|from| (0..60).filter(move |&to| to != from).map(move |to| (from, 0, to))).collect();
    let group = picture(&page(&related(60, &all), "map.html"), "of-group");
    let (boxes, lines) = (group.matches("class=\"node").count(), group.matches("class=\"tie").count());
    assert_eq!(lines, boxes * (boxes - 1));
    assert!(boxes >= 8 && lines <= 100, "{boxes} boxes, {lines} lines");
}

#[test]
fn the_map_has_a_picture_a_group_and_counts_the_rest() {
    let dossier = related(7, &[(1, 0, 2), (3, 0, 4), (5, 1, 4)]);
    let page = page(&dossier, "map.html");
    assert_eq!(page.matches("<svg").count(), 2);
    assert!(page.contains("2 claims stand under no relation and are not drawn."));
    let first = page.find("Around “claim 4 is so”").unwrap();
    assert!(first < page.find("Around “claim 1 is so”").unwrap(), "the larger group comes first");
    assert!(page.contains(
        "<a class=\"tie-label polarity-against\" href=\"claims/claim-00005.html#q-Relation-1\">disputes</a>"
    ));
    assert!(self::page(&related(2, &[]), "map.html").contains("No claim stands under a relation yet."));
}

#[test]
fn long_words_are_cut_and_said_in_full() {
    let mut dossier = related(2, &[(0, 0, 1)]);
    dossier.claims[1].short =
        "a very long way of saying <something> that could be said shortly, and then some more".into();
    let picture = picture(&page(&dossier, "claims/claim-00000.html"), "of-map");
    let line = picture.lines().find(|line| line.contains("href=\"../claims/claim-00001.html\"")).unwrap();
    assert!(line.contains("<title>A very long way of saying &lt;something&gt; that could be said shortly, and then some more – Not rated</title>"), "{line}");
    assert!(line.contains("…</tspan>"), "{line}");
}

#[test]
fn a_custom_relation_with_a_long_label_keeps_its_place() {
    let mut dossier = related(2, &[(0, 0, 1)]);
    let mut config: Config = fixture::config();
    config.relation_types[0].label = "speaks, all things considered, rather more for than against".to_owned();
    dossier.config = Arc::new(config);
    let picture = picture(&page(&dossier, "claims/claim-00000.html"), "of-map");
    assert!(picture.contains("…</text>") && picture.contains("rather more for than against"), "{picture}");
}

#[test]
fn words_begin_with_a_capital() {
    assert_eq!(sentence_case("almost every channel"), "Almost every channel");
    assert_eq!(sentence_case("iPhone sales fell"), "iPhone sales fell");
    assert_eq!(sentence_case("éclairs are sold"), "Éclairs are sold");
    assert_eq!(sentence_case("新华社 reports"), "新华社 reports");
    assert_eq!(sentence_case(""), "");
}

#[test]
fn nobody_without_an_entity_is_withheld() {
    let mut dossier = fixture::dossier();
    dossier.claims[0].appearances[0].attribution[0].who = Agent::Entity(EntityIx(2));
    assert!(!page(&dossier, "claims/frozen.html").contains("anonymous"));
}
