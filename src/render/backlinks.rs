//! Where the dossier's own texts link to a record from, grouped by kind, each with its sentence.

use crate::dossier::{Backlink, Dossier, Prose, ProsePlace, RecordRef};
use crate::ids::RecordKind;
use crate::render::html::Html;
use crate::render::markdown;
use crate::render::vantage::{Vantage, kind_heading};
use crate::render::view::{BacklinkGroup, BacklinkView, RecordLink};

/// The order of the groups.
const KINDS: [RecordKind; 5] =
    [RecordKind::Commentary, RecordKind::Claim, RecordKind::Source, RecordKind::Entity, RecordKind::Home];

pub(crate) fn groups(at: &Vantage<'_>, backlinks: &[Backlink]) -> Vec<BacklinkGroup> {
    let group = |kind: RecordKind| {
        let records = records(at, backlinks.iter().filter(|backlink| backlink.from.kind() == kind));
        (!records.is_empty()).then(|| BacklinkGroup { kind: kind.word(), heading: kind_heading(kind), records })
    };
    KINDS.into_iter().filter_map(group).collect()
}

/// Backlinks of one kind, which come in the order of their records.
fn records<'a>(at: &Vantage<'_>, backlinks: impl Iterator<Item = &'a Backlink>) -> Vec<BacklinkView> {
    let mut views: Vec<BacklinkView> = Vec::new();
    let mut last: Option<(RecordRef, ProsePlace, usize)> = None;
    for backlink in backlinks {
        let here = (backlink.from, backlink.place, backlink.sentence);
        // Two links in one sentence show it once.
        if last == Some(here) {
            continue;
        }
        if last.is_none_or(|(from, ..)| from != backlink.from) {
            let RecordLink { kind, href, title, rating } = at.record_link(backlink.from, None);
            views.push(BacklinkView { kind, href, title, rating, sentences: Vec::new() });
        }
        last = Some(here);
        let Some(prose) = prose(at.dossier, backlink.from, backlink.place) else { continue };
        if backlink.sentence >= prose.sentences.len() {
            continue;
        }
        let inside = Vantage { of: Some(backlink.from), ..*at };
        let html = markdown::sentence_to_html(prose, backlink.sentence, &inside);
        if let Some(view) = views.last_mut() {
            view.sentences.push(Html::new(&at.set_apart(html, backlink.from)));
        }
    }
    views
}

/// One of a record's texts.
fn prose(dossier: &Dossier, record: RecordRef, place: ProsePlace) -> Option<&Prose> {
    let claim = match record {
        RecordRef::Claim(ix) => dossier.claims.get(ix.index()),
        _ => None,
    };
    match place {
        ProsePlace::Body => dossier.body(record),
        ProsePlace::Relation(n) => claim?.relations.get(n)?.reason.as_ref(),
        ProsePlace::Unaddressed(n) => claim?.relations.get(n)?.unaddressed.as_deref(),
        ProsePlace::Verdict(n) => claim?.verdicts.get(n)?.reason.as_ref(),
        ProsePlace::Correction(n) => claim?.corrections.get(n).map(|correction| &correction.text),
    }
}
