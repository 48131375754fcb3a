//! One command run, and several in turn: how long each took, and how much memory.

use std::fs;
use std::io::{self, IsTerminal};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    /// From before the process to after it, in seconds.
    pub(crate) seconds: f64,
    /// The most memory that it had, in MiB; none where the system does not say.
    pub(crate) peak: Option<f64>,
    pub(crate) output: String,
    /// What it said on standard error.
    pub(crate) said: String,
}

impl Run {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> io::Result<Self> {
        let began = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (id, over) = (child.id(), AtomicBool::new(false));
        let (output, peak, seconds) = thread::scope(|scope| {
            let watch = scope.spawn(|| peak_until(id, &over));
            let output = child.wait_with_output();
            let seconds = began.elapsed().as_secs_f64();
            over.store(true, Ordering::Relaxed);
            (output, watch.join().unwrap_or_default(), seconds)
        });
        let output = output?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            return Err(io::Error::other(format!("{command:?} has failed: {said}")));
        }
        Ok(Self { seconds, peak, output: String::from_utf8_lossy(&output.stdout).into_owned(), said })
    }

    /// The row of that name in the table of `--timings`, without the name.
    pub(crate) fn stage(&self, name: &str) -> Option<&str> {
        self.said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix("  ")).map(str::trim)
    }

    /// The number before these words of what was said.
    pub(crate) fn number_before(&self, words: &str) -> Option<usize> {
        let (before, _) = self.said.split_once(words)?;
        before.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }

    /// The most memory, as the process itself says where it does.
    pub(crate) fn memory(&self) -> Option<f64> {
        self.number_before(" MiB of memory at most").map(|mib| mib as f64).or(self.peak)
    }
}

/// The most memory that a process has until it is over, in MiB: `VmHWM` (Linux, proc(5)) as it was last.
fn peak_until(id: u32, over: &AtomicBool) -> Option<f64> {
    let mut peak = None;
    while !over.load(Ordering::Relaxed) {
        let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        peak = now.map(|now| now / 1024.0).or(peak);
        thread::sleep(Duration::from_millis(2));
    }
    peak
}

/// Something that is measured several times.
pub(crate) struct Series<'a> {
    pub(crate) name: String,
    act: Box<dyn FnMut() -> io::Result<Run> + 'a>,
    runs: Vec<Run>,
}

impl<'a> Series<'a> {
    pub(crate) fn new(name: impl Into<String>, act: impl FnMut() -> io::Result<Run> + 'a) -> Self {
        Self { name: name.into(), act: Box::new(act), runs: Vec::new() }
    }

    /// Measures each of them so many times, in turn, so that a machine that gets slower or faster does so for all.
    pub(crate) fn measure(all: &mut [Self], times: usize) -> io::Result<()> {
        let is_watched = io::stderr().is_terminal();
        let show = |text: &str| {
            if is_watched {
                eprint!("\r\u{1b}[2K{text}")
            }
        };
        for round in 1..=times {
            for series in &mut *all {
                show(&format!("round {round} of {times}: {}", series.name));
                series.runs.push((series.act)()?);
            }
        }
        show("");
        Ok(())
    }

    /// The run whose time is the median.
    pub(crate) fn median(&self) -> Run {
        let mut runs: Vec<&Run> = self.runs.iter().collect();
        runs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        runs.get(runs.len() / 2).copied().cloned().unwrap_or_default()
    }
}
