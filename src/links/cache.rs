//! What answered lately. Only good answers are kept, for a day.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::cache;

/// For how long an answer is good, in seconds.
const DAY: u64 = 24 * 60 * 60;

/// The file's name.
const NAME: &str = "links.json";
/// The version of the file's form.
const VERSION: u32 = 1;

/// The answers, and the project that they are kept with.
pub(super) struct Cache {
    root: PathBuf,
    now: u64,
    file: File,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    /// By address.
    links: BTreeMap<String, Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    /// When it answered, in seconds since 1970.
    asked: u64,
    /// Where it has moved for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
}

impl Cache {
    /// The cache of the project in `root`.
    pub(super) fn read(root: &Path) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let file = cache::read(root, NAME).and_then(|json| serde_json::from_slice(&json).ok());
        let mut file = file
            .filter(|file: &File| file.version == VERSION)
            .unwrap_or(File { version: VERSION, links: BTreeMap::new() });
        // An answer from the future is none.
        file.links.retain(|_, entry| now.checked_sub(entry.asked).is_some_and(|age| age < DAY));
        Self { root: root.to_owned(), now, file }
    }

    /// What an address answered.
    pub(super) fn get(&self, address: &str) -> Option<Answer> {
        let entry = self.file.links.get(address)?;
        Some(entry.moved.clone().map_or(Answer::There, Answer::Moved))
    }

    /// Keeps an answer, if it is a good one.
    pub(super) fn put(&mut self, address: &str, answer: &Answer) {
        let moved = match answer {
            Answer::There => None,
            Answer::Moved(to) => Some(to.clone()),
            Answer::Dead(_) | Answer::Unknown(_) => return,
        };
        self.file.links.insert(address.to_owned(), Entry { asked: self.now, moved });
    }

    /// Keeps the answers for the next run.
    pub(super) fn write(&self) {
        let Ok(json) = serde_json::to_vec_pretty(&self.file) else { return };
        cache::write(&self.root, NAME, &json);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn good_answers_are_kept_for_a_day() {
        let folder = TempDir::new().unwrap();
        let mut cache = Cache::read(folder.path());
        cache.put("http://a.invalid/", &Answer::There);
        cache.put("http://b.invalid/", &Answer::Moved("http://c.invalid/".to_owned()));
        cache.put("http://d.invalid/", &Answer::Dead("404".to_owned()));
        cache.write();
        let mut cache = Cache::read(folder.path());
        assert_eq!(cache.get("http://a.invalid/"), Some(Answer::There));
        assert_eq!(cache.get("http://b.invalid/"), Some(Answer::Moved("http://c.invalid/".to_owned())));
        assert_eq!(cache.get("http://d.invalid/"), None);
        cache.file.links.get_mut("http://a.invalid/").unwrap().asked -= DAY;
        cache.file.links.get_mut("http://b.invalid/").unwrap().asked += DAY;
        cache.write();
        assert!(Cache::read(folder.path()).file.links.is_empty());
        crate::cache::write(folder.path(), NAME, b"{");
        assert!(Cache::read(folder.path()).file.links.is_empty());
    }
}
