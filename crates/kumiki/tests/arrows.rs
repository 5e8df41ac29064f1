//! The arrows between the rooms point down: read from the manifests, so that none can be added unnoticed.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::{collections::BTreeMap, fs, path::Path};

/// A crate may depend on crates of lower storeys only.
fn storey(place: &str) -> u8 {
    match place {
        "crates/env" => 0,
        "crates/seal" => 1,
        "crates/store" | "crates/blob" | "crates/wire" | "crates/policy" | "crates/auth"
        | "crates/federation" => 2,
        _ if place.starts_with("crates/api/") => 3,
        "crates/floor" => 4,
        "crates/gateway" => 5,
        _ if place.starts_with("blocks/") => 5,
        "crates/kumiki" => 6,
        "xtask" | "bench" => 7,
        other => panic!("{other} has no storey yet: give it one"),
    }
}

fn manifests(root: &Path) -> BTreeMap<String, toml::Table> {
    let mut found = BTreeMap::new();
    for folder in ["crates", "crates/api", "blocks", "."] {
        for entry in fs::read_dir(root.join(folder)).unwrap().flatten() {
            let manifest = entry.path().join("Cargo.toml");
            let Ok(text) = fs::read_to_string(&manifest) else { continue };
            let table: toml::Table = text.parse().unwrap();
            if table.contains_key("package") {
                let place = entry.path().strip_prefix(root).unwrap().to_string_lossy().replace("./", "");
                found.insert(place, table);
            }
        }
    }
    found
}

/// The names of our crates among the keys of a manifest's dependencies, as places.
fn depends_on(manifest: &toml::Table, places: &BTreeMap<String, String>) -> Vec<String> {
    let keys = manifest.get("dependencies").and_then(|d| d.as_table()).into_iter().flatten();
    keys.filter_map(|(name, _)| places.get(name).cloned()).collect()
}

fn upwards(storey_of: impl Fn(&str) -> u8, arrows: &[(String, String)]) -> Vec<String> {
    let bad = arrows.iter().filter(|(from, to)| storey_of(to) >= storey_of(from));
    bad.map(|(from, to)| format!("{from} -> {to}")).collect()
}

#[test]
fn arrows_point_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let workspace: toml::Table = fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let table = workspace["workspace"]["dependencies"].as_table().unwrap();
    let places: BTreeMap<_, _> = table
        .iter()
        .filter_map(|(name, d)| Some((name.clone(), d.get("path")?.as_str()?.to_owned())))
        .collect();
    let manifests = manifests(&root);
    assert!(manifests.len() >= 15, "the manifests were not found: {:?}", manifests.keys());
    let arrows: Vec<_> = manifests
        .iter()
        .flat_map(|(from, m)| depends_on(m, &places).into_iter().map(|to| (from.clone(), to)))
        .collect();
    assert!(arrows.len() >= 20, "the arrows were not found: {arrows:?}");
    assert_eq!(upwards(storey, &arrows), [""; 0], "arrows that point up or sideways");
}

#[test]
fn an_arrow_that_points_up_is_found() {
    let arrows = [
        ("crates/floor".to_owned(), "blocks/s3".to_owned()),
        ("blocks/s3".to_owned(), "blocks/sqs".to_owned()),
    ];
    assert_eq!(upwards(storey, &arrows).len(), 2);
}
