//! A small project as files, and random edits of it: words, lines, whole records, damage, renames, deletions, settings,
//! theme, static files, captures.

use std::fmt::Write as _;

use super::*;

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % (end.max(1) as u64)).unwrap()
    }

    pub(super) fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

const WORDS: &[&str] =
    &["the", "minister", "said", "that", "no", "channel", "is", "open", "today", "“quoted”", "not", "ever", "Peskov"];
const SOURCES: &[&str] = &["one", "two", "three", "four"];
pub(super) const CLAIMS: &[&str] = &["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];
const ENTITIES: &[&str] = &["peskov", "ria", "moscow"];
const ESSAYS: &[&str] = &["essay", "note"];
const TAGS: &[&str] = &["war", "peace", "talks"];

/// The passages that the sources have in common, so that a quotation often holds and sometimes is ambiguous.
const PASSAGES: &[&str] = &[
    "almost every level of dialogue is frozen",
    "he did not deny that the channel is open",
    "the minister spoke of it twice in one week",
    "nobody answered the telephone on that day",
];

/// A project as files, with what it was at first.
pub(super) struct Model {
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) captures: BTreeMap<String, Vec<u8>>,
    pub(super) random: Random,
}

/// Some text of the dossier's own.
fn prose(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..random.below(4) {
        let kind = random.below(4);
        let id = *random.one(random_ids(kind));
        let _ = match random.below(9) {
            0 => write!(text, "## Heading {}\n\n", random.below(3)),
            1 => write!(text, "See [[{id}]] for more. "),
            2 => write!(text, "See [[{id}|here]] and [there](../claims/{id}.md). "),
            3 => write!(text, "![[{}]]\n\n", random.one(&["essay", "note", "alpha"])),
            4 => write!(text, "As [[{id}#heading-1]] and [[one#heading-1]] say. "),
            5 => write!(text, "As [[{}#q-{}]] says. ", random.one(SOURCES), random.one(CLAIMS)),
            6 => write!(text, "\n> {}\n> — [[{}]]\n\n", random.one(PASSAGES), random.one(SOURCES)),
            7 => write!(text, "A [file](/a.txt) of ours. "),
            _ => write!(text, "{} {} {}. ", random.one(WORDS), random.one(WORDS), random.one(WORDS)),
        };
    }
    text
}

fn random_ids(kind: usize) -> &'static [&'static str] {
    [SOURCES, CLAIMS, ENTITIES, ESSAYS][kind]
}

fn head(random: &mut Random) -> String {
    let mut head = String::new();
    if random.below(3) == 0 {
        let _ = writeln!(head, "tags = [\"{}\"]", random.one(TAGS));
    }
    if random.below(25) == 0 {
        head.push_str("draft = true\n");
    }
    if random.below(12) == 0 {
        let _ = writeln!(head, "aliases = [\"old-{}\"]", random.below(9));
    }
    head
}

fn source(random: &mut Random) -> String {
    let mut text = format!("+++\ntitle = \"Title {}\"\n", random.below(5));
    let _ = writeln!(text, "date = 20{}-01-0{}", 10 + random.below(9), 1 + random.below(9));
    let _ = writeln!(text, "publisher = \"{}\"", random.one(&["ria", "moscow", "Mir TV", "Peskov"]));
    let _ = writeln!(text, "publish = \"{}\"", random.one(&["full", "excerpts", "record"]));
    text.push_str(&head(random));
    if random.below(3) == 0 {
        text.push_str("[capture]\nfile = \"a.md\"\n");
        if random.below(2) == 0 {
            return text + "+++\n";
        }
    }
    text.push_str("+++\n");
    for _ in 0..random.below(4) {
        let passage = random.one(PASSAGES);
        let _ = write!(text, "{} {} {passage}. And {}.\n\n", random.one(WORDS), random.one(WORDS), random.one(WORDS));
    }
    if random.below(3) == 0 {
        let _ = write!(text, "## Heading {}\n\n", random.below(3));
    }
    text
}

