//! Two states of a small dossier: what is told of the step from the one to the other.

mod formats;
mod properties;

use std::collections::BTreeMap;

use super::*;
use crate::workspace::{At, Change as FileChange, Content, Options, Workspace};

/// A project's files by path, with the names of captures under `captures/`.
#[derive(Clone, Default)]
pub(super) struct Project(pub(super) BTreeMap<String, String>);

impl Project {
    /// A ferry that came late, in two sources and three claims.
    pub(super) fn ferry() -> Self {
        let mut project = Self::default();
        project.put("casebook.toml", "title = \"The ferry\"\n");
        project.put("content/index.md", "All about the ferry.\n");
        project.put(
            "content/sources/gazette.md",
            "+++\ntitle = \"Harbour gazette\"\npublisher = \"gazette-office\"\ndate = 2020-05-01\n+++\n\
             The ferry came late on Monday. Nobody was told why.\n\n\
             The harbour office says that the engine has failed twice this year.\n\n\
             Passengers waited for three hours in the rain. The ferry came late on Tuesday, too.\n",
        );
        project.put(
            "content/sources/letter.md",
            "+++\ntitle = \"A letter\"\nauthors = [\"Ida Holm\"]\n+++\nI saw it come at noon. The engine has failed, they said.\n",
        );
        project.put(
            "content/claims/came-late.md",
            "+++\nclaim = \"The ferry came late.\"\nnature = \"fact\"\ntags = [\"ferry\"]\n\n\
             [[appearance]]\nsource = \"gazette\"\nquote = \"The ferry came late on Monday.\"\n\n\
             [[verdict]]\nrating = \"unverified\"\ndate = 2020-05-02\nreason = \"One report.\"\n+++\nSee [[engine-failed]].\n",
        );
        project.put(
            "content/claims/engine-failed.md",
            "+++\nclaim = \"The engine failed.\"\n\n\
             [[appearance]]\nsource = \"gazette\"\nquote = \"the engine has failed twice this year\"\n\
             attribution = [{ who = \"gazette-office\", as = \"The harbour office\" }]\n\n\
             [[appearance]]\nsource = \"letter\"\nquote = \"The engine has failed\"\n\n\
             [[relation]]\ntype = \"supports\"\nclaim = \"came-late\"\nreason = \"It explains it.\"\n+++\n",
        );
        project.put(
            "content/claims/they-waited.md",
            "+++\nclaim = \"Passengers waited for hours.\"\n\n\
             [[appearance]]\nsource = \"gazette\"\nquote = \"Passengers waited for three hours\"\n+++\n",
        );
        project
            .put("content/entities/gazette-office.md", "+++\nname = \"The Gazette\"\nkind = \"organization\"\n+++\n");
        project.put(
            "content/commentary/the-ferry.md",
            "+++\ntitle = \"On the ferry\"\n+++\nWords of the essay.\n\n> I saw it come at noon.\n> — [[letter]]\n",
        );
        project
    }

    pub(super) fn put(&mut self, path: &str, text: &str) {
        self.0.insert(path.to_owned(), text.to_owned());
    }

    /// Puts words in the place of others, which must be there.
    pub(super) fn edit(&mut self, path: &str, from: &str, to: &str) {
        let text = self.0.get_mut(path).expect("the file is there");
        assert!(text.contains(from), "{path} has no {from:?}");
        *text = text.replacen(from, to, 1);
    }

    pub(super) fn resolved(&self) -> Workspace {
        let mut workspace = Workspace::new(Options::default());
        let change = |(path, text): (&String, &String)| match path.strip_prefix("captures/") {
            Some(name) => FileChange {
                at: At::Capture { name: name.to_owned(), path: path.clone() },
                content: Content::Bytes(text.clone().into_bytes()),
            },
            None => FileChange::bytes(path.clone(), text.clone()),
        };
        workspace.resolve_only(self.0.iter().map(change).collect());
        workspace
    }
}

