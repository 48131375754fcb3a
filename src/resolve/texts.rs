//! All Markdown of a dossier's own, each text with its place.

use crate::dossier::{Dossier, Prose, ProsePlace, RecordRef};
use crate::files::FileId;

/// One of a record's texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnText<'d> {
    pub(crate) record: RecordRef,
    pub(crate) file: FileId,
    pub(crate) place: ProsePlace,
    pub(crate) prose: &'d Prose,
}

/// All of them, by record, then in the order of [`Dossier::texts`].
pub(crate) fn all(dossier: &Dossier) -> impl Iterator<Item = OwnText<'_>> {
    let home = dossier.home.as_ref().map(|home| home.file);
    dossier.with_prose().flat_map(move |record| {
        let file = dossier.meta(record).map(|meta| meta.file).or(home);
        let texts = file.into_iter().flat_map(move |file| dossier.texts(record).map(move |text| (file, text)));
        texts.map(move |(file, (place, prose))| OwnText { record, file, place, prose })
    })
}
