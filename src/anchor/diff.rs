//! What differs between a quotation and the passage closest to it.

/// A piece of a difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DiffPart {
    /// Both have it.
    Same(String),
    /// Only the quotation has it.
    Quote(String),
    /// Only the text has it.
    Text(String),
}

/// Word by word.
pub fn word_diff(quote: &str, passage: &str) -> Vec<DiffPart> {
    let a: Vec<&str> = quote.split_whitespace().collect();
    let b: Vec<&str> = passage.split_whitespace().collect();
    let mut parts = Vec::new();
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &a, &b) {
        let old = a[op.old_range()].join(" ");
        let new = b[op.new_range()].join(" ");
        match op.tag() {
            similar::DiffTag::Equal => parts.push(DiffPart::Same(old)),
            _ => {
                if !old.is_empty() {
                    parts.push(DiffPart::Quote(old));
                }
                if !new.is_empty() {
                    parts.push(DiffPart::Text(new));
                }
            }
        }
    }
    parts
}

/// In one line.
pub fn render(parts: &[DiffPart]) -> String {
    let words: Vec<String> = parts
        .iter()
        .map(|part| match part {
            DiffPart::Same(words) => words.clone(),
            DiffPart::Quote(words) => format!("[-{words}-]"),
            DiffPart::Text(words) => format!("{{+{words}+}}"),
        })
        .collect();
    words.join(" ")
}
