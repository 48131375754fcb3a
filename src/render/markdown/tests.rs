#![allow(clippy::unwrap_used)]

mod properties;

use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag};

use super::*;
use crate::anchor::Selector;
use crate::dossier::{Anchor, ClaimIx, CommentaryIx, EntityIx, Link, Quote, SourceIx};
use crate::files::{ByteRange, Slice};
use crate::ids::slug;
use crate::markdown;
use crate::parse::ast::{Heading, LinkForm};

/// A site in which a record's page is called after its index.
struct Site {
    heading_level: u8,
}

impl Surroundings for Site {
    fn href(&self, target: &Target) -> Option<String> {
        match target {
            Target::Record(RecordRef::Entity(_), _) => None,
            Target::Record(record, None) => Some(format!("../{}.html", record.kind().folder())),
            Target::Record(record, Some(fragment)) => Some(format!("../{}.html#{fragment}", record.kind().folder())),
            Target::Here(slug) => Some(format!("#{slug}")),
            Target::Static(path, _) => Some(format!("../{path}")),
            Target::External(address) => Some(address.to_string()),
            Target::Broken => None,
        }
    }

    fn label(&self, record: RecordRef) -> LinkLabel<'_> {
        let rating = matches!(record, RecordRef::Claim(_)).then_some(("disputed", "Disputed"));
        LinkLabel { text: format!("The <{}>", record.kind().word()).into(), rating }
    }

    fn transclusion(&self, record: RecordRef, fragment: Option<&str>) -> String {
        format!("<article onclick=\"ours\">{}{}</article>", record.kind().word(), fragment.unwrap_or(""))
    }

    fn attribution(&self, quotation: &Quotation) -> String {
        format!("<a href=\"#{}\">there</a>", quotation.fragment)
    }

    fn heading_level(&self) -> u8 {
        self.heading_level
    }
}

const SITE: Site = Site { heading_level: 2 };

fn record(of: RecordRef) -> Target {
    Target::Record(of, None)
}

fn claim() -> Target {
    record(RecordRef::Claim(ClaimIx(0)))
}

fn external(address: &str) -> Target {
    Target::External(address.into())
}

/// A text with the targets of its links in order, and its headings as the outline has them.
fn prose(text: &str, targets: &[Target]) -> Prose {
    let mut headings = Vec::new();
    let mut open: Option<(u8, String)> = None;
    for event in Parser::new_ext(text, markdown::prose()) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => open = Some((level as u8, String::new())),
            Event::Text(text) => open.iter_mut().for_each(|(_, heading)| heading.push_str(&text)),
            Event::End(pulldown_cmark::TagEnd::Heading(_)) => headings.extend(open.take()),
            _ => {}
        }
    }
    let range = ByteRange::default();
    let link = |target: &Target| Link { form: LinkForm::Inline, target: target.clone(), sentence: 0, range };
    Prose {
        markdown: text.into(),
        links: targets.iter().map(link).collect(),
        headings: headings.into_iter().map(|(level, text)| Heading { level, slug: slug(&text), text, range }).collect(),
        quotations: Box::default(),
        sentences: Arc::default(),
    }
}

fn html(text: &str, targets: &[Target]) -> String {
    to_html(&prose(text, targets), &SITE)
}

#[test]
fn a_wikilink_shows_the_targets_words_and_a_claims_rating() {
    assert_eq!(
        html("See [[a]] and [[b]].", &[claim(), record(RecordRef::Source(SourceIx(0)))]),
        "<p>See <a class=\"record claim\" href=\"../claims.html\">The &lt;claim&gt;</a> \
         <span class=\"rating rating-disputed\">(Disputed)</span> and \
         <a class=\"record source\" href=\"../sources.html\">The &lt;source&gt;</a>.</p>\n"
    );
}

