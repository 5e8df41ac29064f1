//! One operation, one file, one line in the block's table of contents: none is written and then forgotten.

use super::source::Layers;
use super::{Finding, Tree};

/// Files of operations that are named otherwise, or not served.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        let Some((block, name)) = operation_file(&file.path) else { continue };
        let handled = handled(&Layers::of(&file.text).code);
        let [operation] = handled.as_slice() else {
            let what = format!("{} operations are handled here; one file holds one", handled.len());
            findings.push(Finding::new(file, 0, what));
            continue;
        };
        if snake(operation) != name {
            let what = format!("handles {operation}, so its name is {}.rs", snake(operation));
            findings.push(Finding::new(file, 0, what));
        }
        let contents = format!("blocks/{block}/src/lib.rs");
        let served = tree
            .file(&contents)
            .is_some_and(|f| Layers::of(&f.text).code.contains(&format!(".serve::<{operation}>()")));
        if !served {
            let what = format!("{operation} is not served: `.serve::<{operation}>()` in {contents}");
            findings.push(Finding::new(file, 0, what));
        }
    }
    findings
}

/// The block and the name of an operation's file: `("sqs", "send_message")`.
#[must_use]
pub fn operation_file(path: &str) -> Option<(&str, &str)> {
    let (block, rest) = path.strip_prefix("blocks/")?.split_once("/src/ops/")?;
    let name = rest.strip_suffix(".rs").filter(|n| !n.contains('/'))?;
    Some((block, name))
}

/// The operations of every `impl Handle<..>`.
fn handled(code: &str) -> Vec<String> {
    let name = |rest: &str| {
        rest.split('>').next().unwrap_or_default().rsplit("::").next().unwrap_or_default().to_owned()
    };
    code.match_indices("impl Handle<").map(|(at, head)| name(&code[at + head.len()..])).collect()
}

/// `ListObjectsV2` as `list_objects_v2`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    const SERVED: &str =
        "pub fn service() { Service::new().serve::<ListObjectsV2>() } // .serve::<GetObject>()";

    fn found(name: &str, text: &str) -> Vec<String> {
        let path = format!("blocks/s3/src/ops/{name}.rs");
        let files = [(path.as_str(), text), ("blocks/s3/src/lib.rs", SERVED)];
        check(&tree(&files)).into_iter().map(|f| f.what).collect()
    }

    #[test]
    fn what_is_served_is_fine() {
        assert_eq!(found("list_objects_v2", "impl Handle<ListObjectsV2> for S3 {}"), [""; 0]);
        assert_eq!(found("list_objects_v2", "impl Handle<api_s3::ListObjectsV2> for S3 {}"), [""; 0]);
    }

    #[test]
    fn what_is_not_served_is_found() {
        let what = found("get_object", "impl Handle<GetObject> for S3 {}");
        assert_eq!(what, ["GetObject is not served: `.serve::<GetObject>()` in blocks/s3/src/lib.rs"]);
    }

    #[test]
    fn wrong_names_and_numbers_are_found() {
        assert_eq!(found("list", "impl Handle<ListObjectsV2> for S3 {}").len(), 1);
        assert_eq!(found("list_objects_v2", "fn helper() {}").len(), 1);
        let two = "impl Handle<ListObjectsV2> for S3 {} impl Handle<GetObject> for S3 {}";
        assert_eq!(found("list_objects_v2", two).len(), 1);
    }
}