fn claim(random: &mut Random) -> String {
    let mut text = format!("+++\nclaim = \"{} number {}.\"\n", random.one(WORDS), random.below(5));
    let _ = writeln!(text, "about = [\"{}\"]", random.one(ENTITIES));
    text.push_str(&head(random));
    for n in 0..=random.below(2) {
        let (source, quote) = (random.one(SOURCES), random.one(PASSAGES));
        let _ = writeln!(text, "[[appearance]]\nsource = \"{source}\"\nquote = \"{quote}\"\nspeech = \"direct\"");
        let _ = writeln!(
            text,
            "key = \"k{n}\"\nattribution = [{{ who = \"{}\", said = 2015-05-05 }}]",
            random.one(ENTITIES)
        );
    }
    for _ in 0..random.below(3) {
        let kind = random.one(&["supports", "contradicts", "contradicts", "disputes"]);
        let _ = writeln!(text, "[[relation]]\ntype = \"{kind}\"\nclaim = \"{}\"", random.one(CLAIMS));
        let _ = writeln!(text, "reason = \"As [[{}]] has it.\"", random.one(CLAIMS));
    }
    if random.below(2) == 0 {
        let _ = writeln!(
            text,
            "[[verdict]]\nrating = \"{}\"\ndate = 2020-01-0{}",
            random.one(&["true", "false"]),
            1 + random.below(9)
        );
        let _ = writeln!(text, "reason = \"See [[{}]].\"", random.one(CLAIMS));
    }
    text + "+++\n" + &prose(random)
}

fn entity(random: &mut Random) -> String {
    let name = random.one(&["Dmitri Peskov", "RIA", "Mir TV", "Moscow"]);
    let kind = random.one(&["person", "anonymous", "organization"]);
    let head = head(random);
    format!(
        "+++\nname = \"{name}\"\nkind = \"{kind}\"\nother_names = [\"Peskov {}\"]\n{head}+++\n{}",
        random.below(3),
        prose(random)
    )
}

fn essay(random: &mut Random) -> String {
    let head = head(random);
    format!(
        "+++\ntitle = \"Essay {}\"\ndate = 2019-0{}-01\n{head}+++\n{}",
        random.below(3),
        1 + random.below(9),
        prose(random)
    )
}

type Write = fn(&mut Random) -> String;

/// Each kind of record: its folder, and what writes one.
const FOLDERS: &[(&str, Write)] =
    &[("sources", source), ("claims", claim), ("entities", entity), ("commentary", essay)];

impl Model {
    /// A dossier with little wrong in it.
    pub(super) fn new(seed: u64) -> Self {
        let mut model = Self { files: BTreeMap::new(), captures: BTreeMap::new(), random: Random(seed) };
        model.mend();
        model
    }

    /// Puts the dossier into a state without errors, and gives the changes.
    pub(super) fn mend(&mut self) -> Vec<Change> {
        let mut files = BTreeMap::new();
        let mut put = |path: String, text: String| files.insert(path, text.into_bytes());
        put(CONFIG.to_owned(), "title = \"Edits\"\n".to_owned());
        put("content/static/a.txt".to_owned(), "a".to_owned());
        put("content/index.md".to_owned(), "Home of [[alpha]].\n".to_owned());
        for (n, id) in SOURCES.iter().enumerate() {
            let text =
                format!("+++\ntitle = \"On {id}\"\npublisher = \"ria\"\n+++\nSo: {}.\n", PASSAGES.join(". Then "));
            let publish = if n == 0 { "publish = \"full\"\n" } else { "" };
            put(format!("content/sources/{id}.md"), text.replacen("title", &format!("{publish}title"), 1));
        }
        for (n, id) in CLAIMS.iter().enumerate() {
            let (source, quote) = (self.random.one(SOURCES), PASSAGES[n % PASSAGES.len()]);
            let appearance = format!("[[appearance]]\nsource = \"{source}\"\nquote = \"{quote}\"\n");
            // In pairs that contradict each other.
            let other = CLAIMS[n ^ 1];
            let relation =
                format!("[[relation]]\ntype = \"contradicts\"\nclaim = \"{other}\"\nreason = \"[[peskov]] said.\"\n");
            put(
                format!("content/claims/{id}.md"),
                format!("+++\nclaim = \"It is {id}.\"\n{appearance}{relation}+++\nSee [[essay]].\n"),
            );
        }
        for id in ENTITIES {
            put(format!("content/entities/{id}.md"), format!("+++\nname = \"The {id}\"\n+++\n## Heading 1\n"));
        }
        for id in ESSAYS {
            put(
                format!("content/commentary/{id}.md"),
                format!("+++\ntitle = \"The {id}\"\n+++\n![[alpha]] [[one#q-alpha]]\n"),
            );
        }
        // The place in a source has to be there.
        let alpha = String::from_utf8(files["content/claims/alpha.md"].clone()).unwrap();
        if !alpha.contains("source = \"one\"") {
            for id in ESSAYS {
                files.insert(format!("content/commentary/{id}.md"), b"+++\ntitle = \"It\"\n+++\n![[beta]]\n".to_vec());
            }
        }
        let gone = self.files.keys().filter(|path| !files.contains_key(*path)).map(Change::gone).collect::<Vec<_>>();
        let changes = files.iter().map(|(path, bytes)| Change::bytes(path, bytes.clone()));
        let changes = gone.into_iter().chain(changes).collect();
        self.files = files;
        changes
    }

