//! The lines of a front matter.

use crate::date::Date;
use crate::scaffold::toml::{string, strings};

/// Lines of TOML, written one after another.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// Adds a line as it is.
    pub fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    /// Adds a key with a string.
    pub fn string(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {}", string(value)));
    }

    /// Adds a key with a list of strings, unless it is empty.
    pub fn strings(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.line(&format!("{key} = {}", strings(values)));
        }
    }

    /// Adds the value, or a line to fill in that is no field yet.
    pub fn optional(&mut self, key: &str, value: Option<&str>, example: &str) {
        match value {
            Some(value) => self.string(key, value),
            None => self.line(&format!("# {key} = {}", string(example))),
        }
    }

    /// Adds a day as TOML's date, any other date as a string.
    pub fn date(&mut self, key: &str, date: &str) {
        let is_day = Date::parse(date).is_ok_and(|date| date.is_exact_day()) && date.len() == "2016-12-21".len();
        self.line(&if is_day { format!("{key} = {date}") } else { format!("{key} = {}", string(date)) });
    }

    /// The record's text: the lines between their fences, and the body.
    pub fn with_body(self, body: &str) -> String {
        format!("+++\n{}+++\n{body}", self.0)
    }

    /// The lines alone.
    pub fn finish(self) -> String {
        self.0
    }
}
