//! What resolving one record needs to know of all the others, and what comes of it besides the record itself.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::config::{Config, LintLevel};
use crate::diag::{Diagnostic, Severity};
use crate::dossier::{EntityIx, Meta, RatingIx, RecordRef, RelationTypeIx, SourceIx, TagIx};
use crate::files::{ByteRange, FileId, Span};
use crate::ids::{RecordId, RecordKind};
use crate::parse::ast::{self, Head};
use crate::resolve::anchors::Request;
use crate::resolve::candidates::Candidates;
use crate::resolve::names::{Failed, Known, Names};
use crate::resolve::shelf::Shelf;
use crate::resolve::sources::{self, Text};
use crate::resolve::{Input, fragments, tags};

/// The look-ups, each built once.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) input: &'a Input<'a>,
    pub(crate) shelf: Shelf<'a>,
    pub(crate) names: Names,
    /// The records by their files' paths, with their ids; the home page has none.
    pub(crate) paths: HashMap<&'a str, (Option<&'a RecordId>, Known)>,
    pub(crate) ratings: HashMap<&'a str, RatingIx>,
    pub(crate) relation_types: HashMap<&'a str, RelationTypeIx>,
    /// Entities by name and other names, each once.
    pub(crate) entity_names: HashMap<&'a str, Vec<EntityIx>>,
    /// The slugs of the headings of a record's text; records without headings are not in it.
    pub(crate) headings: HashMap<RecordRef, HashSet<&'a str>>,
    /// The ids in each source's page that can be linked to: of passages, and of headings where the page has them.
    pub(crate) fragments: Vec<BTreeSet<String>>,
    pub(crate) tags: BTreeMap<&'a RecordId, TagIx>,
    /// The sources' texts, by index; none where there is none.
    pub(crate) texts: Vec<Option<Text<'a>>>,
    near_paths: OnceLock<Candidates>,
}

impl<'a> Context<'a> {
    /// Builds the look-ups.
    pub(crate) fn new(input: &'a Input<'a>, shelf: Shelf<'a>, names: Names) -> Self {
        let config: &'a Config = &input.config;
        let texts: Vec<Option<Text<'a>>> =
            shelf.sources.par_iter().map(|entry| sources::text(input, entry.file, entry.ast)).collect();
        let fragments = fragments::of_sources(&shelf, &names, &texts);
        Self {
            input,
            paths: paths(input, &names),
            ratings: config.ratings.iter().map(|rating| rating.id.as_str()).zip((0..).map(RatingIx)).collect(),
            relation_types: config
                .relation_types
                .iter()
                .map(|relation| relation.name.as_str())
                .zip((0..).map(RelationTypeIx))
                .collect(),
            entity_names: entity_names(&shelf),
            headings: headings(&shelf),
            fragments,
            tags: tags::index(&shelf),
            texts,
            near_paths: OnceLock::new(),
            shelf,
            names,
        }
    }

    /// The paths that a link can lead to, for hints: of records from the project's root, of static files from the
    /// site's, with a slash.
    pub(crate) fn near_paths(&self) -> &Candidates {
        self.near_paths.get_or_init(|| {
            let statics: Vec<String> = self.input.statics.iter().map(|path| format!("/{path}")).collect();
            let mut records: Vec<&str> = self.paths.keys().copied().collect();
            records.sort_unstable();
            Candidates::new(records.into_iter().chain(statics.iter().map(String::as_str)))
        })
    }

    /// The severity of a lint; none where it is allowed.
    pub(crate) fn level(&self, lint: &'static str) -> Option<Severity> {
        self.input.config.lints.get(lint).copied().unwrap_or(LintLevel::Warn).severity()
    }
}

fn paths<'a>(input: &'a Input<'a>, names: &Names) -> HashMap<&'a str, (Option<&'a RecordId>, Known)> {
    input
        .records
        .iter()
        .filter_map(|file| {
            let known = match (&file.id, file.kind) {
                (Some(id), _) => names.get(id)?,
                (None, RecordKind::Home) => match &file.parsed.record {
                    Some(_) => Known::Record(RecordRef::Home),
                    None => Known::Poisoned(RecordKind::Home),
                },
                (None, kind) => Known::Poisoned(kind),
            };
            Some((input.files.get(file.file).path.as_str(), (file.id.as_ref(), known)))
        })
        .collect()
}

