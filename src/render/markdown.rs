//! The dossier's own Markdown, resolved → HTML.

use crate::dossier::{Prose, Quotation, RecordRef, Target};

/// What a text needs to know of the site around it.
pub trait Surroundings {
    /// The relative reference to a link's target; none where it leads nowhere.
    fn href(&self, target: &Target) -> Option<String>;

    /// The words of `[[id]]`, and the rating shown with them.
    fn label(&self, record: RecordRef) -> LinkLabel;

    /// The HTML of `![[id]]`, or of `![[id#heading]]`: flow content.
    fn transclusion(&self, record: RecordRef, fragment: Option<&str>) -> String;

    /// The line under a block quotation that names its source: phrasing content with a link to the passage.
    fn attribution(&self, quotation: &Quotation) -> String;
}

/// The words that stand for a record in running text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkLabel {
    /// Plain text.
    pub text: String,
    /// The rating's id and label, for a claim that has one.
    pub rating: Option<(String, String)>,
}

/// A text as flow content: blocks, headings with ids, footnotes, links with words and ratings, code in classes.
pub fn to_html(prose: &Prose, around: &dyn Surroundings) -> String {
    let _ = (prose, around);
    todo!()
}

/// A short text, such as a relation's reason, as phrasing content where it is one paragraph, else as [`to_html`].
pub fn to_inline_html(prose: &Prose, around: &dyn Surroundings) -> String {
    let _ = (prose, around);
    todo!()
}

/// The part of a text under the heading with that slug, up to the next heading of the same or a higher level.
pub fn section_to_html(prose: &Prose, slug: &str, around: &dyn Surroundings) -> Option<String> {
    let _ = (prose, slug, around);
    todo!()
}

/// A sentence that holds links, as phrasing content.
pub fn sentence_to_html(prose: &Prose, sentence: usize, around: &dyn Surroundings) -> String {
    let _ = (prose, sentence, around);
    todo!()
}
