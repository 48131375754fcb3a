//! The dossier's own Markdown: its links to what they lead to, its block quotations to requests for their passages.

use crate::anchor::Selector;
use crate::diag::{Diagnostic, Severity};
use crate::dossier::{Anchor, Link, Prose, ProsePlace, Quotation, Quote, RecordRef};
use crate::ids::RecordId;
use crate::parse::ast;
use crate::resolve::anchors::{Request, Slot, Words};
use crate::resolve::context::Work;
use crate::resolve::fragments;
use crate::resolve::names::Known;

/// Counts the block quotations of a record over its texts.
#[derive(Debug)]
pub(crate) struct Quotations<'i> {
    id: Option<&'i RecordId>,
    next: usize,
}

impl<'i> Quotations<'i> {
    /// None yet, of the record of that id; the home page has none.
    pub(crate) fn of(id: Option<&'i RecordId>) -> Self {
        Self { id, next: 1 }
    }
}

impl<'a> Work<'_, 'a> {
    /// A text, resolved. `place` says which of the record's texts it is; none where what it belongs to is an error and
    /// not part of the dossier, so that only what is wrong in it is reported.
    pub(crate) fn prose(
        &mut self,
        prose: &'a ast::Prose,
        place: Option<ProsePlace>,
        count: &mut Quotations<'_>,
    ) -> Prose {
        let links = prose
            .links
            .iter()
            .map(|link| Link { form: link.form, target: self.target(link), sentence: link.sentence, range: link.range })
            .collect();
        let mut quotations = Vec::new();
        for quotation in &prose.quotations {
            let Some(RecordRef::Source(source)) = fragments::quoted_source(&self.context.names, quotation) else {
                continue;
            };
            let selector = Selector { exact: quotation.exact.clone(), prefix: None, suffix: None };
            self.out.requests.push(Request {
                record: self.record,
                slot: place.map_or(Slot::Nowhere, |place| Slot::Quotation(place, quotations.len())),
                file: self.file,
                source,
                selector: selector.clone(),
                words: Words::Quotation(quotation.range),
                context: None,
            });
            let fragment = fragments::quotation(count.id, count.next);
            count.next += 1;
            let quote = Quote { source, selector, anchor: Anchor::Unchecked };
            quotations.push(Quotation { quote, nth: quotation.nth, fragment: fragment.into(), range: quotation.range });
        }
        for &stray in &prose.strays {
            self.stray_attribution(&prose.links[stray]);
        }
        Prose {
            markdown: prose.markdown.text.clone(),
            links,
            headings: prose.headings.clone(),
            quotations: quotations.into(),
            sentences: prose.sentences.clone(),
        }
    }

    /// Says that a link below a quotation does not name its source.
    fn stray_attribution(&mut self, link: &ast::Link) {
        let source = RecordId::new(&link.target).and_then(|id| self.context.names.get(&id));
        if let Some(Known::Record(RecordRef::Source(_))) = source {
            let message = "this stands below the quotation and not in it, so that the quotation is not checked";
            let place = Some(self.span(link.range));
            let warning = Diagnostic::new(Severity::Warning, "stray-attribution", place, message);
            self.report(warning.hint("begin this line with `>`, and the empty line above it too"));
        }
    }
}