fn entity_names<'a>(shelf: &Shelf<'a>) -> HashMap<&'a str, Vec<EntityIx>> {
    let mut by_name: HashMap<&'a str, Vec<EntityIx>> = HashMap::new();
    for (ix, entry) in (0u32..).map(EntityIx).zip(&shelf.entities) {
        let entity: &'a ast::Entity = entry.ast;
        let others = entity.other_names.iter().map(|name| name.value.as_str());
        for name in std::iter::once(entity.name.text.as_str()).chain(others) {
            let holders = by_name.entry(name).or_default();
            if holders.last() != Some(&ix) {
                holders.push(ix);
            }
        }
    }
    by_name
}

fn headings<'a>(shelf: &Shelf<'a>) -> HashMap<RecordRef, HashSet<&'a str>> {
    let records = shelf.heads().map(|(record, ..)| record).chain([RecordRef::Home]);
    records
        .filter_map(|record| {
            let body: &'a ast::Prose = shelf.body(record)?;
            let slugs: HashSet<&str> = body.headings.iter().map(|heading| heading.slug.as_str()).collect();
            (!slugs.is_empty()).then_some((record, slugs))
        })
        .collect()
}

/// A plain name that somebody was given.
#[derive(Clone, Debug)]
pub(crate) struct PlainName {
    pub(crate) name: String,
    pub(crate) span: Span,
}

/// What comes of resolving one record, besides the record.
#[derive(Debug)]
pub(crate) struct Work<'c, 'a> {
    pub(crate) context: &'c Context<'a>,
    pub(crate) file: FileId,
    pub(crate) record: RecordRef,
    pub(crate) out: Outcomes<'a>,
}

/// What records leave behind for the whole.
#[derive(Debug, Default)]
pub(crate) struct Outcomes<'a> {
    pub(crate) report: Vec<Diagnostic>,
    /// The passages to be looked for.
    pub(crate) requests: Vec<Request<'a>>,
    /// Entities that something names.
    pub(crate) named: Vec<EntityIx>,
    pub(crate) plain_names: Vec<PlainName>,
}

impl<'a> Outcomes<'a> {
    /// Adds those of another record.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.report.append(&mut other.report);
        self.requests.append(&mut other.requests);
        self.named.append(&mut other.named);
        self.plain_names.append(&mut other.plain_names);
    }
}

impl<'c, 'a> Work<'c, 'a> {
    /// Nothing yet, for the record in `file`.
    pub(crate) fn new(context: &'c Context<'a>, file: FileId, record: RecordRef) -> Self {
        Self { context, file, record, out: Outcomes::default() }
    }

    /// A place in the record's file.
    pub(crate) fn span(&self, range: ByteRange) -> Span {
        Span { file: self.file, range }
    }

    /// An error in the record's file, to be reported when it is complete.
    pub(crate) fn error(&self, code: &'static str, range: ByteRange, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, Some(self.span(range)), message)
    }

    /// Reports something.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.out.report.push(diagnostic);
    }

    /// The record that `id` stands for, where it is of one of the kinds `wanted`; else the error has been reported.
    pub(crate) fn refer(&mut self, id: &ast::Spanned<RecordId>, wanted: &[RecordKind]) -> Option<RecordRef> {
        match self.context.names.refer(&id.value, wanted, self.span(id.range)) {
            Ok(record) => Some(record),
            Err(failed) => {
                self.fail(failed);
                None
            }
        }
    }

    /// Reports why a reference leads nowhere.
    pub(crate) fn fail(&mut self, failed: Failed) {
        if let Failed::Error(error) = failed {
            self.report(*error);
        }
    }

    /// The source that `id` stands for.
    pub(crate) fn source(&mut self, id: &ast::Spanned<RecordId>) -> Option<SourceIx> {
        match self.refer(id, &[RecordKind::Source])? {
            RecordRef::Source(source) => Some(source),
            _ => None,
        }
    }

    /// The common part.
    pub(crate) fn meta(&self, id: &RecordId, head: &Head) -> Meta {
        let mut own: Vec<_> = head.tags.iter().filter_map(|tag| self.context.tags.get(&tag.value).copied()).collect();
        own.sort_unstable();
        own.dedup();
        Meta {
            id: id.clone(),
            file: self.file,
            aliases: head.aliases.iter().map(|alias| alias.value.clone()).collect(),
            draft: head.draft,
            tags: own,
            backlinks: Vec::new(),
        }
    }
}
