//! References seen from where they lead: relations from the claims that they name, entities from what names them.

use rayon::prelude::*;

use crate::dossier::{Agent, Claim, ClaimIx, Dossier, Entity, EntityIx, RecordRef, Relation, SourceIx};
use crate::resolve::changed::Changed;

/// The claims that a claim states a relation to.
pub(crate) fn related(dossier: &Dossier, from: RecordRef) -> Vec<(ClaimIx, ClaimIx)> {
    let RecordRef::Claim(from) = from else { return Vec::new() };
    let claim = dossier.claims.get(from.index());
    claim.into_iter().flat_map(|claim| &claim.relations).map(|relation| (relation.claim, from)).collect()
}

/// Fills in what other claims do to each claim, by claim, then index. A symmetric relation that the claim states itself
/// is not among it: it would be shown twice.
///
/// `before` and `now` are the relations of changed claims, as [`related`] has them. What is done to a claim can change
/// with its own relations too, so each claim at either end is gone through: all claims that may do something to it are
/// those that did, those that it has a relation with, and those that changed.
pub(crate) fn relations(dossier: &mut Dossier, before: Vec<(ClaimIx, ClaimIx)>, now: Vec<(ClaimIx, ClaimIx)>) {
    let ends = before.into_iter().chain(now).flat_map(|(to, from)| [(to, from), (from, to)]);
    let mut pairs: Vec<(ClaimIx, ClaimIx)> = ends.collect();
    pairs.sort_unstable();
    pairs.dedup();
    let renewed = |pairs: &[(ClaimIx, ClaimIx)]| {
        let to = pairs.first()?.0;
        let claim = dossier.claims.get(to.index())?;
        let mut others: Vec<ClaimIx> = pairs.iter().map(|(_, other)| *other).collect();
        others.extend(claim.related_by.iter().map(|(from, _)| *from));
        others.sort_unstable();
        others.dedup();
        Some((to, others.into_iter().flat_map(|from| done(dossier, from, claim, to)).collect()))
    };
    let groups: Vec<&[(ClaimIx, ClaimIx)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
    let renewed: Vec<(ClaimIx, Vec<(ClaimIx, usize)>)> = groups.into_par_iter().filter_map(renewed).collect();
    for (to, related_by) in renewed {
        if let Some(claim) = dossier.claims.get_mut(to.index()) {
            *claim.related_by = related_by;
        }
    }
}

/// What the claim `from` does to `claim`, whose index is `to`.
fn done(dossier: &Dossier, from: ClaimIx, claim: &Claim, to: ClaimIx) -> Vec<(ClaimIx, usize)> {
    let relations = dossier.claims.get(from.index()).map_or(&[][..], |other| &other.relations);
    let drawn = relations.iter().enumerate().filter(|(_, relation)| relation.claim == to);
    drawn.filter(|(_, drawn)| twin(dossier, drawn, claim, from).is_none()).map(|(n, _)| (from, n)).collect()
}

/// Which relation of `claim` to `other` says the same as `drawn`, a relation of `other` to it: of the same symmetric
/// type, and drawn by the same passage or both by the dossier.
pub(crate) fn twin(dossier: &Dossier, drawn: &Relation, claim: &Claim, other: ClaimIx) -> Option<usize> {
    dossier.config.relation_types.get(drawn.relation_type.index()).filter(|kind| kind.symmetric)?;
    let by = |relation: &Relation| relation.by.as_ref().map(|by| (by.source, by.selector.exact.clone()));
    claim.relations.iter().position(|relation| {
        relation.claim == other && relation.relation_type == drawn.relation_type && by(relation) == by(drawn)
    })
}

/// What somebody is to a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// The claim is about it.
    About(ClaimIx),
    /// It is a link of a chain: claim, appearance, position.
    Attributed(ClaimIx, usize, usize),
    /// It wrote the source.
    Wrote(SourceIx),
    /// It published the source.
    Published(SourceIx),
}

/// The entities that a record's front matter names, each with what it is to the record, once.
pub(crate) fn named(dossier: &Dossier, record: RecordRef) -> Vec<(EntityIx, Part)> {
    let mut found = Vec::new();
    let mut add = |agent: &Agent, part: Part| {
        if let Agent::Entity(entity) = agent
            && !found.contains(&(*entity, part))
        {
            found.push((*entity, part));
        }
    };
    match record {
        RecordRef::Claim(ix) => {
            let Some(claim) = dossier.claims.get(ix.index()) else { return found };
            claim.about.iter().for_each(|about| add(about, Part::About(ix)));
            for (n, appearance) in claim.appearances.iter().enumerate() {
                for (position, link) in appearance.attribution.iter().enumerate() {
                    add(&link.who, Part::Attributed(ix, n, position));
                }
            }
        }
        RecordRef::Source(ix) => {
            let Some(source) = dossier.sources.get(ix.index()) else { return found };
            source.authors.iter().for_each(|author| add(author, Part::Wrote(ix)));
            source.publisher.iter().for_each(|publisher| add(publisher, Part::Published(ix)));
        }
        _ => {}
    }
    found
}

/// Fills in what names each entity: what changed records named `before`, and what they name `now`.
pub(crate) fn entities(
    dossier: &mut Dossier,
    changed: &Changed,
    before: Vec<(EntityIx, Part)>,
    now: Vec<(EntityIx, Part)>,
) {
    let mut touched: Vec<EntityIx> = before.iter().chain(&now).map(|(entity, _)| *entity).collect();
    touched.sort_unstable();
    touched.dedup();
    for ix in &touched {
        if let Some(entity) = dossier.entities.get_mut(ix.index()) {
            forget(entity, changed);
        }
    }
    for (ix, part) in now {
        let Some(entity) = dossier.entities.get_mut(ix.index()) else { continue };
        match part {
            Part::About(claim) => entity.about.push(claim),
            Part::Attributed(claim, n, position) => entity.attributed.push((claim, n, position)),
            Part::Wrote(source) => entity.wrote.push(source),
            Part::Published(source) => entity.published.push(source),
        }
    }
    for ix in &touched {
        let Some(entity) = dossier.entities.get_mut(ix.index()) else { continue };
        entity.about.sort_unstable();
        entity.attributed.sort_unstable();
        entity.wrote.sort_unstable();
        entity.published.sort_unstable();
    }
}

/// Takes out what changed records made an entity to be.
fn forget(entity: &mut Entity, changed: &Changed) {
    entity.about.retain(|claim| !changed.has(RecordRef::Claim(*claim)));
    entity.attributed.retain(|(claim, ..)| !changed.has(RecordRef::Claim(*claim)));
    entity.wrote.retain(|source| !changed.has(RecordRef::Source(*source)));
    entity.published.retain(|source| !changed.has(RecordRef::Source(*source)));
}
