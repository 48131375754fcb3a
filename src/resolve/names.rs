//! The name space of records: every id and alias, and what each stands for.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::diag::{Diagnostic, Severity};
use crate::dossier::RecordRef;
use crate::files::{ByteRange, FileId, Span};
use crate::ids::{RecordId, RecordKind};
use crate::parse::ast::Head;
use crate::resolve::candidates::Candidates;
use crate::resolve::shelf::{self, Shelf, a};
use crate::resolve::{Input, ParsedFile};

/// What an id or alias stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Known {
    /// A record of the dossier.
    Record(RecordRef),
    /// A file that is too broken to be a record: references to it raise no second error.
    Poisoned(RecordKind),
    /// Two files want the name, and either may be meant; the kind is the first one's.
    Contested(RecordKind),
    /// A record that is left out because it is a draft.
    Draft(RecordKind),
}

impl Known {
    /// What the record is, by its folder.
    pub(crate) fn kind(self) -> RecordKind {
        match self {
            Self::Record(record) => record.kind(),
            Self::Poisoned(kind) | Self::Contested(kind) | Self::Draft(kind) => kind,
        }
    }
}

/// Why a reference leads nowhere.
#[derive(Debug)]
pub(crate) enum Failed {
    /// It was said elsewhere, or is to be passed over in silence.
    Silent,
    /// It is to be said.
    Error(Box<Diagnostic>),
}

/// All ids and aliases.
#[derive(Debug)]
pub(crate) struct Names {
    known: FxHashMap<RecordId, Known>,
    near: OnceLock<Near>,
    tags: BTreeSet<RecordId>,
    /// Whether some file is too broken to be a record, or a name contested, so that not all references are known.
    pub(crate) poisoned: bool,
}

/// All names, for "did you mean".
#[derive(Debug)]
struct Near {
    by_kind: HashMap<RecordKind, Candidates>,
    all: Candidates,
}

/// A name on its way into the name space, with the place that claims it.
struct Claimed {
    known: Known,
    span: Span,
    is_alias: bool,
}

impl Names {
    /// Collects all names. Where two files want one it is reported, and contested; a draft that is left out contests
    /// nothing.
    pub(crate) fn collect(input: &Input<'_>, shelf: &Shelf<'_>, report: &mut Vec<Diagnostic>) -> Self {
        let mut taken: FxHashMap<RecordId, Claimed> = FxHashMap::default();
        let by_file: FxHashMap<FileId, RecordRef> = shelf.heads().map(|(record, file, ..)| (file, record)).collect();
        let is_draft = |file: &&ParsedFile| shelf.left_out.contains(&file.file);
        let published: Vec<&ParsedFile> = input.records.iter().filter(|file| !is_draft(file)).collect();
        let drafts: Vec<&ParsedFile> = input.records.iter().filter(is_draft).collect();
        for files in [published, drafts] {
            for file in &files {
                let Some(id) = &file.id else { continue };
                let span = Span { file: file.file, range: fence(input, file) };
                claim(&mut taken, id, Claimed { known: known(file, shelf, &by_file), span, is_alias: false }, report);
            }
            for file in files {
                let aliases = file.parsed.record.as_ref().and_then(shelf::head).map_or(&[][..], |head| &head.aliases);
                for alias in aliases {
                    let span = Span { file: file.file, range: alias.range };
                    let known = known(file, shelf, &by_file);
                    claim(&mut taken, &alias.value, Claimed { known, span, is_alias: true }, report);
                }
            }
        }
        Self::index(input, shelf, taken)
    }

    fn index(input: &Input<'_>, shelf: &Shelf<'_>, taken: FxHashMap<RecordId, Claimed>) -> Self {
        let tags = input
            .records
            .iter()
            .filter_map(|file| file.parsed.record.as_ref().and_then(shelf::head))
            .flat_map(|head| head.tags.iter().map(|tag| tag.value.clone()))
            .collect();
        let is_lost = |file: &ParsedFile| {
            !shelf.left_out.contains(&file.file) && (file.parsed.record.is_none() || is_nameless(file))
        };
        let is_contested = |claimed: &Claimed| matches!(claimed.known, Known::Contested(_));
        let poisoned = input.records.iter().any(is_lost) || taken.values().any(is_contested);
        let known = taken.into_iter().map(|(id, claimed)| (id, claimed.known)).collect();
        Self { known, near: OnceLock::new(), tags, poisoned }
    }

