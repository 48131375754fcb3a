//! A revision of a git repository → what a [`Workspace`] takes: a project as it was there. Nothing is checked out.
//!
//! `git` itself reads, started without a shell. Captures that no revision holds are taken from the disk, where their hash
//! is the one that the revision states: a frozen text is the same at any time.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::load::read_captures;
use crate::parse::ast;
use crate::workspace::{At, CONFIG, Change, Content, Options, Place, Refusal, THEMES, Workspace, place};

/// So many symbolic links may lead to one file.
const LINKS: usize = 8;

/// Reads the project in the folder `root` as it was at `revision`; the last files are yet to be applied. Gives the root
/// without symbolic links, too.
///
/// # Errors
/// Where there is no git, no repository, no such revision, or no project in it.
pub(crate) fn read_revision(
    root: &Path,
    revision: &str,
    options: Options,
) -> Result<(PathBuf, Workspace, Vec<Change>), Failure> {
    // Git does not take the form that paths without links have on Windows.
    let tree = Tree::at(root, revision)?;
    let root = std::fs::canonicalize(root).map_err(|error| Failure::io("find", root, &error))?;
    if !tree.files.contains_key(CONFIG) {
        return Err(Failure::new(format!("there is no `{CONFIG}` in `{}` at `{revision}`", root.display()))
            .hint("the dossier may have been in another folder then: name a later revision"));
    }
    let mut workspace = Workspace::new(options);
    workspace.take(tree.read(|path| !matches!(place(path), Place::Other | Place::Theme { .. }))?);
    let missing = workspace.missing();
    let mut rest = Vec::new();
    if let Some(theme) = &missing.theme {
        let folder = format!("{THEMES}/{theme}/");
        let files = tree.read(|path| path.starts_with(&folder) && place(path) != Place::Other)?;
        rest.push(Change::gone(format!("{THEMES}/{theme}")));
        rest.extend(files);
    }
    rest.extend(captures(&root, &tree, &workspace)?);
    Ok((root, workspace, rest))
}

/// Whether the repository that `root` is in has a revision of that name.
pub(crate) fn has_revision(root: &Path, revision: &str) -> bool {
    !revision.starts_with('-') && tree_of(root, revision).is_ok()
}

/// The captures that sources name: of the revision, else from the disk.
fn captures(root: &Path, tree: &Tree, workspace: &Workspace) -> Result<Vec<Change>, Failure> {
    let folder = &workspace.config().captures;
    let names = workspace.missing().captures;
    let path_of = |name: &String| joined("", &format!("{folder}/{name}"));
    let kept: BTreeMap<String, &String> = names
        .iter()
        .filter_map(|name| Some((path_of(name)?, name)))
        .filter(|(path, _)| tree.files.contains_key(path))
        .collect();
    let mut found = Vec::new();
    for change in tree.read_blobs(|path| kept.contains_key(path))? {
        if let At::Path(path) = &change.at {
            let name = kept.get(path).map(|name| (*name).clone()).unwrap_or_default();
            found.push(Change { at: At::Capture { name, path: path.clone() }, ..change });
        }
    }
    let others = names.iter().filter(|name| !kept.values().any(|kept| kept == name)).cloned().collect();
    for mut change in read_captures(&root.join(folder), &others, root)? {
        if !is_of_its_time(&change, workspace) {
            change.content = Content::Gone;
        }
        found.push(change);
    }
    Ok(found)
}

/// Whether a capture is the one that the sources which name it state; one without a stated hash is taken for it.
fn is_of_its_time(change: &Change, workspace: &Workspace) -> bool {
    let (At::Capture { name, .. }, Content::Bytes(bytes)) = (&change.at, &change.content) else { return true };
    let stated = workspace.project().records().filter_map(|record| match &record.parsed.record {
        Some(ast::Record::Source(source)) => source.capture.as_ref(),
        _ => None,
    });
    let mut hashes =
        stated.filter(|capture| capture.file.value == *name).filter_map(|capture| capture.sha256.as_ref()).peekable();
    if hashes.peek().is_none() {
        return true;
    }
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    hashes.all(|stated| stated.value == hash)
}

