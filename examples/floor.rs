//! What no generator can be faster than: reads a dossier's texts, makes HTML of them with pulldown-cmark alone, and
//! writes as many bytes as a built site has, in as many files, to one folder. Prints the seconds that it took.
//!
//! ```sh
//! cargo run --release --example floor -- DOSSIER/content DOSSIER/public NEW_FOLDER --jobs 2
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use pulldown_cmark::{Options, html};
use rayon::prelude::*;

// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Reads texts, makes HTML of them, and writes as many bytes as a site has.
#[derive(Parser)]
struct Arguments {
    /// The texts.
    content: PathBuf,
    /// A site that was built of them, for the sizes of its files.
    site: PathBuf,
    /// The folder to write to; must not exist.
    output: PathBuf,
    /// How many threads.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
}

fn files(folder: &Path) -> io::Result<Vec<walkdir::DirEntry>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(entries.into_iter().filter(|entry| entry.file_type().is_file()).collect())
}

fn run(arguments: &Arguments) -> io::Result<f64> {
    let lengths = files(&arguments.site)?.into_iter().map(|file| Ok(file.metadata()?.len() as usize));
    let lengths: Vec<usize> = lengths.collect::<io::Result<_>>()?;
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let bytes = b"The bytes of a page. ".repeat(longest / 21 + 1);
    fs::create_dir(&arguments.output)?;
    let names: Vec<PathBuf> =
        (0..lengths.len()).map(|number| arguments.output.join(format!("{number}.html"))).collect();

    let began = Instant::now();
    let made: io::Result<usize> = files(&arguments.content)?
        .par_iter()
        .map(|file| {
            let text = fs::read_to_string(file.path())?;
            let mut page = String::with_capacity(text.len() * 3 / 2);
            html::push_html(&mut page, pulldown_cmark::Parser::new_ext(&text, Options::ENABLE_TABLES));
            Ok(page.len())
        })
        .sum();
    std::hint::black_box(made?);
    names.par_iter().zip(&lengths).try_for_each(|(name, &length)| fs::write(name, &bytes[..length]))?;
    Ok(began.elapsed().as_secs_f64())
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs).build_global();
    match pool.map_err(io::Error::other).and_then(|()| run(&arguments)) {
        Ok(seconds) => {
            println!("{seconds:.4}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
