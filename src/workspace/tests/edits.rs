//! Thousands of random edits: after each, a workspace is what one made afresh from the same files would be.

use std::fmt::Write as _;

use super::model::{CLAIMS, Model, capture};
use super::*;

/// A workspace of the same files that has seen nothing else; its texts have the same numbers.
fn fresh(model: &Model, like: &Workspace) -> Workspace {
    let mut workspace = Workspace::new(Options::default());
    let paths: Vec<&str> = like.files().iter().map(|(_, file)| file.path.as_str()).collect();
    let numbered = paths.iter().map(|path| match (path.strip_prefix("captures/"), model.files.get(*path)) {
        (Some(name), _) => capture(name, model.captures.get(name).map_or(&[][..], Vec::as_slice)),
        (None, bytes) => Change::bytes(*path, bytes.cloned().unwrap_or_default()),
    });
    // One by one, so that each gets the number that it has there.
    numbered.for_each(|change| workspace.take(vec![change]));
    let gone = paths.iter().filter(|path| !path.starts_with("captures/") && !model.files.contains_key(**path));
    workspace.take(gone.map(|path| Change::gone(*path)).collect());
    if !model.captures.contains_key("a.md") {
        let mut gone = capture("a.md", &[]);
        gone.content = Content::Gone;
        workspace.take(vec![gone]);
    }
    // What has no number: static files. What has one is given again, and no change.
    workspace.take(model.files.iter().map(|(path, bytes)| Change::bytes(path, bytes.clone())).collect());
    // A theme takes longer to make than all the rest, and is made the same way both times.
    workspace.settings.borrow_theme(&like.settings, &workspace.project);
    workspace.apply(Vec::new());
    workspace
}

fn compare(model: &Model, workspace: &Workspace, pages: bool) {
    let fresh = fresh(model, workspace);
    let files = |workspace: &Workspace| workspace.files().iter().map(|(_, file)| file.path.clone()).collect::<Vec<_>>();
    assert_eq!(files(workspace), files(&fresh));
    let said = |workspace: &Workspace| format!("{:#?}", workspace.diagnostics());
    similar_asserts(&said(workspace), &said(&fresh));
    let (kept, new) = (workspace.dossier(), fresh.dossier());
    let by_id =
        |dossier: &Dossier| dossier.by_id.iter().map(|(id, record)| (id.clone(), *record)).collect::<BTreeMap<_, _>>();
    similar_asserts(&format!("{:#?}", by_id(kept)), &format!("{:#?}", by_id(new)));
    let parts = |dossier: &Dossier| {
        let Dossier { home, sources, claims, entities, commentary, tags, timeline, matrix, changes, .. } = dossier;
        [
            format!("{home:#?}"),
            format!("{sources:#?}"),
            format!("{claims:#?}"),
            format!("{entities:#?}"),
            format!("{commentary:#?}"),
            format!("{tags:#?} {timeline:#?} {matrix:#?} {changes:#?}"),
        ]
    };
    for (kept, new) in parts(kept).iter().zip(&parts(new)) {
        similar_asserts(kept, new);
    }
    similar_asserts(&routes(workspace), &routes(&fresh));
    if pages && !diag::has_errors(workspace.diagnostics()) {
        assert_eq!(all(workspace), all(&fresh));
    }
}

/// Compares long texts, and shows where they differ.
pub(super) fn similar_asserts(kept: &str, new: &str) {
    if kept != new {
        let diff = similar::TextDiff::from_lines(kept, new);
        panic!("kept against new:\n{}", diff.unified_diff().context_radius(4));
    }
}

/// Where everything goes, in what order, and what is promised.
fn routes(workspace: &Workspace) -> String {
    let (routes, dossier) = (&workspace.plan().unwrap().routes, workspace.dossier());
    let mut text = String::new();
    for (route, path) in routes.pages() {
        let _ = writeln!(text, "{route:?} {path} {:?}", routes.promised(*route).collect::<Vec<_>>());
    }
    for record in dossier.records() {
        let _ = writeln!(text, "{record:?} {}", routes.position(record));
    }
    for n in 0..u32::try_from(dossier.config.ratings.len()).unwrap() {
        let _ = writeln!(text, "{:?}", routes.rated(Some(crate::dossier::RatingIx(n))));
    }
    let sources = (0u32..).zip(&dossier.sources).map(|(n, _)| routes.unplaced(crate::dossier::SourceIx(n)));
    let assets: Vec<bool> = ["assets/own.css", "a.txt"].map(|path| routes.holds(path)).into();
    let groups = (routes.mapped_groups(1), routes.map_counts(), assets);
    let _ = writeln!(text, "{:?} {groups:?} {:?}", routes.rated(None), sources.collect::<Vec<_>>());
    text
}

/// What the site has at each of its paths.
fn all(workspace: &Workspace) -> Vec<(String, Answer)> {
    let index = workspace.plan().unwrap().index.paths();
    workspace.pages().chain(&index).map(|path| (path.to_string(), workspace.page(path.as_str()))).collect()
}

#[test]
fn thousands_of_edits_leave_what_a_fresh_state_is() {
    let edits = std::env::var("CASEBOOK_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(10_000);
    let (mut done, mut states, mut compared, mut sound) = (0, 0, 0, 0);
    let mut model = Model::new(1);
    let mut workspace = Workspace::new(Options::default());
    workspace.apply(vec![Change { at: capture("a.md", &[]).at, content: Content::Gone }]);
    workspace.apply(model.mend());
    while done < edits {
        let mut changes = Vec::new();
        for _ in 0..=model.random.below(2) {
            changes.extend(model.edit());
            done += 1;
        }
        if model.random.below(12) == 0 {
            changes.extend(model.mend());
        }
        workspace.apply(changes);
        states += 1;
        // A page that was asked for before it broke is shown as it was.
        let path = format!("claims/{}.html", model.random.one(CLAIMS));
        workspace.page(&path);
        let is_broken = workspace.settings.config_is_broken();
        if !is_broken && states % 10 == 0 {
            compare(&model, &workspace, states % 60 == 0);
            compared += 1;
            sound += usize::from(!diag::has_errors(workspace.diagnostics()));
        }
    }
    assert!(compared > 50 && sound > 20, "{states} states, {compared} compared, {sound} of them without errors");
}
