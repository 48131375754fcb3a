//! Tests of the whole of a source's text, with helpers that read HTML in another way than the code under test.
#![allow(clippy::unwrap_used)]

mod excerpts;
mod hostile;
mod marking;
mod rendering;

use proptest::prelude::*;

use super::scan::{Raw, attribute, decode, scan};
use super::*;

fn markdown(body: &str) -> SourceText {
    SourceText::from_markdown("The title", body, Extent::Full)
}

fn excerpted(body: &str) -> SourceText {
    SourceText::from_markdown("The title", body, Extent::Excerpts)
}

/// The HTML of all blocks, one a line.
fn html(blocks: &[ViewBlock]) -> String {
    let lines: Vec<&str> = blocks
        .iter()
        .map(|block| match block.role {
            BlockRole::Gap => "[gap]",
            _ => &*block.html,
        })
        .collect();
    lines.join("\n")
}

fn body_html(text: &SourceText) -> String {
    html(&text.blocks(&[])[1..])
}

const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/// The words that a reader sees, without those that are no text, white space collapsed.
fn visible(html: &str) -> String {
    let mut seen = String::new();
    let mut silent: Option<&str> = None;
    for raw in scan(html) {
        match raw {
            Raw::Open(name, inside) => {
                if matches!(attribute(inside, "class"), Some("fnref" | "gap")) {
                    silent = Some(name);
                }
                if !INLINE.contains(&name) {
                    seen.push(' ');
                }
            }
            Raw::Close(name) => {
                if silent == Some(name) {
                    silent = None;
                }
                if !INLINE.contains(&name) {
                    seen.push(' ');
                }
            }
            Raw::Text(text) if silent.is_none() => seen.push_str(&decode(text)),
            Raw::Text(_) => {}
        }
    }
    collapse(&seen)
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fails where tags do not nest, or where something stands where it must not.
fn assert_well_formed(html: &str) {
    let mut stack: Vec<&str> = Vec::new();
    for raw in scan(html) {
        let parent = stack.last().copied().unwrap_or("");
        match raw {
            Raw::Open(name @ ("br" | "hr"), _) => assert!(!is_structure(parent), "<{name}> in {parent}: {html}"),
            Raw::Open(name, inside) => {
                let allowed = match parent {
                    "ul" | "ol" => name == "li",
                    "dl" => matches!(name, "dt" | "dd"),
                    "table" => matches!(name, "caption" | "thead" | "tbody" | "tfoot" | "tr"),
                    "thead" | "tbody" | "tfoot" => name == "tr",
                    "tr" => matches!(name, "td" | "th"),
                    "p" => INLINE.contains(&name),
                    _ => true,
                };
                assert!(allowed, "<{name}> in <{parent}>: {html}");
                assert!(name != "mark" || !stack.contains(&"mark"), "nested marks: {html}");
                assert!(name == "mark" || name == "br" || tags::lookup(name).is_some(), "<{name}>: {html}");
                assert!(!inside.contains("data-at") && !inside.contains("style"), "{html}");
                stack.push(name);
            }
            Raw::Close(name) => assert_eq!(stack.pop(), Some(name), "{html}"),
            Raw::Text(text) => {
                assert!(text.trim_ascii().is_empty() || !is_structure(parent), "{text} in <{parent}>: {html}");
                assert!(!text.contains('>'), "{html}");
            }
        }
    }
    assert!(stack.is_empty(), "{html}");
}

fn is_structure(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "tr")
}

