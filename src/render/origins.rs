//! Who is behind a claim, in numbers and names, and in sentences: "4 appearances in 2 sources, 1 origin: Dmitri Peskov.
//! Every report passes through RIA."

use serde::Serialize;

use crate::dossier::{Agent, Claim, Origin, Tally};
use crate::files::Slice;
use crate::render::escape::escape;
use crate::render::html::Html;
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
    /// The first of these, each with how many appearances start with it where there are several; none where nothing
    /// asserts the claim.
    pub(crate) names: Option<Html>,
    /// Those of the first that sources call by names other than their own.
    pub(crate) called: Vec<CalledView>,
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

/// An origin, and what sources call it.
#[derive(Debug, Serialize)]
pub(crate) struct CalledView {
    /// Its own name.
    pub(crate) name: String,
    /// The others.
    pub(crate) named_as: Vec<Slice>,
}

pub(crate) fn view(at: &Vantage<'_>, claim: &Claim) -> OriginsView {
    let tally = |tally: Tally| {
        (tally.appearances > 0).then_some(TallyView { appearances: tally.appearances, sources: tally.sources })
    };
    let called = |origin: &Origin| {
        let name = at.name(&origin.who);
        let named_as: Vec<Slice> = origin.named_as.iter().filter(|called| *called != name).cloned().collect();
        (!named_as.is_empty()).then(|| CalledView { name: name.to_owned(), named_as })
    };
    let origins = &claim.origins;
    OriginsView {
        appearances: origins.asserted.appearances,
        sources: origins.asserted.sources,
        count: origins.origins.len(),
        names: names(at, &origins.origins),
        called: origins.origins.iter().take(NAMED).filter_map(called).collect(),
        through: at.agents(&origins.through),
        denied: tally(origins.denied),
        questioned: tally(origins.questioned),
    }
}

/// "A (2), B (1) and 3 more".
fn names(at: &Vantage<'_>, origins: &[Origin]) -> Option<Html> {
    let mut html = String::new();
    for (n, origin) in origins.iter().take(NAMED).enumerate() {
        html.extend([if n > 0 { ", " } else { "" }, at.agent(&origin.who).part("html")]);
        if origin.anonymous {
            html.push_str(" (name withheld)");
        }
        if origins.len() > 1 {
            html.extend([" (", &origin.appearances.len().to_string(), ")"]);
        }
    }
    if origins.len() > NAMED {
        html.extend([" and ", &(origins.len() - NAMED).to_string(), " more"]);
    }
    (!html.is_empty()).then(|| Html::new(&html))
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