    /// What a name stands for.
    pub(crate) fn get(&self, id: &RecordId) -> Option<Known> {
        self.known.get(id).copied()
    }

    /// All names of records of the dossier.
    pub(crate) fn records(&self) -> HashMap<RecordId, RecordRef> {
        self.known
            .iter()
            .filter_map(|(id, known)| match known {
                Known::Record(record) => Some((id.clone(), *record)),
                _ => None,
            })
            .collect()
    }

    /// The record that `id` stands for, which must be of one of the kinds in `wanted`.
    pub(crate) fn refer(&self, id: &RecordId, wanted: &[RecordKind], span: Span) -> Result<RecordRef, Failed> {
        let Some(known) = self.get(id) else { return Err(self.unknown(id.as_str(), wanted, span)) };
        if !wanted.contains(&known.kind()) && !matches!(known, Known::Contested(_)) {
            return Err(self.wrong_kind(id, known.kind(), wanted, span));
        }
        match known {
            Known::Record(record) => Ok(record),
            Known::Poisoned(_) | Known::Contested(_) => Err(Failed::Silent),
            Known::Draft(kind) => Err(link_to_draft(id, kind, span)),
        }
    }

    fn wrong_kind(&self, id: &RecordId, kind: RecordKind, wanted: &[RecordKind], span: Span) -> Failed {
        let mut error = Diagnostic::new(
            Severity::Error,
            "wrong-kind",
            Some(span),
            format!("`{id}` is {}, not {}", a(kind), any(wanted)),
        )
        .label(format!("this must be {}", any(wanted)));
        if let Some(near) = self.nearest(id.as_str(), wanted) {
            error = error.hint(format!("did you mean `{near}`?"));
        }
        Failed::Error(Box::new(error))
    }

    /// The error about a name that nothing has.
    pub(crate) fn unknown(&self, id: &str, wanted: &[RecordKind], span: Span) -> Failed {
        let message = match wanted {
            ALL_KINDS => format!("nothing has the id `{id}`"),
            _ => format!("no {} has the id `{id}`", words(wanted, " and no ")),
        };
        let mut error = Diagnostic::new(Severity::Error, "unknown-id", Some(span), message);
        if let Some(near) = self.nearest(id, wanted) {
            error = error.hint(format!("did you mean `{near}`?"));
        } else if let Some(near) = self.near().all.nearest(id) {
            let kind = RecordId::new(near).and_then(|near| self.get(&near)).map_or(String::new(), |k| a(k.kind()));
            error = error.hint(format!("did you mean `{near}`? That is {kind}"));
        }
        if RecordId::new(id).is_some_and(|tag| self.tags.contains(&tag)) {
            error = error.hint(format!("`{id}` is a tag, and an id never means one"));
        }
        Failed::Error(Box::new(error))
    }

    fn nearest(&self, id: &str, wanted: &[RecordKind]) -> Option<&str> {
        wanted.iter().find_map(|kind| self.near().by_kind.get(kind).and_then(|candidates| candidates.nearest(id)))
    }

    /// All names, put in order when the first is mistaken.
    fn near(&self) -> &Near {
        self.near.get_or_init(|| {
            let mut sorted: Vec<_> = self.known.iter().map(|(id, known)| (id, known.kind())).collect();
            sorted.sort();
            let mut by_kind: HashMap<RecordKind, Vec<&str>> = HashMap::new();
            for (id, kind) in &sorted {
                by_kind.entry(*kind).or_default().push(id.as_str());
            }
            Near {
                by_kind: by_kind.into_iter().map(|(kind, names)| (kind, Candidates::new(names))).collect(),
                all: Candidates::new(sorted.iter().map(|(id, _)| id.as_str())),
            }
        })
    }
}

