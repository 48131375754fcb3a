//! Headings and their ids: unique in the text, never beginning with `q-`, which is kept for passages.

use std::collections::{HashMap, HashSet};

use crate::diag::Problem;
use crate::files::ByteRange;
use crate::ids;
use crate::parse::ast::Heading;

/// The headings of a text while it is read.
#[derive(Default)]
pub(super) struct Headings {
    done: Vec<Draft>,
    open: Option<Draft>,
}

struct Draft {
    level: u8,
    text: String,
    explicit: Option<String>,
    range: ByteRange,
}

impl Headings {
    pub(super) fn open(&mut self, level: u8, explicit: Option<&str>, range: ByteRange) {
        self.open = Some(Draft { level, text: String::new(), explicit: explicit.map(str::to_owned), range });
    }

    pub(super) fn push(&mut self, text: &str) {
        if let Some(heading) = &mut self.open {
            heading.text.push_str(text);
        }
    }

    pub(super) fn close(&mut self) {
        self.done.extend(self.open.take());
    }

    /// The headings with their ids. Those that the user wrote are given first, so that no other takes them.
    pub(super) fn finish(mut self, problems: &mut Vec<Problem>) -> Vec<Heading> {
        let mut taken: HashMap<String, ByteRange> = HashMap::new();
        for heading in &mut self.done {
            let Some(id) = heading.explicit.take() else { continue };
            match check(&id, heading.range, taken.get(&id)) {
                Some(problem) => problems.push(problem),
                None => {
                    taken.insert(id.clone(), heading.range);
                    heading.explicit = Some(id);
                }
            }
        }
        let mut used: HashSet<String> = taken.into_keys().collect();
        // Where the next number for a slug is looked for, so that many equal headings stay cheap.
        let mut next: HashMap<String, usize> = HashMap::new();
        let done = self.done.into_iter();
        done.map(|Draft { level, text, explicit, range }| {
            let text = text.trim().to_owned();
            let slug = explicit.unwrap_or_else(|| unique(base(&text), &mut used, &mut next));
            Heading { level, text, slug, range }
        })
        .collect()
    }
}

/// What is wrong with an id that the user wrote.
fn check(id: &str, at: ByteRange, taken: Option<&ByteRange>) -> Option<Problem> {
    let problem = |message: String| Problem::new("heading-id", at, message);
    if let Some(first) = taken {
        return Some(
            problem(format!("two headings have the id `{id}`"))
                .label("used again")
                .other(*first, "first used here")
                .hint("choose another id for one of them"),
        );
    }
    if id.starts_with("q-") {
        return Some(
            problem(format!("the heading's id `{id}` begins with `q-`"))
                .label("`q-` is kept for passages")
                .hint("choose an id that does not begin with `q-`"),
        );
    }
    let is_plain = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    (!is_plain).then(|| {
        problem(format!("`{id}` cannot be a heading's id"))
            .hint("it has letters, digits, `-` and `_` only, such as `{#the-leak}`")
    })
}

/// The slug of a heading's text, before it is made unique.
fn base(text: &str) -> String {
    let slug = ids::slug(text);
    if slug.is_empty() {
        "section".to_owned()
    } else if slug.starts_with("q-") {
        format!("section-{slug}")
    } else {
        slug
    }
}

fn unique(base: String, used: &mut HashSet<String>, next: &mut HashMap<String, usize>) -> String {
    let number = next.entry(base.clone()).or_insert(0);
    let mut slug = if *number == 0 { base.clone() } else { format!("{base}-{number}") };
    while !used.insert(slug.clone()) {
        *number += 1;
        slug = format!("{base}-{number}");
    }
    slug
}
