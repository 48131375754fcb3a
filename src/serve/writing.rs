//! A claim written in the preview: words selected in a source's text and what somebody says of them → a new file in
//! `content/claims`, as `casebook add` would write it.
//!
//! Everything is looked up before anything is written: what is wrong is said field by field. A file that is there is
//! never written to.

use std::time::Instant;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::state::Preview;
use crate::dossier::{Dossier, RecordRef};
use crate::failure::Failure;
use crate::files::{Files, Slice};
use crate::ids::{RecordId, RecordKind, has_id_form};
use crate::parse::parse;
use crate::scaffold::claim::{NewAppearance, NewClaim, NewRelation, NewVerdict};
use crate::scaffold::selection::{Selection, Unquotable, quote};
use crate::workspace::{CONTENT, Workspace, ascii_slug};
use crate::write::create;

/// The longest id that is made of a statement, in bytes.
const LONGEST_ID: usize = 60;
/// How many names are tried where the first is taken.
const MOST_NAMES: usize = 1000;

/// What a page sends. A field that was left empty is empty.
#[derive(Deserialize, Default, Debug)]
#[serde(deny_unknown_fields, default)]
struct Sent {
    source: String,
    pieces: Vec<String>,
    before: String,
    after: String,
    claim: String,
    who: String,
    rating: String,
    rating_reason: String,
    relation: String,
    relation_claim: String,
    relation_reason: String,
}

/// What is wrong, by field; under `""` what concerns none.
#[derive(Default)]
struct Problems(Map<String, Value>);

impl Problems {
    fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.entry(field).or_insert_with(|| Value::String(message.into()));
    }

    fn answer(self) -> (StatusCode, Value) {
        (StatusCode::UNPROCESSABLE_ENTITY, json!({ "problems": self.0 }))
    }

    fn one(message: impl Into<String>) -> (StatusCode, Value) {
        let mut problems = Self::default();
        problems.add("", message);
        problems.answer()
    }
}

/// Writes the claim that was sent, as JSON, and takes it in. Answers with `href`, `id`, `path` and `notes`, what there
/// is to say about the new file; or with `problems`, by field.
pub(super) fn write(preview: &Preview, sent: &[u8]) -> (StatusCode, Value) {
    let started = Instant::now();
    let sent: Sent = match serde_json::from_slice(sent) {
        Ok(sent) => sent,
        Err(error) => return (StatusCode::BAD_REQUEST, json!({ "problems": { "": format!("not a claim: {error}") } })),
    };
    let written = {
        let workspace = preview.workspace();
        match new_claim(workspace.dossier(), &sent) {
            Ok(claim) => write_file(preview, &workspace, claim),
            Err(problems) => return problems.answer(),
        }
    };
    let (id, path) = match written {
        Ok(written) => written,
        Err(failure) => return Problems::one(failure.to_string()),
    };
    preview.look(&[preview.root().join(&path)].into(), started);
    let workspace = preview.workspace();
    let notes = notes(&workspace, &path);
    (StatusCode::CREATED, json!({ "id": id, "path": path, "href": format!("/claims/{id}.html"), "notes": notes }))
}

/// What is wrong with the new file, or what somebody should look at.
fn notes(workspace: &Workspace, path: &str) -> Vec<String> {
    let is_there = |files: &Files, file| files.get(file).path == path;
    let about = workspace.diagnostics().iter();
    let about = about.filter(|wrong| wrong.span.is_some_and(|span| is_there(workspace.files(), span.file)));
    about.map(|wrong| format!("{}: {}", wrong.severity.word(), wrong.message)).collect()
}

