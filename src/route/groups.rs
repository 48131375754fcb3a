//! Claims that hang together: the connected groups under relations, and which page of the map shows which.

use std::ops::Range;

use crate::dossier::{ClaimIx, Dossier};

/// The claims that a picture of the map draws at most.
pub const DRAWN: usize = 40;

/// The claims that a page of the map draws before the next page begins.
const DRAWN_ON_A_PAGE: usize = 60;

/// The connected groups, the largest first, then by their first claims.
#[derive(Clone, Hash, Debug)]
pub(super) struct Groups {
    groups: Vec<Vec<ClaimIx>>,
    pages: Vec<Range<usize>>,
    alone: usize,
}

impl Groups {
    pub(super) fn of(dossier: &Dossier) -> Self {
        let mut leader: Vec<usize> = (0..dossier.claims.len()).collect();
        for (n, claim) in dossier.claims.iter().enumerate() {
            for relation in &claim.relations {
                let one = find(&mut leader, n);
                let other = find(&mut leader, relation.claim.index());
                // The first claim leads, so that groups come in the order of their first claims.
                leader[one.max(other)] = one.min(other);
            }
        }
        let mut of_leader: Vec<Vec<ClaimIx>> = vec![Vec::new(); leader.len()];
        for (n, ix) in (0..leader.len()).zip((0u32..).map(ClaimIx)) {
            of_leader[find(&mut leader, n)].push(ix);
        }
        let alone = of_leader.iter().filter(|group| group.len() == 1).count();
        let mut groups: Vec<Vec<ClaimIx>> = of_leader.into_iter().filter(|group| group.len() > 1).collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        Self { pages: pages(&groups), groups, alone }
    }

    /// How many pages the map has; a map without groups has one, which says so.
    pub(super) fn pages(&self) -> usize {
        self.pages.len().max(1)
    }

    /// The groups of a page, counted from 1, and how many come before them.
    pub(super) fn page(&self, page: usize) -> (usize, &[Vec<ClaimIx>]) {
        let range = page.checked_sub(1).and_then(|n| self.pages.get(n)).cloned().unwrap_or_default();
        (range.start, self.groups.get(range).unwrap_or_default())
    }

    /// How many groups there are.
    pub(super) fn count(&self) -> usize {
        self.groups.len()
    }

    /// How many claims stand under no relation.
    pub(super) fn alone(&self) -> usize {
        self.alone
    }
}

/// The first claim of the group that a claim is known to be in. Ways that were gone are made shorter.
fn find(leader: &mut [usize], mut n: usize) -> usize {
    while leader[n] != n {
        leader[n] = leader[leader[n]];
        n = leader[n];
    }
    n
}

/// Which groups each page has: as many as draw no more than a page's claims, and one at least.
fn pages(groups: &[Vec<ClaimIx>]) -> Vec<Range<usize>> {
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut drawn = 0;
    for (n, group) in groups.iter().enumerate() {
        let size = group.len().min(DRAWN);
        match pages.last_mut().filter(|_| drawn + size <= DRAWN_ON_A_PAGE) {
            Some(page) => page.end = n + 1,
            None => {
                pages.push(n..n + 1);
                drawn = 0;
            }
        }
        drawn += size;
    }
    pages
}
