//! What many pages show of a record in the same way: its view and the HTML that the theme's component makes of it, made
//! once.
//!
//! Every reference leads by way of the root, so pages as many folders deep see a record alike. What is kept depends on
//! the dossier, its routes and the theme alone, and is made when the first page asks for it: a page that is rendered by
//! itself costs no more than what it shows.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};
use tera::value::Key;
use tera::{Map, Value};

use crate::date::Date;
use crate::diag::Diagnostic;
use crate::dossier::parts::{Parts, note_all, noting_within};
use crate::dossier::{ClaimIx, Dossier, EntityIx, RatingIx, RecordRef, TagIx};
use crate::render::html::has_ids;
use crate::render::pictures::Boxed;
use crate::render::theme::Theme;

/// How many folders deep the pages are, at most, that pieces are kept for: nearly all of them. What stands deeper are
/// the further pages of long lists, which hardly show a record twice.
const DEEPEST: usize = 1;

/// A view with what the theme makes of it, as templates get it.
#[derive(Clone, Debug)]
pub(crate) struct Piece(Value);

impl Piece {
    /// A part that a component of the theme made; empty for one that it does not have.
    pub(crate) fn part(&self, field: &'static str) -> &str {
        self.0.as_map().and_then(|fields| fields.get(&Key::Str(field))).and_then(Value::as_str).unwrap_or_default()
    }
}

impl Serialize for Piece {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A part of a piece that a component of the theme makes.
pub(super) struct Part {
    /// The field that holds it.
    pub(super) field: &'static str,
    /// The component.
    pub(super) component: &'static str,
    /// The component's parameter, which gets the view, and the parts before this one where it stands with them.
    pub(super) parameter: &'static str,
}

impl Part {
    /// What the component makes of a view; nothing where it is wrong.
    fn html(&self, theme: &Theme, view: &Value, wrong: &mut Option<Box<Diagnostic>>) -> Value {
        let html = theme.component(self.component, self.parameter, view).unwrap_or_else(|problem| {
            *wrong = Some(Box::new(problem));
            String::new()
        });
        Value::safe_string(&html)
    }
}

/// A piece, and what is wrong with the component that should have made a part of it.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) piece: Piece,
    pub(super) wrong: Option<Box<Diagnostic>>,
}

impl Made {
    /// What a component makes of a view, and no more.
    pub(super) fn html(theme: &Theme, view: &impl Serialize, component: &'static str, parameter: &'static str) -> Self {
        match theme.component(component, parameter, &Value::from_serializable(view)) {
            Ok(html) => Self { piece: Piece(Value::safe_string(&html)), wrong: None },
            Err(problem) => Self { piece: Piece(Value::none()), wrong: Some(Box::new(problem)) },
        }
    }

    /// A view, and its parts as the theme's components make them.
    pub(super) fn of(theme: &Theme, view: &impl Serialize, parts: &[Part]) -> Self {
        let mut value = Value::from_serializable(view);
        let mut wrong = None;
        for part in parts {
            let html = part.html(theme, &value, &mut wrong);
            let mut fields = value.into_map().unwrap_or_default();
            fields.insert(part.field.into(), html);
            value = Value::from(fields);
        }
        Self { piece: Piece(value), wrong }
    }

    /// The parts alone that the theme's components make of a view.
    pub(super) fn parts(theme: &Theme, view: &impl Serialize, parts: &[Part]) -> Self {
        let value = Value::from_serializable(view);
        let mut wrong = None;
        let fields: Map = parts.iter().map(|part| (part.field.into(), part.html(theme, &value, &mut wrong))).collect();
        Self { piece: Piece(Value::from(fields)), wrong }
    }
}

impl Made {
    /// Whether the HTML gives an id or leads to one, in whatever page.
    fn has_places(&self) -> bool {
        let html = self.piece.0.as_str().unwrap_or_default();
        has_ids(html) || html.match_indices('#').any(|(at, _)| !html[..at].ends_with('&'))
    }
}

/// Whose piece it is.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// A record as a row of a list.
    Row(RecordRef),
    /// A record as a row of a list that can be filtered.
    Listed(RecordRef),
    /// An entity as somebody who says something.
    Agent(EntityIx),
    /// A tag.
    Tag(TagIx),
    /// A rating, or that there is none.
    Rating(Option<RatingIx>),
}

