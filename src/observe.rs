//! What a build tells of itself to whoever watches: which stage it is in, what its threads are doing, which pages are
//! done. There is no clock here and nothing is printed; that is the watcher's.

use crate::site::Page;

/// A stage of a build, in the order in which they come. One that comes twice is one with a break.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// Files are read from the disk.
    Read,
    /// It is found out whether the site is there already.
    Compare,
    /// Each file is parsed by itself.
    Parse,
    /// Records are looked up, quotations anchored, the theme compiled.
    Resolve,
    /// It is decided where everything goes.
    Plan,
    /// What somebody wrote is looked at for words that sources withhold.
    Withheld,
    /// Pages are rendered, checked and given to the writer, so many routes of them.
    Pages(usize),
    /// The search index is made and given to the writer.
    Search,
    /// Files are copied as they are.
    Copy,
    /// What was staged gets to its place.
    Commit,
    /// What the next build is to know of this one is kept.
    Remember,
}

/// What a thread does with one page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// Makes it.
    Render,
    /// Follows its links, and looks at it for what must not be published.
    Check,
    /// Gives it to the writer.
    Write,
}

/// Who watches a build. Only [`Observer::begins`] is called in the order of things; the rest comes from many threads.
pub trait Observer: Sync {
    /// A stage begins, and the one before it is over.
    fn begins(&self, _: Stage) {}

    /// Does something with a page, and may look at a clock before and after.
    fn during<T>(&self, _: Work, act: impl FnOnce() -> T) -> T {
        act()
    }

    /// One of the routes is done; these are its pages.
    fn done(&self, _: &[Page]) {}
}

/// Nobody.
impl Observer for () {}
