//! Claims, their appearances and their relations → tables: comma-separated values (RFC 4180) in UTF-8, with a header.
//!
//! A cell with several values has `; ` between them; where that could be misread, the JSON has a list. A spreadsheet takes
//! a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, and words from elsewhere may
//! begin with one. So such a cell gets an apostrophe before it, as does one that begins with apostrophes before one of
//! these: whoever reads the table takes one apostrophe away from before them and has the text as it is.

use memchr::{memchr, memchr3};

use crate::data::stretch::{Stretch, of_records};
use crate::data::{names, prose};
use crate::dossier::{Agent, Anchor, Appearance, Claim, ClaimIx, Dossier, Prose, RecordRef};
use crate::route::Routes;

/// What a spreadsheet begins a formula with.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The claims.
pub(super) fn claims<'a>(dossier: &'a Dossier, routes: &'a Routes) -> Vec<Stretch<'a>> {
    const HEADER: [&str; 17] = [
        "id",
        "claim",
        "short",
        "nature",
        "about",
        "when",
        "tags",
        "rating",
        "rated_on",
        "rated_by",
        "appearances",
        "sources",
        "origins",
        "denied_in",
        "questioned_in",
        "corrections",
        "page",
    ];
    table(&HEADER, dossier, move |ix, claim, rows| {
        let origins = &claim.origins;
        let verdict = claim.verdicts.last();
        let rating = verdict.and_then(|verdict| dossier.config.ratings.get(verdict.rating.index()));
        let tags = claim.meta.tags.iter().filter_map(|tag| dossier.tags.get(tag.index()));
        let origin_names = origins.origins.iter().map(|origin| names::name(dossier, &origin.who));
        rows.row([
            claim.meta.id.as_str(),
            &claim.claim,
            &claim.short,
            claim.nature.word(),
            &agents(dossier, &claim.about),
            claim.when.as_ref().map_or("", |date| date.as_str()),
            &joined(tags.map(|tag| tag.name.as_str())),
            rating.map_or("", |rating| &rating.id),
            verdict.and_then(|verdict| verdict.date.as_ref()).map_or("", |date| date.as_str()),
            verdict.and_then(|verdict| verdict.by.as_ref()).map_or("", |by| names::name(dossier, by)),
            &origins.asserted.appearances.to_string(),
            &origins.asserted.sources.to_string(),
            &joined(origin_names),
            &origins.denied.appearances.to_string(),
            &origins.questioned.appearances.to_string(),
            &claim.corrections.len().to_string(),
            routes.record(RecordRef::Claim(ix)).map_or("", |path| path.as_str()),
        ]);
    })
}

/// Where claims are made.
pub(super) fn appearances<'a>(dossier: &'a Dossier, routes: &'a Routes) -> Vec<Stretch<'a>> {
    const HEADER: [&str; 15] = [
        "claim",
        "source",
        "source_title",
        "source_date",
        "quote",
        "checked",
        "stance",
        "voice",
        "speech",
        "locator",
        "speaker",
        "said",
        "chain",
        "translation",
        "passage",
    ];
    table(&HEADER, dossier, move |_, claim, rows| {
        for appearance in &claim.appearances {
            let source = &dossier.sources[appearance.quote.source.index()];
            let page = routes.record(RecordRef::Source(appearance.quote.source)).map_or("", |path| path.as_str());
            rows.row([
                claim.meta.id.as_str(),
                source.meta.id.as_str(),
                &source.title,
                source.date.as_ref().map_or("", |date| date.as_str()),
                &appearance.quote.words(source),
                if appearance.quote.anchor == Anchor::Unchecked { "no" } else { "yes" },
                appearance.stance.word(),
                appearance.voice.word(),
                appearance.speech.map_or("", |speech| speech.word()),
                appearance.locator.as_deref().unwrap_or_default(),
                appearance.attribution.first().map_or("", |link| names::name(dossier, &link.who)),
                said(appearance),
                &joined(appearance.attribution.iter().map(|link| names::name(dossier, &link.who))),
                appearance.translation.as_ref().map_or("", |translation| &translation.text),
                &format!("{page}#{}", appearance.fragment),
            ]);
        }
    })
}

