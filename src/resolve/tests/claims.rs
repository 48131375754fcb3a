use super::*;
use crate::dossier::{Agent, Origins, Tally};

const BODY: &str =
    "The channels are frozen. All the channels are frozen. The channels are not frozen. Nearly all is frozen.";
const QUOTES: [&str; 4] = [
    "All the channels are frozen",
    "The channels are not frozen",
    "Nearly all is frozen",
    "The channels are frozen. All",
];

/// A claim whose n-th appearance is in the source `sN` with that further front matter.
fn made(fronts: &[&str]) -> Project {
    let mut project = Project::new().entity("peskov", "").entity("ria", "").entity("official", "kind = \"anonymous\"");
    let mut claim = String::new();
    for (n, front) in fronts.iter().enumerate() {
        project = project.source(&format!("s{n}"), BODY);
        claim += &format!("{}{front}\n", appearance(&format!("s{n}"), QUOTES[n]));
    }
    project.claim("c", &claim)
}

fn origins(project: Project) -> (Origins, Dossier) {
    let dossier = project.dossier();
    (claim(&dossier, "c").origins.clone(), dossier)
}

fn agent(dossier: &Dossier, id: &str) -> Agent {
    match record(dossier, id) {
        RecordRef::Entity(ix) => Agent::Entity(ix),
        RecordRef::Source(ix) => Agent::Source(ix),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_origin_is_the_chains_first_link() {
    let chain = "attribution = [{ who = \"peskov\", as = \"the Kremlin\" }, \"ria\"]";
    let other = "attribution = [{ who = \"peskov\", as = \"Russian authorities\" }, \"ria\"]\nvoice = \"adopts\"";
    let (origins, dossier) = origins(made(&[chain, other]));
    assert_eq!(origins.asserted, Tally { appearances: 2, sources: 2 });
    assert_eq!(origins.origins.len(), 1);
    assert_eq!(origins.origins[0].who, agent(&dossier, "peskov"));
    assert_eq!(origins.origins[0].named_as, ["the Kremlin", "Russian authorities"]);
    assert_eq!(origins.origins[0].appearances, [0, 1]);
    assert_eq!(origins.through, [agent(&dossier, "ria")]);
}

#[test]
fn an_appearance_without_a_chain_starts_with_its_publisher_and_passes_through_nobody() {
    let project = made(&["attribution = [\"peskov\", \"ria\"]"]);
    let front = format!(
        "{}attribution = [\"peskov\", \"ria\"]\n{}",
        appearance("s0", QUOTES[0]),
        appearance("t", "It is frozen here")
    );
    let project = project
        .source_with("t", "publisher = \"The Times\"\nauthors = [\"A\"]", "It is frozen here.")
        .claim("d", &front);
    let dossier = project.dossier();
    let origins = &claim(&dossier, "d").origins;
    assert_eq!(origins.origins[1].who, Agent::Name("The Times".into()));
    assert!(origins.through.is_empty());
}

#[test]
fn without_a_publisher_the_authors_are_the_origin_and_without_them_the_source() {
    let start = |front: &str| {
        let project = Project::new().source_with("s", front, BODY).claim("c", &appearance("s", QUOTES[0]));
        let dossier = project.dossier();
        claim(&dossier, "c").origins.origins[0].who.clone()
    };
    assert_eq!(start("authors = [\"Ann\"]"), Agent::Name("Ann".into()));
    assert_eq!(start("authors = [\"Ann\", \"Bo\"]"), Agent::Name("Ann, Bo".into()));
    assert!(matches!(start(""), Agent::Source(_)));
}

#[test]
fn denials_and_questions_are_counted_apart() {
    let (origins, _) = origins(made(&["", "stance = \"denies\"", "stance = \"questions\"", "stance = \"denies\""]));
    assert_eq!(origins.asserted, Tally { appearances: 1, sources: 1 });
    assert_eq!(origins.denied, Tally { appearances: 2, sources: 2 });
    assert_eq!(origins.questioned, Tally { appearances: 1, sources: 1 });
    assert_eq!(origins.origins.len(), 1);
}

#[test]
fn anonymous_links_are_the_same_only_by_their_record() {
    let (origins, dossier) = origins(made(&[
        "attribution = [\"official\"]",
        "attribution = [\"official\"]",
        "attribution = [\"An official\"]",
    ]));
    assert_eq!(origins.origins.len(), 2);
    assert_eq!(origins.origins[0].who, agent(&dossier, "official"));
    assert!(origins.origins[0].anonymous);
    assert!(!origins.origins[1].anonymous);
}

#[test]
fn one_of_several_origins_can_be_whom_all_pass_through() {
    let (origins, dossier) = origins(made(&["attribution = [\"peskov\", \"ria\"]", "attribution = [\"ria\"]"]));
    assert_eq!(origins.origins.len(), 2);
    assert_eq!(origins.through, [agent(&dossier, "ria")]);
}

#[test]
fn variants_are_one_speakers_direct_words() {
    let direct = "speech = \"direct\"\nattribution = [\"peskov\"]";
    let dossier = made(&[direct, direct, "speech = \"indirect\"\nattribution = [\"peskov\"]"]).dossier();
    let [variants] = &claim(&dossier, "c").variants[..] else { panic!() };
    assert_eq!(variants.speaker, agent(&dossier, "peskov"));
    let words =
        |n: usize| variants.wordings[n].words.iter().map(|(word, same)| (word.as_str(), *same)).collect::<Vec<_>>();
    assert_eq!(words(0), [("All", false), ("the", false), ("channels", true), ("are", true), ("frozen", true)]);
    assert_eq!(words(1), [("The", false), ("channels", true), ("are", true), ("not", false), ("frozen", true)]);
    assert_eq!(variants.wordings[1].appearances, [1]);
}

#[test]
fn the_first_wording_is_held_against_those_that_are_alike() {
    let front = |source: &str, quote: &str| {
        format!("{}speech = \"direct\"\nattribution = [\"P\"]\n", appearance(source, quote))
    };
    let dossier = Project::new()
        .source("s", "We talk little, (if at all).")
        .source("t", "We talk little, [if at all].")
        .source("u", "Talking Is Over.")
        .claim(
            "c",
            &(front("s", "We talk little, (if at all)")
                + &front("t", "We talk little, [if at all]")
                + &front("u", "Talking Is Over")),
        )
        .dossier();
    let wordings = &claim(&dossier, "c").variants[0].wordings;
    let same = |n: usize| wordings[n].words.iter().map(|(_, same)| *same).collect::<Vec<_>>();
    assert_eq!(same(0), [true, true, true, false, true, false]);
    assert_eq!(same(1), [true, true, true, false, true, false]);
    assert_eq!(same(2), [false; 3]);
    assert!(wordings[1].is_alike(6) && !wordings[2].is_alike(6));
}

#[test]
fn what_folding_makes_equal_is_no_variant() {
    let front = |source: &str, quote: &str| {
        format!("{}speech = \"direct\"\nattribution = [\"P\"]\n", appearance(source, quote))
    };
    let dossier = Project::new()
        .source("s", "They don't talk at all.")
        .source("t", "They don’t talk at all.")
        .claim("c", &(front("s", "They don't talk") + &front("t", "They don’t talk")))
        .dossier();
    assert!(claim(&dossier, "c").variants.is_empty());
}

#[test]
fn words_of_two_speakers_or_two_languages_are_no_variants() {
    let dossier =
        made(&["speech = \"direct\"\nattribution = [\"peskov\"]", "speech = \"direct\"\nattribution = [\"ria\"]"]);
    assert!(claim(&dossier.dossier(), "c").variants.is_empty());
    let front = |source: &str, quote: &str| {
        format!("{}speech = \"direct\"\nattribution = [\"P\"]\n", appearance(source, quote))
    };
    let dossier = Project::new()
        .source_with("s", "language = \"en\"", "We hardly talk.")
        .source_with("t", "language = \"de\"", "Wir reden kaum.")
        .claim("c", &(front("s", "We hardly talk") + &front("t", "Wir reden kaum")))
        .dossier();
    assert!(claim(&dossier, "c").variants.is_empty());
}

fn related(front: &str) -> Project {
    let front = format!("{}{front}", appearance("s", "The first words"));
    Project::new()
        .source("s", "The first words here.")
        .claim("c", &front)
        .claim("d", &appearance("s", "The first words"))
}

#[test]
fn relations_are_seen_from_both_sides() {
    let dossier = related("[[relation]]\ntype = \"contradicts\"\nclaim = \"d\"\n").dossier();
    let RecordRef::Claim(c) = record(&dossier, "c") else { panic!() };
    assert_eq!(claim(&dossier, "c").relations.len(), 1);
    assert_eq!(*claim(&dossier, "d").related_by, [(c, 0)]);
}

#[test]
fn a_symmetric_relation_stated_on_both_sides_is_shown_once_and_said() {
    let front = |to: &str| {
        let relation = format!("[[relation]]\ntype = \"contradicts\"\nclaim = \"{to}\"\nreason = \"Words.\"\n");
        appearance("s", "The first words") + &relation
    };
    let project = Project::new()
        .source("s", "The first words here.")
        .claim("c", &front("d"))
        .claim("d", &front("c"))
        .lint("relation-from-both-sides");
    let told = project.only("relation-from-both-sides");
    assert!(!told.is_error());
    assert_eq!(told.path(told.one.span.unwrap().file), "content/claims/d.md");
    assert_eq!(told.path(told.one.others[0].place.file), "content/claims/c.md");
    let dossier = project.resolve().dossier;
    assert!(claim(&dossier, "c").related_by.is_empty() && claim(&dossier, "d").related_by.is_empty());
}

#[test]
fn an_unknown_relation_type_gets_the_nearest() {
    let told = related("[[relation]]\ntype = \"disputs\"\nclaim = \"d\"\n").only("unknown-relation-type");
    assert!(told.hints().contains("did you mean `disputes`?"));
    assert_eq!(told.underlined(), "\"disputs\"");
}

#[test]
fn what_is_wrong_in_a_relation_that_is_wrong_is_found_too() {
    let front = "[[relation]]\ntype = \"disputs\"\nclaim = \"d\"\nreason = \"[[nothing]]\"\n\
                 by = { source = \"s\", quote = \"The first word\" }\n";
    let mut codes: Vec<String> = related(front).resolve().codes().into_iter().map(str::to_owned).collect();
    codes.sort();
    assert_eq!(codes, ["quote-near-miss", "unknown-id", "unknown-relation-type"]);
}

#[test]
fn a_relation_of_a_claim_to_itself_is_an_error() {
    related("[[relation]]\ntype = \"supports\"\nclaim = \"c\"\n").only("self-relation");
}

#[test]
fn a_relation_is_given_once_unless_somebody_else_draws_it() {
    let twice = "[[relation]]\ntype = \"supports\"\nclaim = \"d\"\n[[relation]]\ntype = \"supports\"\nclaim = \"d\"\n";
    let told = related(twice).only("duplicate-relation");
    assert_eq!(told.others(), ["[[relation]]"]);
    related(&format!("{twice}by = {{ source = \"s\", quote = \"The first words here\" }}\n")).dossier();
}

#[test]
fn an_unknown_rating_gets_the_nearest() {
    let told = related("[[verdict]]\nrating = \"mostly-tru\"\n").only("unknown-rating");
    assert_eq!(told.hints(), "did you mean `mostly-true`?");
}

#[test]
fn the_last_verdict_holds() {
    let dossier = related("[[verdict]]\nrating = \"true\"\n[[verdict]]\nrating = \"false\"\n").dossier();
    let rating = claim(&dossier, "c").rating().unwrap();
    assert_eq!(dossier.config.ratings[rating.index()].id, "false");
}

#[test]
fn the_words_of_a_link_are_the_claim_without_its_full_stop() {
    assert_eq!(claim(&related("").dossier(), "c").short, "Claim c");
}
