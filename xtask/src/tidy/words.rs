//! Words and attributes that may not stand in the source.

use super::source::{Layers, begins_word, ends_word, line_of};
use super::{File, Finding, Tree};

/// Code that is not finished, or waits by the wall clock. `Clocks` of `env` is what waits here.
const IN_CODE: &[&str] = &["todo!", "unimplemented!", "dbg!", "thread::sleep"];
/// Notes that belong into an issue.
const IN_COMMENTS: &[&str] = &["FIXME", "XXX"];

/// Unfinished work outside of tests.
pub fn banned(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, layers) in tree.rust().filter(|(f, _)| !f.is_test()) {
        let layers = layers.without_tests();
        search(file, &layers.code, IN_CODE, &mut findings);
        search(file, &layers.comments, IN_COMMENTS, &mut findings);
    }
    let other =
        |f: &&File| !f.is_test() && f.extension() != "rs" && (f.is_source() || f.extension() == "toml");
    for file in tree.files.iter().filter(other) {
        search(file, &file.text, IN_COMMENTS, &mut findings);
    }
    findings
}

fn search(file: &File, layer: &str, words: &[&str], findings: &mut Vec<Finding>) {
    for word in words {
        let whole =
            |at: usize| begins_word(layer, at) && (word.ends_with('!') || ends_word(layer, at + word.len()));
        for (at, _) in layer.match_indices(word).filter(|(at, _)| whole(*at)) {
            findings.push(Finding::new(file, line_of(layer, at), format!("{word} is left")));
        }
    }
}

/// Waits by the wall clock, in tests too: what waits asks for what it waits for, or turns the clock.
pub fn sleeping(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, layers) in tree.rust().filter(|(f, _)| f.is_test() || !f.path.starts_with("bench/")) {
        search(file, &layers.code, &["thread::sleep", "time::sleep"], &mut findings);
    }
    for file in tree.files.iter().filter(|f| f.extension() == "py") {
        search(file, &file.text, &["time.sleep"], &mut findings);
    }
    findings
}

/// Tests that never run.
pub fn ignored(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, layers) in tree.rust() {
        for (at, attribute) in attributes(&layers) {
            if has_word(attribute, "ignore") {
                let what = "an ignored test: mend it or remove it";
                findings.push(Finding::new(file, line_of(&layers.code, at), what));
            }
        }
    }
    findings
}

/// Lints that are switched off without a reason.
pub fn unreasoned(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, layers) in tree.rust() {
        for (at, attribute) in attributes(&layers) {
            let silences = ["allow", "expect"].iter().any(|word| {
                let call = |n: usize| attribute[n + word.len()..].trim_start().starts_with('(');
                attribute.match_indices(word).any(|(n, _)| begins_word(attribute, n) && call(n))
            });
            if silences && !has_reason(&file.text[at..at + attribute.len()], attribute) {
                let what = "a lint is silenced: say why, `reason = \"..\"`";
                findings.push(Finding::new(file, line_of(&layers.code, at), what));
            }
        }
    }
    findings
}

/// `text` is the attribute as written, `code` the same with the contents of strings blanked.
fn has_reason(text: &str, code: &str) -> bool {
    code.match_indices("reason").filter(|(at, _)| begins_word(code, *at)).any(|(at, word)| {
        let rest = at + word.len();
        let Some(value) = code[rest..].trim_start().strip_prefix('=').map(str::trim_start) else {
            return false;
        };
        let begin = code.len() - value.len();
        value.starts_with('"') && !text[begin + 1..].trim_start().starts_with('"')
    })
}

/// Every attribute with its place, from `#` to its `]`.
fn attributes(layers: &Layers) -> Vec<(usize, &str)> {
    let code = layers.code.as_str();
    let begins = |at: &usize| code[*at + 1..].trim_start_matches('!').starts_with('[');
    code.match_indices('#')
        .map(|(at, _)| at)
        .filter(begins)
        .filter_map(|at| Some((at, &code[at..at + bracket_end(&code[at..])?])))
        .collect()
}