#[test]
fn a_links_own_words_are_all_that_it_shows() {
    let link = "<a class=\"record claim\" href=\"../claims.html\">";
    assert_eq!(html("[[a|*own* words]]", &[claim()]), format!("<p>{link}<em>own</em> words</a></p>\n"));
    assert_eq!(html("[own](../claims/a.md)", &[claim()]), format!("<p>{link}own</a></p>\n"));
}

#[test]
fn a_link_without_words_gets_its_targets() {
    assert!(html("[](../claims/a.md)", &[claim()]).contains(">The &lt;claim&gt;</a>"));
    assert!(html("# One\n[](#one)", &[Target::Here("one".into())]).contains("href=\"#one\">One</a>"));
    assert!(html("[](/a/b.pdf)", &[Target::Static("a/b.pdf".into(), None)]).contains("href=\"../a/b.pdf\">b.pdf</a>"));
}

#[test]
fn a_link_that_leads_nowhere_keeps_its_words() {
    let broken = |words: &str| format!("<p><span class=\"broken\">{words}</span></p>\n");
    assert_eq!(html("[[a]]", &[Target::Broken]), broken("a"));
    assert_eq!(html("[[a|b]]", &[Target::Broken]), broken("b"));
    assert_eq!(html("[[a|b]]", &[]), broken("b"));
    assert_eq!(html("[[a|b]]", &[record(RecordRef::Entity(EntityIx(0)))]), broken("b"));
    assert_eq!(html("![[a]]", &[Target::Broken]), broken("a"));
}

#[test]
fn only_the_web_and_mail_are_linked_outside() {
    assert_eq!(
        html("[a](HTTPS://b.example/?c&d \"e\")", &[external("HTTPS://b.example/?c&d")]),
        "<p><a class=\"external\" href=\"HTTPS://b.example/?c&amp;d\" rel=\"external noopener\" title=\"e\">a</a></p>\n"
    );
    assert!(html("<a@b.example>", &[external("mailto:a@b.example")]).contains("href=\"mailto:a@b.example\">"));
    for address in ["javascript:alert(1)", "data:text/html,a", "//b.example", "ftp://b.example"] {
        assert_eq!(html("[a](x)", &[external(address)]), "<p><span class=\"broken\">a</span></p>\n", "{address}");
    }
}

#[test]
fn a_transclusion_alone_in_its_paragraph_is_flow_content() {
    let section = Target::Record(RecordRef::Commentary(CommentaryIx(0)), Some("part".into()));
    assert_eq!(
        html("a\n\n![[b]]\n![[c#part]]\n\nd", &[claim(), section]),
        "<p>a</p>\n<article onclick=\"ours\">claim</article>\n<article onclick=\"ours\">commentarypart</article>\n<p>d</p>\n"
    );
    assert_eq!(html("- ![[b]]", &[claim()]), "<ul>\n<li><article onclick=\"ours\">claim</article>\n</li>\n</ul>\n");
}

#[test]
fn a_transclusion_amid_words_is_a_link() {
    let text = html("as ![[b]] says", &[claim()]);
    assert!(text.contains("<a class=\"record claim\""), "{text}");
    assert!(!text.contains("article"), "{text}");
}

fn quoting(text: &str, targets: &[Target], nth: usize) -> String {
    let mut prose = prose(text, targets);
    let quote = Quote { source: SourceIx(0), selector: Selector::default(), anchor: Anchor::Unchecked };
    prose.quotations = [Quotation { quote, nth, fragment: "q-x:1".into(), range: ByteRange::default() }].into();
    to_html(&prose, &SITE)
}

