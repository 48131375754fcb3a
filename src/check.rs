//! A finished page against the routes: its links lead somewhere, its ids are those that the routes promised.
//!
//! One scan over the page's tags; no tree is built. What a reader follows (`<a href>`, and the canonical address) may
//! lead to another host; what a browser loads by itself may not. Addresses without `http` or `https` are left alone.

use std::borrow::Cow;

use memchr::{memchr, memmem, memrchr};
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::diag::{Diagnostic, Severity};
use crate::route::Routes;
use crate::site::{Page, SitePath};

/// Checks a page; files other than HTML pass. Every finding is an error of the theme or of a record's Markdown.
pub fn check(page: &Page, routes: &Routes) -> Vec<Diagnostic> {
    if !page.path.as_str().ends_with(".html") {
        return Vec::new();
    }
    let Ok(html) = std::str::from_utf8(&page.content) else {
        return vec![finding(&page.path, "is not UTF-8".to_owned())];
    };
    let found = collect(html);
    let mut diagnostics = Vec::new();
    let mut ids = FxHashSet::with_capacity_and_hasher(found.ids.len(), FxBuildHasher);
    for id in &found.ids {
        if !ids.insert(id.as_ref()) {
            diagnostics.push(finding(&page.path, format!("has the id `{id}` twice")));
        }
    }
    for promised in routes.find(page.path.as_str()).map_or(&[][..], |route| routes.promised(route)) {
        if !ids.contains(promised.as_str()) {
            diagnostics.push(
                finding(&page.path, format!("lacks the id `{promised}`, which other pages may link to"))
                    .hint("the theme's template for this page must write the ids that its view gives it"),
            );
        }
    }
    let mut target = String::new();
    // A page refers to most of what it refers to several times.
    let mut sound = FxHashSet::with_capacity_and_hasher(found.references.len(), FxBuildHasher);
    for reference in &found.references {
        if sound.contains(reference) {
            continue;
        }
        match follow(reference, page, routes, &ids, &mut target) {
            Ok(()) => drop(sound.insert(reference)),
            Err(reason) => {
                diagnostics.push(finding(&page.path, format!("refers to `{}`, {reason}", reference.address)));
            }
        }
    }
    diagnostics
}

/// What a page has and where it leads.
struct Found<'a> {
    ids: Vec<Cow<'a, str>>,
    references: Vec<Reference<'a>>,
}

#[derive(PartialEq, Eq, Hash)]
struct Reference<'a> {
    address: Cow<'a, str>,
    /// Whether only a reader follows it, by a click.
    followed: bool,
}

/// Whether a reference leads to something; else why not. `target` is room for one path after another.
fn follow(
    reference: &Reference<'_>,
    page: &Page,
    routes: &Routes,
    ids: &FxHashSet<&str>,
    target: &mut String,
) -> Result<(), String> {
    let address = reference.address.trim();
    if address.starts_with("//") || scheme(address).is_some() {
        return elsewhere(address, reference.followed);
    }
    if page.path.as_str() == "404.html" {
        return Err("but this page is served at any depth, where a relative reference leads nowhere".to_owned());
    }
    let (path, fragment) = cut(address, b'#');
    let path = decode(cut(path, b'?').0);
    if path.is_empty() {
        page.path.as_str().clone_into(target);
    } else {
        resolve(&page.path, &path, target).ok_or("which leads out of the site")?;
    }
    // A fragment directive is the browser's business (WICG, URL Fragment Text Directives, section 3.2).
    let id = fragment.map(|fragment| fragment.split_once(":~:").map_or(fragment, |(id, _)| id));
    let id = id.filter(|id| !id.is_empty()).map(decode);
    let is_own = target.as_str() == page.path.as_str();
    if !is_own && routes.leads(target, id.as_deref()) {
        return Ok(());
    }
    let Some(file) = routes.file(target) else { return Err("but the site has no such file".to_owned()) };
    let Some(fragment) = id else { return Ok(()) };
    let there = if is_own {
        ids.contains(fragment.as_ref())
    } else {
        // What a fragment means in a file that is copied as it is, such as a page of a PDF, is the file's business.
        file.is_none_or(|route| routes.promises(route, &fragment))
    };
    if there { Ok(()) } else { Err(format!("but `{target}` has no id `{fragment}`")) }
}

/// What stands before the first such ASCII byte, and what after it.
fn cut(text: &str, at: u8) -> (&str, Option<&str>) {
    memchr(at, text.as_bytes()).map_or((text, None), |at| (&text[..at], Some(&text[at + 1..])))
}

/// Whether an absolute reference may be there.
fn elsewhere(address: &str, followed: bool) -> Result<(), String> {
    let scheme = scheme(address).unwrap_or_default().to_ascii_lowercase();
    match (scheme.as_str(), followed) {
        ("javascript" | "vbscript", _) | ("data", true) => Err("which is a script and no address".to_owned()),
        // Data of the page's own makes no request.
        ("data", false) | (_, true) => Ok(()),
        (_, false) => Err("which a browser would ask another host for".to_owned()),
    }
}

/// The address's scheme, where it has one (RFC 3986, section 3.1).
fn scheme(address: &str) -> Option<&str> {
    let of_scheme = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let bytes = address.as_bytes();
    let end = bytes.iter().position(|b| !of_scheme(b))?;
    (bytes[end] == b':' && bytes[0].is_ascii_alphabetic()).then(|| &address[..end])
}

