//! HeadBucket.

use api_s3::{HeadBucket, HeadBucketOutput, HeadBucketRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket};

impl Handle<HeadBucket> for S3 {
    in_bucket!(HeadBucketRequest, "s3:ListBucket");

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
            access_point_alias: Some(false),
        })
    }
}
