use super::*;
use crate::anchor::FOLD_VERSION;
use crate::dossier::CaptureCheck;
use crate::lock::Entry;
use crate::resolve::record as record_lock;

const CAPTURED: &str = "Title of s\n\nThe first paragraph is here. It has two sentences.\n\nThe second one.\n";
const BODY: &str = "The first paragraph is here. It has two sentences.\n\nThe second one.";

fn front(sha256: &str) -> String {
    format!("[capture]\nfile = \"s.txt\"\nsha256 = \"{sha256}\"\n")
}

fn captured(body: &str, capture: &str) -> Project {
    Project::new().source_with("s", &front(&sha256(capture.as_bytes())), body).capture("s.txt", capture)
}

#[test]
fn a_body_that_is_its_capture_passes() {
    captured(BODY, CAPTURED).dossier();
}

#[test]
fn folding_and_markup_are_no_difference() {
    captured("The *first* paragraph\nis here. It has two sentences.\n\nThe second one.", CAPTURED).dossier();
}

#[test]
fn another_hash_is_an_error_that_gives_the_new_one() {
    let told = Project::new()
        .source_with("s", &front(&"0".repeat(64)), BODY)
        .capture("s.txt", CAPTURED)
        .only("source-changed");
    assert!(told.underlined().contains("0000"));
    assert!(told.hints().contains(&sha256(CAPTURED.as_bytes())));
}

#[test]
fn a_changed_word_is_an_error_at_its_block() {
    let told = captured(&BODY.replace("second", "third"), CAPTURED).only("capture-mismatch");
    assert_eq!(told.underlined(), "The third one.");
    assert!(told.hints().contains("third"), "{}", told.hints());
    assert!(told.hints().contains("second"), "{}", told.hints());
}

#[test]
fn the_order_counts() {
    let told = captured("The second one.\n\nThe first paragraph is here. It has two sentences.", CAPTURED)
        .only("capture-mismatch");
    assert!(told.one.message.contains("earlier"));
}

#[test]
fn a_passage_that_is_captured_once_cannot_stand_twice() {
    captured(&format!("{BODY}\n\nThe second one."), CAPTURED).only("capture-mismatch");
    captured(&format!("{BODY}\n\nThe second one."), &format!("{CAPTURED}\nThe second one.\n")).dossier();
}

#[test]
fn what_a_whole_body_lacks_is_a_warning() {
    let told = captured(BODY, &format!("{CAPTURED}\nAnd a third paragraph.\n")).only("capture-text-missing");
    assert!(!told.is_error());
    assert_eq!(told.others(), ["And a third paragraph."]);
}

#[test]
fn what_excerpts_lack_is_not_reported() {
    let front = format!("extent = \"excerpts\"\n{}", front(&sha256(CAPTURED.as_bytes())));
    let project = Project::new().source_with("s", &front, "[…]\n\nThe second one.").capture("s.txt", CAPTURED);
    project.dossier();
}

#[test]
fn a_title_need_not_be_in_the_capture() {
    captured(BODY, CAPTURED.split_once("\n\n").unwrap().1).dossier();
}

#[test]
fn without_a_body_the_capture_is_the_text() {
    let dossier = captured("", CAPTURED).claim("c", &appearance("s", "first paragraph is here")).dossier();
    assert_eq!(source(&dossier, "s").text.as_ref().unwrap().plain(), CAPTURED);
    assert_eq!(source(&dossier, "s").passages.len(), 1);
}

#[test]
fn captures_of_markdown_and_html_are_texts_without_a_further_title() {
    for (name, capture) in
        [("s.md", "## The head\n\nThe *words* here."), ("s.html", "<h2>The head</h2><p>The <i>words</i> here.")]
    {
        let project = Project::new()
            .source_with("s", &format!("[capture]\nfile = \"{name}\"\n"), "")
            .capture(name, capture)
            .claim("c", &appearance("s", "The words here"));
        let dossier = project.dossier();
        assert_eq!(
            source(&dossier, "s").text.as_ref().unwrap().plain().trim_end(),
            "The head\nThe words here.",
            "{name}"
        );
    }
}

