//! Small dossiers, resolved: what comes out, and what is said.

mod agents;
mod anchors;
mod captures;
mod claims;
mod drafts;
mod links;
mod lints;
mod names;
mod shown;
mod speed;
mod whole;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::config::{Config, LintLevel};
use crate::diag::{Diagnostic, Severity};
use crate::dossier::{Claim, Dossier, Entity, RecordRef, Source};
use crate::files::{File, FileId, Files, Span};
use crate::ids::{RecordId, RecordKind};
use crate::lock::Lock;
use crate::parse;
use crate::resolve::captures::sha256;
use crate::resolve::{CaptureFile, Input, ParsedFile, resolve};

/// A dossier in memory. Lints are allowed unless named.
#[derive(Default)]
struct Project {
    files: Vec<(String, String)>,
    captures: Vec<(&'static str, String)>,
    statics: BTreeSet<String>,
    lock: Lock,
    config: String,
    lints: Vec<&'static str>,
    drafts: bool,
}

/// What came of it.
struct Resolved {
    dossier: Dossier,
    report: Vec<Diagnostic>,
    files: Files,
}

/// An appearance in front matter.
fn appearance(source: &str, quote: &str) -> String {
    format!("[[appearance]]\nsource = \"{source}\"\nquote = \"{quote}\"\n")
}

impl Project {
    fn new() -> Self {
        Self::default()
    }

    fn file(mut self, path: &str, text: impl Into<String>) -> Self {
        self.files.push((format!("content/{path}"), text.into()));
        self
    }

    /// A source with that body.
    fn source(self, id: &str, body: &str) -> Self {
        self.source_with(id, "", body)
    }

    /// A source with further front matter.
    fn source_with(self, id: &str, front: &str, body: &str) -> Self {
        self.file(&format!("sources/{id}.md"), format!("+++\ntitle = \"Title of {id}\"\n{front}\n+++\n{body}\n"))
    }

    /// A claim with further front matter.
    fn claim(self, id: &str, front: &str) -> Self {
        self.claim_with(id, front, "")
    }

    /// A claim with further front matter and a body.
    fn claim_with(self, id: &str, front: &str, body: &str) -> Self {
        self.file(&format!("claims/{id}.md"), format!("+++\nclaim = \"Claim {id}.\"\n{front}\n+++\n{body}\n"))
    }

    fn entity(self, id: &str, front: &str) -> Self {
        self.file(&format!("entities/{id}.md"), format!("+++\nname = \"Name of {id}\"\n{front}\n+++\n"))
    }

    fn essay(self, id: &str, body: &str) -> Self {
        self.file(&format!("commentary/{id}.md"), format!("+++\ntitle = \"Essay {id}\"\n+++\n{body}\n"))
    }

    fn capture(mut self, name: &'static str, text: &str) -> Self {
        self.captures.push((name, text.to_owned()));
        self
    }

    fn lint(mut self, lint: &'static str) -> Self {
        self.lints.push(lint);
        self
    }

    fn with_drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    /// Calls `then` with the input that a run would have.
    fn input<T>(&self, then: impl FnOnce(&Input<'_>) -> T) -> (T, Files) {
        let mut files = Files::default();
        let mut sorted = self.files.clone();
        sorted.sort();
        let mut add =
            |path: &str, text: &str| files.add(File { path: path.to_owned(), text: text.into(), invalid_at: None });
        let records: Arc<[ParsedFile]> = sorted
            .iter()
            .map(|(path, text)| {
                let kind = kind_of(path);
                let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap();
                let id = RecordId::new(stem).filter(|_| kind != RecordKind::Home);
                ParsedFile { file: add(path, text), kind, id, parsed: Arc::new(parse::parse(kind, text)) }
            })
            .collect();
        let captures: HashMap<String, CaptureFile> = self
            .captures
            .iter()
            .map(|(name, text)| {
                let file = add(&format!("captures/{name}"), text);
                ((*name).to_owned(), CaptureFile { sha256: sha256(text.as_bytes()), file })
            })
            .collect();
        let input = Input {
            config: Arc::new(self.settings()),
            files: &files,
            records: &records,
            captures: &captures,
            lock: &self.lock,
            statics: &self.statics,
            drafts: self.drafts,
        };
        let came = then(&input);
        (came, files)
    }

    fn settings(&self) -> Config {
        let (mut config, problems) = Config::parse(&format!("title = \"Test\"\n{}", self.config));
        assert!(problems.is_empty(), "{problems:?}");
        for (lint, level) in &mut config.lints {
            *level = if self.lints.contains(lint) { LintLevel::Warn } else { LintLevel::Allow };
        }
        config
    }

    fn resolve(&self) -> Resolved {
        let ((dossier, report), files) = self.input(resolve);
        Resolved { dossier, report, files }
    }

    /// The dossier, where nothing is wrong.
    fn dossier(&self) -> Dossier {
        let resolved = self.resolve();
        assert!(resolved.report.is_empty(), "{:#?}", resolved.report);
        resolved.dossier
    }

    /// The only thing that is said, which has that code.
    fn only(&self, code: &str) -> Told {
        let resolved = self.resolve();
        match &resolved.report[..] {
            [one] if one.code == code => Told { one: one.clone(), files: resolved.files },
            other => panic!("{other:#?}"),
        }
    }
}

fn kind_of(path: &str) -> RecordKind {
    match path.split('/').nth(1).unwrap() {
        "sources" => RecordKind::Source,
        "claims" => RecordKind::Claim,
        "entities" => RecordKind::Entity,
        "commentary" => RecordKind::Commentary,
        _ => RecordKind::Home,
    }
}

/// A diagnostic with the texts that it is about.
struct Told {
    one: Diagnostic,
    files: Files,
}

impl Told {
    fn is_error(&self) -> bool {
        self.one.severity == Severity::Error
    }

    fn underlined(&self) -> &str {
        self.at(self.one.span.unwrap())
    }

    fn at(&self, span: Span) -> &str {
        &self.files.get(span.file).text[span.range.as_range()]
    }

    fn path(&self, file: FileId) -> &str {
        &self.files.get(file).path
    }

    /// The further places, as texts.
    fn others(&self) -> Vec<&str> {
        self.one.others.iter().map(|label| self.at(label.place)).collect()
    }

    fn hints(&self) -> String {
        self.one.hints.join("\n")
    }
}

impl Resolved {
    fn codes(&self) -> Vec<&str> {
        self.report.iter().map(|diagnostic| diagnostic.code).collect()
    }
}

fn claim<'d>(dossier: &'d Dossier, id: &str) -> &'d Claim {
    dossier.claims.iter().find(|claim| claim.meta.id.as_str() == id).unwrap()
}

fn source<'d>(dossier: &'d Dossier, id: &str) -> &'d Source {
    dossier.sources.iter().find(|source| source.meta.id.as_str() == id).unwrap()
}

fn entity<'d>(dossier: &'d Dossier, id: &str) -> &'d Entity {
    dossier.entities.iter().find(|entity| entity.meta.id.as_str() == id).unwrap()
}

fn record(dossier: &Dossier, id: &str) -> RecordRef {
    dossier.by_id[&RecordId::new(id).unwrap()]
}
