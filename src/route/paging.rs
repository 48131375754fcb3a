//! Long lists in pages: how many there are, and which rows are on one.

use std::ops::Range;

use crate::dossier::{Table, Tabled};

/// How many pages `rows` rows need; a list without rows has one page, which says so.
pub fn count(rows: usize, per_page: usize) -> usize {
    rows.div_ceil(per_page).max(1)
}

/// The rows of that page.
pub fn part<T>(rows: &[T], page: usize, per_page: usize) -> &[T] {
    &rows[span(rows.len(), page, per_page)]
}

/// The same of a table, whose other rows are not read.
pub(crate) fn part_of<T: Tabled>(rows: &Table<T>, page: usize, per_page: usize) -> &[T] {
    rows.range(span(rows.len(), page, per_page))
}

/// Which of `count` rows are on that page.
fn span(count: usize, page: usize, per_page: usize) -> Range<usize> {
    let start = page.saturating_sub(1).saturating_mul(per_page).min(count);
    start..count.min(start + per_page)
}
