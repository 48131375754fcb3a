//! One dossier built in every way that counts, beside what a user would take instead, and the table of that.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Bench;
use super::generate::{self, Size};
use super::peers::Peer;
use super::run::{Run, Series};
use super::tables::{self, Row, bytes, count, mebibytes};

/// What is compared between sizes.
pub(crate) struct Summary {
    seconds: f64,
    pages: usize,
}

impl Summary {
    pub(crate) fn milliseconds_a_page(&self) -> f64 {
        self.seconds * 1000.0 / self.pages.max(1) as f64
    }
}

/// The name of the site's folder in the dossier's.
const SITE: &str = "public";

fn build(bench: &Bench, dossier: &Path, threads: usize) -> io::Result<Run> {
    let mut command = Command::new(&bench.casebook);
    command.args(["build", "--timings", "--jobs", &threads.to_string(), "--root"]).arg(dossier);
    Run::of(&mut command)
}

/// A build of which nothing is there: neither a site nor anything that was kept of another build.
pub(crate) fn cold(bench: &Bench, dossier: &Path, threads: usize) -> io::Result<Run> {
    for kept in [SITE, ".casebook"] {
        remove(&dossier.join(kept))?;
    }
    build(bench, dossier, threads)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A build after which nothing may have been written.
fn unchanged(bench: &Bench, dossier: &Path, threads: usize) -> io::Result<Run> {
    let run = build(bench, dossier, threads)?;
    match run.number_before(" files written, ") {
        Some(0) => Ok(run),
        _ => Err(io::Error::other(format!("nothing had changed, and yet: {}", run.said))),
    }
}

/// A build after one claim was given other words.
fn edited(bench: &Bench, dossier: &Path, claim: &Path, threads: usize) -> io::Result<Run> {
    let text = fs::read_to_string(claim)?;
    fs::write(claim, text.replacen("claim = \"", "claim = \"Edited once more. ", 1))?;
    let run = build(bench, dossier, threads)?;
    match run.number_before(" files written, ") {
        Some(0) | None => Err(io::Error::other(format!("a claim was edited, and yet: {}", run.said))),
        Some(_) => Ok(run),
    }
}

fn floor(bench: &Bench, dossier: &Path, site: &Path, threads: usize) -> io::Result<Run> {
    let output = bench.folder.join("floor");
    remove(&output)?;
    let mut command = Command::new(bench.examples.join("floor"));
    command.arg(dossier.join("content")).arg(site).arg(&output).args(["--jobs", &threads.to_string()]);
    let run = Run::of(&mut command)?;
    remove(&output)?;
    let seconds = run.output.trim().parse().map_err(io::Error::other)?;
    Ok(Run { seconds, ..run })
}

/// Another generator's build of the same texts.
fn peer(peer: Peer, site: &Path, output: &Path, threads: usize) -> io::Result<Run> {
    remove(output)?;
    Run::of(&mut peer.build(site, output, threads))
}

fn claims(dossier: &Path) -> io::Result<Vec<PathBuf>> {
    let files = fs::read_dir(dossier.join("content/claims"))?.map(|file| file.map(|file| file.path()));
    let mut files = files.collect::<io::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// Measures a dossier of that size in a folder, and prints what came of it.
pub(crate) fn measure(bench: &Bench, size: &Size, folder: &Path, threads: usize, runs: usize) -> io::Result<Summary> {
    // A cold build takes away what the others go on from.
    let [new, kept] = ["new", "kept"].map(|name| folder.join(name));
    for dossier in [&new, &kept] {
        generate::write(size, dossier)?;
        build(bench, dossier, threads)?;
    }
    let claims = claims(&kept)?;
    let mut next = claims.iter().cycle().step_by((claims.len() / 50).max(1));
    let mut next = || next.next().cloned().unwrap_or_default();
    let (new, kept, site) = (&new, &kept, kept.join(SITE));
    let peers: Vec<(Peer, String)> =
        [Peer::Zola, Peer::Hugo].into_iter().filter_map(|peer| Some((peer, peer.find()?))).collect();
    let next = &std::cell::RefCell::new(&mut next);

    let mut series = Vec::new();
    let ways = if threads == 1 { vec![1] } else { vec![threads, 1] };
    for &threads in &ways {
        series.push(Series::new("cold build", move || cold(bench, new, threads)));
        series.push(Series::new("nothing changed", move || unchanged(bench, kept, threads)));
        series.push(Series::new("one claim edited", move || edited(bench, kept, &(next.borrow_mut())(), threads)));
        let site = &site;
        series.push(Series::new("the floor", move || floor(bench, new, site, threads)));
        for (generator, name) in &peers {
            let from = folder.join(format!("{generator:?}"));
            if !from.exists() {
                generator.write(new, &from)?;
            }
            let output = folder.join(format!("{generator:?}-site"));
            series.push(Series::new(name, move || peer(*generator, &from, &output, threads)));
        }
    }
    Series::measure(&mut series, runs)?;
    let medians: Vec<(&str, Run)> = series.iter().map(|series| (series.name.as_str(), series.median())).collect();
    let (many, one) = medians.split_at(medians.len() / ways.len());
    let summary = print(&ways, many, if one.is_empty() { many } else { one }, &site)?;
    assert_nothing_is_stale(bench, kept, threads)?;
    preview(bench, kept)?;
    Ok(summary)
}

/// Prints the medians on many threads and on one.
fn print(ways: &[usize], many: &[(&str, Run)], one: &[(&str, Run)], site: &Path) -> io::Result<Summary> {
    let plural = if ways[0] == 1 { "thread" } else { "threads" };
    println!("| | {} {plural} | one thread | memory |\n|---|--:|--:|--:|", ways[0]);
    let mut rows: Vec<Row> = many.iter().zip(one).map(|((name, many), (_, one))| Row::of(name, many, one)).collect();
    let (cold, rest) = many.split_first().ok_or_else(|| io::Error::other("nothing was measured"))?;
    for (nth, (name, run)) in rest.iter().enumerate().skip(2) {
        let on_one = [&one[0].1, &one[nth + 1].1];
        rows.push(Row::ratio(name, [&cold.1, run], on_one));
    }
    rows.iter().for_each(|row| println!("{row}"));
    println!("\n| stage of the cold build | {} {plural} | all threads | one thread |\n|---|--:|--:|--:|", ways[0]);
    tables::stages(&cold.1, &one[0].1).iter().for_each(|row| println!("{row}"));

    let (run, files) = (&cold.1, files(site)?);
    let pages = run.number_before(" pages, ").unwrap_or_default();
    let index: Vec<u64> =
        files.iter().filter(|(path, _)| path.starts_with("search/")).map(|(_, length)| *length).collect();
    let summary = Summary { seconds: run.seconds, pages };
    println!(
        "\n{} pages, {} a second, {:.3} ms each; {} files of {} in all; the search index is {} in {} shards; {} of \
         memory; one claim edited: {} files written",
        count(pages),
        count((pages as f64 / run.seconds) as usize),
        summary.milliseconds_a_page(),
        count(files.len()),
        bytes(files.values().sum()),
        bytes(index.iter().sum()),
        index.len(),
        mebibytes(run.memory()),
        count(many.get(2).and_then(|(_, run)| run.number_before(" files written, ")).unwrap_or_default()),
    );
    Ok(summary)
}

/// The files of a site with their lengths, without what a build keeps for itself.
fn files(site: &Path) -> io::Result<BTreeMap<String, u64>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(site) {
        let entry = entry?;
        let path = entry.path().strip_prefix(site).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && !path.starts_with('.') {
            files.insert(path, entry.metadata()?.len());
        }
    }
    Ok(files)
}

/// Compares the site that was kept up with one that is built anew.
fn assert_nothing_is_stale(bench: &Bench, dossier: &Path, threads: usize) -> io::Result<()> {
    let kept = dossier.join("kept-site");
    fs::rename(dossier.join(SITE), &kept)?;
    cold(bench, dossier, threads)?;
    let site = dossier.join(SITE);
    let (before, after) = (files(&kept)?, files(&site)?);
    let differs = |path: &&String| match (fs::read(kept.join(path)), fs::read(site.join(path))) {
        (Ok(one), Ok(other)) => one != other,
        _ => true,
    };
    match before.keys().chain(after.keys()).find(differs) {
        Some(path) => Err(io::Error::other(format!("{path} is stale after edits"))),
        None => Ok(()),
    }
}

/// How soon the preview shows what was saved.
fn preview(bench: &Bench, dossier: &Path) -> io::Result<()> {
    let mut command = Command::new(bench.examples.join("preview_speed"));
    let run = Run::of(command.arg(&bench.casebook).arg(dossier))?;
    println!("\nPreview: {}", run.output.trim());
    Ok(())
}
