//! The path of an address → what the site has there, as a web host would send it, and in each page what the preview adds.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use futures_util::stream;

use super::http::{HTML, TEXT, refuse, respond as send};
use super::inject::inject;
use super::path::{media_type, site_path};
use super::report::{State, entries};
use super::state::Preview;
use crate::diag::Diagnostic;
use crate::dossier::RecordRef;
use crate::ids::RecordId;
use crate::workspace::{Answer, Copied, Workspace};

/// The bytes of a file on disk that are held in memory at a time.
const PIECE: usize = 64 * 1024;

/// Answers a request for `path`, which is percent-encoded, with a `query` or none.
pub(super) fn respond(preview: &Preview, path: &str, query: Option<&str>) -> Response<Body> {
    let workspace = preview.workspace();
    let Some(site_path) = site_path(path) else { return Place::new(preview, &workspace, path).missing() };
    let place = Place::new(preview, &workspace, &site_path);
    match workspace.page(&site_path) {
        Answer::Page { page, wrong, stale } if page.path.as_str().ends_with(".html") => {
            place.page(StatusCode::OK, &page.content, &wrong, stale)
        }
        Answer::Page { page, .. } => send(StatusCode::OK, media_type(page.path.as_str()), page.content.clone()),
        Answer::Unmade { wrong } => {
            let page = own_page("This page cannot be made yet", "What is wrong is listed at the foot of the page.");
            place.page(StatusCode::INTERNAL_SERVER_ERROR, page.as_bytes(), &wrong, false)
        }
        Answer::File(Copied::Bytes(bytes)) => send(StatusCode::OK, media_type(&site_path), bytes.to_vec()),
        Answer::File(Copied::OnDisk(from)) => {
            copied(preview.root(), &from, &site_path).unwrap_or_else(|| place.missing())
        }
        Answer::Missing if place.is_folder() => to_folder(path, query),
        Answer::Missing => place.missing(),
    }
}

/// A path of the site, in a state of the dossier.
struct Place<'a> {
    preview: &'a Preview,
    workspace: &'a Workspace,
    path: &'a str,
}

impl<'a> Place<'a> {
    fn new(preview: &'a Preview, workspace: &'a Workspace, path: &'a str) -> Self {
        Self { preview, workspace, path }
    }

    /// Whether an index stands below it.
    fn is_folder(&self) -> bool {
        let index = format!("{}/index.html", self.path);
        !self.path.ends_with(".html") && self.workspace.plan().is_some_and(|plan| plan.routes.holds(&index))
    }

    /// The site's page for addresses that lead nowhere.
    fn missing(&self) -> Response<Body> {
        match self.workspace.page("404.html") {
            Answer::Page { page, wrong, stale } => self.page(StatusCode::NOT_FOUND, &page.content, &wrong, stale),
            _ => self.page(StatusCode::NOT_FOUND, own_page("There is no such page", "").as_bytes(), &[], false),
        }
    }

    /// A page, with what the preview adds. `wrong` is what is wrong with the page itself.
    fn page(&self, status: StatusCode, page: &[u8], wrong: &[Diagnostic], stale: bool) -> Response<Body> {
        self.preview.tell_page(self.path, self.workspace, wrong);
        let (diagnostics, more) = entries(self.path, wrong, self.workspace.diagnostics(), self.workspace.files());
        let token = self.preview.token();
        let state = State {
            run: token.run(),
            revision: self.preview.revision(),
            hash: blake3::hash(page).to_hex()[..16].to_owned(),
            stale,
            source: self.source(),
            diagnostics,
            more,
        };
        // Strings and numbers alone cannot fail to become JSON.
        let state = serde_json::to_string(&state).unwrap_or_default();
        send(status, HTML, inject(page, token.as_str(), &state))
    }

    /// The id of the source whose page this is.
    fn source(&self) -> Option<&'a str> {
        let id = self.path.strip_prefix("sources/")?.strip_suffix(".html")?;
        let record = self.workspace.dossier().by_id.get(&RecordId::new(id)?)?;
        matches!(record, RecordRef::Source(_)).then_some(id)
    }
}

/// A page without a theme.
fn own_page(heading: &str, text: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{heading}</title>\n</head>\n<body>\n<main>\n\
         <h1>{heading}</h1>\n<p>{text}</p>\n</main>\n</body>\n</html>\n"
    )
}

/// A file that is copied to the site as it is, read while it is sent; none where it is not there or leads elsewhere.
fn copied(root: &Path, from: &Path, path: &str) -> Option<Response<Body>> {
    let real = std::fs::canonicalize(from).ok().filter(|real| real.starts_with(root) && real.is_file())?;
    let file = File::open(real).ok()?;
    let length = file.metadata().ok()?.len();
    // What is written to it in the meantime is not sent: its length has been said.
    let pieces = stream::unfold(Some(file.take(length)), |file| async {
        let mut file = file?;
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            Ok((piece, file))
        });
        match read.await.map_err(std::io::Error::other).and_then(|read| read) {
            Ok((piece, _)) if piece.is_empty() => None,
            Ok((piece, file)) => Some((Ok(Bytes::from(piece)), Some(file))),
            Err(error) => Some((Err(error), None)),
        }
    });
    let mut response = Response::new(Body::from_stream(pieces));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Some(response)
}

/// Leads from a folder's name to the folder, as relative links in its index need it.
fn to_folder(path: &str, query: Option<&str>) -> Response<Body> {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let Ok(location) = HeaderValue::try_from(format!("{path}/{query}")) else {
        return refuse((StatusCode::NOT_FOUND, "There is no such page.\n"));
    };
    let mut response = send(StatusCode::TEMPORARY_REDIRECT, TEXT, "");
    response.headers_mut().insert(header::LOCATION, location);
    response
}
