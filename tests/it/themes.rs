//! The theme `plain`, and making one: `docs/themes.md` makes a theme step by step: the steps are taken here, and what the
//! program answers is held against what the page says that it answers.
//!
//! A block of code is a session where it begins with `$ `, and the content of a file where the text before it ends with
//! the file's path and a colon. In an answer `…` stands for anything in a line, and alone for any lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::support::copy_folder;

/// The section of the page that is the tutorial.
const HEADING: &str = "Make one, step by step";

/// A step of the tutorial.
#[derive(Debug)]
enum Step {
    Write { path: String, content: String },
    Run { session: String },
}

#[test]
fn the_example_is_sound_in_the_theme_plain() {
    let folder = tempfile::tempdir().expect("a folder");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["content", "themes/plain"] {
        copy_folder(&repository.join(name), &folder.path().join(name));
    }
    let settings = fs::read_to_string(repository.join("casebook.toml")).expect("settings");
    fs::write(folder.path().join("casebook.toml"), format!("theme = \"plain\"\n{settings}")).expect("settings");
    fs::copy(repository.join("captures.lock"), folder.path().join("captures.lock")).expect("the lock");
    let checked = answer("casebook check", folder.path());
    assert!(checked.starts_with("nothing is wrong in "), "{checked}");
    answer("casebook build", folder.path());
    let page = |path: &str| fs::read_to_string(folder.path().join("public").join(path)).expect("the page");
    assert!(page("claims/channels-frozen.html").contains("<link rel=\"stylesheet\" href=\"../assets/plain.css\">"));
    assert!(!page("ratings/index.html").contains("rating-mark"), "ratings are words");
}

#[test]
fn the_tutorial_on_themes_does_what_it_says() {
    let page = include_str!("../../docs/themes.md");
    let steps = steps(page);
    let written = steps.iter().filter(|step| matches!(step, Step::Write { .. })).count();
    assert!(written >= 5 && steps.len() >= written + 5, "only {steps:?}");
    let temporary = tempfile::tempdir().expect("a folder");
    let mut folder = temporary.path().to_owned();
    for step in steps {
        match step {
            Step::Write { path, content } => {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, content).expect("a file");
            }
            Step::Run { session } => play(&session, &mut folder),
        }
    }
    let claim = fs::read_to_string(folder.join("public/claims/ferry-ran-late.html")).expect("the page");
    assert!(claim.contains("../assets/ink.css") && claim.contains("In running text: the ferry left late."), "{claim}");
}

/// The steps of the tutorial, in their order.
fn steps(page: &str) -> Vec<Step> {
    let (mut steps, mut text, mut block) = (Vec::new(), String::new(), None);
    let (mut in_heading, mut in_section) = (false, false);
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading { .. }) => (in_heading, in_section) = (true, false),
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Text(words) if in_heading => in_section |= &*words == HEADING,
            Event::Start(Tag::Paragraph) => text.clear(),
            Event::Start(Tag::CodeBlock(_)) => block = Some(String::new()),
            Event::Text(words) => block.as_mut().unwrap_or(&mut text).push_str(&words),
            Event::Code(words) => text.push_str(&format!("`{words}`")),
            Event::End(TagEnd::CodeBlock) => {
                steps.extend(block.take().filter(|_| in_section).map(|content| step(&text, content)));
            }
            _ => {}
        }
    }
    steps
}

fn step(text: &str, content: String) -> Step {
    if content.starts_with("$ ") {
        return Step::Run { session: content };
    }
    let path = text.strip_suffix("`:").and_then(|text| text.rsplit('`').next());
    Step::Write { path: path.unwrap_or_else(|| panic!("no path before\n{content}")).to_owned(), content }
}

/// Runs the commands of a session and compares their answers.
fn play(session: &str, folder: &mut PathBuf) {
    for turn in format!("\n{session}").split("\n$ ").skip(1) {
        let (command, expected) = turn.split_once('\n').unwrap_or((turn, ""));
        if let Some(inner) = command.strip_prefix("cd ") {
            folder.push(inner);
            continue;
        }
        let answer = answer(command, folder);
        let expected: Vec<_> = expected.trim_end().lines().collect();
        let lines: Vec<_> = answer.trim_end().lines().collect();
        assert!(matches_lines(&expected, &lines), "$ {command}\n{answer}\n-- the page says:\n{}", expected.join("\n"));
    }
}

/// What a command prints: its result, then what it says beside that.
fn answer(command: &str, folder: &Path) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("casebook"), "{command}");
    let run = Command::new(env!("CARGO_BIN_EXE_casebook")).args(words).current_dir(folder).output();
    let run = run.expect("casebook runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what is printed is UTF-8");
    text(run.stdout) + &text(run.stderr)
}

fn matches_lines(expected: &[&str], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first.trim() == "…" => (0..=lines.len()).any(|at| matches_lines(rest, &lines[at..])),
        Some((first, rest)) => {
            lines.split_first().is_some_and(|(line, others)| matches_line(first, line) && matches_lines(rest, others))
        }
    }
}

fn matches_line(expected: &str, line: &str) -> bool {
    match expected.split_once('…') {
        None => expected == line,
        Some((before, after)) => line.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len()).any(|at| rest.is_char_boundary(at) && matches_line(after, &rest[at..]))
        }),
    }
}

#[test]
fn an_answer_that_differs_is_noticed() {
    assert!(matches_lines(&["a", "…", "d…f"], &["a", "b", "c", "d - e - f"]));
    assert!(matches_lines(&["…"], &[]));
    assert!(!matches_lines(&["a", "…", "d"], &["a", "d", "e"]));
    assert!(!matches_lines(&["a…b"], &["a b c"]));
}
