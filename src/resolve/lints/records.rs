//! Lints about records that nothing names, and names without a record.

use crate::diag::Diagnostic;
use crate::files::Span;
use crate::resolve::agents;
use crate::resolve::lints::Lints;

impl Lints<'_, '_> {
    /// No appearance names this source.
    pub(super) fn orphan_source(&self, found: &mut Vec<Diagnostic>) {
        let mut named = vec![false; self.dossier.sources.len()];
        for appearance in self.dossier.claims.iter().flat_map(|claim| &claim.appearances) {
            if let Some(named) = named.get_mut(appearance.quote.source.index()) {
                *named = true;
            }
        }
        for (entry, _) in self.context.shelf.sources.iter().zip(named).filter(|(_, named)| !named) {
            let span = Span { file: entry.file, range: entry.ast.title.range };
            let lint = self.at("orphan-source", span, format!("no claim appears in the source `{}`", entry.id));
            found.extend(
                lint.map(|lint| lint.hint(format!("add an [[appearance]] with source = \"{}\" to a claim", entry.id))),
            );
        }
    }

    /// Nothing names this entity: no record's front matter and no link.
    pub(super) fn unused_entity(&self, found: &mut Vec<Diagnostic>) {
        let mut named = vec![false; self.dossier.entities.len()];
        for entity in self.left.all().flat_map(|left| &left.named) {
            if let Some(named) = named.get_mut(entity.index()) {
                *named = true;
            }
        }
        let entities = named.into_iter().zip(&self.context.shelf.entities).zip(&self.dossier.entities);
        for ((named, entry), entity) in entities {
            if named || !entity.meta.backlinks.is_empty() {
                continue;
            }
            let span = Span { file: entry.file, range: entry.ast.name.range };
            let lint = self.at("unused-entity", span, format!("nothing names the entity `{}`", entry.id));
            found.extend(lint.map(|lint| lint.hint("name it in a claim or link to it, or take it out")));
        }
    }

    /// A plain name occurs three times. That it equals an entity's was said where it was looked up.
    pub(super) fn name_without_record(&self, found: &mut Vec<Diagnostic>) {
        agents::frequent_names(self.context, self.left.all().flat_map(|left| &left.plain_names), found);
    }
}
