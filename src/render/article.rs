//! A record → what Open Graph wants to know of its page as an article (ogp.me, "article").

use serde::Serialize;

use crate::date::Date;
use crate::dossier::{Agent, RecordRef};
use crate::render::vantage::{Vantage, address};

/// When it was written and by whom.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleView {
    /// The day on which it was published, `YYYY-MM-DD`; a claim's is that of its first verdict.
    published: Option<String>,
    /// The day on which it was last changed, where that is another one.
    modified: Option<String>,
    /// The addresses of the authors' pages, where the dossier has an address and they have records.
    authors: Vec<String>,
    /// Its tags' names.
    tags: Vec<String>,
}

/// What is known of a source, a claim or an essay; only dates that are one certain day.
pub(super) fn of(at: &Vantage<'_>, record: RecordRef) -> ArticleView {
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
    let tags = at.dossier.meta(record).map_or(&[][..], |meta| &meta.tags);
    ArticleView {
        modified: modified.and_then(day).filter(|modified| Some(modified) != published.as_ref()),
        published,
        authors: authors.iter().filter_map(|agent| page(at, agent)).collect(),
        tags: tags.iter().filter_map(|tag| Some(at.dossier.tags.get(tag.index())?.name.to_string())).collect(),
    }
}

/// The address of somebody's page.
fn page(at: &Vantage<'_>, agent: &Agent) -> Option<String> {
    let base = at.dossier.config.base_url.as_ref()?;
    match agent {
        Agent::Entity(ix) => Some(address(base, at.routes.record(RecordRef::Entity(*ix))?)),
        Agent::Source(_) | Agent::Name(_) => None,
    }
}
