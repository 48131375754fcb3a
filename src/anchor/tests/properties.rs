//! What holds for any text.

use std::ops::Range;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::super::*;
use super::selector;
use crate::files::Slice;

/// Words, numbers and names that must stay whole, each once.
const WORDS: [&str; 40] = [
    "the",
    "ban",
    "not",
    "He",
    "did",
    "didn't",
    "didn’t",
    "well-known",
    "well",
    "known",
    "no",
    "5",
    "-5",
    "−5",
    "1,005",
    "1\u{202F}005",
    "3.5",
    "5:30",
    "2016",
    "$5",
    "Peskov",
    "Lavrov",
    "cafe\u{301}",
    "café",
    "oﬃce",
    "ﬁne",
    "co\u{AD}op",
    "a\u{200B}b",
    "新",
    "華",
    "社",
    "カ",
    "ไ",
    "й",
    "и\u{306}",
    "\u{1100}\u{1161}",
    "가",
    "e\u{AD}\u{301}",
    "A\u{30A}",
    "İ",
];

/// What stands between them; each has a boundary on both sides.
const BETWEEN: [&str; 18] = [
    " ", " ", " ", " ", "\n", "  ", "\r\n", "\u{A0}x ", " \u{AD} ", ", ", ". ", " “", "” ", " ‘", "’ ", " — ", "… ",
    " ... ",
];

/// A text and the ranges of its words.
#[derive(Clone, Debug)]
struct Text {
    text: String,
    words: Vec<Range<usize>>,
    gaps: Vec<usize>,
}

impl Text {
    /// From word `from` to word `from + length`, as far as there are any.
    fn range(&self, from: usize, length: usize) -> Range<usize> {
        let from = from % self.words.len();
        let to = (from + length).min(self.words.len() - 1);
        self.words[from].start..self.words[to].end
    }

    fn has_gap(&self, range: &Range<usize>) -> bool {
        self.gaps.iter().any(|gap| range.contains(gap))
    }

    fn haystack(&self) -> Haystack {
        Haystack::new(&self.text, &self.gaps)
    }
}

fn text() -> impl Strategy<Value = Text> {
    let pair = (0..WORDS.len(), 0..BETWEEN.len(), 0..12u8);
    (prop::collection::vec(pair, 1..40), 1..4usize).prop_map(|(pairs, repeats)| {
        let mut made = Text { text: "\u{FEFF}".into(), words: Vec::new(), gaps: Vec::new() };
        for _ in 0..repeats {
            for &(word, between, gap) in &pairs {
                let start = made.text.len();
                made.text += WORDS[word];
                made.words.push(start..made.text.len());
                made.text += BETWEEN[between];
                if gap == 0 {
                    made.gaps.push(made.text.len());
                    made.text.push('\n');
                }
            }
        }
        made
    })
}

/// A string of what is hard to handle, or of anything.
fn anything() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "a", "e", "fi", "ﬁ", "\u{301}", "\u{AD}", "\u{200B}", " ", "\n", "\u{A0}", "…", "...", "[…]", " [...] ", "-",
        "–", "'", "’", "1", ",", ".", "新", "\u{1100}", "\u{1161}", "\u{202E}", "İ", "ß", "\u{FEFF}", "$", "x y z",
        "\u{345}", "𝄞",
    ]);
    prop_oneof![
        2 => prop::collection::vec(hard, 0..30).prop_map(|parts| parts.concat()),
        1 => any::<String>(),
    ]
}

/// All places that an outcome names.
fn places(outcome: &Outcome) -> Vec<Placement> {
    match outcome {
        Outcome::Found(placement) => vec![placement.clone()],
        Outcome::Ambiguous(candidates) => candidates.iter().map(|candidate| candidate.placement.clone()).collect(),
        Outcome::NearMiss(_) | Outcome::Absent => Vec::new(),
    }
}

