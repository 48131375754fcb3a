//! Claims: their appearances, relations and ledgers, each reference looked up.

use std::collections::HashMap;

use crate::anchor::Selector;
use crate::dossier::{
    Anchor, Appearance, Attribution, Claim, ClaimIx, Correction, Cue, Given, Origins, ProsePlace, Quote, RecordRef,
    Relation, SourceIx, Translation, Verdict,
};
use crate::files::{ByteRange, Slice};
use crate::ids::RecordKind;
use crate::parse::ast;
use crate::resolve::agents::Whom;
use crate::resolve::anchors::{Request, Slot, Words};
use crate::resolve::context::{Context, Outcomes, Work};
use crate::resolve::fragments;
use crate::resolve::prose::Quotations;

/// A claim with the parts of its file that it was made from.
#[derive(Debug)]
pub(crate) struct Resolved<'a> {
    pub(crate) claim: Claim,
    pub(crate) parts: Parts,
    pub(crate) out: Outcomes<'a>,
}

/// Which of the parts that a claim's file lists are in the dossier: for each there, its index in the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Parts {
    appearances: Box<[u32]>,
    relations: Box<[u32]>,
    verdicts: Box<[u32]>,
}

impl Parts {
    fn of(ast: &ast::Claim, places: &Places<'_>) -> Self {
        Self {
            appearances: indices(&ast.appearances, &places.appearances),
            relations: indices(&ast.relations, &places.relations),
            verdicts: indices(&ast.verdicts, &places.verdicts),
        }
    }

    /// What the file says for each part.
    pub(crate) fn places<'a>(&self, ast: &'a ast::Claim) -> Places<'a> {
        Places {
            appearances: self.appearances.iter().filter_map(|&n| ast.appearances.get(n as usize)).collect(),
            relations: self.relations.iter().filter_map(|&n| ast.relations.get(n as usize)).collect(),
            verdicts: self.verdicts.iter().filter_map(|&n| ast.verdicts.get(n as usize)).collect(),
        }
    }

    /// What the file says for the n-th relation.
    pub(crate) fn relation<'a>(&self, ast: &'a ast::Claim, n: usize) -> Option<&'a ast::Relation> {
        ast.relations.get(*self.relations.get(n)? as usize)
    }

    /// What the file says for the last verdict.
    pub(crate) fn last_verdict<'a>(&self, ast: &'a ast::Claim) -> Option<&'a ast::Verdict> {
        ast.verdicts.get(*self.verdicts.last()? as usize)
    }
}

/// Which of all these are.
fn indices<T>(all: &[T], these: &[&T]) -> Box<[u32]> {
    let mut these = these.iter().peekable();
    let numbered = (0u32..).zip(all);
    numbered.filter(|(_, one)| these.next_if(|this| std::ptr::eq(**this, *one)).is_some()).map(|(n, _)| n).collect()
}

/// What the file says for each part of a claim that is in the dossier, by the same indices.
#[derive(Debug, Default)]
pub(crate) struct Places<'a> {
    pub(crate) appearances: Vec<&'a ast::Appearance>,
    pub(crate) relations: Vec<&'a ast::Relation>,
    pub(crate) verdicts: Vec<&'a ast::Verdict>,
}

/// Resolves the claim of that index. Parts that refer to nothing are left out, and reported.
pub(crate) fn resolve<'a>(context: &Context<'a>, ix: ClaimIx) -> Option<Resolved<'a>> {
    let entry = context.shelf.claims.get(ix.index())?;
    let ast: &'a ast::Claim = entry.ast;
    let mut work = Work::new(context, entry.file, RecordRef::Claim(ix));
    let mut places = Places::default();
    let mut count = Quotations::of(Some(entry.id));
    let body = work.prose(&ast.body, Some(ProsePlace::Body), &mut count);
    let claim = Claim {
        meta: work.meta(entry.id, &ast.head),
        claim: ast.claim.text.clone(),
        short: short(ast),
        nature: ast.nature,
        about: work.agents(&ast.about, Whom::Entity),
        when: value(&ast.when),
        appearances: work.appearances(ast, entry.id, &mut places),
        relations: work.relations(ast, ix, &mut count, &mut places),
        related_by: Given::to(RecordRef::Claim(ix)),
        verdicts: work.verdicts(ast, &mut count, &mut places),
        corrections: work.corrections(ast, &mut count),
        body,
        origins: Origins::default(),
        variants: Vec::new(),
    };
    Some(Resolved { claim, parts: Parts::of(ast, &places), out: work.out })
}

/// The words of a link: `short`, else the claim without its full stop.
fn short(ast: &ast::Claim) -> Slice {
    match &ast.short {
        Some(short) => short.text.clone(),
        None => {
            let claim = ast.claim.text.trim_end();
            ast.claim.text.part(claim.strip_suffix(['.', '。', '।']).unwrap_or(claim))
        }
    }
}

