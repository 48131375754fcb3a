//! The files that hold a dossier's data in the formats of others.

use crate::diag::Diagnostic;
use crate::dossier::{Dossier, SourceIx};
use crate::route::{Route, Routes};

/// A file of data about the whole dossier.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DataFile {
    /// Everything, as JSON.
    Dossier,
    /// The JSON Schema that it is valid by.
    Schema,
    /// The claims, as a table.
    Claims,
    /// Where claims are made, as a table.
    Appearances,
    /// What claims do to each other, as a table.
    Relations,
    /// The sources, for BibTeX and BibLaTeX.
    Bibtex,
    /// The sources, as CSL-JSON.
    Csl,
}

impl DataFile {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Dossier, Self::Schema, Self::Claims, Self::Appearances, Self::Relations, Self::Bibtex, Self::Csl];

    /// Its path in the site.
    pub fn path(self) -> &'static str {
        match self {
            Self::Dossier => "data/dossier.json",
            Self::Schema => "data/dossier.schema.json",
            Self::Claims => "data/claims.csv",
            Self::Appearances => "data/appearances.csv",
            Self::Relations => "data/relations.csv",
            Self::Bibtex => "data/sources.bib",
            Self::Csl => "data/sources.csl.json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Dossier => "application/json",
            Self::Schema => "application/schema+json",
            Self::Claims | Self::Appearances | Self::Relations => "text/csv",
            Self::Bibtex => "application/x-bibtex",
            Self::Csl => "application/vnd.citationstyles.csl+json",
        }
    }

    /// What it is, for readers.
    pub fn title(self) -> &'static str {
        match self {
            Self::Dossier => "The whole dossier (JSON)",
            Self::Schema => "Its schema (JSON Schema)",
            Self::Claims => "Claims (CSV)",
            Self::Appearances => "Where claims are made (CSV)",
            Self::Relations => "What claims do to each other (CSV)",
            Self::Bibtex => "Sources (BibTeX)",
            Self::Csl => "Sources (CSL-JSON)",
        }
    }
}

impl Routes {
    /// Adds the files of data. Every source has its annotations, also where there are none yet, so that a first one makes
    /// no page come.
    pub(super) fn add_data(&mut self, dossier: &Dossier, diagnostics: &mut Vec<Diagnostic>) {
        for file in DataFile::ALL {
            self.add(Route::Data(file), file.path().to_owned(), diagnostics);
        }
        for (n, source) in (0u32..).zip(&dossier.sources) {
            let path = format!("data/annotations/{}.json", source.meta.id);
            self.add(Route::Annotations(SourceIx(n)), path, diagnostics);
        }
    }
}