fn without_marks(html: &str) -> String {
    let mut rest = html;
    let mut bare = String::new();
    while let Some(at) = rest.find('<') {
        bare.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with("<span class=\"anchor\"") {
            rest.find("</span>").unwrap() + "</span>".len()
        } else {
            rest.find('>').unwrap() + 1
        };
        if !rest.starts_with("<span class=\"anchor\"") && !rest.starts_with("<mark") && !rest.starts_with("</mark") {
            bare.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    bare + rest
}

const PIECES: &[&str] = &[
    "word",
    "two words",
    "Mr. X.",
    "é",
    "汉字。",
    "*",
    "**",
    "`",
    "`code`",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "  \n",
    "\r\n",
    "\t",
    "- ",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n3) ",
    "\n\n7. ",
    "\n> ",
    "\n# ",
    "\n## q-x ",
    "\n\n| a | b |\n|---|---|\n| c | d |\n",
    "\n```\n",
    "\n\n    in\n      dent\n\n",
    "\n***\n",
    "&amp;",
    "&lt;",
    "&nbsp;",
    "&#13;",
    "&",
    "\u{a0}",
    "\u{200b}",
    "\0",
    "[link](https://a.org/?x=1&y=2)",
    "[bad](javascript:x)",
    "<https://b.org>",
    "<me@b.org>",
    "![alt](i.png)",
    "[^1]",
    "\n\n[^1]: note ",
    "\n\n[…]\n\n",
    "[...]",
    "\\",
    "!",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "'",
];

const RAW_PIECES: &[&str] = &[
    "<abbr title=\"word\">",
    "</abbr>",
    "<time datetime=\"word\">",
    "</time>",
    "<img alt=\"word\">",
    "<!-- word -->",
    "<p id=word class=word>",
    "<td abbr=word>",
    "<bdo dir=rtl>",
    "</bdo>",
    "<b>",
    "</b>",
    "<i lang=\"fr\">",
    "</i>",
    "<div>",
    "</div>",
    "\n\n<div dir=\"rtl\">\n\n",
    "\n\n</div>\n\n",
    "<ul>",
    "</ul>",
    "<ol start=3>",
    "</ol>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<table>",
    "<tr>",
    "<td>",
    "<th colspan=2>",
    "</td>",
    "</tr>",
    "</table>",
    "<caption>",
    "<script>",
    "</script>",
    "<br>",
    "<hr>",
    "<p>",
    "</p>",
    "<p class=\"gap\">",
    "<a>",
    "<a href=\"http://c.org\">",
    "</a>",
    "<!--",
    "-->",
    "<h2>",
    "</h2>",
    "<section>",
    "</section>",
    "<form>",
    "<object>",
    "</object>",
    "<span>",
    "<span lang=en>",
    "</span>",
    "<sup class=\"fnref\">",
    "</sup>",
    "<mark>",
    "</mark>",
    "<pre>",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<svg>",
    "<math>",
    "<x-y>",
    "<figure>",
    "<figcaption>",
    "<select>",
    "<option>",
    "<button>",
    "<textarea>",
    "<font>",
    "</font>",
    "<details>",
    "<summary>",
    "<!doctype html>",
    "<![CDATA[",
    "]]>",
    "<div id=\"fn-1\" class=footnote>",
];

/// Markdown without raw HTML, for the most part.
fn any_markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// Markdown or HTML with much raw HTML.
fn any_mixture() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![prop::sample::select(PIECES), prop::sample::select(RAW_PIECES)];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

/// A text of any of the three sorts.
fn any_text() -> impl Strategy<Value = SourceText> {
    prop_oneof![
        any_markdown().prop_map(|body| excerpted(&body)),
        any_mixture().prop_map(|body| markdown(&body)),
        any_mixture().prop_map(|capture| SourceText::from_html(&capture)),
        any_mixture().prop_map(|capture| SourceText::from_txt(&capture)),
    ]
}

/// Ranges in order, without overlap, of `text`.
fn ranges(text: &SourceText, cuts: &[usize]) -> Vec<Range<usize>> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (text.plain.len() + 1)).collect();
    cuts.sort_unstable();
    let pairs = cuts.chunks_exact(2).map(|pair| text.clamp(&(pair[0]..pair[1])));
    pairs.filter(|range| !range.is_empty()).collect()
}
