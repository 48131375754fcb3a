//! A record → what Open Graph wants to know of its page as an article (ogp.me, "article"): an element of its `<head>` for
//! each property.

use crate::date::Date;
use crate::dossier::{Agent, RecordRef};
use crate::render::escape::escape_as_templates_into;
use crate::render::html::Html;
use crate::render::vantage::{Vantage, address};

/// When a source, a claim or an essay was published and last changed, as far as that is one certain day; who wrote it,
/// where the dossier has an address and they have records; its tags. A claim is published with its first verdict. None
/// where nothing of that is known.
pub(super) fn of(at: &Vantage<'_>, record: RecordRef) -> Option<Html> {
    let (published, modified, authors): (Option<&Date>, Option<&Date>, &[Agent]) = match record {
        RecordRef::Source(ix) => (at.source(ix).date.as_ref(), None, &at.source(ix).authors),
        RecordRef::Claim(ix) => {
            let claim = at.claim(ix);
            let verdicts = || claim.verdicts.iter().filter_map(|verdict| verdict.date.as_ref());
            let newest = verdicts().chain(claim.corrections.iter().map(|correction| &correction.date)).max();
            (verdicts().next(), newest, &[])
        }
        RecordRef::Commentary(ix) => {
            let essay = &at.dossier.commentary[ix.index()];
            (essay.date.as_ref(), essay.updated.as_ref(), &essay.authors)
        }
        RecordRef::Home | RecordRef::Entity(_) => (None, None, &[]),
    };
    let day = |date: &Date| date.earliest.filter(|_| date.is_exact_day()).map(|day| day.to_string());
    let published = published.and_then(day);
    let modified = modified.and_then(day).filter(|modified| Some(modified) != published.as_ref());
    let mut html = String::new();
    let mut property = |name: &str, content: &str| {
        if !html.is_empty() {
            html.push('\n');
        }
        html.extend(["<meta property=\"article:", name, "\" content=\""]);
        escape_as_templates_into(&mut html, content);
        html.push_str("\">");
    };
    published.iter().for_each(|day| property("published_time", day));
    modified.iter().for_each(|day| property("modified_time", day));
    authors.iter().filter_map(|agent| page(at, agent)).for_each(|author| property("author", &author));
    for tag in at.dossier.meta(record).map_or(&[][..], |meta| &meta.tags) {
        property("tag", at.dossier.tags[tag.index()].name.as_str());
    }
    (!html.is_empty()).then(|| Html::new(&html))
}

/// The address of somebody's page.
fn page(at: &Vantage<'_>, agent: &Agent) -> Option<String> {
    let base = at.dossier.config.base_url.as_ref()?;
    match agent {
        Agent::Entity(ix) => Some(address(base, at.routes.record(RecordRef::Entity(*ix))?)),
        Agent::Source(_) | Agent::Name(_) => None,
    }
}
