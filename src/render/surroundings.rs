//! What the dossier's own Markdown needs to know of the site: targets, words, cards, attributions.

use serde::Serialize;

use crate::date::Date;
use crate::dossier::{Anchor, Quotation, RecordRef, Target};
use crate::render::escape::escape;
use crate::render::html::{Html, encode};
use crate::render::markdown::{self, LinkLabel, Surroundings};
use crate::render::origins;
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::site::SitePath;

/// How many transclusions may stand in each other. A card is a link beyond that, so that texts which show each other
/// twice do not grow without bound.
const MAX_DEPTH: usize = 4;

/// The schemes that a link in the dossier's own text may have; a script is no address.
const SCHEMES: [&str; 5] = ["https:", "http:", "mailto:", "tel:", "ftp:"];

/// A record shown inside a text: the view of `card.html`.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Card {
    Claim { row: Piece, origins: Html },
    Source { row: Piece },
    Entity { row: Piece },
    Commentary { href: String, title: String, heading: Option<String>, html: Option<Html> },
}

impl Surroundings for Vantage<'_> {
    fn href(&self, target: &Target) -> Option<String> {
        match target {
            Target::Record(record, fragment) => Some(self.record_or_place(*record, fragment.as_deref())),
            Target::Here(slug) => Some(match self.of {
                Some(record) => self.record_or_place(record, Some(slug)),
                None => format!("#{}", encode(slug)),
            }),
            Target::Static(path, fragment) => Some(self.reference(&SitePath::new(path.as_str()), fragment.as_deref())),
            Target::External(address) => {
                let known = |scheme: &&str| address.get(..scheme.len()).is_some_and(|a| a.eq_ignore_ascii_case(scheme));
                SCHEMES.iter().any(known).then(|| address.to_string())
            }
            Target::Broken => None,
        }
    }

    fn label(&self, record: RecordRef) -> LinkLabel<'_> {
        match record {
            RecordRef::Claim(ix) => {
                let claim = self.claim(ix);
                let rating = claim.rating().and_then(|ix| self.dossier.config.ratings.get(ix.index()));
                LinkLabel {
                    text: claim.short.as_str().into(),
                    rating: rating.map(|rating| (rating.id.as_str(), rating.label.as_str())),
                }
            }
            other => LinkLabel { text: self.title(other).into(), rating: None },
        }
    }

    fn transclusion(&self, record: RecordRef, fragment: Option<&str>) -> String {
        let card = match record {
            RecordRef::Claim(ix) => {
                let origins = Html::new(&origins::sentences(self, self.claim(ix)));
                Card::Claim { row: self.claim_row(ix), origins }
            }
            RecordRef::Source(ix) => Card::Source { row: self.source_row(ix) },
            RecordRef::Entity(ix) => Card::Entity { row: self.entity_row(ix) },
            RecordRef::Commentary(_) | RecordRef::Home => self.essay_card(record, fragment),
        };
        let mut context = tera::Context::new();
        context.insert("card", &card);
        self.theme.render("card.html", &context).unwrap_or_else(|problem| {
            self.failures.borrow_mut().push(problem);
            String::new()
        })
    }

    fn heading_level(&self) -> u8 {
        self.heading_level
    }

    fn attribution(&self, quotation: &Quotation) -> String {
        let source = self.source(quotation.quote.source);
        let href = self.record(RecordRef::Source(quotation.quote.source), quotation.quote.place(&quotation.fragment));
        let mut html = format!("<cite><a href=\"{}\">{}</a></cite>", escape(&href), escape(&source.title));
        let mut details: Vec<String> =
            source.publisher.iter().chain(&source.authors).take(1).map(|agent| self.name(agent).to_owned()).collect();
        details.extend(source.date.as_ref().map(Date::human));
        for detail in details {
            html.push_str(", ");
            html.push_str(&escape(&detail));
        }
        if quotation.quote.anchor == Anchor::Unchecked {
            html.push_str(" <span class=\"unchecked\">not checked: the dossier has no text of this source</span>");
        }
        html
    }
}

impl Vantage<'_> {
    /// An essay, or its part under a heading, as its own page has it but with ids of its own.
    fn essay_card(&self, record: RecordRef, fragment: Option<&str>) -> Card {
        let body = self.dossier.body(record).filter(|_| self.depth < MAX_DEPTH);
        // Its headings stand beside those of the text around it: how deep that has come is not known here, and a level
        // left out is worse than one too high.
        let inside = Vantage { of: Some(record), depth: self.depth + 1, ..*self };
        let html = body.and_then(|body| match fragment {
            Some(slug) => markdown::section_to_html(body, slug, &inside),
            None => Some(markdown::to_html(body, &inside)),
        });
        let heading = body.zip(fragment).and_then(|(body, slug)| body.headings.iter().find(|h| h.slug == slug));
        Card::Commentary {
            href: self.record_or_place(record, fragment),
            title: self.title(record).to_owned(),
            heading: heading.map(|heading| heading.text.clone()),
            html: html.map(|html| Html::new(&self.set_apart(html, record))),
        }
    }
}
