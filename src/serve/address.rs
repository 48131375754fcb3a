//! Where the preview listens, and by which names a browser may call it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs};

use crate::failure::Failure;

/// The port that is tried first.
pub const USUAL_PORT: u16 = 4242;
/// How many ports after it are tried before the system chooses one.
const NEXT_PORTS: u16 = 20;

/// The names that the preview has, which a request must call it by: a name of another site's that leads to this machine
/// (DNS rebinding) is none of them.
#[derive(Clone, Debug)]
pub(super) struct Names {
    port: u16,
    /// The name that was asked for, in lower case.
    host: String,
    /// Whether it listens on every address of the machine, which each is a name then.
    anywhere: bool,
}

impl Names {
    /// Whether `authority`, a `Host` header's value (RFC 9110, section 7.2), is one of the names.
    pub(super) fn include(&self, authority: &str) -> bool {
        let authority = authority.to_ascii_lowercase();
        let (name, port) = split(&authority);
        let port = match port {
            Some(port) if port.bytes().all(|b| b.is_ascii_digit()) => port.parse().ok(),
            Some(_) => None,
            None => Some(80),
        };
        if port != Some(self.port) {
            return false;
        }
        let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        // An address, unlike a name, cannot be made to lead elsewhere.
        let is_address = address.parse::<IpAddr>().is_ok();
        name == "localhost"
            || matches!(name, "127.0.0.1" | "[::1]")
            || address == self.host
            || self.anywhere && is_address
    }
}

/// A name or address, and the port after it.
fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (authority, None),
    }
}

/// Where the preview listens.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) listener: TcpListener,
    pub(super) names: Names,
    /// What to open in a browser, with a `/` at its end.
    pub(super) url: String,
    /// Whether other machines can reach it.
    pub(super) is_open: bool,
}

/// Listens on `host`, at `port` or nowhere; without one, at the usual port or the next that is free.
///
/// # Errors
/// Where there is no such host, and where the port is taken.
pub(super) fn listen(host: &str, port: Option<u16>) -> Result<Address, Failure> {
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let listener = match port {
        Some(port) => bind(host, port)?.map_err(|error| {
            Failure::new(format!("cannot listen on {host}, port {port}: {error}"))
                .hint("without `--port` the preview takes a port that is free")
        })?,
        None => bind_any(host)?,
    };
    let failed = |error| Failure::new(format!("cannot listen on {host}: {error}"));
    listener.set_nonblocking(true).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let names = Names { port: bound.port(), host: host.to_ascii_lowercase(), anywhere: bound.ip().is_unspecified() };
    Ok(Address { listener, names, url: url(host, bound), is_open: !bound.ip().is_loopback() })
}

fn bind_any(host: &str) -> Result<TcpListener, Failure> {
    let usual = USUAL_PORT..=USUAL_PORT + NEXT_PORTS;
    let mut last = None;
    for port in usual.chain([0]) {
        match bind(host, port)? {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
    }
    let why = last.map(|error| format!(": {error}")).unwrap_or_default();
    Err(Failure::new(format!("cannot listen on {host}{why}")))
}

/// Binds the first of a host's addresses that can be bound.
fn bind(host: &str, port: u16) -> Result<std::io::Result<TcpListener>, Failure> {
    let addresses = (host, port).to_socket_addrs().map_err(|error| {
        Failure::new(format!("there is no host `{host}`: {error}"))
            .hint("`--host` takes an address of this machine, such as 127.0.0.1 or 0.0.0.0")
    })?;
    let addresses: Vec<SocketAddr> = addresses.collect();
    Ok(TcpListener::bind(addresses.as_slice()))
}

/// The address for a browser on this machine.
fn url(host: &str, bound: SocketAddr) -> String {
    let port = bound.port();
    match bound.ip() {
        ip if ip.is_unspecified() => format!("http://{}:{port}/", Ipv4Addr::LOCALHOST),
        IpAddr::V6(_) if host.contains(':') => format!("http://[{host}]:{port}/"),
        _ => format!("http://{host}:{port}/"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(host: &str, anywhere: bool) -> Names {
        Names { port: 4242, host: host.to_owned(), anywhere }
    }

    #[test]
    fn only_its_own_names_are_taken() {
        let names = names("127.0.0.1", false);
        for own in ["localhost:4242", "LocalHost:4242", "127.0.0.1:4242", "[::1]:4242"] {
            assert!(names.include(own), "{own}");
        }
        for other in [
            "localhost",
            "localhost:80",
            "localhost:4243",
            "evil.example:4242",
            "localhost.evil.example:4242",
            "evil.example",
            "192.168.0.1:4242",
            "127.0.0.1:4242:4242",
            "127.0.0.1:",
            "localhost:+4242",
            "::1:4242",
            "",
            ":4242",
        ] {
            assert!(!names.include(other), "{other}");
        }
    }

    #[test]
    fn an_address_that_was_asked_for_is_a_name() {
        assert!(names("192.168.0.1", false).include("192.168.0.1:4242"));
        assert!(names("box.lan", false).include("BOX.lan:4242"));
        assert!(names("::1", false).include("[::1]:4242"));
        assert!(names("0.0.0.0", true).include("192.168.0.1:4242"));
        assert!(names("::", true).include("[fe80::1]:4242"));
        assert!(!names("0.0.0.0", true).include("evil.example:4242"));
    }

    #[test]
    fn a_port_that_is_taken_is_an_error_only_where_it_was_asked_for() {
        let first = listen("127.0.0.1", Some(0)).unwrap();
        let taken = first.listener.local_addr().unwrap().port();
        let failure = listen("127.0.0.1", Some(taken)).unwrap_err();
        assert!(failure.message.contains(&taken.to_string()) && failure.hints[0].contains("--port"), "{failure:?}");
        let (one, other) = (listen("127.0.0.1", None).unwrap(), listen("127.0.0.1", None).unwrap());
        assert_ne!(one.url, other.url);
        assert!(listen("no.such.host.invalid", None).unwrap_err().message.contains("no host"));
    }
}
