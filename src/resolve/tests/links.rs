use super::*;
use crate::dossier::{Prose, ProsePlace, Target};

/// A dossier with one record of each kind.
fn around(essay: &str) -> Project {
    let mut project = Project::new()
        .source("s", "The channels are frozen.")
        .claim_with("c", &appearance("s", "channels are frozen"), "## On the ice\n\nWords.")
        .entity("e", "")
        .essay("essay", essay)
        .file("index.md", "# Welcome\n");
    project.statics = BTreeSet::from(["files/a b.pdf".to_owned(), "map.png".to_owned()]);
    project
}

fn targets(essay: &str) -> (Vec<Target>, Dossier) {
    let dossier = around(essay).dossier();
    let targets = dossier.commentary[0].body.links.iter().map(|link| link.target.clone()).collect();
    (targets, dossier)
}

#[test]
fn wikilinks_lead_to_records_of_every_kind() {
    let (targets, dossier) = targets("[[s]] [[c|words]] [[e]]\n\n![[c]]");
    let to = |id| Target::Record(record(&dossier, id), None);
    assert_eq!(targets, [to("s"), to("c"), to("e"), to("c")]);
}

#[test]
fn a_heading_is_named_by_its_slug_or_its_words() {
    let (targets, dossier) = targets("[[c#on-the-ice]] [[c#On the ice]] [x](../claims/c.md#on-the-ice)");
    let to = Target::Record(record(&dossier, "c"), Some("on-the-ice".to_owned()));
    assert_eq!(targets, [to.clone(), to.clone(), to]);
}

#[test]
fn a_heading_that_is_not_there_is_an_error() {
    let told = around("[[c#on-the-rice]]").only("unknown-heading");
    assert_eq!(told.hints(), "did you mean `on-the-ice`?");
    assert_eq!(around("[[e#anything]]").only("unknown-heading").hints(), "that text has no headings");
}

#[test]
fn a_fragment_alone_is_a_heading_of_the_same_text() {
    let (targets, _) = targets("## Later\n\n[there](#later)");
    assert_eq!(targets, [Target::Here("later".to_owned())]);
    around("[there](#never)").only("unknown-heading");
}

#[test]
fn passages_of_a_source_are_known() {
    let (targets, dossier) = targets("[[s#q-c]]");
    assert_eq!(targets, [Target::Record(record(&dossier, "s"), Some("q-c".to_owned()))]);
    assert_eq!(around("[[s#q-d]]").only("unknown-heading").hints(), "did you mean `q-c`?");
}

#[test]
fn headings_of_a_source_are_known_where_its_whole_text_is_shown() {
    let project = |publish: &str| {
        Project::new()
            .source_with("s", &format!("publish = \"{publish}\""), "## The ice\n\nWords.")
            .essay("essay", "[[s#the-ice]]")
    };
    project("full").dossier();
    project("excerpts").only("unknown-heading");
}

#[test]
fn paths_to_records_and_the_home_page_are_links_too() {
    let (targets, dossier) = targets("[a](../claims/c.md) [b](/entities/e.md) [c](../index.md#welcome)");
    let to = |id| Target::Record(record(&dossier, id), None);
    assert_eq!(targets, [to("c"), to("e"), Target::Record(RecordRef::Home, Some("welcome".to_owned()))]);
}

#[test]
fn files_are_linked_by_their_path_in_the_site_or_on_disk() {
    let (targets, _) = targets("[a](</files/a b.pdf>) [b](../static/files/a%20b.pdf) ![c](/map.png)");
    let file = Target::Static("files/a b.pdf".to_owned(), None);
    assert_eq!(targets, [file.clone(), file, Target::Static("map.png".to_owned(), None)]);
}

#[test]
fn files_keep_their_fragment() {
    let (targets, _) = targets("[a](</files/a b.pdf#page=3>)");
    assert_eq!(targets, [Target::Static("files/a b.pdf".to_owned(), Some("page=3".to_owned()))]);
}

#[test]
fn addresses_elsewhere_keep_their_fragment() {
    let (targets, _) = targets("[a](https://example.org/x#y)");
    assert_eq!(targets, [Target::External("https://example.org/x#y".into())]);
}

