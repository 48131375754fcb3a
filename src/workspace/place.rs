//! What a file of a project is by its path.

use std::path::Path;

use crate::diag::suggest;
use crate::ids::{RecordId, RecordKind, slug};
use crate::site::SitePath;
use crate::workspace::Refusal;

/// The name of the file with a dossier's settings, which makes a folder a project.
pub const CONFIG: &str = "casebook.toml";
/// The name of the file that says what was checked against the captures.
pub const LOCK: &str = "captures.lock";
/// The name of the folder with the records.
pub const CONTENT: &str = "content";
/// The name of the folder with the themes.
pub const THEMES: &str = "themes";
/// The name of the folder, in that of the records, whose files are copied.
pub const STATIC: &str = "static";

/// The kinds of records that have a folder.
const KINDS: [RecordKind; 4] = [RecordKind::Source, RecordKind::Claim, RecordKind::Entity, RecordKind::Commentary];

/// What a file is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// The settings.
    Config,
    /// What was checked against the captures.
    Lock,
    /// A record, with its id where its name has an id's form; the home page has none.
    Record(RecordKind, Option<RecordId>),
    /// A file that is copied to the site, with its path there.
    Static(SitePath),
    /// A file of a theme.
    Theme {
        /// The theme's name.
        theme: String,
        /// The file's path inside the theme's folder.
        path: String,
        /// Whether it is read as text, so that an error in it can be shown in its place.
        is_text: bool,
    },
    /// A file that should not be there.
    Stray(Refusal),
    /// Nothing of the project's.
    Other,
}

/// What the file is at `path`, from the project's root, with forward slashes.
pub fn place(path: &str) -> Place {
    let parts: Vec<&str> = path.split('/').collect();
    if parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
        return Place::Other;
    }
    match &parts[..] {
        [CONFIG] => Place::Config,
        [LOCK] => Place::Lock,
        [CONTENT, STATIC] | [CONTENT] => Place::Other,
        [CONTENT, STATIC, inner @ ..] if inner.iter().any(|part| is_left_out(part)) => Place::Other,
        [CONTENT, inner @ ..] if inner[0] != STATIC && inner.iter().any(|part| is_not_content(part)) => Place::Other,
        [CONTENT | THEMES, ..] if path.contains(['\\', ':']) => Place::Stray(Refusal::bad_name()),
        [CONTENT, STATIC, inner @ ..] => Place::Static(SitePath::new(inner.join("/"))),
        [CONTENT, inner @ ..] => record(inner),
        [THEMES, theme, inner @ ..] => theme_file(theme, inner),
        _ => Place::Other,
    }
}

/// What a file of the records' folder is.
fn record(parts: &[&str]) -> Place {
    let name = parts.last().copied().unwrap_or_default();
    let folder = if parts.len() > 1 { parts[0] } else { "" };
    if parts == ["index.md"] {
        return Place::Record(RecordKind::Home, None);
    }
    let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(name);
    let is_markdown = match name.rsplit_once('.') {
        Some((_, "md")) => true,
        Some((_, other)) if ["md", "markdown", "mdown", "mkd"].contains(&other.to_lowercase().as_str()) => {
            let wrong = Refusal::new("stray-file", format!("a record's file ends in `.md`, not in `.{other}`"));
            return Place::Stray(
                wrong.hint(format!("rename it to `{}.md`", ascii_slug(stem).unwrap_or(stem.to_owned()))),
            );
        }
        _ => false,
    };
    if !is_markdown {
        return Place::Stray(
            Refusal::new("stray-file", format!("`{name}` is no record"))
                .hint("files that are copied to the site as they are belong in `content/static`"),
        );
    }
    match KINDS.into_iter().find(|kind| kind.folder() == folder) {
        Some(kind) => Place::Record(kind, RecordId::new(stem)),
        None => Place::Stray(misplaced(folder)),
    }
}

fn misplaced(folder: &str) -> Refusal {
    let folders = KINDS.map(RecordKind::folder);
    let wrong = Refusal::new("stray-file", "a record belongs in its kind's folder");
    match suggest::nearest(folder, folders) {
        Some(near) => wrong.hint(format!("did you mean `content/{near}`?")),
        None => {
            wrong.hint("the folders are `content/sources`, `content/claims`, `content/entities`, `content/commentary`")
        }
    }
}

