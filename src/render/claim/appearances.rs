//! The appearances of a claim, by source: the words in their sentence, and the chain by which they came there.

use std::collections::HashMap;

use serde::Serialize;

use crate::dossier::{Anchor, Appearance, Attribution, Claim, RecordRef, Source, SourceIx};
use crate::render::cite::text_fragment;
use crate::render::escape::{escape, escape_as_templates_into};
use crate::render::html::Html;
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::render::view::TermView;
use crate::render::{quotation, terms};
use crate::route::promise;
use crate::terms::{Publish, Stance};

/// A source, with what the claim has from it.
#[derive(Serialize)]
pub(super) struct PlaceView {
    source: Piece,
    appearances: Vec<AppearanceView>,
}

#[derive(Serialize)]
struct AppearanceView {
    id: String,
    /// The passage in the source's page.
    href: String,
    /// The same, by its words.
    text_href: String,
    /// The passage where it was published, by its words.
    original: Option<String>,
    quotation: Html,
    locator: Option<String>,
    speech: Option<TermView>,
    stance: TermView,
    voice: TermView,
    /// The chain, an item for each link; none where there is no chain.
    attribution: Option<Html>,
    translation: Option<TranslationView>,
    unchecked: bool,
}

#[derive(Serialize)]
struct TranslationView {
    text: String,
    by: Option<Piece>,
    language: Option<String>,
}

/// For each appearance that is one of several wordings, its words with whether the others have them.
pub(super) type Wordings<'c> = Vec<Option<&'c [(String, bool)]>>;

/// The wordings that have enough in common to be compared; empty where there are none.
pub(super) fn wordings(claim: &Claim) -> Wordings<'_> {
    if claim.variants.is_empty() {
        return Vec::new();
    }
    let mut wordings = vec![None; claim.appearances.len()];
    for variants in &claim.variants {
        let first = variants.wordings.first().map_or(0, |wording| wording.words.len());
        let alike = || variants.wordings.iter().skip(1).filter(|wording| wording.is_alike(first));
        let held_against = variants.wordings.first().filter(|_| alike().next().is_some());
        for wording in held_against.into_iter().chain(alike()) {
            for &n in &wording.appearances {
                if let Some(slot) = wordings.get_mut(n) {
                    *slot = Some(wording.words.as_slice());
                }
            }
        }
    }
    wordings
}

/// The appearances of the stances that are `wanted`, by source, in the order in which the sources first come up.
pub(super) fn places(
    at: &Vantage<'_>,
    claim: &Claim,
    wordings: &Wordings<'_>,
    wanted: impl Fn(Stance) -> bool,
) -> Vec<PlaceView> {
    let mut places: Vec<PlaceView> = Vec::new();
    let mut position: HashMap<SourceIx, usize> = HashMap::new();
    for (n, appearance) in claim.appearances.iter().enumerate().filter(|(_, appearance)| wanted(appearance.stance)) {
        let ix = appearance.quote.source;
        let place = *position.entry(ix).or_insert_with(|| {
            places.push(PlaceView { source: at.source_row(ix), appearances: Vec::new() });
            places.len() - 1
        });
        let words = wordings.get(n).copied().flatten();
        places[place].appearances.push(view(at, claim, appearance, words));
    }
    places
}

fn view(at: &Vantage<'_>, claim: &Claim, appearance: &Appearance, words: Option<&[(String, bool)]>) -> AppearanceView {
    let (quote, source) = (&appearance.quote, at.source(appearance.quote.source));
    let href = at.record(RecordRef::Source(quote.source), appearance.quote.place(&appearance.fragment));
    let directive = text_fragment::directive(quote, source);
    AppearanceView {
        id: promise::appearance_id(at.dossier, claim, appearance),
        text_href: at_words(&href, &directive),
        href,
        original: source.url.as_ref().map(|url| at_words(url, &directive)),
        quotation: Html::new(&quotation::in_sentence_compared(quote, source, words)),
        locator: appearance.locator.clone().map(String::from),
        speech: appearance.speech.map(terms::speech),
        stance: terms::stance(appearance.stance),
        voice: terms::voice(appearance.voice),
        attribution: attribution(at, &appearance.attribution, source),
        translation: appearance.translation.as_ref().map(|translation| TranslationView {
            text: translation.text.to_string(),
            by: translation.by.as_ref().map(|agent| at.agent(agent)),
            language: translation.language.clone().map(String::from),
        }),
        unchecked: quote.anchor == Anchor::Unchecked,
    }
}

/// An address at the words: a directive follows the fragment that there is already.
fn at_words(url: &str, directive: &str) -> String {
    let hash = if url.contains('#') { "" } else { "#" };
    [url, hash, directive].concat()
}

/// The links of a chain as items of a list.
fn attribution(at: &Vantage<'_>, links: &[Attribution], source: &Source) -> Option<Html> {
    let mut html = String::new();
    for (n, link) in links.iter().enumerate() {
        html.extend([if n > 0 { "\n<li>" } else { "<li>" }, at.agent(&link.who).part("html")]);
        if let Some(called) = link.named_as.as_ref().filter(|called| *called != at.name(&link.who)) {
            html.push_str(", called “");
            escape_as_templates_into(&mut html, called);
            html.push('”');
        }
        if let Some(said) = &link.said {
            html.extend([", ", at.date(said).part("html")]);
        }
        // Of a record, only the quotations are published.
        if let Some(cue) = link.cue.as_ref().filter(|_| source.publish != Publish::Record) {
            html.push_str(" <q class=\"cue\"");
            if let Some(language) = at.foreign(source.language.as_deref()) {
                html.extend([" lang=\"", &escape(&language), "\""]);
            }
            html.push('>');
            escape_as_templates_into(&mut html, &cue.text);
            html.push_str("</q>");
        }
        html.push_str("</li>");
    }
    (!links.is_empty()).then(|| Html::new(&html))
}

#[cfg(test)]
mod tests {
    use super::at_words;

    #[test]
    fn a_directive_follows_what_fragment_there_is() {
        assert_eq!(at_words("https://a.example/b", ":~:text=c"), "https://a.example/b#:~:text=c");
        assert_eq!(at_words("https://a.example/b#d", ":~:text=c"), "https://a.example/b#d:~:text=c");
    }
}
