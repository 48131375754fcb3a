//! All places of one string in another, overlapping ones too, in linear time.

use memchr::memmem::Finder;

/// The byte offsets at which `needle`, which is not empty, begins in `text`.
///
/// A string that never overlaps itself there is found by the fast search. Where one does, it repeats itself with a
/// period, and from there on the search of Knuth, Morris and Pratt keeps the whole linear.
pub(super) fn occurrences(text: &[u8], needle: &[u8]) -> Vec<usize> {
    let finder = Finder::new(needle);
    let mut found: Vec<usize> = Vec::new();
    let mut from = 0;
    while let Some(offset) = text.get(from..).and_then(|rest| finder.find(rest)) {
        let at = from + offset;
        if found.last().is_some_and(|&last| at - last < needle.len()) {
            found.extend(overlapping(&text[at..], needle).into_iter().map(|offset| at + offset));
            break;
        }
        found.push(at);
        from = at + 1;
    }
    found
}

fn overlapping(text: &[u8], needle: &[u8]) -> Vec<usize> {
    let borders = borders(needle);
    let mut found = Vec::new();
    let mut matched = 0;
    for (at, &byte) in text.iter().enumerate() {
        while matched > 0 && (matched == needle.len() || needle[matched] != byte) {
            matched = borders[matched - 1];
        }
        if needle[matched] == byte {
            matched += 1;
        }
        if matched == needle.len() {
            found.push(at + 1 - matched);
        }
    }
    found
}

/// For each prefix of `needle`, the length of its longest proper prefix that is also its suffix.
fn borders(needle: &[u8]) -> Vec<usize> {
    let mut borders = vec![0; needle.len()];
    let mut length = 0;
    for at in 1..needle.len() {
        while length > 0 && needle[length] != needle[at] {
            length = borders[length - 1];
        }
        if needle[length] == needle[at] {
            length += 1;
        }
        borders[at] = length;
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_places_are_found() {
        for (text, needle) in
            [("aaaa", "aa"), ("ababab ab aba", "aba"), ("the cat the", "the"), ("a", "b"), ("a", "ab")]
        {
            let expected: Vec<usize> = (0..text.len()).filter(|&at| text[at..].starts_with(needle)).collect();
            assert_eq!(occurrences(text.as_bytes(), needle.as_bytes()), expected, "{needle:?} in {text:?}");
        }
    }
}
