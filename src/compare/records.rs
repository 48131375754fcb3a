//! A record in both states, or in one → what changed in it.

use crate::compare::pairs::Pair;
use crate::compare::passages::Passages;
use crate::compare::snapshot::{Field, Reader, Snapshot, list, markdown};
use crate::compare::{Change, Fate, RecordChange, ledger, quotations};
use crate::dossier::{Agent, CaptureCheck, Claim, Commentary, Entity, RecordRef, Source};
use crate::files::Slice;
use crate::ids::RecordId;

/// What changed; none where nothing did.
pub(super) fn compare(
    pair: &Pair,
    before: &Reader<'_>,
    after: &Reader<'_>,
    passages: &Passages,
) -> Option<RecordChange> {
    let old = pair.old.map(|record| snapshot(before, record, passages));
    let new = pair.new.map(|record| snapshot(after, record, passages));
    let (reader, record) = pair.new.map(|record| (after, record)).or(pair.old.map(|record| (before, record)))?;
    let id = reader.id(record);
    let fate = match (pair.old, pair.new) {
        (None, _) => Fate::Added,
        (_, None) => Fate::Removed,
        (Some(old), Some(_)) => {
            let was = before.dossier.id_of(old);
            if was == id { Fate::Kept } else { Fate::Renamed(was.to_owned()) }
        }
    };
    let title = new.as_ref().or(old.as_ref()).map(|snapshot| snapshot.title.clone()).unwrap_or_default();
    let is_in_both = old.is_some() && new.is_some();
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let mut changes = Vec::new();
    if is_in_both {
        // Of a record that is new or gone its title says what it is, and the lists below what comes or goes with it.
        fields(&old.fields, &new.fields, &fate, &mut changes);
        texts(&old.texts, &new.texts, &mut changes);
    }
    changes.extend(passages.change(pair));
    if old.rating != new.rating {
        changes.push(Change::Rating { old: old.rating.clone(), new: new.rating.clone() });
    }
    changes.extend(ledger::verdicts(&old.verdicts, &new.verdicts).map(Change::Verdict));
    changes.extend(ledger::corrections(&old.corrections, &new.corrections).map(Change::Correction));
    changes.extend(quotations::compare(old.quotations, new.quotations).into_iter().map(Change::Quotation));
    changes.extend(ledger::relations(&old.relations, &new.relations).map(Change::Relation));
    let is_kept = fate == Fate::Kept;
    (!is_kept || !changes.is_empty()).then(|| RecordChange { kind: record.kind(), id, title, fate, changes })
}

fn fields(old: &[Field], new: &[Field], fate: &Fate, changes: &mut Vec<Change>) {
    for (old, new) in old.iter().zip(new).filter(|(old, new)| old.key != new.key) {
        // That an alias came or went is what a renaming consists of.
        if old.name != "aliases" || *fate == Fate::Kept {
            let name = old.name.to_owned();
            changes.push(Change::Field { name, old: old.shown.clone(), new: new.shown.clone() });
        }
    }
}

fn texts(old: &[(&'static str, String)], new: &[(&'static str, String)], changes: &mut Vec<Change>) {
    for ((name, old), (_, new)) in old.iter().zip(new).filter(|(old, new)| old.1 != new.1) {
        changes.push(Change::Text { name: (*name).to_owned(), old: old.clone(), new: new.clone() });
    }
}

fn snapshot(reader: &Reader<'_>, record: RecordRef, passages: &Passages) -> Snapshot {
    let dossier = reader.dossier;
    let mut snapshot = match record {
        RecordRef::Home => {
            let body = markdown(dossier.home.first().map(|home| &home.body));
            Some(Snapshot { texts: vec![("body", body)], ..Snapshot::default() })
        }
        RecordRef::Source(ix) => dossier.sources.get(ix.index()).map(|it| source(reader, it)),
        RecordRef::Claim(ix) => dossier.claims.get(ix.index()).map(|it| claim(reader, it, passages)),
        RecordRef::Entity(ix) => dossier.entities.get(ix.index()).map(entity),
        RecordRef::Commentary(ix) => dossier.commentary.get(ix.index()).map(|it| essay(reader, it)),
    }
    .unwrap_or_default();
    snapshot.title = reader.title(record);
    snapshot.quotations.extend(reader.block_quotations(record, passages));
    if let Some(meta) = dossier.meta(record) {
        snapshot.fields.push(reader.tags(&meta.tags));
        snapshot.fields.push(Field::plain("aliases", list(meta.aliases.iter().map(RecordId::to_string).collect())));
        snapshot.fields.push(Field::plain("draft", meta.draft.then_some("true")));
    }
    snapshot
}

// Every field of a record is named below, so that none that is new can be passed over.

