//! The ids and references of a page, by one scan over its tags.
//!
//! It takes what templates write: attributes as in the HTML standard (section 13.1.2.3), character references only of the
//! characters that escaping writes. What is no markup, it passes over.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// What a page has and where it leads.
#[derive(Default)]
pub(super) struct Found<'a> {
    /// In order, also where one comes twice.
    pub(super) ids: Vec<Cow<'a, str>>,
    /// In order, also where one comes twice.
    pub(super) references: Vec<Reference<'a>>,
}

#[derive(PartialEq, Eq, Hash)]
pub(super) struct Reference<'a> {
    pub(super) address: Cow<'a, str>,
    /// Whether only a reader follows it, by a click.
    pub(super) followed: bool,
}

/// All ids and references.
pub(super) fn scan(html: &str) -> Found<'_> {
    let mut found = Found::default();
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(open) = memchr(b'<', &bytes[at..]) {
        at += open + 1;
        match bytes.get(at) {
            Some(b'!') if bytes[at..].starts_with(b"!--") => {
                at = memmem::find(&bytes[at..], b"-->").map_or(bytes.len(), |end| at + end + 3);
            }
            Some(byte) if byte.is_ascii_alphabetic() => at = tag(html, at, &mut found),
            _ => {}
        }
    }
    found
}

/// White space, as the HTML standard has it.
const SPACE: u8 = 1;
/// What ends the name of an element or attribute.
const ENDS_NAME: u8 = 2;
/// What ends a value without quotation marks.
const ENDS_VALUE: u8 = 4;

/// What each byte is.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut at = 0;
    while at < 256 {
        classes[at] = match at as u8 {
            b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' => SPACE | ENDS_NAME | ENDS_VALUE,
            b'>' => ENDS_NAME | ENDS_VALUE,
            b'/' | b'=' => ENDS_NAME,
            _ => 0,
        };
        at += 1;
    }
    classes
};

fn is(class: u8, byte: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

/// The place of the first byte from `at` on that is of a class.
fn until(class: u8, bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|&byte| !is(class, byte)) {
        at += 1;
    }
    at
}

fn past_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|&byte| is(SPACE, byte)) {
        at += 1;
    }
    at
}

/// Reads the start tag whose name begins at `at`, and gives the place after it, and after its text where that is raw.
fn tag<'a>(html: &'a str, mut at: usize, found: &mut Found<'a>) -> usize {
    let bytes = html.as_bytes();
    let element = at..until(ENDS_NAME, bytes, at);
    at = element.end;
    let element = Element::named(&bytes[element]);
    let first = found.references.len();
    let mut is_canonical = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            _ if is(ENDS_NAME, byte) => at += 1,
            _ => {
                let name = at..until(ENDS_NAME, bytes, at);
                at = past_space(bytes, name.end);
                let value = if bytes.get(at) == Some(&b'=') { value(html, &mut at) } else { "" };
                match Attribute::named(&bytes[name]) {
                    None => {}
                    Some(Attribute::Id) => found.ids.push(plain(value)),
                    Some(Attribute::Rel) => is_canonical |= element == Element::Link && value == "canonical",
                    Some(Attribute::Href) => found.add(value, element == Element::Anchor),
                    Some(Attribute::Address) => found.add(value, false),
                    Some(Attribute::Addresses) => {
                        let candidates = value.split(',').filter_map(|candidate| candidate.split_whitespace().next());
                        candidates.for_each(|address| found.add(address, false));
                    }
                }
            }
        }
    }
    if is_canonical {
        found.references[first..].iter_mut().for_each(|reference| reference.followed = true);
    }
    let after = (at + 1).min(bytes.len());
    // The text of these two is not markup.
    let end: &[u8] = match element {
        Element::Script => b"</script",
        Element::Style => b"</style",
        _ => return after,
    };
    // Most scripts are elsewhere, and their elements empty.
    match bytes[after..].starts_with(end) {
        true => after,
        false => memmem::find(&bytes[after..], end).map_or(bytes.len(), |length| after + length),
    }
}

/// The value of an attribute of which the equals sign is at `at`, which is put after it.
fn value<'a>(html: &'a str, at: &mut usize) -> &'a str {
    let bytes = html.as_bytes();
    let start = past_space(bytes, *at + 1);
    let (start, end) = match bytes.get(start) {
        Some(&quote @ (b'"' | b'\'')) => {
            let start = start + 1;
            let end = memchr(quote, &bytes[start..]).map_or(bytes.len(), |length| start + length);
            *at = (end + 1).min(bytes.len());
            (start, end)
        }
        _ => {
            let end = until(ENDS_VALUE, bytes, start);
            *at = end;
            (start, end)
        }
    };
    &html[start..end]
}

/// The elements that matter here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    /// One whose `href` a reader follows by a click.
    Anchor,
    Link,
    Script,
    Style,
    Other,
}

impl Element {
    fn named(name: &[u8]) -> Self {
        let is = |wanted: &[u8]| name.eq_ignore_ascii_case(wanted);
        match name.len() {
            1 if is(b"a") => Self::Anchor,
            4 if is(b"area") => Self::Anchor,
            4 if is(b"link") => Self::Link,
            5 if is(b"style") => Self::Style,
            6 if is(b"script") => Self::Script,
            _ => Self::Other,
        }
    }
}

/// The attributes that matter here.
enum Attribute {
    Id,
    Rel,
    Href,
    /// One that holds an address that a browser loads by itself.
    Address,
    /// One that holds several of them.
    Addresses,
}

impl Attribute {
    fn named(name: &[u8]) -> Option<Self> {
        let is = |wanted: &[u8]| name.eq_ignore_ascii_case(wanted);
        match name.len() {
            2 if is(b"id") => Some(Self::Id),
            3 if is(b"rel") => Some(Self::Rel),
            3 if is(b"src") => Some(Self::Address),
            4 if is(b"href") => Some(Self::Href),
            4 if is(b"data") => Some(Self::Address),
            6 if is(b"action") || is(b"poster") => Some(Self::Address),
            6 if is(b"srcset") => Some(Self::Addresses),
            10 if is(b"xlink:href") => Some(Self::Address),
            _ => None,
        }
    }
}

impl<'a> Found<'a> {
    fn add(&mut self, address: &'a str, followed: bool) {
        self.references.push(Reference { address: plain(address), followed });
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
