//! One record of one state → what is compared of it, in words: lists that are in the same order for every record of a kind.

use std::ops::Range;

use crate::anchor::Grade;
use crate::compare::pairs::Pairs;
use crate::compare::passages::Passages;
use crate::compare::{Correction, Link, Named, Outcome, Place, Quotation, Relation, Spot, Verdict};
use crate::dossier::{
    Agent, Anchor, Appearance, Attribution, Claim, Cue, Dossier, Prose, Quote, RecordRef, SourceIx, TagIx,
};
use crate::ids::RecordId;

/// What is compared of a record.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    /// What people call it.
    pub(super) title: String,
    pub(super) fields: Vec<Field>,
    /// Texts of the dossier's own, by name.
    pub(super) texts: Vec<(&'static str, String)>,
    /// The rating that holds: its id.
    pub(super) rating: Option<String>,
    pub(super) verdicts: Vec<Verdict>,
    pub(super) corrections: Vec<Correction>,
    pub(super) quotations: Vec<Quotation>,
    pub(super) relations: Vec<Relation>,
}

/// A field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    /// What it means: two values are the same where this is.
    pub(super) key: String,
    /// What people read; none where it is not set.
    pub(super) shown: Option<String>,
}

impl Field {
    /// A field whose words are what it means.
    pub(super) fn plain(name: &'static str, shown: Option<impl Into<String>>) -> Self {
        let shown = shown.map(Into::into);
        Self { name, key: shown.clone().unwrap_or_default(), shown }
    }

    /// A list of names.
    fn names(name: &'static str, names: &[Named]) -> Self {
        let key = |named: &Named| named.id.as_ref().map_or_else(|| format!("\0{}", named.name), String::clone);
        let keys: Vec<String> = names.iter().map(key).collect();
        Self { name, key: keys.join("\n"), shown: list(names.iter().map(|named| named.name.clone()).collect()) }
    }
}

/// A list in words; none where it is empty.
pub(super) fn list(items: Vec<String>) -> Option<String> {
    (!items.is_empty()).then(|| items.join(", "))
}

