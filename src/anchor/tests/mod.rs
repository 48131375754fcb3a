//! How anchoring behaves, case by case; `properties` has what holds for any text, `ocr` a long scanned report.
#![allow(clippy::unwrap_used)]

mod ocr;
mod properties;

use super::*;

fn selector(exact: &str) -> Selector {
    Selector { exact: exact.into(), ..Selector::default() }
}

fn within(exact: &str, prefix: &str, suffix: &str) -> Selector {
    let given = |side: &str| (!side.is_empty()).then(|| side.into());
    Selector { exact: exact.into(), prefix: given(prefix), suffix: given(suffix) }
}

fn find(text: &str, exact: &str) -> Outcome {
    Haystack::new(text, &[]).find(&selector(exact))
}

/// The outcome in short: the grade with the words found and the folds, or what else came of it.
fn shown(text: &str, selector: &Selector) -> String {
    shown_with_gaps(text, &[], selector)
}

fn shown_with_gaps(text: &str, gaps: &[usize], selector: &Selector) -> String {
    let pieces = |placement: &Placement| {
        let pieces: Vec<&str> = placement.pieces.iter().map(|piece| &text[piece.clone()]).collect();
        pieces.join(" | ")
    };
    match Haystack::new(text, gaps).find(selector) {
        Outcome::Found(placement) => {
            let grade = match placement.grade {
                Grade::Exact => "exact",
                Grade::Folded => "folded",
                Grade::Elided => "elided",
            };
            let names = placement.folds.names().join(",");
            format!("{grade} {names}: {}", pieces(&placement)).replace(" :", ":")
        }
        Outcome::Ambiguous(candidates) => {
            let places: Vec<String> = candidates
                .iter()
                .map(|candidate| {
                    let context = match (&candidate.prefix, &candidate.suffix) {
                        (Some(prefix), None) => format!("<{prefix}"),
                        (None, Some(suffix)) => format!(">{suffix}"),
                        (None, None) => "?".into(),
                        _ => "both".into(),
                    };
                    format!("{} {context}", candidate.placement.extent().start)
                })
                .collect();
            format!("ambiguous: {}", places.join("; "))
        }
        Outcome::NearMiss(miss) => format!("near: {}", &text[miss.range]),
        Outcome::Absent => "absent".into(),
    }
}

#[test]
fn words_are_found_as_they_are_or_folded() {
    for (text, exact, expected) in [
        ("He said no.", "said no", "exact: said no"),
        ("He said no.", " said no\n", "exact: said no"),
        ("He “said” no.", "\"said\" no", "folded quotation-marks: “said” no"),
        ("one\r\ntwo", "one two", "folded white-space: one\r\ntwo"),
        ("the ﬁne day", "fine", "folded ligatures: ﬁne"),
        ("cafe\u{301} x", "café", "folded canonical-composition: cafe\u{301}"),
        ("co\u{AD}operate", "cooperate", "folded soft-hyphen: co\u{AD}operate"),
        ("the words", "\u{200B}words", "folded zero-width: words"),
        ("the \u{200B}words", "\u{200B}words", "exact: \u{200B}words"),
        ("at −5 degrees", "-5 degrees", "folded dashes: −5 degrees"),
        ("新华社说", "华社", "exact: 华社"),
        ("the Russians' plan", "Russians", "exact: Russians"),
        ("say […] so", "say [...] so", "folded ellipsis: say […] so"),
        ("", "x", "absent"),
        ("x", "", "absent"),
        ("x", " \u{200B}\n", "absent"),
        ("x", "\u{202E}", "absent"),
    ] {
        assert_eq!(shown(text, &selector(exact)), expected, "{exact:?} in {text:?}");
    }
}

#[test]
fn no_word_number_or_character_is_cut() {
    for (text, exact, expected) in [
        ("He didn't say", "He did", "near: He didn't"),
        ("it is -5", "5", "near: -5"),
        ("it is 1,005", "5", "absent"),
        ("it is 3.5", "3", "absent"),
        ("at 5:30 sharp", "30 sharp", "near: 5:30 sharp"),
        ("a well-known man", "well", "absent"),
        ("1–5 people", "-5 people", "near: 5 people"),
        ("an oﬃce", "o", "absent"),
        ("an office", "a", "absent"),
        ("wait… then", "wait.", "near: wait"),
        ("iraq war", "Iraq war", "near: iraq war"),
    ] {
        assert_eq!(shown(text, &selector(exact)), expected, "{exact:?} in {text:?}");
    }
}

