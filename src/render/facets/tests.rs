#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::*;
use crate::render::Renderer;
use crate::render::theme::{Theme, ThemeFiles};
use crate::route::{Route, Routes, fixture};

fn file(dossier: &Dossier, route: Route) -> serde_json::Value {
    let theme = Theme::new(&dossier.config, &ThemeFiles::new()).unwrap();
    let (routes, _) = Routes::of(dossier, &BTreeSet::new());
    let page = Renderer::new(dossier, &routes, &theme).page(route).unwrap();
    let text = String::from_utf8(page.content).unwrap();
    let arguments = text.strip_prefix("casebookList(").unwrap().strip_suffix(");\n").unwrap();
    serde_json::from_str(&format!("[{arguments}]")).unwrap()
}

#[test]
fn facets_say_of_each_row_what_its_record_says() {
    let dossier = fixture::dossier();
    let arguments = file(&dossier, Route::Facets(RecordKind::Claim));
    let (name, number, data) = (&arguments[0], &arguments[1], &arguments[2]);
    assert_eq!((name.as_str(), number.as_u64()), (Some("claims"), Some(0)));
    assert_eq!(data["rows"], dossier.claims.len());
    let (routes, _) = Routes::of(&dossier, &BTreeSet::new());
    let column = data["columns"]["rating"].as_str().unwrap();
    assert_eq!(column.split(',').count(), dossier.claims.len());
    for (&record, value) in routes.all_listed(RecordKind::Claim).iter().zip(column.split(',')) {
        let claim = claim_of(&dossier, record).unwrap();
        let key = &data["names"]["rating"]["keys"][usize::from_str_radix(value, 36).unwrap()];
        let expected = claim.rating().map_or("not-rated", |ix| dossier.config.ratings[ix.index()].id.as_str());
        assert_eq!(key, expected);
    }
}

#[test]
fn titles_stand_in_the_order_of_the_list() {
    let dossier = fixture::dossier();
    let (routes, _) = Routes::of(&dossier, &BTreeSet::new());
    for kind in [RecordKind::Claim, RecordKind::Source, RecordKind::Entity, RecordKind::Commentary] {
        let rows = file(&dossier, Route::Titles(kind, 1));
        let ids: Vec<&str> = rows[2].as_array().unwrap().iter().filter_map(|row| row[0].as_str()).collect();
        let expected: Vec<&str> = routes.all_listed(kind).iter().map(|&record| dossier.id_of(record)).collect();
        assert_eq!(ids, expected);
    }
}
