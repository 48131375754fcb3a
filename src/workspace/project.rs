//! The files of a project as they were last given, by path, each what its path makes it: texts numbered, records parsed.
//!
//! A file is parsed when its content changes, and by itself. The number of a text is its path's for ever, so that what
//! was made of one file stays true while others come and go.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::files::{ByteRange, File, FileId, Files, Span};
use crate::ids::{RecordId, RecordKind};
use crate::parse::{Parsed, ast, parse_shared};
use crate::render::theme::{ThemeFile, ThemeFiles};
use crate::resolve::{CaptureFile, ParsedFile};
use crate::workspace::place::{CONFIG, CONTENT, LOCK, STATIC, THEMES, bad_id};
use crate::workspace::texts::not_utf_8;
use crate::workspace::{At, Change, Content, Place, Refusal, place};

/// A project's files.
#[derive(Debug, Default)]
pub struct Project {
    files: Files,
    numbers: HashMap<String, FileId>,
    config: Option<FileId>,
    lock: Option<FileId>,
    records: BTreeMap<String, ParsedFile>,
    statics: BTreeMap<String, Copied>,
    themes: BTreeMap<String, ThemeFiles>,
    refused: BTreeMap<String, Refusal>,
    /// By name; none for one that is not there.
    captures: BTreeMap<String, Option<CaptureFile>>,
}

/// A file that is copied to the site as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Copied {
    /// Its bytes.
    Bytes(Arc<[u8]>),
    /// Where it is on disk.
    OnDisk(PathBuf),
}

/// What a set of changes touched.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Touched {
    /// Whether anything did.
    pub(super) any: bool,
    /// Whether something did from which a page may be made, a theme's files aside.
    pub(super) pages: bool,
    /// Whether `casebook.toml` did.
    pub(super) config: bool,
    /// Whether `captures.lock` did.
    pub(super) lock: bool,
    /// The themes of which a file did, each file with its path inside the theme's folder.
    pub(super) themes: BTreeSet<(String, String)>,
    /// The paths in the site of files of `content/static`.
    pub(super) statics: BTreeSet<String>,
}

impl Touched {
    /// Adds what further changes touched.
    pub(super) fn add(&mut self, other: Self) {
        self.any |= other.any;
        self.pages |= other.pages;
        self.config |= other.config;
        self.lock |= other.lock;
        self.themes.extend(other.themes);
        self.statics.extend(other.statics);
    }
}

/// What a project names and nobody has said anything of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Missing {
    /// The theme of that name.
    pub theme: Option<String>,
    /// The captures of these names.
    pub captures: BTreeSet<String>,
}

impl Missing {
    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.theme.is_none() && self.captures.is_empty()
    }
}

impl Project {
    /// The texts.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The text of `casebook.toml`; none where there is no such file.
    pub(super) fn config(&self) -> Option<FileId> {
        self.config
    }

    /// The text of `captures.lock`; none where there is no such file.
    pub(super) fn lock(&self) -> Option<FileId> {
        self.lock
    }

    /// The records' files, by path.
    pub fn records(&self) -> impl Iterator<Item = &ParsedFile> {
        self.records.values()
    }

    /// What is copied to the site, by path in the site.
    pub fn statics(&self) -> &BTreeMap<String, Copied> {
        &self.statics
    }

    /// The files of a theme.
    pub fn theme(&self, name: &str) -> Option<&ThemeFiles> {
        self.themes.get(name).filter(|files| !files.is_empty())
    }

    /// The captures that are there and that sources name.
    pub(super) fn captures(&self) -> HashMap<String, CaptureFile> {
        let captures = self.capture_names().into_iter();
        captures.filter_map(|name| Some((name.to_owned(), self.captures.get(name)?.clone()?))).collect()
    }

    /// The names of the captures that sources name.
    pub fn capture_names(&self) -> BTreeSet<&str> {
        let folder = format!("{CONTENT}/{}/", RecordKind::Source.folder());
        let files = self.records.range(folder.clone()..).take_while(|(path, _)| path.starts_with(&folder));
        let sources = files.filter_map(|(_, record)| match &record.parsed.record {
            Some(ast::Record::Source(source)) => source.capture.as_ref(),
            _ => None,
        });
        sources.map(|capture| capture.file.value.as_str()).collect()
    }

