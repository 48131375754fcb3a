//! The commands as one types them: every transcript in `tests/transcripts`, with what it prints and its exit status.
//! `TRYCMD=overwrite` rewrites what is printed.

#[test]
fn the_commands_answer_as_they_are_written_down() {
    trycmd::TestCases::new().case("tests/transcripts/*.md");
}
