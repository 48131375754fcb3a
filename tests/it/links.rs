//! Dead links, held against a server on the loopback address that answers in every way that one meets outside.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use casebook::links::{Answer, Options, check};

/// What was asked of the server, in order: method and path.
type Log = Arc<Mutex<Vec<String>>>;

/// A server that answers until the process ends.
fn server() -> (SocketAddr, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let log = Log::default();
    let shared = log.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let log = shared.clone();
            std::thread::spawn(move || answer(stream, &log));
        }
    });
    (address, log)
}

fn answer(mut stream: TcpStream, log: &Log) {
    let mut lines = BufReader::new(stream.try_clone().expect("the stream twice")).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    while lines.next().is_some_and(|line| !line.is_empty()) {}
    let mut parts = request.split(' ');
    let (method, path) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let before = {
        let mut log = log.lock().expect("the log");
        log.push(format!("{method} {path}"));
        log.iter().filter(|entry| entry.ends_with(&format!(" {path}"))).count() - 1
    };
    let (status, headers) = match (path, method, before) {
        ("/there" | "/there?a=1", ..) => ("200 OK", ""),
        ("/no-head", "HEAD", _) => ("405 Method Not Allowed", ""),
        ("/no-head", ..) => ("200 OK", ""),
        ("/busy", _, 0) => ("429 Too Many Requests", "Retry-After: 0\r\n"),
        ("/busy", ..) => ("204 No Content", ""),
        ("/ailing", _, 0) => ("503 Service Unavailable", "Retry-After: 0\r\n"),
        ("/ailing", ..) => ("200 OK", ""),
        ("/busy-for-an-hour", ..) => ("429 Too Many Requests", "Retry-After: 3600\r\n"),
        ("/private", ..) => ("403 Forbidden", ""),
        ("/moved", ..) => ("301 Moved Permanently", "Location: /there\r\n"),
        ("/elsewhere-today", ..) => ("302 Found", "Location: there?a=1\r\n"),
        ("/moved-to-nothing", ..) => ("308 Permanent Redirect", "Location: /gone\r\n"),
        ("/circle", ..) => ("301 Moved Permanently", "Location: /circle-2\r\n"),
        ("/circle-2", ..) => ("301 Moved Permanently", "Location: /circle\r\n"),
        ("/to-a-file", ..) => ("301 Moved Permanently", "Location: file:///etc/hostname\r\n"),
        ("/silent", ..) => {
            std::thread::sleep(Duration::from_secs(5));
            return;
        }
        ("/hung-up", ..) => return,
        _ => ("404 Not Found", ""),
    };
    let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n");
}

fn options() -> Options {
    Options { timeout: Duration::from_millis(800), pause: Duration::ZERO, retries: 1, ..Options::default() }
}

fn ask(paths: &[&str]) -> (BTreeMap<String, Answer>, Log) {
    let (address, log) = server();
    let folder = tempfile::tempdir().expect("a folder");
    let addresses: BTreeSet<String> = paths.iter().map(|path| format!("http://{address}{path}")).collect();
    let answers = check(folder.path(), &addresses, &options()).answers;
    let path = |url: String| url.split_once(&address.to_string()).map(|(_, path)| path.to_owned()).expect("a path");
    (answers.into_iter().map(|(url, answer)| (path(url), answer)).collect(), log)
}

#[test]
fn an_address_is_there_dead_moved_or_unknown() {
    let paths = [
        "/there",
        "/no-head",
        "/busy",
        "/ailing",
        "/elsewhere-today",
        "/gone",
        "/moved",
        "/moved-to-nothing",
        "/circle",
        "/to-a-file",
        "/hung-up",
        "/silent",
        "/private",
        "/busy-for-an-hour",
    ];
    let (answers, log) = ask(&paths);
    assert_eq!(answers.len(), paths.len());
    for path in ["/there", "/no-head", "/busy", "/ailing", "/elsewhere-today"] {
        assert_eq!(answers[path], Answer::There, "{path}");
    }
    assert!(matches!(&answers["/moved"], Answer::Moved(to) if to.ends_with("/there")), "{:?}", answers["/moved"]);
    for (path, why) in [
        ("/gone", "404"),
        ("/moved-to-nothing", "404"),
        ("/circle", "circle"),
        ("/to-a-file", "`file:`"),
        ("/hung-up", "nothing answers"),
        ("/silent", "nothing answers"),
    ] {
        assert!(matches!(&answers[path], Answer::Dead(said) if said.contains(why)), "{path}: {:?}", answers[path]);
    }
    for path in ["/private", "/busy-for-an-hour"] {
        assert!(matches!(&answers[path], Answer::Unknown(_)), "{path}: {:?}", answers[path]);
    }
    let log = log.lock().expect("the log");
    let asked = |entry: &str| log.iter().filter(|asked| *asked == entry).count();
    assert_eq!((asked("HEAD /there"), asked("GET /there")), (2, 0), "once for itself, once for what has moved there");
    assert_eq!((asked("HEAD /gone"), asked("GET /gone")), (2, 2), "a refusal is made sure of");
    assert_eq!(asked("HEAD /busy-for-an-hour") + asked("GET /busy-for-an-hour"), 1);
}

