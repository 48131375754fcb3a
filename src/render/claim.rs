//! A claim's page: the statement, its ledger, who is behind it, the quotations, what it does to other claims.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::dossier::{Anchor, Appearance, Attribution, Claim, ClaimIx, RecordRef, Relation, Variants};
use crate::render::dates::{self, DateView};
use crate::render::html::Html;
use crate::render::origins::{self, OriginsView};
use crate::render::pictures::chain::{self, ChainView};
use crate::render::pictures::neighbourhood::{self, MapView};
use crate::render::vantage::Vantage;
use crate::render::view::{AgentView, BacklinkGroup, ClaimRow, RatingView, RecordLink, SourceRow, TagLink, TermView};
use crate::render::{backlinks, quotation, terms};
use crate::route::promise;
use crate::terms::{Publish, Voice};

#[derive(Serialize)]
struct ClaimView {
    statement: String,
    short: String,
    nature: TermView,
    rating: RatingView,
    about: Vec<AgentView>,
    when: Option<DateView>,
    tags: Vec<TagLink>,
    draft: bool,
    verdicts: Vec<VerdictView>,
    origins: OriginsView,
    chain: Option<ChainView>,
    appearances: Vec<AppearanceView>,
    variants: Vec<VariantsView>,
    relations: Vec<RelationView>,
    related_by: Vec<RelationGroup>,
    map: Option<MapView>,
    corrections: Vec<CorrectionView>,
    body: Option<Html>,
    backlinks: Vec<BacklinkGroup>,
    cite: String,
}

#[derive(Serialize)]
struct VerdictView {
    id: String,
    rating: RatingView,
    date: Option<DateView>,
    by: Option<AgentView>,
    reason: Option<Html>,
    holds: bool,
}

#[derive(Serialize)]
struct AppearanceView {
    id: String,
    source: SourceRow,
    /// The passage in the source's page.
    href: String,
    quotation: Html,
    language: Option<String>,
    locator: Option<String>,
    speech: Option<TermView>,
    stance: TermView,
    voice: TermView,
    attribution: Vec<LinkView>,
    translation: Option<TranslationView>,
    unchecked: bool,
}

#[derive(Serialize)]
struct LinkView {
    agent: AgentView,
    named_as: Option<String>,
    said: Option<DateView>,
    cue: Option<String>,
}

#[derive(Serialize)]
struct TranslationView {
    text: String,
    by: Option<AgentView>,
    language: Option<String>,
}

#[derive(Serialize)]
struct VariantsView {
    speaker: AgentView,
    wordings: Vec<WordingView>,
}

#[derive(Serialize)]
struct WordingView {
    sources: Vec<RecordLink>,
    runs: Vec<Run>,
}

#[derive(Serialize)]
struct Run {
    text: String,
    differs: bool,
}

#[derive(Serialize)]
struct RelationView {
    id: String,
    label: String,
    polarity: &'static str,
    claim: ClaimRow,
    reason: Option<Html>,
    by: Option<DrawnBy>,
}

/// The passage that draws a relation.
#[derive(Serialize)]
struct DrawnBy {
    source: SourceRow,
    href: String,
    quotation: Html,
    unchecked: bool,
}

/// The claims that do the same thing to this one.
#[derive(Serialize)]
struct RelationGroup {
    label: String,
    polarity: &'static str,
    relations: Vec<RelationView>,
}

#[derive(Serialize)]
struct CorrectionView {
    id: String,
    date: DateView,
    text: Option<Html>,
}

