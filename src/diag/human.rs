//! Diagnostics for people: each with its place underlined, in the layout that compilers have made familiar.
//!
//! What is shown of a file is cut down first (`excerpt`), so that neither a paragraph of 5,000 characters on one line nor
//! a control character can spoil a terminal.

mod excerpt;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::diag::{Diagnostic, Severity};
use crate::files::{Files, Span};
use excerpt::{Excerpt, is_near};

pub use excerpt::visible;

/// The diagnostics as text, each with its place underlined, and a line that counts them; in colour for a terminal.
/// Empty where there are none.
pub fn render(diagnostics: &[Diagnostic], files: &Files, colour: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&[report(diagnostic, files)]));
        text.push_str("\n\n");
    }
    text.push_str(&summary(diagnostics));
    text.push('\n');
    text
}

/// The lines of its files that a diagnostic points to, with the places underlined, without its message, its hints and its
/// first place's name; empty where it points to none.
pub fn excerpt(diagnostic: &Diagnostic, files: &Files) -> String {
    let alone = Diagnostic { message: String::new(), hints: Vec::new(), ..diagnostic.clone() };
    let report = Renderer::plain().render(&[report(&alone, files)]);
    let mut lines = report.splitn(3, '\n').skip(2);
    lines.next().unwrap_or_default().to_owned()
}

/// How many diagnostics of each severity there are: "2 errors, 1 warning"; empty where there are none.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let counted = [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(|severity| {
        let count = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        (count > 0).then(|| format!("{count} {}{}", severity.word(), if count == 1 { "" } else { "s" }))
    });
    counted.collect::<Vec<_>>().join(", ")
}

/// Places in one file that are shown together, each with what is said there; the first one's place heads them.
struct View<'a> {
    places: Vec<(Span, &'a str, AnnotationKind)>,
}

fn report<'a>(diagnostic: &Diagnostic, files: &Files) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group =
        level.primary_title(visible(&diagnostic.message)).id(diagnostic.code).elements([] as [Element<'_>; 0]);
    for view in views(diagnostic, files) {
        group = group.element(if diagnostic.is_veiled { view.place(files) } else { view.element(files) });
    }
    group.elements(diagnostic.hints.iter().map(|hint| Level::HELP.message(visible(hint))))
}

/// The offending place, and with it every further place that can be shown in the same excerpt.
fn views<'a>(diagnostic: &'a Diagnostic, files: &Files) -> Vec<View<'a>> {
    let main = diagnostic.span.map(|span| (span, diagnostic.label.as_str(), AnnotationKind::Primary));
    let others = diagnostic.others.iter().map(|label| (label.place, label.message.as_str(), AnnotationKind::Context));
    let mut views: Vec<View<'a>> = Vec::new();
    for place in main.into_iter().chain(others) {
        let joins = |view: &&mut View<'_>| {
            let first = view.places[0].0;
            first.file == place.0.file
                && is_near(&files.get(first.file).text, &first.range.as_range(), &place.0.range.as_range())
        };
        match views.iter_mut().find(joins) {
            Some(view) => view.places.push(place),
            None => views.push(View { places: vec![place] }),
        }
    }
    views
}

impl View<'_> {
    /// The place without the text there.
    fn place<'b>(&self, files: &Files) -> Element<'b> {
        let span = self.places[0].0;
        let file = files.get(span.file);
        let start = file.line_column(span.range.start as usize);
        Origin::path(visible(&file.path)).line(start.line).char_column(start.column).into()
    }

    fn element<'b>(&self, files: &Files) -> Element<'b> {
        let file = files.get(self.places[0].0.file);
        if file.text.is_empty() {
            // Nothing can be underlined in an empty file, or in one that is a picture and was never read.
            return Origin::path(visible(&file.path)).line(1).char_column(1).into();
        }
        let ranges: Vec<_> = self.places.iter().map(|(span, ..)| span.range.as_range()).collect();
        let excerpt = Excerpt::cut(&file.text, &ranges);
        let annotations = excerpt.ranges.into_iter().zip(&self.places).map(|(range, (_, label, kind))| {
            let label = (!label.is_empty()).then(|| visible(label));
            kind.span(range).label(label)
        });
        let snippet = Snippet::source(excerpt.text).path(visible(&file.path)).line_start(excerpt.first_line);
        snippet.annotations(annotations).into()
    }
}

#[cfg(test)]
mod tests;
