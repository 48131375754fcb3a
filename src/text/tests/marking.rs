//! Marks over blocks.

use super::*;

fn mark(text: &SourceText, words: &str, class: &str, fragment: Option<&str>) -> Mark {
    let start = text.plain().find(words).unwrap();
    let piece = start..start + words.len();
    Mark { fragment: fragment.map(str::to_owned), class: class.to_owned(), label: String::new(), pieces: vec![piece] }
}

#[test]
fn marks_cross_elements_and_blocks() {
    let text = markdown("One *two* three\n\n- four\n- five & `six seven`");
    let marks = [mark(&text, "two three\nfour\nfive & six", "b a", Some("q-x"))];
    let blocks = text.blocks(&marks);
    assert_eq!(
        html(&blocks[1..]),
        "<p>One <em><span class=\"anchor\" id=\"q-x\"></span><mark class=\"a b\">two</mark></em><mark class=\"a b\"> three</mark></p>\n\
         <ul><li><mark class=\"a b\">four</mark></li><li><mark class=\"a b\">five &amp; </mark>\
         <code><mark class=\"a b\">six</mark> seven</code></li></ul>"
    );
    assert_eq!(blocks[1].marks, [0]);
    assert_eq!(blocks[2].marks, [0usize; 0]);
}

#[test]
fn marks_that_overlap_are_one_element() {
    let text = markdown("one two three four");
    let marks = [mark(&text, "one two three", "x", Some("q-1")), mark(&text, "two three four", "y x", Some("q-2"))];
    assert_eq!(
        body_html_with(&text, &marks),
        "<p><span class=\"anchor\" id=\"q-1\"></span><mark class=\"x\">one </mark><span class=\"anchor\" id=\"q-2\"></span>\
         <mark class=\"overlap x y\">two three</mark><mark class=\"x y\"> four</mark></p>"
    );
    let same = [mark(&text, "one", "x", Some("a")), mark(&text, "one", "x", Some("b")), mark(&text, "one", "x", None)];
    assert_eq!(
        body_html_with(&text, &same),
        "<p><span class=\"anchor\" id=\"a\"></span><span class=\"anchor\" id=\"b\"></span>\
         <mark class=\"overlap x\">one</mark> two three four</p>"
    );
    assert_eq!(text.blocks(&same)[1].marks, [0, 1, 2]);
}

#[test]
fn an_element_has_the_labels_of_its_marks() {
    let text = markdown("one two three");
    let labelled = |words, label: &str| Mark { label: label.to_owned(), ..mark(&text, words, "x", None) };
    assert_eq!(
        body_html_with(&text, &[labelled("one two", "1✓"), labelled("two three", "2\""), labelled("three", "")]),
        "<p><mark class=\"x\" data-n=\"1✓\">one </mark><mark class=\"overlap x\" data-n=\"1✓ 2&quot;\">two</mark>\
         <mark class=\"x\" data-n=\"2&quot;\"> </mark><mark class=\"overlap x\" data-n=\"2&quot;\">three</mark></p>"
    );
    let many: Vec<Mark> = (0..2000).map(|number| labelled("one", &number.to_string())).collect();
    assert!(body_html_with(&text, &many).contains(" data-n=\"0 1 2 3 4 5 6 7 8 9 10 11 …\">"));
}

fn body_html_with(text: &SourceText, marks: &[Mark]) -> String {
    html(&text.blocks(marks)[1..])
}

#[test]
fn an_elided_mark_has_one_anchor() {
    let text = markdown("one two three four");
    let at = |words: &str| text.plain().find(words).unwrap()..text.plain().find(words).unwrap() + words.len();
    let marks = [Mark {
        fragment: Some("q\"<".into()),
        class: "x".into(),
        label: String::new(),
        pieces: vec![at("one"), at("three")],
    }];
    assert_eq!(
        body_html_with(&text, &marks),
        "<p><span class=\"anchor\" id=\"q&quot;&lt;\"></span><mark class=\"x\">one</mark> two <mark class=\"x\">three</mark> four</p>"
    );
}

/// The text inside the marks, without white space.
fn marked_words(html: &str) -> String {
    let mut inside = false;
    let mut words = String::new();
    for raw in scan(html) {
        match raw {
            Raw::Open("mark", _) => inside = true,
            Raw::Close("mark") => inside = false,
            Raw::Text(text) if inside => words.push_str(&decode(text)),
            _ => {}
        }
    }
    words.split_whitespace().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn taking_the_marks_away_gives_the_html_back(
        text in any_text(),
        cuts in prop::collection::vec(prop::collection::vec(any::<usize>(), 0..6), 0..6),
    ) {
        let marks: Vec<Mark> = cuts.iter().enumerate().map(|(number, cuts)| Mark {
            fragment: Some(format!("q-{number}")),
            class: format!("m{}", number % 3),
            label: if number % 2 == 0 { number.to_string() } else { String::new() },
            pieces: ranges(&text, cuts),
        }).collect();
        let bare = text.blocks(&[]);
        let marked = text.blocks(&marks);
        prop_assert_eq!(bare.len(), marked.len());
        for (bare, marked) in bare.iter().zip(&marked) {
            prop_assert_eq!(&bare.html, &without_marks(&marked.html));
            assert_well_formed(&marked.html);
        }
        let covered: String = text.plain().char_indices()
            .filter(|(at, c)| !c.is_whitespace() && *c != '\u{feff}'
                && marks.iter().any(|mark| mark.pieces.iter().any(|piece| piece.contains(at))))
            .map(|(_, c)| if c == '\0' { '\u{fffd}' } else { c })
            .collect();
        let shown: String = marked.iter().map(|block| marked_words(&block.html)).collect();
        prop_assert_eq!(shown, covered);
    }

    #[test]
    fn any_range_is_survived(text in any_text(), start in 0usize..80, end in 0usize..80) {
        let marks = [Mark { fragment: None, class: String::new(), label: String::new(), pieces: vec![start..end, end..start] }];
        text.blocks(&marks);
        #[allow(clippy::single_range_in_vec_init)]
        text.excerpts(&[start..end], &marks);
        let around = text.sentences_around(start..end);
        prop_assert!(text.plain().get(around).is_some());
    }
}
