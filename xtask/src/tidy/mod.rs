//! `cargo xtask tidy`: rules that no compiler knows. Each is a pure function of the committed files.

pub mod length;
pub mod manifests;
pub mod operations;
pub mod prose;
pub mod source;
pub mod words;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::models::{Problem, output};
use source::Layers;

/// Where the lengths that may not grow are listed.
pub const LIST: &str = "xtask/tidy.txt";

/// One committed file.
#[derive(Debug)]
pub struct File {
    /// Its path from the root, with slashes.
    pub path: String,
    /// Its text; what is no UTF-8 is replaced.
    pub text: String,
}

impl File {
    /// How the name ends, without the dot; empty where it has none.
    #[must_use]
    pub fn extension(&self) -> &str {
        Path::new(&self.path).extension().and_then(|e| e.to_str()).unwrap_or_default()
    }

    /// Whether people write it as source: Rust, Python, JavaScript, shell.
    #[must_use]
    pub fn is_source(&self) -> bool {
        matches!(self.extension(), "rs" | "py" | "js" | "mjs" | "sh") || self.text.starts_with("#!")
    }

    /// Whether `cargo xtask codegen` wrote it.
    #[must_use]
    pub fn is_generated(&self) -> bool {
        self.path.starts_with("crates/api/") && self.path.contains("/src/")
    }

    /// Whether all of it is a test.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.path.split('/').any(|part| part == "tests" || part == "tests.rs")
    }
}

/// The committed files.
#[derive(Debug, Default)]
pub struct Tree {
    /// In the order of their paths.
    pub files: Vec<File>,
    paths: BTreeSet<String>,
}

impl Tree {
    /// A tree of these files: path and text.
    #[must_use]
    pub fn of(files: Vec<(String, String)>) -> Self {
        let paths = files.iter().map(|(path, _)| path.clone()).collect();
        Self { files: files.into_iter().map(|(path, text)| File { path, text }).collect(), paths }
    }

    /// The files that git tracks, and new ones that it would: what a commit of everything would hold.
    pub fn read(root: &Path) -> Result<Self, Problem> {
        let listed = output(Command::new("git").current_dir(root).args([
            "ls-files",
            "-z",
            "-c",
            "-o",
            "--exclude-standard",
        ]))?;
        let listed = String::from_utf8_lossy(&listed);
        let paths: BTreeSet<&str> = listed.split_terminator('\0').collect();
        // A file that was removed and not yet committed is still listed.
        let read = |path: &str| Some((path.to_owned(), fs::read(root.join(path)).ok()?));
        let text = |(path, bytes): (String, Vec<u8>)| (path, String::from_utf8_lossy(&bytes).into_owned());
        Ok(Self::of(paths.into_iter().filter_map(read).map(text).collect()))
    }

    /// The file at this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|f| f.path == path)
    }

    /// Whether there is a file at this path, or a folder with files.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.paths.contains(path)
            || self.paths.range(folder.clone()..).next().is_some_and(|p| p.starts_with(&folder))
    }

    /// The files of Rust, taken apart.
    pub fn rust(&self) -> impl Iterator<Item = (&File, Layers)> {
        self.files.iter().filter(|f| f.extension() == "rs").map(|f| (f, Layers::of(&f.text)))
    }
}

/// Something that a rule does not allow.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file.
    pub path: String,
    /// Its line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl Finding {
    fn new(file: &File, line: usize, what: impl Into<String>) -> Self {
        Self { path: file.path.clone(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: &[Rule] = &[
    length::check,
    words::banned,
    words::sleeping,
    words::ignored,
    words::unreasoned,
    manifests::check,
    prose::machine_paths,
    prose::links,
    operations::check,
];

/// Checks every rule; with `update`, lowers the listed lengths first.
pub fn run(root: &Path, update: bool) -> Result<(), Problem> {
    let mut tree = Tree::read(root)?;
    if update {
        let text = length::lowered(&tree);
        fs::write(root.join(LIST), text).map_err(|e| format!("{LIST}: {e}"))?;
        tree = Tree::read(root)?;
    }
    let mut findings: Vec<_> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    if findings.is_empty() {
        println!("tidy: {} files", tree.files.len());
        return Ok(());
    }
    findings.sort();
    let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
    Err(format!("{}\ntidy: {} findings", lines.join("\n"), lines.len()))
}

#[cfg(test)]
fn tree(files: &[(&str, &str)]) -> Tree {
    Tree::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_there_when_they_have_files() {
        let tree = tree(&[("a/b/c.md", ""), ("a-b", "")]);
        assert!(tree.has("a") && tree.has("a/b") && tree.has("a/b/c.md"));
        assert!(!tree.has("a/c") && !tree.has("b"));
    }

    #[test]
    fn the_project_has_what_the_rules_look_at() {
        // A rule that finds nothing to look at would be green for ever.
        let tree = Tree::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        assert!(tree.file(LIST).is_some());
        assert!(tree.file("Cargo.toml").is_some_and(|f| f.text.contains("[workspace.dependencies]")));
        let count = |wanted: fn(&&File) -> bool| tree.files.iter().filter(wanted).count();
        assert!(count(|f| f.extension() == "rs") > 100);
        assert!(count(|f| f.is_generated()) >= 4);
        assert!(count(|f| operations::operation_file(&f.path).is_some()) > 20);
        assert!(count(|f| f.extension() == "md" && f.text.contains("](")) >= 1);
    }
}
