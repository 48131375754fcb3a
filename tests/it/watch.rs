//! The preview keeps up with the disk: everything that can happen to files is picked up, once, and whatever happened it
//! shows what a fresh build shows.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::preview::{Preview, casebook};

/// A source of which there is everything to quote.
const SOURCE: &str = "+++\ntitle = \"A source\"\npublish = \"full\"\n+++\nOne passage is quoted. Another one is not.\n";

fn claim(words: &str) -> String {
    format!(
        "+++\nclaim = \"{words}\"\n\n[[appearance]]\nsource = \"a-source\"\nquote = \"One passage is quoted\"\n+++\n{words}\n"
    )
}

/// A preview of a dossier with a source and as many claims as there are `names`.
fn preview(names: &[&str]) -> Preview {
    let temporary = tempfile::tempdir().expect("a folder");
    let root = temporary.path().join("dossier");
    assert!(casebook(&["new", &root.to_string_lossy()]).success());
    fs::write(root.join("content/sources/a-source.md"), SOURCE).expect("a file");
    for name in names {
        fs::write(root.join(format!("content/claims/{name}.md")), claim(name)).expect("a file");
    }
    Preview::start(temporary, &[], &[])
}

fn rename(preview: &Preview, from: &str, to: &str) {
    let to = preview.root().join(to);
    fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
    fs::rename(preview.root().join(from), to).expect("renamed");
}

#[test]
fn a_file_is_picked_up_whatever_happens_to_it() {
    let preview = preview(&["one"]);
    preview.write("content/claims/two.md", &claim("a new one"));
    preview.wait_for("/claims/two.html", "a new one");
    rename(&preview, "content/claims/two.md", "content/claims/three.md");
    preview.wait_for("/claims/three.html", "a new one");
    preview.wait_until_gone("/claims/two.html");
    rename(&preview, "content/claims/three.md", "content/claims/deep/er/three.md");
    preview.write("content/claims/deep/er/three.md", &claim("moved and changed"));
    preview.wait_for("/claims/three.html", "moved and changed");
    fs::remove_file(preview.root().join("content/claims/deep/er/three.md")).expect("removed");
    preview.wait_until_gone("/claims/three.html");
    // As editors save: a file beside it, put in its place; or the old one put aside first.
    fs::write(preview.root().join("content/claims/.one.md.swp"), claim("saved by renaming")).expect("a file");
    rename(&preview, "content/claims/.one.md.swp", "content/claims/one.md");
    preview.wait_for("/claims/one.html", "saved by renaming");
    rename(&preview, "content/claims/one.md", "content/claims/one.md~");
    preview.write("content/claims/one.md", &claim("saved with a copy"));
    preview.wait_for("/claims/one.html", "saved with a copy");
    // A folder where a file was, and a file again.
    fs::remove_file(preview.root().join("content/claims/one.md")).expect("removed");
    preview.write("content/claims/one.md/four.md", &claim("in a folder of that name"));
    preview.wait_for("/claims/four.html", "in a folder of that name");
    preview.wait_until_gone("/claims/one.html");
    fs::remove_dir_all(preview.root().join("content/claims/one.md")).expect("removed");
    preview.write("content/claims/one.md", &claim("a file again"));
    preview.wait_for("/claims/one.html", "a file again");
    preview.wait_until_gone("/claims/four.html");
    assert!(preview.wait_for_build("site"));
}

#[test]
fn a_folder_is_picked_up_at_once() {
    let preview = preview(&["one"]);
    let prepared = preview.beside("prepared");
    fs::create_dir_all(prepared.join("inner")).expect("a folder");
    fs::write(prepared.join("two.md"), claim("from elsewhere")).expect("a file");
    fs::write(prepared.join("inner/three.md"), claim("from elsewhere too")).expect("a file");
    fs::rename(&prepared, preview.root().join("content/claims/new")).expect("renamed");
    preview.wait_for("/claims/two.html", "from elsewhere");
    preview.wait_for("/claims/three.html", "from elsewhere too");
    // What is under a new name is watched under it.
    rename(&preview, "content/claims/new", "content/claims/newer");
    preview.write("content/claims/newer/inner/three.md", &claim("under a new name"));
    preview.wait_for("/claims/three.html", "under a new name");
    fs::rename(preview.root().join("content/claims/newer"), preview.beside("away")).expect("renamed");
    preview.wait_until_gone("/claims/two.html");
    preview.wait_until_gone("/claims/three.html");
    // Folders that are made and filled in one go.
    for n in 0..20 {
        preview.write(&format!("content/claims/f{n}/g/h/in-{n}.md"), &claim("filled"));
    }
    for n in 0..20 {
        preview.wait_for(&format!("/claims/in-{n}.html"), "filled");
    }
    fs::remove_dir_all(preview.root().join("content/claims/f3")).expect("removed");
    preview.wait_until_gone("/claims/in-3.html");
    assert!(preview.wait_for_build("site"));
    // All of it goes, and comes back.
    fs::rename(preview.root().join("content"), preview.beside("content")).expect("renamed");
    preview.wait_until_gone("/claims/one.html");
    fs::rename(preview.beside("content"), preview.root().join("content")).expect("renamed");
    preview.wait_for("/claims/one.html", "one");
    preview.write("content/claims/one.md", &claim("watched again"));
    preview.wait_for("/claims/one.html", "watched again");
    assert!(preview.wait_for_build("site"));
}

