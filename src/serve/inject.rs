//! A page → the page as the preview shows it: with the preview's script, and what it has to know, between two comments.
//!
//! It comes first in the page, so that the script is there before any of the page's own.

use memchr::memmem;

/// What begins and ends the part that no build has.
pub(super) const BEGIN: &str = "<!--casebook-preview-->";
pub(super) const END: &str = "<!--/casebook-preview-->";

/// Where the script is, among what is the preview's own. No page and no file of a theme has such a path.
pub(super) const SCRIPT: &str = "/-/preview.js";

/// Adds the script, the token and the state, which is JSON, to a page.
pub(super) fn inject(page: &[u8], token: &str, state: &str) -> Vec<u8> {
    // In a script element only these could end the data (HTML, section 4.12.1.3).
    let state = state.replace('<', "\\u003c");
    let added = format!(
        "{BEGIN}<meta name=\"casebook-preview\" content=\"{token}\">\
         <script type=\"application/json\" id=\"casebook-preview-state\">{state}</script>\
         <script src=\"{SCRIPT}\"></script>{END}"
    );
    let at = place(page);
    [&page[..at], added.as_bytes(), &page[at..]].concat()
}

/// After the start tag of the head; in a page without one, before the end of the body or at the page's end.
fn place(page: &[u8]) -> usize {
    let lower = page.to_ascii_lowercase();
    let head = memmem::find_iter(&lower, b"<head")
        .find(|at| lower.get(at + b"<head".len()).is_some_and(|byte| *byte == b'>' || byte.is_ascii_whitespace()));
    let after_head = head.and_then(|at| memchr::memchr(b'>', &lower[at..]).map(|end| at + end + 1));
    after_head.or_else(|| memmem::rfind(&lower, b"</body")).unwrap_or(page.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn injected(page: &str) -> String {
        String::from_utf8(inject(page.as_bytes(), "t0", r#"{"a":"</script><!--"}"#)).unwrap()
    }

    #[test]
    fn it_comes_first_in_the_head() {
        let page = "<!DOCTYPE html><html><header></header><HEAD lang=en><title>x</title></head><body></body></html>";
        let shown = injected(page);
        let (before, rest) = shown.split_once(BEGIN).unwrap();
        let (added, after) = rest.split_once(END).unwrap();
        assert!(before.ends_with("<HEAD lang=en>"));
        assert_eq!(format!("{before}{after}"), page);
        assert!(added.contains(r#"content="t0""#) && added.contains(r#"{"a":"\u003c/script>\u003c!--"}"#), "{added}");
        assert!(added.ends_with(r#"<script src="/-/preview.js"></script>"#));
    }

    #[test]
    fn a_page_without_a_head_has_it_too() {
        assert!(injected("<p>x</p></BODY>").starts_with("<p>x</p><!--"));
        assert!(injected("x").starts_with("x<!--"));
        assert!(injected("<head").starts_with("<head<!--"));
    }
}
