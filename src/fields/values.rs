//! Single values: strings, dates, addresses, ids, words of a vocabulary. Each function reads one value or reports why
//! it is none, and gives back nothing then.

use toml::de::DeValue;

use super::located::{Located, Spanned};
use super::{Value, one_line};
use crate::date::{Date, NotADate};
use crate::diag::suggest;
use crate::files::Slice;
use crate::ids::{self, RecordId};

/// What a date can look like, for hints.
const DATE_EXAMPLES: &str = "write a day as 2016-12-21, or a string such as \"2016-12\", \"2016-12-21?\" (uncertain), \
                             \"2016~\" (approximate) or \"2016-12-19/2016-12-21\" (from, to)";

/// A string that is not empty, as it stands.
pub fn text<'a>(value: Value<'a>) -> Option<&'a str> {
    let DeValue::String(text) = value.get() else {
        let hint = match value.get() {
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                format!("put it in quotes: `\"{}\"`", value.raw())
            }
            DeValue::Array(array) if array.len() == 1 => "remove the square brackets".to_owned(),
            _ => "write text between quotation marks: `\"…\"`".to_owned(),
        };
        value.wrong_type("a string", hint);
        return None;
    };
    if text.trim().is_empty() {
        value.cx.report(
            value
                .problem("empty-value", format!("`{}` is empty", value.name))
                .label("nothing between the quotes")
                .hint("write the text, or remove the field"),
        );
        return None;
    }
    Some(text)
}

/// A string with its place, trimmed.
pub fn string(value: Value<'_>) -> Option<Spanned<Slice>> {
    words(value).map(|words| Spanned { value: words, range: value.range() })
}

/// A string without its place, trimmed, that shares the file's text.
pub fn words(value: Value<'_>) -> Option<Slice> {
    text(value).map(|text| value.cx.words(text.trim()))
}

/// A string without its place, trimmed.
pub fn plain(value: Value<'_>) -> Option<String> {
    text(value).map(|text| text.trim().to_owned())
}

/// A string with the place of every byte, trimmed.
pub fn located(value: Value<'_>) -> Option<Located> {
    as_it_stands(value).map(Located::trimmed)
}

/// A string with the place of every byte, with the white space at its ends.
pub fn as_it_stands(value: Value<'_>) -> Option<Located> {
    text(value).map(|text| whole(value, text))
}

/// A string with the place of every byte, which may be empty.
pub fn located_or_empty(value: Value<'_>) -> Option<Located> {
    match value.get() {
        DeValue::String(text) => Some(whole(value, text)),
        _ => located(value),
    }
}

/// A string that says `text`, with the place of every byte.
fn whole(value: Value<'_>, text: &str) -> Located {
    Located::toml_string(value.raw(), value.range().start as usize, value.cx.words(text))
}

/// `true` or `false`.
pub fn boolean(value: Value<'_>) -> Option<bool> {
    let DeValue::Boolean(truth) = value.get() else {
        let hint = match value.get() {
            DeValue::String(text) if matches!(text.as_ref(), "true" | "false") => {
                format!("remove the quotes: `{} = {text}`", value.name)
            }
            _ => format!("write `{} = true`", value.name),
        };
        value.wrong_type("true or false", hint);
        return None;
    };
    Some(*truth)
}

/// A number without sign and fraction that fits 32 bits.
pub fn integer(value: Value<'_>) -> Option<u32> {
    let number = match value.get() {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    };
    if number.is_none() {
        value.wrong_type("a whole number", format!("write digits without quotes: `{} = 1`", value.name));
    }
    number
}

