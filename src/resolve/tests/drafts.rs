use super::*;

const DRAFT: &str = "+++\ntitle = \"Draft\"\ndraft = true\n+++\n";

fn draft(body: &str) -> Project {
    Project::new().file("commentary/draft.md", format!("{DRAFT}{body}\n"))
}

#[test]
fn drafts_are_left_out() {
    let dossier = draft("").essay("e", "Words.").dossier();
    assert_eq!(dossier.commentary.len(), 1);
    assert!(!dossier.by_id.contains_key(&RecordId::new("draft").unwrap()));
}

#[test]
fn drafts_are_in_where_they_are_asked_for() {
    let dossier = draft("").essay("e", "[[draft]]").with_drafts().dossier();
    assert!(dossier.commentary[0].meta.draft);
    assert_eq!(dossier.commentary.len(), 2);
}

#[test]
fn a_link_to_a_draft_is_an_error() {
    for link in ["[[draft]]", "[it](draft.md)", "![[draft]]"] {
        let told = draft("").essay("e", link).only("link-to-draft");
        assert!(told.is_error());
        assert_eq!(told.underlined(), link);
        assert!(told.hints().contains("--drafts"));
    }
}

#[test]
fn a_reference_in_front_matter_to_a_draft_is_an_error() {
    let told = Project::new()
        .source_with("s", "draft = true", "Some words here.")
        .claim("c", &appearance("s", "Some words here"))
        .only("link-to-draft");
    assert_eq!(told.underlined(), "\"s\"");
}

#[test]
fn what_is_wrong_in_a_draft_is_a_warning() {
    let told = draft("[[nothing]]").only("unknown-id");
    assert!(!told.is_error());
    let resolved = Project::new().file("commentary/draft.md", "+++\ndraft = true\nnope = 1\n+++\n").resolve();
    assert!(!resolved.report.is_empty());
    assert!(resolved.report.iter().all(|one| one.severity == Severity::Warning));
}

#[test]
fn what_is_wrong_in_a_draft_is_an_error_where_it_is_built() {
    assert!(draft("[[nothing]]").with_drafts().only("unknown-id").is_error());
}

#[test]
fn the_quotations_of_a_draft_are_checked() {
    let front = format!("draft = true\n{}", appearance("s", "Some other words"));
    let project = Project::new().source("s", "Some words here.").claim("c", &front);
    assert!(!project.resolve().report.is_empty());
    assert!(project.resolve().report.iter().all(|one| one.severity == Severity::Warning));
}

#[test]
fn a_draft_may_link_to_a_draft() {
    draft("[[other]]").file("commentary/other.md", DRAFT).dossier();
}

#[test]
fn a_draft_that_holds_an_id_twice_is_said_once() {
    let told = draft("").entity("draft", "").only("duplicate-id");
    assert!(!told.is_error(), "a draft takes no name from what is published");
}
