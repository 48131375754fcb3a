//! The site as a value: paths and pages, nothing on disk.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A file's path in the site: relative to its root, with forward slashes, no empty, `.` or `..` part.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// The path, which the caller has made of such parts.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        let path = path.into();
        debug_assert!(path.split('/').all(|part| !matches!(part, "" | "." | "..")), "{path}");
        Self(path)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What leads from this page to the root: empty, or `../` once a folder.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

/// So that a map keyed by paths can be asked with a `&str`.
impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A finished file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Where it stands.
    pub path: SitePath,
    /// Its bytes.
    pub content: Vec<u8>,
}
