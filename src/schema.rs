//! The lists of fields → JSON Schemas (draft-07) of `casebook.toml` and of every front matter, for editors and for
//! checks elsewhere.
//!
//! Draft-07 is what the TOML language servers Taplo and Tombi both take. They differ in what a TOML date is to a
//! schema: to Taplo a string, to Tombi a value of its own, of which `"format": "date"` speaks; what is made here holds
//! for both. Everything stands where it is used, without `$ref`: not every editor follows one to a description.
//!
//! A schema sees one table: whether an id names a record, a month has thirty days or a key is needed, it does not know.
//! What the program refuses for its form, a schema refuses too. It is stricter in one point: white space at the ends of
//! a word or an id, which the program cuts off.

use serde_json::{Map, Value, json};

use crate::config;
use crate::fields::{Alternative, Field, Form, Table};
use crate::parse::tables;
use crate::terms::Word;

/// A file, or a part of one, that has a schema.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Its name, of the form of an id: `claim`.
    pub name: &'static str,
    /// The schema's title.
    pub title: &'static str,
    /// Its fields.
    pub table: &'static Table,
}

/// Everything that has a schema.
pub static SUBJECTS: &[Subject] = &[
    Subject { name: "casebook", title: "Casebook: casebook.toml", table: &config::CONFIG },
    Subject { name: "source", title: "Casebook: the front matter of a source", table: &tables::SOURCE },
    Subject { name: "claim", title: "Casebook: the front matter of a claim", table: &tables::CLAIM },
    Subject { name: "entity", title: "Casebook: the front matter of an entity", table: &tables::ENTITY },
    Subject { name: "commentary", title: "Casebook: the front matter of an essay", table: &tables::COMMENTARY },
];

/// An address: a scheme, a host, and no character that neither can have (RFC 3986, section 2).
const URL: &str = "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s<>\"\\\\^`{}|/?#.:][^\\s<>\"\\\\^`{}|]*$";

/// A language tag by the form of BCP 47 (RFC 5646, section 2.1).
const LANGUAGE: &str = "^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*|[Xx](?:-[A-Za-z0-9]{1,8})+)$";

/// A folder's name, which is neither `.` nor `..`.
const FOLDER: &str = "(?:[^/\\\\.][^/\\\\]*|\\.[^/\\\\.][^/\\\\]*|\\.\\.[^/\\\\]+)";

const ID: &str = "^[a-z0-9-]+$";

/// The pattern of the dates that EDTF has at its levels 0 to 2 (ISO 8601-2:2019, Annex A): single ones with marks and
/// open digits, intervals, sets. Whether there is such a day it does not say.
pub fn edtf() -> String {
    let mark = "[?~%]?";
    let year = "(?:Y-?[0-9]+(?:E[0-9]+)?|-?[0-9X]{4})(?:S[0-9]+)?";
    let date = format!("{mark}{year}{mark}(?:-{mark}[0-9X]{{2}}{mark}){{0,2}}");
    let end = format!("(?:(?:\\.\\.)?{date}(?:\\.\\.)?|\\.\\.)?");
    let element = format!("(?:\\.\\.)?{date}(?:\\.\\.(?:{date})?)?");
    format!("^(?:{date}|{end}/{end}|[\\[{{]{element}(?:,{element})*[\\]}}])$")
}

impl Subject {
    /// The subject of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        SUBJECTS.iter().find(|subject| subject.name == name)
    }

    /// The schema, as JSON in lines, with a line feed at its end.
    pub fn to_json(&self) -> String {
        let mut schema = Map::new();
        schema.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
        schema.insert("title".into(), json!(self.title));
        schema.extend(table(self.table));
        format!("{:#}\n", Value::Object(schema))
    }
}

/// The schema of a table.
fn table(table: &Table) -> Map<String, Value> {
    let properties: Map<String, Value> =
        table.fields.iter().map(|field| (field.name.to_owned(), Value::Object(described(field)))).collect();
    let required: Vec<_> = table.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let mut schema = Map::new();
    schema.insert("type".into(), json!("object"));
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    // A table has at most one of these: a second would need `allOf`.
    if let Some((key, choice)) = table.fields.iter().find_map(choice) {
        schema.insert(key.into(), choice);
    }
    schema.insert("properties".into(), Value::Object(properties));
    schema.insert("additionalProperties".into(), json!(false));
    schema
}

/// What a field with an alternative asks of its table.
fn choice(field: &Field) -> Option<(&'static str, Value)> {
    let here = json!({ "required": [field.name] });
    Some(match field.alternative? {
        Alternative::Field(other) => ("oneOf", json!([here, { "required": [other] }])),
        Alternative::True(other) => {
            ("anyOf", json!([here, { "required": [other], "properties": { other: { "const": true } } }]))
        }
    })
}

/// The schema of a field: its form, with what it means.
fn described(field: &Field) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("description".into(), json!(description(field)));
    schema.extend(form(&field.form));
    if field.required && matches!(field.form, Form::Markdown) {
        schema.extend(text());
    }
    if let Some(default) = field.default.and_then(value) {
        schema.insert("default".into(), default);
    }
    if let Some(example) = value_of(field.example, field.name) {
        schema.insert("examples".into(), json!([example]));
    }
    schema
}

