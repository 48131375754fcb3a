//! No text makes the parser panic, and every place that it names is in the text.

use proptest::prelude::*;

use super::*;
use crate::fields::codes::CODES;

fn check(kind: RecordKind, text: &str) {
    let parsed = parse(kind, text);
    let inside = |range: crate::files::ByteRange| {
        let range = range.as_range();
        assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
    };
    for problem in &parsed.problems {
        inside(problem.range);
        problem.others.iter().for_each(|other| inside(other.place));
        assert!(!problem.hints.is_empty(), "{problem:?}");
        assert!(CODES.iter().any(|&(code, _)| code == problem.code), "{problem:?}");
    }
    if let Some(Record::Claim(claim)) = &parsed.record {
        check_prose(text, &claim.body);
        claim
            .relations
            .iter()
            .flat_map(|relation| relation.reason.iter().chain(relation.unaddressed.as_deref()))
            .for_each(|prose| check_prose(text, prose));
        claim.verdicts.iter().filter_map(|verdict| verdict.reason.as_ref()).for_each(|prose| check_prose(text, prose));
    }
    if let Some(Record::Home(prose)) = &parsed.record {
        check_prose(text, prose);
    }
}

fn check_prose(text: &str, prose: &Prose) {
    for (index, link) in prose.links.iter().enumerate() {
        assert!(text.get(link.range.as_range()).is_some());
        let sentence = &prose.sentences[link.sentence];
        let outermost =
            prose.sentences.iter().flatten().any(|part| matches!(part, SentencePart::Link(n, _) if *n == index));
        let here = sentence.iter().any(|part| matches!(part, SentencePart::Link(n, _) if *n == index));
        assert_eq!(outermost, here, "{:?} in {text:?}", prose.sentences);
    }
    let mut slugs: Vec<&str> = prose.headings.iter().map(|heading| heading.slug.as_str()).collect();
    assert!(slugs.iter().all(|slug| !slug.is_empty() && !slug.starts_with("q-")));
    slugs.sort_unstable();
    slugs.dedup();
    assert_eq!(slugs.len(), prose.headings.len());
}

/// Bytes of a file, changed at some places: a place, how many bytes go, and what comes.
fn mutated(text: &str, changes: &[(usize, usize, String)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (at, length, insert) in changes {
        let at = at % (bytes.len() + 1);
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, insert.bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        check(RecordKind::Claim, &text);
        check(RecordKind::Home, &text);
        check(RecordKind::Claim, &format!("+++\n{text}\n+++\n{text}"));
    }

    #[test]
    fn changed_claims(
        changes in prop::collection::vec(
            (any::<usize>(), 0usize..30, "[\\[\\]\"'#=+{}\\\\,.:|a-z0-9 \n\r\t—“”<>!()*_`-]{0,6}"), 1..6)
    ) {
        check(RecordKind::Claim, &mutated(CLAIM, &changes));
        check(RecordKind::Source, &mutated(SOURCE, &changes));
    }

    #[test]
    fn markdown_of_any_kind(text in "([\\[\\]()!|#>*_`<a/=\"' .?A\n~^:-]|\\[\\[b\\]\\]|!\\[\\[c\\|d\\]\\]|\\[e\\]\\(f\\)|# |> |— |\\| ){0,60}") {
        check(RecordKind::Home, &text);
    }
}
