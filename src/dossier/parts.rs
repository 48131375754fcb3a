//! What of a dossier is looked at while something is made from it. What was made is made alike as long as those parts are
//! as they were.
//!
//! Whoever reads a [`Table`](super::Table) says so here, and so do the routes where what they decide depends on more than
//! which records there are; nobody has to remember to. Each thread notes what it reads by itself.

use std::cell::{Cell, RefCell};

/// The sorts of parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    /// The home page; there is one at most.
    Home,
    /// A source, by its index.
    Source,
    /// A claim, by its index.
    Claim,
    /// An entity, by its index.
    Entity,
    /// An essay or a note, by its index.
    Commentary,
    /// A tag, by its index.
    Tag,
    /// A row of the timeline, by its index.
    Event,
    /// A row of the matrix, by its index.
    Row,
    /// A row of the changes, by its index.
    Change,
    /// An order or grouping of records that the routes hold.
    Order,
    /// What other records give to a source, by its index.
    ToSource,
    /// What other records give to a claim, by its index.
    ToClaim,
    /// What other records give to an entity, by its index.
    ToEntity,
    /// What other records give to an essay or a note, by its index.
    ToCommentary,
}

impl Sort {
    /// All of them, by number.
    pub const ALL: [Self; 14] = [
        Self::Home,
        Self::Source,
        Self::Claim,
        Self::Entity,
        Self::Commentary,
        Self::Tag,
        Self::Event,
        Self::Row,
        Self::Change,
        Self::Order,
        Self::ToSource,
        Self::ToClaim,
        Self::ToEntity,
        Self::ToCommentary,
    ];

    /// The sort of the records that something is given to; of others itself.
    pub fn owner(self) -> Self {
        match self {
            Self::ToSource => Self::Source,
            Self::ToClaim => Self::Claim,
            Self::ToEntity => Self::Entity,
            Self::ToCommentary => Self::Commentary,
            other => other,
        }
    }
}

/// A part of a dossier.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Part(u32);

impl Part {
    /// How many bits the index has. The highest two stand for the whole sort, and for how many of it there are.
    const BITS: u32 = 28;
    const WHOLE: u32 = (1 << Self::BITS) - 1;
    const COUNT: u32 = Self::WHOLE - 1;

    /// What is no part.
    const NONE: Self = Self((Sort::ALL.len() as u32) << Self::BITS);

    /// All that there is.
    pub const EVERYTHING: Self = Self(u32::MAX);

    /// One part of a sort. What no index can name is the whole sort.
    pub fn of(sort: Sort, index: usize) -> Self {
        let index = u32::try_from(index).ok().filter(|index| *index < Self::COUNT).unwrap_or(Self::WHOLE);
        Self((sort as u32) << Self::BITS | index)
    }

    /// How many there are of a sort.
    pub fn count(sort: Sort) -> Self {
        Self((sort as u32) << Self::BITS | Self::COUNT)
    }

    /// A whole sort.
    pub fn all(sort: Sort) -> Self {
        Self((sort as u32) << Self::BITS | Self::WHOLE)
    }

    /// Its number, for keeping it.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The part with that number; what is none is everything.
    pub fn numbered(number: u32) -> Self {
        let is_one = (number >> Self::BITS) < Sort::ALL.len() as u32;
        if is_one { Self(number) } else { Self::EVERYTHING }
    }

    /// Its sort, and what of that it is; none for everything.
    pub fn place(self) -> Option<(Sort, Place)> {
        let sort = *Sort::ALL.get((self.0 >> Self::BITS) as usize)?;
        let place = match self.0 & Self::WHOLE {
            Self::WHOLE => Place::Whole,
            Self::COUNT => Place::Count,
            index => Place::At(index as usize),
        };
        Some((sort, place))
    }
}

/// What a part is in its sort.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The one with that index.
    At(usize),
    /// How many there are.
    Count,
    /// All of them.
    Whole,
}

/// What one thing was made from: each part once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parts(Box<[Part]>);

impl Parts {
    /// The parts, in the order in which they were first read.
    pub fn iter(&self) -> impl Iterator<Item = Part> {
        self.0.iter().copied()
    }
}

/// What is being made, the innermost last. Logs beyond the `depth` are empty and kept for their room.
struct Open {
    logs: Vec<Log>,
    depth: usize,
}

thread_local! {
    static OPEN: RefCell<Open> = const { RefCell::new(Open { logs: Vec::new(), depth: 0 }) };
    /// Parts that the innermost log has already, for a first look: what is read is mostly what was read just before.
    static LATELY: [Cell<Part>; LATELY_NOTED] = const { [const { Cell::new(Part::NONE) }; LATELY_NOTED] };
}

/// How many parts are kept for a first look.
const LATELY_NOTED: usize = 16;

/// The parts that were read so far.
#[derive(Default)]
struct Log {
    parts: Vec<Part>,
    /// By sort, a bit for each index that is among the parts.
    has: [Vec<u64>; Sort::ALL.len()],
    /// A bit for each other part that is among them.
    has_other: u64,
}

impl Log {
    fn add(&mut self, part: Part) {
        let (has, bit) = match part.place() {
            Some((sort, Place::At(index))) => {
                let has = &mut self.has[sort as usize];
                if has.len() <= index / 64 {
                    has.resize(index / 64 + 1, 0);
                }
                (&mut has[index / 64], index % 64)
            }
            Some((sort, Place::Count)) => (&mut self.has_other, 2 * sort as usize),
            Some((sort, Place::Whole)) => (&mut self.has_other, 2 * sort as usize + 1),
            None => (&mut self.has_other, 63),
        };
        if *has & (1 << bit) == 0 {
            *has |= 1 << bit;
            self.parts.push(part);
        }
    }

