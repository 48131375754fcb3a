//! A theme's files → what there is to say of it without rendering anything: its name, and where each file comes from.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::files::Span;
use crate::render::theme::{DEFAULT, ThemeFiles, embedded, error, sentence};

/// The name of the file with a theme's name and description.
const MANIFEST: &str = "theme.toml";

/// What there is to say of a theme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// Its name in `casebook.toml`, which is its folder's.
    pub id: String,
    /// What `theme.toml` says of it.
    pub description: Option<String>,
    /// Every template and file that it has, by its path in a theme's folder, such as `templates/claim.html`.
    pub files: BTreeMap<String, Origin>,
}

/// Where a theme has a file from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// From the default theme.
    Default,
    /// From its own folder, in place of the default's.
    Overrides,
    /// From its own folder, where it is the same as the default's.
    Same,
    /// From its own folder, where the default has none.
    New,
}

/// What `theme.toml` may say.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    #[allow(dead_code, reason = "read so that its type is checked")]
    name: Option<String>,
    description: Option<String>,
}

impl Manifest {
    /// What the `theme.toml` among a theme's files says; nothing where there is none.
    pub(super) fn of(files: &ThemeFiles) -> Result<Self, Diagnostic> {
        let Some(file) = files.get(MANIFEST) else { return Ok(Self::default()) };
        let text = String::from_utf8_lossy(&file.bytes);
        toml::from_str(&text).map_err(|problem| {
            let span = file.file.map(|file| Span { file, range: problem.span().unwrap_or_default().into() });
            error("theme-manifest", span, sentence(problem.message()))
                .hint("`theme.toml` may say `name` and `description`, both texts")
        })
    }
}

/// What there is to say of the theme `id`, of `files` over the embedded default.
///
/// # Errors
/// A bad `theme.toml`.
pub fn about(id: &str, files: &ThemeFiles) -> Result<About, Diagnostic> {
    let manifest = Manifest::of(files)?;
    let is_used = |path: &str| path.starts_with("templates/") || path.starts_with("static/");
    let embedded = embedded(&DEFAULT);
    let mut found: BTreeMap<_, _> =
        embedded.iter().filter(|(path, _)| is_used(path)).map(|(path, _)| (path.clone(), Origin::Default)).collect();
    for (path, file) in files.iter().filter(|(path, _)| is_used(path)) {
        let of_default = embedded.iter().find(|(embedded, _)| embedded == path);
        let origin = match of_default {
            None => Origin::New,
            Some((_, bytes)) if *bytes == file.bytes => Origin::Same,
            Some(_) => Origin::Overrides,
        };
        found.insert(path.clone(), origin);
    }
    let description = manifest.description.or_else(|| {
        // What the default theme says of itself, where the dossier's folder of that name does not say otherwise.
        let own = embedded.iter().find(|(path, _)| id == "default" && path == MANIFEST)?;
        toml::from_str::<Manifest>(&String::from_utf8_lossy(&own.1)).ok()?.description
    });
    Ok(About { id: id.to_owned(), description, files: found })
}
