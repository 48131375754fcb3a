//! Records → for each word the records that it stands in, in shards.
//!
//! A list is sorted by how much the word says of the record, then by the record's number. That order is all there is to
//! rank by: no count, length or average of the whole dossier is stored.

use std::ops::RangeInclusive;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::dossier::{Dossier, RecordRef};
use crate::route::Routes;
use crate::search::codes::{Codes, Layout};
use crate::search::fields::{Field, read};
use crate::search::fold::Folder;
use crate::search::script;
use crate::site::Page;

/// Records that one thread reads at a time: many, so that a word is stored few times, and few enough to share out, also
/// those of a small dossier.
const CHUNK: RangeInclusive<usize> = 32..=512;

/// A title of so many words or fewer is short: each of them says more.
const SHORT_TITLE: usize = 6;

/// A word that stands in a text so often is what the text is about.
const OFTEN: u32 = 4;

/// How much a word says of a record, the most first; a list has a part for each.
#[derive(Clone, Copy)]
enum Level {
    ShortTitle,
    Title,
    Quotation,
    Name,
    Often,
    Body,
}

const LEVELS: usize = Level::Body as usize + 1;

/// Where the level stands in a posting, above the record's number.
const LEVEL_BIT: u32 = 29;

/// The shards of words.
pub(super) fn pages(
    dossier: &Dossier,
    routes: &Routes,
    records: &[RecordRef],
    codes: &Codes,
    layout: &Layout,
) -> Vec<Page> {
    let chunk = |records: &[RecordRef]| {
        let mut gatherer = Gatherer::default();
        for &record in records {
            gatherer.record(dossier, routes, record, codes.of_record(record));
        }
        gatherer.finish()
    };
    let size = (records.len() / (4 * rayon::current_num_threads())).clamp(*CHUNK.start(), *CHUNK.end());
    let chunks: Vec<Chunk> = records.par_chunks(size).map(chunk).collect();
    let mut shards: Vec<Vec<(&str, &[u32])>> = vec![Vec::new(); layout.terms as usize];
    for chunk in &chunks {
        for (term, postings) in chunk.terms.iter().zip(chunk.lists()) {
            shards[layout.shard_of_term(term) as usize].push((term, postings));
        }
    }
    let numbered: Vec<_> = (0u32..).zip(shards).collect();
    numbered.into_par_iter().map(|(shard, lists)| script(&layout.terms_name(shard), &data(lists))).collect()
}

/// The words of some records.
struct Chunk {
    terms: Vec<Box<str>>,
    /// Where each word's list ends, which is where the next one's begins.
    ends: Vec<usize>,
    postings: Vec<u32>,
}

impl Chunk {
    fn lists(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.postings[start..end])
    }
}

/// What is known of a word.
#[derive(Clone)]
struct Seen {
    /// The last record that it stood in: its place in the chunk, from 1.
    record: u32,
    /// In which of that record's fields, the one that says most.
    field: Field,
    /// How often, in all of them.
    times: u32,
}

#[derive(Default)]
struct Gatherer {
    folder: Folder,
    numbers: FxHashMap<Box<str>, u32>,
    seen: Vec<Seen>,
    /// The words of the record at hand, each once.
    here: Vec<u32>,
    records: u32,
    /// Words with postings, record by record.
    postings: Vec<(u32, u32)>,
}

impl Gatherer {
    fn record(&mut self, dossier: &Dossier, routes: &Routes, record: RecordRef, code: u32) {
        self.records += 1;
        let mut title = None;
        read(dossier, routes, record, &mut |field, text| {
            let words = self.text(field, text);
            title = title.or((field == Field::Title).then_some(words));
        });
        let is_short = title.unwrap_or_default() <= SHORT_TITLE;
        for &number in &self.here {
            let seen = &self.seen[number as usize];
            let level = match seen.field {
                Field::Title if is_short => Level::ShortTitle,
                Field::Title => Level::Title,
                Field::Quotation => Level::Quotation,
                Field::Name => Level::Name,
                Field::Body if seen.times >= OFTEN => Level::Often,
                Field::Body => Level::Body,
            };
            self.postings.push((number, ((level as u32) << LEVEL_BIT) | code));
        }
        self.here.clear();
    }

