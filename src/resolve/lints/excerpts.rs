//! The lint about how much of a source the site shows.

use crate::anchor::Placement;
use crate::diag::Diagnostic;
use crate::dossier::{Anchor, ClaimIx, Quote, RecordRef, Source};
use crate::files::Span;
use crate::resolve::lints::Lints;
use crate::resolve::lints::quotes::{quotes, words};
use crate::terms::Publish;

/// How many of the longest quotations are named.
const NAMED: usize = 5;

/// A source with a limit.
struct Limited {
    /// In words.
    limit: u32,
    /// Where the limit is set, or the source's title where casebook.toml sets it.
    place: Span,
    /// What is quoted of it, with the words of each.
    quoted: Vec<(usize, Span)>,
}

impl Lints<'_, '_> {
    /// The site shows more words of a source than its limit.
    pub(super) fn long_excerpts(&self, found: &mut Vec<Diagnostic>) {
        let mut limits: Vec<Option<Limited>> = (0..self.dossier.sources.len()).map(|n| self.limit(n)).collect();
        if self.is_allowed("long-excerpts") || limits.iter().all(Option::is_none) {
            return;
        }
        self.add_quotations(&mut limits);
        for ((source, limited), entry) in self.dossier.sources.iter().zip(limits).zip(&self.context.shelf.sources) {
            let Some(mut limited) = limited else { continue };
            let shown = shown(source).unwrap_or_else(|| limited.quoted.iter().map(|(words, _)| words).sum());
            if shown <= limited.limit as usize {
                continue;
            }
            let message = format!("the site shows {shown} words of `{}`, and its limit is {}", entry.id, limited.limit);
            let Some(mut lint) = self.at("long-excerpts", limited.place, message) else { continue };
            limited.quoted.sort_by_key(|&(words, place)| (std::cmp::Reverse(words), place));
            for (words, place) in limited.quoted.iter().take(NAMED) {
                lint = lint.other(*place, format!("quotes {words} words"));
            }
            let hint = match source.publish {
                Publish::Full => "`publish = \"excerpts\"` shows only what is quoted".to_owned(),
                Publish::Excerpts => format!(
                    "quote less, or write `publish = \"record\"`, which leaves out the sentences around the {} quotations",
                    limited.quoted.len()
                ),
                Publish::Record => format!("quote less in the {} quotations", limited.quoted.len()),
            };
            found.push(lint.hint(hint));
        }
    }

    /// The limit of the source of that index. The one of casebook.toml is not for texts that are shown whole.
    fn limit(&self, source: usize) -> Option<Limited> {
        let entry = self.context.shelf.sources.get(source)?;
        let own = entry.ast.excerpt_limit.as_ref().map(|limit| (limit.value, limit.range));
        let common = self.dossier.config.excerpt_limit.filter(|_| entry.ast.publish != Publish::Full);
        let (limit, range) = own.or(common.map(|limit| (limit, entry.ast.title.range)))?;
        Some(Limited { limit, place: Span { file: entry.file, range }, quoted: Vec::new() })
    }

    /// Adds what claims and texts quote of the sources with a limit.
    fn add_quotations(&self, limits: &mut [Option<Limited>]) {
        let mut add = |quote: &Quote, place: Span| {
            let Some(Some(limited)) = limits.get_mut(quote.source.index()) else { return };
            let text = self.dossier.sources[quote.source.index()].text.as_ref();
            let placed = |placement: &Placement| {
                let pieces = placement.pieces.iter().filter_map(|piece| text?.plain().get(piece.clone()));
                pieces.map(words).sum()
            };
            let count = match &quote.anchor {
                Anchor::Placed(placement) => placed(placement),
                Anchor::Unchecked => words(&quote.selector.exact),
                Anchor::Failed => return,
            };
            limited.quoted.push((count, place));
        };
        for ix in (0..).map(ClaimIx).take(self.dossier.claims.len()) {
            let Some(one) = self.claim(ix) else { continue };
            quotes(&one).for_each(|(quote, place)| add(quote, place));
        }
        for record in self.dossier.records().filter(|record| !matches!(record, RecordRef::Source(_))) {
            let Some(file) = self.dossier.file_of(record) else { continue };
            for quotation in self.dossier.quotations(record) {
                add(&quotation.quote, Span { file, range: quotation.range });
            }
        }
    }
}

/// How many words of a source's text the site shows; none where the dossier does not have it.
fn shown(source: &Source) -> Option<usize> {
    let text = source.text.as_ref()?;
    Some(source.shown.iter().filter_map(|range| text.plain().get(range.clone())).map(words).sum())
}
