//! What `scripts/bench` is made of: it reads what `casebook build --timings` says, writes the same texts as sites of other
//! generators, and draws a plot.

#![allow(dead_code, reason = "the program uses all of it")]

#[path = "../../examples/bench/peers.rs"]
mod peers;
#[path = "../../examples/bench/plot.rs"]
mod plot;
#[path = "../../examples/bench/run.rs"]
mod run;
#[path = "../../examples/bench/tables.rs"]
mod tables;

use std::fs;
use std::path::Path;
use std::process::Command;

use peers::Peer;
use plot::Point;
use run::{Run, Series};

use crate::support::files_below;

fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    casebook(folder.path(), &["new", ".", "--example"]);
    folder
}

fn casebook(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    Run::of(command.args(arguments).current_dir(folder)).expect("casebook runs")
}

#[test]
fn a_run_is_read_by_what_the_build_says() {
    let folder = example();
    let run = casebook(folder.path(), &["build", "--timings"]);
    assert!(run.seconds > 0.0 && run.stage("resolving").is_some_and(|row| row.contains(" s")), "{}", run.said);
    assert!(run.number_before(" files written, ").is_some_and(|files| files > 20), "{}", run.said);
    assert!(run.number_before(" pages, ").is_some_and(|pages| pages > 10), "{}", run.said);
    assert_eq!(run.memory().is_some(), cfg!(target_os = "linux"), "{}", run.said);
    let rows: Vec<String> = tables::stages(&run, &run).iter().map(ToString::to_string).collect();
    assert!(rows[0].starts_with("| reading | ") && rows.iter().any(|row| row.starts_with("| rendering |  | ")));
    assert!(rows.last().is_some_and(|row| row.starts_with("| all | ") && !row.contains("|  |")), "{rows:?}");
    let again = casebook(folder.path(), &["build", "--timings"]);
    assert_eq!(again.number_before(" files written, "), Some(0), "{}", again.said);
}

#[test]
fn a_command_that_fails_ends_the_measurement() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let failed = Run::of(command.arg("build").current_dir(folder.path())).expect_err("there is no dossier");
    assert!(failed.to_string().contains("casebook.toml"), "{failed}");
}

#[test]
fn the_median_of_what_is_measured_in_turn_counts() {
    let order = std::cell::RefCell::new(String::new());
    let series = |name: &'static str, times: [f64; 3]| {
        let (mut times, order) = (times.into_iter(), &order);
        Series::new(name, move || {
            order.borrow_mut().push_str(name);
            Ok(Run { seconds: times.next().unwrap_or_default(), ..Run::default() })
        })
    };
    let mut both = [series("a", [3.0, 1.0, 2.0]), series("b", [5.0, 9.0, 4.0])];
    Series::measure(&mut both, 3).expect("nothing fails");
    assert_eq!(both.each_ref().map(|series| series.median().seconds), [2.0, 5.0]);
    assert_eq!(*order.borrow(), "ababab");
}

#[test]
fn a_peer_gets_a_page_for_each_record_with_links_that_lead_there() {
    let folder = example();
    let records = files_below(&folder.path().join("content")).into_keys().filter(|path| path.ends_with(".md")).count();
    for peer in [Peer::Zola, Peer::Hugo] {
        let site = folder.path().join(format!("{peer:?}"));
        peer.write(folder.path(), &site).expect("a site");
        let content = files_below(&site.join("content"));
        // The home page, and a page for each kind.
        assert_eq!(content.len(), records + 4, "{peer:?}");
        for (path, bytes) in &content {
            let text = String::from_utf8_lossy(bytes);
            let (front, body) = text.trim_start_matches("+++\n").split_once("+++\n").expect("front matter");
            assert!(front.parse::<toml::Table>().is_ok_and(|front| front.contains_key("title")), "{path}: {front}");
            for link in body.split("](/").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
                let record = link.split('#').next().unwrap_or(link);
                let record = format!("{}.md", record.trim_end_matches('/'));
                assert!(content.contains_key(&record), "{path}: {link}");
            }
            assert!(!body.contains("[["), "{path}: {body}");
        }
        let claim = fs::read_to_string(site.join("content/claims/channels-frozen.md")).expect("a claim's page");
        assert!(claim.contains("> Almost every level of dialogue with the United States is frozen"), "{claim}");
    }
}

#[test]
fn a_plot_has_a_dot_for_each_dossier_in_both_panels() {
    let points = [1000, 10_000, 100_000].map(|claims| Point {
        claims,
        seconds: claims as f64 / 2500.0,
        mebibytes: Some(40.0 + claims as f64 / 50.0),
    });
    let svg = plot::svg(&points);
    assert_eq!(svg.matches("<circle ").count(), 6, "{svg}");
    assert!(svg.contains(">100,000</text>") && svg.contains(">0.1</text>"), "{svg}");
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    // Time is in proportion here, so its line is that of proportion.
    assert!(svg.contains("<path d=\"M64.0 231.8L304.0 71.8\" stroke=\"#888\""), "{svg}");
    assert!(svg.contains("<path d=\"M64.0 231.8L184.0 151.8L304.0 71.8\" stroke=\"#0b5cad\""), "{svg}");
}

#[test]
fn figures_are_as_people_read_them() {
    assert_eq!([0.0123, 0.5, 2.345, 12.34].map(tables::seconds), ["0.012 s", "0.500 s", "2.35 s", "12.3 s"]);
    assert_eq!([0, 999, 1000, 1_234_567].map(tables::count), ["0", "999", "1,000", "1,234,567"]);
    assert_eq!(tables::mebibytes(None), "?");
    assert_eq!(tables::bytes(12_600_000), "12.6 MB");
}
