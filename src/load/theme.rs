//! The files of a site's own theme, which override those of the theme in the program.

use std::path::Path;

use crate::failure::Failure;
use crate::load::walk::walk;
use crate::load::{is_inside, name, read_texts, shown};
use crate::workspace::{Change, Place, THEMES, is_left_out, is_theme_name, place};

/// Reads `themes/NAME`, or says that it is not there. The default theme need not be: it is in the program.
///
/// # Errors
/// Where the disk refuses.
pub fn read_theme(root: &Path, name: &str) -> Result<Vec<Change>, Failure> {
    let folder = root.join(THEMES).join(name);
    if !is_theme_name(name) || !folder.is_dir() || !is_inside(&folder, root) {
        return Ok(vec![Change::gone(format!("{THEMES}/{name}"))]);
    }
    let mut changes = Vec::new();
    let mut found = walk(&folder, root, &|_, name| is_left_out(name), &mut changes)?;
    found.retain(|path| place(&shown(path, root)) != Place::Other);
    changes.extend(read_texts(&found, root)?);
    Ok(changes)
}

/// The names of the themes in the folder of the project in `root`, sorted; the default one is among them only where the
/// project has files of its own for it.
///
/// # Errors
/// Where the disk refuses.
pub fn list_themes(root: &Path) -> Result<Vec<String>, Failure> {
    let folder = root.join(THEMES);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let cannot_read = |error| Failure::io("read", &folder, &error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(cannot_read)? {
        let path = entry.map_err(cannot_read)?.path();
        let name = name(&path);
        if is_theme_name(&name) && path.is_dir() && is_inside(&path, root) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