/// The pieces of one site.
pub struct Pieces {
    /// By how many folders deep the page is that shows them.
    shelves: [Shelf; DEEPEST + 1],
    of_claims: OfClaims,
    /// By the date as it is written; a date leads nowhere.
    dates: Kept<String>,
    /// What the lines of pictures stand for, by the words of those.
    keys: Kept<String>,
    /// By the length of what leads to the root, the kind of page and the part of the site.
    frames: Kept<(usize, &'static str, &'static str)>,
}

/// What claims' pages alone show, which all stand in one folder.
#[derive(Default)]
struct OfClaims {
    /// Claims as boxes in the pictures of other claims' pages.
    boxes: Vec<Slot<Arc<Boxed>>>,
    /// What claims say in disputes.
    said: Vec<Slot<Made>>,
    /// Why relations hold, by the claim that states them: what both ends' pages show.
    reasons: Vec<Box<[Pair]>>,
}

/// Room for something that is made once, with what it is made from: every page that gets it has read that.
struct Slot<T>(OnceLock<(T, Parts)>);

impl<T: Clone> Slot<T> {
    fn new() -> Self {
        Self(OnceLock::new())
    }

    fn get(&self, make: impl FnOnce() -> T) -> T {
        let (made, parts) = self.0.get_or_init(|| noting_within(make));
        note_all(parts);
        made.clone()
    }
}

/// Room for what two pages show: kept when it is made for the one, until the other takes it.
struct Pair(Mutex<Option<Box<(Made, Parts)>>>);

impl Pair {
    fn get(&self, make: impl FnOnce() -> Made) -> Made {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((made, parts)) = kept.take().map(|kept| *kept) {
            note_all(&parts);
            return made;
        }
        let (made, parts) = noting_within(make);
        note_all(&parts);
        if !made.has_places() {
            *kept = Some(Box::new((made.clone(), parts)));
        }
        made
    }
}

/// Pieces of which nobody knows beforehand how many there are. They show nothing of the dossier but its settings.
struct Kept<K>(RwLock<FxHashMap<K, Made>>);

impl<K: Eq + Hash> Kept<K> {
    fn get<Q: Eq + Hash + ToOwned<Owned = K> + ?Sized>(&self, key: &Q, make: impl FnOnce() -> Made) -> Made
    where
        K: Borrow<Q>,
    {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned();
        kept.unwrap_or_else(|| {
            let made = make();
            self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), made.clone());
            made
        })
    }
}

/// Room for so many pieces, which is taken when the first of them is asked for: pages of a depth show few sorts.
struct Slots {
    count: usize,
    slots: OnceLock<Vec<Slot<Made>>>,
}

impl Slots {
    fn of(count: usize) -> Self {
        Self { count, slots: OnceLock::new() }
    }

    fn get(&self, index: usize) -> Option<&Slot<Made>> {
        self.slots.get_or_init(|| slots(self.count)).get(index)
    }
}

fn slots<T: Clone>(count: usize) -> Vec<Slot<T>> {
    (0..count).map(|_| Slot::new()).collect()
}

impl OfClaims {
    fn of(dossier: &Dossier) -> Self {
        let pairs = |count| (0..count).map(|_| Pair(Mutex::new(None))).collect();
        Self {
            boxes: slots(dossier.claims.len()),
            said: slots(dossier.claims.len()),
            reasons: dossier.claims.iter().map(|claim| pairs(claim.relations.len())).collect(),
        }
    }
}

/// A piece of each record.
struct ByRecord {
    sources: Slots,
    claims: Slots,
    entities: Slots,
    commentary: Slots,
}

impl ByRecord {
    fn of(dossier: &Dossier) -> Self {
        Self {
            sources: Slots::of(dossier.sources.len()),
            claims: Slots::of(dossier.claims.len()),
            entities: Slots::of(dossier.entities.len()),
            commentary: Slots::of(dossier.commentary.len()),
        }
    }

