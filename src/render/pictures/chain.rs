//! A claim's appearances → how it got there: who said it, who passed it on, which source it stands in. Links that chains
//! share are drawn once.

mod ways;

use serde::Serialize;

use super::svg::{Item, Stroke, Svg, Words};
use super::{NOTE, SPACING, TEXT, room, size};
use crate::date::Date;
use crate::dossier::{Agent, Appearance, Claim, EntityIx, RecordRef, SourceIx};
use crate::layout::layered::{Columns, Drawing, Edge, layered};
use crate::layout::text::{width, wrap};
use crate::layout::{Point, Size, Spacing};
use crate::render::html::Html;
use crate::render::terms;
use crate::render::vantage::Vantage;
use crate::terms::{EntityKind, Stance, Voice};
use ways::Way;

/// What a picture holds at most. An appearance that would bring more is counted and not drawn.
const MOST_BOXES: usize = 24;
const MOST_LINES: usize = 40;
const MOST_WAYS: usize = 24;

/// How wide the box of a source is, and at most that of somebody who speaks.
const SOURCE_WIDTH: i32 = 196;
const AGENT_WIDTH: i32 = 136;

/// Chains are long: their lines, most of them without labels, bend in less room.
const CLOSE: Spacing = Spacing { bend: 30, ..SPACING };

/// Above the columns, for their headings.
const HEADING: i32 = 24;

/// How a claim got to its sources.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ChainView {
    /// The picture.
    svg: Html,
    /// The same as text: an item for each way.
    ways: Html,
    /// How many appearances are not drawn.
    more: usize,
}

/// The picture of a claim's chains; none where no appearance has one.
pub(in crate::render) fn view(at: &Vantage<'_>, claim: &Claim) -> Option<ChainView> {
    if claim.appearances.iter().all(|appearance| appearance.attribution.is_empty()) {
        return None;
    }
    // With one report that says nothing.
    let through = if claim.origins.asserted.appearances > 1 { &claim.origins.through[..] } else { &[] };
    let mut union = Union { through, ..Union::default() };
    let mut ways: Vec<(&Appearance, Vec<usize>, usize)> = Vec::new();
    let mut more = 0;
    for appearance in &claim.appearances {
        let Some(way) = union.add(at, appearance).filter(|_| ways.len() < MOST_WAYS) else {
            more += 1;
            continue;
        };
        match ways.iter_mut().find(|(_, known, _)| *known == way) {
            Some((_, _, count)) => *count += 1,
            None => ways.push((appearance, way, 1)),
        }
    }
    if ways.is_empty() {
        return None;
    }
    let mut items = String::new();
    for (n, (appearance, way, count)) in ways.into_iter().enumerate() {
        if n > 0 {
            items.push('\n');
        }
        let agents = way.iter().filter_map(|&n| Some(union.boxes.get(n)?.who)).collect();
        Way { agents, appearance, appearances: count }.write(at, &mut items);
    }
    Some(ChainView { ways: Html::new(&items), svg: draw(at, &union), more })
}

/// Whom a box stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who<'a> {
    /// Somebody who says it or passes it on.
    Agent(&'a Agent),
    /// Several who wrote a source together, and so are one origin.
    Authors(&'a [Agent]),
    /// A source, with what is done there: an assertion and a denial in one source stand apart.
    Source(SourceIx, Stance),
}

/// A box.
struct Node<'a> {
    who: Who<'a>,
    /// When it was said, as the chains that begin here have it; each date once.
    said: Vec<&'a Date>,
    /// Whether the chain of every report leads through here.
    is_through: bool,
    /// The appearances that end here.
    appearances: Vec<&'a Appearance>,
}

/// The chains of a claim laid over each other.
#[derive(Default)]
struct Union<'a> {
    /// Whom the chain of every report leads through.
    through: &'a [Agent],
    boxes: Vec<Node<'a>>,
    /// From box to box, with what the one who spoke does with the claim, and whether he is at its beginning.
    lines: Vec<(usize, usize, Stance, bool)>,
}