/// Puts the path in the site that a relative path leads to from a page into `target`; none where it leads out of it.
fn resolve(from: &SitePath, path: &str, target: &mut String) -> Option<()> {
    let from = from.as_str();
    let mut folder = &from[..memrchr(b'/', from.as_bytes()).unwrap_or(0)];
    let mut rest = path;
    while let Some(inner) = rest.strip_prefix("../") {
        if folder.is_empty() {
            return None;
        }
        folder = &folder[..memrchr(b'/', folder.as_bytes()).unwrap_or(0)];
        rest = inner;
    }
    folder.clone_into(target);
    let is_plain = !rest.ends_with('.') && memmem::find(rest.as_bytes(), b"./").is_none();
    if is_plain {
        if !folder.is_empty() {
            target.push('/');
        }
        target.push_str(rest);
        return Some(());
    }
    for part in rest.split('/') {
        match part {
            ".." if target.is_empty() => return None,
            ".." => target.truncate(target.rfind('/').unwrap_or(0)),
            "." => {}
            name => {
                if !target.is_empty() {
                    target.push('/');
                }
                target.push_str(name);
            }
        }
    }
    Some(())
}

/// Percent-decoding (RFC 3986, section 2.1); what is not well-formed stays as it is.
fn decode(text: &str) -> Cow<'_, str> {
    if memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let hex = |b: Option<&u8>| b.and_then(|&b| char::from(b).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            (byte, _, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// All ids and references, in order.
fn collect(html: &str) -> Found<'_> {
    let mut found = Found { ids: Vec::new(), references: Vec::new() };
    let mut attributes = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr(b'<', &html.as_bytes()[at..]) {
        at += open + 1;
        if html[at..].starts_with("!--") {
            at += memmem::find(&html.as_bytes()[at..], b"-->").map_or(html.len() - at, |end| end + 3);
        } else if html.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic) {
            at = tag(html, at, &mut attributes, &mut found);
        }
    }
    found
}

/// The bytes that end the name of an element or attribute.
const ENDS_NAME: [bool; 256] = {
    let mut ends = [false; 256];
    let bytes = b" \t\n\x0c\r/>=";
    let mut at = 0;
    while at < bytes.len() {
        ends[bytes[at] as usize] = true;
        at += 1;
    }
    ends
};

/// Reads the start tag whose name begins at `at`, and gives the place after it, and after its text where that is raw.
/// `attributes` is room for those of one tag after another.
fn tag<'a>(html: &'a str, mut at: usize, attributes: &mut Vec<(&'a str, &'a str)>, found: &mut Found<'a>) -> usize {
    let bytes = html.as_bytes();
    let word = |from: usize| {
        bytes[from..].iter().position(|&b| ENDS_NAME[usize::from(b)]).map_or(bytes.len(), |length| from + length)
    };
    let name = &html[at..word(at)];
    at += name.len();
    attributes.clear();
    while at < bytes.len() && bytes[at] != b'>' {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b'/' || bytes[at] == b'=' {
            at += 1;
            continue;
        }
        let attribute = &html[at..word(at)];
        at += attribute.len();
        let (value, end) = if bytes.get(at) == Some(&b'=') { value(html, at + 1) } else { ("", at) };
        if may_count(attribute) {
            attributes.push((attribute, value));
        }
        at = end;
    }
    record(name, attributes, found);
    let after = (at + 1).min(bytes.len());
    // The text of these two is not markup.
    let Some(raw) = ["style", "script"].into_iter().find(|raw| name.eq_ignore_ascii_case(raw)) else { return after };
    let end = format!("</{raw}");
    memmem::find(&bytes[after..], end.as_bytes()).map_or(bytes.len(), |length| after + length)
}

/// An attribute's value from `at` on, and the place after it.
fn value(html: &str, at: usize) -> (&str, usize) {
    let bytes = html.as_bytes();
    match bytes.get(at) {
        Some(&quote @ (b'"' | b'\'')) => {
            let end = memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |length| at + 1 + length);
            (&html[at + 1..end], (end + 1).min(bytes.len()))
        }
        _ => {
            let ends = |b: &u8| b.is_ascii_whitespace() || *b == b'>';
            let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |length| at + length);
            (&html[at..end], end)
        }
    }
}

/// Whether an attribute can be one of those that [`record`] asks for; of the many in a page hardly any is.
fn may_count(attribute: &str) -> bool {
    matches!(attribute.len(), 2 | 3 | 4 | 6 | 10) && attribute != "lang"
}

/// Keeps what an element's attributes say.
fn record<'a>(name: &str, attributes: &[(&'a str, &'a str)], found: &mut Found<'a>) {
    let named = |wanted: &str| attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, v)| *v);
    let canonical = name.eq_ignore_ascii_case("link") && named("rel") == Some("canonical");
    let link = name.eq_ignore_ascii_case("a") || name.eq_ignore_ascii_case("area");
    for &(attribute, value) in attributes {
        match lower_case(attribute).as_ref() {
            "id" => found.ids.push(plain(value)),
            name @ ("href" | "src" | "poster" | "data" | "action" | "xlink:href") => {
                let followed = canonical || link && name == "href";
                found.references.push(Reference { address: plain(value), followed });
            }
            "srcset" => {
                let addresses = value.split(',').filter_map(|candidate| candidate.split_whitespace().next());
                found.references.extend(addresses.map(|a| Reference { address: plain(a), followed: false }));
            }
            _ => {}
        }
    }
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// An attribute's value with the character references that templates write.
fn plain(value: &str) -> Cow<'_, str> {
    if memchr(b'&', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let value = value.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
    Cow::Owned(value.replace("&amp;", "&"))
}

fn finding(path: &SitePath, message: String) -> Diagnostic {
    Diagnostic::new(Severity::Error, "broken-page", None, format!("the page `{path}` {message}"))
}

#[cfg(test)]
mod tests;