fn bracket_end(code: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at + 1),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| begins_word(text, at) && ends_word(text, at + word.len()))
}

#[cfg(test)]
mod tests {
    use super::super::{Tree, tree};
    use super::*;

    fn lines(rule: fn(&Tree) -> Vec<Finding>, path: &str, text: &str) -> Vec<usize> {
        rule(&tree(&[(path, text)])).iter().map(|f| f.line).collect()
    }

    #[test]
    fn unfinished_work_is_found() {
        for bad in
            ["todo!()", "unimplemented!()", "dbg!(x)", "std::thread::sleep(d)", "// FIXME later", "/* XXX */"]
        {
            let text = format!("fn a() {{\n    {bad}\n}}\n");
            assert_eq!(lines(banned, "a.rs", &text), [2], "{bad}");
        }
        for path in ["run.sh", "a.py", "Cargo.toml"] {
            assert_eq!(lines(banned, path, "\n# FIXME"), [2], "{path}");
        }
    }

    #[test]
    fn tests_that_sleep_are_found() {
        assert_eq!(lines(sleeping, "tests/a.py", "import time\ntime.sleep(1)\n"), [2]);
        let text = "fn a() {\n    std::thread::sleep(d);\n    tokio::time::sleep(d).await;\n}\n";
        assert_eq!(lines(sleeping, "crates/a/tests/a.rs", text), [2, 3]);
        assert_eq!(lines(sleeping, "crates/a/src/a.rs", "tokio::time::sleep_until(at)"), [0; 0]);
    }

    #[test]
    fn what_only_looks_like_it_is_not() {
        let text = "let a = \"todo!() FIXME\"; my_todo!(); // XXXL, todo! in words\ntokio::time::sleep(d)";
        assert_eq!(lines(banned, "a.rs", text), [0; 0]);
    }

    #[test]
    fn tests_may_use_them() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { todo!() }\n}";
        assert_eq!(lines(banned, "a.rs", text), [0; 0]);
        assert_eq!(lines(banned, "crates/a/tests/b.rs", "todo!()"), [0; 0]);
        assert_eq!(lines(banned, "crates/a/src/b/tests.rs", "todo!()"), [0; 0]);
        let after = "#[cfg(test)]\nmod tests {}\nfn a() { todo!() }";
        assert_eq!(lines(banned, "a.rs", after), [3]);
    }

    #[test]
    fn ignored_tests_are_found_everywhere() {
        for bad in ["#[ignore]", "#[ignore = \"slow\"]", "#[cfg_attr(miri, ignore)]"] {
            assert_eq!(lines(ignored, "tests/a.rs", &format!("#[test]\n{bad}\nfn a() {{}}")), [2], "{bad}");
        }
        assert_eq!(lines(ignored, "a.rs", "// #[ignore]\n#[doc = \"ignore\"]\nfn ignore() {}"), [0; 0]);
    }

    #[test]
    fn silenced_lints_need_a_reason() {
        for bad in [
            "#[allow(dead_code)]",
            "#![allow(dead_code)]",
            "#[expect(dead_code)]",
            "#[expect(dead_code, reason = \"\")]",
            "#[cfg_attr(test, allow(dead_code))]",
            "#[allow(\n    dead_code,\n    clippy::x\n)]",
            "#[allow(reason)]",
        ] {
            assert_eq!(lines(unreasoned, "a.rs", &format!("\n{bad}\nstruct A;")), [2], "{bad}");
        }
        for good in [
            "#[allow(dead_code, reason = \"why\")]",
            "#![expect(\n    dead_code,\n    reason = \"why ] ok\",\n)]",
            "#[doc = \"allow(x)\"]",
            "#[test]\nfn a() { b.expect(\"c\") }",
        ] {
            assert_eq!(lines(unreasoned, "a.rs", good), [0; 0], "{good}");
        }
    }
}
