//! The same texts as a site of another generator: a page for each record with all its texts, lists of 200, tags; plain
//! templates. No claim's place in its source is looked for, nothing is worked out, and there is no search.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use toml::{Table, Value};

/// The kinds of records: folders of both sites.
const KINDS: [&str; 4] = ["sources", "claims", "entities", "commentary"];

/// Another generator that is on this machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Peer {
    Zola,
    Hugo,
}

impl Peer {
    /// Its name and version, where it is on the `PATH`.
    pub(crate) fn find(self) -> Option<String> {
        let (program, argument) = self.version();
        let output = Command::new(program).arg(argument).output().ok().filter(|output| output.status.success())?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let version = said.split([' ', '+', '-', '\n']).find(|word| word.contains('.'))?.trim_start_matches('v');
        Some(format!("{self:?} {version}"))
    }

    fn version(self) -> (&'static str, &'static str) {
        match self {
            Self::Zola => ("zola", "--version"),
            Self::Hugo => ("hugo", "version"),
        }
    }

    /// What builds the site in a folder into a new one, with so many threads.
    pub(crate) fn build(self, site: &Path, output: &Path, threads: usize) -> Command {
        let mut command = Command::new(self.version().0);
        match self {
            Self::Zola => command.arg("--root").arg(site).args(["build", "--output-dir"]).arg(output),
            Self::Hugo => command.arg("--source").arg(site).arg("--destination").arg(output).arg("--noBuildLock"),
        };
        command.env("RAYON_NUM_THREADS", threads.to_string()).env("GOMAXPROCS", threads.to_string());
        command
    }

    /// Writes the site of a dossier's texts.
    pub(crate) fn write(self, dossier: &Path, site: &Path) -> io::Result<()> {
        let records = records(dossier)?;
        let kinds: HashMap<&str, &str> = records.iter().map(|record| (record.id.as_str(), record.kind)).collect();
        for record in &records {
            put(site, &format!("content/{}/{}.md", record.kind, record.id), &self.page(record, &kinds))?;
        }
        for kind in KINDS {
            put(site, &format!("content/{kind}/_index.md"), &self.section(kind))?;
        }
        let home = fs::read_to_string(dossier.join("content/index.md"))?;
        put(site, "content/_index.md", &format!("+++\ntitle = \"Home\"\n+++\n{}", linked(&home, &kinds)))?;
        let templates = match self {
            Self::Zola => ZOLA,
            Self::Hugo => HUGO,
        };
        templates.iter().try_for_each(|(path, text)| put(site, path, text))
    }

    fn section(self, kind: &str) -> String {
        let pages = if self == Self::Zola { "sort_by = \"title\"\npaginate_by = 200\n" } else { "" };
        format!("+++\ntitle = \"{kind}\"\n{pages}+++\n")
    }

    fn page(self, record: &Record, kinds: &HashMap<&str, &str>) -> String {
        let front = &record.front;
        let title = ["title", "claim", "name"].iter().find_map(|key| front.get(*key)).cloned();
        let mut page = format!("+++\ntitle = {}\n", title.unwrap_or_else(|| Value::String(record.id.clone())));
        if let Some(date) = front.get("date").filter(|date| date.is_datetime()) {
            page.push_str(&format!("date = {date}\n"));
        }
        if let Some(tags) = front.get("tags") {
            let table = if self == Self::Zola { "[taxonomies]\n" } else { "" };
            page.push_str(&format!("{table}tags = {tags}\n"));
        }
        page.push_str("+++\n");
        page.push_str(&linked(&(said(front) + &record.body), kinds));
        page
    }
}

/// A record's file.
struct Record {
    kind: &'static str,
    id: String,
    front: Table,
    body: String,
}

fn records(dossier: &Path) -> io::Result<Vec<Record>> {
    let mut records = Vec::new();
    for kind in KINDS {
        let mut files = fs::read_dir(dossier.join("content").join(kind))?
            .map(|file| file.map(|file| file.path()))
            .collect::<io::Result<Vec<PathBuf>>>()?;
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file)?;
            let (front, body) = text.trim_start_matches("+++\n").split_once("+++\n").unwrap_or(("", &text));
            let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let front = front.parse().map_err(io::Error::other)?;
            records.push(Record { kind, id, front, body: body.to_owned() });
        }
    }
    Ok(records)
}

/// The texts of front matter, as Markdown.
fn said(front: &Table) -> String {
    let text = |table: &Table, key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let tables = |table: &Table, key: &str| {
        let tables = table.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        tables.into_iter().filter_map(|value| value.as_table().cloned()).collect::<Vec<_>>()
    };
    let mut said = ["role", "summary"].map(|key| text(front, key)).concat() + "\n\n";
    for appearance in tables(front, "appearance") {
        let (quote, source) = (text(&appearance, "quote"), text(&appearance, "source"));
        said.push_str(&format!("> {quote}\n>\n> — [[{source}]]"));
        for link in tables(&appearance, "attribution") {
            said.push_str(&format!(", [[{}]] {}", text(&link, "who"), text(&link, "cue")));
        }
        said.push_str("\n\n");
    }
    for relation in tables(front, "relation") {
        let [what, claim, reason] = ["type", "claim", "reason"].map(|key| text(&relation, key));
        said.push_str(&format!("- {what} [[{claim}]]: {reason}\n"));
    }
    said.push('\n');
    for entry in tables(front, "verdict").iter().chain(&tables(front, "correction")) {
        let [rating, reason, words] = ["rating", "reason", "text"].map(|key| text(entry, key));
        let date = entry.get("date").map(Value::to_string).unwrap_or_default();
        said.push_str(&format!("**{rating}** {date}: {reason}{words}\n\n"));
    }
    said
}

