//! A page by its name → the data that its template gets; a file of the site → its text.

use crate::build::watch::Watch;
use crate::build::{Compiled, Site};
use crate::diag::{self, suggest};
use crate::failure::Failure;
use crate::ids::RecordId;
use crate::leaks::Origin;
use crate::render::Renderer;
use crate::route::Route;
use crate::site::SitePath;

impl Compiled {
    /// The data that the template of `page` gets, as JSON: an object of what the template reads. A page is named by its
    /// path in the site, with or without `.html`, or by a record's id. None where the dossier or its theme has errors,
    /// which are in [`Compiled::diagnostics`] then.
    ///
    /// # Errors
    /// Where there is no such page, and where no template makes it.
    pub fn inspect(&mut self, page: &str) -> Result<Option<String>, Failure> {
        self.arrange();
        let Some(site) = self.site() else { return Ok(None) };
        let (route, path) = site.find(page)?;
        if !path.as_str().ends_with(".html") {
            return Err(Failure::new(format!("no template makes `{path}`: only pages have one")));
        }
        let theme = site.theme.showing_data(&site.dossier.config);
        match Renderer::new(site.dossier, site.routes, &theme).page(route) {
            Ok(data) => Ok(Some(String::from_utf8_lossy(&data.content).into_owned())),
            Err(wrong) => {
                self.report([wrong]);
                Ok(None)
            }
        }
    }

    /// The text of a file of the site, as a build writes it. None where the dossier or its theme has errors, or the file has
    /// what must not be published; that is in [`Compiled::diagnostics`] then.
    pub fn file(&mut self, route: Route) -> Option<String> {
        self.arrange();
        let site = self.site()?;
        let watch = Watch::of(&site);
        let (found, page) = match Renderer::new(site.dossier, site.routes, site.theme).page(route) {
            Ok(page) => {
                watch.look(&page.path, &page.content, Origin::Made);
                (watch.report(), Some(page))
            }
            Err(wrong) => (vec![wrong], None),
        };
        let page = page.filter(|_| !diag::has_errors(&found));
        self.report(found);
        page.map(|page| String::from_utf8_lossy(&page.content).into_owned())
    }
}

impl Site<'_> {
    /// The page that people mean by a name.
    fn find(&self, name: &str) -> Result<(Route, &SitePath), Failure> {
        let Self { dossier, routes, .. } = self;
        let path = name.split('#').next().unwrap_or_default().trim_start_matches("./").trim_start_matches('/');
        // What a shell completes is a file of the built site.
        let path = path.strip_prefix("public/").unwrap_or(path);
        let folder = path.trim_end_matches('/');
        let places = [path.to_owned(), format!("{folder}.html"), format!("{folder}/index.html")];
        let record = RecordId::new(path).and_then(|id| dossier.by_id.get(&id).copied()).map(Route::Record);
        let found = places.iter().find_map(|place| routes.find(place)).or(record);
        if let Some(found) = found.and_then(|route| Some((route, routes.path(route)?))) {
            return Ok(found);
        }
        if routes.holds(path) {
            return Err(Failure::new(format!("`{path}` is copied into the site as it is: no template makes it")));
        }
        let failure = Failure::new(format!("there is no page `{path}`"));
        let pages = routes.pages().iter().map(|(_, path)| path.as_str());
        let records = dossier.by_id.keys().map(RecordId::as_str);
        Err(failure.hint(suggest::did_you_mean(path, pages.chain(records)).unwrap_or_else(|| {
            "a page is named by its path in the site, such as `claims/index.html`, or by a record's id".to_owned()
        })))
    }
}
