//! A theme's files → templates ready to render, and the files that it copies into the site.
//!
//! The default theme is embedded. A theme of the dossier's own overrides it file by file: a template or a file that it
//! lacks is the default's. Nothing is read from the disk here.

mod about;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::files::{ByteRange, FileId, Span};
use crate::render::html::encode;
use crate::render::view::PageView;

pub use about::{About, Origin, about};

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Where templates of the dossier's own theme are found first; part of their name in Tera alone.
const OWN: &str = "own/";
const EMBEDDED: &str = "default/";

/// The bytes of most pages at most: what grows less is copied less.
const USUAL: usize = 32 << 10;

/// The bytes of most components at most.
const USUAL_PART: usize = 512;

/// A file of the dossier's own theme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThemeFile {
    /// Its number, for a text: so that an error in it can be shown in its place.
    pub file: Option<FileId>,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// A theme's files by their paths inside its folder, such as `templates/claim.html`.
pub type ThemeFiles = BTreeMap<String, ThemeFile>;

/// Templates and static files.
#[derive(Clone)]
pub struct Theme {
    name: String,
    tera: Tera,
    assets: BTreeMap<String, Arc<[u8]>>,
    sources: BTreeMap<String, (FileId, Arc<str>)>,
    /// What every template reads as `site`, where pages are to be the data that their templates get.
    site: Option<serde_json::Value>,
}

/// What every template can read as `site`: nothing that depends on a record.
#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    language: &'a str,
    /// The language as Open Graph writes it.
    locale: String,
    description: Option<&'a str>,
    publisher: Option<&'a str>,
    licence: Option<LicenceView<'a>>,
    base_url: Option<&'a str>,
    image: Option<ImageView<'a>>,
}

/// The picture that is shown beside a link to any page of the site.
#[derive(Serialize)]
struct ImageView<'a> {
    /// Its address, which Open Graph wants whole; none where the dossier has none.
    url: Option<String>,
    /// What it shows.
    alt: &'a str,
}

#[derive(Serialize)]
struct LicenceView<'a> {
    name: &'a str,
    url: Option<&'a str>,
}

impl<'a> SiteView<'a> {
    fn of(config: &'a Config) -> Self {
        let licence = config.licence.as_deref().map(|name| LicenceView {
            name,
            url: (name.starts_with("https://") || name.starts_with("http://")).then_some(name),
        });
        Self {
            title: &config.title,
            language: &config.language,
            locale: locale(&config.language),
            description: config.description.as_deref(),
            publisher: config.publisher.as_deref(),
            licence,
            base_url: config.base_url.as_deref(),
            image: config.image.as_deref().map(|path| ImageView {
                url: config.base_url.as_ref().map(|base| format!("{base}{}", encode(path))),
                alt: config.image_alt.as_ref().unwrap_or(&config.title),
            }),
        }
    }
}