fn unread(workspace: &Workspace) -> BTreeSet<RecordId> {
    let broken = workspace.project().records().filter(|file| file.parsed.record.is_none());
    broken.filter_map(|file| file.id.clone()).collect()
}

/// The comparison of two projects.
pub(super) fn compared(old: &Project, new: &Project) -> Comparison {
    let (old, new) = (old.resolved(), new.resolved());
    let (old_unread, new_unread) = (unread(&old), unread(&new));
    compare(
        Version { dossier: old.dossier(), unread: &old_unread },
        Version { dossier: new.dossier(), unread: &new_unread },
    )
}

/// What people are told of edits of the ferry, without the line that counts.
fn told(edit: impl FnOnce(&mut Project)) -> String {
    let mut new = Project::ferry();
    edit(&mut new);
    let text = human::render(&compared(&Project::ferry(), &new), false);
    text.trim_end().rsplit_once("\n\n").map_or(text.clone(), |(body, _)| body.to_owned())
}

#[test]
fn the_same_is_nothing() {
    let comparison = compared(&Project::ferry(), &Project::ferry());
    assert_eq!(comparison, Comparison::default());
    assert_eq!(human::render(&comparison, false), "nothing changed\n");
    assert!(Project::ferry().resolved().diagnostics().iter().all(|it| it.severity != crate::diag::Severity::Error));
}

#[test]
fn a_claim_that_is_reworded_rated_and_corrected() {
    let text = told(|project| {
        let claim = "content/claims/came-late.md";
        project.edit(claim, "The ferry came late.\"", "The ferry came an hour late.\"");
        project.edit(claim, "reason = \"One report.\"", "reason = \"One report alone.\"");
        project.edit(
            claim,
            "\n+++\nSee",
            "\n[[verdict]]\nrating = \"true\"\ndate = 2020-06-01\nby = \"The desk\"\nreason = \"A second report.\"\n\n\
             [[correction]]\ndate = 2020-06-02\ntext = \"It was Monday.\"\n+++\nSee",
        );
    });
    assert_eq!(
        text,
        "claims\n  ~ came-late  The ferry came an hour late.\n      \
         ~ claim: The ferry came {+an hour+} late.\n      \
         ~ rating: unverified → true\n      \
         ~ verdict: unverified, 2020-05-02; reason: One [-report.-] {+report alone.+}\n      \
         + verdict: true, 2020-06-01, by The desk: A second report.\n      \
         + correction: 2020-06-02: It was Monday."
    );
}

#[test]
fn quotations_come_go_and_change() {
    let text = told(|project| {
        project.edit("content/claims/came-late.md", "The ferry came late on Monday.", "The ferry came late on Tuesday");
        project.edit(
            "content/claims/engine-failed.md",
            "\n[[appearance]]\nsource = \"letter\"\nquote = \"The engine has failed\"\n",
            "",
        );
        project.edit("content/claims/they-waited.md", "quote = \"Pass", "stance = \"questions\"\nquote = \"Pass");
        project.edit("content/commentary/the-ferry.md", "> I saw it come at noon.", "> it come at noon.");
    });
    assert_eq!(
        text,
        "claims\n  ~ came-late  The ferry came late.\n      \
         ~ quotation: “The ferry came late on [-Monday.-] {+Tuesday+}” in gazette; moved, block 2 → 4\n  \
         ~ engine-failed  The engine failed.\n      \
         ~ origins: 2: The Gazette, Ida Holm → 1: The Gazette\n      \
         - quotation: “The engine has failed” in letter\n  \
         ~ they-waited  Passengers waited for hours.\n      \
         - origins: 1: The Gazette (no longer)\n      \
         ~ quotation: “Passengers waited for three hours” in gazette; stance: asserts → questions\n\n\
         commentary\n  ~ the-ferry  On the ferry\n      \
         ~ body: Words of the essay. > [-I saw-] it come at noon. > — [[letter]]\n      \
         ~ quotation: “[-I saw-] it come at noon.” in letter"
    );
}

