//! `--withheld-names`, for the commands that make or check a site.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::cli::console::Console;
use crate::failure::Failure;
use crate::leaks::Names;
use crate::load;

/// The environment variable that names a list where the option does not.
const VARIABLE: &str = "CASEBOOK_WITHHELD_NAMES";

#[derive(Args, Debug)]
pub(super) struct WithheldNames {
    /// A file outside of the repository with names that must not be published, one a line [env: CASEBOOK_WITHHELD_NAMES]
    #[arg(long, value_name = "FILE")]
    withheld_names: Option<PathBuf>,
}

impl WithheldNames {
    /// The names, if a list is named; from now on nothing that is printed has one of them.
    ///
    /// # Errors
    /// As [`load::read_names`].
    pub(super) fn read(&self, root: &Path, console: &Console) -> Result<Option<Arc<Names>>, Failure> {
        let variable = || std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        let Some(list) = self.withheld_names.clone().or_else(variable) else { return Ok(None) };
        let names = Arc::new(load::read_names(&list, root)?);
        console.veil(names.clone());
        Ok(Some(names))
    }
}
