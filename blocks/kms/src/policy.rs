//! Key policies.

use floor::{AccountId, Caller};
use policy::{Decision, Policy};
use serde_json::{Value, json};

use crate::{fault::Refused, limits::POLICY_BYTES_MAX};

/// The one name that a policy of a key has.
pub const NAME: &str = "default";

/// The policy of a key that is made without one: the account decides who may use it.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
pub fn of_account(account: AccountId) -> String {
    let policy = json!({
        "Version": "2012-10-17",
        "Id": "key-default-1",
        "Statement": [{
            "Sid": "Enable IAM User Permissions",
            "Effect": "Allow",
            "Principal": {"AWS": format!("arn:aws:iam::{account}:root")},
            "Action": "kms:*",
            "Resource": "*",
        }],
    });
    // AWS answers it with line breaks, as people write it.
    serde_json::to_string_pretty(&policy).unwrap_or_default()
}

/// The services of AWS that have a key of their own, and what their keys' policies say.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk>
const MANAGED: [(&str, &str, &str, &str, &[&str]); 3] = [
    (
        "s3",
        "auto-s3-2",
        "S3",
        "Default key that protects my S3 objects when no other key is defined",
        &["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    ),
    (
        "sqs",
        "auto-sqs-1",
        "Simple Queue Service (SQS)",
        "Default key that protects my SQS messages when no other key is defined",
        &[
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:CreateGrant",
            "kms:DescribeKey",
        ],
    ),
    (
        "sns",
        "auto-sns-1",
        "SNS",
        "Default key that protects my SNS data when no other key is defined",
        &["kms:Decrypt", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:ListGrants", "kms:DescribeKey"],
    ),
];

/// The service, the policy and the description of the key behind `alias/aws/SERVICE`.
pub fn managed(
    alias: &str,
    region: &str,
    account: AccountId,
) -> Option<(&'static str, String, &'static str)> {
    let name = alias.strip_prefix("alias/aws/")?;
    let (service, id, words, description, actions) = MANAGED.iter().find(|(service, ..)| *service == name)?;
    let account = account.as_str();
    let policy = json!({
        "Version": "2012-10-17",
        "Id": id,
        "Statement": [{
            "Sid": format!(
                "Allow access through {words} for all principals in the account that are authorized to use {words}"
            ),
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": actions,
            "Resource": "*",
            "Condition": {"StringEquals": {
                "kms:ViaService": format!("{service}.{region}.amazonaws.com"),
                "kms:CallerAccount": account,
            }},
        }, {
            "Sid": "Allow direct access to key metadata to the account",
            "Effect": "Allow",
            "Principal": {"AWS": format!("arn:aws:iam::{account}:root")},
            "Action": ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
            "Resource": "*",
        }],
    });
    Some((service, serde_json::to_string_pretty(&policy).unwrap_or_default(), description))
}

/// Judges a policy that a key is to have: whether it is one, and whether its writer could change it again.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key>
pub fn check(text: &str, caller: &Caller, arn: &str, owner: AccountId, bypass: bool) -> Result<(), Refused> {
    if text.len() > POLICY_BYTES_MAX {
        let why = format!("The key policy is longer than {POLICY_BYTES_MAX} bytes.");
        return Err(Refused::Limit(why));
    }
    let policy = Policy::parse(text).map_err(|e| Refused::Policy(e.to_string()))?;
    if bypass {
        return Ok(());
    }
    // A policy that lets the account's own policies decide can be changed by its root.
    let root = auth::Identity::root(owner);
    let may = |who: &auth::Identity| may_put(&policy, who, arn, caller);
    if may(&caller.who) || (owner == caller.account() && may(&root)) {
        return Ok(());
    }
    Err(Refused::Policy(
        "The new key policy will not allow you to update the key policy in the future.".into(),
    ))
}

fn may_put(policy: &Policy, who: &auth::Identity, arn: &str, caller: &Caller) -> bool {
    let principal = floor::authorise::principal(who);
    let keys = [("kms:calleraccount", who.account.as_str()), ("aws:requestedregion", caller.region.as_str())];
    let request =
        policy::Request { principal, action: "kms:PutKeyPolicy", resource: arn, context: &&keys[..] };
    matches!(policy.decide(&request), Decision::Allow { .. })
}

/// The same policy as one line, for comparison.
pub fn is_same(a: &str, b: &str) -> bool {
    let read = |text| serde_json::from_str::<Value>(text).ok();
    read(a) == read(b)
}
