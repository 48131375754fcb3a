//! Measures how soon the preview shows what was saved: from before a claim's file is written to after the changed page
//! has come over HTTP, as a browser gets it (news of the change, then the page).
//!
//! `scripts/bench-preview` makes the dossiers and calls this with each.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;

/// Measures how soon the preview shows what was saved.
#[derive(Parser)]
struct Arguments {
    /// The program to measure.
    casebook: PathBuf,
    /// The dossier; its claims are edited.
    dossier: PathBuf,
    /// How many edits.
    #[arg(long, default_value_t = 50)]
    edits: usize,
}

/// A running preview.
struct Preview {
    child: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn start(casebook: &Path, dossier: &Path) -> io::Result<Self> {
        let mut command = Command::new(casebook);
        command.args(["serve", "--port", "0", "--root"]).arg(dossier);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut line = String::new();
        let output = child.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        BufReader::new(output).read_line(&mut line)?;
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
        let port = port.ok_or_else(|| io::Error::other(format!("no address in {line:?}")))?;
        Ok(Self { child, port })
    }

    fn ask(&self, path: &str) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port);
        stream.write_all(request.as_bytes())?;
        Ok(stream)
    }

    fn get(&self, path: &str) -> io::Result<String> {
        let mut page = Vec::new();
        self.ask(path)?.read_to_end(&mut page)?;
        Ok(String::from_utf8_lossy(&page).into_owned())
    }

    /// The most memory that the process has had, in MiB; none where the system does not say.
    fn peak(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
    }
}

/// The claims' files, every one of which has its statement on a line of its own, spread over the whole dossier.
fn claims(dossier: &Path, wanted: usize) -> io::Result<Vec<PathBuf>> {
    let entries = walkdir::WalkDir::new(dossier.join("content/claims")).sort_by_file_name().into_iter().flatten();
    let files = entries.map(walkdir::DirEntry::into_path);
    let files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    let step = (files.len() / wanted.max(1)).max(1);
    Ok(files.into_iter().step_by(step).take(wanted).collect())
}

/// Waits for the next event and gives its data.
fn event(news: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    loop {
        line.clear();
        if news.read_line(&mut line)? == 0 {
            return Err(io::Error::other("the preview has ended"));
        }
        if let Some(data) = line.strip_prefix("data: ") {
            return Ok(data.to_owned());
        }
    }
}

/// Saves a claim with another statement and gives the time until its page has it, and until the pages that list it and
/// quote it have come too.
fn edit(preview: &Preview, news: &mut impl BufRead, file: &Path, n: usize) -> io::Result<[Duration; 2]> {
    let text = fs::read_to_string(file)?;
    let marker = format!("Edited for the {n}th time. ");
    let edited = text.replacen("claim = \"", &format!("claim = \"{marker}"), 1);
    let source = text.lines().find_map(|line| line.strip_prefix("source = \"")?.strip_suffix('"'));
    let id = file.file_stem().unwrap_or_default().to_string_lossy();
    let saved = Instant::now();
    fs::write(file, edited)?;
    event(news)?;
    let page = preview.get(&format!("/claims/{id}.html"))?;
    let first = saved.elapsed();
    if !page.contains(&marker) {
        return Err(io::Error::other(format!("the page of {id} does not have what was saved")));
    }
    let source = source.map(|source| format!("/sources/{source}.html"));
    for path in ["/", "/claims/", "/timeline.html"].into_iter().chain(source.as_deref()) {
        preview.get(path)?;
    }
    Ok([first, saved.elapsed()])
}

fn milliseconds(mut times: Vec<Duration>, part: usize) -> f64 {
    times.sort();
    let at = (times.len() * part).div_ceil(100).saturating_sub(1);
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

fn measure(arguments: &Arguments) -> io::Result<()> {
    let files = claims(&arguments.dossier, arguments.edits)?;
    let first = files.first().ok_or_else(|| io::Error::other("there are no claims"))?;
    let id = first.file_stem().unwrap_or_default().to_string_lossy();
    let started = Instant::now();
    let preview = Preview::start(&arguments.casebook, &arguments.dossier)?;
    preview.get(&format!("/claims/{id}.html"))?;
    let first_page = started.elapsed();
    let mut news = BufReader::new(preview.ask("/-/events")?);
    event(&mut news)?;
    let mut times = [Vec::new(), Vec::new()];
    for n in 0..arguments.edits {
        let took = edit(&preview, &mut news, &files[n % files.len()], n)?;
        times.iter_mut().zip(took).for_each(|(times, took)| times.push(took));
    }
    let [page, dependents] = times;
    println!(
        "first page after start {:7.0} ms | saved → page: median {:6.1} ms, 95th percentile {:6.1} ms | with its source \
         and lists: {:6.1}, {:6.1} ms | peak memory {} MiB",
        first_page.as_secs_f64() * 1000.0,
        milliseconds(page.clone(), 50),
        milliseconds(page, 95),
        milliseconds(dependents.clone(), 50),
        milliseconds(dependents, 95),
        preview.peak().map_or("?".to_owned(), |peak| peak.to_string()),
    );
    Ok(())
}

fn main() -> ExitCode {
    match measure(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