#[test]
fn thousands_of_files_are_picked_up_at_once() {
    let preview = preview(&[]);
    let mut news = preview.news();
    news.next();
    for n in 0..1500 {
        preview.write(
            &format!("content/entities/many/{:02}/e{n}.md", n % 40),
            &format!("+++\nname = \"Entity {n}\"\n+++\n"),
        );
    }
    preview.wait_for("/entities/e1499.html", "Entity 1499");
    for n in (0..1500).step_by(83) {
        preview.wait_for(&format!("/entities/e{n}.html"), &format!("Entity {n}"));
    }
    // They were taken in together, not one after another.
    assert!(news.next().1["revision"].as_u64().expect("a number") >= 2);
    let revision = preview.get("/").state()["revision"].as_u64().expect("a number");
    assert!(revision < 60, "{revision} states for 1500 files");
    fs::remove_dir_all(preview.root().join("content/entities/many")).expect("removed");
    preview.wait_until_gone("/entities/e1499.html");
    preview.wait_until_gone("/entities/e0.html");
}

#[test]
fn what_is_no_record_is_picked_up_as_well() {
    let preview = preview(&["one"]);
    preview.edit("casebook.toml", "title = \"", "title = \"Renamed ");
    preview.wait_for("/claims/one.html", "Renamed ");
    preview.write("themes/default/templates/footer-of-mine.html", "nothing");
    preview.write("themes/default/templates/404.html", "<html><head></head><body><h1>Mine</h1></body></html>");
    preview.wait("/no-such-page", "have the template", |response| response.text().contains("<h1>Mine</h1>"));
    fs::remove_dir_all(preview.root().join("themes")).expect("removed");
    preview.wait("/no-such-page", "have none", |response| response.text().contains("There is no such page"));
    preview.write("content/static/a/b.txt", "first");
    preview.wait_for("/a/b.txt", "first");
    preview.write("content/static/a/b.txt", "other");
    preview.wait_for("/a/b.txt", "other");
    rename(&preview, "content/static/a", "content/static/c");
    preview.wait_for("/c/b.txt", "other");
    preview.wait_until_gone("/a/b.txt");
    assert!(preview.wait_for_build("site"));
}

#[test]
fn captures_are_picked_up_wherever_they_are() {
    let preview = preview(&["one"]);
    let source = |capture: &str| SOURCE.replace("publish", &format!("capture = {{ file = \"{capture}\" }}\npublish"));
    preview.write("content/sources/a-source.md", &source("a.txt"));
    preview.wait_for("/sources/a-source.html", "Not compared with its capture");
    let says =
        |code: &str| preview.wait("/", code, |response| response.state()["diagnostics"].to_string().contains(code));
    let is_well = || preview.wait("/", "be well", |response| response.state()["diagnostics"] == json!([]));
    preview.write("captures/a.txt", "Something else.\n");
    says("capture");
    preview.write("captures/a.txt", "A source\n\nOne passage is quoted. Another one is not.\n");
    is_well();
    // Elsewhere, as casebook.toml says.
    fs::create_dir(preview.beside("frozen")).expect("a folder");
    fs::write(preview.beside("frozen/a.txt"), "Something else.\n").expect("a file");
    let settings = preview.read("casebook.toml");
    preview.write("casebook.toml", &format!("captures = \"../frozen\"\n{settings}"));
    says("capture");
    fs::write(preview.beside("frozen/a.txt"), "A source\n\nOne passage is quoted. Another one is not.\n")
        .expect("a file");
    is_well();
    fs::write(preview.beside("frozen/a.txt"), "Something else again.\n").expect("a file");
    says("capture");
}

