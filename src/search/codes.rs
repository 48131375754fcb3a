//! How many shards there are, which shard something is in, and the numbers that stand for records in lists.

use rustc_hash::FxHashSet;

use crate::dossier::{Dossier, RecordRef};
use crate::search::{fold, path};
use crate::site::SitePath;

/// Records for each shard of cards, at most. A card has about 400 bytes, and the first results need a dozen shards.
const CARDS: u32 = 8;

/// Records for each shard of words, at most.
const WORDS: u32 = 32;

/// With so many shards of words or fewer, two letters decide which one a word is in: they are small enough for that, and
/// a reader who has typed two letters finds something.
const FEW: u32 = 128;

/// The numbers for records are from a space so many times as large as the dossier, in bits: large enough that few records
/// want one number, and small enough that the distance to the next one in a list is short.
const SPARE_BITS: u32 = 4;

/// The shape of an index. It depends on the number of records alone, rounded up to a power of two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layout {
    /// How many shards of words there are: a power of two.
    pub(super) terms: u32,
    /// How many letters of a word decide which shard it is in.
    pub(super) letters: usize,
    /// How many shards of cards there are: a power of two.
    pub(super) records: u32,
    /// How many bits of a record's number tell it from others of its kind.
    pub(super) width: u32,
}

impl Layout {
    /// The shape of the dossier's index.
    pub fn of(dossier: &Dossier) -> Self {
        let records = [dossier.claims.len(), dossier.sources.len(), dossier.entities.len(), dossier.commentary.len()];
        Self::for_records(records.iter().sum())
    }

    pub(super) fn for_records(records: usize) -> Self {
        let size = u32::try_from(records).unwrap_or(u32::MAX).clamp(CARDS, 1 << 22).next_power_of_two();
        let terms = (size / WORDS).max(1);
        let letters = if terms <= FEW { 2 } else { 3 };
        Self { terms, letters, records: size / CARDS, width: size.ilog2() + SPARE_BITS }
    }

    /// The path of every file of the index.
    pub fn paths(&self) -> Vec<SitePath> {
        let terms = (0..self.terms).map(|shard| self.terms_name(shard));
        let records = (0..self.records).map(|shard| self.records_name(shard));
        let names = terms.chain(records).chain(["ratings".to_owned(), "index".to_owned()]);
        names.map(|name| path(&name)).collect()
    }

    /// The shard of a word: by the hash of its first letters, of a script without spaces by that of the first one.
    pub(super) fn shard_of_term(&self, term: &str) -> u32 {
        let letters = if term.starts_with(fold::is_spaceless) { 1 } else { self.letters };
        let end = term.char_indices().nth(letters).map_or(term.len(), |(at, _)| at);
        hash(&term[..end]) & (self.terms - 1)
    }

    pub(super) fn terms_name(&self, shard: u32) -> String {
        format!("terms-{shard:x}")
    }

    pub(super) fn records_name(&self, shard: u32) -> String {
        format!("records-{shard:x}")
    }
}

/// The number of each record: its kind, then bits of the hash of its id, of which the lowest are its shard's. Where two
/// of a kind want one number, the later one by id takes the next free one of the same shard.
pub(super) struct Codes {
    /// By kind, then by index.
    kinds: [Vec<u32>; 4],
}

impl Codes {
    pub(super) fn of(dossier: &Dossier, records: &[RecordRef], layout: &Layout) -> Self {
        let mut kinds: [Vec<u32>; 4] = Default::default();
        let mut taken = FxHashSet::default();
        let mask = (1 << layout.width) - 1;
        for &record in records {
            let Some((kind, _)) = kind_and_index(record) else { continue };
            let mut first = hash(dossier.id_of(record)) & mask;
            let mut code = first;
            while !taken.insert((kind, code)) {
                code = (code + layout.records) & mask;
                if code == first {
                    // The shard has no number left, as only ids made for that can bring about.
                    first = (first + 1) & mask;
                    code = first;
                }
            }
            kinds[kind].push((u32::try_from(kind).unwrap_or_default() << layout.width) | code);
        }
        Self { kinds }
    }

    pub(super) fn of_record(&self, record: RecordRef) -> u32 {
        kind_and_index(record).and_then(|(kind, index)| self.kinds[kind].get(index).copied()).unwrap_or_default()
    }
}

/// The number of a record's kind, as scripts know it, and the record's index among these.
fn kind_and_index(record: RecordRef) -> Option<(usize, usize)> {
    match record {
        RecordRef::Claim(ix) => Some((0, ix.index())),
        RecordRef::Source(ix) => Some((1, ix.index())),
        RecordRef::Entity(ix) => Some((2, ix.index())),
        RecordRef::Commentary(ix) => Some((3, ix.index())),
        RecordRef::Home => None,
    }
}

/// FNV-1a of the UTF-8 bytes, 32 bits, with the high half folded into the low one.
pub(super) fn hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ (hash >> 16)
}
