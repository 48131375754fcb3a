//! The site as seen from one page: every reference relative to it, and the views of records as others show them.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use serde::Serialize;

use crate::data::Addresses;
use crate::data::names::name;
use crate::date::Date;
use crate::diag::Diagnostic;
use crate::dossier::{Agent, ClaimIx, CommentaryIx, Dossier, EntityIx, Prose, RatingIx, RecordRef, SourceIx, TagIx};
use crate::ids::RecordKind;
use crate::render::html::{Html, encode, has_ids, set_apart};
use crate::render::pieces::{Made, Of, Part, Piece, Pieces};
use crate::render::view::{
    AgentView, AlternateView, ClaimRow, EntityRow, EssayRow, FeedLink, FrameView, PageView, Pager, RatingView,
    RecordLink, SourceRow, TagLink, TermView,
};
use crate::render::{dates, description, markdown, terms, theme::Theme};
use crate::route::{DataFile, Route, Routes};
use crate::site::SitePath;

pub(crate) use crate::site::address;

/// A page's place, from which links are seen.
pub(crate) struct Vantage<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) routes: &'a Routes,
    pub(crate) theme: &'a Theme,
    pub(super) pieces: &'a Pieces,
    pub(crate) path: &'a SitePath,
    /// What leads to the site's root: empty, or `../` once a folder.
    pub(super) root: &'a str,
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
    /// A reference to a file of the site, and to a place in it: by way of the root, so that all pages as many folders
    /// deep refer to it alike.
    pub(crate) fn reference(&self, path: &SitePath, fragment: Option<&str>) -> String {
        let own = fragment.is_some() && path == self.path;
        let (root, path) = if own { ("", Cow::Borrowed("")) } else { (self.root, encode(path.as_str())) };
        let fragment = fragment.map(encode);
        let length = root.len() + path.len() + fragment.as_ref().map_or(0, |fragment| "#".len() + fragment.len());
        let mut reference = String::with_capacity(length);
        reference.push_str(root);
        reference.push_str(&path);
        if let Some(fragment) = fragment {
            reference.push('#');
            reference.push_str(&fragment);
        }
        reference
    }

    /// A part of the page that other pages of the site show alike.
    pub(super) fn piece(&self, of: Of, make: impl FnOnce() -> Made) -> Piece {
        self.noting(self.pieces.get(self.root.len() / "../".len(), of, make))
    }

    /// Why the n-th relation of a claim holds, on a claim's page.
    pub(super) fn reasons(&self, relation: (ClaimIx, usize), make: impl FnOnce() -> Made) -> Piece {
        self.noting(self.pieces.reasons(relation, make))
    }

    /// What a claim says in a dispute, on a claim's page.
    pub(super) fn said(&self, ix: ClaimIx, make: impl FnOnce() -> Made) -> Piece {
        self.noting(self.pieces.said(ix, make))
    }

    fn noting(&self, made: Made) -> Piece {
        self.failures.borrow_mut().extend(made.wrong.map(|wrong| *wrong));
        made.piece
    }

    /// A reference to a page. A page that does not exist is not linked to by this program; the home page stands in.
    pub(crate) fn route(&self, route: Route) -> String {
        let path = self.routes.path(route).or_else(|| self.routes.record(RecordRef::Home));
        path.map(|path| self.reference(path, None)).unwrap_or_default()
    }

    /// A reference to a record's page, and to a place in it whose id is one of [`crate::route::promise`].
    pub(crate) fn record(&self, record: RecordRef, fragment: Option<&str>) -> String {
        match self.routes.record(record) {
            Some(path) => self.reference(path, fragment),
            None => self.route(Route::Record(RecordRef::Home)),
        }
    }

    /// A reference to a record's page, and to a place in it if the page promises it: what a text asks for may be left out.
    pub(crate) fn record_or_place(&self, record: RecordRef, fragment: Option<&str>) -> String {
        let promised = |id: &&str| self.routes.promises(Route::Record(record), id);
        self.record(record, fragment.filter(promised))
    }

    pub(crate) fn agent(&self, agent: &Agent) -> Piece {
        const PARTS: &[Part] = &[Part { field: "html", component: "agent", parameter: "a" }];
        let make = || Made::of(self.theme, &AgentView { name: self.name(agent), href: self.agent_href(agent) }, PARTS);
        match agent {
            Agent::Entity(ix) => self.piece(Of::Agent(*ix), make),
            Agent::Source(_) | Agent::Name(_) => self.noting(make()),
        }
    }

    pub(crate) fn agents(&self, agents: &[Agent]) -> Vec<Piece> {
        agents.iter().map(|agent| self.agent(agent)).collect()
    }

    /// Several people as one who says something.
    pub(crate) fn together(&self, agents: &[Agent]) -> Piece {
        let names: Vec<&str> = agents.iter().map(|agent| self.name(agent)).collect();
        self.agent(&Agent::Name(names.join(", ").into()))
    }

    /// The page of somebody's record, where there is one.
    pub(crate) fn agent_href(&self, agent: &Agent) -> Option<String> {
        match agent {
            Agent::Entity(ix) => Some(self.record(RecordRef::Entity(*ix), None)),
            Agent::Source(ix) => Some(self.record(RecordRef::Source(*ix), None)),
            Agent::Name(_) => None,
        }
    }

    /// What somebody is called.
    pub(crate) fn name<'s>(&'s self, agent: &'s Agent) -> &'s str {
        name(self.dossier, agent)
    }

    pub(crate) fn rating(&self, rating: Option<RatingIx>) -> Piece {
        const PARTS: &[Part] = &[
            Part { field: "html", component: "rating", parameter: "r" },
            Part { field: "link", component: "rating_link", parameter: "r" },
        ];
        self.piece(Of::Rating(rating), || {
            let href = self.route(Route::Rating(rating, 1));
            let rating = rating.and_then(|ix| self.dossier.config.ratings.get(ix.index()));
            let (label, tone, mark) = terms::rated(rating);
            let id = rating.map_or("", |rating| &rating.id);
            Made::of(self.theme, &RatingView { id, label, tone, mark, href }, PARTS)
        })
    }

    /// What readers see of a rating, or of none.
    pub(crate) fn rating_label(&self, rating: Option<RatingIx>) -> &str {
        terms::rated(rating.and_then(|ix| self.dossier.config.ratings.get(ix.index()))).0
    }

    pub(crate) fn date(&self, date: &Date) -> Piece {
        const PARTS: &[Part] = &[Part { field: "html", component: "date", parameter: "d" }];
        self.noting(self.pieces.date(date, || Made::of(self.theme, &dates::view(date), PARTS)))
    }

    /// What the lines of a picture stand for.
    pub(crate) fn picture_key(&self, key: &[TermView]) -> Piece {
        let words: Vec<&str> = key.iter().map(|term| term.word).collect();
        self.noting(self.pieces.key(&words.join(" "), || Made::html(self.theme, &key, "picture_key", "key")))
    }

    pub(crate) fn claim_row(&self, ix: ClaimIx) -> Piece {
        const PARTS: &[Part] = &[Part { field: "html", component: "claim_row", parameter: "c" }];
        let record = RecordRef::Claim(ix);
        self.piece(Of::Row(record), || {
            let claim = self.claim(ix);
            let row = ClaimRow {
                r#type: record.kind().word(),
                href: self.record(record, None),
                statement: &claim.claim,
                nature: terms::nature(claim.nature),
                rating: self.rating(claim.rating()),
            };
            Made::of(self.theme, &row, PARTS)
        })
    }

    pub(crate) fn source_row(&self, ix: SourceIx) -> Piece {
        const PARTS: &[Part] = &[
            Part { field: "byline", component: "byline", parameter: "s" },
            Part { field: "html", component: "source_row", parameter: "s" },
            Part { field: "heading", component: "place_heading", parameter: "s" },
        ];
        let record = RecordRef::Source(ix);
        self.piece(Of::Row(record), || {
            let source = self.source(ix);
            let row = SourceRow {
                r#type: record.kind().word(),
                href: self.record(record, None),
                title: &source.title,
                authors: self.agents(&source.authors),
                publisher: source.publisher.as_ref().map(|agent| self.agent(agent)),
                date: source.date.as_ref().map(|date| self.date(date)),
                kind: terms::source_kind(source.kind),
                language: self.foreign(source.language.as_deref()),
            };
            Made::of(self.theme, &row, PARTS)
        })
    }

    pub(crate) fn entity_row(&self, ix: EntityIx) -> Piece {
        const PARTS: &[Part] = &[Part { field: "html", component: "entity_row", parameter: "e" }];
        let record = RecordRef::Entity(ix);
        self.piece(Of::Row(record), || {
            let entity = self.entity(ix);
            let row = EntityRow {
                r#type: record.kind().word(),
                href: self.record(record, None),
                name: &entity.name,
                kind: entity.kind.map(terms::entity_kind),
                role: entity.role.as_deref(),
            };
            Made::of(self.theme, &row, PARTS)
        })
    }

    pub(crate) fn essay_row(&self, ix: CommentaryIx) -> Piece {
        const PARTS: &[Part] = &[Part { field: "html", component: "essay_row", parameter: "c" }];
        let record = RecordRef::Commentary(ix);
        self.piece(Of::Row(record), || {
            let essay = &self.dossier.commentary[ix.index()];
            let row = EssayRow {
                r#type: record.kind().word(),
                href: self.record(record, None),
                title: &essay.title,
                authors: self.agents(&essay.authors),
                date: essay.date.as_ref().map(|date| self.date(date)),
                summary: essay.summary.as_deref(),
            };
            Made::of(self.theme, &row, PARTS)
        })
    }

    /// A record in a list; none for the home page, which stands in no list.
    pub(crate) fn row(&self, record: RecordRef) -> Option<Piece> {
        match record {
            RecordRef::Home => None,
            RecordRef::Source(ix) => Some(self.source_row(ix)),
            RecordRef::Claim(ix) => Some(self.claim_row(ix)),
            RecordRef::Entity(ix) => Some(self.entity_row(ix)),
            RecordRef::Commentary(ix) => Some(self.essay_row(ix)),
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
        self.dossier.title(record)
    }

    pub(crate) fn tags(&self, tags: &[TagIx]) -> Vec<Piece> {
        const PARTS: &[Part] = &[Part { field: "html", component: "tag", parameter: "t" }];
        let piece = |&ix: &TagIx| {
            let name = self.dossier.tags[ix.index()].name.as_str();
            let view = || TagLink { name, href: self.route(Route::Tag(ix, 1)) };
            self.piece(Of::Tag(ix), || Made::of(self.theme, &view(), PARTS))
        };
        tags.iter().map(piece).collect()
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
        (!is_empty).then(|| Html::new(&self.set_apart(markdown::to_inline_html(prose, &inside), record)))
    }

    /// A text of `record`'s with ids that no other on this page has; what it refers to and does not have is in this page
    /// or in the record's.
    pub(crate) fn set_apart(&self, html: String, record: RecordRef) -> String {
        if !has_ids(&html) {
            return html;
        }
        self.set_apart.set(self.set_apart.get() + 1);
        set_apart(&html, &format!("q-Text-{}-", self.set_apart.get()), |id| {
            if self.routes.find(self.path.as_str()).is_some_and(|page| self.routes.promises(page, id)) {
                return self.reference(self.path, Some(id));
            }
            self.record_or_place(record, Some(id))
        })
    }

    /// The same place, under headings of the level before.
    pub(crate) fn under(&self, heading_level: u8) -> Vantage<'_> {
        Vantage { heading_level, ..*self }
    }

    /// What the frames of all pages of a sort have alike.
    fn frame(&self, kind: &'static str, section: &'static str) -> Piece {
        const PARTS: &[Part] = &[
            Part { field: "open_graph", component: "site_open_graph", parameter: "page" },
            Part { field: "sheets", component: "site_sheets", parameter: "page" },
            Part { field: "scripts", component: "site_scripts", parameter: "page" },
            Part { field: "header", component: "site_header", parameter: "page" },
            Part { field: "footer", component: "site_footer", parameter: "page" },
        ];
        let view = FrameView { kind, section, root: self.root };
        self.noting(self.pieces.frame((self.root.len(), kind, section), || Made::parts(self.theme, &view, PARTS)))
    }

    /// The frame around this page.
    pub(crate) fn page(&self, kind: &'static str, section: &'static str, title: impl Into<String>) -> PageView<'_> {
        let title = title.into();
        let description = description::of_kind(self, kind, &title);
        self.described(kind, section, title, description)
    }

    /// The frame around this page, with a sentence for search engines that is its own.
    pub(crate) fn described(
        &self,
        kind: &'static str,
        section: &'static str,
        title: impl Into<String>,
        description: String,
    ) -> PageView<'_> {
        let base = self.dossier.config.base_url.as_ref();
        PageView {
            kind,
            section,
            description: Some(description),
            title: title.into(),
            root: self.root,
            frame: self.frame(kind, section),
            path: self.path.to_string(),
            canonical: base.map(|base| address(base, self.path)),
            article: None,
            feed: None,
            json_ld: None,
            alternates: Vec::new(),
        }
    }

    /// Where things are, for data in this page.
    pub(super) fn addresses(&self) -> Addresses<'_> {
        Addresses::new(self.dossier, self.routes, self.root)
    }

    /// A file of data about the whole dossier.
    pub(super) fn data_file(&self, file: DataFile) -> AlternateView {
        AlternateView { href: self.route(Route::Data(file)), media_type: file.media_type(), title: file.title() }
    }

    /// The annotations of a source's page.
    pub(super) fn annotations(&self, ix: SourceIx) -> AlternateView {
        AlternateView {
            href: self.route(Route::Annotations(ix)),
            media_type: "application/ld+json",
            title: "Its passages (Web Annotations)",
        }
    }

    /// The feed of a page that has one of its own.
    pub(crate) fn feed(&self, route: Route, title: impl Into<String>) -> Option<FeedLink> {
        self.routes.path(route).map(|path| FeedLink { href: self.reference(path, None), title: title.into() })
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
        page: &PageView<'_>,
        name: &'static str,
        view: &impl Serialize,
    ) -> Result<Vec<u8>, Diagnostic> {
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
