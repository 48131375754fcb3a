//! Addresses outside of the dossier → whether something answers there. The only module that asks other hosts.
//!
//! Each host is asked for one address at a time with a pause between, a few hosts at once. What answered is kept for a
//! day in a cache that can be deleted at any time. What an address stands for, and whether a dead one is an error, is not
//! known here.

mod ask;
mod cache;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use url::Url;

use ask::Asker;
use cache::Cache;

/// How many hosts are asked at the same time.
const HOSTS: usize = 8;

/// How others are asked.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long an answer may take.
    pub timeout: Duration,
    /// How long a host is left alone between two requests.
    pub pause: Duration,
    /// How often a host is asked again that is busy, or does not answer.
    pub retries: u32,
    /// The longest that a host can ask to be left alone; one that asks for more is asked no more.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(20),
            pause: Duration::from_millis(500),
            retries: 2,
            patience: Duration::from_secs(30),
        }
    }
}

/// What there is at an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Something.
    There,
    /// Something that has moved for good to that address.
    Moved(String),
    /// Nothing: why.
    Dead(String),
    /// Nobody can say: why.
    Unknown(String),
}

/// What came of asking.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers {
    /// By address.
    pub answers: BTreeMap<String, Answer>,
    /// How many of them are known from the cache.
    pub remembered: usize,
}

/// Asks for every address, but for those that answered within the last day. `root` is the project's folder, where the
/// cache is.
pub fn check(root: &Path, addresses: &BTreeSet<String>, options: &Options) -> Answers {
    let mut cache = Cache::read(root);
    let mut found = Answers::default();
    let mut hosts: BTreeMap<String, Vec<Url>> = BTreeMap::new();
    let mut written: BTreeMap<Url, Vec<&String>> = BTreeMap::new();
    for address in addresses {
        if let Some(answer) = cache.get(address) {
            found.answers.insert(address.clone(), answer);
            found.remembered += 1;
            continue;
        }
        match Url::parse(address) {
            Ok(mut url) if matches!(url.scheme(), "http" | "https") => {
                url.set_fragment(None);
                let all = written.entry(url.clone()).or_default();
                if all.is_empty() {
                    hosts.entry(url.authority().to_owned()).or_default().push(url);
                }
                all.push(address);
            }
            _ => {
                found.answers.insert(address.clone(), Answer::Dead("it is not an address".to_owned()));
            }
        }
    }
    for (url, answer) in ask_hosts(hosts.into_values().collect(), options) {
        for address in written.get(&url).into_iter().flatten() {
            cache.put(address, &answer);
            found.answers.insert((*address).clone(), answer.clone());
        }
    }
    cache.write();
    found
}

/// Asks a few hosts at a time.
fn ask_hosts(hosts: VecDeque<Vec<Url>>, options: &Options) -> Vec<(Url, Answer)> {
    let threads = hosts.len().min(HOSTS);
    let (hosts, found) = (Mutex::new(hosts), Mutex::new(Vec::new()));
    let next = || hosts.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(urls) = next() {
                    let mut asker = Asker::new(options);
                    for url in urls {
                        let answer = asker.ask(&url);
                        found.lock().unwrap_or_else(PoisonError::into_inner).push((url, answer));
                    }
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}
