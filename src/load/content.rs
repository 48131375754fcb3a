//! Which files of `content/` are what.

use std::path::{Path, PathBuf};

use crate::diag::suggest;
use crate::failure::Failure;
use crate::ids::{RecordId, RecordKind};
use crate::load::walk::{Found, walk};
use crate::load::{CONTENT, StaticFile, Wrong, ascii_slug, is_inside, shown};
use crate::site::SitePath;

/// The name of the folder whose files are copied.
const STATIC: &str = "static";
/// The kinds of records that have a folder.
const KINDS: [RecordKind; 4] = [RecordKind::Source, RecordKind::Claim, RecordKind::Entity, RecordKind::Commentary];

/// What `content/` holds.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) records: Vec<RecordPath>,
    pub(super) statics: Vec<StaticFile>,
    pub(super) wrong: Vec<Wrong>,
}

/// A record's file before it is read.
#[derive(Debug)]
pub(super) struct RecordPath {
    pub(super) path: PathBuf,
    pub(super) kind: RecordKind,
    pub(super) id: Option<RecordId>,
}

/// Lists the content of the project in `root`, which has no symbolic links, by path.
pub(super) fn list(root: &Path) -> Result<Listing, Failure> {
    let content = root.join(CONTENT);
    if !content.is_dir() {
        return Err(Failure::new(format!("there is no folder `{CONTENT}` in `{}`", root.display()))
            .hint("it holds the dossier's records: `casebook new DIR` shows how one begins"));
    }
    if !is_inside(&content, root) {
        return Err(Failure::new(format!("`{}` is a symbolic link that leads out of the project", content.display()))
            .hint("put the folder into the project, or name the project that it is in with `--root`"));
    }
    let mut listing = Listing::default();
    let statics = content.join(STATIC);
    let ignore = |path: &Path, name: &str| is_not_content(name) || path == statics;
    for found in walk(&content, root, &ignore, &mut listing.wrong)? {
        match classify(&found, root) {
            Ok((kind, id)) => listing.records.push(RecordPath { path: found.path, kind, id }),
            Err(wrong) => listing.wrong.push(wrong),
        }
    }
    if is_inside(&statics, root) {
        listing.statics = list_static(&statics, root, &mut listing.wrong)?;
    } else if statics.is_dir() {
        listing.wrong.push(Wrong::link_out(&shown(&statics, root)));
    }
    Ok(listing)
}

/// Lists the files of a folder that is copied to the site.
fn list_static(folder: &Path, root: &Path, wrong: &mut Vec<Wrong>) -> Result<Vec<StaticFile>, Failure> {
    let file =
        |found: Found| StaticFile { path: SitePath::new(found.parts.join("/")), from: found.path, size: found.size };
    Ok(walk(folder, root, &|_, name| is_left_out(name), wrong)?.into_iter().map(file).collect())
}

/// What a file outside `static` is by its path.
fn classify(found: &Found, root: &Path) -> Result<(RecordKind, Option<RecordId>), Wrong> {
    let name = found.parts.last().map_or("", String::as_str);
    let folder = if found.parts.len() > 1 { found.parts[0].as_str() } else { "" };
    if found.parts == ["index.md"] {
        return Ok((RecordKind::Home, None));
    }
    let path = shown(&found.path, root);
    let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(name);
    let is_markdown = match name.rsplit_once('.') {
        Some((_, "md")) => true,
        Some((_, other)) if ["md", "markdown", "mdown", "mkd"].contains(&other.to_lowercase().as_str()) => {
            let wrong = Wrong::new("stray-file", &path, format!("a record's file ends in `.md`, not in `.{other}`"));
            return Err(wrong.hint(format!("rename it to `{}.md`", ascii_slug(stem).unwrap_or(stem.to_owned()))));
        }
        _ => false,
    };
    if !is_markdown {
        return Err(Wrong::new("stray-file", &path, format!("`{name}` is no record"))
            .hint("files that are copied to the site as they are belong in `content/static`"));
    }
    match KINDS.into_iter().find(|kind| kind.folder() == folder) {
        Some(kind) => Ok((kind, RecordId::new(stem))),
        None => Err(misplaced(&path, folder)),
    }
}

fn misplaced(path: &str, folder: &str) -> Wrong {
    let folders = KINDS.map(RecordKind::folder);
    let wrong = Wrong::new("stray-file", path, "a record belongs in its kind's folder");
    match suggest::nearest(folder, folders) {
        Some(near) => wrong.hint(format!("did you mean `content/{near}`?")),
        None => {
            wrong.hint("the folders are `content/sources`, `content/claims`, `content/entities`, `content/commentary`")
        }
    }
}

/// Files that editors and systems leave beside one's own.
fn is_not_content(name: &str) -> bool {
    name.starts_with('.') || is_left_out(name)
}

/// The same where a name with a dot can be meant, such as `.well-known` and `.nojekyll`.
pub(super) fn is_left_out(name: &str) -> bool {
    name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with(".git")
        || (name.starts_with('.') && name.ends_with(".swp"))
        || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}
