//! Articles, and the passages of them that can be quoted.

use std::fmt::Write;

use super::random::Random;
use super::words::{capitalised, fill, sentence};
use super::{Size, stem, toml_string};

/// An article.
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) title: String,
    /// Year, month and day.
    pub(crate) date: (usize, usize, usize),
    /// The sentences of its paragraphs, with straight quotation marks.
    sentences: Vec<String>,
    /// Its whole text, likewise.
    plain: String,
    body: String,
}

/// Words before which a quotation would be cut off from what turns it round.
const TURNING: &[&str] =
    &["not", "no", "never", "without", "denied", "if", "unless", "hardly", "whether", "only", "rejected"];

impl Source {
    pub(crate) fn new(size: &Size, index: usize) -> Self {
        let mut random = Random::of(size.seed, "source", index);
        let title = capitalised(&fill("{a} {n} in {l}: the {n} and the {a} {n}", &mut random));
        let mut words = random.between(420, 660);
        if index == 0 {
            // Room for as many passages as the hub needs.
            words = words.max(size.hub_passages * 12);
        }
        let mut text = Text { plain: title.clone(), ..Text::default() };
        while text.words < words {
            text.block(&mut random);
        }
        let body = if index.is_multiple_of(3) { curly(&text.markdown) } else { text.markdown };
        Self {
            id: format!("{}-s{index}", stem(&title)),
            title,
            date: (random.between(2005, 2019), random.between(1, 12), random.between(2, 28)),
            sentences: text.sentences,
            plain: text.plain,
            body,
        }
    }

    pub(crate) fn day(&self) -> String {
        let (year, month, day) = self.date;
        format!("{year}-{month:02}-{day:02}")
    }

    /// A whole sentence that the article has once.
    pub(crate) fn sentence(&self, random: &mut Random) -> String {
        (0..100)
            .map(|_| &self.sentences[random.below(self.sentences.len())])
            .find(|sentence| self.has_once(sentence))
            .unwrap_or(&self.sentences[0])
            .clone()
    }

    /// A sentence or a clause of at least five words that the article has once.
    pub(crate) fn clause(&self, random: &mut Random) -> Clause {
        for _ in 0..100 {
            let sentence = &self.sentences[random.below(self.sentences.len())];
            let words: Vec<&str> = sentence.split(' ').collect();
            let whole = random.percent(40);
            let start = if whole { 0 } else { random.below(words.len().saturating_sub(5)) };
            let end = if whole { words.len() } else { random.between((start + 5).min(words.len()), words.len()) };
            let exact = words[start..end].join(" ").trim_end_matches([',', '.', '"']).to_owned();
            let is_cut = words[..start].iter().rev().find(|&&word| word != "that").is_some_and(|w| TURNING.contains(w));
            if !is_cut && has_clean_ends(&exact) && self.has_once(&exact) {
                return Clause { exact, before: words[..start].iter().map(|&word| word.to_owned()).collect() };
            }
        }
        Clause { exact: self.sentence(random), before: Vec::new() }
    }

    /// A quotation with words left out in the middle, where `clause` is long enough for one.
    pub(crate) fn elided(&self, clause: &Clause) -> Option<String> {
        let words: Vec<&str> = clause.exact.split(' ').collect();
        let [head, tail] = [words.get(..4)?.join(" "), words.get(words.len().checked_sub(4)?.max(6)..)?.join(" ")];
        let fits = tail.split(' ').count() >= 4
            && [&head, &tail].iter().all(|part| has_clean_ends(part) && self.has_once(part));
        fits.then(|| format!("{head} […] {tail}"))
    }

    fn has_once(&self, words: &str) -> bool {
        self.plain.matches(words).count() == 1
    }

