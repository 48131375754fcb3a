//! A finished page against the routes: its links lead somewhere, its ids are those that the routes promised.
//!
//! One scan over the page's tags ([`scan`]); no tree is built. What a reader follows (`<a href>`, and the canonical
//! address) may lead to another host; what a browser loads by itself may not. Addresses without `http` or `https` are left
//! alone.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memrchr};
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::diag::{Diagnostic, Severity};
use crate::route::Routes;
use crate::site::{Page, SitePath};

use scan::{Reference, scan};

/// Checks a page; files other than HTML pass. Every finding is an error of the theme or of a record's Markdown.
pub fn check(page: &Page, routes: &Routes) -> Vec<Diagnostic> {
    if !page.path.as_str().ends_with(".html") {
        return Vec::new();
    }
    let Ok(html) = std::str::from_utf8(&page.content) else {
        return vec![finding(&page.path, "is not UTF-8".to_owned())];
    };
    let found = scan(html);
    let mut diagnostics = Vec::new();
    let mut ids = FxHashSet::with_capacity_and_hasher(found.ids.len(), FxBuildHasher);
    for id in &found.ids {
        if !ids.insert(id.as_ref()) {
            diagnostics.push(finding(&page.path, format!("has the id `{id}` twice")));
        }
    }
    for promised in routes.find(page.path.as_str()).into_iter().flat_map(|route| routes.promised(route)) {
        if !ids.contains(promised) {
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

/// Whether a reference leads to something; else why not. `target` is room for one path after another.
fn follow(
    reference: &Reference<'_>,
    page: &Page,
    routes: &Routes,
    ids: &FxHashSet<&str>,
    target: &mut String,
) -> Result<(), String> {
    let address = reference.address.trim_ascii();
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
    let id = fragment.map(without_directive);
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

/// A fragment up to its directive, which is the browser's business (WICG, URL Fragment Text Directives, section 3.2).
fn without_directive(fragment: &str) -> &str {
    match memchr(b':', fragment.as_bytes()) {
        Some(_) => fragment.split_once(":~:").map_or(fragment, |(id, _)| id),
        None => fragment,
    }
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
    let bytes = rest.as_bytes();
    // A part of dots alone ends in one.
    let has_dots = memchr_iter(b'.', bytes).any(|at| bytes.get(at + 1).is_none_or(|&next| next == b'/'));
    if !has_dots {
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

fn finding(path: &SitePath, message: String) -> Diagnostic {
    Diagnostic::new(Severity::Error, "broken-page", None, format!("the page `{path}` {message}"))
}

mod scan;

#[cfg(test)]
mod tests;
