//! References seen from where they lead: relations from the claims that they name, entities from what names them.

use crate::dossier::{Agent, ClaimIx, Dossier, EntityIx, SourceIx};

/// Fills in what other claims do to each claim, by claim, then index.
pub(crate) fn relations(dossier: &mut Dossier) {
    let drawn: Vec<(ClaimIx, ClaimIx, usize)> = (0..)
        .map(ClaimIx)
        .zip(&dossier.claims)
        .flat_map(|(from, claim)| {
            claim.relations.iter().enumerate().map(move |(n, relation)| (relation.claim, from, n))
        })
        .collect();
    for (to, from, n) in drawn {
        if let Some(claim) = dossier.claims.get_mut(to.index()) {
            claim.related_by.push((from, n));
        }
    }
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