#[test]
fn a_path_to_nothing_gets_the_nearest_path() {
    assert_eq!(around("[a](../claims/cc.md)").only("broken-link").hints(), "did you mean `../claims/c.md`?");
    assert_eq!(around("![a](/mapp.png)").only("broken-link").hints(), "did you mean `/map.png`?");
    assert!(around("[a](../../../etc/passwd)").only("broken-link").hints().contains("inside the project"));
    assert!(around("[a](../claims/c.html)").only("broken-link").hints().contains("[[c]]"));
}

#[test]
fn a_record_is_no_image_and_a_file_no_record() {
    around("![a](../claims/c.md)").only("not-an-image");
    let told = around("![[map.png]]").only("broken-link");
    assert_eq!(told.hints(), "a file is linked as ![words](/map.png)");
}

#[test]
fn an_id_is_written_in_small_letters() {
    let told = Project::new().entity("dmitri-peskov", "").essay("x", "[[Dmitri Peskov]]").only("unknown-id");
    assert!(told.hints().contains("[[dmitri-peskov|Dmitri Peskov]]"));
}

#[test]
fn an_id_has_no_folder_and_the_home_page_none() {
    let hints = |link: &str| around(link).only("unknown-id").hints();
    assert_eq!(hints("[[claims/c.md]]"), "an id has no folder and no ending: [[c]]");
    assert_eq!(hints("[[index]]"), "the home page is linked as [words](../index.md)");
}

#[test]
fn only_the_link_is_underlined() {
    assert_eq!(around("Before [[nothing-here]] after.").only("unknown-id").underlined(), "[[nothing-here]]");
}

#[test]
fn backlinks_are_one_a_sentence() {
    let dossier = around("See [[e]] and [[e|again]]. And [[e]].\n\n[[essay]] itself.").dossier();
    let backlinks = &entity(&dossier, "e").meta.backlinks;
    assert_eq!(backlinks.len(), 2);
    assert!(backlinks.iter().all(|link| link.from == record(&dossier, "essay") && link.place == ProsePlace::Body));
    let body: &Prose = &dossier.commentary[0].body;
    assert!(backlinks.iter().all(|link| link.sentence < body.sentences.len()));
    assert!(dossier.commentary[0].meta.backlinks.is_empty());
}

#[test]
fn backlinks_come_from_every_text_of_a_claim() {
    let front = format!(
        "{}[[relation]]\ntype = \"disputes\"\nclaim = \"d\"\nreason = \"As [[e]] has it.\"\nunaddressed = \"[[e]]'s date.\"\n\
         [[verdict]]\nrating = \"true\"\nreason = \"[[e]] said so.\"\n\
         [[correction]]\ndate = 2026-01-01\ntext = \"Not [[e]].\"\n",
        appearance("s", "channels are frozen")
    );
    let dossier = Project::new()
        .source("s", "The channels are frozen.")
        .claim("c", &front)
        .claim("d", &appearance("s", "channels are frozen"))
        .entity("e", "")
        .file("index.md", "Read [[e]].\n")
        .dossier();
    let places: Vec<(RecordRef, ProsePlace)> =
        entity(&dossier, "e").meta.backlinks.iter().map(|link| (link.from, link.place)).collect();
    let c = record(&dossier, "c");
    assert_eq!(
        places,
        [
            (RecordRef::Home, ProsePlace::Body),
            (c, ProsePlace::Relation(0)),
            (c, ProsePlace::Unaddressed(0)),
            (c, ProsePlace::Verdict(0)),
            (c, ProsePlace::Correction(0))
        ]
    );
}

#[test]
fn records_that_show_each_other_are_an_error_that_names_the_circle() {
    let told = Project::new().essay("a", "![[b]]").essay("b", "![[c]]").essay("c", "![[a]]").only("transclusion-cycle");
    assert!(told.one.message.ends_with("`a` → `b` → `c` → `a`"), "{}", told.one.message);
    assert_eq!(told.underlined(), "![[a]]");
    assert_eq!(told.others(), ["![[b]]", "![[c]]"]);
}

#[test]
fn a_record_cannot_show_itself_or_its_own_section() {
    Project::new().essay("a", "![[a]]").only("transclusion-cycle");
    Project::new().essay("a", "## One\n\n![[a#one]]").only("transclusion-cycle");
}

#[test]
fn a_circle_of_links_is_none() {
    Project::new().essay("a", "![[b]]").essay("b", "[[a]]").dossier();
}
