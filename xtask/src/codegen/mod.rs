//! Writes `crates/api/*` from `models/*`.
//!
//! `models/<service>.json` is the trimmed model, `models/<service>.overrides.json` a JSON merge patch (RFC 7386)
//! with what the model has lost, and `models/<service>.ops` lists the operations and members we serve.

pub mod emit;
pub mod lower;
pub mod names;
pub mod ops;
pub mod routes;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::models::{Problem, SERVICES};

/// Writes every api crate; with `check`, only compares.
pub fn run(root: &Path, check: bool) -> Result<(), Problem> {
    let mut changed = Vec::new();
    for (service, _) in SERVICES {
        let source = root.join("crates/api").join(service).join("src");
        for (name, text) in generate(root, service)? {
            let path = source.join(&name);
            let text = format(&text)?;
            if fs::read_to_string(&path).is_ok_and(|old| old == text) {
                continue;
            }
            changed.push(format!("crates/api/{service}/src/{name}"));
            if !check {
                fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
            }
        }
    }
    match (check, changed.is_empty()) {
        (_, true) => Ok(()),
        (true, false) => Err(format!("cargo xtask codegen would change {}", changed.join(", "))),
        (false, false) => {
            println!("{}", changed.join("\n"));
            Ok(())
        }
    }
}

/// The files of one api crate: name and text, not yet formatted.
pub fn generate(root: &Path, service: &str) -> Result<Vec<(String, String)>, Problem> {
    let model = load(root, service)?;
    let listing = fs::read_to_string(root.join("models").join(format!("{service}.ops")))
        .map_err(|e| format!("models/{service}.ops: {e}"))?;
    let listing = ops::Listing::parse(&listing).map_err(|e| format!("models/{service}.ops: {e}"))?;
    let lowered = lower::lower(service, &model, &listing)?;
    Ok(emit::files(&lowered))
}

/// The model of a service with its overrides applied.
pub fn load(root: &Path, service: &str) -> Result<Value, Problem> {
    let read = |name: String| -> Result<Option<Value>, Problem> {
        let path = root.join("models").join(&name);
        if !path.is_file() {
            return Ok(None);
        }
        let text = fs::read_to_string(&path).map_err(|e| format!("{name}: {e}"))?;
        serde_json::from_str(&text).map(Some).map_err(|e| format!("{name}: {e}"))
    };
    let mut model =
        read(format!("{service}.json"))?.ok_or_else(|| format!("models/{service}.json is missing"))?;
    if let Some(patch) = read(format!("{service}.overrides.json"))? {
        merge(&mut model, &patch, service)?;
    }
    Ok(model)
}

/// RFC 7386, but strict: shapes and members that are not in the model cannot be patched. A member that the service
/// answers with and its model does not have says so by `"added"` with the reason.
fn merge(target: &mut Value, patch: &Value, path: &str) -> Result<(), Problem> {
    let (Some(target), Some(patch)) = (target.as_object_mut(), patch.as_object()) else {
        return Err(format!("{path}: cannot be merged"));
    };
    for (key, value) in patch {
        let inside = format!("{path}.{key}");
        match (value.is_object(), target.get_mut(key)) {
            (true, Some(old)) if old.is_object() => merge(old, value, &inside)?,
            (true, None)
                if path.ends_with(".members") && value.get("added").is_some_and(Value::is_string) =>
            {
                let mut member = value.clone();
                member.as_object_mut().map(|m| m.shift_remove("added"));
                target.insert(key.clone(), member);
            }
            (true, None) if path.ends_with(".shapes") || path.ends_with(".members") => {
                return Err(format!("{inside}: not in the model"));
            }
            _ if value.is_null() => drop(target.shift_remove(key)),
            _ => drop(target.insert(key.clone(), value.clone())),
        }
    }
    Ok(())
}

/// The text as rustfmt leaves it.
fn format(text: &str) -> Result<String, Problem> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=110,use_small_heuristics=Max"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("rustfmt: {e}"))?;
    let mut input = rustfmt.stdin.take().ok_or("rustfmt takes no input")?;
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = rustfmt.wait_with_output().map_err(|e| format!("rustfmt: {e}"))?;
    writer.join().map_err(|_| "rustfmt")?.map_err(|e| format!("rustfmt: {e}"))?;
    if !output.status.success() {
        return Err("rustfmt refused generated code".into());
    }
    String::from_utf8(output.stdout).map_err(|e| e.to_string())
}
