//! Who is behind a claim: how many appearances, in how many sources, from how many origins.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::dossier::{Agent, Appearance, Claim, Origin, Origins, Source, Tally};
use crate::files::Slice;
use crate::resolve::agents;
use crate::resolve::context::Context;
use crate::terms::{EntityKind, Stance};

/// How many origins most claims have at most.
const FEW: usize = 2;

/// Works out who is behind a claim.
pub(crate) fn of(context: &Context<'_>, claim: &Claim, sources: &[Source]) -> Origins {
    let mut origins: Vec<Origin> = Vec::with_capacity(claim.appearances.len().min(FEW));
    // One claim may have thousands of appearances.
    let (mut places, mut names) = (FxHashMap::default(), FxHashSet::default());
    for (n, appearance) in claim.appearances.iter().enumerate() {
        if appearance.stance != Stance::Asserts {
            continue;
        }
        let who = start(context, appearance, sources);
        let at = *places.entry(who.clone()).or_insert_with(|| {
            let anonymous = is_anonymous(context, &who);
            origins.push(Origin { who, named_as: Vec::new(), anonymous, appearances: Vec::new() });
            origins.len() - 1
        });
        let origin = &mut origins[at];
        origin.appearances.push(n);
        if let Some(name) = appearance.attribution.first().and_then(|link| link.named_as.as_ref())
            && names.insert((at, name))
        {
            origin.named_as.push(name.clone());
        }
    }
    Origins {
        asserted: tally(claim, Stance::Asserts),
        denied: tally(claim, Stance::Denies),
        questioned: tally(claim, Stance::Questions),
        through: through(claim, &origins),
        origins,
    }
}

/// The one with whom an appearance starts: the first link of its chain; without a chain the source's publisher, else
/// its authors, else the source itself. What the source's own voice does with the claim makes it no origin.
pub(crate) fn start(context: &Context<'_>, appearance: &Appearance, sources: &[Source]) -> Agent {
    if let Some(link) = appearance.attribution.first() {
        return link.who.clone();
    }
    let ix = appearance.quote.source;
    let Some(source) = sources.get(ix.index()) else { return Agent::Source(ix) };
    match source.voices() {
        [] => Agent::Source(ix),
        [one] => one.clone(),
        // Several who write together are one origin: counting each would make one report look like many.
        authors => {
            let names: Vec<Slice> = authors.iter().map(|author| agents::name(context, author)).collect();
            Agent::Name(names.join(", ").into())
        }
    }
}

fn is_anonymous(context: &Context<'_>, who: &Agent) -> bool {
    let Agent::Entity(ix) = who else { return false };
    let entity = context.shelf.entities.get(ix.index());
    entity.is_some_and(|entity| entity.ast.kind == Some(EntityKind::Anonymous))
}

fn tally(claim: &Claim, stance: Stance) -> Tally {
    let of_stance = claim.appearances.iter().filter(|appearance| appearance.stance == stance);
    let sources: BTreeSet<_> = of_stance.clone().map(|appearance| appearance.quote.source).collect();
    Tally { appearances: of_stance.count(), sources: sources.len() }
}

/// Those whom the chains of all asserting appearances have, in the first one's order. An appearance without a chain
/// passes through nobody, so that nobody is in all of them.
fn through(claim: &Claim, origins: &[Origin]) -> Vec<Agent> {
    let mut chains = claim
        .appearances
        .iter()
        .filter(|appearance| appearance.stance == Stance::Asserts)
        .map(|appearance| &appearance.attribution);
    let Some(first) = chains.next() else { return Vec::new() };
    let rest: Vec<_> = chains.collect();
    let sole = match origins {
        [origin] => Some(&origin.who),
        _ => None,
    };
    let mut through: Vec<Agent> = Vec::new();
    for link in first {
        let in_all = rest.iter().all(|chain| chain.iter().any(|other| other.who == link.who));
        if in_all && Some(&link.who) != sole && !through.contains(&link.who) {
            through.push(link.who.clone());
        }
    }
    through
}