/// What claims do to each other.
pub(super) fn relations(dossier: &Dossier) -> Vec<Stretch<'_>> {
    const HEADER: [&str; 9] =
        ["from", "type", "to", "polarity", "iri", "reason", "unaddressed", "drawn_in", "drawn_by_quote"];
    table(&HEADER, dossier, move |_, claim, rows| {
        for relation in &claim.relations {
            let kind = &dossier.config.relation_types[relation.relation_type.index()];
            let drawn = relation.by.as_ref().map(|quote| (quote, &dossier.sources[quote.source.index()]));
            rows.row([
                claim.meta.id.as_str(),
                &kind.name,
                dossier.claims[relation.claim.index()].meta.id.as_str(),
                kind.polarity.word(),
                kind.iri.as_deref().unwrap_or_default(),
                &text(dossier, relation.reason.as_ref()),
                &text(dossier, relation.unaddressed.as_deref()),
                drawn.map_or("", |(_, source)| source.meta.id.as_str()),
                &drawn.map(|(quote, source)| quote.words(source)).unwrap_or_default(),
            ]);
        }
    })
}

/// When the speaker said it.
fn said(appearance: &Appearance) -> &str {
    let said = appearance.attribution.first().and_then(|link| link.said.as_ref());
    said.map_or("", |date| date.as_str())
}

fn agents(dossier: &Dossier, agents: &[Agent]) -> String {
    joined(agents.iter().map(|agent| names::name(dossier, agent)))
}

fn joined<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join("; ")
}

fn text(dossier: &Dossier, prose: Option<&Prose>) -> String {
    prose.and_then(|prose| prose::in_line(dossier, prose)).unwrap_or_default()
}

/// A header, and the rows that `fill` has for each claim, in stretches of some claims each.
fn table<'a>(
    header: &'a [&str],
    dossier: &'a Dossier,
    fill: impl Fn(ClaimIx, &'a Claim, &mut Rows) + Copy + Send + Sync + 'a,
) -> Vec<Stretch<'a>> {
    let part = move |first: u32, claims: &'a [Claim]| {
        let mut rows = Rows::default();
        for (ix, claim) in (first..).map(ClaimIx).zip(claims) {
            fill(ix, claim, &mut rows);
        }
        rows.0
    };
    let head = || {
        let mut rows = Rows::default();
        rows.row(header.iter().copied());
        rows.0
    };
    let mut file = vec![Stretch::new("head", head)];
    file.extend(of_records("rows", &dossier.claims, |claim| &claim.meta, part));
    file
}

#[derive(Default)]
struct Rows(String);

impl Rows {
    /// Appends a row. Line ends are carriage return and line feed (RFC 4180, section 2).
    fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        for (n, cell) in cells.into_iter().enumerate() {
            if n > 0 {
                self.0.push(',');
            }
            self.cell(cell);
        }
        self.0.push_str("\r\n");
    }

    fn cell(&mut self, cell: &str) {
        let guard = if cell.trim_start_matches('\'').starts_with(FORMULA) { "'" } else { "" };
        let has_sign =
            memchr3(b',', b'"', b'\n', cell.as_bytes()).is_some() || memchr(b'\r', cell.as_bytes()).is_some();
        let is_plain = !has_sign && !cell.starts_with(' ') && !cell.ends_with(' ');
        if is_plain {
            self.0.push_str(guard);
            self.0.push_str(cell);
        } else {
            self.0.extend(["\"", guard, &cell.replace('"', "\"\""), "\""]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_are_no_formulas() {
        let row = |cells: &[&str]| {
            let mut rows = Rows::default();
            rows.row(cells.iter().copied());
            rows.0
        };
        assert_eq!(row(&["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(
            row(&["a,b", "say \"so\"", "two\nlines", " x"]),
            "\"a,b\",\"say \"\"so\"\"\",\"two\nlines\",\" x\"\r\n"
        );
        assert_eq!(row(&["=1+1", "-0043", "@a", "\tb", "'tis", "''=x"]), "'=1+1,'-0043,'@a,'\tb,'tis,'''=x\r\n");
        assert_eq!(row(&["=HYPERLINK(\"x\",1)"]), "\"'=HYPERLINK(\"\"x\"\",1)\"\r\n");
    }
}
