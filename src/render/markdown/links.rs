//! Links, images and the words that stand for a record.

use crate::dossier::{Link, Prose, Target};
use crate::ids::RecordKind;
use crate::parse::ast::LinkForm;
use crate::render::escape::{escape, escape_into};

use super::{LinkLabel, Surroundings};

/// An element around words: what opens it, and what closes it.
pub(super) struct Around {
    pub(super) open: String,
    pub(super) close: String,
}

/// The element for a link to `target`: an `a` where it leads somewhere, else a span that says so.
pub(super) fn element(target: Option<&Target>, title: &str, around: &dyn Surroundings) -> Around {
    let Some(open) = target.and_then(|target| opening(target, title, around)) else {
        return Around { open: "<span class=\"broken\">".to_owned(), close: "</span>".to_owned() };
    };
    Around { open, close: "</a>".to_owned() }
}

fn opening(target: &Target, title: &str, around: &dyn Surroundings) -> Option<String> {
    let (class, rel) = match target {
        Target::Record(record, _) => (format!("record {}", kind_class(record.kind())), ""),
        Target::Here(_) => ("here".to_owned(), ""),
        Target::Static(..) => ("file".to_owned(), ""),
        Target::External(address) if is_web(address) => ("external".to_owned(), " rel=\"external noopener\""),
        Target::External(address) if has_scheme(address, "mailto:") => ("external".to_owned(), ""),
        Target::External(_) | Target::Broken => return None,
    };
    let mut open = format!("<a class=\"{class}\" href=\"{}\"{rel}", escape(&around.href(target)?));
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
    Some(format!("{open}{}{close}{}", escape(&label.text), rating(&label)))
}

fn plain(text: &str) -> LinkLabel {
    LinkLabel { text: text.to_owned(), rating: None }
}

/// The rating shown after a claim's words; its id has an id's form.
fn rating(label: &LinkLabel) -> String {
    label.rating.as_ref().map_or_else(String::new, |(id, rating)| {
        format!(" <span class=\"rating rating-{}\">({})</span>", escape(id), escape(rating))
    })
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

/// The class of links to records of that kind.
fn kind_class(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Home => "home",
        _ => kind.word(),
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
            format!("{open}{}{close}", escape(words))
        }
        (None, Some(target)) => named_by_target(target, prose, around).unwrap_or_default(),
        (None, None) => String::new(),
    }
}