pub(super) fn render(at: &Vantage<'_>, ix: ClaimIx) -> Result<String, Diagnostic> {
    let claim = at.claim(ix);
    let view = ClaimView {
        statement: claim.claim.clone(),
        short: claim.short.clone(),
        nature: terms::nature(claim.nature),
        rating: at.rating(claim.rating()),
        about: at.agents(&claim.about),
        when: claim.when.as_ref().map(dates::view),
        tags: at.tags(&claim.meta.tags),
        draft: claim.meta.draft,
        verdicts: verdicts(&at.under(3), ix, claim),
        origins: origins::view(at, claim),
        chain: chain::view(at, claim),
        appearances: claim.appearances.iter().map(|appearance| self::appearance(at, claim, appearance)).collect(),
        variants: claim.variants.iter().map(|variants| self::variants(at, claim, variants)).collect(),
        relations: outgoing(&at.under(4), ix, claim),
        related_by: incoming(&at.under(4), claim),
        map: neighbourhood::view(at, ix),
        corrections: corrections(&at.under(3), ix, claim),
        body: at.under(3).prose(&claim.body),
        backlinks: backlinks::groups(at, &claim.meta.backlinks),
        cite: cite(at, ix, claim),
    };
    let mut page = at.page("claim", "claims", claim.claim.as_str());
    page.description = Some(format!("{}: {}", view.rating.label, claim.claim));
    at.finish(&page, "claim", &view)
}

fn verdicts(at: &Vantage<'_>, ix: ClaimIx, claim: &Claim) -> Vec<VerdictView> {
    let last = claim.verdicts.len().saturating_sub(1);
    let view = |(n, verdict): (usize, &crate::dossier::Verdict)| VerdictView {
        id: promise::verdict_id(n),
        rating: at.rating(Some(verdict.rating)),
        date: verdict.date.as_ref().map(dates::view),
        by: verdict.by.as_ref().map(|agent| at.agent(agent)),
        reason: verdict.reason.as_ref().and_then(|reason| at.inline(reason, RecordRef::Claim(ix))),
        holds: n == last,
    };
    claim.verdicts.iter().enumerate().map(view).collect()
}

fn appearance(at: &Vantage<'_>, claim: &Claim, appearance: &Appearance) -> AppearanceView {
    let (quote, source) = (&appearance.quote, at.source(appearance.quote.source));
    AppearanceView {
        id: promise::appearance_id(at.dossier, claim, appearance),
        source: at.source_row(quote.source),
        href: at.record(RecordRef::Source(quote.source), Some(&appearance.fragment)),
        quotation: Html::new(&quotation::in_sentence(quote, source)),
        language: at.foreign(source.language.as_deref()),
        locator: appearance.locator.clone(),
        speech: appearance.speech.map(terms::speech),
        stance: terms::stance(appearance.stance),
        voice: terms::voice(appearance.voice),
        attribution: appearance.attribution.iter().map(|link| self::link(at, link, source.publish)).collect(),
        translation: appearance.translation.as_ref().map(|translation| TranslationView {
            text: translation.text.clone(),
            by: translation.by.as_ref().map(|agent| at.agent(agent)),
            language: translation.language.clone(),
        }),
        unchecked: quote.anchor == Anchor::Unchecked,
    }
}

fn link(at: &Vantage<'_>, link: &Attribution, publish: Publish) -> LinkView {
    let agent = at.agent(&link.who);
    LinkView {
        named_as: link.named_as.clone().filter(|name| *name != agent.name),
        agent,
        said: link.said.as_ref().map(dates::view),
        // Of a record, only the quotations are published.
        cue: link.cue.as_ref().filter(|_| publish != Publish::Record).map(|cue| cue.text.clone()),
    }
}

fn variants(at: &Vantage<'_>, claim: &Claim, variants: &Variants) -> VariantsView {
    let wording = |wording: &crate::dossier::Wording| WordingView {
        sources: wording
            .appearances
            .iter()
            .filter_map(|&n| claim.appearances.get(n))
            .map(|a| at.record_link(RecordRef::Source(a.quote.source), Some(&a.fragment)))
            .collect(),
        runs: word_runs(&wording.words),
    };
    VariantsView { speaker: at.agent(&variants.speaker), wordings: variants.wordings.iter().map(wording).collect() }
}

/// Words in runs that are all in the first wording, or none of them.
fn word_runs(words: &[(String, bool)]) -> Vec<Run> {
    let run = |words: &[(String, bool)]| Run {
        text: words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" "),
        differs: words.first().is_some_and(|(_, shared)| !shared),
    };
    words.chunk_by(|a, b| a.1 == b.1).map(run).collect()
}

