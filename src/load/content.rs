//! The files of `content/`.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::load::walk::walk;
use crate::load::{is_inside, read_texts, shown};
use crate::workspace::{At, CONTENT, Change, Content, Place, Refusal, STATIC, is_left_out, is_not_content, place};

/// Reads the content of the project in `root`, which has no symbolic links: the records' texts, a list of the rest.
pub(super) fn list(root: &Path) -> Result<Vec<Change>, Failure> {
    let content = root.join(CONTENT);
    if !content.is_dir() {
        return Err(Failure::new(format!("there is no folder `{CONTENT}` in `{}`", root.display()))
            .hint("it holds the dossier's records: `casebook new DIR` shows how one begins"));
    }
    if !is_inside(&content, root) {
        return Err(Failure::new(format!("`{}` is a symbolic link that leads out of the project", content.display()))
            .hint("put the folder into the project, or name the project that it is in with `--root`"));
    }
    let statics = content.join(STATIC);
    let ignore = |path: &Path, name: &str| is_not_content(name) || path == statics;
    let mut changes = Vec::new();
    let found = walk(&content, root, &ignore, &mut changes)?;
    let is_record = |path: &PathBuf| matches!(place(&shown(path, root)), Place::Record(..));
    let (records, strays): (Vec<PathBuf>, Vec<PathBuf>) = found.into_iter().partition(is_record);
    changes.extend(read_texts(&records, root)?);
    changes.extend(strays.into_iter().map(|found| on_disk(found, root)));
    if is_inside(&statics, root) {
        let found = walk(&statics, root, &|_, name| is_left_out(name), &mut changes)?;
        changes.extend(found.into_iter().map(|found| on_disk(found, root)));
    } else if statics.is_dir() {
        changes.push(Change { at: At::Path(shown(&statics, root)), content: Content::Refused(Refusal::link_out()) });
    }
    Ok(changes)
}

/// A file that is not read.
fn on_disk(path: PathBuf, root: &Path) -> Change {
    Change { at: At::Path(shown(&path, root)), content: Content::OnDisk { from: path } }
}
