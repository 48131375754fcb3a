//! What is said of a quotation that has no place.

use std::ops::Range;

use crate::anchor::diff::{self, DiffPart};
use crate::anchor::{Candidate, Haystack, NearMiss, Outcome, Placement, Selector};
use crate::diag::{Diagnostic, Severity};
use crate::files::{ByteRange, Span};
use crate::resolve::agents::toml_string;
use crate::resolve::anchors::{Request, Words};
use crate::resolve::captures;
use crate::resolve::context::Context;
use crate::resolve::sources::Text;

/// How many places of an ambiguous quotation are shown.
const PLACES: usize = 20;

/// How a gap between two runs of words is written.
const GAP: &str = " […] ";

/// A request that failed, with all that explaining it needs.
pub(super) struct Failure<'f, 'a> {
    pub(super) context: &'f Context<'a>,
    pub(super) text: &'f Text<'a>,
    pub(super) haystack: &'f Haystack,
    pub(super) request: &'f Request<'a>,
}

impl Failure<'_, '_> {
    /// The error.
    pub(super) fn tell(&self, outcome: Outcome) -> Diagnostic {
        let error = match outcome {
            Outcome::Ambiguous(candidates) => self.ambiguous(&candidates),
            Outcome::NearMiss(near) => self.without_context().unwrap_or_else(|| self.near_miss(near)),
            Outcome::Absent | Outcome::Found(_) => self.without_context().unwrap_or_else(|| self.absent()),
        };
        let source = self.context.shelf.sources.get(self.request.source.index());
        match source {
            Some(source) if source.ast.body.is_none() && captures::has_changed(self.context.input, source.ast) => {
                error.hint(format!("the capture of `{}` has changed since its hash was recorded", source.id))
            }
            _ => error,
        }
    }

    fn error(&self, code: &'static str, range: ByteRange, message: String) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, Some(Span { file: self.request.file, range }), message)
    }

