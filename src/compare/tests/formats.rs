//! The same changes for a pull request and for machines.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options as Dialect, Parser, Tag};

use super::*;

/// A claim whose words try everything.
const HOSTILE: &str =
    "# @octocat *closes* #12, see [x](javascript:x) <b>https://example.org</b> `a` | ![i](u) www.x.org ~~s~~ GH-7 !3";

fn hostile() -> Comparison {
    let mut new = Project::ferry();
    let claim = format!(
        "+++\nclaim = \"{HOSTILE}\"\n\n[[appearance]]\nsource = \"letter\"\nquote = \"I saw it come\"\n\n\
         [[relation]]\ntype = \"repeats\"\nclaim = \"came-late\"\nreason = \"Line\\n\\n/close\\n\\n- [ ] x <!-- y -->\"\n+++\n"
    );
    new.put("content/claims/hostile.md", &claim);
    compared(&Project::ferry(), &new)
}

#[test]
fn words_of_the_dossier_are_no_markup_and_call_nobody() {
    let text = markdown::render(&hostile(), Some("https://example.org/a(b)/"), &["HEAD has 1 error".to_owned()]);
    assert!(text.starts_with("### What changes in the dossier\n\n1 claim added.\n\n**HEAD has 1 error**\n"), "{text}");
    assert!(
        text.contains("- **added** [`hostile`](https://example.org/a%28b%29/claims/hostile.html) &#35; "),
        "{text}"
    );
    assert!(text.contains("[`came-late`](https://example.org/a%28b%29/claims/came-late.html): Line /close"), "{text}");
    let shown = text.lines().find(|line| line.starts_with("- **added**")).unwrap_or_default();
    let shown = shown.rsplit_once(".html) ").unwrap_or_default().1;
    let naked: String = shown.split("&#").map(|part| part.split_once(';').map_or(part, |(_, rest)| rest)).collect();
    for mark in ["@", "#", "*", "[", "]", "<", ">", "`", "|", "~", "!"] {
        assert!(!naked.contains(mark), "{mark} in {shown}");
    }
    for mark in ["://", "www.", "GH-", "&#35;12", "&#64;octocat", "&#33;3"] {
        assert!(!shown.contains(mark), "{mark} in {shown}");
    }
    assert!(!text.contains("<!--") && text.lines().all(|line| !line.starts_with('/')), "{text}");
    // A reader sees what the claim says: the references decoded, the zero-width spaces gone.
    let decoded = shown.replace("&#8203;", "");
    let decoded = decoded.split("&#").enumerate().map(|(at, part)| match part.split_once(';') {
        Some((code, rest)) if at > 0 => {
            format!("{}{rest}", code.parse().ok().and_then(char::from_u32).unwrap_or('?'))
        }
        _ => part.to_owned(),
    });
    assert_eq!(decoded.collect::<String>(), HOSTILE);
}

