//! A claim → who says it and when, over its appearances: what lists show of it and filter it by.

use crate::date::Date;
use crate::dossier::{Agent, Appearance, Claim, Dossier, SourceIx};
use crate::terms::Stance;

/// Who says it, and not who denies it or asks, each once, in order of appearance: the first link of each chain; without a
/// chain the source's publisher, else its authors, else the source.
pub(super) fn speakers(dossier: &Dossier, claim: &Claim) -> Vec<Agent> {
    let mut speakers = Vec::new();
    for appearance in claim.appearances.iter().filter(|appearance| appearance.stance == Stance::Asserts) {
        for agent in speaking(dossier, appearance) {
            // As short a list as that of a claim's appearances.
            if !speakers.contains(&agent) {
                speakers.push(agent);
            }
        }
    }
    speakers
}

/// Who speaks in one appearance.
pub(super) fn speaking(dossier: &Dossier, appearance: &Appearance) -> Vec<Agent> {
    if let Some(link) = appearance.attribution.first() {
        return vec![link.who.clone()];
    }
    let ix = appearance.quote.source;
    let Some(source) = dossier.sources.get(ix.index()) else { return Vec::new() };
    match source.voices() {
        [] => vec![Agent::Source(ix)],
        voices => voices.to_vec(),
    }
}

/// When it was said, each date once, the earliest first: the first date that a chain gives, else the source's own.
pub(super) fn dates<'a>(dossier: &'a Dossier, claim: &'a Claim) -> Vec<&'a Date> {
    let date = |appearance: &'a Appearance| {
        let said = appearance.attribution.iter().find_map(|link| link.said.as_ref());
        said.or_else(|| dossier.sources.get(appearance.quote.source.index())?.date.as_ref())
    };
    let mut dates: Vec<&Date> = claim.appearances.iter().filter_map(date).collect();
    dates.sort();
    dates.dedup();
    dates
}

/// The sources that it appears in, each once, by index.
pub(super) fn sources(claim: &Claim) -> Vec<SourceIx> {
    let mut sources: Vec<SourceIx> = claim.appearances.iter().map(|appearance| appearance.quote.source).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}
