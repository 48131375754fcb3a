//! Entities, commentary and the home page, each reference looked up.

use crate::dossier::{Commentary, CommentaryIx, Entity, EntityIx, Given, Home, ProsePlace, RecordRef};
use crate::resolve::agents::Whom;
use crate::resolve::claims::value;
use crate::resolve::context::{Context, Outcomes, Work};
use crate::resolve::prose::Quotations;

/// Resolves the entity of that index; what refers to it is filled in later.
pub(crate) fn entity<'a>(context: &Context<'a>, ix: EntityIx) -> Option<(Entity, Outcomes<'a>)> {
    let entry = context.shelf.entities.get(ix.index())?;
    let ast = entry.ast;
    let record = RecordRef::Entity(ix);
    let mut work = Work::new(context, entry.file, record);
    let entity = Entity {
        meta: work.meta(entry.id, &ast.head),
        name: ast.name.text.clone(),
        kind: ast.kind,
        role: ast.role.clone(),
        other_names: ast.other_names.iter().map(|name| name.value.clone()).collect(),
        url: value(&ast.url),
        same_as: ast.same_as.iter().map(|url| url.value.clone()).collect(),
        body: work.prose(&ast.body, Some(ProsePlace::Body), &mut Quotations::of(Some(entry.id))),
        about: Given::to(record),
        attributed: Given::to(record),
        wrote: Given::to(record),
        published: Given::to(record),
    };
    Some((entity, work.out))
}

/// Resolves the essay of that index.
pub(crate) fn commentary<'a>(context: &Context<'a>, ix: CommentaryIx) -> Option<(Commentary, Outcomes<'a>)> {
    let entry = context.shelf.commentary.get(ix.index())?;
    let ast = entry.ast;
    let mut work = Work::new(context, entry.file, RecordRef::Commentary(ix));
    let essay = Commentary {
        meta: work.meta(entry.id, &ast.head),
        title: ast.title.text.clone(),
        date: value(&ast.date),
        updated: value(&ast.updated),
        authors: work.agents(&ast.authors, Whom::Entity),
        summary: ast.summary.clone(),
        body: work.prose(&ast.body, Some(ProsePlace::Body), &mut Quotations::of(Some(entry.id))),
    };
    Some((essay, work.out))
}

/// Resolves the home page, where there is one.
pub(crate) fn home<'a>(context: &Context<'a>) -> Option<(Home, Outcomes<'a>)> {
    let (file, prose) = context.shelf.home?;
    let mut work = Work::new(context, file, RecordRef::Home);
    let body = work.prose(prose, Some(ProsePlace::Body), &mut Quotations::of(None));
    Some((Home { file, body }, work.out))
}
