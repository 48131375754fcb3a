//! Draws a dossier of a size and writes its files. The tests and the benchmarks generate dossiers with it as well.

mod claim;
mod essay;
mod random;
mod source;
mod words;

use std::fs;
use std::io;
use std::path::Path;

use casebook::ids::slug;
use clap::Args;

use claim::Claim;
use essay::Essay;
use random::Random;
use source::Source;

/// How much of everything.
#[derive(Args, Clone, Debug)]
pub(crate) struct Size {
    /// How many sources, of about 600 words.
    #[arg(long, default_value_t = Size::default().sources, value_parser = at_least_one)]
    pub(crate) sources: usize,
    /// How many claims.
    #[arg(long, default_value_t = Size::default().claims, value_parser = at_least_one)]
    pub(crate) claims: usize,
    /// How many essays, of about 1,000 words.
    #[arg(long, default_value_t = Size::default().commentary)]
    pub(crate) commentary: usize,
    /// What the text is drawn from.
    #[arg(long, default_value_t = Size::default().seed)]
    pub(crate) seed: u64,
    /// How many claims relate to the first one.
    #[arg(long, default_value_t = 0)]
    pub(crate) hub_relations: usize,
    /// How many claims quote the first source.
    #[arg(long, default_value_t = 0)]
    pub(crate) hub_passages: usize,
    /// How many claims are about the first entity.
    #[arg(long, default_value_t = 0)]
    pub(crate) hub_entity: usize,
}

/// The small corpus.
impl Default for Size {
    fn default() -> Self {
        let (hub_relations, hub_passages, hub_entity) = Default::default();
        Self { sources: 20, claims: 100, commentary: 10, seed: 1, hub_relations, hub_passages, hub_entity }
    }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("there must be at least one".to_owned()),
        Ok(number) => Ok(number),
        Err(error) => Err(error.to_string()),
    }
}

/// What records need to know of each other.
struct Dossier {
    sources: Vec<Source>,
    claims: Vec<Claim>,
    essays: Vec<Essay>,
    entities: Vec<Entity>,
}

/// Somebody or something with a name.
struct Entity {
    id: String,
    name: String,
    kind: &'static str,
}

impl Entity {
    fn new(size: &Size, index: usize) -> Self {
        let mut random = Random::of(size.seed, "entity", index);
        let (name, kind) = match index % 3 {
            0 => (words::person(&mut random), "person"),
            1 => (words::capitalised(&words::fill("{a} {n} office of {l}", &mut random)), "organization"),
            _ => (words::fill("{l} {n}", &mut random), "place"),
        };
        // A numeral keeps names apart, as that of a pope does.
        let name = format!("{name} {}", index + 1);
        Self { id: format!("{}-n{index}", stem(&name)), name, kind }
    }

    fn file(&self, size: &Size, index: usize) -> String {
        let mut random = Random::of(size.seed, "entity-file", index);
        format!(
            "+++\nname = {}\nkind = \"{}\"\nrole = {}\n+++\n{}\n",
            toml_string(&self.name),
            self.kind,
            toml_string(&words::fill("{a} {n} of the {n}", &mut random)),
            words::sentence(&mut random),
        )
    }
}

impl Dossier {
    fn new(size: &Size) -> Self {
        // One for fifty claims, and of each kind at least one.
        let entities = (size.claims / 50).max(3);
        Self {
            sources: (0..size.sources).map(|index| Source::new(size, index)).collect(),
            claims: (0..size.claims).map(|index| Claim::new(size, index)).collect(),
            essays: (0..size.commentary).map(|index| Essay::new(size, index)).collect(),
            entities: (0..entities).map(|index| Entity::new(size, index)).collect(),
        }
    }

    /// The id of some record to link to.
    fn any_record(&self, random: &mut Random) -> &str {
        match random.below(8) {
            0 => &self.sources[random.below(self.sources.len())].id,
            1 => &self.entities[random.zipf(self.entities.len())].id,
            2 if !self.essays.is_empty() => &self.essays[random.below(self.essays.len())].id,
            _ => &self.claims[random.below(self.claims.len())].id,
        }
    }

    /// The entity of that kind that goes with a number.
    fn entity_of_kind(&self, kind: usize, number: usize) -> &str {
        let of_kind = (self.entities.len() - kind).div_ceil(3);
        &self.entities[number % of_kind * 3 + kind].id
    }

    fn home(&self, random: &mut Random) -> String {
        let mut text = "This dossier was made up by a program. It says nothing about the world.\n\n".to_owned();
        for _ in 0..5 {
            text.push_str(&format!("- {} See [[{}]].\n", words::sentence(random), self.any_record(random)));
        }
        text
    }
}

/// All texts are drawn from the same few words, and so the dossier's own have some runs of its sources' by chance.
const SETTINGS: &str = "title = \"A corpus\"\nbase_url = \"https://corpus.example/\"\nlanguage = \"en\"\n\
    description = \"Text without meaning, for measuring.\"\npublisher = \"The corpus generator\"\nlicence = \"CC0-1.0\"\n\
    [lints]\nwithheld-words = \"allow\"\n";

/// A TOML basic string (TOML 1.0, section String) of a text without control characters.
fn toml_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The first words of a text as the start of an id.
fn stem(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').take(4).collect();
    slug(&words.join(" "))
}

/// Writes the dossier of that size to a folder.
pub(crate) fn write(size: &Size, dir: &Path) -> io::Result<()> {
    let dossier = Dossier::new(size);
    let content = dir.join("content");
    let folder = |name: &str| {
        let folder = content.join(name);
        fs::create_dir_all(&folder).map(|()| folder)
    };
    let put = |folder: &Path, id: &str, text: String| fs::write(folder.join(format!("{id}.md")), text);

    let sources = folder("sources")?;
    for (index, source) in dossier.sources.iter().enumerate() {
        let [author, publisher] = [0, 1].map(|kind| dossier.entity_of_kind(kind, index));
        put(&sources, &source.id, source.file(index, publisher, author))?;
    }
    let claims = folder("claims")?;
    for (index, claim) in dossier.claims.iter().enumerate() {
        put(&claims, &claim.id, claim::file(&dossier, size, index))?;
    }
    let entities = folder("entities")?;
    for (index, entity) in dossier.entities.iter().enumerate() {
        put(&entities, &entity.id, entity.file(size, index))?;
    }
    let commentary = folder("commentary")?;
    for (index, essay) in dossier.essays.iter().enumerate() {
        put(&commentary, &essay.id, essay::file(&dossier, size, index))?;
    }
    put(&content, "index", dossier.home(&mut Random::of(size.seed, "home", 0)))?;
    fs::write(dir.join("casebook.toml"), SETTINGS)
}
