//! Random edits: a page whose parts are all as they were is made byte for byte as it was.

use super::model::Model;
use super::*;
use crate::check::check;
use crate::dossier::digest::Digests;
use crate::dossier::parts::{Parts, noting};
use crate::render::Renderer;
use crate::route::Route;

/// A state's pages with what each was made from, and all that they can be made from.
struct Made {
    around: BTreeMap<String, Vec<u8>>,
    others: Vec<String>,
    digests: Digests,
    pages: BTreeMap<String, (Vec<Page>, Parts)>,
}

impl Made {
    fn of(model: &Model, workspace: &Workspace) -> Self {
        let (dossier, plan) = (workspace.dossier(), workspace.plan().unwrap());
        let renderer = Renderer::new(dossier, &plan.routes, workspace.theme().unwrap());
        let page = |(route, path): &(Route, SitePath)| {
            let (pages, parts) = noting(|| {
                let pages = renderer.pages(*route).unwrap();
                assert!(pages.iter().all(|page| check(page, &plan.routes).is_empty()));
                pages
            });
            (path.to_string(), (pages, parts))
        };
        let is_around = |path: &String| !matches!(place(path), Place::Record(..));
        let around = model.files.iter().filter(|(path, _)| is_around(path));
        Self {
            around: around.map(|(path, bytes)| (path.clone(), bytes.clone())).collect(),
            others: plan.others(),
            digests: plan.digests(dossier),
            pages: plan.routes.pages().iter().map(page).collect(),
        }
    }
}

#[test]
fn pages_are_made_alike_from_parts_that_are_as_they_were() {
    let mut model = Model::new(2);
    let base_url = Some("https://example.org/".to_owned());
    let mut workspace = Workspace::new(Options { base_url, ..Options::default() });
    workspace.apply(model.mend());
    let mut before: Option<Made> = None;
    let (mut kept, mut anew, mut differed) = (0, 0, 0);
    for _ in 0..1_000 {
        let mut changes = model.edit();
        if model.random.below(3) == 0 {
            changes.extend(model.mend());
        }
        workspace.apply(changes);
        if workspace.settings.config_is_broken() || diag::has_errors(workspace.diagnostics()) {
            continue;
        }
        let now = Made::of(&model, &workspace);
        let is_comparable =
            |before: &&Made| before.around == now.around && before.others.iter().all(|path| now.others.contains(path));
        let same = before.as_ref().filter(is_comparable);
        if let Some(before) = same {
            let changed = now.digests.since(&before.digests);
            for (path, (was, parts)) in &before.pages {
                let Some((is, _)) = now.pages.get(path) else { continue };
                if parts.iter().any(|part| changed.has(part)) {
                    anew += 1;
                    differed += usize::from(was != is);
                } else {
                    kept += 1;
                    let text = |pages: &[Page]| {
                        pages.iter().map(|page| String::from_utf8_lossy(&page.content).into_owned()).collect::<String>()
                    };
                    if was != is {
                        println!("{path} was kept, and is another now");
                        edits::similar_asserts(&text(was), &text(is));
                    }
                }
            }
        }
        before = Some(now);
    }
    assert!(
        kept > 3_000 && differed > 1_000,
        "{kept} pages kept, {anew} made anew, {differed} of them to another effect"
    );
}
