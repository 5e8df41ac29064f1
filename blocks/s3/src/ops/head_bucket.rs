//! HeadBucket.

use api_s3::{HeadBucket, HeadBucketOutput, HeadBucketRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3,
    bucket::{InBucket, place},
};

impl Handle<HeadBucket> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:ListBucket"];

    fn place(&self, caller: &Caller, input: &HeadBucketRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &HeadBucketRequest,
    ) -> Answer<Target<InBucket>> {
        let owner = input.expected_bucket_owner.as_deref();
        self.in_bucket(read, &input.bucket, owner, |b| vec![b.check("s3:ListBucket")]).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<HeadBucket, Self>,
        input: HeadBucketRequest,
    ) -> Answer<HeadBucketOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        Ok(HeadBucketOutput {
            bucket_arn: Some(bucket.arn.clone()),
            bucket_region: Some(cx.region().to_string()),
        })
    }
}
