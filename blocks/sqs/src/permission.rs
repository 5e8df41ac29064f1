//! The statements of a queue's policy that AddPermission writes and RemovePermission takes away.

use floor::{AccountId, Fault};
use serde_json::{Map, Value, json};

use crate::{
    fault::Refused,
    limits::{LABEL_CHARS, POLICY_ACTIONS_MAX},
};

/// What others may be allowed to do.
const SHARED: [&str; 7] = [
    "*",
    "ChangeMessageVisibility",
    "DeleteMessage",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ReceiveMessage",
    "SendMessage",
];

/// A statement that is to be written.
pub(crate) struct Permission<'a> {
    pub(crate) label: &'a str,
    pub(crate) accounts: &'a [String],
    pub(crate) actions: &'a [String],
}

impl Permission<'_> {
    fn check(&self) -> Result<(), Refused> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        if !LABEL_CHARS.contains(&self.label.len()) || !self.label.bytes().all(allowed) {
            let why = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
            return Err(Refused::parameter("Label", self.label, why));
        }
        if self.accounts.is_empty() {
            return Err(Refused::Missing("PrincipalId"));
        }
        if self.actions.is_empty() {
            return Err(Refused::Missing("Actions"));
        }
        if self.actions.len() > POLICY_ACTIONS_MAX {
            let text = format!(
                "{} Actions were found, maximum allowed is {POLICY_ACTIONS_MAX}.",
                self.actions.len()
            );
            return Err(Refused::OverLimit(text));
        }
        if let Some(account) = self.accounts.iter().find(|a| a.parse::<AccountId>().is_err()) {
            return Err(Refused::parameter("PrincipalId", format!("[{account}]"), "Unable to verify."));
        }
        let Some(action) = self.actions.iter().find(|a| !SHARED.contains(&a.as_str())) else { return Ok(()) };
        let known = api_sqs::SERVICE.operation(action).is_some();
        let why = if known {
            "Only the queue owner is allowed to invoke this action."
        } else {
            "Please refer to the appropriate WSDL for a list of valid actions. "
        };
        Err(Refused::parameter("ActionName", format!("SQS:{action}"), why))
    }

    /// The policy with the statement. Its quotas are judged as those of any other.
    pub(crate) fn add(&self, policy: Option<&str>, queue_arn: &str) -> Result<String, Fault> {
        self.check()?;
        let mut document = read(policy, queue_arn)?;
        let statements = statements(&mut document)?;
        if statements.iter().any(|s| s.get("Sid").and_then(Value::as_str) == Some(self.label)) {
            return Err(Refused::parameter("Label", self.label, "Already exists.").into());
        }
        let principals: Vec<_> = self.accounts.iter().map(|a| format!("arn:aws:iam::{a}:root")).collect();
        let actions: Vec<_> = self.actions.iter().map(|a| format!("SQS:{a}")).collect();
        statements.push(json!({
            "Sid": self.label,
            "Effect": "Allow",
            "Principal": { "AWS": one_or_many(principals) },
            "Action": one_or_many(actions),
            "Resource": queue_arn,
        }));
        Ok(document.to_string())
    }
}

/// The policy without the statement of a label; nothing where no other statement is left.
pub(crate) fn remove(policy: Option<&str>, queue_arn: &str, label: &str) -> Result<Option<String>, Fault> {
    let mut document = read(policy, queue_arn)?;
    let statements = statements(&mut document)?;
    let before = statements.len();
    statements.retain(|s| s.get("Sid").and_then(Value::as_str) != Some(label));
    if statements.len() == before {
        return Err(Refused::parameter("Label", label, "can't find label.").into());
    }
    Ok(if statements.is_empty() { None } else { Some(document.to_string()) })
}

fn read(policy: Option<&str>, queue_arn: &str) -> Result<Value, Fault> {
    match policy {
        Some(text) => serde_json::from_str(text)
            .map_err(|e| floor::fault::internal(format!("a stored policy cannot be read: {e}"))),
        None => Ok(json!({
            "Version": "2008-10-17",
            "Id": format!("{queue_arn}/SQSDefaultPolicy"),
            "Statement": [],
        })),
    }
}

/// The statements as a list: a policy may hold one without a list around it.
fn statements(document: &mut Value) -> Result<&mut Vec<Value>, Fault> {
    let map: Option<&mut Map<_, _>> = document.as_object_mut();
    let entry = map.map(|m| m.entry("Statement").or_insert_with(|| json!([])));
    let entry = entry.ok_or_else(|| floor::fault::internal("a stored policy is no JSON object"))?;
    if !entry.is_array() {
        *entry = json!([entry.take()]);
    }
    entry.as_array_mut().ok_or_else(|| floor::fault::internal("a stored policy has no statements"))
}

fn one_or_many(mut texts: Vec<String>) -> Value {
    if texts.len() == 1 { json!(texts.remove(0)) } else { json!(texts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:sqs:eu-west-1:000000000000:q";

    fn add(policy: Option<&str>, label: &str, accounts: &[&str], actions: &[&str]) -> Result<String, Fault> {
        let own = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        Permission { label, accounts: &own(accounts), actions: &own(actions) }.add(policy, ARN)
    }

    #[test]
    fn statements_are_those_that_aws_writes() {
        let one = add(None, "a", &["111122223333"], &["ReceiveMessage"]).unwrap();
        assert_eq!(
            one,
            format!(
                r#"{{"Version":"2008-10-17","Id":"{ARN}/SQSDefaultPolicy","Statement":[{{"Sid":"a","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::111122223333:root"}},"Action":"SQS:ReceiveMessage","Resource":"{ARN}"}}]}}"#
            )
        );
        let refused = add(Some(&one), "a", &["111122223333"], &["*"]).unwrap_err();
        assert_eq!(refused.message(), "Value a for parameter Label is invalid. Reason: Already exists.");
        let two = add(Some(&one), "b", &["111122223333", "444455556666"], &["*", "SendMessage"]).unwrap();
        assert_eq!(remove(Some(&two), ARN, "b").unwrap().as_deref(), Some(one.as_str()));
        assert_eq!(remove(Some(&one), ARN, "a").unwrap(), None);
        let refused = remove(None, ARN, "a").unwrap_err();
        assert_eq!(refused.message(), "Value a for parameter Label is invalid. Reason: can't find label.");
        for (label, accounts, actions) in [
            ("", &["111122223333"][..], &["*"][..]),
            ("a b", &["111122223333"], &["*"]),
            ("a", &[], &["*"]),
            ("a", &["me"], &["*"]),
            ("a", &["111122223333"], &[]),
            ("a", &["111122223333"], &["Dance"]),
            ("a", &["111122223333"], &["DeleteQueue"]),
            ("a", &["111122223333"], &["*"; 8]),
        ] {
            assert!(add(None, label, accounts, actions).is_err(), "{label} {accounts:?} {actions:?}");
        }
    }

    #[test]
    fn a_single_statement_becomes_a_list() {
        let policy = r#"{"Version":"2012-10-17","Statement":{"Sid":"x","Effect":"Deny"}}"#;
        let two = add(Some(policy), "b", &["111122223333"], &["*"]).unwrap();
        assert!(
            two.starts_with(r#"{"Version":"2012-10-17","Statement":[{"Sid":"x","Effect":"Deny"},"#),
            "{two}"
        );
    }
}
