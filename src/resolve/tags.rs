//! Tags: a name space of their own, each with the records that carry it.

use std::collections::{BTreeMap, BTreeSet};

use crate::dossier::{RecordRef, Tag, TagIx};
use crate::ids::RecordId;
use crate::resolve::shelf::Shelf;

/// All tags in the order of their names, each with its number.
pub(crate) fn index<'a>(shelf: &Shelf<'a>) -> BTreeMap<&'a RecordId, TagIx> {
    let names: BTreeSet<&'a RecordId> =
        shelf.heads().flat_map(|(.., head)| head.tags.iter().map(|tag| &tag.value)).collect();
    names.into_iter().zip((0..).map(TagIx)).collect()
}

/// The tags of that index, with their records by kind, then id.
pub(crate) fn collect(index: &BTreeMap<&RecordId, TagIx>, shelf: &Shelf<'_>) -> Vec<Tag> {
    let mut tags: Vec<Tag> = index.keys().map(|name| Tag { name: (*name).clone(), records: Vec::new() }).collect();
    for (record, _, _, head) in shelf.heads() {
        for tag in &head.tags {
            let carriers: Option<&mut Vec<RecordRef>> =
                index.get(&tag.value).and_then(|ix| tags.get_mut(ix.index())).map(|tag| &mut tag.records);
            if let Some(carriers) = carriers
                && carriers.last() != Some(&record)
            {
                carriers.push(record);
            }
        }
    }
    tags
}
