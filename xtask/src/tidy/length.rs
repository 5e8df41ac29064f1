//! The ratchet of lengths: files over 600 lines and functions over 100 are listed, and the list only shrinks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::source::{begins_word, item_end, line_of};
use super::{File, Finding, LIST, Tree};

/// Lines of a file that nobody has to explain.
pub const FILE_LINES_MAX: usize = 600;
/// Lines of a function that nobody has to explain.
pub const FUNCTION_LINES_MAX: usize = 100;
/// Lines of a generated file: more would slow editors and reviews down.
pub const GENERATED_LINES_MAX: usize = 5000;

const HEAD: &str = "\
# Files over 600 lines and functions over 100 lines, with their lengths. Nothing may grow and nothing new may come.
# `cargo xtask tidy --update` lowers the lengths and drops what is short enough; it never adds.
#
# file LINES PATH
# function LINES PATH NAME
";

/// What is long: a file, or the functions of one name in a file. The lengths go down.
type Lengths = BTreeMap<String, Vec<usize>>;

/// What grew, what is new, and what is listed longer than it is.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = generated(tree);
    let list = tree.file(LIST);
    let listed = match list.map_or(Ok(Lengths::new()), |f| parse(&f.text)) {
        Ok(listed) => listed,
        Err((line, what)) => return vec![Finding { path: LIST.to_owned(), line, what }],
    };
    let long = long(tree);
    for (key, lengths) in &long {
        let allowed = listed.get(key).map_or(&[][..], Vec::as_slice);
        for (n, length) in lengths.iter().enumerate() {
            let what = match allowed.get(n) {
                Some(allowed) if length > allowed => format!("{key} grew from {allowed} to {length} lines"),
                Some(_) => continue,
                None => format!("{key} has {length} lines; {} is the limit", limit(key)),
            };
            findings.push(Finding { path: path_of(key).to_owned(), line: 0, what });
        }
    }
    for (key, allowed) in listed {
        let present = long.get(&key).map_or(&[][..], Vec::as_slice);
        if allowed.iter().enumerate().any(|(n, allowed)| present.get(n).is_none_or(|length| length < allowed))
        {
            let what = format!("{key} became shorter: cargo xtask tidy --update");
            findings.push(Finding { path: LIST.to_owned(), line: 0, what });
        }
    }
    findings
}

/// The list with every length lowered to what it is now.
#[must_use]
pub fn lowered(tree: &Tree) -> String {
    let listed = tree.file(LIST).and_then(|f| parse(&f.text).ok()).unwrap_or_default();
    let (mut text, long) = (HEAD.to_owned(), long(tree));
    for (key, allowed) in listed {
        let Some(present) = long.get(&key) else { continue };
        for lines in allowed.iter().zip(present).map(|(allowed, present)| allowed.min(present)) {
            let (kind, rest) = key.split_once(' ').unwrap_or_default();
            let _ = writeln!(text, "{kind} {lines} {rest}");
        }
    }
    text
}

fn parse(text: &str) -> Result<Lengths, (usize, String)> {
    let mut listed = Lengths::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let read = || {
            let mut words = line.split(' ');
            let (kind, lines, rest) = (words.next()?, words.next()?.parse().ok()?, words.collect::<Vec<_>>());
            let names = if kind == "file" { 1 } else { 2 };
            (matches!(kind, "file" | "function") && rest.len() == names)
                .then(|| (format!("{kind} {}", rest.join(" ")), lines))
        };
        let (key, lines) = read().ok_or_else(|| (n + 1, format!("{line:?} is no line of this list")))?;
        listed.entry(key).or_default().push(lines);
    }
    sort(&mut listed);
    Ok(listed)
}

fn long(tree: &Tree) -> Lengths {
    let mut long = Lengths::new();
    for file in tree.files.iter().filter(|f| f.is_source() && !f.is_generated()) {
        let lines = file.text.lines().count();
        if lines > FILE_LINES_MAX {
            long.entry(format!("file {}", file.path)).or_default().push(lines);
        }
    }
    for (file, layers) in tree.rust().filter(|(f, _)| !f.is_generated()) {
        for (name, lines) in functions(&layers.code).into_iter().filter(|(_, l)| *l > FUNCTION_LINES_MAX) {
            long.entry(format!("function {} {name}", file.path)).or_default().push(lines);
        }
    }
    sort(&mut long);
    long
}

fn sort(lengths: &mut Lengths) {
    for lengths in lengths.values_mut() {
        lengths.sort_unstable_by(|a, b| b.cmp(a));
    }
}

fn generated(tree: &Tree) -> Vec<Finding> {
    let over = |f: &&File| f.is_generated() && f.text.lines().count() > GENERATED_LINES_MAX;
    let what = format!("a generated file over {GENERATED_LINES_MAX} lines: let codegen split it");
    tree.files.iter().filter(over).map(|f| Finding::new(f, 0, what.clone())).collect()
}

