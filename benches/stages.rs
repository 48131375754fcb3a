//! Each stage of a build by itself, on a generated dossier of 20 sources, 100 claims and 10 essays; with
//! `CORPUS=medium` of 200, 2,000 and 100.
//!
//! ```sh
//! cargo bench --bench stages -- --threads 1 render
//! ```
//!
//! `scripts/bench` measures whole builds.

#[path = "../examples/corpus/generate/mod.rs"]
mod generate;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use casebook::anchor::{Haystack, Outcome, Selector};
use casebook::build::{Options, Read};
use casebook::check::check;
use casebook::dossier::RecordRef;
use casebook::ids::RecordKind;
use casebook::load;
use casebook::parse::{Parsed, parse};
use casebook::render::Renderer;
use casebook::resolve::{Input, resolve};
use casebook::route::{Route, Routes};
use casebook::search;
use casebook::site::Page;
use casebook::workspace::{self, Plan, Workspace};
use casebook::write::{Report, Writer};
use divan::{Bencher, Divan};
use rayon::prelude::*;
use tempfile::TempDir;

use generate::Size;

// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    Divan::from_args().config_with_args().max_time(Duration::from_secs(2)).main();
}

/// A dossier on disk and in memory.
struct Corpus {
    folder: TempDir,
    workspace: Workspace,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let mut size = Size::default();
    if std::env::var_os("CORPUS").is_some_and(|size| size == "medium") {
        (size.sources, size.claims, size.commentary) = (200, 2000, 100);
    }
    let folder = tempfile::tempdir().expect("a folder");
    generate::write(&size, folder.path()).expect("a corpus");
    let (_, workspace) = load::open(folder.path(), workspace::Options::default()).expect("a dossier");
    assert!(workspace.diagnostics().is_empty(), "{:?}", workspace.diagnostics());
    Corpus { folder, workspace }
});

impl Corpus {
    fn plan(&self) -> &Plan {
        self.workspace.plan().expect("a plan")
    }

    fn renderer(&self) -> Renderer<'_> {
        Renderer::new(self.workspace.dossier(), &self.plan().routes, self.workspace.theme().expect("a theme"))
    }

    /// The pages of a sort, as the renderer gives them.
    fn pages(&self, sort: Sort) -> Vec<Page> {
        let renderer = self.renderer();
        let routes = self.plan().routes.pages().par_iter().map(|&(route, _)| route).filter(|&route| sort.has(route));
        routes.flat_map_iter(|route| renderer.pages(route).expect("its pages")).collect()
    }
}

/// What sort of page it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    Any,
    Claims,
    Sources,
    Entities,
    Essays,
    Lists,
    Tags,
    Ratings,
    Timeline,
    Matrix,
    Map,
    Changes,
    Feeds,
    Data,
}

impl Sort {
    fn has(self, route: Route) -> bool {
        match self {
            Self::Any => true,
            Self::Claims => matches!(route, Route::Record(RecordRef::Claim(_))),
            Self::Sources => matches!(route, Route::Record(RecordRef::Source(_))),
            Self::Entities => matches!(route, Route::Record(RecordRef::Entity(_)) | Route::Entity(..)),
            Self::Essays => matches!(route, Route::Record(RecordRef::Commentary(_))),
            Self::Lists => matches!(route, Route::List(..)),
            Self::Tags => matches!(route, Route::Tags(_) | Route::Tag(..)),
            Self::Ratings => matches!(route, Route::Ratings | Route::Rating(..)),
            Self::Timeline => matches!(route, Route::Timeline(_)),
            Self::Matrix => matches!(route, Route::Matrix(_)),
            Self::Map => matches!(route, Route::Map(_)),
            Self::Changes => matches!(route, Route::Changes(_)),
            Self::Feeds => matches!(route, Route::Feed | Route::Corrections | Route::TagFeed(_)),
            Self::Data => matches!(route, Route::Data(_) | Route::Facets(_) | Route::Titles(..)),
        }
    }
}

const SORTS: [Sort; 13] = [
    Sort::Claims,
    Sort::Sources,
    Sort::Entities,
    Sort::Essays,
    Sort::Lists,
    Sort::Tags,
    Sort::Ratings,
    Sort::Timeline,
    Sort::Matrix,
    Sort::Map,
    Sort::Changes,
    Sort::Feeds,
    Sort::Data,
];

#[divan::bench]
fn a_read(bencher: Bencher<'_, '_>) {
    let root = CORPUS.folder.path();
    bencher.bench(|| load::read(root).expect("its files"));
}

#[divan::bench]
fn b_parse(bencher: Bencher<'_, '_>) {
    let files = CORPUS.workspace.files();
    let texts: Vec<(RecordKind, &str)> = CORPUS
        .workspace
        .project()
        .records()
        .map(|record| (record.kind, files.get(record.file).text.as_ref()))
        .collect();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let bencher = bencher.counter(divan::counter::BytesCount::new(bytes));
    bencher.bench(|| texts.par_iter().map(|(kind, text)| parse(*kind, text)).collect::<Vec<Parsed>>());
}

