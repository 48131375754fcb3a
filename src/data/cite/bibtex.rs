//! A reference → an entry for BibTeX and BibLaTeX.
//!
//! `@online` where it has an address, else `@misc`; a style that does not know the first reads it as the second. `year`
//! and `month` are for BibTeX; `date` is given besides where it says more, in the part of EDTF that BibLaTeX reads.
//! Other scripts than Latin stay as they are: both programs read UTF-8.

use super::Reference;
use crate::date::{Date, Parts};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Languages by their primary subtag, as babel names them, which BibLaTeX needs for hyphenation.
const LANGUAGES: [(&str, &str); 26] = [
    ("ar", "arabic"),
    ("bg", "bulgarian"),
    ("ca", "catalan"),
    ("cs", "czech"),
    ("da", "danish"),
    ("de", "ngerman"),
    ("el", "greek"),
    ("en", "english"),
    ("es", "spanish"),
    ("fa", "persian"),
    ("fi", "finnish"),
    ("fr", "french"),
    ("he", "hebrew"),
    ("hr", "croatian"),
    ("hu", "hungarian"),
    ("it", "italian"),
    ("nb", "norsk"),
    ("nl", "dutch"),
    ("pl", "polish"),
    ("pt", "portuguese"),
    ("ro", "romanian"),
    ("ru", "russian"),
    ("sk", "slovak"),
    ("sv", "swedish"),
    ("tr", "turkish"),
    ("uk", "ukrainian"),
];

pub(super) fn entry(reference: &Reference<'_>) -> String {
    let kind = if reference.url.is_some() { "online" } else { "misc" };
    let mut entry = Entry(["@", kind, "{", reference.key, ",\n"].concat());
    if !reference.authors.is_empty() {
        let authors: Vec<String> = reference.authors.iter().map(|author| escape(author)).collect();
        entry.field("author", &["{{", &authors.join("} and {"), "}}"]);
    }
    // In braces of its own a title keeps its capitals.
    entry.field("title", &["{{", &escape(reference.title), "}}"]);
    if let Some(container) = reference.container {
        entry.text(if kind == "online" { "organization" } else { "howpublished" }, container);
    }
    if let Some(publisher) = reference.publisher {
        entry.text("publisher", publisher);
    }
    if let Some(date) = reference.issued {
        dates(date, &mut entry);
    }
    if let Some(language) = reference.language.and_then(babel) {
        entry.field("langid", &["{", language, "}"]);
    }
    let archived = reference.archived.map(|archived| format!("Archived at {archived}"));
    let notes: Vec<&str> = reference.note.iter().chain(&archived).map(String::as_str).collect();
    if !notes.is_empty() {
        entry.text("note", &notes.join(". "));
    }
    if let Some(url) = &reference.url {
        entry.field("url", &["{", &verbatim(url), "}"]);
    }
    entry.0.push('}');
    entry.0
}

/// An entry that is being written.
struct Entry(String);

impl Entry {
    /// A field, whose value stands in parts as it is to be written.
    fn field(&mut self, name: &str, value: &[&str]) {
        self.0.extend(["  ", name, " = "]);
        self.0.extend(value.iter().copied());
        self.0.push_str(",\n");
    }

    /// A field whose value is a text.
    fn text(&mut self, name: &str, value: &str) {
        self.field(name, &["{", &escape(value), "}"]);
    }
}

fn dates(date: &Date, entry: &mut Entry) {
    let parts = date.parts().unwrap_or_default();
    let (year, month) = match &parts[..] {
        [one] => (year(one), one.month),
        [first, last] if first.year == last.year => (year(first), first.month.filter(|_| first.month == last.month)),
        [first, last] => (format!("{}--{}", year(first), year(last)), None),
        _ => (escape(&date.human()), None),
    };
    entry.field("year", &["{", &year, "}"]);
    if let Some(name) = month.and_then(|month| MONTHS.get(usize::from(month).wrapping_sub(1))) {
        entry.field("month", &[name]);
    }
    let says_more =
        !matches!(&parts[..], [one] if one.day.is_none() && one.season.is_none()) || date.uncertain || date.approximate;
    if says_more && is_read_by_biblatex(date.as_str()) {
        entry.field("date", &["{", date.as_str(), "}"]);
    }
}

fn year(parts: &Parts) -> String {
    match parts.year {
        year if year > 0 => year.to_string(),
        // EDTF's years are astronomical: 0 is 1 BC.
        year => format!("{} BC", year.unsigned_abs().saturating_add(1)),
    }
}

/// Whether a date is of the levels 0 and 1 of EDTF, with marks at its end only (the manual of BibLaTeX 3.20, section
/// 2.3.8).
fn is_read_by_biblatex(edtf: &str) -> bool {
    let single = |side: &str| {
        let side = side.strip_suffix(['?', '~', '%']).unwrap_or(side);
        let side = side.strip_prefix('-').unwrap_or(side);
        let mut fields = side.split('-');
        let is_field =
            |field: &str, length| field.len() == length && field.bytes().all(|b| b.is_ascii_digit() || b == b'X');
        fields.next().is_some_and(|year| is_field(year, 4))
            && fields.clone().count() <= 2
            && fields.all(|field| is_field(field, 2))
    };
    match edtf.split_once('/') {
        None => single(edtf),
        Some((first, last)) => [first, last].iter().all(|side| matches!(*side, "" | "..") || single(side)),
    }
}

fn babel(language: &str) -> Option<&'static str> {
    let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    LANGUAGES.iter().find(|(tag, _)| *tag == primary).map(|(_, name)| *name)
}

