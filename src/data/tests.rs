#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::config::Config;
use crate::dossier::{Agent, ClaimIx, Origin, SourceIx};
use crate::route::Route;
use crate::route::fixture::{self, ARTICLE, LETTER, POST, WITHHELD};
use crate::terms::{EntityKind, Stance};
use crate::text::{Mark, SourceText};

const FROZEN: ClaimIx = ClaimIx(0);
const SPOKE: ClaimIx = ClaimIx(1);

fn routes(dossier: &Dossier) -> Routes {
    Routes::of(dossier, &BTreeSet::new()).0
}

fn with(dossier: Dossier, change: impl FnOnce(&mut Config)) -> Dossier {
    let mut config = (*dossier.config).clone();
    change(&mut config);
    Dossier { config: Arc::new(config), ..dossier }
}

fn published() -> Dossier {
    with(fixture::dossier(), |config| config.base_url = Some("https://example.org/red/".to_owned()))
}

/// The nodes of a claim's JSON-LD: the claim, and its review.
fn claim_ld(dossier: &Dossier, ix: ClaimIx) -> (Value, Option<Value>) {
    let routes = routes(dossier);
    let text = schema_org::claim(&Addresses::new(dossier, &routes, "../"), ix);
    let graph: Value = serde_json::from_str(&text).unwrap();
    let mut nodes = graph["@graph"].as_array().unwrap().clone().into_iter();
    (nodes.next().unwrap(), nodes.next())
}

fn source_ld(dossier: &Dossier, ix: SourceIx) -> Value {
    let routes = routes(dossier);
    serde_json::from_str(&schema_org::source(&Addresses::new(dossier, &routes, "../"), ix)).unwrap()
}

#[test]
fn a_claim_says_where_it_is_made_and_by_whom() {
    let (claim, review) = claim_ld(&published(), FROZEN);
    assert_eq!(claim["@id"], "https://example.org/red/claims/frozen.html");
    assert_eq!(claim["text"], "The channels are <frozen>.");
    let ann = json!({ "@type": "Person", "@id": "https://example.org/red/entities/ann.html", "name": "Ann <A.>" });
    assert_eq!(claim["author"], json!([ann]));
    assert_eq!(claim["about"][0]["@type"], "Place");
    let works: Vec<_> = claim["appearance"].as_array().unwrap().iter().map(|work| work["@id"].clone()).collect();
    let source = |id: &str| json!(format!("https://example.org/red/sources/{id}.html"));
    assert_eq!(works, [source("article"), source("letter"), source("post")]);
    // Three works of one day: nobody can say which was first. And "about December 2016" is no date of ISO 8601.
    assert_eq!((claim.get("firstAppearance"), claim.get("temporalCoverage")), (None, None));
    let review = review.unwrap();
    assert_eq!(review["@id"], "https://example.org/red/claims/frozen.html#q-Verdict-2");
    assert_eq!(review["itemReviewed"]["@id"], claim["@id"]);
    assert_eq!((&review["datePublished"], &review["author"]["name"]), (&json!("2026-11-22"), &json!("The editors")));
    let rating =
        json!({ "@type": "Rating", "alternateName": "Disputed", "ratingExplanation": "Because of ben spoke." });
    assert_eq!(review["reviewRating"], rating);
}

#[test]
fn a_rating_is_a_number_only_on_an_ordinal_scale() {
    let ordinal = with(fixture::dossier(), |config| config.ratings_ordinal = true);
    let rating = claim_ld(&ordinal, FROZEN).1.unwrap()["reviewRating"].clone();
    let numbers = ["ratingValue", "bestRating", "worstRating"].map(|name| rating[name].as_u64());
    assert_eq!(numbers, [Some(1), Some(2), Some(1)]);
    assert!(!Config::default().ratings_ordinal);
}

#[test]
fn a_claim_without_a_verdict_has_no_review_and_without_a_base_address_relative_ids() {
    let (claim, review) = claim_ld(&fixture::dossier(), SPOKE);
    assert_eq!((claim["@id"].as_str(), review), (Some("../claims/spoke.html"), None));
}

#[test]
fn a_denial_is_no_appearance() {
    let mut dossier = fixture::dossier();
    for (n, stance) in [(0, Stance::Denies), (1, Stance::Denies), (3, Stance::Questions)] {
        dossier.claims[0].appearances[n].stance = stance;
    }
    let (claim, _) = claim_ld(&dossier, FROZEN);
    assert_eq!(claim["appearance"].as_array().unwrap().len(), 1);
    assert_eq!(claim["firstAppearance"]["@id"], "../sources/letter.html");
    let passages = claim["subjectOf"].as_array().unwrap();
    assert_eq!(passages.len(), 3);
    assert_eq!(passages[0]["@id"], "../sources/article.html#q-frozen");
    assert_eq!(passages[0]["text"], "Almost every level of <dialogue> is frozen");
    assert_eq!(passages[0]["cito:disputes"]["@id"], "../claims/frozen.html");
    assert_eq!(passages[2].get("cito:disputes"), None);
}