/// A TOML date without time, or an EDTF string.
pub fn date(value: Value<'_>) -> Option<Spanned<Date>> {
    let (parsed, written) = match value.get() {
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(day), None) => {
                let day = format!("{:04}-{:02}-{:02}", day.year, day.month, day.day);
                (Date::parse(&day), day)
            }
            _ => (Err(NotADate::HasTime), value.raw().to_owned()),
        },
        DeValue::String(_) => {
            let text = text(value)?;
            (Date::parse(text), one_line(text))
        }
        DeValue::Integer(_) | DeValue::Float(_) => {
            let hint = format!("write it as a string: `{} = \"{}\"`", value.name, value.raw());
            value.wrong_type("a date", hint);
            return None;
        }
        _ => {
            value.wrong_type("a date", DATE_EXAMPLES);
            return None;
        }
    };
    let problem = match parsed {
        Ok(date) => return Some(Spanned { value: date, range: value.range() }),
        Err(NotADate::HasTime) => value
            .problem("date-with-time", format!("`{}` must be a date without a time of day", value.name))
            .label("has a time of day")
            .hint(match written.split_once(['T', 't', ' ']) {
                Some((day, _)) if Date::parse(day).is_ok() => format!("drop the time: `{} = {day}`", value.name),
                _ => "drop the time; where the hour matters, say it in the text".to_owned(),
            }),
        Err(NotADate::Malformed(reason)) => {
            let hint = Date::suggestion(&written).map_or(DATE_EXAMPLES.to_owned(), |date| format!("write `{date}`"));
            value.problem("bad-date", format!("`{written}` is not a date")).label(reason).hint(hint)
        }
    };
    value.cx.report(problem);
    None
}

/// An absolute http or https address (RFC 3986, section 4.3).
pub fn url(value: Value<'_>) -> Option<Spanned<Slice>> {
    let address = string(value)?;
    let Some(reason) = not_an_address(&address.value) else {
        return Some(address);
    };
    let hint = if address.value.starts_with("www.") || address.value.starts_with("//") {
        format!("write `https://{}`", address.value.trim_start_matches('/'))
    } else if address.value.contains(char::is_whitespace) {
        "write `%20` for a space".to_owned()
    } else {
        "write the whole address, beginning with `https://`".to_owned()
    };
    value.cx.report(
        value
            .problem("bad-url", format!("`{}` is not an address on the web", one_line(&address.value)))
            .label(reason)
            .hint(hint),
    );
    None
}

/// Why a text is not an absolute http or https address.
fn not_an_address(text: &str) -> Option<&'static str> {
    let scheme = text
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"));
    let Some((_, rest)) = scheme else {
        return Some("does not begin with `https://` or `http://`");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let bad = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '}' | '|')
    };
    if text.contains(bad) {
        Some("holds a character that an address cannot have")
    } else if host.is_empty() || host.starts_with(['.', ':']) || host.ends_with('@') {
        Some("names no host")
    } else {
        None
    }
}

/// A language tag by the form of BCP 47 (RFC 5646, section 2.1); whether its parts are registered is not checked.
pub fn language(value: Value<'_>) -> Option<Spanned<Slice>> {
    let tag = string(value)?;
    let mut parts = tag.value.split('-');
    let primary = parts.next().unwrap_or_default();
    let letters = primary.bytes().all(|b| b.is_ascii_alphabetic());
    let is_language = letters && (2..=3).contains(&primary.len());
    let is_private = primary.eq_ignore_ascii_case("x") && tag.value.len() > 2;
    let well_formed =
        parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if (is_language || is_private) && well_formed {
        return Some(tag);
    }
    let hint = match tag.value.to_ascii_lowercase().as_str() {
        "english" => "write `en`".to_owned(),
        "german" | "deutsch" => "write `de`".to_owned(),
        "french" | "français" => "write `fr`".to_owned(),
        "russian" | "русский" => "write `ru`".to_owned(),
        "spanish" | "español" => "write `es`".to_owned(),
        "chinese" | "中文" => "write `zh`".to_owned(),
        "arabic" => "write `ar`".to_owned(),
        _ if tag.value.contains('_') => format!("write `{}`", tag.value.replace('_', "-")),
        _ => "write a BCP 47 tag such as `en`, `de-CH` or `zh-Hant`".to_owned(),
    };
    value.cx.report(
        value
            .problem("bad-language", format!("`{}` is not a language tag", one_line(&tag.value)))
            .label("not of the form of BCP 47")
            .hint(hint),
    );
    None
}

/// A record's id.
pub fn id(value: Value<'_>) -> Option<Spanned<RecordId>> {
    let text = string(value)?;
    if let Some(id) = RecordId::shared(&text.value) {
        return Some(Spanned { value: id, range: text.range });
    }
    let stem = text.value.rsplit('/').next().unwrap_or_default();
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    let stem = stem.trim_start_matches("[[").trim_end_matches("]]");
    let problem = value
        .problem("bad-id", format!("`{}` is not an id", one_line(&text.value)))
        .label("an id has only `a` to `z`, `0` to `9` and `-`");
    let slug = ids::slug(stem);
    value.cx.report(if ids::has_id_form(&slug) {
        problem.hint(format!("write `\"{slug}\"`"))
    } else {
        problem.hint("a record's id is the name of its file without `.md`")
    });
    None
}