    /// Does something to a file.
    pub(super) fn edit(&mut self) -> Vec<Change> {
        let random = &mut self.random;
        match random.below(24) {
            0..6 => self.write_record(),
            6..11 => self.change_word(),
            11 => self.damage(),
            12 => self.rename(),
            13 => self.delete(),
            14 => self.settings(),
            15 => self.theme(),
            16 => self.put_or_remove(&[
                "content/static/a.txt",
                "content/static/claims/index.html",
                "content/static/b/c.png",
            ]),
            17 => self.capture(),
            18 => self.lock(),
            19 => self.put_or_remove(&["content/claims/Bad Name.md", "content/claims/x.txt", "content/static/a.txt/b"]),
            20 => self.raw(),
            _ => self.insert_line(),
        }
    }

    fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Vec<Change> {
        let bytes = bytes.into();
        self.files.insert(path.to_owned(), bytes.clone());
        vec![Change::bytes(path, bytes)]
    }

    fn remove(&mut self, path: &str) -> Vec<Change> {
        let inside = format!("{path}/");
        self.files.retain(|file, _| file != path && !file.starts_with(&inside));
        vec![Change::gone(path)]
    }

    /// A record's path.
    fn record(&mut self) -> Option<String> {
        let records: Vec<&String> = self.files.keys().filter(|path| path.ends_with(".md")).collect();
        (!records.is_empty()).then(|| (*self.random.one(&records)).clone())
    }

    fn write_record(&mut self) -> Vec<Change> {
        let kind = self.random.below(4);
        let (folder, write) = FOLDERS[kind];
        let id = self.random.one(random_ids(kind));
        let deep = if self.random.below(15) == 0 { "deep/" } else { "" };
        let text = write(&mut self.random);
        self.put(&format!("content/{folder}/{deep}{id}.md"), text)
    }

    fn change_word(&mut self) -> Vec<Change> {
        let Some(path) = self.record() else { return Vec::new() };
        let Ok(text) = String::from_utf8(self.files[&path].clone()) else { return Vec::new() };
        let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        if spaces.is_empty() {
            return Vec::new();
        }
        let at = *self.random.one(&spaces);
        let end = text[at + 1..].find([' ', '\n']).map_or(text.len(), |length| at + 1 + length);
        let word = *self.random.one(WORDS);
        self.put(&path, format!("{} {word}{}", &text[..at], &text[end..]))
    }

    fn insert_line(&mut self) -> Vec<Change> {
        let Some(path) = self.record() else { return Vec::new() };
        let Ok(text) = String::from_utf8(self.files[&path].clone()) else { return Vec::new() };
        let line = prose(&mut self.random);
        self.put(&path, format!("{text}\n{line}\n"))
    }

