//! A file of the site that is written piece by piece.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use blake3::Hash;

/// A file on its way, as far as it has come.
#[derive(Debug)]
pub struct Growing<'a> {
    file: &'a mut File,
    hasher: blake3::Hasher,
    /// In bytes.
    length: u64,
    /// The file that it is to replace.
    former: &'a Path,
    opened: Option<File>,
    room: Vec<u8>,
}

impl<'a> Growing<'a> {
    pub(super) fn new(file: &'a mut File, former: &'a Path) -> Self {
        Self { file, hasher: blake3::Hasher::new(), length: 0, former, opened: None, room: Vec::new() }
    }

    /// Appends these bytes.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.length += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    /// Appends these bytes of the file that the last build left at this path.
    ///
    /// # Errors
    /// Where there is none or it is shorter, and where the disk refuses.
    pub fn push_former(&mut self, range: Range<u64>) -> io::Result<()> {
        let former = match &mut self.opened {
            Some(former) => former,
            none => none.insert(File::open(self.former)?),
        };
        let mut room = std::mem::take(&mut self.room);
        room.resize(usize::try_from(range.end.saturating_sub(range.start)).map_err(io::Error::other)?, 0);
        former.seek(SeekFrom::Start(range.start))?;
        former.read_exact(&mut room)?;
        self.push(&room)?;
        self.room = room;
        Ok(())
    }

    /// The hash of all of it, in hexadecimal digits, and its length in bytes.
    pub(super) fn finish(self) -> (Hash, u64) {
        (self.hasher.finalize(), self.length)
    }
}
