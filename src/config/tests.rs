use super::*;

/// The codes of what is wrong, with the text that each points to.
fn problems(text: &str) -> Vec<(&'static str, String)> {
    let (_, problems) = Config::parse(text);
    problems.iter().map(|problem| (problem.code, text[problem.range.as_range()].to_owned())).collect()
}

#[test]
fn a_title_is_enough() {
    let (config, problems) = Config::parse("title = \"The silent treatment\"\n");
    assert_eq!(problems, []);
    assert_eq!(config, Config { title: "The silent treatment".to_owned(), ..Config::default() });
    assert_eq!((config.ratings.len(), config.ratings_ordinal), (6, false));
    assert_eq!(config.lints.len(), 17);
    assert_eq!(config.relation_types.iter().filter(|kind| kind.symmetric).count(), 1);
}

#[test]
fn everything_given() {
    let text = r#"
title = "T"
base_url = "https://example.org/d"
language = "de"
theme = "plain"
captures = "../captures"
ratings_ordinal = true
[[ratings]]
id = "yes"
label = "Yes"
tone = "good"
[relations.refutes]
label = "refutes"
inverse = "refuted by"
polarity = "against"
iri = "http://purl.org/spar/cito/refutes"
[relations.equals]
label = "says the same as"
symmetric = true
[lints]
orphan-source = "deny"
"#;
    let (config, problems) = Config::parse(text);
    assert_eq!(problems, []);
    assert_eq!(config.base_url.as_deref(), Some("https://example.org/d/"));
    assert_eq!((config.ratings.len(), config.ratings_ordinal), (1, true));
    let own: Vec<(&str, &str)> =
        config.relation_types[8..].iter().map(|kind| (kind.name.as_str(), kind.inverse.as_str())).collect();
    assert_eq!(own, [("equals", "says the same as"), ("refutes", "refuted by")]);
    assert_eq!(config.lints["orphan-source"], LintLevel::Deny);
    assert_eq!(config.lints["short-quote"], LintLevel::Warn);
}

#[test]
fn everything_wrong() {
    let at = |code: &'static str, text: &str| (code, text.to_owned());
    assert_eq!(problems("titel = \"x\"\n"), [at("unknown-field", "titel")]);
    assert_eq!(problems("title = \"x\"\nbase_url = \"example.org\"\n"), [at("bad-url", "\"example.org\"")]);
    assert_eq!(problems("title = \"x\"\n[lints]\norphan-sources = \"warn\"\n"), [at("unknown-lint", "orphan-sources")]);
    assert_eq!(problems("title = \"x\"\n[lints]\nshort-quote = \"error\"\n"), [at("unknown-word", "\"error\"")]);
    assert_eq!(problems("title = \"x\"\nratings_ordinal = 1\n"), [at("wrong-type", "1")]);
    assert_eq!(problems("title = \"x\"\nratings = []\n"), [at("no-ratings", "title = \"x\"")]);
    assert_eq!(
        problems("title = \"x\"\n[[ratings]]\nid = \"a\"\nlabel = \"A\"\n[[ratings]]\nid = \"a\"\nlabel = \"B\"\n"),
        [at("duplicate-rating", "\"a\"")]
    );
    assert_eq!(
        problems("title = \"x\"\n[relations.supports]\nlabel = \"backs\"\ninverse = \"backed by\"\n"),
        [at("duplicate-relation-type", "supports")]
    );
    assert_eq!(problems("title = \"x\"\n[relations.refutes]\nlabel = \"refutes\"\n"), [at("missing-field", "refutes")]);
    assert_eq!(problems("title = \"x\"\n[lints]\nlanguage = \"en\"\n").len(), 1);
}

#[test]
fn the_examples_are_right() {
    let text: String = CONFIG.fields.iter().map(|field| format!("{}\n", field.example)).collect();
    let (config, problems) = Config::parse(&text);
    assert_eq!(problems, [], "{text}");
    assert_eq!(config.relation_types[8].name, "refutes");
    for (header, table) in [("[[ratings]]", &RATING), ("[relations.denounces]", &RELATION)] {
        let fields: String = table.fields.iter().map(|field| format!("{}\n", field.example)).collect();
        assert_eq!(Config::parse(&format!("title = \"t\"\n{header}\n{fields}")).1, [], "{fields}");
    }
}
