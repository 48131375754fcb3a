//! The preview over HTTP: who is answered, with what, and what can be written.

use std::fs;
use std::net::TcpListener;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::preview::{Preview, Response};

const SOURCE: &str = "foreign-policy-kremlin-spokesperson";
const CLAIM: &str = "content/claims/arctic-talks-not-frozen.md";
const CLAIM_PAGE: &str = "/claims/arctic-talks-not-frozen.html";

#[test]
fn the_site_is_served_as_a_host_would() {
    let preview = Preview::of_example();
    preview.write("content/static/notes/a b.txt", "words");
    preview.wait_for("/notes/a%20b.txt", "words");
    for (path, media_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/claims/", "text/html; charset=utf-8"),
        ("/timeline.html", "text/html; charset=utf-8"),
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/assets/lists.js", "text/javascript; charset=utf-8"),
        ("/search/index.js", "text/javascript; charset=utf-8"),
        ("/feed.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/notes/a%20b.txt", "text/plain; charset=utf-8"),
        ("/?q=1", "text/html; charset=utf-8"),
    ] {
        let response = preview.get(path);
        assert_eq!((response.status, response.header("content-type")), (200, Some(media_type)), "{path}");
        assert_eq!(response.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(response.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert_eq!(response.header("access-control-allow-origin"), None, "{path}");
        let head = preview.ask("HEAD", path, &[], b"");
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-length"), response.header("content-length"), "{path}");
    }
    let folder = preview.get("/claims?q=1");
    assert_eq!((folder.status, folder.header("location")), (307, Some("/claims/?q=1")));
    assert!(preview.wait_for_build("site"));
}

#[test]
fn what_is_not_in_the_site_is_not_there() {
    let preview = Preview::of_example();
    fs::write(preview.beside("secret.txt"), "hidden words").expect("a file");
    fs::write(preview.root().join("content/static-secret.txt"), "hidden words").expect("a file");
    for path in [
        "/no-such-page.html",
        "/claims/no-such-claim.html",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "/%5c..%5csecret.txt",
        "/casebook.toml",
        "/content/static-secret.txt",
        "//secret.txt",
        "/assets/style.css%00.html",
        "/-/nothing",
        "/-/",
    ] {
        let response = preview.get(path);
        assert_eq!(response.status, 404, "{path}");
        assert!(!response.text().contains("hidden words"), "{path}");
    }
    let missing = preview.get("/claims/no-such-claim.html");
    assert!(missing.text().contains("There is no such page") && missing.text().contains("/-/preview.js"));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_out_of_the_project_is_not_followed() {
    let preview = Preview::of_example();
    fs::write(preview.beside("secret.txt"), "secret").expect("a file");
    preview.write("content/static/a.txt", "inside");
    preview.wait_for("/a.txt", "inside");
    let link = preview.root().join("content/static/a.txt");
    fs::remove_file(&link).expect("no file");
    std::os::unix::fs::symlink(preview.beside("secret.txt"), &link).expect("a link");
    preview.wait("/a.txt", "be refused", |response| response.status == 404);
    preview.wait("/", "say so", |response| response.state()["diagnostics"].to_string().contains("link-out-of-project"));
    std::os::unix::fs::symlink(preview.root().join("casebook.toml"), preview.root().join("content/static/b.txt"))
        .expect("a link");
    preview.wait_for("/b.txt", "title");
}

#[test]
fn another_name_is_refused() {
    let preview = Preview::of_example();
    let port = preview.port;
    for host in
        ["evil.example".to_owned(), format!("evil.example:{port}"), "localhost".to_owned(), "localhost:1".to_owned()]
    {
        for path in ["/", "/-/events", "/-/preview.js", "/-/names", "/assets/style.css"] {
            let response = preview.ask("GET", path, &[("Host", &host)], b"");
            assert_eq!(response.status, 403, "{host} {path}");
            assert!(!response.text().contains('<'), "{host} {path}");
        }
    }
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        assert_eq!(preview.ask("GET", "/", &[("Host", &host)], b"").status, 200, "{host}");
    }
    let two = format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert!(matches!(preview.send(two.as_bytes()).status, 400 | 403));
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(preview.send(absolute.as_bytes()).status, 403);
    assert!(matches!(preview.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400 | 403));
}

#[test]
fn another_site_cannot_load_anything() {
    let preview = Preview::of_example();
    for site in ["cross-site", "same-site"] {
        let script = [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "script")];
        assert_eq!(preview.ask("GET", "/search/index.js", &script, b"").status, 403);
        assert_eq!(preview.ask("GET", "/-/names", &script, b"").status, 403);
        let link = [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
        assert_eq!(preview.ask("GET", CLAIM_PAGE, &link, b"").status, 200);
    }
    assert_eq!(preview.ask("GET", "/search/index.js", &[("Sec-Fetch-Site", "same-origin")], b"").status, 200);
}

#[test]
fn only_the_form_may_send_anything() {
    let preview = Preview::of_example();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        for path in ["/", CLAIM_PAGE, "/-/events", "/-/names"] {
            let response = preview.ask(method, path, &[], b"{}");
            assert_eq!((response.status, response.header("allow")), (405, Some("GET, HEAD")), "{method} {path}");
        }
    }
    assert_eq!(preview.get("/-/claims").status, 405);
}

#[test]
fn garbage_ends_nothing() {
    let preview = Preview::of_example();
    for garbage in [
        &b"\0\0\0\0\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9\r\n\r\n",
        &[0xff; 100_000],
        b"GET /\xff HTTP/1.1\r\n\r\n",
    ] {
        preview.send(garbage);
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn a_change_is_told_and_served() {
    let preview = Preview::of_example();
    let mut news = preview.news();
    let (name, hello) = news.next();
    assert_eq!((name.as_str(), &hello["revision"]), ("hello", &json!(1)));
    preview.edit(CLAIM, "claim = \"", "claim = \"Changed: ");
    let (name, change) = news.next();
    assert_eq!((name, change), ("change".to_owned(), json!({ "revision": 2, "styles": [], "reload": false })));
    assert!(preview.get(CLAIM_PAGE).text().contains("Changed: "));
    preview.write("themes/default/static/style.css", "body { color: red; }");
    assert_eq!(news.next().1, json!({ "revision": 3, "styles": ["assets/style.css"], "reload": false }));
    assert_eq!(preview.get("/assets/style.css").text(), "body { color: red; }");
    preview.write("themes/default/static/lists.js", "");
    assert_eq!(news.next().1, json!({ "revision": 4, "styles": [], "reload": true }));
}

#[test]
fn a_page_that_cannot_be_made_stays_as_it_was() {
    let preview = Preview::of_example();
    let good = preview.get(CLAIM_PAGE);
    assert_eq!(good.state()["stale"], json!(false));
    let text = preview.read(CLAIM);
    preview.write(CLAIM, &text.replacen("+++", "+++\nclaim = \"open", 1));
    let broken = preview.wait(CLAIM_PAGE, "be stale", |response| response.state()["stale"] == json!(true));
    assert_eq!(broken.page(), good.page());
    let first = broken.state()["diagnostics"][0].clone();
    assert_eq!((&first["severity"], &first["here"]), (&json!("error"), &json!(true)), "{first}");
    assert!(
        first["place"].as_str().expect("a place").starts_with("content/claims/arctic-talks-not-frozen.md:2:"),
        "{first}"
    );
    assert!(first["excerpt"].as_str().expect("an excerpt").contains("claim = \"open"), "{first}");
    // Other pages say so as well, and are made.
    let other = preview.get("/");
    assert_eq!((other.status, &other.state()["stale"]), (200, &json!(false)));
    assert_eq!(other.state()["diagnostics"][0]["here"], json!(false));
    preview.write(CLAIM, &text);
    let mended = preview.wait(CLAIM_PAGE, "be mended", |response| response.state()["stale"] == json!(false));
    assert_eq!(mended.state()["diagnostics"], json!([]));
    assert_eq!(mended.page(), good.page());
}

#[test]
fn a_broken_template_or_setting_ends_nothing() {
    let preview = Preview::of_example();
    let good = preview.get(CLAIM_PAGE).page();
    for (path, broken) in [
        (
            "themes/default/templates/claim.html",
            "{% extends \"base.html\" %}{% block main %}{{ claim.nothing }}{% endblock %}",
        ),
        ("themes/default/templates/claim.html", "{% if %}"),
        ("casebook.toml", "title = "),
        ("casebook.toml", "\0"),
        ("captures.lock", "["),
    ] {
        let before = fs::read(preview.root().join(path)).ok();
        preview.write(path, broken);
        let told = |response: &Response| response.state()["diagnostics"][0]["severity"] == json!("error");
        preview.wait(CLAIM_PAGE, &format!("tell of {path}"), told);
        match before {
            Some(before) => fs::write(preview.root().join(path), before).expect("a file"),
            None => fs::remove_file(preview.root().join(path)).expect("no file"),
        }
        preview.wait(CLAIM_PAGE, "be as before", |response| {
            response.state()["diagnostics"] == json!([]) && response.page() == good
        });
    }
}

#[test]
fn drafts_are_shown_only_where_they_are_asked_for() {
    let draft = "+++\ntitle = \"A draft\"\ndraft = true\n+++\nWords.\n";
    let preview = Preview::of_example();
    preview.write("content/commentary/a-draft.md", draft);
    preview.edit(CLAIM, "claim = \"", "claim = \"Changed: ");
    preview.wait_for(CLAIM_PAGE, "Changed: ");
    preview.wait_until_gone("/commentary/a-draft.html");
    let preview = Preview::of(&["--drafts"]);
    preview.write("content/commentary/a-draft.md", draft);
    preview.wait_for("/commentary/a-draft.html", "A draft");
}

#[test]
fn a_port_that_is_taken_is_said_where_it_was_asked_for() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let root = env!("CARGO_MANIFEST_DIR");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let output = command.args(["serve", "--root", root, "--port", &port]).stdout(Stdio::null()).output();
    let output = output.expect("casebook runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains(&port) && said.contains("without `--port`"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_browser_is_opened_where_one_is_asked_for() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder");
    let (browser, opened) = (folder.path().join("browser"), folder.path().join("opened"));
    fs::write(&browser, format!("#!/bin/sh\necho \"$1\" > '{}'\n", opened.display())).expect("a file");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("a program");
    let preview = Preview::with(&["--open"], &[("BROWSER", &browser.to_string_lossy())]);
    let url = format!("http://127.0.0.1:{}/\n", preview.port);
    preview.wait("/", "be opened", |_| fs::read_to_string(&opened).is_ok_and(|opened| opened == url));
    // None that could be is no error.
    let preview = Preview::with(&["--open"], &[("BROWSER", "/no/such/browser")]);
    assert_eq!(preview.get("/").status, 200);
}

/// Sends a claim as a page of the preview would, but for what `change` does to it.
fn send(preview: &Preview, change: impl FnOnce(&mut Value, &mut Vec<(&str, String)>)) -> (u16, Value) {
    let page = preview.get(&format!("/sources/{SOURCE}.html"));
    assert_eq!(page.state()["source"], json!(SOURCE));
    let mut claim = json!({
        "source": SOURCE, "pieces": ["did not freeze\n over communications"], "before": "the two countries ", "after": " with",
        "claim": "The preview writes.", "who": "", "rating": "", "rating_reason": "", "relation": "", "relation_claim": "",
        "relation_reason": "",
    });
    let mut headers = vec![
        ("Origin", format!("http://127.0.0.1:{}", preview.port)),
        ("Content-Type", "application/json".to_owned()),
        ("X-Casebook-Token", preview.token()),
    ];
    change(&mut claim, &mut headers);
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let response = preview.ask("POST", "/-/claims", &headers, claim.to_string().as_bytes());
    (response.status, serde_json::from_slice(&response.body).unwrap_or_default())
}

fn claims(preview: &Preview) -> usize {
    fs::read_dir(preview.root().join("content/claims")).expect("a folder").count()
}

#[test]
fn a_claim_is_written_as_add_would_and_over_nothing() {
    let preview = Preview::of_example();
    let (status, answer) = send(&preview, |_, _| {});
    assert_eq!(status, 201, "{answer}");
    let path = "content/claims/the-preview-writes.md";
    assert_eq!((&answer["path"], &answer["href"]), (&json!(path), &json!("/claims/the-preview-writes.html")));
    assert_eq!(answer["notes"], json!([]));
    // It is there at once.
    assert!(preview.get("/claims/the-preview-writes.html").text().contains("The preview writes."));
    let written = preview.read(path);
    let added = preview.beside("added");
    crate::preview::copy(&preview.root(), &added);
    fs::remove_file(added.join(path)).expect("no file");
    let status = crate::preview::casebook(&[
        "add",
        "claim",
        "the-preview-writes",
        "--claim",
        "The preview writes.",
        "--source",
        SOURCE,
        "--quote",
        "did not freeze over communications",
        "--root",
        &added.to_string_lossy(),
    ]);
    assert!(status.success());
    assert_eq!(written, fs::read_to_string(added.join(path)).expect("a file"));
    // The same again has another name, also where only a file is in the way.
    fs::write(preview.root().join("content/claims/the-preview-writes-2.md"), "mine").expect("a file");
    let (status, answer) = send(&preview, |_, _| {});
    assert_eq!((status, &answer["id"]), (201, &json!("the-preview-writes-3")), "{answer}");
    assert_eq!(preview.read(path), written);
    assert_eq!(preview.read("content/claims/the-preview-writes-2.md"), "mine");
}

#[test]
fn only_a_page_of_the_preview_writes() {
    let preview = Preview::of_example();
    let before = claims(&preview);
    type Headers<'a> = Vec<(&'a str, String)>;
    let set = |name: &'static str, value: String| {
        move |_: &mut Value, headers: &mut Headers<'_>| {
            headers.retain(|(own, _)| *own != name);
            headers.push((name, value));
        }
    };
    let without =
        |name: &'static str| move |_: &mut Value, headers: &mut Headers<'_>| headers.retain(|(own, _)| *own != name);
    assert_eq!(send(&preview, set("X-Casebook-Token", "0".repeat(32))).0, 403);
    assert_eq!(send(&preview, without("X-Casebook-Token")).0, 403);
    assert_eq!(send(&preview, set("Origin", "http://evil.example".to_owned())).0, 403);
    assert_eq!(send(&preview, set("Origin", "null".to_owned())).0, 403);
    assert_eq!(send(&preview, set("Origin", format!("http://localhost:{}", preview.port))).0, 403);
    assert_eq!(send(&preview, without("Origin")).0, 403);
    assert_eq!(send(&preview, set("Host", "evil.example".to_owned())).0, 403);
    assert_eq!(send(&preview, set("Content-Type", "text/plain".to_owned())).0, 415);
    assert_eq!(send(&preview, |claim, _| claim["claim"] = json!("x".repeat(100_000))).0, 413);
    assert_eq!(send(&preview, |claim, _| *claim = json!([1])).0, 400);
    assert_eq!(send(&preview, |claim, _| claim["path"] = json!("../../x")).0, 400);
    assert_eq!(claims(&preview), before);
}

