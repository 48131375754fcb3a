//! The list of names that must not be published, which lies outside of the project.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::leaks::Names;
use crate::load::{is_inside, read_bytes};

/// Reads a list of withheld names.
///
/// # Errors
/// Where it cannot be read, where a line of it has no name, and where it lies in the project in `root` or in the git
/// repository that holds it: it would be published with that. No error tells a name.
pub fn read_names(list: &Path, root: &Path) -> Result<Names, Failure> {
    let bytes = read_bytes(list)?;
    if is_inside(list, &repository(root)) {
        return Err(Failure::new(format!("the list of withheld names `{}` lies inside the project", list.display()))
            .hint("keep it outside of the repository, so that it is not published with it")
            .hint("if it ever was committed, the names are in the repository's history"));
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::new(format!("the list of withheld names `{}` is not UTF-8 text", list.display()))
            .hint("save it as UTF-8")
    })?;
    Names::parse(&text).map_err(|lines| {
        let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
        Failure::new(format!("no name stands in line {} of `{}`", lines.join(", "), list.display()))
            .hint("one name a line, of two letters at least; `#` begins a comment")
    })
}

/// The nearest folder above that is a git repository; else the folder itself. Without symbolic links.
fn repository(root: &Path) -> PathBuf {
    let root = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let found = root.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
    found.unwrap_or(root)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;
    use tempfile::TempDir;

    #[test]
    fn a_list_lies_outside_and_no_error_tells_a_name() {
        let outside = TempDir::new().unwrap();
        let list = outside.path().join("names");
        let root = outside.path().join("repository/dossier");
        fs::create_dir_all(&root).unwrap();
        fs::write(&list, "John Doe\n").unwrap();
        assert!(read_names(&list, &root).is_ok());
        fs::create_dir(outside.path().join("repository/.git")).unwrap();
        let inside = outside.path().join("repository/names");
        fs::write(&inside, "John Doe\n").unwrap();
        assert!(read_names(&inside, &root).unwrap_err().message.contains("inside the project"));
        assert!(read_names(&outside.path().join("none"), &root).unwrap_err().message.contains("none"));
        fs::write(&list, "John Doe\n-\n").unwrap();
        let wrong = format!("{:?}", read_names(&list, &root));
        assert!(wrong.contains("line 2 of") && !wrong.contains("Doe"), "{wrong}");
        fs::write(&list, b"J\xF6rg").unwrap();
        assert!(read_names(&list, &root).unwrap_err().message.contains("UTF-8"));
    }
}
