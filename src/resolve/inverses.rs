//! References seen from where they lead: relations from the claims that they name, entities from what names them.

use crate::dossier::{Agent, Claim, ClaimIx, Dossier, EntityIx, Relation, SourceIx};

/// Fills in what other claims do to each claim, by claim, then index. A symmetric relation that the claim states itself
/// is not among it: it would be shown twice.
pub(crate) fn relations(dossier: &mut Dossier) {
    let drawn: Vec<(ClaimIx, ClaimIx, usize)> = (0..)
        .map(ClaimIx)
        .zip(&dossier.claims)
        .flat_map(|(from, claim)| {
            claim.relations.iter().enumerate().map(move |(n, relation)| (relation.claim, from, n))
        })
        .collect();
    for (to, from, n) in drawn {
        if states_too(dossier, to, from, n) {
            continue;
        }
        if let Some(claim) = dossier.claims.get_mut(to.index()) {
            claim.related_by.push((from, n));
        }
    }
}

/// Whether `claim` states the `n`-th relation of `other` itself, drawn by the same, and the relation is symmetric.
fn states_too(dossier: &Dossier, claim: ClaimIx, other: ClaimIx, n: usize) -> bool {
    let (Some(claim), Some(drawn)) =
        (dossier.claims.get(claim.index()), dossier.claims.get(other.index()).and_then(|c| c.relations.get(n)))
    else {
        return false;
    };
    twin(dossier, drawn, claim, other).is_some()
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

/// Fills in what names each entity.
pub(crate) fn entities(dossier: &mut Dossier) {
    let Dossier { entities, claims, sources, .. } = dossier;
    for (ix, claim) in (0..).map(ClaimIx).zip(claims) {
        for about in &claim.about {
            add(entities, about, |entity| &mut entity.about, ix);
        }
        for (n, appearance) in claim.appearances.iter().enumerate() {
            for (position, link) in appearance.attribution.iter().enumerate() {
                add(entities, &link.who, |entity| &mut entity.attributed, (ix, n, position));
            }
        }
    }
    for (ix, source) in (0..).map(SourceIx).zip(sources) {
        for author in &source.authors {
            add(entities, author, |entity| &mut entity.wrote, ix);
        }
        if let Some(publisher) = &source.publisher {
            add(entities, publisher, |entity| &mut entity.published, ix);
        }
    }
}

/// Adds `what` to a list of the entity that `agent` is, once.
fn add<T: PartialEq>(
    entities: &mut [crate::dossier::Entity],
    agent: &Agent,
    list: impl Fn(&mut crate::dossier::Entity) -> &mut Vec<T>,
    what: T,
) {
    let Agent::Entity(EntityIx(ix)) = agent else { return };
    let Some(entity) = entities.get_mut(*ix as usize) else { return };
    let list = list(entity);
    if list.last() != Some(&what) {
        list.push(what);
    }
}
