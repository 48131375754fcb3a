use super::*;

const BODY: &str = "The first words here. He did not say so. They deny that it was planned. “Never again,” she said. \
    If only it had rained.";

fn quoting(quote: &str) -> Project {
    Project::new().source("s", BODY).claim("c", &appearance("s", quote))
}

#[test]
fn a_source_that_no_claim_appears_in_is_an_orphan() {
    let told = Project::new().source("s", "Words.").essay("e", "[[s]]").lint("orphan-source").only("orphan-source");
    assert_eq!(told.underlined(), "Title of s");
    assert!(quoting("The first words").lint("orphan-source").resolve().report.is_empty());
}

#[test]
fn with_a_file_unread_nothing_is_called_an_orphan() {
    let resolved = Project::new().source("s", "Words.").file("claims/c.md", "broken").lint("orphan-source").resolve();
    assert!(!resolved.codes().contains(&"orphan-source"));
}

#[test]
fn an_entity_that_nothing_names_is_unused() {
    let project = Project::new().entity("e", "").lint("unused-entity");
    project.only("unused-entity");
    let used = Project::new().entity("e", "").essay("x", "[[e]]").lint("unused-entity");
    used.dossier();
    let named = Project::new().source_with("s", "publisher = \"e\"", "Words.").entity("e", "").lint("unused-entity");
    named.dossier();
}

#[test]
fn verdicts_and_relations_want_reasons() {
    let with = |front: &str| {
        let front = format!("{}{front}", appearance("s", "The first words"));
        Project::new().source("s", BODY).claim("c", &front).claim("d", &appearance("s", "The first words"))
    };
    let verdict = "[[verdict]]\nrating = \"true\"\n";
    with(verdict).lint("verdict-without-reason").only("verdict-without-reason");
    with(&format!("{verdict}reason = \"Seen.\"\n")).lint("verdict-without-reason").dossier();
    let relation = "[[relation]]\ntype = \"supports\"\nclaim = \"d\"\n";
    with(relation).lint("relation-without-reason").only("relation-without-reason");
    with(&format!("{relation}reason = \"Seen.\"\n")).lint("relation-without-reason").dossier();
}

fn rated(c: &str, d: &str) -> Project {
    let front = |more: &str| format!("{}{more}", appearance("s", "The first words"));
    Project::new().source_with("s", "date = 2017-01-01", BODY).claim("c", &front(c)).claim("d", &front(d))
}

const TRUE: &str = "[[verdict]]\nrating = \"true\"\n";

#[test]
fn two_claims_that_contradict_each_other_cannot_both_hold() {
    let contradicts = "[[relation]]\ntype = \"contradicts\"\nclaim = \"d\"\n";
    let told =
        rated(&format!("{contradicts}{TRUE}"), TRUE).lint("contradictory-verdicts").only("contradictory-verdicts");
    assert_eq!(told.others().len(), 2);
    rated(&format!("{contradicts}{TRUE}"), "").lint("contradictory-verdicts").dossier();
    let disputes = "[[relation]]\ntype = \"disputes\"\nclaim = \"d\"\n";
    rated(&format!("{disputes}{TRUE}"), TRUE).lint("contradictory-verdicts").dossier();
}

#[test]
fn a_pair_that_contradicts_each_other_on_both_sides_is_said_once() {
    let contradicts = |id| format!("[[relation]]\ntype = \"contradicts\"\nclaim = \"{id}\"\n{TRUE}");
    rated(&contradicts("d"), &contradicts("c")).lint("contradictory-verdicts").only("contradictory-verdicts");
}

#[test]
fn a_verdict_answers_a_dispute_by_naming_it_later() {
    let disputes = "[[relation]]\ntype = \"disputes\"\nclaim = \"d\"\n";
    let verdict = |date: &str, reason: &str| format!("{TRUE}date = {date}\nreason = \"{reason}\"\n");
    let project = |d: &str| rated(disputes, d).lint("unanswered-dispute");
    let told = project(&verdict("2018-01-01", "So it is.")).only("unanswered-dispute");
    assert!(told.one.message.contains("does not mention it"));
    let told = project(&verdict("2016-01-01", "See [[c]].")).only("unanswered-dispute");
    assert!(told.one.message.contains("older"));
    project(&verdict("2018-01-01", "See [[c]].")).dossier();
    project("[[verdict]]\nrating = \"disputed\"\n").dossier();
}

