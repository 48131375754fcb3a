//! The site as seen from one page: every reference relative to it, and the views of records as others show them.

use std::cell::{Cell, RefCell};

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{Agent, ClaimIx, CommentaryIx, Dossier, EntityIx, Prose, RatingIx, RecordRef, SourceIx, TagIx};
use crate::ids::RecordKind;
use crate::render::html::{Html, encode, set_apart};
use crate::render::view::{
    AgentView, ClaimRow, EntityRow, EssayRow, PageView, Pager, RatingView, RecordLink, Row, SourceRow, TagLink,
};
use crate::render::{dates, description, markdown, terms, theme::Theme};
use crate::route::{Route, Routes};
use crate::site::SitePath;

/// A page's place, from which links are seen.
pub(crate) struct Vantage<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) routes: &'a Routes,
    pub(crate) theme: &'a Theme,
    pub(crate) path: &'a SitePath,
    /// The record whose text is shown, where that is not the page's own.
    pub(super) of: Option<RecordRef>,
    /// How many transclusions surround the text that is being rendered.
    pub(super) depth: usize,
    /// The level of the highest headings of the text that is being rendered.
    pub(super) heading_level: u8,
    /// How many texts have been set apart on this page.
    pub(super) set_apart: &'a Cell<usize>,
    /// What went wrong in the templates of transclusions, which have no way to say so.
    pub(super) failures: &'a RefCell<Vec<Diagnostic>>,
}

