//! What resolving one record needs to know of all the others, and what comes of it besides the record itself.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use crate::config::{Config, LintLevel};
use crate::diag::{Diagnostic, Severity};
use crate::dossier::{EntityIx, Given, Meta, RatingIx, RecordRef, RelationTypeIx, SourceIx};
use crate::files::{ByteRange, FileId, Slice, Span};
use crate::ids::{RecordId, RecordKind};
use crate::parse::ast::{self, Head};
use crate::resolve::anchors::Request;
use crate::resolve::candidates::Candidates;
use crate::resolve::names::{Failed, Known, Names};
use crate::resolve::shelf::Shelf;
use crate::resolve::sources::Text;
use crate::resolve::{Input, ParsedFile, fragments, tags};

/// The look-ups, each built once.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) input: &'a Input<'a>,
    pub(crate) shelf: Shelf<'a>,
    pub(crate) names: Names,
    pub(crate) ratings: HashMap<&'a str, RatingIx>,
    pub(crate) relation_types: HashMap<&'a str, RelationTypeIx>,
    /// Entities by name and other names, each once.
    pub(crate) entity_names: HashMap<&'a str, Vec<EntityIx>>,
    /// All tags in the order of their names.
    pub(crate) tags: Vec<RecordId>,
    /// The sources' texts, by index; none where there is none.
    pub(crate) texts: Vec<Option<Text<'a>>>,
    fragments: OnceLock<Vec<BTreeSet<String>>>,
    near_paths: OnceLock<Candidates>,
}

impl<'a> Context<'a> {
    /// Builds the look-ups.
    pub(crate) fn new(
        input: &'a Input<'a>,
        shelf: Shelf<'a>,
        names: Names,
        tags: Vec<RecordId>,
        texts: Vec<Option<Text<'a>>>,
    ) -> Self {
        let config: &'a Config = &input.config;
        Self {
            input,
            ratings: config.ratings.iter().map(|rating| rating.id.as_str()).zip((0..).map(RatingIx)).collect(),
            relation_types: config
                .relation_types
                .iter()
                .map(|relation| relation.name.as_str())
                .zip((0..).map(RelationTypeIx))
                .collect(),
            entity_names: entity_names(&shelf),
            tags,
            texts,
            fragments: OnceLock::new(),
            near_paths: OnceLock::new(),
            shelf,
            names,
        }
    }

    /// The record whose file has that path, with its id; the home page has none.
    pub(crate) fn record_at(&self, path: &str) -> Option<(Option<&'a RecordId>, Known)> {
        let records: &'a [ParsedFile] = self.input.records;
        let at = records.binary_search_by(|file| self.input.files.get(file.file).path.as_str().cmp(path)).ok()?;
        let file = &records[at];
        let known = match (&file.id, file.kind) {
            (Some(id), _) => self.names.get(id)?,
            (None, RecordKind::Home) => match &file.parsed.record {
                Some(_) => Known::Record(RecordRef::Home),
                None => Known::Poisoned(RecordKind::Home),
            },
            (None, kind) => Known::Poisoned(kind),
        };
        Some((file.id.as_ref(), known))
    }

    /// The ids in a source's page that can be linked to: of passages, and of headings where the page has them.
    pub(crate) fn fragments(&self, source: SourceIx) -> Option<&BTreeSet<String>> {
        let all = self.fragments.get_or_init(|| fragments::of_sources(&self.shelf, &self.names, &self.texts));
        all.get(source.index())
    }

    /// The paths that a link can lead to, for hints: of records from the project's root, of static files from the
    /// site's, with a slash.
    pub(crate) fn near_paths(&self) -> &Candidates {
        self.near_paths.get_or_init(|| {
            let statics: Vec<String> = self.input.statics.iter().map(|path| format!("/{path}")).collect();
            let records = self.input.records.iter().map(|file| self.input.files.get(file.file).path.as_str());
            Candidates::new(records.chain(statics.iter().map(String::as_str)))
        })
    }

    /// The severity of a lint; none where it is allowed.
    pub(crate) fn level(&self, lint: &'static str) -> Option<Severity> {
        self.input.config.lints.get(lint).copied().unwrap_or(LintLevel::Warn).severity()
    }
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

/// A plain name that somebody was given.
#[derive(Clone, Debug)]
pub(crate) struct PlainName {
    pub(crate) name: Slice,
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
    /// Whether it asked what ids another record's page has.
    pub(crate) asks_for_fragments: bool,
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
        let mut own: Vec<_> = head.tags.iter().filter_map(|tag| tags::find(&self.context.tags, &tag.value)).collect();
        own.sort_unstable();
        own.dedup();
        Meta {
            id: id.clone(),
            file: self.file,
            aliases: head.aliases.iter().map(|alias| alias.value.clone()).collect(),
            draft: head.draft,
            tags: own,
            backlinks: Given::to(self.record),
        }
    }
}
