//! Pages as they were when they were last made: for when they cannot be.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::site::{Page, SitePath};

/// How many bytes of pages are kept, so that a reader of all pages does not fill the memory.
const ROOM: usize = 16 << 20;

/// The pages that were asked for last.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Each with the number of the last time that it was asked for.
    pages: HashMap<SitePath, (u64, Arc<Page>)>,
    /// By that number.
    order: BTreeMap<u64, SitePath>,
    count: u64,
    bytes: usize,
}

impl Asked {
    /// Keeps a page that could be made.
    pub(super) fn keep(&mut self, page: &Arc<Page>) {
        self.forget(page.path.as_str());
        self.count += 1;
        self.bytes += page.content.len();
        self.order.insert(self.count, page.path.clone());
        self.pages.insert(page.path.clone(), (self.count, page.clone()));
        while self.bytes > ROOM {
            let Some((_, oldest)) = self.order.first_key_value() else { return };
            let oldest = oldest.clone();
            self.forget(oldest.as_str());
        }
    }

    /// Keeps only the pages whose paths `stays` says yes to.
    pub(super) fn retain(&mut self, stays: impl Fn(&str) -> bool) {
        let gone: Vec<SitePath> = self.pages.keys().filter(|path| !stays(path.as_str())).cloned().collect();
        gone.iter().for_each(|path| self.forget(path.as_str()));
    }

    fn forget(&mut self, path: &str) {
        if let Some((number, page)) = self.pages.remove(path) {
            self.order.remove(&number);
            self.bytes -= page.content.len();
        }
    }

    /// The page that was at a path.
    pub(super) fn get(&self, path: &str) -> Option<Arc<Page>> {
        self.pages.get(path).map(|(_, page)| page.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, length: usize) -> Arc<Page> {
        Arc::new(Page { path: SitePath::new(path), content: vec![b'x'; length] })
    }

    #[test]
    fn the_latest_pages_stay() {
        let mut asked = Asked::default();
        for n in 0..10 {
            asked.keep(&page(&n.to_string(), ROOM / 4));
            asked.keep(&page("again", 100));
        }
        let left: Vec<bool> = (0..10).map(|n| asked.get(&n.to_string()).is_some()).collect();
        assert_eq!(left, [false, false, false, false, false, false, false, true, true, true]);
        assert!(asked.get("again").is_some());
        asked.retain(|path| path != "9");
        assert!(asked.get("9").is_none() && asked.get("8").is_some());
        assert_eq!(asked.order.len(), asked.pages.len());
        let bytes: usize = asked.pages.values().map(|(_, page)| page.content.len()).sum();
        assert_eq!(asked.bytes, bytes);
    }
}
