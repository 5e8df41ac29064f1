//! PutBucketPolicy.

use api_s3::{PutBucketPolicy, PutBucketPolicyRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use policy::Policy;
use wire::{Answer, Empty};

use crate::{
    S3, account,
    bucket::{InBucket, arn, place},
    fault,
    limits::POLICY_BYTES_MAX,
    public,
};

impl Handle<PutBucketPolicy> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:PutBucketPolicy"];

    fn place(&self, caller: &Caller, input: &PutBucketPolicyRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PutBucketPolicyRequest,
    ) -> Answer<Target<InBucket>> {
        let owner = input.expected_bucket_owner.as_deref();
        self.in_bucket(read, &input.bucket, owner, |b| vec![b.policy_check("s3:PutBucketPolicy", caller)])
            .await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketPolicy, Self>,
        input: PutBucketPolicyRequest,
    ) -> Answer<Empty> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let policy = input.policy.as_deref().unwrap_or_default();
        let own = arn(&input.bucket);
        let parsed = check(policy, &own, &format!("{own}/"))?;
        let account = account::blocks(&cx.view(&at.place).await?, bucket.record.owner).await?;
        if bucket.blocks.and(account).block_policy && public::is_public(&parsed) {
            let (who, action) = (&cx.caller.who, "s3:PutBucketPolicy");
            return Err(fault::public_blocked(who, action, &bucket.arn, "policies", "BlockPublicPolicy"));
        }
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.policy = Some(policy.to_owned())).await
    }
}

/// Whether a text may be the policy of a bucket or access point, whose own ARN is `own` and whose objects' ARNs begin with
/// `objects`.
pub(crate) fn check(text: &str, own: &str, objects: &str) -> Answer<Policy> {
    if !text.starts_with('{') {
        return Err(fault::malformed_policy("Policies must be valid JSON and the first byte must be '{'"));
    }
    if text.len() > POLICY_BYTES_MAX {
        return Err(fault::malformed_policy(
            "Normalized policy document exceeds the maximum allowed size of 20480 bytes.",
        ));
    }
    let policy = Policy::parse(text).map_err(|e| fault::malformed_policy(e.message))?;
    for statement in policy.statements() {
        let (actions, _) = statement.actions();
        if actions.iter().any(|a| a != "*" && !a.to_ascii_lowercase().starts_with("s3:")) {
            return Err(fault::malformed_policy("Policy has invalid action"));
        }
        if !statement.resources().all(|r| r == own || r.starts_with(objects) || may_match(r, own)) {
            return Err(fault::malformed_policy("Policy has invalid resource"));
        }
    }
    Ok(policy)
}

/// A pattern that takes in this bucket or access point, among others perhaps.
fn may_match(pattern: &str, own: &str) -> bool {
    match pattern.find(['*', '?']) {
        Some(at) => own.starts_with(&pattern[..at]) || pattern[..at].starts_with(&format!("{own}/")),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, bucket: &str) -> Answer<Policy> {
        super::check(text, &arn(bucket), &format!("{}/", arn(bucket)))
    }

    fn refused(text: &str) -> String {
        let fault = check(text, "photos").unwrap_err();
        assert_eq!(fault.code(), "MalformedPolicy");
        fault.message().to_owned()
    }

    fn statement(action: &str, resource: &str) -> String {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":"*","Action":"{action}","Resource":"{resource}"}}]}}"#
        )
    }

    #[test]
    fn policies_are_about_this_bucket() {
        for resource in [
            "arn:aws:s3:::photos",
            "arn:aws:s3:::photos/*",
            "arn:aws:s3:::photos/a/b",
            "arn:aws:s3:::pho*",
            "*",
        ] {
            assert!(check(&statement("s3:GetObject", resource), "photos").is_ok(), "{resource}");
        }
        for resource in ["arn:aws:s3:::other/*", "arn:aws:s3:::photosX/a", "arn:aws:s3:::q*"] {
            assert_eq!(refused(&statement("s3:GetObject", resource)), "Policy has invalid resource");
        }
        assert_eq!(
            refused(&statement("sqs:SendMessage", "arn:aws:s3:::photos")),
            "Policy has invalid action"
        );
        assert_eq!(refused(""), "Policies must be valid JSON and the first byte must be '{'");
        assert_eq!(refused("{}"), "Missing required field Statement");
    }
}
