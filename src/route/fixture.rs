//! A small dossier made by hand, for the tests of the stages that start from one: three sources (excerpts, a record
//! without text, one in full), four claims, three entities, two essays.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::anchor::{Folds, Grade, Placement, Selector};
use crate::config::{Config, Rating, RelationType};
use crate::date::Date;
use crate::dossier::*;
use crate::files::{ByteRange, FileId};
use crate::ids::RecordId;
use crate::parse::ast::{Heading, LinkForm, SentencePart};
use crate::terms::{EntityKind, Extent, Nature, Polarity, Publish, SourceKind, Speech, Stance, Tone, Voice};
use crate::text::SourceText;

pub(crate) const ARTICLE: SourceIx = SourceIx(0);
pub(crate) const LETTER: SourceIx = SourceIx(1);
pub(crate) const POST: SourceIx = SourceIx(2);

/// Words of the article that the site may not show.
pub(crate) const WITHHELD: &str = "nobody outside may ever read these words";

const BODY: &str = "Channels are frozen, says Ann. \"Almost every level of \\<dialogue> is frozen,\" she said. \
    And nobody outside may ever read these words, of course.\n\n[…]\n\nBen spoke & listened. Nobody outside may see this.";
const POST_BODY: &str = "Ann said that almost each level of it is frozen. The writer agrees.";

pub(crate) fn id(text: &str) -> RecordId {
    RecordId::new(text).unwrap()
}

pub(crate) fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub(crate) fn config() -> Config {
    let rating = |id: &str, label: &str, tone| Rating {
        id: id.to_owned(),
        label: label.to_owned(),
        meaning: format!("What {label} means."),
        tone,
    };
    let relation = |name: &str, inverse: &str, polarity, symmetric| RelationType {
        name: name.to_owned(),
        label: name.to_owned(),
        inverse: inverse.to_owned(),
        polarity,
        symmetric,
        iri: None,
    };
    Config {
        title: "Red & <Phone>".to_owned(),
        base_url: None,
        language: "en".to_owned(),
        description: Some("Who said \"frozen\"?".to_owned()),
        publisher: None,
        licence: Some("https://creativecommons.org/licenses/by/4.0/".to_owned()),
        theme: "default".to_owned(),
        captures: "captures".to_owned(),
        excerpt_limit: None,
        image: None,
        image_alt: None,
        ratings: vec![rating("true", "True", Tone::Good), rating("disputed", "Disputed", Tone::Mixed)],
        ratings_ordinal: false,
        relation_types: vec![
            relation("supports", "supported by", Polarity::For, false),
            relation("disputes", "disputed by", Polarity::Against, false),
            relation("contradicts", "contradicts", Polarity::Against, true),
        ],
        lints: BTreeMap::new(),
    }
}

/// A dossier without records.
pub(crate) fn empty() -> Dossier {
    Dossier::empty(Arc::new(config()))
}

pub(crate) fn meta(name: &str) -> Meta {
    Meta {
        id: id(name),
        file: FileId(0),
        aliases: Vec::new(),
        draft: false,
        tags: Vec::new(),
        backlinks: Vec::new().into(),
    }
}

/// A text with its links in order, each in a sentence of its own.
pub(crate) fn prose(markdown: &str, links: &[(LinkForm, Target)]) -> Prose {
    let link = |(n, (form, target)): (usize, &(LinkForm, Target))| Link {
        form: *form,
        target: target.clone(),
        sentence: n,
        range: ByteRange::default(),
    };
    let heading = |line: &str| {
        let text = line.strip_prefix("## ")?.to_owned();
        Some(Heading { level: 2, slug: crate::ids::slug(&text), text, range: ByteRange::default() })
    };
    Prose {
        markdown: markdown.into(),
        links: links.iter().enumerate().map(link).collect(),
        headings: markdown.lines().filter_map(heading).collect(),
        quotations: Box::default(),
        sentences: (0..links.len())
            .map(|n| Box::from([SentencePart::Text("See <this>: ".into()), SentencePart::Link(n, None)]))
            .collect(),
    }
}

