//! A part of a text that is held once, whoever speaks of it: most of what a record says stands in its file as it is.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::ByteRange;

/// Words, mostly a part of a file's text, which they keep in memory: to clone them copies none.
#[derive(Clone, Default)]
pub struct Slice {
    text: Arc<str>,
    range: ByteRange,
}

impl Slice {
    /// The words `part`: shared where they are a part of `text` in memory, else copied.
    pub fn of(text: &Arc<str>, part: &str) -> Self {
        match place(text, part) {
            Some(range) => Self { text: text.clone(), range: range.into() },
            None => part.into(),
        }
    }

    /// The words `part`: shared where they are some of these, else copied.
    pub fn part(&self, part: &str) -> Self {
        Self::of(&self.text, part)
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        self.text.get(self.range.as_range()).unwrap_or_default()
    }
}

/// Where `part` is in `text`, by their addresses, in bytes.
fn place(text: &str, part: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    let range = start..start + part.len();
    let is_it = u32::try_from(range.end).is_ok() && text.get(range.clone()).is_some_and(|same| same == part);
    is_it.then_some(range)
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
        Self { range: ByteRange::new(0, text.len()), text: text.into() }
    }
}

impl From<String> for Slice {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<Slice> for String {
    fn from(words: Slice) -> Self {
        words.as_str().to_owned()
    }
}

impl PartialEq for Slice {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Slice {}

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

impl PartialOrd for Slice {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Slice {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Slice {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
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
        let text: Arc<str> = "one two one".into();
        let two = Slice::of(&text, &text[4..7]);
        assert_eq!((&*two, Arc::strong_count(&text)), ("two", 2));
        let last = two.part(text.trim_start_matches("one two "));
        assert_eq!((last.range, Arc::strong_count(&text)), (ByteRange { start: 8, end: 11 }, 3));
        let elsewhere = String::from("one");
        let copied = Slice::of(&text, &elsewhere);
        assert_eq!((&*copied, Arc::strong_count(&text)), ("one", 3));
        assert_eq!(copied, last);
        assert_eq!(Slice::of(&text, ""), Slice::default());
    }
}
