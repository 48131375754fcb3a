//! Essays: a thousand words with ten links, and in every fifth a block of code.

use std::fmt::Write;

use casebook::ids::slug;

use super::random::Random;
use super::words::{capitalised, fill, sentence};
use super::{Dossier, Size, stem, toml_string};

/// Words of an essay, give or take a sentence a paragraph.
const WORDS: usize = 930;

/// Links of an essay, one a paragraph.
const LINKS: usize = 10;

const HEADINGS: &[&str] = &["What was said", "Who passed it on", "What the records show", "What stays open"];

/// What another record needs to know of an essay.
pub(crate) struct Essay {
    pub(crate) id: String,
    title: String,
}

impl Essay {
    pub(crate) fn new(size: &Size, index: usize) -> Self {
        let mut random = Random::of(size.seed, "essay", index);
        let title = capitalised(&fill("what the {a} {n} in {l} tells of the {n}", &mut random));
        Self { id: format!("{}-e{index}", stem(&title)), title }
    }
}

/// The record's file.
pub(crate) fn file(dossier: &Dossier, size: &Size, index: usize) -> String {
    let mut random = Random::of(size.seed, "essay-file", index);
    let author = &dossier.entities[index % dossier.entities.len()].id;
    let mut text = format!("+++\ntitle = {}\n", toml_string(&dossier.essays[index].title));
    let _ = writeln!(text, "date = 2021-{:02}-{:02}", random.between(1, 12), random.between(1, 28));
    let _ = writeln!(text, "authors = [\"{author}\"]\nsummary = {}", toml_string(&sentence(&mut random)));
    let _ = writeln!(text, "tags = [\"topic-{}\"]\n+++", random.zipf(40));
    for paragraph in 0..LINKS {
        if paragraph % 3 == 0 {
            let _ = write!(text, "\n## {}\n", HEADINGS[paragraph / 3 % HEADINGS.len()]);
        }
        prose(&mut text, dossier, paragraph, &mut random);
        if paragraph == 4 {
            extras(&mut text, dossier, index, &mut random);
        }
    }
    text
}

/// Writes a paragraph of a tenth of the essay, with one link.
fn prose(text: &mut String, dossier: &Dossier, paragraph: usize, random: &mut Random) {
    let mut words = 0;
    text.push('\n');
    while words < WORDS / LINKS {
        let sentence = sentence(random);
        words += sentence.split(' ').count();
        let _ = writeln!(text, "{sentence}");
    }
    let claim = &dossier.claims[random.below(dossier.claims.len())].id;
    let link = match paragraph % 5 {
        0 => format!("[[{claim}]]"),
        1 => format!("[[{}|{}]]", dossier.any_record(random), fill("the {a} {n}", random)),
        2 => format!("[{}](../claims/{claim}.md)", fill("the *{n}*", random)),
        3 => format!("[[{}]]", dossier.any_record(random)),
        _ => format!("[above](#{})", slug(HEADINGS[0])),
    };
    let _ = writeln!(text, "So much for {link}.");
}

/// Writes what only some essays have.
fn extras(text: &mut String, dossier: &Dossier, index: usize, random: &mut Random) {
    let source = &dossier.sources[random.below(dossier.sources.len())];
    if index % 3 == 1 {
        let _ = write!(text, "\n> {}\n>\n> — [[{}]]\n", source.sentence(random), source.id);
    }
    if index % 4 == 2 {
        let _ = write!(text, "\n![[{}]]\n", dossier.claims[random.below(dossier.claims.len())].id);
    }
    if index.is_multiple_of(5) {
        let _ = write!(text, "\n{}\n", CODE[index / 5 % CODE.len()]);
    }
    if index % 7 == 3 {
        let _ = write!(text, "\nA note is due.[^1]\n\n[^1]: {}\n", sentence(random));
    }
}

const CODE: &[&str] = &[
    "```python\nimport csv\n\n\ndef tally(path: str) -> dict[str, int]:\n    \"\"\"How often each place is named.\"\"\"\n    \
     counts = {}\n    with open(path, newline=\"\") as file:\n        for row in csv.DictReader(file):\n            \
     counts[row[\"place\"]] = counts.get(row[\"place\"], 0) + 1\n    return counts\n```",
    "```rust\n/// The median of sorted numbers.\nfn median(sorted: &[f64]) -> Option<f64> {\n    let middle = sorted.len() / 2;\n    \
     match sorted {\n        [] => None,\n        _ if sorted.len() % 2 == 1 => Some(sorted[middle]),\n        \
     _ => Some((sorted[middle - 1] + sorted[middle]) / 2.0),\n    }\n}\n```",
    "```sql\nSELECT place, count(*) AS cases -- each once\nFROM inspections\nWHERE day >= '2016-01-01'\nGROUP BY place\n\
     ORDER BY cases DESC;\n```",
    "```json\n{\n  \"place\": \"Varna\",\n  \"cases\": [3, 14, 15],\n  \"checked\": true,\n  \"note\": null\n}\n```",
];
