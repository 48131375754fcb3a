//! `casebook export`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::build::{Options, compile};
use crate::cli::console::Console;
use crate::cli::names::WithheldNames;
use crate::cli::{Outcome, source};
use crate::diag::has_errors;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::route::{DataFile, Route};

/// Print the dossier's data, byte for byte as in a file of the site
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// What, and in which format
    #[arg(value_enum)]
    format: Format,

    /// The source whose passages are wanted, by its id: with `annotations`, and with nothing else
    #[arg(long, value_name = "SOURCE", required_if_eq("format", "annotations"))]
    source: Option<String>,

    /// The file to write, in place of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Where the site is published, in place of what casebook.toml says
    #[arg(long, value_name = "URL", value_parser = super::build::base_url)]
    base_url: Option<String>,

    /// Include drafts
    #[arg(long)]
    drafts: bool,

    #[command(flatten)]
    names: WithheldNames,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// The whole dossier as JSON: data/dossier.json
    Json,
    /// The JSON Schema of that: data/dossier.schema.json
    JsonSchema,
    /// The claims as a table: data/claims.csv
    CsvClaims,
    /// Where claims are made, as a table: data/appearances.csv
    CsvAppearances,
    /// What claims do to each other, as a table: data/relations.csv
    CsvRelations,
    /// The sources for BibTeX and BibLaTeX: data/sources.bib
    Bibtex,
    /// The sources as CSL-JSON: data/sources.csl.json
    CslJson,
    /// The passages of one source as Web Annotations of its page: data/annotations/SOURCE.json
    Annotations,
}

pub(super) fn run(arguments: &Arguments, root: &Path, console: &Console) -> Result<Outcome, Failure> {
    if arguments.source.is_some() && arguments.format != Format::Annotations {
        return Err(Failure::new("`--source` goes with `annotations` alone: every other format has the whole dossier"));
    }
    let names = arguments.names.read(root, console)?;
    let options = Options { drafts: arguments.drafts, base_url: arguments.base_url.clone(), captures: None, names };
    let mut compiled = compile(root, options)?;
    let data = match has_errors(&compiled.diagnostics) {
        true => None,
        false => {
            let route = route(arguments, compiled.dossier())?;
            compiled.file(route)
        }
    };
    console.diagnose(&compiled.diagnostics, compiled.files());
    let Some(data) = data else { return Ok(Outcome::Errors) };
    match &arguments.output {
        Some(output) => fs::write(output, data).map_err(|error| Failure::io("write", output, &error))?,
        None => console.result(&data)?,
    }
    Ok(Outcome::Done)
}

/// The file of the site that has what is asked for.
fn route(arguments: &Arguments, dossier: &Dossier) -> Result<Route, Failure> {
    Ok(Route::Data(match arguments.format {
        Format::Json => DataFile::Dossier,
        Format::JsonSchema => DataFile::Schema,
        Format::CsvClaims => DataFile::Claims,
        Format::CsvAppearances => DataFile::Appearances,
        Format::CsvRelations => DataFile::Relations,
        Format::Bibtex => DataFile::Bibtex,
        Format::CslJson => DataFile::Csl,
        Format::Annotations => {
            let source = source(dossier, arguments.source.as_deref().unwrap_or_default())?;
            return Ok(Route::Annotations(source));
        }
    }))
}
