//! A file's text → its front matter and its body: what stands between two lines `+++`, and what follows.

use arcstr::ArcStr;

use crate::diag::Problem;
use crate::fields::located::Located;
use crate::files::{ByteRange, Slice};
use crate::ids::RecordKind;

/// A file in its two parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'a> {
    /// The whole.
    pub(super) text: &'a ArcStr,
    /// The opening fence.
    pub(super) fence: ByteRange,
    /// The TOML between the fences.
    pub(super) toml: &'a str,
    /// The byte at which it starts.
    pub(super) toml_start: usize,
    /// What follows the closing fence's line.
    pub(super) body: &'a str,
    /// The byte at which it starts.
    pub(super) body_start: usize,
}

impl Parts<'_> {
    /// The body with its place.
    pub(super) fn located(&self) -> Located {
        Located::verbatim(Slice::of(self.text, self.body), self.body_start)
    }
}

const FENCE: &str = "+++";

/// Splits a file that must have a front matter.
pub(super) fn split(kind: RecordKind, text: &ArcStr) -> Result<Parts<'_>, Box<Problem>> {
    let word = kind.word();
    let start = bom(text);
    if text[start..].trim().is_empty() {
        let empty = Problem::new("empty-file", ByteRange::new(0, text.len()), format!("this {word} is empty"));
        return Err(Box::new(empty.hint(format!("begin it with\n{}", minimal(kind)))));
    }
    let first = text[start..].lines().next().unwrap_or_default();
    let fence = ByteRange::new(start, start + first.trim_end().len());
    if first.trim_end() != FENCE {
        return Err(Box::new(no_fence(kind, text, start, first)));
    }
    let toml_start = (start + first.len() + line_end(&text[start + first.len()..])).min(text.len());
    let Some((close, body)) = end_of(text, toml_start, FENCE) else {
        return Err(Box::new(unclosed(text, toml_start, fence)));
    };
    let (toml, rest) = (&text[toml_start..close], &text[body..]);
    Ok(Parts { text, fence, toml, toml_start, body: rest, body_start: body })
}

/// Where the text begins: after a byte-order mark.
pub(super) fn bom(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The opening fence of a file that should have none, and the byte at which its body starts.
pub(super) fn unwanted(text: &str) -> Option<(ByteRange, usize)> {
    let start = bom(text);
    let mut lines = text[start..].lines();
    let first = lines.next()?.trim_end();
    // A line `---` alone is a thematic break.
    let is_yaml = first == "---"
        && lines.next().is_some_and(|line| line.split_once(':').is_some_and(|(key, _)| crate::ids::has_id_form(key)));
    if first != FENCE && !is_yaml {
        return None;
    }
    let after = start + first.len();
    let body = end_of(text, after, first).map_or(after, |(_, body)| body);
    Some((ByteRange::new(start, after), body))
}

/// The bytes at which the closing fence and the body start.
fn end_of(text: &str, from: usize, fence: &str) -> Option<(usize, usize)> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if line.starts_with(fence) && line.trim_end() == fence {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn line_end(rest: &str) -> usize {
    if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) }
}

/// The problem of a front matter without an end; a line that was meant to close it is shown.
fn unclosed(text: &str, from: usize, fence: ByteRange) -> Problem {
    let problem = Problem::new("unclosed-front-matter", fence, "the front matter is never closed").label("opened here");
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        let fence = line.trim();
        if fence.len() >= 3 && (fence.chars().all(|c| c == '-') || fence.starts_with(FENCE)) {
            let place = ByteRange::new(at, at + line.trim_end().len());
            return problem.other(place, "this does not close it").hint("close it with a line `+++` and nothing else");
        }
        at += line.len();
    }
    problem.hint("put a line `+++` between the fields and the text")
}

fn no_fence(kind: RecordKind, text: &str, start: usize, first: &str) -> Problem {
    let word = kind.word();
    let leading = first.trim_end();
    let at = ByteRange::new(start, start + leading.len());
    if leading == "---" {
        return Problem::new("yaml-front-matter", at, "the front matter is TOML between two lines `+++`, not YAML")
            .label("opens a YAML front matter")
            .hint(format!(
                "write `name = \"value\"` rather than `name: value`, between lines `+++`:\n{}",
                minimal(kind)
            ));
    }
    if leading.trim() == FENCE {
        return Problem::new("missing-front-matter", at, "the line `+++` must begin at the line's start")
            .hint("remove the white space before it");
    }
    if leading.starts_with(FENCE) {
        let fence = ByteRange::new(start, start + FENCE.len());
        return Problem::new("missing-front-matter", fence, "the first line must be `+++` and nothing else")
            .label("something follows on the same line")
            .hint("put the fields on lines of their own, each ended by a line feed");
    }
    if leading.is_empty() && text[start..].trim_start().starts_with(FENCE) {
        let blank = text[start..].len() - text[start..].trim_start().len();
        return Problem::new(
            "missing-front-matter",
            ByteRange::new(start + blank, start + blank + FENCE.len()),
            "the line `+++` must be the file's first",
        )
        .hint("remove the empty lines before it");
    }
    Problem::new("missing-front-matter", at, format!("this {word} has no front matter"))
        .label("the first line is not `+++`")
        .hint(format!("begin the file with\n{}", minimal(kind)))
}

/// The shortest front matter that a record can have.
pub(super) fn minimal(kind: RecordKind) -> String {
    let fields = match kind {
        RecordKind::Claim => {
            "claim = \"…\"\n\n[[appearance]]\nsource = \"the-id-of-a-source\"\nquote = \"the exact words\""
        }
        RecordKind::Entity => "name = \"…\"",
        _ => "title = \"…\"",
    };
    format!("+++\n{fields}\n+++")
}