/// Each variant of typography with the fold that undoes it.
fn variants(quote: &str) -> Vec<(String, &'static str)> {
    let replaced =
        |pairs: &[(&str, &str)]| pairs.iter().fold(quote.to_owned(), |text, pair| text.replace(pair.0, pair.1));
    vec![
        (replaced(&[("“", "\""), ("”", "\""), ("‘", "'"), ("’", "'")]), "quotation-marks"),
        (replaced(&[("'", "’"), ("“", "„"), ("”", "“")]), "quotation-marks"),
        (replaced(&[("—", "–"), ("−", "-")]), "dashes"),
        (replaced(&[("…", "...")]), "ellipsis"),
        (replaced(&[("...", "…")]), "ellipsis"),
        (replaced(&[("ﬃ", "ffi"), ("ﬁ", "fi")]), "ligatures"),
        (replaced(&[("\r\n", " "), ("\n", "\t")]), "white-space"),
        (quote.nfc().collect(), "canonical-composition"),
        (quote.nfd().collect(), "canonical-composition"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whole_words_of_a_text_anchor_to_themselves(text in text(), from in 0..200usize, length in 0..12usize) {
        let range = text.range(from, length);
        if text.has_gap(&range) {
            return Ok(());
        }
        let exact = &text.text[range.clone()];
        let outcome = text.haystack().find(&selector(exact));
        let itself = Placement { pieces: vec![range], grade: Grade::Exact, folds: Folds::default() };
        prop_assert!(places(&outcome).contains(&itself), "{exact:?} is {outcome:?}, not {itself:?}");
    }

    #[test]
    fn any_two_boundaries_make_a_quotation(text in text(), from in 0..1000usize, length in 0..60usize) {
        let haystack = text.haystack();
        let seen = |at: &usize| text.text[*at..].chars().next().is_some_and(|c| !fold::is_white(c) && !fold::vanishes(c));
        let mut starts = (from % text.text.len()..text.text.len()).filter(|&at| words::may_begin(&text.text, at));
        let Some(start) = starts.find(seen) else { return Ok(()) };
        let mut ends = (start + 1..=text.text.len()).skip(length).filter(|&at| words::is_boundary(&text.text, at));
        let Some(end) = ends.next() else { return Ok(()) };
        let exact = text.text[start..end].trim_end_matches(|c| fold::is_white(c) || fold::vanishes(c));
        let range = start..start + exact.len();
        if text.has_gap(&range) {
            return Ok(());
        }
        let outcome = haystack.find(&selector(exact));
        prop_assert!(places(&outcome).iter().any(|place| place.pieces == [range.clone()]), "{exact:?} is {outcome:?}");
    }

    #[test]
    fn typography_does_not_matter_and_what_folded_is_named(text in text(), from in 0..200usize, length in 0..12usize) {
        let range = text.range(from, length);
        if text.has_gap(&range) {
            return Ok(());
        }
        let exact = &text.text[range.clone()];
        for (variant, fold) in variants(exact) {
            let outcome = text.haystack().find(&selector(&variant));
            let names: &[&str] = if variant == exact { &[] } else { &[fold] };
            let place = places(&outcome).into_iter().find(|place| place.pieces == [range.clone()]);
            let place = place.ok_or_else(|| TestCaseError::fail(format!("{variant:?} for {exact:?}: {outcome:?}")))?;
            prop_assert_eq!(place.folds.names(), names, "{:?} for {:?}", variant, exact);
        }
    }

    #[test]
    fn another_digit_letter_case_or_word_never_passes(
        text in text(), from in 0..200usize, length in 1..12usize, at in 0..200usize, kind in 0..4u8,
    ) {
        let range = text.range(from, length);
        let exact = &text.text[range];
        let mut changed: Vec<char> = exact.chars().collect();
        let at = at % changed.len();
        match (kind, changed[at]) {
            (0, c) if c.is_ascii_digit() => changed[at] = if c == '9' { '0' } else { char::from(c as u8 + 1) },
            (1, c) if c.is_ascii_lowercase() => changed[at] = c.to_ascii_uppercase(),
            (2, c) if c.is_ascii_alphabetic() => changed[at] = 'z',
            (3, ' ') => { changed.splice(at..at, " not".chars()); }
            _ => return Ok(()),
        }
        let changed: String = changed.into_iter().collect();
        let haystack = text.haystack();
        let outcome = haystack.find(&selector(&changed));
        let there = fold(&text.text).contains(fold(&changed).trim());
        prop_assert!(there || places(&outcome).is_empty(), "{changed:?} for {exact:?}: {outcome:?}");
    }

    #[test]
    fn a_place_has_the_words_and_a_context_decides(text in text(), from in 0..200usize, length in 0..3usize) {
        let haystack = text.haystack();
        let exact = &text.text[text.range(from, length)];
        let Outcome::Ambiguous(candidates) = haystack.find(&selector(exact)) else { return Ok(()) };
        for Candidate { placement, prefix, suffix } in candidates {
            prop_assert!(prefix.is_none() || suffix.is_none());
            prop_assert_eq!(fold(&text.text[placement.extent()]), fold(exact));
            let shorter_prefix = prefix.as_deref().and_then(|prefix| prefix.split_once(' ')).map(|(_, rest)| rest.into());
            let shorter_suffix = suffix.as_deref().and_then(|suffix| suffix.rsplit_once(' ')).map(|(rest, _)| rest.into());
            let shorter = Selector { exact: exact.into(), prefix: shorter_prefix, suffix: shorter_suffix };
            let has_word = |side: &Option<Slice>| side.as_deref().is_some_and(|side| side.contains(char::is_alphanumeric));
            if has_word(&shorter.prefix) || has_word(&shorter.suffix) {
                prop_assert!(matches!(haystack.find(&shorter), Outcome::Ambiguous(_)), "{:?} decides", shorter);
            }
            if prefix.is_some() || suffix.is_some() {
                let selector = Selector { exact: exact.into(), prefix: prefix.map(Slice::from), suffix: suffix.map(Slice::from) };
                prop_assert_eq!(haystack.find(&selector), Outcome::Found(placement), "{:?}", selector);
            }
        }
    }

    #[test]
    fn folding_is_stable_and_blind_to_canonical_equivalence(text in anything()) {
        let folded = fold(&text);
        prop_assert_eq!(&fold(&folded), &folded);
        let visible: String = text.chars().filter(|c| !fold::vanishes(*c)).collect();
        prop_assert_eq!(fold(&visible.nfd().collect::<String>()), fold(&visible));
    }

    #[test]
    fn nothing_panics_and_offsets_are_characters(
        text in anything(), exact in anything(), prefix in anything(), suffix in anything(), cut in any::<(usize, usize)>(),
    ) {
        let gaps: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).step_by(2).collect();
        let haystack = Haystack::new(&text, &gaps);
        let (one, other) = (cut.0 % (text.len() + 1), cut.1 % (text.len() + 1));
        let part = text.get(one.min(other)..one.max(other)).unwrap_or(&exact);
        for exact in [exact.as_str(), part] {
            for context in [(None, None), (Some(prefix.clone()), None), (None, Some(suffix.clone()))] {
                let (prefix, suffix) = (context.0.map(Slice::from), context.1.map(Slice::from));
                let selector = Selector { exact: exact.into(), prefix, suffix };
                let outcome = haystack.find(&selector);
                for placement in places(&outcome) {
                    let pieces: Option<Vec<&str>> = placement.pieces.iter().map(|piece| text.get(piece.clone())).collect();
                    let pieces = pieces.ok_or_else(|| TestCaseError::fail("not at characters"))?;
                    if placement.grade == Grade::Exact {
                        prop_assert_eq!(pieces[0], exact.trim_matches(fold::is_white));
                    }
                    prop_assert!(placement.pieces.windows(2).all(|pair| pair[0].end <= pair[1].start));
                    prop_assert!(!placement.pieces.iter().any(|piece| gaps.iter().any(|gap| piece.contains(gap))));
                }
                if let Outcome::NearMiss(miss) = &outcome {
                    prop_assert!(text.get(miss.range.clone()).is_some_and(|passage| !passage.is_empty()));
                    prop_assert!((0.0..=1.0).contains(&miss.similarity));
                    diff::one_line(&word_diff(exact, &text[miss.range.clone()]));
                }
            }
            haystack.closest_within(one.min(other)..one.max(other), exact);
        }
    }

    #[test]
    fn what_is_close_is_found_in_any_text(
        parts in prop::collection::vec((0..WORDS.len(), 0..BETWEEN.len()), 30..200),
        cut in any::<(usize, usize)>(), edits in prop::collection::vec((any::<usize>(), anything()), 0..4),
    ) {
        let text: String = parts.iter().map(|&(word, between)| [WORDS[word], BETWEEN[between]].concat()).collect();
        let haystack = Haystack::new(&text, &[]);
        let mut quote: Vec<char> = text.chars().collect();
        quote.truncate(20 + cut.0 % quote.len());
        quote.drain(..cut.1 % (quote.len() - 10));
        let unchanged = edits.is_empty();
        for (at, insert) in edits {
            let at = at % quote.len().max(1);
            quote.splice(at..(at + 3).min(quote.len()), insert.chars());
        }
        let quote: String = quote.into_iter().collect();
        let miss = haystack.closest(&quote);
        if unchanged && quote.chars().filter(|c| c.is_alphanumeric()).count() > 30 {
            prop_assert!(miss.as_ref().is_some_and(|miss| miss.similarity > 0.6), "{miss:?} for {quote:?}");
        }
        if let Some(miss) = miss {
            prop_assert!(text.get(miss.range).is_some_and(|passage| !passage.is_empty()));
            prop_assert!((0.0..1.0).contains(&miss.similarity));
        }
    }

    #[test]
    fn elided_segments_are_found_in_order(text in text(), from in 0..200usize, lengths in (2..5usize, 1..6usize, 2..5usize)) {
        let first = text.range(from, lengths.0);
        let next = text.words.iter().position(|word| word.end == first.end).unwrap_or(0) + lengths.1;
        if next + 2 >= text.words.len() {
            return Ok(());
        }
        let second = text.range(next, lengths.2);
        let between = &text.gaps.iter().filter(|gap| (first.end..second.start).contains(gap)).count();
        if !(!text.has_gap(&first) && !text.has_gap(&second) && *between <= 1) {
            return Ok(());
        }
        let words = |range: &Range<usize>| words::words(&text.text[range.clone()]).len();
        if !(words(&first) >= 3 && words(&second) >= 3) {
            return Ok(());
        }
        let exact = format!("{} […] {}", &text.text[first.clone()], &text.text[second.clone()]);
        let outcome = text.haystack().find(&selector(&exact));
        let inside = |place: &Placement| first.start <= place.extent().start && place.extent().end <= second.end;
        prop_assert!(places(&outcome).iter().any(inside), "{exact:?}: {outcome:?}");
    }
}
