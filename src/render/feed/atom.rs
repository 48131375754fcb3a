//! A feed as a value → Atom (RFC 4287).

use crate::date::Day;
use crate::render::escape::escape_xml_into;
use crate::render::stamps::instant;

/// A feed, with its parts as plain text.
#[derive(Debug)]
pub(super) struct Feed<'a> {
    pub(super) language: &'a str,
    pub(super) title: String,
    pub(super) subtitle: Option<String>,
    pub(super) id: String,
    /// The reference to the feed itself.
    pub(super) itself: String,
    /// The reference to the page that has the same.
    pub(super) page: String,
    /// Who answers for entries that name nobody.
    pub(super) author: &'a str,
    pub(super) rights: Option<&'a str>,
    /// In order, each with an id of its own.
    pub(super) entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) title: String,
    pub(super) id: String,
    /// Where it can be read.
    pub(super) page: String,
    pub(super) published: Option<Day>,
    pub(super) updated: Day,
    /// Who wrote it, where that is not the feed's author.
    pub(super) authors: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) summary: String,
}

/// What a feed without entries is dated with: the first day that computers count.
const NEVER: Day = Day { year: 1970, month: 1, day: 1 };

impl Feed<'_> {
    /// The document.
    pub(super) fn to_xml(&self) -> String {
        let mut xml =
            String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
        around(&mut xml, " xml:lang=\"", self.language, "\">\n");
        element(&mut xml, "  ", "title", &self.title);
        if let Some(subtitle) = &self.subtitle {
            element(&mut xml, "  ", "subtitle", subtitle);
        }
        element(&mut xml, "  ", "id", &self.id);
        let updated = self.entries.iter().map(|entry| entry.updated).max().unwrap_or(NEVER);
        element(&mut xml, "  ", "updated", &instant(updated));
        around(&mut xml, "  <author><name>", self.author, "</name></author>\n");
        if let Some(rights) = self.rights {
            element(&mut xml, "  ", "rights", rights);
        }
        element(&mut xml, "  ", "generator", "Casebook");
        around(&mut xml, "  <link rel=\"self\" type=\"application/atom+xml\" href=\"", &self.itself, "\"/>\n");
        around(&mut xml, "  <link rel=\"alternate\" type=\"text/html\" href=\"", &self.page, "\"/>\n");
        self.entries.iter().for_each(|entry| entry.write(&mut xml));
        xml.push_str("</feed>\n");
        xml
    }
}

impl Entry {
    fn write(&self, xml: &mut String) {
        xml.push_str("  <entry>\n");
        element(xml, "    ", "title", &self.title);
        element(xml, "    ", "id", &self.id);
        if let Some(published) = self.published {
            element(xml, "    ", "published", &instant(published));
        }
        element(xml, "    ", "updated", &instant(self.updated));
        for author in &self.authors {
            around(xml, "    <author><name>", author, "</name></author>\n");
        }
        around(xml, "    <link rel=\"alternate\" type=\"text/html\" href=\"", &self.page, "\"/>\n");
        for tag in &self.tags {
            around(xml, "    <category term=\"", tag, "\"/>\n");
        }
        element(xml, "    ", "summary", &self.summary);
        xml.push_str("  </entry>\n");
    }
}

fn element(xml: &mut String, indent: &str, name: &str, text: &str) {
    xml.extend([indent, "<", name, ">"]);
    around(xml, "", text, "</");
    xml.extend([name, ">\n"]);
}

/// Appends a text between two pieces of markup.
fn around(xml: &mut String, before: &str, text: &str, after: &str) {
    xml.push_str(before);
    escape_xml_into(xml, text);
    xml.push_str(after);
}