impl Vantage<'_> {
    /// A reference to a file of the site, and to a place in it.
    pub(crate) fn reference(&self, path: &SitePath, fragment: Option<&str>) -> String {
        match fragment {
            Some(fragment) if path == self.path => format!("#{}", encode(fragment)),
            Some(fragment) => format!("{}#{}", encode(&self.path.relative(path)), encode(fragment)),
            None => encode(&self.path.relative(path)),
        }
    }

    /// A reference to a page. A page that does not exist is not linked to by this program; the home page stands in.
    pub(crate) fn route(&self, route: Route) -> String {
        let path = self.routes.path(route).or_else(|| self.routes.record(RecordRef::Home));
        path.map(|path| self.reference(path, None)).unwrap_or_default()
    }

    /// A reference to a record's page, and to a place in it that the page promises.
    pub(crate) fn record(&self, record: RecordRef, fragment: Option<&str>) -> String {
        match self.routes.record(record) {
            Some(path) => self.reference(path, fragment.filter(|id| self.routes.promises(path.as_str(), id))),
            None => self.route(Route::Record(RecordRef::Home)),
        }
    }

    pub(crate) fn agent(&self, agent: &Agent) -> AgentView {
        match agent {
            Agent::Entity(ix) => {
                AgentView { name: self.entity(*ix).name.clone(), href: Some(self.record(RecordRef::Entity(*ix), None)) }
            }
            Agent::Source(ix) => AgentView {
                name: self.source(*ix).title.clone(),
                href: Some(self.record(RecordRef::Source(*ix), None)),
            },
            Agent::Name(name) => AgentView { name: name.clone(), href: None },
        }
    }

    pub(crate) fn agents(&self, agents: &[Agent]) -> Vec<AgentView> {
        agents.iter().map(|agent| self.agent(agent)).collect()
    }

    pub(crate) fn rating(&self, rating: Option<RatingIx>) -> RatingView {
        let href = self.route(Route::Rating(rating, 1));
        let rating = rating.and_then(|ix| self.dossier.config.ratings.get(ix.index()));
        let (label, tone, mark) = terms::rated(rating);
        let id = rating.map(|rating| rating.id.clone()).unwrap_or_default();
        RatingView { id, label: label.to_owned(), tone, mark, href }
    }

    pub(crate) fn claim_row(&self, ix: ClaimIx) -> ClaimRow {
        let claim = self.claim(ix);
        ClaimRow {
            href: self.record(RecordRef::Claim(ix), None),
            statement: claim.claim.clone(),
            nature: terms::nature(claim.nature),
            rating: self.rating(claim.rating()),
        }
    }

    pub(crate) fn source_row(&self, ix: SourceIx) -> SourceRow {
        let source = self.source(ix);
        SourceRow {
            href: self.record(RecordRef::Source(ix), None),
            title: source.title.clone(),
            authors: self.agents(&source.authors),
            publisher: source.publisher.as_ref().map(|agent| self.agent(agent)),
            date: source.date.as_ref().map(dates::view),
            kind: terms::source_kind(source.kind),
            language: self.foreign(source.language.as_deref()),
        }
    }

    pub(crate) fn entity_row(&self, ix: EntityIx) -> EntityRow {
        let entity = self.entity(ix);
        EntityRow {
            href: self.record(RecordRef::Entity(ix), None),
            name: entity.name.clone(),
            kind: entity.kind.map(terms::entity_kind),
            role: entity.role.clone(),
        }
    }

    pub(crate) fn essay_row(&self, ix: CommentaryIx) -> EssayRow {
        let essay = &self.dossier.commentary[ix.index()];
        EssayRow {
            href: self.record(RecordRef::Commentary(ix), None),
            title: essay.title.clone(),
            authors: self.agents(&essay.authors),
            date: essay.date.as_ref().map(dates::view),
            summary: essay.summary.clone(),
        }
    }

    /// A record in a list; none for the home page, which stands in no list.
    pub(crate) fn row(&self, record: RecordRef) -> Option<Row> {
        match record {
            RecordRef::Home => None,
            RecordRef::Source(ix) => Some(Row::Source(self.source_row(ix))),
            RecordRef::Claim(ix) => Some(Row::Claim(self.claim_row(ix))),
            RecordRef::Entity(ix) => Some(Row::Entity(self.entity_row(ix))),
            RecordRef::Commentary(ix) => Some(Row::Commentary(self.essay_row(ix))),
        }
    }

    pub(crate) fn record_link(&self, record: RecordRef, fragment: Option<&str>) -> RecordLink {
        let rating = match record {
            RecordRef::Claim(ix) => Some(self.rating(self.claim(ix).rating())),
            _ => None,
        };
        RecordLink {
            kind: record.kind().word(),
            href: self.record(record, fragment),
            title: self.title(record).to_owned(),
            rating,
        }
    }

    /// A record's title, name or statement.
    pub(crate) fn title(&self, record: RecordRef) -> &str {
        match record {
            RecordRef::Home => &self.dossier.config.title,
            RecordRef::Source(ix) => &self.source(ix).title,
            RecordRef::Claim(ix) => &self.claim(ix).claim,
            RecordRef::Entity(ix) => &self.entity(ix).name,
            RecordRef::Commentary(ix) => &self.dossier.commentary[ix.index()].title,
        }
    }

    pub(crate) fn tags(&self, tags: &[TagIx]) -> Vec<TagLink> {
        let view = |&ix: &TagIx| {
            let tag = self.dossier.tags.get(ix.index())?;
            Some(TagLink { name: tag.name.to_string(), href: self.route(Route::Tag(ix, 1)) })
        };
        tags.iter().filter_map(view).collect()
    }

    /// A text of the page's own; none where it is empty.
    pub(crate) fn prose(&self, prose: &Prose) -> Option<Html> {
        let is_empty = prose.markdown.trim().is_empty();
        (!is_empty).then(|| Html::new(&markdown::to_html(prose, self)))
    }

    /// A short text of `record`'s that stands beside others.
    pub(crate) fn inline(&self, prose: &Prose, record: RecordRef) -> Option<Html> {
        let is_empty = prose.markdown.trim().is_empty();
        let inside = Vantage { of: Some(record), ..*self };
        (!is_empty).then(|| Html::new(&self.set_apart(&markdown::to_inline_html(prose, &inside), record)))
    }

    /// A text of `record`'s with ids that no other on this page has; what it refers to and does not have is in this page
    /// or in the record's.
    pub(crate) fn set_apart(&self, html: &str, record: RecordRef) -> String {
        self.set_apart.set(self.set_apart.get() + 1);
        set_apart(html, &format!("q-Text-{}-", self.set_apart.get()), |id| {
            if self.routes.promises(self.path.as_str(), id) {
                return self.reference(self.path, Some(id));
            }
            self.record(record, Some(id))
        })
    }

    /// The same place, under headings of the level before.
    pub(crate) fn under(&self, heading_level: u8) -> Vantage<'_> {
        Vantage { heading_level, ..*self }
    }

    /// The frame around this page.
    pub(crate) fn page(&self, kind: &'static str, section: &'static str, title: impl Into<String>) -> PageView {
        let base = self.dossier.config.base_url.as_ref();
        let title = title.into();
        PageView {
            kind,
            section,
            description: Some(description::of_kind(self, kind, &title)),
            title,
            root: self.path.to_root(),
            path: self.path.to_string(),
            canonical: base.map(|base| address(base, self.path)),
        }
    }

    /// The page of a list among its others.
    pub(crate) fn pager(&self, page: usize, pages: usize, route: impl Fn(usize) -> Route) -> Option<Pager> {
        (pages > 1).then(|| Pager {
            page,
            pages,
            first: self.route(route(1)),
            previous: (page > 1).then(|| self.route(route(page - 1))),
            next: (page < pages).then(|| self.route(route(page + 1))),
            last: self.route(route(pages)),
        })
    }

    /// Renders `template` with the frame as `page` and a view under `name`.
    pub(crate) fn finish(
        &self,
        page: &PageView,
        name: &'static str,
        view: &impl Serialize,
    ) -> Result<String, Diagnostic> {
        self.theme.render_page(page, name, view)
    }

    /// A language, where it is not the dossier's own.
    pub(crate) fn foreign(&self, language: Option<&str>) -> Option<String> {
        language.filter(|&language| language != self.dossier.config.language).map(str::to_owned)
    }

    pub(crate) fn claim(&self, ix: ClaimIx) -> &crate::dossier::Claim {
        &self.dossier.claims[ix.index()]
    }

    pub(crate) fn source(&self, ix: SourceIx) -> &crate::dossier::Source {
        &self.dossier.sources[ix.index()]
    }

    pub(crate) fn entity(&self, ix: EntityIx) -> &crate::dossier::Entity {
        &self.dossier.entities[ix.index()]
    }
}

/// The absolute address of a file of the site; a folder's own page is the folder.
pub(crate) fn address(base: &str, path: &SitePath) -> String {
    let path = path.as_str();
    let path = if path == "index.html" { "" } else { path };
    format!("{base}{}", encode(path))
}

/// The heading of a list of a kind, and of its part of the site.
pub(crate) fn kind_heading(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Source => "Sources",
        RecordKind::Claim => "Claims",
        RecordKind::Entity => "People, places, organisations",
        RecordKind::Commentary => "Commentary",
        RecordKind::Home => "Home page",
    }
}