fn wiki(record: RecordRef, fragment: Option<&str>) -> (LinkForm, Target) {
    (LinkForm::Wiki { has_label: false }, Target::Record(record, fragment.map(str::to_owned)))
}

fn shown(record: RecordRef, fragment: Option<&str>) -> (LinkForm, Target) {
    (LinkForm::Transclusion, Target::Record(record, fragment.map(str::to_owned)))
}

fn find(text: &SourceText, words: &str) -> Range<usize> {
    let start = text.plain().find(words).unwrap();
    start..start + words.len()
}

pub(crate) fn source(name: &str, title: &str, text: Option<SourceText>, publish: Publish) -> Source {
    Source {
        meta: meta(name),
        title: title.into(),
        authors: vec![Agent::Entity(EntityIx(0)), Agent::Name("A. & B.".into())],
        publisher: Some(Agent::Entity(EntityIx(2))),
        date: Some(date("2016-12-21")),
        kind: SourceKind::Article,
        url: Some("https://example.org/a?b=1&c=2".into()),
        archived: None,
        language: None,
        publish,
        extent: Extent::Full,
        capture: None,
        text: text.map(Arc::new),
        passages: Vec::new().into(),
        shown: Vec::new(),
    }
}

pub(crate) fn claim(name: &str, statement: &str) -> Claim {
    Claim {
        meta: meta(name),
        claim: statement.into(),
        short: statement.trim_end_matches('.').to_lowercase().into(),
        nature: Nature::Fact,
        about: vec![Agent::Entity(EntityIx(1))],
        when: Some(date("2016-12~")),
        appearances: Vec::new(),
        relations: Vec::new(),
        related_by: Vec::new().into(),
        verdicts: Vec::new(),
        corrections: Vec::new(),
        body: prose("", &[]),
        origins: Origins::default(),
        variants: Vec::new(),
    }
}

/// An appearance of the words `pieces`, which stand in the source's text if it has one.
pub(crate) fn appearance(source: &Source, ix: SourceIx, fragment: &str, pieces: &[&str]) -> Appearance {
    let anchor = match &source.text {
        Some(text) => Anchor::Placed(Placement {
            pieces: pieces.iter().map(|piece| find(text, piece)).collect(),
            grade: if pieces.len() > 1 { Grade::Elided } else { Grade::Exact },
            folds: Folds::default(),
        }),
        None => Anchor::Unchecked,
    };
    Appearance {
        quote: Quote {
            source: ix,
            selector: Selector { exact: pieces.join(" […] ").into(), prefix: None, suffix: None },
            anchor,
        },
        fragment: fragment.into(),
        locator: Some("p. 14".into()),
        speech: Some(Speech::Direct),
        translation: None,
        stance: Stance::Asserts,
        voice: Voice::Neutral,
        attribution: vec![Attribution {
            who: Agent::Entity(EntityIx(0)),
            named_as: Some("she".into()),
            said: Some(date("2016-12-19/2016-12-21")),
            cue: None,
        }],
    }
}

fn entity(name: &str, title: &str, kind: EntityKind) -> Entity {
    Entity {
        meta: meta(name),
        name: title.into(),
        kind: Some(kind),
        role: Some("speaker".into()),
        other_names: vec!["Annie".into()],
        url: Some("https://example.org/".into()),
        same_as: vec!["https://example.org/Q1".into()],
        body: prose("Words on it.", &[]),
        about: Vec::new().into(),
        attributed: Vec::new().into(),
        wrote: Vec::new().into(),
        published: Vec::new().into(),
    }
}

fn essay(name: &str, title: &str, body: Prose) -> Commentary {
    Commentary {
        meta: meta(name),
        title: title.into(),
        date: Some(date("2026-11-20")),
        updated: None,
        authors: vec![Agent::Name("The editors".into())],
        summary: Some("In short.".into()),
        body,
    }
}

