//! The site as a value: paths and pages, nothing on disk.

use std::borrow::{Borrow, Cow};
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

/// The absolute address of a file of the site below `base`; a folder's own page is the folder.
pub(crate) fn address(base: &str, path: &SitePath) -> String {
    let path = path.as_str();
    let path = if path == "index.html" { "" } else { path };
    [base, &*encode(path)].concat()
}

/// A path or fragment as part of a relative reference: what has a meaning there is percent-encoded (RFC 3986,
/// section 2), other scripts are left readable (RFC 3987).
pub(crate) fn encode(text: &str) -> Cow<'_, str> {
    // Most references are made of ids alone; all bytes are looked at, as many at once as a processor can.
    let is_of_ids = |byte: &u8| byte.is_ascii_alphabetic() | matches!(byte, b'-'..=b'9');
    if text.as_bytes().iter().fold(true, |plain, byte| plain & is_of_ids(byte)) {
        return Cow::Borrowed(text);
    }
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        let is_plain = match c {
            '-' | '.' | '_' | '~' | '/' | '!' | '$' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=' | '@' => true,
            c if c.is_ascii() => c.is_ascii_alphanumeric(),
            c => !c.is_whitespace(),
        };
        if is_plain {
            encoded.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    Cow::Owned(encoded)
}
