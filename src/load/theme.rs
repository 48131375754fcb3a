//! The files of a site's own theme, which override those of the theme in the program.

use crate::diag::{Diagnostic, Severity};
use crate::failure::Failure;
use crate::files::{ByteRange, FileId, Span};
use crate::load::content::list_static;
use crate::load::walk::walk;
use crate::load::{Project, StaticFile, THEMES, is_inside, text};

/// A theme's files.
#[derive(Clone, Debug, Default)]
pub struct ThemeFiles {
    /// `theme.toml`.
    pub manifest: Option<FileId>,
    /// The templates by their paths in `templates/`, in order.
    pub templates: Vec<(String, FileId)>,
    /// What is copied, by its path in `static/`.
    pub statics: Vec<StaticFile>,
}

/// Reads `themes/NAME`. The default theme need not be there: it is in the program.
///
/// # Errors
/// Where the disk refuses. A theme that is not there is in [`Project::diagnostics`].
pub fn load_theme(project: &mut Project, name: &str) -> Result<ThemeFiles, Failure> {
    let themes = project.root.join(THEMES);
    let folder = themes.join(name);
    let is_name = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']);
    if !is_name || !folder.is_dir() || !is_inside(&folder, &project.root) {
        if name != "default" {
            let unknown = unknown(project, name);
            project.diagnostics.push(unknown);
        }
        return Ok(ThemeFiles::default());
    }
    let mut wrong = Vec::new();
    let templates = match folder.join("templates") {
        templates if templates.is_dir() => {
            walk(&templates, &project.root, &|_, name| name.starts_with('.'), &mut wrong)?
        }
        _ => Vec::new(),
    };
    let statics = match folder.join("static") {
        statics if statics.is_dir() => list_static(&statics, &project.root, &mut wrong)?,
        _ => Vec::new(),
    };
    let manifest = folder.join("theme.toml");
    let has_manifest = manifest.is_file() && is_inside(&manifest, &project.root);
    let mut paths: Vec<_> = templates.iter().map(|template| template.path.clone()).collect();
    paths.extend(has_manifest.then_some(manifest));
    let numbers = text::read_all(&paths, &project.root, &mut project.files, &mut project.diagnostics)?;
    project.diagnostics.extend(wrong.into_iter().map(|wrong| wrong.into_diagnostic(&mut project.files)));
    Ok(ThemeFiles {
        manifest: numbers.last().copied().filter(|_| has_manifest),
        templates: templates.iter().map(|template| template.parts.join("/")).zip(numbers).collect(),
        statics,
    })
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