#[test]
fn claims_that_support_each_other_in_a_circle_are_said_once() {
    let supports = |id| format!("[[relation]]\ntype = \"supports\"\nclaim = \"{id}\"\n");
    let told = rated(&supports("d"), &supports("c")).lint("support-cycle").only("support-cycle");
    assert!(told.one.message.ends_with("`c` → `d` → `c`"));
    rated(&supports("d"), "").lint("support-cycle").dossier();
}

#[test]
fn a_quote_that_begins_after_a_negation_is_clipped() {
    let lint = "quote-clipped-after-negation";
    for (quote, word) in
        [("say so", "not"), ("it was planned", "deny"), ("only it had rained", "If"), ("again", "Never")]
    {
        let told = quoting(quote).lint(lint).only(lint);
        assert_eq!(told.others(), [word], "{quote}");
    }
    for quote in ["not say so", "The first words", "she said", "He did not"] {
        quoting(quote).lint(lint).dossier();
    }
}

#[test]
fn a_negation_left_out_between_two_pieces_is_clipped_too() {
    let lint = "quote-clipped-after-negation";
    let body = "The minister said on Monday that he would not take part in the talks.";
    let front = appearance("s", "The minister said […] take part in the talks");
    let told = Project::new().source("s", body).claim("c", &front).lint(lint).only(lint);
    assert_eq!(told.others(), ["not"]);
}

#[test]
fn a_negation_in_the_block_before_is_not_just_before() {
    let lint = "quote-clipped-after-negation";
    let project = Project::new().source("s", "They said no\n\nThe first words here").lint(lint);
    project.claim("c", &appearance("s", "The first words")).dossier();
}

#[test]
fn a_short_quote_wants_context() {
    quoting("first words").lint("short-quote").only("short-quote");
    quoting("The first words").lint("short-quote").dossier();
    let front = format!("{}prefix = \"The\"\n", appearance("s", "first words"));
    Project::new().source("s", BODY).claim("c", &front).lint("short-quote").dossier();
}

#[test]
fn nothing_is_said_after_its_source_was_published() {
    let project = |said: &str| {
        let front =
            format!("{}attribution = [{{ who = \"P\", said = \"{said}\" }}]\n", appearance("s", "The first words"));
        Project::new().source_with("s", "date = 2016-12-21", BODY).claim("c", &front).lint("claim-after-its-source")
    };
    let told = project("2016-12-22").only("claim-after-its-source");
    assert_eq!(told.underlined(), "\"2016-12-22\"");
    assert_eq!(told.others(), ["2016-12-21"]);
    project("2016-12-21").dossier();
    project("2016-12").dossier();
}

#[test]
fn hidden_characters_are_named_with_their_place() {
    let lint = "hidden-character";
    let told = Project::new().source("s", "One\u{200b}two.").lint(lint).only(lint);
    assert_eq!(told.underlined(), "\u{200b}");
    assert_eq!(told.one.message, "this source holds a character that nobody sees: U+200B ZERO WIDTH SPACE");
    let told = quoting("The first \u{202e}words").lint(lint).resolve();
    assert!(told.codes().contains(&lint));
}

#[test]
fn a_lint_that_is_denied_is_an_error_and_one_that_is_allowed_is_silent() {
    let project = Project::new().source("s", "Words.");
    assert!(project.resolve().report.is_empty());
    let mut denied = project.settings();
    denied.lints.insert("orphan-source", LintLevel::Deny);
    let ((_, report), _) = project.input(|input| {
        let input = Input { config: Arc::new(denied), ..input.clone() };
        resolve(&input)
    });
    assert_eq!(report[0].severity, Severity::Error);
}
