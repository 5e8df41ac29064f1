//! DeleteBucketTagging.

use api_s3::{DeleteBucketTagging, DeleteBucketTaggingRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket};

impl Handle<DeleteBucketTagging> for S3 {
    in_bucket!(DeleteBucketTaggingRequest, "s3:PutBucketTagging");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteBucketTagging, Self>,
        input: DeleteBucketTaggingRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?.check_tags_are_free()?;
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.tags.clear()).await
    }
}