fn outgoing(at: &Vantage<'_>, ix: ClaimIx, claim: &Claim) -> Vec<RelationView> {
    let view = |(n, relation): (usize, &Relation)| {
        let kind = &at.dossier.config.relation_types[relation.relation_type.index()];
        self::relation(at, (ix, relation), relation.claim, promise::relation_id(n), kind.label.clone())
    };
    claim.relations.iter().enumerate().map(view).collect()
}

/// What other claims do to this one, by type in the order of the types.
fn incoming(at: &Vantage<'_>, claim: &Claim) -> Vec<RelationGroup> {
    let mut relations: Vec<(ClaimIx, &Relation)> = claim
        .related_by
        .iter()
        .filter_map(|&(other, n)| at.claim(other).relations.get(n).map(|relation| (other, relation)))
        .collect();
    relations.sort_by_key(|(_, relation)| relation.relation_type);
    let group = |relations: &[(ClaimIx, &Relation)]| {
        let kind = &at.dossier.config.relation_types[relations[0].1.relation_type.index()];
        RelationGroup {
            label: kind.inverse.clone(),
            polarity: kind.polarity.word(),
            relations: relations
                .iter()
                .map(|&(other, relation)| {
                    self::relation(at, (other, relation), other, String::new(), kind.inverse.clone())
                })
                .collect(),
        }
    };
    relations.chunk_by(|a, b| a.1.relation_type == b.1.relation_type).map(group).collect()
}

/// `relation` as the page of a claim shows it, with the claim at its `other` end; `by` states it.
fn relation(
    at: &Vantage<'_>,
    (by, relation): (ClaimIx, &Relation),
    other: ClaimIx,
    id: String,
    label: String,
) -> RelationView {
    let kind = &at.dossier.config.relation_types[relation.relation_type.index()];
    RelationView {
        id,
        label,
        polarity: kind.polarity.word(),
        claim: at.claim_row(other),
        reason: relation.reason.as_ref().and_then(|reason| at.inline(reason, RecordRef::Claim(by))),
        by: relation.by.as_ref().map(|quote| DrawnBy {
            source: at.source_row(quote.source),
            href: at.record(RecordRef::Source(quote.source), None),
            quotation: Html::new(&quotation::in_sentence(quote, at.source(quote.source))),
            unchecked: quote.anchor == Anchor::Unchecked,
        }),
    }
}

fn corrections(at: &Vantage<'_>, ix: ClaimIx, claim: &Claim) -> Vec<CorrectionView> {
    let view = |(n, correction): (usize, &crate::dossier::Correction)| CorrectionView {
        id: promise::correction_id(n),
        date: dates::view(&correction.date),
        text: at.inline(&correction.text, RecordRef::Claim(ix)),
    };
    claim.corrections.iter().enumerate().map(view).collect()
}

/// The citation of the page, as plain text.
fn cite(at: &Vantage<'_>, ix: ClaimIx, claim: &Claim) -> String {
    let config = &at.dossier.config;
    let mut cite = format!("“{}” {}.", claim.claim, config.title);
    if let Some(publisher) = config.publisher.as_ref().filter(|publisher| **publisher != config.title) {
        cite.push_str(&format!(" {publisher}."));
    }
    if let Some(verdict) = claim.verdicts.last() {
        let date = verdict.date.as_ref().map(|date| format!(", {}", date.human())).unwrap_or_default();
        cite.push_str(&format!(" Rated “{}”{date}.", at.rating(Some(verdict.rating)).label));
    }
    let path = at.routes.record(RecordRef::Claim(ix));
    if let (Some(base), Some(path)) = (&config.base_url, path) {
        cite.push_str(&format!(" {}", crate::render::vantage::address(base, path)));
    }
    cite
}

/// Whether a voice says more than that the source passes the claim on.
pub(super) fn speaks(voice: Voice) -> Option<TermView> {
    (voice != Voice::Neutral).then(|| terms::voice(voice))
}
