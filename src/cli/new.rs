//! `casebook new`: a dossier that builds, to start from.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;
use include_dir::{Dir, include_dir};

use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::failure::Failure;
use crate::scaffold::toml;
use crate::schema::Subject;
use crate::workspace::{CONFIG, CONTENT, LOCK};
use crate::write::create;

/// A small dossier with one record of each kind.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");
/// The example dossier, which is this repository's own.
static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
const EXAMPLE_CONFIG: &str = include_str!("../../casebook.toml");
const EXAMPLE_LOCK: &str = include_str!("../../captures.lock");

/// What git leaves alone in a dossier: what is built, what is kept for the next build, and the frozen texts, which are
/// mostly someone else's.
const IGNORED: &str = "/public/\n/.casebook/\n/captures/\n";

/// What checks, builds and publishes a dossier: the file, and its text with `@VERSION@` for the program's version.
const WORKFLOWS: [(&str, &str); 2] = [
    (".github/workflows/dossier.yml", include_str!("workflows/github.yml")),
    (".gitlab-ci.yml", include_str!("workflows/gitlab.yml")),
];

/// The home page of a dossier without records.
const HOME: (&str, &str) = ("content/index.md", "Say here what this dossier is about.\n");

/// Where editors find the schema of casebook.toml: in the dossier, so that they ask no host for it.
const SCHEMA: &str = ".schemas/casebook.schema.json";
/// The line by which Taplo and Tombi find it.
const DIRECTIVE: &str = "#:schema .schemas/casebook.schema.json\n\n";
/// Tasks of Visual Studio Code: `casebook check`, with what it finds shown in the files.
const TASKS: (&str, &str) = (".vscode/tasks.json", include_str!("new/tasks.json"));

/// Start a dossier
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The folder, which must be empty or not there yet
    dir: PathBuf,

    /// Lay down the example dossier instead of the small one
    #[arg(long)]
    example: bool,

    /// Lay down no records but a line for the home page
    #[arg(long, conflicts_with = "example")]
    empty: bool,
}

pub(super) fn run(arguments: &Arguments, root: Option<&Path>, console: &Console) -> Result<Outcome, Failure> {
    let folder = root.map_or_else(|| arguments.dir.clone(), |root| root.join(&arguments.dir));
    refuse_full(&folder)?;
    let mut files = vec![(PathBuf::from(".gitignore"), IGNORED.as_bytes().to_vec())];
    let workflow = |text: &str| text.replace("@VERSION@", env!("CARGO_PKG_VERSION")).into_bytes();
    files.extend(WORKFLOWS.map(|(path, text)| (PathBuf::from(path), workflow(text))));
    let schema = Subject::named("casebook").map(Subject::to_json).unwrap_or_default();
    files.push((SCHEMA.into(), schema.into_bytes()));
    files.push((TASKS.0.into(), TASKS.1.into()));
    if arguments.example {
        files.push((CONFIG.into(), [DIRECTIVE, EXAMPLE_CONFIG].concat().into_bytes()));
        files.push((LOCK.into(), EXAMPLE_LOCK.into()));
        collect(&EXAMPLE, Path::new(CONTENT), &mut files);
    } else {
        if arguments.empty {
            files.push((HOME.0.into(), HOME.1.into()));
        } else {
            collect(&STARTER, Path::new(""), &mut files);
        }
        let name = std::path::absolute(&folder).ok();
        let name = name.as_deref().and_then(Path::file_name).map_or("Dossier".into(), |name| name.to_string_lossy());
        files.push((CONFIG.into(), config(&name).into_bytes()));
    }
    for (path, content) in files {
        create(&folder.join(path), &content)?;
    }
    let shown = folder.display();
    console.say(&format!(
        "{shown} is a dossier now. Next: `casebook build --root {}`, then open public/index.html in it.",
        typed(&shown.to_string())
    ));
    Ok(Outcome::Done)
}

/// A path as one types it: in quotes where a shell would read more into it.
fn typed(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,@%:\\".contains(c);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// The settings of a dossier in a folder of that name.
fn config(name: &str) -> String {
    format!(
        "{DIRECTIVE}title = {}\nlanguage = \"en\"\n\n# Where it will be published; links inside the site work without it.\n\
         # base_url = \"https://example.org/dossier/\"\n",
        toml::string(name)
    )
}

/// Refuses a folder that holds anything but git's own.
fn refuse_full(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::io("read the folder", folder, &error)),
    };
    for entry in entries {
        let name = entry.map_err(|error| Failure::io("read the folder", folder, &error))?.file_name();
        if name != ".git" {
            let (folder, name) = (folder.display(), name.display());
            return Err(Failure::new(format!("`{folder}` is not empty: it holds `{name}`"))
                .hint("name a folder that is not there yet"));
        }
    }
    Ok(())
}

fn collect(dir: &Dir<'_>, to: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    files.extend(dir.files().map(|file| (to.join(file.path()), file.contents().to_vec())));
    dir.dirs().for_each(|dir| collect(dir, to, files));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    use crate::workspace::Options;

    fn lay_down(folder: &Path, example: bool) -> Result<Outcome, Failure> {
        run(&Arguments { dir: folder.to_owned(), example, empty: false }, None, &Console::new())
    }

    #[test]
    fn an_empty_dossier_has_a_home_page_and_nothing_is_wrong_in_it() {
        let temporary = TempDir::new().unwrap();
        let folder = temporary.path().join("empty");
        run(&Arguments { dir: folder.clone(), example: false, empty: true }, None, &Console::new()).unwrap();
        let (_, dossier) = crate::load::open(&folder, Options::default()).unwrap();
        assert_eq!(dossier.diagnostics(), []);
        assert_eq!(dossier.project().records().count(), 1);
    }

    #[test]
    fn a_dossier_has_a_record_of_each_kind() {
        let temporary = TempDir::new().unwrap();
        for example in [false, true] {
            let folder = temporary.path().join(format!("a \"dossier\" {example}"));
            lay_down(&folder, example).unwrap();
            let (_, dossier) = crate::load::open(&folder, Options::default()).unwrap();
            assert_eq!(dossier.diagnostics(), []);
            let kinds: std::collections::BTreeSet<_> = dossier.project().records().map(|record| record.kind).collect();
            assert_eq!(kinds.len(), 5);
            assert!(example || dossier.config().title == "a \"dossier\" false");
        }
    }

    #[test]
    fn a_folder_with_something_in_it_is_refused() {
        let temporary = TempDir::new().unwrap();
        fs::create_dir(temporary.path().join(".git")).unwrap();
        lay_down(temporary.path(), false).unwrap();
        assert!(lay_down(temporary.path(), false).unwrap_err().message.contains("not empty"));
    }
}
