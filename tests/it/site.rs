//! What holds for every site: the same bytes whatever the machine does, nothing withheld, nothing from elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::support::{copy_folder, files_below, runs_of_eight, without_tags};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn golden(name: &str) -> PathBuf {
    repository().join("tests/golden").join(name)
}

fn casebook(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.arg("--root").arg(root).args(arguments);
    command
}

fn build(root: &Path, output: &Path, threads: &str) {
    let run = casebook(root, &["build", "--output"]).arg(output).env("RAYON_NUM_THREADS", threads).output();
    let run = run.expect("casebook runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// A copy of the example dossier, without what is built from it.
fn example(to: &Path) {
    for name in ["casebook.toml", "captures.lock"] {
        fs::copy(repository().join(name), to.join(name)).expect("the example's file");
    }
    copy_folder(&repository().join("content"), &to.join("content"));
}

#[test]
fn one_thread_and_many_in_two_folders_give_the_same_bytes() {
    let (first, second) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let deep = second.path().join("a folder/with spaces");
    fs::create_dir_all(&deep).expect("a folder");
    example(first.path());
    example(&deep);
    build(first.path(), &first.path().join("public"), "1");
    build(&deep, &deep.join("public"), "8");
    let (one, many) = (files_below(&first.path().join("public")), files_below(&deep.join("public")));
    assert!(one.len() > 40, "only {} files", one.len());
    assert_eq!(one.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(bytes == &many[path], "{path} differs");
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    example(folder.path());
    let site = folder.path().join("public");
    build(folder.path(), &site, "2");
    let times = |folder: &Path| -> Vec<_> {
        files_below(folder)
            .into_keys()
            .filter(|path| !path.starts_with(".casebook"))
            .map(|path| (fs::metadata(folder.join(&path)).and_then(|m| m.modified()).expect("a time"), path))
            .collect()
    };
    let before = times(&site);
    std::thread::sleep(Duration::from_millis(20));
    build(folder.path(), &site, "2");
    assert_eq!(before, times(&site));
}

#[test]
fn withheld_words_are_nowhere_in_the_output() {
    let output = tempfile::tempdir().expect("a folder");
    let site = output.path().join("public");
    build(&golden("publish"), &site, "2");
    // Every phrase stands in a source of the fixture, and no claim rests on it.
    let withheld =
        ["alpha bravo", "india juliet", "quebec romeo", "yankee zulu", "ebony flax", "another thing", "four five"];
    for (path, bytes) in files_below(&site) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase().replace('-', " ");
        for words in withheld {
            assert!(!text.contains(words), "{path} has withheld words: {words}");
        }
    }
}

#[test]
fn the_example_publishes_and_holds_only_what_it_quotes() {
    let articles = repository().join("../shared/articles");
    if !articles.is_dir() {
        println!("not checked: the full articles are not in ../shared/articles");
        return;
    }
    let output = tempfile::tempdir().expect("a folder");
    let site = output.path().join("public");
    build(repository(), &site, "2");
    for article in fs::read_dir(articles).expect("the articles") {
        let article = article.expect("an article").path();
        let name = article.file_stem().expect("a name").to_string_lossy().into_owned();
        let full = fs::read_to_string(&article).expect("an article");
        let source = fs::read_to_string(repository().join(format!("content/sources/{name}.md"))).expect("its source");
        let (front_matter, body) = source.trim_start_matches("+++").split_once("+++").expect("front matter");
        check_excerpts(&name, body, &full);
        // A citation has the byline and the title side by side, as the article may.
        let metadata: toml::Table = front_matter.parse().expect("TOML");
        let byline = metadata.get("authors").or_else(|| metadata.get("publisher")).expect("a byline");
        let cited = format!("{byline} {}", metadata["title"]);
        let quoted = &runs_of_eight(&source) | &runs_of_eight(&cited);
        let withheld = &runs_of_eight(&full) - &quoted;
        assert!(withheld.len() > 50, "{name}: too little is withheld for the test to mean anything");
        for (path, bytes) in files_below(&site) {
            let text = runs_of_eight(&without_tags(&String::from_utf8_lossy(&bytes)));
            let leaked: Vec<_> = text.intersection(&withheld).collect();
            assert!(leaked.is_empty(), "{path} has words of {name} that are not quoted: {leaked:?}");
        }
    }
}

/// Every excerpt stands in the article in order, has at most two sentences, and all together are at most half of it.
fn check_excerpts(name: &str, body: &str, full: &str) {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\\', "");
    let full = plain(full);
    let mut from = 0;
    let mut words = 0;
    for excerpt in body.split("[…]").map(plain).filter(|excerpt| !excerpt.is_empty()) {
        let at = full[from..].find(&excerpt);
        from += at.unwrap_or_else(|| panic!("{name}: not in the article, or out of order: {excerpt}")) + excerpt.len();
        words += excerpt.split(' ').count();
        let sentences = casebook::text::sentences(&excerpt).len();
        assert!(sentences <= 2, "{name}: {sentences} sentences in one excerpt: {excerpt}");
    }
    let all = full.split(' ').count();
    assert!(words * 2 <= all, "{name}: {words} of {all} words are quoted");
}

#[test]
fn no_page_asks_another_host_for_anything() {
    for dossier in ["untrusted", "links", "publish"] {
        let output = tempfile::tempdir().expect("a folder");
        let site = output.path().join("public");
        build(&golden(dossier), &site, "2");
        for (path, bytes) in files_below(&site) {
            if !path.ends_with(".html") {
                continue;
            }
            let html = String::from_utf8_lossy(&bytes).to_lowercase();
            for tag in html.split('<').filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag) {
                let name = tag.split_whitespace().next().unwrap_or_default();
                assert!(!["iframe", "object", "embed", "math", "base"].contains(&name), "{path}: <{tag}>");
                // The theme's own have a class, which nothing from elsewhere keeps.
                assert!(!["form", "svg"].contains(&name) || tag.contains(" class="), "{path}: <{tag}>");
                assert!(name != "script" || !tag.contains("evil"), "{path}: <{tag}>");
                assert!(!tag.contains("javascript:") && !has_handler(tag), "{path}: <{tag}>");
                let follows = name == "a" || tag.contains("rel=\"canonical\"") || tag.starts_with("meta property=\"");
                assert!(follows || !tag.contains("://") || path.ends_with("404.html"), "{path}: <{tag}>");
            }
        }
    }
}

/// Whether a tag has an attribute such as `onclick`.
fn has_handler(tag: &str) -> bool {
    let is_handler = |part: &str| {
        let name = part.split_once('=').and_then(|(name, _)| name.strip_prefix("on"));
        name.is_some_and(|event| !event.is_empty() && event.bytes().all(|b| b.is_ascii_lowercase()))
    };
    tag.split_whitespace().any(is_handler)
}

#[test]
fn handlers_are_found_and_words_are_not() {
    assert!(has_handler("img src=x onerror=alert(1)") && has_handler("a\nonclick=\"f()\""));
    assert!(!has_handler("div aria-label=\"around this one\"") && !has_handler("p title=\"on\""));
}

#[test]
fn a_failed_build_changes_nothing_published() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_folder(&repository().join("tests/broken/base"), folder.path());
    let site = folder.path().join("public");
    build(folder.path(), &site, "2");
    let before = files_below(&site);
    let claim = folder.path().join("content/claims/ferry-came.md");
    let text = fs::read_to_string(&claim).expect("a claim").replace("came as always", "came as never");
    fs::write(&claim, text).expect("a broken claim");
    let run = casebook(folder.path(), &["build"]).output().expect("casebook runs");
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(before, files_below(&site));
}