#[test]
fn the_first_appearance_is_the_one_that_is_surely_first() {
    let mut dossier = fixture::dossier();
    let first = |dossier: &Dossier| claim_ld(dossier, FROZEN).0.get("firstAppearance").map(|it| it["@id"].clone());
    dossier.sources[1].date = Some(fixture::date("2016-11"));
    assert_eq!(first(&dossier), Some(json!("../sources/letter.html")));
    dossier.sources[1].date = Some(fixture::date("2016-11/2016-12"));
    assert_eq!(first(&dossier), None);
    dossier.sources[1].date = Some(fixture::date("2016-11"));
    dossier.sources[2].date = None;
    assert_eq!(first(&dossier), None);
}

#[test]
fn relations_have_the_properties_of_their_types() {
    let relations = |iri: Option<&str>| {
        let dossier = with(fixture::dossier(), |config| config.relation_types[1].iri = iri.map(str::to_owned));
        claim_ld(&dossier, SPOKE).0
    };
    let frozen = json!([{ "@id": "../claims/frozen.html" }]);
    assert_eq!(relations(Some("http://purl.org/spar/cito/disputes"))["cito:disputes"], frozen);
    assert_eq!(relations(Some("https://example.org/refutes"))["https://example.org/refutes"], frozen);
    assert!(!relations(None).to_string().contains("frozen.html"));
}

#[test]
fn whoever_is_no_person_or_organisation_has_no_type_as_an_author() {
    let mut dossier = fixture::dossier();
    dossier.entities[1].kind = Some(EntityKind::Place);
    let origin = |who| Origin { who, named_as: Vec::new(), anonymous: false, appearances: vec![0] };
    let land = Agent::Entity(crate::dossier::EntityIx(1));
    dossier.claims[0].origins.origins =
        vec![origin(land), origin(Agent::Name("Mir".into())), origin(Agent::Source(LETTER))];
    let (claim, _) = claim_ld(&dossier, FROZEN);
    let expected = json!([{ "@id": "../entities/land.html", "name": "The land" }, { "name": "Mir" }]);
    assert_eq!(claim["author"], expected);
}

