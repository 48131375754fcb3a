//! From a body or a capture to HTML and plain text.

use super::*;

#[test]
fn a_body_becomes_blocks_with_their_text() {
    let body = "# Head *ing*\n\nOne\ntwo  \nthree [link](https://x.org/a?b&c) and [bad](javascript:alert(1)).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\
                ```\ncode  x\n\n y\n```\n\n![alt](x.png)\n\n***\n\nA &amp; B\n";
    let text = markdown(body);
    assert_eq!(
        body_html(&text),
        "<h2 id=\"head-ing\">Head <em>ing</em></h2>\n\
         <p>One two<br>three <a href=\"https://x.org/a?b&amp;c\" rel=\"nofollow noopener ugc\">link</a> and bad.</p>\n\
         <table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>\n\
         <pre><code>code  x\n\n y\n</code></pre>\n<hr>\n<p>A &amp; B</p>"
    );
    assert_eq!(text.plain(), "The title\nHead ing\nOne two\nthree link and bad.\na\nb\n1\n2\ncode  x\n\n y\nA & B");
    let heading = &text.headings()[0];
    assert_eq!((heading.level, &*heading.text, &*heading.id), (1, "Head ing", "head-ing"));
    assert_eq!(&text.plain()[heading.plain.clone()], "Head ing");
}

#[test]
fn the_numbers_of_a_list_are_text_as_written() {
    let text = markdown("3. three\n3. four\n\npara\n\n07) seven\n\n    more\n\n8)     code\n\n9)\n");
    assert_eq!(text.plain(), "The title\n3. three\n3. four\npara\n07) seven\nmore\n8)\ncode\n9)");
    assert_eq!(
        body_html(&text).lines().next().unwrap(),
        "<ol class=\"numbered\"><li>3. three</li><li>3. four</li></ol>"
    );
    assert!(body_html(&text).contains("<li><p>07) seven</p><p>more</p></li>"));
    assert_eq!(markdown("- a\n  1. b\n").plain(), "The title\na\n1. b");
}

#[test]
fn a_footnote_s_number_is_no_text_but_its_words_are() {
    let text = markdown("Said[^x] so.\n\n[^x]: The *note*.\n");
    assert_eq!(text.plain(), "The title\nSaid so.\nThe note.");
    let html = body_html(&text);
    assert!(html.contains("<a href=\"#fn-1\" rel=\"nofollow noopener ugc\">1</a>"), "{html}");
    assert!(
        html.contains(
            "<div class=\"footnote\" id=\"fn-1\"><p><sup class=\"fnref\">1 </sup>The <em>note</em>.</p></div>"
        ),
        "{html}"
    );
}

#[test]
fn a_link_has_no_links_in_it() {
    let text = markdown("[<https://b.org>\\[link](https://d.org)\n");
    assert_eq!(text.plain(), "The title\nhttps://b.org[link");
    assert_eq!(
        body_html(&text),
        "<p><a href=\"https://d.org\" rel=\"nofollow noopener ugc\">https://b.org[link</a></p>"
    );
}

#[test]
fn headings_have_ids_of_their_own() {
    let text = markdown("# A b\n\n# A b\n\n# A b 2\n\n# q-x\n\n# fn-1\n\n# ?\n\n<h2 id=\"q-evil\">A b</h2>\n");
    let ids: Vec<&str> = text.headings().iter().map(|heading| &*heading.id).collect();
    assert_eq!(ids, ["a-b", "a-b-2", "a-b-2-2", "section-q-x", "section-fn-1", "section", "a-b-3"]);
    assert!(!body_html(&text).contains("evil"));
}

#[test]
fn a_text_s_headings_stand_under_the_page_s_title() {
    assert_eq!(
        body_html(&markdown("#### A\n\n##### B\n\n###### C\n\n# \n")),
        "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n<h4 id=\"c\">C</h4>"
    );
    assert_eq!(body_html(&markdown("###### C\n\n# A\n")), "<h6 id=\"c\">C</h6>\n<h2 id=\"a\">A</h2>");
}