/// The files of a project at one revision.
struct Tree {
    root: PathBuf,
    /// By path from the project's root: the id of the blob; none for what cannot be taken, with why.
    files: BTreeMap<String, Result<String, Refusal>>,
}

/// An entry of git's list.
struct Entry {
    is_link: bool,
    blob: String,
}

impl Tree {
    fn at(root: &Path, revision: &str) -> Result<Self, Failure> {
        if revision.starts_with('-') {
            return Err(Failure::new(format!("`{revision}` is not a revision: none begins with `-`")));
        }
        let prefix = git(root, &["rev-parse", "--show-prefix"])?;
        let whole = tree_of(root, revision)?;
        let folder = prefix.trim_end_matches(['\n', '\r']).trim_end_matches('/');
        let project = git(root, &["rev-parse", "--verify", "--quiet", &format!("{}:{folder}", whole.trim())])
            .map_err(|_| Failure::new(format!("there is no folder `{folder}` at `{revision}`")))?;
        let list = git_bytes(root, &["ls-tree", "-r", "-z", "--full-tree", project.trim()])?;
        let entries = entries(&list);
        let links: Vec<(&String, &Entry)> = entries.iter().filter(|(_, entry)| entry.is_link).collect();
        let targets = blobs(root, &links.iter().map(|(_, entry)| entry.blob.as_str()).collect::<Vec<_>>())?;
        let targets = targets.iter().map(|target| String::from_utf8_lossy(target).into_owned());
        let links: BTreeMap<&str, String> = links.iter().map(|(path, _)| path.as_str()).zip(targets).collect();
        Ok(Self { root: root.to_owned(), files: followed(&entries, &links) })
    }

    /// The wanted files; of those that are only listed, such as static ones, nothing is read.
    fn read(&self, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<Change>, Failure> {
        let is_listed = |path: &str| matches!(place(path), Place::Static(_) | Place::Stray(_));
        let mut changes = self.read_blobs(|path| is_wanted(path) && !is_listed(path))?;
        for (path, file) in self.files.iter().filter(|(path, _)| is_wanted(path)) {
            match file {
                Err(refusal) => {
                    changes.push(Change { at: At::Path(path.clone()), content: Content::Refused(refusal.clone()) });
                }
                Ok(_) if is_listed(path) => changes.push(Change::bytes(path.clone(), Vec::new())),
                Ok(_) => {}
            }
        }
        Ok(changes)
    }

    /// The bytes of the wanted files.
    fn read_blobs(&self, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<Change>, Failure> {
        let wanted = self.files.iter().filter(|(path, _)| is_wanted(path));
        let wanted: Vec<(&String, &String)> =
            wanted.filter_map(|(path, file)| Some((path, file.as_ref().ok()?))).collect();
        let blobs = blobs(&self.root, &wanted.iter().map(|(_, blob)| blob.as_str()).collect::<Vec<_>>())?;
        Ok(wanted.into_iter().zip(blobs).map(|((path, _), bytes)| Change::bytes(path.clone(), bytes)).collect())
    }
}

/// The list of `git ls-tree -z`: "MODE TYPE ID TAB PATH", each ended by a zero byte. A submodule is not read.
fn entries(list: &[u8]) -> BTreeMap<String, Entry> {
    let entry = |line: &[u8]| {
        let line = String::from_utf8_lossy(line);
        let (what, path) = line.split_once('\t')?;
        let mut what = what.split(' ');
        let (mode, kind, blob) = (what.next()?, what.next()?, what.next()?);
        (kind == "blob").then(|| (path.to_owned(), Entry { is_link: mode == "120000", blob: blob.to_owned() }))
    };
    list.split(|&byte| byte == 0).filter_map(entry).collect()
}

/// The files, each symbolic link with what it leads to: a file, or those of a folder.
fn followed(
    entries: &BTreeMap<String, Entry>,
    links: &BTreeMap<&str, String>,
) -> BTreeMap<String, Result<String, Refusal>> {
    let mut files = BTreeMap::new();
    for (path, entry) in entries {
        if !entry.is_link {
            files.insert(path.clone(), Ok(entry.blob.clone()));
            continue;
        }
        let Ok(target) = target(path, links) else {
            files.insert(path.clone(), Err(Refusal::link_out()));
            continue;
        };
        let below = format!("{target}/");
        let inside = entries.range(below.clone()..).take_while(|(path, _)| path.starts_with(&below));
        let inside: Vec<(String, Result<String, Refusal>)> = inside
            .filter(|(_, inner)| !inner.is_link)
            .map(|(inner, entry)| (format!("{path}/{}", &inner[below.len()..]), Ok(entry.blob.clone())))
            .collect();
        match entries.get(&target).filter(|entry| !entry.is_link) {
            Some(file) => drop(files.insert(path.clone(), Ok(file.blob.clone()))),
            None if !inside.is_empty() => files.extend(inside),
            None => {
                let nowhere = Refusal::bad_link("the symbolic link leads nowhere");
                files.insert(path.clone(), Err(nowhere));
            }
        }
    }
    files
}

/// Where a symbolic link leads in the end, through further links.
fn target(path: &str, links: &BTreeMap<&str, String>) -> Result<String, ()> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Some(target) = links.get(path.as_str()) else { break };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        path = joined(folder, target).ok_or(())?;
    }
    Ok(path)
}

