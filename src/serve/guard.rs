//! Who may ask for what: a request must call the preview by a name of its own, and come from its own pages or from
//! somebody who follows a link.
//!
//! A draft is nobody else's business. Another site cannot read a page by DNS rebinding, since its name is none of the
//! preview's; nor load a script with the dossier's words, since such a request says where it comes from (Fetch Metadata);
//! nor write, since a request that writes needs the token, which only pages of the preview have.

use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};

use super::address::Names;
use super::token::Token;

/// The header in which a request that writes has the token.
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-casebook-token");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// Why a request is not answered: the status, and words for whoever reads it.
pub(super) type Refusal = (StatusCode, &'static str);

const WRONG_HOST: Refusal = (
    StatusCode::FORBIDDEN,
    "The preview does not answer to this name. Open the address that `casebook serve` printed, or name the address with `--host`.\n",
);
const FROM_ELSEWHERE: Refusal = (StatusCode::FORBIDDEN, "The preview does not give its files to other sites.\n");

/// Whether a request may be answered at all.
pub(super) fn admit(names: &Names, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = single(headers, &header::HOST).ok_or(WRONG_HOST)?;
    let authority = uri.authority().map(|authority| authority.as_str());
    if !names.include(host) || authority.is_some_and(|authority| !names.include(authority)) {
        return Err(WRONG_HOST);
    }
    let site = headers.get(FETCH_SITE).map(|site| site.as_bytes());
    let is_followed = headers.get(FETCH_MODE).is_some_and(|mode| mode == "navigate");
    match site {
        Some(b"cross-site" | b"same-site") if !is_followed => Err(FROM_ELSEWHERE),
        _ => Ok(()),
    }
}

/// Whether a request that has been admitted may change something.
pub(super) fn admit_writing(method: &Method, headers: &HeaderMap, token: &Token) -> Result<(), Refusal> {
    if method != Method::POST {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "A claim is sent with POST.\n"));
    }
    let host = single(headers, &header::HOST).unwrap_or_default();
    let origin = single(headers, &header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
    if !origin.is_some_and(|origin| origin.eq_ignore_ascii_case(host)) {
        return Err((StatusCode::FORBIDDEN, "Only a page of the preview itself can write.\n"));
    }
    if !headers.get(TOKEN).is_some_and(|given| token.is(given.as_bytes())) {
        return Err((StatusCode::FORBIDDEN, "The page is of an earlier run of the preview: load it again.\n"));
    }
    let media_type = single(headers, &header::CONTENT_TYPE).and_then(|value| value.split(';').next());
    if !media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json")) {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "A claim is sent as JSON.\n"));
    }
    Ok(())
}

/// A header's value, where it is there once and is text.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}