#[test]
fn a_quotation_with_a_source_is_a_figure_and_its_words_are_as_written() {
    let source = record(RecordRef::Source(SourceIx(0)));
    let figure = |quotation: &str| {
        format!(
            "<figure class=\"quotation\"><blockquote>\n{quotation}</blockquote>\n\
             <figcaption><a href=\"#q-x:1\">there</a></figcaption></figure>\n"
        )
    };
    let words = "<p>It's -- &quot;a *b* ...\nso&quot;</p>\n".replace("*b*", "<em>b</em>");
    for line in
        ["\n> — [[s]]", "  \n> — [[s]]", "\n>\n> — [[s]]", "\n> -- [[s|words]] ", "\n> - [[s]]", "\n>\n> - — [[s]]\n>"]
    {
        let text = format!("> It's -- \"a *b* ...\n> so\"{line}\n\nIt's [[c]]");
        let html = quoting(&text, &[source.clone(), claim()], 0);
        let rest = html.strip_prefix(&figure(&words)).unwrap_or_else(|| panic!("{line:?} gave {html}"));
        assert!(rest.starts_with("<p>It’s <a class=\"record claim\""), "{rest}");
    }
}

#[test]
fn the_line_under_a_quotation_may_stand_in_other_markup() {
    let html = quoting("> *a\n> — [[s]]*", &[claim()], 0);
    assert!(html.contains("<p><em>a</em></p>\n</blockquote>\n<figcaption>"), "{html}");
    let html = quoting("> a\n> — [[s]]\n> ***\n>", &[claim()], 0);
    assert!(html.contains("<p>a</p>\n<hr>\n</blockquote>\n<figcaption>"), "{html}");
    let html = quoting("> - a\n>   - b\n>   - — [[s]]", &[claim()], 0);
    assert!(html.contains("<li>b</li>\n</ul>\n</li>\n</ul>\n</blockquote>\n<figcaption>"), "{html}");
}

#[test]
fn a_quotation_is_known_by_its_number() {
    let html = quoting("> a\n\n> b\n> — [[s]]", &[claim()], 1);
    assert!(html.starts_with("<blockquote>\n<p>a</p>\n</blockquote>\n<figure"), "{html}");
}

#[test]
fn a_quotation_without_its_line_stays_whole() {
    for text in ["> a [[s]]", "> a — [[s]]", "> — [[s]] b", "> a", ">", "> — x\n> [[s]]", "> a\n> [[s]] — [[s]]"]
    {
        let html = quoting(text, &[claim()], 0);
        assert!(html.starts_with("<blockquote>") && !html.contains("figure"), "{text:?} gave {html}");
    }
}

#[test]
fn headings_leave_the_first_level_to_the_page() {
    assert_eq!(html("# A b\n###### C\n", &[]), "<h2 id=\"a-b\">A b</h2>\n<h6 id=\"c\">C</h6>\n");
    assert_eq!(html("## A\n### B\n", &[]), "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n");
    let guest = to_html(&prose("### B\n# A\n##### C\n", &[]), &Site { heading_level: 3 });
    assert_eq!(guest, "<h5 id=\"b\">B</h5>\n<h3 id=\"a\">A</h3>\n<h6 id=\"c\">C</h6>\n");
}

#[test]
fn images_are_the_dossiers_own() {
    assert_eq!(
        html("![a *b* \"c\"](x.png \"d\")", &[Target::Static("x.png".into(), None)]),
        "<p><img src=\"../x.png\" alt=\"a b “c”\" loading=\"lazy\" title=\"d\"></p>\n"
    );
    let remote = html("![a](https://b.example/c.png)", &[external("https://b.example/c.png")]);
    assert_eq!(remote, "<p><span class=\"broken\">a</span></p>\n");
}