    /// The record's file; the publisher and author are ids of entities.
    pub(crate) fn file(&self, index: usize, publisher: &str, author: &str) -> String {
        let publish = match index % 10 {
            0 | 4 => "full",
            9 => "record",
            _ => "excerpts",
        };
        let mut text = format!("+++\ntitle = {}\n", toml_string(&self.title));
        let _ = writeln!(text, "authors = [\"{author}\"]\npublisher = \"{publisher}\"\ndate = {}", self.day());
        let _ = writeln!(text, "url = \"https://{publisher}.example/{}\"\nlanguage = \"en\"", self.id);
        let _ = writeln!(text, "publish = \"{publish}\"\ntags = [\"topic-{}\"]\n+++", index % 40);
        text + &self.body
    }
}

/// Words of a source.
pub(crate) struct Clause {
    pub(crate) exact: String,
    /// The words before them in their sentence.
    pub(crate) before: Vec<String>,
}

/// Whether words begin and end with a letter, so that they begin and end where words do.
fn has_clean_ends(words: &str) -> bool {
    words.starts_with(|c: char| c.is_alphabetic()) && words.ends_with(|c: char| c.is_alphabetic())
}

#[derive(Default)]
struct Text {
    markdown: String,
    plain: String,
    sentences: Vec<String>,
    words: usize,
}

impl Text {
    fn block(&mut self, random: &mut Random) {
        match random.below(20) {
            0 => self.list(random),
            1 => self.table(random),
            2 => self.quotation(random),
            3 => self.heading(random),
            _ => self.paragraph(random),
        }
    }

    fn paragraph(&mut self, random: &mut Random) {
        let sentences: Vec<String> = (0..random.between(3, 6)).map(|_| sentence(random)).collect();
        self.markdown.push('\n');
        for (nth, sentence) in sentences.iter().enumerate() {
            self.markdown.push_str(if nth == 0 { "" } else { " " });
            self.markdown.push_str(&with_markup(sentence, random));
        }
        self.markdown.push('\n');
        self.read(&sentences.join(" "));
        self.sentences.extend(sentences);
    }

    fn list(&mut self, random: &mut Random) {
        self.markdown.push('\n');
        for _ in 0..random.between(3, 5) {
            let item = fill("the {a} {n} in {l}, {m} {y}", random);
            let _ = writeln!(self.markdown, "- {item}");
            self.read(&item);
        }
    }

    fn table(&mut self, random: &mut Random) {
        self.markdown.push_str("\n| Place | Subject | Count |\n|---|---|--:|\n");
        self.read("Place Subject Count");
        for _ in 0..random.between(3, 6) {
            let [place, subject, count] = ["{l}", "{a} {n}", "{c}"].map(|cell| fill(cell, random));
            let _ = writeln!(self.markdown, "| {place} | {subject} | {count} |");
            self.read(&format!("{place} {subject} {count}"));
        }
    }

    fn quotation(&mut self, random: &mut Random) {
        let words = sentence(random);
        let _ = write!(self.markdown, "\n> {words}\n");
        self.read(&words);
    }

    fn heading(&mut self, random: &mut Random) {
        let words = capitalised(&fill("{a} {n} and {n}", random));
        let _ = write!(self.markdown, "\n## {words}\n");
        self.read(&words);
    }

    fn read(&mut self, plain: &str) {
        self.plain.push('\n');
        self.plain.push_str(plain);
        self.words += plain.split_whitespace().count();
    }
}

/// A sentence with, now and then, a word in italics or a link.
fn with_markup(sentence: &str, random: &mut Random) -> String {
    let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
    let at = random.between(1, words.len() - 2);
    if words[at].chars().all(|c| c.is_ascii_alphabetic()) {
        match random.below(30) {
            0 | 1 => words[at] = format!("*{}*", words[at]),
            2 => words[at] = format!("**{}**", words[at]),
            3 => words[at] = format!("[{}](https://archive.example/{})", words[at], random.below(10_000)),
            _ => {}
        }
    }
    words.join(" ")
}

/// A text with the quotation marks and apostrophes of print.
fn curly(text: &str) -> String {
    let mut is_open = false;
    let curl = |c: char| match c {
        '"' => {
            is_open = !is_open;
            if is_open { '“' } else { '”' }
        }
        '\'' => '’',
        c => c,
    };
    text.chars().map(curl).collect()
}
