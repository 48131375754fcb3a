//! Claims: where they are made, how they bear on each other, how they are rated.

use std::fmt::Write;

use super::random::Random;
use super::source::Source;
use super::words::{capitalised, fill, sentence};
use super::{Dossier, Size, stem, toml_string};

/// A claim, as far as other records need to know it.
pub(crate) struct Claim {
    pub(crate) id: String,
    text: String,
    /// A rating's id.
    rating: Option<&'static str>,
}

const RATINGS: &[&str] = &["true", "mostly-true", "unverified", "disputed", "misleading", "false"];

impl Claim {
    pub(crate) fn new(size: &Size, index: usize) -> Self {
        let mut random = Random::of(size.seed, "claim", index);
        let text = sentence(&mut random);
        let rating = random.percent(60).then(|| random.pick(RATINGS));
        Self { id: format!("{}-c{index}", stem(&text)), text, rating }
    }
}

/// The record's file.
pub(crate) fn file(dossier: &Dossier, size: &Size, index: usize) -> String {
    let mut random = Random::of(size.seed, "claim-file", index);
    let claim = &dossier.claims[index];
    let mut text = format!("+++\nclaim = {}\n", toml_string(&claim.text));
    if random.percent(70) {
        let _ = writeln!(text, "short = {}", toml_string(&fill("the {a} {n} in {l}", &mut random)));
    }
    let _ = writeln!(
        text,
        "nature = \"{}\"",
        random.pick(&["fact", "fact", "fact", "opinion", "interpretation", "prediction"])
    );
    let _ = writeln!(text, "about = [{}]", about(dossier, size, index));
    if random.percent(30) {
        let _ = writeln!(text, "when = \"{}-{:02}\"", random.between(1996, 2004), random.between(1, 12));
    }
    let _ = writeln!(text, "tags = [\"topic-{}\", \"place-{}\"]", random.zipf(40), random.zipf(25));
    let latest = appearances(&mut text, dossier, size, index, &mut random);
    relations(&mut text, dossier, size, index, &mut random);
    verdicts(&mut text, dossier, index, latest, &mut random);
    let words = [sentence(&mut random), sentence(&mut random)];
    let _ = write!(text, "+++\n{} See [[{}]]. {}\n", words[0], dossier.any_record(&mut random), words[1]);
    text
}

/// Every entity is what some claim is about, the hub's what many are about.
fn about(dossier: &Dossier, size: &Size, index: usize) -> String {
    let own = index % dossier.entities.len();
    let hub = (index < size.hub_entity && own != 0).then_some(0);
    let ids: Vec<String> =
        hub.into_iter().chain([own]).map(|entity| format!("\"{}\"", dossier.entities[entity].id)).collect();
    ids.join(", ")
}

/// Writes one to three appearances and gives the year of the latest source.
fn appearances(text: &mut String, dossier: &Dossier, size: &Size, index: usize, random: &mut Random) -> usize {
    let mut used: Vec<usize> = Vec::new();
    // The first goes round all sources, so that each is named.
    let mut sources = vec![index % dossier.sources.len()];
    for _ in 1..random.between(1, 3) {
        let again = random.percent(10);
        sources.push(if again { sources[0] } else { random.below(dossier.sources.len()) });
    }
    if index < size.hub_passages {
        sources.push(0);
    }
    let mut latest = 0;
    for source in sources {
        let key = used.iter().filter(|&&other| other == source).count();
        used.push(source);
        let source = &dossier.sources[source];
        latest = latest.max(source.date.0);
        appearance(text, dossier, source, key, random);
    }
    latest
}

fn appearance(text: &mut String, dossier: &Dossier, source: &Source, key: usize, random: &mut Random) {
    let clause = source.clause(random);
    let elided = if random.percent(8) { source.elided(&clause) } else { None };
    let _ = writeln!(text, "\n[[appearance]]\nsource = \"{}\"", source.id);
    let _ = writeln!(text, "quote = {}", toml_string(elided.as_ref().unwrap_or(&clause.exact)));
    if !clause.before.is_empty() && random.percent(10) {
        let from = clause.before.len().saturating_sub(3);
        let _ = writeln!(text, "prefix = {}", toml_string(&clause.before[from..].join(" ")));
    }
    if key > 0 {
        let _ = writeln!(text, "key = \"passage-{}\"", key + 1);
    }
    if random.percent(20) {
        let _ = writeln!(text, "locator = \"p. {}\"", random.between(1, 40));
    }
    if random.percent(50) {
        let _ = writeln!(text, "speech = \"{}\"", random.pick(&["direct", "indirect", "mixed"]));
    }
    if random.percent(12) {
        let _ = writeln!(text, "stance = \"{}\"", random.pick(&["denies", "questions"]));
    }
    if random.percent(15) {
        let _ = writeln!(text, "voice = \"{}\"", random.pick(&["adopts", "doubts", "rejects"]));
    }
    if random.percent(60) {
        attribution(text, dossier, source, random);
    }
}