    fn take(&mut self) -> Parts {
        let parts = Parts(self.parts.as_slice().into());
        self.has_other = 0;
        for part in self.parts.drain(..) {
            if let Some((sort, Place::At(index))) = part.place() {
                self.has[sort as usize][index / 64] = 0;
            }
        }
        parts
    }
}

/// Says that a part is read.
#[inline]
pub fn note(part: Part) {
    let was_noted = LATELY.with(|lately| {
        let index = part.0 ^ (part.0 >> Part::BITS);
        lately[index as usize % LATELY_NOTED].replace(part) == part
    });
    if !was_noted {
        enter(part);
    }
}

fn enter(part: Part) {
    OPEN.with_borrow_mut(|open| {
        if let Some(log) = open.depth.checked_sub(1).and_then(|inner| open.logs.get_mut(inner)) {
            log.add(part);
        }
    });
}

/// Another log is the innermost one.
fn forget_lately() {
    LATELY.with(|lately| lately.iter().for_each(|slot| slot.set(Part::NONE)));
}

/// Says that all of these are read.
pub fn note_all(parts: &Parts) {
    parts.iter().for_each(note);
}

/// What `make` makes, and what it read for that on this thread. What it has other threads read it must note itself.
pub fn noting<T>(make: impl FnOnce() -> T) -> (T, Parts) {
    /// Also where it panics, what is around it goes on with its own log.
    struct Opened;
    impl Opened {
        fn close(&self) -> Parts {
            OPEN.with_borrow_mut(|open| open.depth.checked_sub(1).map(|inner| open.logs[inner].take()))
                .unwrap_or_default()
        }
    }
    impl Drop for Opened {
        fn drop(&mut self) {
            OPEN.with_borrow_mut(|open| {
                open.depth -= 1;
                let _ = open.logs[open.depth].take();
            });
            forget_lately();
        }
    }
    OPEN.with_borrow_mut(|open| {
        open.depth += 1;
        if open.logs.len() < open.depth {
            open.logs.push(Log::default());
        }
    });
    forget_lately();
    let opened = Opened;
    let made = make();
    (made, opened.close())
}

/// The same where something around it is being noted, else nothing is. What is around it has not read these parts by that.
pub fn noting_within<T>(make: impl FnOnce() -> T) -> (T, Parts) {
    if OPEN.with_borrow(|open| open.depth == 0) { (make(), Parts::default()) } else { noting(make) }
}

/// What `make` reads, for tests.
#[cfg(test)]
pub(super) fn read<T>(make: impl FnOnce() -> T) -> Vec<Part> {
    noting(make).1.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(index: usize) -> Part {
        Part::of(Sort::Claim, index)
    }

    #[test]
    fn each_part_is_noted_once_and_only_while_something_is_made() {
        note(claim(1));
        let others = [Part::all(Sort::Claim), Part::count(Sort::Claim), Part::count(Sort::Tag), Part::EVERYTHING];
        let all = [claim(70), claim(6), Part::of(Sort::Tag, 6)].into_iter().chain(others);
        let expected: Vec<Part> = all.collect();
        for _ in 0..2 {
            let twice = || expected.iter().chain(&expected).for_each(|part| note(*part));
            assert_eq!(read(twice), expected);
        }
        assert_eq!(read(|| {}), []);
    }

    #[test]
    fn what_is_made_on_the_way_has_its_own_parts() {
        let mut inner = Vec::new();
        let outer = read(|| {
            note(claim(1));
            inner = read(|| note(claim(2)));
            note(claim(3));
        });
        assert_eq!((outer, inner), (vec![claim(1), claim(3)], vec![claim(2)]));
        assert_eq!(noting_within(|| note(claim(1))).1, Parts::default(), "nothing is being made around it");
        let around = read(|| note_all(&noting_within(|| note(claim(1))).1));
        assert_eq!(around, [claim(1)]);
    }

    #[test]
    fn a_panic_on_the_way_leaves_what_is_around_it_its_parts() {
        let parts = read(|| {
            note(claim(1));
            let panicked = std::panic::catch_unwind(|| {
                noting(|| {
                    note(claim(2));
                    std::panic::resume_unwind(Box::new(()));
                })
            });
            assert!(panicked.is_err());
            note(claim(3));
        });
        assert_eq!(parts, [claim(1), claim(3)]);
    }

    #[test]
    fn parts_have_numbers() {
        let places = [Place::At(0), Place::At(123_456), Place::Count, Place::Whole];
        let part = |sort, place| match place {
            Place::At(index) => Part::of(sort, index),
            Place::Count => Part::count(sort),
            Place::Whole => Part::all(sort),
        };
        for (sort, place) in Sort::ALL.into_iter().flat_map(|sort| places.map(|place| (sort, place))) {
            let part = part(sort, place);
            assert_eq!(part.place(), Some((sort, place)));
            assert_eq!(Part::numbered(part.number()), part);
        }
        assert_eq!(Part::EVERYTHING.place(), None);
        assert_eq!(Part::numbered(Part::EVERYTHING.number()), Part::EVERYTHING);
        assert_eq!(Part::numbered(0xEBCD_EF01), Part::EVERYTHING, "a sort that is none");
        assert_eq!(claim(usize::MAX), Part::all(Sort::Claim), "an index that is none");
    }
}