/// Every quotation of a claim, in its source.
#[divan::bench]
fn c_anchor(bencher: Bencher<'_, '_>) {
    let dossier = CORPUS.workspace.dossier();
    let mut wanted: Vec<Vec<&Selector>> = vec![Vec::new(); dossier.sources.len()];
    for appearance in dossier.claims.iter().flat_map(|claim| &claim.appearances) {
        wanted[appearance.quote.source.index()].push(&appearance.quote.selector);
    }
    let bencher = bencher.counter(wanted.iter().map(Vec::len).sum::<usize>());
    bencher.bench(|| {
        let found = dossier.sources.items().par_iter().zip(&wanted).map(|(source, wanted)| {
            let text = source.text.as_ref().expect("its text");
            let haystack = Haystack::new(text.plain(), text.gaps());
            wanted.iter().filter(|selector| matches!(haystack.find(selector), Outcome::Found(_))).count()
        });
        found.sum::<usize>()
    });
}

/// With anchoring.
#[divan::bench]
fn d_resolve(bencher: Bencher<'_, '_>) {
    let workspace = &CORPUS.workspace;
    let input = Input {
        config: workspace.config().clone(),
        files: workspace.files(),
        records: &workspace.project().records().cloned().collect(),
        captures: &HashMap::new(),
        lock: workspace.lock(),
        statics: &BTreeSet::new(),
        drafts: false,
    };
    bencher.bench(|| resolve(&input));
}

#[divan::bench]
fn e_route(bencher: Bencher<'_, '_>) {
    let dossier = CORPUS.workspace.dossier();
    bencher.bench(|| Routes::of(dossier, &BTreeSet::new()));
}

/// All pages of a sort, on one thread.
#[divan::bench(args = SORTS)]
fn f_render(bencher: Bencher<'_, '_>, sort: Sort) {
    let (renderer, routes) = (CORPUS.renderer(), &CORPUS.plan().routes);
    let routes: Vec<Route> = routes.pages().iter().map(|&(route, _)| route).filter(|&route| sort.has(route)).collect();
    let render = || routes.iter().map(|&route| renderer.pages(route).expect("its pages").len()).sum::<usize>();
    bencher.counter(routes.len()).bench_local(render);
}

/// All pages, on one thread.
#[divan::bench]
fn g_check(bencher: Bencher<'_, '_>) {
    let (pages, routes) = (CORPUS.pages(Sort::Any), &CORPUS.plan().routes);
    let check = || pages.iter().map(|page| check(page, routes).len()).sum::<usize>();
    bencher.counter(pages.len()).bench_local(check);
}

#[divan::bench]
fn h_search_index(bencher: Bencher<'_, '_>) {
    let (dossier, plan) = (CORPUS.workspace.dossier(), CORPUS.plan());
    bencher.bench(|| search::index(dossier, &plan.routes, &plan.index));
}

fn write(pages: &[Page], output: &Path) -> Report {
    let writer = Writer::open(output, &[]).expect("a writer");
    pages.par_iter().try_for_each(|page| writer.put(page)).expect("pages are written");
    writer.commit().expect("all is committed")
}

/// All pages, into a new folder.
#[divan::bench]
fn i_write(bencher: Bencher<'_, '_>) {
    let pages = CORPUS.pages(Sort::Any);
    let bencher = bencher.counter(pages.len());
    bencher.with_inputs(|| tempfile::tempdir().expect("a folder")).bench_values(|folder| {
        let report = write(&pages, &folder.path().join("public"));
        assert_eq!((report.written, report.unchanged), (pages.len(), 0));
        folder
    });
}

/// All pages, into a folder that has them.
#[divan::bench]
fn j_write_nothing_new(bencher: Bencher<'_, '_>) {
    let pages = CORPUS.pages(Sort::Any);
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("public");
    write(&pages, &output);
    bencher.counter(pages.len()).bench(|| {
        let report = write(&pages, &output);
        assert_eq!(report.written, 0);
    });
}

/// A whole build, into a folder that has its site.
#[divan::bench]
fn k_build_nothing_changed(bencher: Bencher<'_, '_>) {
    let output = tempfile::tempdir().expect("a folder");
    let output = output.path().join("public");
    let read = || Read::project(CORPUS.folder.path(), Options::default(), &()).expect("a dossier");
    let mut project = read();
    assert!(project.unchanged(&output, &()).expect("a folder").is_none());
    let mut compiled = project.compile(&()).expect("a dossier");
    compiled.build(&output, &()).expect("a site").expect("nothing is wrong");
    bencher.bench(|| read().unchanged(&output, &()).expect("a folder").expect("nothing has changed").count);
}
