//! Paths in links: relative to the linking file's folder, or from `content/` with a slash at the front.

/// The folder of the records.
const CONTENT: &str = "content";
/// The folder whose files are copied to the site's root.
const STATIC: &str = "content/static/";

/// A link's path from the project's root; none where it leads out of the project. `file` is the linking file's path
/// from the root.
pub(crate) fn from_root(file: &str, target: &str) -> Option<String> {
    let target = decoded(target.split('?').next().unwrap_or_default());
    let (base, target) = match target.strip_prefix('/') {
        Some(rest) => (CONTENT, rest.to_owned()),
        None => (file.rsplit_once('/').map_or("", |(folder, _)| folder), target),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path in the site of the static file that a link can mean: `/file.pdf`, or a path that leads into
/// `content/static`.
pub(crate) fn in_site(file: &str, target: &str) -> Option<String> {
    let path = from_root(file, target)?;
    match path.strip_prefix(STATIC) {
        Some(path) => Some(path.to_owned()),
        None if target.starts_with('/') => path.strip_prefix("content/").map(str::to_owned),
        None => None,
    }
}

/// How a file links to a path, both from the project's root.
pub(crate) fn relative(file: &str, target: &str) -> String {
    let from: Vec<&str> = file.split('/').collect();
    let to: Vec<&str> = target.split('/').collect();
    let folders = from.len().min(to.len()) - 1;
    let shared = (0..folders).take_while(|&part| from[part] == to[part]).count();
    format!("{}{}", "../".repeat(from.len() - 1 - shared), to[shared..].join("/"))
}

/// The text with `%XX` decoded (RFC 3986, section 2.1) where that gives UTF-8; else as it is.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push(hex(*high).unwrap_or_default() * 16 + hex(*low).unwrap_or_default());
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_relative_to_the_files_folder() {
        let from = |target| from_root("content/commentary/a.md", target);
        assert_eq!(from("../claims/x.md").as_deref(), Some("content/claims/x.md"));
        assert_eq!(from("./b.md").as_deref(), Some("content/commentary/b.md"));
        assert_eq!(from("/claims/x.md").as_deref(), Some("content/claims/x.md"));
        assert_eq!(from("../../../x"), None);
    }

    #[test]
    fn a_static_file_is_named_by_its_path_in_the_site_or_on_disk() {
        let site = |target| in_site("content/commentary/a.md", target);
        assert_eq!(site("/files/a%20b.pdf").as_deref(), Some("files/a b.pdf"));
        assert_eq!(site("../static/a.pdf?x=1").as_deref(), Some("a.pdf"));
        assert_eq!(site("a.pdf"), None);
        assert_eq!(site("/100%.pdf").as_deref(), Some("100%.pdf"));
    }

    #[test]
    fn relative_paths_lead_back() {
        assert_eq!(relative("content/commentary/deep/a.md", "content/claims/x.md"), "../../claims/x.md");
        assert_eq!(relative("content/index.md", "content/claims/x.md"), "claims/x.md");
    }
}
