//! `casebook build --timings`: an [`Observer`] with a clock, and the table that comes of it.
//!
//! A stage's time is that of the wall; where the system tells (Linux), so is the time that all threads of the process
//! have computed in it. Rendering, checking and writing go on side by side, page by page, so of these there is only what
//! they took by the clock of each thread, summed.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::observe::{Observer, Stage, Work};
use crate::site::Page;

thread_local! {
    /// What this thread has measured inside of what it is measuring now: while it waits for others, a thread takes up
    /// other pages.
    static INSIDE: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Watches a build with a clock.
#[derive(Debug)]
pub(super) struct Clock {
    began: Reading,
    /// When each stage began.
    stages: Mutex<Vec<(Stage, Reading)>>,
    /// Nanoseconds of all threads, by kind of work.
    work: [AtomicU64; WORK.len()],
    pages: AtomicUsize,
}

/// The kinds of work, in the order of the table.
const WORK: [(Work, &str); 3] =
    [(Work::Render, "  rendering"), (Work::Check, "  checking"), (Work::Write, "  writing")];

/// The clocks at one moment.
#[derive(Clone, Copy, Debug)]
struct Reading {
    wall: Instant,
    /// What all threads have computed since the process began; none where the system does not tell.
    threads: Option<Duration>,
}

impl Reading {
    fn now() -> Self {
        Self { wall: Instant::now(), threads: computed() }
    }

    /// The time from an earlier moment to this one.
    fn since(&self, earlier: &Self) -> Spent {
        let threads = self.threads.zip(earlier.threads).map(|(now, then)| now.saturating_sub(then));
        Spent { wall: self.wall.saturating_duration_since(earlier.wall), threads }
    }
}

/// A length of time.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Spent {
    wall: Duration,
    threads: Option<Duration>,
}

impl Spent {
    fn add(&mut self, other: Self) {
        self.wall += other.wall;
        self.threads = self.threads.zip(other.threads).map(|(one, other)| one + other);
    }
}

impl Clock {
    /// One that runs from now on.
    pub(super) fn start() -> Self {
        let (stages, work, pages) = Default::default();
        Self { began: Reading::now(), stages, work, pages }
    }

    /// The table of what was measured until now.
    pub(super) fn table(&self) -> String {
        let end = Reading::now();
        let stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = stages.iter().skip(1).map(|(_, began)| began).chain([&end]);
        let mut spent: BTreeMap<&str, Spent> = BTreeMap::new();
        let mut names = Vec::new();
        for ((stage, began), end) in stages.iter().zip(ends) {
            let (name, lap) = (name(*stage), end.since(began));
            match spent.get_mut(name) {
                Some(spent) => spent.add(lap),
                None => {
                    names.push(name);
                    spent.insert(name, lap);
                }
            }
        }
        let mut rows = vec![row("stage", "time", "all threads")];
        for name in names {
            rows.extend(spent.get(name).map(|spent| spent.row(name)));
            if name == PAGES {
                let work = WORK.iter().zip(&self.work);
                rows.extend(work.map(|((_, name), spent)| row(name, "", &seconds(nanoseconds(spent)))));
            }
        }
        let whole = end.since(&self.began);
        rows.push(whole.row("all"));
        let pages = self.pages.load(Ordering::Relaxed);
        rows.extend((pages > 0).then(|| rate(pages, whole.wall)));
        rows.extend(peak_memory().map(|mib| format!("{mib} MiB of memory at most")));
        rows.join("\n")
    }
}

impl Observer for Clock {
    fn begins(&self, stage: Stage) {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner).push((stage, Reading::now()));
    }

    fn during<T>(&self, work: Work, act: impl FnOnce() -> T) -> T {
        let before = INSIDE.replace(Duration::ZERO);
        let began = Instant::now();
        let done = act();
        let spent = began.elapsed();
        let own = spent.saturating_sub(INSIDE.get());
        INSIDE.set(before + spent);
        let kinds = WORK.iter().zip(&self.work).filter(|((kind, _), _)| *kind == work);
        let own = u64::try_from(own.as_nanos()).unwrap_or(u64::MAX);
        kinds.for_each(|(_, sum)| _ = sum.fetch_add(own, Ordering::Relaxed));
        done
    }

    fn done(&self, pages: &[Page]) {
        let count = pages.iter().filter(|page| page.path.as_str().ends_with(".html")).count();
        self.pages.fetch_add(count, Ordering::Relaxed);
    }
}

