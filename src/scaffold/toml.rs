//! Values as TOML, for files that people go on editing.

use std::fmt::Write;

/// A basic string (TOML 1.0, "String") on one line.
pub fn string(text: &str) -> String {
    let mut toml = String::with_capacity(text.len() + 2);
    toml.push('"');
    for c in text.chars() {
        match c {
            '"' => toml.push_str("\\\""),
            '\\' => toml.push_str("\\\\"),
            '\n' => toml.push_str("\\n"),
            '\t' => toml.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(toml, "\\u{:04X}", u32::from(c));
            }
            c => toml.push(c),
        }
    }
    toml.push('"');
    toml
}

/// An array of strings.
pub fn strings(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| string(text)).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(texts in proptest::collection::vec("(?s)[\"'\\\\\r\n\t\u{7f}\u{85}\\PC]{0,20}|(?s).{0,8}", 0..4)) {
            let toml = format!("texts = {}\n", super::strings(&texts));
            prop_assert_eq!(toml.lines().count(), 1);
            let table: toml::Table = toml::from_str(&toml).unwrap();
            let read: Vec<String> = table["texts"].clone().try_into().unwrap();
            prop_assert_eq!(read, texts);
        }
    }
}