fn sources() -> Vec<Source> {
    let text = |title: &str, body: &str, extent| Some(SourceText::from_markdown(title, body, extent));
    let title = "Frozen & <done>";
    let mut article = source("article", title, text(title, BODY, Extent::Excerpts), Publish::Excerpts);
    article.extent = Extent::Excerpts;
    article.capture = Some(Capture {
        file: "a.txt".into(),
        sha256: Some("ab".repeat(32)),
        retrieved: Some(date("2026-11-21")),
        check: CaptureCheck::Matched { on: "2026-11-21".to_owned() },
    });
    let plain = article.text.clone().unwrap();
    article.shown = vec![
        find(&plain, "Channels are frozen, says Ann."),
        find(&plain, "\"Almost every level of <dialogue> is frozen,\" she said."),
        find(&plain, "Ben spoke & listened."),
    ];
    let letter = source("letter", "A letter", None, Publish::Excerpts);
    let mut post = source("post", "A post", text("A post", POST_BODY, Extent::Full), Publish::Full);
    post.language = Some("fr".into());
    let all = 0..post.text.as_ref().unwrap().plain().len();
    post.shown = Vec::from([all]);
    vec![article, letter, post]
}

fn claims(sources: &[Source]) -> Vec<Claim> {
    let at = |ix: SourceIx, fragment, pieces: &[&str]| appearance(&sources[ix.index()], ix, fragment, pieces);
    let mut frozen = claim("frozen", "The channels are <frozen>.");
    frozen.appearances = vec![
        at(ARTICLE, "q-frozen", &["Almost every level of <dialogue> is frozen"]),
        at(ARTICLE, "q-frozen.headline", &["Frozen"]),
        at(LETTER, "q-frozen", &["all is frozen"]),
        at(POST, "q-frozen", &["almost each level of it is frozen"]),
    ];
    frozen.appearances[3].voice = Voice::Adopts;
    frozen.verdicts = vec![
        Verdict { rating: RatingIx(0), date: None, by: None, reason: None },
        Verdict {
            rating: RatingIx(1),
            date: Some(date("2026-11-22")),
            by: Some(Agent::Name("The editors".into())),
            reason: Some(prose("Because of [[spoke]].", &[wiki(RecordRef::Claim(ClaimIx(1)), None)])),
        },
    ];
    frozen.corrections = vec![Correction { date: date("2026-11-23"), text: prose("It *was* wrong.", &[]) }];
    frozen.origins = Origins {
        asserted: Tally { appearances: 4, sources: 3 },
        origins: vec![Origin {
            who: Agent::Entity(EntityIx(0)),
            named_as: vec!["she".into()],
            anonymous: false,
            appearances: vec![0, 1, 2, 3],
        }],
        through: vec![Agent::Entity(EntityIx(2))],
        ..Origins::default()
    };
    let words = |text: &str, other: &str| {
        text.split(' ').map(|word| (word.to_owned(), other.split(' ').any(|o| o == word))).collect()
    };
    let (one, two) = ("Almost every level of <dialogue> is frozen", "almost each level of it is frozen");
    frozen.variants = vec![Variants {
        speaker: Agent::Entity(EntityIx(0)),
        wordings: vec![
            Wording { appearances: vec![0], words: words(one, two) },
            Wording { appearances: vec![3], words: words(two, one) },
        ],
    }];
    *frozen.related_by = vec![(ClaimIx(1), 0)];
    frozen.body = prose("## Background\n\nMore in [[essay]].", &[wiki(RecordRef::Commentary(CommentaryIx(0)), None)]);
    let mut spoke = claim("spoke", "Ben spoke.");
    spoke.appearances = vec![at(ARTICLE, "q-spoke", &["Ben spoke", "listened"])];
    spoke.relations = vec![Relation {
        relation_type: RelationTypeIx(1),
        claim: ClaimIx(0),
        reason: Some(prose("He did.", &[])),
        unaddressed: Some(Box::new(prose("Not *when*.", &[]))),
        by: Some(Box::new(at(ARTICLE, "", &["Ben spoke & listened"]).quote)),
    }];
    vec![frozen, spoke, claim("third", "A third."), claim("unrated", "An unrated one.")]
}