/// Every function with a body: its name, and its lines from the word `fn` to the closing brace.
fn functions(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ").filter(|(at, _)| begins_word(code, *at)) {
        let name: String = code[at + 3..].chars().take_while(|c| *c == '_' || c.is_alphanumeric()).collect();
        if let Some(end) = item_end(code, at).filter(|_| !name.is_empty()) {
            found.push((name, line_of(code, end) - line_of(code, at) + 1));
        }
    }
    found
}

fn limit(key: &str) -> usize {
    if key.starts_with("file ") { FILE_LINES_MAX } else { FUNCTION_LINES_MAX }
}

fn path_of(key: &str) -> &str {
    key.split(' ').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{source::Layers, tree};
    use super::*;

    fn function(lines: usize) -> String {
        format!(
            "impl A {{\n    fn long(x: [u8; 2]) {{\n{}    }}\n}}\n",
            "        a(\"}\");\n".repeat(lines - 2)
        )
    }

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&tree(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn new_long_functions_are_found() {
        assert_eq!(found(&[("a.rs", &function(100))]), [""; 0]);
        let grown = found(&[("a.rs", &function(101))]);
        assert_eq!(grown, ["a.rs: function a.rs long has 101 lines; 100 is the limit"]);
    }

    #[test]
    fn new_long_files_are_found_in_every_language_of_source() {
        for path in ["a.rs", "a.py", "a.mjs", "a.sh"] {
            assert_eq!(found(&[(path, &"\n".repeat(600))]), [""; 0]);
            assert_eq!(found(&[(path, &"\n".repeat(601))]).len(), 1, "{path}");
        }
        assert_eq!(found(&[("run", &format!("#!/bin/sh{}", "\n".repeat(601)))]).len(), 1);
        assert_eq!(found(&[("a.json", &"\n".repeat(601))]), [""; 0]);
    }

    #[test]
    fn generated_files_have_a_limit_of_their_own() {
        assert_eq!(found(&[("crates/api/s3/src/types.rs", &"\n".repeat(5000))]), [""; 0]);
        assert_eq!(found(&[("crates/api/s3/src/types.rs", &"\n".repeat(5001))]).len(), 1);
        assert_eq!(found(&[("crates/api/s3/tests/it.rs", &"\n".repeat(5000))]).len(), 1);
    }

    #[test]
    fn listed_lengths_may_not_grow() {
        let list = "# why\nfunction 120 a.rs long\n";
        assert_eq!(found(&[(LIST, list), ("a.rs", &function(120))]), [""; 0]);
        let grown = found(&[(LIST, list), ("a.rs", &function(121))]);
        assert_eq!(grown, ["a.rs: function a.rs long grew from 120 to 121 lines"]);
    }

    #[test]
    fn a_second_function_of_a_listed_name_is_new() {
        let two = function(120) + &function(110);
        assert_eq!(found(&[(LIST, "function 120 a.rs long\n"), ("a.rs", &two)]).len(), 1);
        let list = "function 120 a.rs long\nfunction 110 a.rs long\n";
        assert_eq!(found(&[(LIST, list), ("a.rs", &two)]), [""; 0]);
    }

    #[test]
    fn the_list_follows_what_became_shorter() {
        let files =
            [(LIST, "function 120 a.rs long\nfile 700 b.rs\n"), ("a.rs", &function(105)), ("b.rs", "")];
        assert_eq!(found(&files).len(), 2);
        let lowered = lowered(&tree(&files));
        assert!(lowered.ends_with("\nfunction 105 a.rs long\n"), "{lowered}");
        assert_eq!(found(&[(LIST, &lowered), ("a.rs", &function(105))]), [""; 0]);
    }

    #[test]
    fn the_list_is_never_raised_by_an_update() {
        let files = [(LIST, "function 120 a.rs long\n"), ("a.rs", &function(130)), ("b.rs", &function(130))];
        assert!(lowered(&tree(&files)).ends_with("\nfunction 120 a.rs long\n"));
    }

    #[test]
    fn lines_that_cannot_be_read_are_found() {
        for wrong in ["file 700", "file x a.rs", "function 120 a.rs", "folder 1 a", "file 700 a.rs b"] {
            let files = [(LIST, wrong)];
            assert_eq!(found(&files).len(), 1, "{wrong}");
        }
    }

    #[test]
    fn functions_in_strings_and_comments_are_none() {
        let text = "// fn a() {}\nlet b = \"fn c() {}\"; let d: fn(u8) = e; macro(fn $f() {})\nfn g() {}";
        assert_eq!(functions(&Layers::of(text).code), [("g".to_owned(), 1)]);
    }
}
