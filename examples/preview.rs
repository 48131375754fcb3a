//! Measures the preview without its server: from a changed file's bytes to the changed page.
//!
//! ```sh
//! cargo run --release --example corpus -- /tmp/large --sources 2000 --claims 20000 --commentary 500
//! cargo run --release --example preview -- /tmp/large
//! ```
//!
//! Each edit changes one record that is there, as a writer would; the page of that record is asked for. What is printed
//! is the time of the first state with its first page, and the median and the 95th percentile over the edits.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use casebook::ids::RecordKind;
use casebook::load;
use casebook::workspace::{Answer, Change, Options, Workspace};
use clap::Parser;

// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures the preview without its server.
#[derive(Parser)]
struct Arguments {
    /// A dossier, which stays as it is.
    dir: PathBuf,
    /// How many edits of each sort.
    #[arg(long, default_value_t = 50)]
    edits: usize,
    /// Only sorts of edits whose name holds this.
    #[arg(long, default_value = "")]
    only: String,
}

/// A sort of edit: its name, the records it is done to, and what becomes of the text at the n-th time.
type Sort = (&'static str, RecordKind, fn(&str, usize) -> String);

const SORTS: &[Sort] = &[
    ("a claim's text", RecordKind::Claim, |text, n| format!("{text}\nA sentence, number {n}.\n")),
    ("a claim's statement", RecordKind::Claim, |text, n| {
        text.replacen("claim = \"", &format!("claim = \"Word {n} "), 1)
    }),
    ("a claim's quotation breaks", RecordKind::Claim, |text, n| {
        text.replacen("quote = \"", &format!("quote = \"Unheard-of {n} "), 1)
    }),
    ("a claim's verdict", RecordKind::Claim, |text, n| {
        let verdict =
            format!("\n[[verdict]]\nrating = \"disputed\"\ndate = 2026-01-{:02}\nreason = \"So.\"\n", n % 28 + 1);
        text.replacen("\n+++\n", &format!("{verdict}+++\n"), 1)
    }),
    ("an entity's name", RecordKind::Entity, |text, n| text.replacen("name = \"", &format!("name = \"Lord {n} "), 1)),
    ("an essay's text", RecordKind::Commentary, |text, n| format!("{text}\nA sentence, number {n}.\n")),
    ("an essay's heading", RecordKind::Commentary, |text, n| format!("{text}\n## Heading {n}\n")),
    ("a source's text", RecordKind::Source, |text, n| format!("{text}\nA sentence, number {n}.\n")),
];

fn main() -> ExitCode {
    let Arguments { dir, edits, only } = Arguments::parse();
    let start = Instant::now();
    let (_, mut workspace) = match load::open(&dir, Options::default()) {
        Ok(opened) => opened,
        Err(failure) => {
            eprintln!("{failure}");
            return ExitCode::from(2);
        }
    };
    let opened = start.elapsed();
    let is_page = matches!(workspace.page("index.html"), Answer::Page { .. });
    println!("{:32} {:9.1} ms (with a page: {:.1} ms, {is_page})", "open", ms(opened), ms(start.elapsed()));
    for (name, kind, change) in SORTS.iter().filter(|(name, ..)| name.contains(&only)) {
        report(name, measure(&mut workspace, *kind, *change, edits));
    }
    report("a new claim", measure_new(&mut workspace, edits.min(10)));
    println!("{:32} {:9.0} MiB", "peak memory", peak_memory());
    // Giving back a dossier string by string takes longer than leaving it to the system.
    std::mem::forget(workspace);
    ExitCode::SUCCESS
}

/// The times of `edits` edits of records of a kind.
fn measure(
    workspace: &mut Workspace,
    kind: RecordKind,
    change: fn(&str, usize) -> String,
    edits: usize,
) -> Vec<Duration> {
    let of_kind = workspace.project().records().filter(|record| record.kind == kind);
    let records: Vec<(String, String)> = of_kind
        .filter_map(|record| Some((record.file, record.id.as_ref()?)))
        .map(|(file, id)| (workspace.files().get(file).path.clone(), format!("{}/{id}.html", kind.folder())))
        .collect();
    let step = (records.len() / edits.max(1)).max(1);
    let mut times = Vec::new();
    for (n, (path, page)) in records.iter().step_by(step).take(edits).enumerate() {
        let file = workspace.files().iter().find(|(_, file)| file.path == *path);
        let Some(text) = file.map(|(_, file)| file.text.clone()) else { continue };
        times.push(one(workspace, Change::bytes(path.as_str(), change(&text, n)), page));
        one(workspace, Change::bytes(path.as_str(), text.as_bytes()), page);
    }
    times
}

/// The times of adding a claim.
fn measure_new(workspace: &mut Workspace, edits: usize) -> Vec<Duration> {
    let text = "+++\nclaim = \"A new one.\"\n+++\nIt has no appearance yet.\n";
    (0..edits)
        .map(|n| {
            let change = Change::bytes(format!("content/claims/new-{n}.md"), text);
            one(workspace, change, &format!("claims/new-{n}.html"))
        })
        .collect()
}

fn one(workspace: &mut Workspace, change: Change, page: &str) -> Duration {
    let start = Instant::now();
    workspace.apply(vec![change]);
    std::hint::black_box(workspace.page(page));
    start.elapsed()
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).or(times.last()).map_or(f64::NAN, |time| ms(*time));
    println!("{name:32} {:9.1} ms median, {:9.1} ms 95th percentile of {}", at(50), at(95), times.len());
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The most memory that the process ever had, in MiB; 0 where the system does not say.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}