/// What a field means, with the words that it can be.
fn description(field: &Field) -> String {
    let Form::Word(words) = field.form else {
        return field.says.to_owned();
    };
    let words = words();
    let lines: String = words.iter().map(|Word { word, says }| format!("\n- `{word}`: {says}")).collect();
    format!("{}\n{lines}", field.says)
}

fn form(form: &Form) -> Map<String, Value> {
    let schema = match form {
        Form::Text => return text(),
        Form::Markdown => json!({ "type": "string" }),
        Form::Boolean => json!({ "type": "boolean" }),
        Form::Integer => json!({ "type": "integer", "minimum": 0 }),
        Form::Date => {
            json!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "string", "pattern": edtf() }] })
        }
        Form::Url => json!({ "type": "string", "pattern": URL }),
        Form::Language => json!({ "type": "string", "pattern": LANGUAGE }),
        Form::Id => json!({ "type": "string", "pattern": ID }),
        Form::Sha256 => json!({ "type": "string", "pattern": "^[0-9A-Fa-f]{64}$" }),
        Form::File { folder, extensions } => {
            let pattern = format!("^{folder}(?:{FOLDER}/)*[^/\\\\]*\\.(?:{})$", extensions.join("|"));
            json!({ "type": "string", "pattern": pattern })
        }
        Form::Agent => json!({ "anyOf": [text(), table(&tables::NAME)] }),
        Form::Word(words) => word(&words()),
        Form::Open(names) => json!({ "anyOf": [{ "type": "string", "enum": names() }, text()] }),
        Form::List(inner) => json!({ "type": "array", "items": self::form(inner) }),
        Form::AgentOrTable(inner) => json!({ "anyOf": [text(), table(inner)] }),
        Form::Table(inner) => return table(inner),
        Form::Tables(inner) => json!({ "type": "array", "items": table(inner) }),
        Form::SomeTables(inner) => json!({ "type": "array", "minItems": 1, "items": table(inner) }),
        Form::Named(inner) => {
            json!({ "type": "object", "patternProperties": { ID: table(inner) }, "additionalProperties": false })
        }
        Form::Levels(names, levels) => levels_of(&names(), &levels()),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// A string that is not blank.
fn text() -> Map<String, Value> {
    Map::from_iter([("type".into(), json!("string")), ("pattern".into(), json!("\\S"))])
}

/// One of several words; Taplo shows what each means.
fn word(words: &[Word]) -> Value {
    let (word, says): (Vec<_>, Vec<_>) = words.iter().map(|word| (word.word, word.says)).unzip();
    json!({ "type": "string", "enum": word, "x-taplo": { "docs": { "enumValues": says } } })
}

/// A table with some of these keys, each one of these words.
fn levels_of(names: &[Word], levels: &[Word]) -> Value {
    let level = |name: &Word| {
        let mut schema = word(levels);
        schema["description"] = json!(name.says);
        (name.word.to_owned(), schema)
    };
    let properties: Map<_, _> = names.iter().map(level).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// A value written as TOML, as JSON has it.
fn value(toml: &str) -> Option<Value> {
    value_of(&format!("value = {toml}"), "value")
}

/// The value of a field in a text of TOML, as JSON has it; a date is a string.
fn value_of(text: &str, name: &str) -> Option<Value> {
    let table: toml::Table = text.parse().ok()?;
    json_of(table.get(name)?)
}

fn json_of(value: &toml::Value) -> Option<Value> {
    Some(match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(truth) => json!(truth),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(list) => json!(list.iter().filter_map(json_of).collect::<Vec<_>>()),
        toml::Value::Table(table) => {
            Value::Object(table.iter().filter_map(|(key, value)| Some((key.clone(), json_of(value)?))).collect())
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use fancy_regex::Regex;
    use proptest::prelude::*;

    use super::*;
    use crate::date::Date;

    const DATE: &str = "[?~%]?(Y-?[0-9]{1,6}(E[0-9])?|-?[0-9X]{4})(S[0-9])?[?~%]?(-[?~%]?[0-4X][0-9X][?~%]?){0,2}";

    /// Texts of which many are dates.
    fn dates() -> BoxedStrategy<String> {
        let end = format!("((\\.\\.)?{DATE}(\\.\\.)?|(\\.\\.)?)");
        let element = format!("((\\.\\.)?{DATE}(\\.\\.({DATE})?)?)");
        let set = format!("[\\[{{]{element}(,{element}){{0,2}}[\\]}}]");
        let texts = [DATE.to_owned(), format!("{end}/{end}"), set, "[-0-9XYES/.~?%{}\\[\\], T:]{0,24}".to_owned()];
        proptest::strategy::Union::new(texts.map(|text| proptest::string::string_regex(&text).unwrap())).boxed()
    }

    proptest! {
        #[test]
        fn every_date_has_the_pattern(text in dates()) {
            let pattern = Regex::new(&edtf()).unwrap();
            if Date::parse(&text).is_ok() {
                prop_assert!(pattern.is_match(&text).unwrap(), "{text}");
            }
        }
    }

    #[test]
    fn what_no_date_could_be_has_not_the_pattern() {
        let pattern = Regex::new(&edtf()).unwrap();
        for text in ["", "the day before", "21.12.2016", "2016-12-21T10:00", "2016-1", "2016-12-21 ", "/2016/", "[2016"]
        {
            assert!(!pattern.is_match(text).unwrap(), "{text}");
        }
    }
}
