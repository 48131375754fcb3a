//! The texts of a project, by number, and places in them.
//!
//! Every offset here is a byte offset into a [`File`]'s text, which is UTF-8. Code points and lines are worked out by
//! [`File::line_column`] only when a diagnostic leaves the program.

mod slice;

use std::ops::Range;

use arcstr::ArcStr;

pub use slice::Slice;

/// The number of a text in [`Files`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one text, which the context names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct ByteRange {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl ByteRange {
    /// The range from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end.max(start)) }
    }

    /// The same range for slicing.
    pub fn as_range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for ByteRange {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place in a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub range: ByteRange,
}

/// One text of the project.
#[derive(Clone, Debug)]
pub struct File {
    /// The path as people write it: relative to the project's root, with forward slashes.
    pub path: String,
    /// The text. Bytes that are not UTF-8 have been replaced by U+FFFD from [`File::invalid_at`] on.
    pub text: ArcStr,
    /// The byte offset of the first byte that is not UTF-8.
    pub invalid_at: Option<usize>,
}

/// A line and a column, each counted from 1; the column in code points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
}

impl File {
    /// The file of that path with these bytes as its text.
    pub fn decode(path: String, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self { path, text: text.into(), invalid_at: None },
            Err(error) => {
                let invalid_at = Some(error.utf8_error().valid_up_to());
                Self { path, text: String::from_utf8_lossy(error.as_bytes()).into(), invalid_at }
            }
        }
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        LineColumn {
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// All texts of a project.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

impl Files {
    /// Adds a text and gives its number.
    pub fn add(&mut self, file: File) -> FileId {
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// Puts a text in the place of the one that has that number, which came from [`Files::add`].
    pub fn replace(&mut self, id: FileId, file: File) {
        self.files[id.0 as usize] = file;
    }

    /// The text of that number, which came from [`Files::add`].
    pub fn get(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// All texts with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        (0u32..).map(FileId).zip(&self.files)
    }
}