#[test]
fn a_quotation_that_fails_in_a_changed_capture_says_so() {
    let resolved = Project::new()
        .source_with("s", &front(&"0".repeat(64)), "")
        .capture("s.txt", CAPTURED)
        .claim("c", &appearance("s", "penguins waddle across glaciers"))
        .resolve();
    assert!(resolved.report.iter().any(|one| one.hints.iter().any(|hint| hint.contains("has changed since"))));
}

#[test]
fn the_place_of_a_near_miss_in_a_capture_is_in_the_capture() {
    let told = captured("", CAPTURED).claim("c", &appearance("s", "It has three sentences.")).only("quote-near-miss");
    assert_eq!(told.path(told.one.others[0].place.file), "captures/s.txt");
    assert_eq!(told.others(), ["It has two sentences."]);
}

fn recorded(project: &Project, date: &str) -> Lock {
    project.input(|input| record_lock(input, date)).0.0
}

#[test]
fn recording_makes_an_entry_of_what_matched() {
    let lock = recorded(&captured(BODY, CAPTURED), "2026-11-22");
    let entry = &lock.sources[&RecordId::new("s").unwrap()];
    assert_eq!(entry.capture, sha256(CAPTURED.as_bytes()));
    assert_eq!((entry.fold, entry.date.as_str()), (FOLD_VERSION, "2026-11-22"));
}

#[test]
fn recording_again_keeps_the_date_of_what_is_the_same() {
    let mut project = captured(BODY, CAPTURED);
    project.lock = recorded(&project, "2026-11-22");
    assert_eq!(recorded(&project, "2027-01-01"), project.lock);
}

#[test]
fn recording_keeps_what_it_cannot_check_and_drops_what_is_unknown_or_wrong() {
    let entry = |date: &str| Entry { capture: String::new(), body: String::new(), fold: 1, date: date.to_owned() };
    let id = |id| RecordId::new(id).unwrap();
    let mut project = Project::new()
        .source_with("absent", "[capture]\nfile = \"absent.txt\"\n", "Words.")
        .source_with("wrong", "[capture]\nfile = \"wrong.txt\"\n", "Other words than those.")
        .capture("wrong.txt", "Something else.");
    project.lock.sources = [(id("absent"), entry("A")), (id("wrong"), entry("B")), (id("unknown"), entry("C"))].into();
    let lock = recorded(&project, "2026-11-22");
    assert_eq!(lock.sources.into_iter().collect::<Vec<_>>(), [(id("absent"), entry("A"))]);
}

#[test]
fn the_lock_says_what_was_checked() {
    let check = |project: &Project| source(&project.resolve().dossier, "s").capture.clone().unwrap().check;
    let mut project = captured(BODY, CAPTURED);
    assert_eq!(check(&project), CaptureCheck::NotChecked);
    project.lock = recorded(&project, "2026-11-22");
    assert_eq!(check(&project), CaptureCheck::Matched { on: "2026-11-22".to_owned() });
    // The answer is the same without the capture.
    project.captures.clear();
    assert_eq!(check(&project), CaptureCheck::Matched { on: "2026-11-22".to_owned() });
    project.files[0].1 = project.files[0].1.replace("second", "third");
    assert_eq!(check(&project), CaptureCheck::Stale { on: "2026-11-22".to_owned() });
}

#[test]
fn an_entry_of_another_fold_version_is_stale() {
    let mut project = captured(BODY, CAPTURED);
    project.lock = recorded(&project, "2026-11-22");
    for entry in project.lock.sources.values_mut() {
        entry.fold += 1;
    }
    let dossier = project.dossier();
    assert!(matches!(source(&dossier, "s").capture.as_ref().unwrap().check, CaptureCheck::Stale { .. }));
}
