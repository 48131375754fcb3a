//! Requests → responses: the site's files as a web host would serve them, and the preview's own under `/-/`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;

use super::address::{Address, Names};
use super::guard::{admit, admit_writing};
use super::inject::SCRIPT;
use super::path::media_type;
use super::state::{News, Preview};
use super::{guard, site, writing};
use crate::failure::Failure;

/// The script of a page of the preview.
const SCRIPTS: &str = concat!(
    "(() => {\n'use strict';\n",
    include_str!("script/overlay.js"),
    include_str!("script/writing.js"),
    include_str!("script/preview.js"),
    "})();\n"
);
/// How soon a browser tries to listen again.
const RETRY: Duration = Duration::from_millis(500);
/// The most bytes of a claim that is sent.
const LONGEST_CLAIM: usize = 64 * 1024;

pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";

struct Server {
    names: Names,
    preview: Arc<Preview>,
}

/// Answers requests until the process is told to end.
///
/// # Errors
/// Where the system takes the listener away.
pub(super) async fn run(address: Address, preview: Arc<Preview>) -> Result<(), Failure> {
    let failed = |error| Failure::new(format!("cannot serve the preview: {error}"));
    let listener = tokio::net::TcpListener::from_std(address.listener).map_err(failed)?;
    let server = Arc::new(Server { names: address.names, preview });
    let app = Router::new().fallback(answer).with_state(server);
    tokio::select! {
        end = axum::serve(listener, app) => end.map_err(failed),
        () = told_to_end() => Ok(()),
    }
}

/// Waits for Ctrl-C, or what a system sends otherwise to end a process.
async fn told_to_end() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response<Body> {
    let is_head = request.method() == Method::HEAD;
    let mut response = route(&server, request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'self'"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_head {
        *response.body_mut() = Body::empty();
    }
    response
}

async fn route(server: &Server, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if let Err(refusal) = admit(&server.names, &parts.uri, &parts.headers) {
        return refuse(refusal);
    }
    let preview = server.preview.clone();
    let path = parts.uri.path();
    if path == "/-/claims" {
        if let Err(refusal) = admit_writing(&parts.method, &parts.headers, preview.token()) {
            return refuse(refusal);
        }
        return match axum::body::to_bytes(body, LONGEST_CLAIM).await {
            Ok(sent) => blocking(move || write_claim(&preview, &sent)).await,
            Err(_) => refuse((StatusCode::PAYLOAD_TOO_LARGE, "That is too long for a claim.\n")),
        };
    }
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        let mut response = refuse((StatusCode::METHOD_NOT_ALLOWED, "A page is asked for with GET or HEAD.\n"));
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    match path {
        SCRIPT => respond(StatusCode::OK, media_type(SCRIPT), SCRIPTS),
        "/-/events" if parts.method == Method::GET => events(&preview),
        "/-/names" => blocking(move || respond(StatusCode::OK, JSON, writing::names(&preview.workspace()))).await,
        _ => {
            let (path, query) = (path.to_owned(), parts.uri.query().map(str::to_owned));
            blocking(move || site::respond(&preview, &path, query.as_deref())).await
        }
    }
}

/// Makes a response on a thread that may take its time. One that panics costs nobody but who asked.
async fn blocking(make: impl FnOnce() -> Response<Body> + Send + 'static) -> Response<Body> {
    tokio::task::spawn_blocking(make).await.unwrap_or_else(|_| {
        refuse((StatusCode::INTERNAL_SERVER_ERROR, "A mistake in Casebook kept it from making this.\n"))
    })
}

pub(super) fn respond(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    let body = body.into();
    let length = body.len();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}

pub(super) fn refuse((status, why): guard::Refusal) -> Response<Body> {
    respond(status, TEXT, why)
}

/// News of every change, as server-sent events (HTML, section 9.2). The first says what the state is now, so that a
/// browser that was away knows whether it has missed something.
fn events(preview: &Arc<Preview>) -> Response<Body> {
    let news = preview.subscribe();
    let (revision, scripts) = (preview.revision(), preview.scripts_revision());
    let hello = serde_json::json!({ "run": preview.token().run(), "revision": revision, "scripts": scripts });
    let hello = Event::default().event("hello").retry(RETRY).data(hello.to_string());
    let later = stream::unfold((news, preview.clone()), |(mut news, preview)| async move {
        let data = match news.recv().await {
            Ok(News { revision, styles, reload }) => {
                serde_json::json!({ "revision": revision, "styles": styles, "reload": reload })
            }
            // Who has missed some news looks at everything.
            Err(RecvError::Lagged(_)) => {
                serde_json::json!({ "revision": preview.revision(), "styles": [], "reload": true })
            }
            Err(RecvError::Closed) => return None,
        };
        Some((Event::default().event("change").data(data.to_string()), (news, preview)))
    });
    let events = stream::StreamExt::chain(stream::iter([hello]), later);
    let events = stream::StreamExt::map(events, Ok::<_, Infallible>);
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// Writes the claim that was sent, and answers with its address or with what is wrong, field by field.
fn write_claim(preview: &Preview, sent: &[u8]) -> Response<Body> {
    let (status, answer) = writing::write(preview, sent);
    respond(status, JSON, answer.to_string())
}
