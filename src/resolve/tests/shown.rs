use super::*;

const BODY: &str = "Before this. The quick brown fox jumps over the lazy dog today. After this.\n\nAnother block.";

fn shown(publish: &str, body: &str, claims: &[&str]) -> Vec<String> {
    let mut project = Project::new().source_with("s", &format!("publish = \"{publish}\""), body);
    for (n, front) in claims.iter().enumerate() {
        project = project.claim(&format!("c{n}"), front);
    }
    let dossier = project.dossier();
    let source = source(&dossier, "s");
    let plain = source.text.as_ref().unwrap().plain();
    source.shown.iter().map(|range| plain[range.clone()].trim().to_owned()).collect()
}

#[test]
fn all_is_shown_of_what_is_published_in_full() {
    let dossier = Project::new().source_with("s", "publish = \"full\"", BODY).dossier();
    let source = source(&dossier, "s");
    let whole = 0..source.text.as_ref().unwrap().plain().len();
    assert_eq!(source.shown.iter().collect::<Vec<_>>(), [&whole]);
}

#[test]
fn nothing_is_shown_that_nothing_quotes() {
    assert!(shown("excerpts", BODY, &[]).is_empty());
}

#[test]
fn an_excerpt_is_the_quotation_with_its_sentence() {
    let shown = shown("excerpts", BODY, &[&appearance("s", "brown fox jumps")]);
    assert_eq!(shown, ["The quick brown fox jumps over the lazy dog today."]);
}

#[test]
fn a_record_shows_the_quotation_alone() {
    assert_eq!(shown("record", BODY, &[&appearance("s", "brown fox jumps")]), ["brown fox jumps"]);
}

#[test]
fn words_left_out_are_withheld() {
    let quote = appearance("s", "quick brown fox […] lazy dog today");
    assert_eq!(shown("excerpts", BODY, &[&quote]), ["The quick brown fox", "lazy dog today."]);
    assert_eq!(shown("record", BODY, &[&quote]), ["quick brown fox", "lazy dog today"]);
}

#[test]
fn words_left_out_do_not_come_back_with_a_cue_in_the_same_sentence() {
    let front = format!(
        "{}attribution = [{{ who = \"P\", cue = \"The quick\" }}]\n",
        appearance("s", "quick brown fox […] lazy dog today")
    );
    assert_eq!(shown("excerpts", BODY, &[&front]), ["The quick brown fox", "lazy dog today."]);
}

#[test]
fn words_left_out_by_one_are_shown_where_another_quotes_them() {
    let one = appearance("s", "quick brown fox […] lazy dog today");
    let other = appearance("s", "jumps over the");
    assert_eq!(shown("excerpts", BODY, &[&one, &other]), ["The quick brown fox jumps over the lazy dog today."]);
}

#[test]
fn a_cue_is_shown_in_an_excerpt_and_not_in_a_record() {
    let front =
        format!("{}attribution = [{{ who = \"P\", cue = \"Another block\" }}]\n", appearance("s", "brown fox jumps"));
    assert_eq!(shown("excerpts", BODY, &[&front]).len(), 2);
    assert_eq!(shown("record", BODY, &[&front]), ["brown fox jumps"]);
}

#[test]
fn neighbouring_sentences_are_one_range() {
    let claims = [appearance("s", "Before this"), appearance("s", "brown fox jumps")];
    let shown = shown("excerpts", BODY, &[&claims[0], &claims[1]]);
    assert_eq!(shown, ["Before this. The quick brown fox jumps over the lazy dog today."]);
}

#[test]
fn ranges_do_not_merge_across_a_gap() {
    let project = Project::new()
        .source_with("s", "extent = \"excerpts\"", "The first words.\n\n[…]\n\nThe last words.")
        .claim("a", &appearance("s", "The first words"))
        .claim("b", &appearance("s", "The last words"));
    assert_eq!(source(&project.dossier(), "s").shown.len(), 2);
}
