#![allow(clippy::unwrap_used)]

use super::*;

fn body_html(text: &SourceText) -> String {
    text.blocks(&[]).into_iter().map(|block| block.html).collect::<Vec<_>>().join("\n")
}

#[test]
fn look() {
    let md = "# Head *ing*\n\nOne\ntwo  \nthree [link](https://x.org/a) and [bad](javascript:alert(1)).[^a]\n\n3. foo\n4) bar\n\n   loose\n\n- a\n  - b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[...]\n\n```\ncode  x\n\ny\n```\n\n[^a]: The *note*.\n\n![alt](x.png)\n\n[…]\n";
    let t = SourceText::from_markdown("A <title>", md, Extent::Excerpts);
    println!("{}\n---\n{}\n{:?}\n{:?}\n{:?}", body_html(&t), t.plain(), t.gaps(), t.leaves(), t.headings());
    let m = Mark { fragment: Some("q-x".into()), class: "b a".into(), pieces: vec![5..60] };
    println!("{:#?}", t.blocks(&[m]).iter().map(|b| &b.html).collect::<Vec<_>>());
    println!("{:#?}", t.excerpts(&[10..20, 24..50, 60..80], &[]));
}
