//! The theme `plain`, and making one: `docs/themes.md` makes a theme step by step: the steps are taken here, and what the
//! program answers is held against what the page says that it answers.

use std::fs;
use std::path::Path;

use crate::support::copy_folder;
use crate::walkthrough::{Step, answer, follow, steps};

/// The section of the page that is the tutorial.
const HEADING: &str = "Make one, step by step";

#[test]
fn the_example_is_sound_in_the_theme_plain() {
    let folder = tempfile::tempdir().expect("a folder");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["content", "themes/plain"] {
        copy_folder(&repository.join(name), &folder.path().join(name));
    }
    let settings = fs::read_to_string(repository.join("casebook.toml")).expect("settings");
    fs::write(folder.path().join("casebook.toml"), format!("theme = \"plain\"\n{settings}")).expect("settings");
    fs::copy(repository.join("captures.lock"), folder.path().join("captures.lock")).expect("the lock");
    let checked = answer("casebook check", folder.path());
    assert!(checked.starts_with("nothing is wrong in "), "{checked}");
    answer("casebook build", folder.path());
    let page = |path: &str| fs::read_to_string(folder.path().join("public").join(path)).expect("the page");
    assert!(page("claims/channels-frozen.html").contains("<link rel=\"stylesheet\" href=\"../assets/plain.css\">"));
    assert!(!page("ratings/index.html").contains("rating-mark"), "ratings are words");
}

#[test]
fn the_tutorial_on_themes_does_what_it_says() {
    let page = include_str!("../../docs/themes.md");
    let steps = steps(page, Some(HEADING));
    let written = steps.iter().filter(|step| matches!(step, Step::Write { .. })).count();
    assert!(written >= 5 && steps.len() >= written + 5, "only {steps:?}");
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = follow(steps, temporary.path());
    let claim = fs::read_to_string(folder.join("public/claims/ferry-ran-late.html")).expect("the page");
    assert!(claim.contains("../assets/ink.css") && claim.contains("In running text: the ferry left late."), "{claim}");
}
