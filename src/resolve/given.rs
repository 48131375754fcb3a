//! What records give to others and to the whole: backlinks, relations, passages, what is dated.
//!
//! A state of the dossier is made from the one before it by taking back what changed records gave and adding what they
//! give now; the first one by adding what all give.

use crate::dossier::{Backlink, Change, ClaimIx, Dossier, EntityIx, Event, MatrixRow, Passage, RecordRef, SourceIx};
use crate::resolve::backlinks::{self, Backlinks};
use crate::resolve::changed::{Changed, Lists as _};
use crate::resolve::inverses::{self, Part};
use crate::resolve::shown::{self, Further, Furthers, Passages};
use crate::resolve::{matrix, timeline};

/// What some records give.
#[derive(Debug)]
pub(crate) struct Given {
    backlinks: Vec<(RecordRef, Backlink)>,
    related: Vec<(ClaimIx, ClaimIx)>,
    named: Vec<(EntityIx, Part)>,
    passages: Vec<(SourceIx, Passage)>,
    further: Vec<(SourceIx, Further)>,
    events: Vec<Event>,
    changes: Vec<Change>,
    rows: Vec<MatrixRow>,
}

impl Given {
    /// What these records of the dossier give.
    pub(crate) fn by(dossier: &Dossier, changed: &Changed) -> Self {
        Self {
            backlinks: changed.gather(|record| backlinks::given(dossier, record)),
            related: changed.gather(|record| inverses::related(dossier, record)),
            named: changed.gather(|record| inverses::named(dossier, record)),
            passages: changed.gather(|record| shown::quoted(dossier, record)),
            further: changed.gather(|record| shown::named(dossier, record)),
            events: changed.gather(|record| timeline::events(dossier, record)),
            changes: changed.gather(|record| timeline::changes(dossier, record)),
            rows: changed.gather(|record| matrix::row(dossier, record).into_iter().collect()),
        }
    }

    /// Puts it in the place of what the same records gave `before`. Says whose passages that touched.
    pub(crate) fn exchange(
        self,
        dossier: &mut Dossier,
        further: &mut Vec<Vec<Further>>,
        changed: &Changed,
        before: Self,
    ) -> Vec<SourceIx> {
        let receivers = before.backlinks.into_iter().map(|(to, _)| to).collect();
        Backlinks(dossier).exchange(changed, receivers, self.backlinks);
        inverses::relations(dossier, before.related, self.related);
        inverses::entities(dossier, changed, before.named, self.named);
        further.resize_with(dossier.sources.len(), Vec::new);
        let receivers = before.further.into_iter().map(|(to, _)| to).collect();
        let mut touched = Furthers(further).exchange(changed, receivers, self.further);
        let receivers = before.passages.into_iter().map(|(to, _)| to).collect();
        touched.extend(Passages(dossier).exchange(changed, receivers, self.passages));
        touched.extend(changed.sources());
        touched.sort_unstable();
        touched.dedup();
        shown::fill(dossier, &touched, further);
        timeline::renew_timeline(&mut dossier.timeline, changed, &before.events, self.events);
        timeline::renew_changes(&mut dossier.changes, changed, &before.changes, self.changes);
        matrix::renew(&mut dossier.matrix, changed, &before.rows, self.rows);
        touched
    }
}