/// The claim, with everything looked up.
fn new_claim(dossier: &Dossier, sent: &Sent) -> Result<NewClaim, Problems> {
    let mut problems = Problems::default();
    let claim = one_line(&sent.claim);
    if claim.is_empty() {
        problems.add("claim", "say what is claimed, in a sentence");
    }
    let appearance = appearance(dossier, sent, &mut problems);
    let relation = relation(dossier, sent, &mut problems);
    let verdict = verdict(dossier, sent, &mut problems);
    if !problems.0.is_empty() {
        return Err(problems);
    }
    let new = NewClaim { claim: Some(claim), appearance, relation, verdict, ..NewClaim::default() };
    // What has been looked up can be read; should it not be, nothing is written.
    match parse(RecordKind::Claim, &new.to_text()).problems.first() {
        Some(problem) => {
            problems.add("", problem.message.clone());
            Err(problems)
        }
        None => Ok(new),
    }
}

fn appearance(dossier: &Dossier, sent: &Sent, problems: &mut Problems) -> NewAppearance {
    let mut appearance = NewAppearance { who: who(dossier, sent, problems), ..NewAppearance::default() };
    let source = RecordId::new(&sent.source).and_then(|id| match dossier.by_id.get(&id) {
        Some(RecordRef::Source(source)) => dossier.sources.get(source.index()),
        _ => None,
    });
    let Some(source) = source else {
        problems.add("quote", "the dossier no longer has this source");
        return appearance;
    };
    let Some(text) = &source.text else {
        problems.add("quote", "the dossier has no text of this source: put it into the source's file, or its capture into the captures folder");
        return appearance;
    };
    let selection = Selection { pieces: sent.pieces.clone(), before: sent.before.clone(), after: sent.after.clone() };
    match quote(text, &selection) {
        Ok(quotation) => {
            appearance.source = Some(source.meta.id.to_string());
            appearance.quote = Some(quotation.quote);
            appearance.prefix = quotation.prefix;
            appearance.suffix = quotation.suffix;
        }
        Err(why) => problems.add("quote", reason(why)),
    }
    appearance
}

fn reason(why: Unquotable) -> &'static str {
    match why {
        Unquotable::Empty => "select the words that make the claim",
        Unquotable::NotThere => "these words are not all of the source's text: select words of the text alone",
        Unquotable::Elision => {
            "words are left out between these: each part needs three words at least, and the parts must be near each other"
        }
        Unquotable::Ambiguous => "these words stand in several places: select some more, so that it is clear which",
    }
}

/// Who said it: a record's id, also for its name, or a plain name.
fn who(dossier: &Dossier, sent: &Sent, problems: &mut Problems) -> Option<String> {
    let who = one_line(&sent.who);
    if who.is_empty() {
        return None;
    }
    let named = |name: &Slice| *name == who;
    let mut holders = dossier.entities.iter().filter(|one| named(&one.name) || one.other_names.iter().any(named));
    if let (Some(holder), None) = (holders.next(), holders.next()) {
        return Some(holder.meta.id.to_string());
    }
    let known = RecordId::new(&who).and_then(|id| dossier.by_id.get(&id));
    let is_speaker = matches!(known, Some(RecordRef::Entity(_) | RecordRef::Source(_)));
    if has_id_form(&who) && !is_speaker {
        problems.add(
            "who",
            format!("no person, organisation or source has the id `{who}`; a name has a capital or a space"),
        );
    }
    Some(who)
}

fn relation(dossier: &Dossier, sent: &Sent, problems: &mut Problems) -> Option<NewRelation> {
    let (kind, claim) = (sent.relation.trim(), one_line(&sent.relation_claim));
    if kind.is_empty() && claim.is_empty() {
        return None;
    }
    if !dossier.config.relation_types.iter().any(|known| known.name == kind) {
        problems.add("relation", "choose what this claim does to the other");
    }
    let by_id = RecordId::new(&claim).and_then(|id| match dossier.by_id.get(&id) {
        Some(RecordRef::Claim(ix)) => dossier.claims.get(ix.index()),
        _ => None,
    });
    let of_words = || dossier.claims.iter().find(|other| other.claim == claim || other.short == claim);
    let Some(other) = by_id.or_else(of_words) else {
        problems.add("relation_claim", "choose a claim of the dossier");
        return None;
    };
    let claim = other.meta.id.to_string();
    Some(NewRelation { kind: kind.to_owned(), claim, reason: one_line(&sent.relation_reason) })
}

