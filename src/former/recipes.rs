//! What each page of the last build was made from, and each stretch of a long file → whether one more would make it alike.
//!
//! It tells nothing of builds from other settings, another theme or other captures, by another program, into a folder that
//! is not as that build left it, or where a file is gone that is no record's page: then every page is made anew.

use std::collections::HashMap;
use std::path::Path;

use blake3::Hash;
use serde::{Deserialize, Serialize};

use crate::cache;
use crate::dossier::digest::{Changed, Digest, Digests, Names, SORTS};
use crate::dossier::parts::Part;
use crate::site::SitePath;

use super::name;

/// What each page of a site was made from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Recipes {
    /// The digest of what the site is made from besides its records.
    around: [u8; 32],
    /// The state of the output folder.
    site: [u8; 32],
    /// The paths of all files that are no record's page, sorted.
    others: Vec<String>,
    /// By sort and index.
    names: [Vec<Digest>; SORTS],
    /// By sort and index.
    parts: [Vec<Digest>; SORTS],
    made: Made,
}

/// By which recipes the files of a site were made, by path.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Made {
    /// Those that are made as a whole, by the path of the route's first.
    pub pages: HashMap<String, Recipe>,
    /// Those that are made in stretches, in the order of the file.
    pub files: HashMap<String, Vec<Stretch>>,
}

/// A stretch of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stretch {
    /// What tells it from the file's others.
    pub key: Digest,
    /// In bytes.
    pub length: u64,
    /// What it was made from.
    pub recipe: Recipe,
}

/// The parts that the pages of one route were made from: their numbers sorted, each as the difference to the one before,
/// as Postcard writes a sequence of `u32`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Recipe(Box<[u8]>);

impl FromIterator<Part> for Recipe {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        let mut numbers: Vec<u32> = parts.into_iter().map(Part::number).collect();
        numbers.sort_unstable();
        let mut before = 0;
        for number in &mut numbers {
            (before, *number) = (*number, *number - before);
        }
        // What cannot be kept is as good as nothing to go by.
        Self(postcard::to_stdvec(&numbers).unwrap_or_default().into())
    }
}

impl Recipe {
    /// The parts; none where that cannot be told.
    fn parts(&self) -> Option<impl Iterator<Item = Part>> {
        let differences: Vec<u32> = postcard::from_bytes(&self.0).ok()?;
        let number = |before: &mut u32, difference| {
            *before = before.checked_add(difference)?;
            Some(Part::numbered(*before))
        };
        Some(differences.into_iter().scan(0, number))
    }
}

/// What a site is made from, of which its pages are made from parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Larder {
    /// What it is made from besides its records.
    pub around: Hash,
    /// The paths of all files that are no record's page, sorted.
    pub others: Vec<String>,
    /// The parts.
    pub digests: Digests,
}

impl Recipes {
    /// Those of the last build of the project in `root` into the folder `output`, if they are remembered and that build
    /// left the folder in the state `site`.
    pub fn read(root: &Path, output: &Path, site: Hash) -> Option<Self> {
        let recipes: Self = postcard::from_bytes(&cache::read(root, &name(output, "pages", "bin")?)?).ok()?;
        (recipes.site == *site.as_bytes()).then_some(recipes)
    }

    /// Those of a build that left the output folder in the state `site`.
    pub fn new(larder: Larder, site: Hash, made: Made) -> Self {
        let Larder { around, others, digests: Digests { names, parts } } = larder;
        Self { around: *around.as_bytes(), site: *site.as_bytes(), others, names: names.0, parts, made }
    }

    /// Which pages a build from that would make alike; none where nothing can be said.
    pub fn with(self, larder: &Larder) -> Option<Alike> {
        let is_there = |path: &String| larder.others.binary_search(path).is_ok();
        if self.around != *larder.around.as_bytes() || !self.others.iter().all(is_there) {
            return None;
        }
        let before = Digests { names: Names(self.names), parts: self.parts };
        Some(Alike { changed: larder.digests.since(&before), made: self.made })
    }

    /// Remembers them as those of the last build of the project in `root` into the folder `output`.
    pub fn write(&self, root: &Path, output: &Path) {
        if let (Some(name), Ok(bytes)) = (name(output, "pages", "bin"), postcard::to_stdvec(self)) {
            cache::write(root, &name, &bytes);
        }
    }
}

/// What would be as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alike {
    changed: Changed,
    made: Made,
}

impl Alike {
    /// By which recipe the page at a path is made again, if it would be made alike.
    pub fn page(&self, path: &SitePath) -> Option<Recipe> {
        self.again(self.made.pages.get(path.as_str())?)
    }

    /// The stretches of the file at a path that would be made alike, by their keys: at which byte each begins, and what it
    /// is then; and whether these keys, in this order, are all that the file has.
    pub fn stretches(&self, path: &SitePath, keys: &[Digest]) -> (HashMap<Digest, (u64, Stretch)>, bool) {
        let Some(stretches) = self.made.files.get(path.as_str()) else { return Default::default() };
        let place = |start: &mut u64, stretch: &Stretch| {
            let begins = *start;
            *start += stretch.length;
            let Stretch { key, length, recipe } = stretch;
            let again = self.again(recipe).map(|recipe| Stretch { key: *key, length: *length, recipe });
            Some(again.map(|stretch| (*key, (begins, stretch))))
        };
        let alike: HashMap<_, _> = stretches.iter().scan(0, place).flatten().collect();
        let is_whole = alike.len() == keys.len() && stretches.iter().map(|stretch| &stretch.key).eq(keys);
        (alike, is_whole)
    }