#[test]
fn a_gap_is_a_line_feed_between_blocks() {
    let text =
        excerpted("[…]\n\nOne [...] two.\n\n[...]\n\n[…]\n\n> Three\n>\n> […]\n>\n> Four\n\n- […]\n- five\n\n[…]\n");
    assert_eq!(text.plain(), "The title\nOne [...] two.\nThree\nFour\nfive\n");
    let before: Vec<&str> = text.gaps().iter().map(|&gap| &text.plain()[..gap]).collect();
    assert_eq!(
        before,
        [
            "The title",
            "The title\nOne [...] two.",
            "The title\nOne [...] two.\nThree",
            "The title\nOne [...] two.\nThree\nFour",
            "The title\nOne [...] two.\nThree\nFour\nfive"
        ]
    );
    assert!(text.gaps().iter().all(|&gap| text.plain()[gap..].starts_with('\n')));
    let roles: Vec<BlockRole> = text.blocks(&[]).iter().map(|block| block.role).collect();
    use BlockRole::{Body, Gap, Title};
    assert_eq!(roles, [Title, Gap, Body, Gap, Body, Body, Gap]);
    assert!(text.blocks(&[]).iter().all(|block| (block.role == Gap) == block.html.is_empty()));
    assert_eq!(markdown("a\n\n[…]\n\nb").gaps(), [0usize; 0]);
    assert_eq!(markdown("a\n\n[…]\n\nb").plain(), "The title\na\n[…]\nb");
}

#[test]
fn a_leaf_knows_where_its_block_starts() {
    let body = "# Head\n\nPara\n\n- one\n- two\n  lines\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>raw</div>\n\nEnd\n";
    let text = markdown(body);
    let found: Vec<(&str, &str)> = text
        .leaves()
        .iter()
        .filter_map(|leaf| Some((&text.plain()[leaf.plain.clone()], body[leaf.origin?..].lines().next()?)))
        .collect();
    assert_eq!(
        found,
        [
            ("Head", "# Head"),
            ("Para", "Para"),
            ("one", "- one"),
            ("two lines", "- two"),
            ("a", "a | b |"),
            ("b", "b |"),
            ("1", "1 | 2 |"),
            ("2", "2 |"),
            ("raw", "<div>raw</div>"),
            ("End", "End")
        ]
    );
    assert_eq!(text.leaves()[0].origin, None);
}

#[test]
fn plain_text_is_kept_byte_for_byte() {
    let capture = "\u{feff}First *line*\r\nsecond & <b>\r\n \t\r\n\r\n  Third\u{a0}x \rfourth\n\nLast";
    let text = SourceText::from_txt(capture);
    assert_eq!(text.plain(), capture);
    assert_eq!(
        html(&text.blocks(&[])),
        "<p>First *line*\nsecond &amp; &lt;b&gt;</p>\n<p>Third&nbsp;x \nfourth</p>\n<p>Last</p>"
    );
    let leaves: Vec<&str> = text.leaves().iter().map(|leaf| &capture[leaf.plain.clone()]).collect();
    assert_eq!(leaves, ["First *line*\r\nsecond & <b>", "Third\u{a0}x \rfourth", "Last"]);
    assert!(SourceText::from_txt("").blocks(&[]).is_empty());
    assert!(SourceText::from_txt("\u{feff} \r\n").blocks(&[]).is_empty());
}

#[test]
fn a_saved_page_becomes_its_body() {
    let capture = "<!doctype html><html><head><title>T</title><style>p{}</style><script>one()</script></head>\
        <body class=x><main><div><h1 id=top>Head</h1>stray <em>text</em> here<section><p>One</p></section>\
        <section>Two<br>three</section><ul> <li>a <li>b</ul></div></main>\
        <noscript>no</noscript><img src=x alt=y><span>Last</span> words</body></html>";
    let text = SourceText::from_html(capture);
    assert_eq!(text.plain(), "Head\nstray text here\nOne\nTwo\nthree\na\nb\nLast words");
    assert_eq!(
        html(&text.blocks(&[])),
        "<h2 id=\"head\">Head</h2>\n<p>stray <em>text</em> here</p>\n<p>One</p>\n<p>Two<br>three</p>\n\
         <ul><li>a</li><li>b</li></ul>\n<p>Last words</p>"
    );
    let origins: Vec<usize> = text.leaves().iter().filter_map(|leaf| leaf.origin).collect();
    assert!(capture[origins[1]..].starts_with("stray"));
    assert!(capture[origins[3]..].starts_with("Two"));
}

#[test]
fn content_without_its_structure_gets_one() {
    let text = SourceText::from_html(
        "<ul>a<li>b</li><p>c</p></ul><dl>d<dt>e</dt></dl><li>f</li><table><tr><td>g</td></tr>h</table>",
    );
    let html = html(&text.blocks(&[]));
    assert_well_formed(&html);
    assert_eq!(collapse(text.plain()), "a b c d e f h g");
}

