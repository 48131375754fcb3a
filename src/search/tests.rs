#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;

use super::codes::hash;
use super::fold::words;
use super::*;
use crate::data::prose;
use crate::dossier::Claim;
use crate::ids::RecordId;
use crate::route::fixture::{self, WITHHELD};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../tests/data/search-words.json")).unwrap()
}

fn all_words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    words(text, |word| all.push(word.to_owned()));
    all
}

/// The index of a dossier: what each of its files is called with.
fn built(dossier: &Dossier) -> BTreeMap<String, Value> {
    let (routes, _) = Routes::of(dossier, &BTreeSet::new());
    let layout = Layout::of(dossier);
    let pages = index(dossier, &routes, &layout);
    let mut paths: Vec<SitePath> = pages.iter().map(|page| page.path.clone()).collect();
    let mut promised = layout.paths();
    paths.sort();
    promised.sort();
    assert_eq!(paths, promised);
    pages.iter().map(called).collect()
}

fn called(page: &Page) -> (String, Value) {
    let text = std::str::from_utf8(&page.content).unwrap();
    let inside = text.strip_prefix("casebook(").and_then(|text| text.strip_suffix(");\n")).unwrap();
    let call: Value = serde_json::from_str(&format!("[{inside}]")).unwrap();
    let name = call[0].as_str().unwrap().to_owned();
    assert_eq!(page.path.as_str(), format!("search/{name}.js"));
    (name, call[1].clone())
}

/// The numbers that a part of a list holds.
fn decode(part: &str) -> Vec<u32> {
    let (mut numbers, mut next, mut rest) = (Vec::new(), 0, 0);
    for byte in part.bytes() {
        let digit = u32::from(if byte > b'\\' { byte - b'$' } else { byte - b'#' });
        if digit < 69 {
            numbers.push(next + rest * 69 + digit);
            (next, rest) = (numbers[numbers.len() - 1] + 1, 0);
        } else {
            rest = rest * 22 + digit - 69 + 1;
        }
    }
    numbers
}

/// Each word with the records that it stands in, level by level.
fn lists(index: &BTreeMap<String, Value>) -> BTreeMap<String, Vec<Vec<u32>>> {
    let mut lists = BTreeMap::new();
    for (_, shard) in index.iter().filter(|(name, _)| name.starts_with("terms-")) {
        for pair in shard.as_array().unwrap().chunks(2) {
            let levels = pair[1].as_str().unwrap().split(' ').map(decode).collect();
            assert_eq!(lists.insert(pair[0].as_str().unwrap().to_owned(), levels), None);
        }
    }
    lists
}

/// The numbers of all records, by id.
fn numbers(index: &BTreeMap<String, Value>) -> BTreeMap<String, u32> {
    let cards = index.iter().filter(|(name, _)| name.starts_with("records-"));
    let cards = cards.flat_map(|(_, shard)| shard.as_array().unwrap());
    let number = |card: &Value| (card[1].as_str().unwrap().to_owned(), card[0].as_u64().unwrap().try_into().unwrap());
    cards.map(number).collect()
}

#[test]
fn words_and_hashes_are_those_that_scripts_expect() {
    let vectors = vectors();
    for vector in vectors["words"].as_array().unwrap() {
        let expected: Vec<&str> = vector[1].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
        assert_eq!(all_words(vector[0].as_str().unwrap()), expected, "{}", vector[0]);
    }
    for vector in vectors["hashes"].as_array().unwrap() {
        assert_eq!(u64::from(hash(vector[0].as_str().unwrap())), vector[1].as_u64().unwrap(), "{}", vector[0]);
    }
}