impl<'a> Union<'a> {
    /// Adds an appearance, and gives the boxes on its way; none where there is no more room for it.
    fn add(&mut self, at: &Vantage<'a>, appearance: &'a Appearance) -> Option<Vec<usize>> {
        let (boxes, lines) = (self.boxes.len(), self.lines.len());
        let source = appearance.quote.source;
        let mut way: Vec<usize> = Vec::new();
        let links = appearance.attribution.iter().map(|link| Who::Agent(&link.who));
        let own = start(at, source).filter(|_| appearance.attribution.is_empty());
        for who in links.chain(own).chain([Who::Source(source, appearance.stance)]) {
            let found = self.find(who);
            // Who passes on what he said himself is one box.
            if way.last() != Some(&found) {
                way.push(found);
            }
            if self.boxes.len() > MOST_BOXES {
                break;
            }
        }
        for (n, two) in way.windows(2).enumerate() {
            let known =
                |it: &&mut (usize, usize, Stance, bool)| (it.0, it.1, it.2) == (two[0], two[1], appearance.stance);
            match self.lines.iter_mut().find(known) {
                Some(line) => line.3 |= n == 0,
                None => self.lines.push((two[0], two[1], appearance.stance, n == 0)),
            }
        }
        if self.boxes.len() > MOST_BOXES || self.lines.len() > MOST_LINES {
            self.boxes.truncate(boxes);
            self.lines.truncate(lines);
            return None;
        }
        if let (Some(&first), Some(date)) =
            (way.first(), appearance.attribution.first().and_then(|it| it.said.as_ref()))
            && !self.boxes[first].said.contains(&date)
        {
            self.boxes[first].said.push(date);
        }
        if let Some(&last) = way.last() {
            self.boxes[last].appearances.push(appearance);
        }
        Some(way)
    }

    fn find(&mut self, who: Who<'a>) -> usize {
        self.boxes.iter().position(|it| it.who == who).unwrap_or_else(|| {
            let is_through = matches!(who, Who::Agent(agent) if self.through.contains(agent));
            self.boxes.push(Node { who, said: Vec::new(), is_through, appearances: Vec::new() });
            self.boxes.len() - 1
        })
    }
}

/// With whom a source's own words begin.
fn start<'a>(at: &Vantage<'a>, source: SourceIx) -> Option<Who<'a>> {
    match at.dossier.sources[source.index()].voices() {
        [] => None,
        [one] => Some(Who::Agent(one)),
        authors => Some(Who::Authors(authors)),
    }
}

fn names(at: &Vantage<'_>, agents: &[Agent]) -> String {
    agents.iter().map(|agent| at.name(agent)).collect::<Vec<_>>().join(", ")
}

fn is_anonymous(at: &Vantage<'_>, who: &Who<'_>) -> bool {
    let of = |ix: EntityIx| at.entity(ix).kind == Some(EntityKind::Anonymous);
    matches!(who, Who::Agent(Agent::Entity(ix)) if of(*ix))
}

fn draw(at: &Vantage<'_>, union: &Union<'_>) -> Html {
    let items: Vec<(Item, i32)> = union.boxes.iter().map(|it| item(at, it)).collect();
    let sizes: Vec<Size> = items.iter().map(|(item, width)| size(&item.words, *width)).collect();
    let words = |line: &(usize, usize, Stance, bool)| if line.3 { verb(line.2) } else { "" };
    let edge = |line: &(usize, usize, Stance, bool)| Edge { from: line.0, to: line.1, label: width(words(line), NOTE) };
    let edges: Vec<Edge> = union.lines.iter().map(edge).collect();
    let drawing = layered(&sizes, &edges, Columns::Stages, &CLOSE);
    let mut svg = Svg::new("chain", drawing.size, HEADING, "How the claim got to its sources");
    headings(&mut svg, &drawing);
    for &n in drawing.columns.iter().flatten() {
        svg.item(&items[n].0, &drawing.boxes[n]);
        for (line, drawn) in union.lines.iter().zip(&drawing.lines).filter(|(line, _)| line.0 == n) {
            let class = format!("tie {}", line.2.word());
            let stroke = Stroke { class: &class, href: None, title: None, label: words(line), is_symmetric: false };
            svg.line(drawn, stroke);
        }
    }
    svg.finish()
}

