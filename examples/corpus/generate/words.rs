//! The vocabulary, commonest words first, and the shapes of sentences.

use std::sync::LazyLock;

use super::random::Random;

fn list(words: &'static str) -> Vec<&'static str> {
    words.split_whitespace().collect()
}

static NOUNS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "report government statement agency official ministry minister channel agreement court company document meeting \
         letter inquiry budget contract harbour railway river bridge committee election parliament hospital school \
         university reporter newspaper witness archive record account evidence answer question promise warning plan \
         decision order permit licence tender invoice payment loan bank grant subsidy tax tariff audit inspection survey \
         study sample figure number estimate forecast price market harvest grain timber copper cement steel pipeline \
         refinery reactor turbine grid cable satellite radio broadcast transcript recording photograph map register \
         ledger memo draft clause article treaty protocol border checkpoint convoy patrol garrison barracks embassy \
         consulate envoy delegate delegation summit ceasefire sanction embargo shipment cargo container vessel ferry \
         tanker port terminal depot warehouse factory mill mine quarry dam canal reservoir valley village district \
         province region capital suburb street square station airport runway hangar pilot engineer surveyor clerk judge \
         lawyer prosecutor defendant verdict appeal hearing trial prison guard officer colonel general deputy mayor \
         governor president chairman director manager adviser spokesman speaker rival opponent ally partner supplier \
         customer tenant farmer fisherman miner driver nurse doctor teacher student pensioner veteran refugee family \
         neighbour crowd march strike petition campaign slogan leaflet rumour denial apology silence delay shortage \
         flood drought fire accident collapse leak explosion investigation",
    )
});
static ADJECTIVES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "new public official former second early local national foreign recent last annual internal private military \
         civil legal financial technical joint regional senior junior temporary permanent secret open draft signed \
         missing disputed final preliminary detailed brief unusual ordinary cheap costly broken empty crowded quiet \
         northern southern eastern western coastal rural urban industrial electrical medical academic historic modern \
         narrow broad deep shallow heavy light frozen burnt flooded abandoned rebuilt repaired promised delayed \
         cancelled suspended unpaid anonymous independent neutral hostile friendly careful hasty partial complete",
    )
});
static VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "said confirmed described reported announced approved signed published received opened closed delayed cancelled \
         ordered rejected accepted questioned reviewed examined repeated corrected withdrew replaced inspected repaired \
         built sold bought leased financed funded audited counted measured recorded photographed visited crossed \
         blocked seized released returned moved promised offered refused demanded defended criticised praised ignored \
         noticed remembered forgot explained compared copied translated quoted leaked drafted amended suspended",
    )
});
static ADVERBS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "again later quietly officially reportedly openly quickly slowly twice separately privately formally briefly \
         repeatedly suddenly carefully eventually partly largely",
    )
});
static PLACES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "Ostrava Trieste Varna Bergen Cork Tartu Vilnius Lviv Batumi Izmir Patras Split Graz Basel Ghent Lille Bilbao \
         Porto Tangier Oran Sfax Tripoli Haifa Aleppo Basra Tabriz Baku Samara Perm Omsk Almaty Osh Herat Lahore Pune \
         Dhaka Mandalay Hue Cebu Busan Sapporo Dunedin Hobart Lima Cusco Arica Rosario Santos Recife Manaus Leon",
    )
});
static FIRST_NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "Anna Boris Clara Daniel Elena Farid Greta Hasan Irina Jakob Karin Leon Maria Nadia Oskar Petra Quentin Rosa \
         Stefan Tamar Ursula Viktor Wanda Xenia Yusuf Zofia Amir Bela Cyril Dora Emil Frida Goran Helga Ivan Jana",
    )
});
static LAST_NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "Adler Bakos Cerny Dahl Eriksen Fodor Gruber Horvat Ivanek Janssen Kovacs Lindgren Marchetti Novak Olsen Petrov \
         Quist Rossi Sandor Tamm Ulrich Varga Weber Yilmaz Zeman Aydin Bauer Costa Demir Engel Fischer Garcia Haas \
         Jensen Keller Lehmann Moreau Nagy Orban Pavlik Richter Silva Toth Vogel Wolff Zimmer",
    )
});
static MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Shapes of sentences. A letter in braces is a word of that list; no shape has a negation.
const SENTENCES: &[&str] = &[
    "The {a} {n} {v} the {n} in {l} after the {n} of {m} {y}.",
    "{p} {v} that the {n} had {d} reached the {a} {n} in {l}.",
    "According to the {n}, {c} people from {l} {v} the {a} {n} on {c} {m}.",
    "\"We {v} the {a} {n} before the {n} was {d} read in {l},\" {p} said.",
    "The {n}'s {a} {n} {d} {v} a {n} worth {c} million crowns in {m}.",
    "In {l}, where the {n} stood, {p} {d} {v} the {a} {n} and the {n}.",
    "Two days later the {a} {n} {v} what {p} had called a {a} {n}.",
    "A {n} from {m} {y} shows that {p} {v} the {n} beside the {a} {n}.",
    "The {n} of {l} {v} the {n}, and the {a} {n} {d} {v} its {n}.",
    "Between {m} and {m} the {n} {v} {c} {a} cases of the {n} near {l}.",
    "{p} and {p} {v} the {n} together, while the {a} {n} {d} {v} the {n}.",
    "What the {a} {n} {v} in {l} was the {n} that {p} had {d} promised.",
    "Asked about the {n}, the {a} {n} {v} only that the {n} was {a}.",
    "The {a} {n} said the {n} in {l} would be {a} by {m} {y}.",
    "Some {c} of the {n}'s workers in {l} {d} {v} the {a} {n}.",
    "It was the {n} of {p} that {v} the {a} {n} and, in {m}, the {n}.",
    "For the {n}, {p} {v} a {a} {n} to the {n} in {l} every {m}.",
    "The {n} {v} the {n} because the {a} {n} had {d} {v} it in {l}.",
];

/// A sentence with its full stop, in plain ASCII.
pub(crate) fn sentence(random: &mut Random) -> String {
    fill(random.pick(SENTENCES), random)
}

/// A shape with its words.
pub(crate) fn fill(shape: &str, random: &mut Random) -> String {
    let mut text = String::new();
    let mut rest = shape;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let word = word(&rest[open + 1..open + 2], random);
        let is_vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']) && !word.starts_with("uni");
        if is_vowel && (text.ends_with(" a ") || text == "A ") {
            text.insert(text.len() - 1, 'n');
        }
        text.push_str(&word);
        rest = &rest[open + 3..];
    }
    text + rest
}

fn word(list: &str, random: &mut Random) -> String {
    let zipf = |words: &[&'static str], random: &mut Random| words[random.zipf(words.len())].to_owned();
    match list {
        "n" => zipf(&NOUNS, random),
        "a" => zipf(&ADJECTIVES, random),
        "v" => zipf(&VERBS, random),
        "d" => zipf(&ADVERBS, random),
        "l" => zipf(&PLACES, random),
        "p" => person(random),
        "m" => random.pick(MONTHS).to_owned(),
        "y" => random.between(1996, 2019).to_string(),
        _ => random.between(3, 97).to_string(),
    }
}

/// A person's name.
pub(crate) fn person(random: &mut Random) -> String {
    format!("{} {}", random.pick(&FIRST_NAMES), random.pick(&LAST_NAMES))
}

/// The first letter of a text as a capital.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
