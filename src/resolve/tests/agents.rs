use super::*;
use crate::dossier::Agent;

fn about(agents: &str) -> Project {
    let front = format!("about = {agents}\n{}", appearance("s", "Some words here"));
    Project::new().source("s", "Some words here.").claim("c", &front)
}

#[test]
fn an_id_is_a_records() {
    let dossier = about("[\"peskov\"]").entity("peskov", "").dossier();
    assert_eq!(RecordRef::Entity(crate::dossier::EntityIx(0)), record(&dossier, "peskov"));
    assert_eq!(claim(&dossier, "c").about, [Agent::Entity(crate::dossier::EntityIx(0))]);
    assert_eq!(entity(&dossier, "peskov").about.len(), 1);
}

#[test]
fn an_unknown_id_tells_how_to_write_a_plain_name() {
    let told = about("[\"bellingcat\"]").only("unknown-id");
    assert!(told.hints().contains("{ name = \"bellingcat\" }"), "{}", told.hints());
}

#[test]
fn a_plain_name_stays_one() {
    assert_eq!(claim(&about("[\"Mir TV\"]").dossier(), "c").about, [Agent::Name("Mir TV".into())]);
}

#[test]
fn a_plain_name_that_equals_an_entitys_is_taken_for_it_with_a_lint() {
    let project = about("[\"the Kremlin\"]").entity("kremlin", "other_names = [\"the Kremlin\"]");
    let told = project.lint("name-without-record").only("name-without-record");
    assert!(!told.is_error());
    assert_eq!(told.underlined(), "\"the Kremlin\"");
}

#[test]
fn a_name_is_compared_letter_by_letter() {
    let project = about("[\"The Kremlin\"]").entity("kremlin", "other_names = [\"the Kremlin\"]");
    let dossier = project.lint("name-without-record").dossier();
    assert_eq!(claim(&dossier, "c").about, [Agent::Name("The Kremlin".into())]);
}

#[test]
fn a_name_of_two_entities_stays_plain() {
    let project = about("[\"Ivanov\"]")
        .entity("one", "other_names = [\"Ivanov\"]")
        .entity("two", "other_names = [\"Ivanov\", \"Ivanov\"]")
        .lint("name-without-record");
    let resolved = project.resolve();
    assert_eq!(resolved.codes(), ["name-without-record"]);
    assert!(resolved.report[0].message.contains("`one`, `two`"));
    assert_eq!(claim(&resolved.dossier, "c").about, [Agent::Name("Ivanov".into())]);
}

#[test]
fn a_forced_name_is_never_a_record() {
    let dossier = about("[{ name = \"peskov\" }]").entity("peskov", "").lint("name-without-record").dossier();
    assert_eq!(claim(&dossier, "c").about, [Agent::Name("peskov".into())]);
}

#[test]
fn a_name_that_occurs_three_times_wants_a_record() {
    let project = |count: usize| {
        let names = vec!["\"Mir TV\""; count].join(", ");
        let front = format!("{}attribution = [{names}]\n", appearance("s", "Some words here"));
        Project::new().source("s", "Some words here.").claim("c", &front).lint("name-without-record")
    };
    assert!(project(2).resolve().report.is_empty());
    let told = project(3).only("name-without-record");
    assert_eq!(told.one.message, "`Mir TV` is named 3 times and has no record");
    assert_eq!(told.others(), ["\"Mir TV\"", "\"Mir TV\""]);
}

#[test]
fn only_a_chain_can_name_a_source() {
    let chain = format!("{}attribution = [\"s\"]\n", appearance("s", "Some words here"));
    let dossier = Project::new().source("s", "Some words here.").claim("c", &chain).dossier();
    assert!(matches!(claim(&dossier, "c").appearances[0].attribution[0].who, Agent::Source(_)));
    assert_eq!(about("[\"s\"]").only("wrong-kind").one.message, "`s` is a source, not an entity");
}

#[test]
fn an_entity_knows_what_it_wrote_published_and_passed_on() {
    let front = format!("{}attribution = [\"a\", \"b\"]\n", appearance("s", "Some words here"));
    let dossier = Project::new()
        .source_with("s", "authors = [\"a\"]\npublisher = \"b\"", "Some words here.")
        .claim("c", &front)
        .entity("a", "")
        .entity("b", "")
        .dossier();
    assert_eq!(entity(&dossier, "a").wrote.len(), 1);
    assert_eq!(entity(&dossier, "b").published.len(), 1);
    assert_eq!(*entity(&dossier, "a").attributed, [(crate::dossier::ClaimIx(0), 0, 0)]);
    assert_eq!(*entity(&dossier, "b").attributed, [(crate::dossier::ClaimIx(0), 0, 1)]);
}
