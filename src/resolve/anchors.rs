//! Selectors → anchors: every quotation, cue and passage of the dossier is looked for in its source's text.
//!
//! The texts are gone through in parallel, each made ready once and dropped before the next, since a text made ready
//! takes several times its size.

mod placements;
mod report;

use rayon::prelude::*;

use crate::anchor::{Haystack, Outcome, Placement, Selector};
use crate::diag::Diagnostic;
use crate::dossier::{Anchor, Dossier, Prose, ProsePlace, RecordRef, SourceIx};
use crate::files::{ByteRange, FileId};
use crate::parse::ast;
use crate::resolve::context::Context;
use crate::resolve::sources::Text;

pub(crate) use placements::Placements;

/// A passage to be looked for.
#[derive(Clone, Debug)]
pub(crate) struct Request<'a> {
    /// The record that names it.
    pub(crate) record: RecordRef,
    /// Where in the record the answer goes.
    pub(crate) slot: Slot,
    /// The record's file.
    pub(crate) file: FileId,
    /// Where to look.
    pub(crate) source: SourceIx,
    /// What to look for.
    pub(crate) selector: Selector,
    /// How the words are written.
    pub(crate) words: Words<'a>,
    /// The place of the prefix, else of the suffix.
    pub(crate) context: Option<ByteRange>,
}

/// Where in a record an anchor goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Slot {
    /// The appearance of that index.
    Appearance(usize),
    /// The cue of an appearance's link.
    Cue(usize, usize),
    /// The passage that draws the relation of that index.
    Relation(usize),
    /// The block quotation of that index in a text.
    Quotation(ProsePlace, usize),
    /// What names the passage is an error, and not in the dossier.
    Nowhere,
}

/// How the words that are looked for are written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Words<'a> {
    /// A `quote`.
    Quote(&'a ast::Located),
    /// A `cue`.
    Cue(&'a ast::Located),
    /// A block quotation.
    Quotation(ByteRange),
}

impl Words<'_> {
    /// What readers call them.
    fn noun(self) -> &'static str {
        match self {
            Self::Quote(_) => "quote",
            Self::Cue(_) => "cue",
            Self::Quotation(_) => "block quotation",
        }
    }

    /// Where they stand.
    fn range(self) -> ByteRange {
        match self {
            Self::Quote(located) | Self::Cue(located) => located.range,
            Self::Quotation(range) => range,
        }
    }

    /// The text with its way back to the file, where there is one.
    fn located(&self) -> Option<&ast::Located> {
        match self {
            Self::Quote(located) | Self::Cue(located) => Some(located),
            Self::Quotation(_) => None,
        }
    }
}

/// An answer to a request.
#[derive(Debug)]
pub(crate) struct Answer {
    record: RecordRef,
    slot: Slot,
    anchor: Anchor,
    problem: Option<Box<Diagnostic>>,
}

/// Looks for everything requested. What `known` has of the same words in the same text is not looked for again.
pub(crate) fn find(context: &Context<'_>, mut requests: Vec<Request<'_>>, known: &Placements) -> Vec<Vec<Answer>> {
    let mut answers = Vec::new();
    requests.retain(|request| {
        // Without a text nothing can be checked, and the anchors stay unchecked.
        let Some(Some(text)) = context.texts.get(request.source.index()) else { return false };
        let placement = known.get(request, &text.text);
        answers.extend(placement.map(|placement| request.placed(placement.clone())));
        placement.is_none()
    });
    requests.par_sort_by_key(|request| request.source);
    let by_source: Vec<&[Request<'_>]> = requests.chunk_by(|a, b| a.source == b.source).collect();
    let look = |requests: &[Request<'_>]| {
        let source = requests.first().and_then(|request| context.texts.get(request.source.index()));
        source.and_then(Option::as_ref).map_or_else(Vec::new, |text| in_text(context, text, requests))
    };
    let mut looked: Vec<Vec<Answer>> = by_source.into_par_iter().map(look).collect();
    looked.push(answers);
    looked
}

impl Request<'_> {
    fn placed(&self, placement: Placement) -> Answer {
        Answer { record: self.record, slot: self.slot, anchor: Anchor::Placed(placement), problem: None }
    }
}

fn in_text(context: &Context<'_>, text: &Text<'_>, requests: &[Request<'_>]) -> Vec<Answer> {
    let haystack = Haystack::new(text.text.plain(), text.text.gaps());
    let answer = |request: &Request<'_>| match haystack.find(&request.selector) {
        Outcome::Found(placement) => request.placed(placement),
        failed => {
            let told = report::Failure { context, text, haystack: &haystack, request };
            let problem = Some(Box::new(told.tell(failed)));
            Answer { record: request.record, slot: request.slot, anchor: Anchor::Failed, problem }
        }
    };
    requests.iter().map(answer).collect()
}

/// Puts the answers in their places, and gives what was wrong to `wrong`.
pub(crate) fn apply(dossier: &mut Dossier, answers: Vec<Vec<Answer>>, wrong: &mut dyn FnMut(RecordRef, Diagnostic)) {
    for answer in answers.into_iter().flatten() {
        if let Some(problem) = answer.problem {
            wrong(answer.record, *problem);
        }
        if let Some(anchor) = slot(dossier, answer.record, answer.slot) {
            *anchor = answer.anchor;
        }
    }
}

fn slot(dossier: &mut Dossier, record: RecordRef, slot: Slot) -> Option<&mut Anchor> {
    match (slot, record) {
        (Slot::Appearance(n), RecordRef::Claim(ix)) => {
            Some(&mut dossier.claims.get_mut(ix.index())?.appearances.get_mut(n)?.quote.anchor)
        }
        (Slot::Cue(n, link), RecordRef::Claim(ix)) => {
            let appearance = dossier.claims.get_mut(ix.index())?.appearances.get_mut(n)?;
            Some(&mut appearance.attribution.get_mut(link)?.cue.as_mut()?.anchor)
        }
        (Slot::Relation(n), RecordRef::Claim(ix)) => {
            Some(&mut dossier.claims.get_mut(ix.index())?.relations.get_mut(n)?.by.as_mut()?.anchor)
        }
        (Slot::Quotation(place, n), record) => {
            Some(&mut prose(dossier, record, place)?.quotations.get_mut(n)?.quote.anchor)
        }
        _ => None,
    }
}

fn prose(dossier: &mut Dossier, record: RecordRef, place: ProsePlace) -> Option<&mut Prose> {
    match (record, place) {
        (RecordRef::Home, _) => dossier.home.get_mut(0).map(|home| &mut home.body),
        (RecordRef::Source(_), _) => None,
        (RecordRef::Entity(ix), _) => dossier.entities.get_mut(ix.index()).map(|entity| &mut entity.body),
        (RecordRef::Commentary(ix), _) => dossier.commentary.get_mut(ix.index()).map(|essay| &mut essay.body),
        (RecordRef::Claim(ix), place) => {
            let claim = dossier.claims.get_mut(ix.index())?;
            match place {
                ProsePlace::Body => Some(&mut claim.body),
                ProsePlace::Relation(n) => claim.relations.get_mut(n)?.reason.as_mut(),
                ProsePlace::Unaddressed(n) => claim.relations.get_mut(n)?.unaddressed.as_deref_mut(),
                ProsePlace::Verdict(n) => claim.verdicts.get_mut(n)?.reason.as_mut(),
                ProsePlace::Correction(n) => claim.corrections.get_mut(n).map(|correction| &mut correction.text),
            }
        }
    }
}