#[test]
fn sentences_stay_within_their_blocks() {
    let text = markdown("One here. Two there. Three.\n\nFour. Five is last\n\n- Six");
    let around = |words: &str| {
        let start = text.plain().find(words).unwrap();
        &text.plain()[text.sentences_around(start..start + words.len())]
    };
    assert_eq!(around("Two"), "Two there.");
    assert_eq!(around("here. Two"), "One here. Two there.");
    assert_eq!(around("there. Three.\nFour"), "Two there. Three.\nFour.");
    assert_eq!(around("last"), "Five is last");
    assert_eq!(around("last\nSix"), "Five is last\nSix");
    assert_eq!(around("The"), "The title");
    let end = text.plain().len();
    assert_eq!(text.sentences_around(end + 5..end + 9), end..end);
}

#[test]
fn depth_does_not_matter() {
    for piece in [
        "<div>",
        "<b>",
        "<ul><li>",
        "<blockquote>",
        "<table><tr><td>",
        "<h1><div>",
        "<a href=http://x.y>",
        "<span lang=en>",
    ] {
        let capture = format!("{}x", piece.repeat(2000));
        assert_eq!(SourceText::from_html(&capture).plain(), "x", "{piece}");
    }
    for piece in ["> ", "- ", "*a ", "[", "1. "] {
        markdown(&piece.repeat(2000)).blocks(&[]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Why HTML that comes from Markdown alone need not be sanitised.
    #[test]
    fn sanitising_changes_no_html_of_our_own(body in any_markdown()) {
        let rendered = markdown::render(&body, Extent::Excerpts);
        if !rendered.raw {
            prop_assert_eq!(sanitize::sanitize_source(&rendered.html), rendered.html);
        }
    }

    #[test]
    fn the_plain_text_is_what_a_reader_sees(text in any_text()) {
        let html = html(&text.blocks(&[])).replace("[gap]", "");
        prop_assert_eq!(visible(&html), collapse(text.plain().trim_start_matches('\u{feff}').replace('\0', "\u{fffd}").as_str()));
        assert_well_formed(&html);
    }

    #[test]
    fn leaves_are_lines_apart(body in any_mixture()) {
        let text = excerpted(&body);
        let mut end = 0;
        for (index, leaf) in text.leaves().iter().enumerate() {
            let between = &text.plain()[end..leaf.plain.start];
            prop_assert!(between == "\n" || (index == 0 && between.is_empty()), "{:?}", between);
            prop_assert_eq!(text.plain()[leaf.plain.clone()].trim_ascii(), &text.plain()[leaf.plain.clone()]);
            if let Some(origin) = leaf.origin {
                prop_assert!(body.is_char_boundary(origin));
            }
            end = leaf.plain.end;
        }
        prop_assert!(matches!(&text.plain()[end..], "" | "\n"));
        for &gap in text.gaps() {
            prop_assert_eq!(&text.plain()[gap..=gap], "\n");
            prop_assert!(text.leaves().iter().all(|leaf| gap >= leaf.plain.end || gap < leaf.plain.start));
        }
    }
}

proptest! {
    #[test]
    fn sentences_of_a_long_leaf_are_those_of_the_whole(
        words in prop::collection::vec("[a-z]{1,9}|[A-Z][a-z]{0,4}[.]|Mr[.]|[0-9]{1,2}[.]|[a-z]{3}…", 400..900),
        start in 0usize..5000, length in 0usize..300,
    ) {
        let text = SourceText::from_txt(&words.join(" "));
        let range = text.clamp(&(start..start + length));
        let all = sentences(text.plain());
        let first = all.iter().find(|sentence| range.start < sentence.end).map_or(range.start, |s| s.start);
        let last = all.iter().find(|sentence| range.end <= sentence.end).map_or(range.end, |s| s.end);
        prop_assert_eq!(text.sentences_around(range.clone()), first.min(range.start)..last.max(range.end));
    }
}

#[test]
fn a_link_to_a_footnote_leads_to_one() {
    let html = body_html(&markdown(
        "a[^1] b[^2] <a href=\"#fn-9\">c</a> <a href=\"#fn-1\">d</a>\n\n[^1]: ![](x.png)\n[^2]: e",
    ));
    for id in ["fn-1", "fn-2"] {
        assert!(html.contains(&format!("href=\"#{id}\"")) && html.contains(&format!("id=\"{id}\"")), "{html}");
    }
    assert!(!html.contains("fn-9"), "{html}");
}

#[test]
fn a_byte_order_mark_is_no_text_of_a_body() {
    let text = markdown("\u{feff}# Head\n\nPara");
    assert_eq!(text.plain(), "The title\nHead\nPara");
    assert_eq!(text.leaves()[1].origin, Some(3));
    assert_eq!(text.leaves()[2].origin, Some(11));
}