/// A text with its links as those of Markdown.
fn linked(text: &str, kinds: &HashMap<&str, &str>) -> String {
    let text = text.replace("![[", "[[").replace("](../", "](/").replace(".md)", "/)");
    let mut linked = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((inner, then)) = after.split_once("]]") else { break };
        let (id, words) = inner.split_once('|').unwrap_or((inner, inner));
        let (id, heading) = id.split_at(id.find('#').unwrap_or(id.len()));
        let kind = kinds.get(id).copied().unwrap_or_default();
        linked.push_str(&format!("{before}[{words}](/{kind}/{id}/{heading})"));
        rest = then;
    }
    linked + rest
}

fn put(site: &Path, path: &str, text: &str) -> io::Result<()> {
    let path = site.join(path);
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text)
}

const ZOLA: &[(&str, &str)] = &[
    (
        "config.toml",
        "base_url = \"https://corpus.example\"\ntitle = \"A corpus\"\n\
         taxonomies = [{ name = \"tags\", paginate_by = 200 }]\n",
    ),
    (
        "templates/base.html",
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{% block title %}{{ config.title }}\
         {% endblock %}</title></head>\n<body><nav><a href=\"/sources/\">Sources</a> <a href=\"/claims/\">Claims</a> \
         <a href=\"/entities/\">Entities</a> <a href=\"/commentary/\">Commentary</a> <a href=\"/tags/\">Tags</a></nav>\n\
         <main>{% block main %}{% endblock %}</main></body>\n</html>\n",
    ),
    (
        "templates/index.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ section.title }}</h1>{{ section.content | safe }}{% endblock %}",
    ),
    (
        "templates/page.html",
        "{% extends \"base.html\" %}{% block title %}{{ page.title }}{% endblock %}\n{% block main %}<article><h1>\
         {{ page.title }}</h1>{% if page.date %}<p><time>{{ page.date }}</time></p>{% endif %}\n{{ page.content | safe }}\n\
         {% if page.taxonomies.tags %}<ul>{% for tag in page.taxonomies.tags %}<li><a href=\"{{ get_taxonomy_url(\
         kind=\"tags\", name=tag) }}\">{{ tag }}</a></li>{% endfor %}</ul>{% endif %}</article>{% endblock %}",
    ),
    (
        "templates/section.html",
        "{% extends \"base.html\" %}{% block title %}{{ section.title }}{% endblock %}\n{% block main %}<h1>\
         {{ section.title }}</h1><ul>{% for page in paginator.pages %}<li><a href=\"{{ page.permalink | safe }}\">\
         {{ page.title }}</a></li>{% endfor %}</ul>{% if paginator.next %}<a href=\"{{ paginator.next | safe }}\">Next</a>\
         {% endif %}{% endblock %}",
    ),
    (
        "templates/taxonomy_list.html",
        "{% extends \"base.html\" %}{% block main %}<ul>{% for term in terms %}<li><a href=\"{{ term.permalink | safe }}\">\
         {{ term.name }}</a></li>{% endfor %}</ul>{% endblock %}",
    ),
    (
        "templates/taxonomy_single.html",
        "{% extends \"base.html\" %}{% block title %}{{ term.name }}{% endblock %}\n{% block main %}<h1>{{ term.name }}</h1>\
         <ul>{% for page in paginator.pages %}<li><a href=\"{{ page.permalink | safe }}\">{{ page.title }}</a></li>\
         {% endfor %}</ul>{% if paginator.next %}<a href=\"{{ paginator.next | safe }}\">Next</a>{% endif %}{% endblock %}",
    ),
];

const HUGO: &[(&str, &str)] = &[
    (
        "hugo.toml",
        "baseURL = \"https://corpus.example/\"\ntitle = \"A corpus\"\nlanguageCode = \"en\"\ndisableKinds = [\"RSS\"]\n\
         [taxonomies]\ntag = \"tags\"\n",
    ),
    (
        "layouts/_default/baseof.html",
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>\n<body><nav>\
         <a href=\"/sources/\">Sources</a> <a href=\"/claims/\">Claims</a> <a href=\"/entities/\">Entities</a> \
         <a href=\"/commentary/\">Commentary</a> <a href=\"/tags/\">Tags</a></nav>\n<main>{{ block \"main\" . }}{{ end }}\
         </main></body>\n</html>\n",
    ),
    ("layouts/index.html", "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ .Content }}{{ end }}"),
    (
        "layouts/_default/single.html",
        "{{ define \"main\" }}<article><h1>{{ .Title }}</h1>{{ if not .Date.IsZero }}<p><time>\
         {{ .Date.Format \"2006-01-02\" }}</time></p>{{ end }}\n{{ .Content }}\n{{ with .GetTerms \"tags\" }}<ul>\
         {{ range . }}<li><a href=\"{{ .RelPermalink }}\">{{ .LinkTitle }}</a></li>{{ end }}</ul>{{ end }}</article>{{ end }}",
    ),
    (
        "layouts/_default/list.html",
        "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ $list := .Paginate .RegularPages.ByTitle 200 }}<ul>\
         {{ range $list.Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .LinkTitle }}</a></li>{{ end }}</ul>\
         {{ if $list.HasNext }}<a href=\"{{ $list.Next.URL }}\">Next</a>{{ end }}{{ end }}",
    ),
    (
        "layouts/_default/terms.html",
        "{{ define \"main\" }}<ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .LinkTitle }}</a></li>{{ end }}\
         </ul>{{ end }}",
    ),
];