    /// What the project names and nobody has said anything of.
    pub fn missing(&self, config: &Config) -> Missing {
        let theme = Some(config.theme.clone()).filter(|theme| !self.themes.contains_key(theme));
        let captures = self.capture_names().into_iter().filter(|name| !self.captures.contains_key(*name));
        Missing { theme, captures: captures.map(str::to_owned).collect() }
    }

    /// What is wrong with files as files: of the records, the settings, the captures that sources name, one theme.
    pub(crate) fn diagnostics(&self, theme: &str) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut text = |id: FileId| found.extend(not_utf_8(id, self.files.get(id)));
        self.config.into_iter().chain(self.lock).for_each(&mut text);
        self.records.values().for_each(|record| text(record.file));
        self.capture_names()
            .into_iter()
            .filter_map(|name| self.captures.get(name)?.as_ref())
            .for_each(|capture| text(capture.file));
        found.extend(self.records.values().filter_map(|record| self.bad_name(record)));
        let of_themes = format!("{THEMES}/");
        found.extend(self.refusals(|path| !path.starts_with(&of_themes)));
        found.extend(self.theme_problems(theme));
        found
    }

    /// What is wrong with a theme's files as files.
    pub fn theme_problems(&self, theme: &str) -> Vec<Diagnostic> {
        let texts = self.theme(theme).into_iter().flat_map(BTreeMap::values).filter_map(|file| file.file);
        let mut found: Vec<_> = texts.filter_map(|id| not_utf_8(id, self.files.get(id))).collect();
        let folder = format!("{THEMES}/{theme}/");
        found.extend(self.refusals(|path| path.starts_with(&folder)));
        found
    }

    fn refusals(&self, is_wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = Diagnostic> {
        let refused = self.refused.iter().filter(move |(path, _)| is_wanted(path));
        refused.filter_map(|(path, refusal)| Some(refusal.diagnostic(*self.numbers.get(path)?)))
    }

    /// What is wrong with the name of a record's file.
    fn bad_name(&self, record: &ParsedFile) -> Option<Diagnostic> {
        if record.kind == RecordKind::Home || record.id.is_some() {
            return None;
        }
        let path = &self.files.get(record.file).path;
        let name = path.rsplit('/').next().unwrap_or(path);
        Some(bad_id(name.strip_suffix(".md").unwrap_or(name)).diagnostic(record.file))
    }

    /// The error about a theme that is not there.
    pub(super) fn unknown_theme(&self, name: &str) -> Option<Diagnostic> {
        if name == "default" || self.theme(name).is_some() {
            return None;
        }
        let span = self.setting("theme");
        Some(
            Diagnostic::new(Severity::Error, "unknown-theme", span, format!("there is no theme `{name}`"))
                .hint(format!("its folder would be `{THEMES}/{name}`; without `theme` the site takes the default one")),
        )
    }

    /// The error about a social picture that is not there.
    pub(super) fn missing_image(&self, config: &Config) -> Option<Diagnostic> {
        let path = config.image.as_ref().filter(|path| !self.statics.contains_key(*path))?;
        let message = format!("there is no picture `{CONTENT}/{STATIC}/{path}`");
        Some(
            Diagnostic::new(Severity::Error, "broken-link", self.setting("image"), message)
                .hint("put it there, or remove `image`"),
        )
    }

    /// The line of `casebook.toml` that sets `name`.
    fn setting(&self, name: &str) -> Option<Span> {
        self.config.map(|file| {
            let config = &self.files.get(file).text;
            let is_it = |at: usize| {
                let after = config[at + name.len()..].trim_start_matches([' ', '\t']);
                (at == 0 || config[..at].ends_with('\n')) && after.starts_with('=')
            };
            let at = config.match_indices(name).map(|(at, _)| at).find(|&at| is_it(at));
            let range = at.map_or(ByteRange::default(), |at| {
                let end = config[at..].find(['\r', '\n']).map_or(config.len(), |length| at + length);
                ByteRange::new(at, end)
            });
            Span { file, range }
        })
    }

    /// Gives back what was read in the records.
    pub(super) fn shed(&mut self) {
        std::mem::take(&mut self.records).into_par_iter().for_each(drop);
    }

    /// Takes files as they are now; what was there before and is not named stays.
    pub(super) fn take(&mut self, changes: Vec<Change>) -> Touched {
        let mut touched = Touched::default();
        let mut records = BTreeMap::new();
        for Change { at, content } in changes {
            match at {
                At::Path(path) => {
                    // What was given before of the same place in the same set of changes is out of date.
                    take_below(&mut records, &path);
                    self.take_path(path, content, &mut records, &mut touched);
                }
                At::Capture { name, path } => self.take_capture(name, path, content, &mut touched),
            }
        }
        self.parse(records, &mut touched);
        touched.any |= touched.pages;
        touched
    }

    fn take_path(&mut self, path: String, content: Content, records: &mut NewRecords, touched: &mut Touched) {
        let (place, bytes) = match (place(&path), content) {
            (_, Content::Gone) => return self.remove(&path, touched),
            (_, Content::Refused(refusal)) | (Place::Stray(refusal), _) => {
                if self.refused.get(&path) == Some(&refusal) {
                    return;
                }
                self.remove(&path, touched);
                touched.any = true;
                self.text(path.clone(), Vec::new());
                self.refused.insert(path, refusal);
                return;
            }
            (Place::Static(site_path), Content::OnDisk { from }) => {
                self.refused.remove(&path);
                return self.take_static(site_path.as_str(), Copied::OnDisk(from), touched);
            }
            // What is read can only be given as bytes.
            (_, Content::OnDisk { .. }) => return,
            (place, Content::Bytes(bytes)) => (place, bytes),
        };
        touched.any |= self.refused.remove(&path).is_some();
        match place {
            Place::Config => {
                let (file, is_new) = self.text(path, bytes);
                touched.config |= is_new || self.config.replace(file).is_none();
                touched.pages |= touched.config;
                self.config = Some(file);
            }
            Place::Lock => {
                let (file, is_new) = self.text(path, bytes);
                touched.lock |= is_new || self.lock.replace(file).is_none();
                touched.pages |= touched.lock;
                self.lock = Some(file);
            }
            Place::Record(kind, id) => {
                records.insert(path, (kind, id, bytes));
            }
            Place::Static(site_path) => self.take_static(site_path.as_str(), Copied::Bytes(bytes.into()), touched),
            Place::Theme { theme, path: inner, is_text } => {
                let (file, is_new) = if is_text { self.text(path, bytes.clone()) } else { (FileId(0), false) };
                let file = is_text.then_some(file);
                // What is not UTF-8 is shown as the text that was made of it.
                let bytes = file.map_or(bytes.into(), |file| self.files.get(file).text.as_bytes().into());
                let files = self.themes.entry(theme.clone()).or_default();
                let same = files.get(&inner).is_some_and(|old| old.bytes == bytes) && !is_new;
                if !same {
                    files.insert(inner.clone(), ThemeFile { file, bytes });
                    touched.themes.insert((theme, inner));
                    touched.any = true;
                }
            }
            Place::Stray(_) | Place::Other => {}
        }
    }

    fn take_static(&mut self, path: &str, copied: Copied, touched: &mut Touched) {
        let same = matches!(copied, Copied::Bytes(_)) && self.statics.get(path) == Some(&copied);
        if !same {
            // A link can lead to it now.
            touched.pages |= self.statics.insert(path.to_owned(), copied).is_none();
            touched.statics.insert(path.to_owned());
            touched.any = true;
        }
    }

    fn take_capture(&mut self, name: String, path: String, content: Content, touched: &mut Touched) {
        let capture = match content {
            Content::Bytes(bytes) => {
                let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
                let (file, _) = self.text(path, bytes);
                Some(CaptureFile { sha256, file })
            }
            _ => None,
        };
        let sha256 = |capture: &Option<CaptureFile>| capture.as_ref().map(|capture| capture.sha256.clone());
        let old = self.captures.get(&name).map(sha256);
        touched.pages |= old != Some(sha256(&capture));
        self.captures.insert(name, capture);
    }

    /// Takes away what is at a path, and everything below it.
    fn remove(&mut self, path: &str, touched: &mut Touched) {
        if path == CONFIG {
            touched.config |= self.config.take().is_some();
        }
        if path == LOCK {
            touched.lock |= self.lock.take().is_some();
        }
        touched.pages |= touched.config || touched.lock;
        for gone in take_below(&mut self.records, path) {
            self.text(gone, Vec::new());
            touched.pages = true;
        }
        touched.any |= !take_below(&mut self.refused, path).is_empty();
        let statics = path.strip_prefix("content/static").or((path == "content").then_some(""));
        let gone = match statics.map(|rest| rest.strip_prefix('/').unwrap_or(rest)) {
            Some("") => std::mem::take(&mut self.statics).into_keys().collect(),
            Some(inner) if path.starts_with("content/static/") => take_below(&mut self.statics, inner),
            _ => Vec::new(),
        };
        touched.pages |= !gone.is_empty();
        touched.statics.extend(gone);
        self.remove_theme_files(path, touched);
    }

    fn remove_theme_files(&mut self, path: &str, touched: &mut Touched) {
        let Some(rest) = path.strip_prefix(THEMES) else { return };
        let mut parts = rest.trim_start_matches('/').splitn(2, '/');
        let (theme, inner) = (parts.next().unwrap_or_default(), parts.next());
        let mut gone = Vec::new();
        match (theme, inner) {
            ("", _) => {
                for (theme, files) in &mut self.themes {
                    gone.extend(std::mem::take(files).into_keys().map(|path| (theme.clone(), path)));
                }
            }
            (theme, None) => {
                // That the theme is not there has been said.
                let files = std::mem::take(self.themes.entry(theme.to_owned()).or_default());
                gone.extend(files.into_keys().map(|path| (theme.to_owned(), path)));
            }
            (theme, Some(inner)) => {
                let files = self.themes.get_mut(theme).map(|files| take_below(files, inner)).unwrap_or_default();
                gone.extend(files.into_iter().map(|path| (theme.to_owned(), path)));
            }
        }
        touched.any |= !gone.is_empty();
        touched.themes.extend(gone);
    }

    /// Parses records whose text has changed, all at once.
    fn parse(&mut self, records: NewRecords, touched: &mut Touched) {
        let mut changed = Vec::new();
        for (path, (kind, id, bytes)) in records {
            let (file, is_new) = self.text(path.clone(), bytes);
            if is_new || !self.records.contains_key(&path) {
                changed.push((path, file, kind, id));
            }
        }
        touched.pages |= !changed.is_empty();
        let files = &self.files;
        let parse_file = |(path, file, kind, id): (String, FileId, RecordKind, Option<RecordId>)| {
            let text = files.get(file);
            // A file that is no text is reported as such; what would be read in it is made up.
            let parsed = match text.invalid_at {
                Some(_) => Parsed { record: None, problems: Vec::new(), draft: false },
                None => parse_shared(kind, &text.text),
            };
            (path, ParsedFile { file, kind, id, parsed: Arc::new(parsed) })
        };
        let parsed: Vec<_> = changed.into_par_iter().map(parse_file).collect();
        self.records.extend(parsed);
    }

    /// Keeps a text, and says whether it is another than before.
    fn text(&mut self, path: String, bytes: Vec<u8>) -> (FileId, bool) {
        let Some(&id) = self.numbers.get(&path) else {
            let id = self.files.add(File::decode(path.clone(), bytes));
            self.numbers.insert(path, id);
            return (id, true);
        };
        let old = self.files.get(id);
        if old.invalid_at.is_none() && old.text.as_bytes() == bytes {
            return (id, false);
        }
        self.files.replace(id, File::decode(path, bytes));
        (id, true)
    }
}

/// Records' files that were given, by path.
type NewRecords = BTreeMap<String, (RecordKind, Option<RecordId>, Vec<u8>)>;

/// Takes what is at `path`, and what is below it, out of a map by paths; gives the paths.
fn take_below<T>(map: &mut BTreeMap<String, T>, path: &str) -> Vec<String> {
    let folder = format!("{path}/");
    let inside = map.range(folder.clone()..).map(|(key, _)| key).take_while(|key| key.starts_with(&folder));
    let gone: Vec<String> = inside.chain(map.get_key_value(path).map(|(key, _)| key)).cloned().collect();
    for key in &gone {
        map.remove(key);
    }
    gone
}
