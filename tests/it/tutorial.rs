//! `docs/tutorial.md`, taken step by step.

use std::fs;

use crate::walkthrough::{Step, answer, follow, steps};

#[test]
fn the_tutorial_leads_to_the_dossier_that_it_promises() {
    let steps = steps(include_str!("../../docs/tutorial.md"), None);
    let written = steps.iter().filter(|step| matches!(step, Step::Write { .. })).count();
    assert!(written >= 10 && steps.len() >= written + 10, "only {steps:?}");
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = follow(steps, temporary.path());
    let again = answer("casebook build", &folder);
    assert!(again.contains("public: 0 files written, "), "{again}");
    let page = |path: &str| fs::read_to_string(folder.join("public").join(path)).expect("the page");
    let claim = crate::support::without_tags(&page("claims/council-had-the-result.html"));
    let claim = claim.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["1 origin: A council official (name withheld)", "Denied in 1 appearance", "Mostly true", "Corrected"]
    {
        assert!(claim.contains(words), "the page says nothing of {words:?}: {claim}");
    }
}
