//! Who is named: an id must be a record's, a plain name can be one's.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::dossier::{Agent, EntityIx, RecordRef};
use crate::files::Slice;
use crate::ids::RecordKind;
use crate::parse::ast::{self, Spanned};
use crate::resolve::context::{Context, PlainName, Work};
use crate::resolve::names::Failed;

/// Who can stand in a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Whom {
    /// People, organisations and the like.
    Entity,
    /// In a chain of attribution, also a source, as the one who reports.
    Speaker,
}

impl Whom {
    fn kinds(self) -> &'static [RecordKind] {
        match self {
            Self::Entity => &[RecordKind::Entity],
            Self::Speaker => &[RecordKind::Entity, RecordKind::Source],
        }
    }
}

impl<'a> Work<'_, 'a> {
    /// The one who is named. Where an id leads nowhere the error has been reported, and it stands for a plain name.
    pub(crate) fn agent(&mut self, agent: &'a Spanned<ast::Agent>, whom: Whom) -> Agent {
        match &agent.value {
            ast::Agent::ForcedName(name) => Agent::Name(name.clone()),
            ast::Agent::Name(name) => self.plain_name(name, agent),
            ast::Agent::Id(id) => match self.context.names.refer(id, whom.kinds(), self.span(agent.range)) {
                Ok(RecordRef::Entity(entity)) => {
                    self.out.named.push(entity);
                    Agent::Entity(entity)
                }
                Ok(RecordRef::Source(source)) => Agent::Source(source),
                Ok(_) => Agent::Name(id.words().clone()),
                Err(failed) => {
                    self.fail(forcible(failed, id.as_str()));
                    Agent::Name(id.words().clone())
                }
            },
        }
    }

    /// All of them.
    pub(crate) fn agents(&mut self, agents: &'a [Spanned<ast::Agent>], whom: Whom) -> Vec<Agent> {
        agents.iter().map(|agent| self.agent(agent, whom)).collect()
    }

    fn plain_name(&mut self, name: &'a Slice, agent: &Spanned<ast::Agent>) -> Agent {
        let holders: &[EntityIx] = self.context.entity_names.get(name.as_str()).map_or(&[], Vec::as_slice);
        let span = self.span(agent.range);
        match holders {
            [] => {
                self.out.plain_names.push(PlainName { name: name.clone(), span });
                Agent::Name(name.clone())
            }
            [entity] => {
                self.out.named.push(*entity);
                self.name_of_record(name, holders, agent);
                Agent::Entity(*entity)
            }
            _ => {
                self.name_of_record(name, holders, agent);
                Agent::Name(name.clone())
            }
        }
    }

    fn name_of_record(&mut self, name: &str, holders: &[EntityIx], agent: &Spanned<ast::Agent>) {
        let Some(severity) = self.context.level("name-without-record") else { return };
        let ids: Vec<String> = holders
            .iter()
            .filter_map(|ix| self.context.shelf.entities.get(ix.index()))
            .map(|entry| format!("`{}`", entry.id))
            .collect();
        let (message, label) = match &ids[..] {
            [id] => (format!("`{name}` is a name of the entity {id}"), "taken for it"),
            _ => (format!("`{name}` is a name of several entities: {}", ids.join(", ")), "stays a plain name"),
        };
        let hint = format!("write the id, or {{ name = {} }} for somebody else", toml_string(name));
        let lint = Diagnostic::new(severity, "name-without-record", Some(self.span(agent.range)), message);
        self.report(lint.label(label).hint(hint));
    }
}

/// Adds to an error about an id that nothing has how to write a plain name of that form.
fn forcible(failed: Failed, name: &str) -> Failed {
    match failed {
        Failed::Error(error) if error.code == "unknown-id" => {
            let hint = format!("for a plain name write {{ name = {} }}", toml_string(name));
            Failed::Error(Box::new(error.hint(hint)))
        }
        failed => failed,
    }
}

/// A text as a TOML string.
pub(crate) fn toml_string(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// How often a plain name may occur before it deserves a record.
const OFTEN: usize = 3;

/// The lint about plain names that occur three times or more: one a name, at its first place.
pub(crate) fn frequent_names<'n>(
    context: &Context<'_>,
    names: impl Iterator<Item = &'n PlainName>,
    report: &mut Vec<Diagnostic>,
) {
    let Some(severity) = context.level("name-without-record") else { return };
    let mut by_name: BTreeMap<&str, Vec<&PlainName>> = BTreeMap::new();
    for plain in names {
        by_name.entry(&plain.name).or_default().push(plain);
    }
    for (name, places) in by_name {
        let [first, rest @ ..] = &places[..] else { continue };
        if places.len() < OFTEN {
            continue;
        }
        let message = format!("`{name}` is named {} times and has no record", places.len());
        let lint = Diagnostic::new(severity, "name-without-record", Some(first.span), message)
            .label("here first")
            .hint("add an entity, or write { name = … } where none is wanted");
        report.push(rest.iter().take(2).fold(lint, |lint, place| lint.other(place.span, "and here")));
    }
}

/// The name that readers see.
pub(crate) fn name(context: &Context<'_>, agent: &Agent) -> Slice {
    match agent {
        Agent::Entity(ix) => {
            context.shelf.entities.get(ix.index()).map_or_else(Slice::default, |entry| entry.ast.name.text.clone())
        }
        Agent::Source(ix) => {
            context.shelf.sources.get(ix.index()).map_or_else(Slice::default, |entry| entry.ast.title.text.clone())
        }
        Agent::Name(name) => name.clone(),
    }
}
