//! Tags: a name space of their own, each with the records that carry it.

use std::collections::BTreeSet;

use crate::dossier::{RecordRef, Tag, TagIx};
use crate::ids::RecordId;
use crate::resolve::shelf::Shelf;

/// The names of all tags, in order.
pub(crate) fn names(shelf: &Shelf<'_>) -> Vec<RecordId> {
    let names: BTreeSet<&RecordId> =
        shelf.heads().flat_map(|(.., head)| head.tags.iter().map(|tag| &tag.value)).collect();
    names.into_iter().cloned().collect()
}

/// The tag of that name, among names in order.
pub(crate) fn find(names: &[RecordId], name: &RecordId) -> Option<TagIx> {
    let at = names.binary_search(name).ok()?;
    u32::try_from(at).ok().map(TagIx)
}

/// The tags of those names, with their records by kind, then id.
pub(crate) fn collect(names: &[RecordId], shelf: &Shelf<'_>) -> Vec<Tag> {
    let mut tags: Vec<Tag> = names.iter().map(|name| Tag { name: name.clone(), records: Vec::new() }).collect();
    for (record, _, _, head) in shelf.heads() {
        for tag in &head.tags {
            let carriers: Option<&mut Vec<RecordRef>> =
                find(names, &tag.value).and_then(|ix| tags.get_mut(ix.index())).map(|tag| &mut tag.records);
            if let Some(carriers) = carriers
                && carriers.last() != Some(&record)
            {
                carriers.push(record);
            }
        }
    }
    tags
}
