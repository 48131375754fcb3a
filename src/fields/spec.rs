//! What a table can have, as data: the one list that readers, suggestions, schemas and the reference are made from.
//!
//! Nothing is read here. What a field's value must be besides its form (an id that names a record, a date in order) is
//! the business of whoever reads it.

use crate::terms::Word;

/// A table's fields.
#[derive(Debug)]
pub struct Table {
    /// What the table is, with its article: "a claim".
    pub name: &'static str,
    /// Its fields, in the order in which one would write them.
    pub fields: &'static [Field],
}

/// A field of a table.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// Whether the table must have it.
    pub required: bool,
    /// What the table must have where this field is absent.
    pub alternative: Option<Alternative>,
    /// What its value is.
    pub form: Form,
    /// A line, or a few, that one could write; valid TOML.
    pub example: &'static str,
    /// What it means, in a sentence or two of Markdown.
    pub says: &'static str,
    /// The value that holds where it is absent, as TOML; none where that means nothing or depends on something else.
    pub default: Option<&'static str>,
}

/// What stands in for a field that is absent.
#[derive(Clone, Copy, Debug)]
pub enum Alternative {
    /// The field of that name: the table must have one of the two, and not both.
    Field(&'static str),
    /// `true` in the field of that name.
    True(&'static str),
}

/// What a field's value is.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// A string.
    Text,
    /// A string of Markdown. It may be empty where the field is not required.
    Markdown,
    /// `true` or `false`.
    Boolean,
    /// A number without fraction.
    Integer,
    /// A TOML date, or an EDTF string.
    Date,
    /// A string that is an absolute http or https address.
    Url,
    /// A string that is a BCP 47 tag.
    Language,
    /// A string of `[a-z0-9-]+`.
    Id,
    /// A string of 64 hexadecimal digits.
    Sha256,
    /// A string that names a file with one of these extensions, below the folder with which it begins.
    File {
        /// What the name begins with: empty, or a folder with a `/` at its end.
        folder: &'static str,
        /// Without a stop.
        extensions: &'static [&'static str],
    },
    /// A string that is an id or a name, or `{ name = "…" }`.
    Agent,
    /// A string that is one of these words.
    Word(fn() -> Vec<Word>),
    /// A string that is one of these names, or one that casebook.toml adds.
    Open(fn() -> Vec<String>),
    /// A list.
    List(&'static Form),
    /// What names somebody, or a table.
    AgentOrTable(&'static Table),
    /// A table.
    Table(&'static Table),
    /// A list of tables, each written under `[[NAME]]`.
    Tables(&'static Table),
    /// The same; where it is given it is not empty.
    SomeTables(&'static Table),
    /// A table whose keys are ids that the user chooses, each a table with these fields.
    Named(&'static Table),
    /// A table that can have each of the first words as a key, with one of the second as its value.
    Levels(fn() -> Vec<Word>, fn() -> Vec<Word>),
}

impl Form {
    /// The fields of the table that the value is, or of the tables that are in it.
    pub fn table(&self) -> Option<&'static Table> {
        match *self {
            Self::Table(table)
            | Self::Tables(table)
            | Self::SomeTables(table)
            | Self::Named(table)
            | Self::AgentOrTable(table) => Some(table),
            Self::List(form) => form.table(),
            _ => None,
        }
    }
}

/// A field that may be left out.
pub(crate) const fn optional(name: &'static str, form: Form, example: &'static str) -> Field {
    Field { name, required: false, alternative: None, form, example, says: "", default: None }
}

/// A field that must be there.
pub(crate) const fn required(name: &'static str, form: Form, example: &'static str) -> Field {
    Field { required: true, ..optional(name, form, example) }
}

impl Field {
    /// The same field with what it means.
    pub(crate) const fn says(self, says: &'static str) -> Self {
        Self { says, ..self }
    }

    /// The same field with another example.
    pub(crate) const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// The same field with the value that holds where it is absent, as TOML.
    pub(crate) const fn default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    /// The same field with what stands in for it.
    pub(crate) const fn or(self, alternative: Alternative) -> Self {
        Self { alternative: Some(alternative), ..self }
    }
}

impl Table {
    /// The names of its fields.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let fields: &'static [Field] = self.fields;
        fields.iter().map(|field| field.name)
    }

    /// The table's name without its article.
    pub fn noun(&self) -> &'static str {
        self.name.split_once(' ').map_or(self.name, |(_, noun)| noun)
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        let fields: &'static [Field] = self.fields;
        fields.iter().find(|field| field.name == name)
    }

    /// The field that holds a table with a field of that name.
    pub(super) fn holder(&self, name: &str) -> Option<&'static Field> {
        let fields: &'static [Field] = self.fields;
        let has_header = |form| matches!(form, Form::Table(_) | Form::Tables(_) | Form::SomeTables(_));
        let holds = |form: Form| form.table().is_some_and(|inner| inner.field(name).is_some());
        fields.iter().find(|field| has_header(field.form) && holds(field.form))
    }
}