    fn slot(&self, record: RecordRef) -> Option<&Slot<Made>> {
        match record {
            RecordRef::Source(ix) => self.sources.get(ix.index()),
            RecordRef::Claim(ix) => self.claims.get(ix.index()),
            RecordRef::Entity(ix) => self.entities.get(ix.index()),
            RecordRef::Commentary(ix) => self.commentary.get(ix.index()),
            RecordRef::Home => None,
        }
    }
}

struct Shelf {
    rows: ByRecord,
    listed: ByRecord,
    agents: Slots,
    tags: Slots,
    /// The scale, and at its end what is not rated.
    ratings: Slots,
}

impl Shelf {
    fn slot(&self, of: Of) -> Option<&Slot<Made>> {
        match of {
            Of::Row(record) => self.rows.slot(record),
            Of::Listed(record) => self.listed.slot(record),
            Of::Agent(ix) => self.agents.get(ix.index()),
            Of::Tag(ix) => self.tags.get(ix.index()),
            Of::Rating(Some(ix)) => self.ratings.get(ix.index()),
            Of::Rating(None) => self.ratings.get(self.ratings.count.checked_sub(1)?),
        }
    }
}

impl std::fmt::Debug for Pieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pieces").finish_non_exhaustive()
    }
}

impl Pieces {
    /// Room for the pieces of a dossier, of which none is made yet.
    pub fn of(dossier: &Dossier) -> Self {
        let shelf = |_| Shelf {
            rows: ByRecord::of(dossier),
            listed: ByRecord::of(dossier),
            agents: Slots::of(dossier.entities.len()),
            tags: Slots::of(dossier.tags.len()),
            ratings: Slots::of(dossier.config.ratings.len() + 1),
        };
        Self {
            shelves: std::array::from_fn(shelf),
            of_claims: OfClaims::of(dossier),
            dates: Kept(RwLock::default()),
            keys: Kept(RwLock::default()),
            frames: Kept(RwLock::default()),
        }
    }

    /// What pages that are `depth` folders deep show of something.
    pub(super) fn get(&self, depth: usize, of: Of, make: impl FnOnce() -> Made) -> Made {
        match self.shelves.get(depth).and_then(|shelf| shelf.slot(of)) {
            Some(slot) => slot.get(make),
            None => make(),
        }
    }

    /// A claim as a box of the pictures on claims' pages.
    pub(super) fn boxed(&self, ix: ClaimIx, make: impl FnOnce() -> Boxed) -> Arc<Boxed> {
        let made = || Arc::new(make());
        match self.of_claims.boxes.get(ix.index()) {
            Some(slot) => slot.get(made),
            None => made(),
        }
    }

    /// What a claim says in a dispute, as claims' pages show it.
    pub(super) fn said(&self, ix: ClaimIx, make: impl FnOnce() -> Made) -> Made {
        match self.of_claims.said.get(ix.index()) {
            Some(slot) => slot.get(make),
            None => make(),
        }
    }

    /// Why the `n`-th relation of a claim holds, as the claims' pages at both its ends show it. What has ids, or leads to a
    /// place in a page, is made for each page.
    pub(super) fn reasons(&self, (by, n): (ClaimIx, usize), make: impl FnOnce() -> Made) -> Made {
        match self.of_claims.reasons.get(by.index()).and_then(|pairs| pairs.get(n)) {
            Some(pair) => pair.get(make),
            None => make(),
        }
    }

    /// Gives back what claims' pages alone show; one that is made after that costs what it shows.
    pub(super) fn shed_claims(&mut self) {
        self.of_claims = OfClaims::default();
    }

    /// What all pages show of a date.
    pub(super) fn date(&self, date: &Date, make: impl FnOnce() -> Made) -> Made {
        self.dates.get(date.as_str(), make)
    }

    /// What all pages show of what the lines of a picture stand for.
    pub(super) fn key(&self, words: &str, make: impl FnOnce() -> Made) -> Made {
        self.keys.get(words, make)
    }

    /// What all pages of a sort have around them: those with a reference to the root of that length, of a kind and a
    /// section.
    pub(super) fn frame(&self, sort: (usize, &'static str, &'static str), make: impl FnOnce() -> Made) -> Made {
        self.frames.get(&sort, make)
    }
}