/// Text as LaTeX, in one line. BibTeX counts braces even behind a backslash, so a brace is written as a command.
fn escape(text: &str) -> String {
    let mut latex = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '#' | '$' | '%' | '&' | '_' => latex.extend(['\\', c]),
            '{' => latex.push_str("\\textbraceleft{}"),
            '}' => latex.push_str("\\textbraceright{}"),
            '\\' => latex.push_str("\\textbackslash{}"),
            '~' => latex.push_str("\\textasciitilde{}"),
            '^' => latex.push_str("\\textasciicircum{}"),
            '<' => latex.push_str("\\textless{}"),
            '>' => latex.push_str("\\textgreater{}"),
            '|' => latex.push_str("\\textbar{}"),
            // Two of them would become one long dash, or a quotation mark.
            '-' | '`' | '\'' if before == c => latex.extend(['{', '}', c]),
            c if c.is_whitespace() || c.is_control() => {
                if before != ' ' {
                    latex.push(' ');
                }
                before = ' ';
                continue;
            }
            c => latex.push(c),
        }
        before = c;
    }
    latex
}

/// An address, which is no LaTeX: what would end the field is percent-encoded.
fn verbatim(url: &str) -> String {
    let mut verbatim = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' | '}' | '\\' | '"' | '<' | '>' | ' ' => verbatim.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_control() => {}
            c => verbatim.push(c),
        }
    }
    verbatim
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Work, example};
    use super::*;

    #[test]
    fn an_entry_has_what_is_known() {
        let date = Date::parse("2016-12-21?").unwrap();
        let reference = Reference {
            issued: Some(&date),
            archived: Some("https://a.example/b_c"),
            note: Some("Rated “Fair”".to_owned()),
            ..example()
        };
        let expected = "@online{red-phone,\n  author = {{Ann Lee} and {The \\textbraceleft{}A\\textbraceright{} Team}},\n  \
                        title = {{Calls \\& “talks”}},\n  organization = {Daily 100\\%},\n  year = {2016},\n  month = dec,\n  \
                        date = {2016-12-21?},\n  langid = {english},\n  \
                        note = {Rated “Fair”. Archived at https://a.example/b\\_c},\n  \
                        url = {https://example.org/a_b?c=1&d=%20#e},\n}";
        assert_eq!(entry(&reference), expected);
        let bare = Reference { url: None, authors: Vec::new(), language: Some("tlh"), work: Work::Page, ..example() };
        assert_eq!(
            entry(&bare),
            "@misc{red-phone,\n  title = {{Calls \\& “talks”}},\n  howpublished = {Daily 100\\%},\n}"
        );
    }

    #[test]
    fn dates_are_years_and_months_and_what_biblatex_can_read() {
        let fields = |edtf| {
            let mut fields = Entry(String::new());
            dates(&Date::parse(edtf).unwrap(), &mut fields);
            fields
                .0
                .lines()
                .map(|line| line.trim_start().replace("},", "}; ").replace("dec,", "dec; "))
                .collect::<String>()
        };
        let table = [
            ("2016", "year = {2016}; "),
            ("2016-12", "year = {2016}; month = dec; "),
            ("2016-12-21", "year = {2016}; month = dec; date = {2016-12-21}; "),
            ("2016~", "year = {2016}; date = {2016~}; "),
            ("-0043", "year = {44 BC}; "),
            ("2014/2016", "year = {2014--2016}; date = {2014/2016}; "),
            ("2016-12-19/2016-12-21", "year = {2016}; month = dec; date = {2016-12-19/2016-12-21}; "),
            ("2014/..", "year = {from 2014 on}; date = {2014/..}; "),
            ("201X", "year = {the 2010s}; date = {201X}; "),
            ("{2014,2016}", "year = {2014 and 2016}; "),
            ("?2016-12", "year = {2016}; month = dec; "),
            ("2016-21", "year = {2016}; date = {2016-21}; "),
        ];
        for (edtf, expected) in table {
            assert_eq!(fields(edtf), expected, "{edtf}");
        }
    }

    /// What LaTeX prints of an escaped text.
    fn printed(latex: &str) -> String {
        let commands = [
            ("\\textbraceleft{}", "\u{1}"),
            ("\\textbraceright{}", "\u{2}"),
            ("\\textbackslash{}", "\u{3}"),
            ("\\textasciitilde{}", "~"),
            ("\\textasciicircum{}", "^"),
            ("\\textless{}", "<"),
            ("\\textgreater{}", ">"),
            ("\\textbar{}", "|"),
            ("{}", ""),
        ];
        let text = commands.iter().fold(latex.to_owned(), |text, (command, c)| text.replace(command, c));
        let text = ["#", "$", "%", "&", "_"].iter().fold(text, |text, c| text.replace(&format!("\\{c}"), c));
        assert!(!text.contains(['\\', '{', '}']), "{latex}");
        text.replace('\u{1}', "{").replace('\u{2}', "}").replace('\u{3}', "\\")
    }

    proptest! {
        #[test]
        fn an_escaped_text_prints_as_it_was_and_its_braces_match(text in "[a-z#$%&_{}\\\\~^<>|`'\"é -]{0,30}") {
            let latex = escape(&text);
            prop_assert_eq!(latex.matches('{').count(), latex.matches('}').count());
            let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(one_line(&printed(&latex)), one_line(&text));
            for pair in ["--", "``", "''"] {
                prop_assert!(!latex.contains(pair), "{}", latex);
            }
        }
    }
}
