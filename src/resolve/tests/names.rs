use super::*;

#[test]
fn two_files_with_one_id_are_an_error_that_names_both() {
    let told = Project::new().source("one", "Words.").entity("one", "").only("duplicate-id");
    assert!(told.is_error());
    assert_eq!(told.path(told.one.span.unwrap().file), "content/sources/one.md");
    assert_eq!(told.path(told.one.others[0].place.file), "content/entities/one.md");
}

#[test]
fn what_is_wrong_in_both_files_of_one_id_is_found() {
    let resolved = Project::new()
        .file("commentary/a/x.md", "+++\ntitle = \"A\"\n+++\n[[nothing-one]]\n")
        .file("commentary/b/x.md", "+++\ntitle = \"B\"\n+++\n[[nothing-two]]\n")
        .resolve();
    let codes = resolved.codes();
    assert_eq!(codes.iter().filter(|code| **code == "unknown-id").count(), 2);
    assert_eq!(codes.iter().filter(|code| **code == "duplicate-id").count(), 1);
}

#[test]
fn what_refers_to_an_id_of_two_files_raises_no_second_error() {
    let resolved = Project::new()
        .claim("one", "")
        .entity("one", "")
        .essay("e", "[[one]]")
        .source_with("s", "publisher = \"one\"", "Words.")
        .lint("unused-entity")
        .resolve();
    let codes = resolved.codes();
    assert!(codes.contains(&"duplicate-id"));
    assert!(!codes.contains(&"wrong-kind") && !codes.contains(&"unused-entity"), "{codes:?}");
}

#[test]
fn a_draft_contests_no_published_name() {
    let draft = "+++\ntitle = \"Draft\"\ndraft = true\naliases = [\"e\"]\n+++\n";
    let told = Project::new().entity("e", "").essay("x", "[[e]]").file("commentary/a.md", draft).only("duplicate-id");
    assert!(!told.is_error());
}

#[test]
fn an_alias_is_part_of_the_name_space() {
    let told = Project::new().entity("one", "").entity("two", "aliases = [\"one\"]").only("duplicate-id");
    assert_eq!(told.underlined(), "\"one\"");
    assert!(told.one.message.contains("alias"));
}

#[test]
fn an_alias_cannot_be_the_records_own_id() {
    let told = Project::new().entity("one", "aliases = [\"one\"]").only("duplicate-id");
    assert!(told.one.message.contains("this record's id"));
}

#[test]
fn a_reference_to_an_alias_leads_to_the_record() {
    let dossier = Project::new()
        .source_with("new", "aliases = [\"old\"]", "The channels are frozen.")
        .claim_with("c", &appearance("old", "channels are frozen"), "See [[old]].")
        .dossier();
    assert_eq!(record(&dossier, "old"), record(&dossier, "new"));
    assert_eq!(source(&dossier, "new").passages.len(), 1);
    assert_eq!(source(&dossier, "new").meta.backlinks.len(), 1);
}

#[test]
fn reserved_names_are_no_ids_and_no_aliases() {
    let resolved = Project::new().entity("page-2", "").entity("one", "aliases = [\"index\"]").resolve();
    assert_eq!(resolved.codes(), ["reserved-id", "reserved-id"]);
}

#[test]
fn an_unknown_id_gets_the_nearest_of_the_right_kind() {
    let told = Project::new()
        .source("kremlin-report", "Words.")
        .entity("kremlin-reporter", "")
        .claim("c", &appearance("kremlin-reporte", "Words"))
        .only("unknown-id");
    assert_eq!(told.underlined(), "\"kremlin-reporte\"");
    assert_eq!(told.hints(), "did you mean `kremlin-report`?");
    assert!(told.one.message.contains("no source"));
}

#[test]
fn failing_that_it_gets_the_nearest_of_any_kind() {
    let told = Project::new()
        .entity("dmitri-peskov", "")
        .source("s", "Some words here.")
        .claim("c", &appearance("dmitri-peskow", "Some words here"))
        .only("unknown-id");
    assert_eq!(told.hints(), "did you mean `dmitri-peskov`? That is an entity");
}

#[test]
fn a_record_of_the_wrong_kind_is_named_for_what_it_is() {
    let told = Project::new()
        .source("s", "Some words here.")
        .claim("other", &appearance("s", "Some words here"))
        .claim("c", &appearance("other", "Some words here"))
        .only("wrong-kind");
    assert_eq!(told.one.message, "`other` is a claim, not a source");
}

#[test]
fn a_file_with_errors_raises_no_second_error_where_it_is_referred_to() {
    let resolved = Project::new()
        .file("sources/broken.md", "no front matter")
        .claim_with("c", &appearance("broken", "Some words here"), "[[broken]] and [it](../sources/broken.md)")
        .resolve();
    assert!(resolved.report.iter().all(|one| resolved.files.get(one.span.unwrap().file).path.contains("broken")));
    assert!(!resolved.report.is_empty());
}

#[test]
fn a_broken_file_of_the_wrong_kind_is_still_of_the_wrong_kind() {
    let resolved = Project::new()
        .file("sources/broken.md", "no front matter")
        .entity("e", "")
        .claim("c", &(String::from("about = [\"broken\"]\n") + &appearance("broken", "Some words here")))
        .resolve();
    assert!(resolved.codes().contains(&"wrong-kind"));
}

#[test]
fn a_tag_is_no_record_and_the_hint_says_so() {
    let told = Project::new()
        .file("commentary/e.md", "+++\ntitle = \"E\"\ntags = [\"diplomacy\"]\n+++\n[[diplomacy]]\n")
        .only("unknown-id");
    assert!(told.hints().contains("`diplomacy` is a tag"));
}
