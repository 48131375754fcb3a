//! The outline of Markdown: links, sentences, headings, quotations, and what is refused.

use super::*;
use crate::files::Slice;

fn outline(text: &str) -> (Prose, Vec<(&'static str, String)>) {
    let parsed = parse(RecordKind::Home, text);
    let found =
        parsed.problems.iter().map(|problem| (problem.code, text[problem.range.as_range()].to_owned())).collect();
    match parsed.record {
        Some(Record::Home(prose)) => (prose, found),
        other => panic!("{other:?}"),
    }
}

fn clean(text: &str) -> Prose {
    let (prose, problems) = outline(text);
    assert_eq!(problems, [], "{text}");
    prose
}

fn problems(text: &str) -> Vec<(&'static str, String)> {
    outline(text).1
}

#[test]
fn every_form_of_link() {
    let text = "[[a]] [[ b | two *words* ]] [[c#part]] [[#here]] [d](../d.md#e) ![f](f.png) [g](#h) <https://x.org> \
                [i](mailto:j@k.org) <l@m.org>\n\n![[n]]\n\n![[o#p]]\n\n|x|\n|-|\n| [[q\\|r]] |\n";
    let prose = clean(text);
    let links: Vec<(LinkForm, &str, Option<&str>)> =
        prose.links.iter().map(|link| (link.form, link.target.as_str(), link.fragment.as_deref())).collect();
    let wiki = |has_label| LinkForm::Wiki { has_label };
    assert_eq!(
        links,
        [
            (wiki(false), "a", None),
            (wiki(true), "b", None),
            (wiki(false), "c", Some("part")),
            (wiki(false), "", Some("here")),
            (LinkForm::Inline, "../d.md", Some("e")),
            (LinkForm::Image, "f.png", None),
            (LinkForm::Inline, "", Some("h")),
            (LinkForm::External, "https://x.org", None),
            (LinkForm::External, "mailto:j@k.org", None),
            (LinkForm::External, "mailto:l@m.org", None),
            (LinkForm::Transclusion, "n", None),
            (LinkForm::Transclusion, "o", Some("p")),
            (wiki(true), "q", None),
        ]
    );
    assert_eq!(&text[prose.links[1].range.as_range()], "[[ b | two *words* ]]");
    assert_eq!(&text[prose.links[12].range.as_range()], "[[q\\|r]]");
}

#[test]
fn sentences_hold_their_links_whole() {
    let prose = clean("One. Two with [[a]] and [[b|*b*?! No]]. Three. Four [[c]]\n\nFive [x ![y](z) w](v).\n");
    let text = |text: &str| SentencePart::Text(text.into());
    let link = |index, words: Option<&str>| SentencePart::Link(index, words.map(Slice::from));
    assert_eq!(
        prose.sentences.iter().map(|sentence| sentence.to_vec()).collect::<Vec<_>>(),
        [
            vec![text("Two with "), link(0, None), text(" and "), link(1, Some("b?! No")), text(".")],
            vec![text("Four "), link(2, None)],
            vec![text("Five "), link(3, Some("x y w")), text(".")],
        ]
    );
    let of_link: Vec<usize> = prose.links.iter().map(|link| link.sentence).collect();
    assert_eq!(of_link, [0, 0, 1, 2, 2]);
}

#[test]
fn headings_have_unique_ids() {
    let prose = clean("# One\n\n## One\n\n# One 1\n\n## Q & A: q-x\n\n### q-x\n\n## ???\n\n# *Two* `x` {#one}\n");
    let slugs: Vec<&str> = prose.headings.iter().map(|heading| heading.slug.as_str()).collect();
    assert_eq!(slugs, ["one-1", "one-2", "one-1-1", "section-q-a-q-x", "section-q-x", "section", "one"]);
    assert_eq!(prose.headings[6].text, "Two x");
    assert_eq!(prose.headings[4].level, 3);
    let (prose, found) = outline("# A {#x}\n\n# B {#x}\n\n# C {#q-c}\n");
    assert_eq!(found, [("heading-id", "# B {#x}".to_owned()), ("heading-id", "# C {#q-c}".to_owned())]);
    assert_eq!(prose.headings[1].slug, "b");
}

#[test]
fn quotations_that_name_a_source() {
    let text = "> Not *this* one.\n\n> \"Almost every\n> level\" -- of **[dialogue](https://x.org)**.\n>\n> Is it?\n> — [[foreign-policy]]\n\n\
                > One.\n>\n> – [[a]]\n\n> Two.\n> -- [[b|the b]]\n\n> Three.\n> - [[c]]\n\n> outer\n>\n> > inner\n> > — [[d]]\n\n> See\n> [[e]]\n\n> Said\n> — X, [[f]]\n";
    let prose = clean(text);
    let found: Vec<(usize, &str, &str)> =
        prose.quotations.iter().map(|quote| (quote.nth, quote.source.value.as_str(), quote.exact.as_str())).collect();
    assert_eq!(
        found,
        [
            (1, "foreign-policy", "\"Almost every level\" -- of dialogue. Is it?"),
            (2, "a", "One."),
            (3, "b", "Two."),
            (4, "c", "Three."),
            (6, "d", "inner"),
        ]
    );
    assert!(text[prose.quotations[0].range.as_range()].starts_with("> \"Almost"));
    assert_eq!(&text[prose.quotations[0].source.range.as_range()], "[[foreign-policy]]");
    assert_eq!(problems("> — [[a]]\n"), [("empty-quotation", "> — [[a]]".to_owned())]);
}

#[test]
fn transclusions_stand_alone() {
    let found = problems("See ![[a]] here.\n\n![[b]]\n\n- ![[c]]\n\n![[d]] ![[e]]\n\n# ![[f]]\n");
    let places: Vec<&str> = found.iter().map(|(_, place)| place.as_str()).collect();
    assert_eq!(places, ["![[a]]", "![[c]]", "![[d]]", "![[e]]", "![[f]]"]);
    assert!(found.iter().all(|(code, _)| *code == "inline-transclusion"));
}

#[test]
fn what_is_refused() {
    let cases = [
        ("![x](https://x.org/a.png)\n", "remote-embed", "![x](https://x.org/a.png)"),
        ("![x](//x.org/a.png)\n", "remote-embed", "![x](//x.org/a.png)"),
        ("![x][r]\n\n[r]: http://x.org/a.png\n", "remote-embed", "![x][r]"),
        ("[x](javascript:alert(1))\n", "link-scheme", "[x](javascript:alert(1))"),
        ("[x](JAVA&Tab;script&colon;alert)\n", "link-scheme", "[x](JAVA&Tab;script&colon;alert)"),
        ("[x](&#x1;javascript:alert)\n", "link-scheme", "[x](&#x1;javascript:alert)"),
        ("[x](data:text/html,y)\n", "link-scheme", "[x](data:text/html,y)"),
        ("[x](//x.org)\n", "link-scheme", "[x](//x.org)"),
        ("[x]()\n", "empty-link", "[x]()"),
        ("a [[ ]] b\n", "empty-link", "[[ ]]"),
        ("a <img src=\"https://x.org/a.png\"> b\n", "remote-embed", "<img src=\"https://x.org/a.png\">"),
        ("<IMG\nsrc=//x.org/a.png>\n", "remote-embed", "<IMG\nsrc=//x.org/a.png>"),
        ("a <img src=a.png> b\n", "html-not-allowed", "<img src=a.png>"),
        ("<iframe src=\"https://x.org\"></iframe>\n", "remote-embed", "<iframe src=\"https://x.org\">"),
        ("a <b onclick=\"x()\">b</b>\n", "html-not-allowed", "onclick=\"x()\""),
        ("a <span style=\"color:red\">b</span>\n", "html-not-allowed", "style=\"color:red\""),
        ("a <a href=\"javascript:x\">b</a>\n", "link-scheme", "href=\"javascript:x\""),
        ("a <a href='x.html'>b</a>\n", "html-not-allowed", "href='x.html'"),
        ("<?php x ?>\n", "html-not-allowed", "<?"),
        ("|x|y|\n|-|-|\n| [[a|b]] |\n", "cut-link", "[[a"),
    ];
    for (text, code, place) in cases {
        let found = problems(text);
        assert_eq!(found.first(), Some(&(code, place.to_owned())), "{text} {found:?}");
    }
    for text in
        ["<script>alert(1)</script>\n", "x <form></form>\n", "<style>b{}</style>\n", "<link rel=x>\n", "<svg>\n"]
    {
        assert!(
            problems(text).iter().all(|(code, _)| *code == "html-not-allowed") && !problems(text).is_empty(),
            "{text}"
        );
    }
    clean(
        "a <b class=\"x\">b</b><br/> <!-- <script> --> <a href=\"https://x.org\">y</a> 1 < 2 `<script>`\n\n    <script>\n",
    );
}

#[test]
fn any_nesting_is_read_in_a_moment() {
    let start = std::time::Instant::now();
    for text in [
        format!("{} a\n", ">".repeat(20_000)),
        "[[".repeat(50_000),
        "<b ".repeat(50_000),
        "# a\n\n".repeat(20_000),
        "![[a]] [[b|c]] ".repeat(10_000),
        "|[[a|\n".repeat(2_000),
    ] {
        outline(&text);
    }
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn a_wikilink_that_is_never_closed_is_found_where_it_begins() {
    let found = problems("See [[one] and [[two\n\n\\[[three]], `[[four` and [[five]].\n");
    assert_eq!(found, [("unclosed-link", "[[one".to_owned()), ("unclosed-link", "[[two".to_owned())]);
}

#[test]
fn a_source_named_below_a_quotation_is_a_stray() {
    for (text, strays) in [
        ("> Words.\n\n\u{2014} [[s]]\n", 1),
        ("> Words.\n\n-- [[s]]\n", 1),
        ("> Words.\n>\n> \u{2014} [[s]]\n", 0),
        ("> Words.\n\nBetween.\n\n\u{2014} [[s]]\n", 0),
        ("> Words.\n\nSee [[s]]\n", 0),
        ("> Words.\n\n\u{2014} [[s]] says more.\n", 0),
    ] {
        assert_eq!(clean(text).strays.len(), strays, "{text}");
    }
}