#[test]
fn context_decides_and_may_be_cut_anywhere() {
    let text = "A red ban here. The “ban” there; a red ban, too.";
    for (exact, prefix, suffix, expected) in [
        ("ban", "e \"", "", "exact: ban"),
        ("ban", "", ", to", "exact: ban"),
        ("ban", "red ", "he", "exact: ban"),
        ("ban", "", "", "ambiguous: 6 >here; 23 <The “; 43 <a red"),
        ("ban", "red", "", "ambiguous: 6 >here; 43 <a red"),
        ("ban", "blue", "", "near: ban"),
        ("A red ban", "", "there", "near: A red ban"),
    ] {
        assert_eq!(shown(text, &within(exact, prefix, suffix)), expected, "{prefix:?} {exact:?} {suffix:?}");
    }
    let miss = Haystack::new(text, &[]).find(&within("ban", "blue", ""));
    assert!(matches!(miss, Outcome::NearMiss(NearMiss { similarity, .. }) if similarity == 1.0));
}

#[test]
fn a_context_that_decides_is_given_for_each_place_that_has_one() {
    assert_eq!(shown("x x x", &selector("x")), "ambiguous: 0 >x x; 2 ?; 4 <x x");
    for candidate_text in ["one two one two one", "a b a c a b a d a", "中文中文 中文"] {
        let haystack = Haystack::new(candidate_text, &[]);
        for exact in ["one", "two", "a", "b", "中", "文"] {
            let Outcome::Ambiguous(candidates) = haystack.find(&selector(exact)) else { continue };
            for candidate in candidates {
                if candidate.prefix.is_some() || candidate.suffix.is_some() {
                    let selector =
                        within(exact, &candidate.prefix.unwrap_or_default(), &candidate.suffix.unwrap_or_default());
                    assert_eq!(haystack.find(&selector), Outcome::Found(candidate.placement), "{selector:?}");
                }
            }
        }
    }
}

#[test]
fn words_may_be_left_out() {
    let text = "one two three x four five six y four five six z seven eight nine";
    for (exact, expected) in [
        ("one two three […] four five six", "elided: one two three | four five six"),
        ("one two three [...] seven eight nine", "elided: one two three | seven eight nine"),
        ("four five six […] four five six", "elided: four five six | four five six"),
        (
            "one two three […] y four five […] seven eight nine",
            "elided: one two three | y four five | seven eight nine",
        ),
        ("four five six […] seven eight nine", "elided: four five six | seven eight nine"),
        ("seven eight nine […] one two three", "near: seven eight nine"),
    ] {
        assert_eq!(shown(text, &selector(exact)), expected, "{exact:?}");
    }
    assert!(matches!(find(text, "one two […] four five six"), Outcome::NearMiss(_) | Outcome::Absent));
    assert!(matches!(find(text, "one two three[…]four five six"), Outcome::NearMiss(_) | Outcome::Absent));
    let twice = "a b c x d e f. a b c y d e f.";
    assert_eq!(shown(twice, &selector("a b c […] d e f")), "ambiguous: 0 >. a; 15 <f.");
    assert_eq!(shown(twice, &within("a b c […] d e f", "f.", "")), "elided: a b c | d e f");
}

#[test]
fn an_elision_is_at_most_600_code_points_or_one_gap() {
    let text = |length: usize| format!("one two three {} four five six", "é".repeat(length));
    let exact = selector("one two three […] four five six");
    assert!(shown(&text(600), &exact).starts_with("elided"));
    assert!(!shown(&text(601), &exact).starts_with("elided"));
    let gapped = "one two three\nfour five six\nseven eight nine";
    let find = |gaps: &[usize], exact: &str| shown_with_gaps(gapped, gaps, &selector(exact));
    assert_eq!(find(&[], "three four"), "folded white-space: three\nfour");
    assert!(!find(&[13], "three four").starts_with("folded"));
    assert_eq!(find(&[13], "one two three […] four five six"), "elided: one two three | four five six");
    assert!(!find(&[13, 27], "one two three […] seven eight nine").starts_with("elided"));
    assert_eq!(find(&[13], "six seven"), "folded white-space: six\nseven");
}

#[test]
fn context_does_not_cross_a_gap() {
    let text = "red\nban it. blue ban it.";
    assert_eq!(
        shown_with_gaps(text, &[3], &selector("ban it")),
        "ambiguous: 4 ?; 17 <blue".replace("4 ?", "4 >. blue")
    );
    assert_eq!(shown_with_gaps(text, &[3], &within("ban it", "red", "")), "near: ban it");
}

#[test]
fn occurrences_are_listed_and_the_closest_passage_can_be_kept_within_a_range() {
    let text = "the cat sat on the mat; the cot sat on the mat";
    let haystack = Haystack::new(text, &[]);
    let starts: Vec<usize> = haystack.occurrences("the").iter().map(|place| place.extent().start).collect();
    assert_eq!(starts, [0, 15, 24, 39]);
    assert_eq!(haystack.closest("the cut sat on the mat").unwrap().range, 0..22);
    assert_eq!(haystack.closest_within(23..text.len(), "the cut sat on the mat").unwrap().range, 24..46);
    assert!(haystack.closest_within(100..400, "the cat").is_none());
}

