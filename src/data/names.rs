//! What people are called.

use crate::dossier::{Agent, Dossier};

/// The name of somebody.
pub(crate) fn name<'d>(dossier: &'d Dossier, agent: &'d Agent) -> &'d str {
    match agent {
        Agent::Entity(ix) => &dossier.entities[ix.index()].name,
        Agent::Source(ix) => &dossier.sources[ix.index()].title,
        Agent::Name(name) => name,
    }
}

/// The id of somebody's record.
pub(crate) fn id<'d>(dossier: &'d Dossier, agent: &Agent) -> Option<&'d str> {
    match agent {
        Agent::Entity(ix) => Some(dossier.entities[ix.index()].meta.id.as_str()),
        Agent::Source(ix) => Some(dossier.sources[ix.index()].meta.id.as_str()),
        Agent::Name(_) => None,
    }
}
