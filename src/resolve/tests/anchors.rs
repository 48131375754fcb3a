use super::*;
use crate::anchor::Grade;
use crate::dossier::Anchor;

const BODY: &str = "Almost every level of dialogue with the United States is frozen.\n\n\
    He did not say more. The talks went on. He did not say less.";

fn quoting(quote: &str) -> Project {
    Project::new().source("s", BODY).claim("c", &appearance("s", quote))
}

#[test]
fn a_quotation_gets_its_place() {
    let dossier = quoting("every level of dialogue").dossier();
    let passage = &source(&dossier, "s").passages[0];
    assert_eq!(passage.fragment, "q-c");
    let plain = source(&dossier, "s").text.as_ref().unwrap().plain();
    assert_eq!(&plain[passage.placement.extent()], "every level of dialogue");
    assert_eq!(claim(&dossier, "c").appearances[0].quote.anchor, Anchor::Placed(passage.placement.clone()));
}

#[test]
fn words_left_out_are_pieces() {
    let dossier = quoting("every level of dialogue […] United States is frozen").dossier();
    let placement = &source(&dossier, "s").passages[0].placement;
    assert_eq!((placement.grade, placement.pieces.len()), (Grade::Elided, 2));
}

#[test]
fn words_that_are_not_there_are_an_error_that_says_where_to_look() {
    let told = quoting("penguins waddle across glaciers nightly").only("quote-not-found");
    assert!(told.is_error());
    assert_eq!(told.underlined(), "penguins waddle across glaciers nightly");
    assert!(told.hints().contains("content/sources/s.md"));
}

#[test]
fn a_near_miss_shows_the_difference_and_what_to_paste() {
    let told = quoting("Almost all levels of dialogue with the United States is frozen.").only("quote-near-miss");
    assert_eq!(told.underlined(), "all levels");
    assert_eq!(told.others(), ["Almost every level of dialogue with the United States is frozen."]);
    let hints = told.hints();
    assert!(hints.contains("[-all levels-]{+every level+}"), "{hints}");
    assert!(hints.contains("line 5"), "{hints}");
    assert!(hints.contains("quote = \"Almost every level of dialogue with the United States is frozen.\""), "{hints}");
}

#[test]
fn a_changed_digit_or_negation_never_passes() {
    for (body, quote) in [
        ("There were 1,024 reports in all.", "There were 1,025 reports in all."),
        ("He didn't go to the meeting.", "He did go to the meeting."),
        ("Lavrov went to the meeting.", "lavrov went to the meeting."),
    ] {
        let project = Project::new().source("s", body).claim("c", &appearance("s", quote));
        assert_eq!(project.resolve().codes(), ["quote-near-miss"], "{quote}");
    }
}

#[test]
fn an_ambiguous_quotation_lists_every_place_and_what_decides() {
    let told = quoting("He did not say").only("quote-ambiguous");
    assert_eq!(told.others(), ["He did not say", "He did not say"]);
    assert_eq!(told.one.message, "this quote stands in `s` 2 times");
    assert_eq!(told.one.hints.len(), 2);
    assert!(told.one.hints.iter().all(|hint| hint.contains("prefix = ") || hint.contains("suffix = ")));
}

#[test]
fn the_hint_of_an_ambiguous_quotation_decides_it() {
    let told = quoting("He did not say").only("quote-ambiguous");
    for hint in &told.one.hints {
        let context = hint.split_once(": ").unwrap().1;
        let front = format!("{}{context}\n", appearance("s", "He did not say"));
        Project::new().source("s", BODY).claim("c", &front).dossier();
    }
}

#[test]
fn a_prefix_that_does_not_adjoin_is_told_apart_from_words_that_are_not_there() {
    let front = format!("{}prefix = \"yesterday\"\n", appearance("s", "every level of dialogue"));
    let told = Project::new().source("s", BODY).claim("c", &front).only("quote-not-found");
    assert_eq!(told.underlined(), "yesterday");
    assert!(told.one.message.contains("not after this prefix"));
    assert_eq!(told.others(), ["every level of dialogue"]);
}

#[test]
fn a_cue_is_anchored_like_a_quotation() {
    let front = |cue: &str| {
        format!("{}attribution = [{{ who = \"P\", cue = \"{cue}\" }}]\n", appearance("s", "every level of dialogue"))
    };
    let dossier = Project::new().source("s", BODY).claim("c", &front("The talks went on")).dossier();
    let cue = claim(&dossier, "c").appearances[0].attribution[0].cue.as_ref().unwrap();
    assert!(matches!(cue.anchor, Anchor::Placed(_)));
    let told = Project::new().source("s", BODY).claim("c", &front("He did not say")).only("quote-ambiguous");
    assert!(told.hints().contains("add words to the cue"));
}