fn theme_file(theme: &str, parts: &[&str]) -> Place {
    let is_text = parts[..] == ["theme.toml"] || matches!(parts, ["templates", _, ..]);
    let is_copied = matches!(parts, ["static", _, ..]);
    if !is_theme_name(theme) || !(is_text || is_copied) || parts.iter().any(|part| is_left_out(part)) {
        return Place::Other;
    }
    Place::Theme { theme: theme.to_owned(), path: parts.join("/"), is_text }
}

/// Whether a theme can be called that: the name of a folder that is not hidden.
pub fn is_theme_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}

/// Files of the records' folder that editors and systems leave beside one's own.
pub fn is_not_content(name: &str) -> bool {
    name.starts_with('.') || is_left_out(name)
}

/// The same where a name with a dot can be meant, such as `.well-known` and `.nojekyll`.
pub fn is_left_out(name: &str) -> bool {
    name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with(".git")
        || (name.starts_with('.') && name.ends_with(".swp"))
        || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// What is wrong with the name of a record's file that cannot be an id.
pub(super) fn bad_id(stem: &str) -> Refusal {
    let wrong = Refusal::new("bad-id", format!("the file's name `{stem}` cannot be an id"));
    let rule = "an id has lower-case letters from a to z, digits and hyphens only";
    match ascii_slug(stem) {
        Some(slug) => wrong.hint(format!("rename the file to `{slug}.md`: {rule}")),
        None => wrong.hint(format!("rename the file: {rule}")),
    }
}

/// An id that is close to `text`: accents dropped, everything else that an id cannot have a hyphen.
pub fn ascii_slug(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let plain: String = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let slug: String = slug(&plain).chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
    let parts: Vec<_> = slug.split('-').filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Option<RecordId> {
        RecordId::new(text)
    }

    #[test]
    fn every_file_is_what_its_path_says() {
        assert_eq!(place("casebook.toml"), Place::Config);
        assert_eq!(place("captures.lock"), Place::Lock);
        assert_eq!(place("content/index.md"), Place::Record(RecordKind::Home, None));
        assert_eq!(place("content/sources/2016/b.md"), Place::Record(RecordKind::Source, id("b")));
        assert_eq!(place("content/claims/No id.md"), Place::Record(RecordKind::Claim, None));
        assert_eq!(place("content/commentary/static/e.md"), Place::Record(RecordKind::Commentary, id("e")));
        assert_eq!(place("content/static/img/p.png"), Place::Static(SitePath::new("img/p.png")));
        assert_eq!(place("content/static/.well-known/x"), Place::Static(SitePath::new(".well-known/x")));
        assert!(matches!(place("content/claims/picture.png"), Place::Stray(_)));
        assert!(matches!(place("content/x.md"), Place::Stray(_)));
        assert!(matches!(place("content/claims/a:b.md"), Place::Stray(_)));
        let theme = |path: &str, is_text| Place::Theme { theme: "a".to_owned(), path: path.to_owned(), is_text };
        assert_eq!(place("themes/a/theme.toml"), theme("theme.toml", true));
        assert_eq!(place("themes/a/templates/parts/x.html"), theme("templates/parts/x.html", true));
        assert_eq!(place("themes/a/static/s.css"), theme("static/s.css", false));
    }

    #[test]
    fn what_is_not_the_projects_is_nothing() {
        for path in [
            "",
            "README.md",
            "content",
            "content/static",
            "content/static/.gitignore",
            "content/claims/.#c.md",
            "content/claims/c.md~",
            "content/.hidden/x.md",
            "content//x.md",
            "content/../x.md",
            "themes/README.md",
            "themes/.hidden/theme.toml",
            "themes/a/readme.txt",
            "public/index.html",
            "captures/a.txt",
        ] {
            assert_eq!(place(path), Place::Other, "{path}");
        }
    }

    #[test]
    fn a_slug_for_an_id_is_plain_ascii() {
        for (text, slug) in
            [("Élan Vital", Some("elan-vital")), ("a--b", Some("a-b")), ("新", None), ("a新b_c", Some("a-b-c"))]
        {
            assert_eq!(ascii_slug(text).as_deref(), slug);
        }
    }
}
