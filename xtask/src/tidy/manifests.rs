//! Dependencies are chosen: each that comes from outside has its reason beside it.

use super::{File, Finding, Tree};

/// External dependencies without a reason, in every manifest of the workspace. Tests and examples with the AWS SDK are
/// workspaces of their own.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let ours = |f: &&File| f.path == "Cargo.toml" || !f.text.lines().any(|line| line.trim() == "[workspace]");
    tree.files.iter().filter(|f| f.path.ends_with("Cargo.toml")).filter(ours).flat_map(unexplained).collect()
}

fn unexplained(file: &File) -> Vec<Finding> {
    let (mut findings, mut table, mut above) = (Vec::new(), "", "");
    for (n, line) in file.text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            table = trimmed.trim_matches(['[', ']']);
        }
        let named = trimmed.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
        if let Some((name, value)) = named.filter(|_| is_dependencies(table) && !trimmed.starts_with('#')) {
            let inside = name.ends_with(".workspace")
                || ["workspace = true", "path = "].iter().any(|w| value.contains(w));
            let explained = reason(value) || above.starts_with("# ");
            if !inside && !explained {
                findings.push(Finding::new(file, n + 1, format!("{name}: say beside it what it is for")));
            }
        } else if is_dependency(table) && trimmed.starts_with('[') && !above.starts_with("# ") {
            findings.push(Finding::new(file, n + 1, format!("{table}: say above it what it is for")));
        }
        // A heading over several lines is no reason for one of them.
        above = if is_dependencies(table) && table == "workspace.dependencies" { "" } else { trimmed };
    }
    findings
}

/// Whether the table lists dependencies: `dependencies`, `dev-dependencies`, `target.x.dependencies`, ...
fn is_dependencies(table: &str) -> bool {
    table.ends_with("dependencies")
}

/// Whether the table is one dependency, as in `[dependencies.serde]`.
fn is_dependency(table: &str) -> bool {
    table.rsplit_once('.').is_some_and(|(parent, _)| is_dependencies(parent))
}

/// Whether words stand behind the value.
fn reason(value: &str) -> bool {
    let mut quoted = false;
    let comment = value.find(|c| {
        quoted ^= c == '"';
        c == '#' && !quoted
    });
    comment.is_some_and(|at| value[at + 1..].chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        check(&tree(&[("crates/a/Cargo.toml", text)])).iter().map(|f| f.line).collect()
    }

    #[test]
    fn what_has_no_reason_is_found() {
        let text = "[workspace.dependencies]\n# A group.\nserde = \"1\"\nbytes = { version = \"1\" } # \nx = \"1#a\"\n";
        assert_eq!(lines(text), [3, 4, 5]);
        assert_eq!(lines("[dependencies]\nfuser = \"0.18\"\n"), [2]);
        assert_eq!(lines("[target.'cfg(unix)'.dev-dependencies]\nfuser = \"0.18\"\n"), [2]);
        assert_eq!(lines("[package]\nname = \"a\"\n\n[dependencies.serde]\nversion = \"1\"\n"), [4]);
    }

    #[test]
    fn other_workspaces_are_left_alone() {
        let text = "[workspace]\n[dependencies]\naws-sdk-s3 = \"1\"\n";
        assert_eq!(lines(text), [0; 0]);
        assert_eq!(check(&tree(&[("Cargo.toml", text)])).len(), 1);
    }

    #[test]
    fn reasons_and_our_own_crates_are_fine() {
        let text = "[workspace.dependencies]\nenv = { package = \"kumiki-env\", path = \"crates/env\" }\n\
                    serde = { version = \"1\", features = [\"x\"] } # stored records\n\n\
                    [package]\nname = \"a\"\nversion = \"1\"\n\
                    [dependencies]\nserde.workspace = true\ntokio = { workspace = true, features = [\"fs\"] }\n";
        assert_eq!(lines(text), [0; 0]);
        assert_eq!(lines("[dependencies]\n# FUSE without libfuse\nfuser = \"0.18\"\n"), [0; 0]);
    }
}