/// A value without its place.
pub(crate) fn value<T: Clone>(spanned: &Option<ast::Spanned<T>>) -> Option<T> {
    spanned.as_ref().map(|spanned| spanned.value.clone())
}

impl<'a> Work<'_, 'a> {
    fn appearances(
        &mut self,
        ast: &'a ast::Claim,
        id: &crate::ids::RecordId,
        places: &mut Places<'a>,
    ) -> Vec<Appearance> {
        let mut appearances = Vec::with_capacity(ast.appearances.len());
        for made in &ast.appearances {
            let at = appearances.len();
            let source = self.source(&made.quote.source);
            let quote = source.map(|source| self.quote(&made.quote, source, Slot::Appearance(at)));
            let attribution =
                made.attribution.iter().enumerate().map(|(n, link)| self.attribution(link, source, at, n)).collect();
            let translation = made.translation.as_ref().map(|translation| {
                let by = translation.by.as_ref().map(|by| self.agent(by, Whom::Entity));
                Box::new(Translation { text: translation.text.clone(), by, language: translation.language.clone() })
            });
            let Some(quote) = quote else { continue };
            self.check_key(made, quote.source, &appearances, places);
            places.appearances.push(made);
            appearances.push(Appearance {
                quote,
                fragment: fragments::appearance(id, made).into(),
                locator: made.locator.clone(),
                speech: made.speech,
                translation,
                stance: made.stance,
                voice: made.voice,
                attribution,
            });
        }
        appearances
    }

    /// Reports an appearance whose key another one in the same source has, so that both want one fragment id. Where both
    /// name the source by the same id that was said where the file was read; here one of them names it by an alias.
    fn check_key(&mut self, made: &ast::Appearance, source: SourceIx, earlier: &[Appearance], places: &Places<'_>) {
        let key = |made: &ast::Appearance| made.key.as_ref().map(|key| key.value.clone());
        let same =
            |(place, other): &(&&ast::Appearance, &Appearance)| other.quote.source == source && key(place) == key(made);
        let Some((twin, _)) = places.appearances.iter().zip(earlier).find(same) else { return };
        if twin.quote.source.value == made.quote.source.value {
            return;
        }
        let names = format!("`{}` and `{}` are one source", twin.quote.source.value, made.quote.source.value);
        let error = match &made.key {
            None => self.error("missing-key", made.header, format!("{names}, and a second appearance needs a `key`")),
            Some(key) => {
                self.error("duplicate-key", key.range, format!("{names}, and the key `{}` is used twice", key.value))
            }
        };
        let there = self.span(twin.key.as_ref().map_or(twin.header, |key| key.range));
        self.report(
            error
                .other(there, "the other appearance")
                .hint("choose a `key` that tells the two apart, such as `key = \"headline\"`"),
        );
    }

    fn attribution(
        &mut self,
        link: &'a ast::Attribution,
        source: Option<SourceIx>,
        appearance: usize,
        n: usize,
    ) -> Attribution {
        if let (Some(cue), Some(source)) = (&link.cue, source) {
            self.out.requests.push(Request {
                record: self.record,
                slot: Slot::Cue(appearance, n),
                file: self.file,
                source,
                selector: Selector { exact: cue.text.clone(), prefix: None, suffix: None },
                words: Words::Cue(cue),
                context: None,
            });
        }
        Attribution {
            who: self.agent(&link.who, Whom::Speaker),
            named_as: link.named_as.as_ref().map(|name| name.text.clone()),
            said: value(&link.said),
            cue: link.cue.as_ref().map(|cue| Box::new(Cue { text: cue.text.clone(), anchor: Anchor::Unchecked })),
        }
    }

    /// A passage named in front matter, to be looked for.
    fn quote(&mut self, quote: &'a ast::Quote, source: SourceIx, slot: Slot) -> Quote {
        let text = |located: &Option<Box<ast::Located>>| located.as_ref().map(|located| located.text.clone());
        let selector =
            Selector { exact: quote.exact.text.clone(), prefix: text(&quote.prefix), suffix: text(&quote.suffix) };
        self.out.requests.push(Request {
            record: self.record,
            slot,
            file: self.file,
            source,
            selector: selector.clone(),
            words: Words::Quote(&quote.exact),
            context: quote.prefix.as_ref().or(quote.suffix.as_ref()).map(|context| context.range),
        });
        Quote { source, selector, anchor: Anchor::Unchecked }
    }

    fn relations(
        &mut self,
        ast: &'a ast::Claim,
        ix: ClaimIx,
        count: &mut Quotations<'_>,
        places: &mut Places<'a>,
    ) -> Vec<Relation> {
        let mut relations: Vec<Relation> = Vec::with_capacity(ast.relations.len());
        let mut seen = HashMap::new();
        for drawn in &ast.relations {
            let at = relations.len();
            let relation_type = self.relation_type(&drawn.relation_type);
            let claim = self.related(&drawn.claim, ix);
            let by_source = drawn.by.as_ref().map(|by| self.source(&by.quote.source));
            let whole = relation_type.zip(claim).filter(|_| by_source != Some(None));
            let slot = if whole.is_some() { Slot::Relation(at) } else { Slot::Nowhere };
            let by = drawn.by.as_ref().zip(by_source.flatten()).map(|(by, source)| self.quote(&by.quote, source, slot));
            let place = whole.map(|_| ProsePlace::Relation(at));
            let reason = drawn.reason.as_ref().map(|reason| self.prose(reason, place, count));
            let place = whole.map(|_| ProsePlace::Unaddressed(at));
            let unaddressed = drawn.unaddressed.as_ref().map(|open| self.prose(open, place, count));
            let Some((relation_type, claim)) = whole else { continue };
            let drawn_by = by.as_ref().map(|by| (by.source, by.selector.exact.clone()));
            if let Some(first) = seen.insert((relation_type, claim, drawn_by), drawn.header) {
                self.duplicate_relation(drawn, first);
            }
            places.relations.push(drawn);
            let (unaddressed, by) = (unaddressed.map(Box::new), by.map(Box::new));
            relations.push(Relation { relation_type, claim, reason, unaddressed, by });
        }
        relations
    }

    fn relation_type(&mut self, name: &ast::Spanned<Slice>) -> Option<crate::dossier::RelationTypeIx> {
        let found = self.context.relation_types.get(name.value.as_str()).copied();
        if found.is_none() {
            let known = self.context.input.config.relation_types.iter().map(|relation| relation.name.as_str());
            let error =
                self.error("unknown-relation-type", name.range, format!("there is no relation type `{}`", name.value));
            let hint = crate::diag::suggest::did_you_mean(&name.value, known.clone())
                .unwrap_or_else(|| format!("the types are {}", known.collect::<Vec<_>>().join(", ")));
            self.report(error.hint(hint).hint("further types are declared in casebook.toml as [relations.NAME]"));
        }
        found
    }

    fn related(&mut self, claim: &ast::Spanned<crate::ids::RecordId>, ix: ClaimIx) -> Option<ClaimIx> {
        let RecordRef::Claim(related) = self.refer(claim, &[RecordKind::Claim])? else { return None };
        if related == ix {
            let error = self.error("self-relation", claim.range, "a claim cannot be related to itself");
            self.report(error.label("this is the claim of this file").hint("name the other claim"));
            return None;
        }
        Some(related)
    }

    fn duplicate_relation(&mut self, drawn: &ast::Relation, first: ByteRange) {
        let message = format!("the relation `{}` to `{}` is given twice", drawn.relation_type.value, drawn.claim.value);
        let error = self
            .error("duplicate-relation", drawn.header, message)
            .label("here again")
            .other(self.span(first), "first given here")
            .hint("take one of them out, or say with `by` who else draws it");
        self.report(error);
    }

    fn verdicts(&mut self, ast: &'a ast::Claim, count: &mut Quotations<'_>, places: &mut Places<'a>) -> Vec<Verdict> {
        let mut verdicts = Vec::with_capacity(ast.verdicts.len());
        for given in &ast.verdicts {
            let rating = self.context.ratings.get(given.rating.value.as_str()).copied();
            if rating.is_none() {
                self.unknown_rating(&given.rating);
            }
            let place = rating.map(|_| ProsePlace::Verdict(verdicts.len()));
            let reason = given.reason.as_ref().map(|reason| self.prose(reason, place, count));
            let by = given.by.as_ref().map(|by| self.agent(by, Whom::Entity));
            let Some(rating) = rating else { continue };
            places.verdicts.push(given);
            verdicts.push(Verdict { rating, date: value(&given.date), by, reason });
        }
        verdicts
    }

    fn unknown_rating(&mut self, rating: &ast::Spanned<Slice>) {
        let known = self.context.input.config.ratings.iter().map(|rating| rating.id.as_str());
        let hint = crate::diag::suggest::did_you_mean(&rating.value, known.clone())
            .unwrap_or_else(|| format!("the scale is {}", known.collect::<Vec<_>>().join(", ")));
        let error = self.error("unknown-rating", rating.range, format!("there is no rating `{}`", rating.value));
        self.report(error.hint(hint));
    }

    fn corrections(&mut self, ast: &'a ast::Claim, count: &mut Quotations<'_>) -> Vec<Correction> {
        ast.corrections
            .iter()
            .enumerate()
            .map(|(n, correction)| Correction {
                date: correction.date.value.clone(),
                text: self.prose(&correction.text, Some(ProsePlace::Correction(n)), count),
            })
            .collect()
    }
}
