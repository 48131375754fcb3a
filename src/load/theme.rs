//! The files of a site's own theme, which override those of the theme in the program.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Diagnostic, Severity};
use crate::failure::Failure;
use crate::files::{ByteRange, FileId, Span};
use crate::load::content::is_left_out;
use crate::load::walk::walk;
use crate::load::{Project, THEMES, is_inside, text};

/// A file of a site's own theme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThemeFile {
    /// Its number, for a text: so that an error in it can be shown in its place.
    pub file: Option<FileId>,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Reads `themes/NAME`: its files by their paths inside that folder, such as `templates/claim.html`. The default theme
/// need not be there: it is in the program.
///
/// # Errors
/// Where the disk refuses. A theme that is not there is in [`Project::diagnostics`].
pub fn load_theme(project: &mut Project, name: &str) -> Result<BTreeMap<String, ThemeFile>, Failure> {
    let folder = project.root.join(THEMES).join(name);
    if !is_name(name) || !folder.is_dir() || !is_inside(&folder, &project.root) {
        if name != "default" {
            let unknown = unknown(project, name);
            project.diagnostics.push(unknown);
        }
        return Ok(BTreeMap::new());
    }
    let mut wrong = Vec::new();
    let found = walk(&folder, &project.root, &|_, name| is_left_out(name), &mut wrong)?;
    let (texts, copied): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|found| found.parts[0] == "templates" || found.parts == ["theme.toml"]);
    let paths: Vec<_> = texts.iter().map(|text| text.path.clone()).collect();
    let numbers = text::read_all(&paths, &project.root, &mut project.files, &mut project.diagnostics)?;
    project.diagnostics.extend(wrong.into_iter().map(|wrong| wrong.into_diagnostic(&mut project.files)));
    let mut files = BTreeMap::new();
    for (text, file) in texts.into_iter().zip(numbers) {
        let bytes = project.files.get(file).text.as_bytes().into();
        files.insert(text.parts.join("/"), ThemeFile { file: Some(file), bytes });
    }
    for found in copied.into_iter().filter(|found| found.parts[0] == "static") {
        let bytes = text::read_bytes(&found.path)?.into();
        files.insert(found.parts.join("/"), ThemeFile { file: None, bytes });
    }
    Ok(files)
}

/// The names of the themes in a project's folder, sorted; the default one is among them only where the project has files
/// of its own for it.
///
/// # Errors
/// Where the disk refuses.
pub fn list_themes(project: &Project) -> Result<Vec<String>, Failure> {
    let folder = project.root.join(THEMES);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let cannot_read = |error| Failure::io("read", &folder, &error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(cannot_read)? {
        let path = entry.map_err(cannot_read)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if is_name(&name) && path.is_dir() && is_inside(&path, &project.root) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Whether a theme can be called that: the name of a folder that is not hidden.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}

fn unknown(project: &Project, name: &str) -> Diagnostic {
    let config = &project.files.get(project.config).text;
    let at = config.match_indices("theme").map(|(at, _)| at).find(|&at| at == 0 || config[..at].ends_with('\n'));
    let line = at.map_or(ByteRange::default(), |at| {
        let end = config[at..].find(['\r', '\n']).map_or(config.len(), |length| at + length);
        ByteRange::new(at, end)
    });
    let at = Some(Span { file: project.config, range: line });
    Diagnostic::new(Severity::Error, "unknown-theme", at, format!("there is no theme `{name}`"))
        .hint(format!("its folder would be `{THEMES}/{name}`; without `theme` the site takes the default one"))
}