const PAGES: &str = "pages";

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "reading",
        Stage::Compare => "comparing",
        Stage::Parse => "parsing",
        Stage::Resolve => "resolving",
        Stage::Plan => "planning",
        Stage::Withheld => "withheld words",
        Stage::Pages(_) => PAGES,
        Stage::Search => "search index",
        Stage::Copy => "copied files",
        Stage::Commit => "committing",
        Stage::Remember => "remembering",
    }
}

impl Spent {
    fn row(&self, name: &str) -> String {
        row(name, &seconds(self.wall), &self.threads.map(seconds).unwrap_or_default())
    }
}

fn row(name: &str, time: &str, threads: &str) -> String {
    let mut row = format!("{name:<16}");
    let _ = write!(row, "{time:>10}{threads:>14}");
    row.truncate(row.trim_end().len());
    row
}

fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

fn nanoseconds(sum: &AtomicU64) -> Duration {
    Duration::from_nanos(sum.load(Ordering::Relaxed))
}

fn rate(pages: usize, time: Duration) -> String {
    let noun = if pages == 1 { "page" } else { "pages" };
    let second = pages as f64 / time.as_secs_f64().max(f64::EPSILON);
    format!("{pages} {noun}, {second:.0} a second")
}

/// What all threads of the process have computed: the first number of each one's `schedstat`, in nanoseconds (Linux,
/// proc(5)). A thread that has ended is not in it; those that build stay until the end.
fn computed() -> Option<Duration> {
    let tasks = fs::read_dir("/proc/self/task").ok()?;
    let mut sum = Duration::ZERO;
    for task in tasks {
        let stat = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        sum += Duration::from_nanos(stat.split_whitespace().next()?.parse().ok()?);
    }
    Some(sum)
}

/// The most memory that the process has had at once, in MiB (Linux, proc(5): `VmHWM`).
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()?.div_ceil(1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment so many milliseconds after `began`, when the threads had computed twice as long.
    fn after(began: Instant, milliseconds: u64) -> Reading {
        let wall = began + Duration::from_millis(milliseconds);
        Reading { wall, threads: Some(Duration::from_millis(2 * milliseconds)) }
    }

    #[test]
    fn a_stage_that_comes_twice_is_one_row() {
        let clock = Clock::start();
        for stage in [Stage::Read, Stage::Parse, Stage::Read, Stage::Pages(3)] {
            clock.begins(stage);
        }
        let table = clock.table();
        let names: Vec<_> = table.lines().filter_map(|line| line.split("  ").next()).collect();
        assert_eq!(names[..4], ["stage", "reading", "parsing", "pages"], "{table}");
        let last: Vec<&str> = table.lines().skip(4).filter_map(|line| line.split_whitespace().next()).collect();
        assert!(last.starts_with(&["rendering", "checking", "writing", "all"]), "{table}");
    }

    #[test]
    fn a_row_has_the_time_of_the_wall_and_that_of_all_threads() {
        let began = Instant::now();
        let mut spent = after(began, 1500).since(&after(began, 250));
        assert_eq!(spent.row("parsing"), "parsing            1.250 s       2.500 s");
        spent.add(Spent { wall: Duration::from_millis(1), threads: None });
        assert_eq!(spent.row("parsing"), "parsing            1.251 s");
    }

    #[test]
    fn what_a_thread_does_in_between_is_counted_once() {
        let clock = Clock::start();
        let nap = || std::thread::sleep(Duration::from_millis(20));
        let began = Instant::now();
        clock.during(Work::Render, || {
            nap();
            clock.during(Work::Write, || (nap(), nap()));
        });
        let all = began.elapsed();
        let [render, check, write] = [0, 1, 2].map(|kind| nanoseconds(&clock.work[kind]));
        assert!(
            render.as_millis() >= 20 && write.as_millis() >= 40 && check.is_zero(),
            "{render:?} {check:?} {write:?}"
        );
        assert!(render + write <= all, "{render:?} and {write:?} in {all:?}");
    }

    #[test]
    fn only_pages_are_counted_as_pages() {
        let clock = Clock::start();
        let page = |path: &str| Page { path: crate::site::SitePath::new(path), content: Vec::new() };
        clock.done(&[page("sources/a.html"), page("data/annotations/a.jsonld")]);
        assert!(clock.table().contains("\n1 page, "), "{}", clock.table());
        assert_eq!(rate(3000, Duration::from_millis(1500)), "3000 pages, 2000 a second");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_process_has_taken_memory() {
        assert!(peak_memory().is_some_and(|mib| mib > 1));
    }
}