/// All kinds of record that have an id.
pub(crate) const ALL_KINDS: &[RecordKind] =
    &[RecordKind::Claim, RecordKind::Source, RecordKind::Entity, RecordKind::Commentary];

/// The error about a reference to a draft from something that is published.
pub(crate) fn link_to_draft(id: &RecordId, kind: RecordKind, span: Span) -> Failed {
    let error = Diagnostic::new(
        Severity::Error,
        "link-to-draft",
        Some(span),
        format!("the {} `{id}` is a draft, and this record is not", kind.word()),
    )
    .label("leads to a draft")
    .hint(format!("take `draft = true` out of `{id}`, make this record a draft too, or build with --drafts"));
    Failed::Error(Box::new(error))
}

fn any(kinds: &[RecordKind]) -> String {
    kinds.iter().map(|kind| a(*kind)).collect::<Vec<_>>().join(" or ")
}

fn words(kinds: &[RecordKind], between: &str) -> String {
    kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(between)
}

fn known(file: &ParsedFile, shelf: &Shelf<'_>, by_file: &FxHashMap<FileId, RecordRef>) -> Known {
    if shelf.left_out.contains(&file.file) {
        return Known::Draft(file.kind);
    }
    by_file.get(&file.file).map_or(Known::Poisoned(file.kind), |record| Known::Record(*record))
}

/// Whether a file other than the home page has no id, so that nothing can refer to it.
fn is_nameless(file: &ParsedFile) -> bool {
    file.id.is_none() && file.kind != RecordKind::Home
}

/// The front matter's opening fence; where there is none, the first line.
pub(crate) fn fence(input: &Input<'_>, file: &ParsedFile) -> ByteRange {
    match file.parsed.record.as_ref().and_then(shelf::head) {
        Some(Head { fence, .. }) => *fence,
        None => ByteRange::new(0, input.files.get(file.file).text.find(['\r', '\n']).unwrap_or(0)),
    }
}

fn claim(taken: &mut FxHashMap<RecordId, Claimed>, id: &RecordId, new: Claimed, report: &mut Vec<Diagnostic>) {
    let severity = new.severity();
    if id.is_reserved() {
        report.push(reserved(id, new.span, severity, new.is_alias));
    }
    let Some(first) = taken.get_mut(id) else {
        taken.insert(id.clone(), new);
        return;
    };
    let own = first.span.file == new.span.file;
    let message = match (new.is_alias, first.is_alias) {
        (true, false) if own => format!("`{id}` is this record's id, and an alias is a former one"),
        (true, true) if own => format!("the alias `{id}` is given twice"),
        (false, _) => format!("two files have the id `{id}`"),
        (true, _) => format!("the alias `{id}` is taken"),
    };
    let holder = if first.is_alias { "an alias of this record" } else { "the id of this file" };
    let hint = match (own, new.is_alias) {
        (true, _) => "take it out",
        (false, true) => "an alias is part of the same name space as ids: take it out of one of the two",
        (false, false) => "an id is the name of the file without `.md`, whatever its folder: rename one of the two",
    };
    report.push(
        Diagnostic::new(severity, "duplicate-id", Some(new.span), message)
            .label("here again")
            .other(first.span, format!("`{id}` is {holder}"))
            .hint(hint),
    );
    if !own && severity == Severity::Error {
        first.known = Known::Contested(first.known.kind());
    }
}

impl Claimed {
    /// What is wrong with the name of a draft that is left out is no error.
    fn severity(&self) -> Severity {
        if matches!(self.known, Known::Draft(_)) { Severity::Warning } else { Severity::Error }
    }
}

fn reserved(id: &RecordId, span: Span, severity: Severity, is_alias: bool) -> Diagnostic {
    let what = if is_alias { "alias" } else { "id" };
    let hint = if is_alias { "take it out" } else { "rename the file" };
    Diagnostic::new(
        severity,
        "reserved-id",
        Some(span),
        format!("`{id}` cannot be a record's {what}: the site needs that name for its lists"),
    )
    .hint(format!("{hint}; `index` and `page-` with a number are reserved"))
}