impl fmt::Debug for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Theme").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Theme {
    /// The theme that `config` names, of `files` over the embedded default.
    ///
    /// # Errors
    /// Every template that cannot be read, and a bad `theme.toml`. A theme without files is the default one.
    pub fn new(config: &Config, files: &ThemeFiles) -> Result<Self, Vec<Diagnostic>> {
        let mut theme = Self {
            name: config.theme.clone(),
            tera: Tera::new(),
            assets: BTreeMap::new(),
            sources: BTreeMap::new(),
            site: None,
        };
        let mut diagnostics = Vec::new();
        diagnostics.extend(about::Manifest::of(files).err());
        let mut templates = Vec::new();
        for file in embedded(&DEFAULT) {
            theme.take(EMBEDDED, &file.0, None, file.1, &mut templates);
        }
        for (path, file) in files {
            theme.take(OWN, path, file.file, file.bytes.clone(), &mut templates);
        }
        if let Err(problem) = theme.compile(config, templates) {
            diagnostics.extend(theme.diagnose_all(&problem));
        }
        if diagnostics.is_empty() { Ok(theme) } else { Err(diagnostics) }
    }

    /// The files that the theme copies into the site, by their paths there.
    pub fn assets(&self) -> &BTreeMap<String, Arc<[u8]>> {
        &self.assets
    }

    /// The same theme, whose pages are the data that their templates would get, as JSON. Pieces of HTML in that data are
    /// still rendered.
    pub(crate) fn showing_data(&self, config: &Config) -> Self {
        let site = serde_json::to_value(SiteView::of(config)).unwrap_or_default();
        Self { site: Some(site), ..self.clone() }
    }

    /// Renders a page: its frame as `page`, its view under `name`. The bytes are UTF-8, and as they go into a file.
    pub(crate) fn render_page(
        &self,
        page: &PageView,
        name: &'static str,
        view: &impl Serialize,
    ) -> Result<Vec<u8>, Diagnostic> {
        if let Some(site) = &self.site {
            return data(site, page, name, view).map_err(|problem| self.whole(&problem.to_string()));
        }
        let mut context = Context::new();
        context.insert("page", page);
        context.insert(name, view);
        let template = format!("{}.html", page.kind);
        let mut html = Vec::with_capacity(USUAL);
        self.tera.render_to(&template, &context, &mut html).map_err(|problem| self.first(&problem, &template))?;
        Ok(html)
    }

    /// Renders a template that is a part of a page.
    pub(crate) fn render(&self, template: &str, context: &Context) -> Result<String, Diagnostic> {
        self.tera.render(template, context).map_err(|problem| self.first(&problem, template))
    }

    /// Renders a component on its own, with `value` as its `parameter`.
    pub(crate) fn component(&self, name: &str, parameter: &'static str, value: &Value) -> Result<String, Diagnostic> {
        let mut arguments = Context::new();
        arguments.insert_value(parameter, value.clone());
        let mut html = Vec::with_capacity(USUAL_PART);
        let rendered = self.tera.render_component_to(name, &arguments, None, true, &mut html);
        rendered.map_err(|problem| self.first(&problem, name))?;
        String::from_utf8(html).map_err(|problem| self.whole(&problem.to_string()))
    }

    fn take(
        &mut self,
        layer: &str,
        path: &str,
        file: Option<FileId>,
        bytes: Arc<[u8]>,
        templates: &mut Vec<(String, Arc<str>)>,
    ) {
        if let Some(name) = path.strip_prefix("templates/") {
            let name = format!("{layer}{name}");
            let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
            self.sources.extend(file.map(|file| (name.clone(), (file, text.clone()))));
            templates.push((name, text));
        } else if let Some(asset) = path.strip_prefix("static/") {
            self.assets.insert(format!("assets/{asset}"), bytes);
        }
    }

    fn compile(&mut self, config: &Config, templates: Vec<(String, Arc<str>)>) -> Result<(), tera::Error> {
        self.tera.set_fallback_prefixes([OWN, EMBEDDED])?;
        self.tera.global_context().insert("site", &SiteView::of(config));
        self.tera.add_raw_templates(templates)
    }

    /// What is wrong with a template or a component, of which there may be more.
    fn first(&self, problem: &tera::Error, name: &str) -> Diagnostic {
        let found = self.diagnose_all(problem).into_iter().next();
        found.unwrap_or_else(|| error("template", None, format!("the template `{name}` cannot be rendered")))
    }

    fn diagnose_all(&self, problem: &tera::Error) -> Vec<Diagnostic> {
        match problem.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                let place = Place {
                    template: report.filename().to_owned(),
                    line: span.start_line,
                    column: span.start_col + 1,
                    range: Some(span.range.clone()),
                };
                vec![self.diagnose(report.message(), &place)]
            }
            // What is missing in several templates comes as one text of reports.
            ErrorKind::Msg(text) => {
                let reports: Vec<Diagnostic> =
                    text.split("\n\n").filter_map(|report| self.diagnose_report(report)).collect();
                if reports.is_empty() { vec![self.whole(text)] } else { reports }
            }
            other => vec![self.whole(&other.to_string())],
        }
    }

    /// One report of Tera's: `error: MESSAGE`, then ` --> TEMPLATE:LINE:COLUMN`.
    fn diagnose_report(&self, report: &str) -> Option<Diagnostic> {
        let message = report.lines().next()?.strip_prefix("error: ")?;
        let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
        let mut parts = place.rsplitn(3, ':');
        let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(self.diagnose(message, &Place { template: parts.next()?.to_owned(), line, column, range: None }))
    }

    fn diagnose(&self, message: &str, place: &Place) -> Diagnostic {
        let message = sentence(message);
        // Only a text from the disk can be shown; Tera's range counts its bytes.
        let span = self.sources.get(&place.template).map(|(file, text)| {
            let range = place.range.clone().unwrap_or_else(|| word_at(text, place.line, place.column));
            Span { file: *file, range: ByteRange::from(range) }
        });
        let path = self.path(&place.template);
        let message = match span {
            Some(_) => message,
            None => format!("{path}:{}:{}: {message}", place.line, place.column),
        };
        error("template", span, message).hint("`docs/themes.md` lists what each template can read")
    }

    fn whole(&self, message: &str) -> Diagnostic {
        let message = message.replace(OWN, &self.path(OWN)).replace(EMBEDDED, &self.path(EMBEDDED));
        error("template", None, format!("the theme `{}`: {}", self.name, sentence(&message)))
    }

    /// A template's path as people write it.
    fn path(&self, template: &str) -> String {
        match (template.strip_prefix(OWN), template.strip_prefix(EMBEDDED)) {
            (Some(name), _) => format!("themes/{}/templates/{name}", self.name),
            (_, Some(name)) => format!("themes/default/templates/{name}"),
            _ => template.to_owned(),
        }
    }
}