fn claim(reader: &Reader<'_>, claim: &Claim, passages: &Passages) -> Snapshot {
    let Claim {
        meta: _,
        claim: words,
        short,
        nature,
        about,
        when,
        body,
        // The lists, and what follows from them.
        appearances: _,
        relations: _,
        related_by: _,
        verdicts: _,
        corrections: _,
        origins: _,
        variants: _,
    } = claim;
    let date = when.as_ref().map(|date| date.as_str());
    // What follows from the claim alone is no change of its own.
    let is_derived = short == words.strip_suffix('.').unwrap_or(words);
    let verdicts = reader.verdicts(claim);
    Snapshot {
        fields: vec![
            Field::plain("short", (!is_derived).then_some(short.as_str())),
            Field::plain("nature", Some(nature.word())),
            reader.agents("about", about),
            Field::plain("when", date),
            origins(reader, claim),
        ],
        texts: vec![("claim", words.to_string()), ("body", markdown(Some(body)))],
        rating: verdicts.last().map(|verdict| verdict.rating.clone()),
        verdicts,
        corrections: reader.corrections(claim),
        quotations: reader.appearances(claim, passages),
        relations: reader.relations(claim),
        ..Snapshot::default()
    }
}

/// With whom the claim starts, and whom every report passes through.
fn origins(reader: &Reader<'_>, claim: &Claim) -> Field {
    let origins: Vec<Agent> = claim.origins.origins.iter().map(|origin| origin.who.clone()).collect();
    let from = reader.agents("origins", &origins);
    let through = reader.agents("origins", &claim.origins.through);
    let count = origins.len();
    let shown = from.shown.map(|names| {
        let through = through.shown.map(|names| format!(", all by way of {names}")).unwrap_or_default();
        format!("{count}: {names}{through}")
    });
    Field { name: "origins", key: format!("{}\n\n{}", from.key, through.key), shown }
}

fn source(reader: &Reader<'_>, source: &Source) -> Snapshot {
    let Source {
        meta: _,
        title,
        authors,
        publisher,
        date,
        kind,
        url,
        archived,
        language,
        publish,
        extent,
        capture,
        // Told of by `passages`, and at those who quote it.
        text: _,
        passages: _,
        shown: _,
    } = source;
    let date = date.as_ref().map(|date| date.as_str());
    let retrieved = capture.as_ref().and_then(|capture| capture.retrieved.as_ref()).map(|date| date.as_str());
    let checked = match capture.as_ref().map(|capture| &capture.check) {
        None | Some(CaptureCheck::NotChecked) => None,
        Some(CaptureCheck::Matched { on }) => Some(format!("matched on {on}")),
        Some(CaptureCheck::Stale { on }) => Some(format!("out of date since it was recorded on {on}")),
    };
    Snapshot {
        fields: vec![
            reader.agents("authors", authors),
            reader.agents("publisher", publisher.as_slice()),
            Field::plain("date", date),
            Field::plain("kind", Some(kind.word())),
            Field::plain("url", url.as_deref()),
            Field::plain("archived", archived.as_deref()),
            Field::plain("language", language.as_deref()),
            Field::plain("publish", Some(publish.word())),
            Field::plain("extent", Some(extent.word())),
            Field::plain("capture.file", capture.as_ref().map(|capture| capture.file.as_str())),
            Field::plain("capture.sha256", capture.as_ref().and_then(|capture| capture.sha256.as_deref())),
            Field::plain("capture.retrieved", retrieved),
            Field::plain("captures.lock", checked),
        ],
        texts: vec![("title", title.to_string())],
        ..Snapshot::default()
    }
}

fn entity(entity: &Entity) -> Snapshot {
    let Entity {
        meta: _,
        name,
        kind,
        role,
        other_names,
        url,
        same_as,
        body,
        // What others say of it.
        about: _,
        attributed: _,
        wrote: _,
        published: _,
    } = entity;
    Snapshot {
        fields: vec![
            Field::plain("kind", kind.map(|kind| kind.word())),
            Field::plain("role", role.as_deref()),
            Field::plain("other_names", list(other_names.iter().map(Slice::to_string).collect())),
            Field::plain("url", url.as_deref()),
            Field::plain("same_as", list(same_as.iter().map(Slice::to_string).collect())),
        ],
        texts: vec![("name", name.to_string()), ("body", markdown(Some(body)))],
        ..Snapshot::default()
    }
}

fn essay(reader: &Reader<'_>, essay: &Commentary) -> Snapshot {
    let Commentary { meta: _, title, date, updated, authors, summary, body } = essay;
    Snapshot {
        fields: vec![
            Field::plain("date", date.as_ref().map(|date| date.as_str())),
            Field::plain("updated", updated.as_ref().map(|date| date.as_str())),
            reader.agents("authors", authors),
        ],
        texts: vec![
            ("title", title.to_string()),
            ("summary", summary.as_deref().unwrap_or_default().to_owned()),
            ("body", markdown(Some(body))),
        ],
        ..Snapshot::default()
    }
}
