//! Excerpts show what may be shown, and nothing else.

use super::*;

fn keep(text: &SourceText, words: &[&str]) -> Vec<Range<usize>> {
    words.iter().map(|words| text.plain().find(words).map(|at| at..at + words.len()).unwrap()).collect()
}

fn shown(body: &str, words: &[&str]) -> String {
    let text = excerpted(body);
    html(&text.excerpts(&keep(&text, words), &[])[1..])
}

#[test]
fn gaps_stand_where_words_are_left_out() {
    let body = "One a. Two b. Three c.\n\n[…]\n\nFour. *Five* six.\n\nSeven.";
    assert_eq!(
        shown(body, &["One a.", "Two b.", "Three c.", "Four. Five six.\nSeven."]),
        "<p>One a. Two b. Three c.</p>\n[gap]\n<p>Four. <em>Five</em> six.</p>\n<p>Seven.</p>"
    );
    assert_eq!(shown(body, &["Two b.", "Five"]), "[gap]\n<p>Two b.</p>\n[gap]\n<p><em>Five</em></p>\n[gap]");
    assert_eq!(shown(body, &["One a.", "Three c."]), "<p>One a. <span class=\"gap\">[…]</span> Three c.</p>\n[gap]");
    assert_eq!(shown(body, &["Four.", "six"]), "[gap]\n<p>Four. <span class=\"gap\">[…]</span> six</p>\n[gap]");
    assert_eq!(shown(body, &[]), "[gap]");
    assert_eq!(shown("[…]", &[]), "[gap]");
    assert_eq!(shown("", &[]), "");
    let text = excerpted(body);
    assert_eq!(text.excerpts(&[], &[])[0].html, "The title");
}

#[test]
fn only_the_elements_around_shown_words_are_there() {
    let body = "## Secret heading\n\n- one\n- two\n- three\n\n| a | b |\n|---|---|\n| c | cell |\n\nx[^1] y  \nz\n\n[^1]: note";
    assert_eq!(shown(body, &["heading"]), "[gap]\n<h2>heading</h2>\n[gap]");
    assert_eq!(shown(body, &["Secret heading"]), "<h2 id=\"secret-heading\">Secret heading</h2>\n[gap]");
    assert_eq!(
        shown(body, &["one", "three"]),
        "[gap]\n<ul><li>one</li><li><span class=\"gap\">[…]</span> three</li></ul>\n[gap]"
    );
    assert_eq!(shown(body, &["cell"]), "[gap]\n<table><tbody><tr><td>cell</td></tr></tbody></table>\n[gap]");
    assert_eq!(shown(body, &["x y\nz"]), "[gap]\n<p>x y<br>z</p>\n[gap]");
    assert_eq!(shown(body, &["note"]), "[gap]\n<div><p>note</p></div>");
}

#[test]
fn attributes_hold_no_withheld_words() {
    let text = markdown(
        "<p lang=\"fr\">a <abbr title=\"secret\">b</abbr> <time datetime=\"2001-01-01\">c</time> <a href=\"https://x.org\">d</a></p>\n\n1. e\n2. f",
    );
    let everything = 0..text.plain().len();
    let shown = html(&text.excerpts(std::slice::from_ref(&everything), &[]));
    assert!(!shown.contains("secret") && !shown.contains("2001"), "{shown}");
    assert!(shown.contains("<p lang=\"fr\">") && shown.contains("href=\"https://x.org\""), "{shown}");
    assert!(shown.contains("<ol class=\"numbered\"><li>1. e</li>"), "{shown}");
}

#[test]
fn an_address_is_withheld_with_the_words_of_its_link() {
    let body = "See <https://x.org/secret> and [two words](https://x.org/) and <a href=\"#fn-1\">b</a>[^1].\n\n[^1]: n";
    let found = shown(body, &["https", "two", "b"]);
    assert!(!found.contains("href") && !found.contains("secret"), "{found}");
    let found = shown(body, &["https://x.org/secret", "two words"]);
    assert!(found.contains("<a href=\"https://x.org/\" rel=\"nofollow noopener ugc\">two words</a>"), "{found}");
}