/// The whole dossier.
pub(crate) fn dossier() -> Dossier {
    let mut sources = sources();
    let mut claims = claims(&sources);
    let mut passages: Vec<(SourceIx, Passage)> = Vec::new();
    for (ix, claim) in (0u32..).map(ClaimIx).zip(&claims) {
        for (n, appearance) in claim.appearances.iter().enumerate() {
            if let Anchor::Placed(placement) = &appearance.quote.anchor {
                let quoted_by = QuotedBy::Appearance(ix, n);
                let (fragment, placement) = (appearance.fragment.clone(), placement.clone());
                passages.push((appearance.quote.source, Passage { fragment, placement, quoted_by }));
            }
        }
    }
    passages.sort_by_key(|(_, passage)| (passage.placement.extent().start, passage.fragment.clone()));
    for (ix, passage) in passages {
        sources[ix.index()].passages.push(passage);
    }
    let mut ann = entity("ann", "Ann <A.>", EntityKind::Person);
    *ann.attributed = vec![(ClaimIx(0), 0, 0), (ClaimIx(0), 2, 0), (ClaimIx(1), 0, 0)];
    *ann.wrote = vec![ARTICLE, LETTER, POST];
    let mut land = entity("land", "The land", EntityKind::Place);
    *land.about = vec![ClaimIx(0), ClaimIx(1)];
    let agency = entity("agency", "The agency", EntityKind::Organization);
    claims[0].meta.aliases = vec![id("icy")];
    claims[0].meta.tags = vec![TagIx(0)];
    let backlink = |n| Backlink { from: RecordRef::Commentary(CommentaryIx(0)), place: ProsePlace::Body, sentence: n };
    *claims[0].meta.backlinks = vec![backlink(0), backlink(0), backlink(1)];
    *claims[1].meta.backlinks =
        vec![Backlink { from: RecordRef::Claim(ClaimIx(0)), place: ProsePlace::Verdict(1), sentence: 0 }];
    Dossier {
        home: vec![Home {
            file: FileId(0),
            body: prose("Welcome.\n\n![[frozen]]", &[shown(RecordRef::Claim(ClaimIx(0)), None)]),
        }]
        .into(),
        sources: sources.into(),
        entities: vec![ann, land, agency].into(),
        commentary: vec![
            essay(
                "essay",
                "An essay",
                prose(
                    "See [[frozen]] and [[article#q-spoke]].\n\n## Background\n\n![[note]]\n\n![[note#why]]\n\n![[letter]]\n\n![[ann]]",
                    &[
                        wiki(RecordRef::Claim(ClaimIx(0)), None),
                        wiki(RecordRef::Source(ARTICLE), Some("q-spoke")),
                        shown(RecordRef::Commentary(CommentaryIx(1)), None),
                        shown(RecordRef::Commentary(CommentaryIx(1)), Some("why")),
                        shown(RecordRef::Source(LETTER), None),
                        shown(RecordRef::Entity(EntityIx(0)), None),
                    ],
                ),
            ),
            essay(
                "note",
                "A note",
                prose(
                    "Up front, [below](#why).\n\n## Background\n\nText.\n\n## Why\n\nSo.",
                    &[(LinkForm::Inline, Target::Here("why".to_owned()))],
                ),
            ),
        ]
        .into(),
        tags: vec![Tag { name: id("cold"), records: vec![RecordRef::Claim(ClaimIx(0))] }].into(),
        timeline: vec![
            Event { date: date("2016-12~"), what: Occasion::About(ClaimIx(0)) },
            Event { date: date("2016-12-19/2016-12-21"), what: Occasion::Said(ClaimIx(0), 0, 0) },
            Event { date: date("2016-12-21"), what: Occasion::Published(ARTICLE) },
            Event { date: date("2026-11-22"), what: Occasion::Rated(ClaimIx(0), 1) },
        ]
        .into(),
        matrix: vec![MatrixRow {
            claim: ClaimIx(0),
            cells: vec![(ARTICLE, vec![0, 1]), (LETTER, vec![2]), (POST, vec![3])],
        }]
        .into(),
        changes: vec![
            Change { date: date("2026-11-23"), what: Occasion::Corrected(ClaimIx(0), 0) },
            Change { date: date("2026-11-22"), what: Occasion::Rated(ClaimIx(0), 1) },
            Change { date: date("2026-11-20"), what: Occasion::Essay(CommentaryIx(0)) },
        ]
        .into(),
        claims: claims.into(),
        ..empty()
    }
}