#[test]
fn a_killed_build_is_put_right_by_the_next() {
    let corpus = tempfile::tempdir().expect("a folder");
    copy_folder(&repository().join("tests/broken/base"), corpus.path());
    for number in 0..400 {
        let entity = corpus.path().join(format!("content/entities/person-{number}.md"));
        fs::write(entity, format!("+++\nname = \"Person {number}\"\n+++\nSee [[sund]].\n")).expect("an entity");
    }
    let fresh = tempfile::tempdir().expect("a folder");
    build(corpus.path(), &fresh.path().join("public"), "2");
    let expected = files_below(&fresh.path().join("public"));
    for milliseconds in [1, 3, 6, 10, 15, 20, 30, 40, 60, 80] {
        let output = tempfile::tempdir().expect("a folder");
        let site = output.path().join("public");
        build(&golden("links"), &site, "2");
        let mut child = casebook(corpus.path(), &["build", "--output"])
            .arg(&site)
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("casebook runs");
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().expect("it is killed, or was done");
        child.wait().expect("it ends");
        build(corpus.path(), &site, "2");
        assert_eq!(expected, files_below(&site), "killed after {milliseconds} ms");
    }
}

fn write_below(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
    fs::write(path, text).expect("a file");
}

#[test]
fn a_link_to_a_heading_of_a_source_keeps_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    write_below(folder.path(), "casebook.toml", "title = \"Headings\"\n");
    let source = "+++\ntitle = \"Report\"\npublish = \"full\"\n+++\n## Part one\n\nIts words.\n";
    write_below(folder.path(), "content/sources/report.md", source);
    write_below(folder.path(), "content/index.md", "See [[report#part-one]].\n");
    let site = folder.path().join("public");
    build(folder.path(), &site, "1");
    let home = fs::read_to_string(site.join("index.html")).expect("the home page");
    assert!(home.contains("href=\"sources/report.html#part-one\""), "{home}");
}

#[test]
fn a_quotation_in_a_verdict_stands_beside_its_passage() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| write_below(folder.path(), path, text);
    write("casebook.toml", "title = \"Verdicts\"\n");
    write("content/sources/there.md", "+++\ntitle = \"There\"\n+++\nThe ferry came late that evening.\n");
    write("content/sources/gone.md", "+++\ntitle = \"Gone\"\n+++\n");
    write(
        "content/claims/late.md",
        "+++\nclaim = \"It came late.\"\n[[appearance]]\nsource = \"there\"\nquote = \"The ferry came late\"\n\
         [[verdict]]\nrating = \"true\"\nreason = \"\"\"\n> came late that evening\n>\n> — [[there]]\n\n\
         > it came after nine\n>\n> — [[gone]]\n\"\"\"\n+++\n",
    );
    let site = folder.path().join("public");
    build(folder.path(), &site, "1");
    for (page, words) in [("sources/there.html", "came late that evening"), ("sources/gone.html", "it came after nine")]
    {
        let html = fs::read_to_string(site.join(page)).expect("the page");
        assert!(html.contains("id=\"q-late:"), "{html}");
        assert!(without_tags(&html).contains(words), "{html}");
        let notes = html.matches("class=\"n\" href=\"#q-late%3A").count();
        assert_eq!(notes, 1, "{html}");
    }
}
