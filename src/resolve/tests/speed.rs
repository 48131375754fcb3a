//! A dossier of the size that the build is made for.

use super::*;

#[test]
#[ignore = "a measurement, for a release build"]
fn a_large_dossier_without_its_sources() {
    let mut project = Project::new();
    for n in 0..20000 {
        project = project.claim(&format!("c{n}"), &appearance(&format!("a-source-number-{}", n % 2000), "Some words"));
    }
    let ((resolved, time), _) = project.input(|input| {
        let start = std::time::Instant::now();
        (resolve(input), start.elapsed())
    });
    eprintln!("{time:?}, {} diagnostics", resolved.1.len());
    assert_eq!(resolved.1.len(), 20000);
}

#[test]
#[ignore = "a measurement, for a release build"]
fn a_large_dossier() {
    let mut project = Project::new();
    for n in 0..2000 {
        let body: String =
            (0..60).map(|p| format!("Paragraph {p} of text {n} has some ten words of text.\n\n")).collect();
        project = project.source_with(&format!("s{n}"), "publisher = \"e1\"", &body);
    }
    for n in 0..500 {
        project = project.entity(&format!("e{n}"), "");
        let links: String = (0..10).map(|l| format!("A sentence with [[c{}]] in it. ", n * 7 + l)).collect();
        project = project.essay(&format!("x{n}"), &links);
    }
    for n in 0..20000 {
        let front = format!(
            "about = [\"e2\"]\n{}attribution = [\"e{}\", \"e5\"]\n[[relation]]\ntype = \"supports\"\nclaim = \"c{}\"\n\
             reason = \"As [[e4]] says.\"\n[[verdict]]\nrating = \"true\"\nreason = \"Seen.\"\ndate = 2020-01-01\n",
            appearance(&format!("s{}", n % 2000), &format!("Paragraph {} of text {} has", n % 60, n % 2000)),
            n % 500,
            (n + 1) % 20000,
        );
        project = project.claim(&format!("c{n}"), &front);
    }
    let ((resolved, time), _) = project.input(|input| {
        let start = std::time::Instant::now();
        (resolve(input), start.elapsed())
    });
    eprintln!("{time:?}, {} diagnostics", resolved.1.len());
    assert!(resolved.1.is_empty());
}