#[test]
fn marks_lie_over_shown_words() {
    let text = excerpted("One two. Three four. Five.");
    let range = |words: &str| keep(&text, &[words]).remove(0);
    let marks = [
        Mark {
            fragment: Some("q-a".into()),
            class: "x".into(),
            label: String::new(),
            pieces: vec![range("two"), range("four")],
        },
        Mark { fragment: Some("q-b".into()), class: "y".into(), label: String::new(), pieces: vec![range("Five")] },
    ];
    let views = text.excerpts(&[range("Three four.")], &marks);
    assert_eq!(views[2].html, "<p>Three <span class=\"anchor\" id=\"q-a\"></span><mark class=\"x\">four</mark>.</p>");
    assert_eq!(views[2].marks, [0]);
}

/// Every word once, so that each can be told from every other.
fn numbered_words(body: &str) -> String {
    let mut number = 0;
    let mut numbered = String::new();
    for part in body.split_inclusive("word") {
        numbered.push_str(part);
        if part.ends_with("word") {
            numbered.push_str(&format!("x{number}y"));
            number += 1;
        }
    }
    numbered
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn everything_kept_is_everything_shown(text in any_text()) {
        let everything = 0..text.plain().len();
        let views = text.excerpts(std::slice::from_ref(&everything), &[]);
        let plain = text.plain().trim_start_matches('\u{feff}').replace('\0', "\u{fffd}");
        prop_assert_eq!(visible(&html(&views).replace("[gap]", "")), collapse(&plain));
    }

    #[test]
    fn withheld_words_are_nowhere(body in any_mixture(), cuts in prop::collection::vec(any::<usize>(), 0..8), is_html: bool) {
        let body = numbered_words(&body);
        let text = if is_html { SourceText::from_html(&body) } else { excerpted(&body) };
        // Whole words only.
        let keep: Vec<Range<usize>> = ranges(&text, &cuts).into_iter().filter_map(|range| {
            let start = range.start + text.plain()[range.start..].find("word")?;
            let end = start + text.plain()[start..range.end.max(start)].rfind('y')? + 1;
            Some(start..end)
        }).collect();
        let views = text.excerpts(&keep, &[]);
        let shown = html(&views);
        let title = text.leaves().first().filter(|_| !is_html).map_or(0, |leaf| leaf.plain.end);
        for (at, _) in text.plain().match_indices("word") {
            let word = text.plain()[at..].split_inclusive('y').next().unwrap();
            let is_kept = at < title || keep.iter().any(|range| range.contains(&at));
            prop_assert_eq!(shown.contains(word), is_kept, "{} in {}", word, shown);
        }
        for (at, _) in shown.match_indices("wordx") {
            let word = shown[at..].split_inclusive('y').next().unwrap();
            prop_assert!(text.plain().contains(word), "{} of an attribute in {}", word, shown);
        }
        for view in &views {
            assert_well_formed(&view.html);
            prop_assert_eq!(view.role == BlockRole::Gap, view.html.is_empty());
        }
        prop_assert!(views.windows(2).all(|pair| pair.iter().any(|view| view.role != BlockRole::Gap)));
    }

    #[test]
    fn taking_the_marks_away_gives_the_excerpts_back(
        text in any_text(),
        keep in prop::collection::vec(any::<usize>(), 0..8),
        pieces in prop::collection::vec(prop::collection::vec(any::<usize>(), 0..6), 0..4),
    ) {
        let keep = ranges(&text, &keep);
        let marks: Vec<Mark> = pieces.iter().enumerate().map(|(number, cuts)| Mark {
            fragment: Some(format!("q-{number}")),
            class: "m".into(),
            label: number.to_string(),
            pieces: ranges(&text, cuts),
        }).collect();
        let bare = text.excerpts(&keep, &[]);
        let marked = text.excerpts(&keep, &marks);
        prop_assert_eq!(bare.len(), marked.len());
        for (bare, marked) in bare.iter().zip(&marked) {
            prop_assert_eq!(&bare.html, &without_marks(&marked.html));
            assert_well_formed(&marked.html);
        }
    }
}
