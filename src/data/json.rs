//! Values → JSON.

use serde::Serialize;

/// JSON in one line.
pub(super) fn line(value: &impl Serialize) -> String {
    // Views of strings, numbers and lists cannot fail to be JSON.
    serde_json::to_string(value).unwrap_or_default()
}

/// JSON fit to stand in a `<script>` element: no text in it can end the element or begin a comment (HTML, section
/// 4.12.1.3, "Restrictions for contents of script elements").
pub(super) fn in_script(value: &impl Serialize) -> String {
    let json = line(value);
    if json.contains('<') { json.replace('<', "\\u003c") } else { json }
}

/// Whether a field is to be left out.
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::in_script;

    #[test]
    fn no_text_ends_a_script() {
        let hostile = "</script><!-- <script> </SCRIPT\u{2028}]]> \"'\\";
        let json = in_script(&[hostile]);
        assert!(!json.contains('<'), "{json}");
        let back: Vec<String> = serde_json::from_str(&json).unwrap_or_default();
        assert_eq!(back, [hostile]);
    }
}