fn verdict(dossier: &Dossier, sent: &Sent, problems: &mut Problems) -> Option<NewVerdict> {
    let (rating, reason) = (sent.rating.trim(), one_line(&sent.rating_reason));
    if rating.is_empty() {
        if !reason.is_empty() {
            problems.add("rating", "choose the rating that the reason is for");
        }
        return None;
    }
    if !dossier.config.ratings.iter().any(|known| known.id == rating) {
        problems.add("rating", "choose a rating of the scale");
    }
    let date = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::system()).date().to_string();
    Some(NewVerdict { rating: rating.to_owned(), date, reason })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes the claim into the first file whose name is free, and gives the id and the path.
fn write_file(preview: &Preview, workspace: &Workspace, mut claim: NewClaim) -> Result<(String, String), Failure> {
    let folder = preview.root().join(CONTENT).join(RecordKind::Claim.folder());
    if std::fs::canonicalize(&folder).is_ok_and(|real| !real.starts_with(preview.root())) {
        return Err(Failure::new(format!("`{}` is a symbolic link that leads out of the project", folder.display())));
    }
    let wanted = id_of(claim.claim.as_deref().unwrap_or_default());
    for n in 1..=MOST_NAMES {
        let id = if n == 1 { wanted.clone() } else { format!("{wanted}-{n}") };
        if is_taken(workspace, &id) || folder.join(format!("{id}.md")).symlink_metadata().is_ok() {
            continue;
        }
        claim.id.clone_from(&id);
        let path = format!("{CONTENT}/{}/{id}.md", RecordKind::Claim.folder());
        create(&preview.root().join(&path), claim.to_text().as_bytes())?;
        return Ok((id, path));
    }
    Err(Failure::new(format!("`{wanted}` and {MOST_NAMES} names like it are taken")))
}

/// An id of the statement's first words.
fn id_of(claim: &str) -> String {
    let slug = ascii_slug(claim).unwrap_or_else(|| RecordKind::Claim.word().to_owned());
    if slug.len() <= LONGEST_ID {
        return slug;
    }
    let cut = slug[..=LONGEST_ID].rfind('-').unwrap_or(LONGEST_ID);
    slug[..cut].to_owned()
}

/// Whether a record has that id, or a file that is too broken to be one, or the site needs it.
fn is_taken(workspace: &Workspace, id: &str) -> bool {
    let has_name = |path: &str| path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")) == Some(id);
    let Some(record) = RecordId::new(id) else { return true };
    record.is_reserved()
        || workspace.dossier().by_id.contains_key(&record)
        || workspace.files().iter().any(|(_, file)| has_name(&file.path))
}

/// What the form's fields are completed with, as JSON.
pub(super) fn names(workspace: &Workspace) -> String {
    let dossier = workspace.dossier();
    let people: Vec<Value> = dossier.entities.iter().map(|one| json!([one.meta.id.as_str(), one.name])).collect();
    let claims: Vec<Value> = dossier.claims.iter().map(|one| json!([one.meta.id.as_str(), one.claim])).collect();
    let ratings: Vec<Value> = dossier.config.ratings.iter().map(|one| json!([one.id, one.label])).collect();
    let relations: Vec<Value> = dossier.config.relation_types.iter().map(|one| json!([one.name, one.label])).collect();
    json!({ "people": people, "claims": claims, "ratings": ratings, "relations": relations }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_the_first_words() {
        assert_eq!(id_of("Almost every channel is frozen."), "almost-every-channel-is-frozen");
        assert_eq!(id_of("Über „Kanäle“"), "uber-kanale");
        assert_eq!(id_of("新华社"), "claim");
        let long = id_of(&"word ".repeat(50));
        assert!(long.len() <= LONGEST_ID && long.ends_with("word"), "{long}");
        assert_eq!(id_of(&"x".repeat(100)).len(), LONGEST_ID);
    }
}