#[test]
fn every_record_is_found_by_what_its_page_says() {
    let dossier = fixture::dossier();
    let index = built(&dossier);
    let (lists, numbers) = (lists(&index), numbers(&index));
    assert_eq!(numbers.len(), records(&dossier).len());
    let level_of = |word: &str, id: &str| {
        lists.get(word).and_then(|levels| levels.iter().position(|level| level.contains(&numbers[id])))
    };
    // A short title, a quotation, a name, a text.
    assert_eq!(level_of("frozen", "frozen"), Some(0));
    assert_eq!(level_of("dialogue", "frozen"), Some(2));
    assert_eq!(level_of("ann", "ann"), Some(0));
    assert_eq!(level_of("channels", "article"), Some(5));
    assert_eq!(level_of("frozen", "spoke"), None);
}

#[test]
fn a_source_is_not_found_by_words_that_are_withheld() {
    let dossier = fixture::dossier();
    let index = built(&dossier);
    let (lists, article) = (lists(&index), numbers(&index)["article"]);
    let source = &dossier.sources[fixture::ARTICLE.index()];
    let text = source.text.as_ref().unwrap();
    let shown: Vec<&str> = source.shown.iter().map(|range| &text.plain()[range.clone()]).collect();
    let shown = all_words(&format!("{} {}", source.title, shown.join(" ")));
    let withheld: Vec<String> = all_words(WITHHELD).into_iter().filter(|word| !shown.contains(word)).collect();
    assert!(withheld.len() > 5, "{withheld:?}");
    for word in withheld {
        assert!(lists.get(&word).is_none_or(|levels| !levels.concat().contains(&article)), "{word}");
    }
}

/// A dossier of `count` claims that say nothing but who they are.
fn many(count: usize) -> Dossier {
    let model = fixture::dossier().claims[0].clone();
    let claim = |n: usize| Claim {
        meta: crate::dossier::Meta { id: RecordId::new(&format!("claim-{n:05}")).unwrap(), ..model.meta.clone() },
        claim: format!("Claim number {n} of w{}", n % 97).into(),
        relations: Vec::new(),
        related_by: Vec::new().into(),
        ..model.clone()
    };
    Dossier { claims: (0..count).map(claim).collect(), ..fixture::dossier() }
}

#[test]
fn an_edit_changes_the_shards_of_what_it_changes() {
    let mut dossier = many(3000);
    let before = built(&dossier);
    dossier.claims[1234].claim = "Claim number 1234 of unheard".into();
    let after = built(&dossier);
    let changed: Vec<&String> = before.keys().filter(|name| before[*name] != after[*name]).collect();
    // The card, the word that went and the one that came.
    assert_eq!(changed.len(), 3, "{changed:?}");
    assert!(before.len() > 200);
}

#[test]
fn numbers_are_unique_and_say_the_shard() {
    let dossier = many(3000);
    let index = built(&dossier);
    let layout = Layout::of(&dossier);
    let numbers = numbers(&index);
    assert_eq!(numbers.values().collect::<BTreeSet<_>>().len(), numbers.len());
    for (name, shard) in index.iter().filter(|(name, _)| name.starts_with("records-")) {
        for card in shard.as_array().unwrap() {
            let shard = u32::try_from(card[0].as_u64().unwrap()).unwrap() & (layout.records - 1);
            assert_eq!(*name, layout.records_name(shard));
            assert_eq!(shard, hash(card[1].as_str().unwrap()) & (layout.records - 1));
        }
    }
    for (name, shard) in index.iter().filter(|(name, _)| name.starts_with("terms-")) {
        for pair in shard.as_array().unwrap().chunks(2) {
            assert_eq!(*name, layout.terms_name(layout.shard_of_term(pair[0].as_str().unwrap())));
        }
    }
}

#[test]
fn ids_made_to_want_one_shard_have_numbers() {
    let layout = Layout::for_records(400);
    let wanted = |n: &usize| hash(&format!("claim-{n:05}")) & (layout.records - 1) == 0;
    let chosen: Vec<usize> = (0..40_000).filter(wanted).take(400).collect();
    let mut dossier = many(chosen.len());
    for (claim, n) in dossier.claims.items_mut().iter_mut().zip(chosen) {
        claim.meta.id = RecordId::new(&format!("claim-{n:05}")).unwrap();
    }
    let numbers = numbers(&built(&dossier));
    assert_eq!(numbers.values().collect::<BTreeSet<_>>().len(), numbers.len());
    assert!(numbers.len() > 400);
}