/// A record's former id: an id that the site does not need for itself.
pub fn alias(value: Value<'_>) -> Option<Spanned<RecordId>> {
    let id = id(value)?;
    if !id.value.is_reserved() {
        return Some(id);
    }
    value.cx.report(
        value
            .problem("reserved-id", format!("`{}` cannot be an alias", id.value))
            .label("the site needs this name for itself")
            .hint("`index` and `page-N` are reserved; choose another name, or remove it"),
    );
    None
}

/// A tag: of an id's form, in a name space of its own.
pub fn tag(value: Value<'_>) -> Option<Spanned<RecordId>> {
    let text = string(value)?;
    if let Some(tag) = RecordId::shared(&text.value) {
        return Some(Spanned { value: tag, range: text.range });
    }
    let slug = ids::slug(&text.value);
    value.cx.report(
        value
            .problem("bad-tag", format!("`{}` cannot be a tag", one_line(&text.value)))
            .label("a tag has only `a` to `z`, `0` to `9` and `-`")
            .hint(if ids::has_id_form(&slug) {
                format!("write `\"{slug}\"`")
            } else {
                "choose a word in those letters, such as `\"diplomacy\"`".to_owned()
            }),
    );
    None
}

/// A SHA-256 in hexadecimal digits, as lower-case ones.
pub fn sha256(value: Value<'_>) -> Option<Spanned<String>> {
    let written = string(value)?;
    let hash = Spanned { value: written.value.to_ascii_lowercase(), range: written.range };
    if hash.value.len() == 64 && hash.value.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(hash);
    }
    let digits = hash.value.chars().count();
    let problem = value
        .problem("bad-hash", format!("`{}` is not a SHA-256", value.name))
        .hint("it has 64 hexadecimal digits, as `sha256sum FILE` prints them");
    value.cx.report(if digits == 64 {
        problem.label("holds something that is not a hexadecimal digit")
    } else {
        problem.label(format!("{digits} characters, not 64"))
    });
    None
}

/// The name of a file in a folder: relative, with forward slashes, without `..`, with one of the extensions.
pub fn file_name(value: Value<'_>, extensions: &[&str]) -> Option<Spanned<Slice>> {
    let name = string(value)?;
    let path = name.value.as_str();
    let endings = extensions.iter().map(|extension| format!("`.{extension}`")).collect::<Vec<_>>().join(", ");
    let extension = path.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map(|(_, extension)| extension);
    let (label, hint) = if path.contains('\\') {
        ("holds a backslash", "write `/` between folders".to_owned())
    } else if path.starts_with('/') || path.contains("://") || path.as_bytes().get(1) == Some(&b':') {
        ("not inside the folder", "write the file's name inside the captures folder".to_owned())
    } else if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        ("leads out of the folder", "write the file's name inside the captures folder, without `.` and `..`".to_owned())
    } else if path.chars().any(char::is_control) {
        ("holds a control character", "rename the file".to_owned())
    } else if !extension.is_some_and(|extension| extensions.contains(&extension)) {
        ("not a kind of file that can be read", format!("it must end in {endings}"))
    } else {
        return Some(name);
    };
    let message = format!("`{}` cannot be the name of a capture", one_line(path));
    value.cx.report(value.problem("bad-path", message).label(label).hint(hint));
    None
}

/// One of the words of a vocabulary.
pub fn word<T: Copy>(value: Value<'_>, all: &'static [T], word: fn(T) -> &'static str) -> Option<T> {
    let text = string(value)?;
    if let Some(&term) = all.iter().find(|&&term| text.value == *word(term)) {
        return Some(term);
    }
    let words: Vec<&str> = all.iter().map(|&term| word(term)).collect();
    let mut problem = value
        .problem("unknown-word", format!("`{}` cannot be `{}`", value.name, one_line(&text.value)))
        .label("not one of the words that it can be");
    problem.hints.extend(suggest::did_you_mean(&text.value.to_lowercase(), words.iter().copied()));
    value.cx.report(problem.hint(format!("it is one of {}", words.join(", "))));
    None
}
