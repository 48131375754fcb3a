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

    /// Takes it back, and puts what the same records give now in its place. Says whose passages that touched.
    pub(crate) fn exchange(
        self,
        dossier: &mut Dossier,
        further: &mut Vec<Vec<Further>>,
        changed: &Changed,
    ) -> Vec<SourceIx> {
        // One after another, so that a large dossier's need not all be held at once.
        let now = changed.gather(|record| backlinks::given(dossier, record));
        Backlinks(dossier).exchange(changed, receivers(self.backlinks), now);
        let now = changed.gather(|record| inverses::related(dossier, record));
        inverses::relations(dossier, self.related, now);
        let now = changed.gather(|record| inverses::named(dossier, record));
        inverses::entities(dossier, changed, self.named, now);
        further.resize_with(dossier.sources.len(), Vec::new);
        let now = changed.gather(|record| shown::named(dossier, record));
        let mut touched = Furthers(further).exchange(changed, receivers(self.further), now);
        let now = changed.gather(|record| shown::quoted(dossier, record));
        touched.extend(Passages(dossier).exchange(changed, receivers(self.passages), now));
        touched.extend(changed.sources());
        touched.sort_unstable();
        touched.dedup();
        shown::fill(dossier, &touched, further);
        let now = changed.gather(|record| timeline::events(dossier, record));
        timeline::renew_timeline(dossier.timeline.items_mut(), changed, &self.events, now);
        let now = changed.gather(|record| timeline::changes(dossier, record));
        timeline::renew_changes(dossier.changes.items_mut(), changed, &self.changes, now);
        let now = changed.gather(|record| matrix::row(dossier, record).into_iter().collect());
        matrix::renew(dossier.matrix.items_mut(), changed, &self.rows, now);
        touched
    }
}

/// Those to whom something was given.
fn receivers<To, Entry>(given: Vec<(To, Entry)>) -> Vec<To> {
    given.into_iter().map(|(to, _)| to).collect()
}