#[test]
fn the_shape_follows_the_size_in_steps() {
    for records in [0, 1, 16, 17, 1000, 22_900, 100_000, usize::MAX] {
        let layout = Layout::for_records(records);
        assert!(layout.terms.is_power_of_two() && layout.records.is_power_of_two(), "{layout:?}");
        // The number of a record, with its kind, leaves room for the level.
        assert!(layout.width + 2 <= 29 && 1 << layout.width >= layout.records, "{layout:?}");
    }
    assert_eq!(Layout::for_records(20_000), Layout::for_records(32_768));
    assert_ne!(Layout::for_records(32_768), Layout::for_records(32_769));
}

#[test]
fn ratings_list_their_claims() {
    let dossier = fixture::dossier();
    let index = built(&dossier);
    let numbers = numbers(&index);
    for (rating, part) in index["ratings"].as_array().unwrap().iter().enumerate() {
        let rated = dossier.claims.iter().filter(|claim| claim.rating().is_some_and(|ix| ix.index() == rating));
        let mut expected: Vec<u32> = rated.map(|claim| numbers[claim.meta.id.as_str()]).collect();
        expected.sort_unstable();
        assert_eq!(decode(part.as_str().unwrap()), expected);
    }
    assert_eq!(index["index"]["ratings"].as_array().unwrap().len(), dossier.config.ratings.len());
}

#[test]
fn an_empty_dossier_has_an_index() {
    let index = built(&fixture::empty());
    assert_eq!(index["terms-0"], Value::Array(Vec::new()));
    assert_eq!(index["records-0"], Value::Array(Vec::new()));
    assert_eq!(index.len(), 4);
}

fn text_of(markdown: &str) -> String {
    let dossier = fixture::dossier();
    let mut prose = dossier.claims[0].body.clone();
    prose.markdown = markdown.into();
    prose.links = Box::default();
    prose::plain(&dossier, &prose).into_owned()
}

#[test]
fn prose_is_what_a_page_shows_of_it() {
    for (markdown, expected) in [
        ("Plain words, and 1. no markup", "plain words and 1 no markup"),
        ("un*believ*able `code` [words](https://example.org/secret \"title\")", "unbelievable code words"),
        ("seen[^a]\n\n[^a]: A note.\n\n[^b]: A note that nothing refers to.", "seen a note"),
        ("[[hidden-id]] and [[hidden-id|shown]] and ![[hidden-id]]", "and shown and"),
        ("seen <script>never</script><b>bold</b> &amp; <!-- nor this -->[[hidden-id]]", "seen bold"),
        ("a\n\n> b\n\n- c\n- d", "a b c d"),
    ] {
        assert_eq!(all_words(&text_of(markdown)).join(" "), expected, "{markdown}");
    }
}

proptest! {
    #[test]
    fn lists_are_read_as_they_were_written(numbers in prop::collection::btree_set(0u32..1 << 29, 0..60)) {
        let numbers: Vec<u32> = numbers.into_iter().collect();
        let mut data = Vec::new();
        postings::encode(&numbers, &mut data);
        let text = String::from_utf8(data).unwrap();
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\'));
        prop_assert_eq!(decode(&text), numbers);
    }

    #[test]
    fn folding_words_again_changes_nothing(text in "\\PC{0,40}") {
        let once = all_words(&text);
        for word in &once {
            // The last character of a run without spaces is a word too, and so is that of a pair.
            let again = all_words(word);
            prop_assert_eq!(again.first(), Some(word));
        }
    }

    #[test]
    fn a_text_has_the_words_of_its_parts(left in "\\PC{0,20}", right in "\\PC{0,20}") {
        let parts = [all_words(&left), all_words(&right)].concat();
        prop_assert_eq!(all_words(&format!("{left}\n{right}")), parts);
    }
}