    fn damage(&mut self) -> Vec<Change> {
        let Some(path) = self.record() else { return Vec::new() };
        let mut bytes = self.files[&path].clone();
        if !bytes.is_empty() {
            bytes.remove(self.random.below(bytes.len()));
        }
        self.put(&path, bytes)
    }

    fn rename(&mut self) -> Vec<Change> {
        let Some(from) = self.record() else { return Vec::new() };
        let kind = self.random.below(4);
        let to = format!("content/{}/{}.md", FOLDERS[kind].0, self.random.one(random_ids(kind)));
        let bytes = self.files[&from].clone();
        let mut changes = self.remove(&from);
        changes.extend(self.put(&to, bytes));
        changes
    }

    fn delete(&mut self) -> Vec<Change> {
        if self.random.below(20) == 0 {
            let folder = format!("content/{}", self.random.one(FOLDERS).0);
            self.files.retain(|path, _| !path.starts_with(&folder));
            return vec![Change::gone(folder)];
        }
        self.record().map(|path| self.remove(&path)).unwrap_or_default()
    }

    fn settings(&mut self) -> Vec<Change> {
        let settings: &[&str] = &[
            "title = \"Edits\"\n",
            "title = \"Other\"\nbase_url = \"https://example.org/\"\n",
            "title = \"Lints\"\n[lints]\nshort-quote = \"deny\"\norphan-source = \"allow\"\n",
            "title = \"Types\"\n[relations.disputes2]\nlabel = \"x\"\nsymmetric = true\n",
            "title = \"Scale\"\n[[ratings]]\nid = \"true\"\nlabel = \"Right\"\n[[ratings]]\nid = \"false\"\nlabel = \"Wrong\"\n",
            "title = \"Broken",
        ];
        let text = *self.random.one(settings);
        self.put(CONFIG, text)
    }

    fn theme(&mut self) -> Vec<Change> {
        let file = *self.random.one(&["templates/404.html", "static/style.css", "static/own.css"]);
        let path = &format!("themes/default/{file}");
        let n = self.random.below(3);
        match self.random.below(4) {
            0 => self.put(path, format!("mine {n}")),
            1 => self.put(path, "{% if"),
            _ => self.remove(path),
        }
    }

    fn put_or_remove(&mut self, paths: &[&str]) -> Vec<Change> {
        let path = *self.random.one(paths);
        let n = self.random.below(3);
        match self.random.below(3) {
            0 => self.put(path, format!("{n}")),
            _ => self.remove(path),
        }
    }

    fn capture(&mut self) -> Vec<Change> {
        let at = At::Capture { name: "a.md".to_owned(), path: "captures/a.md".to_owned() };
        if self.random.below(2) == 0 {
            self.captures.remove("a.md");
            return vec![Change { at, content: Content::Gone }];
        }
        let (passage, n) = (self.random.one(PASSAGES), self.random.below(3));
        let text = format!("Title 1\n\n## Heading {n}\n\nSo {passage}.\n").into_bytes();
        self.captures.insert("a.md".to_owned(), text.clone());
        vec![Change { at, content: Content::Bytes(text) }]
    }

    fn lock(&mut self) -> Vec<Change> {
        let hash = "b".repeat(64);
        let record = format!("[one]\ncapture = \"{hash}\"\nbody = \"{hash}\"\nfold = 1\ndate = 2020-02-02\n");
        match self.random.below(3) {
            0 => self.remove(LOCK),
            1 => self.put(LOCK, record),
            _ => self.put(LOCK, "[one]\ncapture = 1\n"),
        }
    }

    fn raw(&mut self) -> Vec<Change> {
        let Some(path) = self.record() else { return Vec::new() };
        let bytes: &[&[u8]] = &[b"\xff\xfe", b"", b"+++\n+++\n", b"\0"];
        let bytes = *self.random.one(bytes);
        self.put(&path, bytes)
    }
}

/// A capture of that name.
pub(super) fn capture(name: &str, bytes: &[u8]) -> Change {
    let at = At::Capture { name: name.to_owned(), path: format!("captures/{name}") };
    Change { at, content: Content::Bytes(bytes.to_vec()) }
}
