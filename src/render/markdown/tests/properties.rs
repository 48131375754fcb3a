//! What holds for any Markdown and any links.

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser};

use super::*;

/// Pieces of Markdown of which a text is strung together.
fn pieces(alphabet: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(alphabet), 0..40).prop_map(|pieces| pieces.concat())
}

const SAFE: &[&str] = &[
    "a",
    "b1",
    "é",
    " ",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "# ",
    "## ",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```rust\n",
    "    ",
    "[[",
    "]]",
    "![[",
    "|",
    "\\",
    "[",
    "](",
    ")",
    "![",
    "| x | y |\n|---|--:|\n",
    "— [[s]]",
    "\"",
    "'",
    "--",
    "...",
    "[x] ",
    "&",
    "---\n",
    "{#i}",
    "http://c.example",
];

const ANY: &[&str] = &[
    "a",
    " ",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "# ",
    "*",
    "`",
    "[[",
    "]]",
    "![[x]]",
    "![[x]]\n\n",
    "[",
    "](y)",
    "[^1]",
    "[^1]: ",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<p title=\"",
    "\">",
    "<!-- ",
    " -->",
    "<script>",
    "</table>",
    "<a@b.example>",
    "<table><tr>",
    "\u{e000}",
    "\u{e000}0\u{e000}",
    "| x |\n|---|\n",
    "— [[s]]\n",
];

/// What a simple text is made of, and what may look like it.
const LINE: &[&str] = &[
    "a",
    "I",
    "é",
    "7",
    " ",
    " ",
    ", ",
    ". ",
    ".",
    "-",
    "...",
    "--",
    "; ",
    ":",
    "?",
    "(",
    ")",
    "/",
    "%",
    "“",
    "’",
    "!",
    "'",
    "\n",
    "[[a]]",
    "[[a-b]]",
    "[[a--1]]",
    "[[A]]",
    "[[a|b]]",
    "[[",
    "]]",
    "[",
    "]",
    "1. ",
    "+ ",
    "\u{a0}",
    "*",
    "<",
    "&",
    "https://a.example/b",
];

fn targets() -> impl Strategy<Value = Vec<Target>> {
    let source = record(RecordRef::Source(SourceIx(0)));
    let one = proptest::sample::select(vec![
        claim(),
        source,
        Target::Broken,
        Target::Here("a".into()),
        external("http://x.example"),
    ]);
    proptest::collection::vec(one, 0..6)
}

proptest! {
    #[test]
    fn words_are_kept_and_tags_balance(text in pieces(SAFE)) {
        let events = Parser::new_ext(&text, markdown::prose());
        let expected: String = events.filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.to_string()),
            _ => None,
        }).collect();
        let html = html(&text, &[]);
        prop_assert_eq!(words(&html), expected.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
        prop_assert!(is_balanced(&html), "{}", html);
    }

    #[test]
    fn a_simple_text_is_what_it_is_in_blocks(words in pieces(LINE), targets in targets()) {
        for text in [words.clone(), format!("He {words}"), format!("See [[a]]{words}.\n")] {
            let prose = prose(&text, &targets);
            prop_assert_eq!(to_html(&prose, &SITE), blocks_to_html(&prose, &SITE));
            prop_assert_eq!(to_inline_html(&prose, &SITE), short_to_html(&prose, &SITE));
        }
    }

    #[test]
    fn anything_gives_balanced_html(text in pieces(ANY), targets in targets(), nth in 0usize..3) {
        let whole = quoting(&text, &targets, nth);
        prop_assert!(is_balanced(&whole), "{}", whole);
        prop_assert!(!whole.contains("<script"), "{}", whole);
        let prose = prose(&text, &targets);
        prop_assert!(is_balanced(&to_inline_html(&prose, &SITE)));
        for heading in prose.headings.iter() {
            if let Some(section) = section_to_html(&prose, &heading.slug, &SITE) {
                prop_assert!(is_balanced(&section), "{}", section);
            }
        }
    }
}
