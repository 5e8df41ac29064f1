//! GetBucketTagging.

use api_s3::{GetBucketTagging, GetBucketTaggingOutput, GetBucketTaggingRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, answer, bucket::in_bucket, fault};

impl Handle<GetBucketTagging> for S3 {
    in_bucket!(GetBucketTaggingRequest, "s3:GetBucketTagging");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketTagging, Self>,
        input: GetBucketTaggingRequest,
    ) -> Answer<GetBucketTaggingOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        if bucket.record.tags.is_empty() {
            return Err(fault::no_such_tag_set(&bucket.name));
        }
        Ok(GetBucketTaggingOutput { tag_set: Some(answer::tag_set(&bucket.record.tags)) })
    }
}
