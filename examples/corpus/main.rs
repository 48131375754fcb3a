//! Writes a dossier of any size, for benchmarks and tests of scale: English-like text without meaning, with quotations
//! that are all in their sources. The same arguments give the same bytes.
//!
//! ```sh
//! cargo run --release --example corpus -- DIR --sources 2000 --claims 20000 --commentary 500 --seed 1
//! ```

mod generate;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

/// Writes a dossier of any size.
#[derive(Parser)]
struct Arguments {
    /// The folder to write it to; must not exist, or be empty.
    dir: PathBuf,
    #[command(flatten)]
    size: generate::Size,
}

/// Refuses a folder that holds anything: its files would become part of the dossier.
fn check_empty(dir: &Path) -> io::Result<()> {
    match fs::read_dir(dir).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(io::Error::other("the folder is not empty")),
        Ok(false) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn main() -> ExitCode {
    let Arguments { dir, size } = Arguments::parse();
    match check_empty(&dir).and_then(|()| generate::write(&size, &dir)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", dir.display());
            ExitCode::from(2)
        }
    }
}
