//! The path of an address → a path of the site, or none: nothing that could mean something else on some disk gets through.

/// The path in the site that a request's path asks for, which begins with `/` and is percent-encoded (RFC 3986, section
/// 2.1). A folder is its `index.html`. None where no site can have it: with an empty part, `.` or `..`, encoded or not,
/// with a separator of any system, a null byte, or bytes that are no text.
pub(super) fn site_path(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let (folders, last) = path.rsplit_once('/').map_or((None, path), |(folders, last)| (Some(folders), last));
    let mut site_path = String::with_capacity(path.len());
    for part in folders.into_iter().flat_map(|folders| folders.split('/')) {
        site_path.push_str(&name(part)?);
        site_path.push('/');
    }
    if last.is_empty() {
        site_path.push_str("index.html");
    } else {
        site_path.push_str(&name(last)?);
    }
    Some(site_path)
}

/// The name of a file or folder.
fn name(part: &str) -> Option<String> {
    let name = decode(part)?;
    let is_name = !matches!(&*name, "" | "." | "..") && !name.contains(['/', '\\', ':']);
    (is_name && !name.contains(char::is_control)).then_some(name)
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            decoded.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

/// The media type of a file by its name.
pub(super) fn media_type(path: &str) -> &'static str {
    let extension =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "jsonld" => "application/ld+json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "txt" | "bib" | "csv" | "md" | "toml" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_into_the_site() {
        for (path, site) in [
            ("/", "index.html"),
            ("/claims/", "claims/index.html"),
            ("/claims/a.html", "claims/a.html"),
            ("/a%20b/%C3%A9.txt", "a b/é.txt"),
            ("/.well-known/x", ".well-known/x"),
            ("/a..b", "a..b"),
        ] {
            assert_eq!(site_path(path).as_deref(), Some(site), "{path}");
        }
    }

    #[test]
    fn a_path_leads_nowhere_else() {
        for path in [
            "",
            "x",
            "//",
            "//etc/passwd",
            "/a//b",
            "/..",
            "/../x",
            "/a/../b",
            "/%2e%2e/x",
            "/a/%2E%2e/",
            "/.%2e/x",
            "/./x",
            "/%2f",
            "/a%2fb",
            "/a%5Cb",
            "/a\\b",
            "/%00",
            "/a%00.html",
            "/c:/x",
            "/%ff",
            "/%",
            "/%4",
            "/%zz",
            "/a%0ab",
        ] {
            assert_eq!(site_path(path), None, "{path}");
        }
    }

    #[test]
    fn a_file_has_the_type_of_its_name() {
        assert_eq!(media_type("a.b/c.CSS"), "text/css; charset=utf-8");
        assert_eq!(media_type("a.html/c"), "application/octet-stream");
        assert_eq!(media_type(".nojekyll"), "application/octet-stream");
    }
}