#[test]
fn footnotes_are_numbered_by_reference_and_stand_at_the_end() {
    let text = "[^b]: second\n\n[^unused]: never\n\nOne[^A], two[^b], one[^a].\n\n[^a]: first [[x]][^b]\n";
    assert_eq!(
        html(text, &[claim()]),
        "<p>One<sup class=\"footnote\"><a id=\"fnref-1-1\" href=\"#fn-1\" role=\"doc-noteref\">1</a></sup>, \
         two<sup class=\"footnote\"><a id=\"fnref-2-1\" href=\"#fn-2\" role=\"doc-noteref\">2</a></sup>, \
         one<sup class=\"footnote\"><a id=\"fnref-1-2\" href=\"#fn-1\" role=\"doc-noteref\">1</a></sup>.</p>\n\
         <div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n\
         <li id=\"fn-1\"><p>first <a class=\"record claim\" href=\"../claims.html\">The &lt;claim&gt;</a> \
         <span class=\"rating rating-disputed\">(Disputed)</span>\
         <sup class=\"footnote\"><a id=\"fnref-2-2\" href=\"#fn-2\" role=\"doc-noteref\">2</a></sup> \
         <a class=\"back\" href=\"#fnref-1-1\" role=\"doc-backlink\" aria-label=\"Back to reference 1, place 1\">↩</a> \
         <a class=\"back\" href=\"#fnref-1-2\" role=\"doc-backlink\" aria-label=\"Back to reference 1, place 2\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\"><p>second <a class=\"back\" href=\"#fnref-2-1\" role=\"doc-backlink\" aria-label=\"Back to reference 2, place 1\">↩</a> \
         <a class=\"back\" href=\"#fnref-2-2\" role=\"doc-backlink\" aria-label=\"Back to reference 2, place 2\">↩</a></p>\n</li>\n</ol>\n</div>\n"
    );
}

#[test]
fn a_footnote_that_refers_to_itself_ends() {
    assert_eq!(html("a[^1]\n\n[^1]: b[^1]", &[]).matches("<li ").count(), 1);
}

#[test]
fn tables_scroll_and_have_headers() {
    assert_eq!(
        html("| | b |\n|---|--:|\n| c | [[d\\|e]] |\n", &[claim()]),
        "<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr><td></td><th scope=\"col\" class=\"right\">b</th></tr>\
         </thead>\n<tbody>\n<tr><td>c</td><td class=\"right\"><a class=\"record claim\" href=\"../claims.html\">e</a></td>\
         </tr>\n</tbody></table></div>\n"
    );
}

#[test]
fn lists_code_and_breaks() {
    assert_eq!(
        html("3. a\n4. b\n\n- [x] c\n- [ ] d\n", &[]),
        "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n<ul>\n<li><span class=\"task done\">☑</span> c</li>\n\
         <li><span class=\"task\">☐</span> d</li>\n</ul>\n"
    );
    assert_eq!(
        html("```rust,ignore\nlet a\n```\n", &[]),
        "<pre tabindex=\"0\"><code class=\"language-rust\"><span class=k>let</span> a\n</code></pre>\n"
    );
    assert_eq!(html("a  \nb\n***\n~~c~~", &[]), "<p>a<br>\nb</p>\n<hr>\n<p><del>c</del></p>\n");
}

#[test]
fn html_of_the_text_is_made_safe_and_cards_are_not_touched() {
    let text = "<div class=\"aside\">\n\n![[a]]\n\n```rust\nlet\n```\n\n</div>\n\n<script>x</script><img src=https://b.example/c onerror=d>\n";
    let html = html(text, &[claim()]);
    assert!(html.contains("<div class=\"aside\">"), "{html}");
    assert!(html.contains("<article onclick=\"ours\">claim</article>"), "{html}");
    assert!(html.contains("<span class=k>let</span>"), "{html}");
    for unsafe_part in ["script", "b.example", "onerror"] {
        assert!(!html.contains(unsafe_part), "{unsafe_part} is in {html}");
    }
}

#[test]
fn html_of_the_text_costs_the_rest_nothing() {
    let source = record(RecordRef::Source(SourceIx(0)));
    let text =
        "# A\n\n| b |\n|---|\n| [[c]] ![d](e.png) <http://f.example> |\n\n> g\n> — [[s]]\n\n- [x] h[^1]\n\n[^1]: i\n";
    let targets = [claim(), Target::Static("e.png".into(), None), external("http://f.example"), source];
    assert_eq!(quoting(&format!("{text}\n<!-- j -->"), &targets, 0).trim_end(), quoting(text, &targets, 0).trim_end());
}