#[test]
fn a_word_broken_over_a_line_is_a_near_miss() {
    let text = "All the channels of commu-\nnication between them are frozen, he said.";
    let exact = "channels of communication between them are frozen,";
    assert_eq!(shown(text, &selector(exact)), "near: channels of commu-\nnication between them are frozen,");
}

#[test]
fn a_page_head_may_stand_inside_the_closest_passage() {
    let head = format!("\n\n12\n\u{C}Report of the Committee on {}\n\n", "Things and Other Matters ".repeat(8));
    let exact = "It was clear that the members of the delegation had not been told of the decision.";
    for at in [exact.find("members").unwrap(), exact.find("was").unwrap(), exact.find("decision").unwrap()] {
        let text = format!("Before. {}{head}{} After this, nothing.", &exact[..at], &exact[at..]);
        let Outcome::NearMiss(miss) = find(&text, exact) else { panic!("{at}") };
        assert_eq!(&text[miss.range.clone()], format!("{}{head}{}", &exact[..at], &exact[at..]));
        assert!(miss.similarity > 0.9 && miss.similarity < 1.0, "{}", miss.similarity);
    }
}

#[test]
fn a_slip_in_a_quotation_with_words_left_out_is_a_near_miss_from_end_to_end() {
    let between = "and here is much that nobody wants to quote at all since it says very little ".repeat(7);
    let text =
        format!("Before. The talks were held on Tuesday in Moscow {between} and the foreign minister did not attend.");
    let exact = "The talks were held on Monday in Moscow […] and the foreign minister did not attend.";
    let expected = &text["Before. ".len()..];
    assert_eq!(shown(&text, &selector(exact)), format!("near: {expected}"));
}

#[test]
fn segments_that_are_not_all_there_or_in_another_order_lead_to_the_longest() {
    let between = "and here is much that nobody wants to quote at all since it says very little ".repeat(30);
    let (one, other) =
        ("The talks were held on Tuesday in Moscow,", "and the foreign minister did not attend any of them.");
    let text = format!("Before. {one} {between} {other} After.");
    for (exact, expected) in [
        (format!("{other} […] {one}"), other),
        (format!("{one} […] {other}"), other),
        (format!("{one} […] nothing of the kind was ever said by anybody, and nobody ever heard it."), one),
        (format!("The talks were held on Monday in Moscow, […] {}", "no words like these, ".repeat(6)), one),
    ] {
        assert_eq!(shown(&text, &selector(&exact)), format!("near: {expected}"), "{exact:?}");
    }
    let near = format!("Before. {one} Then {other} After.");
    let exact = "The talks were hold on Tuesday in Moscaw, […] Nothing at all was said. […] and a foreign minister did \
                 not attend many of them.";
    assert_eq!(shown(&near, &selector(exact)), format!("near: {one} Then {other}"));
}

#[test]
fn a_short_page_head_on_its_own_line_is_stepped_over() {
    let head = "\nPage 152 of 900 | REPORT\n\n";
    for (before, after) in [
        ("and yet we only modified", "safe"),
        ("name; let sq = Rectangle::square(3);", "is an example. This"),
        ("a binary", "literal instead of a reference to the previous local label 0."),
    ] {
        let text = format!("It is so. {before} {head}{after} code in the end.");
        let exact = format!("{before} {after}");
        assert_eq!(shown(&text, &selector(&exact)), format!("near: {before} {head}{after}"));
    }
}

#[test]
fn a_long_quotation_may_be_interrupted_by_several_page_heads() {
    let pages: Vec<String> = (0..5)
        .map(|page| (0..220).map(|n| format!("{} ", (page * 220 + n + 1) * 7919 % 100_003)).collect::<String>())
        .collect();
    let head = format!("\n{}\n", "HEAD OF THE PAGE ".repeat(20));
    let text = format!("Before. {} After.", pages.join(&head));
    let exact = pages.concat();
    assert_eq!(shown(&text, &selector(&exact)), format!("near: {}", &text["Before. ".len()..text.len() - 8].trim()));
}

#[test]
fn nothing_takes_more_than_near_linear_time() {
    let long = "the quick one and the slow one met at the gate ".repeat(4_000);
    let Outcome::Ambiguous(candidates) = find(&long, "the") else { panic!() };
    assert_eq!(candidates.len(), 12_000);
    let repeats = "a b c ".repeat(20_000);
    let segments = ["a b c"; 50].join(" […] ");
    assert!(matches!(find(&repeats, &segments), Outcome::Ambiguous(found) if found.len() == 20_000 - 49));
    let half = "a b c ".repeat(10_000);
    assert!(matches!(find(&repeats, &half), Outcome::Ambiguous(found) if found.len() == 10_001));
    assert!(!matches!(find(&repeats, &"a c b ".repeat(500)), Outcome::Found(_)));
}

#[test]
fn a_text_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Haystack>();
}
