//! Which record of the one state is which of the other: by id, else by an alias.

use std::collections::{BTreeMap, HashMap};

use crate::compare::Version;
use crate::dossier::{Dossier, RecordRef};
use crate::ids::{RecordId, RecordKind};

/// A record in both states, or in one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    pub(super) old: Option<RecordRef>,
    pub(super) new: Option<RecordRef>,
}

/// All records of both states.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pairs: Vec<Pair>,
    /// What has become of each record of the older state.
    became: HashMap<RecordRef, RecordRef>,
    /// The newer id of each record of the older state that has another.
    renamed: HashMap<RecordRef, RecordId>,
}

impl Pairs {
    pub(super) fn of(old: Version<'_>, new: Version<'_>) -> Self {
        let (before, mut after) = (by_name(old.dossier), by_name(new.dossier));
        let mut pairs = Self::default();
        let mut alone = BTreeMap::new();
        for (name, record) in before {
            match after.remove(&name) {
                Some(new) => pairs.join(record, new),
                None => drop(alone.insert(name, record)),
            }
        }
        for (was, is) in by_alias(old.dossier, new.dossier, &alone, &after) {
            if let Some((old_record, new_record)) = alone.get(&was).copied().zip(after.get(&is).copied()) {
                alone.remove(&was);
                after.remove(&is);
                pairs.renamed.insert(old_record, is.1);
                pairs.join(old_record, new_record);
            }
        }
        // Of a file that cannot be read nobody knows whether its record is gone or new.
        alone.retain(|(_, id), _| !new.unread.contains(id));
        after.retain(|(_, id), _| !old.unread.contains(id));
        pairs.pairs.extend(alone.into_values().map(|old| Pair { old: Some(old), new: None }));
        pairs.pairs.extend(after.into_values().map(|new| Pair { old: None, new: Some(new) }));
        pairs.sort(old.dossier, new.dossier);
        pairs
    }

    /// By kind, then id.
    pub(super) fn in_order(&self) -> &[Pair] {
        &self.pairs
    }

    /// What has become of a record of the older state.
    pub(super) fn became(&self, old: RecordRef) -> Option<RecordRef> {
        self.became.get(&old).copied()
    }

    /// The newer id of a record of the older state, where it was renamed.
    pub(super) fn renamed(&self, old: RecordRef) -> Option<&RecordId> {
        self.renamed.get(&old)
    }

    fn join(&mut self, old: RecordRef, new: RecordRef) {
        self.became.insert(old, new);
        self.pairs.push(Pair { old: Some(old), new: Some(new) });
    }

    fn sort(&mut self, old: &Dossier, new: &Dossier) {
        self.pairs.sort_by_cached_key(|pair| {
            let (dossier, record) = match (pair.old, pair.new) {
                (_, Some(record)) => (new, record),
                (Some(record), None) => (old, record),
                (None, None) => (new, RecordRef::Home),
            };
            (rank(record.kind()), dossier.id_of(record).to_owned(), pair.new.is_some())
        });
    }
}

/// Claims first: they are what a dossier is about.
fn rank(kind: RecordKind) -> u8 {
    match kind {
        RecordKind::Home => 0,
        RecordKind::Claim => 1,
        RecordKind::Source => 2,
        RecordKind::Entity => 3,
        RecordKind::Commentary => 4,
    }
}

/// A record's name among those of its kind.
type Name = (RecordKind, RecordId);

/// The records by kind and id. The home page's id is reserved, so that no other record has it.
fn by_name(dossier: &Dossier) -> BTreeMap<Name, RecordRef> {
    let there = dossier.records().filter(|&record| record != RecordRef::Home || !dossier.home.is_empty());
    there.filter_map(|record| Some(((record.kind(), RecordId::new(dossier.id_of(record))?), record))).collect()
}

/// The pairs of names that an alias of either state joins, in an order that is the same whichever state is the older.
fn by_alias(
    old: &Dossier,
    new: &Dossier,
    before: &BTreeMap<Name, RecordRef>,
    after: &BTreeMap<Name, RecordRef>,
) -> Vec<(Name, Name)> {
    let aliases = |dossier: &Dossier, record: RecordRef| {
        dossier.meta(record).map(|meta| meta.aliases.clone()).unwrap_or_default()
    };
    let mut joined = Vec::new();
    for (name, &record) in after {
        let former = aliases(new, record).into_iter().map(|alias| (name.0, alias));
        joined.extend(former.filter(|former| before.contains_key(former)).map(|former| (former, name.clone())));
    }
    for (name, &record) in before {
        let later = aliases(old, record).into_iter().map(|alias| (name.0, alias));
        joined.extend(later.filter(|later| after.contains_key(later)).map(|later| (name.clone(), later)));
    }
    joined.sort_by_key(|(one, other)| (one.min(other).clone(), one.max(other).clone()));
    joined.dedup();
    joined
}