#[test]
fn a_card_never_lands_inside_a_tag() {
    let html = html("<div title=\"\n\n![[a]]\n\n\">b</div>\n", &[claim()]);
    assert!(!html.contains("<article"), "{html}");
    assert!(is_balanced(&html), "{html}");
}

#[test]
fn a_reason_of_one_paragraph_is_phrasing_content() {
    let inline = |text: &str| to_inline_html(&prose(text, &[claim()]), &SITE);
    assert_eq!(inline("a *b*"), "a <em>b</em>");
    assert_eq!(inline(""), "");
    assert_eq!(inline("a\n\nb"), "<p>a</p>\n<p>b</p>\n");
    assert_eq!(inline("![[a]]"), "<article onclick=\"ours\">claim</article>\n");
}

#[test]
fn a_section_ends_at_the_next_heading_of_its_level() {
    let text = prose("[[x]]\n# A\n## B\n[[y]][^1]\n### C\nc\n## D\nd\n\n[^1]: note\n", &[Target::Broken, claim()]);
    let section = section_to_html(&text, "b", &SITE).unwrap();
    assert!(section.starts_with("<p><a class=\"record claim\""), "{section}");
    assert!(section.contains("<h2 id=\"c\">") && section.contains("note"), "{section}");
    assert!(!section.contains("<p>d"), "{section}");
    assert_eq!(section_to_html(&text, "nowhere", &SITE), None);
    let nested = prose("> # A\n> a\n\nb\n", &[]);
    assert_eq!(section_to_html(&nested, "a", &SITE).unwrap(), "<p>a</p>\n");
}

#[test]
fn a_sentence_has_its_links() {
    let mut text = prose("", &[claim(), Target::Broken]);
    let part = |link, words: Option<&str>| SentencePart::Link(link, words.map(Slice::from));
    let first = [SentencePart::Text("a < ".into()), part(0, Some("b")), part(1, Some("c")), part(7, None)];
    text.sentences = [Box::from(first), Box::from([part(0, None)])].into();
    assert_eq!(
        sentence_to_html(&text, 0, &SITE),
        "a &lt; <a class=\"record claim\" href=\"../claims.html\">b</a><span class=\"broken\">c</span>"
    );
    assert!(sentence_to_html(&text, 1, &SITE).contains("(Disputed)"));
    assert_eq!(sentence_to_html(&text, 2, &SITE), "");
}

#[test]
fn deep_nesting_is_no_danger() {
    let html = html(&">".repeat(20_000), &[]);
    assert!(is_balanced(&html));
}

/// The names of the tags of well-formed HTML; a closing one with its slash.
fn tags(html: &str) -> Vec<String> {
    html.split('<').skip(1).map(|tag| tag.split(['>', ' ']).next().unwrap().to_owned()).collect()
}

fn is_balanced(html: &str) -> bool {
    let mut open = Vec::new();
    for tag in tags(html) {
        match tag.strip_prefix('/') {
            Some(name) if open.pop().as_deref() != Some(name) => return false,
            Some(_) => {}
            None if matches!(&*tag, "br" | "hr" | "img" | "wbr" | "col") => {}
            None => open.push(tag),
        }
    }
    open.is_empty()
}

/// Letters and digits outside tags, in order.
fn words(html: &str) -> String {
    let mut in_tag = false;
    let text = html.chars().filter(|&c| {
        let is_text = !in_tag && c != '<';
        in_tag = c == '<' || in_tag && c != '>';
        is_text
    });
    let text = ["&quot;", "&amp;", "&lt;", "&gt;"].iter().fold(text.collect::<String>(), |text, c| text.replace(c, ""));
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn the_tests_own_measure_can_fail() {
    assert!(!is_balanced("<p><em></p></em>") && !is_balanced("<p>") && !is_balanced("</p>"));
    assert_eq!(words("<a b=c>d &amp; e</a>1"), "de1");
}
