//! Claims that appear in two or more sources, against the sources.

use std::collections::BTreeMap;

use crate::dossier::{ClaimIx, Dossier, MatrixRow, SourceIx};

/// One row a claim, its cells in the order of the sources' ids.
pub(crate) fn rows(dossier: &Dossier) -> Vec<MatrixRow> {
    let rows = (0..).map(ClaimIx).zip(&dossier.claims).filter_map(|(claim, record)| {
        let mut cells: BTreeMap<SourceIx, Vec<usize>> = BTreeMap::new();
        for (n, appearance) in record.appearances.iter().enumerate() {
            cells.entry(appearance.quote.source).or_default().push(n);
        }
        (cells.len() >= 2).then(|| MatrixRow { claim, cells: cells.into_iter().collect() })
    });
    rows.collect()
}
