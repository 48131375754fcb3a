//! A claim, with everything that its front matter says and what follows from it.

use serde::Serialize;

use super::{AgentData, RecordData, Whole};
use crate::anchor::Grade;
use crate::data::prose;
use crate::dossier::{
    Anchor, Appearance, Attribution, Claim, ClaimIx, Correction, Origins, Quote, RecordRef, Relation, Source, Tally,
    Verdict,
};
use crate::files::Slice;
use crate::terms::{Nature, Publish, Speech, Stance, Voice};

#[derive(Serialize)]
pub(super) struct ClaimData<'a> {
    #[serde(flatten)]
    record: RecordData<'a>,
    claim: &'a str,
    short: &'a str,
    nature: Nature,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<AgentData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<&'a str>,
    /// The one that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<&'a str>,
    appearances: Vec<AppearanceData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    verdicts: Vec<VerdictData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionData<'a>>,
    origins: OriginsData<'a>,
}

/// A passage of a source.
#[derive(Serialize)]
struct QuoteData<'a> {
    source: &'a str,
    quote: String,
    anchor: &'static str,
}

#[derive(Serialize)]
struct AppearanceData<'a> {
    #[serde(flatten)]
    quote: QuoteData<'a>,
    /// The passage's id in the source's page.
    fragment: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    locator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speech: Option<Speech>,
    stance: Stance,
    voice: Voice,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attribution: Vec<AttributionData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation: Option<TranslationData<'a>>,
}

#[derive(Serialize)]
struct AttributionData<'a> {
    who: AgentData<'a>,
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    named_as: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<&'a str>,
}

#[derive(Serialize)]
struct TranslationData<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<AgentData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

#[derive(Serialize)]
struct RelationData<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    claim: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unaddressed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<QuoteData<'a>>,
}

#[derive(Serialize)]
struct VerdictData<'a> {
    rating: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<AgentData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize)]
struct CorrectionData<'a> {
    date: &'a str,
    text: String,
}

#[derive(Serialize)]
struct OriginsData<'a> {
    asserted: TallyData,
    denied: TallyData,
    questioned: TallyData,
    origins: Vec<OriginData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    through: Vec<AgentData<'a>>,
}

#[derive(Serialize)]
struct TallyData {
    appearances: usize,
    sources: usize,
}

#[derive(Serialize)]
struct OriginData<'a> {
    who: AgentData<'a>,
    #[serde(rename = "as", skip_serializing_if = "<[_]>::is_empty")]
    named_as: &'a [Slice],
    anonymous: bool,
    /// Which of the claim's appearances begin with it, from 0.
    appearances: &'a [usize],
}

impl<'a> Whole<'a> {
    pub(super) fn claim(&self, ix: ClaimIx, claim: &'a Claim) -> ClaimData<'a> {
        ClaimData {
            record: self.record(RecordRef::Claim(ix), &claim.meta),
            claim: &claim.claim,
            short: &claim.short,
            nature: claim.nature,
            about: self.agents(&claim.about),
            when: claim.when.as_ref().map(|date| date.as_str()),
            rating: claim.verdicts.last().map(|verdict| self.rating(verdict)),
            appearances: claim.appearances.iter().map(|appearance| self.appearance(appearance)).collect(),
            relations: claim.relations.iter().map(|relation| self.relation(relation)).collect(),
            verdicts: claim.verdicts.iter().map(|verdict| self.verdict(verdict)).collect(),
            corrections: claim.corrections.iter().map(|correction| self.correction(correction)).collect(),
            origins: self.origins(&claim.origins),
        }
    }

    fn quote(&self, quote: &'a Quote) -> QuoteData<'a> {
        let source = self.quoted(quote);
        let anchor = match &quote.anchor {
            Anchor::Placed(placement) => match placement.grade {
                Grade::Exact => "exact",
                Grade::Folded => "folded",
                Grade::Elided => "elided",
            },
            Anchor::Unchecked | Anchor::Failed => "unchecked",
        };
        QuoteData { source: source.meta.id.as_str(), quote: quote.words(source), anchor }
    }

    fn quoted(&self, quote: &Quote) -> &'a Source {
        &self.dossier.sources[quote.source.index()]
    }

    fn appearance(&self, appearance: &'a Appearance) -> AppearanceData<'a> {
        let source = self.quoted(&appearance.quote);
        AppearanceData {
            quote: self.quote(&appearance.quote),
            fragment: &appearance.fragment,
            locator: appearance.locator.as_deref(),
            speech: appearance.speech,
            stance: appearance.stance,
            voice: appearance.voice,
            attribution: appearance.attribution.iter().map(|link| self.attribution(link, source)).collect(),
            translation: appearance.translation.as_ref().map(|translation| TranslationData {
                text: &translation.text,
                by: translation.by.as_ref().map(|by| self.agent(by)),
                language: translation.language.as_deref(),
            }),
        }
    }

    fn attribution(&self, link: &'a Attribution, source: &Source) -> AttributionData<'a> {
        AttributionData {
            who: self.agent(&link.who),
            named_as: link.named_as.as_deref(),
            said: link.said.as_ref().map(|date| date.as_str()),
            // Of a record, only the quotations are published.
            cue: link.cue.as_ref().filter(|_| source.publish != Publish::Record).map(|cue| &*cue.text),
        }
    }

    fn relation(&self, relation: &'a Relation) -> RelationData<'a> {
        RelationData {
            kind: &self.dossier.config.relation_types[relation.relation_type.index()].name,
            claim: self.dossier.claims[relation.claim.index()].meta.id.as_str(),
            reason: relation.reason.as_ref().and_then(|reason| prose::in_line(self.dossier, reason)),
            unaddressed: relation.unaddressed.as_ref().and_then(|open| prose::in_line(self.dossier, open)),
            by: relation.by.as_ref().map(|quote| self.quote(quote)),
        }
    }

    fn rating(&self, verdict: &Verdict) -> &'a str {
        self.dossier.config.ratings.get(verdict.rating.index()).map_or("", |rating| &rating.id)
    }

    fn verdict(&self, verdict: &'a Verdict) -> VerdictData<'a> {
        VerdictData {
            rating: self.rating(verdict),
            date: verdict.date.as_ref().map(|date| date.as_str()),
            by: verdict.by.as_ref().map(|by| self.agent(by)),
            reason: verdict.reason.as_ref().and_then(|reason| prose::in_line(self.dossier, reason)),
        }
    }

    fn correction(&self, correction: &'a Correction) -> CorrectionData<'a> {
        CorrectionData {
            date: correction.date.as_str(),
            text: prose::in_line(self.dossier, &correction.text).unwrap_or_default(),
        }
    }

    fn origins(&self, origins: &'a Origins) -> OriginsData<'a> {
        let tally = |tally: Tally| TallyData { appearances: tally.appearances, sources: tally.sources };
        let origin = |origin: &'a crate::dossier::Origin| OriginData {
            who: self.agent(&origin.who),
            named_as: &origin.named_as,
            anonymous: origin.anonymous,
            appearances: &origin.appearances,
        };
        OriginsData {
            asserted: tally(origins.asserted),
            denied: tally(origins.denied),
            questioned: tally(origins.questioned),
            origins: origins.origins.iter().map(origin).collect(),
            through: self.agents(&origins.through),
        }
    }
}
