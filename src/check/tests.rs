use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::route::fixture;

fn findings(path: &str, html: &str) -> Vec<String> {
    let statics = BTreeSet::from(["map of a&b.png".to_owned()]);
    let (routes, _) = Routes::of(&fixture::empty(), &statics);
    let page = Page { path: SitePath::new(path), content: html.as_bytes().to_vec() };
    check(&page, &routes).into_iter().map(|diagnostic| diagnostic.message).collect()
}

#[test]
fn what_leads_somewhere_passes() {
    let html = r##"<!-- <a href="nowhere.html"> --><a href="../index.html">x</a> <a href='#here'>y</a> <a href='#here:~:text=y'>y</a>
        <b id=here>z</b> <img src="../map%20of%20a&amp;b.png"> <a href="https://example.org/">e</a>
        <link rel="canonical" href="https://example.org/"> <link href="https://example.org/" rel="canonical"> <img src="data:image/png;base64,AA"> <style>a{content:"<a href='nope'>"}</style>
        <a href = "../index.html" lang>x</a> <p data-href="nope.html" hidden = "hidden">x</p>"##;
    assert_eq!(findings("sources/index.html", html), Vec::<String>::new());
}

#[test]
fn what_leads_nowhere_is_found() {
    for (html, reason) in [
        (r#"<a href="nope.html">"#, "no such file"),
        (r#"<a href="../../index.html">"#, "out of the site"),
        (r##"<a href="#nope">"##, "no id `nope`"),
        (r##"<a href="#nope:~:text=y">"##, "no id `nope`"),
        (r#"<a href="../index.html#nope">"#, "no id `nope`"),
        (r#"<a title="a > b" href=nope.html>"#, "no such file"),
        (r#"<img src="https://example.org/a.png">"#, "another host"),
        (r#"<link rel="stylesheet" href="//example.org/a.css">"#, "another host"),
        (r#"<img srcset="../robots.txt 1x, https://example.org/b.png 2x">"#, "another host"),
        (
            r#"<a rel="nofollow" href
 = "nope.html">"#,
            "no such file",
        ),
        (r#"<link href="https://example.org/" rel="next">"#, "another host"),
        (r#"<A HREF="JavaScript:x()">"#, "is a script"),
        (r#"<a href="data:text/html,x">"#, "is a script"),
        (r#"<i id="a"></i><i id="a"></i>"#, "twice"),
    ] {
        let found = findings("sources/index.html", html);
        assert_eq!(found.len(), 1, "{html}: {found:?}");
        assert!(found[0].contains(reason), "{html}: {found:?}");
    }
}

#[test]
fn the_page_for_no_address_has_no_relative_reference() {
    assert_eq!(findings("404.html", r#"<a href="index.html">"#).len(), 1);
    assert_eq!(findings("404.html", r#"<a href="https://example.org/x/index.html">"#).len(), 0);
}

#[test]
fn unfinished_markup_does_not_stop_the_scan() {
    for html in ["<", "<a", "<a href", "<a href=", "<a href=\"", "<a href='x", "<!--", "<style>", "<a href=é", "<é"] {
        let _ = findings("index.html", html);
    }
}

proptest! {
    /// What a page writes by way of the root, this module and a browser read.
    #[test]
    fn a_relative_reference_leads_where_it_was_made_for(
        from in "[a-c]{1,2}(/[a-c]{1,2}){0,3}",
        to in "[a-c]{1,2}(/[a-c]{1,2}){0,3}",
    ) {
        let (from, to) = (SitePath::new(from), SitePath::new(to));
        let mut target = String::new();
        prop_assert_eq!(resolve(&from, &format!("{}{to}", from.to_root()), &mut target), Some(()));
        prop_assert_eq!(target, to.to_string());
    }

    #[test]
    fn any_text_is_scanned_to_its_end(html in "[<>\\-!a =\"'/#é]{0,40}") {
        let _ = scan(&html);
    }
}
