//! Lints about records that nothing names, and names without a record.

use std::collections::HashSet;

use crate::dossier::EntityIx;
use crate::files::Span;
use crate::resolve::agents;
use crate::resolve::lints::Lints;

impl Lints<'_, '_> {
    /// No appearance names this source.
    pub(super) fn orphan_source(&mut self) {
        let named: HashSet<_> = self
            .dossier
            .claims
            .iter()
            .flat_map(|claim| claim.appearances.iter().map(|appearance| appearance.quote.source.index()))
            .collect();
        for (n, entry) in self.context.shelf.sources.iter().enumerate() {
            if named.contains(&n) {
                continue;
            }
            let span = Span { file: entry.file, range: entry.ast.title.range };
            let lint = self.at("orphan-source", span, format!("no claim appears in the source `{}`", entry.id));
            self.report.extend(
                lint.map(|lint| lint.hint(format!("add an [[appearance]] with source = \"{}\" to a claim", entry.id))),
            );
        }
    }

    /// Nothing names this entity: no record's front matter and no link.
    pub(super) fn unused_entity(&mut self) {
        let named: HashSet<EntityIx> = self.left.named.iter().copied().collect();
        let entities = (0..).map(EntityIx).zip(&self.context.shelf.entities).zip(&self.dossier.entities);
        let mut found = Vec::new();
        for ((ix, entry), entity) in entities {
            if named.contains(&ix) || !entity.meta.backlinks.is_empty() {
                continue;
            }
            let span = Span { file: entry.file, range: entry.ast.name.range };
            let lint = self.at("unused-entity", span, format!("nothing names the entity `{}`", entry.id));
            found.extend(lint.map(|lint| lint.hint("name it in a claim or link to it, or take it out")));
        }
        self.report.append(&mut found);
    }

    /// A plain name occurs three times. That it equals an entity's was said where it was looked up.
    pub(super) fn name_without_record(&mut self) {
        agents::frequent_names(self.context, &self.left.plain_names, &mut self.report);
    }
}
