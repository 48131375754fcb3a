use super::*;
use crate::dossier::{ClaimIx, CommentaryIx, Occasion, SourceIx};

const BODY: &str = "The first words here. The other words there.";

#[test]
fn the_timeline_is_in_the_order_of_dates() {
    let front = format!(
        "when = \"2016\"\n{}attribution = [{{ who = \"P\", said = 2016-12-21 }}]\n\
         [[verdict]]\nrating = \"true\"\ndate = 2017-02-01\n\
         [[correction]]\ndate = 2017-01-01\ntext = \"It was wrong.\"\n",
        appearance("s", "The first words")
    );
    let dossier = Project::new()
        .source_with("s", "date = \"2016-12\"", BODY)
        .claim("c", &front)
        .file("commentary/e.md", "+++\ntitle = \"E\"\ndate = 2015-01-01\n+++\n")
        .dossier();
    let what: Vec<Occasion> = dossier.timeline.iter().map(|event| event.what).collect();
    let (c, s, e) = (ClaimIx(0), SourceIx(0), CommentaryIx(0));
    assert_eq!(
        what,
        [
            Occasion::Essay(e),
            Occasion::About(c),
            Occasion::Published(s),
            Occasion::Said(c, 0, 0),
            Occasion::Corrected(c, 0),
            Occasion::Rated(c, 0),
        ]
    );
}

#[test]
fn changes_are_newest_first_and_leave_out_what_has_no_date() {
    let front = format!(
        "{}[[verdict]]\nrating = \"true\"\n[[verdict]]\nrating = \"false\"\ndate = 2017-02-01\n\
         [[correction]]\ndate = 2017-01-01\ntext = \"It was wrong.\"\n",
        appearance("s", "The first words")
    );
    let dossier = Project::new()
        .source("s", BODY)
        .claim("c", &front)
        .file("commentary/e.md", "+++\ntitle = \"E\"\ndate = 2015-01-01\nupdated = 2018-01-01\n+++\n")
        .file("commentary/f.md", "+++\ntitle = \"F\"\n+++\n")
        .dossier();
    let what: Vec<Occasion> = dossier.changes.iter().map(|change| change.what).collect();
    let c = ClaimIx(0);
    assert_eq!(what, [Occasion::Essay(CommentaryIx(0)), Occasion::Rated(c, 1), Occasion::Corrected(c, 0)]);
}

#[test]
fn the_matrix_has_claims_in_two_sources_or_more() {
    let in_one = format!("{}{}key = \"b\"\n", appearance("s", "The first words"), appearance("s", "The other words"));
    let in_two = appearance("t", "The first words") + &appearance("s", "The first words");
    let dossier = Project::new().source("s", BODY).source("t", BODY).claim("a", &in_one).claim("b", &in_two).dossier();
    assert_eq!(dossier.matrix.len(), 1);
    assert_eq!(dossier.matrix[0].claim, ClaimIx(1));
    assert_eq!(dossier.matrix[0].cells, [(SourceIx(0), vec![1]), (SourceIx(1), vec![0])]);
}

#[test]
fn tags_are_sorted_and_hold_their_records_by_kind_and_id() {
    let tagged = "tags = [\"b\", \"a\", \"b\"]";
    let front = format!("{tagged}\n{}", appearance("s", "The first words"));
    let resolved = Project::new()
        .source_with("s", "tags = [\"a\"]", BODY)
        .claim("c", &front)
        .file("commentary/e.md", "+++\ntitle = \"E\"\ntags = [\"b\"]\n+++\n")
        .resolve();
    let dossier = resolved.dossier;
    let names: Vec<&str> = dossier.tags.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(dossier.tags[0].records, [record(&dossier, "s"), record(&dossier, "c")]);
    assert_eq!(dossier.tags[1].records, [record(&dossier, "c"), record(&dossier, "e")]);
    assert_eq!(claim(&dossier, "c").meta.tags.len(), 2);
}

#[test]
fn records_are_in_the_order_of_their_ids_whatever_their_folders() {
    let dossier = Project::new()
        .file("entities/z/a.md", "+++\nname = \"A\"\n+++\n")
        .file("entities/a/b.md", "+++\nname = \"B\"\n+++\n")
        .dossier();
    let ids: Vec<&str> = dossier.entities.iter().map(|entity| entity.meta.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn diagnostics_are_in_the_order_of_files_and_places() {
    let resolved =
        Project::new().essay("b", "[[x-one]] [[x-two]]").essay("a", "[[x-three]]").file("index.md", "[[x]]").resolve();
    let said: Vec<&str> = resolved.report.iter().map(|one| one.message.as_str()).collect();
    let ids = ["x-three", "x-one", "x-two", "x"];
    assert_eq!(said, ids.map(|id| format!("nothing has the id `{id}`")));
}

#[test]
fn an_empty_dossier_resolves() {
    let dossier = Project::new().dossier();
    assert!(dossier.home.is_empty() && dossier.claims.is_empty() && dossier.timeline.is_empty());
}

#[test]
fn the_same_input_gives_the_same_value_whatever_the_number_of_threads() {
    let mut project = Project::new().lint("unused-entity").lint("orphan-source");
    for n in 0..40 {
        project = project
            .source(&format!("s{n}"), BODY)
            .claim_with(&format!("c{n}"), &appearance(&format!("s{}", n / 2), "The first word"), "[[c1]] [[nothing]]")
            .entity(&format!("e{n}"), "");
    }
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let resolved = project.resolve();
            (format!("{:?}", resolved.report), format!("{:?}", resolved.dossier.claims))
        })
    };
    assert_eq!(on(1), on(4));
}
