#![allow(clippy::unwrap_used)]

use super::ast::*;
use super::*;
use crate::ids::RecordId;
use crate::terms::{Speech, Voice};

mod broken;
mod markdown;
mod properties;

const CLAIM: &str = include_str!("tests/claim.md");
const SOURCE: &str = include_str!("tests/source.md");

fn claim(text: &str) -> Claim {
    let parsed = parse(RecordKind::Claim, text);
    assert_eq!(parsed.problems, []);
    match parsed.record {
        Some(Record::Claim(claim)) => claim,
        other => panic!("{other:?}"),
    }
}

fn source(text: &str) -> Source {
    let parsed = parse(RecordKind::Source, text);
    assert_eq!(parsed.problems, []);
    match parsed.record {
        Some(Record::Source(source)) => source,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_claim_with_everything() {
    let claim = claim(CLAIM);
    assert_eq!(claim.claim.text, "Almost every channel of communication is frozen.");
    assert_eq!(claim.about[0].value, Agent::Id(RecordId::new("russia").unwrap()));
    assert_eq!(claim.about[1].value, Agent::Name("United States".into()));
    assert_eq!(claim.about[2].value, Agent::ForcedName("bellingcat".into()));
    assert_eq!(claim.when.as_ref().unwrap().value.as_str(), "2016-12");
    let [first, second] = claim.appearances.as_slice() else { panic!() };
    assert_eq!(&CLAIM[first.header.as_range()], "[[appearance]]");
    assert_eq!(first.quote.exact.text, "Almost every level of “dialogue” is frozen.");
    assert_eq!(first.speech, Some(Speech::Direct));
    assert_eq!(first.translation.as_ref().unwrap().language.as_deref(), Some("en"));
    assert_eq!(first.attribution.len(), 3);
    assert_eq!(first.attribution[0].cue.as_ref().unwrap().text, "Dmitri Peskov, Kremlin spokesperson");
    assert_eq!(first.attribution[2].who.value, Agent::ForcedName("ria".into()));
    assert_eq!(second.key.as_ref().unwrap().value.as_str(), "headline");
    assert_eq!(second.voice, Voice::Adopts);
    assert_eq!(claim.relations[0].reason.as_ref().unwrap().links[0].target, "kerry-spoke");
    assert_eq!(claim.relations[0].unaddressed.as_ref().unwrap().markdown.text, "The *levels* below.");
    assert_eq!(claim.relations[0].by.as_ref().unwrap().quote.exact.text, "That is not so.");
    assert_eq!(claim.verdicts.len(), 2);
    assert_eq!(claim.corrections[0].text.markdown.text, "Gave the wrong day.");
    assert_eq!(claim.body.headings[0].slug, "what-it-rests-on");
}

#[test]
fn a_link_in_a_field_is_found_in_the_file() {
    let claim = claim(CLAIM);
    let reason = claim.verdicts[1].reason.as_ref().unwrap();
    assert_eq!(reason.links.len(), 1);
    assert_eq!(&CLAIM[reason.links[0].range.as_range()], "[[kerry-spoke|a \\\"talk\\\"]]");
    assert_eq!(
        *reason.sentences[0],
        [
            SentencePart::Text("There was ".into()),
            SentencePart::Link(0, Some("a “talk”".into())),
            SentencePart::Text(".".into())
        ]
    );
}

#[test]
fn a_source_with_everything() {
    let source = source(SOURCE);
    assert_eq!(source.title.text, "The Silent Treatment");
    assert_eq!(source.kind, crate::terms::SourceKind::Post);
    assert_eq!(source.publish, crate::terms::Publish::Full);
    let capture = source.capture.unwrap();
    assert_eq!(capture.sha256.unwrap().value, "ab".repeat(32));
    let body = source.body.unwrap();
    assert!(body.text.starts_with("Text of the article."));
    assert_eq!(&SOURCE[body.locate(0..4).as_range()], "Text");
}

#[test]
fn white_space_marks_and_line_ends_do_not_matter() {
    let text = format!("\u{feff}{}", CLAIM.replacen("+++\n", "+++ \t\n", 1)).replace('\n', "\r\n");
    let claim = claim(&text);
    assert_eq!(claim.claim.text, "Almost every channel of communication is frozen.");
    assert!(source("+++\ntitle = \"x\"\n+++").body.is_none());
    assert!(source("+++\ntitle = \"x\"\n+++\n \n").body.is_none());
}

#[test]
fn the_home_page_is_body_only() {
    let parsed = parse(RecordKind::Home, "Welcome to [[a]].\n");
    assert_eq!(parsed.problems, []);
    assert!(matches!(parsed.record, Some(Record::Home(prose)) if prose.links.len() == 1));
    let parsed = parse(RecordKind::Home, "+++\ntitle = 1\n+++\nWelcome to [[a]].\n");
    assert_eq!(parsed.problems[0].code, "unexpected-front-matter");
    assert!(matches!(parsed.record, Some(Record::Home(prose)) if prose.markdown.text.starts_with("Welcome")));
    let parsed = parse(RecordKind::Home, "---\ntitle: x\n---\nWelcome.\n");
    assert_eq!(parsed.problems[0].code, "unexpected-front-matter");
    assert!(matches!(parsed.record, Some(Record::Home(prose)) if prose.markdown.text.starts_with("Welcome")));
    assert_eq!(parse(RecordKind::Home, "---\n\nWelcome.\n").problems, []);
}

#[test]
fn the_examples_of_every_table_are_right() {
    use crate::fields::Table;
    fn whole(table: &'static Table) -> String {
        let (tables, plain): (Vec<_>, Vec<_>) =
            table.fields.iter().partition(|field| field.form.table().is_some() && field.example.starts_with('['));
        plain.iter().chain(&tables).map(|field| format!("{}\n", field.example)).collect()
    }
    let kinds = [RecordKind::Source, RecordKind::Claim, RecordKind::Entity, RecordKind::Commentary];
    for kind in kinds {
        let parsed = parse(kind, &format!("+++\n{}+++\n", whole(table(kind))));
        assert_eq!(parsed.problems, [], "{kind:?}");
        assert!(parsed.record.is_some());
        let minimal = frontmatter::minimal(kind);
        assert_eq!(parse(kind, &minimal).problems, [], "{minimal}");
    }
    for (header, table) in [
        ("[[appearance]]", &tables::APPEARANCE),
        ("[[relation]]", &tables::RELATION),
        ("[[verdict]]", &tables::VERDICT),
        ("[[correction]]", &tables::CORRECTION),
    ] {
        let minimal = "claim = \"c\"\n[[appearance]]\nsource = \"s\"\nquote = \"q\"\nkey = \"k\"\n";
        let parsed = parse(RecordKind::Claim, &format!("+++\n{minimal}{header}\n{}+++\n", whole(table)));
        assert_eq!(parsed.problems, [], "{header}");
    }
}

#[test]
fn a_draft_says_so_however_broken() {
    for text in
        ["+++\ndraft = true\nclaim = \"x\n+++\n", "+++\ndraft = true\nwhen = [1,\n+++\n", "+++\ndraft = true\n+++\n"]
    {
        let parsed = parse(RecordKind::Claim, text);
        assert!(parsed.draft && !parsed.problems.is_empty(), "{text}");
    }
    assert!(!parse(RecordKind::Claim, CLAIM).draft);
}

#[test]
fn twenty_thousand_claims_are_parsed_in_a_moment() {
    let start = std::time::Instant::now();
    for _ in 0..2_000 {
        std::hint::black_box(parse(RecordKind::Claim, CLAIM));
    }
    // A tenth of them, in a build without optimisation, with room for a slow machine.
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}