#[test]
fn a_source_whose_text_changes_tells_what_became_of_its_quotations_and_none_of_its_words() {
    let text = told(|project| {
        project.edit(
            "content/sources/gazette.md",
            "The ferry came late on Monday.",
            "SECRET. The ferry came late on Sunday.",
        );
        project.edit("content/sources/gazette.md", "three hours", "three\u{a0}hours");
        project.edit("content/sources/gazette.md", "the engine has failed", "NEW words here.\n\nthe engine has failed");
        project.edit("content/sources/gazette.md", "date = 2020-05-01", "date = 2020-05-02");
    });
    assert_eq!(
        text,
        "claims\n  ~ came-late  The ferry came late.\n      \
         ~ quotation: “The ferry came late on Monday.” in gazette; exact → not in the source\n  \
         ~ they-waited  Passengers waited for hours.\n      \
         ~ quotation: “Passengers waited for three hours” in gazette; exact → folded (no-break-space)\n\n\
         sources\n  ~ gazette  Harbour gazette\n      \
         ~ date: 2020-05-01 → 2020-05-02\n      \
         ~ text: blocks that differ: 1 new, 3 changed"
    );
}

#[test]
fn a_passage_has_not_moved_by_what_is_written_above_it() {
    let text = told(|project| {
        project.edit(
            "content/sources/gazette.md",
            "+++\nThe ferry",
            "+++\nA new beginning.\n\nAnd more of it.\n\nThe ferry",
        );
    });
    assert_eq!(text, "sources\n  ~ gazette  Harbour gazette\n      ~ text: blocks that differ: 2 new");
    let text = told(|project| {
        let last = "Passengers waited for three hours in the rain. The ferry came late on Tuesday, too.\n";
        project.edit("content/sources/gazette.md", last, "");
        project.edit("content/sources/gazette.md", "+++\nThe ferry", &format!("+++\n{last}\nThe ferry"));
    });
    assert!(text.contains("“Passengers waited for three hours” in gazette; moved, block 4 → 2"), "{text}");
}

#[test]
fn the_same_words_at_another_place_have_moved() {
    let mut old = Project::ferry();
    old.edit("content/sources/gazette.md", "Tuesday, too.", "Tuesday, too. It is said that the ferry is always late.");
    old.edit(
        "content/claims/came-late.md",
        "\"The ferry came late on Monday.\"",
        "\"The ferry came late\"\nsuffix = \"on Monday\"",
    );
    let mut new = old.clone();
    new.edit("content/claims/came-late.md", "suffix = \"on Monday\"", "suffix = \"on Tuesday\"");
    let text = human::render(&compared(&old, &new), false);
    assert!(text.contains("moved, block 2 → 4; suffix: on Monday → on Tuesday"), "{text}");
    assert!(text.ends_with("\n1 claim changed; 1 quotation moved\n"), "{text}");
}

#[test]
fn relations_and_chains() {
    let text = told(|project| {
        project.edit("content/claims/engine-failed.md", "It explains it.", "It explains nothing.");
        project.edit("content/claims/engine-failed.md", "as = \"The harbour office\"", "said = 2020-04-30");
        project.edit(
            "content/claims/they-waited.md",
            "three hours\"\n+++",
            "three hours\"\n\n[[relation]]\ntype = \"repeats\"\nclaim = \"came-late\"\n+++",
        );
    });
    assert_eq!(
        text,
        "claims\n  ~ engine-failed  The engine failed.\n      \
         ~ quotation: “the engine has failed twice this year” in gazette; attribution: \
         The Gazette (as “The harbour office”) → The Gazette (2020-04-30)\n      \
         ~ relation: supports came-late; reason: It explains [-it.-] {+nothing.+}\n  \
         ~ they-waited  Passengers waited for hours.\n      \
         + relation: repeats came-late"
    );
}

