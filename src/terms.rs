//! The controlled vocabularies of front matter: each a closed list of words, with what they mean.

/// A word of a vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Word {
    /// The word in front matter.
    pub word: &'static str,
    /// What it means, in a sentence.
    pub says: &'static str,
}

/// Declares an enum whose variants are written as words in front matter; what is written above a variant is what the
/// word means, here as in the reference and in editors.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $(#[doc = $says:literal] $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize)]
        pub enum $name { $(#[doc = $says] #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in front matter and in exports.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// All words, in order, with what they mean.
            pub fn words() -> Vec<Word> {
                vec![$(Word { word: $word, says: $says.trim_ascii() },)+]
            }

            /// The one that `word` names.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|term| term.word() == word)
            }
        }
    };
}

vocabulary! {
    /// What a source is.
    SourceKind {
        /// A newspaper or magazine article; the default.
        Article = "article",
        /// A report.
        Report = "report",
        /// A transcript of speech.
        Transcript = "transcript",
        /// A post on a blog or a social network.
        Post = "post",
        /// A letter.
        Letter = "letter",
        /// A filing with a court or an authority.
        Filing = "filing",
        /// A film or broadcast with pictures.
        Video = "video",
        /// A sound recording or broadcast.
        Audio = "audio",
        /// A data set.
        Dataset = "dataset",
    }
}

vocabulary! {
    /// How much of a source's text the site shows.
    Publish {
        /// All of it.
        Full = "full",
        /// The anchored passages, each with its sentence; the default.
        Excerpts = "excerpts",
        /// The metadata and the claims' quotations.
        Record = "record",
    }
}

vocabulary! {
    /// Whether a source's body is the whole text.
    Extent {
        /// The whole text; the default.
        Full = "full",
        /// Passages only, with `[…]` for each gap.
        Excerpts = "excerpts",
    }
}

vocabulary! {
    /// What sort of proposition a claim is.
    Nature {
        /// It can be checked; the default.
        Fact = "fact",
        /// It values.
        Opinion = "opinion",
        /// It says what facts mean.
        Interpretation = "interpretation",
        /// It is about what is to come.
        Prediction = "prediction",
    }
}

vocabulary! {
    /// Whose words an appearance's quotation is.
    Speech {
        /// The speaker's own words.
        Direct = "direct",
        /// The source's words for what the speaker said.
        Indirect = "indirect",
        /// Both in one passage.
        Mixed = "mixed",
    }
}

vocabulary! {
    /// What the one who speaks does with a claim: the chain's first link, or the source without a chain.
    Stance {
        /// Says that it is so; the default.
        Asserts = "asserts",
        /// Says that it is not so.
        Denies = "denies",
        /// Asks, or doubts, whether it is so.
        Questions = "questions",
    }
}

vocabulary! {
    /// What the source in its own voice does with a claim that it passes on.
    Voice {
        /// Reports only; the default.
        Neutral = "neutral",
        /// Makes it its own.
        Adopts = "adopts",
        /// Casts doubt on it.
        Doubts = "doubts",
        /// Says that it is wrong.
        Rejects = "rejects",
    }
}

vocabulary! {
    /// What an entity is.
    EntityKind {
        /// A natural person.
        Person = "person",
        /// An organisation, agency, company, state body.
        Organization = "organization",
        /// A place or a country.
        Place = "place",
        /// Somebody whose name a source withholds.
        Anonymous = "anonymous",
        /// Something that happened.
        Event = "event",
        /// A book, film, law, treaty and the like.
        Work = "work",
    }
}

vocabulary! {
    /// What a rating says at a glance; decides its colour and mark.
    Tone {
        /// It holds.
        Good = "good",
        /// It holds for the most part.
        Fair = "fair",
        /// Nothing is decided.
        Neutral = "neutral",
        /// It is contested.
        Mixed = "mixed",
        /// It misleads.
        Poor = "poor",
        /// It does not hold.
        Bad = "bad",
    }
}

vocabulary! {
    /// Which way a relation speaks for the claim that it names.
    Polarity {
        /// For it.
        For = "for",
        /// Against it.
        Against = "against",
        /// Neither.
        Neutral = "neutral",
    }
}