#[test]
fn the_passage_that_draws_a_relation_is_anchored() {
    let front = |quote: &str| {
        format!(
            "{}[[relation]]\ntype = \"disputes\"\nclaim = \"d\"\nby = {{ source = \"s\", quote = \"{quote}\" }}\n",
            appearance("s", "every level of dialogue")
        )
    };
    let project = |quote| {
        let other = appearance("s", "The talks went on");
        Project::new().source("s", BODY).claim("c", &front(quote)).claim("d", &other)
    };
    let dossier = project("The talks went on").dossier();
    assert!(matches!(claim(&dossier, "c").relations[0].by.as_ref().unwrap().anchor, Anchor::Placed(_)));
    project("The talk went on").only("quote-near-miss");
}

#[test]
fn a_block_quotation_is_anchored_and_is_a_passage() {
    let dossier = Project::new()
        .source("s", BODY)
        .essay("e", "> The talks went on.\n>\n> — [[s]]\n\n> He did not say less.\n>\n> — [[s]]")
        .dossier();
    let fragments: Vec<&str> = source(&dossier, "s").passages.iter().map(|passage| &*passage.fragment).collect();
    assert_eq!(fragments, ["q-e:1", "q-e:2"]);
}

#[test]
fn a_block_quotation_that_is_not_in_its_source_is_an_error() {
    let told =
        Project::new().source("s", BODY).essay("e", "> The talks went off.\n>\n> — [[s]]").only("quote-near-miss");
    assert!(told.hints().contains("> The talks went on"), "{}", told.hints());
}

#[test]
fn a_block_quotation_of_a_person_is_a_plain_one() {
    let dossier = Project::new().entity("p", "").essay("e", "> Anything at all.\n>\n> — [[p]]").dossier();
    assert!(dossier.commentary[0].body.quotations.is_empty());
}

#[test]
fn block_quotations_are_counted_over_all_texts_of_a_record() {
    let front = format!(
        "{}[[relation]]\ntype = \"disputes\"\nclaim = \"d\"\nunaddressed = \"\"\"\n> He did not say less.\n>\n> — [[s]]\n\"\"\"\n\
         [[correction]]\ndate = 2026-01-01\ntext = \"\"\"\n> The talks went on.\n>\n> — [[s]]\n\"\"\"\n",
        appearance("s", "every level of dialogue")
    );
    let dossier = Project::new()
        .source("s", BODY)
        .claim_with("c", &front, "> He did not say less.\n>\n> — [[s]]")
        .claim("d", &appearance("s", "every level of dialogue"))
        .dossier();
    let ix = record(&dossier, "c");
    let fragments: Vec<&str> = dossier.quotations(ix).iter().map(|quotation| &*quotation.fragment).collect();
    assert_eq!(fragments, ["q-c:1", "q-c:2", "q-c:3"]);
    assert!(dossier.quotations(ix).iter().all(|quotation| matches!(quotation.quote.anchor, Anchor::Placed(_))));
}

#[test]
fn without_a_text_nothing_is_checked() {
    let capture = "[capture]\nfile = \"s.txt\"\n";
    let dossier =
        Project::new().source_with("s", capture, "").claim("c", &appearance("s", "Anything at all")).dossier();
    assert!(source(&dossier, "s").text.is_none());
    assert_eq!(claim(&dossier, "c").appearances[0].quote.anchor, Anchor::Unchecked);
}

#[test]
fn passages_are_in_the_order_of_the_text() {
    let dossier = Project::new()
        .source("s", BODY)
        .claim("a", &appearance("s", "The talks went on"))
        .claim("b", &appearance("s", "every level of dialogue"))
        .dossier();
    let fragments: Vec<&str> = source(&dossier, "s").passages.iter().map(|passage| &*passage.fragment).collect();
    assert_eq!(fragments, ["q-b", "q-a"]);
}

#[test]
fn a_second_appearance_in_one_source_has_its_key_in_the_fragment() {
    let front = format!(
        "{}{}key = \"later\"\n",
        appearance("s", "every level of dialogue"),
        appearance("s", "The talks went on")
    );
    let dossier = Project::new().source("s", BODY).claim("c", &front).dossier();
    assert_eq!(claim(&dossier, "c").appearances[1].fragment, "q-c.later");
}

#[test]
fn the_place_of_a_passage_is_in_the_title_where_it_stands_there() {
    let told = Project::new()
        .source("s", "Something else.")
        .claim("c", &appearance("s", "The Title of s"))
        .only("quote-near-miss");
    assert_eq!(told.others(), ["Title of s"]);
}

#[test]
fn a_quotation_does_not_cross_a_gap() {
    let body = "The first words.\n\n[…]\n\nThe last words.";
    let project =
        |quote| Project::new().source_with("s", "extent = \"excerpts\"", body).claim("c", &appearance("s", quote));
    let told = project("The first words. The last words.").only("quote-near-miss");
    assert!(told.hints().contains("The first words. {+[…]+} The last words."), "{}", told.hints());
    assert!(told.hints().contains("quote = \"The first words. […] The last words.\""), "{}", told.hints());
    project("The first words. […] The last words.").dossier();
}
