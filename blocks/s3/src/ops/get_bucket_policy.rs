//! GetBucketPolicy.

use api_s3::{GetBucketPolicy, GetBucketPolicyOutput, GetBucketPolicyRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3,
    bucket::{InBucket, place},
    fault,
};

impl Handle<GetBucketPolicy> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:GetBucketPolicy"];

    fn place(&self, caller: &Caller, input: &GetBucketPolicyRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &GetBucketPolicyRequest,
    ) -> Answer<Target<InBucket>> {
        let owner = input.expected_bucket_owner.as_deref();
        self.in_bucket(read, &input.bucket, owner, |b| vec![b.policy_check("s3:GetBucketPolicy", caller)])
            .await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketPolicy, Self>,
        input: GetBucketPolicyRequest,
    ) -> Answer<GetBucketPolicyOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        match &bucket.record.policy {
            Some(policy) => Ok(GetBucketPolicyOutput { policy: Some(policy.clone()) }),
            None => Err(fault::no_such_bucket_policy(&bucket.name)),
        }
    }
}