#[test]
fn a_record_under_another_id_is_the_same_record() {
    let mut new = Project::ferry();
    let claim = new.0.remove("content/claims/came-late.md").expect("it is there");
    new.put("content/claims/late-again.md", &claim.replace("nature =", "aliases = [\"came-late\"]\nnature ="));
    new.edit("content/claims/engine-failed.md", "claim = \"came-late\"", "claim = \"late-again\"");
    let comparison = compared(&Project::ferry(), &new);
    assert_eq!(
        human::render(&comparison, false),
        "claims\n  ~ late-again  The ferry came late.\n      renamed from came-late\n\n1 claim renamed\n"
    );
    let back = compared(&new, &Project::ferry());
    assert_eq!(back.records[0].fate, Fate::Renamed("late-again".to_owned()));
}

#[test]
fn what_cannot_be_read_is_neither_gone_nor_new() {
    let mut new = Project::ferry();
    new.edit("content/claims/they-waited.md", "claim = ", "claim ");
    assert_eq!(compared(&Project::ferry(), &new), Comparison::default());
    assert_eq!(compared(&new, &Project::ferry()), Comparison::default());
    new.0.remove("content/claims/they-waited.md");
    let text = human::render(&compared(&Project::ferry(), &new), false);
    assert_eq!(
        text,
        "claims\n  - they-waited  Passengers waited for hours.\n      \
         - quotation: “Passengers waited for three hours” in gazette\n\n1 claim removed; 1 quotation lost\n"
    );
}

#[test]
fn settings_and_the_scale() {
    let text = told(|project| {
        project.put(
            "casebook.toml",
            "title = \"The late ferry\"\nlicence = \"CC0-1.0\"\n[lints]\norphan-source = \"deny\"\n\n\
             [relations.refutes]\nlabel = \"refutes\"\ninverse = \"refuted by\"\n",
        );
    });
    assert_eq!(
        text,
        "settings\n  ~ title: The ferry → The late ferry\n  + licence: CC0-1.0\n  ~ lints.orphan-source: warn → deny\n  \
         + relations.refutes: refutes, refuted by (neutral)"
    );
    let scale = "[[ratings]]\nid = \"unverified\"\nlabel = \"Open\"\n";
    let text = told(|project| project.edit("casebook.toml", "\n", &format!("\n{scale}")));
    assert!(
        text.contains("~ ratings: true, mostly-true, unverified, disputed, misleading, false → unverified\n"),
        "{text}"
    );
    assert!(text.contains("- ratings.false: ") && text.contains("~ ratings.unverified: "), "{text}");
}

#[test]
fn a_capture_that_is_fetched_again() {
    let with = |text: &str, hash: &str, day: &str| {
        let mut project = Project::ferry();
        let capture = format!("[capture]\nfile = \"letter.md\"\nsha256 = \"{hash}\"\nretrieved = {day}\n+++\n");
        project.edit("content/sources/letter.md", "+++\nI saw", &format!("{capture}I saw"));
        project.put("captures.lock", text);
        project
    };
    let (one, other) = ("1".repeat(64), "2".repeat(64));
    let body = "b".repeat(64);
    let lock = format!("[letter]\ncapture = \"{one}\"\nbody = \"{body}\"\nfold = 1\ndate = 2020-06-01\n");
    let comparison = compared(&with("", &one, "2020-05-03"), &with(&lock, &other, "2020-05-04"));
    let text = human::render(&comparison, false);
    assert!(text.contains(&format!("~ capture.sha256: {one} → {other}\n")), "{text}");
    assert!(text.contains("~ capture.retrieved: 2020-05-03 → 2020-05-04\n"), "{text}");
    assert!(text.contains("+ captures.lock: out of date since it was recorded on 2020-06-01"), "{text}");
}
