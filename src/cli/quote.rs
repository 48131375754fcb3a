//! `casebook quote`: words → the appearance to paste, or why there is none; selectors in lines → places in lines.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::anchor::batch::Batch;
use crate::anchor::{Candidate, Haystack, Selector, diff, word_diff};
use crate::build::{Options, compile};
use crate::cli::console::Console;
use crate::cli::{Outcome, find_root};
use crate::dossier::Source;
use crate::failure::Failure;
use crate::files::Slice;
use crate::ids::RecordId;
use crate::scaffold::claim::NewAppearance;
use crate::scaffold::quotation;
use crate::terms::Extent;
use crate::text::SourceText;

/// Find words in a source and print the appearance to paste
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The source's id
    #[arg(required_unless_present = "text")]
    source: Option<String>,

    /// The words, as the source has them; […] stands for words left out
    #[arg(required_unless_present = "text")]
    words: Option<String>,

    /// The words just before, where the words themselves stand in several places
    #[arg(long)]
    prefix: Option<String>,

    /// The words just after
    #[arg(long)]
    suffix: Option<String>,

    /// A text (.txt, .md or .html) to look in instead of a source
    #[arg(long, value_name = "FILE", requires = "batch", conflicts_with_all = ["source", "words", "prefix", "suffix"])]
    text: Option<PathBuf>,

    /// Selectors to look for, one JSON object a line with id, exact, prefix, suffix; `-` is standard input
    #[arg(long, value_name = "SELECTORS.jsonl", requires = "text")]
    batch: Option<PathBuf>,
}

/// How many bytes around words that lack their context are shown at least.
const CONTEXT: usize = 80;

pub(super) fn run(arguments: &Arguments, root: Option<&Path>, console: &Console) -> Result<Outcome, Failure> {
    if let (Some(text), Some(batch)) = (&arguments.text, &arguments.batch) {
        return answer_all(text, batch, console);
    }
    let compiled = compile(&find_root(root)?, Options { drafts: true, ..Options::default() })?;
    let id = arguments.source.as_deref().unwrap_or_default();
    let source = &compiled.dossier().sources[super::source(compiled.dossier(), id)?.index()];
    let Some(text) = &source.text else {
        return Err(Failure::new(format!("the source `{id}` has no text: neither a body nor its capture is here"))
            .hint("put the text into its file, or its capture into the captures folder"));
    };
    let selector = Selector {
        exact: arguments.words.as_deref().unwrap_or_default().into(),
        prefix: arguments.prefix.as_deref().map(Slice::from),
        suffix: arguments.suffix.as_deref().map(Slice::from),
    };
    find(source, text, &selector, console)
}

fn find(source: &Source, text: &SourceText, selector: &Selector, console: &Console) -> Result<Outcome, Failure> {
    use crate::anchor::Outcome as Anchored;
    let id = &source.meta.id;
    match Haystack::new(text.plain(), text.gaps()).find(selector) {
        Anchored::Found(placement) => {
            let candidate = Candidate {
                prefix: selector.prefix.clone().map(String::from),
                suffix: selector.suffix.clone().map(String::from),
                placement,
            };
            console.result(&appearance(id, text, &candidate))?;
            let folds = candidate.placement.folds.names();
            if !folds.is_empty() {
                console.say(&format!("found with differences that do not count: {}", folds.join(", ")));
            }
            Ok(Outcome::Done)
        }
        Anchored::Ambiguous(candidates) => {
            let appearances: Vec<_> = candidates.iter().map(|candidate| appearance(id, text, candidate)).collect();
            console.result(&appearances.join("\n"))?;
            console.say(&format!("the words stand in {} places of `{id}`: paste one of these", candidates.len()));
            Ok(Outcome::Errors)
        }
        Anchored::NearMiss(miss) if miss.similarity >= 1.0 => {
            let range = miss.range.start.saturating_sub(CONTEXT)..miss.range.end + CONTEXT;
            let sentences = text.sentences_around(range);
            let around = text.plain()[sentences].split_whitespace().collect::<Vec<_>>().join(" ");
            console.say(&format!("the words are in `{id}`, but nowhere beside that prefix or suffix; it says:"));
            console.say(&format!("  {around}"));
            Ok(Outcome::Errors)
        }
        Anchored::NearMiss(miss) => {
            let passage = &text.plain()[miss.range];
            console.say(&format!("the words are not in `{id}`, but something like them is:"));
            console.say(&format!("  {}", diff::one_line(&word_diff(&selector.exact, passage))));
            Ok(Outcome::Errors)
        }
        Anchored::Absent => {
            console.say(&format!("the words are not in `{id}`, and nothing like them is"));
            Ok(Outcome::Errors)
        }
    }
}

/// The table to paste into a claim: the source's own words.
fn appearance(id: &RecordId, text: &SourceText, candidate: &Candidate) -> String {
    let appearance = NewAppearance {
        source: Some(id.as_str().to_owned()),
        quote: Some(quotation(text.plain(), &candidate.placement)),
        prefix: candidate.prefix.clone(),
        suffix: candidate.suffix.clone(),
        who: None,
    };
    appearance.to_toml()
}

/// Answers a file of selectors about a text, a line each. A line that is no selector is answered too, and makes the
/// command fail in the end.
fn answer_all(text: &Path, batch: &Path, console: &Console) -> Result<Outcome, Failure> {
    let file = read_text(text)?;
    let extension = text.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let rendered = match extension.as_deref() {
        Some("md") => Some(SourceText::from_markdown("", &file, Extent::Full)),
        Some("html" | "htm") => Some(SourceText::from_html(&file)),
        _ => None,
    };
    let selectors = if batch == Path::new("-") { read_input()? } else { read_text(batch)? };
    let batch = Batch::new(rendered.as_ref().map_or(&file, SourceText::plain));
    let mut lines = String::new();
    let mut wrong = None;
    for answer in batch.answers(&selectors) {
        lines.push_str(&answer.unwrap_or_else(|error| {
            let line = error.to_json();
            wrong.get_or_insert(error);
            line
        }));
        lines.push('\n');
    }
    console.result(&lines)?;
    match wrong {
        Some(error) => Err(Failure::new(format!("not every selector can be read: {error}"))),
        None => Ok(Outcome::Done),
    }
}

fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
    text_of(bytes, &path.display().to_string())
}

fn read_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
    text_of(bytes, "standard input")
}

fn text_of(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(format!("`{name}` is not UTF-8 text: see the byte at offset {at}")).hint("save the file as UTF-8")
    })
}