    /// The recipe with the numbers that its parts have now, if all of them are as they were.
    fn again(&self, recipe: &Recipe) -> Option<Recipe> {
        let parts: Vec<Part> = recipe.parts()?.collect();
        let is_alike = !parts.iter().any(|part| self.changed.has(*part));
        is_alike.then(|| {
            if self.changed.moved() {
                parts.into_iter().map(|part| self.changed.now(part)).collect()
            } else {
                recipe.clone()
            }
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::dossier::parts::Sort;
    use tempfile::TempDir;

    fn claim(index: usize) -> Part {
        Part::of(Sort::Claim, index)
    }

    fn recipe(parts: &[Part]) -> Recipe {
        parts.iter().copied().collect()
    }

    fn larder(claims: &[u32]) -> Larder {
        let digests =
            Digests::default().with(Sort::Claim, claims.iter().map(|claim| Names::default().digest(claim)).collect());
        Larder { around: blake3::hash(b"around"), others: vec!["a.js".to_owned(), "b.js".to_owned()], digests }
    }

    #[test]
    fn a_recipe_has_the_parts_that_it_was_made_of() {
        let parts = [claim(300), claim(2), Part::EVERYTHING, Part::count(Sort::Tag), Part::of(Sort::Home, 0)];
        let mut sorted = parts.to_vec();
        sorted.sort();
        assert_eq!(recipe(&parts).parts().unwrap().collect::<Vec<_>>(), sorted);
        assert_eq!(recipe(&[]).parts().unwrap().count(), 0);
        assert!(Recipe::default().parts().is_none(), "nothing is known of a page that was not made");
    }

    #[test]
    fn pages_are_alike_where_no_part_of_theirs_has_changed() {
        let folder = TempDir::new().unwrap();
        let (root, output) = (folder.path(), folder.path().join("public"));
        let (site, larders) = (blake3::hash(b"site"), [larder(&[1, 2, 3]), larder(&[1, 0, 3])]);
        let recipes = [recipe(&[claim(0), claim(2)]), recipe(&[claim(1)])];
        let pages = ["a.html", "b.html"].map(str::to_owned).into_iter().zip(recipes.clone()).collect();
        Recipes::new(larders[0].clone(), site, Made { pages, ..Made::default() }).write(root, &output);
        assert!(Recipes::read(root, &root.join("elsewhere"), site).is_none());
        assert!(Recipes::read(root, &output, blake3::hash(b"another")).is_none());
        let again = || Recipes::read(root, &output, site).unwrap();
        let page = |alike: &Alike, path| alike.page(&SitePath::new(path));

        let alike = again().with(&larders[0]).unwrap();
        let found = ["a.html", "b.html", "c.html"].map(|path| page(&alike, path));
        assert_eq!(found, [Some(recipes[0].clone()), Some(recipes[1].clone()), None]);
        let alike = again().with(&larders[1]).unwrap();
        assert_eq!(["a.html", "b.html"].map(|path| page(&alike, path)), [Some(recipes[0].clone()), None]);

        assert!(again().with(&Larder { around: blake3::hash(b"another"), ..larders[0].clone() }).is_none());
        let others = |others: &[&str]| Larder {
            others: others.iter().map(|path| (*path).to_owned()).collect(),
            ..larders[0].clone()
        };
        assert!(again().with(&others(&["a.js", "b.js", "c.js"])).is_some(), "a new file");
        assert!(again().with(&others(&["a.js"])).is_none(), "one file fewer: something may lead to it");
    }

    #[test]
    fn stretches_of_a_file_are_alike_each_by_itself() {
        let stretch = |key: u8, length, of: usize| Stretch { key: [key; 16], length, recipe: recipe(&[claim(of)]) };
        let stretches = vec![stretch(1, 10, 0), stretch(2, 5, 1), stretch(3, 7, 2)];
        let files = [("a.json".to_owned(), stretches.clone())].into();
        let made = Made { files, ..Made::default() };
        let alike = |now: &[u32]| {
            let before = Recipes::new(larder(&[1, 2, 3]), blake3::hash(b"site"), made.clone());
            before.with(&larder(now)).unwrap()
        };
        let path = SitePath::new("a.json");
        let keys = [1, 2, 3].map(|key| [key; 16]);
        let (all, is_whole) = alike(&[1, 2, 3]).stretches(&path, &keys);
        let begin = |of: &HashMap<Digest, (u64, Stretch)>| keys.map(|key| of.get(&key).map(|(begins, _)| *begins));
        assert_eq!((begin(&all), is_whole), ([Some(0), Some(10), Some(15)], true));
        assert_eq!(keys.map(|key| all[&key].1.clone()).to_vec(), stretches);
        for other in [&keys[..2], &[keys[1], keys[0], keys[2]], &[keys[0], keys[1], [4; 16]]] {
            assert!(!alike(&[1, 2, 3]).stretches(&path, other).1, "{other:?}");
        }
        let (some, is_whole) = alike(&[1, 0, 3]).stretches(&path, &keys);
        assert_eq!((begin(&some), is_whole), ([Some(0), None, Some(15)], false));
        assert!(alike(&[1, 2, 3]).stretches(&SitePath::new("b.json"), &keys).0.is_empty());
    }

    #[test]
    fn what_is_kept_may_be_cut_off() {
        let folder = TempDir::new().unwrap();
        let (root, output) = (folder.path(), folder.path().join("public"));
        let site = blake3::hash(b"site");
        let pages = [("a.html".to_owned(), recipe(&[claim(0)]))];
        Recipes::new(larder(&[1]), site, Made { pages: pages.into(), ..Made::default() }).write(root, &output);
        let name = name(&output, "pages", "bin").unwrap();
        let whole = cache::read(root, &name).unwrap();
        for length in 0..whole.len() {
            cache::write(root, &name, &whole[..length]);
            assert_eq!(Recipes::read(root, &output, site), None, "{length} bytes");
        }
    }
}