/// Reads one state in the words of the newer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub(super) dossier: &'a Dossier,
    pairs: &'a Pairs,
    is_newer: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn older(dossier: &'a Dossier, pairs: &'a Pairs) -> Self {
        Self { dossier, pairs, is_newer: false }
    }

    pub(super) fn newer(dossier: &'a Dossier, pairs: &'a Pairs) -> Self {
        Self { dossier, pairs, is_newer: true }
    }

    /// A record's id in the newer state.
    pub(super) fn id(&self, record: RecordRef) -> String {
        let renamed = if self.is_newer { None } else { self.pairs.renamed(record).map(RecordId::as_str) };
        renamed.unwrap_or_else(|| self.dossier.id_of(record)).to_owned()
    }

    /// A record by what people call it.
    pub(super) fn record(&self, record: RecordRef) -> Named {
        Named { id: Some(self.id(record)), name: self.title(record) }
    }

    pub(super) fn title(&self, record: RecordRef) -> String {
        let dossier = self.dossier;
        let title = match record {
            RecordRef::Home => None,
            RecordRef::Source(ix) => dossier.sources.get(ix.index()).map(|source| &source.title),
            RecordRef::Claim(ix) => dossier.claims.get(ix.index()).map(|claim| &claim.claim),
            RecordRef::Entity(ix) => dossier.entities.get(ix.index()).map(|entity| &entity.name),
            RecordRef::Commentary(ix) => dossier.commentary.get(ix.index()).map(|essay| &essay.title),
        };
        title.map_or("Home page", |title| title.as_str()).to_owned()
    }

    pub(super) fn agent(&self, agent: &Agent) -> Named {
        match agent {
            Agent::Entity(ix) => self.record(RecordRef::Entity(*ix)),
            Agent::Source(ix) => self.record(RecordRef::Source(*ix)),
            Agent::Name(name) => Named { id: None, name: name.to_string() },
        }
    }

    /// A field of names.
    pub(super) fn agents(&self, name: &'static str, agents: &[Agent]) -> Field {
        let names: Vec<Named> = agents.iter().map(|agent| self.agent(agent)).collect();
        Field::names(name, &names)
    }

    pub(super) fn tags(&self, tags: &[TagIx]) -> Field {
        let names = tags.iter().filter_map(|tag| self.dossier.tags.get(tag.index()));
        Field::plain("tags", list(names.map(|tag| tag.name.to_string()).collect()))
    }

    pub(super) fn verdicts(&self, claim: &Claim) -> Vec<Verdict> {
        let ratings = &self.dossier.config.ratings;
        let entry = |verdict: &crate::dossier::Verdict| Verdict {
            rating: ratings.get(verdict.rating.0 as usize).map(|rating| rating.id.clone()).unwrap_or_default(),
            date: verdict.date.as_ref().map(|date| date.as_str().to_owned()),
            by: verdict.by.as_ref().map(|by| self.agent(by)),
            reason: markdown(verdict.reason.as_ref()),
        };
        claim.verdicts.iter().map(entry).collect()
    }

    pub(super) fn corrections(&self, claim: &Claim) -> Vec<Correction> {
        let entry = |correction: &crate::dossier::Correction| Correction {
            date: correction.date.as_str().to_owned(),
            text: markdown(Some(&correction.text)),
        };
        claim.corrections.iter().map(entry).collect()
    }

    pub(super) fn relations(&self, claim: &Claim) -> Vec<Relation> {
        let types = &self.dossier.config.relation_types;
        let entry = |relation: &crate::dossier::Relation| {
            let kind = types.get(relation.relation_type.0 as usize);
            Relation {
                relation: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
                claim: self.record(RecordRef::Claim(relation.claim)),
                reason: markdown(relation.reason.as_ref()),
                unaddressed: markdown(relation.unaddressed.as_deref()),
                by: relation
                    .by
                    .as_ref()
                    .map(|by| (self.record(RecordRef::Source(by.source)), by.selector.exact.to_string())),
            }
        };
        claim.relations.iter().map(entry).collect()
    }

    /// The appearances of a claim.
    pub(super) fn appearances(&self, claim: &Claim, passages: &Passages) -> Vec<Quotation> {
        // What follows the claim's own id in a fragment is the key.
        let fragment = format!("q-{}", claim.meta.id);
        let key = |appearance: &Appearance| {
            let rest = appearance.fragment.strip_prefix(&fragment).unwrap_or_default();
            rest.trim_start_matches('.').to_owned()
        };
        let entry = |appearance: &Appearance| Quotation {
            key: key(appearance),
            fields: fields(self, appearance),
            attribution: appearance.attribution.iter().map(|link| self.link(link)).collect(),
            ..self.quotation(&appearance.quote, passages)
        };
        claim.appearances.iter().map(entry).collect()
    }

    /// The block quotations of a record's texts.
    pub(super) fn block_quotations(&self, record: RecordRef, passages: &Passages) -> Vec<Quotation> {
        let quotations = self.dossier.quotations(record);
        quotations.into_iter().map(|quotation| self.quotation(&quotation.quote, passages)).collect()
    }

    fn quotation(&self, quote: &Quote, passages: &Passages) -> Quotation {
        let (place, outcome) = match &quote.anchor {
            Anchor::Unchecked => (None, Outcome::Unchecked),
            Anchor::Failed => (None, Outcome::Failed),
            Anchor::Placed(placement) => {
                let outcome = match placement.grade {
                    Grade::Exact => Outcome::Exact,
                    Grade::Folded => Outcome::Folded(placement.folds.names()),
                    Grade::Elided => Outcome::Elided,
                };
                (self.place(quote.source, &placement.extent()), outcome)
            }
        };
        Quotation {
            source: self.record(RecordRef::Source(quote.source)),
            words: quote.selector.exact.to_string(),
            prefix: quote.selector.prefix.clone().map(String::from),
            suffix: quote.selector.suffix.clone().map(String::from),
            outcome,
            place: Place {
                block: place.map(|place| place.block + 1),
                spot: place.map(|place| self.spot(quote.source, place, passages)),
            },
            key: String::new(),
            fields: Vec::new(),
            attribution: Vec::new(),
        }
    }

    /// Where bytes of a source's text stand; the block that holds the first is counted from 0.
    fn place(&self, source: SourceIx, bytes: &Range<usize>) -> Option<Spot> {
        let leaves = self.dossier.sources.get(source.index())?.text.as_ref()?.leaves();
        let block = leaves.partition_point(|leaf| leaf.plain.end <= bytes.start);
        let start = bytes.start.saturating_sub(leaves.get(block).map_or(0, |leaf| leaf.plain.start));
        Some(Spot { block, start, len: bytes.len() })
    }

    /// The same place as both states know it.
    fn spot(&self, source: SourceIx, place: Spot, passages: &Passages) -> Spot {
        if self.is_newer {
            return passages.spot_of_newer(source, place);
        }
        match self.pairs.became(RecordRef::Source(source)) {
            Some(RecordRef::Source(source)) => passages.spot_of_older(source, place),
            _ => place,
        }
    }

    fn link(&self, link: &Attribution) -> Link {
        let cue = |cue: &Cue| (cue.text.to_string(), cue.anchor != Anchor::Failed);
        Link {
            who: self.agent(&link.who),
            named_as: link.named_as.clone().map(String::from),
            said: link.said.as_ref().map(|date| date.as_str().to_owned()),
            cue: link.cue.as_deref().map(cue),
        }
    }
}

/// The fields of an appearance besides its words.
fn fields(reader: &Reader<'_>, appearance: &Appearance) -> Vec<(&'static str, Option<String>)> {
    let word = |word: &str| Some(word.to_owned());
    let translation = appearance.translation.as_ref().map(|translation| {
        let by = translation.by.as_ref().map(|by| format!(" (by {})", reader.agent(by).name)).unwrap_or_default();
        let language = translation.language.as_ref().map(|language| format!(" [{language}]")).unwrap_or_default();
        format!("{}{by}{language}", translation.text)
    });
    vec![
        ("locator", appearance.locator.clone().map(String::from)),
        ("speech", appearance.speech.and_then(|speech| word(speech.word()))),
        ("translation", translation),
        ("stance", word(appearance.stance.word())),
        ("voice", word(appearance.voice.word())),
    ]
}

/// A text as it is written; empty where there is none.
pub(super) fn markdown(prose: Option<&Prose>) -> String {
    prose.map(|prose| prose.markdown.trim().to_owned()).unwrap_or_default()
}