    fn noun(&self) -> &'static str {
        self.request.words.noun()
    }

    fn source(&self) -> String {
        let source = self.context.shelf.sources.get(self.request.source.index());
        source.map_or(String::new(), |source| format!("`{}`", source.id))
    }

    fn place(&self, range: Range<usize>) -> Span {
        self.text.place(self.context.input, range)
    }

    fn line(&self, place: Span) -> usize {
        self.context.input.files.get(place.file).line_column(place.range.start as usize).line
    }

    fn absent(&self) -> Diagnostic {
        let path = &self.context.input.files.get(self.text.file()).path;
        let message = format!("this {} is not in {}", self.noun(), self.source());
        self.error("quote-not-found", self.request.words.range(), message)
            .label("nothing like it stands there")
            .hint(format!("copy the words as they stand in {path}; words left out are written […]"))
    }

    /// Where the words are there, but not beside the prefix or suffix that was given.
    fn without_context(&self) -> Option<Diagnostic> {
        let context = self.request.context?;
        let exact = Selector { exact: self.request.selector.exact.clone(), prefix: None, suffix: None };
        let places: Vec<Placement> = match self.haystack.find(&exact) {
            Outcome::Found(placement) => vec![placement],
            Outcome::Ambiguous(candidates) => candidates.into_iter().map(|candidate| candidate.placement).collect(),
            _ => return None,
        };
        let selector = &self.request.selector;
        let which = match (&selector.prefix, &selector.suffix) {
            (Some(_), Some(_)) => "with this prefix and suffix",
            (Some(_), None) => "after this prefix",
            _ => "before this suffix",
        };
        let message = format!("the quote is in {}, but not {which}", self.source());
        let error = self.error("quote-not-found", context, message).label("does not adjoin the quote there");
        let hint = match places.len() {
            1 => "leave it out: the quote stands in one place only".to_owned(),
            _ => "a prefix ends just before the quote, a suffix begins just after it".to_owned(),
        };
        let error = places
            .iter()
            .take(PLACES)
            .fold(error, |error, place| error.other(self.place(place.extent()), "the quote stands here"));
        Some(error.hint(hint))
    }

    fn near_miss(&self, near: NearMiss) -> Diagnostic {
        let Some(passage) = self.passage(&near.range) else { return self.absent() };
        let exact = &self.request.selector.exact;
        let parts = diff::word_diff(exact, &passage);
        let range = self
            .request
            .words
            .located()
            .and_then(|located| Some(located.locate(single_difference(&located.text, &parts)?)))
            .unwrap_or(self.request.words.range());
        let place = self.place(near.range);
        let line = self.line(place);
        let message = format!("this {} is not in {} word for word", self.noun(), self.source());
        let error = self
            .error("quote-near-miss", range, message)
            .label("differs from the source")
            .other(place, "the closest passage")
            .hint(format!("quoted [-…-] against line {line} {{+…+}}: {}", diff::one_line(&parts)));
        let error = match passage.contains(GAP) {
            true => {
                error.hint("the source leaves words out there: a gap is quoted as […], with three words on each side")
            }
            false => error,
        };
        error.hint(match self.request.words {
            Words::Quote(_) => format!("the source has: quote = {}", toml_string(&passage)),
            Words::Cue(_) => format!("the source has: cue = {}", toml_string(&passage)),
            Words::Quotation(_) => format!("the source has: > {passage}"),
        })
    }

    /// The words of the source in that range on one line, with its gaps.
    fn passage(&self, range: &Range<usize>) -> Option<String> {
        let text = &self.text.text;
        let gaps = text.gaps().iter().copied().filter(|gap| range.contains(gap));
        let mut runs = Vec::new();
        let mut from = range.start;
        for end in gaps.chain(std::iter::once(range.end)) {
            runs.push(text.plain().get(from..end)?.split_whitespace().collect::<Vec<_>>().join(" "));
            from = end;
        }
        Some(runs.join(GAP))
    }

    fn ambiguous(&self, candidates: &[Candidate]) -> Diagnostic {
        let count = candidates.len();
        let message = format!("this {} stands in {} {count} times", self.noun(), self.source());
        let mut error =
            self.error("quote-ambiguous", self.request.words.range(), message).label("which of them is meant?");
        for (n, candidate) in (1..).zip(candidates.iter().take(PLACES)) {
            error = error.other(self.place(candidate.placement.extent()), format!("place {n}"));
        }
        if let Words::Cue(_) | Words::Quotation(_) = self.request.words {
            return error.hint(format!("add words to the {} until it stands in one place only", self.noun()));
        }
        for (n, candidate) in (1..).zip(candidates.iter().take(PLACES)) {
            let line = self.line(self.place(candidate.placement.extent()));
            error = error.hint(match (&candidate.suffix, &candidate.prefix) {
                (Some(suffix), _) => format!("for place {n}, line {line}: suffix = {}", toml_string(suffix)),
                (None, Some(prefix)) => format!("for place {n}, line {line}: prefix = {}", toml_string(prefix)),
                (None, None) => format!("for place {n}, line {line}: quote more of the passage"),
            });
        }
        match count.checked_sub(PLACES + 1) {
            Some(more) => error.hint(format!("and {} more places", more + 1)),
            None => error,
        }
    }
}

/// Where a quotation differs from a passage, as bytes of the quotation, where that is at one place in it.
fn single_difference(exact: &str, parts: &[DiffPart]) -> Option<Range<usize>> {
    let mut at = 0;
    let mut differing: Option<Range<usize>> = None;
    for part in parts {
        let (words, differs) = match part {
            DiffPart::Same(words) => (words.trim(), false),
            DiffPart::Quote(words) => (words.trim(), true),
            DiffPart::Text(_) => continue,
        };
        let start = at + exact.get(at..)?.find(words)?;
        at = start + words.len();
        if differs && !words.is_empty() {
            if differing.is_some() {
                return None;
            }
            differing = Some(start..at);
        }
    }
    differing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_difference_is_underlined_alone() {
        let exact = "Almost all levels of dialogue";
        let parts = diff::word_diff(exact, "Almost every level of dialogue");
        assert_eq!(single_difference(exact, &parts), Some(7..17));
    }

    #[test]
    fn several_differences_are_not() {
        let exact = "one two three four five";
        let parts = diff::word_diff(exact, "one 2 three 4 five");
        assert_eq!(single_difference(exact, &parts), None);
        let parts = diff::word_diff("one three", "one two three");
        assert_eq!(single_difference("one three", &parts), None);
    }
}
