//! A part of a text that is held once, whoever speaks of it: most of what a record says stands in its file as it is.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use arcstr::{ArcStr, Substr};
use serde::{Serialize, Serializer};

/// Words, mostly a part of a file's text, which they keep in memory: to clone them copies none.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Slice(Substr);

impl Slice {
    /// The words `part`: shared where they are a part of `text` in memory, else copied.
    pub fn of(text: &ArcStr, part: &str) -> Self {
        text.try_substr_from(part).map_or_else(|| part.into(), Self)
    }

    /// The words `part`: shared where they are some of these, else copied.
    pub fn part(&self, part: &str) -> Self {
        Self::of(self.0.parent(), part)
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Slice {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Slice {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Slice {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<&str> for Slice {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Slice {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Slice> for String {
    fn from(words: Slice) -> Self {
        words.as_str().to_owned()
    }
}

impl PartialEq<str> for Slice {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Slice {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Slice {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl fmt::Debug for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl Serialize for Slice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_text_is_shared_and_other_words_are_copied() {
        let text: ArcStr = "one two one".into();
        let two = Slice::of(&text, &text[4..7]);
        assert_eq!((&*two, ArcStr::strong_count(&text)), ("two", Some(2)));
        let last = two.part(text.trim_start_matches("one two "));
        assert_eq!((last.0.range(), ArcStr::strong_count(&text)), (8..11, Some(3)));
        let elsewhere = String::from("one");
        let copied = Slice::of(&text, &elsewhere);
        assert_eq!((&*copied, ArcStr::strong_count(&text)), ("one", Some(3)));
        assert_eq!(copied, last);
        assert_eq!(Slice::of(&text, ""), Slice::default());
    }
}
