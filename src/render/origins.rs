//! Who is behind a claim, in numbers and names, and in sentences: "4 appearances in 2 sources, 1 origin: Dmitri Peskov.
//! Every report passes through RIA."

use serde::Serialize;

use crate::dossier::{Agent, Claim, Origin, Tally};
use crate::render::escape::escape;
use crate::render::pieces::Piece;
use crate::render::terms;
use crate::render::vantage::Vantage;

/// So many origins are named, the others counted.
const NAMED: usize = 8;

/// A claim's origins, in numbers and names.
#[derive(Debug, Serialize)]
pub(crate) struct OriginsView {
    /// How many appearances assert it.
    pub(crate) appearances: usize,
    /// In how many sources.
    pub(crate) sources: usize,
    /// How many distinct origins they have.
    pub(crate) count: usize,
    /// The first of these.
    pub(crate) origins: Vec<OriginView>,
    /// How many more there are.
    pub(crate) more: usize,
    /// Those whom every chain passes through.
    pub(crate) through: Vec<Piece>,
    /// Where it is denied.
    pub(crate) denied: Option<TallyView>,
    /// Where it is questioned.
    pub(crate) questioned: Option<TallyView>,
}

/// So many appearances in so many sources.
#[derive(Debug, Serialize)]
pub(crate) struct TallyView {
    pub(crate) appearances: usize,
    pub(crate) sources: usize,
}

/// One origin.
#[derive(Debug, Serialize)]
pub(crate) struct OriginView {
    /// Who.
    pub(crate) agent: Piece,
    /// The names that sources use for it, other than its own.
    pub(crate) named_as: Vec<String>,
    /// Whether its name is withheld.
    pub(crate) anonymous: bool,
    /// How many appearances start with it.
    pub(crate) appearances: usize,
}

pub(crate) fn view(at: &Vantage<'_>, claim: &Claim) -> OriginsView {
    let origin = |origin: &Origin| {
        let name = at.name(&origin.who);
        OriginView {
            named_as: origin.named_as.iter().filter(|called| *called != name).cloned().collect(),
            agent: at.agent(&origin.who),
            anonymous: origin.anonymous,
            appearances: origin.appearances.len(),
        }
    };
    let tally = |tally: Tally| {
        (tally.appearances > 0).then_some(TallyView { appearances: tally.appearances, sources: tally.sources })
    };
    let origins = &claim.origins;
    OriginsView {
        appearances: origins.asserted.appearances,
        sources: origins.asserted.sources,
        count: origins.origins.len(),
        origins: origins.origins.iter().take(NAMED).map(origin).collect(),
        more: origins.origins.len().saturating_sub(NAMED),
        through: at.agents(&origins.through),
        denied: tally(origins.denied),
        questioned: tally(origins.questioned),
    }
}

/// The sentences as HTML.
pub(crate) fn sentences(at: &Vantage<'_>, claim: &Claim) -> String {
    let origins = &claim.origins;
    let mut html = if origins.asserted.appearances == 0 {
        "No appearance asserts it.".to_owned()
    } else {
        let names: Vec<String> = origins.origins.iter().map(|origin| named(at, origin)).collect();
        let count = terms::number(names.len(), "origin", "origins");
        format!("{}, {count}: {}.", terms::tally(origins.asserted), join(&names))
    };
    if !origins.through.is_empty() {
        let names: Vec<String> = origins.through.iter().map(|agent| link(at, agent)).collect();
        html.push_str(&format!(" Every report passes through {}.", join(&names)));
    }
    if origins.denied.appearances > 0 {
        html.push_str(&format!(" Denied in {}.", terms::tally(origins.denied)));
    }
    if origins.questioned.appearances > 0 {
        html.push_str(&format!(" Questioned in {}.", terms::tally(origins.questioned)));
    }
    html
}

fn named(at: &Vantage<'_>, origin: &Origin) -> String {
    let mut html = link(at, &origin.who);
    if origin.anonymous {
        html.push_str(" (name withheld)");
    }
    html
}

fn link(at: &Vantage<'_>, agent: &Agent) -> String {
    let name = escape(at.name(agent));
    match at.agent_href(agent) {
        Some(href) => format!("<a href=\"{}\">{name}</a>", escape(&href)),
        None => name,
    }
}

/// "A", "A and B", "A, B and C".
pub(crate) fn join(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
