//! The elements that a source's text may have, and where each may stand.

/// What an element is for the shape of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Part of a line.
    Inline,
    /// `<br>`.
    Break,
    /// `<hr>`.
    Rule,
    /// A block without a meaning of its own.
    Wrapper,
    /// A heading of that level, 1 to 6.
    Heading(u8),
    /// Text with its white space as it is.
    Preformatted,
    /// Any other block that holds text or blocks.
    Block,
    /// `<ul>` and `<ol>`, which hold items alone.
    List,
    /// `<li>`.
    Item,
    /// `<dl>`, which holds terms alone.
    Definitions,
    /// `<dt>` and `<dd>`.
    Term,
    /// `<table>`.
    Table,
    /// `<caption>`.
    Caption,
    /// `<thead>`, `<tbody>`, `<tfoot>`.
    Rows,
    /// `<tr>`.
    Row,
    /// `<th>` and `<td>`.
    Cell,
}

/// An element: the name it is written with, and its kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Tag {
    /// The name in our HTML.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) kind: Kind,
}

const DIV: Tag = Tag { name: "div", kind: Kind::Wrapper };

/// Elements that keep their name.
const KEPT: &[Tag] = &[
    tag("a", Kind::Inline),
    tag("abbr", Kind::Inline),
    tag("b", Kind::Inline),
    tag("bdi", Kind::Inline),
    tag("bdo", Kind::Inline),
    tag("blockquote", Kind::Block),
    tag("br", Kind::Break),
    tag("caption", Kind::Caption),
    tag("cite", Kind::Inline),
    tag("code", Kind::Inline),
    tag("dd", Kind::Term),
    tag("del", Kind::Inline),
    tag("dfn", Kind::Inline),
    tag("dl", Kind::Definitions),
    tag("dt", Kind::Term),
    tag("em", Kind::Inline),
    tag("figcaption", Kind::Block),
    tag("figure", Kind::Block),
    tag("h1", Kind::Heading(1)),
    tag("h2", Kind::Heading(2)),
    tag("h3", Kind::Heading(3)),
    tag("h4", Kind::Heading(4)),
    tag("h5", Kind::Heading(5)),
    tag("h6", Kind::Heading(6)),
    tag("hr", Kind::Rule),
    tag("i", Kind::Inline),
    tag("ins", Kind::Inline),
    tag("kbd", Kind::Inline),
    tag("li", Kind::Item),
    tag("ol", Kind::List),
    tag("p", Kind::Block),
    tag("pre", Kind::Preformatted),
    tag("q", Kind::Inline),
    tag("s", Kind::Inline),
    tag("samp", Kind::Inline),
    tag("small", Kind::Inline),
    tag("span", Kind::Inline),
    tag("strong", Kind::Inline),
    tag("sub", Kind::Inline),
    tag("sup", Kind::Inline),
    tag("table", Kind::Table),
    tag("tbody", Kind::Rows),
    tag("td", Kind::Cell),
    tag("tfoot", Kind::Rows),
    tag("th", Kind::Cell),
    tag("thead", Kind::Rows),
    tag("time", Kind::Inline),
    tag("tr", Kind::Row),
    tag("u", Kind::Inline),
    tag("ul", Kind::List),
    tag("var", Kind::Inline),
];

/// Elements that part blocks, and whose own meaning has no place inside one of our pages: each is written as a `div`.
const AS_WRAPPER: &[&str] = &[
    "address", "article", "aside", "center", "details", "dialog", "div", "fieldset", "footer", "form", "header",
    "hgroup", "legend", "main", "nav", "search", "section", "summary",
];

const fn tag(name: &'static str, kind: Kind) -> Tag {
    Tag { name, kind }
}

/// The names that the sanitiser lets through.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KEPT.iter().map(|tag| tag.name).chain(AS_WRAPPER.iter().copied())
}

/// The element that `name` is written as; none for one that a source may not have.
pub(super) fn lookup(name: &str) -> Option<Tag> {
    if let Ok(at) = KEPT.binary_search_by(|tag| tag.name.cmp(name)) {
        return Some(KEPT[at]);
    }
    AS_WRAPPER.binary_search(&name).is_ok().then_some(DIV)
}

impl Kind {
    /// Whether it is a part of a line rather than a block.
    pub(super) fn is_inline(self) -> bool {
        matches!(self, Self::Inline | Self::Break)
    }

    /// Whether only certain elements, and no text, may stand directly in it.
    pub(super) fn is_structure(self) -> bool {
        matches!(self, Self::List | Self::Definitions | Self::Table | Self::Rows | Self::Row)
    }

    /// Whether a `child` may stand directly in it.
    pub(super) fn permits(self, child: Self) -> bool {
        match self {
            Self::List => child == Self::Item,
            Self::Definitions => child == Self::Term,
            Self::Table => matches!(child, Self::Caption | Self::Rows | Self::Row),
            Self::Rows => child == Self::Row,
            Self::Row => child == Self::Cell,
            _ => !child.is_part(),
        }
    }

    /// The element that goes around what may not stand directly in this structure.
    pub(super) fn filler(self) -> Option<Tag> {
        match self {
            Self::List => Some(tag("li", Kind::Item)),
            Self::Definitions => Some(tag("dd", Kind::Term)),
            Self::Table | Self::Rows => Some(tag("tr", Kind::Row)),
            Self::Row => Some(tag("td", Kind::Cell)),
            _ => None,
        }
    }

    /// Whether it stands in a structure alone.
    pub(super) fn is_part(self) -> bool {
        matches!(self, Self::Item | Self::Term | Self::Caption | Self::Rows | Self::Row | Self::Cell)
    }
}

impl Tag {
    /// The same element where it stands in `parent`: a part without its structure is a plain block.
    pub(super) fn within(self, parent: Option<Kind>) -> Self {
        if self.kind.is_part() && !parent.is_some_and(|parent| parent.permits(self.kind)) { DIV } else { self }
    }

    /// The same element under a page's title: of headings, the highest of the text is written as one of the second
    /// level, and the others keep their distance from it.
    pub(super) fn under_title(self, highest: u8) -> Self {
        let Kind::Heading(level) = self.kind else { return self };
        let index = usize::from(level.saturating_sub(highest) + 1).min(HEADINGS.len() - 1);
        Self { name: HEADINGS[index], ..self }
    }
}

/// The names of headings, from the first level on.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// The paragraph around stray text at the top level, or the block around stray inline elements that hold blocks.
pub(super) fn stray(holds_blocks: bool) -> Tag {
    if holds_blocks { DIV } else { tag("p", Kind::Block) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_for_their_search() {
        assert!(KEPT.is_sorted_by_key(|tag| tag.name));
        assert!(AS_WRAPPER.is_sorted());
        assert!(names().all(|name| lookup(name).is_some()));
        assert_eq!(lookup("script"), None);
        assert_eq!(lookup("mark"), None);
    }

    #[test]
    fn a_part_without_its_structure_is_a_plain_block() {
        let item = tag("li", Kind::Item);
        assert_eq!(item.within(Some(Kind::List)), item);
        assert_eq!(item.within(Some(Kind::Block)).name, "div");
        assert_eq!(item.within(None).name, "div");
    }
}
