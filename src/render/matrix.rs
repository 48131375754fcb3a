//! The matrix: claims that appear in two or more sources against the sources, by stance and voice.
//!
//! A page's claims are held against only the sources that they appear in, a few sources a table, so that no table is
//! wider than a screen can scroll.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{MatrixRow, RecordRef, SourceIx};
use crate::render::claim;
use crate::render::lists::numbered;
use crate::render::pieces::Piece;
use crate::render::terms;
use crate::render::vantage::Vantage;
use crate::render::view::{Pager, TermView};
use crate::route::{MATRIX_ROWS, Route, count, part, part_of};

/// The sources of one table.
const COLUMNS: usize = 8;

#[derive(Serialize)]
struct MatrixView {
    tables: Vec<TableView>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct TableView {
    /// From 1.
    number: usize,
    sources: Vec<Piece>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    claim: Piece,
    /// One a source, in the order of the columns; a list without entries where the claim does not appear.
    cells: Vec<Vec<EntryView>>,
}

/// An appearance.
#[derive(Serialize)]
struct EntryView {
    href: String,
    stance: TermView,
    voice: Option<TermView>,
}

pub(super) fn render(at: &Vantage<'_>, page: usize) -> Result<Vec<u8>, Diagnostic> {
    let rows = part_of(&at.dossier.matrix, page, MATRIX_ROWS);
    // Sources in the order in which the rows bring them up: what belongs together comes into one table.
    let mut columns: Vec<SourceIx> = Vec::new();
    let mut position: HashMap<SourceIx, usize> = HashMap::new();
    for (source, _) in rows.iter().flat_map(|row| &row.cells) {
        position.entry(*source).or_insert_with(|| {
            columns.push(*source);
            columns.len() - 1
        });
    }
    let mut tables: BTreeMap<usize, Vec<&MatrixRow>> = BTreeMap::new();
    for row in rows {
        let mut numbers: Vec<usize> = row.cells.iter().map(|(source, _)| position[source] / COLUMNS).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            tables.entry(number).or_default().push(row);
        }
    }
    let view = MatrixView {
        tables: tables.iter().map(|(&number, rows)| table(at, number, columns_of(&columns, number), rows)).collect(),
        pager: at.pager(page, count(at.dossier.matrix.len(), MATRIX_ROWS), Route::Matrix),
    };
    at.finish(&at.page("matrix", "matrix", numbered("Matrix", page)), "matrix", &view)
}

fn columns_of(columns: &[SourceIx], table: usize) -> &[SourceIx] {
    part(columns, table + 1, COLUMNS)
}

fn table(at: &Vantage<'_>, number: usize, sources: &[SourceIx], rows: &[&MatrixRow]) -> TableView {
    let row = |row: &&MatrixRow| RowView {
        claim: at.claim_row(row.claim),
        cells: sources.iter().map(|source| cell(at, row, *source)).collect(),
    };
    TableView {
        number: number + 1,
        sources: sources.iter().map(|&ix| at.source_row(ix)).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

fn cell(at: &Vantage<'_>, row: &MatrixRow, source: SourceIx) -> Vec<EntryView> {
    let appearances = row.cells.iter().find(|(ix, _)| *ix == source).map_or(&[][..], |(_, appearances)| appearances);
    let entry = |&n: &usize| {
        let appearance = at.claim(row.claim).appearances.get(n)?;
        Some(EntryView {
            href: at.record(RecordRef::Source(source), appearance.quote.place(&appearance.fragment)),
            stance: terms::stance(appearance.stance),
            voice: claim::speaks(appearance.voice),
        })
    };
    appearances.iter().filter_map(entry).collect()
}
