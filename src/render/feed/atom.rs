//! A feed as a value → Atom (RFC 4287).

use crate::date::Day;
use crate::render::escape::escape_xml;
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
        xml.push_str(&format!(" xml:lang=\"{}\">\n", escape_xml(self.language)));
        element(&mut xml, 1, "title", &self.title);
        if let Some(subtitle) = &self.subtitle {
            element(&mut xml, 1, "subtitle", subtitle);
        }
        element(&mut xml, 1, "id", &self.id);
        let updated = self.entries.iter().map(|entry| entry.updated).max().unwrap_or(NEVER);
        element(&mut xml, 1, "updated", &instant(updated));
        person(&mut xml, 1, self.author);
        if let Some(rights) = self.rights {
            element(&mut xml, 1, "rights", rights);
        }
        element(&mut xml, 1, "generator", "Casebook");
        xml.push_str(&format!(
            "  <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
            escape_xml(&self.itself)
        ));
        xml.push_str(&format!("  <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", escape_xml(&self.page)));
        self.entries.iter().for_each(|entry| entry.write(&mut xml));
        xml.push_str("</feed>\n");
        xml
    }
}

impl Entry {
    fn write(&self, xml: &mut String) {
        xml.push_str("  <entry>\n");
        element(xml, 2, "title", &self.title);
        element(xml, 2, "id", &self.id);
        if let Some(published) = self.published {
            element(xml, 2, "published", &instant(published));
        }
        element(xml, 2, "updated", &instant(self.updated));
        self.authors.iter().for_each(|author| person(xml, 2, author));
        xml.push_str(&format!(
            "    <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
            escape_xml(&self.page)
        ));
        for tag in &self.tags {
            xml.push_str(&format!("    <category term=\"{}\"/>\n", escape_xml(tag)));
        }
        element(xml, 2, "summary", &self.summary);
        xml.push_str("  </entry>\n");
    }
}

fn person(xml: &mut String, depth: usize, name: &str) {
    xml.push_str(&format!("{}<author><name>{}</name></author>\n", "  ".repeat(depth), escape_xml(name)));
}

fn element(xml: &mut String, depth: usize, name: &str, text: &str) {
    xml.push_str(&format!("{}<{name}>{}</{name}>\n", "  ".repeat(depth), escape_xml(text)));
}
