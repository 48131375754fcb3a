//! The pages of `docs` and beside it: what they link to is there, and their index has all of them.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = [root().to_owned(), root().join("docs")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("the folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

/// The targets of a page's links and images, and the ids of its headings as code hosts make them.
fn links_and_headings(page: &str) -> (Vec<String>, Vec<String>) {
    let (mut links, mut headings, mut heading) = (Vec::new(), Vec::new(), None);
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => links.push(dest_url.to_string()),
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(words) | Event::Code(words) => heading.iter_mut().for_each(|heading| heading.push_str(&words)),
            Event::End(TagEnd::Heading(_)) => {
                let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
                let text: String = heading.take().unwrap_or_default().chars().filter(kept).collect();
                headings.push(text.to_lowercase().replace(' ', "-"));
            }
            _ => {}
        }
    }
    (links, headings)
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let mut wrong = Vec::new();
    let mut followed = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for link in links_and_headings(&text).0 {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            let (path, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { page.clone() } else { page.parent().expect("a folder").join(path) };
            let is_there = match fs::read_to_string(&target) {
                Ok(text) if !fragment.is_empty() => links_and_headings(&text).1.iter().any(|id| id == fragment),
                _ => target.exists(),
            };
            if !is_there {
                wrong.push(format!("{}: {link}", page.strip_prefix(root()).expect("inside").display()));
            }
        }
    }
    assert!(followed > 20, "only {followed} links");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_index_of_docs_has_every_page_of_it() {
    let index = fs::read_to_string(root().join("docs/README.md")).expect("the index");
    let links = links_and_headings(&index).0;
    for page in pages().iter().filter(|page| page.parent() == Some(&root().join("docs"))) {
        let name = page.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(name == "README.md" || links.contains(&name), "docs/README.md does not lead to {name}");
    }
}