/// Writes a chain of one to three different entities; the first may have been heard the day before.
fn attribution(text: &mut String, dossier: &Dossier, source: &Source, random: &mut Random) {
    let mut chain: Vec<usize> = (0..random.between(1, 3)).map(|_| random.zipf(dossier.entities.len())).collect();
    chain.dedup();
    text.push_str("attribution = [\n");
    for (position, &entity) in chain.iter().enumerate() {
        let entity = &dossier.entities[entity];
        let _ = write!(text, "  {{ who = \"{}\"", entity.id);
        if position == 0 {
            let (year, month, day) = source.date;
            let _ = write!(text, ", said = {year}-{month:02}-{:02}", day - random.below(2));
        }
        if random.percent(20) {
            let _ = write!(text, ", as = {}", toml_string(&fill("the {n} in {l}", random)));
        }
        if random.percent(30) {
            let _ = write!(text, ", cue = {}", toml_string(&source.clause(random).exact));
        }
        text.push_str(" },\n");
    }
    text.push_str("]\n");
}

/// Writes two to four relations to different claims, and the one to the hub.
fn relations(text: &mut String, dossier: &Dossier, size: &Size, index: usize, random: &mut Random) {
    let others = dossier.claims.len() - 1;
    let mut targets: Vec<usize> = Vec::new();
    if index > 0 && index <= size.hub_relations {
        targets.push(0);
    }
    let wanted = (targets.len() + random.between(2, 4)).min(others);
    while targets.len() < wanted {
        let other = random.below(dossier.claims.len());
        if other != index && !targets.contains(&other) {
            targets.push(other);
        }
    }
    for target in targets {
        let relation = relation_type(dossier, index, target, random);
        let target = &dossier.claims[target];
        let reason =
            fill("Both rest on the {n} of {l}; the {a} {n} in [[", random) + dossier.any_record(random) + "]] decides.";
        let _ = writeln!(text, "\n[[relation]]\ntype = \"{relation}\"\nclaim = \"{}\"", target.id);
        let _ = writeln!(text, "reason = {}", toml_string(&reason));
    }
}

/// A type that makes sense of the two: nothing supports in a circle, and what is rated true is not attacked.
fn relation_type(dossier: &Dossier, from: usize, to: usize, random: &mut Random) -> &'static str {
    let mut types = vec!["qualifies", "updates", "replies-to"];
    if to < from {
        types.extend(["supports", "supports", "supports", "repeats"]);
    }
    let is_true = |claim: usize| dossier.claims[claim].rating == Some("true");
    if !is_true(to) {
        types.extend(["disputes", "disputes", "corrects"]);
        if !is_true(from) {
            types.push("contradicts");
        }
    }
    random.pick(&types)
}

/// Writes the ledger: where there are two verdicts, the first one was more careful.
fn verdicts(text: &mut String, dossier: &Dossier, index: usize, latest: usize, random: &mut Random) {
    let Some(rating) = dossier.claims[index].rating else {
        return;
    };
    let mut ledger = vec![rating];
    if random.percent(25) && rating != "unverified" {
        ledger.insert(0, "unverified");
    }
    for (year, rating) in (latest + 1..).zip(ledger) {
        let reason = capitalised(&fill("the {a} {n} {v} it, and the {n} of {l} bears it out.", random));
        let (month, day) = (random.between(1, 12), random.between(1, 28));
        let _ = writeln!(text, "\n[[verdict]]\nrating = \"{rating}\"\ndate = {year}-{month:02}-{day:02}");
        let _ = writeln!(text, "reason = {}", toml_string(&reason));
    }
    if random.percent(2) {
        let _ = writeln!(text, "\n[[correction]]\ndate = {}-06-01", latest + 3);
        let _ = writeln!(text, "text = {}", toml_string(&sentence(random)));
    }
}