#[test]
fn a_source_has_its_quotations_and_no_other_words() {
    let article = source_ld(&published(), ARTICLE);
    assert_eq!((&article["@type"], &article["datePublished"]), (&json!("Article"), &json!("2016-12-21")));
    assert_eq!(article["url"], "https://example.org/a?b=1&c=2");
    let parts = article["hasPart"].as_array().unwrap();
    let texts: Vec<_> = parts.iter().map(|part| part["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["Frozen", "Almost every level of <dialogue> is frozen", "Ben spoke […] listened"]);
    assert_eq!(parts[1]["spokenByCharacter"]["name"], "Ann <A.>");
    assert_eq!(parts[1]["about"]["@id"], "https://example.org/red/claims/frozen.html");
    assert!(!article.to_string().contains(WITHHELD));
    // Quotations that nobody could check are quotations.
    assert_eq!(source_ld(&fixture::dossier(), LETTER)["hasPart"][0]["text"], "all is frozen");
    assert_eq!(source_ld(&fixture::dossier(), POST)["inLanguage"], "fr");
}

#[test]
fn no_text_ends_the_element_that_json_ld_stands_in() {
    let mut dossier = fixture::dossier();
    let hostile = "</script><!--<script>]]>\u{2028}\"\\";
    dossier.claims[0].claim = hostile.into();
    dossier.sources[0].title = hostile.into();
    dossier.entities[0].name = hostile.into();
    let routes = routes(&dossier);
    let at = Addresses::new(&dossier, &routes, "../");
    for text in [schema_org::claim(&at, FROZEN), schema_org::source(&at, ARTICLE)] {
        assert!(!text.contains('<'), "{text}");
        assert!(serde_json::from_str::<Value>(&text).unwrap().to_string().contains("</script><!--"));
    }
}

#[test]
fn every_file_is_of_what_is_published() {
    let dossier = fixture::dossier();
    let routes = routes(&dossier);
    for name in DataFile::ALL {
        let text = file(&dossier, &routes, name);
        assert!(!text.contains(WITHHELD), "{name:?}");
        assert!(text.ends_with('\n'), "{name:?}");
        if name.path().ends_with(".json") {
            serde_json::from_str::<Value>(&text).unwrap();
        }
    }
    let empty = fixture::empty();
    let whole: Value = serde_json::from_str(&file(&empty, &self::routes(&empty), DataFile::Dossier)).unwrap();
    assert_eq!(whole["claims"], json!([]));
}

#[test]
fn the_whole_dossier_has_what_its_records_say() {
    let dossier = fixture::dossier();
    let whole: Value = serde_json::from_str(&file(&dossier, &routes(&dossier), DataFile::Dossier)).unwrap();
    assert_eq!((&whole["$schema"], &whole["version"]), (&json!("dossier.schema.json"), &json!(1)));
    let claim = &whole["claims"][0];
    assert_eq!(
        (&claim["id"], &claim["rating"], &claim["tags"]),
        (&json!("frozen"), &json!("disputed"), &json!(["cold"]))
    );
    assert_eq!(claim["verdicts"][1]["reason"], "Because of ben spoke.");
    assert_eq!(claim["corrections"][0], json!({ "date": "2026-11-23", "text": "It was wrong." }));
    assert_eq!(claim["appearances"][2]["anchor"], "unchecked");
    assert_eq!(claim["origins"]["origins"][0]["who"], json!({ "id": "ann", "name": "Ann <A.>" }));
    let relation = &whole["claims"][1]["relations"][0];
    assert_eq!((&relation["type"], &relation["claim"]), (&json!("disputes"), &json!("frozen")));
    assert_eq!(relation["by"]["quote"], "Ben spoke & listened");
    assert_eq!(whole["sources"][0]["capture"]["status"], "matched");
    // The name of a capture's file is nothing that a page shows.
    assert!(!whole.to_string().contains("a.txt"));
}

#[test]
fn tables_have_a_row_for_each_thing() {
    let dossier = fixture::dossier();
    let routes = routes(&dossier);
    let rows = |name| file(&dossier, &routes, name).matches("\r\n").count() - 1;
    assert_eq!([rows(DataFile::Claims), rows(DataFile::Appearances), rows(DataFile::Relations)], [4, 5, 1]);
    assert!(
        file(&dossier, &routes, DataFile::Relations)
            .contains("spoke,disputes,frozen,against,,He did.,Not when.,article,")
    );
}

/// A page with the blocks, something between them, and something that is no text.
fn page(blocks: &[crate::text::ViewBlock]) -> String {
    let mut html = String::from(
        "<!DOCTYPE html><title>T &amp; t</title><body class=\"x\">\n<script>if (1 < 2) {}</script><h1>H</h1>",
    );
    for block in blocks {
        html.push_str(&format!("<div>{}</div><ol><li>A note &amp; <b>more</b></li></ol>", block.html));
    }
    html + "</body>"
}

/// The annotations of the article, whose page is made of `blocks`.
fn annotations_of(dossier: &Dossier, html: &str, blocks: &[crate::text::ViewBlock]) -> Vec<Value> {
    let routes = routes(dossier);
    let text = annotations::annotations(&Addresses::new(dossier, &routes, "../../"), ARTICLE, html, blocks);
    let collection: Value = serde_json::from_str(&text).unwrap();
    let items = collection["first"]["items"].as_array().cloned().unwrap_or_default();
    assert_eq!(collection["total"].as_u64(), Some(items.len() as u64));
    items
}

fn marks(dossier: &Dossier) -> Vec<Mark> {
    let mark = |passage: &crate::dossier::Passage| Mark {
        fragment: Some(passage.fragment.to_string()),
        class: "claim".to_owned(),
        label: "1".to_owned(),
        pieces: passage.placement.pieces.clone(),
    };
    dossier.sources[0].passages.iter().map(mark).collect()
}

#[test]
fn a_passage_in_runs_has_a_target_for_each() {
    let dossier = fixture::dossier();
    let source = &dossier.sources[0];
    let blocks = source.text.as_ref().unwrap().excerpts(&source.shown, &marks(&dossier));
    let html = page(&blocks);
    let items = annotations_of(&dossier, &html, &blocks);
    let ids: Vec<_> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    let own = "../../data/annotations/article.json";
    assert_eq!(ids, ["#q-frozen.headline", "#q-frozen", "#q-spoke"].map(|id| format!("{own}{id}")));
    let body: Vec<_> = items[1]["body"].as_array().unwrap().iter().map(|body| &body["purpose"]).collect();
    assert_eq!(body, ["linking", "describing", "classifying"]);
    let exact = |item: &Value| -> Vec<String> {
        let targets = item["target"].as_array().unwrap();
        targets.iter().map(|target| target["selector"][0]["exact"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(exact(&items[1]), ["Almost every level of <dialogue> is frozen"]);
    assert_eq!(exact(&items[2]), ["Ben spoke", "listened"]);
    assert_eq!(items[2]["target"][0]["source"], "../../sources/article.html");
    assert!(!Value::from(items).to_string().contains(WITHHELD));
}

#[test]
fn what_a_theme_does_not_show_as_it_got_it_has_no_position() {
    let dossier = fixture::dossier();
    let source = &dossier.sources[0];
    let blocks = source.text.as_ref().unwrap().excerpts(&source.shown, &marks(&dossier));
    let html = page(&blocks).replace("spoke", "SPOKE");
    let items = annotations_of(&dossier, &html, &blocks);
    let spoke = items[2]["target"].as_array().unwrap();
    assert!(spoke.iter().all(|target| target["selector"].as_array().unwrap().len() == 1), "{spoke:?}");
    assert_eq!(spoke[0]["selector"][0]["exact"], "Ben spoke");
    assert_eq!(items[1]["target"][0]["selector"][1]["type"], "TextPositionSelector");
}

#[test]
fn a_quotation_that_stands_alone_is_found_after_its_id() {
    let dossier = fixture::dossier();
    let routes = routes(&dossier);
    let html = "<body>all is frozen <blockquote id=\"q-frozen\"><p>all is frozen</p></blockquote></body>";
    let text = annotations::annotations(&Addresses::new(&dossier, &routes, "../../"), LETTER, html, &[]);
    let collection: Value = serde_json::from_str(&text).unwrap();
    let position = &collection["first"]["items"][0]["target"][0]["selector"][1];
    assert_eq!((position["start"].as_u64(), position["end"].as_u64()), (Some(14), Some(27)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However passages overlap and whatever they cross, their positions cut their words out of the page's text.
    #[test]
    fn positions_select_the_words(
        body in "([a-cé<&\"*_`\\[\\] ]{1,12}\n{1,2}|> x y\n\n|- a\n- b\n\n|1[^1] n\n\n[^1]: f g\n\n){1,6}",
        places in proptest::collection::vec((0usize..60, 1usize..40), 1..6),
    ) {
        let text = SourceText::from_markdown("T & <t>", &body, crate::terms::Extent::Full);
        let bounds: Vec<usize> = text.plain().char_indices().map(|(at, _)| at).chain([text.plain().len()]).collect();
        let mut dossier = fixture::dossier();
        dossier.sources[0].publish = crate::terms::Publish::Full;
        let example = dossier.sources[0].passages[0].clone();
        let passage = |(n, (start, length)): (usize, (usize, usize))| {
            let start = start % (bounds.len() - 1);
            let end = (start + length).min(bounds.len() - 1);
            let mut passage = example.clone();
            passage.fragment = format!("q-p{n}").into();
            passage.placement.pieces = std::iter::once(bounds[start]..bounds[end]).collect();
            passage
        };
        *dossier.sources[0].passages = places.into_iter().enumerate().map(passage).collect();
        dossier.sources[0].text = Some(Arc::new(text.clone()));
        let blocks = text.blocks(&marks(&dossier));
        let html = page(&blocks);
        let content: Vec<char> = page_text::PageText::of(&html).unwrap().text().chars().collect();
        for (item, passage) in annotations_of(&dossier, &html, &blocks).iter().zip(&dossier.sources[0].passages) {
            let words: String = text.plain()[passage.placement.extent()].split_whitespace().collect();
            let mut found = String::new();
            for target in item["target"].as_array().unwrap() {
                let (quote, position) = (&target["selector"][0], &target["selector"][1]);
                if words.is_empty() {
                    continue;
                }
                let at = |name: &str| position[name].as_u64().unwrap() as usize;
                let run: String = content[at("start")..at("end")].iter().collect();
                prop_assert_eq!(quote["exact"].as_str().unwrap(), &run);
                let prefix = quote["prefix"].as_str().unwrap_or_default();
                let before: String = content[..at("start")].iter().collect();
                prop_assert!(before.ends_with(prefix));
                found.extend(run.split_whitespace());
            }
            prop_assert_eq!(found, words);
        }
    }
}

#[test]
fn every_source_has_annotations() {
    let dossier = fixture::dossier();
    for n in 0..3 {
        let path = routes(&dossier).path(Route::Annotations(SourceIx(n))).cloned();
        assert_eq!(path.unwrap().as_str(), format!("data/annotations/{}.json", dossier.sources[n as usize].meta.id));
    }
}
