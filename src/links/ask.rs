//! One address → what answers there (RFC 9110): HEAD, and GET where HEAD is refused; redirects followed; patience with
//! hosts that are busy.

use std::collections::BTreeSet;
use std::time::{Duration, Instant, SystemTime};

use ureq::Agent;
use ureq::http::{Response, StatusCode, header};
use url::Url;

use super::{Answer, Options};

/// How many redirects are followed.
const REDIRECTS: usize = 10;

/// How long a busy host is left alone that does not say how long.
const BACK_OFF: Duration = Duration::from_secs(2);

/// Asks for the addresses of one host, one after another.
pub(super) struct Asker<'o> {
    agent: Agent,
    options: &'o Options,
    last: Option<Instant>,
}

/// What a host said.
struct Reply {
    status: StatusCode,
    location: Option<String>,
    /// For how long it wants to be left alone.
    wait: Option<Duration>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Head,
    Get,
}

impl<'o> Asker<'o> {
    pub(super) fn new(options: &'o Options) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(options.timeout))
            .user_agent(concat!("casebook/", env!("CARGO_PKG_VERSION"), " (looks for dead links)"))
            .build();
        Self { agent: config.new_agent(), options, last: None }
    }

    /// What there is at an address, after redirects.
    pub(super) fn ask(&mut self, first: &Url) -> Answer {
        let mut url = first.clone();
        let mut seen = BTreeSet::from([first.clone()]);
        // Where it has moved to for good: a redirect for the time being ends that.
        let (mut moved, mut for_good) = (None, true);
        for _ in 0..=REDIRECTS {
            let reply = match self.reply(&url) {
                Ok(reply) => reply,
                Err(answer) => return answer,
            };
            let Some(location) = reply.location.filter(|_| reply.status.is_redirection()) else {
                return judge(reply.status, moved);
            };
            let Ok(next) = url.join(&location) else {
                return Answer::Dead("it redirects to something that is no address".to_owned());
            };
            if !matches!(next.scheme(), "http" | "https") {
                return Answer::Dead(format!("it redirects to `{}:`", next.scheme()));
            }
            for_good &= matches!(reply.status.as_u16(), 301 | 308);
            if for_good {
                moved = Some(next.to_string());
            }
            if !seen.insert(next.clone()) {
                return Answer::Dead("it redirects in a circle".to_owned());
            }
            url = next;
        }
        Answer::Dead(format!("it redirects more than {REDIRECTS} times"))
    }

    /// What the host says in the end.
    fn reply(&mut self, url: &Url) -> Result<Reply, Answer> {
        let mut method = Method::Head;
        let mut retries = 0;
        loop {
            let said = self.request(url, method);
            let may_retry = retries < self.options.retries;
            match said {
                Ok(reply) if is_busy(reply.status) => {
                    let wait = reply.wait.unwrap_or(BACK_OFF * (retries + 1));
                    if !may_retry || wait > self.options.patience {
                        return Ok(reply);
                    }
                    std::thread::sleep(wait);
                }
                // Many hosts answer nothing but GET as they should.
                Ok(reply) if method == Method::Head && is_refusal(reply.status) => {
                    method = Method::Get;
                    continue;
                }
                Ok(reply) => return Ok(reply),
                Err(ureq::Error::HostNotFound) => return Err(Answer::Dead("there is no such host".to_owned())),
                Err(error) if !may_retry => return Err(Answer::Dead(format!("nothing answers: {error}"))),
                // Some close the connection when they are asked by HEAD.
                Err(_) => method = Method::Get,
            }
            retries += 1;
        }
    }

    fn request(&mut self, url: &Url, method: Method) -> Result<Reply, ureq::Error> {
        if let Some(last) = self.last {
            std::thread::sleep(self.options.pause.saturating_sub(last.elapsed()));
        }
        let request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get => self.agent.get(url.as_str()),
        };
        let said = request.header(header::ACCEPT, "text/html, */*").call();
        self.last = Some(Instant::now());
        said.map(|response| Reply::of(&response))
    }
}

impl Reply {
    fn of<T>(response: &Response<T>) -> Self {
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        Self {
            status: response.status(),
            location: header(header::LOCATION).map(str::to_owned),
            wait: header(header::RETRY_AFTER).and_then(|value| wait(value, SystemTime::now())),
        }
    }
}

/// What a final status says of an address.
fn judge(status: StatusCode, moved: Option<String>) -> Answer {
    match status.as_u16() {
        // A host that does not talk to programs may well talk to readers.
        401 | 403 | 407 | 429 | 451 | 999 => {
            Answer::Unknown(format!("the host does not let a program see it: {status}"))
        }
        400.. => Answer::Dead(status.to_string()),
        _ => moved.map_or(Answer::There, Answer::Moved),
    }
}

fn is_busy(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504)
}

fn is_refusal(status: StatusCode) -> bool {
    status.as_u16() >= 400
}

/// How long to wait by a `Retry-After` header (RFC 9110, section 10.2.3): seconds, or a date.
fn wait(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    let until = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(until.as_second()).ok()?);
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_says_how_long_to_wait() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        assert_eq!(wait("120", now), Some(Duration::from_secs(120)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:37 GMT", now), Some(Duration::from_secs(60)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(wait("soon", now), None);
    }

    #[test]
    fn a_status_says_what_is_there() {
        let status = |code| StatusCode::from_u16(code).unwrap_or_default();
        assert_eq!(judge(status(204), None), Answer::There);
        assert_eq!(judge(status(200), Some("x".to_owned())), Answer::Moved("x".to_owned()));
        assert_eq!(judge(status(404), Some("x".to_owned())), Answer::Dead("404 Not Found".to_owned()));
        assert!(matches!(judge(status(403), None), Answer::Unknown(_)));
    }
}
