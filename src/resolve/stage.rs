//! The records that changed → their own parts of the dossier, each in its place, with what they leave behind.

use rayon::prelude::*;

use crate::dossier::{Dossier, RecordRef};
use crate::resolve::anchors::Request;
use crate::resolve::changed::Changed;
use crate::resolve::claims;
use crate::resolve::context::{Context, Outcomes};
use crate::resolve::kept::{Left, Lefts, put};
use crate::resolve::{records, sources};

/// The dossier on its way.
pub(crate) struct Stage<'s, 'a> {
    pub(crate) context: &'s Context<'a>,
    pub(crate) dossier: &'s mut Dossier,
    pub(crate) left: &'s mut Lefts,
    /// The passages that are still to be looked for.
    pub(crate) requests: Vec<Request<'a>>,
}

impl Stage<'_, '_> {
    /// Resolves the records that changed. What others give them stays.
    pub(crate) fn resolve(&mut self, changed: &Changed) {
        let context = self.context;
        each(
            &changed.sources(),
            |ix| sources::resolve(context, ix),
            |ix, (source, out)| {
                renew(self.dossier.sources.items_mut(), ix.index(), source, |old, source| {
                    source.meta.backlinks = old.meta.backlinks;
                    source.passages = old.passages;
                });
                self.leave(RecordRef::Source(ix), out);
            },
        );
        self.claims(changed);
        each(
            &changed.entities(),
            |ix| records::entity(context, ix),
            |ix, (entity, out)| {
                renew(self.dossier.entities.items_mut(), ix.index(), entity, |old, entity| {
                    entity.meta.backlinks = old.meta.backlinks;
                    (entity.about, entity.attributed) = (old.about, old.attributed);
                    (entity.wrote, entity.published) = (old.wrote, old.published);
                });
                self.leave(RecordRef::Entity(ix), out);
            },
        );
        each(
            &changed.commentary(),
            |ix| records::commentary(context, ix),
            |ix, (essay, out)| {
                renew(self.dossier.commentary.items_mut(), ix.index(), essay, |old, essay| {
                    essay.meta.backlinks = old.meta.backlinks;
                });
                self.leave(RecordRef::Commentary(ix), out);
            },
        );
        if changed.has(RecordRef::Home)
            && let Some((home, out)) = records::home(context)
        {
            put(self.dossier.home.items_mut(), 0, home);
            self.leave(RecordRef::Home, out);
        }
    }

    fn claims(&mut self, changed: &Changed) {
        let context = self.context;
        each(
            &changed.claims(),
            |ix| claims::resolve(context, ix),
            |ix, resolved| {
                let claims::Resolved { claim, parts, out } = resolved;
                renew(self.dossier.claims.items_mut(), ix.index(), claim, |old, claim| {
                    claim.meta.backlinks = old.meta.backlinks;
                    claim.related_by = old.related_by;
                });
                put(&mut self.left.parts, ix.index(), parts);
                self.leave(RecordRef::Claim(ix), out);
            },
        );
    }
}

impl<'a> Stage<'_, 'a> {
    fn leave(&mut self, record: RecordRef, mut out: Outcomes<'a>) {
        self.left.put(record, Left::of(&mut out));
        self.requests.append(&mut out.requests);
    }
}

/// Puts a record at an index; where there is one already, `keep` takes over what others gave that.
fn renew<T>(list: &mut Vec<T>, index: usize, record: T, keep: impl FnOnce(T, &mut T)) {
    if let Some(old) = put(list, index, record)
        && let Some(record) = list.get_mut(index)
    {
        keep(old, record);
    }
}

/// The records that are resolved before they are put in their places: what a dossier is made from is large.
const CHUNK: usize = 1024;

/// What `resolve` makes of each of these, in parallel; `place` gets it in their order, while the next are resolved.
fn each<Ix: Copy + Send + Sync, T: Send>(
    these: &[Ix],
    resolve: impl Fn(Ix) -> Option<T> + Sync + Send,
    mut place: impl FnMut(Ix, T) + Send,
) {
    let all = |chunk: &[Ix]| -> Vec<_> { chunk.par_iter().map(|&ix| Some((ix, resolve(ix)?))).collect() };
    let mut chunks = these.chunks(CHUNK);
    let mut resolved = chunks.next().map(all);
    while let Some(these) = resolved {
        let place_these = || these.into_iter().flatten().for_each(|(ix, it)| place(ix, it));
        let next = chunks.next();
        resolved = rayon::join(place_these, || next.map(all)).1;
    }
}
