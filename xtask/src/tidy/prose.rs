//! What is written for people: links lead somewhere, and nothing names one person's machine.

use std::collections::BTreeSet;

use super::source::line_of;
use super::{File, Finding, Tree};

/// Folders that exist on one machine only. Written in pieces, so that this file has none.
const MACHINE: [&str; 4] =
    [concat!("/", "work/"), concat!("/", "farm/"), concat!("/", "root/"), concat!("/", "home/")];

/// Paths of a machine, in any file.
pub fn machine_paths(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        for folder in MACHINE {
            for (at, _) in file.text.match_indices(folder) {
                let named =
                    file.text[at + folder.len()..].starts_with(|c: char| c == '_' || c.is_alphanumeric());
                // In the middle of a path it is a folder of the project or of an address.
                let absolute =
                    !file.text[..at].ends_with(|c: char| c.is_alphanumeric() || "._-/}".contains(c));
                if absolute && (named || folder != MACHINE[3]) {
                    let what = format!("{folder}.. is a path of one machine");
                    findings.push(Finding::new(file, line_of(&file.text, at), what));
                }
            }
        }
    }
    findings
}

/// Links between the files of the project that lead nowhere.
pub fn links(tree: &Tree) -> Vec<Finding> {
    let pages = || tree.files.iter().filter(|f| f.extension() == "md");
    pages()
        .flat_map(|file| targets(file).into_iter().filter_map(|(line, to)| broken(tree, file, line, &to)))
        .collect()
}

fn broken(tree: &Tree, file: &File, line: usize, to: &str) -> Option<Finding> {
    let (path, anchor) = to.split_once('#').map_or((to, None), |(path, anchor)| (path, Some(anchor)));
    let path = if path.is_empty() { Some(file.path.clone()) } else { resolve(&file.path, path) };
    let Some(path) = path.filter(|p| p.is_empty() || tree.has(p)) else {
        return Some(Finding::new(file, line, format!("the link {to} leads to no file")));
    };
    let anchor = anchor?;
    let there = tree.file(&path).is_some_and(|f| anchors(&f.text).contains(anchor));
    (!there).then(|| Finding::new(file, line, format!("the link {to} leads to no heading")))
}

/// The path from the root that `to` means in the file `from`; `None` where it leaves the project.
fn resolve(from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Targets inside the project, with their lines.
fn targets(file: &File) -> Vec<(usize, String)> {
    let text = without_code(&file.text);
    let inline = text.match_indices("](").map(|(at, mark)| (at, &text[at + mark.len()..]));
    let mut found: Vec<_> =
        inline.filter_map(|(at, rest)| Some((line_of(&text, at), &rest[..rest.find(')')?]))).collect();
    for (n, line) in text.lines().enumerate() {
        // [name]: target
        if let Some((_, to)) = line.strip_prefix('[').and_then(|l| l.split_once("]: ")) {
            found.push((n + 1, to));
        }
    }
    let word =
        |to: &str| to.split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']).to_owned();
    let outside = |to: &str| to.contains("://") || to.starts_with("mailto:");
    found.into_iter().map(|(line, to)| (line, word(to))).filter(|(_, to)| !outside(to)).collect()
}

/// The text with code blanked: fenced blocks and what stands in backticks.
fn without_code(text: &str) -> String {
    let (mut out, mut fenced) = (String::with_capacity(text.len()), false);
    for line in text.split_inclusive('\n') {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if fenced || fence {
            out.push('\n');
            continue;
        }
        for (n, piece) in line.split('`').enumerate() {
            out.push_str(if n % 2 == 0 { piece } else { "code" });
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
    }
    out
}

/// The anchors of a page, as GitHub makes them from its headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut fenced = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let title = line.trim_start_matches('#');
        if fenced || title.len() == line.len() || !title.starts_with(' ') {
            continue;
        }
        let slug = title.trim().to_lowercase().replace(' ', "-");
        found.insert(slug.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn paths(text: &str) -> usize {
        machine_paths(&tree(&[("a.py", text)])).len()
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        for folder in MACHINE {
            assert_eq!(paths(&format!("x = \"{folder}name/file\"")), 1);
            assert_eq!(paths(&format!("{folder}name")), 1);
            assert_eq!(paths(&format!("https://example.org{folder}name")), 0);
        }
        assert_eq!(paths(concat!("/", "home/<you>/x")), 0);
        assert_eq!(paths("~/.cache/kumiki $HOME/x home/a/b"), 0);
    }

    fn broken_links(text: &str) -> Vec<usize> {
        let files = [("docs/a.md", text), ("docs/b.md", "# One two\n"), ("run", ""), ("src/lib.rs", "")];
        links(&tree(&files)).iter().map(|f| f.line).collect()
    }

    #[test]
    fn links_that_lead_nowhere_are_found() {
        for bad in [
            "[x](c.md)",
            "[x](../c)",
            "![x](c.png)",
            "[x](b.md#three)",
            "[x](#none)",
            "[x](../../run)",
            "[x]: c.md",
        ] {
            assert_eq!(broken_links(&format!("# A\n\n{bad}\n")), [3], "{bad}");
        }
    }

    #[test]
    fn links_that_lead_somewhere_are_fine() {
        for good in [
            "[x](b.md)",
            "[x](../run)",
            "[x](../src)",
            "[x](../src/lib.rs \"title\")",
            "[x](b.md#one-two)",
            "[x](#a)",
            "[x](https://example.org/c.md)",
            "[x]: b.md",
            "`[x](c.md)`",
            "```\n[x](c.md)\n```",
            "[x](..)",
        ] {
            assert_eq!(broken_links(&format!("# A\n\n{good}\n")), [0; 0], "{good}");
        }
    }
}