fn headings(svg: &mut Svg, drawing: &Drawing) {
    let last = drawing.columns.len() - 1;
    for (n, column) in drawing.columns.iter().enumerate() {
        let words = match n {
            n if n == last => "Where it stands",
            0 => "Who said it",
            1 => "Who passed it on",
            _ => continue,
        };
        let x = column.iter().map(|&n| drawing.boxes[n].corner.x).min().unwrap_or(0);
        svg.words("heading", Point { x, y: 12 - HEADING }, words);
    }
}

/// What one does with a claim, as the label of a line; nothing for what is the rule.
fn verb(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "",
        Stance::Denies => "denies",
        Stance::Questions => "questions",
    }
}

/// A box with its words, and how wide it is.
fn item(at: &Vantage<'_>, node: &Node<'_>) -> (Item, i32) {
    match &node.who {
        Who::Source(ix, stance) => (source(at, *ix, *stance, node), SOURCE_WIDTH),
        Who::Agent(agent) => speaker(at, node, at.name(agent), at.agent_href(agent)),
        Who::Authors(authors) => speaker(at, node, &names(at, authors), None),
    }
}

fn speaker(at: &Vantage<'_>, node: &Node<'_>, name: &str, href: Option<String>) -> (Item, i32) {
    let is_anonymous = is_anonymous(at, &node.who);
    let note = match (is_anonymous, node.is_through, &node.said[..]) {
        (true, ..) => "name withheld".to_owned(),
        (_, true, _) => "every report comes this way".to_owned(),
        (.., [date]) => date.human(),
        _ => String::new(),
    };
    let frame = AGENT_WIDTH - room(AGENT_WIDTH);
    let words = width(name, TEXT).max(width(&note, NOTE));
    let wide = (words + frame + 1).clamp(84, AGENT_WIDTH);
    let (lines, note) = (wrap(name, TEXT, room(wide), 3), wrap(&note, NOTE, room(wide), 2));
    let title = (lines.is_cut || note.is_cut).then(|| name.to_owned());
    let class = match (is_anonymous, node.is_through) {
        (true, _) => "node agent anonymous",
        (_, true) => "node agent through",
        _ => "node agent",
    };
    (
        Item {
            class: class.to_owned(),
            href,
            words: Words { above: None, lines: lines.lines, note: note.lines, title },
        },
        wide,
    )
}

fn source(at: &Vantage<'_>, ix: SourceIx, stance: Stance, node: &Node<'_>) -> Item {
    let source = at.source(ix);
    let mut note = terms::number(node.appearances.len(), "passage", "passages");
    if stance != Stance::Asserts {
        note.push_str(", ");
        note.push_str(terms::stance(stance).label);
    }
    for (voice, label) in [(Voice::Adopts, "adopts it"), (Voice::Doubts, "doubts it"), (Voice::Rejects, "rejects it")] {
        if node.appearances.iter().any(|appearance| appearance.voice == voice) {
            note.push_str(", ");
            note.push_str(label);
        }
    }
    let (lines, note) = (wrap(&source.title, TEXT, room(SOURCE_WIDTH), 2), wrap(&note, NOTE, room(SOURCE_WIDTH), 2));
    let whose = source.voices().first().map(|agent| at.name(agent));
    let above = whose.and_then(|name| wrap(name, NOTE, room(SOURCE_WIDTH), 1).lines.pop());
    let all = || [above.as_deref().unwrap_or_default(), &source.title, &note.lines.join(" ")].join(" ");
    let title = lines.is_cut.then(all);
    let fragment = node.appearances.first().and_then(|appearance| appearance.quote.place(&appearance.fragment));
    Item {
        class: format!("node source {}", stance.word()),
        href: Some(at.record(RecordRef::Source(ix), fragment)),
        words: Words { above, lines: lines.lines, note: note.lines, title },
    }
}