    /// Reads a text and gives the number of its words.
    fn text(&mut self, field: Field, text: &str) -> usize {
        let Self { folder, numbers, seen, here, records, .. } = self;
        let mut words = 0;
        folder.words(text, |word| {
            words += 1;
            let Some(&number) = numbers.get(word) else {
                let number = u32::try_from(seen.len()).unwrap_or(u32::MAX);
                numbers.insert(word.into(), number);
                seen.push(Seen { record: *records, field, times: 1 });
                here.push(number);
                return;
            };
            let known = &mut seen[number as usize];
            if known.record == *records {
                known.field = known.field.min(field);
                known.times += 1;
            } else {
                *known = Seen { record: *records, field, times: 1 };
                here.push(number);
            }
        });
        words
    }

    /// Puts the postings of each word together.
    fn finish(self) -> Chunk {
        let mut ends = vec![0; self.seen.len()];
        for &(number, _) in &self.postings {
            ends[number as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            (*end, sum) = (sum, sum + *end);
        }
        let mut postings = vec![0; self.postings.len()];
        for (number, posting) in self.postings {
            let at: &mut usize = &mut ends[number as usize];
            postings[*at] = posting;
            *at += 1;
        }
        let mut terms = vec![Box::default(); ends.len()];
        for (term, number) in self.numbers {
            terms[number as usize] = term;
        }
        Chunk { terms, ends, postings }
    }
}

/// A shard's words, sorted, each with its list.
fn data(mut lists: Vec<(&str, &[u32])>) -> Vec<u8> {
    // The order of the chunks stays among lists of one word, and no order of theirs matters.
    lists.sort_by_key(|(term, _)| *term);
    let mut data = b"[".to_vec();
    let mut all = Vec::new();
    for same in lists.chunk_by(|a, b| a.0 == b.0) {
        all.clear();
        all.extend(same.iter().flat_map(|(_, postings)| *postings));
        all.sort_unstable();
        // A word has letters, digits and marks only: nothing that a string must escape.
        data.extend_from_slice(if data.len() == 1 { b"\n\"" } else { b",\n\"" });
        data.extend_from_slice(same[0].0.as_bytes());
        data.extend_from_slice(b"\",\"");
        levels(&all, &mut data);
        data.push(b'"');
    }
    data.push(b']');
    data
}

/// Sorted postings, level by level, with a space between; levels at the end without a record are left out.
fn levels(postings: &[u32], data: &mut Vec<u8>) {
    let mut rest = postings;
    let mut level = Vec::new();
    for n in 0..LEVELS as u32 {
        if rest.is_empty() {
            return;
        }
        if n > 0 {
            data.push(b' ');
        }
        let end = rest.partition_point(|posting| posting >> LEVEL_BIT <= n);
        level.clear();
        level.extend(rest[..end].iter().map(|posting| posting & ((1 << LEVEL_BIT) - 1)));
        encode(&level, data);
        rest = &rest[end..];
    }
}

/// The characters from `#` to `~` but the backslash: what a string can hold as it is. With the first of them a number
/// ends, with the others it goes on ((s, c)-dense codes).
const STOPPERS: u32 = 69;
const CONTINUERS: u32 = 22;

/// Sorted numbers, each as its distance from the one before.
pub(super) fn encode(numbers: &[u32], data: &mut Vec<u8>) {
    let mut next = 0;
    for &number in numbers {
        let distance = number - next;
        next = number + 1;
        let mut rest = distance / STOPPERS;
        let (mut digits, mut length) = ([0; 8], 0);
        while rest > 0 {
            digits[length] = STOPPERS + (rest - 1) % CONTINUERS;
            rest = (rest - 1) / CONTINUERS;
            length += 1;
        }
        data.extend(digits[..length].iter().rev().map(|&digit| symbol(digit)));
        data.push(symbol(distance % STOPPERS));
    }
}

fn symbol(digit: u32) -> u8 {
    let byte = u8::try_from(digit).unwrap_or_default() + b'#';
    if byte >= b'\\' { byte + 1 } else { byte }
}
