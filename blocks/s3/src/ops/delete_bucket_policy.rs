//! DeleteBucketPolicy.

use api_s3::{DeleteBucketPolicy, DeleteBucketPolicyRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::{Answer, Empty};

use crate::{
    S3,
    bucket::{InBucket, place},
};

impl Handle<DeleteBucketPolicy> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:DeleteBucketPolicy"];

    fn place(&self, caller: &Caller, input: &DeleteBucketPolicyRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &DeleteBucketPolicyRequest,
    ) -> Answer<Target<InBucket>> {
        let owner = input.expected_bucket_owner.as_deref();
        self.in_bucket(read, &input.bucket, owner, |b| vec![b.policy_check("s3:DeleteBucketPolicy", caller)])
            .await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteBucketPolicy, Self>,
        input: DeleteBucketPolicyRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.policy = None).await
    }
}