#[cfg(unix)]
#[test]
fn what_symbolic_links_lead_to_is_picked_up() {
    let preview = preview(&["one"]);
    fs::create_dir_all(preview.root().join("shelf/inner")).expect("a folder");
    fs::write(preview.root().join("shelf/inner/two.md"), claim("behind a link")).expect("a file");
    fs::write(preview.root().join("three.txt"), claim("a link itself")).expect("a file");
    let link =
        |target: &str, name: &str| std::os::unix::fs::symlink(preview.root().join(target), preview.root().join(name));
    link("shelf", "content/claims/shelf").expect("a link");
    link("three.txt", "content/claims/three.md").expect("a link");
    preview.wait_for("/claims/two.html", "behind a link");
    preview.wait_for("/claims/three.html", "a link itself");
    preview.write("shelf/inner/two.md", &claim("changed behind a link"));
    preview.wait_for("/claims/two.html", "changed behind a link");
    preview.write("three.txt", &claim("the target changed"));
    preview.wait_for("/claims/three.html", "the target changed");
    fs::remove_file(preview.root().join("content/claims/shelf")).expect("removed");
    preview.wait_until_gone("/claims/two.html");
}

#[test]
fn what_is_not_the_dossiers_wakes_nobody() {
    let preview = preview(&["one"]);
    let mut news = preview.news();
    news.next();
    preview.write("public/index.html", "built");
    preview.write(".git/index", "git");
    preview.write("notes.md", "mine");
    preview.write("content/claims/.one.md.swp", "swap");
    preview.write("content/claims/#one.md#", "saved by itself");
    preview.write("content/claims/one.md~", "a copy");
    preview.write("content/.obsidian/x.md", "an editor's");
    // Read, touched and saved as it was.
    let text = preview.read("content/claims/one.md");
    preview.write("content/claims/one.md", &text);
    preview.write("content/claims/one.md", &claim("changed"));
    assert_eq!(news.revision(), 2);
    preview.write("content/claims/one.md", &claim("changed again"));
    assert_eq!(news.revision(), 3);
    assert!(preview.get("/claims/one.html").text().contains("changed again"));
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // xorshift64 (Marsaglia, 2003).
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("a small number")
    }
}

/// Where the file of that name is among the folders of claims.
fn find(root: &Path, name: &str) -> Option<std::path::PathBuf> {
    let entries = walkdir::WalkDir::new(root.join("content/claims")).into_iter().flatten();
    entries.map(walkdir::DirEntry::into_path).find(|path| path.file_name().is_some_and(|own| own == name))
}

/// Does something to the dossier's files.
fn disturb(preview: &Preview, dice: &mut Dice, step: usize) {
    let root = preview.root();
    let name = format!("c{}.md", dice.roll(12));
    let folder = |dice: &mut Dice| root.join("content/claims").join(["", "a", "b/c", "d"][dice.roll(4)]);
    let make = |path: &Path, text: &str| {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    match (dice.roll(10), find(&root, &name)) {
        (0..4, Some(path)) => make(&path, &claim(&format!("step {step}"))),
        (_, None) => make(&folder(dice).join(&name), &claim(&format!("made in step {step}"))),
        (4, Some(path)) => fs::remove_file(path).expect("removed"),
        (5, Some(path)) => {
            let folder = folder(dice);
            fs::create_dir_all(&folder).expect("a folder");
            fs::rename(path, folder.join(&name)).expect("renamed");
        }
        (6, Some(path)) => {
            let aside = path.with_file_name(format!(".{name}.new"));
            make(&aside, &claim(&format!("put in place in step {step}")));
            fs::rename(aside, path).expect("renamed");
        }
        (7, _) => {
            let (from, to) = (root.join("content/claims/a"), root.join(format!("content/claims/e{step}")));
            if from.is_dir() {
                fs::rename(from, to).expect("renamed");
            }
        }
        (8, _) => make(&root.join("themes/default/static/style.css"), &format!("/* {step} */")),
        (_, _) => make(&root.join(format!("content/static/s{}.txt", dice.roll(4))), &format!("{step}")),
    }
}

#[test]
fn after_a_hundred_disturbances_it_shows_what_a_build_shows() {
    let preview = preview(&["c0", "c1", "c2", "c3", "c4", "c5"]);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut builds = 0;
    for step in 0..100 {
        disturb(&preview, &mut dice, step);
        if step % 20 == 19 {
            builds += usize::from(preview.wait_for_build(&format!("site-{step}")));
        }
    }
    assert_eq!(builds, 5);
}
