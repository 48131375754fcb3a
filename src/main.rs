//! The `casebook` command.

use std::process::ExitCode;

// Rendering makes and drops many small values on all cores; the system's allocator takes a quarter of a large build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    casebook::cli::main()
}