/// A path from a folder, without `.` and `..`; none where it leads out of the project.
fn joined(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains([':', '\\']) {
        return None;
    }
    let mut parts = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The id of the tree of a revision.
fn tree_of(root: &Path, revision: &str) -> Result<String, Failure> {
    // What is wrong with the repository has nothing to do with the revision.
    git(root, &["rev-parse", "--git-dir"])?;
    git(root, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{tree}}")]).map_err(|_| {
        Failure::new(format!("there is neither a folder with a dossier nor a git revision `{revision}`"))
            .hint("a shallow clone has few revisions: `git fetch --unshallow` gets the others")
    })
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    // What git says is looked at, so it has to be in one language.
    command.arg("-C").arg(root).args(arguments).env("LC_ALL", "C").stdin(Stdio::null());
    command
}

/// What git prints.
fn git_bytes(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = command(root, arguments).output().map_err(|error| not_started(&error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("not a git repository") {
        return Err(Failure::new(format!("`{}` is in no git repository", root.display()))
            .hint("`casebook diff OLD NEW` compares two folders, too"));
    }
    let said = said.trim().trim_start_matches("fatal: ");
    Err(Failure::new(format!("git cannot read the repository: {said}")))
}

/// The same as text.
fn git(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&git_bytes(root, arguments)?).into_owned())
}

fn not_started(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::new("a revision is read with `git`, which is not on the PATH")
            .hint("install git, or compare two folders"),
        _ => Failure::new(format!("cannot start `git`: {error}")),
    }
}

/// The bytes of blobs, in the order of their ids.
fn blobs(root: &Path, ids: &[&str]) -> Result<Vec<Vec<u8>>, Failure> {
    let mut child = command(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| not_started(&error))?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Failure::new("cannot talk to `git`"));
    };
    let asked: String = ids.iter().map(|id| format!("{id}\n")).collect();
    // Git answers while it is asked: who waited with reading would wait for ever.
    let asking = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let mut output = BufReader::new(output);
    let read: io::Result<Vec<_>> = ids.iter().map(|_| blob(&mut output)).collect();
    drop(output);
    // Whether all was asked shows in whether all was answered.
    let _ = asking.join();
    let _ = child.wait();
    read.map_err(|error| Failure::new(format!("git cannot read a file of the revision: {error}")))
}

/// An answer of `git cat-file --batch`: "ID blob SIZE", a line feed, so many bytes, a line feed.
fn blob(output: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = String::new();
    output.read_line(&mut head)?;
    let size = head.trim_end().rsplit(' ').next();
    let size: u64 = match size.and_then(|size| size.parse().ok()) {
        Some(size) if head.contains(" blob ") => size,
        _ => return Err(io::Error::new(io::ErrorKind::InvalidData, format!("`{}`", head.trim_end()))),
    };
    let mut bytes = Vec::new();
    output.take(size).read_to_end(&mut bytes)?;
    let mut end = [0];
    output.read_exact(&mut end)?;
    Ok(bytes)
}
