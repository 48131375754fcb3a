//! Pages of `docs` that show how something is done, taken at their word: their steps are carried out in a folder, and
//! what the program answers is held against what the page says that it answers.
//!
//! A block of code is a session where it begins with `$ `, and the content of a file where the text before it ends with
//! the file's path and a colon. In an answer `…` stands for anything in a line, and alone for any lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// A step of a page.
#[derive(Debug)]
pub(crate) enum Step {
    /// A file to write.
    Write {
        /// Its path, as the page has it.
        path: String,
        /// What is in it.
        content: String,
    },
    /// Commands with their answers.
    Run {
        /// As the page has them.
        session: String,
    },
}

/// The steps of a page in their order: of the section with that heading, or of the whole page.
pub(crate) fn steps(page: &str, section: Option<&str>) -> Vec<Step> {
    let (mut steps, mut text, mut block) = (Vec::new(), String::new(), None);
    let (mut in_heading, mut in_section) = (false, section.is_none());
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading { .. }) => (in_heading, in_section) = (true, section.is_none()),
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Text(words) if in_heading => in_section |= section == Some(&*words),
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

/// A step: the paragraph above the block says which file it is.
fn step(text: &str, content: String) -> Step {
    if content.starts_with("$ ") {
        return Step::Run { session: content };
    }
    let path = text.strip_suffix("`:").and_then(|text| text.rsplit('`').next());
    Step::Write { path: path.unwrap_or_else(|| panic!("no path before\n{content}")).to_owned(), content }
}

/// Takes the steps, beginning in `folder`, and gives the folder in which they end.
pub(crate) fn follow(steps: Vec<Step>, folder: &Path) -> PathBuf {
    let mut folder = folder.to_owned();
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
    folder
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
pub(crate) fn answer(command: &str, folder: &Path) -> String {
    let mut words = words(command).into_iter();
    assert_eq!(words.next().as_deref(), Some("casebook"), "{command}");
    let run = Command::new(env!("CARGO_BIN_EXE_casebook")).args(words).current_dir(folder).output();
    let run = run.expect("casebook runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what is printed is UTF-8");
    text(run.stdout) + &text(run.stderr)
}

/// The words of a command as every shell parts them: at spaces outside double quotes. There are no escapes.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
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
fn a_command_is_parted_into_words() {
    assert_eq!(
        words("add entity a --name \"A b\" --kind person"),
        ["add", "entity", "a", "--name", "A b", "--kind", "person"]
    );
}

#[test]
fn an_answer_that_differs_is_noticed() {
    assert!(matches_lines(&["a", "…", "d…f"], &["a", "b", "c", "d - e - f"]));
    assert!(matches_lines(&["…"], &[]));
    assert!(!matches_lines(&["a", "…", "d"], &["a", "d", "e"]));
    assert!(!matches_lines(&["a…b"], &["a b c"]));
}