#[test]
fn one_host_is_asked_for_one_address_at_a_time() {
    let (address, log) = server();
    let folder = tempfile::tempdir().expect("a folder");
    let addresses: BTreeSet<String> = (0..4).map(|n| format!("http://{address}/there?a=1#{n}")).collect();
    let more: BTreeSet<String> = ["/there", "/no-head"].iter().map(|path| format!("http://{address}{path}")).collect();
    let options = Options { pause: Duration::from_millis(100), ..options() };
    let started = std::time::Instant::now();
    let all = addresses.union(&more).cloned().collect();
    let answers = check(folder.path(), &all, &options);
    assert!(answers.answers.values().all(|answer| *answer == Answer::There), "{answers:?}");
    // Four requests: what differs in the fragment alone is one, and one needs a second.
    assert_eq!(log.lock().expect("the log").len(), 4);
    assert!(started.elapsed() >= Duration::from_millis(300), "{:?}", started.elapsed());
    // What answered is not asked again.
    let again = check(folder.path(), &all, &options);
    assert_eq!((again.remembered, again.answers), (6, answers.answers));
    assert_eq!(log.lock().expect("the log").len(), 4);
}

#[test]
fn a_dossier_is_checked_for_dead_links_when_somebody_asks() {
    let (address, log) = server();
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("casebook.toml", "title = \"Links\"\n[lints]\norphan-source = \"allow\"\nunused-entity = \"allow\"\n");
    write("content/index.md", &format!("See [this](http://{address}/there) and [that](http://{address}/gone#a).\n"));
    write(
        "content/sources/report.md",
        &format!(
            "+++\ntitle = \"Report\"\nurl = \"http://{address}/gone#a\"\narchived = \"http://{address}/moved\"\n+++\n"
        ),
    );
    write("content/entities/ann.md", "+++\nname = \"Ann\"\n+++\n");
    write(
        "content/entities/draft.md",
        &format!("+++\nname = \"Draft\"\nurl = \"http://{address}/draft\"\ndraft = true\n+++\n"),
    );
    let check = |more: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(["check", "--root"])
            .arg(folder.path())
            .args(more)
            .output();
        let run = run.expect("casebook runs");
        (run.status.code(), String::from_utf8(run.stderr).expect("UTF-8"))
    };
    assert_eq!(check(&[]).0, Some(0));
    assert!(log.lock().expect("the log").is_empty(), "nobody is asked unless told to");
    let (status, said) = check(&["--links"]);
    assert_eq!(status, Some(0), "{said}");
    for part in [
        "warning[dead-link]",
        "/gone#a` is dead: 404 Not Found",
        "content/index.md:1:",
        "content/sources/report.md:3:7",
        "warning[moved-link]",
        "it is now at",
        "3 addresses outside: 3 asked for, 0 known from the last day",
    ] {
        assert!(said.contains(part), "no `{part}` in {said}");
    }
    assert!(!said.contains("/draft"), "{said}");
    write(
        "casebook.toml",
        "title = \"Links\"\n[lints]\norphan-source = \"allow\"\nunused-entity = \"allow\"\ndead-link = \"deny\"\nmoved-link = \"allow\"\n",
    );
    let (status, said) = check(&["--links"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("error[dead-link]") && !said.contains("moved-link"), "{said}");
    assert!(said.contains("1 asked for, 2 known"), "{said}");
}
