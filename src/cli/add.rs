//! `casebook add`: a new record from a template, in a file that was not there before.

mod template;

use std::path::Path;

use clap::{Args, Subcommand};

use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::failure::Failure;
use crate::ids::{RecordId, RecordKind};
use crate::load;
use crate::terms::{EntityKind, Nature, SourceKind};
use crate::workspace::{CONTENT, Options, ascii_slug};
use crate::write::create;

/// Add a record from a template
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    record: Record,
}

#[derive(Subcommand, Debug)]
enum Record {
    /// An article or document
    Source(Source),
    /// One proposition
    Claim(Claim),
    /// A person, organisation, place and the like
    Entity(Entity),
    /// An essay or a note
    Commentary(Commentary),
}

#[derive(Args, Debug)]
struct Source {
    /// Its id: the name of its file, and part of its address
    id: String,
    #[arg(long)]
    title: Option<String>,
    /// A record's id or a name; may be given several times
    #[arg(long = "author", value_name = "WHO")]
    authors: Vec<String>,
    /// A record's id or a name
    #[arg(long, value_name = "WHO")]
    publisher: Option<String>,
    /// When it was published: a day, or another EDTF date such as 2016-12
    #[arg(long, value_parser = date)]
    date: Option<String>,
    #[arg(long, value_parser = words(SourceKind::ALL.iter().map(|kind| kind.word())))]
    kind: Option<String>,
    /// Where it is published
    #[arg(long)]
    url: Option<String>,
    /// A frozen text in the captures folder
    #[arg(long, value_name = "FILE")]
    capture: Option<String>,
}

#[derive(Args, Debug)]
struct Claim {
    /// Its id: the name of its file, and part of its address
    id: String,
    /// The proposition, in the dossier's own words
    #[arg(long)]
    claim: Option<String>,
    #[arg(long, value_parser = words(Nature::ALL.iter().map(|nature| nature.word())))]
    nature: Option<String>,
    /// Whom or what it is about: a record's id or a name; may be given several times
    #[arg(long, value_name = "WHAT")]
    about: Vec<String>,
    /// The id of a source that makes it
    #[arg(long)]
    source: Option<String>,
    /// The words of the source, exactly
    #[arg(long, requires = "source")]
    quote: Option<String>,
}

#[derive(Args, Debug)]
struct Entity {
    /// Its id: the name of its file, and part of its address
    id: String,
    #[arg(long)]
    name: Option<String>,
    #[arg(long, value_parser = words(EntityKind::ALL.iter().map(|kind| kind.word())))]
    kind: Option<String>,
    /// Its part in the dossier, in a few words
    #[arg(long)]
    role: Option<String>,
    /// Another of its names; may be given several times
    #[arg(long = "other-name", value_name = "NAME")]
    other_names: Vec<String>,
}

#[derive(Args, Debug)]
struct Commentary {
    /// Its id: the name of its file, and part of its address
    id: String,
    #[arg(long)]
    title: Option<String>,
    /// A record's id or a name; may be given several times
    #[arg(long = "author", value_name = "WHO")]
    authors: Vec<String>,
    /// A day, or another EDTF date such as 2016-12 [default: today]
    #[arg(long, value_parser = date)]
    date: Option<String>,
}

pub(super) fn run(arguments: &Arguments, root: &Path, console: &Console) -> Result<Outcome, Failure> {
    let (id, kind, text) = match &arguments.record {
        Record::Source(source) => (&source.id, RecordKind::Source, template::source(source)),
        Record::Claim(claim) => (&claim.id, RecordKind::Claim, template::claim(claim)),
        Record::Entity(entity) => (&entity.id, RecordKind::Entity, template::entity(entity)),
        Record::Commentary(essay) => {
            let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::system()).date().to_string();
            (&essay.id, RecordKind::Commentary, template::commentary(essay, &today))
        }
    };
    check_id(id, root)?;
    let path = format!("{CONTENT}/{}/{id}.md", kind.folder());
    create(&root.join(&path), text.as_bytes())?;
    console.result(&format!("{path}\n"))?;
    Ok(Outcome::Done)
}

/// Whether the id can be one, and no record has it.
fn check_id(text: &str, root: &Path) -> Result<(), Failure> {
    let Some(id) = RecordId::new(text) else {
        let failure = Failure::new(format!("`{text}` cannot be an id"));
        let rule = "an id has lower-case letters from a to z, digits and hyphens only";
        return Err(match ascii_slug(text) {
            Some(slug) => failure.hint(format!("did you mean `{slug}`? {rule}")),
            None => failure.hint(rule),
        });
    };
    if id.is_reserved() {
        return Err(Failure::new(format!("`{id}` cannot be a record's id: the site needs the name itself")));
    }
    let workspace = load::take(root, Options::default())?.1;
    match workspace.project().records().find(|record| record.id.as_ref() == Some(&id)) {
        Some(record) => {
            let path = &workspace.files().get(record.file).path;
            Err(Failure::new(format!("`{path}` has the id `{id}` already"))
                .hint("ids are unique in the whole dossier, whatever the kind and the folder"))
        }
        None => Ok(()),
    }
}

fn words(words: impl Iterator<Item = &'static str>) -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(words)
}

fn date(text: &str) -> Result<String, String> {
    use crate::date::{Date, NotADate};
    match Date::parse(text) {
        Ok(date) => Ok(date.as_str().to_owned()),
        Err(NotADate::HasTime) => Err("a date has no time of day".to_owned()),
        Err(NotADate::Malformed(reason)) => Err(format!("{reason}: a date is 2016-12-21, 2016-12, 2016~ and the like")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;
    use tempfile::TempDir;

    #[test]
    fn an_id_is_checked_and_used_once() {
        let temporary = TempDir::new().unwrap();
        fs::write(temporary.path().join("casebook.toml"), "").unwrap();
        create(&temporary.path().join("content/entities/deep/taken.md"), b"").unwrap();
        let check = |id: &str| check_id(id, temporary.path());
        assert_eq!(check("free"), Ok(()));
        assert!(check("taken").unwrap_err().message.contains("content/entities/deep/taken.md"));
        assert!(check("Kerry & Lavrov").unwrap_err().hints[0].contains("`kerry-lavrov`"));
        assert!(check("index").is_err() && check("page-3").is_err() && check("../x").is_err());
    }
}
