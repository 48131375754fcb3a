//! What a picture of chains shows → the same as text: an item of a list for each way.

use super::Who;
use crate::dossier::{Appearance, RecordRef};
use crate::render::escape::escape_as_templates_into;
use crate::render::terms;
use crate::render::vantage::Vantage;
use crate::terms::Stance;

/// One way from who said it to where it stands.
pub(super) struct Way<'a> {
    /// From the one who said it on; empty where a source names neither publisher nor author.
    pub(super) agents: Vec<Who<'a>>,
    /// The first that came this way.
    pub(super) appearance: &'a Appearance,
    /// How many came this way.
    pub(super) appearances: usize,
}

impl Way<'_> {
    /// Appends the way as an item.
    pub(super) fn write(&self, at: &Vantage<'_>, html: &mut String) {
        // That somebody asserts it goes without saying.
        let stance = Some(self.appearance.stance).filter(|stance| *stance != Stance::Asserts).map(Stance::word);
        match stance {
            Some(stance) => html.extend(["<li class=\"", stance, "\">"]),
            None => html.push_str("<li>"),
        }
        let mut says = stance;
        for who in &self.agents {
            let agent = match who {
                Who::Agent(agent) => at.agent(agent),
                Who::Authors(authors) => at.together(authors),
                Who::Source(..) => continue,
            };
            html.extend(["<span class=\"step\">", agent.part("html")]);
            if super::is_anonymous(at, who) {
                html.push_str(" (name withheld)");
            }
            if let Some(stance) = says.take() {
                html.extend([" ", stance, " it"]);
            }
            html.push_str(
                "</span> <span class=\"arrow\" aria-hidden=\"true\">→</span> <span class=\"vh\">, then</span> ",
            );
        }
        self.write_source(at, html);
        html.push_str("</li>");
    }

    fn write_source(&self, at: &Vantage<'_>, html: &mut String) {
        let quote = &self.appearance.quote;
        let href = at.record(RecordRef::Source(quote.source), quote.place(&self.appearance.fragment));
        html.push_str("<span class=\"step\"><a href=\"");
        escape_as_templates_into(html, &href);
        html.push_str("\">");
        escape_as_templates_into(html, &at.source(quote.source).title);
        html.push_str("</a>");
        if self.appearances > 1 {
            html.extend([" (", &terms::number(self.appearances, "passage", "passages"), ")"]);
        }
        html.push_str("</span>");
    }
}