#[test]
fn what_is_wrong_with_a_claim_is_said_by_field() {
    let preview = Preview::of_example();
    let before = claims(&preview);
    let wrong = |field: &str, value: Value, problem: &str| {
        let (status, answer) = send(&preview, |claim, _| claim[field] = value.clone());
        assert_eq!(status, 422, "{field} {value}: {answer}");
        assert!(answer["problems"][problem].is_string(), "{field} {value}: {answer}");
    };
    wrong("claim", json!(" \n "), "claim");
    wrong("pieces", json!(["words that nobody wrote"]), "quote");
    wrong("pieces", json!([]), "quote");
    wrong("source", json!("../x"), "quote");
    wrong("source", json!("arctic-talks-not-frozen"), "quote");
    wrong("who", json!("no-such-record"), "who");
    wrong("rating", json!("no-such-rating"), "rating");
    wrong("rating_reason", json!("because"), "rating");
    wrong("relation", json!("supports"), "relation_claim");
    wrong("relation_claim", json!("arctic-talks-not-frozen"), "relation");
    assert_eq!(claims(&preview), before);
}

#[test]
fn names_are_given_for_completion() {
    let preview = Preview::of_example();
    let names: Value = serde_json::from_slice(&preview.get("/-/names").body).expect("JSON");
    let has = |list: &str, id: &str| names[list].as_array().expect("a list").iter().any(|one| one[0] == id);
    assert!(has("people", "dmitri-peskov") && has("claims", "arctic-talks-not-frozen"));
    assert!(has("ratings", "disputed") && has("relations", "supports"));
}
