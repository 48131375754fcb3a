//! One speaker's direct words for one claim, in the wordings that sources give them, side by side.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::anchor::fold;
use crate::dossier::{Agent, Claim, Source, Variants, Wording};
use crate::resolve::context::Context;
use crate::resolve::origins;
use crate::terms::Speech;

/// A speaker with the language of the words, none where it is unknown, and the appearances that have them.
type Spoken = ((Agent, Option<String>), Vec<usize>);

/// Works out a claim's variants.
pub(crate) fn of(context: &Context<'_>, claim: &Claim, sources: &[Source]) -> Vec<Variants> {
    let mut spoken: Vec<Spoken> = Vec::new();
    let mut places = FxHashMap::default();
    for (n, appearance) in claim.appearances.iter().enumerate() {
        if !matches!(appearance.speech, Some(Speech::Direct | Speech::Mixed)) {
            continue;
        }
        // Words in two languages differ in every word, which says nothing.
        let source = sources.get(appearance.quote.source.index());
        let language = source.and_then(|source| source.language.as_deref()).map(primary);
        let key = (origins::start(context, appearance, sources), language);
        let place = *places.entry(key.clone()).or_insert(spoken.len());
        match spoken.get_mut(place) {
            Some((_, appearances)) => appearances.push(n),
            None => spoken.push((key, vec![n])),
        }
    }
    // Collected from what it is made of, a list would keep that one's room.
    let mut variants = Vec::new();
    variants.extend(
        spoken.into_iter().filter_map(|((speaker, _), appearances)| side_by_side(claim, speaker, &appearances)),
    );
    variants
}

/// The primary subtag of a BCP 47 tag.
fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

fn side_by_side(claim: &Claim, speaker: Agent, appearances: &[usize]) -> Option<Variants> {
    let exact = |n: usize| claim.appearances[n].quote.selector.exact.as_str();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut places = FxHashMap::default();
    for &n in appearances {
        let place = *places.entry(fold(exact(n))).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(n),
            None => groups.push(vec![n]),
        }
    }
    let [first, _, ..] = &groups[..] else { return None };
    let model = Words::of(exact(first[0]));
    let mut model_words = model.marked(true);
    let mut wordings = vec![Wording { appearances: first.clone(), words: Vec::new() }];
    for group in &groups[1..] {
        let other = Words::of(exact(group[0]));
        let mut words = other.marked(false);
        let mut lacks = vec![true; model_words.len()];
        for op in capture_diff_slices(Algorithm::Myers, &model.folded, &other.folded) {
            if op.tag() == DiffTag::Equal {
                words[op.new_range()].iter_mut().for_each(|(_, same)| *same = true);
                lacks[op.old_range()].fill(false);
            }
        }
        let wording = Wording { appearances: group.clone(), words };
        if wording.is_alike(model_words.len()) {
            model_words.iter_mut().zip(&lacks).for_each(|((_, same), lacks)| *same &= !lacks);
        }
        wordings.push(wording);
    }
    wordings[0].words = model_words;
    Some(Variants { speaker, wordings })
}

/// A wording's words as they are written, and as they are compared.
struct Words<'a> {
    written: Vec<&'a str>,
    folded: Vec<String>,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let written: Vec<&str> = text.split_whitespace().collect();
        Self { folded: written.iter().map(|word| fold(word)).collect(), written }
    }

    fn marked(&self, same: bool) -> Vec<(String, bool)> {
        self.written.iter().map(|word| ((*word).to_owned(), same)).collect()
    }
}
