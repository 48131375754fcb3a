//! "Did you mean …?": the nearest of the names that would have been right.

/// The candidate nearest to `word`, or none where all are too far to be a slip of the hand.
///
/// Distance is Damerau and Levenshtein's in code points; at most a third of the longer word may differ. Of equally near
/// ones it is the first in order, so that the hint does not depend on how candidates are listed.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let longer = length.max(candidate.chars().count());
            if longer.abs_diff(length.min(candidate.chars().count())) * 3 > longer {
                return None;
            }
            let distance = strsim::damerau_levenshtein(word, candidate);
            (distance * 3 <= longer).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// A hint "did you mean `x`?" where a candidate is near.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}
