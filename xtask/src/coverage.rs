//! `docs/coverage.md`: what `kumiki coverage` says of the operations that are registered.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::models::{Problem, output};

const PAGE: &str = "docs/coverage.md";

/// Writes the page; with `check`, only compares.
pub fn run(root: &Path, check: bool) -> Result<(), Problem> {
    let mut kumiki = Command::new("cargo");
    kumiki.current_dir(root).args(["run", "--quiet", "--package", "kumiki", "--", "coverage"]);
    let new = output(&mut kumiki)?;
    let old = fs::read(root.join(PAGE)).unwrap_or_default();
    match (old == new, check) {
        (true, _) => Ok(()),
        (false, true) => Err(format!("{PAGE} is not what is registered: cargo xtask coverage")),
        (false, false) => fs::write(root.join(PAGE), new).map_err(|e| format!("{PAGE}: {e}")),
    }
}
