//! Claims that appear in two or more sources, against the sources.

use std::collections::BTreeMap;

use crate::dossier::{Dossier, MatrixRow, RecordRef, SourceIx};
use crate::resolve::changed::Changed;

/// The row of a claim that appears in two or more sources, its cells in the order of the sources' ids.
pub(crate) fn row(dossier: &Dossier, record: RecordRef) -> Option<MatrixRow> {
    let RecordRef::Claim(claim) = record else { return None };
    let record = dossier.claims.get(claim.index())?;
    let first = record.appearances.first()?.quote.source;
    if record.appearances.iter().all(|appearance| appearance.quote.source == first) {
        return None;
    }
    let mut cells: BTreeMap<SourceIx, Vec<usize>> = BTreeMap::new();
    for (n, appearance) in record.appearances.iter().enumerate() {
        cells.entry(appearance.quote.source).or_default().push(n);
    }
    Some(MatrixRow { claim, cells: cells.into_iter().collect() })
}

/// Puts the rows of changed claims in the place of those `before`: by claim.
pub(crate) fn renew(matrix: &mut Vec<MatrixRow>, changed: &Changed, before: &[MatrixRow], now: Vec<MatrixRow>) {
    if before == now {
        return;
    }
    matrix.retain(|row| !changed.has(RecordRef::Claim(row.claim)));
    matrix.extend(now);
    matrix.sort_by_key(|row| row.claim);
}
