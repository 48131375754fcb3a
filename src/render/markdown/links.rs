//! Links, images and the words that stand for a record.

use std::borrow::Cow;

use crate::dossier::{Link, Prose, Target};
use crate::ids::RecordKind;
use crate::parse::ast::LinkForm;
use crate::render::escape::{escape, escape_into};

use super::{LinkLabel, Surroundings};

/// An element around words: what opens it, and what closes it.
pub(super) struct Around {
    pub(super) open: Cow<'static, str>,
    pub(super) close: &'static str,
}

/// The element for a link to `target`: an `a` where it leads somewhere, else a span that says so.
pub(super) fn element(target: Option<&Target>, title: &str, around: &dyn Surroundings) -> Around {
    let Some(open) = target.and_then(|target| opening(target, title, around)) else {
        return Around { open: "<span class=\"broken\">".into(), close: "</span>" };
    };
    Around { open: open.into(), close: "</a>" }
}

fn opening(target: &Target, title: &str, around: &dyn Surroundings) -> Option<String> {
    let (class, rel) = match target {
        Target::Record(record, _) => (kind_class(record.kind()), ""),
        Target::Here(_) => ("here", ""),
        Target::Static(..) => ("file", ""),
        Target::External(address) if is_web(address) => ("external", " rel=\"external noopener\""),
        Target::External(address) if has_scheme(address, "mailto:") => ("external", ""),
        Target::External(_) | Target::Broken => return None,
    };
    let href = around.href(target)?;
    let mut open = String::with_capacity(href.len() + 64);
    open.extend(["<a class=\"", class, "\" href=\""]);
    escape_into(&mut open, &href);
    open.extend(["\"", rel]);
    if !title.is_empty() {
        open.push_str(" title=\"");
        escape_into(&mut open, title);
        open.push('"');
    }
    open.push('>');
    Some(open)
}

/// Whether an address is one of the web: http or https.
fn is_web(address: &str) -> bool {
    has_scheme(address, "http:") || has_scheme(address, "https:")
}

fn has_scheme(address: &str, scheme: &str) -> bool {
    address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// A link that has no words of its own, whole; none where nothing is known to call its target.
pub(super) fn named_by_target(target: &Target, prose: &Prose, around: &dyn Surroundings) -> Option<String> {
    let label = match target {
        Target::Record(record, _) => around.label(*record),
        Target::Here(slug) => plain(&prose.headings.iter().find(|heading| heading.slug == *slug)?.text),
        Target::Static(path, _) => plain(path.rsplit('/').next()?),
        Target::External(address) => plain(address),
        Target::Broken => return None,
    };
    let Around { open, close } = element(Some(target), "", around);
    let mut html = open.into_owned();
    escape_into(&mut html, &label.text);
    html.push_str(close);
    if let Some((id, rating)) = label.rating {
        html.push_str(" <span class=\"rating rating-");
        escape_into(&mut html, id);
        html.push_str("\">(");
        escape_into(&mut html, rating);
        html.push_str(")</span>");
    }
    Some(html)
}

fn plain(text: &str) -> LinkLabel<'_> {
    LinkLabel { text: text.into(), rating: None }
}

/// An image out of `content/static`; none for any other, as a page asks nothing of other hosts.
pub(super) fn image(target: Option<&Target>, alt: &str, title: &str, around: &dyn Surroundings) -> Option<String> {
    let target = target.filter(|target| matches!(target, Target::Static(..)))?;
    let mut html = format!("<img src=\"{}\" alt=\"{}\" loading=\"lazy\"", escape(&around.href(target)?), escape(alt));
    if !title.is_empty() {
        html.push_str(" title=\"");
        escape_into(&mut html, title);
        html.push('"');
    }
    html.push('>');
    Some(html)
}

/// What `![[id]]` shows; none where it names no record.
pub(super) fn transclusion(target: Option<&Target>, around: &dyn Surroundings) -> Option<String> {
    match target? {
        Target::Record(record, fragment) => Some(around.transclusion(*record, fragment.as_deref())),
        _ => None,
    }
}

/// The classes of links to records of that kind.
fn kind_class(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Source => "record source",
        RecordKind::Claim => "record claim",
        RecordKind::Entity => "record entity",
        RecordKind::Commentary => "record commentary",
        RecordKind::Home => "record home",
    }
}

/// A link as a sentence quoted elsewhere shows it: with its own words, or its target's; of an image the words alone.
pub(super) fn in_sentence(
    link: Option<&Link>,
    words: Option<&str>,
    prose: &Prose,
    around: &dyn Surroundings,
) -> String {
    let target = link.map(|link| &link.target);
    let words = words.filter(|words| !words.is_empty());
    match (words, target) {
        (Some(words), _) if link.is_some_and(|link| link.form == LinkForm::Image) => escape(words),
        (Some(words), _) => {
            let Around { open, close } = element(target, "", around);
            [&open, &*escape(words), close].concat()
        }
        (None, Some(target)) => named_by_target(target, prose, around).unwrap_or_default(),
        (None, None) => String::new(),
    }
}
