//! Byte offsets as code points, the unit of every offset that leaves the program.

use std::ops::Range;

/// Every so many bytes the code points are counted ahead.
const STEP: usize = 512;

/// The code points of one text, counted ahead so that a look-up reads a few hundred bytes at most.
#[derive(Clone, Debug)]
pub struct CodePoints {
    text: String,
    /// The code points that begin before each multiple of [`STEP`]; empty for ASCII, where bytes are code points.
    before: Vec<usize>,
}

impl CodePoints {
    /// Counts the code points of `text`; a byte-order mark and carriage returns count.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { text: String::new(), before: Vec::new() };
        }
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(STEP) {
            before.push(count);
            count += starts(block);
        }
        Self { text: text.to_owned(), before }
    }

    /// How many code points begin before the byte `at`.
    pub fn at(&self, at: usize) -> usize {
        if self.before.is_empty() {
            return at;
        }
        let at = at.min(self.text.len());
        let block = (at / STEP).min(self.before.len() - 1);
        self.before[block] + starts(&self.text.as_bytes()[block * STEP..at])
    }

    /// A range of bytes as code points.
    pub fn range(&self, bytes: &Range<usize>) -> Range<usize> {
        self.at(bytes.start)..self.at(bytes.end)
    }
}

/// How many code points begin among these bytes of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_is_counted() {
        for text in ["", "plain\r\n", &"\u{FEFF}aé中𝄞\r\n".repeat(300)] {
            let points = CodePoints::new(text);
            for (count, at) in text.char_indices().map(|(at, _)| at).chain([text.len()]).enumerate() {
                assert_eq!(points.at(at), count);
            }
        }
    }
}
