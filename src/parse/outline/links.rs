//! One link or image of Markdown → its form, target and fragment, and what is wrong with it by itself.

use pulldown_cmark::LinkType;

use crate::diag::Problem;
use crate::fields::one_line;
use crate::files::{ByteRange, Slice};
use crate::parse::ast::{Link, LinkForm, Located};

/// Schemes that run code, show foreign text as the site's own, or lead into the reader's own machine.
const UNSAFE: [&str; 8] = ["javascript", "vbscript", "data", "blob", "file", "filesystem", "about", "view-source"];

/// Reads a link in `text` at a place of the file; its sentence is not known yet.
pub(super) fn read(
    kind: LinkType,
    destination: &str,
    is_image: bool,
    (text, range): (&Slice, ByteRange),
) -> (Link, Option<Problem>) {
    if let LinkType::WikiLink { has_pothole } = kind {
        return wikilink(destination, has_pothole, is_image, (text, range));
    }
    let email;
    let destination = if kind == LinkType::Email && !destination.starts_with("mailto:") {
        email = format!("mailto:{destination}");
        &email
    } else {
        destination.trim()
    };
    let (target, fragment) = split(text, destination);
    let scheme = scheme(destination);
    let form = match (&scheme, is_image) {
        (Some(_), _) => LinkForm::External,
        (None, true) => LinkForm::Image,
        (None, false) => LinkForm::Inline,
    };
    let problem = match scheme {
        Some(scheme) => scheme_problem(&scheme, destination, is_image, range),
        None if target.is_empty() && (fragment.is_none() || is_image) => {
            let what = if is_image { "image" } else { "link" };
            Some(
                Problem::new("empty-link", range, format!("this {what} leads nowhere"))
                    .label("nothing between `(` and `)`")
                    .hint("write a path or an address between `(` and `)`, or `[[id]]` for a record"),
            )
        }
        None => None,
    };
    (Link { range, form, target, fragment, sentence: 0 }, problem)
}

fn wikilink(
    destination: &str,
    has_label: bool,
    is_image: bool,
    (text, range): (&Slice, ByteRange),
) -> (Link, Option<Problem>) {
    // In a table the bar is written `\|`, and the backslash stays with the target.
    let destination = if has_label { destination.strip_suffix('\\').unwrap_or(destination) } else { destination };
    let (target, fragment) = split(text, destination);
    let form = if is_image { LinkForm::Transclusion } else { LinkForm::Wiki { has_label } };
    let is_empty = target.is_empty() && (fragment.is_none() || is_image);
    let problem = is_empty.then(|| {
        Problem::new("empty-link", range, "this link names no record")
            .label("no id")
            .hint("write `[[id]]`, with the name of a record's file without `.md`")
    });
    (Link { range, form, target, fragment, sentence: 0 }, problem)
}

/// A destination without and after its first `#`.
fn split(text: &Slice, destination: &str) -> (Slice, Option<Slice>) {
    let (target, fragment) = destination.split_once('#').unwrap_or((destination, ""));
    let fragment = fragment.trim();
    (text.part(target.trim()), (!fragment.is_empty()).then(|| text.part(fragment)))
}

/// An address's scheme in small letters, as a browser reads it (WHATWG URL, section 4.4): tabs and line feeds do not
/// count, nor do control characters at the start. Empty for an address that begins with `//`.
pub(super) fn scheme(destination: &str) -> Option<String> {
    let cleaned: String = destination.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let cleaned = cleaned.trim_start_matches(|c: char| c <= ' ');
    let slashes = cleaned.chars().take(2).filter(|c| matches!(c, '/' | '\\')).count();
    if slashes == 2 {
        return Some(String::new());
    }
    let (scheme, _) = cleaned.split_once(':')?;
    let letters = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    (letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| scheme.to_ascii_lowercase())
}

/// Whether links with that scheme are refused.
pub(super) fn is_unsafe(scheme: &str) -> bool {
    UNSAFE.contains(&scheme)
}

fn scheme_problem(scheme: &str, destination: &str, is_image: bool, range: ByteRange) -> Option<Problem> {
    if is_image {
        return Some(
            Problem::new("remote-embed", range, "an image from elsewhere cannot be embedded")
                .label("not a file of the dossier")
                .hint(
                    "the site must not ask another host for anything: put the image in `content/static` and link to it \
                     there, or write a link without `!`",
                ),
        );
    }
    if scheme.is_empty() {
        return Some(
            Problem::new("link-scheme", range, format!("`{}` does not say how it is reached", one_line(destination)))
                .hint(format!("write `https://{}`", one_line(destination.trim_start_matches(['/', '\\'])))),
        );
    }
    is_unsafe(scheme).then(|| {
        Problem::new("link-scheme", range, format!("a link cannot begin with `{scheme}:`"))
            .label("not an address that readers could be sent to")
            .hint("link to an `https:` address, or to a file of the dossier")
    })
}

/// The problem of a wikilink that begins and does not end.
pub(super) fn unclosed_wikilink(range: ByteRange, id: &str) -> Problem {
    Problem::new("unclosed-link", range, "this link is never closed, and shown as it is written")
        .warning()
        .hint(format!("write `[[{id}]]`, or `\\[[` for two brackets"))
}

/// The problem of a transclusion inside other text.
pub(super) fn inline_transclusion(range: ByteRange) -> Problem {
    Problem::new("inline-transclusion", range, "a transclusion must stand alone in its paragraph")
        .label("other text stands beside it")
        .hint("put it on a line of its own with empty lines around it, or write `[[…]]` for a link")
}

/// The problem of a wikilink that a table's cell border cuts in two.
pub(super) fn cut_wikilink(markdown: &Located, cell: &str) -> Option<Problem> {
    let tail = &cell[cell.rfind("[[")?..];
    let at = markdown.text.find(&format!("{}|", tail.trim_end()))?;
    let place = markdown.locate(at..at + tail.trim_end().len());
    Some(
        Problem::new("cut-link", place, "this link is cut in two by the end of its cell")
            .label("the `|` after this ends the cell")
            .hint("write `\\|` for the bar of a link in a table: `[[id\\|words]]`"),
    )
}
