//! Measures whole builds of generated dossiers and prints tables for `docs/performance.md`. `scripts/bench` calls this
//! with the programs and a folder to work in; the folder is that script's to remove.

#[path = "../corpus/generate/mod.rs"]
mod generate;
mod peers;
mod plot;
mod run;
mod tables;
mod whole;

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use generate::Size;
use run::{Run, Series};
use tables::{count, seconds};
use whole::Summary;

/// Measures whole builds of generated dossiers, on so many threads and on one.
#[derive(Parser)]
#[command(name = "scripts/bench")]
struct Arguments {
    /// Which dossiers: small (20 sources, 100 claims, 10 essays), medium (200, 2,000, 100), large (2,000, 20,000, 500)
    #[arg(value_parser = ["small", "medium", "large"])]
    sizes: Vec<String>,
    /// Dossiers with a claim that 5,000 others bear on, a source with 2,000 passages, an entity in 20,000 claims
    #[arg(long)]
    hubs: bool,
    /// Dossiers of 1,000 to 100,000 claims
    #[arg(long)]
    scale: bool,
    /// Where the plot of `--scale` goes
    #[arg(long, value_name = "FILE", default_value = "docs/performance.svg")]
    plot: PathBuf,
    /// How often each is measured; what is printed is the median
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// How many threads
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Makes every dossier so many times as small, to try this out
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    divide: u16,
    #[command(flatten)]
    bench: Bench,
}

/// What to measure with.
#[derive(clap::Args)]
struct Bench {
    #[arg(long, hide = true)]
    casebook: PathBuf,
    /// The folder with the other examples.
    #[arg(long, hide = true)]
    examples: PathBuf,
    #[arg(long, hide = true)]
    folder: PathBuf,
}

/// The sizes of claims for the plot.
const SCALE: [usize; 7] = [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

/// As many sources and essays for so many claims as the large dossier has.
fn of_claims(claims: usize) -> Size {
    Size { sources: (claims / 10).max(1), claims: claims.max(1), commentary: (claims / 40).max(1), ..Size::default() }
}

fn named(name: &str) -> Size {
    match name {
        "small" => Size::default(),
        "medium" => Size { sources: 200, claims: 2000, commentary: 100, ..Size::default() },
        _ => of_claims(20_000),
    }
}

impl Arguments {
    fn divided(&self, size: &Size) -> Size {
        let divide = |number: usize| number.div_ceil(self.divide.into());
        Size {
            sources: divide(size.sources),
            claims: divide(size.claims),
            commentary: divide(size.commentary),
            seed: size.seed,
            hub_relations: divide(size.hub_relations),
            hub_passages: divide(size.hub_passages),
            hub_entity: divide(size.hub_entity),
        }
    }
}

/// Whole builds of the named sizes, everything that there is to measure.
fn sizes(arguments: &Arguments) -> io::Result<()> {
    let mut summaries: Vec<(&str, Summary)> = Vec::new();
    for name in &arguments.sizes {
        let size = arguments.divided(&named(name));
        let (sources, claims, essays) = (count(size.sources), count(size.claims), count(size.commentary));
        println!("\n## {name}: {sources} sources, {claims} claims, {essays} essays\n");
        let folder = arguments.bench.folder.join(name);
        let summary = whole::measure(&arguments.bench, &size, &folder, arguments.threads, arguments.runs.into())?;
        summaries.push((name, summary));
        fs::remove_dir_all(folder)?;
    }
    let found = |wanted: &str| summaries.iter().find(|(name, _)| *name == wanted).map(|(_, summary)| summary);
    if let (Some(medium), Some(large)) = (found("medium"), found("large")) {
        let ratio = large.milliseconds_a_page() / medium.milliseconds_a_page();
        println!("\nTime for a page, large against medium: {ratio:.2}");
    }
    Ok(())
}

/// Dossiers each with one record that much bears on, and the same without it.
fn hubs(arguments: &Arguments) -> io::Result<()> {
    let relations = Size { hub_relations: 5000, ..of_claims(6000) };
    let passages = Size { hub_passages: 2000, ..of_claims(3000) };
    let entity = Size { hub_entity: 20_000, ..of_claims(20_000) };
    println!("\n## Hubs\n\n| hub | claims | build | without the hub | memory | without |\n|---|--:|--:|--:|--:|--:|");
    for (name, size) in [
        ("a claim with 5,000 relations", relations),
        ("a source with 2,000 passages", passages),
        ("an entity in 20,000 claims", entity),
    ] {
        let size = arguments.divided(&size);
        let without = Size { hub_relations: 0, hub_passages: 0, hub_entity: 0, ..size.clone() };
        let [hub, without] = cold(arguments, [size.clone(), without])?;
        let times = [&hub, &without].map(|run| seconds(run.seconds));
        let memory = [&hub, &without].map(|run| tables::mebibytes(run.memory()));
        let claims = count(size.claims);
        println!("| {name} | {claims} | {} | {} | {} | {} |", times[0], times[1], memory[0], memory[1]);
    }
    Ok(())
}

/// The median cold build of each.
fn cold<const N: usize>(arguments: &Arguments, sizes: [Size; N]) -> io::Result<[Run; N]> {
    let folder = &arguments.bench.folder;
    let mut series = Vec::new();
    for (number, size) in sizes.iter().enumerate() {
        let dossier = folder.join(format!("cold-{number}"));
        generate::write(size, &dossier)?;
        let name = format!("{} claims", count(size.claims));
        series.push(Series::new(name, move || whole::cold(&arguments.bench, &dossier, arguments.threads)));
    }
    Series::measure(&mut series, arguments.runs.into())?;
    for number in 0..N {
        fs::remove_dir_all(folder.join(format!("cold-{number}")))?;
    }
    let medians: Vec<Run> = series.iter().map(Series::median).collect();
    medians.try_into().map_err(|_| io::Error::other("a series is missing"))
}

/// Time and memory against size.
fn scale(arguments: &Arguments) -> io::Result<()> {
    println!(
        "\n## From 1,000 to 100,000 claims\n\n| claims | pages | build | a page | memory |\n|--:|--:|--:|--:|--:|"
    );
    let mut points = Vec::new();
    for claims in SCALE {
        let size = arguments.divided(&of_claims(claims));
        let claims = size.claims;
        let [run] = cold(arguments, [size])?;
        let pages = run.number_before(" pages, ").unwrap_or_default();
        let page = run.seconds * 1000.0 / pages.max(1) as f64;
        let (claims_shown, pages, memory) = (count(claims), count(pages), tables::mebibytes(run.memory()));
        println!("| {claims_shown} | {pages} | {} | {page:.3} ms | {memory} |", seconds(run.seconds));
        points.push(plot::Point { claims, seconds: run.seconds, mebibytes: run.memory() });
    }
    fs::write(&arguments.plot, plot::svg(&points))?;
    println!("\nThe plot is in {}.", arguments.plot.display());
    Ok(())
}

fn measure(arguments: &mut Arguments) -> io::Result<()> {
    if arguments.sizes.is_empty() && !arguments.hubs && !arguments.scale {
        arguments.sizes = ["small", "medium", "large"].map(str::to_owned).to_vec();
    }
    sizes(arguments)?;
    if arguments.hubs {
        hubs(arguments)?;
    }
    if arguments.scale {
        scale(arguments)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match measure(&mut Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nscripts/bench: {error}");
            ExitCode::FAILURE
        }
    }
}