/// A language as Open Graph writes it: `en`, `en_GB`; other subtags of BCP 47 have no place there.
fn locale(language: &str) -> String {
    let mut subtags = language.split('-');
    let primary = subtags.next().unwrap_or_default().to_ascii_lowercase();
    // After the first, two letters or three digits are a region; one character begins an extension.
    let is_region = |subtag: &&str| match subtag.len() {
        2 => subtag.bytes().all(|b| b.is_ascii_alphabetic()),
        3 => subtag.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    match subtags.take_while(|subtag| subtag.len() > 1).find(is_region) {
        Some(region) => format!("{primary}_{}", region.to_ascii_uppercase()),
        None => primary,
    }
}

/// A place in a template.
struct Place {
    template: String,
    /// From 1.
    line: usize,
    /// From 1, in code points.
    column: usize,
    /// In bytes of the template.
    range: Option<std::ops::Range<usize>>,
}

/// The bytes of the word at a line and a column, each counted from 1.
fn word_at(text: &str, line: usize, column: usize) -> std::ops::Range<usize> {
    let line_start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = &text[line_start..];
    let start = line_start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    let length = text[start..].find(|c: char| !c.is_alphanumeric() && !"._-/".contains(c)).unwrap_or(0);
    start..start + length
}

/// All files of a folder and its folders, by path.
fn embedded(folder: &'static Dir<'static>) -> Vec<(String, Arc<[u8]>)> {
    let mut files: Vec<_> = folder
        .files()
        .map(|file| (file.path().to_string_lossy().replace('\\', "/"), Arc::from(file.contents())))
        .chain(folder.dirs().flat_map(embedded))
        .collect();
    files.sort();
    files
}

/// What a page's template can read, by the names that it reads it under.
fn data(
    site: &serde_json::Value,
    page: &PageView,
    name: &str,
    view: &impl Serialize,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut data = serde_json::Map::new();
    data.insert("site".to_owned(), site.clone());
    data.insert("page".to_owned(), serde_json::to_value(page)?);
    data.insert(name.to_owned(), serde_json::to_value(view)?);
    serde_json::to_vec_pretty(&data)
}

/// A library's message as one of ours: beginning small, without a full stop.
fn sentence(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut chars = message.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn error(code: &'static str, span: Option<Span>, message: String) -> Diagnostic {
    Diagnostic::new(Severity::Error, code, span, message)
}

#[cfg(test)]
mod tests;
