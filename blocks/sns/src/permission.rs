//! AddPermission and RemovePermission: statements of a topic's policy by their label.

use api_sns::AddPermissionInput;
use floor::Answer;
use serde_json::{Value, json};

use crate::fault;

/// Actions that may be given to others this way.
const ACTIONS: &[&str] = &[
    "Publish",
    "RemovePermission",
    "SetTopicAttributes",
    "DeleteTopic",
    "ListSubscriptionsByTopic",
    "GetTopicAttributes",
    "Receive",
    "AddPermission",
    "Subscribe",
];

/// `policy` with a statement more.
pub(crate) fn add(policy: &str, topic_arn: &str, input: &AddPermissionInput) -> Answer<String> {
    if input.label.is_empty() {
        return Err(fault::invalid("Label"));
    }
    for account in &input.aws_account_id {
        if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
            return Err(fault::invalid("A provided account ID is not valid"));
        }
    }
    if let Some(unknown) = input.action_name.iter().find(|a| !ACTIONS.contains(&a.as_str())) {
        return Err(fault::invalid("Policy statement action out of service scope!").because(unknown));
    }
    let mut all = read(policy)?;
    if find(&all, &input.label).is_some() {
        return Err(fault::invalid("Statement already exists"));
    }
    let principals: Vec<_> = input.aws_account_id.iter().map(|a| format!("arn:aws:iam::{a}:root")).collect();
    let actions: Vec<_> = input.action_name.iter().map(|a| format!("SNS:{a}")).collect();
    let statement = json!({
        "Sid": input.label,
        "Effect": "Allow",
        "Principal": {"AWS": one_or_many(principals)},
        "Action": one_or_many(actions),
        "Resource": topic_arn,
    });
    statements(&mut all)?.push(statement);
    Ok(all.to_string())
}

/// `policy` without the statement of that label.
pub(crate) fn remove(policy: &str, label: &str) -> Answer<String> {
    let mut all = read(policy)?;
    let at = find(&all, label).ok_or_else(|| {
        floor::Fault::new(&api_sns::errors::NOT_FOUND_EXCEPTION, "Statement does not exist")
    })?;
    statements(&mut all)?.remove(at);
    Ok(all.to_string())
}

fn read(policy: &str) -> Answer<Value> {
    serde_json::from_str(policy).map_err(|_| fault::invalid("Policy Error: null"))
}

fn statements(policy: &mut Value) -> Answer<&mut Vec<Value>> {
    let all = policy.get_mut("Statement").ok_or_else(|| fault::invalid("Policy Error: null"))?;
    if !all.is_array() {
        *all = Value::Array(vec![all.take()]);
    }
    all.as_array_mut().ok_or_else(|| fault::invalid("Policy Error: null"))
}

fn find(policy: &Value, label: &str) -> Option<usize> {
    let has = |s: &Value| s.get("Sid").and_then(Value::as_str) == Some(label);
    match policy.get("Statement")? {
        Value::Array(all) => all.iter().position(has),
        one => has(one).then_some(0),
    }
}

fn one_or_many(mut all: Vec<String>) -> Value {
    if all.len() == 1 { Value::String(all.remove(0)) } else { all.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_comes_and_goes() {
        let input = AddPermissionInput {
            topic_arn: String::new(),
            label: "l".into(),
            aws_account_id: vec!["123456789012".into()],
            action_name: vec!["Publish".into()],
        };
        let before = r#"{"Version":"2008-10-17","Statement":[]}"#;
        let with = add(before, "arn:aws:sns:us-east-1:000000000000:t", &input).unwrap();
        assert!(with.contains(r#""AWS":"arn:aws:iam::123456789012:root""#), "{with}");
        assert!(add(&with, "x", &input).is_err());
        assert_eq!(remove(&with, "l").unwrap(), before);
        assert!(remove(before, "l").is_err());
    }
}