/// What a reader sees of a comment. Panics at markup that is not ours.
fn seen(markdown: &str) -> String {
    let mut seen = String::new();
    // Quotation marks are made curly nowhere that comments are.
    for event in Parser::new_ext(markdown, Dialect::all() - Dialect::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(words) | Event::Code(words) => seen.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => seen.push('\n'),
            Event::InlineHtml(tag) => assert!(["<del>", "</del>", "<ins>", "</ins>"].contains(&&*tag), "{tag}"),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(dest_url.starts_with("https://e.org/"), "{dest_url}"),
            Event::Start(Tag::List(_) | Tag::Item | Tag::Heading { .. } | Tag::Paragraph | Tag::Strong) => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    seen.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn any_words_are_shown_as_they_are(title in words(), old in words(), new in words()) {
        let changes = vec![
            Change::Text { name: "body".to_owned(), old: old.clone(), new },
            Change::Field { name: "licence".to_owned(), old: None, new: Some(old.clone()) },
        ];
        let record = RecordChange { kind: RecordKind::Claim, id: "x".to_owned(), title: title.clone(), fate: Fate::Kept, changes };
        let comparison = Comparison { settings: Vec::new(), records: vec![record] };
        let shown = seen(&markdown::render(&comparison, Some("https://e.org/"), &[]));
        for words in [title, old] {
            let plain = crate::diag::human::visible(&words).split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert!(shown.contains(&plain), "{:?} in {:?}", plain, shown);
        }
    }
}

/// Words with what means something to Markdown, and any others.
fn words() -> impl Strategy<Value = String> {
    let mark = proptest::sample::select(vec![
        "*", "_", "**", "`", "```", "[", "](", ")", "![", "<", ">", "<b>", "&amp;", "&#64;", "~~", "||", "|", "$",
        "$$", "#", "# ", "- ", "1. ", "> ", "\n", "\n\n", "\\", "@", "[[", "]]", "[^1]", ":::", "---", "===", "www.",
        "https://", "{#x}", " ", "a", "B", "1", "é", "\u{202e}", "\u{200b}", "\t", "'", "\"", "--", "...", "^", "=",
        "%",
    ]);
    let piece = prop_oneof![4 => mark.prop_map(str::to_owned), 1 => "\\PC{0,4}"];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_comment_is_never_too_long() {
    let mut new = Project::ferry();
    for n in 0..400 {
        let claim = format!(
            "+++\nclaim = \"Claim {n} {}.\"\n\n[[appearance]]\nsource = \"letter\"\nquote = \"I saw it come\"\n+++\n",
            "says very much and more ".repeat(8)
        );
        new.put(&format!("content/claims/claim-{n}.md"), &claim);
    }
    let long = format!("All about the ferry. {}\n", "word ".repeat(9_000));
    new.put("content/index.md", &long);
    let text = markdown::render(&compared(&Project::ferry(), &new), None, &[]);
    assert!(text.len() < 60_200 && text.len() > 40_000, "{}", text.len());
    assert!(text.ends_with(" more: `casebook diff` tells all.\n"), "{}", &text[text.len() - 200..]);
}

#[test]
fn nothing_is_said_to_be_nothing() {
    let text = markdown::render(&Comparison::default(), None, &[]);
    assert_eq!(text, "### What changes in the dossier\n\nNothing changed.\n");
}

#[test]
#[allow(clippy::unwrap_used)]
fn machines_get_both_states_of_everything() {
    let mut new = Project::ferry();
    new.edit("content/claims/they-waited.md", "three hours", "three\u{a0}hours");
    new.edit("content/claims/came-late.md", "\"unverified\"", "\"false\"");
    let side = |name: &str| json::Side { name: name.to_owned(), errors: 0 };
    let text = json::render(&compared(&Project::ferry(), &new), &side("main"), &side("HEAD"));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&value["format"], &value["version"]), (&"casebook-diff".into(), &1.into()));
    assert_eq!(value["old"], serde_json::json!({ "name": "main", "errors": 0 }));
    let record = &value["records"][0];
    assert_eq!(
        (&record["kind"], &record["id"], &record["status"]),
        (&"claim".into(), &"came-late".into(), &"changed".into())
    );
    assert_eq!(record["changes"][0], serde_json::json!({ "what": "rating", "old": "unverified", "new": "false" }));
    assert_eq!(record["changes"][1]["status"], "changed");
    assert_eq!(record["changes"][1]["new"]["rating"], "false");
    let quotation = &value["records"][1]["changes"][0];
    assert_eq!((&quotation["what"], &quotation["moved"]), (&"quotation".into(), &false.into()));
    assert_eq!((&quotation["old"]["outcome"], &quotation["new"]["outcome"]), (&"exact".into(), &"folded".into()));
    assert_eq!(quotation["new"]["source"], serde_json::json!({ "id": "gazette", "name": "Harbour gazette" }));
}

/// The names of all fields of a value, and the words that say what a change is.
fn names(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                found.insert(name.clone());
                if let ("what" | "status" | "outcome", Some(word)) = (name.as_str(), value.as_str()) {
                    found.insert(word.to_owned());
                }
                names(value, found);
            }
        }
        _ => {}
    }
}

#[test]
#[allow(clippy::unwrap_used)]
fn the_page_about_the_json_names_every_field() {
    let mut new = Project::ferry();
    new.edit("content/claims/came-late.md", "\"unverified\"", "\"false\"");
    let correction = "[[correction]]\ndate = 2020-06-02\ntext = \"It was Monday.\"\n+++\nSee";
    new.edit("content/claims/came-late.md", "+++\nSee", correction);
    new.edit("content/claims/came-late.md", "came late.\"", "came.\"");
    new.edit("content/claims/engine-failed.md", "It explains it.", "It does.");
    let cue = "cue = \"The harbour office says\", as";
    new.edit("content/claims/engine-failed.md", "as =", cue);
    new.edit("content/sources/gazette.md", "Nobody was", "Nobody ever was");
    new.edit("content/claims/they-waited.md", "[[appearance]]", "nature = \"opinion\"\n\n[[appearance]]");
    new.0.remove("content/commentary/the-ferry.md");
    let side = || json::Side { name: "x".to_owned(), errors: 0 };
    let text = json::render(&compared(&Project::ferry(), &new), &side(), &side());
    let mut found = BTreeSet::new();
    names(&serde_json::from_str(&text).unwrap(), &mut found);
    assert!(found.len() > 50, "{found:?}");
    let page = include_str!("../../../docs/diff.md");
    let unnamed: Vec<_> = found.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}

#[test]
fn colour_changes_no_word() {
    let comparison = hostile();
    let coloured = human::render(&comparison, true);
    let mut plain = String::new();
    for (at, part) in coloured.split('\u{1b}').enumerate() {
        plain.push_str(if at == 0 { part } else { part.split_once('m').unwrap_or_default().1 });
    }
    assert_eq!(plain, human::render(&comparison, false));
    assert_ne!(coloured, plain);
}
