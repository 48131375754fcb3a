//! The parsed records by kind and id: which index each record has in the dossier.

use std::collections::HashSet;
use std::sync::Arc;

use crate::dossier::{ClaimIx, CommentaryIx, EntityIx, RecordRef, SourceIx};
use crate::files::FileId;
use crate::ids::{RecordId, RecordKind};
use crate::parse::Parsed;
use crate::parse::ast::{self, Record};
use crate::resolve::{Input, ParsedFile};

/// A record of one kind, before it is resolved.
#[derive(Debug)]
pub(crate) struct Entry<'a, T> {
    /// Its file.
    pub(crate) file: FileId,
    /// Its id.
    pub(crate) id: &'a RecordId,
    /// What the file says.
    pub(crate) ast: &'a T,
    /// The same, as it is shared.
    pub(crate) parsed: &'a Arc<Parsed>,
}

/// All records that are part of the dossier, each kind sorted by id.
#[derive(Debug, Default)]
pub(crate) struct Shelf<'a> {
    pub(crate) home: Option<(FileId, &'a ast::Prose)>,
    pub(crate) sources: Vec<Entry<'a, ast::Source>>,
    pub(crate) claims: Vec<Entry<'a, ast::Claim>>,
    pub(crate) entities: Vec<Entry<'a, ast::Entity>>,
    pub(crate) commentary: Vec<Entry<'a, ast::Commentary>>,
    /// The files whose record is left out because it is a draft.
    pub(crate) left_out: HashSet<FileId>,
}

impl<'a> Shelf<'a> {
    /// Sorts the records into their kinds. Two files with one id stay next to each other, in the order of their paths,
    /// so that what is wrong in either is found.
    pub(crate) fn fill(input: &Input<'a>, drafts: bool) -> Self {
        let mut shelf = Self::default();
        for file in input.records.iter() {
            if file.parsed.draft && !drafts {
                shelf.left_out.insert(file.file);
                continue;
            }
            shelf.add(file);
        }
        shelf.sources.sort_by_key(|entry| entry.id);
        shelf.claims.sort_by_key(|entry| entry.id);
        shelf.entities.sort_by_key(|entry| entry.id);
        shelf.commentary.sort_by_key(|entry| entry.id);
        shelf
    }

    fn add(&mut self, file: &'a ParsedFile) {
        let (Some(record), at, parsed) = (&file.parsed.record, file.file, &file.parsed) else { return };
        match (record, &file.id) {
            (Record::Home(ast), _) => self.home = Some((at, ast)),
            (Record::Source(ast), Some(id)) => self.sources.push(Entry { file: at, id, ast, parsed }),
            (Record::Claim(ast), Some(id)) => self.claims.push(Entry { file: at, id, ast, parsed }),
            (Record::Entity(ast), Some(id)) => self.entities.push(Entry { file: at, id, ast, parsed }),
            (Record::Commentary(ast), Some(id)) => self.commentary.push(Entry { file: at, id, ast, parsed }),
            (_, None) => {}
        }
    }

    /// Every record but the home page with its file, id and common part.
    pub(crate) fn heads(&self) -> impl Iterator<Item = (RecordRef, FileId, &'a RecordId, &'a ast::Head)> {
        let sources = (0u32..)
            .zip(&self.sources)
            .map(|(n, entry)| (RecordRef::Source(SourceIx(n)), entry.file, entry.id, &entry.ast.head));
        let claims = (0u32..)
            .zip(&self.claims)
            .map(|(n, entry)| (RecordRef::Claim(ClaimIx(n)), entry.file, entry.id, &entry.ast.head));
        let entities = (0u32..)
            .zip(&self.entities)
            .map(|(n, entry)| (RecordRef::Entity(EntityIx(n)), entry.file, entry.id, &entry.ast.head));
        let commentary = (0u32..)
            .zip(&self.commentary)
            .map(|(n, entry)| (RecordRef::Commentary(CommentaryIx(n)), entry.file, entry.id, &entry.ast.head));
        sources.chain(claims).chain(entities).chain(commentary)
    }

    /// All records of the dossier.
    pub(crate) fn records(&self) -> impl Iterator<Item = RecordRef> {
        let home = self.home.iter().map(|_| RecordRef::Home);
        home.chain(self.heads().map(|(record, ..)| record))
    }

    /// The record's file.
    pub(crate) fn file(&self, record: RecordRef) -> Option<FileId> {
        match record {
            RecordRef::Home => self.home.map(|(file, _)| file),
            RecordRef::Source(ix) => self.sources.get(ix.index()).map(|entry| entry.file),
            RecordRef::Claim(ix) => self.claims.get(ix.index()).map(|entry| entry.file),
            RecordRef::Entity(ix) => self.entities.get(ix.index()).map(|entry| entry.file),
            RecordRef::Commentary(ix) => self.commentary.get(ix.index()).map(|entry| entry.file),
        }
    }

    /// The record's id; the home page's is `index`.
    pub(crate) fn id(&self, record: RecordRef) -> &str {
        let id = match record {
            RecordRef::Home => None,
            RecordRef::Source(ix) => self.sources.get(ix.index()).map(|entry| entry.id),
            RecordRef::Claim(ix) => self.claims.get(ix.index()).map(|entry| entry.id),
            RecordRef::Entity(ix) => self.entities.get(ix.index()).map(|entry| entry.id),
            RecordRef::Commentary(ix) => self.commentary.get(ix.index()).map(|entry| entry.id),
        };
        id.map_or("index", RecordId::as_str)
    }

    /// The Markdown of a record's own text; sources have none.
    pub(crate) fn body(&self, record: RecordRef) -> Option<&'a ast::Prose> {
        match record {
            RecordRef::Home => self.home.map(|(_, prose)| prose),
            RecordRef::Source(_) => None,
            RecordRef::Claim(ix) => self.claims.get(ix.index()).map(|entry| &entry.ast.body),
            RecordRef::Entity(ix) => self.entities.get(ix.index()).map(|entry| &entry.ast.body),
            RecordRef::Commentary(ix) => self.commentary.get(ix.index()).map(|entry| &entry.ast.body),
        }
    }
}

/// The common part of a record, which the home page has not.
pub(crate) fn head(record: &Record) -> Option<&ast::Head> {
    match record {
        Record::Source(ast) => Some(&ast.head),
        Record::Claim(ast) => Some(&ast.head),
        Record::Entity(ast) => Some(&ast.head),
        Record::Commentary(ast) => Some(&ast.head),
        Record::Home(_) => None,
    }
}

/// "a claim", "an entity".
pub(crate) fn a(kind: RecordKind) -> String {
    match kind {
        RecordKind::Entity => "an entity".to_owned(),
        _ => format!("a {}", kind.word()),
    }
}
