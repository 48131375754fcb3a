//! What a link in the dossier's own Markdown leads to.

use crate::diag::Diagnostic;
use crate::dossier::{RecordRef, Target};
use crate::ids::{RecordId, slug};
use crate::parse::ast::{Link, LinkForm};
use crate::resolve::context::Work;
use crate::resolve::names::{ALL_KINDS, Failed, Known, link_to_draft};
use crate::resolve::paths;

impl<'a> Work<'_, 'a> {
    /// The target of a link; what is wrong with it has been reported.
    pub(crate) fn target(&mut self, link: &Link) -> Target {
        self.out.asks_for_fragments |= link.fragment.is_some() && link.form != LinkForm::External;
        let found = match link.form {
            LinkForm::External => Ok(external(link)),
            _ if link.target.is_empty() => self.here(link),
            LinkForm::Wiki { .. } | LinkForm::Transclusion => self.wiki(link),
            LinkForm::Inline => self.inline(link),
            LinkForm::Image => self.image(link),
        };
        found.unwrap_or_else(|failed| {
            self.fail(failed);
            Target::Broken
        })
    }

    /// A link within the page: only a fragment.
    fn here(&self, link: &Link) -> Result<Target, Failed> {
        match (&link.fragment, link.form) {
            (Some(fragment), LinkForm::Inline | LinkForm::Wiki { .. }) => {
                Ok(Target::Here(self.fragment(self.record, fragment, link)?))
            }
            // A link without a target was reported where the file was read.
            _ => Err(Failed::Silent),
        }
    }

    fn wiki(&self, link: &Link) -> Result<Target, Failed> {
        let span = self.span(link.range);
        let Some(id) = RecordId::new(&link.target) else { return Err(self.not_an_id(link)) };
        if id.as_str() == "index" {
            let home = paths::relative(self.path(), "content/index.md");
            let error = self.error("unknown-id", link.range, "nothing has the id `index`");
            return Err(stop(error.hint(format!("the home page is linked as [words]({home})"))));
        }
        let record = self.context.names.refer(&id, ALL_KINDS, span)?;
        self.to_record(record, link)
    }

    /// The error about `[[…]]` around something that no record's id can be.
    fn not_an_id(&self, link: &Link) -> Failed {
        let target = &link.target;
        if self.context.input.statics.contains(target.trim_start_matches('/')) {
            let path = target.trim_start_matches('/');
            let error = self.error("broken-link", link.range, format!("`{target}` is a file, not a record"));
            let mark = if link.form == LinkForm::Transclusion { "!" } else { "" };
            return stop(error.hint(format!("a file is linked as {mark}[words](/{path})")));
        }
        let name = target.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
        let mut failed = self.context.names.unknown(target, ALL_KINDS, self.span(link.range));
        if let Failed::Error(error) = &mut failed
            && let Some(id) = RecordId::new(&slug(name))
            && self.context.names.get(&id).is_some()
        {
            error.hints = vec![match id.as_str() == name {
                true => format!("an id has no folder and no ending: [[{id}]]"),
                false => format!("ids are written in small letters, digits and hyphens: [[{id}|{name}]]"),
            }];
        }
        failed
    }

    fn to_record(&self, record: RecordRef, link: &Link) -> Result<Target, Failed> {
        let fragment = link.fragment.as_ref().map(|fragment| self.fragment(record, fragment, link)).transpose()?;
        Ok(Target::Record(record, fragment))
    }

    fn inline(&self, link: &Link) -> Result<Target, Failed> {
        if let Some((id, known)) = self.record_at(&link.target) {
            return match (known, id) {
                (Known::Record(record), _) => self.to_record(record, link),
                (Known::Draft(kind), Some(id)) => Err(link_to_draft(id, kind, self.span(link.range))),
                _ => Err(Failed::Silent),
            };
        }
        self.static_file(link)
    }

    fn image(&self, link: &Link) -> Result<Target, Failed> {
        match self.record_at(&link.target) {
            Some((_, known)) => Err(stop(self.not_an_image(link, &format!("a {}", known.kind().word())))),
            None => self.static_file(link),
        }
    }

    fn record_at(&self, target: &str) -> Option<(Option<&'a RecordId>, Known)> {
        let path = paths::from_root(self.path(), target)?;
        self.context.record_at(&path)
    }

    fn static_file(&self, link: &Link) -> Result<Target, Failed> {
        let statics = &self.context.input.statics;
        paths::in_site(self.path(), &link.target)
            .filter(|path| statics.contains(path))
            .map(|path| Target::Static(path, link.fragment.as_deref().map(paths::decoded)))
            .ok_or_else(|| stop(self.no_file(link)))
    }

    fn path(&self) -> &str {
        &self.context.input.files.get(self.file).path
    }

    fn not_an_image(&self, link: &Link, what: &str) -> Diagnostic {
        self.error("not-an-image", link.range, format!("an image cannot show {what}"))
            .hint("to show a record itself write `![[id]]`")
    }

    /// The error about a path at which nothing is, with what it could have been.
    fn no_file(&self, link: &Link) -> Diagnostic {
        let target = &link.target;
        let error = self.error("broken-link", link.range, format!("nothing is at `{target}`"));
        let Some(path) = paths::from_root(self.path(), target) else {
            return error.hint("a path is relative to this file's folder and stays inside the project");
        };
        if let Some(id) = page_of(&path).filter(|id| self.context.names.get(id).is_some()) {
            return error.hint(format!("link to the record, not to its page: [[{id}]]"));
        }
        let site = paths::in_site(self.path(), target).map(|path| format!("/{path}"));
        let near = self.context.near_paths();
        match near.nearest(&path).or_else(|| site.and_then(|site| near.nearest(&site))) {
            Some(near) if near.starts_with('/') => error.hint(format!("did you mean `{near}`?")),
            Some(near) => error.hint(format!("did you mean `{}`?", paths::relative(self.path(), near))),
            None => error.hint("a record is linked as [[id]], a file of content/static as /name.pdf"),
        }
    }

    /// The id in `record`'s page that a link's fragment means.
    fn fragment(&self, record: RecordRef, fragment: &str, link: &Link) -> Result<String, Failed> {
        if let RecordRef::Source(source) = record {
            let passages = self.context.fragments(source);
            return match passages.is_some_and(|passages| passages.contains(fragment)) {
                true => Ok(fragment.to_owned()),
                false => Err(stop(self.no_passage(fragment, passages.into_iter().flatten(), link))),
            };
        }
        let headings = self.context.shelf.body(record).map_or(&[][..], |body| &body.headings);
        let known = |slug: &str| headings.iter().any(|heading| heading.slug == slug);
        let fragment = match link.form {
            LinkForm::Inline => &paths::decoded(fragment),
            _ => fragment,
        };
        if known(fragment) {
            return Ok(fragment.to_owned());
        }
        // As in `[[id#The heading's words]]`.
        let slug = slug(fragment);
        if known(&slug) {
            return Ok(slug);
        }
        let mut error = self.error("unknown-heading", link.range, format!("no heading there has the id `#{fragment}`"));
        let mut slugs: Vec<&str> = headings.iter().map(|heading| heading.slug.as_str()).collect();
        slugs.sort_unstable();
        if let Some(hint) = crate::diag::suggest::did_you_mean(fragment, slugs.iter().copied()) {
            error = error.hint(hint);
        } else if slugs.is_empty() {
            error = error.hint("that text has no headings");
        } else {
            error = error.hint(format!("its headings are {}", listed(&slugs)));
        }
        Err(stop(error))
    }

    fn no_passage<'f>(&self, fragment: &str, passages: impl Iterator<Item = &'f String>, link: &Link) -> Diagnostic {
        let error = self.error(
            "unknown-heading",
            link.range,
            format!("that source's page has no passage or heading with the id `#{fragment}`"),
        );
        let passages: Vec<&str> = passages.map(String::as_str).collect();
        let hint = crate::diag::suggest::did_you_mean(fragment, passages).unwrap_or_else(|| {
            "a passage of a source is linked by the claim that quotes it: `#q-` and the claim's id".to_owned()
        });
        error.hint(hint)
    }
}

/// How many headings a hint lists.
const LISTED: usize = 8;

fn listed(slugs: &[&str]) -> String {
    let mut list: Vec<String> = slugs.iter().take(LISTED).map(|slug| format!("`#{slug}`")).collect();
    if slugs.len() > LISTED {
        list.push("…".to_owned());
    }
    list.join(", ")
}

fn external(link: &Link) -> Target {
    Target::External(match &link.fragment {
        Some(fragment) => format!("{}#{fragment}", link.target).into(),
        None => link.target.clone(),
    })
}

fn stop(error: Diagnostic) -> Failed {
    Failed::Error(Box::new(error))
}

/// The id of the record whose page would stand at that path.
fn page_of(path: &str) -> Option<RecordId> {
    RecordId::new(path.rsplit('/').next()?.strip_suffix(".html")?)
}
