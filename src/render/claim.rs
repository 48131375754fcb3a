//! A claim's page: the statement, its ledger, who is behind it, the quotations, what is said against it, what it does to
//! other claims.

mod appearances;
mod relations;

use serde::Serialize;

use crate::data::schema_org;
use crate::diag::Diagnostic;
use crate::dossier::{Claim, ClaimIx, Correction, RecordRef, Verdict};
use crate::render::cite::{self, CiteView};
use crate::render::html::Html;
use crate::render::origins::{self, OriginsView};
use crate::render::pictures::chain::{self, ChainView};
use crate::render::pictures::neighbourhood::{self, MapView};
use crate::render::pieces::Piece;
use crate::render::vantage::Vantage;
use crate::render::view::{BacklinkGroup, TermView};
use crate::render::{article, backlinks, description, terms};
use crate::route::promise;
use crate::terms::{Stance, Voice};
use appearances::PlaceView;
use relations::{DisputesView, RelationGroup, RelationView};

#[derive(Serialize)]
struct ClaimView<'a> {
    statement: &'a str,
    short: &'a str,
    nature: TermView,
    rating: Piece,
    about: Vec<Piece>,
    when: Option<Piece>,
    tags: Vec<Piece>,
    draft: bool,
    /// The verdict that holds.
    verdict: Option<VerdictView>,
    /// The verdicts before it, oldest first.
    earlier: Vec<VerdictView>,
    corrections: Vec<CorrectionView>,
    origins: OriginsView,
    chain: Option<ChainView>,
    disputes: Option<DisputesView<'a>>,
    /// Where it is asserted or questioned.
    places: Vec<PlaceView>,
    /// Whether one speaker's words are not the same everywhere, so that what differs is underlined.
    worded_differently: bool,
    body: Option<Html>,
    /// What it does to other claims, but for what it says against them.
    relations: Vec<RelationView<'a>>,
    related_by: Vec<RelationGroup<'a>>,
    map: Option<MapView>,
    backlinks: Vec<BacklinkGroup>,
    cite: CiteView,
}

#[derive(Serialize)]
struct VerdictView {
    id: String,
    rating: Piece,
    date: Option<Piece>,
    by: Option<Piece>,
    reason: Option<Html>,
}

#[derive(Serialize)]
struct CorrectionView {
    id: String,
    date: Piece,
    text: Option<Html>,
}

pub(super) fn render(at: &Vantage<'_>, ix: ClaimIx) -> Result<Vec<u8>, Diagnostic> {
    let claim = at.claim(ix);
    let mut earlier = verdicts(&at.under(3), ix, claim);
    let wordings = appearances::wordings(claim);
    let view = ClaimView {
        statement: &claim.claim,
        short: &claim.short,
        nature: terms::nature(claim.nature),
        rating: at.rating(claim.rating()),
        about: at.agents(&claim.about),
        when: claim.when.as_ref().map(|date| at.date(date)),
        tags: at.tags(&claim.meta.tags),
        draft: claim.meta.draft,
        verdict: earlier.pop(),
        earlier,
        corrections: corrections(&at.under(3), ix, claim),
        origins: origins::view(at, claim),
        chain: chain::view(at, claim),
        disputes: relations::disputes(&at.under(4), ix, claim, &wordings),
        places: appearances::places(at, claim, &wordings, |stance| stance != Stance::Denies),
        worded_differently: wordings.iter().any(Option::is_some),
        body: at.under(3).prose(&claim.body),
        relations: relations::outgoing(&at.under(4), ix, claim),
        related_by: relations::incoming(&at.under(4), claim),
        map: neighbourhood::view(at, ix),
        backlinks: backlinks::groups(at, &claim.meta.backlinks),
        cite: cite::claim(at, ix),
    };
    let mut page = at.described("claim", "claims", claim.claim.as_str(), description::claim(at, claim));
    page.json_ld = Some(Html::new(&schema_org::claim(&at.addresses(), ix)));
    page.article = article::of(at, RecordRef::Claim(ix));
    at.finish(&page, "claim", &view)
}

/// The ledger, oldest first.
fn verdicts(at: &Vantage<'_>, ix: ClaimIx, claim: &Claim) -> Vec<VerdictView> {
    let view = |(n, verdict): (usize, &Verdict)| VerdictView {
        id: promise::verdict_id(n),
        rating: at.rating(Some(verdict.rating)),
        date: verdict.date.as_ref().map(|date| at.date(date)),
        by: verdict.by.as_ref().map(|agent| at.agent(agent)),
        reason: verdict.reason.as_ref().and_then(|reason| at.inline(reason, RecordRef::Claim(ix))),
    };
    claim.verdicts.iter().enumerate().map(view).collect()
}

fn corrections(at: &Vantage<'_>, ix: ClaimIx, claim: &Claim) -> Vec<CorrectionView> {
    let view = |(n, correction): (usize, &Correction)| CorrectionView {
        id: promise::correction_id(n),
        date: at.date(&correction.date),
        text: at.inline(&correction.text, RecordRef::Claim(ix)),
    };
    claim.corrections.iter().enumerate().map(view).collect()
}

/// Whether a voice says more than that the source passes the claim on.
pub(super) fn speaks(voice: Voice) -> Option<TermView> {
    (voice != Voice::Neutral).then(|| terms::voice(voice))
}
