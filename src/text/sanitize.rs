//! Untrusted HTML → HTML without anything that acts, styles, or asks another host for something.
//!
//! Both rule sets name what may stay; everything else goes. It parses as a browser does (html5ever, by way of ammonia),
//! so markup that only looks harmless is seen for what it becomes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, Url, UrlRelative};

use super::{depth, tags};

/// Elements that go with all that is in them.
const DROPPED_WHOLE: &[&str] = &[
    "applet", "audio", "canvas", "datalist", "embed", "frameset", "iframe", "math", "noembed", "noframes", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];

/// Where a Markdown block starts, in bytes; it never leaves this module's parent.
pub(super) const ORIGIN: &str = "data-at";

static SOURCE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(tags::names().collect())
        .clean_content_tags(DROPPED_WHOLE.iter().copied().collect())
        .generic_attributes(HashSet::from(["lang", "dir", ORIGIN]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("abbr", HashSet::from(["title"])),
            ("time", HashSet::from(["datetime"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
            ("ol", HashSet::from(["start"])),
            ("div", HashSet::from(["id"])),
        ]))
        .allowed_classes(HashMap::from([
            ("ol", HashSet::from(["numbered"])),
            ("sup", HashSet::from(["fnref"])),
            ("div", HashSet::from(["footnote"])),
            ("p", HashSet::from(["gap"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(source_attribute)
        .link_rel(None);
    builder
});

/// The attributes of a source's element that may stay.
fn source_attribute<'a>(_element: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let stays = match attribute {
        "href" => is_web_address(value) || value.strip_prefix('#').is_some_and(is_footnote_id),
        "id" => is_footnote_id(value),
        "colspan" | "rowspan" => value.parse().is_ok_and(|span: u16| (1..=1000).contains(&span)),
        "start" => value.parse::<i32>().is_ok(),
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "lang" => !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
        ORIGIN => value.parse::<u32>().is_ok(),
        _ => true,
    };
    stays.then_some(Cow::Borrowed(value))
}

/// Whether a link of a source may lead there: an absolute http, https or mailto address (WHATWG URL).
pub(super) fn is_web_address(href: &str) -> bool {
    Url::parse(href).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
}

fn is_footnote_id(id: &str) -> bool {
    id.strip_prefix("fn-").is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A source's HTML as it may be shown.
///
/// What is left when elements are dropped may parse into another tree than it was (a block in a paragraph, text in a
/// table), so it is parsed again until it stays as it is.
pub(super) fn sanitize_source(html: &str) -> String {
    let mut clean = SOURCE.clean(&depth::bounded(html)).to_string();
    for _ in 0..4 {
        let again = SOURCE.clean(&clean).to_string();
        if again == clean {
            break;
        }
        clean = again;
    }
    clean
}

/// Elements that the dossier's own Markdown may have besides a source's.
const OWN_ELEMENTS: &[&str] = &["col", "colgroup", "img", "mark", "rp", "rt", "ruby", "wbr"];

static OWN: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let elements = tags::names().filter(|name| !matches!(*name, "dialog" | "fieldset" | "form" | "legend" | "main"));
    builder
        .tags(elements.chain(OWN_ELEMENTS.iter().copied()).collect())
        .clean_content_tags(DROPPED_WHOLE.iter().copied().collect())
        .generic_attributes(HashSet::from(["class", "dir", "id", "lang", "role", "title"]))
        .generic_attribute_prefixes(HashSet::from(["aria-"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "rel"])),
            ("blockquote", HashSet::from(["cite"])),
            ("col", HashSet::from(["span"])),
            ("colgroup", HashSet::from(["span"])),
            ("del", HashSet::from(["datetime"])),
            ("details", HashSet::from(["open"])),
            ("div", HashSet::from(["tabindex"])),
            ("img", HashSet::from(["src", "alt", "width", "height", "loading"])),
            ("ins", HashSet::from(["datetime"])),
            ("li", HashSet::from(["value"])),
            ("ol", HashSet::from(["start", "reversed", "type"])),
            ("pre", HashSet::from(["tabindex"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan", "scope"])),
            ("time", HashSet::from(["datetime"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(own_attribute)
        .link_rel(None);
    builder
});

/// The attributes of our own HTML that may stay.
fn own_attribute<'a>(_element: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let stays = match attribute {
        "href" => is_web_address(value) || is_local(value),
        "src" | "cite" => is_local(value) || (attribute == "cite" && is_web_address(value)),
        // Passages of sources have these.
        "id" => !value.starts_with("q-"),
        _ => true,
    };
    stays.then_some(Cow::Borrowed(value))
}

/// Whether it is a reference into the site itself. Browsers read `\` as `/` and drop tabs and line feeds, so that
/// `/\host` and `/<tab>/host` name another host.
fn is_local(reference: &str) -> bool {
    !reference.starts_with("//")
        && !reference.chars().any(|c| c == '\\' || c.is_ascii_control())
        && !reference.starts_with(' ')
        && Url::parse(reference) == Err(ammonia::url::ParseError::RelativeUrlWithoutBase)
}

/// The dossier's own HTML, as its Markdown may contain it: with classes, ids and images of the site, but without
/// scripts, handlers, styles, forms, frames, and whatever comes from elsewhere.
pub fn sanitize_own(html: &str) -> String {
    OWN.clean(&depth::bounded(html)).to_string()
}
