//! The principals of a policy's text, as written, and the text with other names for some of them.

use crate::document::Node;

/// The principals that the statements of `text` name: the kind (`AWS`, `Service`, ...) and the name of each. Nothing
/// where `text` is no JSON.
pub fn principals(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    if let Ok(mut node) = Node::parse(text) {
        visit(&mut node, &mut |kind, name| all.push((kind.to_owned(), name.clone())));
    }
    all
}

/// `text` with those `AWS` principals renamed for which `name` has an answer; compact JSON, names in their order. A
/// text without any is left as it is.
pub fn rename_principals(text: &str, name: impl Fn(&str) -> Option<String>) -> String {
    let Ok(mut node) = Node::parse(text) else { return text.to_owned() };
    let mut has_changed = false;
    visit(&mut node, &mut |kind, old| {
        if let Some(new) = (kind == "AWS").then(|| name(old)).flatten() {
            has_changed |= new != *old;
            *old = new;
        }
    });
    if !has_changed {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    node.write(&mut out);
    out
}

/// Calls `each` with the kind and the name of every principal.
fn visit(policy: &mut Node, each: &mut impl FnMut(&str, &mut String)) {
    let Some(statements) = policy.member("Statement") else { return };
    for statement in statements.members_of_list() {
        for element in ["Principal", "NotPrincipal"] {
            let Some(Node::Object(kinds)) = statement.member(element) else { continue };
            for (kind, names) in kinds {
                for name in names.members_of_list() {
                    if let Node::Text(text) = name {
                        each(kind, text);
                    }
                }
            }
        }
    }
}

impl Node {
    fn member(&mut self, name: &str) -> Option<&mut Node> {
        let Node::Object(object) = self else { return None };
        object.iter_mut().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The members of a list; what is none stands for a list of itself.
    fn members_of_list(&mut self) -> &mut [Node] {
        match self {
            Node::List(list) => list,
            one => std::slice::from_mut(one),
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Node::Null => out.push_str("null"),
            Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Node::Number(text) => out.push_str(text),
            Node::Text(text) => write_text(text, out),
            Node::List(list) => {
                out.push('[');
                for (at, one) in list.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    one.write(out);
                }
                out.push(']');
            }
            Node::Object(object) => {
                out.push('{');
                for (at, (name, value)) in object.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{ "Version": "2012-10-17", "Statement": [
        {"Sid": "a\"ä", "Effect": "Allow", "Principal": {"AWS": ["x", "y"], "Service": "x"}, "Action": "sts:AssumeRole",
         "Condition": {"NumericEquals": {"aws:x": [1, true, "x"]}}},
        {"Effect": "Deny", "NotPrincipal": {"AWS": "x"}, "Action": "*"},
        {"Effect": "Deny", "Principal": "*", "Action": "*"}]}"#;

    #[test]
    fn principals_are_found() {
        let found = principals(TEXT);
        let found: Vec<(&str, &str)> = found.iter().map(|(k, n)| (k.as_str(), n.as_str())).collect();
        assert_eq!(found, [("AWS", "x"), ("AWS", "y"), ("Service", "x"), ("AWS", "x")]);
        assert!(principals("{").is_empty());
        assert!(principals("[1]").is_empty());
        assert!(principals(r#"{"Statement": 1}"#).is_empty());
    }

    #[test]
    fn principals_are_renamed_and_nothing_else() {
        let renamed = rename_principals(TEXT, |name| (name == "x").then(|| "z".to_owned()));
        assert_eq!(
            renamed,
            concat!(
                r#"{"Version":"2012-10-17","Statement":[{"Sid":"a\"ä","Effect":"Allow","Principal":{"AWS":["z","y"],"#,
                r#""Service":"x"},"Action":"sts:AssumeRole","Condition":{"NumericEquals":{"aws:x":[1,true,"x"]}}},"#,
                r#"{"Effect":"Deny","NotPrincipal":{"AWS":"z"},"Action":"*"},"#,
                r#"{"Effect":"Deny","Principal":"*","Action":"*"}]}"#
            )
        );
        assert_eq!(rename_principals(TEXT, |_| None), TEXT);
        assert_eq!(rename_principals("{", |_| Some(String::new())), "{");
    }
}
