//! A running `casebook serve`, and a browser of the simplest kind.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long anything may take before a test has failed; what is waited for comes much sooner.
const PATIENCE: Duration = Duration::from_secs(30);

/// A preview of a dossier of its own, which ends with it.
pub(crate) struct Preview {
    child: Child,
    temporary: TempDir,
    pub(crate) port: u16,
}

/// What came back.
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page as a build would write it: without what the preview has added.
    pub(crate) fn page(&self) -> Vec<u8> {
        let text = self.text();
        let Some((before, rest)) = text.split_once("<!--casebook-preview-->") else { return self.body.clone() };
        let (_, after) = rest.split_once("<!--/casebook-preview-->").expect("the end of what was added");
        format!("{before}{after}").into_bytes()
    }

    /// What the script in the page knows.
    pub(crate) fn state(&self) -> serde_json::Value {
        let text = self.text();
        let (_, state) = text.split_once("id=\"casebook-preview-state\">").expect("a page of the preview");
        let (state, _) = state.split_once("</script>").expect("the end of the script");
        serde_json::from_str(state).expect("JSON")
    }
}

impl Preview {
    /// Previews the example dossier.
    pub(crate) fn of_example() -> Self {
        Self::of(&[])
    }

    /// Previews the example dossier with further arguments.
    pub(crate) fn of(arguments: &[&str]) -> Self {
        Self::with(arguments, &[])
    }

    /// The same with variables in its environment.
    pub(crate) fn with(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let temporary = TempDir::new().expect("a folder");
        let root = temporary.path().join("dossier");
        let made = casebook(&["new", "--example", &root.to_string_lossy()]);
        assert!(made.success());
        Self::start(temporary, arguments, environment)
    }

    /// Previews the dossier in the folder `dossier` of `temporary`.
    pub(crate) fn start(temporary: TempDir, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(["serve", "--port", "0", "--root"])
            .arg(temporary.path().join("dossier"))
            .args(arguments)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("casebook starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("a line");
        let port = line.split("http://").nth(1).and_then(|url| url.split('/').next()?.rsplit(':').next()?.parse().ok());
        Self { child, temporary, port: port.unwrap_or_else(|| panic!("no address in {line:?}")) }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.temporary.path().join("dossier")
    }

    /// A folder beside the dossier, on the same disk.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).expect("a file")
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.ask("GET", path, &[], b"")
    }

    /// Asks for something with the right `Host`, unless the headers have another.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request.push_str(&format!("Host: 127.0.0.1:{}\r\n", self.port));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        self.send(&[request.as_bytes(), body].concat())
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&self, request: &[u8]) -> Response {
        let mut stream = self.connect();
        // Who refuses a request may not read all of it.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        parse(&bytes)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        stream
    }

    /// Listens to the news.
    pub(crate) fn news(&self) -> News {
        let mut stream = self.connect();
        let request = format!("GET /-/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).expect("a request");
        News(BufReader::new(stream))
    }

    /// Waits until asking for `path` gives what `is_it` says yes to.
    pub(crate) fn wait(&self, path: &str, what: &str, is_it: impl Fn(&Response) -> bool) -> Response {
        let begun = Instant::now();
        loop {
            let response = self.get(path);
            if is_it(&response) {
                return response;
            }
            assert!(begun.elapsed() < PATIENCE, "{path} never came to {what}:\n{}", response.text());
            std::thread::yield_now();
        }
    }

    /// Waits until a page has the words.
    pub(crate) fn wait_for(&self, path: &str, words: &str) {
        self.wait(path, words, |response| String::from_utf8_lossy(&response.page()).contains(words));
    }

    /// Waits until there is no such page.
    pub(crate) fn wait_until_gone(&self, path: &str) {
        self.wait(path, "be gone", |response| response.status == 404);
    }

    /// Waits until the preview shows what a build writes; says whether there is a build.
    pub(crate) fn wait_for_build(&self, name: &str) -> bool {
        let output = self.beside(name);
        let root = self.root();
        if !casebook(&["build", "--root", &root.to_string_lossy(), "--output", &output.to_string_lossy()]).success() {
            return false;
        }
        for (path, bytes) in crate::support::files_below(&output) {
            if path.starts_with(".casebook") || path == "404.html" {
                continue;
            }
            let address = format!("/{}", path.replace(' ', "%20"));
            let same = |response: &Response| response.status == 200 && response.page() == bytes;
            self.wait(&address, &format!("what the build {name} has"), same);
        }
        true
    }

    /// The token in the pages of this run.
    pub(crate) fn token(&self) -> String {
        let page = self.get("/").text();
        let (_, token) = page.split_once("name=\"casebook-preview\" content=\"").expect("a token");
        token.split('"').next().expect("its end").to_owned()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// News as they come.
pub(crate) struct News(BufReader<TcpStream>);

impl News {
    /// The next event: its name and its data.
    pub(crate) fn next(&mut self) -> (String, serde_json::Value) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).expect("news"), 0, "the preview has ended");
            if let Some(event) = line.trim_end().strip_prefix("event: ") {
                event.clone_into(&mut name);
            } else if let Some(data) = line.trim_end().strip_prefix("data: ") {
                return (name, serde_json::from_str(data).expect("JSON"));
            }
        }
    }

    /// The number of the state that the next change leads to.
    pub(crate) fn revision(&mut self) -> u64 {
        self.next().1["revision"].as_u64().expect("a number")
    }
}

/// Runs the program, without its words.
pub(crate) fn casebook(arguments: &[&str]) -> std::process::ExitStatus {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().expect("casebook runs")
}

fn parse(bytes: &[u8]) -> Response {
    let end = memchr::memmem::find(bytes, b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or_default();
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    };
    let headers: Vec<(String, String)> = lines.filter_map(header).collect();
    let body = bytes.get(end + 4..).unwrap_or_default();
    let is_chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    Response { status, headers, body: if is_chunked { unchunked(body) } else { body.to_vec() } }
}

/// A body that was sent in pieces (RFC 9112, section 7.1).
fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = memchr::memmem::find(body, b"\r\n") {
        let length = usize::from_str_radix(&String::from_utf8_lossy(&body[..end]), 16).unwrap_or_default();
        let piece = end + 2..end + 2 + length;
        let Some(bytes) = body.get(piece.clone()).filter(|bytes| !bytes.is_empty()) else { break };
        whole.extend_from_slice(bytes);
        body = &body[(piece.end + 2).min(body.len())..];
    }
    whole
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    crate::support::copy_folder(from, to);
}
