//! Any set of edits is told exactly; told backwards, it is the mirror image.

use proptest::prelude::*;

use super::*;

/// An edit: the file, what is replaced by what (a whole file is added or removed where one is empty), and what is told of
/// it: the record, and how the line begins.
struct Edit {
    path: &'static str,
    from: &'static str,
    to: &'static str,
    told: &'static [(&'static str, &'static str)],
}

const fn edit(
    path: &'static str,
    from: &'static str,
    to: &'static str,
    told: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit { path, from, to, told }
}

/// Edits of which none touches what another one does.
const EDITS: &[Edit] = &[
    edit("casebook.toml", "The ferry", "A ferry", &[("", "~ title: ")]),
    edit("content/index.md", "All about", "Much about", &[("index", "~ body: ")]),
    edit("content/claims/came-late.md", "came late.\"\n", "came too late.\"\n", &[("came-late", "~ claim: ")]),
    edit("content/claims/came-late.md", "\"fact\"", "\"opinion\"", &[("came-late", "~ nature: ")]),
    edit("content/claims/came-late.md", "[\"ferry\"]", "[\"boat\"]", &[("came-late", "~ tags: ")]),
    edit(
        "content/claims/came-late.md",
        "\"unverified\"",
        "\"false\"",
        &[
            ("came-late", "~ rating: unverified → false"),
            ("came-late", "~ verdict: unverified, 2020-05-02 → false, 2020-05-02"),
        ],
    ),
    edit("content/claims/came-late.md", "See [[", "Do see [[", &[("came-late", "~ body: ")]),
    edit(
        "content/claims/came-late.md",
        "on Monday.\"\n",
        "on Monday.\"\nlocator = \"p. 1\"\n",
        &[("came-late", "~ quotation: “The ferry came late on Monday.” in gazette; locator: p. 1")],
    ),
    edit(
        "content/claims/engine-failed.md",
        "\"supports\"",
        "\"disputes\"",
        &[("engine-failed", "- relation: supports came-late"), ("engine-failed", "+ relation: disputes came-late")],
    ),
    edit(
        "content/claims/engine-failed.md",
        "quote = \"The engine has failed\"",
        "quote = \"engine has failed\"",
        &[("engine-failed", "~ quotation: “[-The-] engine has failed” in letter")],
    ),
    edit(
        "content/claims/new-one.md",
        "",
        "+++\nclaim = \"A new one.\"\n\n[[appearance]]\nsource = \"letter\"\nquote = \"I saw it come\"\n+++\n",
        &[("new-one", "+ quotation: “I saw it come” in letter")],
    ),
    edit(
        "content/claims/they-waited.md",
        "+++",
        "",
        &[("they-waited", "- quotation: “Passengers waited for three hours” in gazette")],
    ),
    edit("content/sources/gazette.md", "2020-05-01", "2020-05-09", &[("gazette", "~ date: ")]),
    edit("content/sources/letter.md", "A letter", "One letter", &[("letter", "~ title: "), ("letter", "~ text: ")]),
    edit("content/entities/gazette-office.md", "kind = \"organization\"\n", "", &[("gazette-office", "- kind: ")]),
    edit("content/commentary/the-ferry.md", "Words of", "Many words of", &[("the-ferry", "~ body: ")]),
];

/// The ferry after those edits of which the bit is set.
fn edited(mask: u32) -> Project {
    let mut project = Project::ferry();
    for (_, edit) in chosen(mask) {
        match (edit.from, edit.to) {
            ("", text) => project.put(edit.path, text),
            (_, "") if edit.from == "+++" => drop(project.0.remove(edit.path)),
            (from, to) => project.edit(edit.path, from, to),
        }
    }
    project
}

fn chosen(mask: u32) -> impl Iterator<Item = (usize, &'static Edit)> {
    EDITS.iter().enumerate().filter(move |(bit, _)| mask >> bit & 1 == 1)
}

/// What is told: the record of each line, and the line.
fn lines(comparison: &Comparison) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut record = String::new();
    for line in human::render(comparison, false).lines() {
        let words = line.trim_start();
        match line.len() - words.len() {
            2 if record.is_empty() && comparison.records.iter().all(|it| !words[2..].starts_with(&it.id)) => {
                lines.push((String::new(), words.to_owned()));
            }
            2 => record = words.split(' ').nth(1).unwrap_or_default().to_owned(),
            6 => lines.push((record.clone(), words.to_owned())),
            _ => {}
        }
    }
    lines
}

/// The comparison backwards.
fn mirrored(comparison: Comparison) -> Comparison {
    let record = |record: RecordChange| RecordChange {
        fate: match record.fate {
            Fate::Added => Fate::Removed,
            Fate::Removed => Fate::Added,
            fate => fate,
        },
        title: String::new(),
        changes: sorted(record.changes.into_iter().map(change).collect()),
        ..record
    };
    Comparison {
        settings: comparison.settings.into_iter().map(change).collect(),
        records: comparison.records.into_iter().map(record).collect(),
    }
}

fn change(it: Change) -> Change {
    match it {
        Change::Field { name, old, new } => Change::Field { name, old: new, new: old },
        Change::Text { name, old, new } => Change::Text { name, old: new, new: old },
        Change::Rating { old, new } => Change::Rating { old: new, new: old },
        Change::Verdict(it) => Change::Verdict(delta(it)),
        Change::Correction(it) => Change::Correction(delta(it)),
        Change::Quotation(it) => Change::Quotation(delta(it)),
        Change::Relation(it) => Change::Relation(delta(it)),
        Change::Words { added, removed, changed } => Change::Words { added: removed, removed: added, changed },
    }
}

fn delta<T>(it: Delta<T>) -> Delta<T> {
    match it {
        Delta::Added(it) => Delta::Removed(it),
        Delta::Removed(it) => Delta::Added(it),
        Delta::Changed(both) => Delta::Changed(Box::new((both.1, both.0))),
    }
}

/// In one order: those that are gone come before those that are new, so that it depends on the direction.
fn sorted(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by_cached_key(|change| format!("{change:?}"));
    changes
}

/// The comparison with its lists in one order, and without what only the newer state says.
fn plain(comparison: Comparison) -> Comparison {
    mirrored(mirrored(comparison))
}

#[test]
fn every_edit_alone_is_told_exactly() {
    for bit in 0..EDITS.len() {
        assert_told(1 << bit);
    }
}

fn assert_told(mask: u32) {
    let comparison = compared(&Project::ferry(), &edited(mask));
    let mut told = lines(&comparison);
    for (_, edit) in chosen(mask) {
        for (record, start) in edit.told {
            let at = told.iter().position(|(of, line)| of == record && line.starts_with(start));
            let at = at.unwrap_or_else(|| panic!("{record}: {start:?} is not told: {told:#?}"));
            told.remove(at);
        }
    }
    assert_eq!(told, [], "is told and did not happen");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn edits_are_told_exactly_whatever_else_changes(mask in 0u32..1 << EDITS.len()) {
        assert_told(mask);
    }

    #[test]
    fn backwards_is_the_mirror_image(one in 0u32..1 << EDITS.len(), other in 0u32..1 << EDITS.len()) {
        let (one, other) = (edited(one), edited(other));
        prop_assert_eq!(plain(compared(&one, &other)), mirrored(compared(&other, &one)));
        prop_assert_eq!(compared(&one, &one), Comparison::default());
    }
}
